"""B10: a list of 1.2 million rows; B11: a cell typed into, to the committed act and the picture of it."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTableView

from db.lists import all_pay
from desktop.desk import Desk
from desktop.grid.paged import PagedModel, PagedTable
from desktop.screens.pay import PayPage
from desktop.window import PAY, Keeper, Window
from office.open import Book, open_book
from tests.bench.beats import wait
from tests.bench.books import AS_OF, CLOCK, COUNTY, PROVINCE, book_of, copy
from tests.bench.checks import peak
from tests.bench.table import Line, side_by_side

EDITS = 100
SIZE = (1366, 768)
STEPS = 200


class Empty(QAbstractTableModel):
    """A table of the same shape that says nothing."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._size = rows, columns

    def rowCount(self, parent: object = None) -> int:
        return self._size[0]

    def columnCount(self, parent: object = None) -> int:
        return self._size[1]

    def data(self, index: object, role: int = 0) -> None:
        return None


def b10() -> list[Line]:
    """历年工资 of a province: opened to its first picture, then paged through from all over the list."""
    app = QApplication.instance() or QApplication([])
    columns, rows = all_pay.columns(), PROVINCE.months
    window = QMainWindow()
    window.resize(*SIZE)
    window.show()
    QApplication.processEvents()
    with open_book(book_of(PROVINCE), CLOCK, "测速", "测速") as book:
        before = peak()

        def shown() -> PagedTable:
            model = PagedModel(columns, lambda first: book.read(all_pay.page, first))
            table = PagedTable(model)
            model.setParent(table)
            table.resize(*SIZE)
            model.begin()
            table.show()
            QApplication.processEvents()
            return table

        def empty() -> QTableView:
            table = QTableView()
            model = Empty(0, len(columns))
            model.setParent(table)
            table.setModel(model)
            table.resize(*SIZE)
            table.show()
            QApplication.processEvents()
            return table

        table = shown()
        total, firsts = book.read_later(all_pay.extent).result()
        assert total == rows
        model = table.model()
        assert isinstance(model, PagedModel)
        model.extend(total, firsts, all_pay.PAGE)
        QApplication.processEvents()
        _paged(table)
        held = peak() - before
        bare = QTableView()
        bare.resize(*SIZE)
        bare.setModel(Empty(rows, len(columns)))
        bare.show()
        QApplication.processEvents()
        scrolled, blank = side_by_side(lambda: _paged(table), lambda: _paged(bare))
        opened, least = side_by_side(shown, empty, 9)
    del app
    return [
        Line("B10", f"a list of {rows:,} rows opened", opened, "s", 3, least, "empty table"),
        Line("B10", "the same paged through, a page", scrolled / STEPS, "s", 2, blank / STEPS, "table without text"),
        Line("B10", "the same, memory on top of the empty window", held, "MB", 60),
    ]


def _paged(table: QTableView) -> None:
    """Page down, painting each page; in a few places all over the list."""
    bar = table.verticalScrollBar()
    for step in range(STEPS):
        if step % 20 == 0:
            bar.setValue(bar.maximum() * step // STEPS)
        bar.setValue(bar.value() + bar.pageStep())
        table.viewport().repaint()


def b11() -> list[Line]:
    """基本工资 of one person after the other in a county's pay sheet, each with a check coming after it."""
    app = QApplication.instance() or QApplication([])
    with tempfile.TemporaryDirectory() as name:
        book = open_book(copy(COUNTY, Path(name)), CLOCK, "测速", "测速")
        desk = Desk(book, CLOCK, AS_OF)
        window = Window(desk, Keeper(lambda: None), False)
        window.frame.resize(1366, 768)
        window.frame.show()
        page = window.go(PAY)
        assert isinstance(page, PayPage)
        window.frame.activateWindow()
        column = next(at for at, one in enumerate(page.grid.model.columns) if one.id == "pay_month.base")
        book._worker.run(0, lambda: book._connection.exec_driver_sql("CREATE TABLE bench (id INTEGER PRIMARY KEY, value INTEGER)") and None)
        book._worker.run(0, lambda: book._connection.exec_driver_sql("INSERT INTO bench VALUES (1, 0)") and None)
        acts, ours, bare = len(book.acts()), [], []
        for place in range(EDITS):
            wait(lambda: not desk.checking)
            page.grid.view.go(place, column)
            ours.append(_typed(page, f"{3000 + place}.50"))
            wait(lambda: not desk.checking)
            bare.append(_committed(book, place))
        assert len(book.acts()) == acts + EDITS
        desk.close()
    del app
    hundredth = sorted(ours)[int(len(ours) * 0.99) - 1]
    return [
        Line("B11", "a cell typed, committed with its diary, painted (median)", statistics.median(ours), "s", 5, statistics.median(bare), "one-row commit"),
        Line("B11", "the same, 99th of 100", hundredth * 1000, "ms", 50),
    ]


def _typed(page: PayPage, text: str) -> float:
    """Seconds from Enter to the new picture."""
    view = page.grid.view
    view.setFocus()
    QTest.keyClicks(view, text[0])
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, text[1:])
    assert editor.text() == text, editor.text()
    begun = time.perf_counter()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    return time.perf_counter() - begun


def _committed(book: Book, value: int) -> float:
    """Seconds of a commit of one row of the same file, in the book's own thread."""

    def commit() -> None:
        run = book._connection.exec_driver_sql
        run("BEGIN IMMEDIATE")
        run("UPDATE bench SET value = ? WHERE id = 1", (value,))
        run("COMMIT")

    begun = time.perf_counter()
    book._worker.run(0, commit)
    return time.perf_counter() - begun
