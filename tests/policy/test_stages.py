"""The four stages stand in the shipped file as the notice has them, and bind the year they name alone."""

from __future__ import annotations

from datetime import date

import pytest

from policy.example_management import managed
from policy.rules import RULES
from policy.stages import STAGES, stages


def test_the_dates_of_the_notice() -> None:
    plan = stages()
    assert (plan.year, plan.document) == (2019, "粤民函〔2019〕453号")
    assert [(s.id, s.first, s.last) for s in plan.stages] == [
        ("S1", date(2019, 3, 11), date(2019, 3, 31)), ("S2", date(2019, 4, 1), date(2019, 4, 15)), ("S3", date(2019, 4, 16), date(2019, 6, 15)),
        ("S4", date(2019, 6, 16), date(2019, 7, 15)),
    ]  # fmt: skip
    assert tuple(s.name for s in plan.stages) == STAGES


@pytest.mark.parametrize("year", [2020, 2021, 2026, 2031])
def test_no_deadline_is_invented_for_another_year(year: int) -> None:
    made = managed(period=str(year))
    assert [one for rule in RULES if rule.id[0] == "S" for one in rule.find(rule, made)] == []


def test_an_empty_book_of_2019_hears_of_every_stage_by_the_years_end() -> None:
    made = managed(period="2019")
    assert {rule.id for rule in RULES if rule.id[0] == "S" and list(rule.find(rule, made))} == {"S1", "S2", "S3", "S5"}
