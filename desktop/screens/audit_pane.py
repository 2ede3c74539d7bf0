"""审核 under a return: what the audit found, by formula or by unit, both sides in words, and the notes on 核实性 points, written in place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from office.returns_desk import Draft
from policy.finding import HARD, LEVEL_WORDS, SOFT
from returns.points import Point, note_refusal

BY_FORMULA, BY_UNIT = "按公式", "按单位"
ALL: Final = "全部"
_POINT: Final = Qt.ItemDataRole.UserRole
_INK: Final = {HARD: QBrush(QColor("#a3170b")), SOFT: QBrush(QColor("#8a5200"))}


class AuditPane(QWidget):
    """The points of a return. A double click (Enter) leads to the cell; a note is written for all points selected."""

    go = Signal(object)
    """The point whose cell is to be shown."""
    noted = Signal(list, str)
    """Points (id, subject) and the note for them."""
    confirmed = Signal(list)
    """Points whose note of the last period holds for this one too."""

    def __init__(self) -> None:
        super().__init__()
        self._points: tuple[Point, ...] = ()
        self._names: dict[int, str] = {}
        self._open = False
        self.level, self.group = QComboBox(), QComboBox()
        self.level.setAccessibleName("级别")
        self.group.setAccessibleName("分组")
        self.group.addItems([BY_FORMULA, BY_UNIT])
        self.todo = QCheckBox("只看未处理的")
        self.said = QLabel()
        self.said.setObjectName("purpose")
        self.tree = _Tree()
        self.tree.setAccessibleName("审核结果")
        self.tree.setHeaderLabels(["编号／单位", "级别", "审核情况", "审核说明"])
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setUniformRowHeights(True)
        self.tree.setAlternatingRowColors(True)
        self.note = QLineEdit(placeholderText="审核说明：写明实际原因和处理办法，不少于 5 个字；可选多条一起写")
        self.note.setAccessibleName("审核说明")
        self.keep, self.confirm = QPushButton("写入说明"), QPushButton("确认上期说明")
        self.keep.setToolTip("把这条说明写给选中的核实性问题")
        self.confirm.setToolTip("选中的问题，上期的说明本期仍然成立")
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self._lay_out()
        for box in (self.level, self.group):
            box.activated.connect(self._fill)
        self.todo.toggled.connect(self._fill)
        self.tree.itemSelectionChanged.connect(self._stand)
        self.tree.itemDoubleClicked.connect(self._go)
        self.tree.chosen.connect(self._go)
        self.note.returnPressed.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.confirm.clicked.connect(self._confirm)

    def _lay_out(self) -> None:
        character = self.fontMetrics().horizontalAdvance("中")
        for column, width in ((0, 9), (1, 5), (3, 18)):
            self.tree.setColumnWidth(column, width * character)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        top, last = QHBoxLayout(), QHBoxLayout()
        for widget in (self.level, self.group, self.todo):
            top.addWidget(widget)
        top.addWidget(self.said, 1)
        last.addWidget(self.note, 1)
        last.addWidget(self.keep)
        last.addWidget(self.confirm)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.setSpacing(4)
        box.addLayout(top)
        box.addWidget(self.tree, 1)
        box.addWidget(self.wrong)
        box.addLayout(last)

    # Showing

    def show_audit(self, draft: Draft, being_made: bool) -> None:
        """Show a return's points; notes may be written while it is being made."""
        self._points, self._open = draft.audited.points, being_made
        self._names = {unit.id: unit.name for unit in (*draft.facts.gone_units, *draft.facts.units)}
        now = self.level.currentData()
        self.level.clear()
        self.level.addItem(f"{ALL} {len(self._points)}", "")
        for level, words in LEVEL_WORDS.items():
            self.level.addItem(f"{words} {draft.audited.count(level)}", level)
        self.level.setCurrentIndex(max(0, self.level.findData(now)))
        completer = QCompleter(sorted({point.note for point in self._points if point.note}), self.note)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.note.setCompleter(completer)
        outcomes = "，".join(f"{outcome.value} {number}" for outcome, number in draft.audited.outcomes().items() if number)
        self.said.setText(f"公式{outcomes}；与上期比：{draft.last.said}" if outcomes else "")
        self.said.setToolTip(self.said.text())
        self._fill()

    def choose_level(self, level: str) -> None:
        """Show one level's points."""
        self.level.setCurrentIndex(max(0, self.level.findData(level)))
        self._fill()

    def _wanted(self) -> Iterable[Point]:
        level = self.level.currentData()
        return (one for one in self._points if (not level or one.level == level) and (one.open or not self.todo.isChecked()))

    def _fill(self) -> None:
        kept, scrolled = {(one.id, one.subject) for one in self.chosen()}, self.tree.verticalScrollBar().value()
        by_unit = self.group.currentText() == BY_UNIT
        self.tree.blockSignals(True)
        self.tree.clear()
        heads: dict[str, QTreeWidgetItem] = {}
        for point in self._wanted():
            unit = self._names.get(point.unit or 0, "") or point.line or "全县"
            head_words, words = (unit, point.id) if by_unit else (point.id, unit)
            head = heads.get(head_words)
            if head is None:
                head = heads[head_words] = QTreeWidgetItem(self.tree, [head_words])
                head.setExpanded(True)
            item = QTreeWidgetItem(head, [words, LEVEL_WORDS[point.level], "　".join(point.told), _note(point)])
            item.setData(0, _POINT, point)
            for column in range(4):
                item.setToolTip(column, "\n".join((*point.told, _note(point))).strip())
            if point.open and point.level in _INK:
                item.setForeground(1, _INK[point.level])
                item.setForeground(2, _INK[point.level])
            if (point.id, point.subject) in kept:
                item.setSelected(True)
        for words, head in heads.items():
            open_ = sum(head.child(at).data(0, _POINT).open for at in range(head.childCount()))
            head.setText(0, f"{words}（{head.childCount()}）")
            head.setText(2, f"未处理 {open_} 条" if open_ else "")
        self.tree.blockSignals(False)
        self.tree.verticalScrollBar().setValue(scrolled)
        self._stand()

    def chosen(self) -> list[Point]:
        """The points selected; a group selected stands for its points."""
        found: list[Point] = []
        for item in self.tree.selectedItems():
            point = item.data(0, _POINT)
            found += [point] if point else [item.child(at).data(0, _POINT) for at in range(item.childCount())]
        return list(dict.fromkeys(found))

    def _stand(self) -> None:
        chosen = [one for one in self.chosen() if one.level == SOFT]
        self.note.setEnabled(self._open)
        self.keep.setEnabled(self._open and bool(chosen))
        self.confirm.setEnabled(self._open and any(one.note and not one.confirmed for one in chosen))
        notes = {one.note for one in chosen}
        if len(notes) == 1 and not self.note.hasFocus():
            self.note.setText(notes.pop())
        self.say("")

    def say(self, sentence: str) -> None:
        """Why a note was not taken."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    # Doing

    def _go(self, item: QTreeWidgetItem) -> None:
        if point := item.data(0, _POINT):
            self.go.emit(point)

    def _keep(self) -> None:
        points = [(one.id, one.subject) for one in self.chosen() if one.level == SOFT]
        if not points:
            self.say("请先在上面选中要说明的核实性问题。强制性问题须改正，不能用说明代替。")
        elif wrong := note_refusal(self.note.text()):
            self.say(wrong)
        else:
            self.noted.emit(points, self.note.text())

    def _confirm(self) -> None:
        points = [(one.id, one.subject) for one in self.chosen() if one.note and not one.confirmed]
        if points:
            self.confirmed.emit(points)


class _Tree(QTreeWidget):
    chosen = Signal(QTreeWidgetItem)
    """Enter on a line, as a double click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item:
            self.chosen.emit(item)
        else:
            super().keyPressEvent(event)


def _note(point: Point) -> str:
    return f"{point.note}{'' if point.confirmed else '（上期说明，待确认）'}" if point.note else ""
