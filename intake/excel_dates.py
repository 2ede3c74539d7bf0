"""Excel's dates: numbers of days that only the number format tells from other numbers."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from intake.cells import Cell, CellError

DATE: Final = "date"
DURATION: Final = "duration"

_BUILT_IN: Final = frozenset([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
"""Built-in formats that are dates or times; 27–36 and 50–58 are those of the Chinese editions (yyyy年m月d日 …)."""
_ELAPSED: Final = 46
_OUTSIDE: Final = CellError("########")
"""What Excel shows for a date it cannot show."""


def format_sort(number: int, code: str | None) -> str:
    """date | duration | "" for a number format: its number, and its code where the file defines one."""
    if code is None:
        return DATE if number in _BUILT_IN else DURATION if number == _ELAPSED else ""
    first = re.sub(r'"[^"]*"|\\.|_.|\*.', "", code).split(";")[0].lower()
    if re.search(r"\[(h+|m+|s+)\]", first):
        return DURATION
    return DATE if re.search("[dmyhs]", re.sub(r"\[[^\]]*\]", "", first)) else ""


@lru_cache(4096)  # a column of dates says the same few over and over
def from_serial(serial: float, sort: str, from_1904: bool) -> Cell:
    """A day number as date, date and time, or time of day; a length of time as text such as 26:30:00.

    Day 60 of the 1900 system, a 29 February that never was, is 28 February; days Excel cannot show are an error cell.
    """
    seconds = round(serial * 86400) if abs(serial) < 1e9 else -1
    if sort == DURATION and abs(serial) < 1e9:
        sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
        return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if seconds < 0 or serial >= 2958466 - 1462 * from_1904:
        return _OUTSIDE
    if from_1904:
        start = datetime(1904, 1, 1)
    elif seconds < 86400:
        return (datetime.min + timedelta(seconds=seconds)).time()
    else:
        start = datetime(1899, 12, 31 if serial < 60 else 30)
    try:
        return midnight(start + timedelta(seconds=seconds))
    except OverflowError:
        return _OUTSIDE


def from_iso(text: str) -> Cell:
    """A date cell written as 2026-05-01 or 2026-05-01T08:30:00; any other text stays text."""
    try:
        return midnight(datetime.fromisoformat(text))
    except ValueError:
        try:
            return time.fromisoformat(text)
        except ValueError:
            return text


def midnight(moment: datetime) -> date | datetime:
    """A date without a time of day as a plain date."""
    moment = moment.replace(tzinfo=None)
    return moment.date() if moment.time() == time() else moment
