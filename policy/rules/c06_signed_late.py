"""中标、成交后没有按期签订合同

看什么：中标、成交通知书发出后，是否在 30 天内（可设置）签订合同。

怎么算：签订日期（还没有签订的，用截至日期）减去中标（成交）日期；恰好 30 天不提出。没有填中标（成交）日期的不查。

怎么办：核对两个日期；确实超期的，写明原因，留存双方的往来材料。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.example_contracts import contract, with_contract
from policy.facts import Facts
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    limit = facts.parameters.limits.sign_days
    for c in live_contracts(facts):
        if c.awarded is None:
            continue
        days = ((c.signed or facts.period.as_of) - c.awarded).days
        if days > limit:
            when = f"{c.signed} 签订" if c.signed else f"至 {facts.period.as_of} 没有签订"
            said = f"{c.awarded} 中标（成交），{when}，{days} 天，超过 {limit} 天"
            yield found(rule, facts, WRONG_DATA, said, measured=f"{days} 天", required=f"{limit} 天以内", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "第 31 天签订", with_contract(contract(signed=date(2026, 1, 1))), 1
    yield "第 30 天签订", with_contract(contract(signed=date(2025, 12, 31))), 0
    yield "一直没有签订", with_contract(contract(signed=None)), 1


C06 = Rule("C06", "签订合同超过期限", SOFT, RISK, "政府采购法第四十六条", __doc__, _find, _cases)
