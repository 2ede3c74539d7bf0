"""The preview of an import: what it would do row by row, and what the clerk may still say: kind, sheet, month, guessed columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.diary import acts
from desktop.desk import Desk
from desktop.record.editors import DateEditor, LineEditor
from desktop.screens.preview_list import SKIPPED, PreviewList
from desktop.theme import mark
from intake.cells import Workbook
from office.import_file import Preview, plan, sheets
from office.imports import KINDS
from office.imports.plan import CHANGED, NEW, STATES, WAITING, WRONG, ImportKind
from policy.kinds import Kind, Unreadable
from policy.kinds.date import DATE
from policy.kinds.month import MONTH

_OF_ROW: Final = re.compile(r"第 [0-9]+ 行")
_NOTES: Final = 4
"""Sentences about the whole file shown at once."""


class PreviewPane(QWidget):
    """What bringing in the file would do, with what the clerk may still say about it: kind, sheet, month or date, guessed columns."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.seen: Preview | None = None
        self._workbook: Workbook | None = None
        self._confirmed: dict[str, int] = {}
        self.file = QLabel()
        self.file.setObjectName("heading")
        self.kind, self.sheet = QComboBox(), QComboBox()
        self.kind.setAccessibleName("导入类别")
        self.sheet.setAccessibleName("工作表")
        self.kind.addItems([kind.title for kind in KINDS])
        self.month, self.day = LineEditor(MONTH), DateEditor(DATE)
        self.month.setPlaceholderText("如 2026-05")
        self.month_label, self.day_label = QLabel("工资所属月份"), QLabel("统计日期")
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.notes = QLabel(wordWrap=True)
        self.notes.setObjectName("purpose")
        self._guesses = QVBoxLayout()
        self.chips = {state: _chip(state) for state in (*STATES, SKIPPED)}
        self.shown_states = QWidget()
        self.list = PreviewList()
        self.detail = QLabel(wordWrap=True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.keep, self.drop = QPushButton("写入台账"), QPushButton("取消")
        self.keep.setProperty("main", True)
        self.said = QLabel(wordWrap=True)
        self._lay_out()
        self.kind.activated.connect(self._other_kind)
        self.sheet.activated.connect(self._other_sheet)
        for field, kind in ((self.month, MONTH), (self.day, DATE)):
            field.left.connect(lambda field=field, kind=kind: self._dated(field, kind))
        for chip in self.chips.values():
            chip.toggled.connect(self._filter)
        self.list.selectionModel().currentChanged.connect(lambda at, _: self.detail.setText(self.list.whole(at.row())))

    def _lay_out(self) -> None:
        asked = QHBoxLayout()
        asked.addWidget(self.file)
        for widget in (
            QLabel("　作为"), self.kind, QLabel("工作表"), self.sheet, self.month_label, self.month, self.day_label, self.day,
        ):  # fmt: skip
            asked.addWidget(widget)
        self.month.setFixedWidth(100)
        self.day.setFixedWidth(130)
        asked.addStretch(1)
        chips = QHBoxLayout(self.shown_states)
        chips.setContentsMargins(0, 0, 0, 0)
        chips.addWidget(QLabel("显示"))
        for chip in self.chips.values():
            chips.addWidget(chip)
        chips.addStretch(1)
        last = QHBoxLayout()
        last.addWidget(self.said, 1)
        last.addWidget(self.keep)
        last.addWidget(self.drop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(asked)
        box.addWidget(self.wrong)
        box.addLayout(self._guesses)
        box.addWidget(self.notes)
        box.addWidget(self.shown_states)
        box.addWidget(self.list, 1)
        box.addWidget(self.detail)
        box.addLayout(last)

    def begin(self, workbook: Workbook, kind: ImportKind, seen: Preview | None, refusal: str) -> None:
        """Show a file just read, with its plan or why there is none."""
        self._workbook, self._confirmed = workbook, {}
        self.file.setText(self.fontMetrics().elidedText(workbook.name, Qt.TextElideMode.ElideMiddle, 260))
        self.file.setToolTip(workbook.name)
        self.kind.setCurrentIndex(KINDS.index(kind))
        self.sheet.clear()
        self.sheet.addItems(sheets(workbook))
        self.month.clear()
        self.day.setText("")
        for chip in self.chips.values():
            chip.setChecked(True)
        self._show(seen, refusal)

    def plan_again_if_moved(self) -> None:
        """The book moved: the preview is made anew, so that it stays what will be written."""
        newest = self.desk.read(acts, newest=1)
        if self.seen is not None and newest and newest[-1].number != self.seen.seen_at:
            self._plan()

    def _other_kind(self) -> None:
        self._confirmed = {}
        self.month.clear()
        self.day.setText("")
        self._plan(other=True)

    def _other_sheet(self) -> None:
        self._confirmed = {}
        self._plan()

    def _dated(self, field: LineEditor, kind: Kind) -> None:
        try:
            value = kind.parse(field.text(), self.desk.today())
        except Unreadable as error:
            mark(field, "wrong", True)
            self.say(str(error))
            return
        mark(field, "wrong", False)
        field.setText("" if value is None else kind.show(value))
        context = self.seen.context if self.seen else None
        if context is None or value != (context.month if kind is MONTH else context.day):
            self._plan()

    def _plan(self, other: bool = False) -> None:
        kind = KINDS[self.kind.currentIndex()]
        assert self._workbook is not None
        try:
            seen = plan(
                self.desk.book, self._workbook, kind, sheet=None if other else self.sheet.currentText() or None,
                month=MONTH.parse(self.month.text(), self.desk.today()), day=DATE.parse(self.day.text(), self.desk.today()),
                confirmed=self._confirmed,
            )  # fmt: skip
        except ValueError as refusal:
            self._show(None, str(refusal))
        else:
            self._show(seen, "")

    def _show(self, seen: Preview | None, refusal: str) -> None:
        self.seen = seen
        self.say(refusal)
        kind = KINDS[self.kind.currentIndex()]
        columns = seen.columns if seen else {}
        for key, label, field in (("month", self.month_label, self.month), ("as_of", self.day_label, self.day)):
            asks = seen is not None and key in kind.fields and key not in columns
            label.setVisible(asks)
            field.setVisible(asks)
        counts = dict.fromkeys((*STATES, SKIPPED), 0)
        if seen:
            self.sheet.setCurrentText(seen.sheet)
            self.month.setText(MONTH.show(seen.context.month) if seen.context.month else "")
            self.day.setText(DATE.show(seen.context.day) if seen.context.day else "")
            counts |= seen.counts() | {SKIPPED: len(seen.skipped)}
        self._offer_guesses(seen)
        said = [] if seen is None else [sentence for sentence in seen.sentences() if not _OF_ROW.match(sentence)]
        self.notes.setText(
            "\n".join(said[:_NOTES]) + (f"\n……另有 {len(said) - _NOTES} 条（鼠标停在这里看全部）" if len(said) > _NOTES else "")
        )
        self.notes.setToolTip("\n".join(said))
        self.notes.setVisible(bool(said))
        self.shown_states.setVisible(seen is not None)
        for state, chip in self.chips.items():
            chip.setText(f"{state} {counts[state]}")
            chip.setVisible(counts[state] > 0)
        self.list.fill(seen.rows if seen else (), seen.skipped if seen else ())
        self._filter()
        self.detail.setText("")
        writes = seen is not None and bool(seen.changes)
        self.keep.setEnabled(writes)
        self.said.setText(_before_writing(counts, writes) if seen else "")

    def _offer_guesses(self, seen: Preview | None) -> None:
        while item := self._guesses.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        if seen is None:
            return
        names = {one.column: one.text for one in seen.header.headings}
        for key, column in seen.found.guesses.items():
            box = QCheckBox(f"“{names[column]}”这一列就是“{seen.kind.fields[key].label}”，一并导入")
            box.setChecked(key in self._confirmed)
            box.toggled.connect(lambda on, key=key, column=column: self._confirm(key, column, on))
            self._guesses.addWidget(box)

    def _confirm(self, key: str, column: int, on: bool) -> None:
        self._confirmed.pop(key, None)
        if on:
            self._confirmed[key] = column
        self._plan()

    def _filter(self) -> None:
        self.list.keep({state for state, chip in self.chips.items() if chip.isChecked()})

    def say(self, sentence: str) -> None:
        """What stands in the way."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))


def _before_writing(counts: Mapping[str, int], writes: bool) -> str:
    waits = f"待确认 {counts[WAITING]} 行没有确认的不写入。" if counts[WAITING] else ""
    wrong = f"错误 {counts[WRONG]} 行不写入，改正后可再导入。" if counts[WRONG] else ""
    first = f"将新增 {counts[NEW]} 行、更新 {counts[CHANGED]} 行。" if writes else "没有要写入的内容。"
    return first + waits + wrong


def _chip(state: str) -> QPushButton:
    chip = QPushButton()
    chip.setCheckable(True)
    chip.setChecked(True)
    chip.setAccessibleName(f"显示{state}的行")
    return chip
