"""试用期工资偏低

看什么：劳动合同约定的试用期月工资，是否低于约定月工资的 80%（比例可设置），或者低于当地最低工资。

怎么算：试用期月工资与约定月工资 × 80% 比较，再与合同起始日适用的最低工资（需先录入）比较，少 1 分也提出。没有填试用期工资的不查。

怎么办：督促用人单位补足差额。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from policy.example_contracts import labour, with_labour
from policy.facts import FULL, Facts
from policy.figures import percent, yuan
from policy.finding import HIGH, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.labour_facts import MinimumWage
from policy.under_contract import employed, labour_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    share, contracts = facts.parameters.limits.probation_wage_share, labour_of(facts)
    areas = ("", facts.county.name, facts.county.city)
    for e in employed(facts):
        for c in contracts.get(e.id, ()):
            if c.probation_wage is None or c.start > facts.period.as_of:
                continue
            floor = max((w for w in facts.minimum_wages if w.area in areas and w.since <= c.start), key=lambda w: w.since, default=None)
            least = [(Fraction((c.wage or 0) * share, FULL), f"约定工资 {yuan(c.wage or 0)} 元 × {percent(share)}")]
            least += [(Fraction(floor.monthly), f"{floor.since} 起的最低工资")] if floor else []
            amount, why = max(least)
            if c.probation_wage < amount:
                said = f"试用期工资 {yuan(c.probation_wage)} 元，低于{why}，即 {yuan(amount)} 元"
                yield found(
                    rule,
                    facts,
                    WRONG_DATA,
                    said,
                    measured=f"{yuan(c.probation_wage)} 元/月",
                    required=f"{yuan(amount)} 元/月",
                    engagement=e,
                )


def _cases() -> Iterable[tuple[str, Facts, int]]:
    wages = [MinimumWage(date(2024, 1, 1), "", 380_000)]
    yield "4,500.00 × 80% = 3,600.00 元，差 1 分", with_labour(labour(probation_wage=359_999)), 1
    yield "恰为 80%", with_labour(labour(probation_wage=360_000)), 0
    yield "最低工资 3,800.00 元，差 1 分", with_labour(labour(probation_wage=379_999), minimum_wages=wages), 1
    yield "恰为最低工资", with_labour(labour(probation_wage=380_000), minimum_wages=wages), 0
    yield "最低工资次日起才提高", with_labour(labour(probation_wage=379_999), minimum_wages=[MinimumWage(date(2024, 1, 2), "", 380_000)]), 0


L04 = Rule("L04", "试用期工资偏低", SOFT, RISK, "劳动合同法第二十条", __doc__, _find, _cases, HIGH)
