"""入职培训 (三（四）): who is new in the period, and when they were trained. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from policy.facts import Engagement, Facts
from policy.labour_facts import LABOUR_TYPES
from policy.management_facts import INDUCTION
from policy.placing import identity, term_on


def newcomers(facts: Facts) -> tuple[Engagement, ...]:
    """Engagements begun in the period up to the as-of date of people with a labour contract who did not come straight from another
    engagement (更换承接主体 is no new start)."""
    ends = {(identity(e.person), e.end) for e in (*facts.gone, *facts.engagements) if e.end}
    return tuple(
        e
        for e in facts.engagements
        if facts.period.first <= e.start <= facts.period.as_of
        and (term := term_on(e, e.start)) is not None
        and term.type in LABOUR_TYPES
        and (identity(e.person), e.start - timedelta(days=1)) not in ends
    )


def trained_on(engagement: Engagement, facts: Facts) -> date | None:
    """The first induction the person really attended within a year before the start or later; None = none."""
    since = engagement.start - timedelta(days=365)
    days = [
        t.held for t in facts.management.trainings if t.kind == INDUCTION and t.held >= since and (engagement.person.id, True) in t.people
    ]
    return min(days, default=None)
