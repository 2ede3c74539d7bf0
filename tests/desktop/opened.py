"""A window over a copy of the demo county, for tests that go about it as a clerk does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.book import Book
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.record.editors import Editor
from desktop.record.screen import RecordScreen
from desktop.window import Keeper, Window
from office import demo
from policy.clock import Clock


def opened(qtbot: QtBot, book: Book, clock: Clock, settings: Path | None = None) -> Window:
    """The window, shown and checked."""
    desk = Desk(book, clock, demo.AS_OF)
    kept = QSettings(str(settings), QSettings.Format.IniFormat) if settings else None
    window = Window(desk, Keeper(lambda: None), True, kept)
    qtbot.addWidget(window.frame)
    window.frame.resize(1366, 768)
    with qtbot.waitExposed(window.frame):
        window.frame.show()
    window.frame.activateWindow()
    qtbot.waitUntil(lambda: not desk.checking, timeout=20000)
    return window


def record_screen(window: Window, words: str) -> RecordScreen:
    page = window.go(words)
    assert isinstance(page, RecordScreen)
    QApplication.processEvents()
    return page


def field(screen: RecordScreen, name: str) -> Editor:
    """The form's editor of a column."""
    at = next(at for at, column in enumerate(screen.grid.model.columns) if column.id == name)
    return screen.form.editors[at]


def stand(screen: RecordScreen, qtbot: QtBot, table: str, number: int) -> None:
    assert screen.show_record({table: (number,)})
    qtbot.waitUntil(lambda: screen.row is not None and screen.row.keys[table] == (number,))


def action(screen: RecordScreen, words: str) -> QAction:
    """The screen's action by its words, wherever it hangs."""
    return next(one for one in [*screen.toolbar.actions(), *screen.actions()] if one.text() == words)


@contextmanager
def answer(values: dict[str, str], confirm: bool = True) -> Iterator[list[str]]:
    """Fills in the question that comes up inside, and confirms it or not; the list then holds what was asked and what was refused."""
    said: list[str] = []
    timer = QTimer(interval=5)

    def give() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, Ask):
            return
        timer.stop()
        said.append(dialog.explanation)
        for name, text in values.items():
            dialog.editors[name].setText(text)
        dialog.buttons.buttons()[0 if confirm else 1].click()
        if dialog.isVisible():
            said.append(dialog.wrong.text())
            dialog.reject()

    timer.timeout.connect(give)
    timer.start()
    yield said
    timer.stop()
    assert said, "no question was asked"
