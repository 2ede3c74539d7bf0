"""As of: ends are inclusive, an open end holds for ever, and of dated rows the newest not after the day is in force."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.as_of import holds, in_force, overlaps
from db.book import Book
from db.change import Change
from db.model import TABLES
from db.rows import rows
from tests.db.records import LONG_AGO, new

days = st.dates(date(2025, 12, 25), date(2026, 1, 8))
once = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def replaced(book: Book, rows: list[Change]) -> None:
    """The book holds these rows and no others."""
    book.act("清空", [Change(line.table, line.key, line.after, None) for line in reversed(_held(book))])
    book.act("新增", rows)


def _held(book: Book) -> list[Change]:
    keys = {"person": ("id",), "engagement": ("id",), "unit": ("id",), "unit_version": ("id",), "caseload": ("id",)}
    return [Change(table, tuple(one[k] for k in key), None, one) for table, key in keys.items() for one in book.read(rows, table)]


@once
@given(stretches=st.lists(st.tuples(days, st.none() | days), min_size=1, max_size=5), day=days, other=days)
def test_ends_are_inclusive(book: Book, stretches: list[tuple[date, date | None]], day: date, other: date) -> None:
    stretches = [(start, end if end is None or end >= start else start) for start, end in stretches]
    replaced(book, [new("person", 1, name="甲"), *(new("engagement", i, person=1, start=start, end=end) for i, (start, end) in enumerate(stretches))])
    table = TABLES["engagement"]

    def found(condition: object) -> set[int]:
        return set(book.read(lambda connection: connection.execute(select(table.c.id).where(condition)).scalars().all()))  # type: ignore[arg-type]

    assert found(holds(table, day)) == {i for i, (start, end) in enumerate(stretches) if start <= day and (end is None or day <= end)}
    first, last = sorted((day, other))
    span = range(first.toordinal(), last.toordinal() + 1)
    held = {i for i, (start, end) in enumerate(stretches) if any(start.toordinal() <= d and (end is None or d <= end.toordinal()) for d in span)}
    assert found(overlaps(table, first, last)) == held


@once
@given(dated=st.dictionaries(st.tuples(st.integers(1, 3), days), st.integers(0, 9), max_size=8), day=days)
def test_in_force_is_the_newest_not_after_the_day(book: Book, dated: dict[tuple[int, date], int], day: date) -> None:
    versions = [new("unit_version", i, unit=unit, since=since, name=f"第{name}镇", type="乡镇") for i, ((unit, since), name) in enumerate(dated.items(), 1)]
    replaced(book, [*(new("unit", i, sort_no=i) for i in (1, 2, 3)), *versions])
    found = {row.unit: row.name for row in book.read(lambda connection: connection.execute(in_force(TABLES["unit_version"], "unit", day)).all())}
    wanted = {}
    for unit in (1, 2, 3):
        until = [since for owner, since in dated if owner == unit and since <= day]
        if until:
            wanted[unit] = f"第{dated[unit, max(until)]}镇"
    assert found == wanted


def test_in_force_on_another_date_column_gives_all_rows_of_that_day(book: Book) -> None:
    def load(number: int, day: date, category: str, homes: int) -> Change:
        return new("caseload", number, unit=1, as_of=day, category=category, households=homes)

    earlier, later = date(2026, 6, 30), date(2026, 12, 31)
    book.act("新增", [new("unit", 1, sort_no=1), load(1, earlier, "低保农", 9), load(2, earlier, "特困农", 8), load(3, later, "低保农", 7)])

    def on(day: date) -> list[tuple[str, int]]:
        found = book.read(lambda connection: connection.execute(in_force(TABLES["caseload"], "unit", day, "as_of")).all())
        return [(row.category, row.households) for row in found]

    assert on(date(2026, 6, 29)) == []
    assert sorted(on(earlier)) == sorted(on(date(2026, 12, 30))) == [("低保农", 9), ("特困农", 8)]
    assert on(later) == [("低保农", 7)]
    assert on(LONG_AGO) == []
