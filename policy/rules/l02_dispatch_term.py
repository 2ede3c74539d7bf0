"""被派遣人员的劳动合同不足两年

看什么：劳务派遣人员与派遣单位订立的劳动合同，是不是两年以上（月数可设置）的固定期限劳动合同。

怎么算：起止日期首尾都算，2025-01-01 至 2026-12-31 正好两年；以完成一定工作任务为期限的也提出。只查截至日期有效的合同。

怎么办：督促派遣单位按两年以上改签；派遣协议期限短的，合理衔接两者。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.contract_facts import DISPATCH
from policy.example_contracts import labour, with_labour
from policy.facts import Facts
from policy.finding import HIGH, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.labour import dispatch_term_lawful
from policy.labour_facts import TASK
from policy.under_contract import employed, labour_of, type_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    limits, contracts = facts.parameters.limits, labour_of(facts)
    for e in employed(facts):
        for c in contracts.get(e.id, ()) if type_of(e, facts) == DISPATCH else ():
            if c.start <= facts.period.as_of <= (c.last_day or date.max) and not dispatch_term_lawful(c, limits):
                said = f"{c.kind}，{c.start} 至 {c.end}，不足 {limits.dispatch_term_months} 个月"
                yield found(
                    rule, facts, WRONG_DATA, said, measured=f"至 {c.end}", required=f"{limits.dispatch_term_months} 个月以上", engagement=e
                )


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def since(day: date) -> Facts:
        return with_labour(labour(start=day, end=date(2026, 12, 31)))

    yield "差一天满两年", since(date(2025, 1, 2)), 1
    yield "正好两年", since(date(2025, 1, 1)), 0
    yield "以完成一定工作任务为期限", with_labour(labour(kind=TASK)), 1
    yield "直接聘用不查", with_labour(labour(start=date(2026, 1, 1), end=date(2026, 12, 31)), worker=example.engagement(1, "直接聘用")), 0


L02 = Rule("L02", "派遣人员劳动合同不足两年", SOFT, RISK, "劳动合同法第五十八条", __doc__, _find, _cases, HIGH)
