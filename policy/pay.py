"""最低标准 (pay floor): standard against floor (F1), paid against prorated floor (F2), in whole 分 and exact fractions (二（四））."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from policy.facts import Absence, Engagement, Facts, Standard
from policy.parameters import Parameters


def standard_on(engagement: Engagement, day: date) -> Standard | None:
    """The pay standard in force on `day`."""
    raise NotImplementedError


def annual_standard(standard: Standard | None) -> int | None:
    """年工资标准 in 分: 12·monthly_fixed + 12·performance + year_end where parts are known, else the annual figure; None = 数据不足."""
    raise NotImplementedError


def floor_on(parameters: Parameters, region: str, day: date) -> int:
    """最低标准 of the region on `day`, 分 per person and year; ValueError where none is in force."""
    raise NotImplementedError


def service_by_month(engagement: Engagement, first: date, last: date, parameters: Parameters) -> dict[tuple[int, int], Fraction]:
    """(year, month) → share of the month in service inside [first, last] by the part-year method; unpaid absence days come off
    when the setting says so. Months without a day in service are absent. Σ / 12 is the service fraction of a year."""
    raise NotImplementedError


def in_pay_form(engagement: Engagement, day: date, parameters: Parameters) -> bool:
    """Whether the engagement's type on `day` (or its last day, if it ended before) stands in 表3."""
    raise NotImplementedError


def pay_population(facts: Facts, day: date) -> tuple[Engagement, ...]:
    """Engagements in 表3 that hold on `day` and have been assigned somewhere by then (表3[1], 表13, 表6[18], 2-H8)."""
    raise NotImplementedError


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
    missing: tuple[tuple[int, int], ...]


def verdicts(facts: Facts) -> tuple[Verdict, ...]:
    """Verdicts for every engagement whose type has the floor (or is in 表3) and that served in the period, in the order of the facts."""
    raise NotImplementedError


def yuan(fen: int | Fraction) -> str:
    """分 as 元 with 2 decimals and thousands separators, half up: 4999200 → "49,992.00"."""
    raise NotImplementedError
