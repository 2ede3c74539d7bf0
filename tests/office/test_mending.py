"""A mistake in an old version is mended in every later one that repeats it, as one act; sex and birth follow an identity number."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.lists import Edit, Listing, people, units
from db.rows import row, rows
from office.edit import change_cells, later
from office.people import set_term, transfer
from office.units import rename_unit
from policy.example import id_no
from tests.db.records import county, everything, new, worker

DAY = date(2026, 12, 31)


@pytest.fixture
def staffed(book: Book) -> Book:
    book.act("新建", [*county(), *worker(1), *worker(2)])
    set_term(book, 1, date(2025, 1, 1), employer="甲公可")
    set_term(book, 1, date(2026, 1, 1), duty_share=5000)
    set_term(book, 1, date(2026, 6, 1), employer="乙公司")
    set_term(book, 1, date(2026, 9, 1), employer="甲公可")
    set_term(book, 2, date(2026, 1, 1), employer="甲公可")
    return book


def edit(listing: Listing, place: int, column: str, value: Any) -> Edit:
    return Edit(listing.rows[place], next(one for one in listing.columns if one.id == column), value)


def employers(book: Book) -> list[tuple[int, str | None]]:
    return [(one["engagement"], one["employer"]) for one in book.read(rows, "engagement_term")]


def test_later_rows_of_the_same_engagement_that_say_the_same(staffed: Book) -> None:
    listing = staffed.read(people.terms, 1)
    changed = [edit(listing, 1, "engagement_term.employer", "甲公司")]
    also = staffed.read(later, listing.columns, changed)
    assert [(change.key, change.before, change.after) for change in also] == [
        ((4,), {"employer": "甲公可"}, {"employer": "甲公司"}), ((6,), {"employer": "甲公可"}, {"employer": "甲公司"})
    ]  # fmt: skip
    before = staffed.read(everything)
    change_cells(staffed, listing.columns, changed, "修改用人单位", also)
    assert employers(staffed) == [(1, None), (2, None), (1, "甲公司"), (1, "甲公司"), (1, "乙公司"), (1, "甲公司"), (2, "甲公可")]
    staffed.undo()
    assert staffed.read(everything) == before


def test_nothing_later_says_the_same(staffed: Book) -> None:
    listing = staffed.read(people.terms, 1)
    assert staffed.read(later, listing.columns, [edit(listing, 4, "engagement_term.employer", "甲公司")]) == []
    assert staffed.read(later, listing.columns, [edit(listing, 1, "engagement_term.since", date(2025, 2, 1))]) == []
    assert staffed.read(later, listing.columns, [edit(listing, 1, "engagement_term.employer", "甲公可")]) == []


def test_rows_mended_by_hand_in_the_same_act_are_not_mended_twice(staffed: Book) -> None:
    listing = staffed.read(people.terms, 1)
    changed = [edit(listing, place, "engagement_term.employer", "甲公司") for place in (1, 2)]
    assert [change.key for change in staffed.read(later, listing.columns, changed)] == [(6,)]


def test_posts_and_names_of_units_are_dated_too(staffed: Book) -> None:
    transfer(staffed, 1, 3, date(2026, 3, 1))
    listing = staffed.read(people.assignments, 1, DAY)
    assert [change.key for change in staffed.read(later, listing.columns, [edit(listing, 0, "assignment.work_class", "服务性")])] == [(3,)]
    rename_unit(staffed, 2, "青岗镇", date(2026, 1, 1))
    versions = staffed.read(units.versions, 2)
    assert [change.after for change in staffed.read(later, versions.columns, [edit(versions, 0, "unit_version.type", "街道")])] == [
        {"type": "街道"}
    ]


@pytest.mark.habit(23)
def test_sex_and_birth_follow_a_changed_identity_number(staffed: Book) -> None:
    first, second = id_no(date(1990, 5, 20), 2), id_no(date(1985, 1, 2), 1)
    for number, expected in ((first, ("女", date(1990, 5, 20))), (second, ("男", date(1985, 1, 2)))):
        listing = staffed.read(people.people, DAY)
        change_cells(staffed, listing.columns, [edit(listing, 0, "person.id_no", number)])
        person = staffed.read(row, "person", (1,))
        assert person is not None
        assert (person["sex"], person["birth"]) == expected
    assert staffed.acts()[-1].name == "修改身份证号"


def test_what_was_put_by_hand_stays(staffed: Book) -> None:
    staffed.act("新增", [new("person", 9, name="甲", id_no=id_no(date(1990, 5, 20), 2), sex="男", birth=date(1991, 1, 1))])
    listing = staffed.read(people.people, DAY, everybody=True)
    place = next(at for at, one in enumerate(listing.rows) if one.keys["person"] == (9,))
    change_cells(staffed, listing.columns, [edit(listing, place, "person.id_no", id_no(date(1985, 1, 2), 4))])
    person = staffed.read(row, "person", (9,))
    assert person is not None
    assert (person["sex"], person["birth"]) == ("男", date(1991, 1, 1))
