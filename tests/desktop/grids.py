"""A shown grid over the made-up people, and a hand on it: standing, selecting, the clipboard, the open editor."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.grid import Grid
from desktop.grid.view import GridView
from desktop.preferences import Preferences
from tests.desktop.people import AT, COLUMNS, TODAY, Book

CTRL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def shown_grid(qtbot: QtBot, book: Book, width: int = 1200, height: int = 500) -> Grid:
    made = Grid(COLUMNS, book.commit, lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(width, height)
    made.set_rows(book.rows)
    book.shows = made
    with qtbot.waitExposed(made):
        made.show()
    made.view.setFocus()
    return made


def remembered(path: object) -> Preferences:
    return Preferences(QSettings(str(path), QSettings.Format.IniFormat))


def at(grid: Grid, place: int, name: str) -> None:
    grid.view.go(place, AT[name])


def select(grid: Grid, first: tuple[int, str], last: tuple[int, str]) -> None:
    at(grid, *first)
    block = QItemSelection(grid.model.index(first[0], AT[first[1]]), grid.model.index(last[0], AT[last[1]]))
    grid.view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def here(view: GridView) -> tuple[int, str]:
    current = view.currentIndex()
    return current.row(), view.grid.columns[current.column()].id


def column(grid: Grid, name: str) -> list[str]:
    return [grid.model.shown(place, AT[name]) for place in range(grid.model.rowCount())]


def put(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def taken() -> str:
    return QGuiApplication.clipboard().text().replace("\r\n", "\n")


def open_editor() -> QLineEdit:
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    return editor
