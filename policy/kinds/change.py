"""What an estimate's inputs need besides: a change up or down in percent, and years of service in halves."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Final

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import given, plain, quoted, scaled
from policy.kinds.number import SHARE

_SIGN: Final = re.compile(r"([-+−]?)\s*(.*)")
_YEARS: Final = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,9})?)\s*年?")
_LONGEST: Final = 60
"""Years of a working life."""


def _change(raw: object, today: date | None) -> int | None:
    content = given(raw)
    share: int | None
    if not isinstance(content, str):
        negative = isinstance(content, int | float) and content < 0
        share = SHARE.parse(-content if negative else content, today)  # type: ignore[operator]
    else:
        found = _SIGN.fullmatch(plain(content))
        negative = found is not None and found[1] in ("-", "−")
        share = SHARE.parse(found[2] if found else content, today)
    return -share if negative and share else share


def _show_change(share: int | None) -> str:
    return "" if share is None else f"{'-' if share < 0 else '+' if share else ''}{SHARE.show(abs(share))}"


def _half_years(raw: object, today: date | None) -> Fraction | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, str):
        written = _YEARS.fullmatch(plain(content))
        halves = scaled(float(written[1]), 2) if written else None
    else:
        halves = None if isinstance(content, date) else scaled(content, 2)
    if halves is None or not 0 <= halves <= 2 * _LONGEST:
        raise Unreadable(f"{quoted(content)}不是工作年限。请填 0 至 {_LONGEST}，可到半年，如 3.5。")
    return Fraction(halves, 2)


def _show_half_years(years: Fraction | None) -> str:
    return "" if years is None else f"{years.numerator // years.denominator}{'.5' if years.denominator == 2 else ''}"


CHANGE = Kind("增减比例", _change, show=_show_change, align="right")
"""A change in 0.01 %, −100 % to +100 %: −1000 is −10%."""

HALF_YEARS = Kind("工作年限", _half_years, show=_show_half_years, align="right")
"""Years of service in halves, as 经济补偿 counts them: 3.5."""
