"""资金需求测算 held against the page's worked county: 5,849 households in 13 towns, 58 posts, 63,700 元 a head."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy import example
from policy.contract_facts import CENTRAL_RELIEF, WORK_FUND
from policy.estimate import (
    CHARGES,
    FEE,
    ITEMS,
    RESERVE,
    SEVERANCE,
    WAGES,
    Estimate,
    cautions,
    estimate,
    proposals,
    sensitivities,
)
from policy.estimate_facts import AS_NOW, Departure, Scenario
from policy.facts import Facts
from policy.fund_facts import DibaoSpend, EmployerRate
from policy.parameters import LOW
from policy.staffing import staffing, totals

YEAR = 2027
ALL_BOUGHT = Scenario("全部购买", YEAR, wage=5_000_000, rate=2500, fee=10_000)


@pytest.fixture(scope="module")
def county() -> Facts:
    return example.worked_county()


def empty(facts: Facts) -> Facts:
    """The same households, nobody there yet: every post is bought."""
    return replace(facts, engagements=())


def wan(fen: Fraction | int) -> str:
    """万元 with two decimals, half up."""
    hundredths = (2 * Fraction(fen) / 10_000 + 1) // 2
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def test_58_posts_bought_at_63_700_each(county: Facts) -> None:
    found = estimate(empty(county), ALL_BOUGHT)
    assert (found.posts, found.bought, found.person) == (58, 58, 6_370_000)
    assert found.households == 5849
    assert (found.total, wan(found.total)) == (369_460_000, "369.46")
    assert found.items == {WAGES: 290_000_000, CHARGES: 72_500_000, FEE: 6_960_000} | {
        item: 0 for item in (*ITEMS, SEVERANCE, RESERVE) if item not in (WAGES, CHARGES, FEE)
    }


def test_with_30_per_cent_and_150_yuan(county: Facts) -> None:
    found = estimate(empty(county), replace(ALL_BOUGHT, rate=3000, fee=15_000))
    assert (found.person, wan(found.total)) == (6_680_000, "387.44")


def test_six_missing_posts(county: Facts) -> None:
    missing = totals(staffing(county)).shortfall
    assert missing == 6 and wan(missing * estimate(county, ALL_BOUGHT).person) == "38.22"


def test_the_lower_reading_needs_54(county: Facts) -> None:
    found = estimate(empty(county), replace(ALL_BOUGHT, boundary_mode=LOW))
    assert found.posts == 54
    by_mode = {one.words: one.more for one in sensitivities(empty(county), ALL_BOUGHT)}
    assert by_mode["分档临界按就低口径"] == -4 * 6_370_000
    assert by_mode["每增加 1 人（全年）"] == 6_370_000
    assert by_mode["最低标准提高 1,000.00 元"] == 58 * 125_000


def test_people_other_money_pays_cost_nothing_and_vacancies_cost_from_the_month_they_are_filled(county: Facts) -> None:
    now = estimate(county, ALL_BOUGHT)
    permanent = sum(one.term is not None and one.term.type in ("行政编制", "事业编制") for line in staffing(county) for one in line.counted)
    assert sum(line.fixed for line in now.lines) == permanent > 0
    new = sum(line.new or 0 for line in now.lines)
    later = estimate(county, replace(ALL_BOUGHT, fill_month=7))
    assert now.total - later.total == new * 6_370_000 // 2


def test_what_is_there_goes_on(county: Facts) -> None:
    found = estimate(county, replace(ALL_BOUGHT, heads_by=AS_NOW))
    assert found.posts == sum(len(line.counted) for line in staffing(county))
    assert all(line.new == 0 for line in found.lines)


def test_the_3_per_cent_of_this_years_spending_pays_part(county: Facts) -> None:
    rich = replace(empty(county), dibao_spend=(DibaoSpend(2026, "县", "农", "低保金", "执行", 44_218_000_000),))
    found = estimate(rich, ALL_BOUGHT)
    assert found.supply[WORK_FUND] == 1_326_540_000
    assert found.gap == 369_460_000 - 1_326_540_000
    poor = estimate(empty(county), ALL_BOUGHT)
    assert not poor.fund_known and poor.gap == poor.total
    typed = estimate(rich, replace(ALL_BOUGHT, supply={WORK_FUND: 100_000_000, CENTRAL_RELIEF: 1}))
    assert typed.given == 100_000_001 and typed.gap == 269_459_999
    assert any("专款专用" in said and "中央补助资金不得" in said for said in cautions(rich, typed))


def test_severance_training_recruiting_reserve(county: Facts) -> None:
    more = replace(ALL_BOUGHT, departures=(Departure(2, Fraction(7, 2), 416_667),), training=50_000, recruiting=30_000, reserve=500)
    found = estimate(empty(county), more)
    assert found.severance == 2_916_669
    direct = 369_460_000 + 58 * 80_000 + 2_916_669
    assert found.reserve == (direct * 5 + 50) // 100
    assert found.total == direct + found.reserve


def test_dated_rates_with_limits_and_none_said_plainly(county: Facts) -> None:
    none = estimate(empty(county), replace(ALL_BOUGHT, rate=None))
    assert none.items[CHARGES] == 0 and not none.rates_entered
    assert any("没有录入单位缴费比例" in said for said in cautions(empty(county), none))
    dated = replace(empty(county), employer_rates=(
        EmployerRate(date(2026, 7, 1), "养老", 1600, base_low=450_000), EmployerRate(date(2026, 7, 1), "失业", 80),
        EmployerRate(date(2027, 7, 1), "养老", 2000),
    ))  # fmt: skip
    found = estimate(dated, replace(ALL_BOUGHT, rate=None))
    monthly = Fraction(450_000 * 1600, 10_000) + Fraction(5_000_000, 12) * 80 / 10_000
    assert found.person - 5_000_000 - 120_000 == 12 * monthly


def test_a_wage_nobody_entered_is_never_below_the_floor(county: Facts) -> None:
    assert estimate(county, Scenario("A", YEAR)).wage >= 5_000_000
    low = estimate(county, replace(ALL_BOUGHT, wage=4_999_999))
    assert any("低于最低标准" in said for said in cautions(county, low))


def test_missing_households_are_said_and_left_out(county: Facts) -> None:
    town = next(unit for unit in county.units if unit.type == "乡镇")
    without = replace(empty(county), caseload={unit: one for unit, one in county.caseload.items() if unit != town.id})
    found = estimate(without, ALL_BOUGHT)
    assert town in found.missing and found.households is None and found.per_household is None
    assert any(town.name in said and "户数未报" in said for said in cautions(without, found))


def test_four_proposals(county: Facts) -> None:
    lowest, now, more, better = (estimate(county, one) for one in proposals(county, YEAR))
    assert lowest.wage == lowest.floor and lowest.posts == 58
    assert now.posts == 53 and more.posts >= lowest.posts and better.total > estimate(county, Scenario("x", YEAR)).total


@pytest.mark.parametrize(("change", "said"), [
    ({"months": 13}, "月数"), ({"fill_month": 0}, "月份"), ({"rate": -1}, "综合费率"), ({"growth": -10_001}, "100%"), ({"heads_by": "随便"}, "口径"),
])  # fmt: skip
def test_inputs_that_cannot_be(county: Facts, change: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        estimate(county, replace(ALL_BOUGHT, **change))  # type: ignore[arg-type]


COUNTY = example.worked_county()


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 12_000_000), st.integers(0, 5000), st.integers(0, 30_000), st.integers(1, 13), st.integers(-5000, 5000), st.integers(0, 2000),
)  # fmt: skip
def test_units_items_and_total_agree_to_the_fen(wage: int, rate: int, fee: int, month: int, growth: int, reserve: int) -> None:
    found: Estimate = estimate(COUNTY, Scenario("测", YEAR, wage=wage, rate=rate, fee=fee, fill_month=month, growth=growth, reserve=reserve))
    assert found.total == sum(line.total for line in found.lines) + found.severance + found.reserve == sum(found.items.values())
    dearer = estimate(COUNTY, replace(found.scenario, wage=wage + 1200))
    assert dearer.total >= found.total
