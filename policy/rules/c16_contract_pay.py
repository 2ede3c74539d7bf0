"""合同约定的工资或者金额不够最低标准

看什么：合同约定的每人每年工资，是否低于本区域最低标准；合同金额够不够按最低标准支付约定人数的工资、单位缴费和管理费。

怎么算：约定工资与合同起始日的最低标准比较。应付 = 人数 ×（最低标准 + 单位缴费 + 管理费 × 12）× 合同月数 ÷ 12；单位缴费按录入的费率和基数上下限计算，
没有录入费率的不计单位缴费，并写明。合同金额（含补充合同）少 1 分也提出。

怎么办：与承接主体协商提高工资或者合同金额，签订补充协议；费率没有录入的，先录入本地费率。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.example_contracts import contract, with_contract
from policy.facts import Facts
from policy.figures import half_up, number, yuan
from policy.finding import BELOW, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.fund_facts import EmployerRate
from policy.funds import purchase_cost
from policy.labour import term_months
from policy.pay import floor_on
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    parameters, region = facts.parameters, facts.county.region
    for c in live_contracts(facts):
        floor = floor_on(parameters, region, max(c.start, parameters.floors[0].since))
        if c.wage is not None and c.wage < floor:
            said = f"约定工资 {yuan(c.wage)} 元/人·年，低于最低标准 {yuan(floor)} 元，差 {yuan(floor - c.wage)} 元"
            yield found(rule, facts, BELOW, said, measured=f"{yuan(c.wage)} 元", required=f"{yuan(floor)} 元/人·年", contract=c)
        cost = purchase_cost(c, floor, facts)
        if c.total is None or cost is None or c.total >= half_up(cost):
            continue
        rates = "含单位缴费" if facts.employer_rates else "没有录入缴费率，未计单位缴费"
        said = (
            f"{c.headcount} 人 × {number(term_months(c.start, c.last_day))} 个月按最低标准 {yuan(floor)} 元（{rates}）和管理费应付 {yuan(cost)} 元，"
            f"合同金额 {yuan(c.total)} 元，差 {yuan(half_up(cost) - c.total)} 元"
        )
        yield found(rule, facts, BELOW, said, measured=f"{yuan(c.total)} 元", required=f"{yuan(cost)} 元", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    quarter = EmployerRate(date(2026, 1, 1), "综合", 2500)
    yield "约定工资差 1 分", with_contract(contract(wage=4_999_999)), 1
    yield "约定工资恰为最低标准", with_contract(contract()), 0
    yield "合同金额恰够：2 ×（50,000 + 1,200）= 102,400.00 元", with_contract(contract(amount=10_240_000)), 0
    yield "合同金额差 1 分", with_contract(contract(amount=10_239_999)), 1
    yield "单位缴费 25%：127,400.00 元，差 1 分", with_contract(contract(amount=12_739_999), employer_rates=[quarter]), 1
    yield "单位缴费 25%：恰够", with_contract(contract(amount=12_740_000), employer_rates=[quarter]), 0


C16 = Rule("C16", "合同约定低于最低标准", SOFT, RISK, "二（四）", __doc__, _find, _cases)
