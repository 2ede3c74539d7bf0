"""政府购买服务合同期限过长

看什么：按政府购买服务采购的合同，期限是否超过一年；有预算保障的，是否超过三年（月数可设置）。

怎么算：起止日期首尾都算，2026-01-01 至 2026-12-31 正好 12 个月。超过一般期限、没有勾选“预算保障”的提出；超过最长期限的，不论有没有预算保障都提出，列为优先。

怎么办：有预算保障的，登记预算文件并勾选“预算保障”；超过最长期限的，按期重新采购。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from policy.contract_facts import BUDGET_SECURED, PURCHASE
from policy.example_contracts import contract, dispatch, with_contract
from policy.facts import Facts
from policy.finding import HIGH, NORMAL, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.period import complete_on
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    limits = facts.parameters.limits
    for c in live_contracts(facts):
        limit = limits.service_months_secured if BUDGET_SECURED in c.ticks else limits.service_months
        last = complete_on(c.start, limit) - timedelta(days=1)
        if c.procured_as == PURCHASE and c.last_day > last:
            secured = "有预算保障" if BUDGET_SECURED in c.ticks else "没有登记预算保障"
            most = complete_on(c.start, limits.service_months_secured) - timedelta(days=1)
            said = f"{c.start} 至 {c.last_day}，{secured}，超过 {limit} 个月（应止于 {last}）"
            first = HIGH if c.last_day > most else NORMAL
            yield found(rule, facts, WRONG_DATA, said, measured=f"至 {c.last_day}", required=f"{limit} 个月以内", contract=c, priority=first)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    secured = frozenset({BUDGET_SECURED})
    yield "12 个月零一天", with_contract(contract(end=date(2027, 1, 1))), 1
    yield "正好 12 个月", with_contract(contract()), 0
    yield "2 月 29 日起，到次年 2 月末：正好 12 个月", with_contract(contract(start=date(2028, 2, 29), end=date(2029, 2, 28))), 0
    yield "2 月 29 日起，到次年 3 月 1 日", with_contract(contract(start=date(2028, 2, 29), end=date(2029, 3, 1))), 1
    yield "有预算保障，36 个月", with_contract(contract(end=date(2028, 12, 31), ticks=secured)), 0
    yield "有预算保障，36 个月零一天", with_contract(contract(end=date(2029, 1, 1), ticks=secured)), 1
    yield "劳务派遣协议不查", with_contract(dispatch(end=date(2029, 1, 1))), 0


C04 = Rule("C04", "购买服务合同期限过长", SOFT, RISK, "财政部令第102号", __doc__, _find, _cases, HIGH)
