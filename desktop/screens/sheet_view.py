"""A form as it will be printed, to be read on screen: title, merged headings, figures, footer. Clicking a figure names it."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from returns.grid import Grid, Role, Span
from returns.sheet import Column, Mark, Measure, Sheet

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_RULED: Final = (Role.HEAD, Role.MARK, Role.TOTAL, Role.BODY)
_RULE: Final = QColor("#8b98a8")
_HEAD: Final = QBrush(QColor("#edf1f6"))
_TOTAL: Final = QBrush(QColor("#f7f9fc"))
_SPEAKING: Final = QBrush(QColor("#1f5fae"))
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_SIDES: Final = {
    Role.KEY: Qt.AlignmentFlag.AlignLeft, Role.LEFT: Qt.AlignmentFlag.AlignLeft, Role.FOOTER: Qt.AlignmentFlag.AlignLeft,
    Role.SIGN: Qt.AlignmentFlag.AlignLeft, Role.NOTE: Qt.AlignmentFlag.AlignLeft,
    Role.RIGHT: Qt.AlignmentFlag.AlignRight, Role.HEAD_FIELD: Qt.AlignmentFlag.AlignRight,
}  # fmt: skip
_POINTS_TO_PIXELS: Final = 96 / 72
_ROOM: Final = 16
"""Pixels beside a cell's text."""


def speaks(span: Span) -> bool:
    """Whether there is somebody behind the figure."""
    return bool(span.cell.people or span.cell.units) and span.role in (Role.BODY, Role.TOTAL)


def column_name(column: Column) -> str:
    """A column with the headings above it: 第7栏 实际配备人数／在编／行政编制; one of an upright form (本年) by its heading alone."""
    return (f"第{column.mark}栏 " if column.mark.isdecimal() or len(column.mark) == 1 else "") + "／".join((*column.groups, column.label))


class SheetModel(QAbstractTableModel):
    """The blocks of one form by place."""

    def __init__(self, sheet: Sheet, grid: Grid, font: QFont, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet, self._grid = sheet, grid
        self._spans = {(span.row - 1, span.column - 1): span for span in grid.spans}
        self._title, self._bold = QFont(font), QFont(font)
        self._title.setPointSizeF(font.pointSizeF() * 1.6)
        self._title.setBold(True)
        self._bold.setBold(True)

    def span_at(self, index: Index) -> Span | None:
        """The block a cell begins."""
        return self._spans.get((index.row(), index.column()))

    def _about(self, span: Span) -> str | None:
        """Line and column of a figure, for when the headings are out of sight."""
        if span.role not in (Role.BODY, Role.TOTAL):
            return None
        line, column = self._sheet.rows[span.row - self._grid.head_last - 1], self._sheet.columns[span.column - 1]
        about = f"{line.name}　{column_name(column)}"
        return f"{about}\n点击查看由哪些人、哪些单位组成" if speaks(span) else about

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._grid.heights)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._grid.widths)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        span = self.span_at(index)
        if span is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return span.text
            case Qt.ItemDataRole.TextAlignmentRole:
                return _stands(span)
            case Qt.ItemDataRole.FontRole:
                return self._title if span.role is Role.TITLE else self._bold if span.role in (Role.HEAD, Role.TOTAL) else None
            case Qt.ItemDataRole.BackgroundRole:
                return _HEAD if span.role in (Role.HEAD, Role.MARK) else _TOTAL if span.role is Role.TOTAL else None
            case Qt.ItemDataRole.ForegroundRole:
                return _SPEAKING if speaks(span) else None
            case Qt.ItemDataRole.ToolTipRole:
                return self._about(span)
        return None


def _stands(span: Span) -> Qt.AlignmentFlag:
    if span.role in (Role.BODY, Role.TOTAL):
        if span.measure in (Measure.YUAN, Measure.WAN) and not isinstance(span.cell.value, Mark):
            return Qt.AlignmentFlag.AlignRight | _MIDDLE
        return (Qt.AlignmentFlag.AlignLeft if span.measure is Measure.LONG else Qt.AlignmentFlag.AlignHCenter) | _MIDDLE
    return _SIDES.get(span.role, Qt.AlignmentFlag.AlignHCenter) | _MIDDLE


class _Ruled(QStyledItemDelegate):
    """Lines around the form's own cells only, text wrapped as in print."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        span = model.span_at(index) if isinstance(model, SheetModel) else None
        if span and span.role is Role.TITLE and isinstance(view := self.parent(), QTableView):
            option.rect = option.rect & view.viewport().rect()  # type: ignore[attr-defined]
        super().paint(painter, option, index)
        if span and span.role in _RULED:
            edge: QRect = option.rect  # type: ignore[attr-defined]
            painter.save()
            painter.setPen(QPen(_RULE))
            painter.drawLine(edge.bottomLeft(), edge.bottomRight())
            painter.drawLine(edge.topRight(), edge.bottomRight())
            if span.column == 1:
                painter.drawLine(edge.topLeft(), edge.bottomLeft())
            if span.role is Role.HEAD:
                painter.drawLine(edge.topLeft(), edge.topRight())
            painter.restore()


class SheetView(QTableView):
    """Shows one form at a time."""

    asked = Signal(object)
    """The figure (a `Span`) whose people and units the clerk wants to see."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("报表预览")
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setItemDelegate(_Ruled(self))
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(8)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)  # the title stays in the middle of what is seen
        self.clicked.connect(self._ask)
        self.activated.connect(self._ask)

    def show_sheet(self, sheet: Sheet, grid: Grid) -> None:
        """Show another form (or the same one, laid again), laid out as `grid`."""
        before = self.model()
        self.clearSpans()
        self.setModel(SheetModel(sheet, grid, self.font(), self))
        if before:
            before.deleteLater()
        half = self.fontMetrics().horizontalAdvance("中") / 2
        for column, width in enumerate(grid.widths):
            self.setColumnWidth(column, round(width * half) + _ROOM)
        for row, height in enumerate(grid.heights):
            self.setRowHeight(row, round(height * _POINTS_TO_PIXELS))
        for span in grid.spans:
            if span.rows > 1 or span.columns > 1:
                self.setSpan(span.row - 1, span.column - 1, span.rows, span.columns)

    def _ask(self, index: Index) -> None:
        model = self.model()
        span = model.span_at(index) if isinstance(model, SheetModel) else None
        if span and speaks(span):
            self.asked.emit(span)
