"""B8: the preview of a roster; B9: a city's pay coming in with its diary."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import python_calamine
import sqlcipher3.dbapi2 as driver
from sqlalchemy import create_engine, insert, text

from db import book as books
from db.model import TABLES, Base
from office.import_file import preview
from office.imports import kind
from office.imports.plan import NEW
from office.open import open_book
from policy.example import id_no
from tests.bench.books import CLOCK
from tests.bench.table import Line, side_by_side, took
from tests.db.records import county, pay, worker
from tests.office.sheets import ROSTER, workbook

ROWS = 2_000
PEOPLE, YEARS = 2_000, range(2022, 2027)


def b8() -> list[Line]:
    """2,000 people, read in a process of their own and planned, against calamine reading the same file here."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = workbook(
            folder / "人.xlsx", ("东岭县人员花名册",), (*ROSTER, "月固定工资", "联系电话", "学历", "性别", "岗位"),
            *(
                [f"人{chr(0x4E00 + at)}", id_no(date(1970, 1, 1 + at // 90), at % 90 * 10 + 1), "劳务派遣", "青石镇", date(2024, 1, 1), 4200, "13800000000",
                 "本科", None, "协理员"]
                for at in range(ROWS)
            ),
        )  # fmt: skip
        with open_book(books.create(folder, "县", "0.1.0"), CLOCK, "测速", "测速") as book:
            book.act("新建", county())
            assert preview(book, file, kind("roster")).counts()[NEW] == ROWS
            calamine = lambda: python_calamine.CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()  # noqa: E731
            ours, bare = side_by_side(lambda: preview(book, file, kind("roster")), calamine)
    what = f"preview of {ROWS:,} roster rows, child process included"
    return [Line("B8", what, ours, "s", 12, bare, "calamine here"), Line("B8", "the same", ours, "s", 1.5)]


def b9() -> list[Line]:
    """120,000 pay months as one act with their diary, against SQLAlchemy Core inserting the same rows into the same table without one."""
    staff = [*county(), *(change for number in range(1, PEOPLE + 1) for change in worker(number))]
    amounts = {"base": 340000, "performance": 50000, "allowance": 40000, "insurance_other": 45150, "fund": 21500, "employer_insurance": 107500, "fee": 10000}
    changes = [pay(who, year, month, **amounts) for year in YEARS for who in range(1, PEOPLE + 1) for month in range(1, 13)]
    whole = [dict(change.after or {}) for change in changes]
    times = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as name:
            engine = create_engine(f"sqlite+pysqlite:///{Path(name) / 'bare.db'}", module=driver)
            Base.metadata.create_all(engine)
            with engine.begin() as connection:
                connection.execute(text("PRAGMA foreign_keys = ON"))
                for change in staff:
                    connection.execute(insert(TABLES[change.table]), dict(change.after or {}))

            def bare() -> None:
                with engine.begin() as connection:  # noqa: B023 - called in this turn
                    connection.execute(insert(TABLES["pay_month"]), whole)

            least = took(bare)
            engine.dispose()
            with open_book(books.create(Path(name), "县", "0.1.0"), CLOCK, "测速", "测速") as book:
                book.act("新增", staff)
                times.append((took(lambda: book.act("导入工资表", changes)), least))
    ours, bare_time = min(first for first, _ in times), min(second for _, second in times)
    return [Line("B9", f"import of {len(changes):,} pay months with the diary", ours, "s", 3, bare_time, "Core insert")]
