"""救助对象户数的填报日期太早

看什么：核查用的户数是不是近期的。户数跨一个档次，应配备人数就差 2 至 4 人。

怎么算：报告期末（截至日期更早的，到截至日期；户数取上年末的，到上年末）减去该单位最近一次填报的日期，超过设置的天数（默认 92 天）就提示；恰好 92 天不提示。

怎么办：按报告期末的民政统计月报补报一次户数。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.caseload import open_towns
from policy.facts import BUREAU, Facts
from policy.finding import AUDIT, NO_DATA, SOFT, Finding, Rule
from policy.found import found
from policy.parameters import LAST_YEAR_END


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    limit, end = facts.parameters.caseload_max_age, facts.period.flow_last
    if facts.parameters.caseload_date == LAST_YEAR_END:
        end = date(end.year - 1, 12, 31)
    for unit in (*(u for u in facts.units if u.type == BUREAU), *open_towns(facts)):
        report = facts.caseload.get(unit.id)
        age = (end - report.as_of).days if report else 0
        if report and age > limit and not unit.exempt:
            said = f"户数日期 {report.as_of}，至 {end} 已 {age} 天，超过 {limit} 天"
            yield found(rule, facts, NO_DATA, said, measured=f"{age} 天", required=f"{limit} 天以内", unit=unit)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    yield "2026-09-29 的户数到年末 93 天", example.facts(households={2: 10}, caseload_date=date(2026, 9, 29)), 1
    yield "2026-09-30 的户数到年末 92 天", example.facts(households={2: 10}, caseload_date=date(2026, 9, 30)), 0


R35 = Rule("R35", "救助对象户数填报日期过早", SOFT, AUDIT, "二（三）", __doc__, _find, _cases)
