"""The preview of an import: what it would do row by row, and all that the clerk may still say about the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSpinBox, QTabWidget, QTextEdit, QVBoxLayout, QWidget

from db.lists.log import newest_act
from desktop.desk import Desk
from desktop.record.editors import DateEditor, LineEditor
from desktop.screens.import_answers import AnswersTab
from desktop.screens.import_chips import Chips
from desktop.screens.import_columns import ColumnsTab
from desktop.screens.import_lines import columns_of
from desktop.screens.import_next import ANSWERS, COLUMNS, ROWS, SHEET, by_name
from desktop.screens.import_outcome import Outcome, outcome, planned
from desktop.screens.import_sheet import SheetTab
from desktop.screens.preview_list import PreviewList
from desktop.theme import mark
from desktop.worker import ProgressStrip, Report, Work, let_go
from intake.cells import Sheet, Workbook
from intake.text import GUESSED
from office.import_file import Asked, Preview, sheets
from office.imports import KINDS
from office.imports.plan import CHANGED, MODES, NEW, WAITING, WRONG, ImportKind
from office.mapping import HeadingMap
from policy.kinds import Kind, Unreadable
from policy.kinds.date import DATE
from policy.kinds.month import MONTH

NOTES: Final = "读取说明"
TABS: Final = (ROWS, COLUMNS, ANSWERS, SHEET, NOTES)
AT_ONCE: Final = 1500
"""Rows of a file that are planned again while the clerk waits; larger files are planned in the background."""


class PreviewPane(QWidget):
    """One file before it is written. What the clerk says is one `Asked`; every answer makes the plan anew."""

    unreadable = Signal()
    """The clerk says that the signs of a text file came out wrong."""
    send_back = Signal()
    """The rows that are not imported are to be written out."""

    def __init__(self, desk: Desk, strip: ProgressStrip) -> None:
        super().__init__()
        self.desk, self.strip = desk, strip
        self.seen: Preview | None = None
        self._workbook: Workbook | None = None
        self._last = Outcome(Asked())
        self._doubtful = False
        self._tab = ""
        self.next = QLabel(wordWrap=True)
        self.there = QPushButton()
        self.file = QLabel()
        self.kind, self.sheet, self.mode = QComboBox(), QComboBox(), QComboBox()
        self.header = QSpinBox()
        self.month, self.day = LineEditor(MONTH), DateEditor(DATE)
        self.month_label, self.day_label = QLabel("工资所属月份"), QLabel("统计日期")
        self.right_signs, self.wrong_signs = QPushButton("显示正确"), QPushButton("显示不正确")
        self.chips, self.list = Chips(), PreviewList()
        self.detail = QLabel(wordWrap=True)
        self.same, self.all_same = QPushButton("是同一个人"), QPushButton()
        self.columns, self.answers, self.raw = ColumnsTab(), AnswersTab(), SheetTab()
        self.notes = QTextEdit(readOnly=True)
        self.tabs = QTabWidget()
        self.wrong = QLabel(wordWrap=True)
        self.said = QLabel(wordWrap=True)
        self.errors, self.keep, self.drop = QPushButton("导出错误行…"), QPushButton("写入台账"), QPushButton("取消")
        self._lay_out()
        self._name()
        self._connect()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.addWidget(self.next, 1)
        for button in (self.right_signs, self.wrong_signs, self.there):
            first.addWidget(button)
        asked = QHBoxLayout()
        for widget in (
            self.file, QLabel("作为"), self.kind, QLabel("工作表"), self.sheet, QLabel("标题行"), self.header, self.month_label, self.month,
            self.day_label, self.day,
        ):  # fmt: skip
            asked.addWidget(widget)
        asked.addStretch(1)
        rows = QWidget()
        below = QHBoxLayout()
        below.addWidget(self.detail, 1)
        below.addWidget(self.same)
        below.addWidget(self.all_same)
        box = QVBoxLayout(rows)
        box.setContentsMargins(4, 4, 4, 4)
        box.setSpacing(4)
        box.addWidget(self.chips)
        box.addWidget(self.list, 1)
        box.addLayout(below)
        for tab, words in zip((rows, self.columns, self.answers, self.raw, self.notes), TABS, strict=True):
            self.tabs.addTab(tab, words)
        last = QHBoxLayout()
        last.addWidget(QLabel("方式"))
        last.addWidget(self.mode)
        last.addWidget(self.said, 1)
        for button in (self.errors, self.keep, self.drop):
            last.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(first)
        whole.addLayout(asked)
        whole.addWidget(self.wrong)
        whole.addWidget(self.tabs, 1)
        whole.addLayout(last)

    def _name(self) -> None:
        for widget, name in ((self.next, "heading"), (self.wrong, "wrong"), (self.detail, "purpose"), (self.file, "purpose")):
            widget.setObjectName(name)
        for chooser, name in ((self.kind, "导入类别"), (self.sheet, "工作表"), (self.mode, "导入方式")):
            chooser.setAccessibleName(name)
            chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            chooser.setMinimumContentsLength(6)
        self.kind.setMinimumContentsLength(9)
        self.sheet.setMinimumContentsLength(10)
        self.kind.addItems([kind.title for kind in KINDS])
        self.mode.addItems(MODES)
        self.mode.setToolTip("只新增：台账里已有的不动；只更新：台账里没有的不加")
        self.header.setAccessibleName("标题行")
        self.header.setToolTip("列名所在的行号；两行标题填下面一行")
        self.header.setKeyboardTracking(False)
        self.header.setRange(0, 1)
        self.header.setSpecialValueText("未找到")
        self.month.setPlaceholderText("如 2026-05")
        self.month.setFixedWidth(90)
        self.day.setFixedWidth(130)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.keep.setProperty("main", True)
        self.errors.setToolTip("把有错误和待确认的行，按原表的列另存一份，写明行号和原因；改正后可直接导入")

    def _connect(self) -> None:
        self.there.clicked.connect(lambda: self.show_tab(self._tab))
        self.tabs.currentChanged.connect(self._offer_tab)
        self.kind.activated.connect(lambda _at: self._ask(Asked(mode=self._last.asked.mode), anew=True))
        self.sheet.activated.connect(lambda _at: self._ask(Asked(sheet=self.sheet.currentData(), mode=self._last.asked.mode)))
        self.mode.activated.connect(lambda _at: self.ask(mode=self.mode.currentText()))
        self.header.valueChanged.connect(self._head)
        self.raw.headed.connect(self._head)
        for line, kind in ((self.month, MONTH), (self.day, DATE)):
            line.left.connect(lambda line=line, kind=kind: self._dated(line, kind))
        self.right_signs.clicked.connect(self._signs_are_right)
        self.wrong_signs.clicked.connect(self.unreadable)
        self.chips.changed.connect(lambda: self.list.keep(self.chips.ticked()))
        self.list.stood.connect(self._stand)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._stand())
        self.list.typed.connect(lambda row, key, text: self.ask(edits={**self._last.asked.edits, (row, key): text}))
        self.columns.said.connect(lambda said: self.ask(**said))
        self.answers.said.connect(self._answer)
        self.same.clicked.connect(lambda: self._confirm([line.name for line in self.list.chosen() if by_name(line.row)]))
        self.all_same.clicked.connect(lambda: self._confirm(self._last.waiting))
        self.errors.clicked.connect(self.send_back)

    # Showing

    def begin(self, workbook: Workbook, kind: ImportKind, found: Outcome) -> None:
        """Show a file just read, with its plan or why there is none."""
        self._workbook = workbook
        self._doubtful = workbook.encoding == GUESSED
        self.file.setText(self.fontMetrics().elidedText(workbook.name, Qt.TextElideMode.ElideMiddle, 150))
        self.file.setToolTip(f"{workbook.name}\n文件指纹 {workbook.sha256}")
        self.kind.setCurrentIndex(KINDS.index(kind))
        self.sheet.clear()
        for name in sheets(workbook):
            self.sheet.addItem(f"{name}（{len(self._page(name).rows)} 行）", name)
        self.chips.show_all()
        self._show(found)
        self.show_tab(SHEET if self._doubtful or found.seen is None else ROWS)

    def clear(self) -> None:
        """Let go of the file and of all that is shown of it."""
        seen, workbook = self.seen, self._workbook
        heaps: list[list[Any]] = [self._last.lines, list(seen.rows) if seen else []]
        heaps += [list(one.rows.values()) for one in workbook.sheets] if workbook else []
        heaps += [list(one.values()) for one in vars(seen.existing).values() if isinstance(one, dict)] if seen else []
        del seen, workbook
        self._workbook, self.seen, self._last, self._doubtful = None, None, Outcome(Asked()), False
        self.list.fill([], ())
        self.columns.show_plan(None)
        self.answers.show_plan(None)
        self.raw.show_sheet(None, (0, 0))
        self.notes.clear()
        self.sheet.clear()
        let_go(heaps)

    def show_tab(self, words: str) -> None:
        """Bring a tab to the front."""
        self.tabs.setCurrentIndex(TABS.index(words))

    def file_name(self) -> str:
        """Name of the file shown."""
        return self._workbook.name if self._workbook else ""

    def _page(self, name: str) -> Sheet:
        assert self._workbook is not None
        return next(one for one in self._workbook.sheets if one.name == name)

    def _show(self, found: Outcome) -> None:
        self._last, self.seen = found, found.seen
        seen, asked, kind = found.seen, found.asked, KINDS[self.kind.currentIndex()]
        self.say(found.refusal)
        if seen:
            self.sheet.setCurrentIndex(self.sheet.findData(seen.sheet))
        page = self._page(self.sheet.currentData()) if self.sheet.count() else None
        heading = (seen.header.first, seen.header.last) if seen else (0, 0)
        self.header.blockSignals(True)
        self.header.setMaximum(max(page.rows, default=1) if page else 1)
        self.header.setValue(seen.header.last if seen else asked.header_row or 0)
        self.header.blockSignals(False)
        for key, label, line in (("month", self.month_label, self.month), ("as_of", self.day_label, self.day)):
            asks = seen is not None and key in kind.fields and key not in seen.columns
            label.setText(kind.fields[key].label if asks else "")
            label.setVisible(asks)
            line.setVisible(asks)
        if seen:
            self.month.setText(MONTH.show(seen.context.month) if seen.context.month else "")
            self.day.setText(DATE.show(seen.context.day) if seen.context.day else "")
        self.mode.setCurrentText(asked.mode)
        self.chips.show_counts(found.counts)
        self.list.fill(found.lines, columns_of(seen) if seen else (), asked.edits)
        self.columns.show_plan(seen)
        self.answers.show_plan(seen)
        self.raw.show_sheet(page, heading)
        self.notes.setPlainText("\n".join(found.notes))
        open_ = len(seen.questions) + len(seen.unknown) if seen else 0
        if not open_ and self.tabs.currentIndex() == TABS.index(ANSWERS):
            self.show_tab(ROWS)
        for tab, there in ((ROWS, seen is not None), (COLUMNS, seen is not None), (ANSWERS, open_ > 0), (NOTES, bool(found.notes))):
            self.tabs.setTabVisible(TABS.index(tab), there)
        self.tabs.setTabText(TABS.index(ANSWERS), f"{ANSWERS}（{open_}）")
        self._lead()

    def _lead(self) -> None:
        """Say what to do next, and offer only what can be done now."""
        found, tab = self._last, ""
        if self._doubtful:
            sentence = "文件没有标明编码，按 GB18030 读取。请看下面的“原表”：文字显示是否正确？"
        elif found.seen is None:
            sentence = "还不能导入。请按下面的说明改选类别、工作表或标题行。"
        else:
            sentence, tab = found.step
        self.next.setText(f"下一步：{sentence}")
        self.right_signs.setVisible(self._doubtful)
        self.wrong_signs.setVisible(self._doubtful)
        self._tab = tab
        self.there.setText(f"去“{tab}”")
        self._offer_tab()
        counts = found.counts
        self.keep.setEnabled(found.writes and not self._doubtful)
        self.errors.setEnabled(bool(counts.get(WRONG, 0) + counts.get(WAITING, 0)))
        left = [f"{state} {counts[state]} 行" for state in (WAITING, WRONG) if counts.get(state)]
        first = f"将新增 {counts.get(NEW, 0)} 行、更新 {counts.get(CHANGED, 0)} 行。" if found.writes else "没有要写入的内容。"
        self.said.setText(first + (f"{'、'.join(left)}不写入。" if left else "") if found.seen else "")
        self._stand()

    def _offer_tab(self) -> None:
        self.there.setVisible(bool(self._tab) and TABS[self.tabs.currentIndex()] != self._tab)

    def _stand(self) -> None:
        self.detail.setText(self.list.whole(self.list.currentIndex().row()))
        waiting = self._last.waiting
        self.same.setVisible(bool(waiting))
        self.same.setEnabled(any(by_name(line.row) for line in self.list.chosen()))
        self.all_same.setVisible(len(waiting) > 1)
        self.all_same.setText(f"这 {len(waiting)} 人都是")

    def say(self, sentence: str) -> None:
        """What stands in the way."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    # Asking

    def plan_again_if_moved(self) -> None:
        """The book moved: the preview is made anew, so that it stays what will be written."""
        newest = self.desk.read(newest_act)
        if self.seen is not None and newest != self.seen.seen_at:
            self._ask(self._last.asked, anew=True)

    def ask(self, **said: Any) -> None:
        """Plan again with another answer (fields of Asked)."""
        self._ask(replace(self._last.asked, **said))

    def _ask(self, asked: Asked, anew: bool = False) -> None:
        desk, workbook, kind = self.desk, self._workbook, KINDS[self.kind.currentIndex()]
        seen = None if anew else self.seen
        assert workbook is not None
        if sum(len(one.rows) for one in workbook.sheets) <= AT_ONCE:
            self._show(outcome(asked, lambda: planned(desk, workbook, kind, asked, seen)))
            return

        def task(report: Report) -> Outcome:
            return outcome(asked, lambda: planned(desk, workbook, kind, asked, seen, lambda done, total: report(done, total, "正在与台账比对……")))

        work = Work(task)
        work.done.connect(self._planned)
        work.failed.connect(self._failed)
        work.cancelled.connect(self._as_before)
        self.setEnabled(False)
        self.strip.run("正在与台账比对……", work)

    def _planned(self, found: Outcome) -> None:
        self.setEnabled(True)
        self._show(found)

    def _as_before(self) -> None:
        """The clerk would not wait: the last plan stands, and what is chosen goes back to it."""
        self.setEnabled(True)
        if self.seen:
            self.kind.setCurrentIndex(KINDS.index(self.seen.kind))
        self._show(self._last)
        self.say("已停下，仍是上一次的预览。")

    def _failed(self, error: Exception) -> None:
        self.setEnabled(True)
        raise error

    def _head(self, row: int) -> None:
        self._ask(replace(self._last.asked, header_row=row or None, confirmed={}))

    def _dated(self, line: LineEditor, kind: Kind) -> None:
        try:
            value = kind.parse(line.text(), self.desk.today())
        except Unreadable as error:
            mark(line, "wrong", True)
            self.say(str(error))
            return
        mark(line, "wrong", False)
        line.setText("" if value is None else kind.show(value))
        context = self.seen.context if self.seen else None
        if context is None or value != (context.month if kind is MONTH else context.day):
            self.ask(**{"month" if kind is MONTH else "day": value})

    def _answer(self, said: HeadingMap) -> None:
        self.ask(mapping=self._last.asked.mapping | said)

    def _confirm(self, names: Sequence[str]) -> None:
        self.ask(confirmed_names=self._last.asked.confirmed_names | frozenset(names))

    def _signs_are_right(self) -> None:
        self._doubtful = False
        self.show_tab(ROWS if self.seen else SHEET)
        self._lead()


