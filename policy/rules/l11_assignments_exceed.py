"""派驻的工作时间占比合计超过 100%

看什么：一段用工关系在同一天派驻几个单位的，工作时间占比加起来是否超过 100%。

怎么算：逐个派驻的开始日期，把当天有效的派驻占比相加；超过 100% 的第一天提出。首尾当天都算。

怎么办：调整派驻单位时，先填前一处的结束日期；兼管几处的，按实际工作时间分摊占比。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.facts import FULL, Assignment, Facts
from policy.figures import percent
from policy.finding import HARD, RISK, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.placing import assigned_on


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    names = {u.id: u.name for u in facts.units}
    for engagement in facts.engagements:
        if len(engagement.assignments) < 2:
            continue
        for day in sorted({a.start for a in engagement.assignments if a.start <= facts.period.as_of}):
            together = assigned_on(engagement, day)
            total = sum(a.share for a in together)
            if total > FULL:
                terms = " + ".join(f"{names.get(a.unit, '其他单位')} {percent(a.share)}" for a in together)
                said = f"{day} 起 {terms} = {percent(total)}，超过 {percent(FULL)}"
                have, must = percent(total), f"{percent(FULL)} 以内"
                yield found(rule, facts, WRONG_DATA, said, measured=have, required=must, engagement=engagement)
                break


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def moved(until: date, share: int = FULL) -> Facts:
        places = (Assignment(1, 1, date(2024, 1, 1), until), Assignment(2, 2, date(2026, 7, 1), None, share))
        return example.facts(engagements=[example.engagement(assignments=places)])

    yield "前一处 7 月 1 日止，后一处 7 月 1 日起", moved(date(2026, 7, 1)), 1
    yield "前一处 6 月 30 日止，后一处 7 月 1 日起", moved(date(2026, 6, 30)), 0
    halves = (Assignment(1, 1, date(2024, 1, 1), None, 5000), Assignment(2, 2, date(2024, 1, 1), None, 5000))
    yield "两处各 50%", example.facts(engagements=[example.engagement(assignments=halves)]), 0
    more = (Assignment(1, 1, date(2024, 1, 1), None, 5000), Assignment(2, 2, date(2024, 1, 1), None, 5001))
    yield "50% 与 50.01%", example.facts(engagements=[example.engagement(assignments=more)]), 1


L11 = Rule("L11", "派驻占比合计超过 100%", HARD, RISK, "台账登记核对", __doc__, _find, _cases)
