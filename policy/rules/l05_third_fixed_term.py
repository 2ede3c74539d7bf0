"""连续两次固定期限后仍订固定期限劳动合同

看什么：与同一人连续订立两次固定期限劳动合同后（次数可设置），再订的是否为无固定期限。

怎么算：按本人各份劳动合同的起止日期，前后相隔少于 30 天（可设置）的算连续；第三份仍是固定期限的提出。2025-09-01（可设置）以后，换了用人单位、派驻单位没有变的，也按连续计算。
劳动者本人要求订立固定期限的除外；公益性岗位不适用（劳动合同法实施条例第十二条，条号需确认），不查；劳务派遣是否适用，各地掌握不一。

怎么办：续订前征求本人意见并留存书面材料；符合条件的订立无固定期限劳动合同。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from policy import example
from policy.ending import PUBLIC_POST
from policy.example_contracts import labour, with_labour
from policy.facts import Engagement, Facts
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.labour import fixed_terms_in_row, must_be_open
from policy.labour_facts import OPEN
from policy.under_contract import employed, labour_of_person, type_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    limits, people = facts.parameters.limits, {e.person.id: e for e in employed(facts)}
    for person, contracts in labour_of_person(facts).items():
        if person in people and type_of(people[person], facts) != PUBLIC_POST and must_be_open(contracts, limits):
            row, newest = fixed_terms_in_row(contracts, limits), contracts[-1]
            changed = "（含更换用人单位）" if len({c.employer for c in contracts[-row:]}) > 1 else ""
            said = f"连续第 {row} 份固定期限劳动合同{changed}，{newest.start} 至 {newest.end}，满 {limits.fixed_terms} 份后应订无固定期限"
            yield found(rule, facts, WRONG_DATA, said, measured=f"第 {row} 份固定期限", required="无固定期限", engagement=people[person])


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def row(third: date, worker: Engagement | None = None, /, **changes: Any) -> Facts:
        first = labour(1, start=date(2020, 1, 1), end=date(2021, 12, 31))
        second = labour(2, seq=2, start=date(2022, 1, 1), end=third - timedelta(days=1))
        last = replace(labour(3, seq=3, start=third, end=date(2027, 12, 31)), **changes)
        return with_labour(first, second, last, **({"worker": worker} if worker else {}))

    new: dict[str, Any] = {"employer": "另一家公司"}
    yield "第三份仍是固定期限", row(date(2024, 1, 1)), 1
    yield "公益性岗位不查", row(date(2024, 1, 1), example.engagement(type=PUBLIC_POST)), 0
    yield "第三份是无固定期限", row(date(2024, 1, 1), kind=OPEN, end=None), 0
    yield "只有两份", with_labour(labour(1, end=date(2025, 12, 31)), labour(2, seq=2, start=date(2026, 1, 1))), 0
    yield "2025-09-01 换用人单位、原岗位", row(date(2025, 9, 1), **new), 1
    yield "2025-08-31 换用人单位、原岗位", row(date(2025, 8, 31), **new), 0
    yield "2025-09-01 换用人单位、换派驻单位", row(date(2025, 9, 1), unit=3, **new), 0


L05 = Rule("L05", "应订无固定期限（连续两次后）", SOFT, RISK, "劳动合同法第十四条、法释〔2025〕12号", __doc__, _find, _cases)
