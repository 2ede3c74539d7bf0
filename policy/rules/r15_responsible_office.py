"""没有登记负责股（科）室和经办人

看什么：各级民政部门具体负责组织实施，单位信息里有没有登记股（科）室负责人、联络员和联系电话。

怎么算：三项缺一项就提示。没有启用管理台账的不查。

怎么办：在“单位信息”中补齐；人员变动的，办理工作移交后及时更新。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policy.example_management import managed, meeting
from policy.facts import Facts
from policy.finding import HINT, NO_DATA, RISK, Finding, Rule
from policy.found import bureau, found


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    county = facts.county
    told = (("股（科）室负责人", county.section_head), ("联络员", county.contact), ("联系电话", county.phone))
    missing = [words for words, value in told if not value]
    if facts.management.kept and missing:
        said = f"单位信息没有登记{'、'.join(missing)}"
        yield found(rule, facts, NO_DATA, said, measured=f"缺 {len(missing)} 项", required="三项齐全", unit=bureau(facts), place="设置")


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def county(**changes: str) -> Facts:
        made = managed(meetings=[meeting()])
        return replace(made, county=replace(made.county, **changes))  # type: ignore[arg-type]

    yield "没有联络员", county(contact=""), 1
    yield "三项齐全", county(), 0
    empty = managed()
    yield "没有启用管理台账", replace(empty, county=replace(empty.county, contact="")), 0


R15 = Rule("R15", "没有登记负责股室和经办人", HINT, RISK, "二（一）", __doc__, _find, _cases)
