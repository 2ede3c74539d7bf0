"""2019年新入职人员没有按期参加入职培训

看什么：2019年新入职、签订劳动合同的人员，入职后 30 天内（可设置）有没有参加入职培训。

怎么算：只查2019年的报告期。入职日之后第 30 天已过，参训名单里没有“入职培训、实际参训”记录，或者培训日期晚于第 30 天的，逐人提出；入职前已经参训的算已训。
换了承接主体、工作没有间断的，不算新入职。

怎么办：补登参训名单；没有参训的尽快补训。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from policy import example
from policy.example_management import induction, managed
from policy.facts import Facts
from policy.finding import NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.induction import newcomers, trained_on
from policy.stages import stages


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    if facts.period.first.year != stages().year:
        return
    days, day = facts.parameters.limits.induction_days, facts.period.as_of
    for e in newcomers(facts):
        last, trained = e.start + timedelta(days=days), trained_on(e, facts)
        if day > last and (trained is None or trained > last):
            have = f"{trained} 参训" if trained else "没有参训记录"
            said = f"{e.start} 入职，{days} 天内应参加入职培训（{last}），{have}"
            yield found(rule, facts, NO_DATA, said, measured=have, required=f"{last} 以前", engagement=e)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def joined(start: date, *trained: date, period: str = "2019") -> Facts:
        trainings = [induction(1, held=held) for held in trained]
        return managed(period=period, engagements=[example.engagement(start=start)], trainings=trainings)

    yield "第 31 天参训", joined(date(2019, 6, 1), date(2019, 7, 2)), 1
    yield "第 30 天参训", joined(date(2019, 6, 1), date(2019, 7, 1)), 0
    yield "没有参训", joined(date(2019, 6, 1)), 1
    yield "入职后第 30 天，还没有到期", joined(date(2019, 12, 1)), 0
    yield "上年入职", joined(date(2018, 12, 31)), 0
    yield "2026 年不查", joined(date(2026, 6, 1), period="2026"), 0


S4 = Rule("S4", "新入职人员没有按期培训", SOFT, RISK, "三（四）", __doc__, _find, _cases)
