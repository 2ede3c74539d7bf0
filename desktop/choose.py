"""Several at once (用工单位, 条款, 涉及人员): a list of tick boxes by subject, narrowed by typing, that stays open until the act is done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from policy.names import fold
from policy.spelling import spells_within

MANY: Final = 12
"""More lines than this can be searched."""
_VALUE: Final = Qt.ItemDataRole.UserRole


class Choose(QDialog):
    """Lines by subject, each (value, words) with a tick; `act(values)` gets the ticked ones in the order listed, and the dialog shows
    its sentence where it refuses (ValueError)."""

    def __init__(
        self,
        title: str,
        explanation: str,
        subjects: Mapping[str, Sequence[tuple[Any, str]]],
        ticked: Collection[Any],
        act: Callable[[list[Any]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._act = act
        said = QLabel(explanation, wordWrap=True)
        self.search = QLineEdit(placeholderText="输入几个字或拼音首字母，只列出有关的；空格键打勾")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("查找")
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setWordWrap(True)
        self._fill(subjects, ticked)
        self.list.itemChanged.connect(lambda _item: self._count())
        self.counted = QLabel()
        self.every, self.none = QPushButton("全选"), QPushButton("全不选")
        self.every.setToolTip("勾选列出的各项")
        self.every.clicked.connect(lambda: self._tick_all(Qt.CheckState.Checked))
        self.none.clicked.connect(lambda: self._tick_all(Qt.CheckState.Unchecked))
        row = QHBoxLayout()
        row.addWidget(self.counted, 1)
        for button in (self.every, self.none):
            button.setAutoDefault(False)
            row.addWidget(button)
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self.buttons = QDialogButtonBox()
        self.buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole).setDefault(True)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._confirm)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        for widget in (said, self.search, self.list):
            box.addWidget(widget)
        box.addLayout(row)
        box.addWidget(self.wrong)
        box.addWidget(self.buttons)
        many = sum(len(lines) for lines in subjects.values()) > MANY
        self.search.setVisible(many)
        self.resize(520, 540 if self.list.count() > MANY else 420)
        (self.search if many else self.list).setFocus()
        self._count()

    def _fill(self, subjects: Mapping[str, Sequence[tuple[Any, str]]], ticked: Collection[Any]) -> None:
        bold = self.font()
        bold.setBold(True)
        for subject, lines in subjects.items():
            if lines and subject:
                heading = QListWidgetItem(subject)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
                heading.setForeground(self.palette().text())
                heading.setFont(bold)
                self.list.addItem(heading)
            for value, words in lines:
                line = QListWidgetItem(words)
                line.setData(_VALUE, value)
                line.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
                line.setCheckState(Qt.CheckState.Checked if value in ticked else Qt.CheckState.Unchecked)
                self.list.addItem(line)
        first = next(self._lines(), None)
        if first is not None:
            self.list.setCurrentItem(first)

    def _lines(self) -> Iterator[QListWidgetItem]:
        every = (self.list.item(at) for at in range(self.list.count()))
        return (line for line in every if line.flags() & Qt.ItemFlag.ItemIsUserCheckable)

    def ticked(self) -> list[Any]:
        """The values ticked now, also those narrowed out of sight."""
        return [line.data(_VALUE) for line in self._lines() if line.checkState() == Qt.CheckState.Checked]

    def _narrow(self, text: str) -> None:
        wanted = fold(text)
        for at in range(self.list.count()):
            line = self.list.item(at)
            fits = not wanted or wanted in fold(line.text()) or spells_within(wanted, line.text())
            line.setHidden(not fits or (bool(wanted) and line.flags() == Qt.ItemFlag.NoItemFlags))
        shown = next((line for line in self._lines() if not line.isHidden()), None)
        if shown is not None:
            self.list.setCurrentItem(shown)

    def _tick_all(self, state: Qt.CheckState) -> None:
        for line in self._lines():
            if not line.isHidden():
                line.setCheckState(state)

    def _count(self) -> None:
        self.counted.setText(f"已勾选 {len(self.ticked())} 项")

    def _confirm(self) -> None:
        try:
            self._act(self.ticked())
        except ValueError as refusal:
            self.wrong.setText(str(refusal))
            self.wrong.show()
        else:
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search line the arrows walk the list and the space bar ticks, so that the hands stay where they are."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            line = self.list.currentItem()
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.list.event(event)
                return True
            if event.key() == Qt.Key.Key_Space and line is not None and not line.isHidden():
                done = line.checkState() == Qt.CheckState.Checked
                line.setCheckState(Qt.CheckState.Unchecked if done else Qt.CheckState.Checked)
                return True
        return super().eventFilter(watched, event)
