"""One screen alone over a book, as the frame shows it, and hands that tick, type and look into its tabs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.book import Book
from desktop.choose import Choose
from desktop.desk import Desk
from desktop.page import Page
from desktop.record.screen import RecordScreen
from office import demo
from policy.clock import Clock
from tests.desktop.opened import field

Shown = Callable[[Callable[[Desk], Page], Book], RecordScreen]


@contextmanager
def showing(qtbot: QtBot, clock: Clock) -> Iterator[Shown]:
    """Shows screens, each read again whenever the book moves; their desks are closed at the end."""
    desks: list[Desk] = []
    windows: list[QWidget] = []

    def show(make: Callable[[Desk], Page], book: Book) -> RecordScreen:
        desk = Desk(book, clock, demo.AS_OF)
        desks.append(desk)
        screen = make(desk)
        assert isinstance(screen, RecordScreen)
        desk.changed.connect(screen.refresh)
        window = QWidget()
        windows.append(window)
        box = QVBoxLayout(window)
        box.addWidget(screen.toolbar)
        box.addWidget(screen)
        qtbot.addWidget(window)
        window.resize(1180, 690)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        desk.moved()
        qtbot.waitUntil(lambda: not desk.checking, timeout=20000)
        screen.set_out()
        QApplication.processEvents()
        return screen

    yield show
    for desk in desks:
        desk.close()


@contextmanager
def ticking(do: Callable[[Choose], None]) -> Iterator[list[Choose]]:
    """Goes about the tick boxes that come up inside."""
    seen: list[Choose] = []
    timer = QTimer(interval=5)

    def give() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Choose):
            timer.stop()
            seen.append(dialog)
            try:
                do(dialog)
            finally:
                if dialog.isVisible():
                    dialog.reject()

    timer.timeout.connect(give)
    timer.start()
    yield seen
    timer.stop()
    assert seen, "nothing to tick came up"


def confirm(dialog: Choose) -> None:
    dialog.buttons.buttons()[0].click()


def tab(screen: RecordScreen, title: str) -> list[tuple[Any, ...]]:
    """The rows of a tab, brought to the front."""
    at = next(at for at, one in enumerate(screen.spec.tabs) if one.title == title)
    screen.tabs.setCurrentIndex(at + 1)
    grid = screen.tab_grids[at]
    return [grid.model.row_at(place).values for place in range(grid.model.rowCount())]


def come_back(screen: RecordScreen) -> None:
    """Back to the screen's window after a question, which has taken the focus along."""
    screen.window().activateWindow()
    QTest.qWaitForWindowActive(screen.window())


def type_in(screen: RecordScreen, name: str, text: str) -> None:
    """Goes to a field and puts a text in as the keyboard (or, for characters, the input method) does."""
    come_back(screen)
    editor = field(screen, name)
    editor.setFocus()
    if text.isascii():
        QTest.keyClicks(QApplication.focusWidget(), text)
    else:
        editor.setText(text)
