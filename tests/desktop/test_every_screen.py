"""Every screen of the window, over the demo county and over an empty book: opened without a fault, fitting the smallest window,
in Chinese, and every control with words for those who cannot see its picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTabBar, QToolBar, QWidget
from pytestqt.qtbot import QtBot

from db import book as books
from desktop.desk import Desk
from desktop.frame import SMALLEST
from desktop.window import Keeper, Window
from office.demo import AS_OF
from office.open import open_book
from policy.clock import Clock
from tests.db.records import county

LATIN = re.compile(r"[A-Za-z]{3,}")
NAMES = re.compile(r"Excel|WPS|Word|CSV|PDF|JSON|Ctrl|Shift|Alt|Enter|Tab|Esc|Delete|PgUp|PgDn|SHA|DLCG|xlsx|jingban|SQLCipher|Windows", re.IGNORECASE)
"""What keeps its own letters in a Chinese sentence."""


@pytest.fixture(params=["demo", "empty"])
def window(request: pytest.FixtureRequest, demo_folder: Path, tmp_path: Path, clock: Clock, qtbot: QtBot) -> Iterator[Window]:
    folder = demo_folder if request.param == "demo" else books.create(tmp_path, "石桥县", "0.1.0")
    book = open_book(folder, clock, "李晓敏")
    if request.param == "empty":
        book.act("新建", county()[:3])
    desk = Desk(book, clock, AS_OF)
    made = Window(desk, Keeper(lambda: None), False)
    qtbot.addWidget(made.frame)
    made.frame.resize(SMALLEST)
    with qtbot.waitExposed(made.frame):
        made.frame.show()
    qtbot.waitUntil(lambda: desk.check is not None and not desk.checking, timeout=20000)
    yield made
    made.frame.hide()
    desk.close()


def spoken(widget: QWidget) -> str:
    """What a screen reader says of a control."""
    words = widget.accessibleName() or widget.toolTip()
    if isinstance(widget, QAbstractButton):
        words = words or widget.text()
    if isinstance(widget, QLineEdit):
        words = words or widget.placeholderText()
    return words


def controls(page: QWidget) -> Iterator[QWidget]:
    """Everything of a page that takes the keyboard or the mouse, as far as it is to be seen."""
    for widget in page.findChildren(QWidget):
        inner = isinstance(widget.parent(), QComboBox | QToolBar) or widget.objectName().startswith("qt_")
        if widget.isVisible() and not inner and isinstance(widget, QAbstractButton | QLineEdit | QComboBox):
            yield widget


def texts(page: QWidget) -> Iterator[str]:
    for widget in page.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            yield re.sub(r"<[^>]*>|&[a-z]+;", " ", widget.text())
        if isinstance(widget, QTabBar):
            yield from (widget.tabText(at) for at in range(widget.count()))
        yield widget.toolTip()


def test_every_screen_opens_fits_speaks_chinese_and_names_its_controls(window: Window) -> None:
    wrong = []
    for words in window.places:
        page = window.go(words)
        QTest.qWait(30)
        frame = window.frame
        if frame.width() > SMALLEST.width() or frame.height() > SMALLEST.height():
            wrong.append(f"{words}: needs {frame.width()}×{frame.height()}")
            frame.resize(SMALLEST)
        wrong += [f"{words}: a {type(one).__name__} ({one.objectName()}) without words" for one in controls(page) if not spoken(one)]
        wrong += [f"{words}: {said!r}" for said in texts(page) if LATIN.search(NAMES.sub("", said))]
    assert not wrong, "\n".join(wrong)
