"""救助对象户数: weights, 特困 in persons, and when a sum must stay blank."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import example
from policy.caseload import all_households, households, unit_households
from policy.facts import BUREAU, INSTITUTION, Caseload, Count
from policy.parameters import Parameters

PARAMETERS = example.parameters()


def weigh(parameters: Parameters = PARAMETERS, **counts: tuple[int | None, int | None]) -> Fraction | None:
    return households(Caseload(2, date(2026, 12, 31), {name: Count(*pair) for name, pair in counts.items()}), parameters)


def test_the_four_kinds_of_the_notice_are_added_up_and_the_others_left_out() -> None:
    counts = {
        "低保城": (10, 20),
        "低保农": (100, 300),
        "特困城": (5, 6),
        "特困农": (40, 44),
        "特困集中": (9, 9),
        "边缘": (50, 90),
        "临时救助": (7, 8),
    }
    assert weigh(**counts) == 10 + 100 + 6 + 44


def test_destitute_by_households_when_the_office_says_so() -> None:
    by_households = example.parameters(settings={"caseload.destitute_by": "户"})
    assert weigh(by_households, 特困农=(40, 44)) == 40
    assert weigh(by_households, 特困农=(None, 44)) == 44
    assert weigh(特困农=(40, None)) == 40


def test_weights_are_exact_fractions() -> None:
    thirds = example.parameters(settings={"caseload.weights.边缘": [1, 3]})
    assert weigh(thirds, 低保农=(1, 1), 边缘=(1, 1)) == Fraction(4, 3)


def test_a_total_without_kinds_counts_whole() -> None:
    assert weigh(未分类=(3000, None)) == 3000


def test_never_reported_and_nothing_given_are_unknown_but_nought_is_nought() -> None:
    assert households(None, PARAMETERS) is None
    assert weigh() is None
    assert weigh(低保农=(None, None)) is None
    assert weigh(低保农=(0, 0)) == 0
    assert weigh(边缘=(50, 90)) == 0


def test_a_counted_kind_with_persons_only_is_unknown() -> None:
    assert weigh(低保农=(None, 44)) is None
    assert weigh(低保农=(None, 44), 低保城=(1, 1)) is None
    assert weigh(边缘=(None, 44), 低保城=(1, 1)) == 1


UNITS = (example.unit(1, type=BUREAU), example.unit(2), example.unit(3), example.unit(4, type=INSTITUTION))


def test_the_county_is_the_sum_of_its_towns_and_its_own_rows() -> None:
    assert unit_households(example.facts(UNITS, households={2: 300, 3: 700}), 1) == 1000
    facts = example.facts(UNITS, households={1: 25, 2: 300, 3: 700, 4: 5})
    assert unit_households(facts, 1) == 1025
    assert unit_households(facts, 2) == 300
    assert all_households(facts) == {1: 1025, 2: 300, 3: 700}


def test_one_town_without_a_figure_leaves_the_county_blank() -> None:
    facts = example.facts(UNITS, households={2: 300})
    assert unit_households(facts, 3) is None
    assert unit_households(facts, 1) is None
    assert all_households(facts) == {1: None, 2: 300, 3: None}


def test_an_exempt_town_need_not_report() -> None:
    units = (UNITS[0], UNITS[1], example.unit(3, exempt_reason="无此项业务"))
    assert unit_households(example.facts(units, households={2: 300}), 1) == 300
    assert unit_households(example.facts(units, households={2: 300, 3: 4}), 1) == 304


@pytest.mark.parametrize(("closed", "whole"), [(date(2026, 12, 30), 300), (date(2026, 12, 31), 1000)])
def test_a_town_counts_to_its_last_day(closed: date, whole: int) -> None:
    units = (UNITS[0], UNITS[1], example.unit(3, closed=closed))
    assert unit_households(example.facts(units, households={2: 300, 3: 700}), 1) == whole


def test_a_county_without_towns_knows_only_its_own_rows() -> None:
    assert unit_households(example.facts(UNITS[:1]), 1) is None
    assert unit_households(example.facts(UNITS[:1], households={1: 12}), 1) == 12


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=30))
def test_sum_of_towns(numbers: list[int]) -> None:
    units = (UNITS[0], *(example.unit(i + 2) for i in range(len(numbers))))
    facts = example.facts(units)
    counts = {i + 2: Caseload(i + 2, date(2026, 6, 30), {"低保农": Count(n, None)}) for i, n in enumerate(numbers)}
    assert unit_households(replace(facts, caseload=counts), 1) == sum(numbers)
