"""人员动态 (表13, 月度人员增减变动表): who entered, moved between lines, and left the pay population of 0-decisions C, as dated events. Pure.

期末 = 期初 + 新进 + 调入 − 调出 − 离职 holds for every line and together, and Σ调入 = Σ调出, because all of it is read from one
sequence of states: on each day an engagement stands in the line of its reporting unit, or in none. A person whose next engagement
follows without a day between (更换承接主体) goes on: no 离职, no 新进.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from policy.facts import Engagement, Facts, Unit
from policy.pay import in_pay_form
from policy.placing import holds_on, identity, last_assignment, row_unit

JOINED: Final = "新进"
MOVED: Final = "调整派驻单位"
LEFT: Final = "离职"
RESIGNED: Final = "个人辞职"
EXPIRED: Final = "期满不续"
DISMISSED: Final = "解除、退回"
OTHER: Final = "其他"
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Event:
    """One change. `day`: first day of the new state (who left on the 30th is out from the 31st). `source`, `target`: lines (unit numbers),
    None outside. `engagement`: the one that holds after it, for who left the one before."""

    day: date
    kind: str
    engagement: Engagement
    source: int | None
    target: int | None

    @property
    def reason(self) -> str:
        """Why somebody left, in the words of 表13[6–8]; 其他 also where only the 用工形式 changed."""
        return leaving(self.engagement.end_reason) if self.engagement.end == self.day - _DAY else OTHER


@dataclass(frozen=True, slots=True)
class Line:
    """One line of 表13: whose they are, each by engagement."""

    unit: int | None
    opening: tuple[Engagement, ...]
    joined: tuple[Event, ...]
    moved_in: tuple[Event, ...]
    moved_out: tuple[Event, ...]
    left: tuple[Event, ...]
    closing: tuple[Engagement, ...]

    def left_by(self, reason: str) -> tuple[Event, ...]:
        """Of who left, those by one reason."""
        return tuple(event for event in self.left if event.reason == reason)

    @property
    def rate(self) -> Fraction | None:
        """流失率 = 离职/((期初+期末)/2), exact; None (—) where nobody was there."""
        heads = len(self.opening) + len(self.closing)
        return Fraction(2 * len(self.left), heads) if heads else None


def leaving(reason: str) -> str:
    """An 离职原因 as 表13 counts it."""
    if "辞职" in reason or "劳动者提出" in reason or "劳动者解除" in reason:
        return RESIGNED
    if "期满不续" in reason or "合同期满" in reason or "到期" in reason:
        return EXPIRED
    words = ("解除", "退回", "协商一致", "试用期", "违纪", "医疗期满", "不能胜任", "客观情况", "失职", "刑事责任", "裁减")
    return DISMISSED if any(word in reason for word in words) else OTHER


def opening_day(facts: Facts) -> date:
    """期初: the day before the period."""
    return facts.period.first - _DAY


def lines_of_units(facts: Facts) -> Mapping[int, int]:
    """Unit → the unit in whose line it stands on the as-of date."""
    units: tuple[Unit, ...] = (*facts.units, *facts.gone_units)
    return {unit.id: row_unit(unit, units, facts.period.as_of).id for unit in units}


def line_on(engagement: Engagement, day: date, facts: Facts, lines: Mapping[int, int]) -> int | None:
    """The line an engagement stands in on a day; None while it does not hold, is of another type, or was never assigned yet."""
    if not holds_on(engagement, day) or not in_pay_form(engagement, day, facts.parameters):
        return None
    posted = last_assignment(engagement, day)
    return lines.get(posted.unit, posted.unit) if posted else None


def _changes(engagement: Engagement, facts: Facts, lines: Mapping[int, int]) -> Iterator[tuple[date, int | None, int | None]]:
    first, last = opening_day(facts), facts.period.as_of
    days = {engagement.start, *(term.since for term in engagement.terms), *(a.start for a in engagement.assignments)}
    days |= {a.end + _DAY for a in engagement.assignments if a.end} | ({engagement.end + _DAY} if engagement.end else set())
    before = line_on(engagement, first, facts, lines)
    for day in sorted(day for day in days if first < day <= last):
        after = line_on(engagement, day, facts, lines)
        if after != before:
            yield day, before, after
        before = after


def events(facts: Facts) -> tuple[Event, ...]:
    """Every event of the period up to the as-of date, by day, then engagement."""
    lines, found = lines_of_units(facts), []
    out: dict[tuple[str | int, date], list[tuple[Engagement, int]]] = {}
    into: list[tuple[date, Engagement, int]] = []
    for engagement in (*facts.gone, *facts.engagements):
        for day, before, after in _changes(engagement, facts, lines):
            if before is not None and after is not None:
                found.append(Event(day, MOVED, engagement, before, after))
            elif before is not None:
                out.setdefault((identity(engagement.person), day), []).append((engagement, before))
            elif after is not None:
                into.append((day, engagement, after))
    for day, engagement, after in into:
        gone = out.get((identity(engagement.person), day))
        if not gone:
            found.append(Event(day, JOINED, engagement, None, after))
            continue
        _, before = gone.pop(0)
        if before != after:
            found.append(Event(day, MOVED, engagement, before, after))
    found += [Event(day, LEFT, engagement, before, None) for (_, day), gone in out.items() for engagement, before in gone]
    return tuple(sorted(found, key=lambda event: (event.day, event.engagement.id)))


def turnover(facts: Facts) -> tuple[Line, ...]:
    """The lines of 表13 that have anybody, in return order: stocks on the day before the period and on the as-of date, and what
    happened between. Stocks and events are of one day so that 期末 agrees with 表3[1]."""
    lines, happened = lines_of_units(facts), events(facts)
    people = sorted((*facts.gone, *facts.engagements), key=lambda e: e.id)

    def standing(day: date) -> dict[int, list[Engagement]]:
        found: dict[int, list[Engagement]] = {}
        for engagement in people:
            line = line_on(engagement, day, facts, lines)
            if line is not None:
                found.setdefault(line, []).append(engagement)
        return found

    opening, closing = standing(opening_day(facts)), standing(facts.period.as_of)
    named = {*opening, *closing, *(line for event in happened for line in (event.source, event.target) if line is not None)}
    place = {unit.id: index for index, unit in enumerate((*facts.units, *facts.gone_units))}
    made = []
    for line in sorted(named, key=lambda line: (place.get(line, len(place)), line)):
        here = [event for event in happened if event.target == line]
        gone = [event for event in happened if event.source == line]
        made.append(
            Line(
                line,
                tuple(opening.get(line, ())),
                tuple(event for event in here if event.kind == JOINED),
                tuple(event for event in here if event.kind == MOVED),
                tuple(event for event in gone if event.kind == MOVED),
                tuple(event for event in gone if event.kind == LEFT),
                tuple(closing.get(line, ())),
            )
        )
    return tuple(made)


def whole(lines: tuple[Line, ...]) -> Line:
    """合计: every line together (its 流失率 from the sums)."""

    return Line(
        None,
        tuple(one for line in lines for one in line.opening),
        tuple(one for line in lines for one in line.joined),
        tuple(one for line in lines for one in line.moved_in),
        tuple(one for line in lines for one in line.moved_out),
        tuple(one for line in lines for one in line.left),
        tuple(one for line in lines for one in line.closing),
    )
