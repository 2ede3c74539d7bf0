"""经济补偿 of a scenario: groups of workers whose contract is expected to end without renewal, with what is then due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt

from db.lists import Column, Edit, Row
from db.lists.columns import computed
from db.lists.estimate import AMOUNT
from desktop.ask import Ask
from desktop.grid import Grid
from desktop.page import Action, qaction
from policy.estimate_facts import Departure, Scenario
from policy.figures import half_up
from policy.kinds import Field
from policy.kinds.change import HALF_YEARS
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT

COLUMNS: Final = (
    Column("heads", Field("人数", COUNT, required=True), "scenario", "heads", 5),
    Column("years", Field("工作年限", HALF_YEARS, required=True, hint="劳动合同法第四十七条：满半年不满一年按一年，不满半年按半年"), "scenario", "years", 6),
    Column("monthly", Field("月工资", AMOUNT, required=True, hint="终止前十二个月的平均工资"), "scenario", "monthly", 8),
    computed("amount", "经济补偿（元）", MONEY, 9),
)


class Departures(Grid):
    """The groups; `take` is given the scenario as the clerk wants it."""

    def __init__(self, take: Callable[[Scenario], object], today: Callable[[], date]) -> None:
        super().__init__(COLUMNS, self._change, today)
        self._take, self._today = take, today
        self.scenario: Scenario | None = None
        self.view.nothing = "没有预计到期不续的人员。用“新增人员…”填写人数、工作年限和月工资。"
        self.view.filters.show_boxes(False)
        self.own_actions = (
            qaction(Action("新增人员…", self.ask_new, "plus", tip="预计到期不续、要付经济补偿的人员"), self),
            qaction(Action("移走这一行", self.remove, "trash", tip="可以撤销"), self),
        )
        self.view.addActions(list(self.own_actions))

    def show_scenario(self, scenario: Scenario | None) -> None:
        """Show a scenario's groups; None: nothing."""
        self.scenario = scenario
        self.set_rows([
            Row({"scenario": (at,)}, (one.heads, one.years, one.monthly, half_up(one.heads * one.years * one.monthly)))
            for at, one in enumerate(scenario.departures if scenario else ())
        ])  # fmt: skip

    def ask_new(self) -> Ask | None:
        """Ask for a group; returns the question, which is open."""
        scenario = self.scenario
        if scenario is None:
            return None

        def add(values: Mapping[str, Any]) -> None:
            self._take(replace(scenario, departures=(*scenario.departures, Departure(**values))))

        fields = {column.id: column.field for column in COLUMNS if column.editable}
        question = Ask("新增经济补偿", "预计到期不续的人员，经济补偿＝人数×工作年限×月工资。", fields, add, self._today, self)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()
        return question

    def remove(self) -> None:
        """Take the line the clerk stands on away."""
        row = self.view.current_row()
        if row and self.scenario:
            (at,) = row.keys["scenario"]
            self._take(replace(self.scenario, departures=tuple(one for place, one in enumerate(self.scenario.departures) if place != at)))

    def _change(self, edits: list[Edit], _name: str) -> None:
        assert self.scenario is not None
        departures = list(self.scenario.departures)
        for edit in edits:
            (at,) = edit.row.keys["scenario"]
            departures[at] = replace(departures[at], **{edit.column.id: edit.value})
        self._take(replace(self.scenario, departures=tuple(departures)))
