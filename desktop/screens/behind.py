"""Beside a form: the people, units, contracts and records a figure was counted from, and how it came to be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from office.behind import Record, counted, records
from policy.facts import Facts
from returns.sheet import Cell

_RECORD = Qt.ItemDataRole.UserRole


class Behind(QFrame):
    """Who and what a figure was counted from, closed until a figure is clicked."""

    open_record = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel(wordWrap=True)
        self.title.setObjectName("heading")
        self.story = QPlainTextEdit(readOnly=True)
        self.story.setFrameShape(QFrame.Shape.NoFrame)
        self.story.setAccessibleName("这个数怎么来的")
        self.story.viewport().setAutoFillBackground(False)
        close = QPushButton("关闭")
        close.clicked.connect(self.hide)
        self.list = _List(0, 3)
        self.list.setAccessibleName("组成这个数的人员、单位和记录")
        self.list.setHorizontalHeaderLabels(["姓名／名称", "单位", "用工形式／类型"])
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.verticalHeader().hide()
        self.list.verticalHeader().setDefaultSectionSize(26)
        self.list.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.list.horizontalHeader().setStretchLastSection(True)
        character = self.fontMetrics().horizontalAdvance("中")
        for column, width in enumerate((6, 7)):
            self.list.setColumnWidth(column, width * character + 8)
        self.list.itemDoubleClicked.connect(self._open)
        self.list.chosen.connect(self._open)
        self.hint = QLabel("双击（回车）打开")
        self.hint.setObjectName("purpose")
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 0, 0, 0)
        box.addLayout(top)
        box.addWidget(self.story)
        box.addWidget(self.list, 1)
        box.addWidget(self.hint)
        self.found: tuple[Record, ...] = ()

    def fill(self, about: str, facts: Facts, cell: Cell, story: Sequence[str] = ()) -> None:
        """Say how a figure came to be, and list the records behind it."""
        self.found = records(facts, cell)
        self.title.setText("\n".join(filter(None, (about, counted(cell)))))
        self.story.setPlainText("\n".join(story))
        self.story.setVisible(bool(story) or not self.found)
        self.list.setVisible(bool(self.found))
        self.hint.setVisible(bool(self.found))
        self.story.setMaximumHeight(min(7, 1 + 2 * len(story)) * self.fontMetrics().lineSpacing() if self.found else 16_777_215)
        self.list.setRowCount(len(self.found))
        for at, one in enumerate(self.found):
            for column, text in enumerate((one.name, one.unit, one.kind)):
                item = QTableWidgetItem(text)
                item.setData(_RECORD, at)
                item.setToolTip(text)
                self.list.setItem(at, column, item)
        self.list.scrollToTop()

    def open_only(self) -> bool:
        """Open the record behind the figure where it is just one; False where there are none or several."""
        if len(self.found) != 1:
            return False
        self.open_record.emit(self.found[0].table, self.found[0].number)
        return True

    def _open(self, item: QTableWidgetItem) -> None:
        one = self.found[item.data(_RECORD)]
        self.open_record.emit(one.table, one.number)


class _List(QTableWidget):
    chosen = Signal(QTableWidgetItem)
    """Enter on a line, as a double click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item:
            self.chosen.emit(item)
        else:
            super().keyPressEvent(event)
