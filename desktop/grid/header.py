"""The grid's header with a filter box under each heading; the boxes follow scrolling, resizing and hidden columns."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView

from desktop.grid.filter import HINT
from desktop.theme import mark


class FilterHeader(QHeaderView):
    """Headings above, filter boxes below, in one header of a table view."""

    typed = Signal(int, str)
    """A filter box says something else: column, text."""
    left = Signal(int)
    """Enter or ↓ in a filter box: the clerk wants the rows below it."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._boxes: list[QLineEdit] = []
        self._shown = True
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

    def clear(self) -> None:
        """Empty every box."""
        for box in self._boxes:
            box.clear()

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
            box, key = watched, cast(QKeyEvent, event).key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.left.emit(self._boxes.index(box))
                return True
            if key == Qt.Key.Key_Escape and box.text():
                box.clear()
                return True
        return super().eventFilter(watched, event)

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
        if not height:
            return
        top = self.height() - height + 1
        for column, box in enumerate(self._boxes):
            box.setGeometry(self.sectionViewportPosition(column) + 2, top, max(self.sectionSize(column) - 4, 0), height - 3)
            box.setVisible(not self.isSectionHidden(column))
