"""Lists are read as of a date: who stands where, what is in force, whole stored values, and where an edit goes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.change import Change
from db.lists import Listing, people, units
from db.lists.pay import pay_of_month, pay_of_person
from db.model import TABLES
from policy.kinds import Unreadable
from tests.db.records import county, new, pay, unit, worker

MAY, JUNE, DECEMBER = date(2026, 5, 31), date(2026, 6, 30), date(2026, 12, 31)


def table(listing: Listing) -> list[dict[str, Any]]:
    return [dict(zip([column.id for column in listing.columns], row.values, strict=True)) for row in listing.rows]


def by_name(listing: Listing) -> dict[str, dict[str, Any]]:
    return {row["person.name"]: row for row in table(listing)}


@pytest.fixture
def staffed(book: Book) -> Book:
    """1 moves from town 2 to town 3 on 1 June; 2 left in March; 3 comes in August; 4 is at two towns; 5 is posted nowhere; 6 has no engagement."""
    book.act(
        "新增",
        [
            *county(),
            *worker(1), *worker(2, end=date(2026, 3, 15)), *worker(3, start=date(2026, 8, 1)), *worker(4, at=3), *worker(5, at=None),
            new("person", 6, name="人员6"),
            Change("assignment", (1,), {"end": None}, {"end": MAY}),
            new("assignment", 11, engagement=1, unit=3, start=date(2026, 6, 1)),
            Change("assignment", (4,), {"share": 10000}, {"share": 5000}),
            new("assignment", 14, engagement=4, unit=2, start=date(2026, 2, 1), share=5000),
            new("engagement_term", 11, engagement=1, since=date(2026, 6, 1), type="政府购买服务", employer="岭东公司"),
            new("pay_standard", 1, engagement=1, since=date(2024, 1, 1), monthly_fixed=400000, performance=10000, year_end=5),
            new("pay_standard", 2, engagement=1, since=date(2026, 6, 1), annual=6000000),
        ],
    )  # fmt: skip
    return book


def test_people_as_of_a_date(staffed: Book) -> None:
    may, june = by_name(staffed.read(people.people, MAY)), by_name(staffed.read(people.people, JUNE))
    assert (may["人员1"]["unit"], june["人员1"]["unit"]) == (2, 3)
    assert (may["人员1"]["engagement_term.type"], june["人员1"]["engagement_term.type"]) == ("劳务派遣", "政府购买服务")
    assert (may["人员1"]["annual"], june["人员1"]["annual"]) == (4920005, 6000000)
    assert {name: row["status"] for name, row in may.items()} == {
        "人员1": "在岗", "人员3": "未到岗", "人员4": "在岗", "人员5": "未安排派驻", "人员6": "未登记用工",
    }  # fmt: skip
    assert by_name(staffed.read(people.people, DECEMBER))["人员3"]["status"] == "在岗"


def test_who_left_is_shown_when_asked_and_on_the_last_day(staffed: Book) -> None:
    assert by_name(staffed.read(people.people, date(2026, 3, 15)))["人员2"]["status"] == "在岗"
    assert "人员2" not in by_name(staffed.read(people.people, date(2026, 3, 16)))
    assert by_name(staffed.read(people.people, MAY, everybody=True))["人员2"]["status"] == "已离职"


def test_equal_shares_stand_at_the_earlier_start(staffed: Book) -> None:
    assert by_name(staffed.read(people.people, MAY))["人员4"]["unit"] == 3
    staffed.act("工资", [pay(4, 2026, 5, base=1)])
    assert table(staffed.read(pay_of_month, 2026, 5, MAY))[0]["unit"] == 3


def test_pay_of_month_shows_the_unit_of_the_last_day_in_service(book: Book) -> None:
    """Left on 15 May from town 3, with 60 % there and long before whole in town 2."""
    book.act(
        "新增",
        [
            *county(), *worker(1, end=date(2026, 5, 15), at=None), pay(1, 2026, 5, base=100),
            new("assignment", 1, engagement=1, unit=2, start=date(2024, 1, 1), end=date(2024, 12, 31)),
            new("assignment", 2, engagement=1, unit=3, start=date(2025, 1, 1), end=date(2026, 5, 15), share=6000),
        ],
    )  # fmt: skip
    (row,) = table(book.read(pay_of_month, 2026, 5, MAY))
    assert (row["person.name"], row["unit"], row["pay_month.base"], row["pay_month.gross"]) == ("人员1", 3, 100, 100)


def test_a_later_transfer_leaves_an_earlier_month_alone(staffed: Book) -> None:
    staffed.act("工资", [pay(1, 2026, month, base=month) for month in (5, 6)])
    assert [row["unit"] for row in table(staffed.read(pay_of_month, 2026, 5, MAY))] == [2]
    assert [row["unit"] for row in table(staffed.read(pay_of_month, 2026, 6, JUNE))] == [3]
    assert [(row["year"], row["month"]) for row in table(staffed.read(pay_of_person, 1))] == [(2026, 6), (2026, 5)]


def test_what_hangs_on_a_person(staffed: Book) -> None:
    staffed.act("缺勤", [new("absence", 1, engagement=1, kind="病假", start=MAY)])
    assert [row["engagement_term.since"] for row in table(staffed.read(people.terms, 1))] == [date(2024, 1, 1), date(2026, 6, 1)]
    assert [row["pay_standard.annual"] for row in table(staffed.read(people.standards, 1))] == [None, 6000000]
    assert [row["absence.kind"] for row in table(staffed.read(people.absences, 1))] == ["病假"]
    assert [row["engagement.start"] for row in table(staffed.read(people.engagements, 1))] == [date(2024, 1, 1)]
    posted = staffed.read(people.assignments, 1, DECEMBER)
    assert [(row["assignment.unit"], row["assignment.end"]) for row in table(posted)] == [(2, MAY), (3, None)]
    kind = posted.columns[0].field.kind
    assert (kind.show(2), kind.show(None), kind.parse("白沙镇人民政府", None), kind.parse("", None)) == ("青石镇", "", 3, None)
    with pytest.raises(Unreadable, match="没有名为“黑沙镇”的单位"):
        kind.parse("黑沙镇", None)


def test_units_as_of_a_date(book: Book) -> None:
    book.act(
        "新增",
        [
            *county(), *unit(4, "新圩镇"), *unit(5, "敬老院", "民政服务机构"),
            Change("unit", (3,), {"closed": None}, {"closed": MAY}), Change("unit", (4,), {"opened": None}, {"opened": date(2026, 6, 1)}),
            new("unit_version", 22, unit=2, since=date(2026, 6, 1), name="青石街道", type="街道", parent=1),
            new("unit_version", 33, unit=3, since=MAY, name="白沙镇", type="乡镇", parent=1, successor=2),
        ],
    )  # fmt: skip

    def names(day: date, **asked: bool) -> list[str]:
        return [row["unit_version.name"] for row in table(book.read(units.units, day, **asked))]

    assert names(MAY) == ["东岭县民政局", "青石镇", "白沙镇", "敬老院"]
    assert names(date(2026, 6, 1)) == ["东岭县民政局", "新圩镇", "青石街道", "敬老院"]
    assert names(DECEMBER, closed=True) == ["东岭县民政局", "白沙镇", "新圩镇", "青石街道", "敬老院"]
    assert {row["unit_version.name"]: row["successor"] for row in table(book.read(units.units, DECEMBER, closed=True))}["白沙镇"] == 2
    assert [row["unit_version.name"] for row in table(book.read(units.versions, 2))] == ["青石镇", "青石街道"]


def test_caseload_and_approved_newest_first(book: Book) -> None:
    book.act(
        "新增",
        [
            *county(), new("caseload", 1, unit=2, as_of=MAY, category="低保农", households=9), new("caseload", 2, unit=2, as_of=JUNE, category="低保农", households=8),
            new("approved_headcount", 1, unit=2, since=MAY, heads=3), new("approved_headcount", 2, unit=2, since=JUNE, heads=4),
        ],
    )  # fmt: skip
    assert [row["caseload.households"] for row in table(book.read(units.caseload, 2))] == [8, 9]
    assert [row["approved_headcount.heads"] for row in table(book.read(units.approved, 2))] == [4, 3]


def test_every_editable_column_of_every_list_names_a_stored_column_and_a_key(demo_book: Book) -> None:
    listings = [
        demo_book.read(people.people, DECEMBER, everybody=True), demo_book.read(pay_of_month, 2026, 5, MAY), demo_book.read(pay_of_person, 4),
        demo_book.read(people.engagements, 4), demo_book.read(people.terms, 4), demo_book.read(people.standards, 4), demo_book.read(people.absences, 4),
        demo_book.read(people.assignments, 4, DECEMBER), demo_book.read(units.units, DECEMBER), demo_book.read(units.versions, 2),
        demo_book.read(units.caseload, 2), demo_book.read(units.approved, 2),
    ]  # fmt: skip
    for listing in listings:
        ids = [column.id for column in listing.columns]
        assert len(ids) == len(set(ids))
        for column in listing.columns:
            if column.editable:
                stored = TABLES[column.table].columns[column.column]
                assert stored.computed is None
                assert not stored.primary_key
                assert all(column.table in row.keys for row in listing.rows)
        assert all(len(row.values) == len(listing.columns) for row in listing.rows)
