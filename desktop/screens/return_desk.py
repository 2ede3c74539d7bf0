"""The return of a task at the desk: its forms to be read and filled in, what the audit says, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSplitter, QTabBar, QTabWidget, QVBoxLayout, QWidget

from db.lists import report_tasks as lists
from desktop.desk import Desk
from desktop.screens.audit_pane import AuditPane
from desktop.screens.behind import Behind
from desktop.screens.differences import LAST, ComparePane, MovedPane
from desktop.screens.return_comparing import ReturnComparing
from desktop.screens.return_filling import ReturnFilling
from desktop.screens.return_seen import Seen, read_return
from desktop.screens.return_state import StateBar
from desktop.screens.sheet_looks import Looks
from desktop.screens.sheet_view import SheetModel, SheetView, column_name
from desktop.screens.written import Written
from desktop.worker import ProgressStrip, Report, Work
from office.behind import story
from office.returns_desk import confirm_notes, open_return, write_note
from returns.compare import Difference
from returns.fill import line_keys
from returns.grid import Grid, Span
from returns.links import source
from returns.points import Point, place
from returns.sheet import Sheet

_ROOMY = 600
"""Pixels of height from which forms and lists both have room; below, the lists come when asked for."""


class ReturnDesk(QWidget):
    """Reads a return again whenever the book moved (全部运算 is reading); every figure set is one act that can be undone."""

    open_record = Signal(str, int)
    see_findings = Signal(str)
    status = Signal(str)
    seen_changed = Signal()
    """Another return, or another state of it, is on screen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.task = self.number = 0
        self.seen: Seen | None = None
        self.busy = self._again = False
        self.bar = StateBar()
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("wrong")
        self.said.hide()
        self.written = Written()
        self.tabs = QTabBar(expanding=False, drawBase=False)
        self.tabs.setAccessibleName("报表")
        self.sheet = SheetView()
        self.behind = Behind()
        self.behind.hide()
        self.audit = AuditPane()
        self.compare = ComparePane(desk.today)
        self.moved = MovedPane(desk.today)
        self.below = QTabWidget()
        self.strip = ProgressStrip()
        self._lay_out()
        self._connect()

    # Building

    def _lay_out(self) -> None:
        for pane, words in ((self.audit, "审核"), (self.compare, "比较"), (self.moved, "封存后变化")):
            self.below.addTab(pane, words)
        across, down = QSplitter(Qt.Orientation.Horizontal), QSplitter(Qt.Orientation.Vertical)
        across.addWidget(self.sheet)
        across.addWidget(self.behind)
        across.setStretchFactor(0, 1)
        across.setSizes([700, 300])
        forms = QWidget()
        box = QVBoxLayout(forms)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.tabs)
        box.addWidget(across, 1)
        down.addWidget(forms)
        down.addWidget(self.below)
        down.setStretchFactor(0, 1)
        down.setSizes([390, 230])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        for widget in (self.bar, self.said, self.written):
            box.addWidget(widget)
        box.addWidget(down, 1)
        box.addWidget(self.strip)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda _at: self._show_sheet())
        self.sheet.asked.connect(self._show_behind)
        self.sheet.opened.connect(self._open_behind)
        self.filling, self.comparing = ReturnFilling(self), ReturnComparing(self)
        self.behind.open_record.connect(self.open_record)
        self.audit.go.connect(self.show_point)
        self.audit.noted.connect(lambda points, text: self.try_act(write_note, points, text, say=self.audit.say))
        self.audit.confirmed.connect(lambda points: self.try_act(confirm_notes, points, say=self.audit.say))
        for pane in (self.compare, self.moved):
            pane.go.connect(self.show_difference)
        self.below.currentChanged.connect(lambda _at: self._compare_shown())
        self.bar.version.connect(self.open_version)
        self.bar.moved.connect(lambda: self.show_below(self.moved))

    # Which return

    def open_task(self, task: int) -> None:
        """Show the newest version of a task's return; it is begun where there is none. ValueError with a sentence as `open_return`."""
        self.task, self.seen = task, None
        self.comparing.against = LAST
        self.compare.show_against(LAST)
        begun = bool(self.desk.read(lists.versions, task))
        self.number = open_return(self.desk.book, task)
        self.written.hide()
        self.say("")
        self.below.setVisible(self.window().height() >= _ROOMY)
        if begun:
            self.calculate()
        else:
            self.desk.moved()
            self.calculate()

    def open_version(self, number: int) -> None:
        """Show another version of the task's return."""
        self.number = number
        self.calculate()

    def newest(self) -> None:
        """Show the newest version, after 解封 made one."""
        self.number = self.desk.read(lists.versions, self.task)[0][0]
        self.calculate()

    # Reading

    def calculate(self) -> None:
        """全部运算: read the return as it stands now, in the background."""
        if not self.number:
            return
        if self.busy:
            self._again = True
            return
        desk, number, task = self.desk, self.number, self.task
        against = self.comparing.against if self.below.currentWidget() is self.compare else None
        self.run("正在运算……", lambda report: read_return(desk, task, number, against, report), self._take, stops=True)

    def run(self, words: str, task: Callable[[Report], Any], done: Callable[[Any], object], *, stops: bool = False) -> None:
        """Do something long in the background. `stops`: it can be broken off; an act is done wholly or not at all."""
        if self.busy:
            self._say_busy()
            return
        self.busy = True
        self.bar.next.setEnabled(False)
        work = Work(task)
        self.strip.run(words, work)
        self.strip.stop.setVisible(stops)
        work.done.connect(lambda found: self._end(lambda: done(found)))
        work.failed.connect(lambda error: self._end(lambda: self._refused(error)))
        work.cancelled.connect(lambda: self._end(lambda: self.say("已停下。按 F9 全部运算。")))

    def _end(self, then: Callable[[], object]) -> None:
        self.busy = False
        self.bar.next.setEnabled(True)
        again, self._again = self._again, False
        then()
        if again:
            self.calculate()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self.say(str(error) if type(error) is not OSError and error.strerror is None else f"没有写出：{error.strerror or error}。请检查磁盘空间和文件夹权限，或换一个位置重试。")
        elif isinstance(error, ValueError):
            self.say(str(error))
        else:
            raise error

    def _say_busy(self) -> None:
        self.say("正在运算，请稍候再试。")

    def _take(self, seen: Seen) -> None:
        self.seen = seen
        self.say("")
        keys = [sheet.key for sheet in seen.sheets]
        if [self.tabs.tabText(at) for at in range(self.tabs.count())] != keys:
            self.tabs.blockSignals(True)
            while self.tabs.count():
                self.tabs.removeTab(0)
            for at, sheet in enumerate(seen.sheets):
                self.tabs.addTab(sheet.key)
                self.tabs.setTabToolTip(at, sheet.title)
            self.tabs.blockSignals(False)
        self.bar.show_return(seen.draft, seen.versions, None if seen.moved is None else len(seen.moved))
        self.audit.show_audit(seen.draft, seen.being_made)
        open_ = sum(point.open for point in seen.draft.audited.points)
        self.below.setTabText(0, f"审核（未处理 {open_}）" if open_ else "审核")
        self.below.setTabVisible(2, seen.moved is not None)
        self.moved.show_moved(seen.moved or ())
        self.compare.offer(seen.others, seen.draft.last.said)
        if seen.compared is not None:
            self.compare.show_compared(seen.compared, seen.being_made)
        self._show_sheet()
        period = seen.draft.facts.period
        self.status.emit(f"{seen.draft.task.name}　{period.title}，截至 {period.as_of}，{len(keys)} 张表")
        self.seen_changed.emit()

    def say(self, sentence: str) -> None:
        """What stands in the way."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    # Showing

    def shown(self) -> tuple[Sheet, Grid, Looks] | None:
        """The form in front."""
        at = self.tabs.currentIndex()
        return (self.seen.sheets[at], self.seen.grids[at], self.seen.looks[at]) if self.seen and 0 <= at < len(self.seen.sheets) else None

    def _show_sheet(self) -> None:
        shown = self.shown()
        if shown is None:
            return
        model = self.sheet.model()
        same = isinstance(model, SheetModel) and model.key == shown[0].key
        self.sheet.show_sheet(*shown)
        span = self.sheet.figure(self.sheet.currentIndex()) if same else None
        if span and self.behind.isVisible():
            self._show_behind(span)
        else:
            self.behind.hide()

    def _show_behind(self, span: Span) -> None:
        shown = self.shown()
        if shown is None or self.seen is None:
            return
        sheet, grid, _ = shown
        at, column = span.row - grid.head_last - 1, span.column - 1
        about = f"{sheet.key}　{sheet.rows[at].name}　{column_name(sheet.columns[column])}：{span.text}"
        self.behind.fill(about, self.seen.draft.facts, span.cell, story(self.seen.draft, sheet, at, column))
        self.behind.show()

    def _open_behind(self, span: Span) -> None:
        shown = self.shown()
        if shown and self.seen and span.cell.source:
            line = shown[0].rows[span.row - shown[1].head_last - 1]
            if there := source(span.cell, {sheet.key: sheet for sheet in self.seen.sheets}, line):
                self.show_cell(*there)
                return
        self._show_behind(span)
        if not self.behind.open_only() and self.behind.found:
            self.behind.list.setCurrentCell(0, 0)
            self.behind.list.setFocus()

    def show_point(self, point: Point) -> None:
        """Go to the cell where a point shows; to the findings of the book where it shows in none."""
        found = next((place(point, sheet) for sheet in self.seen.sheets if sheet.key == point.form), None) if self.seen else None
        if found is None:
            if point.form and self.seen and any(sheet.key == point.form for sheet in self.seen.sheets):
                self.show_cell(point.form, 0, 0)
            else:
                self.see_findings.emit(point.level)
            return
        self.show_cell(point.form, *found)

    def show_difference(self, one: Difference) -> None:
        """Go to the cell that is not the same."""
        sheet = next((sheet for sheet in self.seen.sheets if sheet.key == one.form), None) if self.seen else None
        if sheet and one.key in (keys := line_keys(sheet)) and any(column.mark == one.mark for column in sheet.columns):
            self.show_cell(one.form, keys.index(one.key), sheet.column(one.mark))
        else:
            self.say(f"{one.form}“{one.line}”这一行已不在这份报表里。")

    def show_cell(self, form: str, at: int, column: int) -> None:
        """Bring a form to the front and stand on a cell of its body."""
        self.tabs.setCurrentIndex([self.tabs.tabText(tab) for tab in range(self.tabs.count())].index(form))
        self.sheet.stand(at, column)
        if span := self.sheet.figure(self.sheet.currentIndex()):
            self._show_behind(span)

    def show_below(self, pane: QWidget) -> None:
        """Show a list under the forms."""
        self.below.show()
        self.below.setCurrentWidget(pane)

    def _compare_shown(self) -> None:
        if self.below.currentWidget() is self.compare and self.seen and self.seen.compared is None:
            self.calculate()

    # Acts on the return

    def try_act(self, act: Callable[..., object], *given: Any, say: Callable[[str], None] | None = None) -> bool:
        """Do an act on the return in front; its sentence is shown where it refuses."""
        if self.seen is None:
            return False
        try:
            self.desk.act(act, self.seen.draft, *given)
        except ValueError as refusal_:
            (say or self.say)(str(refusal_))
            return False
        return True
