"""Cell edits and new rows: one act each, with one undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.book import Book
from db.change import Conflict, Refused
from db.lists import Column, Edit, Listing, people
from db.lists import pay as pay_lists
from db.rows import row, rows
from office import edit
from policy.example import id_no
from tests.db.records import county, everything, new, pay, worker

DAY = date(2026, 12, 31)


@pytest.fixture
def staffed(book: Book) -> Book:
    book.act("新建", [*county(), *worker(1), *worker(2, at=3), new("person", 3, name="人员3"), pay(1, 2026, 5, base=100)])
    return book


def edits(listing: Listing, *cells: tuple[int, str, Any]) -> list[Edit]:
    columns: dict[str, Column] = {column.id: column for column in listing.columns}
    return [Edit(listing.rows[number], columns[name], value) for number, name, value in cells]


@pytest.fixture
def change(staffed: Book) -> Callable[..., int | None]:
    def write(*cells: tuple[int, str, Any], name: str = "") -> int | None:
        listing = staffed.read(people.people, DAY)
        return edit.change_cells(staffed, listing.columns, edits(listing, *cells), name)

    return write


def test_one_cell(staffed: Book, change: Callable[..., int | None]) -> None:
    assert change((0, "person.phone", "13800000000")) is not None
    assert staffed.read(row, "person", (1,))["phone"] == "13800000000"  # type: ignore[index]
    assert staffed.acts()[-1].name == "修改联系电话"
    staffed.undo()
    assert staffed.read(row, "person", (1,))["phone"] is None  # type: ignore[index]


def test_a_block_over_rows_and_tables_is_one_act(staffed: Book, change: Callable[..., int | None]) -> None:
    before = staffed.read(everything)
    change((0, "person.phone", "13800000000"), (0, "person.name", "甲"), (0, "engagement.start", date(2024, 2, 1)), (1, "person.name", "乙"))
    assert [one["name"] for one in staffed.read(rows, "person")] == ["甲", "乙", "人员3"]
    assert staffed.read(row, "engagement", (1,))["start"] == date(2024, 2, 1)  # type: ignore[index]
    assert (staffed.acts()[-1].name, staffed.acts()[-1].lines) == ("修改 4 个单元格", 3)
    staffed.undo()
    assert staffed.read(everything) == before


def test_cells_that_keep_their_value_make_no_act(staffed: Book, change: Callable[..., int | None]) -> None:
    acts = len(staffed.acts())
    assert change((0, "person.name", "人员1"), (0, "person.phone", None)) is None
    assert len(staffed.acts()) == acts


def test_a_required_cell_cannot_be_emptied(staffed: Book, change: Callable[..., int | None]) -> None:
    with pytest.raises(Refused, match="“姓名”必须填写"):
        change((1, "person.phone", "13800000000"), (0, "person.name", None))
    assert staffed.read(row, "person", (2,))["phone"] is None  # type: ignore[index]


def test_a_stale_cell_is_a_conflict(staffed: Book, change: Callable[..., int | None]) -> None:
    old = staffed.read(people.people, DAY)
    change((0, "person.phone", "13800000000"))
    with pytest.raises(Conflict):
        edit.change_cells(staffed, old.columns, edits(old, (0, "person.phone", "13900000000")))


def test_a_cell_of_a_record_that_is_not_there_yet_is_refused_in_words(change: Callable[..., int | None]) -> None:
    with pytest.raises(Refused, match="用工关系"):
        change((2, "engagement.start", DAY))


def test_a_pay_cell_moves_the_sums(staffed: Book) -> None:
    listing = staffed.read(pay_lists.pay_of_month, 2026, 5, date(2026, 5, 31))
    edit.change_cells(staffed, listing.columns, edits(listing, (0, "pay_month.bonus", 50), (0, "pay_month.base", None)))
    again = staffed.read(pay_lists.pay_of_month, 2026, 5, date(2026, 5, 31))
    place = [column.id for column in again.columns].index("pay_month.gross")
    assert again.rows[0].values[place] == 50


def test_an_added_row_has_its_defaults_and_is_undone(staffed: Book) -> None:
    key = edit.add(staffed, "absence", {"engagement": 1, "kind": "病假", "start": DAY})
    assert staffed.read(row, "absence", key) == {"id": 1, "engagement": 1, "kind": "病假", "start": DAY, "end": None, "paid": True}
    staffed.undo()
    assert staffed.read(rows, "absence") == []
    assert [act.name for act in staffed.acts()][-2:] == ["新增缺勤", "撤销 新增缺勤"]


def test_a_pay_month_has_its_own_key(staffed: Book) -> None:
    assert edit.add(staffed, "pay_month", {"year": 2026, "engagement": 2, "month": 5, "base": 9}) == (2026, 2, 5)
    with pytest.raises(Refused, match="已有相同的"):
        edit.add(staffed, "pay_month", {"year": 2026, "engagement": 2, "month": 5, "base": 9})


def test_an_added_row_without_a_required_value_is_refused(staffed: Book) -> None:
    with pytest.raises(Refused, match="姓名必须填写"):
        edit.add(staffed, "person", {"phone": "13800000000"})


def test_sex_and_birth_come_from_the_identity_number_unless_given() -> None:
    number = id_no(date(1990, 5, 20), 2)
    assert edit.person_values({"name": "甲", "id_no": number}) == {"name": "甲", "id_no": number, "sex": "女", "birth": date(1990, 5, 20)}
    assert edit.person_values({"id_no": number, "sex": "男", "birth": None})["sex"] == "男"
    assert edit.person_values({"name": "甲"}) == {"name": "甲"}
