"""The demo county's scans: one small made-up page for every contract, fund document, minutes, plan, recruitment notice and evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from db.change import Change

NAMED: Final = {
    "purchase_contract": ("no", "signed", "合同扫描件"), "fund_doc": ("doc_no", "dated", "文件扫描件"), "meeting": ("minutes_no", "held", "会议纪要"),
    "plan_doc": ("doc_no", "dated", "文件扫描件"), "recruit_batch": ("name", "announced", "招录公告"), "evaluation": ("year", "evaluated", "年度绩效评价报告"),
}  # fmt: skip
"""Table with scans → the field that names the record, the day the scan came, what the file is called."""


def page(words: str) -> bytes:
    """A PDF of one page with these words (ASCII), the same bytes every time."""
    drawn = f"BT /F1 24 Tf 72 700 Td ({words}) Tj ET".encode()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def scans(records: Iterable[Change]) -> Iterator[tuple[Change, bytes]]:
    """For the records that have a scan: the row of their scan, and the scan."""
    number = 0
    for change in records:
        if change.table not in NAMED or change.after is None:
            continue
        name, day, what = NAMED[change.table]
        number += 1
        content = page(f"DEMO SCAN {number}")
        values = {
            "id": number, "owner": change.table, "record": change.key[0], "name": f"{change.after[name]}{what}.pdf", "sha256": sha256(content).hexdigest(),
            "size": len(content), "pages": 1, "added_on": change.after[day], "note": None,
        }  # fmt: skip
        yield Change("attachment", (number,), None, values), content
