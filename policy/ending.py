"""Ending a labour contract: whether 经济补偿 is due, how much and by which article, and what stands in the way. All functions are pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from policy.figures import number, yuan
from policy.kinds.month import in_words
from policy.labour import END_REASONS, EndReason, Severance, severance
from policy.limits import Limits
from policy.period import add_months, complete_on, month_end

WITH_NOTICE: Final = ("第四十条第一项", "第四十条第二项", "第四十条第三项")
"""Grounds that need thirty days' written notice or a month's pay instead."""
RETRAINED: Final = "第四十条第二项"
"""The ground that needs training or another post first."""
LAID_OFF: Final = "第四十一条第一款"
EXPIRED: Final = "第四十四条第一项"
PROTECTED: Final = ("产假", "病假", "工伤")
"""缺勤 under which a contract is neither ended by 第四十条 nor at its term (第四十二条、第四十五条)."""
IN_PROBATION: Final = "第三十九条第一项"
PUBLIC_POST: Final = "公益性岗位"
_LAW: Final = "劳动合同法"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What an ending costs: `due` as in `EndReason`, the amount in 分 (0 where nothing is due; None where the wage is not known),
    and the arithmetic with its articles in words."""

    due: bool | None
    amount: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Wages:
    """What the wage is taken from: 工资所属月份 (yyyymm) → 应发 in 分, oldest first, and the minimum wage of the last day (None = not known)."""

    months: Mapping[int, int]
    minimum: int | None = None


def reason_of(words: str) -> EndReason:
    """A lawful ground by its words; ValueError with a sentence otherwise."""
    found = END_REASONS.get(words)
    if found is None:
        raise ValueError(f"解除、终止的理由里没有“{words}”。请从列表里选：{'、'.join(END_REASONS)}。")
    return found


def article_of(reason: EndReason) -> str:
    """劳动合同法第四十条第二项; "" where the ground names none."""
    return f"{_LAW}{reason.article}" if reason.article else ""


def twelve_months(first: date, last_day: date) -> tuple[int, ...]:
    """The whole months (yyyymm) of service before an ending whose average counts: at most twelve, oldest first. A month in which the
    service began or ended in the middle is left out, unless there is no other."""
    month = last_day.year * 12 + last_day.month - 1
    if last_day != month_end(last_day.year, last_day.month):
        month -= 1
    begun = first.year * 12 + first.month - 1 + (first.day > 1)
    whole = range(max(begun, month - 11), month + 1)
    return tuple(one // 12 * 100 + one % 12 + 1 for one in whole) or (last_day.year * 100 + last_day.month,)


def settle(reason: EndReason, since: date, last_day: date, wages: Wages, limits: Limits) -> Settlement:
    """经济补偿 of an ending on `last_day` for service since `since`: computed where it is or may be due (第四十六条、第四十七条)."""
    if reason.due is False:
        by = f"（{article_of(reason)}）" if reason.article else ""
        return Settlement(False, 0, f"因{reason.words}{by}，依法不支付经济补偿。")
    lead = "依法应支付经济补偿（第四十六条）。" if reason.due else "是否支付经济补偿看实际情形，由用人单位确定；应支付的，按下面的算法。"
    if not wages.months:
        return Settlement(reason.due, None, f"{lead}没有离职前的应发工资记录，月工资算不出来。请先补录工资，或直接填写核定的金额。")
    local = limits.local_average_wage or None
    found = severance(since, last_day, list(wages.months.values()), local, limits, wages.minimum)
    return Settlement(reason.due, found.amount, lead + _arithmetic(since, last_day, wages, found, limits))


def _arithmetic(since: date, last_day: date, wages: Wages, found: Severance, limits: Limits) -> str:
    months = list(wages.months)
    average = Fraction(sum(wages.months.values()), len(months))
    span = in_words(months[0]) if len(months) == 1 else f"{in_words(months[0])}至{in_words(months[-1])}"
    said = f"工作年限 {since} 至 {last_day}，折 {number(Fraction(found.half_years, 2))} 个月；{span} {len(months)} 个月应发平均 {yuan(average)} 元"
    if found.raised:
        said += f"，低于当地最低工资，按最低工资 {yuan(found.wage)} 元"
    if found.capped:
        said += f"，高于当地职工月平均工资的 {limits.severance_cap_times} 倍，按 {yuan(found.wage)} 元、最多 {limits.severance_cap_years} 年"
    said += f"；{number(Fraction(found.half_years, 2))} × {yuan(found.wage)} ＝ {yuan(found.amount)} 元（第四十七条）。"
    if not limits.local_average_wage:
        said += "当地职工月平均工资没有录入，未按三倍封顶。"
    return said


def outside(kind: str, full_time: bool | None) -> tuple[str, ...]:
    """What the law says of workers to whom 经济补偿 does not apply: 非全日制, and 公益性岗位 (`kind` is their 用工形式)."""
    said = []
    if full_time is False:
        said.append("本人是非全日制用工：终止用工，用人单位不支付经济补偿（第七十一条，条号需确认）。")
    if kind == PUBLIC_POST:
        said.append("本人在公益性岗位：为安置就业困难人员设置的，不适用支付经济补偿的规定（实施条例第十二条，条号需确认）。")
    return tuple(said)


def near_retirement(
    reason: EndReason, since: date, last_day: date, retiring: Mapping[str, date], limits: Limits
) -> tuple[str, ...]:
    """第四十二条第五项: who has served this employer without a break since `since` for fifteen years and is less than five years from 法定退休年龄
    is not dismissed by 第四十条、第四十一条, and a contract runs on past its term (第四十五条).

    `retiring`: what they may retire as → the day they reach the age; empty where birth or sex is not known, two where a woman's 退休类别 is not.
    """
    service, years = limits.near_retirement_service, limits.near_retirement_years
    if reason.article not in (*WITH_NOTICE, LAID_OFF, EXPIRED) or complete_on(since, 12 * service) > last_day + timedelta(days=1):
        return ()
    served = f"本人自 {since} 起在本单位连续工作满 {service} 年"
    law = "不得以此为由解除，合同到期的应当续延（第四十二条第五项、第四十五条）"
    if not retiring:
        return (f"{served}；没有登记出生日期或者性别，看不出距法定退休年龄是否不足 {years} 年。不足的，{law}。请先补登。",)
    near = {one: day for one, day in retiring.items() if add_months(day, -12 * years) < last_day < day}
    if not near:
        return ()
    if len(near) == len(retiring):
        until = "，".join(f"{one} {day} 到退休年龄" for one, day in near.items())
        return (f"{served}，距法定退休年龄不足 {years} 年（{until}）：{law}。",)
    either = "，".join(f"按{one} {day} 到退休年龄" for one, day in retiring.items())
    return (f"{served}；没有登记退休类别（{either}），看不出距法定退休年龄是否不足 {years} 年。不足的，{law}。请先在用工条件里补登。",)


def cautions(
    end: date | None, probation_end: date | None, reason: EndReason, last_day: date, away: str, wages: Wages, wanted: Sequence[int]
) -> tuple[str, ...]:
    """What a clerk should know before ending a contract that runs to `end`: notice, protection, working on after the term, missing pay.

    `away`: the kind of absence that runs on the last day ("" = none); `wanted`: the months whose pay counts.
    """
    said = []
    if reason.article in WITH_NOTICE:
        said.append("应当提前三十日以书面形式通知本人，或者额外支付一个月工资（第四十条）。")
    if reason.article == LAID_OFF:
        said.append("应当提前三十日向工会或者全体职工说明情况，裁减方案报劳动行政部门（第四十一条）。")
    if away in PROTECTED and reason.article in (*WITH_NOTICE, LAID_OFF, EXPIRED):
        said.append(f"本人正在{away}：孕期、产期、哺乳期、医疗期内不得以此为由解除，合同到期的应当续延（第四十二条、第四十五条）。")
    if reason.article == IN_PROBATION and (probation_end is None or probation_end < last_day):
        until = f"试用期至 {probation_end}" if probation_end else "合同没有登记试用期"
        said.append(f"{until}，{last_day} 已不在试用期内，不能以试用期不符合录用条件为由解除。")
    if reason.article == EXPIRED and end is not None and last_day > end:
        said.append(f"合同 {end} 到期后仍在用工至 {last_day}，可能被认定为按原条件继续履行。")
    missing = [month for month in wanted if month not in wages.months]
    if missing and wages.months and reason.due is not False:
        said.append(f"计算平均工资的月份里没有工资记录：{'、'.join(in_words(month) for month in missing)}。请核对后再确定金额。")
    return tuple(said)
