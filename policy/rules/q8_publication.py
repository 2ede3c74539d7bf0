"""绩效评价结果没有公布

看什么：已经作出的绩效评价，结果有没有向社会公布。

怎么算：本年、上年的评价，有综合得分或者等次、没有公布日期的提出。文件没有规定公布时限，作出评价后即查。

怎么办：在政府网站等渠道公布结果（不含个人信息），登记公布日期和渠道。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.evaluation import grade
from policy.evaluation_facts import Evaluation
from policy.example_contracts import contract, with_contract
from policy.example_management import evaluation
from policy.facts import Facts
from policy.finding import NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.management_facts import Management


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    contracts = {c.id: c for c in facts.contracts}
    for e in facts.management.evaluations:
        word = grade(e, facts.parameters.limits)
        if e.contract in contracts and e.year >= facts.period.as_of.year - 1 and word and e.published is None:
            said = f"{e.year} 年度绩效评价为{word}，至 {facts.period.as_of} 没有登记公布日期"
            c, about = contracts[e.contract], ("evaluation", e.id)
            yield found(rule, facts, NO_DATA, said, measured="没有公布", required="向社会公布", contract=c, about=about)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def of(made: Evaluation) -> Facts:
        return with_contract(contract(), management=Management(evaluations=(made,)))

    yield "没有公布", of(evaluation(published=None)), 1
    yield "已公布", of(evaluation(published=date(2026, 12, 31))), 0
    yield "评分不全，还没有结果", of(evaluation(published=None, parties=(None, 8400, 8700))), 0
    yield "前年的不再查", of(evaluation(year=2024, published=None)), 0


Q8 = Rule("Q8", "绩效评价结果没有公布", SOFT, RISK, "四（四）", __doc__, _find, _cases)
