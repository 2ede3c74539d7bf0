"""采购公告、合同公告或者履约验收没有登记

看什么：按政府采购法定方式采购的合同，有没有中标（成交）公告、合同公告；期满后有没有履约验收。

怎么算：在合同或者“采购公开”里登记了公告日期的都算。有中标（成交）日期没有公告日期的；签订 2 个工作日（可设置，周一至周五，按“参数表”登记的节假日增减）后没有合同公告的；期满次日起没有验收日期的，提出，一份合同一条。
自行采购的不查公告，只查验收。

怎么办：补登日期，留存公告截图和验收报告；确实没有公告、验收的，抓紧补办。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from policy.contract_facts import STATUTORY_METHODS
from policy.evaluation_facts import DISCLOSURES, Disclosure
from policy.example_contracts import contract, with_contract
from policy.facts import Facts
from policy.finding import NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.labour import workdays_after
from policy.management_facts import Management
from policy.under_contract import live_contracts

_, _, AWARD, CONTRACT, _ = DISCLOSURES


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    days, day = facts.parameters.limits.notice_days, facts.period.as_of
    for c in live_contracts(facts):
        statutory = c.method in STATUTORY_METHODS
        told = {one.kind for one in facts.management.disclosures if one.contract == c.id}
        missing = [
            words
            for words, lacks in (
                ("中标（成交）公告", statutory and c.awarded is not None and c.award_noticed is None and AWARD not in told),
                (
                    "合同公告",
                    statutory
                    and c.signed is not None
                    and c.contract_noticed is None
                    and CONTRACT not in told
                    and day > workdays_after(c.signed, days, facts.holidays),
                ),
                ("履约验收", c.last_day < day and c.accepted is None),
            )
            if lacks
        ]
        if missing:
            said = f"至 {day} 没有登记{'、'.join(missing)}"
            yield found(rule, facts, NO_DATA, said, measured=f"缺 {len(missing)} 项", required="公告、验收齐全", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "没有合同公告", with_contract(contract(contract_noticed=None)), 1
    yield "公告齐全，合同当天期满", with_contract(contract()), 0
    yield "前一天期满，没有验收", with_contract(contract(end=date(2026, 12, 30))), 1
    yield "前一天期满，已验收", with_contract(contract(end=date(2026, 12, 30), accepted=date(2026, 12, 31))), 0
    there = Management(disclosures=(Disclosure(1, 1, CONTRACT, date(2025, 12, 22)), Disclosure(2, 1, AWARD, date(2025, 12, 2))))
    yield "在“采购公开”里登记了两项公告", with_contract(contract(award_noticed=None, contract_noticed=None), management=there), 0
    other = Management(disclosures=(Disclosure(1, 9, CONTRACT, date(2025, 12, 22)),))
    yield "登记的是另一份合同的公告", with_contract(contract(contract_noticed=None), management=other), 1
    yield "没有中标公告", with_contract(contract(award_noticed=None)), 1
    fresh: dict[str, Any] = {"signed": date(2026, 12, 29), "contract_noticed": None, "start": date(2027, 1, 1), "end": date(2027, 12, 31)}
    yield "签订后第 2 个工作日", with_contract(contract(**fresh)), 0
    thursday = {**fresh, "signed": date(2026, 12, 28)}
    yield "签订后第 3 个工作日", with_contract(contract(**thursday)), 1
    yield "期间放假一天，才第 2 个工作日", with_contract(contract(**thursday), holidays={date(2026, 12, 30): True}), 0
    yield "自行采购不查公告", with_contract(contract(award_noticed=None, contract_noticed=None, method="自行采购")), 0


C19 = Rule("C19", "公告或验收没有登记", SOFT, RISK, "政府采购法实施条例第五十条", __doc__, _find, _cases)
