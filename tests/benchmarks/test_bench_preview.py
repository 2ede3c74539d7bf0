"""B8: the preview of 2,000 roster rows, reading process and plan included, against calamine reading the same file in this process.

Not run by default: `python3 dev.py bench` prints the figures.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import python_calamine

from db.book import Book
from office.import_file import preview
from office.imports import kind
from office.imports.plan import NEW
from policy.example import id_no
from tests.db.records import county
from tests.office.sheets import ROSTER, workbook

ROWS = 2000
AIM, RATIO = 1.5, 12


def test_b8_preview_of_2_000_roster_rows(book: Book, tmp_path: Path) -> None:
    book.act("新建", county())
    file = workbook(
        tmp_path / "人.xlsx", ("东岭县人员花名册",), (*ROSTER, "月固定工资", "联系电话", "学历", "性别", "岗位"),
        *(
            [f"人{chr(0x4E00 + at)}", id_no(date(1970, 1, 1 + at // 90), at % 90 * 10 + 1), "劳务派遣", "青石镇", date(2024, 1, 1), 4200, "13800000000", "本科", None, "协理员"]
            for at in range(ROWS)
        ),
    )  # fmt: skip
    assert preview(book, file, kind("roster")).counts()[NEW] == ROWS

    def best(work: Callable[[], object]) -> float:
        took = []
        for _ in range(5):
            begun = time.perf_counter()
            work()
            took.append(time.perf_counter() - begun)
        return min(took)

    ours = best(lambda: preview(book, file, kind("roster")))
    bare = best(lambda: python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python())
    print(f"\nB8  {ROWS:,} roster rows previewed in {ours:.2f} s (aim ≤ {AIM} s), calamine alone {bare:.2f} s: {ours / bare:.1f} × (aim ≤ {RATIO} ×)")  # noqa: T201
