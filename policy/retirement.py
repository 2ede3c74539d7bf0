"""法定退休年龄: by birth month, sex and, for a woman, by what she retires as. It moves since 2025, so the table the office enters stands before the plain ages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from policy.labour_facts import MAN, WOMEN, RetirementAge
from policy.limits import Limits
from policy.period import add_months


def retiring_as(sex: str, registered: str) -> tuple[str, ...]:
    """As what somebody may retire: one category where it is known, both of a woman's where her 退休类别 is not registered, none where
    not even the sex is."""
    if sex == MAN:
        return (MAN,)
    if registered in WOMEN:
        return (registered,)
    return WOMEN if sex else (registered,) if registered else ()


def retires(birth: date, category: str, ages: Sequence[RetirementAge], limits: Limits) -> date:
    """The day somebody of a category reaches the age: by the newest line of `ages` (ascending by birth month) that holds for the birth
    month, else by the plain age of the parameters."""
    born = birth.year * 100 + birth.month
    rows = [row for row in ages if row.category == category and row.born_from <= born]
    plain = dict(zip((MAN, *WOMEN), (limits.retire_age_men, limits.retire_age_women, limits.retire_age_workers), strict=True))
    return add_months(birth, rows[-1].months if rows else 12 * plain[category])
