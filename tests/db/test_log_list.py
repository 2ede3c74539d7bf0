"""The log and the county's record as lists: what the settings screen shows."""

from __future__ import annotations

from db.book import Book
from db.change import Change
from db.lists import county, log
from db.lists.history import log_of_person
from tests.db.records import county as county_change
from tests.db.records import new


def test_the_log_is_newest_first_and_tells_how_far_the_book_has_moved(book: Book) -> None:
    assert book.read(log.newest_act) == 0
    book.act("建账", county_change())
    book.act("查看完整号码", [], reason="人员，2 条")
    told = [dict(zip([one.id for one in log.COLUMNS], row.values, strict=True)) for row in book.read(log.log).rows]
    assert [(one["number"], one["name"], one["lines"], one["reason"]) for one in told] == [(2, "查看完整号码", 0, "人员，2 条"), (1, "建账", 7, "")]
    assert book.read(log.newest_act) == 2


def test_the_countys_record_can_be_typed_into_but_for_what_is_set_by_an_act(book: Book) -> None:
    book.act("建账", county_change())
    book.act("改联系人", [Change("county", (1,), {"contact": None}, {"contact": "李四"})])
    listing = book.read(county.county)
    shown = {column.id: value for column, value in zip(listing.columns, listing.rows[0].values, strict=True)}
    assert shown["county.contact"] == "李四"
    assert {column.column for column in listing.columns if column.editable} >= {"contact", "phone", "leader", "preparer"}
    assert not any(column.editable for column in listing.columns if column.id in ("county.code", "county.region", "county.confirmed"))


def test_numbers_of_people_in_the_words_of_the_log_show_their_ends_only(book: Book) -> None:
    book.act("建账", county_change())
    book.act("新增 449901199001011234", [new("person", 5, name="陈家明")], reason="与13800138456核实，文件指纹 3f9a0123456789ab，20261231")
    shown = next(row.values for row in book.read(log.log).rows if row.keys["act"] == (2,))
    assert shown[3] == "新增 449***********1234"
    assert shown[5] == "与138****8456核实，文件指纹 3f9a0123456789ab，20261231"
    assert all("13800138456" not in str(row.values) and "449901199001011234" not in str(row.values) for row in book.read(log_of_person, 5).rows)
