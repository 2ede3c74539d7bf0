"""B9: 120,000 pay months as one act with its diary, against a bare Core insert of the same rows into the same kind of file.

Not run by default: `python3 dev.py bench` (or `pytest tests/benchmarks/test_bench_import.py -s -p no:randomly`) prints the ratio.
"""

from __future__ import annotations

import time
from pathlib import Path

import sqlcipher3.dbapi2 as driver
from sqlalchemy import create_engine, insert, text

from db import book as books
from db.model import TABLES, Base
from policy.clock import Clock
from tests.db.records import county, pay, worker

PEOPLE, YEARS = 2000, range(2022, 2027)
AIM = 3.0


def test_b9_import_of_120_000_pay_months(tmp_path: Path) -> None:
    staff = [*county(), *(change for number in range(1, PEOPLE + 1) for change in worker(number))]
    changes = [
        pay(number, year, month, base=340000, performance=50000, allowance=40000, insurance_other=45150, fund=21500, employer_insurance=107500, fee=10000)
        for year in YEARS for number in range(1, PEOPLE + 1) for month in range(1, 13)
    ]  # fmt: skip
    whole = [dict(change.after or {}) for change in changes]
    engine = create_engine(f"sqlite+pysqlite:///{tmp_path / 'bare.db'}", module=driver)
    Base.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(text("PRAGMA foreign_keys = ON"))
        for change in staff:
            connection.execute(insert(TABLES[change.table]), dict(change.after or {}))
    started = time.perf_counter()
    with engine.begin() as connection:
        connection.execute(insert(TABLES["pay_month"]), whole)
    bare = time.perf_counter() - started
    engine.dispose()

    with books.open_book(books.create(tmp_path, "县", "0.1.0"), Clock()) as book:
        book.act("新增", staff)
        started = time.perf_counter()
        act = book.act("导入工资表", changes)
        written = time.perf_counter() - started
        started = time.perf_counter()
        assert book.verify() == []
        verified = time.perf_counter() - started
        started = time.perf_counter()
        book.take_back(act)
        taken = time.perf_counter() - started
    print(  # noqa: T201
        f"\nB9  {len(changes):,} pay months: bare insert {bare:.2f} s, act {written:.2f} s = {written / bare:.2f} × (aim ≤ {AIM} ×);"
        f" taken back in {taken:.2f} s, verified in {verified:.2f} s"
    )
