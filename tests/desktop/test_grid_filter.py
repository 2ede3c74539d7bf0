from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.grid.filter import condition
from policy.kinds import Kind, Unreadable
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT, YESNO
from policy.kinds.text import PHONE, TEXT

TODAY = date(2026, 11, 22)


def keeps(text: str, kind: Kind, values: list[object]) -> list[object]:
    fits = condition(text, kind, TODAY)
    assert fits is not None
    return [value for value in values if fits(value)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("城关", ["城关镇"]),
        ("＝城关镇", ["城关镇"]),
        ("=城关", []),
        ("≠城关镇", ["Ａ 区", None, ""]),
        ("<>城关镇", ["Ａ 区", None, ""]),
        ("a区", ["Ａ 区"]),
        ("空", [None, ""]),
        ("非空", ["城关镇", "Ａ 区"]),
    ],
)
def test_text(text: str, kept: list[object]) -> None:
    assert keeps(text, TEXT, ["城关镇", "Ａ 区", None, ""]) == kept


def test_a_wave_in_text_is_a_sign_like_any_other() -> None:
    assert keeps("1~3号", TEXT, ["1～3号楼", "2号楼"]) == ["1～3号楼"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (">=5000", [500000, 500001]),
        ("≥5,000", [500000, 500001]),
        (">5000", [500001]),
        ("<5000", [-500000, 499999]),
        ("<=4,999.99", [-500000, 499999]),
        ("=5000", [500000]),
        ("≠5000", [-500000, 499999, 500001, None]),
        ("4999.99..5000", [499999, 500000]),
        ("4999.99～5000元", [499999, 500000]),
        ("5000..", [500000, 500001]),
        ("..0", [-500000]),
        ("0.5万", []),
        (">=0.5万", [500000, 500001]),
        ("4999", [499999]),
        ("空", [None]),
    ],
)
def test_money(text: str, kept: list[object]) -> None:
    assert keeps(text, MONEY, [-500000, 499999, 500000, 500001, None]) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (">=2021-3-1", [date(2021, 3, 1), date(2026, 11, 22)]),
        ("20200101..2021.3.1", [date(2021, 3, 1)]),
        ("=今天", [date(2026, 11, 22)]),
        ("2026-11", [date(2026, 11, 22)]),
    ],
)
def test_dates(text: str, kept: list[object]) -> None:
    assert keeps(text, DATE, [date(2019, 6, 15), date(2021, 3, 1), date(2026, 11, 22), None]) == kept


def test_yes_and_no() -> None:
    assert keeps("=否", YESNO, [True, False, None]) == [False]


def test_the_last_digits_of_a_phone() -> None:
    assert keeps("2231", PHONE, ["13800002231", "13900000037"]) == ["13800002231"]
    assert keeps("=2231", PHONE, ["13800002231", "13900000037"]) == []


@pytest.mark.parametrize("text", ["", "  ", ">", ">=", "=", "≠", "<>"])
def test_nothing_is_asked_yet(text: str) -> None:
    assert condition(text, MONEY, TODAY) is None


@pytest.mark.parametrize(("text", "kind"), [(">多", MONEY), ("1..很多", COUNT), ("<明年", DATE)])
def test_an_unreadable_bound_is_said(text: str, kind: Kind) -> None:
    with pytest.raises(Unreadable):
        condition(text, kind, TODAY)


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_comparisons_are_exact_to_the_fen(value: int, bound: int) -> None:
    written = MONEY.show(bound)
    for sign, holds in ((">=", value >= bound), ("<", value < bound), ("=", value == bound), ("≠", value != bound)):
        assert keeps(sign + written, MONEY, [value]) == ([value] if holds else [])
