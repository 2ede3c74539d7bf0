"""Scores from 0 to 100 with two decimals, kept in hundredths as whole numbers (9550 = 95.5 分)."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import given, plain, quoted, scaled

_SCORE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?)\s*分?")


def _score(raw: object, today: date | None) -> int | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, str):
        found = _SCORE.fullmatch(plain(content))
        exact = Fraction(found[1]) * 100 if found else None
        hundredths = exact.numerator if exact is not None and exact.denominator == 1 else None
    else:
        hundredths = None if isinstance(content, date) else scaled(content, 100)
    if hundredths is None or not 0 <= hundredths <= 10000:
        raise Unreadable(f"{quoted(content)}不是分数。请填 0 至 100 之间的数，最多两位小数，如 95.5。")
    return hundredths


def _show(hundredths: int | None) -> str:
    if hundredths is None:
        return ""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".")


SCORE = Kind("分数", _score, show=_show, align="right")
"""A score of 0 to 100 in hundredths: 9550 ↔ 95.5."""
