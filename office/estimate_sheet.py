"""资金需求测算 on paper and as a workbook: a scenario or a kept copy as one page, and scenarios side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from db import facts as db_facts
from db.rows import row
from office.estimate import frozen
from policy.estimate import ITEMS, RESERVE, SEVERANCE, Estimate, estimate, sensitivities
from policy.estimate_facts import Scenario
from policy.facts import County, Facts
from returns.form import reporter
from returns.forms.estimate import sheet
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value
from returns.task import Task, signature_line

TASK: Final = Task("资金需求测算")

Take = Callable[[Estimate], Value]
COMPARED: Final[tuple[tuple[str, Measure, Take], ...]] = (
    ("资金需求（万元）", Measure.WAN, lambda one: one.total),
    ("资金来源（万元）", Measure.WAN, lambda one: one.given if one.fund_known else None),
    ("资金缺口（万元）", Measure.WAN, lambda one: one.gap if one.fund_known else None),
    ("保障率", Measure.RATE, lambda one: one.coverage if one.fund_known else None),
    ("其中：工作经费保障率", Measure.RATE, lambda one: one.fund_coverage),
    ("预计户数", Measure.COUNT, lambda one: one.households),
    ("户均成本（元/户·年）", Measure.YUAN, lambda one: one.per_household),
    ("岗位数", Measure.COUNT, lambda one: one.posts),
    ("购买服务人数", Measure.COUNT, lambda one: one.bought),
    ("其中：新增", Measure.COUNT, lambda one: sum(line.new or 0 for line in one.lines)),
    ("工资标准（元/人·年）", Measure.YUAN, lambda one: one.wage),
    ("每人全年成本（元）", Measure.YUAN, lambda one: one.person),
    *((f"{item}（万元）", Measure.WAN, lambda one, item=item: one.items[item]) for item in (*ITEMS, SEVERANCE, RESERVE)),
)
"""Figures of scenarios side by side: words, how it is shown, how it is taken of a result."""


def one_page(facts: Facts, scenario: Scenario) -> Sheet:
    """A scenario as it stands now, upright on one page, with its sensitivities."""
    laid = sheet(estimate(facts, scenario), reporter(facts), _day(facts.period.as_of), TASK, sensitivities(facts, scenario))
    return _signed(laid, facts.county)


def copy_page(connection: Any, number: int) -> Sheet:
    """A kept copy as it was sent (for `book.read`)."""
    county, kept = db_facts.county(connection), frozen(connection, number)
    held = row(connection, "estimate_copy", (number,)) or {}
    return _signed(sheet(kept, f"{county.name}民政局", _day(held["as_of"]), TASK, note=f"本表为 {held['made_on']} 存档的测算。"), county)


def _signed(laid: Sheet, county: County) -> Sheet:
    return replace(laid, key="资金需求测算", corner=(), signatories=signature_line(TASK, county), landscape=False)


def _day(day: date) -> str:
    return f"截至{day.year}年{day.month}月{day.day}日"


def comparison(results: Sequence[Estimate], by: str, as_of: date) -> Sheet:
    """Scenarios side by side: a line a figure, a column a scenario."""
    names = [Column("", one.scenario.name, Measure.WAN, width=7) for one in results]
    lines = [
        Row(words, Scope.OTHER, (Cell(words), *(_figure(take(one), measure) for one in results)))
        for words, measure, take in COMPARED
        if any(take(one) for one in results)
    ]
    years = "、".join(dict.fromkeys(f"{one.scenario.year}年" for one in results))
    return Sheet(
        "方案比较", "资金需求测算方案比较", (), (by, f"{years}（按{_day(as_of)}数据测算）", ""),
        (Column("", "项目", Measure.LONG, width=12), *names), tuple(lines),
        footer=("缺口为负数的，资金有余；“—”为没有登记低保资金支出，来源算不出来。",), landscape=False,
    )  # fmt: skip


def _figure(value: Value, measure: Measure) -> Cell:
    return Cell(NOT_APPLICABLE if value is None else value, measure=measure)


def write_estimate(facts: Facts, scenario: Scenario, compared: Sequence[Estimate], target: Path, day: date) -> Path:
    """The scenario and the comparison as a workbook, read back before it counts."""
    from returns.workbook import write  # brings openpyxl, which takes longer to load than the window

    sheets = [one_page(facts, scenario)]
    if compared:
        sheets.append(comparison(compared, reporter(facts), facts.period.as_of))
    return write(sheets, target, day)
