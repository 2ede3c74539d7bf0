"""Undo and redo are read from the diary; taking back restores whole rows, or says why it cannot."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from db import book as books
from db.book import Book
from db.change import Barrier, Change, Conflict, Refused
from db.rows import row, rows
from policy.clock import Clock
from tests.db.records import county, everything, new, pay, worker


def rename(old: str, name: str) -> list[Change]:
    return [Change("person", (1,), {"name": old}, {"name": name})]


def name(book: Book) -> str:
    return str(book.read(rows, "person")[0]["name"])


@pytest.fixture
def steps(book: Book) -> Book:
    """甲 → 乙 → 丙 → 丁."""
    book.act("新增", [new("person", 1, name="甲")])
    for old, to in ("甲乙", "乙丙", "丙丁"):
        book.act(f"改成{to}", rename(old, to))
    return book


def test_several_undos_go_back_step_by_step_and_redo_goes_forward(steps: Book) -> None:
    undone = [steps.undo() for _ in range(3)]
    assert [act.name for act in undone if act] == ["改成丁", "改成丙", "改成乙"]
    assert name(steps) == "甲"
    steps.redo()
    steps.redo()
    assert name(steps) == "丙"
    steps.undo()
    assert name(steps) == "乙"
    assert [steps.redo() is None for _ in range(3)] == [False, False, True]
    assert name(steps) == "丁"


def test_undo_to_the_bottom_then_nothing(steps: Book) -> None:
    assert [steps.undo() is None for _ in range(5)] == [False, False, False, False, True]
    assert steps.read(rows, "person") == []
    assert [steps.redo() is None for _ in range(5)] == [False, False, False, False, True]
    assert name(steps) == "丁"


def test_a_new_act_empties_redo(steps: Book) -> None:
    steps.undo()
    steps.undo()
    steps.act("改成戊", rename("乙", "戊"))
    assert steps.stacks().redo == ()
    assert steps.redo() is None
    assert [act.name for act in steps.stacks().undo] == ["新增", "改成乙", "改成戊"]
    steps.undo()
    assert name(steps) == "乙"


def test_undo_is_itself_in_the_diary_and_named_after_its_act(steps: Book) -> None:
    steps.undo()
    steps.redo()
    steps.undo()
    assert [act.name for act in steps.acts()][-3:] == ["撤销 改成丁", "恢复 改成丁", "撤销 改成丁"]
    assert steps.verify() == []


def test_taking_back_an_older_import_batch_later(book: Book) -> None:
    book.act("新增甲", [new("person", 1, name="甲")])
    batch = book.act("导入", [new("person", 2, name="乙"), new("person", 3, name="丙"), new("import_batch", 1, act=2, kind="roster", file_name="花名册.xlsx",
                                                                                          sha256="00", added=2, changed=0, same=0, wrong=0)])  # fmt: skip
    book.act("改甲", rename("甲", "甲甲"))
    book.take_back(batch)
    assert [one["name"] for one in book.read(rows, "person")] == ["甲甲"]
    assert [one["file_name"] for one in book.read(rows, "import_batch")] == ["花名册.xlsx"]
    book.undo()
    assert [one["name"] for one in book.read(rows, "person")] == ["甲甲", "乙", "丙"]
    book.undo()
    assert name(book) == "甲"
    book.redo()
    book.redo()
    assert [one["name"] for one in book.read(rows, "person")] == ["甲甲"]


def test_taking_back_a_batch_whose_row_was_changed_since_is_refused_whole(book: Book) -> None:
    batch = book.act("导入", [new("person", 1, name="甲"), new("person", 2, name="乙")])
    book.act("改甲", rename("甲", "甲甲"))
    before = book.read(everything)
    with pytest.raises(Conflict, match="人员"):
        book.take_back(batch)
    assert book.read(everything) == before
    book.undo()
    book.take_back(batch)
    assert book.read(rows, "person") == []


def test_taking_back_a_change_of_another_column_since_is_refused(book: Book) -> None:
    book.act("新增", [new("person", 1, name="甲")])
    first = book.act("改名", rename("甲", "乙"))
    book.act("填专业", [Change("person", (1,), {"major": None}, {"major": "社工"})])
    with pytest.raises(Conflict):
        book.take_back(first)
    assert name(book) == "乙"


def test_taking_back_twice_is_refused(book: Book) -> None:
    batch = book.act("导入", [new("person", 1, name="甲")])
    book.take_back(batch)
    with pytest.raises(Conflict):
        book.take_back(batch)


def test_taking_back_what_never_was(book: Book) -> None:
    with pytest.raises(Refused, match="第 77 号"):
        book.take_back(77)


def test_a_barrier_stops_undo_and_is_named(book: Book) -> None:
    book.act("新增", [new("person", 1, name="甲")])
    sealed = book.act("封存 2026 年报", [], barrier=True)
    with pytest.raises(Barrier, match="封存 2026 年报"):
        book.undo()
    with pytest.raises(Barrier):
        book.take_back(sealed)
    assert name(book) == "甲"
    book.act("改名", rename("甲", "乙"))
    book.undo()
    with pytest.raises(Barrier):
        book.undo()


def test_undo_of_a_removal_restores_the_whole_row_with_its_computed_columns(book: Book) -> None:
    book.act("新增", [*county(), *worker(1), pay(1, 2026, 5, base=400000, deduction=5000, pension=30000, fee=10000, paid_on=date(2026, 6, 10))])
    before = book.read(everything)
    whole = book.read(row, "pay_month", (2026, 1, 5))
    book.act("删除工资", [Change("pay_month", (2026, 1, 5), whole, None)])
    assert book.read(rows, "pay_month") == []
    book.undo()
    assert book.read(everything) == before
    assert book.read(everything)["pay_month"][0][-3:] == (395000, 365000, 405000)


def test_undo_of_a_list_with_one_row_changed_twice_and_parents_and_children(book: Book) -> None:
    book.act("新增", [*county(), *worker(1)])
    before = book.read(everything)
    book.act(
        "一批",
        [
            *rename("人员1", "甲"), *worker(2), *rename("甲", "乙"), pay(1, 2026, 1, base=1),
            Change("pay_month", (2026, 1, 1), {"base": 1}, {"base": 2}), Change("assignment", (1,), book.read(row, "assignment", (1,)), None),
            new("assignment", 3, engagement=1, unit=3, start=date(2026, 1, 1)),
        ],
    )  # fmt: skip
    after = book.read(everything)
    book.undo()
    assert book.read(everything) == before
    book.redo()
    assert book.read(everything) == after
    assert book.verify() == []


def test_stacks_survive_closing_and_opening(steps: Book, clock: Clock) -> None:
    steps.undo()
    folder = steps.folder
    steps.close()
    with books.open_book(folder, clock) as again:
        assert [act.name for act in again.stacks().undo] == ["新增", "改成乙", "改成丙"]
        again.redo()
        assert name(again) == "丁"
        assert again.verify() == []


class UndoRedo(RuleBasedStateMachine):
    """The book beside a list of states and a place in it, as every editor's undo works."""

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.book = books.open_book(books.create(Path(self.folder.name), "县", "0.1.0"), Clock())
        self.states: list[dict[int, str]] = [{}]
        self.place = 0

    def people(self) -> dict[int, str]:
        return {one["id"]: one["name"] for one in self.book.read(rows, "person")}

    @rule(number=st.integers(1, 3), to=st.sampled_from("甲乙丙"))
    def change(self, number: int, to: str) -> None:
        now = self.states[self.place]
        old = None if number not in now else {"name": now[number]}
        changes = [Change("person", (number,), old, {"name": to} if old else {"id": number, "name": to})]
        if old and old["name"] == to:
            changes = [Change("person", (number,), {"id": number, **old}, None)]
        self.book.act("改", changes)
        self.states[self.place + 1 :] = [self.people()]
        self.place += 1

    @precondition(lambda self: self.place > 0)
    @rule()
    def undo(self) -> None:
        self.book.undo()
        self.place -= 1
        assert self.people() == self.states[self.place]

    @precondition(lambda self: self.place < len(self.states) - 1)
    @rule()
    def redo(self) -> None:
        self.book.redo()
        self.place += 1
        assert self.people() == self.states[self.place]

    def teardown(self) -> None:
        if hasattr(self, "book"):
            assert self.book.verify() == []
            self.book.close()
            self.folder.cleanup()


TestUndoRedo = UndoRedo.TestCase
TestUndoRedo.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
