"""采购合同没有按期备案

看什么：按政府采购法定方式采购的合同，签订后 7 个工作日内（可设置）是否备案。

怎么算：从签订次日起数工作日（周一至周五，按“参数表”登记的节假日扣除放假、加上调休上班；没有登记的年份不扣除，并写明）；备案日期晚于期限，或者截至日期已过期限还没有备案的，提出。自行采购的不查。

怎么办：补办备案并登记日期；期间有法定节假日而没有登记的，先登记节假日再看。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.contract_facts import STATUTORY_METHODS
from policy.example_contracts import contract, with_contract
from policy.facts import Facts
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.labour import unknown_holidays, workdays_after
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    limit = facts.parameters.limits.filing_days
    for c in live_contracts(facts):
        if c.method not in STATUTORY_METHODS or c.signed is None:
            continue
        last = workdays_after(c.signed, limit, facts.holidays)
        if (c.filed or facts.period.as_of) > last:
            have = f"{c.filed} 备案" if c.filed else f"至 {facts.period.as_of} 没有备案"
            said = f"{c.signed} 签订，{limit} 个工作日至 {last}{unknown_holidays(c.signed, last, facts.holidays)}，{have}"
            yield found(rule, facts, WRONG_DATA, said, measured=have, required=f"{last} 以前", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "周五签订，第 8 个工作日备案", with_contract(contract(filed=date(2025, 12, 31))), 1
    yield "第 7 个工作日备案", with_contract(contract(filed=date(2025, 12, 30))), 0
    off, worked = {date(2025, 12, 25): True}, {date(2025, 12, 27): False}
    yield "期间放假一天，顺延到 12 月 31 日", with_contract(contract(filed=date(2025, 12, 31)), holidays=off), 0
    yield "期间调休上班一天，提前到 12 月 29 日", with_contract(contract(filed=date(2025, 12, 30)), holidays=worked), 1
    yield "没有备案", with_contract(contract(filed=None)), 1
    yield "期限最后一天还没有备案", with_contract(contract(filed=None, signed=date(2025, 12, 31)), as_of=date(2026, 1, 9)), 0
    yield "期限次日还没有备案", with_contract(contract(filed=None, signed=date(2025, 12, 31)), as_of=date(2026, 1, 10)), 1
    yield "自行采购", with_contract(contract(filed=None, method="自行采购")), 0


C07 = Rule("C07", "采购合同没有按期备案", SOFT, RISK, "政府采购法第四十七条", __doc__, _find, _cases)
