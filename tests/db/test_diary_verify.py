"""Tampering with a closed book is found when it is verified: the chain, the rows against it, and the triggers that write it."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from db import book as books
from db import diary
from db.book import Book, read_face
from db.change import Change
from db.labels import label
from policy.clock import Clock
from tests.db.records import county, new, pay, worker

COLUMNS = ("act", "op", "at", "who", "name", "reason", "barrier", "takes_back", "tbl", "key", "before", "after", "digest")


@pytest.fixture
def kept(book: Book) -> Path:
    """A closed book with a little history: new rows, a change, a removal, an undo, an act without rows; returns its folder."""
    book.act("新建", [*county(), *worker(1), pay(1, 2026, 1, base=400000)], barrier=True)
    book.act("改名", [Change("person", (1,), {"name": "人员1"}, {"name": "陈家明"})], reason="写错了")
    book.act("改工资", [Change("pay_month", (2026, 1, 1), {"base": 400000}, {"base": 410000})])
    book.act("新增缺勤", [new("absence", 1, engagement=1, kind="病假", start=date(2026, 3, 1))])
    book.undo()
    book.act("导出名单", [], barrier=True)
    book.act("改名", [Change("person", (1,), {"name": "陈家明"}, {"name": "陈佳明"})])
    book.close()
    return book.folder


def tamper(folder: Path, *statements: str, untie: bool = True) -> None:
    """What somebody with another SQLite program and some knowledge does: drop the triggers, edit, put the triggers back."""
    with closing(sqlite3.connect(folder / "book.db")) as outside:
        triggers = outside.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers if untie else ():
            outside.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            outside.execute(statement)
        for _, sql in triggers if untie else ():
            outside.execute(sql)
        outside.commit()


def verdict(folder: Path, clock: Clock) -> list[str]:
    with books.open_book(folder, clock) as book:
        return book.verify()


def test_an_honest_book_verifies(kept: Path, clock: Clock) -> None:
    assert verdict(kept, clock) == []
    tamper(kept)
    assert verdict(kept, clock) == []


def test_an_empty_book_verifies(book: Book) -> None:
    assert book.verify() == []


@pytest.mark.parametrize("column", COLUMNS)
def test_an_edit_of_any_column_of_any_line_is_found(kept: Path, clock: Clock, column: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(kept / "book.db")) as outside:
        lines = [seq for (seq,) in outside.execute("SELECT seq FROM diary")]
    for seq in random.sample(lines, 6):
        copy = shutil.copytree(kept, tmp_path / f"{seq}{books.FOLDER_SUFFIX}")
        value = "zeroblob(32)" if column == "digest" else "9" if column in ("act", "barrier", "takes_back") else f"coalesce(\"{column}\", '') || 'x'"
        tamper(copy, f'UPDATE diary SET "{column}" = {value} WHERE seq = {seq}')
        assert f"日志第 {seq} 行" in "".join(verdict(copy, clock))


@pytest.mark.parametrize(("column", "value"), [("reason", "NULL"), ("before", "''"), ("takes_back", "''")])
def test_blank_and_empty_number_and_text_are_told_apart(kept: Path, clock: Clock, column: str, value: str) -> None:
    tamper(kept, f"UPDATE diary SET {column} = {value} WHERE seq = (SELECT min(seq) FROM diary WHERE op = 'act' AND name = '改工资')")
    assert verdict(kept, clock) != []


def test_words_moved_from_one_column_to_the_next_are_found(book: Book, clock: Clock) -> None:
    book.act("改名\x1f某人", [], reason="")
    book.close()
    tamper(book.folder, "UPDATE diary SET name = '改名', reason = '某人' || char(31)")
    assert verdict(book.folder, clock) != []


def test_a_deleted_line_is_found(kept: Path, clock: Clock) -> None:
    tamper(kept, "DELETE FROM diary WHERE op = 'act' AND name = '导出名单'")
    assert "日志第" in verdict(kept, clock)[0]


def test_a_deleted_first_line_is_found(kept: Path, clock: Clock) -> None:
    tamper(kept, "DELETE FROM diary WHERE seq = 1")
    assert "日志第 2 行" in verdict(kept, clock)[0]


def test_reordered_lines_are_found(kept: Path, clock: Clock) -> None:
    tamper(kept, "UPDATE diary SET seq = -seq WHERE seq IN (5, 6)", "UPDATE diary SET seq = 11 + seq WHERE seq < 0")
    assert "日志第 5 行" in verdict(kept, clock)[0]


def test_a_line_written_by_another_program_is_found(kept: Path, clock: Clock) -> None:
    tamper(kept, "INSERT INTO diary (act, op, at, who, name, reason, barrier, digest) VALUES (99, 'act', '2026-01-01', '张三', '审批', '', 0, zeroblob(32))", untie=False)
    assert verdict(kept, clock) != []


def test_a_cut_tail_with_rows_is_found_in_the_rows(kept: Path, clock: Clock) -> None:
    tamper(kept, "DELETE FROM diary WHERE act = (SELECT max(act) FROM diary)")
    assert verdict(kept, clock) == ["“人员”编号 1 的记录与日志最后所记不符，可能绕过程序被改动过。"]


def test_a_cut_tail_without_rows_needs_the_head_kept_outside(kept: Path, clock: Clock) -> None:
    """The chain alone cannot see it; a head that was printed or backed up can: it is no longer in the book."""

    def heads(folder: Path) -> tuple[bytes, set[bytes]]:
        with books.open_book(folder, clock) as book:
            return book.read(diary.head), set(book.read(lambda c: [bytes(d) for d in c.execute(text("SELECT digest FROM diary")).scalars()]))

    with books.open_book(kept, clock) as book:
        book.act("导出身份证号", [], barrier=True)
    printed, known = heads(kept)
    assert printed in known
    tamper(kept, "DELETE FROM diary WHERE act = (SELECT max(act) FROM diary)")
    assert printed not in heads(kept)[1]


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE pay_month SET base = 999999", "DELETE FROM pay_month", "INSERT INTO pay_month (year, engagement, month, base) VALUES (2026, 1, 2, 1)",
        "UPDATE person SET phone = ''", "UPDATE county SET demo = 1",
    ],
)  # fmt: skip
def test_a_table_edited_with_its_triggers_away_is_found(kept: Path, clock: Clock, edit: str) -> None:
    tamper(kept, edit)
    (sentence,) = verdict(kept, clock)
    assert label(edit.replace("FROM", "").replace("INTO", "").split()[1]) in sentence


def test_a_row_that_was_removed_and_smuggled_back_is_found(kept: Path, clock: Clock) -> None:
    tamper(kept, "INSERT INTO absence (id, engagement, kind, start, paid) VALUES (1, 1, '病假', '2026-03-01', 1)")
    assert "“缺勤”编号 1 " in verdict(kept, clock)[0]


@pytest.mark.parametrize(
    "edit",
    [
        "DROP TRIGGER diary_pay_month_update",
        "CREATE TRIGGER sly AFTER UPDATE ON person BEGIN SELECT 1; END",
        "DROP TRIGGER diary_keep_delete",
    ],
)
def test_altered_triggers_are_found_though_nothing_was_changed_yet(kept: Path, clock: Clock, edit: str) -> None:
    tamper(kept, edit, untie=False)
    (sentence,) = verdict(kept, clock)
    assert "触发器" in sentence


def test_the_key_of_the_chain_is_each_books_own(tmp_path: Path, clock: Clock) -> None:
    keys = {read_face(books.find_face(books.create(tmp_path, name, "0.1.0"))).chain_key for name in ("甲县", "乙县")}
    assert len(keys) == 2
    assert {len(key) for key in keys} == {32}


def test_random_tampering_is_always_found(kept: Path, clock: Clock, tmp_path: Path) -> None:
    """Of any one edit of a row or a line, none goes by; lines that hold rows may also be cut or doubled."""
    spoil: tuple[Callable[[int], str], ...] = (
        lambda seq: f"DELETE FROM diary WHERE seq = {seq} AND seq < (SELECT max(seq) FROM diary)",
        lambda seq: f"UPDATE diary SET after = replace(after, '1', '2') WHERE seq >= {seq} AND after LIKE '%1%'",
        lambda seq: f"UPDATE diary SET who = '张三' WHERE seq = {seq}",
        lambda seq: f"UPDATE diary SET act = act + 1 WHERE seq >= {seq}",
    )
    with closing(sqlite3.connect(kept / "book.db")) as outside:
        newest = outside.execute("SELECT max(seq) FROM diary").fetchone()[0]
    for turn in range(12):
        copy = shutil.copytree(kept, tmp_path / f"{turn}{books.FOLDER_SUFFIX}")
        tamper(copy, random.choice(spoil)(random.randrange(1, newest)))
        assert verdict(copy, clock) != []
