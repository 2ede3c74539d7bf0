"""应配备 and 实际配备 by unit: bands, shortfall and surplus, never netted (二（三）)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from policy.caseload import all_households
from policy.facts import BUREAU, FULL, TOWN_TYPES, Facts, Unit, once
from policy.figures import half_up, number
from policy.parameters import LOW, Bands
from policy.placing import Placed, equivalents, placed


def _band(households: Fraction | int, bands: Bands, mode: str) -> int:
    return (bisect_left if mode == LOW else bisect_right)(bands.bounds, households)


def need(households: Fraction | int, bands: Bands, mode: str) -> int:
    """应配备人数 for 户: 就高 puts an exact bound into the upper band (bisect_right), 就低 into the lower."""
    return bands.needs[_band(households, bands, mode)]


def band_words(households: Fraction | int, bands: Bands, mode: str) -> str:
    """适用档次 in words, e.g. 600户以上, 300户到600户, 300户以下."""
    i = _band(households, bands, mode)
    if not bands.bounds:
        return "不分档"
    if i == 0:
        return f"{bands.bounds[0]}户以下"
    if i == len(bands.bounds):
        return f"{bands.bounds[-1]}户以上"
    return f"{bands.bounds[i - 1]}户到{bands.bounds[i]}户"


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


def _edges(households: Fraction, bands: Bands, near: int) -> tuple[int | None, int | None]:
    """The bound the 户 stand exactly on, and the nearest one within `near` (0.01 %) of itself."""
    at = next((b for b in bands.bounds if households == b), None)
    close = [b for b in bands.bounds if abs(households - b) * FULL <= near * b]
    return at, at if at is not None else min(close, key=lambda b: abs(households - b), default=None)


@once
def staffing(facts: Facts) -> tuple[Staffing, ...]:
    """表2 line by line: the bureau, then the townships open on the as-of date, in return order. An exempt unit: need 0."""
    parameters, people, weighed = facts.parameters, placed(facts), all_households(facts)
    shares = equivalents(facts, people)
    at: dict[int | None, list[Placed]] = {}
    for p in people:
        at.setdefault(p.row, []).append(p)
    lines = []
    for unit in facts.units:
        if not (unit.type == BUREAU or unit.type in TOWN_TYPES) or not unit.open_on(facts.period.as_of):
            continue
        bands = parameters.county_bands if unit.type == BUREAU else parameters.town_bands
        households = weighed[unit.id]
        required = None if households is None else need(households, bands, parameters.boundary_mode)
        required = 0 if unit.exempt else required
        counted = tuple(p for p in at.get(unit.id, []) if p.counted)
        equivalent = Fraction(half_up(100 * shares.get(unit.id, Fraction(0))), 100)
        measured = equivalent if parameters.count_method == "折算" else Fraction(len(counted))
        approved = facts.approved.get(unit.id)
        edges = (None, None) if households is None else _edges(households, bands, parameters.near_bound)
        lines.append(
            Staffing(
                unit=unit,
                households=households,
                band="" if households is None else band_words(households, bands, parameters.boundary_mode),
                need=required,
                approved=approved.heads if approved else None,
                counted=counted,
                others=tuple(p for p in at.get(unit.id, []) if not p.counted),
                equivalent=equivalent,
                measured=measured,
                shortfall=None if required is None else max(Fraction(0), required - measured),
                surplus=None if required is None else max(Fraction(0), measured - required),
                met=None if required is None or unit.exempt else measured >= required,
                at_bound=edges[0],
                near_bound=edges[1],
            )
        )
    return tuple(lines)


def arithmetic(line: Staffing) -> str:
    """The whole sum of one line: 742 户 → 应配 6，实配 4，缺 2."""
    if line.need is None or line.shortfall is None or line.surplus is None:
        return f"户数未报 → 应配无法测算，实配 {number(line.measured)}"
    households = "户数未报" if line.households is None else f"{number(line.households)} 户"
    end = f"，缺 {number(line.shortfall)}" if line.shortfall else f"，高于最低 {number(line.surplus)}" if line.surplus else ""
    return f"{households} → 应配 {line.need}，实配 {number(line.measured)}{end}"


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
    needs = [line.need for line in lines if line.need is not None]
    complete = len(needs) == len(lines)
    required = sum(needs) if complete else None
    met = sum((min(line.measured, Fraction(line.need)) for line in lines if line.need is not None), Fraction(0))
    return Totals(
        need=required,
        heads=sum(len(line.counted) for line in lines),
        measured=sum((line.measured for line in lines), Fraction(0)),
        shortfall=sum((line.shortfall or Fraction(0) for line in lines), Fraction(0)) if complete else None,
        surplus=sum((line.surplus or Fraction(0) for line in lines), Fraction(0)) if complete else None,
        met_units=sum(line.met is True for line in lines),
        judged_units=sum(not line.unit.exempt for line in lines),
        rate=met / required if required else None,
    )
