"""A form as it will be printed, on screen: title, merged headings, figures, footer. Clicking a figure names it; what may be typed is typed."""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QContextMenuEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QPolygon,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView, QMenu, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from desktop.screens.sheet_looks import Look, Looks
from desktop.screens.sheet_still import Still
from policy.finding import HARD, HINT, SOFT
from returns.fill import Source
from returns.grid import Grid, Role, Span
from returns.sheet import PER_UNIT, Column, Mark, Measure, Sheet

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_RULED: Final = (Role.HEAD, Role.MARK, Role.TOTAL, Role.BODY)
_RULE: Final = QColor("#8b98a8")
_HEAD: Final = QBrush(QColor("#edf1f6"))
_TOTAL: Final = QBrush(QColor("#f7f9fc"))
_SPEAKING: Final = QBrush(QColor("#1f5fae"))
_COLORS: Final = {
    Source.COMPUTED: QBrush(QColor("#f2f3f5")), Source.TYPED: QBrush(QColor("#ffffff")), Source.OVERRIDDEN: QBrush(QColor("#fff2b3")),
}  # fmt: skip
_CORNERS: Final = {HARD: QColor("#c0392b"), SOFT: QColor("#d98e1f"), HINT: QColor("#4a90e2")}
_CORNER: Final = 7
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
    """Whether there is somebody or something behind the figure."""
    cell = span.cell
    return bool(cell.people or cell.units or cell.contracts or cell.records) and span.role in (Role.BODY, Role.TOTAL)


def column_name(column: Column) -> str:
    """A column with the headings above it: 第7栏 实际配备人数／在编／行政编制; one of an upright form (本年) by its heading alone."""
    return (f"第{column.mark}栏 " if column.mark.isdecimal() or len(column.mark) == 1 else "") + "／".join((*column.groups, column.label))


class SheetModel(QAbstractTableModel):
    """The blocks of one form by place."""

    typed = Signal(object, str)
    """(Span, text) typed into a cell."""

    def __init__(self, sheet: Sheet, grid: Grid, font: QFont, looks: Looks = MappingProxyType({}), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet, self._grid, self._looks = sheet, grid, looks
        self._spans = {(span.row - 1, span.column - 1): span for span in grid.spans}
        self._title, self._bold = QFont(font), QFont(font)
        self._title.setPointSizeF(font.pointSizeF() * 1.6)
        self._title.setBold(True)
        self._bold.setBold(True)

    @property
    def key(self) -> str:
        """Of the form shown."""
        return self._sheet.key

    def span_at(self, index: Index) -> Span | None:
        """The block a cell begins."""
        return self._spans.get((index.row(), index.column()))

    def place(self, span: Span) -> tuple[int, int]:
        """(line of the body, column) of a figure, both from 0."""
        return span.row - self._grid.head_last - 1, span.column - 1

    def place_index(self, at: int, column: int) -> QModelIndex:
        """Where a line of the body and a column stand."""
        return self.index(self._grid.head_last + at, column)

    def look(self, span: Span) -> Look | None:
        """How a figure is to look; None for what is no figure."""
        return self._looks.get(self.place(span)) if span.role in (Role.BODY, Role.TOTAL) else None

    def _about(self, span: Span) -> str | None:
        """Line and column of a figure, for when the headings are out of sight."""
        if span.role not in (Role.BODY, Role.TOTAL):
            return None
        line, column = self._sheet.rows[span.row - self._grid.head_last - 1], self._sheet.columns[span.column - 1]
        look = self.look(span)
        said = [
            f"{line.name}　{column_name(column)}",
            look.was if look else "",
            "手填，可以直接输入" if look and look.open and look.source is Source.TYPED else "",
            "点击查看由哪些人、单位或记录组成" if speaks(span) else "",
        ]
        return "\n".join(filter(None, said))

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._grid.heights)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._grid.widths)

    def flags(self, index: Index) -> Qt.ItemFlag:
        span = self.span_at(index)
        look = self.look(span) if span else None
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable if look and look.open else super().flags(index)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        span = self.span_at(index)
        if span is None or role != Qt.ItemDataRole.EditRole or value == span.text:
            return False
        self.typed.emit(span, value)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        span = self.span_at(index)
        if span is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.EditRole:
                return span.text
            case Qt.ItemDataRole.TextAlignmentRole:
                return _stands(span)
            case Qt.ItemDataRole.FontRole:
                return self._title if span.role is Role.TITLE else self._bold if span.role in (Role.HEAD, Role.TOTAL) else None
            case Qt.ItemDataRole.BackgroundRole:
                if look := self.look(span):
                    return _COLORS[look.source]
                return _HEAD if span.role in (Role.HEAD, Role.MARK) else _TOTAL if span.role is Role.TOTAL else None
            case Qt.ItemDataRole.ForegroundRole:
                return _SPEAKING if speaks(span) else None
            case Qt.ItemDataRole.ToolTipRole:
                return self._about(span)
        return None


def _stands(span: Span) -> Qt.AlignmentFlag:
    if span.role in (Role.BODY, Role.TOTAL):
        if span.measure in PER_UNIT and not isinstance(span.cell.value, Mark):
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
            look = model.look(span) if isinstance(model, SheetModel) else None
            painter.save()
            if look and look.level:
                corner = edge.topRight()
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(_CORNERS[look.level])
                painter.drawPolygon(QPolygon([corner, corner - QPoint(_CORNER, 0), corner + QPoint(0, _CORNER)]))
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
    """The figure (a `Span`) whose people, units and records the clerk wants to see."""
    opened = Signal(object)
    """The figure the clerk clicked twice."""
    typed = Signal(object, str)
    """(Span, text) typed over a figure."""
    cleared = Signal(object)
    """Delete on a figure set by hand: it is to be the book's again."""
    locked = Signal(object)
    """The clerk began to type over a figure that takes nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("报表预览")
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setItemDelegate(_Ruled(self))
        self.setEditTriggers(QTableView.EditTrigger.EditKeyPressed | QTableView.EditTrigger.AnyKeyPressed)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(8)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)  # the title stays in the middle of what is seen
        self.still = Still(self, _Ruled)
        self.clicked.connect(self._ask)
        self.activated.connect(self._ask)
        self.doubleClicked.connect(self._open)

    def show_sheet(self, sheet: Sheet, grid: Grid, looks: Looks = MappingProxyType({})) -> None:
        """Show another form (or the same one, laid again), laid out as `grid`."""
        before, stood = self.model(), self.currentIndex()
        scrolled = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.clearSpans()
        model = SheetModel(sheet, grid, self.font(), looks, self)
        model.typed.connect(self.typed, Qt.ConnectionType.QueuedConnection)  # the editor is still closing
        self.setModel(model)
        half = self.fontMetrics().horizontalAdvance("中") / 2
        for column, width in enumerate(grid.widths):
            self.setColumnWidth(column, round(width * half) + _ROOM)
        for row, height in enumerate(grid.heights):
            self.setRowHeight(row, round(height * _POINTS_TO_PIXELS))
        for span in grid.spans:
            if span.rows > 1 or span.columns > 1:
                self.setSpan(span.row - 1, span.column - 1, span.rows, span.columns)

        self.still.show_sheet(sheet, grid, model, self.selectionModel())
        if isinstance(before, SheetModel) and before.key == sheet.key:
            self.horizontalScrollBar().setValue(scrolled[0])
            self.verticalScrollBar().setValue(scrolled[1])
            if stood.isValid() and stood.row() < model.rowCount() and stood.column() < model.columnCount():
                self.setCurrentIndex(model.index(stood.row(), stood.column()))
        else:
            self.scrollToTop()
            self.horizontalScrollBar().setValue(0)
        if before:
            before.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.still.lay()

    def stand(self, at: int, column: int) -> None:
        """Go to a line of the body and a column (from 0)."""
        model = self.model()
        if isinstance(model, SheetModel):
            index = model.place_index(at, column)
            self.setCurrentIndex(index)
            self.scrollTo(index, QTableView.ScrollHint.PositionAtCenter)

    def figure(self, index: Index) -> Span | None:
        """The figure of the body at an index; None for headings and notes."""
        model = self.model()
        span = model.span_at(index) if isinstance(model, SheetModel) else None
        return span if span and span.role in (Role.BODY, Role.TOTAL) else None

    def _ask(self, index: Index) -> None:
        if span := self.figure(index):
            self.asked.emit(span)

    def _open(self, index: Index) -> None:
        model, span = self.model(), self.figure(index)
        if span is None or not isinstance(model, SheetModel):
            return
        look = model.look(span)
        if look and look.open and look.source is Source.TYPED:
            self.edit(index)
        else:
            self.opened.emit(span)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        model, span = self.model(), self.figure(self.currentIndex())
        look = model.look(span) if span and isinstance(model, SheetModel) else None
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif span and look and look.set and look.open and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.cleared.emit(span)
        elif span and look and not look.open and (event.key() == Qt.Key.Key_F2 or (event.text().isprintable() and event.text().strip())):
            self.locked.emit(span)
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The selected cells for a workbook, as printed."""
        chosen = sorted((index.row(), index.column()) for index in self.selectedIndexes())
        if chosen:
            columns = range(min(at for _, at in chosen), max(at for _, at in chosen) + 1)
            lines = [[str(self.model().index(row, at).data() or "") if (row, at) in chosen else "" for at in columns] for row in dict(chosen)]
            QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with the cell the clerk stands on."""
        model, index = self.model(), self.currentIndex()
        span = self.figure(index)
        look = model.look(span) if span and isinstance(model, SheetModel) else None
        menu = QMenu(self)
        entries: tuple[tuple[str, bool, Callable[[], object]], ...] = (
            ("复制\tCtrl+C", bool(self.selectedIndexes()), self.copy),
            ("查看组成\t回车", span is not None, lambda: self._ask(index)),
            ("填写或调整\tF2", bool(look and look.open), lambda: self.edit(index)),
            ("恢复台账数\tDelete", bool(look and look.open and look.set), lambda: self.cleared.emit(span)),
        )
        for words, can, run in entries:
            action = menu.addAction(words)
            action.setEnabled(can)
            action.triggered.connect(run)
        return menu
