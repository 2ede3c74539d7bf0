"""绩效评价的三项内容得分不全，或者与综合得分相差过大

看什么：绩效评价中服务成效、项目管理、社会影响三项得分是否齐全，与三方综合得分是否大体一致。

怎么算：本年、上年的评价，缺一项得分的提出；三项按权重合计与三方综合得分相差超过 5 分（可设置）的提出，正好 5 分不提出。

怎么办：核对评价报告，补登得分或者改正权重。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy.evaluation import dimension_total, total
from policy.evaluation_facts import DIMENSIONS, Evaluation
from policy.example_contracts import contract, with_contract
from policy.example_management import evaluation
from policy.facts import Facts
from policy.finding import NO_DATA, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.kinds.score import SCORE
from policy.management_facts import Management


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    contracts, gap = {c.id: c for c in facts.contracts}, facts.parameters.limits.dimension_gap
    for e in facts.management.evaluations:
        c = contracts.get(e.contract)
        if c is None or e.year < facts.period.as_of.year - 1:
            continue
        missing = [name for name, score in zip(DIMENSIONS, e.dimensions, strict=True) if score is None]
        ours, whole, about = dimension_total(e), total(e), ("evaluation", e.id)
        if missing:
            said = f"{e.year} 年度绩效评价缺{'、'.join(missing)}得分"
            yield found(rule, facts, NO_DATA, said, measured=f"缺 {len(missing)} 项", required="三项得分齐全", contract=c, about=about)
        elif ours is not None and whole is not None and abs(ours - whole) > 100 * gap:
            said = f"{e.year} 年度三项合计 {SCORE.show(ours)} 分，三方综合得分 {SCORE.show(whole)} 分，相差 {SCORE.show(abs(ours - whole))} 分"
            yield found(rule, facts, WRONG_DATA, said, measured=f"{SCORE.show(ours)} 分", required=f"相差 {gap} 分以内", contract=c, about=about)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def of(made: Evaluation) -> Facts:
        return with_contract(contract(), management=Management(evaluations=(made,)))

    even = (8700, 8700, 8700)
    yield "缺社会影响得分", of(evaluation(dimensions=(8800, 8600, None))), 1
    yield "三项齐全", of(evaluation()), 0
    yield "相差正好 5 分", of(evaluation(parties=even, dimensions=(8200, 8200, 8200))), 0
    yield "相差 5.01 分", of(evaluation(parties=even, dimensions=(8199, 8199, 8199))), 1
    yield "前年的评价不再查", of(evaluation(year=2024, dimensions=(None, None, None))), 0


Q7 = Rule("Q7", "绩效评价内容得分不全", SOFT, RISK, "四（四）", __doc__, _find, _cases)
