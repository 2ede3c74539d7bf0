"""按服务采购，人员却由使用单位直接管理

看什么：购买服务、外包合同下的人员，是否由使用单位逐人管理，有没有“假外包、真派遣”的迹象。

怎么算：合同条款与做法中勾选了使用单位直接安排工作和考勤、决定录用和退回、确定或者发放工资、按人头而不按成果结算中任何一项的，提出。劳务派遣协议不查。

怎么办：由承接主体派驻项目负责人管理人员，使用单位只对服务内容和成果提要求；确需直接管理的，依法改用劳务派遣或者直接聘用。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy.contract_facts import DIRECTION_SIGNS, DISPATCH
from policy.example_contracts import contract, dispatch, with_contract
from policy.facts import Facts
from policy.finding import HINT, RISK, UNCLEAR, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in live_contracts(facts):
        signs = [sign for sign in DIRECTION_SIGNS if sign in c.ticks]
        if c.kind != DISPATCH and signs:
            said = f"{c.kind}合同有 {len(signs)} 项派遣迹象：{'、'.join(signs)}"
            yield found(rule, facts, UNCLEAR, said, measured=f"{len(signs)} 项", required="0 项", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    sign = frozenset({DIRECTION_SIGNS[0]})
    yield "购买服务，镇里直接排班考勤", with_contract(contract(ticks=sign)), 1
    yield "没有勾选", with_contract(contract()), 0
    yield "劳务派遣协议", with_contract(dispatch(ticks=sign)), 0


C17 = Rule("C17", "服务合同人员由使用单位直接管理", HINT, RISK, "财政部令第102号第十条（五）", __doc__, _find, _cases)
