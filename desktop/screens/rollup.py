"""市级汇总: who has reported, how the counties stand, their forms rolled up, lists and papers; hung in the window of a city's book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from db.lists.city import BOARD
from db.lists.report_tasks import tasks
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Page, qaction
from desktop.screens.rollup_acts import RollupActs
from desktop.screens.rollup_counties import Counties
from desktop.screens.rollup_forms import RolledForms
from desktop.screens.rollup_return import CountyReturn
from desktop.screens.rollup_rows import board_row, tile
from desktop.screens.rollup_tiles import Tiles
from desktop.screens.written import Written
from desktop.worker import Cancelled, ProgressStrip, Report, Work
from office import city_papers, rollup
from office.open import Interrupted
from returns.ranking import RANKING, ranking
from returns.sheet import Sheet

BOARD_TAB, TILES_TAB, FORMS_TAB, RETURN_TAB, COUNTIES_TAB = range(5)
NO_TASK: Final = "还没有报送任务。请先在“报表”里建立任务，再用“下发任务包”发给各县（市、区）。"


@dataclass(frozen=True)
class Seen:
    """A task as the city has it now."""

    city: rollup.City
    standings: list[rollup.Standing]
    sheets: tuple[Sheet, ...]
    nodes: tuple[str, ...]


class RollupPage(Page):
    """One task at a time. Reading thirty counties takes a while: it is done in the background and can be broken off."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.task = 0
        self.county = 0
        self.seen: Seen | None = None
        self._known: rollup.Known = {}
        self.busy = self._again = False
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("wrong")
        self.said.hide()
        self.written, self.strip = Written(), ProgressStrip()
        self.grid = Grid(BOARD, desk.commit(BOARD), desk.today)
        self.grid.view.nothing = "还没有汇总单位。"
        self.tiles, self.forms, self.of_county, self.counties = Tiles(), RolledForms(), CountyReturn(desk), Counties(desk)
        self.acts = RollupActs(self)
        self.tabs = QTabWidget()
        for widget, words in (
            (self.grid, "报送情况"), (self.tiles, "全市概览"), (self.forms, "汇总报表与清单"), (self.of_county, "县级报表"), (self.counties, "汇总单位"),
        ):  # fmt: skip
            self.tabs.addTab(widget, words)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        self.chooser, self.bundle = QComboBox(), QPushButton("下发任务包…")
        row = QHBoxLayout()
        for part in (QLabel("报送任务"), self.chooser, self.bundle):
            row.addWidget(part)
        row.addStretch(1)
        box.addLayout(row)
        box.addWidget(self.said)
        box.addWidget(self.written)
        box.addWidget(self.tabs, 1)
        box.addWidget(self.strip)
        self.tabs.setTabEnabled(RETURN_TAB, False)
        self.setFocusProxy(self.grid)
        self._fill_toolbar()
        self._connect()

    def _fill_toolbar(self) -> None:
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.chooser.setAccessibleName("报送任务")
        self.chooser.setMinimumWidth(380)
        self.chooser.currentIndexChanged.connect(self._choose)
        self.bundle.setToolTip("任务、市级政策参数、审核公式和代码表，发给各县（市、区）导入")
        self.buttons = [qaction(one, self) for one in self.acts.offered()]
        self.toolbar.addActions(self.buttons)

    def _connect(self) -> None:
        self.grid.view.doubleClicked.connect(self._open_row)
        self.tiles.chosen.connect(self.show_county)
        self.forms.county.connect(self.show_form)
        self.forms.towns_changed.connect(self.calculate)
        self.forms.by_changed.connect(self.rank)
        self.bundle.clicked.connect(lambda _on=False: self.acts.ask_bundle())
        self.forms.own.clicked.connect(lambda _on=False: self.acts.ask_entry())
        self.of_county.judged.connect(self.acts.judge)
        self.of_county.accepted.connect(self.acts.accept)
        self.of_county.returned.connect(self.acts.ask_to_return)
        self.of_county.personal.connect(self.acts.ask_for_personal)
        self.counties.refused.connect(self.say)

    # Showing

    def listed(self) -> Grid:
        return self.grid

    def printed(self) -> Sheet | None:
        at = self.tabs.currentIndex()
        return self.forms.shown() if at == FORMS_TAB else self.of_county.shown() if at == RETURN_TAB else None

    def refresh(self) -> None:
        """Read the tasks and the one in front again."""
        listed = [(row.keys["report_task"][0], f"{row.values[0]}（{row.values[1]}）") for row in self.desk.read(tasks, self.desk.today()).rows]
        self.chooser.blockSignals(True)
        self.chooser.clear()
        for number, words in listed:
            self.chooser.addItem(words, number)
        numbers = [number for number, _ in listed]
        self.task = self.task if self.task in numbers else numbers[0] if numbers else 0
        if self.task:
            self.chooser.setCurrentIndex(numbers.index(self.task))
        self.chooser.blockSignals(False)
        for action in self.buttons:
            action.setEnabled(bool(self.task))
        for button in (self.bundle, self.forms.own):
            button.setEnabled(bool(self.task))
        self.counties.refresh()
        if self.task:
            self.calculate()
        else:
            self.seen = None
            self.grid.set_rows(())
            self.say(NO_TASK)

    def _choose(self, at: int) -> None:
        self.task = self.chooser.itemData(at) or 0
        self._leave_county()
        self.calculate()

    def calculate(self) -> None:
        """Roll up everything received for the task, in the background."""
        if self.busy:
            self._again = True
            return
        if not self.task:
            return
        book, task, today = self.desk.book, self.task, self.desk.today()
        towns, by = self.forms.towns.isChecked(), self.forms.by.currentText()

        def read(report: Report) -> Seen:
            try:
                city = rollup.gather(book, task, report, self._known)
                told = book.read(rollup.standings, task, today), book.read(city_papers.reminders, task, today, city)
            except Interrupted as closed:
                raise Cancelled from closed
            sheets = city_papers.papers(city, towns, by) if city.parts else ()
            return Seen(city, told[0], (*sheets, told[1]), tuple(one.said for one in city.nodes()))

        self.run("正在汇总……", read, self._take)

    def rank(self, by: str) -> None:
        """Rank the counties by another rate, from what was read already."""
        if self.seen and self.seen.city.parts:
            city = self.seen.city
            anew = ranking(city.parts, city.facts, city.task, by)
            self.seen = replace(self.seen, sheets=tuple(anew if one.key == RANKING else one for one in self.seen.sheets))
            self.forms.show_forms(self.seen.sheets, self.seen.nodes, True)

    def run(self, words: str, task: Callable[[Report], Any], done: Callable[[Any], object]) -> None:
        """Do something long in the background; it can be broken off."""
        if self.busy:
            self.say("正在处理，请稍候再试。")
            return
        self.busy = True
        work = Work(task)
        self.strip.run(words, work)  # before the rest is connected: what ends one piece of work may begin the next
        work.done.connect(lambda found: self._end(lambda: done(found)))
        work.failed.connect(lambda error: self._end(lambda: self._refused(error)))
        work.cancelled.connect(lambda: self._end(lambda: self.say("已停下，没有作任何改动。按 F5 刷新。")))

    def _end(self, then: Callable[[], object]) -> None:
        self.busy = False
        again, self._again = self._again, False
        then()
        if again:
            self.calculate()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ValueError | OSError):
            raise error
        self.say(str(error))

    def say(self, sentence: str) -> None:
        """What stands in the way."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def _take(self, seen: Seen) -> None:
        self.seen = seen
        self.say("")
        parts = {part.number: part for part in seen.city.parts}
        self.grid.set_rows([board_row(one, parts.get(one.county["id"])) for one in seen.standings])
        self.tiles.show_tiles([tile(one, parts.get(one.county["id"])) for one in seen.standings])
        self.forms.show_forms(seen.sheets, seen.nodes, bool(parts))
        came = len(seen.standings) - sum(one.state == rollup.UNREPORTED for one in seen.standings)
        self.status.emit(f"应报 {len(seen.standings)} 个，已收到 {came} 个，已接收 {sum(one.state == '已接收' for one in seen.standings)} 个")
        if self.county:
            self.show_county(self.county, switch=False)

    def _open_row(self, index: Any) -> None:
        row = self.grid.view.current_row()
        if row and not self.grid.model.columns[index.column()].editable:
            self.show_county(row.keys["city_county"][0])

    def standing(self, county: int) -> rollup.Standing | None:
        """How far a county has come."""
        return next((one for one in self.seen.standings if one.county["id"] == county), None) if self.seen else None

    def show_county(self, county: int, switch: bool = True) -> bool:
        """Show the return a county sent; False where there is none."""
        one = self.standing(county)
        if one is None or one.package is None:
            self._leave_county()
            self.say(f"{one.county['name']}还没有报来。" if one else "")
            return False
        self.county = county
        self.say("")
        try:
            package = self.desk.read(rollup.package_in, one.package["id"])
        except ValueError as refusal:
            self.say(str(refusal))
            return False
        self.tabs.setTabEnabled(RETURN_TAB, True)
        self.tabs.setTabText(RETURN_TAB, f"县级报表（{one.county['name']}）")
        self.of_county.show_return(one, package, self.desk.read(rollup.points_of, one.package["id"]))
        if switch:
            self.tabs.setCurrentIndex(RETURN_TAB)
        return True

    def show_list(self, key: str) -> None:
        """Show one of the city's own forms and lists."""
        keys = [one.key for one in self.forms.sheets]
        if key in keys:
            self.tabs.setCurrentIndex(FORMS_TAB)
            self.forms.tabs.setCurrentIndex(keys.index(key))

    def show_form(self, county: int, form: str) -> None:
        """Show a form of a county's return."""
        if self.show_county(county) and form in (keys := [one.key for one in self.of_county.sheets]):
            self.of_county.tabs.setCurrentIndex(keys.index(form))

    def show_task(self, task: int) -> None:
        """Show another task."""
        if task != self.task:
            self.task = task
            self._leave_county()

    def look(self, paths: list[Any]) -> None:
        """Look at files (dropped on the window, or chosen) and ask about them."""
        self.acts.look(paths)

    def _leave_county(self) -> None:
        self.county = 0
        self.of_county.clear()
        self.tabs.setTabEnabled(RETURN_TAB, False)
        self.tabs.setTabText(RETURN_TAB, "县级报表")
