"""年度考核 (四（三）): who must have a result for a year, and who has none. Pure.

Staff with a labour contract are meant; 编制内 people are appraised under other rules.
"""

from __future__ import annotations

from datetime import date, timedelta

from policy.facts import Engagement, Facts
from policy.labour import full_months
from policy.labour_facts import LABOUR_TYPES, Appraisal
from policy.period import month_end
from policy.placing import identity
from policy.under_contract import employed, type_of


def due_day(facts: Facts, year: int) -> date:
    """Last day on which a year's results are to be registered (setting)."""
    return month_end(year + 1, facts.parameters.limits.appraisal_due_month)


def served_months(facts: Facts, year: int) -> dict[str | int, int]:
    """Person → full months in service in the year; engagements that follow each other without a day between are one stretch."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), facts.period.as_of)
    stretches: dict[str | int, list[tuple[date, date]]] = {}
    for e in sorted((*facts.gone, *facts.engagements), key=lambda e: e.start):
        start, end = max(e.start, first), min(e.end or last, last)
        if start > end:
            continue
        theirs = stretches.setdefault(identity(e.person), [])
        if theirs and start <= theirs[-1][1] + timedelta(days=1):
            theirs[-1] = (theirs[-1][0], max(end, theirs[-1][1]))
        else:
            theirs.append((start, end))
    return {person: sum(full_months(start, end) for start, end in theirs) for person, theirs in stretches.items()}


def to_appraise(facts: Facts, year: int) -> tuple[Engagement, ...]:
    """应考核: who is in post on the as-of date and served at least so many months (setting) of the year; each person once."""
    served = served_months(facts, year)
    found: dict[str | int, Engagement] = {}
    for e in employed(facts):
        if type_of(e, facts) in LABOUR_TYPES and served.get(identity(e.person), 0) >= facts.parameters.limits.appraisal_months:
            found.setdefault(identity(e.person), e)
    return tuple(found.values())


def results(facts: Facts, year: int) -> dict[int, Appraisal]:
    """Person → the result of a year."""
    return {a.person: a for a in facts.appraisals if a.year == year}
