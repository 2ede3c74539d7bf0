"""Months of the year, e.g. 工资所属月份, kept as the whole number yyyymm (202605)."""

from __future__ import annotations

import re
from datetime import date

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import given, plain, quoted
from policy.kinds.date import FIRST_YEAR, LAST_YEAR, from_number

_NEXT = "请写成 2026-05 这样的年月。"
_MONTH = re.compile(r"([0-9]{4})(?:\s*[-/.‐‑–—−]\s*|\s*年\s*)([0-9]{1,2})\s*月?(?:份)?|([0-9]{4})([0-9]{2})")
_THIS_YEAR = re.compile(r"([0-9]{1,2})\s*(?:月份?)?")
_FIRST_DAY = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)0?1日?(?:[T ]0{1,2}:00(?::00)?)?")


def _month(raw: object, today: date | None) -> int | None:
    content = given(raw)
    if content is None:
        return None
    if isinstance(content, int) and content >= 10000 and not 10**5 <= content < 10**6:
        content = from_number(content)
    if isinstance(content, date):
        if content.day != 1:
            raise Unreadable(f"{quoted(content)}是某一天，不是月份。{_NEXT}")
        return _checked(content.year, content.month, content)
    text = plain(str(content))
    if today is None and re.fullmatch(r"[0-9]{4}\.1", text):
        raise Unreadable(f"{quoted(content)}分不清是 1 月还是 10 月（Excel 会把 .10 末尾的 0 去掉）。{_NEXT}")
    if found := _MONTH.fullmatch(text) or _FIRST_DAY.fullmatch(text):
        year, month = (int(part) for part in found.groups() if part)
        return _checked(year, month, content)
    if found := _THIS_YEAR.fullmatch(text):
        if today is None:
            raise Unreadable(f"{quoted(content)}没有年份。{_NEXT}")
        return _checked(today.year, int(found[1]), content)
    raise Unreadable(f"{quoted(content)}不是月份。{_NEXT}")


def _checked(year: int, month: int, raw: object) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"月份{quoted(raw)}的年份不在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间。请核对后重新填写。")
    if not 1 <= month <= 12:
        raise Unreadable(f"月份{quoted(raw)}写错了：没有 {month} 月。请核对后重新填写。")
    return year * 100 + month


def _show(value: int | None) -> str:
    return "" if value is None else f"{value // 100}-{value % 100:02}"


def in_words(month: int) -> str:
    """A month as yyyymm in a sentence: 2026年5月."""
    return f"{month // 100}年{month % 100}月"


MONTH = Kind("月份", _month, show=_show)
"""A calendar month as yyyymm, shown 2026-05. A date counts as its month only where it is the first day, as Excel keeps a month
it turned into a date; typing clerks may write 5月 (this year), files may not."""


def months_from(first: int, last: int) -> list[int]:
    """Every month (yyyymm) from one to another, both included."""
    return [at for at in range(first, last + 1) if 1 <= at % 100 <= 12]
