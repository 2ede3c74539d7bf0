"""采购合同的日期或者份额填错

看什么：采购合同的截止日期是否早于起始日期，签订日期是否晚于起始日期（补签），服务内容、资金来源的份额合计是不是 100%。

怎么算：截止日期早于起始日期、份额合计不是 100% 是登记错误，必须改正；签订日期晚于起始日期的提示补签，当天签订不算。没有填份额的不查合计。

怎么办：按合同原件改正；确属补签的，写明原因，以后先签后用。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.contract_facts import TOWN_OWN, WORK_FUND
from policy.example_contracts import contract, with_contract
from policy.facts import FULL, Facts
from policy.figures import percent
from policy.finding import HARD, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in live_contracts(facts):
        if c.last_day < c.start:
            said = f"截止日期 {c.last_day} 早于起始日期 {c.start}"
            yield found(rule, facts, WRONG_DATA, said, measured=f"{c.last_day}", required=f"不早于 {c.start}", contract=c)
        for words, shares in (("服务内容", c.scopes), ("资金来源", c.sources)):
            total = sum(shares.values())
            if shares and total != FULL:
                said = f"{words}份额 {' + '.join(percent(share) for share in shares.values())} = {percent(total)}，不是 {percent(FULL)}"
                yield found(rule, facts, WRONG_DATA, said, measured=percent(total), required=percent(FULL), contract=c)
        if c.signed and c.signed > c.start:
            said = f"{c.signed} 签订，晚于起始日期 {c.start}，属于补签"
            yield found(rule, facts, WRONG_DATA, said, measured=f"{c.signed}", required=f"不晚于 {c.start}", contract=c, severity=SOFT)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "截止早于起始一天", with_contract(contract(start=date(2026, 3, 1), end=date(2026, 2, 28))), 1
    yield "起止同一天", with_contract(contract(start=date(2026, 3, 1), end=date(2026, 3, 1))), 0
    yield "起始次日签订：补签", with_contract(contract(signed=date(2026, 1, 2))), 1
    yield "起始当天签订", with_contract(contract(signed=date(2026, 1, 1))), 0
    yield "资金来源合计 99.99%", with_contract(contract(sources={WORK_FUND: 9999})), 1
    yield "资金来源合计 100%", with_contract(contract(sources={WORK_FUND: 5000, TOWN_OWN: 5000})), 0
    yield "服务内容合计 100.01%", with_contract(contract(scopes={"低保": 5000, "特困": 5001})), 1


C01 = Rule("C01", "采购合同日期或份额有误", HARD, RISK, "台账登记核对", __doc__, _find, _cases)
