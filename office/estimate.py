"""资金需求测算 and 招录计划 as acts: scenarios kept in the book, copies frozen for 财政, a plan that becomes a 招录批次."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults, next_ids, row, rows
from office.check import parameters_in
from policy.contract_facts import WORK_FUND
from policy.estimate import Estimate, check_inputs, estimate, expected_fund, proposals
from policy.estimate_facts import Scenario
from policy.facts import Facts
from policy.figures import percent
from policy.frozen import plain, record
from policy.hiring import Hire
from policy.parameters import Parameters

_RECKONED: Final[tuple[tuple[str, Callable[[Parameters], object]], ...]] = (
    ("配备档次", lambda one: [(bands.bounds, bands.needs) for bands in (one.county_bands, one.town_bands)]),
    ("临界口径", lambda one: one.boundary_mode),
    ("救助对象户数口径", lambda one: (one.weights, one.destitute_by, one.caseload_date)),
    ("工作经费比例或基数", lambda one: (one.fund_rate, one.fund_base_mode, one.fund_caliber)),
)
"""Parameters an estimate is made with, besides those that carry their own dates."""


def scenarios(connection: Any) -> list[tuple[int, Scenario]]:
    """Every scenario of the book, by number (for `book.read`)."""
    return [(one["id"], read_scenario(one["inputs"])) for one in rows(connection, "scenario")]


def read_scenario(text: str) -> Scenario:
    """A scenario as it is kept or written in a file. ValueError with a sentence for what is none."""
    try:
        found = record(json.loads(text), Scenario)
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError("测算方案读不出来。请检查文件是不是本程序导出的测算方案。") from error
    if not isinstance(found, Scenario):
        raise ValueError("文件里不是测算方案。请选择本程序导出的测算方案。")
    return found


def write_scenario(scenario: Scenario) -> str:
    """A scenario as text: inputs with their sources."""
    return json.dumps(plain(scenario), ensure_ascii=False, sort_keys=True)


def keep(book: Book, scenario: Scenario, number: int | None = None) -> int:
    """Keep a scenario, a new one or instead of `number`; returns its number."""
    if not scenario.name.strip():
        raise Refused("请给测算方案起个名称，例如“2027年预算测算A”。")
    check_inputs(scenario)
    if any(one["id"] != number for one in book.read(rows, "scenario", year=scenario.year, name=scenario.name)):
        raise Refused(f"{scenario.year} 年已有名为“{scenario.name}”的测算方案。请换一个名称。")
    values = {"name": scenario.name, "year": scenario.year, "inputs": write_scenario(scenario)}
    if number is None:
        number = book.read(next_ids)["scenario"]
        book.act(f"新增测算方案 {scenario.name}", [Change("scenario", (number,), None, defaults("scenario") | {"id": number} | values)])
        return number
    before = _whole(book, "scenario", number)
    changed = {name: value for name, value in values.items() if before[name] != value}
    if changed:
        book.act(f"修改测算方案 {scenario.name}", [Change("scenario", (number,), {name: before[name] for name in changed}, changed)])
    return number


def offered(connection: Any, facts: Facts, year: int) -> dict[str, tuple[int | None, Scenario]]:
    """The scenarios of a year by name, with their number in the book: the four that come with the program (None, until somebody
    changes an input and so keeps them), then the county's own (for `book.read`)."""
    found: dict[str, tuple[int | None, Scenario]] = {one.name: (None, one) for one in proposals(facts, year)}
    return found | {scenario.name: (number, scenario) for number, scenario in scenarios(connection) if scenario.year == year}


def coming(connection: Any, facts: Facts, year: int) -> tuple[str, ...]:
    """What an estimate of a year does not reckon with yet, as a sentence: a rule set that holds on its first day and not on the facts' (for
    `book.read`). Floors and employer rates carry their own dates and are reckoned with."""
    first, day = date(year, 1, 1), facts.period.as_of
    if first <= day:
        return ()
    now, then = facts.parameters, parameters_in(connection, first)
    changed = [words for words, of in _RECKONED if of(now) != of(then)]
    if not changed:
        return ()
    return (f"自 {first} 起执行的政策参数（{then.name}）改了{'、'.join(changed)}，本测算仍按 {day} 的参数。要按新参数测算，请把截至日期改为 {first}。",)


def expect_fund(book: Book, facts: Facts, year: int) -> int:
    """What the work fund may be expected to give, by the newest year whose 低保 spending is registered, into every scenario of the
    year that says nothing of it, as one act; returns how many. Refused where no year is registered."""
    expected = expected_fund(facts, year)
    if expected is None:
        raise Refused("台账里没有登记任何一年的低保资金支出。请先登记，或直接填写工作经费。")
    before, amount = expected
    basis = f"按{before}年低保资金支出的 {percent(facts.parameters.fund_rate)} 预计"
    number, changes, filled = book.read(next_ids)["scenario"], [], 0
    for kept, scenario in book.read(offered, facts, year).values():
        if WORK_FUND in scenario.supply:
            continue
        made = replace(scenario, supply={**scenario.supply, WORK_FUND: amount}, sources={**scenario.sources, WORK_FUND: basis})
        after = {"inputs": write_scenario(made)}
        if kept is None:
            changes.append(Change("scenario", (number,), None, defaults("scenario") | after | {"id": number, "name": made.name, "year": year}))
            number += 1
        else:
            changes.append(Change("scenario", (kept,), {"inputs": _whole(book, "scenario", kept)["inputs"]}, after))
        filled += 1
    if changes:
        book.act(f"{year}年工作经费按{before}年支出预计", changes)
    return filled


def report(book: Book, number: int) -> None:
    """Choose the scenario 附表3 of its year is filled in from, instead of the one chosen before; the chosen one again: none."""
    whole = _whole(book, "scenario", number)
    chosen = [one for one in book.read(rows, "scenario", year=whole["year"]) if one["reported"]]
    changes = [Change("scenario", (one["id"],), {"reported": True}, {"reported": False}) for one in chosen]
    if whole["reported"]:
        book.act(f"附表3不再按测算方案 {whole['name']} 填报", changes)
    else:
        book.act(f"附表3按测算方案 {whole['name']} 填报", [*changes, Change("scenario", (number,), {"reported": False}, {"reported": True})])


def _whole(book: Book, table: str, number: int) -> dict[str, Any]:
    found = book.read(row, table, (number,))
    if found is None:
        raise Refused("这条记录已经不在了。请刷新。")
    return found


def freeze(book: Book, facts: Facts, scenario: Scenario, made_on: date) -> int:
    """Keep what a scenario comes to now, for the letter to 财政; returns the copy's number. It never changes when the book moves."""
    result = estimate(facts, scenario)
    number = book.read(next_ids)["estimate_copy"]
    values = {
        "id": number, "name": scenario.name, "year": scenario.year, "as_of": facts.period.as_of, "made_on": made_on, "total": result.total,
        "given": result.given, "result": json.dumps(plain(result), ensure_ascii=False),
    }  # fmt: skip
    book.act(f"存档测算 {scenario.name}", [Change("estimate_copy", (number,), None, defaults("estimate_copy") | values)])
    return number


def frozen(connection: Any, number: int) -> Estimate:
    """A kept copy as it was (for `book.read`)."""
    kept = row(connection, "estimate_copy", (number,))
    if kept is None:
        raise Refused("这份测算存档已经不在了。请刷新。")
    found = record(json.loads(kept["result"]), Estimate)
    assert isinstance(found, Estimate)
    return found


def keep_plan(book: Book, name: str, year: int, hires: Sequence[Hire], note: str = "") -> int:
    """Keep a hiring plan with its lines; returns its number."""
    if not name.strip():
        raise Refused("请给招录计划起个名称，例如“2027年招录计划”。")
    if not hires:
        raise Refused("招录计划里还没有单位和人数。请至少安排一个单位。")
    ids = book.read(next_ids)
    plan, first = ids["hiring_plan"], ids["hiring_line"]
    changes = [Change("hiring_plan", (plan,), None, defaults("hiring_plan") | {"id": plan, "name": name, "year": year, "note": note or None})]
    for at, one in enumerate(hires, first):
        values = {"id": at, "plan": plan, "unit": one.unit, "heads": one.heads, "month": one.month}
        changes.append(Change("hiring_line", (at,), None, values))
    book.act(f"新增招录计划 {name}", changes)
    return plan


def hires_of(connection: Any, plan: int) -> tuple[Hire, ...]:
    """The lines of a plan by month, then as entered (for `book.read`)."""
    lines = sorted(rows(connection, "hiring_line", plan=plan), key=lambda one: (one["month"], one["id"]))
    return tuple(Hire(one["unit"], one["heads"], one["month"]) for one in lines)


def to_batch(book: Book, plan: int) -> int:
    """转为招录批次: the plan's heads by unit as a 招录批次 to be filled in; returns its number. Refused where it was done before."""
    whole = _whole(book, "hiring_plan", plan)
    if whole["batch"] is not None:
        raise Refused(f"“{whole['name']}”已经转为招录批次。请在“招录”里继续填报。")
    planned: dict[int, int] = {}
    for one in book.read(hires_of, plan):
        planned[one.unit] = planned.get(one.unit, 0) + one.heads
    if not planned:
        raise Refused(f"“{whole['name']}”里还没有单位和人数。请先安排。")
    ids = book.read(next_ids)
    batch, first = ids["recruit_batch"], ids["recruit_line"]
    last = max(one.month for one in book.read(hires_of, plan))
    values = {"id": batch, "name": whole["name"], "due": date(whole["year"], last, 1)}
    changes = [Change("recruit_batch", (batch,), None, defaults("recruit_batch") | values)]
    for at, (unit, heads) in enumerate(planned.items(), first):
        line = {"id": at, "batch": batch, "unit": unit, "planned": heads}
        changes.append(Change("recruit_line", (at,), None, defaults("recruit_line") | line))
    changes.append(Change("hiring_plan", (plan,), {"batch": None}, {"batch": batch}))
    book.act(f"转为招录批次 {whole['name']}", changes)
    return batch
