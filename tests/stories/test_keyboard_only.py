"""Without a mouse: a new person with the unit they are sent to, their pay, what the check says of them, and the year's return up to its package.

Keys alone: what is read of the program is only compared, never called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.book import Book
from db.lists import Row
from db.rows import rows
from desktop.grid import Grid
from desktop.parts import part_of
from desktop.record.screen import RecordScreen
from desktop.screens.checks import ChecksPage
from desktop.screens.pay import PayPage
from desktop.screens.returns import ReturnsPage
from desktop.window import CHECKS, PAY, PEOPLE, RETURNS, Window
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
        for sign in text:  # the first one may open an editor, which takes the others
            QTest.keyClicks(front(), sign)
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
        met.append(words_of(front()) or str(front()))
        press(Qt.Key.Key_F6 if isinstance(part_of(front()), Grid) else Qt.Key.Key_Tab)
    raise AssertionError(f"“{words}” cannot be reached with Tab; met: {list(dict.fromkeys(met))}")


def part_to(part: QWidget) -> None:
    """F6 until a part of the window has the keyboard."""
    for _ in range(12):
        if part.isAncestorOf(front()):
            return
        press(Qt.Key.Key_F6)
    raise AssertionError("F6 does not lead there")


def row_of(grid: Grid) -> Row:
    row = grid.view.current_row()
    assert row is not None
    return row


def walk(there: Callable[[], bool]) -> None:
    """Down the list from its first line until the clerk stands on the wanted one."""
    press(Qt.Key.Key_Home, CTRL)
    for _ in range(500):
        if there():
            return
        press(Qt.Key.Key_Down)
    raise AssertionError("not in the list")


@contextmanager
def answering(window: Window, *scripts: Callable[[], object]) -> Iterator[None]:
    """Keys pressed in the questions that come up inside, one script a question; the window has the keyboard back after them, as every
    desktop gives it."""
    left = list(scripts)
    asked: list[QWidget] = []
    timer = QTimer(interval=20)

    def look() -> None:
        question = QApplication.activeModalWidget()
        if question is not None and question not in asked and left:
            asked.append(question)
            left.pop(0)()

    timer.timeout.connect(look)
    timer.start()
    yield
    timer.stop()
    assert not left, "a question did not come"
    window.frame.activateWindow()
    QApplication.processEvents()


def leave() -> None:
    """Tab away; a list of words that is open takes its first one."""
    popup = QApplication.activePopupWidget()
    if popup is None:
        press(Qt.Key.Key_Tab)
    else:
        QTest.keyClick(popup, Qt.Key.Key_Tab)
    QApplication.processEvents()
    QTest.qWait(1)


def test_new_person_assignment_pay_check_and_return_by_keys_alone(window: Window, demo_book: Book, qtbot: QtBot) -> None:
    def settled() -> None:
        qtbot.waitUntil(lambda: not window.desk.checking, timeout=20000)
        QApplication.processEvents()

    def done() -> None:
        assert isinstance(page, ReturnsPage)
        qtbot.waitUntil(lambda: page.at.seen is not None and not page.at.busy, timeout=60000)
        settled()

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

    # Their pay of December
    press(Qt.Key.Key_4, CTRL)
    assert window.frame.words() == PAY
    tab_to("为未录入的人员建立空行")
    press(Qt.Key.Key_Return)
    settled()
    page = window.frame.page()
    assert isinstance(page, PayPage)
    model = page.grid.model
    part_to(page.grid)
    walk(lambda: row_of(page.grid).keys["person"] == (person["id"],))
    base = next(at for at, column in enumerate(model.columns) if column.column == "base")
    while page.grid.view.currentIndex().column() < base:
        press(Qt.Key.Key_Tab)
    keys("4000")
    press(Qt.Key.Key_Return)
    settled()
    (pay,) = [one for one in demo_book.read(rows, "pay_month") if one["engagement"] == engagement["id"]]
    assert (pay["year"], pay["month"], pay["base"]) == (2026, 12, 400000)
    press(Qt.Key.Key_Z, CTRL)
    settled()
    assert [one["base"] for one in demo_book.read(rows, "pay_month") if one["engagement"] == engagement["id"]] == [None]
    press(Qt.Key.Key_Y, CTRL)
    settled()

    # What the check says leads back to the person
    press(Qt.Key.Key_8, CTRL)
    assert window.frame.words() == CHECKS
    checks = window.frame.page()
    assert isinstance(checks, ChecksPage)
    walk(lambda: row_of(checks.grid).values[1] == "F1" and row_of(checks.grid).values[4] == "梁小燕")
    assert "48,000" in checks.detail.toPlainText()
    press(Qt.Key.Key_Return)
    assert window.frame.words() == PEOPLE
    people = window.frame.page()
    assert isinstance(people, RecordScreen) and people.row is not None and people.row.keys["person"] == (person["id"],)

    # The return of the year counts them
    press(Qt.Key.Key_9, CTRL)
    assert window.frame.words() == RETURNS
    with answering(window, lambda: (tab_to("保存"), press(Qt.Key.Key_Return))):
        press(Qt.Key.Key_Return)
    page = window.frame.page()
    assert isinstance(page, ReturnsPage) and page.at_desk()
    done()
    tab_to("报表")
    while page.at.tabs.tabText(page.at.tabs.currentIndex()) != "表3":
        press(Qt.Key.Key_Right)
    shown = page.at.shown()
    assert shown is not None
    (column,) = [at for at, one in enumerate(shown[0].columns) if one.mark == "1"]
    counted = shown[0].rows[0].cells[column]
    assert engagement["id"] in counted.people

    # What stands in the way of its audit is explained line by line
    tab_to("审核")
    press(Qt.Key.Key_Return)
    assert "须写审核说明" in page.at.said.text()
    assert front() is page.at.audit.tree
    press(Qt.Key.Key_A, CTRL)
    tab_to("审核说明")
    keys("见情况说明，已逐条核对")
    press(Qt.Key.Key_Return)
    done()

    # Audited, sealed, sent up
    tab_to("审核")
    with answering(window, lambda: (tab_to("审核通过"), press(Qt.Key.Key_Return))):
        press(Qt.Key.Key_Return)
    done()
    tab_to("封存")
    press(Qt.Key.Key_Return)
    done()
    tab_to("上报")
    with answering(
        window, lambda: (tab_to("报送单位"), keys("岭东市民政局"), tab_to("下一步"), press(Qt.Key.Key_Return)), lambda: press(Qt.Key.Key_Return),
    ):  # fmt: skip
        press(Qt.Key.Key_Return)
    done()
    assert page.at.seen is not None and page.at.seen.draft.state == "已上报"
    (package,) = (window.desk.book.folder / "报表").glob("*_V1_*.zip")
    assert package.stat().st_size > 0
