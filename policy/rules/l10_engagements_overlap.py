"""同一人的两段用工关系时间重叠

看什么：同一个证件号，是否在同一天有两段用工关系。重叠会使一个人在报表中被算两次，也可能是离职没有登记、证件号录错。

怎么算：按证件号归并，任何两段用工关系的起止日期（首尾当天都算）有共同的一天，就提出；其中一段是非全日制的，可能合法兼职，降为核实性。

怎么办：补登前一段的结束日期；证件号录错的改正；确为非全日制兼职的，写明说明。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import combinations

from policy import example
from policy.facts import Engagement, Facts
from policy.finding import HARD, RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.placing import identity


def _span(engagement: Engagement) -> str:
    return f"{engagement.start} 至 {engagement.end or '今'}"


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    by_person: dict[str | int, list[Engagement]] = {}
    for engagement in facts.engagements:
        by_person.setdefault(identity(engagement.person), []).append(engagement)
    for several in by_person.values():
        for one, other in combinations(sorted(several, key=lambda e: (e.start, e.id)), 2):
            if one.end is not None and one.end < other.start:
                continue
            have, must = f"{other.start} 起重叠", "同一天只有一段用工关系"
            mild = SOFT if one.full_time is False or other.full_time is False else HARD
            said = f"{_span(one)} 与 {_span(other)}，{have}"
            yield found(rule, facts, WRONG_DATA, said, measured=have, required=must, engagement=other, severity=mild)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    who, end = example.person(), date(2026, 6, 30)
    first = example.engagement(1, who=who, end=end)
    yield "前一段 6 月 30 日止，后一段 6 月 30 日起", example.facts(engagements=[first, example.engagement(2, who=who, start=end)]), 1
    yield (
        "前一段 6 月 30 日止，后一段 7 月 1 日起",
        example.facts(engagements=[first, example.engagement(2, who=who, start=date(2026, 7, 1))]),
        0,
    )
    yield "其中一段是非全日制：核实性", example.facts(engagements=[first, example.engagement(2, who=who, full_time=False)]), 1
    yield "两个人", example.facts(engagements=[example.engagement(1), example.engagement(2)]), 0


L10 = Rule("L10", "同一人的用工关系时间重叠", HARD, RISK, "台账登记核对", __doc__, _find, _cases)
