"""Who stands where on a day, and whether they count to 实际配备, with the reason in words (二（三）, 二（四）).

Reporting unit, counting, leave, part-time and villages as the office decided them. All functions are pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from policy.facts import BUREAU, FULL, TOWN_TYPES, VILLAGE, Assignment, Engagement, Facts, Person, Term, Unit
from policy.figures import percent
from policy.parameters import Parameters
from policy.period import add_months


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
    """The assignment that decides the reporting unit on `day`: holding that day, largest share; tie: earlier start, then
    the unit's place (the order of `assignments`). None = 未安排派驻 or not engaged that day."""
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
    if since is None or since >= add_months(day, -parameters.long_leave_months):
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


def equivalents(facts: Facts, people: Sequence[Placed]) -> dict[int, Fraction]:
    """折算人数 by line, exact: Σ share × duty_share of `people`. What counts as heads must count; only the shares take the place of the threshold."""
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
    return {row: Fraction(share, FULL**2) for row, share in sums.items()}
