"""Report periods as clerks write them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.period import SORTS, last_ended, month_end, parse_period, period_before, period_of, periods_until, sort_of


@pytest.mark.parametrize(
    ("text", "first", "last", "title"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年度"),
        ("2026H1", date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        (" 2026h2 ", date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
        ("2026q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31), "2026年12月"),
    ],
)
def test_periods(text: str, first: date, last: date, title: str) -> None:
    period = parse_period(text)
    assert (period.first, period.last, period.as_of, period.flow_last, period.title) == (first, last, last, last, title)


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-00", "2026Q5", "2026H3", "2026-1", "1826", "2026年", "２０２６"])
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="报告期"):
        parse_period(text)


def test_stocks_may_be_looked_at_later_and_flows_end_at_the_earlier_day() -> None:
    assert parse_period("2026", date(2026, 5, 15)).flow_last == date(2026, 5, 15)
    assert parse_period("2026", date(2027, 3, 31)).flow_last == date(2026, 12, 31)
    assert parse_period("2026-05", date(2026, 5, 1)).as_of == date(2026, 5, 1)
    with pytest.raises(ValueError, match="早于"):
        parse_period("2026-05", date(2026, 4, 30))


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_the_last_day_of_a_month_is_followed_by_a_first(day: date) -> None:
    last = month_end(day.year, day.month)
    assert (last.year, last.month) == (day.year, day.month)
    assert (last + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("day", "ended"),
    [
        (date(2026, 12, 31), ["2026", "2026H2", "2026Q4", "2026-12"]),
        (date(2026, 12, 30), ["2025", "2026H1", "2026Q3", "2026-11"]),
        (date(2027, 1, 12), ["2026", "2026H2", "2026Q4", "2026-12"]),
        (date(2026, 4, 1), ["2025", "2025H2", "2026Q1", "2026-03"]),
        (date(2026, 6, 30), ["2025", "2026H1", "2026Q2", "2026-06"]),
    ],
)
def test_the_period_that_ended_last(day: date, ended: list[str]) -> None:
    assert [last_ended(day, sort).label for sort in SORTS] == ended


@given(st.dates(date(2000, 1, 1), date(2098, 12, 31)), st.sampled_from(SORTS))
def test_a_day_lies_in_its_period_of_every_sort_and_the_ones_before_follow(day: date, sort: str) -> None:
    found = periods_until(day, sort, 3)
    assert found[0] == period_of(day, sort) and found[0].first <= day <= found[0].last
    assert {sort_of(one) for one in found} == {sort}
    for later, earlier in pairwise(found):
        assert earlier.last + timedelta(days=1) == later.first and period_before(later) == earlier
