"""The schema files and the models are one schema; the diary's triggers stand on every tracked table and let nobody past."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

import resources
from db import book as books
from db import migrate
from db.book import Book
from db.change import Change, Refused
from db.model import TABLES, TRACKED
from policy.clock import Clock
from tests.db.records import county, everything

KNOWN = migrate.files()
NEXT = migrate.newest() + 1


def shape(connection: sqlite3.Connection) -> dict[str, object]:
    """All that SQLite itself says of the tables, however their SQL is spelled."""
    found: dict[str, object] = {}
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'").fetchall():
        indexes = connection.execute(f"PRAGMA index_list({name})").fetchall()
        found[name] = (
            connection.execute(f"PRAGMA table_xinfo({name})").fetchall(),
            sorted(connection.execute(f"PRAGMA foreign_key_list({name})").fetchall()),
            sorted((index[2], index[3], tuple(connection.execute(f"PRAGMA index_info({index[1]})").fetchall())) for index in indexes),
        )
    return found


def test_replaying_every_schema_file_equals_the_models() -> None:
    with closing(sqlite3.connect(":memory:")) as replayed, closing(sqlite3.connect(":memory:")) as modelled:
        for _, sql in migrate.files():
            replayed.executescript(sql)
        modelled.executescript(migrate.model_sql())
        assert shape(replayed) == shape(modelled)
        assert set(shape(replayed)) == set(TABLES)


def test_the_first_schema_file_is_numbered_1_and_numbers_do_not_skip() -> None:
    assert [number for number, _ in migrate.files()] == list(range(1, migrate.newest() + 1))


def test_checks_and_computed_columns_are_in_the_schema_file() -> None:
    """SQLite's shape does not show CHECK and GENERATED texts: the files of a first schema are the models' very words."""
    assert migrate.newest() > 1 or resources.text("schema/0001.sql") == migrate.model_sql()


def test_a_book_knows_what_it_is(book: Book) -> None:
    book.close()
    with closing(sqlite3.connect(book.folder / "book.db")) as outside:
        assert outside.execute("PRAGMA user_version").fetchone() == (migrate.newest(),)
        assert outside.execute("PRAGMA application_id").fetchone() == (migrate.APPLICATION_ID,)
        assert outside.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_pragmas_of_the_one_connection(book: Book) -> None:
    def pragma(name: str) -> object:
        return book.read(lambda connection: connection.execute(text(f"PRAGMA {name}")).scalar())

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("foreign_keys"), pragma("locking_mode")) == ("delete", 2, 1, "exclusive")


def test_every_tracked_table_has_its_three_triggers(book: Book) -> None:
    def triggers(connection: object) -> set[tuple[str, str]]:
        found = connection.execute(text("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"))  # type: ignore[attr-defined]
        return {(table, next(op for op in ("INSERT", "UPDATE", "DELETE") if f" {op} ON " in sql)) for table, sql in found}

    wanted = {(table.name, op) for table in TRACKED for op in ("INSERT", "UPDATE", "DELETE")}
    assert wanted <= book.read(triggers)
    assert {table.name for table in TRACKED} == set(TABLES) - {"diary"}




@pytest.mark.parametrize("sql", ["INSERT INTO person (name) VALUES ('甲')", "UPDATE county SET name = '乙县'", "DELETE FROM unit_version"])
def test_a_write_outside_an_act_is_refused_on_the_books_own_connection(book: Book, sql: str) -> None:
    book.act("新建", county())
    before = book.read(everything)
    with pytest.raises(DatabaseError):
        book.read(lambda connection: connection.execute(text(sql)))
    assert book.read(everything) == before


@pytest.mark.parametrize("table", [table.name for table in TRACKED])
def test_another_program_cannot_write_any_tracked_table(demo_folder: Path, table: str) -> None:
    with closing(sqlite3.connect(demo_folder / "book.db")) as outside:
        column = next(column.name for column in TABLES[table].columns if column.computed is None and not column.primary_key)
        known = outside.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        if known:
            for sql in (f'UPDATE {table} SET "{column}" = "{column}"', f"DELETE FROM {table}"):
                with pytest.raises(sqlite3.OperationalError, match="no such function"):
                    outside.execute(sql)
        outside.execute("PRAGMA ignore_check_constraints = ON")
        filled = [c for c in TABLES[table].columns if c.computed is None and not c.nullable]
        names, marks = ", ".join(f'"{c.name}"' for c in filled), ", ".join(str(9999 + i) for i in range(len(filled)))
        with pytest.raises(sqlite3.OperationalError, match="no such function"):
            outside.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})")


@pytest.mark.parametrize("sql", ["UPDATE diary SET who = '别人'", "DELETE FROM diary WHERE seq > 1"])
def test_nobody_may_change_the_diary(demo_folder: Path, demo_book: Book, sql: str) -> None:
    with pytest.raises(DatabaseError):
        demo_book.read(lambda connection: connection.execute(text(sql)))
    demo_book.close()
    with closing(sqlite3.connect(demo_folder / "book.db")) as outside, pytest.raises(sqlite3.Error, match=r"no such function|the diary is kept"):
        outside.execute(sql)


def test_statements_splits_only_at_line_ends() -> None:
    assert migrate.statements("CREATE TABLE a (b TEXT DEFAULT ';');\nCREATE INDEX i ON a (b);\n") == [
        "CREATE TABLE a (b TEXT DEFAULT ';')", "CREATE INDEX i ON a (b)",
    ]  # fmt: skip


def test_a_newer_schema_file_is_applied_with_its_triggers_in_place(demo_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrate, "files", lambda: [*KNOWN, (NEXT, "CREATE TABLE later (id INTEGER);\nCREATE INDEX ix_later ON later (id);\n")])
    with books.open_book(demo_folder, clock) as book:
        assert book.read(lambda connection: connection.execute(text("PRAGMA user_version")).scalar()) == NEXT
        assert book.read(lambda connection: connection.execute(text("SELECT count(*) FROM later")).scalar()) == 0
        book.act("改", [Change("county", (1,), {"contact": "李晓敏"}, {"contact": "李小敏"})])
        assert book.verify() == []


def test_a_schema_file_that_fails_half_way_leaves_the_book_as_it_was(demo_folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "files", lambda: [*KNOWN, (NEXT, "CREATE TABLE later (id INTEGER);\nDROP TABLE nowhere;\n")])
        with pytest.raises(Refused):
            books.open_book(demo_folder, clock)
    with books.open_book(demo_folder, clock) as book:
        assert book.read(lambda connection: connection.execute(text("PRAGMA user_version")).scalar()) == NEXT - 1
        assert book.read(lambda connection: connection.execute(text("SELECT name FROM sqlite_master WHERE name = 'later'")).all()) == []
        assert book.verify() == []
