"""Anybody is found by name, by 拼音 of any reading, by the end of a number; units by name and former name."""

from __future__ import annotations

from datetime import date

import pytest

from db.book import Book
from office.find import Found, find
from office.units import rename_unit
from policy.example import id_no
from tests.db.records import county, new, worker
from tests.policy.test_spelling import SURNAMES

DAY = date(2026, 12, 31)
NUMBER = id_no(date(1990, 5, 20), 2)


@pytest.fixture
def staffed(book: Book) -> Book:
    people = [
        worker(number, end=date(2025, 6, 30) if number == 2 else None) for number in range(1, len(SURNAMES) + 1)
    ]  # fmt: skip
    book.act(
        "新建",
        [*county(), *(change for one in people for change in one), new("person", 99, name="黎嘉铭", id_no=NUMBER, phone="13800001234")],
    )
    from db.change import Change

    book.act(
        "改名", [Change("person", (number,), {"name": f"人员{number}"}, {"name": name}) for number, (name, *_) in enumerate(SURNAMES, 1)]
    )
    return book


def names(book: Book, text: str) -> list[str]:
    return [one.name for one in book.read(find, text, DAY)]


@pytest.mark.habit(20)
def test_all_names_with_ambiguous_surnames_by_every_reading(staffed: Book) -> None:
    assert [name for name, *all_letters in SURNAMES for letters in all_letters if name not in names(staffed, letters)] == []


def test_by_name_and_by_part_of_it_the_likeliest_first(staffed: Book) -> None:
    assert names(staffed, "曾小敏") == ["曾小敏"]
    assert names(staffed, "建华") == ["尉建华"]
    assert names(staffed, "美芳") == ["翟美芳", "覃美芳"]


@pytest.mark.habit(21)
@pytest.mark.parametrize("text", [NUMBER[-4:], NUMBER[-6:], NUMBER, "1234", "13800001234", "１２３４"])
def test_by_the_end_of_a_number(staffed: Book, text: str) -> None:
    assert names(staffed, text) == ["黎嘉铭"]


@pytest.mark.parametrize("text", ["", "  ", "234", NUMBER[:4], "4321", "qqq", "·"])
def test_what_finds_nobody(staffed: Book, text: str) -> None:
    assert names(staffed, text) == []


def test_numbers_are_masked_and_who_left_is_told(staffed: Book) -> None:
    (found,) = staffed.read(find, "1234", DAY)
    assert "138****1234" in found.detail
    assert NUMBER not in found.detail
    (left,) = staffed.read(find, "单文杰", DAY)
    assert "已离职" in left.detail


def test_units_by_name_former_name_and_letters(staffed: Book) -> None:
    rename_unit(staffed, 2, "青岗镇", date(2026, 1, 1))
    assert staffed.read(find, "青石", DAY) == [Found("unit", 2, "青岗镇", "乡镇　又名 青石镇")]
    assert staffed.read(find, "qgz", DAY) == [Found("unit", 2, "青岗镇", "乡镇")]
    assert names(staffed, "bsz") == ["白沙镇"]


def test_not_more_than_fit_a_list(staffed: Book) -> None:
    assert len(staffed.read(find, "z", DAY, limit=3)) == 3
