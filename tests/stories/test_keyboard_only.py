"""Without a mouse: a new person with the unit they are sent to, what the check says of them, and all of it taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.book import Book
from db.rows import rows
from desktop.window import PEOPLE, Window
from policy.clock import Clock
from policy.example import id_no
from tests.desktop.opened import opened

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
NUMBER = id_no(date(1995, 4, 6), 977)
FARTHEST = 120
"""Tabs after which a control counts as out of reach."""


@pytest.fixture
def window(qtbot: QtBot, demo_book: Book, clock: Clock) -> Iterator[Window]:
    shown = opened(qtbot, demo_book, clock)
    yield shown
    shown.frame.hide()
    shown.desk.close()


def front() -> QWidget:
    """What the keyboard goes to."""
    found = QApplication.focusWidget() or QApplication.activeModalWidget() or QApplication.activeWindow()
    assert found is not None
    return found


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(front(), key, modifier)
    QApplication.processEvents()


def keys(text: str) -> None:
    """Typed as a clerk types it: Chinese comes from the input method."""
    if text.isascii():
        QTest.keyClicks(front(), text)
    else:
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(front(), event)
    QApplication.processEvents()


def words_of(widget: QWidget) -> str:
    own = widget.text() if isinstance(widget, QAbstractButton) else ""
    return (own.strip() or widget.accessibleName() or (widget.parentWidget().accessibleName() if widget.parentWidget() else "")).rstrip("…* ")


def tab_to(words: str) -> None:
    """Tab until the control of these words has the keyboard."""
    met = []
    for _ in range(FARTHEST):
        if words_of(front()) == words:
            return
        met.append(words_of(front()))
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"“{words}” cannot be reached with Tab; met: {list(dict.fromkeys(met))}")


def leave() -> None:
    """Tab away; a list of words that is open takes its first one."""
    popup = QApplication.activePopupWidget()
    if popup is None:
        press(Qt.Key.Key_Tab)
    else:
        QTest.keyClick(popup, Qt.Key.Key_Tab)
    QApplication.processEvents()
    QTest.qWait(1)


def test_new_person_assignment_and_check_by_keys_alone(window: Window, demo_book: Book, qtbot: QtBot) -> None:
    def settled() -> None:
        qtbot.waitUntil(lambda: not window.desk.checking, timeout=20000)
        QApplication.processEvents()

    # A new person
    press(Qt.Key.Key_3, CTRL)
    assert window.frame.words() == PEOPLE
    press(Qt.Key.Key_N, CTRL)
    for label, typed in (
        ("姓名", "梁小燕"), ("身份证号", NUMBER), ("派驻单位", "qsz"), ("用工形式", "lwpq"), ("入职日期", "2026-12-01"), ("年工资标准", "48000"),
    ):  # fmt: skip
        tab_to(label)
        keys(typed)
        leave()
    press(Qt.Key.Key_S, CTRL)
    settled()
    person = next(one for one in demo_book.read(rows, "person") if one["name"] == "梁小燕")
    engagement = next(one for one in demo_book.read(rows, "engagement") if one["person"] == person["id"])
    assert (person["id_no"], engagement["start"]) == (NUMBER, date(2026, 12, 1))

    sent = [one for one in demo_book.read(rows, "assignment") if one["engagement"] == engagement["id"]]
    assert [one["start"] for one in sent] == [date(2026, 12, 1)]

    # What the check says
    check = window.desk.check
    assert check is not None
    mine = {one.rule for one in check.findings if one.person_id == person["id"]}
    assert "F1" in mine, "48,000 元 a year is under the floor"

    # And all of it taken back
    press(Qt.Key.Key_Z, CTRL)
    settled()
    assert not any(one["name"] == "梁小燕" for one in demo_book.read(rows, "person"))
