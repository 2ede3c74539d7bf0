"""No screen is needed; every test of the window parts begins with the same people and an empty clipboard."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from db import book as books
from desktop.desk import Desk
from office.demo import AS_OF
from policy.clock import Clock
from tests.db.records import county
from tests.desktop.people import PEOPLE, Book, person
from tests.desktop.single import Shown, showing


@pytest.fixture
def book() -> Book:
    rows = [person(number, values) for number, values in enumerate(PEOPLE, 1)]
    return Book([replace(rows[0], marks={"gross": "40,800.00 < 50,000.00，低于最低标准"}), *rows[1:]])


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: QGuiApplication) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def desk(demo_book: books.Book, clock: Clock) -> Iterator[Desk]:
    """The demo county's book on the desk, as of the last day of its year."""
    made = Desk(demo_book, clock, AS_OF)
    yield made
    made.close()


@pytest.fixture
def empty_book(tmp_path: Path, clock: Clock) -> Iterator[books.Book]:
    """A county that has nothing yet but its name and units."""
    with books.open_book(books.create(tmp_path, "东岭县", "0.1.0"), clock, "李晓敏") as opened:
        opened.act("新建", county())
        yield opened


@pytest.fixture
def shown(qtbot: QtBot, clock: Clock) -> Iterator[Shown]:
    """Shows a screen over a book as the frame does: read again whenever the book moves."""
    with showing(qtbot, clock) as show:
        yield show
