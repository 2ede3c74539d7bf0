"""没有按期办理社会保险登记

看什么：登记了劳动合同的在岗人员，用工后 30 天内（可设置）是否办理了社会保险登记。

怎么算：社保登记日期晚于入职日期后第 30 天，或者截至日期已过第 30 天仍没有登记日期的，提出。

怎么办：向承接主体、派遣单位索要参保证明，登记日期；确实没有参保的，督促补办。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from policy import example
from policy.example_contracts import labour, with_labour
from policy.facts import Facts
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import employed, has_labour_contract_type, labour_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    days, day, contracts = facts.parameters.limits.insurance_days, facts.period.as_of, labour_of(facts)
    for e in employed(facts):
        if e.id not in contracts or not has_labour_contract_type(e, facts):
            continue
        last = e.start + timedelta(days=days)
        insured = min((c.insured_on for c in contracts[e.id] if c.insured_on), default=None)
        if (insured or day) > last:
            have = f"{insured} 登记" if insured else "没有登记"
            said = f"{e.start} 入职，{days} 天内应登记（{last}），{have}"
            yield found(rule, facts, WRONG_DATA, said, measured=have, required=f"{last} 以前", engagement=e)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "第 31 天登记", with_labour(labour(insured_on=date(2024, 2, 1))), 1
    yield "第 30 天登记", with_labour(labour(insured_on=date(2024, 1, 31))), 0
    yield "没有登记", with_labour(labour(insured_on=None)), 1
    fresh = labour(start=date(2026, 12, 1), insured_on=None)
    yield "入职后第 30 天", with_labour(fresh, worker=example.engagement(start=date(2026, 12, 1))), 0


L08 = Rule("L08", "没有按期参加社会保险", SOFT, RISK, "社会保险法第五十八条", __doc__, _find, _cases)
