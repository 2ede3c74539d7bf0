"""人员长期未安排派驻

看什么：用工关系还在，但没有派驻到任何单位的人员，已经多少天。

怎么算：从最后一次派驻结束的次日（从未派驻的，从入职日）起，到截至日期首尾都算，超过 30 天（可设置）的逐人提出；正好 30 天不提出。

怎么办：登记新的派驻单位；已经退回或者离职的，办理离职（退回）。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from policy import example
from policy.facts import Assignment, Facts
from policy.finding import NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import found
from policy.placing import last_assignment, reporting_assignment
from policy.under_contract import employed


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    day, days, units = facts.period.as_of, facts.parameters.limits.unassigned_days, {u.id: u for u in facts.units}
    for e in employed(facts):
        if reporting_assignment(e, day) is not None:
            continue
        last = last_assignment(e, day)
        since = e.start if last is None or last.end is None else last.end + timedelta(days=1)
        idle = (day - since).days + 1
        if idle > days:
            said = f"自 {since} 起未安排派驻，至 {day} 已 {idle} 天，超过 {days} 天"
            unit = units.get(last.unit) if last else None
            yield found(rule, facts, NO_DATA, said, measured=f"{idle} 天", required=f"{days} 天以内", unit=unit, engagement=e)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def until(end: date | None) -> Facts:
        return example.facts(engagements=[example.engagement(assignments=(Assignment(1, 2, date(2024, 1, 1), end),))])

    yield "未安排 31 天", until(date(2026, 11, 30)), 1
    yield "未安排 30 天", until(date(2026, 12, 1)), 0
    yield "有派驻", until(None), 0
    yield "入职后从未派驻", example.facts(engagements=[example.engagement(unit=None)]), 1
    yield "入职 30 天未派驻", example.facts(engagements=[example.engagement(unit=None, start=date(2026, 12, 2))]), 0
    yield "已经离职", example.facts(engagements=[example.engagement(unit=None, end=date(2026, 12, 30))]), 0


R41 = Rule("R41", "人员长期未安排派驻", SOFT, RISK, "二（四）", __doc__, _find, _cases)
