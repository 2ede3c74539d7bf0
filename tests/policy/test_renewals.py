"""表13[17–21]: terms that ended, were renewed, became open, were not renewed after 不称职, or end soon."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policy import example
from policy.example_contracts import labour, with_labour
from policy.facts import Facts
from policy.labour_facts import OPEN, Appraisal
from policy.renewals import coming, endings

TERM = labour(end=date(2026, 6, 30))
NEXT = replace(TERM, id=2, seq=2, start=date(2026, 7, 1), end=date(2028, 6, 30))


def test_a_term_that_ended_and_was_renewed() -> None:
    (one,) = endings(with_labour(TERM, NEXT))
    assert one.after and one.after.id == 2 and (one.line, one.opened, one.incompetent) == (2, False, False)
    (open_,) = endings(with_labour(TERM, replace(NEXT, kind=OPEN, end=None)))
    assert open_.opened


@pytest.mark.parametrize(("end", "ended", "soon"), [
    (date(2025, 12, 31), 0, 0), (date(2026, 1, 1), 1, 0), (date(2026, 12, 31), 1, 0), (date(2027, 1, 1), 0, 1), (date(2027, 3, 31), 0, 1), (date(2027, 4, 1), 0, 0),
])  # fmt: skip
def test_the_days_at_both_ends(end: date, ended: int, soon: int) -> None:
    made = with_labour(labour(end=end))
    assert (len(endings(made)), len(coming(made))) == (ended, soon)


def test_not_renewed_after_an_incompetent_year() -> None:
    left = example.engagement(end=date(2026, 6, 30))
    made = with_labour(TERM, worker=left, appraisals=[Appraisal(1, 2024, "称职"), Appraisal(1, 2025, "不称职"), Appraisal(1, 2026, "未考核")])
    (one,) = endings(made)
    assert one.after is None and one.incompetent


def test_a_renewal_signed_for_the_day_after_counts_and_a_late_one_does_not() -> None:
    last = labour(end=date(2026, 12, 31))
    (one,) = endings(with_labour(last, replace(NEXT, start=date(2027, 1, 1), signed=date(2026, 12, 20))))
    assert one.after
    (near,), (far,) = (endings(with_labour(TERM, replace(NEXT, start=day))) for day in (date(2026, 7, 30), date(2026, 7, 31)))
    assert near.after and far.after is None


def quiet(made: Facts) -> bool:
    return endings(made) == ()


def test_what_did_not_come_to_its_end() -> None:
    assert quiet(with_labour(TERM, worker=example.engagement(end=date(2026, 6, 29))))
    assert quiet(with_labour(replace(TERM, ended_on=date(2026, 5, 1))))
    assert quiet(with_labour(TERM, worker=example.engagement(type="直接聘用")))
    assert quiet(with_labour(replace(TERM, kind=OPEN, end=None)))
