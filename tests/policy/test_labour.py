"""Labour-law arithmetic: tables of cases with the article beside each, and what holds for any dates and wages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import example
from policy.example_contracts import labour
from policy.labour import (
    END_REASONS,
    average_wage,
    dispatch_term_lawful,
    fixed_terms_in_row,
    full_months,
    half_years,
    lasts,
    must_be_open,
    open_term_day,
    probation_cap,
    probation_last_day,
    severance,
    term_months,
    unknown_holidays,
    workdays_after,
)
from policy.labour_facts import FIXED, OPEN, TASK, LabourContract
from policy.period import complete_on

PARAMETERS = example.parameters()
LIMITS, PROBATION = PARAMETERS.limits, PARAMETERS.probation
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
D = date


def term(start: date, end: date | None, kind: str = FIXED, **more: object) -> LabourContract:
    return replace(labour(kind=kind, start=start, end=end), **more)


@pytest.mark.parametrize(
    ("start", "end", "kind", "months", "last"),
    [  # 劳动合同法第十九条
        (D(2026, 1, 1), D(2026, 3, 30), FIXED, 0, D(2025, 12, 31)),  # 不满三个月：不得约定
        (D(2026, 1, 1), D(2026, 3, 31), FIXED, 1, D(2026, 1, 31)),  # 三个月以上不满一年：不超过一个月
        (D(2026, 1, 1), D(2026, 12, 30), FIXED, 1, D(2026, 1, 31)),
        (D(2026, 1, 1), D(2026, 12, 31), FIXED, 2, D(2026, 2, 28)),  # 一年以上不满三年：不超过二个月
        (D(2026, 1, 1), D(2028, 12, 30), FIXED, 2, D(2026, 2, 28)),
        (D(2026, 1, 1), D(2028, 12, 31), FIXED, 6, D(2026, 6, 30)),  # 三年以上固定期限：不超过六个月
        (D(2026, 1, 1), None, OPEN, 6, D(2026, 6, 30)),  # 无固定期限：不超过六个月
        (D(2026, 1, 1), D(2030, 12, 31), TASK, 0, D(2025, 12, 31)),  # 以完成一定工作任务为期限：不得约定
        (D(2026, 8, 31), D(2027, 8, 30), FIXED, 2, D(2026, 10, 30)),  # 从 8 月 31 日起一年
        (D(2025, 12, 31), D(2026, 12, 30), FIXED, 2, D(2026, 2, 28)),  # 2 月没有 31 日：到月末
        (D(2026, 8, 31), D(2026, 11, 30), FIXED, 1, D(2026, 9, 30)),  # 正好三个月
        (D(2026, 8, 31), D(2026, 11, 29), FIXED, 0, D(2026, 8, 30)),
        (D(2024, 1, 1), D(2024, 12, 31), FIXED, 2, D(2024, 2, 29)),  # 闰年
    ],
)
def test_probation_by_article_19(start: date, end: date | None, kind: str, months: int, last: date) -> None:
    contract = term(start, end, kind)
    assert (probation_cap(contract, PROBATION), probation_last_day(contract, PROBATION)) == (months, last)


@pytest.mark.parametrize(
    ("start", "end", "kind", "lawful"),
    [  # 劳动合同法第五十八条：二年以上的固定期限
        (D(2025, 1, 1), D(2026, 12, 31), FIXED, True),
        (D(2025, 1, 1), D(2026, 12, 30), FIXED, False),
        (D(2024, 2, 29), D(2026, 2, 28), FIXED, True),  # 到期月没有对应日的，月末日为最后一天（民法典第二百零二条）
        (D(2024, 2, 29), D(2026, 2, 27), FIXED, False),
        (D(2025, 1, 1), None, OPEN, True),
        (D(2025, 1, 1), D(2030, 12, 31), TASK, False),
    ],
)
def test_dispatched_workers_term_by_article_58(start: date, end: date | None, kind: str, lawful: bool) -> None:
    assert dispatch_term_lawful(term(start, end, kind), LIMITS) is lawful


def row(*spans: tuple[date, date | None, str]) -> list[LabourContract]:
    return [replace(labour(i, seq=i), start=start, end=end, kind=kind) for i, (start, end, kind) in enumerate(spans, 1)]


FIRST, SECOND = (D(2020, 1, 1), D(2021, 12, 31), FIXED), (D(2022, 1, 1), D(2023, 12, 31), FIXED)


@pytest.mark.parametrize(
    ("contracts", "count", "open_due"),
    [  # 劳动合同法第十四条第二款第三项：连续订立二次固定期限
        (row(FIRST), 1, False),
        (row(FIRST, SECOND), 2, False),
        (row(FIRST, SECOND, (D(2024, 1, 1), D(2025, 12, 31), FIXED)), 3, True),
        (row(FIRST, SECOND, (D(2024, 1, 1), None, OPEN)), 0, False),
        (row(FIRST, SECOND, (D(2024, 1, 30), D(2025, 12, 31), FIXED)), 3, True),  # 相隔 29 天
        (row(FIRST, SECOND, (D(2024, 1, 31), D(2025, 12, 31), FIXED)), 1, False),  # 相隔 30 天
        (row(FIRST, (D(2022, 1, 1), D(2022, 6, 30), TASK), (D(2022, 7, 1), D(2023, 12, 31), FIXED)), 1, False),
    ],
)
def test_third_fixed_term_by_article_14(contracts: list[LabourContract], count: int, open_due: bool) -> None:
    assert (fixed_terms_in_row(contracts, LIMITS), must_be_open(contracts, LIMITS)) == (count, open_due)


@pytest.mark.parametrize(
    ("third", "unit", "open_due"),
    [  # 法释〔2025〕12号，2025-09-01 起：换用人单位、原工作场所和岗位不变
        (D(2025, 9, 1), 2, True),
        (D(2025, 8, 31), 2, False),
        (D(2025, 9, 1), 3, False),
    ],
)
def test_a_new_employer_at_the_same_post_goes_on_counting_since_september_2025(third: date, unit: int, open_due: bool) -> None:
    first, second = row(FIRST, (D(2022, 1, 1), third - timedelta(days=1), FIXED))
    last = replace(labour(3, seq=3, unit=unit), start=third, end=D(2028, 8, 31), employer="另一家公司")
    assert must_be_open([first, second, last], LIMITS) is open_due


@pytest.mark.parametrize(
    ("since", "day"),
    [  # 劳动合同法第十四条第二款第一项：连续工作满十年
        (D(2016, 12, 31), D(2026, 12, 31)),
        (D(2016, 2, 29), D(2026, 3, 1)),
    ],
)
def test_ten_years_of_service_by_article_14(since: date, day: date) -> None:
    assert open_term_day(since, LIMITS) == day


@pytest.mark.parametrize(
    ("since", "until", "halves"),
    [  # 劳动合同法第四十七条：每满一年一个月；六个月以上不满一年按一年；不满六个月半个月
        (D(2026, 1, 1), D(2026, 1, 1), 1),
        (D(2026, 1, 1), D(2026, 6, 29), 1),
        (D(2026, 1, 1), D(2026, 6, 30), 2),
        (D(2026, 1, 1), D(2026, 12, 30), 2),
        (D(2026, 1, 1), D(2026, 12, 31), 2),
        (D(2026, 1, 1), D(2027, 1, 1), 3),
        (D(2026, 1, 1), D(2027, 6, 29), 3),
        (D(2026, 1, 1), D(2027, 6, 30), 4),
        (D(2014, 1, 1), D(2026, 12, 31), 26),
        (D(2024, 2, 29), D(2025, 2, 28), 2),  # 正好一年，不另计半个月
        (D(2024, 2, 29), D(2025, 3, 1), 3),
        (D(2025, 8, 31), D(2026, 2, 27), 1),  # 差一天满六个月
        (D(2025, 8, 31), D(2026, 2, 28), 2),
    ],
)
def test_half_years_of_severance_by_article_47(since: date, until: date, halves: int) -> None:
    assert half_years(since, until) == halves


@pytest.mark.parametrize(
    ("since", "until", "wages", "local", "amount", "capped"),
    [
        (D(2024, 1, 1), D(2026, 12, 31), [450_000] * 12, None, 1_350_000, False),  # 第四十七条第一款：3 年 × 4,500.00
        (D(2024, 1, 1), D(2026, 3, 15), [450_000] * 12, None, 1_125_000, False),  # 2 年又不满六个月：2.5 个月
        (D(2024, 1, 1), D(2026, 12, 31), [1_000_000] * 12, 333_333, 2_999_997, True),  # 第二款：高于三倍 9,999.99，按三倍
        (D(2024, 1, 1), D(2026, 12, 31), [1_000_000] * 12, 333_334, 3_000_000, False),  # 不高于三倍 10,000.02
        (D(2010, 1, 1), D(2026, 12, 31), [1_000_000] * 12, 300_000, 10_800_000, True),  # 第二款：最高不超过十二年
        (D(2010, 1, 1), D(2026, 12, 31), [450_000] * 12, 300_000, 7_650_000, False),  # 不封顶的，年限不限：17 年
        (D(2026, 1, 1), D(2026, 3, 31), [100_001], None, 50_001, False),  # 半个月 500.005 元，四舍五入到分
    ],
)
def test_severance_by_article_47(since: date, until: date, wages: list[int], local: int | None, amount: int, capped: bool) -> None:
    found = severance(since, until, wages, local, LIMITS)
    assert (found.amount, found.capped) == (amount, capped)


def test_the_average_is_of_the_last_twelve_months_or_of_those_there_are() -> None:
    assert average_wage([999_999, *[300_000] * 11, 600_000]) == Fraction(325_000)
    assert average_wage([100, 101]) == Fraction(201, 2)  # 实施条例第二十七条：不满十二个月的，按实际工作的月数
    with pytest.raises(ValueError, match="先补录工资"):
        average_wage([])


def test_reasons_say_by_which_article_and_whether_money_is_due() -> None:
    # 第四十六条：（五）固定期限终止，除用人单位维持或者提高条件、劳动者不同意续订外
    assert END_REASONS["合同期满不续（用人单位不续）"].due is True
    assert END_REASONS["合同期满不续（劳动者拒绝同等或更好条件）"].due is False
    assert END_REASONS["个人辞职"].due is False and END_REASONS["退回派遣单位"].due is None
    assert all(one.article for one in END_REASONS.values() if one.due is not None)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (D(2026, 1, 1), D(2026, 12, 31), Fraction(12)),
        (D(2026, 1, 16), D(2026, 3, 15), Fraction(2)),
        (D(2026, 1, 1), D(2026, 1, 15), Fraction(15, 30)),
        (D(2026, 1, 1), D(2027, 1, 1), 12 + Fraction(1, 30)),
        (D(2025, 8, 31), D(2026, 2, 28), Fraction(6)),
        (D(2025, 8, 31), D(2026, 3, 1), 6 + Fraction(1, 30)),
    ],
)
def test_months_of_a_term(start: date, end: date, months: Fraction) -> None:
    assert term_months(start, end) == months


def test_working_days_pass_over_weekends() -> None:
    assert workdays_after(D(2025, 12, 19), 7) == D(2025, 12, 30)
    assert workdays_after(D(2026, 1, 2), 1) == D(2026, 1, 5)


def test_working_days_go_by_the_holidays_entered() -> None:
    """2026 National Day as an office would enter it: 1 to 7 October off, Saturday 10 October worked."""
    entered = {D(2026, 10, day): True for day in range(1, 8)} | {D(2026, 10, 10): False}
    assert workdays_after(D(2026, 9, 30), 2, entered) == D(2026, 10, 9)
    assert workdays_after(D(2026, 9, 30), 3, entered) == D(2026, 10, 10)
    assert workdays_after(D(2026, 9, 30), 3) == D(2026, 10, 5)
    assert unknown_holidays(D(2026, 9, 30), D(2026, 10, 9), entered) == ""
    assert "未扣除节假日" in unknown_holidays(D(2026, 12, 31), D(2027, 1, 9), entered)


@given(DAYS, st.integers(0, 400))
def test_a_month_more_is_never_shorter_and_full_months_are_exact(start: date, months: int) -> None:
    end = complete_on(start, months) - timedelta(days=1)
    if end >= start:
        assert full_months(start, end) == months and lasts(start, end, months)
        assert not lasts(start, end, months + 1)


@given(DAYS, st.integers(0, 400))
def test_months_begun_on_the_day_after_follow_each_other(start: date, months: int) -> None:
    assert full_months(start, complete_on(start, months)) >= months
    assert complete_on(start, months) < complete_on(start, months + 1)


@given(DAYS, st.integers(0, 12_000))
def test_severance_never_falls_with_a_day_more_of_service(since: date, days: int) -> None:
    until = since + timedelta(days=days)
    now, later = half_years(since, until), half_years(since, until + timedelta(days=1))
    assert now <= later <= now + 2
    assert now >= 1 and now >= full_months(since, until) // 12 * 2


@given(DAYS, st.integers(0, 12_000), st.lists(st.integers(1, 3_000_000), min_size=1, max_size=15), st.none() | st.integers(1, 2_000_000))
def test_a_cap_never_pays_more(since: date, days: int, wages: list[int], local: int | None) -> None:
    until = since + timedelta(days=days)
    capped, free = severance(since, until, wages, local, LIMITS), severance(since, until, wages, None, LIMITS)
    assert capped.amount <= free.amount and capped.wage <= average_wage(wages)
    assert abs(free.amount - average_wage(wages) * free.half_years / 2) <= Fraction(1, 2)
