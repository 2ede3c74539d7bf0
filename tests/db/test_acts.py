"""An act is all or nothing: rows, diary and chain together; a change holds only while the row is as the clerk saw it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from db import book as books
from db import diary as chain
from db.book import Book
from db.change import Change, Conflict, Refused
from db.rows import next_ids, row, rows
from policy.clock import Clock
from tests.db.records import county, diary, everything, new, pay, worker


def rename(number: int, old: str, name: str) -> Change:
    return Change("person", (number,), {"name": old}, {"name": name})


def test_an_act_writes_its_rows_and_who_when_what_and_why(book: Book) -> None:
    number = book.act("新增人员", [new("person", 1, name="陈家明", id_no="X1", birth=date(1990, 5, 20))], reason="补录")
    (act,) = book.acts()
    assert (act.number, act.at, act.who, act.name, act.reason, act.barrier, act.takes_back, act.lines) == (
        number, "2026-12-31T09:00:00", "李晓敏", "新增人员", "补录", False, None, 1,
    )  # fmt: skip
    (line,) = book.read(chain.lines, number)
    assert (line.op, line.table, line.key, line.before) == ("insert", "person", (1,), None)
    assert line.after is not None
    assert (line.after["name"], line.after["birth"], line.after["phone"]) == ("陈家明", "1990-05-20", None)


def test_a_change_is_written_with_the_whole_row_before_and_after(book: Book) -> None:
    book.act("新增", [new("person", 1, name="陈家明", major="社会工作")])
    number = book.act("改名", [rename(1, "陈家明", "陈佳明")])
    (line,) = book.read(chain.lines, number)
    assert line.before is not None
    assert line.after is not None
    assert (line.op, line.before["name"], line.after["name"], line.before["major"]) == ("update", "陈家明", "陈佳明", "社会工作")
    assert [one.op for one in book.read(chain.history, "person", (1,))] == ["insert", "update"]


@pytest.mark.parametrize(
    "breaking",
    [
        new("person", 3, name="丙", id_no="同一个号"),
        Change("person", (3,), None, {"id": 3, "name": None}),
        new("engagement", 9, person=404, start=date(2026, 1, 1)),
        new("engagement", 9, person=1, start=date(2026, 1, 2), end=date(2026, 1, 1)),
        rename(1, "不是这个名字", "丁"),
        Change("person", (404,), {"name": "无此人"}, {"name": "丁"}),
        Change("person", (1,), {"name": "不是这个名字"}, None),
    ],
)  # fmt: skip
def test_a_failing_change_in_the_middle_of_a_list_leaves_everything_as_it_was(book: Book, breaking: Change) -> None:
    book.act("新增", [new("person", 1, name="甲", id_no="同一个号")])
    before, told, ids = book.read(everything), book.read(diary), book.read(next_ids)
    with pytest.raises(Refused) as refusal:
        book.act("一批", [new("person", 2, name="乙"), rename(1, "甲", "甲甲"), breaking, new("person", 4, name="戊")])
    assert "。" in str(refusal.value)
    assert book.read(everything) == before
    assert book.read(diary) == told
    assert book.read(next_ids) == ids
    book.act("再来", [new("person", 2, name="乙")])
    assert [one["name"] for one in book.read(rows, "person")] == ["甲", "乙"]
    assert book.verify() == []


def test_an_error_that_is_nobodys_refusal_also_leaves_everything_as_it_was(book: Book) -> None:
    book.act("新增", [new("person", 1, name="甲")])
    before, told = book.read(everything), book.read(diary)
    with pytest.raises(Exception, match="moment"):
        book.act("一批", [rename(1, "甲", "乙"), new("engagement", 1, person=1, start=book.clock.now())])
    assert (book.read(everything), book.read(diary)) == (before, told)
    book.act("再来", [rename(1, "甲", "丙")])
    assert book.verify() == []


def test_the_sentence_of_a_double_number_names_table_and_field(book: Book) -> None:
    book.act("新增", [new("person", 1, name="甲", id_no="44")])
    with pytest.raises(Refused, match=r"“人员”.*身份证号"):
        book.act("新增", [new("person", 2, name="乙", id_no="44")])
    with pytest.raises(Refused, match=r"姓名必须填写"):
        book.act("新增", [Change("person", (2,), None, {"id": 2, "name": None})])
    book.act("新增", [*county(), *worker(5)])
    with pytest.raises(Refused, match="相连"):
        book.act("删除", [Change("person", (5,), book.read(row, "person", (5,)), None)])
    with pytest.raises(Refused, match="结束日期不能早于开始日期"):
        book.act("改", [Change("engagement", (5,), {"end": None}, {"end": date(2023, 12, 31)})])


def test_parents_may_come_after_children_inside_one_act(book: Book) -> None:
    book.act("新增", [new("engagement", 1, person=1, start=date(2026, 1, 1)), new("person", 1, name="甲")])
    assert len(book.read(rows, "engagement")) == 1


def test_conflict_when_the_row_is_no_longer_as_the_clerk_saw_it(book: Book) -> None:
    book.act("新增", [new("person", 1, name="甲"), new("person", 2, name="乙")])
    book.act("改", [rename(1, "甲", "丙")])
    with pytest.raises(Conflict, match="没有作任何改动"):
        book.act("又改", [rename(2, "乙", "丁"), rename(1, "甲", "戊")])
    assert [one["name"] for one in book.read(rows, "person")] == ["丙", "乙"]


def test_before_guards_blanks_too(book: Book) -> None:
    book.act("新增", [new("person", 1, name="甲")])
    book.act("填电话", [Change("person", (1,), {"phone": None}, {"phone": "13800000000"})])
    with pytest.raises(Conflict):
        book.act("又填", [Change("person", (1,), {"phone": None}, {"phone": "13900000000"})])


def test_a_row_that_was_removed_is_a_conflict(book: Book) -> None:
    whole = new("person", 1, name="甲")
    book.act("新增", [whole])
    book.act("删除", [Change("person", (1,), whole.after, None)])
    with pytest.raises(Conflict):
        book.act("改", [rename(1, "甲", "乙")])
    with pytest.raises(Conflict):
        book.act("删除", [Change("person", (1,), whole.after, None)])


def test_rehearse_says_what_act_would_and_leaves_nothing(book: Book) -> None:
    book.act("新增", [*county(), *worker(1)])
    before, told, ids = book.read(everything), book.read(diary), book.read(next_ids)
    person = book.read(row, "person", (1,))
    for changes in (
        [new("person", 2, name="乙")],
        [new("person", 2, name="乙"), new("person", 2, name="丙")],
        [Change("person", (1,), person, None)],
        [new("engagement", 2, person=404, start=date(2026, 1, 1))],
        [Change("engagement", (1,), {"end": None}, {"end": date(1999, 1, 1)})],
        [rename(1, "不是", "乙")],
    ):
        said = book.rehearse(changes)
        assert (book.read(everything), book.read(diary), book.read(next_ids)) == (before, told, ids)
        try:
            book.act("真的", changes)
        except Refused as refusal:
            assert said == str(refusal)
        else:
            assert said == ""
            book.undo()
            before, told, ids = book.read(everything), book.read(diary), book.read(next_ids)
    book.act("改名", [rename(1, "人员1", "甲")])
    assert book.verify() == []


def test_numbers_once_given_are_never_given_again(book: Book) -> None:
    book.act("新增", [new("person", 1, name="甲"), new("person", 7, name="乙")])
    book.undo()
    assert book.read(next_ids)["person"] == 8


def test_rows_narrows_by_value_and_by_list(book: Book) -> None:
    book.act("新增", [*county(), *worker(1), *worker(2, at=3), pay(1, 2026, 1, base=1), pay(2, 2026, 1, base=2), pay(1, 2026, 2, base=3)])
    assert [one["base"] for one in book.read(rows, "pay_month", month=1)] == [1, 2]
    assert [one["base"] for one in book.read(rows, "pay_month", engagement=[1, 9])] == [1, 3]
    assert book.read(rows, "pay_month", engagement=[]) == []
    assert book.read(row, "pay_month", (2026, 2, 1))["base"] == 2  # type: ignore[index]
    assert book.read(row, "pay_month", (2026, 2, 2)) is None


@settings(max_examples=25, deadline=None)
@given(
    values=st.lists(
        st.tuples(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), min_size=1), st.none() | st.dates(), st.none() | st.booleans()),
        min_size=1, max_size=4,
    )
)  # fmt: skip
def test_what_goes_in_comes_out_and_goes_back(tmp_path_factory: pytest.TempPathFactory, values: list[tuple[str, date | None, bool | None]]) -> None:
    folder = books.create(tmp_path_factory.mktemp("hyp"), "县", "0.1.0")
    with books.open_book(folder, Clock()) as book:
        people = [new("person", number, name=name, birth=birth) for number, (name, birth, _) in enumerate(values, 1)]
        engaged = [
            new("engagement", number, person=number, start=birth or date(2026, 1, 1), full_time=full) for number, (_, birth, full) in enumerate(values, 1)
        ]
        book.act("新增", [*people, *engaged])
        assert [dict(change.after or {}) for change in people] == book.read(rows, "person")
        assert [dict(change.after or {}) for change in engaged] == book.read(rows, "engagement")
        book.act("清空", [Change(change.table, change.key, change.after, None) for change in (*engaged, *people)])
        book.undo()
        assert [dict(change.after or {}) for change in people] == book.read(rows, "person")
        assert book.verify() == []


def test_diary_json_is_readable(book: Book) -> None:
    book.act("新增", [new("person", 1, name='引号"和\\反斜杠\n换行')])

    def after(connection: Connection) -> str:
        return str(connection.execute(text("SELECT after FROM diary WHERE tbl = 'person'")).scalar_one())

    assert json.loads(book.read(after))["name"] == '引号"和\\反斜杠\n换行'
