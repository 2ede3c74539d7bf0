"""试用期超过法定上限，或者约定了两次

看什么：劳动合同约定的试用期，是否超过按合同期限允许的上限；同一用人单位对同一人，是否约定了两次试用期。

怎么算：期限不满三个月的、以完成一定工作任务为期限的不得约定；三个月以上不满一年的不超过一个月；一年以上不满三年的不超过两个月；三年以上和无固定期限的不超过六个月。
从合同起始日算，首尾都算，晚一天也提出。

怎么办：督促用人单位改正；已超期试用的，核对超过部分的工资。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from policy.example_contracts import labour, with_labour
from policy.facts import Facts
from policy.finding import HIGH, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.labour import probation_cap, probation_last_day
from policy.labour_facts import LabourContract
from policy.under_contract import employed, labour_of_person


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    table = facts.parameters.probation
    people = {e.person.id: e for e in employed(facts)}
    for person, contracts in labour_of_person(facts).items():
        tried: dict[str, LabourContract] = {}
        for c in contracts:
            if c.probation_end is None or person not in people:
                continue
            last, before = probation_last_day(c, table), tried.setdefault(c.employer, c)
            if c.probation_end > last:
                cap = probation_cap(c, table)
                said = f"合同 {c.start} 至 {c.end or '无固定期限'}，试用期不超过 {cap} 个月（至 {last}），约定至 {c.probation_end}"
            elif before is not c:
                said = f"{c.employer or '同一用人单位'}在 {before.start} 的合同已约定试用期，{c.start} 的合同又约定至 {c.probation_end}"
            else:
                continue
            must = f"{last} 以前，只约定一次"
            yield found(rule, facts, WRONG_DATA, said, measured=f"至 {c.probation_end}", required=must, engagement=people[person])


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def one(end: date | None, probation: date) -> Facts:
        return with_labour(labour(end=end, probation_end=probation))

    yield "一年期，试用至第三个月第一天", one(date(2024, 12, 31), date(2024, 3, 1)), 1
    yield "一年期，试用两个月", one(date(2024, 12, 31), date(2024, 2, 29)), 0
    yield "差一天满一年，试用两个月", one(date(2024, 12, 30), date(2024, 2, 29)), 1
    yield "三年期，试用六个月", one(date(2026, 12, 31), date(2024, 6, 30)), 0
    yield "差一天满三年，试用六个月", one(date(2026, 12, 30), date(2024, 6, 30)), 1
    second = labour(2, seq=2, start=date(2028, 1, 1), end=date(2030, 12, 31), probation_end=date(2028, 1, 31))
    first = labour(probation_end=date(2024, 2, 1))
    later: dict[str, Any] = {"as_of": date(2028, 6, 30), "period": "2028"}
    yield "续订又约定试用期", with_labour(first, second, **later), 1
    yield "换了用人单位", with_labour(first, replace(second, employer="另一家公司"), **later), 0


L03 = Rule("L03", "试用期超过上限或约定两次", SOFT, RISK, "劳动合同法第十九条", __doc__, _find, _cases, HIGH)
