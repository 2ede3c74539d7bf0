"""合同约定的工资低于最低标准

看什么：合同约定的每人每年工资，是否低于本区域最低标准。

怎么算：约定工资与合同起始日的最低标准比较，少 1 分也提出；没有约定工资的不查。合同金额够不够支付，另见 C20。

怎么办：与承接主体协商提高工资，签订补充协议。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy.example_contracts import contract, with_contract
from policy.facts import Facts
from policy.figures import yuan
from policy.finding import BELOW, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.pay import floor_on
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    parameters, region = facts.parameters, facts.county.region
    for c in live_contracts(facts):
        floor = floor_on(parameters, region, max(c.start, parameters.floors[0].since))
        if c.wage is not None and c.wage < floor:
            said = f"约定工资 {yuan(c.wage)} 元/人·年，低于最低标准 {yuan(floor)} 元，差 {yuan(floor - c.wage)} 元"
            yield found(rule, facts, BELOW, said, measured=f"{yuan(c.wage)} 元", required=f"{yuan(floor)} 元/人·年", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "约定工资差 1 分", with_contract(contract(wage=4_999_999)), 1
    yield "约定工资恰为最低标准", with_contract(contract()), 0
    yield "没有约定工资：不查", with_contract(contract(wage=None)), 0


C16 = Rule("C16", "合同约定低于最低标准", SOFT, RISK, "二（四）", __doc__, _find, _cases)
