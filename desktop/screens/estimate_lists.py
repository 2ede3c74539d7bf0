"""The lists of 资金需求测算: scenarios side by side, by unit, what changes would do; their columns and rows from a result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from db.lists import Column, Row
from db.lists.columns import computed
from db.lists.estimate import AMOUNT
from office.estimate_sheet import COMPARED
from policy.estimate import ITEMS, Change, Estimate
from policy.estimate_facts import Scenario
from policy.kinds import Field, Kind
from policy.kinds.change import CHANGE
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT
from returns.sheet import Cell, shown

MOST: Final = 4
"""Scenarios side by side."""
_LONGEST: Final = 9
"""Characters of a scenario's name over its column."""
FIGURE: Final = Kind("数", lambda raw, today: raw, align="right")
"""A figure that is only shown, as printed."""
SIDE_BY_SIDE: Final = (computed("figure", "项目", TEXT, 10), *(computed(f"s{at}", "", FIGURE, 7) for at in range(MOST)))
UNITS: Final = (
    computed("unit", "单位", TEXT, 8),
    computed("households", "预计户数", replace(FIGURE, sums=False), 5),
    Column("growth", Field("户数增减", CHANGE, hint="这个单位与全县不同的才填，如 10% 或 -10%"), "scenario", "growth", 5),
    computed("posts", "岗位数", COUNT, 4),
    Column("fixed", Field("其他渠道开支", COUNT, hint="编制等其他渠道开支的人数；清空按台账"), "scenario", "fixed", 6),
    computed("bought", "购买服务", COUNT, 5),
    computed("new", "其中新增", COUNT, 5),
    computed("total", "合计（元）", MONEY, 7),
    *(computed(f"i{at}", item, MONEY, 6) for at, item in enumerate(ITEMS)),
)
CHANGES: Final = (
    computed("words", "变动", TEXT, 14),
    computed("more", "需求增减（元）", AMOUNT, 9),
    computed("total", "变动后的需求（元）", AMOUNT, 10),
)


def side_columns(results: Sequence[Estimate]) -> tuple[Column, ...]:
    """The columns named after the scenarios."""
    named = [
        replace(column, field=replace(column.field, label=_short(one.scenario.name), hint=one.scenario.name))
        for column, one in zip(SIDE_BY_SIDE[1:], results, strict=False)
    ]
    return (SIDE_BY_SIDE[0], *named, *SIDE_BY_SIDE[1 + len(named) :])


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def side_rows(results: Sequence[Estimate]) -> list[Row]:
    """A line a figure; what is nothing in every scenario is left out."""
    blank = ("",) * (MOST - len(results))
    lines = []
    for words, measure, take in COMPARED:
        values = [take(one) for one in results]
        if any(values):
            lines.append(Row({"figure": (words,)}, (words, *(shown(Cell(value), measure) if value is not None else "—" for value in values), *blank)))
    return lines


def unit_rows(result: Estimate) -> list[Row]:
    """A line a unit; of a unit whose households are missing the posts and costs stay blank."""
    rows = []
    for line in result.lines:
        known = line.posts is not None
        households = None if line.households is None else shown(Cell(line.households), COMPARED[5][1])
        items = tuple(line.items[item] if known else None for item in ITEMS)
        values = (
            line.unit.name, households, result.scenario.growth_of.get(line.unit.id), line.posts, line.fixed, line.bought, line.new,
            line.total if known else None, *items,
        )  # fmt: skip
        marks = {} if known else {"households": "户数未报，没有计入。请在“机构与应配”里填报户数"}
        rows.append(Row({"scenario": (line.unit.id,)}, values, marks))
    return rows


def change_rows(changes: Sequence[Change]) -> list[Row]:
    """A line a change."""
    return [Row({"change": (one.words,)}, (one.words, one.more, one.total)) for one in changes]


def with_unit(scenario: Scenario, unit: int, column: str, value: Any) -> Scenario:
    """The scenario with a unit's own growth or heads paid otherwise; None takes it back."""
    before = scenario.growth_of if column == "growth" else scenario.fixed_of
    held = {one: kept for one, kept in before.items() if one != unit} | ({} if value is None else {unit: value})
    return replace(scenario, growth_of=held) if column == "growth" else replace(scenario, fixed_of=held)
