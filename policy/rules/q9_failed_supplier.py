"""上次评价不合格的承接主体又被选中

看什么：新签的采购合同，承接主体签订前最近一次绩效评价是不是不合格。

怎么算：按承接主体查签订日期（没有签订日期的，看开始日期）以前最近一次评价；是不合格的提出。等次没有填的按综合得分和分数线划分，正好 60 分（可设置）是合格。

怎么办：说明选择理由和整改情况；今后选择承接主体时把评价结果作为重要参考。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.evaluation import grade, history
from policy.evaluation_facts import FAIL
from policy.example_contracts import contract
from policy.example_management import evaluation
from policy.facts import Facts
from policy.finding import HIGH, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.management_facts import Management
from policy.under_contract import live_contracts


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in live_contracts(facts):
        if c.supplier is None:
            continue
        past = [(of, e) for of, e in history(facts, c.supplier.id, c.signed or c.start) if of.id != c.id and grade(e, facts.parameters.limits)]
        if past and grade(past[-1][1], facts.parameters.limits) == FAIL:
            of, e = past[-1]
            said = f"{c.supplier.name}在 {of.no} 的 {e.year} 年度绩效评价不合格，{c.signed or c.start} 又签订本合同"
            yield found(rule, facts, WRONG_DATA, said, measured=FAIL, required="评价合格的承接主体", contract=c)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def chosen(score: int, evaluated: date = date(2025, 12, 18)) -> Facts:
        old = contract(1, start=date(2024, 1, 1), end=date(2025, 12, 31), signed=date(2023, 12, 20))
        made = evaluation(year=2025, evaluated=evaluated, parties=(score, score, score))
        return example.facts(contracts=[old, contract(2)], management=Management(evaluations=(made,)))

    yield "59.99 分，签订前一天作出", chosen(5999), 1
    yield "60 分", chosen(6000), 0
    yield "评价在签订当天才作出", chosen(5999, date(2025, 12, 19)), 0
    yield "没有评价", example.facts(contracts=[contract()]), 0


Q9 = Rule("Q9", "评价不合格的承接主体又中标", SOFT, RISK, "四（四）", __doc__, _find, _cases, HIGH)
