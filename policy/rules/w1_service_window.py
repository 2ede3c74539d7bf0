"""乡镇（街道）没有设统一受理窗口

看什么：乡镇（街道）有没有设立统一受理社会救助申请的窗口（社会救助暂行办法第六十条）。

怎么算：看每个乡镇（街道）最近一次摸查，填“否”的逐个提出；没有填的、没有摸查过的不提出。台账里还没有登记摸查的不查。

怎么办：督促设立窗口，登记整改措施、责任人和时限，设立后更新摸查记录。
"""

from __future__ import annotations

from collections.abc import Iterable

from policy.example_management import managed, survey
from policy.facts import TOWN_TYPES, Facts
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    seen = {s.unit: s for s in facts.management.surveys}
    for unit in facts.units:
        one = seen.get(unit.id)
        if one and one.has_window is False and unit.type in TOWN_TYPES and unit.open_on(facts.period.as_of):
            said = f"{one.as_of} 摸查，没有设统一受理窗口"
            yield found(rule, facts, WRONG_DATA, said, measured="没有窗口", required="设统一受理窗口", unit=unit, about=("survey_window", one.id))


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "摸查为否", managed(surveys=[survey(has_window=False)]), 1
    yield "摸查为是", managed(surveys=[survey()]), 0
    yield "没有填", managed(surveys=[survey(has_window=None)]), 0
    yield "县级民政局不查", managed(surveys=[survey(1, has_window=False)]), 0
    yield "没有摸查", managed(), 0


W1 = Rule("W1", "没有设统一受理窗口", SOFT, RISK, "社会救助暂行办法第六十条", __doc__, _find, _cases)
