"""Dates: full dates from text, from date cells and from Excel serial numbers; short forms only where a clerk types."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from policy.kinds import Kind, Unreadable
from policy.kinds.cell import given, plain, quoted
from policy.period import month_end

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
_NEXT: Final = "请写成 2019-03-11 这样的完整日期。"

_SEP = r"\s*[-/.、‐‑–—−]\s*"
_TIME = r"(?:(?:T|\s+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_FULL = re.compile(
    rf"([0-9]{{4}})(?:{_SEP}|\s*年\s*)([0-9]{{1,2}})(?:{_SEP}|\s*月\s*)([0-9]{{1,2}})\s*[日号]?{_TIME}|([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})"
)
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}\s*年?")
_YEAR_MONTH = re.compile(rf"[0-9]{{4}}(?:{_SEP}|\s*年\s*)[0-9]{{1,2}}\s*月?|(?:19|20)[0-9]{{2}}(?:0[1-9]|1[0-2])")
_SHORT_YEAR = re.compile(rf"'?[0-9]{{1,2}}(?:{_SEP}|\s*年\s*)[0-9]{{1,2}}(?:{_SEP}|\s*月\s*)[0-9]{{1,4}}\s*[日号]?")
_MONTH_DAY = re.compile(rf"([0-9]{{1,2}})(?:{_SEP}|\s*月\s*)([0-9]{{1,2}})\s*[日号]?|([0-9]{{2}})([0-9]{{2}})")
_SHIFT = re.compile(r"([+-])\s*([0-9]{1,5})\s*天?")
_TODAY = ("今天", "今", "t", "today")
_OPEN_END = ("至今", "长期", "长期有效", "无固定期限")

_SERIAL_ZERO = date(1899, 12, 30)
_LAST_SERIAL = (date(LAST_YEAR, 12, 31) - _SERIAL_ZERO).days
_FIRST_SERIAL = 10000  # 1927-05-18; a shorter number may be a year, a month with day, or an amount in the wrong column


def _date(raw: object, today: date | None) -> date | None:
    return _read(given(raw), today)


def _end_date(raw: object, today: date | None) -> date | None:
    content = given(raw)
    if isinstance(content, str) and re.sub(r"\s", "", plain(content)) in _OPEN_END:
        return None
    return _read(content, today)


def _read(content: str | int | float | date | None, today: date | None) -> date | None:
    if content is None:
        return None
    if isinstance(content, date):
        return _day(content.year, content.month, content.day, content)
    if isinstance(content, str):
        return _from_text(content, today)
    return from_number(content)


def from_number(number: int | float) -> date:
    """A date from a numeric cell: 20190311, or an Excel serial number (1900 system) of five digits.

    Shorter numbers are refused: a year (2019), year and month (2019.3), month and day (1103) would all be days before 1928."""
    if isinstance(number, int) and 10**7 <= number < 10**8:
        return _day(number // 10000, number // 100 % 100, number % 100, number)
    if FIRST_YEAR <= number < LAST_YEAR + 1:
        raise Unreadable(f"{quoted(number)}只有{'年' if isinstance(number, int) else '年月'}，不是完整的日期。{_NEXT}")
    if isinstance(number, int) and _YEAR_MONTH.fullmatch(str(number)):
        raise Unreadable(f"{quoted(number)}只有年月，缺日。{_NEXT}")
    if not isinstance(number, int) or not _FIRST_SERIAL <= number <= _LAST_SERIAL:
        raise Unreadable(f"数字{quoted(number)}不是日期。{_NEXT}")
    return _SERIAL_ZERO + timedelta(days=number)


def _from_text(text: str, today: date | None) -> date:
    written = plain(text)
    if found := _FULL.fullmatch(written):
        year, month, day = (int(part) for part in found.groups() if part)
        return _day(year, month, day, text)
    if today is not None:
        if written.lower() in _TODAY:
            return today
        if found := _SHIFT.fullmatch(written):
            moved = today + timedelta(days=int(found[1] + found[2]))
            return _day(moved.year, moved.month, moved.day, text)
        if found := _MONTH_DAY.fullmatch(written):
            month, day = (int(part) for part in found.groups() if part)
            return _day(today.year, month, day, text)
    if _YEAR.fullmatch(written):
        raise Unreadable(f"{quoted(text)}只有年，缺月、日。{_NEXT}")
    if _YEAR_MONTH.fullmatch(written):
        raise Unreadable(f"{quoted(text)}只有年月，缺日。{_NEXT}")
    if _SHORT_YEAR.fullmatch(written):
        raise Unreadable(f"{quoted(text)}的年份不是写在最前面的四位数，分不清年、月、日。{_NEXT}")
    if today is None and _MONTH_DAY.fullmatch(written):
        raise Unreadable(f"{quoted(text)}没有年份。{_NEXT}")
    raise Unreadable(f"{quoted(text)}不是日期。{_NEXT}没有日期请留空。")


def _day(year: int, month: int, day: int, raw: object) -> date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(f"日期{quoted(raw)}的年份不在 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间。请核对后重新填写。")
    if not 1 <= month <= 12:
        raise Unreadable(f"日期{quoted(raw)}写错了：没有 {month} 月。请核对后重新填写。")
    if not 1 <= day <= month_end(year, month).day:
        raise Unreadable(f"日期{quoted(raw)}写错了：{year} 年 {month} 月没有 {day} 日。请核对后重新填写。")
    return date(year, month, day)


def _show(value: date | None) -> str:
    return "" if value is None else value.isoformat()


DATE = Kind("日期", _date, show=_show)
"""A day, 1900 to 2100. Typing clerks may write 今天, 11.3, 1103 (this year) and +3 / -3 (days from today); files may not."""

END_DATE = Kind("截止日期", _end_date, show=_show)
"""Last day of a stretch, inclusive; 至今, 长期 and 无固定期限 are an explicit blank: open end."""
