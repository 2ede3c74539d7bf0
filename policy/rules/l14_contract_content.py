"""派遣人员的劳动合同内容不全，或者调动没有变更

看什么：被派遣人员的劳动合同是否载明用工单位、派遣期限、工作岗位；合同期内调整派驻单位的，有没有变更协议。

怎么算：截至日期有效的劳动合同，三项没有全部勾选“是”的提出；合同起始以后调到另一个单位，最近变更协议日期早于调动日期（或者没有）的提出，当天变更的不提出。

怎么办：对照合同原件勾选；调整派驻单位时，由派遣单位与本人签订变更协议。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from policy import example
from policy.contract_facts import DISPATCH
from policy.example_contracts import labour, with_labour
from policy.facts import Assignment, Facts
from policy.finding import NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.under_contract import employed, labour_of, type_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    day, contracts = facts.period.as_of, labour_of(facts)
    units = {u.id: u for u in facts.units}
    for e in employed(facts):
        c = next((c for c in reversed(contracts.get(e.id, [])) if c.start <= day), None)
        if c is None or type_of(e, facts) != DISPATCH:
            continue
        stated = (("用工单位", c.names_unit), ("派遣期限", c.names_term), ("工作岗位", c.names_post))
        lacks = [words for words, said in stated if said is not True]
        if lacks:
            said = f"{c.start} 的劳动合同没有登记载明{'、'.join(lacks)}"
            yield found(rule, facts, NO_DATA, said, measured=f"缺 {len(lacks)} 项", required="三项载明", engagement=e)
        moves = [b for a, b in pairwise(e.assignments) if a.unit != b.unit and c.start < b.start <= day]
        if moves and (c.amended_on is None or c.amended_on < moves[-1].start):
            to = units.get(moves[-1].unit)
            said = f"{moves[-1].start} 调到{to.name if to else '另一单位'}，之后没有劳动合同变更协议"
            yield found(rule, facts, NO_DATA, said, measured="没有变更", required=f"{moves[-1].start} 起有变更协议", engagement=e, unit=to)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    places = (Assignment(1, 2, date(2024, 1, 1), date(2026, 5, 31)), Assignment(2, 1, date(2026, 6, 1), None))
    moved = example.engagement(assignments=places)
    yield "没有载明派遣期限", with_labour(labour(names_term=False)), 1
    yield "三项载明", with_labour(labour()), 0
    yield "6 月 1 日调动，5 月 31 日变更", with_labour(labour(amended_on=date(2026, 5, 31)), worker=moved), 1
    yield "6 月 1 日调动，当天变更", with_labour(labour(amended_on=date(2026, 6, 1)), worker=moved), 0
    yield "6 月 1 日调动，没有变更", with_labour(labour(), worker=moved), 1


L14 = Rule("L14", "派遣人员劳动合同内容不全", SOFT, RISK, "劳动合同法第五十八条", __doc__, _find, _cases)
