"""The grid's columns that stand still while the others scroll (冻结): painted a second time over the scrolled ones.

They are painted from the same cells by the same delegate at the places the view itself names, so they cannot be a pixel off or
behind; the mouse is passed on to the view, whose `indexAt` and `visualRect` know about them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop.grid.header import EDGE

if TYPE_CHECKING:
    from desktop.grid.table import Table


class StillColumns(QWidget):
    """Lies over the left end of a view's cells."""

    def __init__(self, view: Table) -> None:
        super().__init__(view)
        self._view = view
        self.setMouseTracking(True)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        view, still = self._view, self._view.filters.still
        painter = QPainter(self)
        painter.fillRect(event.rect(), view.palette().base())
        option: Any = QStyleOptionViewItem()  # the stubs leave its fields out
        view.initViewItemOption(option)
        lines = QColor.fromRgb(view.style().styleHint(QStyle.StyleHint.SH_Table_GridLineColor, option, view) & 0xFFFFFF)
        plain = option.state
        first, last = view.rowAt(event.rect().top()), view.rowAt(event.rect().bottom())
        for place in range(first, (last if last >= 0 else view.grid.rowCount() - 1) + 1) if first >= 0 else ():
            for column in still:
                index = view.grid.index(place, column)
                option.rect = view.visualRect(index)
                chosen = view.selectionModel().isSelected(index)
                option.state = plain | QStyle.StateFlag.State_Selected if chosen else plain
                view.itemDelegate().paint(painter, option, index)
                around = option.rect.adjusted(0, 0, 1, 1)
                painter.fillRect(around.right(), around.top(), 1, around.height(), lines)
                painter.fillRect(around.left(), around.bottom(), around.width(), 1, lines)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), EDGE)
        if view.currentIndex().column() in still:
            view.frame_current(painter)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent | QWheelEvent | QContextMenuEvent | QHelpEvent):
            return self._view.viewportEvent(event)
        return super().event(event)
