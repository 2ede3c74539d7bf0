"""测算的资金需求没有资金来源保障

看什么：指定填报附表3的测算方案，各项资金来源合计能不能满足下一年的资金需求。

怎么算：按方案测算的全年费用合计减去方案各资金来源合计，大于 0 的提示差额。工作经费没有单独填写的，按下年应安排数预计。
没有指定测算方案的，或者有单位没有户数、测算不全的，不下结论。

怎么办：与财政部门对接，落实差额的来源，或者调整方案；结果登记到测算方案的各项来源里。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policy import example
from policy.contract_facts import WORK_FUND
from policy.estimate import estimate
from policy.estimate_facts import Scenario
from policy.facts import Facts
from policy.figures import yuan
from policy.finding import BELOW, HINT, RISK, Finding, Rule
from policy.found import bureau, found


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    if facts.scenario is None:
        return
    result = estimate(facts, facts.scenario)
    if result.gap > 0 and not result.missing:
        said = f"{facts.scenario.year} 年“{facts.scenario.name}”需要 {yuan(result.total)} 元，各项来源 {yuan(result.given)} 元，差 {yuan(result.gap)} 元"
        must = f"来源不少于 {yuan(result.total)} 元"
        yield found(rule, facts, BELOW, said, measured=f"{yuan(result.given)} 元", required=must, unit=bureau(facts), place="资金需求测算")


def _cases() -> Iterable[tuple[str, Facts, int]]:
    staffed = example.facts(engagements=[example.engagement()], households={1: 0, 2: 200})
    plan = Scenario("最低达标", 2027, wage=5_000_000, supply={WORK_FUND: 0})
    need = estimate(staffed, plan).total
    yield "来源正好等于需求", replace(staffed, scenario=replace(plan, supply={WORK_FUND: need})), 0
    yield "来源差 1 分", replace(staffed, scenario=replace(plan, supply={WORK_FUND: need - 1})), 1
    yield "没有指定测算方案", staffed, 0
    yield "乡镇没有户数：不下结论", replace(example.facts(None, [example.engagement()]), scenario=plan), 0


R25 = Rule("R25", "测算的资金需求没有来源保障", HINT, RISK, "二（二）", __doc__, _find, _cases)
