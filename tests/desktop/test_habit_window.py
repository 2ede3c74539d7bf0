"""The whole window: nothing needs saving, what a user laid out survives a restart, lists go to paper as they are seen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from db.rows import row
from desktop.desk import Desk
from desktop.record.screen import RecordScreen
from desktop.screens.pay import PayPage
from desktop.window import PAY, PEOPLE, Keeper, Window
from office.open import open_book
from policy.clock import Clock

AS_OF = date(2026, 12, 31)


@pytest.fixture
def opened(demo_folder: Path, clock: Clock, tmp_path: Path, qtbot: QtBot) -> Callable[[], Window]:
    """Start the window over the demo county, as often as a test likes, with the same user's settings."""

    def start() -> Window:
        settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
        desk = Desk(open_book(demo_folder, clock), clock, AS_OF)
        window = Window(desk, Keeper(lambda: None), True, settings)
        qtbot.addWidget(window.frame)
        window.frame.resize(1366, 740)
        window.frame.show()
        qtbot.waitUntil(lambda: not desk.checking, timeout=20000)
        return window

    return start


def close(window: Window) -> None:
    window.frame.hide()
    window.desk.close()


@pytest.mark.habit(18)
def test_what_was_typed_is_in_the_book_at_once(opened: Callable[[], Window], demo_folder: Path, clock: Clock, qtbot: QtBot) -> None:
    window = opened()
    page = window.go(PAY)
    assert isinstance(page, PayPage)
    bonus = next(at for at, column in enumerate(page.grid.model.columns) if column.column == "bonus")
    page.grid.view.go(0, bonus)
    key = page.grid.model.row_at(0).keys["pay_month"]
    qtbot.keyClick(page.grid.view, Qt.Key.Key_F2)
    editor = page.grid.view.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.insert("1,234.50")
    with qtbot.waitSignal(window.desk.changed, timeout=5000):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert "已保存 09:00" in window.frame._left.text()
    close(window)
    with open_book(demo_folder, clock) as book:
        found = book.read(row, "pay_month", key)
    assert found is not None and found["bonus"] == 123450


@pytest.mark.habit(11)
def test_columns_and_views_survive_a_restart(opened: Callable[[], Window]) -> None:
    window = opened()
    page = window.go(PEOPLE)
    assert isinstance(page, RecordScreen)
    view = page.grid.view
    view.setColumnWidth(0, 173)
    view.laid.emit()
    close(window)
    again = opened()
    page = again.go(PEOPLE)
    assert isinstance(page, RecordScreen)
    assert page.grid.view.columnWidth(0) == 173
    close(again)


@pytest.mark.habit(35)
def test_the_list_in_front_is_previewed_for_printing(opened: Callable[[], Window], qtbot: QtBot) -> None:
    window = opened()
    window.go(PEOPLE)
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QPrintPreviewDialog):
            seen.append(dialog.windowTitle())
            dialog.reject()
        else:
            QTimer.singleShot(50, look)

    QTimer.singleShot(50, look)
    qtbot.keyClick(window.frame, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert seen == ["打印预览 — 人员"]
    close(window)
