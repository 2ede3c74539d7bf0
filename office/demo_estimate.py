"""The demo county looking ahead: what 低保 cost in the return year so far, the county's own scenario and hiring plan for the year after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from db.change import Change
from db.rows import defaults
from office.demo_funds import OWN_BUDGET
from office.estimate import write_scenario
from policy.estimate_facts import Scenario

SPENT: Final = (("中央", 3_600_000_000), ("省", 1_540_000_000), ("市", 510_000_000), ("县", 1_550_000_000))
"""执行数 of the return year: 7,200 万元, 3 % of it 216 万元."""
HIRES: Final = ((12, 2, 3), (5, 1, 4), (9, 1, 4), (1, 1, 5), (13, 1, 5))
"""Unit, heads, month: the six posts that are short, the worst unit first, two a month from March."""
_BASIS: Final = "演示数据，非实际标准"


def ahead(year: int, after: int) -> Iterator[Change]:
    """低保资金支出 of `year` numbered after `after`, a scenario of the next year and the plan to fill what is short."""
    for level, amount in SPENT:
        for area, part in (("城", amount // 10), ("农", amount - amount // 10)):
            after += 1
            values = {"id": after, "year": year, "level": level, "area": area, "caliber": "执行", "amount": part}
            yield Change("dibao_spend", (after,), None, defaults("dibao_spend") | values)
    scenario = Scenario(
        f"{year + 1}年预算测算", year + 1, rate=2500, fee=10_000, months=12, fill_month=3, training=50_000, recruiting=80_000, supply={OWN_BUDGET: 60_000_000},
        sources=dict.fromkeys(("rate", "fee", "fill_month", "training", "recruiting", OWN_BUDGET), _BASIS),
    )  # fmt: skip
    values = {"id": 1, "name": scenario.name, "year": scenario.year, "inputs": write_scenario(scenario)}
    yield Change("scenario", (1,), None, defaults("scenario") | values)
    plan = {"id": 1, "name": f"{year + 1}年补缺招录计划", "year": year + 1, "note": "先补缺口大的镇，三月起每月到岗两人"}
    yield Change("hiring_plan", (1,), None, defaults("hiring_plan") | plan)
    for at, (unit, heads, month) in enumerate(HIRES, 1):
        yield Change("hiring_line", (at,), None, defaults("hiring_line") | {"id": at, "plan": 1, "unit": unit, "heads": heads, "month": month})
