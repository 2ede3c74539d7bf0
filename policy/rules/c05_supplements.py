"""补充合同超过原合同金额的一成

看什么：补充合同增加的金额，合计是否超过原合同金额的 10%（比例可设置）。

怎么算：截至日期前签订的补充合同，增加的金额相加（减少的不抵），与原合同金额比较；恰好 10% 不提出。

怎么办：核对补充合同；超出的部分应当重新采购。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from policy.contract_facts import Amendment
from policy.example_contracts import contract, with_contract
from policy.facts import FULL, Facts
from policy.figures import percent, yuan
from policy.finding import HIGH, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    share = facts.parameters.limits.supplement_share
    for c in live_contracts(facts):
        added = sum(max(0, a.amount) for a in c.amendments)
        if c.amount is not None and added * FULL > c.amount * share:
            most = Fraction(c.amount * share, FULL)
            said = f"补充合同合计 {yuan(added)} 元，超过原合同 {yuan(c.amount)} 元 × {percent(share)} = {yuan(most)} 元"
            yield found(rule, facts, WRONG_DATA, said, measured=f"{yuan(added)} 元", required=f"{yuan(most)} 元以内", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def added(*amounts: int) -> Facts:
        return with_contract(contract(amendments=tuple(Amendment(i, date(2026, 5, 1), a) for i, a in enumerate(amounts, 1))))

    yield "合同 120,000.00 元，补充 12,000.01 元", added(1_200_001), 1
    yield "补充 12,000.00 元", added(1_200_000), 0
    yield "两次补充合计多 1 分", added(600_000, 600_001), 1
    yield "减少的不抵", added(1_200_001, -600_000), 1


C05 = Rule("C05", "补充合同超过原合同一成", SOFT, RISK, "政府采购法第四十九条", __doc__, _find, _cases, HIGH)
