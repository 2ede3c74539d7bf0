"""应配备 and 实际配备: bands, who counts where, shortfall; never netted (二（三）, 二（四）).

Semantics are the office's decisions: reporting unit, counting, leave, part-time, villages. All functions are pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from policy.facts import Assignment, Engagement, Facts, Term, Unit
from policy.parameters import Bands, Parameters


def term_on(engagement: Engagement, day: date) -> Term | None:
    """The conditions in force on `day` (the newest term not after it)."""
    raise NotImplementedError


def holds_on(engagement: Engagement, day: date) -> bool:
    """Whether the engagement holds on `day` (both ends inclusive)."""
    raise NotImplementedError


def reporting_assignment(engagement: Engagement, day: date) -> Assignment | None:
    """The assignment that decides the reporting unit on `day`: holding that day, largest share; tie: earlier start, then the
    order of `assignments`. None = 未安排派驻 or not engaged that day."""
    raise NotImplementedError


def last_assignment(engagement: Engagement, day: date) -> Assignment | None:
    """`reporting_assignment` on `day`, else (未安排派驻) on the latest earlier day that has one; None = never assigned up to `day`."""
    raise NotImplementedError


def row_unit(unit: Unit, units: Sequence[Unit]) -> Unit:
    """The unit in whose line of a return somebody stands: a village in its township's, a closed unit in its successor's, others in their own."""
    raise NotImplementedError


def need(households: Fraction | int, bands: Bands, mode: str) -> int:
    """应配备人数 for 户: 就高 puts an exact bound into the upper band (bisect_right), 就低 into the lower."""
    raise NotImplementedError


def band_words(households: Fraction | int, bands: Bands, mode: str) -> str:
    """适用档次 in words, e.g. 600户以上, 300户到600户, 300户以下."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Placed:
    """One engaged person on the as-of date: where they stand and whether they count to 实际配备, with the reason in words.

    `unit` is the reporting unit's id (the unit of the assignment itself; last one where 未安排派驻; None = never assigned),
    `row` the unit in whose line they stand (village → township), `why` empty when counted, else e.g. 服务性岗位.
    """

    engagement: Engagement
    term: Term | None
    assignment: Assignment | None
    unit: int | None
    row: int | None
    counted: bool
    why: str
    unassigned: bool
    village: bool


def placed(facts: Facts) -> tuple[Placed, ...]:
    """Everybody whose engagement holds on the as-of date, in the order of `facts.engagements`; each counted at most once."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Staffing:
    """One line of 表2: a bureau or township on the as-of date. None where the caseload is missing (数据不足)."""

    unit: Unit
    households: Fraction | None
    band: str
    need: int | None
    approved: int | None
    counted: tuple[Placed, ...]
    others: tuple[Placed, ...]
    """兼职及不计入人员: everybody else in the unit's line."""
    equivalent: Fraction
    """折算人数: Σ share × duty_share of counted types over all assignments holding at the unit, half up to 2 decimals."""
    measured: Fraction
    """What is held against the need: heads or 折算, by count_method."""
    shortfall: Fraction | None
    surplus: Fraction | None
    met: bool | None
    """None: exempt or 数据不足."""
    at_bound: int | None
    """The bound the 户 stand exactly on."""
    near_bound: int | None
    """The bound within the near-bound share (also when exactly on it)."""


def staffing(facts: Facts) -> tuple[Staffing, ...]:
    """表2 line by line: the bureau, then the townships open on the as-of date, in return order. An exempt unit: need 0."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Totals:
    """合计 of 表2: sums of the lines (shortfall is Σ of the units', never netted) and the footer's rates.

    need, shortfall, surplus are None while any line is 数据不足. rate = Σ min(measured, need) / Σ need.
    """

    need: int | None
    heads: int
    measured: Fraction
    shortfall: Fraction | None
    surplus: Fraction | None
    met_units: int
    judged_units: int
    """Units not exempt."""
    rate: Fraction | None


def totals(lines: Sequence[Staffing]) -> Totals:
    """合计 over the lines of `staffing`."""
    raise NotImplementedError
