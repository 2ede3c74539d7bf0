"""本项工作没有列入政府、联席会议议程

看什么：近 12 个月（可设置）里，有没有政府常务会议、党委会议或者联席会议研究过基层社会救助经办服务工作。

怎么算：截至日期往前数，登记了会议的提出与否只看会议日期，不看名称。台账里还没有登记任何会议、方案的，视为没有启用管理台账，不查。

怎么办：补登会议和纪要文号；确实没有研究过的，提请列入议程。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.example_management import document, managed, meeting
from policy.facts import Facts
from policy.finding import NO_DATA, RISK, SOFT, Finding, Rule
from policy.found import bureau, found
from policy.management_facts import GOVERNMENT_MEETING, JOINT_MEETING, PARTY_MEETING
from policy.period import add_months


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    months = facts.parameters.limits.meeting_months
    since = add_months(facts.period.as_of, -months)
    held = [m.held for m in facts.management.meetings if m.kind in (GOVERNMENT_MEETING, PARTY_MEETING, JOINT_MEETING)]
    if not facts.management.kept or any(day > since for day in held):
        return
    newest = f"最近一次是 {max(held)}" if held else "没有登记过"
    said = f"{since} 之后没有政府常务会议、党委会议或者联席会议研究本项工作，{newest}"
    yield found(rule, facts, NO_DATA, said, measured=newest, required=f"{months} 个月内至少 1 次", unit=bureau(facts), place="会议")


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "最近一次会议正好在 12 个月前", managed(meetings=[meeting(held=date(2025, 12, 31))]), 1
    yield "晚一天", managed(meetings=[meeting(held=date(2026, 1, 1))]), 0
    yield "政府常务会议也算", managed(meetings=[meeting(kind=GOVERNMENT_MEETING)]), 0
    yield "其他会议不算", managed(meetings=[meeting(kind="其他")]), 1
    yield "只登记了方案", managed(documents=[document()]), 1
    yield "没有启用管理台账", managed(), 0


R11 = Rule("R11", "近期没有会议研究本项工作", SOFT, RISK, "二（一）", __doc__, _find, _cases)
