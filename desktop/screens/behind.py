"""Beside a form: the people and units a figure was counted from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from policy.facts import Facts
from policy.placing import last_assignment, term_on
from returns.sheet import Cell


class Behind(QFrame):
    """Who and what a figure was counted from, closed until a figure is clicked."""

    open_record = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.title = QLabel(wordWrap=True)
        self.title.setObjectName("heading")
        close = QPushButton("关闭")
        close.clicked.connect(self.hide)
        self.list = _List(0, 3)
        self.list.setAccessibleName("组成这个数的人员和单位")
        self.list.setHorizontalHeaderLabels(["姓名／单位", "使用单位", "用工形式／类型"])
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
        self.hint = QLabel("双击姓名打开人员")
        self.hint.setObjectName("purpose")
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(6, 0, 0, 0)
        box.addLayout(top)
        box.addWidget(self.list, 1)
        box.addWidget(self.hint)

    def fill(self, about: str, facts: Facts, cell: Cell) -> None:
        """List the people and units behind a figure."""
        lines = [*_people(facts, cell.people), *_units(facts, cell.units)]
        people, units = len(cell.people), len(cell.units)
        counted = "、".join(words for words, number in ((f"{people} 人", people), (f"{units} 个单位", units)) if number)
        self.title.setText(f"{about}\n{counted}")
        self.hint.setVisible(people > 0)
        self.list.setRowCount(len(lines))
        for at, (person, *texts) in enumerate(lines):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, person)
                item.setToolTip(text)
                self.list.setItem(at, column, item)
        self.list.scrollToTop()

    def _open(self, item: QTableWidgetItem) -> None:
        person = item.data(Qt.ItemDataRole.UserRole)
        if person is not None:
            self.open_record.emit("person", person)


class _List(QTableWidget):
    chosen = Signal(QTableWidgetItem)
    """Enter on a line, as a double click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item:
            self.chosen.emit(item)
        else:
            super().keyPressEvent(event)


def _people(facts: Facts, engagements: tuple[int, ...]) -> list[tuple[int | None, str, str, str]]:
    """(person, name, using unit, type) of engagements on the as-of date, in the order given."""
    by_id = {one.id: one for one in (*facts.gone, *facts.engagements)}
    names = {unit.id: unit.name for unit in facts.units}
    day = facts.period.as_of
    found: list[tuple[int | None, str, str, str]] = []
    for number in engagements:
        one = by_id[number]
        last = day if one.end is None else min(day, one.end)
        posted, term = last_assignment(one, day), term_on(one, last)
        found.append((one.person.id, one.person.name, names.get(posted.unit, "") if posted else "未安排派驻", term.type if term else ""))
    return found


def _units(facts: Facts, units: tuple[int, ...]) -> list[tuple[int | None, str, str, str]]:
    by_id = {unit.id: unit for unit in facts.units}
    return [(None, by_id[number].name, "", by_id[number].type) for number in units if number in by_id]
