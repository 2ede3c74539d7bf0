"""绩效评价: totals by weights, bands, money by score, which contracts are to be evaluated, a supplier's past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import example
from policy.evaluation import apportion, band, dimension_total, grade, history, to_evaluate, total, weighted
from policy.example_contracts import PROVIDER, contract
from policy.example_management import evaluation
from policy.management_facts import Management

LIMITS = example.parameters().limits


def test_the_total_is_the_weighted_mean_of_the_parties() -> None:
    assert total(evaluation()) == 8700
    assert total(evaluation(party_weights=(2, 1, 1))) == 8775
    assert total(evaluation(parties=(9000, 9000, 9001))) == 9000  # 9000.33
    assert total(evaluation(parties=(9000, 9001, 9001))) == 9001  # 9000.67
    assert dimension_total(evaluation()) == 8700


def test_half_a_hundredth_goes_up() -> None:
    assert total(evaluation(parties=(9000, 9001, 0), party_weights=(1, 1, 0))) == 9001


def test_a_missing_score_leaves_no_total_unless_it_carries_no_weight() -> None:
    assert total(evaluation(parties=(9000, None, 8700))) is None
    assert total(evaluation(parties=(9000, None, 8000), party_weights=(1, 0, 1))) == 8500
    assert weighted((9000, 9000), (0, 0)) is None


@pytest.mark.parametrize(
    ("score", "word"), [(10000, "优"), (9000, "优"), (8999, "良"), (8000, "良"), (7999, "合格"), (6000, "合格"), (5999, "不合格"), (0, "不合格")]
)
def test_exactly_at_a_band_is_the_better_one(score: int, word: str) -> None:
    assert band(score, LIMITS) == word


def test_bands_are_settings_and_a_decided_grade_stands() -> None:
    strict = example.parameters(settings={"limits.evaluation_pass": 70}).limits
    assert (band(6500, LIMITS), band(6500, strict)) == ("合格", "不合格")
    assert grade(evaluation(grade="合格"), LIMITS) == "合格"
    assert grade(evaluation(parties=(None, None, None)), LIMITS) == ""


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10000), min_size=1, max_size=30))
def test_money_by_score_adds_up_and_is_fair_to_the_fen(amount: int, scores: list[int]) -> None:
    weights = dict(enumerate(scores))
    parts = apportion(amount, weights)
    whole = sum(scores)
    assert sum(parts.values()) == (amount if whole else 0)
    for key, part in parts.items():
        exact = Fraction(amount * weights[key], whole) if whole else Fraction(0)
        assert abs(part - exact) < 1


def test_largest_remainder_by_hand() -> None:
    assert apportion(100, {"甲": 1, "乙": 1, "丙": 1}) == {"甲": 34, "乙": 33, "丙": 33}
    assert apportion(10, {"甲": 50, "乙": 26, "丙": 24}) == {"甲": 5, "乙": 3, "丙": 2}


@pytest.mark.parametrize(
    ("start", "end", "asked"),
    [
        (date(2025, 1, 1), date(2025, 6, 30), True), (date(2025, 1, 1), date(2025, 6, 29), False), (date(2025, 7, 1), date(2026, 6, 30), True),
        (date(2025, 7, 2), date(2026, 6, 30), False), (date(2024, 1, 1), date(2024, 12, 31), False),
    ],
)  # fmt: skip
def test_a_contract_of_six_months_in_the_year_is_to_be_evaluated(start: date, end: date, asked: bool) -> None:
    made = example.facts(contracts=[contract(start=start, end=end)])
    assert bool(to_evaluate(made, 2025)) is asked


def test_a_suppliers_past_is_what_was_known_before_the_day() -> None:
    other = replace(PROVIDER, id=2, name="另一家")
    contracts = [contract(1, start=date(2024, 1, 1), end=date(2024, 12, 31)), contract(2), contract(3, supplier=other)]
    evaluations = [
        evaluation(1, contract=1, year=2024, evaluated=date(2025, 1, 10)), evaluation(2, contract=2, year=2025, evaluated=None),
        evaluation(3, contract=3, year=2024),
    ]  # fmt: skip
    made = example.facts(contracts=contracts, management=Management(evaluations=tuple(evaluations)))
    assert [(of.id, e.id) for of, e in history(made, 1)] == [(1, 1), (2, 2)]
    assert [e.id for _, e in history(made, 1, date(2025, 12, 31))] == [1]
    assert [e.id for _, e in history(made, 1, date(2026, 1, 1))] == [1, 2]
    assert history(made, 1, date(2025, 1, 10)) == ()
