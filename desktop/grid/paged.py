"""A table too long to be held whole: a page of rows is read when it comes into sight, and the last few are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from db.lists import Column, Key, Row
from desktop.grid.model import shown

KEPT: Final = 96
"""Pages kept: far more than any screen shows."""
_MARGIN: Final = 4
Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class PagedModel(QAbstractTableModel):
    """Rows by place, read through `read(first key)`. Until `extend` has told how many there are, only the first page is shown."""

    def __init__(self, columns: Sequence[Column], read: Callable[[Key | None], Sequence[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.read = read
        self._firsts: Sequence[Key | None] = (None,)
        self._total = 0
        self._page = 1
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()
        self._kinds = [column.field.kind for column in columns]

    def begin(self) -> None:
        """Show the first page as the book says now."""
        self.beginResetModel()
        self._firsts, self._page = (None,), 1
        self._pages.clear()
        first = self.read(None)
        self._total = self._page = len(first)
        self._pages[0] = first
        self.endResetModel()

    def extend(self, total: int, firsts: Sequence[Key], page: int) -> None:
        """All there is: the number of rows, and the key of each page's first row."""
        if total > self._total:
            self.beginInsertRows(_NOWHERE, self._total, total - 1)
            self._firsts, self._page, self._total = firsts, page, total
            self.endInsertRows()

    def text(self, place: int, column: int) -> str:
        """What stands in a cell."""
        at, within = divmod(place, self._page)
        lines = self._pages.get(at)
        if lines is None:
            lines = self._pages[at] = self.read(self._firsts[at])
            if len(self._pages) > KEPT:
                self._pages.popitem(last=False)
        return shown(self._kinds[column], lines[within].values[column], False) if within < len(lines) else ""

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return section + 1 if orientation == Qt.Orientation.Vertical else self.columns[section].field.label

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.text(index.row(), index.column()) if role == Qt.ItemDataRole.DisplayRole else None


class _Plain(QStyledItemDelegate):
    """Text and nothing else: one question a cell instead of seven."""

    def __init__(self, model: PagedModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        middle = Qt.AlignmentFlag.AlignVCenter
        places = {"left": Qt.AlignmentFlag.AlignLeft | middle, "right": Qt.AlignmentFlag.AlignRight | middle, "center": Qt.AlignmentFlag.AlignCenter}
        self._places = [places[column.field.kind.align] for column in model.columns]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text = self._model.text(index.row(), at := index.column())
        rect = option.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            palette = option.palette  # type: ignore[attr-defined]
            painter.fillRect(option.rect, palette.brush(QPalette.ColorRole.Highlight))  # type: ignore[attr-defined]
            painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
            painter.drawText(rect, self._places[at], text)
            painter.setPen(palette.color(QPalette.ColorRole.Text))
        elif text:
            painter.drawText(rect, self._places[at], text)


class PagedTable(QTableView):
    """The view of a paged model: looked at, not typed into."""

    def __init__(self, model: PagedModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        height = self.fontMetrics().height() + 8
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed if header is self.verticalHeader() else QHeaderView.ResizeMode.Interactive)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalHeader().hide()
        self.setModel(model)
        self.setItemDelegate(_Plain(model, self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        wide = self.fontMetrics().horizontalAdvance("国")
        for at, column in enumerate(model.columns):
            self.setColumnWidth(at, max(column.width, len(column.field.label)) * wide + 2 * _MARGIN)
