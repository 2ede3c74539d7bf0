"""Habits 3, 4, 5, 19: Enter and Tab, F2 and typing over, a Chinese input method, and what cells look like."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop.grid import Grid
from desktop.grid.model import COMPUTED, MARKED
from desktop.grid.view import GridView
from tests.desktop.grids import SHIFT, at, here, open_editor, remembered, shown_grid
from tests.desktop.people import AT, Book

pytestmark = pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing the keyboard", extend=True)


@pytest.fixture
def grid(qtbot: QtBot, book: Book) -> Grid:
    return shown_grid(qtbot, book)


@pytest.mark.habit(3)
def test_enter_goes_down_tab_goes_right_past_computed_cells(grid: Grid) -> None:
    at(grid, 0, "name")
    QTest.keyClick(grid.view, Qt.Key.Key_Tab)
    assert here(grid.view) == (0, "duty")  # 派驻单位 is computed
    QTest.keyClick(grid.view, Qt.Key.Key_Tab)
    QTest.keyClick(grid.view, Qt.Key.Key_Return)
    assert here(grid.view) == (1, "name")
    QTest.keyClick(grid.view, Qt.Key.Key_Return, SHIFT)
    assert here(grid.view) == (0, "name")


@pytest.mark.habit(3)
def test_enter_can_be_set_to_go_right(grid: Grid, tmp_path: Path) -> None:
    grid.remember(remembered(tmp_path / "a.ini"), "人员")
    menu = grid.view.menu()
    next(one for one in menu.actions() if one.text() == "回车后向右移动").trigger()
    at(grid, 0, "name")
    QTest.keyClick(grid.view, Qt.Key.Key_Return)
    assert here(grid.view) == (0, "duty")
    at(grid, 0, "full")
    QTest.keyClick(grid.view, Qt.Key.Key_Return)
    assert here(grid.view) == (1, "name")
    QTest.keyClick(grid.view, Qt.Key.Key_Return, SHIFT)
    assert here(grid.view) == (0, "full")
    assert remembered(tmp_path / "a.ini").enter_goes_right()


@pytest.mark.habit(3)
@pytest.mark.parametrize(("key", "stands"), [(Qt.Key.Key_Return, (1, "duty")), (Qt.Key.Key_Tab, (0, "phone"))])
def test_initials_offer_the_word_and_the_key_that_takes_it_goes_on(grid: Grid, book: Book, qtbot: QtBot, key: Qt.Key, stands: tuple[int, str]) -> None:
    at(grid, 0, "duty")
    QTest.keyClick(grid.view, Qt.Key.Key_D)
    editor = open_editor()
    QTest.keyClicks(editor, "bs")
    popup = editor.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert [popup.model().index(line, 0).data() for line in range(popup.model().rowCount())] == ["低保审核"]
    QTest.keyClick(popup, key)
    qtbot.waitUntil(lambda: here(grid.view) == stands)
    assert grid.model.shown(0, AT["duty"]) == "低保审核"
    assert len(book.acts) == 1 and not popup.isVisible()


@pytest.mark.habit(3)
def test_initials_that_mean_one_word_are_taken_without_the_list(grid: Grid, book: Book) -> None:
    at(grid, 0, "duty")
    QTest.keyClick(grid.view, Qt.Key.Key_F2)
    editor = open_editor()
    editor.setText("dagl")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert grid.model.shown(0, AT["duty"]) == "档案管理" and here(grid.view) == (1, "duty")
    QTest.keyClick(grid.view, Qt.Key.Key_F2)
    editor = open_editor()
    editor.setText("zzz")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert editor.isVisible() and len(book.acts) == 1, "what means nothing stays to be mended"
    QTest.keyClick(editor, Qt.Key.Key_Escape)


@pytest.mark.habit(4)
def test_f2_edits_and_typing_overwrites(grid: Grid, book: Book) -> None:
    at(grid, 0, "name")
    QTest.keyClick(grid.view, Qt.Key.Key_F2)
    assert open_editor().text() == "陈志强"
    QTest.keyClick(open_editor(), Qt.Key.Key_Escape)
    at(grid, 0, "fixed")
    QTest.keyClick(grid.view, Qt.Key.Key_3)
    QTest.keyClicks(open_editor(), "100")
    QTest.keyClick(open_editor(), Qt.Key.Key_Return)
    assert book.rows[0].values[5] == 310000
    assert book.names() == ["修改岗位工资（元）"]


# A Chinese input method: what is being composed arrives as preedit, what was chosen as a commit.


def composing(text: str, commit: str = "") -> QInputMethodEvent:
    event = QInputMethodEvent(text, [])
    if commit:
        event.setCommitString(commit)
    return event


@pytest.mark.habit(5)
@pytest.mark.parametrize("name", ["name", "duty"])
def test_the_first_letter_of_pinyin_is_not_lost(grid: Grid, book: Book, name: str) -> None:
    at(grid, 0, name)
    for letters in ("d", "da", "dang'an"):
        QApplication.sendEvent(QApplication.focusWidget(), composing(letters))
    QApplication.sendEvent(QApplication.focusWidget(), composing("", "档案管理"))
    assert open_editor().text() == "档案管理"
    QTest.keyClick(open_editor(), Qt.Key.Key_Return)
    assert book.rows[0].values[AT[name]] == "档案管理"
    assert grid.view.state() == GridView.State.NoState


@pytest.mark.habit(5)
def test_a_character_committed_at_once_replaces_the_cell(grid: Grid, book: Book) -> None:
    at(grid, 1, "name")
    QApplication.sendEvent(grid.view, composing("", "中"))
    QTest.keyClicks(open_editor(), "A")
    QTest.keyClick(open_editor(), Qt.Key.Key_Tab)
    assert book.rows[1].values[0] == "中A"


@pytest.mark.habit(5)
def test_a_composition_given_up_changes_nothing(grid: Grid, book: Book) -> None:
    at(grid, 1, "name")
    QApplication.sendEvent(QApplication.focusWidget(), composing("zh"))
    QApplication.sendEvent(QApplication.focusWidget(), composing(""))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert book.acts == []
    assert grid.model.shown(1, 0) == "李丽华"


@pytest.mark.habit(5)
def test_the_input_method_is_off_on_computed_cells(grid: Grid, book: Book) -> None:
    at(grid, 0, "gross")
    assert not grid.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(grid.view, composing("zh"))
    QApplication.sendEvent(grid.view, composing("", "中"))
    assert QApplication.focusWidget() is grid.view
    assert book.acts == []
    at(grid, 0, "fixed")
    assert grid.view.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


# Looks


def color(grid: Grid, place: int, name: str) -> str:
    """The paper of a cell as it is painted."""
    view = grid.view
    index: QModelIndex = grid.model.index(place, AT[name])
    view.scrollTo(index)
    spot = view.viewport().mapTo(view, view.visualRect(index).bottomLeft() + QPoint(3, -3))
    return view.grab().toImage().pixelColor(spot * view.devicePixelRatioF()).name()


@pytest.mark.habit(19)
def test_white_takes_entry_tinted_is_computed_red_has_a_finding(grid: Grid) -> None:
    at(grid, 4, "note")
    assert color(grid, 1, "fixed") == "#ffffff"
    assert color(grid, 1, "gross") == COMPUTED.color().name()
    assert color(grid, 0, "gross") == MARKED.color().name()
    assert color(grid, 1, "name") == "#ffffff"
    grid.view.freeze(AT["unit"])
    assert color(grid, 1, "unit") == COMPUTED.color().name()


@pytest.mark.habit(19)
def test_a_red_cell_says_why(grid: Grid) -> None:
    spot = grid.view.visualRect(grid.model.index(0, AT["gross"])).center()
    asked = QHelpEvent(QHelpEvent.Type.ToolTip, spot, grid.view.viewport().mapToGlobal(spot))
    QApplication.sendEvent(grid.view.viewport(), asked)
    assert QToolTip.text() == "40,800.00 < 50,000.00，低于最低标准"
    QToolTip.hideText()
