"""用工单位自己设立派遣单位

看什么：劳务派遣协议的派遣单位，是否由用工单位或者其所属单位出资、合伙设立。

怎么算：派遣单位勾选了“用工单位所属或出资设立”的提出。

怎么办：核对派遣单位的股东和设立文件；属实的，更换派遣单位。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policy.contract_facts import DISPATCH
from policy.example_contracts import PROVIDER, contract, dispatch, with_contract
from policy.facts import Facts
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in live_contracts(facts):
        if c.kind == DISPATCH and c.supplier and c.supplier.user_founded:
            said = f"派遣单位{c.supplier.name}由用工单位或者其所属单位设立"
            yield found(rule, facts, WRONG_DATA, said, measured="自设派遣单位", required="不得设立", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    own = replace(PROVIDER, user_founded=True)
    yield "派遣单位由用工单位设立", with_contract(dispatch(supplier=own)), 1
    yield "不是用工单位设立", with_contract(dispatch()), 0
    yield "不是劳务派遣", with_contract(contract(supplier=own)), 0


C12 = Rule("C12", "用工单位自设派遣单位", SOFT, RISK, "劳动合同法第六十七条", __doc__, _find, _cases)
