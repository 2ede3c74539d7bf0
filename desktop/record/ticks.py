"""The list that drops from a field of several words: each with a tick, turned round by a click or the space bar. Enter or a click beside
it takes them, Esc leaves everything as it was."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

_ROOM: Final = 12
"""Lines seen at once; more are scrolled."""


class TickList(QListWidget):
    """Words to tick, under the field they are for."""

    ticked = Signal()
    escaped = Signal()
    """Everything is to be as it was (Esc)."""
    closed = Signal()

    def __init__(self, words: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.Popup)
        self.setObjectName("ticks")
        self.offer(words)
        self.itemClicked.connect(self._turn)

    def offer(self, words: Sequence[str]) -> None:
        """Other words from now on."""
        self.clear()
        for word in words:
            line = QListWidgetItem(word, self)
            line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)  # the whole line takes the click, not its box alone
            line.setCheckState(Qt.CheckState.Unchecked)

    def words(self) -> list[str]:
        """The words ticked, in their order."""
        return [self.item(at).text() for at in range(self.count()) if self.item(at).checkState() == Qt.CheckState.Checked]

    def drop(self, held: Collection[str], field: QWidget) -> None:
        """Show the list under a field (over it, near the screen's lower edge), with the words held ticked."""
        for at in range(self.count()):
            line = self.item(at)
            line.setCheckState(Qt.CheckState.Checked if line.text() in held else Qt.CheckState.Unchecked)
        height = self.sizeHintForRow(0) * min(self.count(), _ROOM) + 2 * self.frameWidth()
        width = max(field.width(), self.sizeHintForColumn(0) + 2 * self.frameWidth() + self.verticalScrollBar().sizeHint().width())
        below = field.mapToGlobal(QPoint(0, field.height()))
        if below.y() + height > field.screen().availableGeometry().bottom():
            below = field.mapToGlobal(QPoint(0, -height))
        self.setGeometry(QRect(below.x(), below.y(), width, height))
        self.show()
        self.setCurrentRow(0)
        self.setFocus()

    def _turn(self, line: QListWidgetItem) -> None:
        on = line.checkState() == Qt.CheckState.Checked
        line.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        self.ticked.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # while the list is down, every key is the list's
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentItem():
            self._turn(self.currentItem())
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            self.hide()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_F7):
            self.hide()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()
