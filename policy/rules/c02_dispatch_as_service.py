"""劳务派遣、公益性岗位列为政府购买服务

看什么：实质是劳务派遣的合同，或者合同下有公益性岗位人员的，是否按政府购买服务立项。

怎么算：签订日期（没有填的用起始日期）不早于财政部令第102号的施行日期（可设置），合同类型是劳务派遣、采购项目性质是政府购买服务的，就提出；按政府购买服务
立项的合同下有公益性岗位人员的，也提出。劳务派遣作为用工方式仍可使用，只是不得列为政府购买服务。

怎么办：与财政部门商定调整预算和采购的立项；确属服务项目的，按服务内容和成果改签合同，更正合同类型。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.contract_facts import DISPATCH, PURCHASE
from policy.example_contracts import contract, dispatch, with_contract
from policy.facts import Facts
from policy.finding import HIGH, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.under_contract import live_contracts, people_under, type_of


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    since = facts.parameters.limits.no_dispatch_since
    for c in live_contracts(facts):
        day = c.signed or c.start
        if c.procured_as != PURCHASE or day < since:
            continue
        public = [e for e in people_under(facts, c) if type_of(e, facts) == "公益性岗位"]
        what = "合同类型是劳务派遣" if c.kind == DISPATCH else f"有公益性岗位人员 {len(public)} 人" if public else ""
        if what:
            said = f"{day} 签订（{since} 起不得列入），{what}，采购项目性质是政府购买服务"
            yield found(rule, facts, WRONG_DATA, said, measured=f"按{PURCHASE}采购", required="不按政府购买服务采购", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def signed(day: date) -> Facts:
        return with_contract(dispatch(procured_as=PURCHASE, signed=day))

    public = example.engagement(1, "公益性岗位", purchase_contract=1)
    yield "2020-03-01 签订，按购买服务立项", signed(date(2020, 3, 1)), 1
    yield "2020-02-29 签订", signed(date(2020, 2, 29)), 0
    yield "劳务派遣按其他项目采购", with_contract(dispatch()), 0
    yield "购买服务合同下有公益性岗位人员", with_contract(contract(), public), 1
    yield "购买服务合同", with_contract(contract(), example.engagement(1, PURCHASE, purchase_contract=1)), 0


C02 = Rule("C02", "劳务派遣列为政府购买服务", SOFT, RISK, "财政部令第102号第十条（五）", __doc__, _find, _cases, HIGH)
