"""Two pay sheets held against each other: what differs, and what taking the other's figures comes to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.pay_check import adopted, differences, moved
from policy.pay_items import WRITTEN, totals

BLANK: dict[str, int | None] = dict.fromkeys(WRITTEN)

sheets = st.fixed_dictionaries({name: st.none() | st.integers(0, 3) for name in WRITTEN})


def sheet(**items: int) -> dict[str, int | None]:
    return BLANK | items


@given(ours=sheets, theirs=sheets)
def test_after_taking_the_others_figures_nothing_differs(ours: dict[str, int | None], theirs: dict[str, int | None]) -> None:
    taken = ours | adopted(ours, theirs)
    assert differences(taken, theirs) == ()
    assert adopted(taken, theirs) == {}


@given(one=sheets)
def test_a_sheet_agrees_with_itself(one: dict[str, int | None]) -> None:
    assert differences(one, one) == ()


@pytest.mark.parametrize(
    ("ours", "theirs", "found"),
    [
        (sheet(base=100), sheet(base=101), ("base", "gross")),
        (sheet(base=100, performance=20), sheet(base=120), ("base", "performance")),
        (sheet(base=100, performance=20), sheet(unsplit=120), ()),
        (sheet(base=100, performance=20), sheet(unsplit=119), ("unsplit", "gross")),
        (sheet(unsplit=120), sheet(base=120), ()),
        (sheet(base=100, deduction=1), sheet(unsplit=99), ()),
        (sheet(base=100, pension=5, tax=1, fee=9), sheet(base=100), ()),
        (sheet(base=100, pension=5, medical=2), sheet(base=100, insurance_other=7), ()),
        (sheet(base=100, pension=5, medical=2), sheet(base=100, insurance_other=8), ("insurance_other", "net")),
        (sheet(base=100, pension=5, tax=2), sheet(base=100, other=7), ()),
        (sheet(base=100, pension=5, tax=2), sheet(base=100, other=6), ("other", "net")),
        (sheet(base=100, pension=5), sheet(base=100, pension=5, tax=0), ()),
        (sheet(base=100, fee=9), sheet(base=100, fee=9, vat=1), ("vat", "cost")),
        (sheet(base=100), BLANK, ()),
        (BLANK, sheet(base=0), ("base", "gross")),
    ],
)
def test_differences(ours: dict[str, int | None], theirs: dict[str, int | None], found: tuple[str, ...]) -> None:
    assert differences(ours, theirs) == found


def test_parts_the_other_sheet_leaves_out_are_not_taken() -> None:
    ours, theirs = sheet(base=100, performance=20, pension=5, fee=9), sheet(unsplit=130)
    assert adopted(ours, theirs) == {"unsplit": 130, **dict.fromkeys(("base", "post", "performance", "allowance", "bonus", "overtime", "deduction"))}
    assert totals(ours | adopted(ours, theirs)) == {"gross": 130, "net": 125, "cost": 139}


@pytest.mark.parametrize(
    ("now", "before", "notable"), [(110, 100, False), (111, 100, True), (90, 100, False), (89, 100, True), (0, 0, False), (1, 0, True), (5, -10, True)]
)
def test_a_tenth_is_not_more_than_a_tenth(now: int, before: int, notable: bool) -> None:
    change = moved(now, before)
    assert change is not None
    assert (change.amount, change.notable) == (now - before, notable)


def test_no_change_where_a_month_is_blank() -> None:
    assert moved(None, 1) is moved(1, None) is None
