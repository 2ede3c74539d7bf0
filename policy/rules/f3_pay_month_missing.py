"""在岗月份没有工资记录

看什么：购买服务、劳务派遣人员在报告期内的每个在岗月份，是否都有应发工资记录。

怎么算：有一天在岗（整月无薪缺勤的除外）的月份，应有工资所属月份为该月的应发工资；缺一个月就是数据不足，不再与折算最低标准比较（F2）。
离职以后、入职以前月份的工资不顶替在岗月份。非全日制人员不查。

怎么办：补录该月工资表；整月无薪的，登记缺勤；当月不在岗的，核对起止日期。
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from policy import example
from policy.facts import Absence, Facts
from policy.finding import AUDIT, NO_DATA, SOFT, Finding, Rule
from policy.found import found
from policy.pay import Month, verdicts


def _months(missing: Sequence[Month]) -> str:
    """Months of one year, those in a row as a range: 2026年1–4月、6月."""
    runs: list[list[int]] = []
    for _, month in missing:
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    words = (f"{run[0]}–{run[-1]}月" if len(run) > 1 else f"{run[0]}月" for run in runs)
    return f"{missing[0][0]}年{'、'.join(words)}"


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    units = {u.id: u for u in facts.units}
    for v in verdicts(facts):
        if v.f2 and v.missing:
            unit = units.get(v.unit) if v.unit is not None else None
            said = f"{_months(v.missing)}在岗，没有应发工资记录，共 {len(v.missing)} 个月"
            have, must = f"缺 {len(v.missing)} 个月", "在岗月份都有工资"
            yield found(rule, facts, NO_DATA, said, measured=have, required=must, unit=unit, engagement=v.engagement)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def to_november(end: date | None = None, away: date | None = None) -> Facts:
        leave = (Absence(1, "事假", away, date(2026, 12, 31), paid=False),) if away else ()
        return example.facts(engagements=[example.engagement(gross=5000000, months=range(1, 12), end=end, absences=leave)])

    yield "缺 12 月", to_november(), 1
    yield "12 个月齐全", example.facts(engagements=[example.engagement(gross=5000000)]), 0
    yield "11 月 30 日离职，不缺 12 月", to_november(end=date(2026, 11, 30)), 0
    yield "12 月 1 日离职，缺 12 月", to_november(end=date(2026, 12, 1)), 1
    yield "12 月整月无薪", to_november(away=date(2026, 12, 1)), 0
    yield "12 月在岗一天", to_november(away=date(2026, 12, 2)), 1
    yield "非全日制：不查", example.facts(engagements=[example.engagement(full_time=False)]), 0


F3 = Rule("F3", "在岗月份没有工资记录", SOFT, AUDIT, "二（四）", __doc__, _find, _cases)
