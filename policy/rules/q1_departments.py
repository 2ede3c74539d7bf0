"""联席会议缺主要部门

看什么：近 12 个月（可设置）的联席会议，编办、财政、人社三个部门是否都参加过。

怎么算：期间各次联席会议的参会部门合起来看，缺一个就提示。期间没有联席会议的不查（见 R11）。

怎么办：核对签到表补登参会部门；确实没有参加的，会后把纪要送达并听取意见。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy.example_management import managed, meeting
from policy.facts import Facts
from policy.finding import HINT, NO_DATA, RISK, Finding, Rule
from policy.found import bureau, found
from policy.management_facts import JOINT_MEETING, PARTNERS
from policy.period import add_months


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    since = add_months(facts.period.as_of, -facts.parameters.limits.meeting_months)
    held = [m for m in facts.management.meetings if m.kind == JOINT_MEETING and m.held > since]
    missing = [name for name in PARTNERS if not any(name in m.departments for m in held)]
    if held and missing:
        said = f"{since} 之后 {len(held)} 次联席会议，{'、'.join(missing)}没有参加"
        about = ("meeting", held[-1].id)
        yield found(rule, facts, NO_DATA, said, measured=f"缺 {len(missing)} 个部门", required="、".join(PARTNERS), unit=bureau(facts), about=about)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "缺人社", managed(meetings=[meeting(departments=("民政", "编办", "财政"))]), 1
    yield "两次会议合起来齐全", managed(meetings=[meeting(departments=("编办", "财政")), meeting(2, departments=("人社",))]), 0
    old = meeting(2, held=date(2025, 12, 31), departments=("人社",))
    yield "人社参加的一次已过 12 个月", managed(meetings=[old, meeting(departments=("编办", "财政"))]), 1
    yield "没有会议", managed(), 0


Q1 = Rule("Q1", "联席会议缺主要部门", HINT, RISK, "四（一）", __doc__, _find, _cases)
