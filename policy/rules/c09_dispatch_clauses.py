"""劳务派遣协议缺少必备条款

看什么：劳务派遣协议是否写明岗位和人员数量、派遣期限、劳动报酬和社会保险费的数额与支付方式、违约责任。

怎么算：按合同条款的勾选情况，缺一项也提出。

怎么办：对照协议原件勾选；确实没有约定的，签订补充协议。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy.contract_facts import DISPATCH, DISPATCH_CLAUSES
from policy.example_contracts import contract, dispatch, with_contract
from policy.facts import Facts
from policy.finding import NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in live_contracts(facts):
        missing = [clause for clause in DISPATCH_CLAUSES if clause not in c.ticks]
        if c.kind == DISPATCH and missing:
            said = f"应写明 {len(DISPATCH_CLAUSES)} 项，缺 {len(missing)} 项：{'、'.join(missing)}"
            yield found(
                rule, facts, NO_DATA, said, measured=f"缺 {len(missing)} 项", required=f"{len(DISPATCH_CLAUSES)} 项齐全", contract=c
            )


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "缺违约责任", with_contract(dispatch(ticks=frozenset(DISPATCH_CLAUSES[:-1]))), 1
    yield "四项齐全", with_contract(dispatch(ticks=frozenset(DISPATCH_CLAUSES))), 0
    yield "不是劳务派遣", with_contract(contract()), 0


C09 = Rule("C09", "劳务派遣协议缺必备条款", SOFT, RISK, "劳动合同法第五十九条", __doc__, _find, _cases)
