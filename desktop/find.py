"""找人 (Ctrl+F): the box in the window's top row, and under it the people, units and records its text may mean, chosen by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from desktop.icons import icon
from office.find import Found

NOBODY: Final = "没有找到。可输入姓名、单位、合同、文号、标题、拼音首字母，或号码后四位。"
_ICONS: Final = {"person": "people", "contact": "people", "unit": "building", "purchase_contract": "contract", "supplier": "contract", "report_task": "report"}
"""Of what is found; a record of any other register has the picture of a list."""
_WIDTH: Final = 460
_LINES: Final = 9


class Finder(QObject):
    """Fills the list while the clerk types; Enter or a click goes to what was chosen, Esc leaves."""

    def __init__(
        self, line: QLineEdit, find: Callable[[str], Sequence[Found]], go: Callable[[Found], object], left: Callable[[], object]
    ) -> None:
        super().__init__(line)
        self._line, self._find, self._go, self._left = line, find, go, left
        self._found: Sequence[Found] = ()
        self.list = QListWidget(line.window())
        self.list.setObjectName("found")
        self.list.setAccessibleName("查找结果")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(18, 18))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.hide()
        self.list.itemClicked.connect(lambda _item: self._choose())
        line.textEdited.connect(self.show)
        line.textChanged.connect(lambda text: self.list.setVisible(bool(text) and self.list.isVisible()))
        line.installEventFilter(self)

    def show(self, text: str) -> None:
        """List what a text may mean, the likeliest first and chosen."""
        self._found = self._find(text) if text.strip() else ()
        self.list.clear()
        for found in self._found:
            item = QListWidgetItem(icon(_ICONS.get(found.table, "clipboard")), f"{found.name}　{found.detail}")
            item.setToolTip(item.text())
            self.list.addItem(item)
        if not self._found:
            nobody = QListWidgetItem(NOBODY)
            nobody.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nobody)
        self.list.setCurrentRow(0)
        self._place()
        self.list.setVisible(bool(text.strip()))
        self.list.raise_()

    def _place(self) -> None:
        """Under the box, its right edges together, inside the window."""
        window = self._line.window()
        below = self._line.mapTo(window, QPoint(0, self._line.height() + 2))
        width = min(max(_WIDTH, self._line.width()), window.width() - 16)
        lines = min(self.list.count(), _LINES)
        height = lines * max(self.list.sizeHintForRow(0), 24) + 2 * self.list.frameWidth() + 2
        left = min(below.x() + self._line.width() - width, window.width() - width - 8)
        self.list.setGeometry(max(left, 8), below.y(), width, height)

    def _choose(self) -> None:
        at = self.list.currentRow()
        if self.list.isVisible() and 0 <= at < len(self._found):
            found = self._found[at]
            self.list.hide()
            self._line.clear()
            self._go(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            key = cast(QKeyEvent, event).key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._found:
                step = 1 if key == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % len(self._found))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
            if key == Qt.Key.Key_Escape:
                self.list.hide()
                self._line.clear()
                self._left()
                return True
        if event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        return super().eventFilter(watched, event)
