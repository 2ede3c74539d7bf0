"""最低标准 (pay floor): standard against floor (F1), paid against prorated floor (F2), in whole 分 and exact fractions (二（四））."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from policy.facts import Engagement, Facts, PaySums, Standard, once
from policy.figures import half_up
from policy.finding import BELOW, BELOW_PRORATED, MET, MET_PRORATED, NO_DATA, UNCLEAR
from policy.parameters import Parameters, TypeRule
from policy.period import month_end
from policy.placing import holds_on, last_assignment, term_on

Month = tuple[int, int]
"""(year, calendar month)"""
Spans = tuple[tuple[date, date], ...]
"""Stretches of days, both ends inclusive, ascending."""


def standard_on(engagement: Engagement, day: date) -> Standard | None:
    """The pay standard in force on `day`."""
    return max((s for s in engagement.standards if s.since <= day), key=lambda s: (s.since, s.id), default=None)


def standard_of_parts(standard: Standard) -> int | None:
    """12·monthly_fixed + 12·performance + year_end in 分, parts left blank being none; None where the monthly pay is not known."""
    if standard.monthly_fixed is None:
        return None
    return 12 * (standard.monthly_fixed + (standard.performance or 0)) + (standard.year_end or 0)


def annual_standard(standard: Standard | None) -> int | None:
    """年工资标准 in 分: 12·monthly_fixed + 12·performance + year_end where parts are known, else the annual figure; None = 数据不足."""
    if standard is None:
        return None
    parts = standard_of_parts(standard)
    return standard.annual if parts is None else parts


def floor_on(parameters: Parameters, region: str, day: date) -> int:
    """最低标准 of the region on `day`, 分 per person and year; ValueError where none is in force."""
    amount = next((floor.amount for floor in reversed(parameters.floors) if floor.region == region and floor.since <= day), None)
    if amount is None:
        raise ValueError(f"“{region}”在 {day} 没有最低标准。请在单位信息中核对所属区域（珠三角或粤东西北），或核对政策参数。")
    return amount


def _days_served(engagement: Engagement, first: date, last: date, parameters: Parameters) -> int:
    unpaid = [a for a in engagement.absences if not a.paid and a.start <= last and (a.end is None or first <= a.end)]
    if not unpaid or not parameters.unpaid_absence_off:
        return (last - first).days + 1
    days = (first + timedelta(days=i) for i in range((last - first).days + 1))
    return sum(not any(a.start <= day and (a.end is None or day <= a.end) for a in unpaid) for day in days)


def service_by_month(engagement: Engagement, first: date, last: date, parameters: Parameters) -> dict[Month, Fraction]:
    """(year, month) → share of the month in service inside [first, last] by the part-year method; unpaid absence days come off
    when the setting says so. Months without a day in service are absent. Σ / 12 is the service fraction of a year.

    月折算: days / days of the month. 日折算: days × 12 / days of the year, so that a whole year is 1 in leap years too. 整月: a month with
    a day in service is whole, the last one too; with 入职当月不计 a month entered after its first day is 0.
    """
    begin, stop = max(first, engagement.start), last if engagement.end is None else min(last, engagement.end)
    shares: dict[Month, Fraction] = {}
    while begin <= stop:
        end = min(stop, month_end(begin.year, begin.month))
        days = _days_served(engagement, begin, end, parameters)
        if days:
            month = begin.year, begin.month
            if parameters.part_year == "月折算":
                shares[month] = Fraction(days, monthrange(*month)[1])
            elif parameters.part_year == "日折算":
                shares[month] = Fraction(12 * days, 366 if isleap(begin.year) else 365)
            else:
                entered = (engagement.start.year, engagement.start.month) == month and engagement.start.day > 1
                shares[month] = Fraction(0 if entered and parameters.part_year == "整月（入职当月不计）" else 1)
        begin = end + timedelta(days=1)
    return shares


def _last_day(engagement: Engagement, day: date) -> date:
    return day if engagement.end is None else min(day, engagement.end)


def _type_rule(engagement: Engagement, day: date, parameters: Parameters) -> TypeRule | None:
    """What the engagement's type does; None where the type is not known (blank)."""
    term = term_on(engagement, _last_day(engagement, day))
    return parameters.types.get(term.type, TypeRule(False, False, False)) if term and term.type else None


def _in_form(rule: TypeRule | None) -> bool:
    return rule is not None and rule.in_pay_form


def _judged(rule: TypeRule | None) -> bool:
    return rule is None or rule.has_floor or rule.in_pay_form


def in_pay_form(engagement: Engagement, day: date, parameters: Parameters) -> bool:
    """Whether the engagement's type on `day` (or its last day, if it ended before) stands in 表3."""
    return _in_form(_type_rule(engagement, day, parameters))


def _spans(engagement: Engagement, facts: Facts, wanted: Callable[[TypeRule | None], bool]) -> Spans:
    period = facts.period
    first, last = max(engagement.start, period.first), _last_day(engagement, period.flow_last)
    starts = [first, *(term.since for term in engagement.terms if first < term.since <= last)]
    ends = [*(start - timedelta(days=1) for start in starts[1:]), last]
    found: list[tuple[date, date]] = []
    for start, end in zip(starts, ends, strict=True):
        if start > end or not wanted(_type_rule(engagement, start, facts.parameters)):
            continue
        joins = found and found[-1][1] + timedelta(days=1) == start
        found.append((found.pop()[0], end) if joins else (start, end))
    return tuple(found)


def pay_form_spans(engagement: Engagement, facts: Facts) -> Spans:
    """The stretches of the period in which the engagement stands in 表3: in service, under a type that stands there (a change of type
    enters or leaves it like a start or an end)."""
    return _spans(engagement, facts, _in_form)


def service_in(engagement: Engagement, spans: Spans, parameters: Parameters) -> dict[Month, Fraction]:
    """`service_by_month` of the stretches alone."""
    shares: dict[Month, Fraction] = {}
    for first, last in spans:
        entered = engagement if first.day == 1 else replace(engagement, start=max(first, engagement.start))
        for month, share in service_by_month(entered, first, last, parameters).items():
            shares[month] = shares.get(month, Fraction(0)) + share
    return shares


def pay_in(engagement: Engagement, spans: Spans) -> tuple[PaySums, ...]:
    """The engagement's sums without those whose months all lie beside the stretches (paid as another type)."""
    months = sum(1 << month for month in {m for first, last in spans for m in range(first.month, last.month + 1)})
    return tuple(s for s in engagement.pay if s.outside or not s.months or s.months & months)


def pay_population(facts: Facts, day: date) -> tuple[Engagement, ...]:
    """Engagements in 表3 that hold on `day` and have been assigned somewhere by then (表3[1], 表13, 表6[18], 2-H8)."""
    return tuple(
        e for e in facts.engagements if holds_on(e, day) and in_pay_form(e, day, facts.parameters) and last_assignment(e, day) is not None
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """One engagement's pay against the floor over the period, all money in 分.

    `standard`, `floor`: F1 (`floor` of the as-of date). `service`: fraction of a year; `paid` by the caliber; `due` =
    Σ floor by month × share / 12, exact. `missing`: served months without pay. `f1`, `f2` are words of `policy.finding`
    (达标, 低于最低标准 / 折算后达标, 折算后低于最低标准, 数据不足, 口径待明确) or "" where the check does not apply.
    """

    engagement: Engagement
    unit: int | None
    standard: int | None
    floor: int
    f1: str
    service: Fraction
    paid: int
    due: Fraction
    f2: str
    missing: tuple[Month, ...]


def paid_by_caliber(sums: PaySums, caliber: str) -> int:
    """What the pay caliber (工资口径) compares with the floor, in 分."""
    if caliber == "应发不含加班":
        return sums.gross - sums.overtime
    return {"应发": sums.gross, "用工成本": sums.cost, "实发": sums.net}[caliber]


def _owed(engagement: Engagement, spans: Spans, facts: Facts) -> tuple[dict[Month, Fraction], Fraction, Fraction]:
    """Shares of the months in service in the stretches, their fraction of a year and the prorated floor; a month before any floor owes
    nothing."""
    parameters, region = facts.parameters, facts.county.region
    shares, due = service_in(engagement, spans, parameters), Fraction(0)
    for month, share in shares.items():
        day = month_end(*month)
        if parameters.floors[0].since <= day:
            due += floor_on(parameters, region, day) * share
    return shares, sum(shares.values(), Fraction(0)) / 12, due / 12


@once
def verdicts(facts: Facts) -> tuple[Verdict, ...]:
    """Verdicts for every engagement that served in the period under a type that has the floor (or is in 表3), in the order of the facts.

    F1 looks at those in post on the as-of date, by their type of that day; F2 at the days in service under such a type from the
    period's first day to `flow_last`, a month's floor being the one in force on its last day. Neither applies to 非全日制, nor before a first assignment (not yet entered).
    Paid money is whole 分, so the prorated floor is rounded half up to 分 before the two are compared.
    """
    parameters, day = facts.parameters, facts.period.as_of
    floor, tolerance = floor_on(parameters, facts.county.region, day), parameters.tolerance
    alike: dict[Spans, tuple[dict[Month, Fraction], Fraction, Fraction]] = {}
    result = []
    for engagement in facts.engagements:
        spans, now = _spans(engagement, facts, _judged), _type_rule(engagement, day, parameters)
        if any(not absence.paid for absence in engagement.absences):
            shares, service, due = _owed(engagement, spans, facts)
        else:  # most people of a province serve the same whole period
            shares, service, due = alike.get(spans) or alike.setdefault(spans, _owed(engagement, spans, facts))
        here = holds_on(engagement, day) and _judged(now)
        if not shares and not here:
            continue
        then = _type_rule(engagement, spans[-1][1], parameters) if spans else now
        sums = [s for s in pay_in(engagement, spans) if not s.outside]
        bits = 0
        for s in sums:
            bits |= s.months
        missing = tuple(month for month in shares if not bits >> month[1] & 1)
        paid = sum(paid_by_caliber(s, parameters.pay_caliber) for s in sums)
        annual = annual_standard(standard_on(engagement, day))
        assignment = last_assignment(engagement, day)
        applies = engagement.full_time is not False and assignment is not None
        unclear = engagement.full_time is None or not facts.county.confirmed
        if not (applies and here and (now is None or now.has_floor)):
            f1 = ""
        elif unclear or now is None:
            f1 = UNCLEAR
        elif annual is None:
            f1 = NO_DATA
        else:
            f1 = MET if annual + tolerance >= floor else BELOW
        if not (applies and shares and (then is None or then.has_floor)):
            f2 = ""
        elif unclear or then is None:
            f2 = UNCLEAR
        elif missing:
            f2 = NO_DATA
        else:
            f2 = MET_PRORATED if paid + tolerance >= half_up(due) else BELOW_PRORATED
        unit = assignment.unit if assignment else None
        result.append(Verdict(engagement, unit, annual, floor, f1, service, paid, due, f2, missing))
    return tuple(result)
