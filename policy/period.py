"""Period: the stretch a return is about, and the date its stocks are taken.

"2026" year | "2026H1" half-year | "2026Q3" quarter | "2026-05" month. Stocks are read at `as_of` (by default the period's
last day); flows run from `first` to the earlier of `last` and `as_of`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A report period: its label as typed, its first and last day (inclusive) and the date of its stocks."""

    label: str
    first: date
    last: date
    as_of: date

    @property
    def flow_last(self) -> date:
        """Last day that flows (pay months, joiners, leavers) are counted."""
        return min(self.last, self.as_of)

    @property
    def title(self) -> str:
        """The period in the words of a form heading: 2026年度, 2026年上半年, 2026年第三季度, 2026年5月."""
        year = f"{self.first.year}年"
        if len(self.label) == 4:
            return f"{year}度"
        if "H" in self.label:
            return year + ("上半年" if self.label.endswith("1") else "下半年")
        if "Q" in self.label:
            return f"{year}第{'一二三四'[int(self.label[-1]) - 1]}季度"
        return f"{year}{self.first.month}月"


def month_end(year: int, month: int) -> date:
    """Last day of a calendar month."""
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier where negative), the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return min(month_end(year, month + 1), date(year, month + 1, 1) + timedelta(days=day.day - 1))


def complete_on(first: date, months: int) -> date:
    """The day on which so many months begun on `first` (that day counted) are complete; the day before is their last one.

    Where the last month has no such day, its own last day is the last one (民法典第二百零二条): a month from 31 January runs to 28 February.
    """
    day = add_months(first, months)
    return day if day.day == first.day else day + timedelta(days=1)


def parse_period(text: str, as_of: date | None = None) -> Period:
    """Read "2026", "2026H1", "2026Q3" or "2026-05"; raises ValueError with a sentence for anything else.

    An as-of date before the period's first day is refused; one after its last day is allowed (a later look at stocks).
    """
    found = re.fullmatch(r"((?:19|20)[0-9]{2})(?:H([12])|Q([1-4])|-(0[1-9]|1[0-2]))?", text.strip().upper())
    if not found:
        raise ValueError(f"报告期“{text}”认不出。请写成 2026（年度）、2026H1（半年）、2026Q3（季度）或 2026-05（月份）。")
    year, half, quarter, month = int(found[1]), found[2], found[3], found[4]
    if half:
        months = (int(half) * 6 - 5, int(half) * 6)
    elif quarter:
        months = (int(quarter) * 3 - 2, int(quarter) * 3)
    elif month:
        months = (int(month), int(month))
    else:
        months = (1, 12)
    first, last = date(year, months[0], 1), month_end(year, months[1])
    if as_of is not None and as_of < first:
        raise ValueError(f"截至日期 {as_of} 早于报告期的第一天 {first}。请改截至日期或报告期。")
    return Period(found[0], first, last, as_of or last)


def period_before(period: Period) -> Period:
    """The period of the same sort right before: 2025 before 2026, 2025Q4 before 2026Q1; its stocks on its last day."""
    year, label = period.first.year, period.label
    if len(label) == 4:
        return parse_period(str(year - 1))
    parts, sort = {"H": (2, "H"), "Q": (4, "Q"), "-": (12, "-")}[label[4]]
    number = int(label[5:])
    year, number = (year, number - 1) if number > 1 else (year - 1, parts)
    return parse_period(f"{year}{sort}{number:02}" if sort == "-" else f"{year}{sort}{number}")


YEAR, HALF, QUARTER, MONTH = "年", "半年", "季", "月"
SORTS = (YEAR, HALF, QUARTER, MONTH)


def sort_of(period: Period) -> str:
    """年, 半年, 季 or 月."""
    return YEAR if len(period.label) == 4 else HALF if "H" in period.label else QUARTER if "Q" in period.label else MONTH


def period_of(day: date, sort: str) -> Period:
    """The period of a sort in which a day lies."""
    part = {YEAR: "", HALF: f"H{(day.month + 5) // 6}", QUARTER: f"Q{(day.month + 2) // 3}", MONTH: f"-{day.month:02}"}[sort]
    return parse_period(f"{day.year}{part}")


def periods_until(day: date, sort: str, count: int) -> tuple[Period, ...]:
    """The period in which a day lies and those before it, `count` in all, the newest first."""
    found = [period_of(day, sort)]
    while len(found) < count:
        found.append(period_before(found[-1]))
    return tuple(found)


def last_ended(day: date, sort: str) -> Period:
    """The newest period of a sort that is over at the end of a day."""
    now = period_of(day, sort)
    return now if now.last <= day else period_before(now)
