"""The made-up county is the one the worked vectors speak of."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from policy import example
from policy.identity import facts_of
from policy.pay import annual_standard


def test_the_people_of_the_worked_county() -> None:
    made = example.worked_county()
    types = Counter(e.terms[0].type for e in made.engagements)
    assert types == {"行政编制": 2, "事业编制": 14, "劳务派遣": 33, "政府购买服务": 9}
    assert sum(c.counts["低保农"].households or 0 for c in made.caseload.values()) == 5849
    assert annual_standard(made.engagements[3].standards[0]) == 4_999_200
    assert made.engagements[4].start == date(2026, 6, 16)


def test_no_identity_number_is_anybodys() -> None:
    people = [e.person for e in example.worked_county().engagements]
    assert all(p.id_no.startswith("449901") and facts_of(p.id_no).birth == p.birth for p in people)
    assert len({example.person(i).id_no for i in range(3000)}) == 3000


@pytest.mark.parametrize(
    ("period", "as_of"),
    [("2026", date(2026, 5, 31)), ("2026-05", date(2026, 8, 31)), ("2025", date(2025, 12, 31)), ("2026Q3", date(2026, 9, 30))],
)
def test_other_periods_have_pay_for_the_months_served(period: str, as_of: date) -> None:
    made = example.worked_county(as_of, period)
    months = {e.id: e.pay[0].months if e.pay else 0 for e in made.engagements}
    span = sum(1 << m for m in range(made.period.first.month, made.period.flow_last.month + 1))
    assert months[4] == span
    assert (5 in months) == (as_of >= date(2026, 6, 16))
