"""A year's pay of a thousand people as one act: whole, taken back whole, and not much dearer than a bare insert.

The full figure (120,000 rows) stands in tests/bench/imports.py.
"""

from __future__ import annotations

import time

from sqlalchemy import Connection, create_engine, insert

from db.book import Book
from db.change import Change
from db.model import TABLES, Base
from db.rows import rows
from tests.db.records import county, everything, new, pay, worker

PEOPLE = 1000


def test_twelve_thousand_pay_months_in_one_act(book: Book) -> None:
    book.act("新增", [*county(), *(change for number in range(1, PEOPLE + 1) for change in worker(number))])
    before = book.read(everything)
    changes = [
        pay(number, 2026, month, base=400000 + number, performance=month, insurance_other=40000, employer_insurance=100000)
        for number in range(1, PEOPLE + 1)
        for month in range(1, 13)
    ]
    started = time.perf_counter()
    act = book.act("导入工资表", changes)
    written = time.perf_counter() - started
    wanted = sorted((change.after for change in changes if change.after), key=lambda one: (one["year"], one["engagement"], one["month"]))
    assert book.read(rows, "pay_month") == wanted
    assert book.acts()[-1].lines == len(changes)

    started = time.perf_counter()
    book.take_back(act)
    taken = time.perf_counter() - started
    assert book.read(everything) == before
    book.redo()
    assert book.read(rows, "pay_month") == wanted
    assert book.verify() == []

    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)

    def bare(connection: Connection) -> float:
        begun = time.perf_counter()
        connection.execute(insert(TABLES["pay_month"]), [dict(change.after or {}) for change in changes])
        return time.perf_counter() - begun

    with engine.begin() as connection:
        plain = bare(connection)
    engine.dispose()
    print(f"\n12,000 pay months: act {written:.2f} s, {written / plain:.1f} × a bare Core insert in memory; taken back in {taken:.2f} s")  # noqa: T201


def test_a_removal_of_many_rows_comes_back(book: Book) -> None:
    people = [new("person", number, name=f"人{number}") for number in range(1, 2001)]
    book.act("新增", people)
    book.act("清空", [Change("person", one.key, one.after, None) for one in people])
    assert book.read(rows, "person") == []
    book.undo()
    assert book.read(rows, "person") == [one.after for one in people]
