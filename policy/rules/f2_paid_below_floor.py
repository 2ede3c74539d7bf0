"""实际应发工资低于折算最低标准

看什么：报告期内发给购买服务、劳务派遣人员的工资，够不够按在岗时间折算的最低标准。

怎么算：应发工资（口径可设置）按工资所属月份合计；折算最低标准 = 年最低标准 × 在岗折算月数 ÷ 12。
在岗折算月数默认逐月按“在岗天数 ÷ 当月天数”相加，无薪缺勤天数扣除；报告期内最低标准有调整的，各月按当月的标准。
全程用精确分数，最后才四舍五入到分。有在岗月份没有工资记录的不下结论（见 F3）；非全日制人员不查。

怎么办：核对各月工资是否录全；年终奖尚未发放、试用期（有登记的，结果中注明）、病事假等原因写入说明；确实低于的，与承接主体、派遣单位协商补发。
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from policy import example
from policy.facts import Absence, Engagement, Facts
from policy.figures import half_up, number, yuan
from policy.finding import AUDIT, BELOW_PRORATED, SOFT, UNCLEAR, Finding, Rule
from policy.found import found
from policy.pay import verdicts


def _probation(engagement: Engagement, facts: Facts) -> str:
    """The one reason the book knows by itself: on probation less may be paid (劳动合同法第二十条)."""
    until = engagement.probation_end
    return f"（试用期至 {until}）" if until and until >= facts.period.first else ""


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    units = {u.id: u for u in facts.units}
    for v in verdicts(facts):
        if v.f2 == BELOW_PRORATED:
            said = (
                f"{facts.parameters.pay_caliber} {yuan(v.paid)} 元，在岗折算 {number(v.service * 12)} 个月 → "
                f"折算最低标准 {yuan(v.due)} 元，差 {yuan(half_up(v.due) - v.paid)} 元"
            ) + _probation(v.engagement, facts)
            have = f"{yuan(v.paid)} 元"
        elif v.f2 == UNCLEAR and facts.county.confirmed and not v.f1:
            said = f"{'是否全日制' if v.engagement.full_time is None else '用工形式'}没有填 → 是否适用最低标准待明确"
            have = "未填"
        else:
            continue
        unit = units.get(v.unit) if v.unit is not None else None
        yield found(rule, facts, v.f2, said, measured=have, required=f"{yuan(v.due)} 元", unit=unit, engagement=v.engagement)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    def since(day: int, gross: int) -> Facts:
        return example.facts(engagements=[example.engagement(start=date(2026, 6, day), months=range(6, 13), gross=gross)])

    def january_unpaid(gross: int) -> Facts:
        away = (Absence(1, "事假", date(2026, 1, 1), date(2026, 1, 31), paid=False),)
        return example.facts(engagements=[example.engagement(gross=gross, months=range(2, 13), absences=away)])

    yield "全年发 49,999.99 元", example.facts(engagements=[example.engagement(gross=4999999)]), 1
    yield "全年发 50,000.00 元：达标", example.facts(engagements=[example.engagement(gross=5000000)]), 0
    yield "6 月 16 日起发 27,083.32 元：差 1 分", since(16, 2708332), 1
    yield "6 月 16 日起发 27,083.33 元：达标", since(16, 2708333), 0
    yield "6 月 15 日起发 27,083.33 元：多一天", since(15, 2708333), 1
    yield "1 月整月无薪，发 45,833.33 元：达标", january_unpaid(4583333), 0
    yield "1 月整月无薪，发 45,833.32 元：差 1 分", january_unpaid(4583332), 1
    yield "12 月没有工资：数据不足，不下结论", example.facts(engagements=[example.engagement(gross=1, months=range(1, 12))]), 0
    yield "非全日制：不查", example.facts(engagements=[example.engagement(gross=1, full_time=False)]), 0


F2 = Rule("F2", "应发工资低于折算最低标准", SOFT, AUDIT, "二（四）", __doc__, _find, _cases, clauses=("R43",))
