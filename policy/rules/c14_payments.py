"""合同付款超过合同金额，或者在合同期外付款

看什么：累计付款是否超过合同金额（含补充合同）；付款日期是否早于合同起始，或者晚于合同期满后 90 天（可设置）。

怎么算：截至日期前的付款相加，与合同金额加减补充合同比较，多 1 分也提出；合同金额没有填的不比。期满后第 90 天付款不提出。

怎么办：核对凭证和合同编号；确需多付的，先签补充合同；期外付款的，写明原因。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from policy.contract_facts import Amendment
from policy.example_contracts import contract, paid, with_contract
from policy.facts import Facts
from policy.figures import yuan
from policy.finding import HARD, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    days = facts.parameters.limits.payment_after_days
    for c in live_contracts(facts):
        if c.total is not None and c.paid > c.total:
            said = f"累计付款 {yuan(c.paid)} 元，合同金额（含补充合同）{yuan(c.total)} 元，多付 {yuan(c.paid - c.total)} 元"
            yield found(rule, facts, WRONG_DATA, said, measured=f"{yuan(c.paid)} 元", required=f"{yuan(c.total)} 元以内", contract=c)
        last = c.last_day + timedelta(days=days)
        for p in c.payments:
            if not c.start <= p.paid_on <= last:
                said = f"{p.paid_on} 付款 {yuan(p.amount)} 元，不在 {c.start} 至期满后 {days} 天（{last}）之内"
                yield found(
                    rule, facts, WRONG_DATA, said, measured=f"{p.paid_on}", required=f"{c.start} 至 {last}", contract=c, severity=SOFT
                )


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def one(day: date, amount: int, **changes: Any) -> Facts:
        return with_contract(contract(payments=(paid(day, amount),), **changes))

    yield "多付 1 分", one(date(2026, 6, 1), 12_000_001), 1
    yield "正好付清", one(date(2026, 6, 1), 12_000_000), 0
    yield "补充合同加 1 分", one(date(2026, 6, 1), 12_000_001, amendments=(Amendment(1, date(2026, 5, 1), 1),)), 0
    yield "起始前一天付款", one(date(2025, 12, 31), 1), 1
    early: dict[str, Any] = {"start": date(2025, 10, 2), "end": date(2026, 10, 1)}
    yield "期满后第 90 天付款", one(date(2026, 12, 30), 1, **early), 0
    yield "期满后第 91 天付款", one(date(2026, 12, 31), 1, **early), 1


C14 = Rule("C14", "合同付款超额或在合同期外", HARD, RISK, "台账登记核对", __doc__, _find, _cases)
