"""合同约定人数与在岗人数不一致

看什么：截至日期有效的采购合同，约定人数与台账里挂在该合同下的在岗人数是否一致。

怎么算：用工条件所填采购合同是该合同、截至日期在岗的人员数，与约定人数比较。没有填约定人数的不查。

怎么办：核对人员的用工条件是否都填了采购合同；确实缺员的，要求承接主体补足或者核减费用。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from policy import example
from policy.contract_facts import PURCHASE
from policy.example_contracts import contract, with_contract
from policy.facts import Facts
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts, people_under


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in live_contracts(facts):
        if c.headcount is None or not c.holds_on(facts.period.as_of):
            continue
        heads = len(people_under(facts, c))
        if heads != c.headcount:
            said = f"约定 {c.headcount} 人，在岗 {heads} 人，{'少' if heads < c.headcount else '多'} {abs(heads - c.headcount)} 人"
            yield found(rule, facts, WRONG_DATA, said, measured=f"{heads} 人", required=f"{c.headcount} 人", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def staffed(*ends: date | None, **changes: Any) -> Facts:
        people = [example.engagement(i, PURCHASE, end=end, purchase_contract=1) for i, end in enumerate(ends, 1)]
        return with_contract(contract(**changes), *people)

    yield "约定 2 人，在岗 1 人", staffed(None), 1
    yield "约定 2 人，在岗 2 人", staffed(None, None), 0
    yield "一人前一天离职", staffed(None, date(2026, 12, 30)), 1
    yield "一人当天离职", staffed(None, date(2026, 12, 31)), 0
    yield "合同前一天期满：不查", staffed(None, end=date(2026, 12, 30)), 0


C15 = Rule("C15", "约定人数与在岗人数不一致", SOFT, RISK, "台账登记核对", __doc__, _find, _cases)
