"""Numbers that are not money: counts of 户 and 人, years, days, shares, and yes or no."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import given, plain, quoted, scaled
from policy.kinds.date import FIRST_YEAR, LAST_YEAR

_COUNT = re.compile(r"(?:[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.0{1,9})?")
_COUNT_LIMIT: Final = 10**9
_SHARE = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(%?)")
_WHOLE: Final = 10000
_YEAR = re.compile(r"([0-9]{4})(?:\.0{1,9})?\s*(?:年度?)?")
_DAYS = re.compile(r"([0-9]{1,2}(?:\.[0-9]{1,9})?)\s*天?")
_MONTH_LONG: Final = 62
"""Half days of the longest month."""
_YES: Final = ("是", "有", "对", "√", "✓", "✔", "1", "y", "yes")
_NO: Final = ("否", "无", "没有", "不是", "×", "✕", "✖", "✗", "✘", "0", "n", "no")


def _count(raw: object, today: date | None) -> int | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, str):
        text = plain(content)
        if not _COUNT.fullmatch(text):
            raise Unreadable(f"{quoted(content)}不是数量。请只填 0 或正整数，不带单位，如 12；不清楚请留空。")
        return int(text.partition(".")[0].replace(",", ""))
    whole = None if isinstance(content, date) else scaled(content, 1)
    if whole is None or not 0 <= whole < _COUNT_LIMIT:
        raise Unreadable(f"{quoted(content)}不是数量。请填 0 或正整数（9 位以内），如 12；不清楚请留空。")
    return whole


def _year(raw: object, today: date | None) -> int | None:
    content = given(raw)
    if content is None:
        return None
    found = None if isinstance(content, date) else _YEAR.fullmatch(plain(str(content)))
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise Unreadable(f"{quoted(content)}不是年度。请写成 2026 这样的四位年份。")
    return int(found[1])


def _half_days(raw: object, today: date | None) -> int | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, str):
        written = _DAYS.fullmatch(plain(content))
        halves = scaled(float(written[1]), 2) if written else None
    else:
        halves = None if isinstance(content, date) else scaled(content, 2)
    if halves is None or not 0 <= halves <= _MONTH_LONG:
        raise Unreadable(f"{quoted(content)}不是出勤天数。请填 0 至 31，可到半天，如 21.5。")
    return halves


def _show_half_days(halves: int | None) -> str:
    return "" if halves is None else f"{halves // 2}{'.5' if halves % 2 else ''}"


def _share(raw: object, today: date | None) -> int | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, date):
        raise Unreadable(f"{quoted(content)}是日期，不是比例。请写成 50% 这样的比例。")
    percent = _percent(content)
    if percent is None or not 0 <= percent <= 100:
        raise Unreadable(f"{quoted(content)}不是 0% 至 100% 的比例。请写成 50% 这样的比例。")
    share = percent * _WHOLE / 100
    if share.denominator != 1:
        raise Unreadable(f"比例{quoted(content)}的小数太多。请保留到百分数的两位小数，如 33.33%。")
    return share.numerator


def _percent(content: str | int | float) -> Fraction | None:
    """The content in percent, exact; None where it is no number.

    With % as written. Without: above 2 it is in percent, below 1 a fraction of the whole. 1 in a numeric cell is the whole, as a
    spreadsheet keeps 100 %; as text it may mean 1 % or 100 %, and so between 1 and 2: refused.
    """
    if isinstance(content, str):
        found = _SHARE.fullmatch(plain(content))
        if not found:
            return None
        number, sign = Fraction(found[1]), found[2]
    else:
        fine = scaled(content, 10**6)
        number, sign = Fraction(repr(content)) if fine is None else Fraction(fine, 10**6), ""
    if sign:
        return number
    if number < 1 or (number == 1 and not isinstance(content, str)):
        return number * 100
    if number < 2:
        raise Unreadable(f"比例{quoted(content)}分不清是百分数还是倍数。请带百分号填写，如 1% 或 100%。")
    return number


def _show_share(share: int | None) -> str:
    if share is None:
        return ""
    whole, rest = divmod(share, 100)
    return f"{whole}.{rest:02}".rstrip("0").rstrip(".") + "%"


def _yes_no(raw: object, today: date | None) -> bool | None:
    if isinstance(raw, bool):
        return raw
    content = given(raw)
    if content is None:
        return None
    word = plain(content).lower() if isinstance(content, str) else str(content)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(f"{quoted(content)}看不出是或否。请填 是 或 否。")


def _show_yes_no(value: bool | None) -> str:
    return "" if value is None else "是" if value else "否"


COUNT = Kind("数量", _count, align="right", sums=True)
"""Whole number from 0: 户, 人, 份. Units in the cell are refused: the heading says them."""

ORDINAL = replace(COUNT, sums=False)
"""A whole number nobody adds up: an age, which contract in a row, the day of the month pay is due."""

YEAR = Kind("年度", _year, align="right")
"""A year of four digits, as 2026, 2026年 or 2026年度."""

HALF_DAYS = Kind("天数", _half_days, show=_show_half_days, align="right", sums=True)
"""Days of a month attended, in half days (43 is 21.5)."""

SHARE = Kind("比例", _share, show=_show_share, align="right")
"""A share of the whole in 0.01 % (10000 = 100 %), 0 % to 100 %."""


def places(*allowed: int) -> Kind:
    """How many decimals are printed: one of a few."""

    def parse(raw: object, today: date | None) -> int | None:
        number = _count(raw, today)
        if number is not None and number not in allowed:
            raise Unreadable(f"小数位数{quoted(str(number))}不行。请填 {' 或 '.join(map(str, allowed))}。")
        return number

    return Kind("小数位数", parse, align="right", choices=tuple(map(str, allowed)))


YESNO = Kind("是否", _yes_no, show=_show_yes_no, choices=("是", "否"))
"""Yes or no as bool: 是/否, 有/无, √/×, 1/0 and the TRUE/FALSE of a cell. The letter x is neither (a cross, or ticked?)."""
