"""The grid's header: headings with ▼, a filter box under each; the boxes follow scrolling, resizing, hidden and standing columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView, QToolTip, QWidget

from desktop.grid.filter import HINT
from desktop.theme import mark

ARROW: Final = 18
"""Width of the ▼ at the right end of a heading."""
EDGE: Final = QColor("#9fb0c3")
_GRIP: Final = 4
_FAINT, _STRONG = QColor("#7b8896"), QColor("#1f6fd1")


class FilterHeader(QHeaderView):
    """Headings above, filter boxes below, in one header of a table view."""

    typed = Signal(int, str)
    """A filter box says something else: column, text."""
    left = Signal(int)
    """Enter or ↓ in a filter box: the clerk wants the rows below it."""
    asked = Signal(int)
    """The clerk wants a column's list of values (▼)."""
    pressed_right = Signal(int, QPoint)
    """The right mouse button on a heading: column, place on the screen."""
    cleared = Signal()
    """Every filter is to go."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._boxes: list[QLineEdit] = []
        self._filtering: set[int] = set()
        self._shown = True
        self.still: Mapping[int, int] = {}
        """Columns that do not scroll → where they stand."""
        self.headings = StillHeadings(self)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setMinimumSectionSize(36)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sectionResized.connect(self._place)
        self.sectionMoved.connect(self._place)
        view.horizontalScrollBar().valueChanged.connect(self._place)

    def fill(self, labels: list[str]) -> None:
        """A filter box for every column."""
        for box in self._boxes:
            box.deleteLater()
        self._boxes = [self._box(column, label) for column, label in enumerate(labels)]
        self.updateGeometries()

    def box(self, column: int) -> QLineEdit:
        """The filter box of a column."""
        return self._boxes[column]

    def texts(self) -> list[str]:
        """What is typed, by column."""
        return [box.text() for box in self._boxes]

    def complain(self, column: int, sentence: str) -> None:
        """Show in a box that its text cannot be used, and why; an empty sentence takes it back."""
        box = self._boxes[column]
        box.setToolTip(sentence or HINT)
        mark(box, "wrong", bool(sentence))

    def point_out(self, columns: set[int]) -> None:
        """Paint the ▼ of these columns as filtering."""
        if columns != self._filtering:
            self._filtering = columns
            self.viewport().update()

    def clear(self) -> None:
        """Take every filter away, typed and ticked."""
        for box in self._boxes:
            box.clear()
        self.cleared.emit()

    def show_boxes(self, on: bool) -> None:
        """Show or hide the filter row; hidden, it filters nothing."""
        if not on:
            self.clear()
        self._shown = on
        for box in self._boxes:
            box.setVisible(on)
        self.updateGeometries()
        self.geometriesChanged.emit()

    def boxes_shown(self) -> bool:
        """Whether the filter row is shown."""
        return self._shown

    def stand_still(self, still: Mapping[int, int]) -> None:
        """These columns keep their place (column → left edge) while the others scroll."""
        self.still = still
        self._place()

    def left_of(self, column: int) -> int:
        """Where a column begins on screen, standing or scrolled."""
        return self.still.get(column, self.sectionViewportPosition(column))

    def column_at(self, x: int) -> int:
        """The column on screen at a place, -1 for none."""
        for column, left in self.still.items():
            if left <= x < left + self.sectionSize(column):
                return column
        return self.logicalIndexAt(x)

    def arrow(self, column: int) -> QRect:
        """Where a column's ▼ is, on screen."""
        return QRect(self.left_of(column) + self.sectionSize(column) - ARROW - _GRIP, 0, ARROW, self.height() - self._box_height())

    # Painting

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        painter.save()
        super().paintSection(painter, rect, column)
        painter.restore()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        x, y = rect.right() - ARROW / 2 - _GRIP + 1, rect.center().y() + 1.0
        if column in self._filtering:  # a funnel
            painter.setBrush(_STRONG)
            funnel = ((-5, -5), (5, -5), (1.4, 0), (1.4, 5), (-1.4, 3.5), (-1.4, 0))
            painter.drawPolygon(QPolygonF([QPointF(x + right, y + down) for right, down in funnel]))
        else:
            painter.setBrush(_FAINT)
            painter.drawPolygon(QPolygonF([QPointF(x - 4, y - 2), QPointF(x + 4, y - 2), QPointF(x, y + 3)]))
        if column == self.sortIndicatorSection():
            painter.setBrush(_STRONG)
            middle, top, tip = rect.center().x(), rect.top() + 1.0, 4
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            flat, sharp = (top + tip, top) if up else (top, top + tip)
            painter.drawPolygon(QPolygonF([QPointF(middle - 5, flat), QPointF(middle + 5, flat), QPointF(middle, sharp)]))
        painter.restore()

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self.logicalIndexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and column >= 0 and self._on_arrow(column, int(event.position().x())):
            self.asked.emit(column)
        else:
            super().mousePressEvent(event)

    def _on_arrow(self, column: int, x: int) -> bool:
        inside = self.sectionViewportPosition(column) + self.sectionSize(column) - x
        return _GRIP < inside <= ARROW + _GRIP

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self.column_at(event.x())
        if column >= 0:
            self.pressed_right.emit(column, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            at = cast(QHelpEvent, event)
            column = self.column_at(at.x())
            if column >= 0:
                hint = self.model().headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
                label = self.model().headerData(column, Qt.Orientation.Horizontal)
                on_arrow = self.arrow(column).contains(at.pos())
                QToolTip.showText(at.globalPos(), "排序、勾选筛选（Alt+↓）" if on_arrow else hint or label, self)
                return True
        return super().viewportEvent(event)

    def _box(self, column: int, label: str) -> QLineEdit:
        box = QLineEdit(self)
        box.setPlaceholderText("筛选")
        box.setAccessibleName(f"筛选 {label}")
        box.setToolTip(HINT)
        box.setProperty("filter", True)
        box.textChanged.connect(lambda text: self.typed.emit(column, text))
        box.installEventFilter(self)
        box.setVisible(self._shown)
        return box

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            box, pressed = watched, cast(QKeyEvent, event)
            key = pressed.key()
            if key == Qt.Key.Key_Down and pressed.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.asked.emit(self._boxes.index(box))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.left.emit(self._boxes.index(box))
                return True
            if key == Qt.Key.Key_Escape and box.text():
                box.clear()
                return True
        return super().eventFilter(watched, event)

    # Placing

    def _box_height(self) -> int:
        return self._boxes[0].sizeHint().height() + 4 if self._boxes and self._shown else 0

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), hint.height() + self._box_height())

    def updateGeometries(self) -> None:
        self.setViewportMargins(0, 0, 0, self._box_height())
        super().updateGeometries()
        self._place()

    def _place(self) -> None:
        height = self._box_height()
        width = max((left + self.sectionSize(column) for column, left in self.still.items()), default=0)
        self.headings.setGeometry(0, 0, width, self.height())
        self.headings.setVisible(bool(width))
        self.headings.raise_()
        if not height:
            return
        top = self.height() - height + 1
        for column, box in enumerate(self._boxes):
            box.setGeometry(self.left_of(column) + 2, top, max(self.sectionSize(column) - 4, 0), height - 3)
            box.setVisible(not self.isSectionHidden(column))
            if column in self.still:
                box.raise_()


class StillHeadings(QWidget):
    """The headings that do not scroll, painted over those that do; the mouse is passed on to where the sections really are."""

    def __init__(self, header: FilterHeader) -> None:
        super().__init__(header)
        self._header = header
        self._shift = 0
        self.setMouseTracking(True)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        header = self._header
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#edf1f6"))
        height = header.viewport().height()
        for column, left in header.still.items():
            header.paintSection(painter, QRect(left, 0, header.sectionSize(column), height), column)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), EDGE)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress or not event.buttons():
                column = self._header.column_at(int(event.position().x()))
                self._shift = self._header.sectionViewportPosition(column) - self._header.left_of(column)
            moved = event.position() + QPointF(self._shift, 0)
            there = QMouseEvent(event.type(), moved, event.globalPosition(), event.button(), event.buttons(), event.modifiers())
            self._header.viewportEvent(there)
            self.setCursor(self._header.viewport().cursor())
            return True
        if isinstance(event, QHelpEvent | QContextMenuEvent):
            return self._header.viewportEvent(event)
        return super().event(event)
