"""工资没有发放日期，或者晚于约定日发放

看什么：劳动合同约定了发薪日的人员，每月工资有没有登记发放日期，是否晚于约定日五天以上（可设置）。

怎么算：约定日是工资所属月份次月的约定发薪日（次月没有这一天的，用月末）；发放日期晚于约定日加 5 天，或者截至日期已过这一天仍没有发放日期的月份，合并成一条提出。

怎么办：核对银行回单、签收表，补登发放日期；确实拖延的，督促支付单位按约定日发放。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from policy import example
from policy.example_contracts import labour, with_labour
from policy.facts import Facts
from policy.finding import HINT, RISK, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.period import add_months, month_end
from policy.under_contract import labour_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    limits, day, year, contracts = facts.parameters.limits, facts.period.as_of, facts.period.first.year, labour_of(facts)
    for e in facts.engagements:
        pay_day = next((c.pay_day for c in reversed(contracts.get(e.id, [])) if c.pay_day), None)
        late = []
        for month, paid_on in e.paid_on if pay_day else ():
            following = add_months(date(year, month, 1), 1)
            agreed = min(month_end(following.year, following.month), following + timedelta(days=(pay_day or 1) - 1))
            if (paid_on or day) > agreed + timedelta(days=limits.late_pay_days):
                late.append(f"{month}月（{paid_on or '未登记'}）")
        if late:
            said = f"约定次月 {pay_day} 日发放，{'、'.join(late)}没有发放日期或者晚于约定日 {limits.late_pay_days} 天以上"
            yield found(rule, facts, WRONG_DATA, said, measured=f"{len(late)} 个月", required="按约定日发放", engagement=e)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def paid_on(*months: tuple[int, date | None]) -> Facts:
        return with_labour(labour(pay_day=10), worker=replace(example.engagement(), paid_on=months))

    yield "约定 6 月 10 日，6 月 16 日发放", paid_on((5, date(2026, 6, 16))), 1
    yield "6 月 15 日发放", paid_on((5, date(2026, 6, 15))), 0
    yield "11 月工资没有发放日期", paid_on((11, None)), 1
    yield "12 月工资还没有到约定日", paid_on((12, None)), 0
    yield "没有约定发薪日", with_labour(labour(), worker=replace(example.engagement(), paid_on=((5, None),))), 0


L15 = Rule("L15", "工资没有按约定日发放", HINT, RISK, "工资支付暂行规定第七条", __doc__, _find, _cases)
