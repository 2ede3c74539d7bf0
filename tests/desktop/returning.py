"""A return of the demo county on screen, for tests that go about it as a clerk does."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.screens.returns import ReturnsPage
from desktop.screens.sheet_view import SheetModel
from office.tasks import YEARLY, make_task
from returns.grid import Role, Span


def shown_page(desk: Desk, qtbot: QtBot) -> ReturnsPage:
    """The page as the frame shows it: read again whenever the book moves."""
    made = ReturnsPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    desk.changed.connect(made.refresh)
    made.refresh()
    return made


def at_rest(page: ReturnsPage, qtbot: QtBot) -> None:
    """Wait until nothing is under way."""
    for _ in range(3):  # an editor that closes, what it typed, and what is read again come one after the other
        QApplication.processEvents()
        qtbot.waitUntil(lambda: not page.at.busy, timeout=30000)


def opened(desk: Desk, qtbot: QtBot, **task: object) -> ReturnsPage:
    """The return of a new task of 2026."""
    make_task(desk.book, YEARLY, "2026", **{"forms": ("封面", "表1", "表2", "表3"), **task})
    made = shown_page(desk, qtbot)
    begin(made, qtbot)
    return made


def begin(page: ReturnsPage, qtbot: QtBot) -> None:
    """Open the first task of the list with Enter."""
    page.grid.view.go(0, 0)
    QTest.keyClick(page.grid.view, Qt.Key.Key_Return)
    at_rest(page, qtbot)


def sheet(page: ReturnsPage, key: str) -> SheetModel:
    """Bring a form to the front."""
    tabs = page.at.tabs
    tabs.setCurrentIndex([tabs.tabText(at) for at in range(tabs.count())].index(key))
    model = page.at.sheet.model()
    assert isinstance(model, SheetModel)
    return model


def figure(model: SheetModel, line: str, column: int) -> tuple[QModelIndex, Span]:
    """The cell of a line (by the name in its first column) and a column from 0."""
    for at in range(model.rowCount()):
        first = model.span_at(model.index(at, 0))
        if first and first.role in (Role.BODY, Role.TOTAL) and first.text == line:
            found = model.index(at, column)
            span = model.span_at(found)
            assert span
            return found, span
    raise LookupError(line)


def click(page: ReturnsPage, index: QModelIndex) -> None:
    """Click a cell with the mouse."""
    view = page.at.sheet
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())


def behind(page: ReturnsPage) -> list[tuple[str, ...]]:
    """What stands in the list beside the form."""
    table = page.at.behind.list
    texts = [[table.item(row, column) for column in range(3)] for row in range(table.rowCount())]
    return [tuple(item.text() if item else "" for item in row) for row in texts]
