"""资金需求测算: how much next year needs, from where it comes and how much is missing; scenarios side by side, inputs at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QToolBar,
    QVBoxLayout,
    QWidget,
)

from db.lists import Edit, Row
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.printing import Picture
from desktop.screens import estimate_chart, estimate_lists
from desktop.screens.estimate_answer import EXPECT, GIVEN, NEED, Answer
from desktop.screens.estimate_copies import Copies
from desktop.screens.estimate_departures import Departures
from desktop.screens.estimate_inputs import InputsPanel
from desktop.screens.picture import Panel
from desktop.screens.removing import ask_to_discard
from desktop.screens.year_steps import year_steps
from office import estimate as acts
from office.check import check_period, facts_in
from office.estimate_sheet import one_page, write_estimate
from policy.estimate import Estimate, estimate, sensitivities
from policy.estimate_facts import Scenario
from policy.facts import Facts
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.text import TEXT
from returns.sheet import Sheet

FUNDS, PLANS = "经费", "招录计划"
"""Screens the page leads to."""
COMPARE, BY_UNIT, CHANGES, DEPARTURES, COPIES = range(5)


class EstimatePage(Page):
    """The scenarios of a year. Its own scenarios are kept as soon as an input is changed; the ones that come with the program are
    kept under their name then."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.year = desk.as_of.year + 1
        self.name = ""
        """The scenario in front."""
        self.compared: list[str] = []
        self.facts: Facts | None = None
        self._offered: dict[str, tuple[int | None, Scenario]] = {}
        self._results: dict[str, Estimate] = {}
        self.scenarios = QListWidget()
        self.scenarios.setAccessibleName("测算方案")
        self.scenarios.setToolTip("点方案看它的结果；打勾的并排比较，最多四个")
        self.scenarios.setMaximumHeight(112)
        self.inputs = InputsPanel(self.keep, desk.today)
        self.answer = Answer()
        self.answer.clicked.connect(self._open)
        self.answer.way.connect(self._follow)
        self.side = self._grid(estimate_lists.SIDE_BY_SIDE, "没有打勾的方案。在左边勾选要比较的方案。")
        self.side.view.verticalHeader().hide()
        self.chart = estimate_chart.Bars()
        self.units = self._grid(estimate_lists.UNITS, "没有登记县级民政局和乡镇（街道）。", self._change_unit)
        self.changes = self._grid(estimate_lists.CHANGES, "没有可以测算的方案。")
        self.departures = Departures(self.keep, desk.today)
        self.copies = Copies(desk)
        self.tabs = QTabWidget()
        for widget, words in (
            (self._side_by_side(), "方案比较"), (self.units, "分单位"), (self.changes, "变动影响"), (self.departures, "经济补偿"), (self.copies, "存档与复函"),
        ):  # fmt: skip
            self.tabs.addTab(widget, words)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._body())
        self.setFocusProxy(self.scenarios)
        self._fill_toolbar()
        self.scenarios.currentRowChanged.connect(self._choose)
        self.scenarios.itemChanged.connect(self._tick)

    # Building

    def _grid(self, columns: Any, nothing: str, commit: Callable[[list[Edit], str], object] = lambda _edits, _name: None) -> Grid:
        made = Grid(columns, commit, self.desk.today)
        made.view.nothing = nothing
        made.view.filters.show_boxes(False)
        return made

    def _side_by_side(self) -> QWidget:
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.chart)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.side)
        split.addWidget(scroll)
        split.setSizes([610, 230])
        split.setStretchFactor(0, 1)
        split.setChildrenCollapsible(False)
        return split

    def _body(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(Panel("方案（打勾的并排比较）", self.scenarios))
        column.addWidget(self.inputs, 1)
        right = QWidget()
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.answer)
        box.addWidget(self.tabs, 1)
        self.tabs.setMinimumHeight(260)
        scroll = QScrollArea(widgetResizable=True)  # on a small screen nothing is squeezed
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(right)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(scroll)
        split.setSizes([350, 840])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        return split

    def _fill_toolbar(self) -> None:
        self.shown_year = year_steps(self, self.go)
        self.adding = qaction(Action("新增方案…", self.ask_new, "plus", "Ctrl+N", "照一个方案的数新建一个，再改不同的"), self)
        self.reporting = qaction(Action("填报附表3", self.report, "report", tip="附表3按这个方案填报；再点一次取消"), self)
        self.freezing = qaction(Action("存档", self.freeze, "lock", tip="把这个方案现在的结果原样留下，发函给财政用；台账以后变了它也不变"), self)
        self.discarding = qaction(Action("移走方案", self.discard, "trash", "Ctrl+-", "自己建的方案移入回收站；自带方案恢复原样"), self)
        self.planning = qaction(Action("招录计划", lambda: self.visit.emit(PLANS), "people", tip="缺口怎样补：先招哪个单位，几月到岗，钱够不够"), self)
        self.toolbar.addActions([self.adding, self.reporting, self.freezing, self.discarding, self.planning])
        self.scenarios.addActions([self.adding, self.reporting, self.freezing, self.discarding])
        self.scenarios.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._own = {DEPARTURES: self.departures.own_actions, COPIES: self.copies.own_actions}
        beside = QToolBar()  # over their own tab: the page's toolbar has no room for them on a small screen
        beside.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for actions in self._own.values():
            beside.addActions(list(actions))
        self.tabs.setCornerWidget(beside)
        self.tabs.currentChanged.connect(self._show_actions)
        self._show_actions(0)

    def _show_actions(self, at: int) -> None:
        for tab, actions in self._own.items():
            for action in actions:
                action.setVisible(tab == at)

    # Showing

    def go(self, by: int) -> None:
        """Show the year before (−1) or after (1)."""
        self.year += by
        self.refresh()

    def records(self) -> Mapping[Grid, str]:
        return {}  # lines of a sum are no records

    def listed(self) -> Grid:
        return self.copies if self.tabs.currentIndex() == COPIES else self.units

    def span(self) -> str:
        return f"{self.year}年　{self.name}"

    def printed(self) -> Sheet | None:
        return one_page(self.facts, self.scenario()) if self.facts and self.name in self._offered else None

    def picture(self) -> Picture | None:
        return estimate_chart.picture([self._results[name] for name in dict.fromkeys((self.name, *self.compared)) if name in self._results])

    def scenario(self) -> Scenario:
        """The scenario in front."""
        return self._offered[self.name][1]

    def refresh(self) -> None:
        """Read the book again and work every scenario out."""
        self.shown_year.setText(f"{self.year} 年")
        kept = self.copies.refresh()
        self.tabs.setTabText(COPIES, f"存档与复函 ({kept})" if kept else "存档与复函")
        try:
            self.facts = self.desk.read(facts_in, check_period(self.desk.as_of))
            self._offered = self.desk.read(acts.offered, self.facts, self.year)
            self._results = {name: estimate(self.facts, scenario) for name, (_, scenario) in self._offered.items()}
        except ValueError as refusal:  # a day before the notice
            self.facts, self._offered, self._results = None, {}, {}
            self._show_none(str(refusal))
            return
        if self.name not in self._offered:
            self.name = self._first()
        first = [self.name, *(name for name in self._offered if name != self.name)][: estimate_lists.MOST]
        self.compared = [name for name in self._offered if name in (self.compared or first)] or [name for name in self._offered if name in first]
        self._list_scenarios()
        self._show()

    def _first(self) -> str:
        """Whom the page begins with: the scenario 附表3 is filled in from, else the newest of the county's own, else the first."""
        reported = self.facts.scenario.name if self.facts and self.facts.scenario else ""
        own = [name for name, (number, _) in self._offered.items() if number is not None]
        return reported if reported in self._offered else own[-1] if own else next(iter(self._offered))

    def _list_scenarios(self) -> None:
        self.scenarios.blockSignals(True)
        self.scenarios.clear()
        reported = self.facts.scenario.name if self.facts and self.facts.scenario and self.facts.scenario.year == self.year else ""
        for name, (number, _) in self._offered.items():
            tags = [word for word, fits in (("附表3", name == reported), ("自带", number is None)) if fits]
            item = QListWidgetItem(f"{name}　（{'，'.join(tags)}）" if tags else name)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if name in self.compared else Qt.CheckState.Unchecked)
            self.scenarios.addItem(item)
            if name == self.name:
                self.scenarios.setCurrentItem(item)
        self.scenarios.blockSignals(False)

    def _choose(self, at: int) -> None:
        item = self.scenarios.item(at)
        if item is not None and item.data(Qt.ItemDataRole.UserRole) != self.name:
            self.name = item.data(Qt.ItemDataRole.UserRole)
            self._show()

    def _tick(self, item: QListWidgetItem) -> None:
        name, on = item.data(Qt.ItemDataRole.UserRole), item.checkState() is Qt.CheckState.Checked
        if on and name not in self.compared and len(self.compared) == estimate_lists.MOST:
            self.scenarios.blockSignals(True)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.scenarios.blockSignals(False)
            self.status.emit(f"最多并排比较 {estimate_lists.MOST} 个方案。请先取消一个。")
            return
        self.compared = [one for one in self._offered if (one in self.compared or one == name) and (one != name or on)]
        self._show_side()

    def _show(self) -> None:
        facts, result = self.facts, self._results[self.name]
        assert facts is not None
        self.inputs.show_scenario(self.scenario(), result)
        self.answer.show_result(facts, result, self.desk.read(acts.coming, facts, self.year))
        self.units.set_rows(estimate_lists.unit_rows(result))
        self.changes.set_rows(estimate_lists.change_rows(sensitivities(facts, self.scenario())))
        self.departures.show_scenario(self.scenario())
        self.tabs.setTabText(DEPARTURES, f"经济补偿 ({len(self.scenario().departures)})" if self.scenario().departures else "经济补偿")
        for action in (self.adding, self.reporting, self.freezing):
            action.setEnabled(True)
        self.discarding.setEnabled(self._offered[self.name][0] is not None)
        self._show_side()
        self.status.emit(f"{self.year} 年“{self.name}”，按截至 {facts.period.as_of} 的台账测算")

    def _show_none(self, why: str) -> None:
        self.scenarios.blockSignals(True)
        self.scenarios.clear()
        self.scenarios.blockSignals(False)
        for action in (self.adding, self.reporting, self.freezing, self.discarding):
            action.setEnabled(False)
        self.inputs.show_scenario(None, None)
        self.answer.show_none(why)
        for grid in (self.side, self.units, self.changes):
            grid.set_rows(())
        self.departures.show_scenario(None)
        self.chart.show_results(())
        self.status.emit(why)

    def _open(self, card: str) -> None:
        if card == GIVEN:
            self.visit.emit(FUNDS)
        else:
            self.tabs.setCurrentIndex(BY_UNIT if card == NEED else COMPARE)

    def _follow(self, way: str) -> None:
        if way != EXPECT:
            self.visit.emit(way)
            return
        if self.facts is not None:
            self.desk.act(acts.expect_fund, self.facts, self.year)

    def _show_side(self) -> None:
        results = [self._results[name] for name in self.compared]
        self.side.model.columns = estimate_lists.side_columns(results)
        for at in range(estimate_lists.MOST):
            self.side.view.setColumnHidden(at + 1, at >= len(results))
        self.side.set_rows(estimate_lists.side_rows(results))
        self.side.view.viewport().update()
        self.side.view.filters.viewport().update()
        self.chart.show_results(results)

    # Doing

    def keep(self, scenario: Scenario) -> None:
        """Keep the scenario in front as the clerk changed it. ValueError with a sentence for inputs that cannot be."""
        compared = [scenario.name if one == self.name else one for one in self.compared]
        self._keep(scenario, self._offered[self.name][0], compared)

    def _keep(self, scenario: Scenario, number: int | None, compared: list[str]) -> None:
        before = self.name, self.compared
        self.name, self.compared = scenario.name, compared
        try:
            self.desk.act(acts.keep, scenario, number)
        except ValueError:
            self.name, self.compared = before
            raise

    def _number(self) -> int:
        """The number in the book of the scenario in front, kept first where it is not."""
        number, scenario = self._offered[self.name]
        return number if number is not None else self.desk.act(acts.keep, scenario)

    def ask_new(self) -> Ask:
        """新增方案: a name, and the scenario whose inputs it begins with; returns the question, which is open."""
        names = tuple(self._offered)
        fields = {
            "name": Field("方案名称", TEXT, required=True, hint=f"如：{self.year}年预算测算A"),
            "like": Field("照哪个方案", choice("方案", names), required=True, hint="先照它的数，再改不同的"),
        }

        def make(values: Mapping[str, Any]) -> None:
            made = replace(self._offered[values["like"]][1], name=values["name"].strip())
            self._keep(made, None, [*self.compared, made.name] if len(self.compared) < estimate_lists.MOST else self.compared)

        question = Ask("新增测算方案", f"{self.year} 年的测算方案。", fields, make, self.desk.today, self, {"like": self.name})
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()
        return question

    def report(self) -> None:
        """附表3 of the year is filled in from the scenario in front."""
        self.desk.act(acts.report, self._number())

    def freeze(self) -> None:
        """存档 of the scenario in front."""
        if self.facts is not None:
            self.desk.act(acts.freeze, self.facts, self.scenario(), self.desk.today())
            self.tabs.setCurrentIndex(COPIES)
            self.status.emit(f"“{self.name}”已存档。发函、复函的文号和日期在这里登记。")

    def discard(self) -> None:
        """移走方案: into the recycle bin."""
        number = self._offered[self.name][0]
        if number is not None:
            ask_to_discard(self.desk, Row({"scenario": (number,)}, ()), f"测算方案“{self.name}”", "自带的方案移走后恢复原样。", self)

    def _change_unit(self, edits: list[Edit], _name: str) -> None:
        scenario = self.scenario()
        for edit in edits:
            scenario = estimate_lists.with_unit(scenario, edit.row.keys["scenario"][0], edit.column.id, edit.value)
        self.keep(scenario)

    def export(self) -> bool:
        """The scenario and the comparison as one workbook."""
        if self.facts is None:
            return False
        name = f"{self.desk.book.face.name}_资金需求测算_{self.year}年_{self.name}.xlsx"
        chosen, _ = QFileDialog.getSaveFileName(self, "导出测算", str(Path.home() / name), "Excel 工作簿 (*.xlsx)")
        if chosen:
            try:
                written = write_estimate(
                    self.facts, self.scenario(), [self._results[one] for one in self.compared], Path(chosen).with_suffix(".xlsx"), self.desk.today()
                )
                self.status.emit(f"已导出：{written}")
            except (ValueError, OSError) as failed:
                QMessageBox.warning(self, "导出测算", str(failed))
        return True
