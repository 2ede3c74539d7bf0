from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.kinds import Unreadable
from policy.kinds.money import MONEY

LIMIT = 10**14
FEN = st.integers(-LIMIT + 1, LIMIT - 1)


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        ("80,000.00", 8_000_000), ("￥8万", 8_000_000), ("¥8万", 8_000_000), ("8万元", 8_000_000), ("6，000", 600_000),
        ("８．５万", 8_500_000), ("8.5万", 8_500_000),
        ("8.123456万", 8_123_456), ("1.2亿元", 12_000_000_000), ("0", 0), ("0.00", 0), (0, 0), (0.0, 0), (-0.0, 0), ("4166.67", 416_667),
        (4166.67, 416_667),
        (4166, 416_600), (49992.0, 4_999_200), ("6000元", 600_000), ("6000元整", 600_000), ("人民币6000元", 600_000), ("RMB 6000", 600_000),
        ("-800", -80_000),
        ("－800.5", -80_050), ("−800", -80_000), ("¥-800", -80_000), ("-¥800", -80_000), ("+800", 80_000), (-800, -80_000),
        ("'8000", 800_000),
        ("80 000.00", 8_000_000), ("  8000  ", 800_000), ("8\u200b000", 800_000), ("4166.670", 416_667), ("8 万 元", 8_000_000),
        ("12,345,678.9", 1_234_567_890),
        (0.1 + 0.2, 30), (1.1 * 3, 330), (123456789.12000002, 12_345_678_912), (4166.67 * 12, 5_000_004), (1e-13, 0),
        (999_999_999_999.99, LIMIT - 1),
    ],
)  # fmt: skip
def test_amounts(raw: object, fen: int) -> None:
    value = MONEY.parse(raw, None)
    assert value == fen
    assert type(value) is int


@pytest.mark.parametrize(
    "raw",
    [
        "4166.666", 4166.666, 4166.666666666667, 50000 / 12, 0.001, 1e-5, "8.1234567万", "0.005",
    ],
)  # fmt: skip
def test_less_than_a_fen_is_refused(raw: object) -> None:
    with pytest.raises(Unreadable, match="小数超过两位"):
        MONEY.parse(raw, None)


@pytest.mark.parametrize("raw", [10**12, -(10**12), 1e12, 1e29, "10000亿", "999999999999999", 10**29])
def test_amounts_beyond_what_a_spreadsheet_keeps(raw: object) -> None:
    with pytest.raises(Unreadable, match="超出可以填写的范围"):
        MONEY.parse(raw, None)


@pytest.mark.parametrize(
    "raw",
    [
        "50%", "50％", "6,00", "1,0000", "80,000,00", "8万5", "3千", "5角", "3000元/月", "1e5", "1E+05", "$80", "(800)", "（800）", "--8",
        "-¥-8", "8¥", "8000 RMB",
        "捌万元", "1.2.3", ".", "8.", ".5", "3000-4000", "6 00", "8000左右", "无", "=8*1000", "8000+500", "+", "万", "元", "零", "0x10",
        "1_000", "inf", "nan",
    ],
)  # fmt: skip
def test_what_is_no_amount_says_how_to_write_one(raw: str) -> None:
    with pytest.raises(Unreadable, match=r"不是金额。请写成 4166\.67"):
        MONEY.parse(raw, None)


@pytest.mark.parametrize(
    ("fen", "text"),
    [(4_999_200, "49,992.00"), (0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-123_456, "-1,234.56"), (100_000_000, "1,000,000.00")],
)
def test_shown(fen: int, text: str) -> None:
    assert MONEY.show(fen) == text


@given(FEN)
def test_every_fen_survives_every_way_of_writing_it(fen: int) -> None:
    yuan = f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"
    full_width = yuan.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.-"})
    for raw in (MONEY.show(fen), yuan, full_width, f"￥{yuan}", f"{yuan}元", float(yuan)):
        assert MONEY.parse(raw, None) == fen


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50))
def test_float_sums_of_a_spreadsheet_come_back_to_the_fen(amounts: list[int]) -> None:
    assert MONEY.parse(sum(fen / 100 for fen in amounts), None) == sum(amounts)


def test_a_total_means_something() -> None:
    assert MONEY.sums
    assert MONEY.align == "right"
