"""历年工资: every pay month of everybody in one list, newest first; a name typed above it leaves that person's."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from db.lists import Key
from db.lists import all_pay as lists
from desktop.desk import Desk
from desktop.grid.paged import PagedModel, PagedTable

_TYPED_AFTER = 250
"""Milliseconds after the last key until the list is read again."""


class AllPayPanel(QWidget):
    """The list; it is read when it comes into sight."""

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.model = PagedModel(lists.columns(), lambda first: desk.read(lists.page, first, self.name.text().strip()), self)
        self.name = QLineEdit(placeholderText="姓名", clearButtonEnabled=True)
        self.name.setAccessibleName("按姓名查历年工资")
        self.name.setFixedWidth(140)
        self.table = PagedTable(self.model)
        self.table.setAccessibleName("历年工资")
        line = QHBoxLayout()
        line.addWidget(QLabel("姓名包含"))
        line.addWidget(self.name)
        line.addWidget(QLabel("从最近的月份往前列；只供查看，要改请在“工资表”里选月份。"), 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(line)
        box.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        self._asked = 0
        self._typing = QTimer(self, singleShot=True, interval=_TYPED_AFTER)
        self._typing.timeout.connect(self.refresh)
        self.name.textChanged.connect(lambda _text: self._typing.start())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again, where it is seen: the first page at once, how long it is beside the work."""
        if not self.isVisible():
            return
        self.model.begin()
        self._asked += 1
        asked = self._asked
        self.desk.read_beside(self, lambda found: self._extend(asked, *found), lists.extent, self.name.text().strip())

    def _extend(self, asked: int, total: int, firsts: Sequence[Key]) -> None:
        if asked == self._asked:
            self.model.extend(total, firsts, lists.PAGE)
            self.said.emit(f"历年工资 {total:,} 人月")
