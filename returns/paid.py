"""Who was paid where: pay sums and service split by the unit of return, as 表3 and 附表2 both need them (二（四）)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from policy.facts import VILLAGE, Engagement, Facts, PaySums
from policy.pay import Spans, in_pay_form, pay_form_spans, pay_in, pay_population, service_in
from policy.period import month_end
from policy.placing import last_assignment, row_unit


@dataclass(frozen=True, slots=True)
class Paid:
    """One engagement at one reporting unit in the period.

    `unit` is the reporting unit itself (a village; None = never assigned), `row` the unit in whose line it stands, `months` the
    served months there (Σ of shares, 1 = a whole month), `sums` the money there, `in_post` whether the engagement stands here
    on the as-of date.
    """

    engagement: Engagement
    unit: int | None
    row: int | None
    village: bool
    months: Fraction
    sums: tuple[PaySums, ...]
    in_post: bool

    def money(self, *items: str) -> int:
        """Sum of the named pay items (fields of PaySums) in 分."""
        return sum(getattr(one, item) for one in self.sums for item in items)


def paid(facts: Facts) -> tuple[Paid, ...]:
    """Engagements of 表3 by reporting unit: a month of service stands with the unit of its last day in service, as its pay does."""
    units = {unit.id: unit for unit in facts.units}
    rows = {unit.id: row_unit(unit, facts.units, facts.period.as_of).id for unit in facts.units}
    in_post = {one.id for one in pay_population(facts, facts.period.as_of)}
    result = []
    for engagement in facts.engagements:
        spans = pay_form_spans(engagement, facts)
        if not spans and not in_pay_form(engagement, facts.period.as_of, facts.parameters):
            continue
        now = last_assignment(engagement, facts.period.as_of)
        months, sums = _months(engagement, spans, facts), _sums(pay_in(engagement, spans))
        here = now.unit if now and engagement.id in in_post else None
        for unit in dict.fromkeys([*months, *sums, *([here] if here is not None else [])]):
            result.append(
                Paid(
                    engagement=engagement,
                    unit=unit,
                    row=None if unit is None else rows.get(unit, unit),
                    village=unit in units and units[unit].type == VILLAGE,
                    months=months.get(unit, Fraction(0)),
                    sums=sums.get(unit, ()),
                    in_post=here is not None and unit == here,
                )
            )
    return tuple(result)


def order(found: Sequence[Paid], facts: Facts) -> list[Paid]:
    """By the line of the return, then the engagement; whoever stands nowhere last."""
    place = {unit.id: index for index, unit in enumerate(facts.units)}
    last = len(place)
    return sorted(found, key=lambda one: (place.get(one.row or 0, last), place.get(one.unit or 0, last), one.engagement.id))


def _months(engagement: Engagement, spans: Spans, facts: Facts) -> Mapping[int | None, Fraction]:
    months: dict[int | None, Fraction] = {}
    for (year, month), share in service_in(engagement, spans, facts.parameters).items():
        unit = _unit_on(engagement, month_end(year, month))
        months[unit] = months.get(unit, Fraction(0)) + share
    return months


def _unit_on(engagement: Engagement, day: date) -> int | None:
    if not engagement.assignments:
        return None
    return (last_assignment(engagement, day) or engagement.assignments[0]).unit


def _sums(pay: Sequence[PaySums]) -> Mapping[int | None, tuple[PaySums, ...]]:
    sums: dict[int | None, tuple[PaySums, ...]] = {}
    for one in pay:
        sums[one.unit] = (*sums.get(one.unit, ()), one)
    return sums
