"""流失率偏高

看什么：本年（报告期）购买服务、派遣人员的流失率是否超过 20%（可设置，参考值，文件没有规定）。

怎么算：离职人数 ÷（（期初在岗 + 期末在岗）÷ 2），期初是报告期前一天，期末是截至日期；更换承接主体、调整派驻单位不算离职。恰好 20% 不提出。
期初、期末都没有人的不查。

怎么办：分析离职原因（工资、合同、管理），采取措施稳定队伍。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.facts import FULL, Facts
from policy.figures import number, percent
from policy.finding import RISK, SOFT, UNCLEAR, Finding, Rule
from policy.found import bureau, found
from policy.turnover import turnover, whole


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    together, limit = whole(turnover(facts)), facts.parameters.limits.turnover_share
    if together.rate is not None and together.rate * FULL > limit:
        opening, closing, left = len(together.opening), len(together.closing), len(together.left)
        rate = f"{number(together.rate * 100)}%"
        said = f"离职 {left} 人 ÷（期初 {opening} 人 + 期末 {closing} 人）÷ 2 = {rate}，超过 {percent(limit)}"
        yield found(rule, facts, UNCLEAR, said, measured=rate, required=f"{percent(limit)} 以内（参考）", unit=bureau(facts), place="人员")


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def county(left: int, stay: int, new: int = 0) -> Facts:
        gone = [example.engagement(i, end=date(2026, 6, 30)) for i in range(1, left + 1)]
        here = [example.engagement(50 + i) for i in range(stay)]
        come = [example.engagement(100 + i, start=date(2026, 3, 1)) for i in range(new)]
        return example.facts(engagements=[*gone, *here, *come])

    yield "10 人走 2 人补 2 人：正好 20%", county(2, 8, 2), 0
    yield "10 人走 2 人补 1 人：21.05%", county(2, 8, 1), 1
    last_day = [example.engagement(1, end=date(2026, 12, 31)), example.engagement(2)]
    yield "截至日期当天仍在岗", example.facts(engagements=last_day), 0
    yield "没有列入表3的人员", example.facts(engagements=[example.engagement(type="事业编制", end=date(2026, 6, 30))]), 0


R46 = Rule("R46", "流失率偏高", SOFT, RISK, "二（四）", __doc__, _find, _cases)
