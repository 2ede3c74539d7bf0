"""连续工作满十年，劳动合同仍是固定期限

看什么：在同一用人单位连续工作满十年（可设置）的人员，截至日期有效的劳动合同是否为无固定期限。

怎么算：从入职日期算；非因本人原因更换用人单位、工龄连续计算的，从“工龄起算日期”算。满十年的当天起，有效的劳动合同仍是固定期限的提出。
公益性岗位不适用无固定期限的规定（劳动合同法实施条例第十二条，条号需确认），不查。

怎么办：到期续订时应订立无固定期限劳动合同，本人要求固定期限的，留存书面材料。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from policy import example
from policy.ending import PUBLIC_POST
from policy.example_contracts import labour, with_labour
from policy.facts import Facts
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.labour import open_term_day
from policy.labour_facts import FIXED, OPEN
from policy.under_contract import employed, labour_of, type_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    day, contracts = facts.period.as_of, labour_of(facts)
    for e in employed(facts):
        since = e.service_since or e.start
        full = open_term_day(since, facts.parameters.limits)
        now = next((c for c in reversed(contracts.get(e.id, [])) if c.start <= day), None)
        if now is not None and now.kind == FIXED and full <= day and type_of(e, facts) != PUBLIC_POST:
            said = f"{since} 起连续工作，{full} 已满 {facts.parameters.limits.open_years} 年，现合同为固定期限（至 {now.end}）"
            yield found(rule, facts, WRONG_DATA, said, measured="固定期限", required="到期续订无固定期限", engagement=e)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def since(day: date, carried: date | None = None, **changes: Any) -> Facts:
        return with_labour(labour(**changes), worker=replace(example.engagement(start=day), service_since=carried))

    yield "截至日期正好满十年", since(date(2016, 12, 31)), 1
    yield "差一天满十年", since(date(2017, 1, 1)), 0
    yield "工龄连续计算满十年", since(date(2024, 1, 1), date(2016, 12, 31)), 1
    yield "公益性岗位不查", with_labour(labour(), worker=example.engagement(type=PUBLIC_POST, start=date(2016, 12, 31))), 0
    yield "已是无固定期限", since(date(2010, 1, 1), kind=OPEN, end=None), 0


L06 = Rule("L06", "应订无固定期限（满十年）", SOFT, RISK, "劳动合同法第十四条", __doc__, _find, _cases)
