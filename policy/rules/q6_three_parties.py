"""绩效评价没有做，或者三方评分不全

看什么：上年度履行满 6 个月（可设置）的合同有没有绩效评价；评价中购买主体、服务对象、第三方三方评分是否齐全。

怎么算：评价年度是上年度而没有评价的，一份合同一条；本年、上年的评价缺一方评分的，一份评价一条。权重填 0 的一方也应有评分。
台账里还没有登记过绩效评价的，视为没有启用，不查。

怎么办：组织评价，补登三方评分、第三方机构和样本数。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.evaluation import evaluation_of, to_evaluate
from policy.evaluation_facts import PARTIES, Evaluation
from policy.example_contracts import contract, with_contract
from policy.example_management import evaluation
from policy.facts import Facts
from policy.finding import NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.management_facts import Management


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    if not facts.management.evaluations:
        return
    year, contracts = facts.period.as_of.year - 1, {c.id: c for c in facts.contracts}
    for c in to_evaluate(facts, year):
        if evaluation_of(facts, c.id, year) is None:
            said = f"{year} 年度没有绩效评价"
            yield found(rule, facts, NO_DATA, said, measured="没有评价", required=f"{year} 年度绩效评价", contract=c)
    for e in facts.management.evaluations:
        missing = [name for name, score in zip(PARTIES, e.parties, strict=True) if score is None]
        if missing and e.year >= year and e.contract in contracts:
            said = f"{e.year} 年度绩效评价缺{'、'.join(missing)}评分"
            c, about = contracts[e.contract], ("evaluation", e.id)
            yield found(rule, facts, NO_DATA, said, measured=f"缺 {len(missing)} 方", required="三方评分齐全", contract=c, about=about)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def with_(*evaluations: Evaluation, end: date = date(2025, 12, 31), start: date = date(2025, 1, 1)) -> Facts:
        return with_contract(contract(start=start, end=end), management=Management(evaluations=evaluations))

    last = evaluation(year=2025)
    yield "上年度没有评价", with_(evaluation(contract=9, year=2025)), 1
    yield "上年度已评价", with_(last), 0
    yield "上年度只履行到第 6 个月的前一天", with_(evaluation(contract=9, year=2025), end=date(2025, 6, 29)), 0
    yield "上年度正好履行 6 个月", with_(evaluation(contract=9, year=2025), end=date(2025, 6, 30)), 1
    yield "缺第三方评分", with_(evaluation(year=2025, parties=(9000, 8400, None))), 1
    yield "没有启用绩效评价", with_(), 0


Q6 = Rule("Q6", "没有绩效评价或三方评分不全", SOFT, RISK, "四（四）", __doc__, _find, _cases)
