"""A book that a released program wrote opens in this one, brought to the newest schema, with nothing lost and its diary whole."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from db import migrate
from db.rows import rows
from office.attachments import verify
from office.backup import backups
from office.open import PasswordNeeded, WrongPassword, open_book
from tests.old_books.make import CLOCK, HERE, PASSWORD, digest, told

KEPT = sorted(int(file.stem) for file in HERE.glob("[0-9][0-9][0-9][0-9].zip"))


def note(number: int) -> dict[str, Any]:
    said: dict[str, Any] = json.loads((HERE / f"{number:04}.json").read_text(encoding="utf-8"))
    return said


def unpacked(name: str, folder: Path) -> Path:
    """The kept book of that name, laid down where a clerk would have it."""
    with zipfile.ZipFile(HERE / f"{name}.zip") as kept:
        kept.extractall(folder)
    (book,) = folder.iterdir()
    return book


def test_every_schema_has_a_book_kept() -> None:
    assert list(range(1, migrate.newest() + 1)) == KEPT, "新的数据结构还没有留存台账：python -m tests.old_books.make"


@pytest.mark.parametrize("number", KEPT)
def test_a_schema_of_which_a_book_is_kept_is_never_changed(number: int) -> None:
    """Before the first release: make the book again. After it: the change belongs into a new schema file."""
    assert note(number)["schema"] == digest(number), "schema 文件变了：已发布的不能改，另加一个；尚未发布的，重新运行 python -m tests.old_books.make"


@pytest.mark.parametrize("number", KEPT)
def test_an_old_book_opens_with_everything_in_it(number: int, tmp_path: Path) -> None:
    with open_book(unpacked(f"{number:04}", tmp_path), CLOCK, program="旧台账") as book:
        assert book.verify() == []
        assert book.read(migrate.version) == migrate.newest()
        said, wanted = told(book), note(number)
        assert said["staffing"] == wanted["staffing"]
        assert {table: said["rows"].get(table) for table in wanted["rows"]} == wanted["rows"]
        assert verify(book) == []
        assert [step.plain for step in book.stacks().redo] == ["改联络员"]
        book.redo()
        assert book.read(rows, "county")[0]["contact"] == "旧册联络员"


@pytest.mark.parametrize("number", KEPT)
def test_bringing_an_old_book_up_keeps_a_copy_first(number: int, tmp_path: Path) -> None:
    folder = unpacked(f"{number:04}", tmp_path)
    open_book(folder, CLOCK, program="旧台账").close()
    assert bool(backups(folder)) == (number < migrate.newest())


@pytest.mark.parametrize("number", KEPT)
def test_an_old_book_opens_with_its_password_and_with_no_other(number: int, tmp_path: Path) -> None:
    folder = unpacked(f"{number:04}-password", tmp_path)
    with pytest.raises(PasswordNeeded):
        open_book(folder, CLOCK, program="旧台账")
    with pytest.raises(WrongPassword):
        open_book(folder, CLOCK, program="旧台账", password="猜的")
    with open_book(folder, CLOCK, program="旧台账", password=PASSWORD) as book:
        assert book.verify() == [] and book.read(rows, "county")[0]["name"] == "仁化县"
