"""合同金额不足以支付约定的人员

看什么：合同金额（含补充合同），够不够按最低标准支付约定人数在合同期内的工资、单位缴费和管理费。

怎么算：应付 = 人数 ×（最低标准 + 单位缴费 + 管理费 × 12）× 合同月数 ÷ 12；最低标准按合同起始日，合同月数按整月加余下天数 ÷ 30。
单位缴费按合同起始日有效的费率和基数上下限计算；那时没有录入费率的不计单位缴费，并写明。合同金额少 1 分也提出；没有填约定人数或者合同金额的不查。

怎么办：与承接主体核对报价，签订补充合同增加金额，或者减少约定人数、缩短期限；费率没有录入的，先录入本地费率再看。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.contract_facts import Amendment
from policy.example_contracts import contract, with_contract
from policy.facts import Facts
from policy.figures import half_up, number, yuan
from policy.finding import BELOW, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.fund_facts import EmployerRate
from policy.funds import purchase_cost, rates_on
from policy.labour import term_months
from policy.pay import floor_on
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    parameters, region = facts.parameters, facts.county.region
    for c in live_contracts(facts):
        floor = floor_on(parameters, region, max(c.start, parameters.floors[0].since))
        cost = purchase_cost(c, floor, facts)
        if c.total is None or cost is None or c.total >= half_up(cost):
            continue
        charges = "含单位缴费" if rates_on(facts, c.start) else "没有录入缴费率，未计单位缴费"
        fee = f"、管理费 {yuan(c.fee)} 元/人·月" if c.fee else ""
        said = (
            f"{c.headcount} 人 × {number(term_months(c.start, c.last_day))} 个月，按最低标准 {yuan(floor)} 元/人·年（{charges}）{fee}，"
            f"应付 {yuan(cost)} 元，合同金额（含补充合同）{yuan(c.total)} 元，差 {yuan(half_up(cost) - c.total)} 元"
        )
        yield found(rule, facts, BELOW, said, measured=f"{yuan(c.total)} 元", required=f"{yuan(cost)} 元", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    quarter = EmployerRate(date(2026, 1, 1), "综合", 2500)
    later = EmployerRate(date(2026, 1, 2), "综合", 2500)
    yield "恰够：2 ×（50,000 + 1,200）= 102,400.00 元", with_contract(contract(amount=10_240_000)), 0
    yield "差 1 分", with_contract(contract(amount=10_239_999)), 1
    yield "差 1 分，补充合同加 1 分", with_contract(contract(amount=10_239_999, amendments=(Amendment(1, date(2026, 5, 1), 1),))), 0
    yield "单位缴费 25%：127,400.00 元，恰够", with_contract(contract(amount=12_740_000), employer_rates=[quarter]), 0
    yield "单位缴费 25%：差 1 分", with_contract(contract(amount=12_739_999), employer_rates=[quarter]), 1
    yield "合同起始后一天才有的费率不计", with_contract(contract(amount=10_240_000), employer_rates=[later]), 0
    yield "补充合同延长半个月，金额不加：差 1 分", with_contract(
        contract(amount=10_666_666, amendments=(Amendment(1, date(2026, 5, 1), 0, date(2027, 1, 15)),))
    ), 1
    yield "延长半个月：102,400 × 12.5 ÷ 12 = 106,666.67 元，恰够", with_contract(
        contract(amount=10_666_667, amendments=(Amendment(1, date(2026, 5, 1), 0, date(2027, 1, 15)),))
    ), 0
    yield "没有填约定人数：不查", with_contract(contract(amount=1, headcount=None)), 0


C20 = Rule("C20", "合同金额不足以支付", SOFT, RISK, "二（四）", __doc__, _find, _cases)
