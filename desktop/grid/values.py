"""▼ on a heading: sort up or down, and tick the values to be kept, with how many rows say each (as Excel's AutoFilter)."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QListView, QPushButton, QVBoxLayout, QWidget

from desktop.grid.filter import fold, says
from desktop.grid.model import GridModel

BLANK: Final = "（空白）"
_NOWHERE: Final = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class Values(QAbstractListModel):
    """The texts of a column, each with a tick and the number of its rows; the first line (全选) ticks what is listed."""

    def __init__(self, texts: list[tuple[str, int]], ticked: frozenset[str] | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all = texts
        self.listed = texts
        self.ticked = {text for text, _ in texts} if ticked is None else {text for text, _ in texts if text in ticked}

    def search(self, text: str) -> None:
        """List what contains a text, and tick exactly that; nothing typed lists and ticks everything."""
        needle = fold(text)
        self.beginResetModel()
        self.listed = [one for one in self.all if says(needle, one[0] or BLANK)]
        self.ticked = {said for said, _ in self.listed}
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.listed) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at = index.row() - 1
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._state(at)
        if role == Qt.ItemDataRole.DisplayRole:
            if at < 0:
                return f"全选（{len(self.listed)} 种，{sum(count for _, count in self.listed)} 行）"
            text, count = self.listed[at]
            return f"{text.replace(chr(10), ' ') or BLANK}（{count}）"
        return self.listed[at][0] if role == Qt.ItemDataRole.ToolTipRole and at >= 0 else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.tick(index.row())
        return True

    def tick(self, line: int) -> None:
        """Turn a line's tick round."""
        if line:
            self.ticked ^= {self.listed[line - 1][0]}
        elif self._state(-1) == Qt.CheckState.Checked:
            self.ticked -= {text for text, _ in self.listed}
        else:
            self.ticked |= {text for text, _ in self.listed}
        self.dataChanged.emit(self.index(0), self.index(len(self.listed)))

    def _state(self, at: int) -> Qt.CheckState:
        if at >= 0:
            return Qt.CheckState.Checked if self.listed[at][0] in self.ticked else Qt.CheckState.Unchecked
        here = sum(text in self.ticked for text, _ in self.listed)
        return Qt.CheckState.Unchecked if not here else Qt.CheckState.Checked if here == len(self.listed) else Qt.CheckState.PartiallyChecked


class ValueList(QFrame):
    """The list that drops from a heading. Enter takes it, Esc leaves everything as it was, a click beside it too."""

    sorted_by = Signal(int, Qt.SortOrder)
    """The clerk wants the column sorted."""

    def __init__(self, grid: GridModel, column: int, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("values")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._grid, self._column = grid, column
        self.values = Values(grid.texts(column), grid.ticked(column), self)
        self.search = QLineEdit(placeholderText="搜索")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(f"在“{grid.columns[column].field.label}”的值里搜索")
        self.search.textChanged.connect(self._search)
        self.lines = QListView()
        self.lines.setModel(self.values)
        self.lines.setUniformItemSizes(True)
        self.lines.setAccessibleName("勾选要保留的值")
        self.lines.setCurrentIndex(self.values.index(0))
        self.said = QLabel()
        self.said.setObjectName("wrong")
        self.take, leave = QPushButton("确定"), QPushButton("取消")
        self.take.setProperty("main", True)
        self.take.clicked.connect(self.accept)
        leave.clicked.connect(self.close)
        self.everything = QPushButton("清除此列筛选")
        self.everything.setEnabled(grid.ticked(column) is not None)
        self.everything.clicked.connect(self._let_go)
        up, down = QPushButton("升序"), QPushButton("降序")
        for button, order in ((up, Qt.SortOrder.AscendingOrder), (down, Qt.SortOrder.DescendingOrder)):
            button.clicked.connect(lambda _checked=False, order=order: self._sort(order))
        orders, ends = QHBoxLayout(), QHBoxLayout()
        for button in (up, down, self.everything):
            orders.addWidget(button)
        ends.addStretch(1)
        ends.addWidget(self.take)
        ends.addWidget(leave)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(6)
        box.addLayout(orders)
        box.addWidget(self.search)
        box.addWidget(self.lines, 1)
        box.addWidget(self.said)
        box.addLayout(ends)
        self.said.hide()
        self.search.installEventFilter(self)
        self.values.dataChanged.connect(self._check)
        self.resize(300, 360)

    def show_at(self, corner: QPoint) -> None:
        """Drop from a place on the screen, kept whole within it."""
        room = self.screen().availableGeometry()
        self.resize(300, min(360, room.height()))
        self.move(
            max(room.left(), min(corner.x(), room.right() - self.width())), max(room.top(), min(corner.y(), room.bottom() - self.height()))
        )
        self.show()
        self.search.setFocus()

    def accept(self) -> None:
        """Keep the rows of the ticked values."""
        if not self.values.ticked:
            return
        whole = len(self.values.ticked) == len(self.values.all)
        self._grid.tick(self._column, None if whole else self.values.ticked)
        self.close()

    def _search(self, text: str) -> None:
        self.values.search(text)
        self.lines.setCurrentIndex(self.values.index(min(1, len(self.values.listed))))
        self._check()

    def _check(self) -> None:
        self.take.setEnabled(bool(self.values.ticked))
        self.said.setText("没有这样的值。" if not self.values.listed else "请至少勾选一个值。")
        self.said.setVisible(not self.values.ticked)

    def _sort(self, order: Qt.SortOrder) -> None:
        self.sorted_by.emit(self._column, order)
        self.close()

    def _let_go(self) -> None:
        self._grid.tick(self._column, None)
        self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Down:
            self.lines.setFocus()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)
