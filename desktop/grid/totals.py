"""合计: a row under the grid that stays in sight and adds up exactly the rows that are shown."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.grid.header import EDGE
from desktop.grid.view import GridView

_HEIGHT = 26
_PAPER = QColor("#edf1f6")


class Totals(QWidget):
    """Not there where no column of the list adds up."""

    def __init__(self, view: GridView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._texts: dict[int, str] = {}
        self._fresh = False
        self.setAccessibleName("合计")
        self.setVisible(any(column.field.kind.sums for column in view.grid.columns))
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.update)
        for moved in (view.grid.gathered, view.grid.dataChanged):
            moved.connect(self._stale)
        for moved in (view.laid, view.horizontalScrollBar().valueChanged, view.filters.geometriesChanged, view.filters.sectionResized):
            moved.connect(self._soon.start)

    def sizeHint(self) -> QSize:
        return QSize(100, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, _HEIGHT)

    def texts(self) -> dict[int, str]:
        """Column → its total over the rows shown, as amounts are shown; columns without an amount have none."""
        if not self._fresh:
            grid = self._view.grid
            adding = [(at, column.field.kind) for at, column in enumerate(grid.columns) if column.field.kind.sums]
            filled = [(at, kind, grid.filled(at)) for at, kind in adding]
            self._texts = {at: kind.show(sum(amounts)) for at, kind, amounts in filled if amounts}
            self._fresh = True
        return self._texts

    def _stale(self) -> None:
        self._fresh = False
        self._soon.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        view = self._view
        painter = QPainter(self)
        painter.fillRect(self.rect(), _PAPER)
        edge = view.viewport().x()
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        columns = view.shown_columns()
        # Those that stand still last, over what is scrolled under them.
        painter.setClipRect(edge, 0, view.viewport().width(), self.height())
        for column in [at for at in columns if at not in view.filters.still] + [at for at in columns if at in view.filters.still]:
            cell = QRect(edge + view.filters.left_of(column), 0, view.columnWidth(column), self.height())
            painter.fillRect(cell, _PAPER)
            text = self.texts().get(column, "")
            where = Qt.AlignmentFlag.AlignRight
            if not text and column == columns[0]:
                text, where = f"{view.grid.rowCount()} 行", Qt.AlignmentFlag.AlignLeft
            painter.drawText(cell.adjusted(4, 0, -4, 0), where | Qt.AlignmentFlag.AlignVCenter, text)
            painter.fillRect(cell.right(), 0, 1, self.height(), QColor("#d5dce4"))
        painter.setClipping(False)
        painter.drawText(QRect(0, 0, edge, self.height()), Qt.AlignmentFlag.AlignCenter, "合计")
        painter.fillRect(0, 0, self.width(), 1, EDGE)
