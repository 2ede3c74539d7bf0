from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.kinds import Unreadable
from policy.kinds.month import MONTH

TODAY = date(2026, 7, 3)


@pytest.mark.parametrize(
    "raw",
    [
        "2026-05", "2026-5", "202605", 202605, 202605.0, "2026年5月", "2026年05月份", "2026/5", "2026.05", "2026.5",
        2026.5, "２０２６年５月", "2026 年 5 月",
        date(2026, 5, 1), datetime(2026, 5, 1), 46143, 46143.0,
        "2026-05-01", "2026/5/1", "2026-05-01 00:00:00", "2026年5月1日", 20260501, "2026–5",
    ],
)  # fmt: skip
def test_ways_to_write_a_month(raw: object) -> None:
    assert MONTH.parse(raw, None) == 202605


@pytest.mark.parametrize(
    ("raw", "value"), [("5月", 202605), ("5", 202605), ("05", 202605), ("12月份", 202612), (5, 202605), ("2026.1", 202601)]
)
def test_short_forms_only_for_who_types(raw: object, value: int) -> None:
    assert MONTH.parse(raw, TODAY) == value
    with pytest.raises(Unreadable):
        MONTH.parse(raw, None)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("2026.1", "1 月还是 10 月"), (2026.1, "1 月还是 10 月"), ("2026-13", "没有 13 月"), (202600, "没有 0 月"),
        ("2026-05-17", "不是月份"),
        (date(2026, 5, 31), "是某一天"), (46144, "是某一天"), ("5月", "没有年份"), ("1899-12", "年份不在"), ("2101-01", "年份不在"),
        (2026, "不是月份"), (113, "不是月份"), ("2026", "不是月份|没有"),
        ("26-05", "不是月份"), ("五月", "不是月份"), ("2026年5-6月", "不是月份"), ("2026Q1", "不是月份"), (-5, "不是"),
        (46143.5, "不是月份"), ("本月", "不是月份"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(raw: object, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        MONTH.parse(raw, None)


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_every_month_survives_every_way_of_writing_it(year: int, month: int) -> None:
    value = year * 100 + month
    for raw in (
        MONTH.show(value),
        f"{year}{month:02}",
        f"{year}年{month}月",
        value,
        float(value),
        date(year, month, 1),
        f"{year}.{month:02}",
    ):
        assert MONTH.parse(raw, None) == value
