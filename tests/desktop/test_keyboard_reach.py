"""Without a mouse: every control of every screen is reached with Tab, F6 and Ctrl+PgDn, and every screen by its number and its tab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTabBar, QTableView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from db.book import Book
from desktop.grid import Grid
from desktop.grid.header import FilterHeader
from desktop.page import Page
from desktop.parts import part_of
from desktop.window import Window
from policy.clock import Clock
from tests.desktop.opened import opened

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
FARTHEST = 400
"""Keys after which the walk around the window must have come back."""


@pytest.fixture
def window(qtbot: QtBot, demo_book: Book, clock: Clock) -> Iterator[Window]:
    shown = opened(qtbot, demo_book, clock)
    yield shown
    shown.frame.hide()
    shown.desk.close()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    front = QApplication.focusWidget()
    assert front is not None
    QTest.keyClick(front, key, modifier)
    QApplication.processEvents()


def controls(page: Page) -> list[QWidget]:
    """What a clerk may press or fill in on a screen and its toolbar. Filter boxes belong to their list, tabs to their bar."""
    found: list[QWidget] = []
    for place in (page, page.toolbar):
        for one in place.findChildren(QWidget):
            inner = isinstance(one.parent(), QComboBox | QTabBar | FilterHeader | QLineEdit) or one.objectName().startswith("qt_spin")
            inside_list = (isinstance(part_of(one), Grid) or isinstance(one.parent(), QTableView)) and isinstance(one, QAbstractButton)
            if isinstance(one, QAbstractButton | QLineEdit | QComboBox) and one.isVisible() and one.isEnabled() and not inner and not inside_list:
                found.append(one)
    return found


def walked(window: Window) -> set[QWidget]:
    """Everything that has the keyboard on the way around the window: Tab from control to control, F6 out of a list."""
    met: set[QWidget] = set()
    first = QApplication.focusWidget()
    for _ in range(FARTHEST):
        front = QApplication.focusWidget()
        assert front is not None
        whole = front
        while isinstance(whole.parentWidget(), QComboBox):
            whole = whole.parentWidget()
        met.add(whole)
        QTest.keyClick(front, Qt.Key.Key_F6 if isinstance(part_of(front), Grid) else Qt.Key.Key_Tab)
        if QApplication.focusWidget() is first:
            return met
    return met


def named(widget: QWidget) -> str:
    own = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} “{own or widget.accessibleName() or widget.toolTip() or widget.objectName()}”"


def test_every_control_of_every_screen_is_reached(window: Window, qtbot: QtBot) -> None:
    wrong = []
    for words in window.places:
        page = window.go(words)
        QTest.qWait(20)
        met = walked(window)
        wrong += [f"{words}: {named(one)}" for one in controls(page) if one not in met and not (isinstance(one, QAbstractButton) and _beside_a_checked_one(one, met))]
    assert not wrong, "\n".join(wrong)


def _beside_a_checked_one(button: QAbstractButton, met: set[QWidget]) -> bool:
    """Of buttons that go together (chips, radio buttons) the arrows lead to the others."""
    group = button.group()
    return (group is not None and group.exclusive() and any(one in met for one in group.buttons())) or (
        button.autoExclusive() and any(isinstance(one, type(button)) and one.parent() is button.parent() for one in met)
    )


def test_numbers_lead_to_the_nine_families_and_pages_turn_within_a_group(window: Window) -> None:
    seen = []
    for number in range(1, 10):
        press(Qt.Key(Qt.Key.Key_0 + number), CTRL)
        seen.append(window.frame.words())
    assert seen == ["工作台", "机构与应配", "人员", "工资核对", "服务采购合同", "经费", "方案与公开", "核查", "报表"]
    press(Qt.Key.Key_7, CTRL)
    press(Qt.Key.Key_7, CTRL)
    assert window.frame.words() == "年度考核"
    press(Qt.Key.Key_PageDown, CTRL)
    assert window.frame.words() == "绩效工资"
    press(Qt.Key.Key_PageUp, CTRL)
    press(Qt.Key.Key_PageUp, CTRL)
    assert window.frame.words() == "表彰奖励"


def test_tab_leaves_a_list_that_is_only_read(window: Window) -> None:
    page = window.go("核查")
    grid = page.listed()
    assert grid is not None and QApplication.focusWidget() is grid.view
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not grid.view


@pytest.mark.parametrize("words", ["人员", "工资核对", "机构与应配"])
def test_f6_leaves_a_list_to_type_into_and_comes_back(words: str, window: Window) -> None:
    grid = window.go(words).listed()
    assert grid is not None and QApplication.focusWidget() is grid.view
    press(Qt.Key.Key_F6)
    after = QApplication.focusWidget()
    assert after is not None and part_of(after) is not grid
    press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is grid.view


def test_enter_presses_a_button_of_the_toolbar(window: Window, qtbot: QtBot) -> None:
    page = window.go("核查")
    button = next(one for one in page.toolbar.findChildren(QToolButton) if one.text() == "全部重新核查")
    button.setFocus()
    with qtbot.waitSignal(window.desk.checked, timeout=20000):
        press(Qt.Key.Key_Return)
