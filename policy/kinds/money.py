"""Money: whole 分 as int, from cells and keystrokes in 元, 万元 or 亿元."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Final

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import EXACT_DIGITS, given, plain, quoted, scaled

_LIMIT: Final = 10 ** (EXACT_DIGITS - 1)  # 分; below it a spreadsheet still keeps every 分
_SYMBOL = re.compile(r"^([-+−]?)\s*(?:¥|RMB|CNY|人民币)\s*", re.IGNORECASE)
_AMOUNT = re.compile(
    r"(?P<sign>[-+−]?)\s*"
    r"(?P<number>(?:[0-9]{1,15}|[0-9]{1,3}(?:[, ][0-9]{3}){1,4})(?:\.[0-9]{1,15})?)\s*"
    r"(?P<scale>[万亿]?)\s*(?:[元圆]整?)?"
)
_FEN: Final = {"": 100, "万": 10**6, "亿": 10**10}


def _money(raw: object, today: date | None) -> int | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, date):
        raise Unreadable(f"{quoted(content)}是日期，不是金额。请填写金额，如 4166.67。")
    fen = _from_text(content) if isinstance(content, str) else scaled(content, 100)
    if fen is None:
        raise Unreadable(f"金额{quoted(content)}的小数超过两位（不到 1 分）。请按实际发生数填写到分，如 4166.67。")
    if abs(fen) >= _LIMIT:
        raise Unreadable(f"金额{quoted(content)}超出可以填写的范围（1 万亿元）。请检查单位和位数。")
    return fen


def _from_text(text: str) -> int | None:
    found = _AMOUNT.fullmatch(_SYMBOL.sub(r"\1", plain(text), count=1))
    if not found:
        raise Unreadable(f"{quoted(text)}不是金额。请写成 4166.67、80,000.00 或 8万元 这样的数，没有发放请填 0，不清楚请留空。")
    fen = Fraction(re.sub(r"[, ]", "", found["number"])) * _FEN[found["scale"]]
    if fen.denominator != 1:
        return None
    return -fen.numerator if found["sign"] in ("-", "−") else fen.numerator


def _show(fen: int | None) -> str:
    if fen is None:
        return ""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02}"


MONEY = Kind("金额", _money, show=_show, align="right", sums=True)
"""An amount in 分, shown in 元: 4999200 ↔ 49,992.00. Numeric cells are 元."""
