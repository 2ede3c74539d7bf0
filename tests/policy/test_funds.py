"""The funds question: base by mode, what is due, arranged, arrived and short; sources that add up to the 分."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import example
from policy.contract_facts import SOURCES, WORK_FUND, Amendment, PurchaseContract
from policy.example_contracts import contract, funds, paid, spend
from policy.facts import Facts
from policy.figures import half_up
from policy.fund_facts import FOR_PURCHASE, EmployerRate
from policy.funds import UNSTATED, base, by_source, due_in_year, monthly_base, purchase_cost, split, work_fund

RELIEF = "困难群众救助补助资金（省级）"


def county(*rows: object, mode: str = "全口径", **more: object) -> Facts:
    return example.facts(dibao_spend=rows, settings={"fund.base_mode": mode}, **more)  # type: ignore[arg-type]


SPENT = (spend(50_000_000, level="中央"), spend(30_000_000), spend(5_000_000, kind="价格临时补贴"), spend(1_000_000, area="城", level="市"))


@pytest.mark.parametrize(("mode", "amount"), [("全口径", 86_000_000), ("本级", 35_000_000), ("不含价格临时补贴", 81_000_000)])
def test_the_base_by_mode(mode: str, amount: int) -> None:
    assert base(county(*SPENT, mode=mode), 2025).amount == amount


def test_the_base_is_of_the_year_before_and_by_the_best_books() -> None:
    quick, final, other_year = spend(90, caliber="执行"), spend(100), spend(7, year=2024)
    assert (base(county(quick, final, other_year), 2025).amount, base(county(quick), 2025).caliber) == (100, "执行")
    swift = example.facts(dibao_spend=(quick, final), settings={"fund.caliber": "执行数优先"})
    assert (base(swift, 2025).amount, base(swift, 2025).caliber) == (90, "执行")
    assert base(county(other_year), 2025).amount is None
    assert work_fund(county(other_year)).due is None
    assert work_fund(county(other_year), 2025).due == 0  # 7 分 × 3 % = 0.21 分


@pytest.mark.parametrize(("spent", "due"), [(100_000_000, 3_000_000), (16, 0), (17, 1), (50, 2), (49, 1)])
def test_three_percent_half_up_to_the_fen(spent: int, due: int) -> None:
    assert work_fund(county(spend(spent))).due == due


def test_what_is_arranged_arrived_spent_and_short() -> None:
    lines = [
        funds(2_000_000, received=1_500_000, spent=1_000_000, carried=3),
        funds(500_000, id=2, purpose=FOR_PURCHASE, received=500_000, spent=400_000),
        funds(9_000_000, id=3, source=RELIEF, purpose=FOR_PURCHASE),
        funds(9_000_000, id=4, document=replace(funds(1).document, id=2, year=2025)),
    ]
    fund = work_fund(county(spend(100_000_000), fund_lines=lines, fund_docs=[lines[0].document, lines[3].document]))
    assert (fund.due, fund.arranged, fund.received, fund.spent, fund.spent_on_purchase) == (3_000_000, 2_500_000, 2_000_000, 1_400_000, 400_000)
    assert (fund.short, fund.short_received, fund.carried, fund.documents) == (500_000, 1_000_000, 3, 1)
    enough = work_fund(county(spend(1), fund_lines=lines))
    assert (enough.short, enough.short_received) == (0, 0)
    (line,) = [line for line in by_source(county(fund_lines=lines)) if line.source == WORK_FUND]
    assert (line.arranged, line.received) == (500_000, 500_000), "表5 row A: purpose 购买服务 only"


@pytest.mark.parametrize(
    ("start", "end", "year", "due"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), 2026, 12_000_000),
        (date(2026, 1, 1), date(2026, 12, 31), 2027, 0),
        (date(2026, 1, 1), date(2026, 12, 31), 2025, 0),
        (date(2026, 7, 2), date(2027, 7, 1), 2026, half_up(Fraction(12_000_000 * 183, 365))),
        (date(2026, 12, 31), date(2027, 1, 1), 2026, 6_000_000),
        (date(2027, 1, 1), date(2027, 12, 31), 2026, 0),
    ],
)
def test_what_a_contract_owes_in_a_year(start: date, end: date, year: int, due: int) -> None:
    assert due_in_year(contract(start=start, end=end), year) == due


def test_amendments_change_the_amount_and_the_last_day() -> None:
    longer = contract(amendments=(Amendment(1, date(2026, 6, 1), 1_000_000, date(2027, 12, 31)),))
    assert (longer.total, longer.last_day) == (13_000_000, date(2027, 12, 31))
    assert due_in_year(longer, 2026) == due_in_year(longer, 2027) == 6_500_000
    assert due_in_year(contract(amount=None), 2026) == 0


@given(st.integers(0, 10**12), st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 1500))
def test_the_years_of_a_contract_make_its_amount(amount: int, start: date, days: int) -> None:
    made = contract(amount=amount, start=start, end=date.fromordinal(start.toordinal() + days))
    assert sum(due_in_year(made, year) for year in range(2024, 2032)) == amount


SHARES = st.dictionaries(st.sampled_from([*SOURCES]), st.integers(1, 1250), max_size=8)


@given(st.integers(0, 10**12), SHARES)
def test_parts_by_share_make_the_whole_and_are_near(amount: int, shares: dict[str, int]) -> None:
    parts = split(amount, shares)
    assert sum(parts.values()) == amount
    assert all(abs(parts[name] - Fraction(amount * share, 10000)) < 1 for name, share in shares.items())
    assert (UNSTATED in parts) is (sum(shares.values()) < 10000)


@given(st.lists(st.tuples(st.integers(0, 10**10), SHARES), max_size=4), st.lists(st.tuples(st.integers(0, 10**9), st.sampled_from([*SOURCES])), max_size=4))
def test_sources_add_up_to_the_contracts_and_payments(contracts: list[tuple[int, dict[str, int]]], payments: list[tuple[int, str]]) -> None:
    made: list[PurchaseContract] = [contract(i, amount=amount, sources=shares) for i, (amount, shares) in enumerate(contracts, 1)]
    made.append(contract(99, amount=0, payments=tuple(paid(date(2026, 3, 1), amount, source) for amount, source in payments)))
    lines = by_source(example.facts(contracts=made))
    assert sum(line.due for line in lines) == sum(amount for amount, _ in contracts)
    assert sum(line.paid for line in lines) == sum(amount for amount, _ in payments)
    assert all(line.paid == line.wages + line.employer + line.fee + line.other for line in lines)


def test_payments_of_another_year_are_not_this_years() -> None:
    made = contract(payments=(paid(date(2025, 12, 31), 5), paid(date(2026, 1, 1), 7)))
    assert [line.paid for line in by_source(example.facts(contracts=[made])) if line.paid] == [7]


def test_the_worked_figure_of_a_persons_yearly_cost() -> None:
    """W = 50,000, charges 25 %, fee 100 元 a month → 63,700 元; 30 % and 150 元 → 66,800 元."""

    def cost(rate: int, fee: int) -> Fraction | None:
        rates = [EmployerRate(date(2026, 1, 1), "综合", rate)]
        return purchase_cost(contract(headcount=1, fee=fee), 5_000_000, example.facts(employer_rates=rates))

    assert (cost(2500, 10_000), cost(3000, 15_000)) == (6_370_000, 6_680_000)
    assert purchase_cost(contract(headcount=None), 5_000_000, example.facts()) is None
    assert purchase_cost(contract(headcount=6, fee=None), 5_000_000, example.facts()) == 30_000_000


def test_the_base_of_charges_is_held_between_its_limits_and_the_newest_rate_counts() -> None:
    assert [monthly_base(Fraction(w), 400_000, 2_000_000) for w in (1, 400_001, 9_000_000)] == [400_000, 400_001, 2_000_000]
    rates = [EmployerRate(date(2025, 1, 1), "养老", 9000), EmployerRate(date(2026, 1, 1), "养老", 1000, 500_000), EmployerRate(date(2026, 1, 2), "养老", 9000)]
    found = purchase_cost(contract(headcount=1, fee=0), 5_000_000, example.facts(employer_rates=rates))
    assert found == 5_000_000 + 12 * 50_000
