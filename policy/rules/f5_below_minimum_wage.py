"""整月工资低于当地最低工资标准

看什么：全日制的购买服务、劳务派遣人员，在岗满一个整月的月份，应发工资扣除加班工资后是不是低于当地最低工资标准。

怎么算：整月在岗、没有无薪缺勤的月份，应发工资 − 加班工资，与该月执行的最低工资标准（在“经费”页的参数表里登记，以最近一次调整为准）逐月比较；
等于标准不提示。不满一个月的月份、非全日制人员不查。没有登记最低工资标准的，不查。夜班、高温等特殊津贴没有单独登记，未予扣除，临近标准的请人工核对。

怎么办：核对工资表和加班工资；确实低于标准的，督促用人单位补发差额。这里的最低工资是劳动法的标准，与文件规定的人均最低标准不是一回事。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from policy import example
from policy.facts import Absence, Facts
from policy.figures import yuan
from policy.finding import AUDIT, BELOW, SOFT, Finding, Rule
from policy.found import found
from policy.labour_facts import MinimumWage
from policy.pay import pay_form_spans, service_in
from policy.period import month_end
from policy.placing import last_assignment


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    units = {unit.id: unit for unit in facts.units}
    for engagement in facts.engagements:
        low = dict(engagement.low_pay)
        if not low or not engagement.full_time:
            continue
        served = service_in(engagement, pay_form_spans(engagement, facts), facts.parameters)
        short = []
        for (year, month), share in sorted(served.items()):
            wage = _wage_on(facts, month_end(year, month)) if share == 1 and month in low else None
            if wage and low[month] < wage.monthly:
                short.append((low[month], year, month, wage.monthly))
        if short:
            amount, year, month, least = min(short)
            last = last_assignment(engagement, facts.period.as_of)
            said = f"{year}年{month}月应发（不含加班）{yuan(amount)} 元，低于最低工资 {yuan(least)} 元，差 {yuan(least - amount)} 元"
            said += f"；低于标准的共 {len(short)} 个月" if len(short) > 1 else ""
            unit = units.get(last.unit) if last else None
            yield found(
                rule, facts, BELOW, said, measured=f"{yuan(amount)} 元/月", required=f"{yuan(least)} 元/月", unit=unit, engagement=engagement
            )


def _wage_on(facts: Facts, day: date) -> MinimumWage | None:
    areas = ("", facts.county.name, facts.county.city)
    return max((wage for wage in facts.minimum_wages if wage.area in areas and wage.since <= day), key=lambda wage: wage.since, default=None)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    wages = [MinimumWage(date(2025, 3, 1), "", 185_000)]

    def paid(amount: int, end: date | None = None, full_time: bool = True, away: bool = False, minimum: list[MinimumWage] = wages) -> Facts:
        leave = (Absence(1, "事假", date(2026, 5, 4), date(2026, 5, 4), paid=False),) if away else ()
        one = example.engagement(end=end, full_time=full_time, absences=leave, gross=12 * 200_000)
        return example.facts(engagements=[replace(one, low_pay=((5, amount),))], minimum_wages=minimum)

    yield "5 月应发 1,849.99 元，最低工资 1,850.00 元", paid(184_999), 1
    yield "恰为最低工资", paid(185_000), 0
    yield "5 月 30 日离职，不满整月", paid(184_999, end=date(2026, 5, 30)), 0
    yield "5 月 31 日离职，满整月", paid(184_999, end=date(2026, 5, 31)), 1
    yield "当月有一天无薪缺勤", paid(184_999, away=True), 0
    yield "非全日制：不查", paid(184_999, full_time=False), 0
    yield "6 月 1 日才提高", paid(184_999, minimum=[MinimumWage(date(2026, 6, 1), "", 185_000)]), 0
    yield "没有登记最低工资", paid(184_999, minimum=[]), 0


F5 = Rule("F5", "整月工资低于最低工资标准", SOFT, AUDIT, "最低工资规定第十二条", __doc__, _find, _cases)
