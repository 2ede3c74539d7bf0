"""Figures as sentences and forms show them: 元, 户, 人 and shares; exact until here, then half up."""

from __future__ import annotations

from fractions import Fraction

from policy.kinds.money import MONEY
from policy.kinds.number import SHARE


def half_up(amount: Fraction) -> int:
    """An exact amount as a whole number (分, 0.01 人 …), half up: the last step before it is shown or held against paid money."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def yuan(fen: int | Fraction) -> str:
    """分 as 元 with 2 decimals and thousands separators, half up: 4999200 → "49,992.00"."""
    whole = half_up(abs(Fraction(fen)))
    return MONEY.show(-whole if fen < 0 else whole)


def percent(share: int) -> str:
    """A share of 0.01 % without idle zeros: 4000 → "40%"."""
    return SHARE.show(share)


def number(value: Fraction | int) -> str:
    """户 or heads: whole numbers plain, others half up with 2 decimals: 9/2 → "4.50"."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return f"{exact.numerator}"
    hundredths = half_up(exact * 100)
    return f"{hundredths // 100}.{hundredths % 100:02d}"
