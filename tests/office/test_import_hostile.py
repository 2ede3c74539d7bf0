"""Hostile files through `office import`: a Chinese sentence with the next step, no trace, the book byte for byte as it was, the reading
process small and quick. And large honest files: a roster at once, a year's pay whole."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import xlwt

from db.book import Book
from db.change import Refused
from db.rows import rows
from intake import ole
from office.import_file import commit, preview
from office.imports import kind
from office.open import open_book
from policy.clock import Clock
from policy.example import id_no
from tests.db.records import county, worker
from tests.intake.conftest import MAIN, craft_parts, pack_parts
from tests.intake.test_hostile import GLOBALS, ODS_CELL, container, ods
from tests.office.sheets import ROSTER, office, workbook

A1 = '<row r="1"><c r="A1"><v>1</v></c></row>'


def crafted(data: str = A1, **more: str) -> bytes:
    return pack_parts(craft_parts(data, **more))


def with_part(name: str, content: str | bytes, data: str = A1) -> bytes:
    return pack_parts(craft_parts(data) | {name: content})


def spoilt(data: bytes, sign: bytes, at: int, byte: int) -> bytes:
    changed = bytearray(data)
    changed[changed.index(sign) + at] = byte
    return bytes(changed)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "many cells": lambda: crafted("<row><c><v>1</v></c></row>" * 1_000_000),
    "one long text": lambda: crafted(f'<row><c t="inlineStr"><is><t>{"长" * 3_000_000}</t></is></c></row>'),
    "many strings": lambda: crafted(strings="<si><t>a</t></si>" * 2_100_000),
    "many styles": lambda: with_part("xl/styles.xml", f"<styleSheet><cellXfs>{'<xf/>' * 500_000}</cellXfs></styleSheet>"),
    "deep": lambda: crafted("<a>" * 200_000 + "</a>" * 200_000),
    "laughs": lambda: with_part("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><workbook/>'),
    "outside entity": lambda: with_part("xl/sharedStrings.xml", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst>&a;</sst>'),
    "far to the right": lambda: crafted(A1 + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "row 99999999": lambda: crafted('<row r="99999999"><c><v>1</v></c></row>'),
    "many merges": lambda: crafted(after="<mergeCells>" + '<mergeCell ref="A1:A1048576"/>' * 100_001 + "</mergeCells>"),
    "leaves the file": lambda: with_part("../evil.xml", "x"),
    "many entries": lambda: pack_parts(craft_parts(A1) | {f"x/{n}": "" for n in range(50_000)}),
    "wrong checksum": lambda: spoilt(crafted(), b"PK\x01\x02", 16, 0xEE),
    "encrypted zip": lambda: spoilt(crafted(), b"PK\x01\x02", 8, 1),
    "cut": lambda: crafted()[:300],
    "no number": lambda: crafted('<row r="1"><c r="A1"><v>NaN</v></c></row>'),
    "a million styled empty rows": lambda: crafted(A1 + "".join(f'<row r="{n}" s="1"><c r="A{n}" s="1"/></row>' for n in range(2, 1_048_577))),
    "password": lambda: container(["EncryptedPackage", "EncryptionInfo"]),
    "ole loop": lambda: container(["Workbook"], loop=True),
    "ole without end": lambda: container(["Workbook"], book=GLOBALS),
    "ole rubbish": lambda: ole.MAGIC + b"\xff" * 100_000,
    "ods repeats": lambda: pack_parts(ods(f'<table:table-row table:number-rows-repeated="1048576">{ODS_CELL.format("")}</table:table-row>')),
    "pdf": lambda: b"%PDF-1.7 ...",
    "web page": "<html><table><tr><td>姓名</td></tr></table></html>".encode,
    "zeros": lambda: b"\0" * 1_000_000,
    "nothing": lambda: b"",
    "open quote": lambda: '姓名,身份证号\n"张三,1\n'.encode() + "李四,2\n".encode() * 300_000,
    "wide text": ("姓名" + "," * 100_000).encode,
    "long text rows": lambda: "姓名,身份证号\n".encode() + "李四,2\n".encode() * 300_000,
}


@pytest.fixture
def folder(book: Book, clock: Clock) -> Path:
    """A county's closed book that was opened once since its last change: the backup an opening makes is there already."""
    book.act("新建", county())
    book.close()
    open_book(book.folder, clock).close()
    return book.folder


def bytes_of(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def peaks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The most memory each child held so far, in bytes, sampled while it lives. (What the kernel adds up for ended children counts the
    memory of the parent that started them.) Empty where there is no /proc."""
    seen: list[int] = []

    def watch(pid: int) -> None:
        with suppress(OSError):
            while held := re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="utf-8")):
                seen.append(int(held[1]) * 1024)
                time.sleep(0.005)

    class Watched(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **named: Any) -> None:
            super().__init__(*args, **named)
            threading.Thread(target=watch, args=(self.pid,), daemon=True).start()

    monkeypatch.setattr(subprocess, "Popen", Watched)
    return seen


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_in_a_sentence(
    folder: Path, tmp_path: Path, clock: Clock, peaks: list[int], name: str, record_property: Callable[[str, object], None]
) -> None:
    file = tmp_path / "来件.xlsx"
    file.write_bytes(HOSTILE[name]())
    before = bytes_of(folder)
    begun = time.monotonic()
    code, out, err = office(clock, "import", folder, file, "--kind", "roster")
    seconds = time.monotonic() - begun
    record_property("hostile", f"{seconds:.3f} {max(peaks, default=0)}")
    assert seconds < 20
    assert (code, out) == (2, "") and err.strip().endswith("。") and "来件.xlsx" in err
    assert "请" in err and "Traceback" not in err and "Error" not in err
    assert bytes_of(folder) == before
    if Path("/proc/self/status").exists():
        assert 0 < max(peaks) <= 512 * 2**20


READ_PLAINLY = "import sys, openpyxl; book = openpyxl.load_workbook(sys.argv[1], read_only=True); list(book.active.iter_rows(values_only=True))"
"""The yardstick of the preview, in the same run: a process that only reads the sheet. Seconds by themselves say nothing here."""


def test_a_roster_of_2000_rows_is_previewed_at_once(book: Book, tmp_path: Path) -> None:
    book.act("新建", county())
    file = workbook(
        tmp_path / "人.xlsx", ("东岭县人员花名册",), (*ROSTER, "月固定工资", "联系电话"),
        *([f"人{chr(0x4E00 + at)}", id_no(date(1970, 1, 1 + at // 900), at % 900 + 1), "劳务派遣", "青石镇", date(2024, 1, 1), 4200, "13800000000"] for at in range(2000)),
    )  # fmt: skip
    plainly = [sys.executable, "-c", READ_PLAINLY, str(file)]

    def best(work: Callable[[], object]) -> float:
        took = []
        for _ in range(3):
            begun = time.monotonic()
            work()
            took.append(time.monotonic() - begun)
        return min(took)

    found = preview(book, file, kind("roster"))
    assert found.counts()["新增"] + found.counts()["待确认"] == 2000 and found.counts()["新增"] >= 1990
    ours, yardstick = best(lambda: preview(book, file, kind("roster"))), best(lambda: subprocess.run(plainly, check=True))
    assert ours <= 4 * yardstick, f"{ours:.2f} s against {yardstick:.2f} s for openpyxl alone"


def test_many_pay_months_come_in_and_cancelling_leaves_nothing(book: Book, tmp_path: Path) -> None:
    """A tenth of a large county's ten years; the whole is in the benchmarks."""
    book.act("新建", [*county(), *(change for number in range(1, 101) for change in worker(number))])
    names = [one["name"] for one in book.read(rows, "person")]
    file = tmp_path / "工资.csv"
    with file.open("w", encoding="utf-8") as stream:
        stream.write("姓名,月份,基本工资,绩效工资,个人社保,应发工资\n")
        for at in range(120):
            stream.writelines(f"{name},{2024 + at // 12}-{at % 12 + 1:02},3500,{at},400,{3500 + at}\n" for name in names)
    said: list[tuple[int, int]] = []
    found = preview(book, file, kind("pay"), confirmed_names=names)
    assert found.counts()["新增"] == 12_000
    with pytest.raises(Refused, match="已取消"):
        commit(book, found, cancelled=lambda: len(said) > 3, progress=lambda done, total: said.append((done, total)))
    assert book.read(rows, "pay_month") == [] and book.read(rows, "import_batch") == []
    assert commit(book, found)
    assert len(book.read(rows, "pay_month")) == 12_000


# Excel-4 macro sheets


CELL = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


def with_macro_sheet(first: date) -> bytes:
    """A roster beside an Excel-4 macro sheet that would start a program."""
    texts = (ROSTER, ("陈家明", id_no(first, 1), "劳务派遣", "青石镇", "2024-01-01"))
    lines = [f'<row r="{at}">' + "".join(CELL.format(f"{chr(65 + column)}{at}", text) for column, text in enumerate(line)) + "</row>" for at, line in enumerate(texts, 1)]
    parts = {name: str(content) for name, content in craft_parts("".join(lines)).items()}
    related = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("</sheets>", '<sheet name="宏1" sheetId="2" r:id="rId9"/></sheets>')
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", f'<Relationship Id="rId9" Type="{related}" Target="macrosheets/sheet1.xml"/></Relationships>'
    )
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        "</Types>", '<Override PartName="/xl/macrosheets/sheet1.xml" ContentType="application/vnd.ms-excel.macrosheet+xml"/></Types>'
    )
    parts["xl/macrosheets/sheet1.xml"] = (
        f'<xm:macrosheet xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" xmlns="{MAIN}"><sheetData><row r="1"><c r="A1">'
        '<f>EXEC("calc.exe")</f><v>0</v></c></row></sheetData></xm:macrosheet>'
    )
    return pack_parts(parts)


def old_with_macro_sheet(first: date) -> bytes:
    """The same as an old .xls: the second sheet is marked as a macro sheet in the workbook's list."""
    book = xlwt.Workbook()
    page = book.add_sheet("花名册")
    for at, line in enumerate((ROSTER, ("陈家明", id_no(first, 1), "劳务派遣", "青石镇", "2024-01-01"))):
        for column, text in enumerate(line):
            page.write(at, column, text)
    book.add_sheet("宏1").write(0, 0, 1)
    out = io.BytesIO()
    book.save(out)
    data = bytearray(out.getvalue())
    listed = [at for at in range(len(data) - 4) if data[at : at + 2] == b"\x85\x00" and data[at + 3] == 0 and data[at + 2] < 60]
    data[listed[-1] + 9] = 1  # BOUNDSHEET: what sort of sheet
    return bytes(data)


@pytest.mark.parametrize(("name", "made"), [("名册.xlsm", with_macro_sheet), ("名册.xls", old_with_macro_sheet)])
def test_an_excel_4_macro_sheet_is_named_and_neither_run_nor_read(
    book: Book, tmp_path: Path, name: str, made: Callable[[date], bytes]
) -> None:
    book.act("新建", county())
    (tmp_path / name).write_bytes(made(date(1990, 5, 20)))
    found = preview(book, tmp_path / name, kind("roster"))
    assert [one.name for one in found.workbook.sheets] == ["花名册"] and any("宏1" in warning and "未读取" in warning for warning in found.workbook.warnings)
    assert found.counts()["新增"] == 1
    with pytest.raises(Refused, match="没有可见的工作表“宏1”"):
        preview(book, tmp_path / name, kind("roster"), sheet="宏1")
