"""实际情况与本县公开的操作方案不一致

看什么：本县公开的具体操作方案自己定的数：各单位的人员配比、工作经费配置比例、招录方式、招录条件，实际有没有做到。

怎么算：取截至日期以前公开的最新一份方案。单位的实际配备（按计数方法）少于方案配备人数的，逐单位提出；安排的工作经费少于上年低保资金支出 × 方案比例的提出；
方案之后公告的招录批次，招录方式、招录条件与方案写的不一样的，提示。方案没有写的项目不查。

怎么办：按方案补足；情况变化的，按程序修改方案，重新公开。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from policy import example
from policy.example_contracts import funds, spend
from policy.example_management import batch, document, managed
from policy.facts import FULL, Facts
from policy.figures import half_up, number, percent, yuan
from policy.finding import BELOW, HINT, RISK, SOFT, UNCLEAR, Finding, Rule
from policy.found import bureau, found
from policy.funds import work_fund
from policy.management_facts import OPERATING_PLAN, PlanDoc
from policy.names import fold
from policy.staffing import staffing


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    public = [d for d in facts.management.documents if d.kind == OPERATING_PLAN and d.published]
    if not public:
        return
    plan, at = public[-1], bureau(facts)
    for line in staffing(facts) if plan.heads else ():
        heads = plan.heads.get(line.unit.id)
        if heads is not None and line.measured < heads:
            said = f"方案配备 {heads} 人，实配 {number(line.measured)} 人，少 {number(heads - line.measured)} 人"
            yield found(rule, facts, BELOW, said, measured=f"{number(line.measured)} 人", required=f"{heads} 人", unit=line.unit)
    fund = work_fund(facts)
    if plan.fund_rate is not None and fund.base.amount is not None:
        due = half_up(Fraction(fund.base.amount * plan.fund_rate, FULL))
        if fund.arranged < due:
            said = (
                f"{fund.base.year} 年低保资金支出 {yuan(fund.base.amount)} 元 × 方案比例 {percent(plan.fund_rate)} = {yuan(due)} 元，"
                f"预算安排 {yuan(fund.arranged)} 元，差 {yuan(due - fund.arranged)} 元"
            )
            yield found(rule, facts, BELOW, said, measured=f"{yuan(fund.arranged)} 元", required=f"{yuan(due)} 元", unit=at, about=("plan_doc", plan.id))
    for b in facts.management.recruits:
        if b.announced is None or (plan.dated and b.announced < plan.dated):
            continue
        for word, ours, theirs in (("招录方式", b.method, plan.method), ("招录条件", b.conditions, plan.conditions)):
            if ours and theirs and fold(ours) != fold(theirs):
                said = f"{b.name}的{word}是“{ours}”，方案写的是“{theirs}”"
                yield found(rule, facts, UNCLEAR, said, measured=ours, required=theirs, unit=at, severity=HINT, about=("recruit_batch", b.id))


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def plan(made: PlanDoc, **more: Any) -> Facts:
        return managed(documents=[made], **{"households": {1: 0, 2: 0}, **more})

    one = [example.engagement()]
    yield "方案配备 2 人，实配 1 人", plan(document(heads={2: 2}), engagements=one), 1
    yield "方案配备 1 人，实配 1 人", plan(document(heads={2: 1}), engagements=one), 0
    yield "方案没有公开", plan(document(heads={2: 2}, published=None), engagements=one), 0

    def money(budget: int) -> Facts:
        line = funds(budget)
        return plan(document(fund_rate=400), dibao_spend=[spend(100_000_000)], fund_docs=[line.document], fund_lines=[line])

    yield "上年支出 1,000,000.00 元，方案 4%，差 1 分", money(3_999_999), 1
    yield "正好 40,000.00 元", money(4_000_000), 0
    yield "招录方式不一样", plan(document(method="定向招录"), recruits=[batch()]), 1
    yield "招录条件一样", plan(document(conditions="大专 以上"), recruits=[batch()]), 0
    yield "方案以前公告的批次不比", plan(document(method="定向招录"), recruits=[batch(announced=date(2026, 3, 31))]), 0


P1 = Rule("P1", "实际与本县公开的方案不一致", SOFT, RISK, "三（三）", __doc__, _find, _cases)
