"""派遣岗位的性质没有说明

看什么：劳务派遣的岗位，有没有说明属于临时性、辅助性或者替代性岗位。

怎么算：劳务派遣协议没有勾选“岗位属临时性、辅助性或者替代性”的提示。

怎么办：核对岗位性质，取得用工单位的书面说明后勾选；长期的主要岗位，考虑改用购买服务项目或者直接聘用。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy.contract_facts import DISPATCH, DISPATCH_CLAUSES, POST_NATURE
from policy.example_contracts import contract, dispatch, with_contract
from policy.facts import Facts
from policy.finding import HINT, RISK, UNCLEAR, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in live_contracts(facts):
        if c.kind == DISPATCH and POST_NATURE not in c.ticks:
            said = f"没有登记“{POST_NATURE}”"
            yield found(rule, facts, UNCLEAR, said, measured="未说明", required=POST_NATURE, contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "没有说明", with_contract(dispatch(ticks=frozenset(DISPATCH_CLAUSES))), 1
    yield "已说明", with_contract(dispatch()), 0
    yield "购买服务不查", with_contract(contract()), 0


L16 = Rule("L16", "派遣岗位性质没有说明", HINT, RISK, "劳动合同法第六十六条", __doc__, _find, _cases)
