"""Changes up and down in percent, and years of service in halves: what a clerk types, and what is refused in words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.kinds import Unreadable
from policy.kinds.change import CHANGE, HALF_YEARS


@pytest.mark.parametrize(("raw", "stored", "shown"), [
    ("10%", 1000, "+10%"), ("-10%", -1000, "-10%"), ("−2.5%", -250, "-2.5%"), ("+ 3%", 300, "+3%"), ("－10％", -1000, "-10%"), ("10", 1000, "+10%"),
    (0.1, 1000, "+10%"), (-0.1, -1000, "-10%"), ("0%", 0, "0%"), ("", None, ""), (None, None, ""), ("100%", 10_000, "+100%"),
])  # fmt: skip
def test_a_change(raw: object, stored: int | None, shown: str) -> None:
    assert CHANGE.parse(raw, None) == stored
    assert CHANGE.show(stored) == shown


@pytest.mark.parametrize("raw", ["一成", "101%", "-101%", "--5%", "1.5", "5.555%", date(2026, 1, 1)])
def test_what_is_no_change(raw: object) -> None:
    with pytest.raises(Unreadable, match="。"):
        CHANGE.parse(raw, None)


@given(st.integers(-10_000, 10_000))
def test_a_change_as_shown_reads_back(share: int) -> None:
    assert CHANGE.parse(CHANGE.show(share), None) == share


@pytest.mark.parametrize(("raw", "stored", "shown"), [
    ("3.5", Fraction(7, 2), "3.5"), ("3年", Fraction(3), "3"), (2, Fraction(2), "2"), (0.5, Fraction(1, 2), "0.5"), ("６", Fraction(6), "6"), (None, None, ""),
])  # fmt: skip
def test_half_years(raw: object, stored: Fraction | None, shown: str) -> None:
    assert HALF_YEARS.parse(raw, None) == stored
    assert HALF_YEARS.show(stored) == shown


@pytest.mark.parametrize("raw", ["3.3", "三年半", "61", "-1", 0.25, date(2026, 1, 1)])
def test_what_is_no_half_year(raw: object) -> None:
    with pytest.raises(Unreadable, match="工作年限"):
        HALF_YEARS.parse(raw, None)
