"""What stays in sight of a form that is scrolled: its heading above, the names of its lines on the left, as in a workbook with frozen panes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QRect, Qt
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QFrame, QHeaderView, QTableView

from returns.grid import Grid
from returns.sheet import Sheet

_MOST = 0.6
"""Share of the view that may stay; a form whose heading takes more scrolls whole."""


class Still:
    """Three parts laid over a view: heading, names, and the corner of both."""

    def __init__(self, view: QTableView, delegate: Callable[[QTableView], QAbstractItemDelegate]) -> None:
        self._view = view
        self.heading, self.names, self.corner = (_Part(view) for _ in range(3))
        for part in (self.heading, self.names, self.corner):
            part.setItemDelegate(delegate(part))
        self._grid: Grid | None = None
        self._lines = 0
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(lambda _value: self.lay())
            bar.rangeChanged.connect(lambda _least, _most: self.lay())

    def show_sheet(self, sheet: Sheet, grid: Grid, model: QAbstractItemModel, selection: QItemSelectionModel) -> None:
        """Take over the form shown in the view, with its widths, heights and merged cells."""
        self._grid, self._lines = grid, len(sheet.rows)
        for part in (self.heading, self.names, self.corner):
            part.clearSpans()
            part.setModel(model)
            part.setSelectionModel(selection)
            for column in range(model.columnCount()):
                part.setColumnWidth(column, self._view.columnWidth(column))
            for row in range(model.rowCount()):
                part.setRowHeight(row, self._view.rowHeight(row))
            for span in grid.spans:
                if span.rows > 1 or span.columns > 1:
                    part.setSpan(span.row - 1, span.column - 1, span.rows, span.columns)
        self.lay()

    def lay(self) -> None:
        """Put the parts where the view stands now; what is in its own place is not shown twice."""
        grid, view = self._grid, self._view
        if grid is None:
            return
        port, widths, heights = view.viewport(), [view.columnWidth(at) for at in range(len(grid.widths))], [view.rowHeight(at) for at in range(len(grid.heights))]
        top, high = sum(heights[: grid.head_first - 1]), sum(heights[grid.head_first - 1 : grid.head_last])
        wide, end = sum(widths[: grid.fixed_columns]), sum(heights[: grid.head_last + self._lines])
        across, down = view.horizontalScrollBar().value(), view.verticalScrollBar().value()
        heading = down > top and high <= port.height() * _MOST and end - down > high
        names = across > 0 and 0 < wide <= port.width() * _MOST
        first = max(0, top - down)
        last = min(port.height(), end - down)
        self.heading.put(heading, QRect(0, 0, port.width(), high), across, top)
        self.names.put(names and last > first, QRect(0, first, wide, last - first), 0, down + first)
        self.corner.put(heading and names, QRect(0, 0, wide, high), 0, top)


class _Part(QTableView):
    """A part of the form that is only looked at; the mouse goes through to what lies under it."""

    def __init__(self, over: QTableView) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QTableView { border: none; border-right: 2px solid #9fb0c3; border-bottom: 2px solid #9fb0c3; }")
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.hide()
            header.setMinimumSectionSize(8)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("报表的表头和行名")
        self.hide()

    def put(self, shown: bool, place: QRect, across: int, down: int) -> None:
        """Show the part of the form that begins at (across, down) in a place of the view."""
        if shown:
            over = self.parent()
            assert isinstance(over, QTableView)
            place = place.translated(over.viewport().pos())
            self.setGeometry(place)
            self.horizontalScrollBar().setValue(across)
            self.verticalScrollBar().setValue(down)
        self.setVisible(shown)
