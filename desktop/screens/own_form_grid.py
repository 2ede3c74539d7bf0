"""A form sent down, or its filled copy, cell by cell: heading, lines and total in colour, the columns that are filled marked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from desktop.grid.table import name_corner
from returns.own_form import Page, Place
from returns.sheet import Value

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
HEAD, LINE, TOTAL, SURE, GUESS, FILLED, WRONG = "#edf1f6", "#e3effc", "#f3ecdc", "#dff3e2", "#fff2b3", "#dff3e2", "#fbd9d5"
Paint = Callable[[Place], str]
"""A cell's colour, "" for none."""


class FormModel(QAbstractTableModel):
    """The cells of one page."""

    def __init__(self, page: Page, paint: Paint, results: dict[Place, Value | bool], parent: QWidget) -> None:
        super().__init__(parent)
        self.page, self.paint, self.results = page, paint, results
        self._size = max(page.last_row, 1), max(page.last_column, 1)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._size[0]

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._size[1]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return str(section + 1) if orientation is Qt.Orientation.Vertical else letters(section + 1)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at = (index.row() + 1, index.column() + 1)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.text(at) or None
        if role == Qt.ItemDataRole.BackgroundRole and (color := self.paint(at)):
            return QBrush(QColor(color))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def text(self, at: Place) -> str:
        """What stands in a cell; of a formula what it comes to, else the formula."""
        value: Any = self.page.values.get(at)
        if value is None and at in self.page.formulas:
            value = self.results.get(at)
            value = self.page.formulas[at] if value is None else value if isinstance(value, str | bool) else float(value)
        return f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else "" if value is None else str(value)


class FormView(QTableView):
    """Shows a page; whole rows are chosen by their numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("表样")
        name_corner(self)
        self.horizontalHeader().setDefaultSectionSize(86)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.verticalHeader().setDefaultSectionSize(24)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is None:
            painter = QPainter(self.viewport())
            painter.setPen(QColor("#7c8794"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, "把上级下发的 .xlsx 表样拖到这里")
            painter.end()

    def show_page(self, page: Page, paint: Paint, results: dict[Place, Value | bool] | None = None) -> None:
        """Show a page (again), scrolled as it was."""
        before, at = self.model(), self.verticalScrollBar().value()
        self.clearSpans()
        self.setModel(FormModel(page, paint, results or {}, self))
        if before:
            before.deleteLater()
        for top, left, bottom, right in page.merged:
            self.setSpan(top - 1, left - 1, bottom - top + 1, right - left + 1)
        self.verticalScrollBar().setValue(at)

    def chosen_rows(self) -> tuple[int, int]:
        """First and last row that is selected; (0, 0) where none is."""
        rows = sorted({index.row() + 1 for index in self.selectedIndexes()})
        return (rows[0], rows[-1]) if rows else (0, 0)

    def chosen_cell(self) -> Place:
        """The cell the clerk stands on; (0, 0) where none."""
        index = self.currentIndex()
        return (index.row() + 1, index.column() + 1) if index.isValid() else (0, 0)


def letters(column: int) -> str:
    """1 → A, 27 → AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
