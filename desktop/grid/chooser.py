"""列设置: which columns are shown, in which order, how far they stand still; and a column found by its name. Done at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from desktop.grid.filter import fold, says

if TYPE_CHECKING:
    from desktop.grid.view import GridView

_COLUMN = Qt.ItemDataRole.UserRole


class ColumnChooser(QDialog):
    """The list of a view's columns. Ticks show and hide, dragging reorders, Enter or a double click goes to the column."""

    def __init__(self, view: GridView, find: bool) -> None:
        super().__init__(view)
        self.setWindowTitle("查找列" if find else "列设置")
        self.setMinimumSize(340, 380)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self.search = QLineEdit(placeholderText="列名，回车转到该列")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("按名称查找列")
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.lines = QListWidget()
        self.lines.setAccessibleName("列")
        self.lines.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.lines.itemChanged.connect(self._tick)
        self.lines.itemDoubleClicked.connect(self.go)
        self.lines.model().rowsMoved.connect(self._reorder)
        up, down, as_it_comes, close = QPushButton("上移"), QPushButton("下移"), QPushButton("恢复默认"), QPushButton("关闭")
        up.clicked.connect(lambda: self.move_line(-1))
        down.clicked.connect(lambda: self.move_line(1))
        as_it_comes.clicked.connect(self._as_it_comes)
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        for button in (up, down, as_it_comes):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        close.setAutoDefault(False)
        box = QVBoxLayout(self)
        box.addWidget(self.search)
        box.addWidget(QLabel("打勾的列显示；拖动或用“上移”“下移”调整先后。"))
        box.addWidget(self.lines, 1)
        box.addLayout(row)
        self._fill()
        (self.search if find else self.lines).setFocus()

    def _fill(self) -> None:
        self.lines.blockSignals(True)
        self.lines.clear()
        for at in range(self._view.filters.count()):
            column = self._view.filters.logicalIndex(at)
            line = QListWidgetItem(self._view.grid.columns[column].field.label)
            line.setData(_COLUMN, column)
            line.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsDragEnabled
            )
            line.setCheckState(Qt.CheckState.Unchecked if self._view.isColumnHidden(column) else Qt.CheckState.Checked)
            self.lines.addItem(line)
        self.lines.blockSignals(False)
        self.lines.setCurrentRow(0)

    def _tick(self, line: QListWidgetItem) -> None:
        on = line.checkState() == Qt.CheckState.Checked
        if not on and len(self._view.shown_columns()) == 1:
            line.setCheckState(Qt.CheckState.Checked)  # the last column stays
        else:
            self._view.setColumnHidden(line.data(_COLUMN), not on)

    def _reorder(self) -> None:
        for at in range(self.lines.count()):
            header = self._view.filters
            header.moveSection(header.visualIndex(self.lines.item(at).data(_COLUMN)), at)

    def move_line(self, by: int) -> None:
        """Move the current line's column to the left (−1) or right (1)."""
        at = self.lines.currentRow()
        if 0 <= at + by < self.lines.count():
            line = self.lines.takeItem(at)
            self.lines.insertItem(at + by, line)
            self.lines.setCurrentRow(at + by)
            self._reorder()

    def _as_it_comes(self) -> None:
        self._view.lay_as_it_comes()
        self._fill()

    def _search(self, text: str) -> None:
        needle = fold(text)
        found = [at for at in range(self.lines.count()) if says(needle, self.lines.item(at).text())]
        for at in range(self.lines.count()):
            self.lines.item(at).setHidden(at not in found)
        if found:
            self.lines.setCurrentRow(found[0])

    def go(self, line: QListWidgetItem) -> None:
        """Close, and stand on a line's column."""
        column = line.data(_COLUMN)
        self.close()
        self._view.go_to_column(column)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                line = self.lines.currentItem()
                if line and not line.isHidden():
                    self.go(line)
                return True
            if event.key() == Qt.Key.Key_Down:
                self.lines.setFocus()
                return True
        return super().eventFilter(watched, event)
