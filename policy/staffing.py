"""应配备 and 实际配备: bands, who counts where, shortfall; never netted (二（三）, 二（四）).

Semantics are the office's decisions: reporting unit, counting, leave, part-time, villages. All functions are pure.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from policy.caseload import all_households
from policy.facts import BUREAU, FULL, TOWN_TYPES, VILLAGE, Assignment, Engagement, Facts, Person, Term, Unit
from policy.parameters import LOW, Bands, Parameters
from policy.period import month_end


def term_on(engagement: Engagement, day: date) -> Term | None:
    """The conditions in force on `day` (the newest term not after it)."""
    return next((term for term in reversed(engagement.terms) if term.since <= day), None)


def holds_on(engagement: Engagement, day: date) -> bool:
    """Whether the engagement holds on `day` (both ends inclusive)."""
    return engagement.start <= day and (engagement.end is None or day <= engagement.end)


def assigned_on(engagement: Engagement, day: date) -> tuple[Assignment, ...]:
    """The assignments of an engagement that hold on `day` (both ends inclusive), in their order."""
    return tuple(a for a in engagement.assignments if a.start <= day and (a.end is None or day <= a.end))


def reporting_assignment(engagement: Engagement, day: date) -> Assignment | None:
    """The assignment that decides the reporting unit on `day`: holding that day, largest share; tie: earlier start, then the
    order of `assignments`. None = 未安排派驻 or not engaged that day."""
    if not holds_on(engagement, day):
        return None
    return min(assigned_on(engagement, day), key=lambda a: (-a.share, a.start), default=None)


def last_assignment(engagement: Engagement, day: date) -> Assignment | None:
    """`reporting_assignment` on `day`, else (未安排派驻) on the latest earlier day that has one; None = never assigned up to `day`."""
    last = day if engagement.end is None else min(day, engagement.end)
    now = reporting_assignment(engagement, last)
    if now is not None:
        return now
    ends = [a.end for a in engagement.assignments if a.end is not None and engagement.start <= a.end < last]
    return reporting_assignment(engagement, max(ends)) if ends else None


def _row(unit: Unit, units: Mapping[int, Unit], day: date | None) -> Unit:
    seen = {unit.id}
    while True:
        closed = unit.closed is not None and (day is None or unit.closed < day)
        above = units.get(unit.parent) if unit.type == VILLAGE and unit.parent is not None else None
        after = units.get(unit.successor) if closed and unit.successor is not None else None
        step = above if above is not None and above.type in TOWN_TYPES else after
        if step is None or step.id in seen:
            return unit
        seen.add(step.id)
        unit = step


def row_unit(unit: Unit, units: Sequence[Unit], day: date | None = None) -> Unit:
    """The unit in whose line of a return somebody stands: a village in its township's, a closed unit in its successor's, others
    in their own. With a `day`, only a unit closed before it has given way to its successor."""
    return _row(unit, {u.id: u for u in units}, day)


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


def identity(person: Person) -> str | int:
    """What makes two records one person: the identity number, or the record where none was typed."""
    return person.id_no or person.id


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return min(month_end(year, month + 1), date(year, month + 1, 1) + timedelta(days=day.day - 1))


def away_since(engagement: Engagement, day: date) -> date | None:
    """First day of the leave the person is on; leaves that follow without a day between are one. None = at work on `day`."""
    since = None
    for absence in sorted(engagement.absences, key=lambda a: a.start, reverse=True):
        until = day if since is None else since - timedelta(days=1)
        if absence.start <= until and (absence.end is None or until <= absence.end):
            since = absence.start
    return since


def _type_why(term: Term | None, parameters: Parameters) -> str:
    if term is None or not term.type:
        return "用工形式未填"
    rule = parameters.types.get(term.type)
    if rule is None or not rule.counts:
        return f"{term.type}不计入"
    if rule.duty_only and term.duty != "社会救助经办":
        return f"{term.type}的职责不是社会救助经办"
    return ""


def _place_why(assignment: Assignment, unit: Unit | None, row: Unit | None, parameters: Parameters) -> str:
    if unit is None or row is None:
        return "派驻单位不在台账中"
    if assignment.work_class == "服务性":
        return "服务性岗位"
    if unit.type == VILLAGE and not (parameters.village_counts and assignment.pooled):
        return "派驻村（社区）"
    if row.type != BUREAU and row.type not in TOWN_TYPES:
        return f"派驻{row.type}"
    return ""


def _leave_why(engagement: Engagement, day: date, parameters: Parameters) -> str:
    since = away_since(engagement, day)
    if since is None or since >= _months_before(day, parameters.long_leave_months):
        return ""
    return f"请假超过{parameters.long_leave_months}个月"


def placed(facts: Facts) -> tuple[Placed, ...]:
    """Everybody whose engagement holds on the as-of date, in the order of `facts.engagements`; each counted at most once.

    Leave records that follow each other without a gap are one leave.
    """
    day, parameters = facts.period.as_of, facts.parameters
    units = {u.id: u for u in facts.units}
    rows = {u.id: _row(u, units, day) for u in facts.units}
    result, already = [], set()
    for engagement in facts.engagements:
        if not holds_on(engagement, day):
            continue
        term, now = term_on(engagement, day), reporting_assignment(engagement, day)
        assignment = now or last_assignment(engagement, day)
        unit = units.get(assignment.unit) if assignment else None
        row = rows.get(assignment.unit) if assignment else None
        why = _type_why(term, parameters)
        if not why and term is not None and term.duty_share < parameters.duty_threshold:
            why = f"社会救助工作占比 {percent(term.duty_share)}，不足 {percent(parameters.duty_threshold)}"
        if not why:
            why = "未安排派驻" if now is None else _place_why(now, unit, row, parameters)
        why = why or _leave_why(engagement, day, parameters)
        if not why and row is not None and not row.open_on(day):
            why = "派驻单位已撤销"
        if not why and identity(engagement.person) in already:
            why = "已按本人另一用工关系计入"
        if not why:
            already.add(identity(engagement.person))
        result.append(
            Placed(
                engagement, term, assignment, assignment.unit if assignment else None, row.id if row else None,
                counted=not why, why=why, unassigned=now is None, village=unit is not None and unit.type == VILLAGE,
            )
        )  # fmt: skip
    return tuple(result)


def percent(share: int) -> str:
    """A share of 0.01 % in words without idle zeros: 4000 → 40%."""
    whole, part = divmod(share, 100)
    return f"{whole}" + (f".{part:02d}".rstrip("0") if part else "") + "%"


def number(value: Fraction | int) -> str:
    """户 or heads as shown: whole numbers plain, others half up with 2 decimals: 9/2 → 4.50."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return f"{exact.numerator}"
    cents = (exact.numerator * 200 + exact.denominator) // (2 * exact.denominator)
    return f"{cents // 100}.{cents % 100:02d}"


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


def _equivalents(facts: Facts, people: Sequence[Placed]) -> dict[int, int]:
    """折算 by line, in FULL²-ths of a head: what counts as heads must count, only the shares take the place of the threshold."""
    day, parameters = facts.period.as_of, facts.parameters
    units = {u.id: u for u in facts.units}
    rows = {u.id: _row(u, units, day) for u in facts.units}
    sums: dict[int, int] = {}
    for p in people:
        if p.term is None or _type_why(p.term, parameters) or _leave_why(p.engagement, day, parameters):
            continue
        for a in assigned_on(p.engagement, day):
            row = rows.get(a.unit)
            if row is not None and not _place_why(a, units.get(a.unit), row, parameters):
                sums[row.id] = sums.get(row.id, 0) + a.share * p.term.duty_share
    return sums


def _edges(households: Fraction, bands: Bands, near: int) -> tuple[int | None, int | None]:
    """The bound the 户 stand exactly on, and the nearest one within `near` (0.01 %) of itself."""
    at = next((b for b in bands.bounds if households == b), None)
    close = [b for b in bands.bounds if abs(households - b) * FULL <= near * b]
    return at, at if at is not None else min(close, key=lambda b: abs(households - b), default=None)


def staffing(facts: Facts) -> tuple[Staffing, ...]:
    """表2 line by line: the bureau, then the townships open on the as-of date, in return order. An exempt unit: need 0."""
    parameters, people, weighed = facts.parameters, placed(facts), all_households(facts)
    equivalents = _equivalents(facts, people)
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
        equivalent = Fraction((equivalents.get(unit.id, 0) * 200 + FULL**2) // (2 * FULL**2), 100)
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
