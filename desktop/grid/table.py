"""The grid as a table on paper: rows, a header with filters, and columns of which the first may stand still (冻结)."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.grid.header import FilterHeader
from desktop.grid.laying import lay, layout_of, natural
from desktop.grid.model import GridModel
from desktop.grid.still import StillColumns
from desktop.preferences import Layout

ROW_HEIGHT: Final = 28
"""The least; a larger font gets more."""
CURRENT: Final = QColor("#2f7de1")
_MOST_STILL: Final = 0.6  # of the width: the rest must be left to scroll
Index = QModelIndex | QPersistentModelIndex


def name_corner(view: QTableView) -> None:
    """The button over the row numbers takes all cells: it has no picture, and Qt gives it no words."""
    corner = view.findChild(QAbstractButton)
    if corner is not None:
        corner.setAccessibleName("全选")
        corner.setToolTip("全选（Ctrl+A）")


class Table(QTableView):
    """A table view over a grid model whose columns can be laid out, remembered and frozen."""

    laid = Signal()
    """The clerk moved, sized, hid or froze columns."""

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = model
        self.widths = [0] * len(model.columns)
        """As the clerk wants the columns (the last one is stretched to the view's edge)."""
        self.still_to = -1
        """The last column that stands still; -1 = all scroll."""
        self._laying = False
        self.filters = FilterHeader(self)
        self.still = StillColumns(self)
        self.setHorizontalHeader(self.filters)
        self.setModel(model)
        # Else the header asks of every cell of a column whether it is selected: seconds in a long table.
        self.filters.setSelectionModel(QItemSelectionModel(model, self.filters))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(True)
        name_corner(self)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._fit_rows()
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.filters.fill([column.field.label for column in model.columns])
        self.filters.sectionResized.connect(self._resized)
        self.filters.sectionMoved.connect(self._columns_changed)
        self.lay_as_it_comes()

    def shown_columns(self) -> list[int]:
        """The columns to be seen, from left to right."""
        order = (self.filters.logicalIndex(at) for at in range(self.filters.count()))
        return [column for column in order if not self.isColumnHidden(column)]

    def lay_out(self, layout: Layout) -> None:
        """Lay the columns out as they were remembered."""
        self._laying = True
        lay(self, layout)
        self._laying = False
        self._columns_changed()

    def lay_as_it_comes(self) -> None:
        """Lay the columns out as the list describes them (恢复默认)."""
        self.lay_out(self.natural_layout())

    def natural_layout(self) -> Layout:
        """The columns as the list describes them."""
        return natural(self.grid.columns, self.fontMetrics().horizontalAdvance("中"))

    def layout_now(self) -> Layout:
        """How the columns stand, to be remembered."""
        return layout_of(self)

    def freeze(self, column: int) -> None:
        """Keep the columns up to this one in place while the others scroll; -1: none (冻结到此列, 取消冻结)."""
        self.still_to = column
        self._columns_changed()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, self.fontMetrics().height() + 6))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()

    def _resized(self, column: int, before: int, now: int) -> None:
        if before and now:
            if column == self.shown_columns()[-1]:  # stretched by the window, not by the clerk
                self._stand_still()
                return
            self.widths[column] = now
        self._columns_changed()

    def _columns_changed(self) -> None:
        if not self._laying:
            self._stand_still()
            self.laid.emit()

    def _stand_still(self) -> None:
        """Find where the columns that do not scroll stand: as many as leave enough room to scroll."""
        still: dict[int, int] = {}
        left = 0
        end = self.filters.visualIndex(self.still_to) if self.still_to >= 0 else -1
        for column in self.shown_columns():
            width = self.columnWidth(column)
            if self.filters.visualIndex(column) > end or left + width > self.viewport().width() * _MOST_STILL:
                break
            still[column] = left
            left += width
        self.filters.stand_still(still)
        self.still.setGeometry(QRect(self.viewport().pos(), self.viewport().size()).adjusted(0, 0, left - self.viewport().width(), 0))
        self.still.setVisible(bool(still))
        self.still.raise_()
        self.viewport().update()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        self._stand_still()

    def indexAt(self, at: QPoint) -> QModelIndex:
        if self.filters.still and self.still.rect().contains(at):
            return self.grid.index(self.rowAt(at.y()), self.filters.column_at(at.x()))
        return super().indexAt(at)

    def visualRect(self, index: Index) -> QRect:
        rect = super().visualRect(index)
        if index.column() in self.filters.still and rect.isValid():
            rect.moveLeft(self.filters.left_of(index.column()))
        return rect

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        across = self.horizontalScrollBar()
        before = across.value()
        super().scrollTo(index, hint)
        if index.column() in self.filters.still:
            across.setValue(before)
        elif index.isValid() and self.filters.still:
            covered = self.still.width() - self.columnViewportPosition(index.column())
            if covered > 0:
                across.setValue(across.value() - covered)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.currentIndex().isValid() and self.currentIndex().column() not in self.filters.still:
            painter = QPainter(self.viewport())
            self.frame_current(painter)
            painter.end()

    def frame_current(self, painter: QPainter) -> None:
        """Draw the frame of the cell the clerk stands on."""
        if self.hasFocus():
            painter.setPen(QPen(CURRENT, 2))
            painter.drawRect(self.visualRect(self.currentIndex()).adjusted(1, 1, -1, -1))
