"""As of: the one place that says what holds on a date. Both ends are inclusive; an open end holds for ever."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, func, or_, select


def holds(table: Table, day: date) -> ColumnElement[bool]:
    """Rows with `start`/`end` that hold on `day`."""
    return overlaps(table, day, day)


def overlaps(table: Table, first: date, last: date) -> ColumnElement[bool]:
    """Rows with `start`/`end` that hold on at least one day of [first, last]."""
    return and_(table.c.start <= last, or_(table.c.end.is_(None), table.c.end >= first))


def in_force(table: Table, by: str, day: date, on: str = "since") -> Select[Any]:
    """Of rows dated `since` (or `on`), those of the newest date not after `day`, for each value of column `by`."""
    newest = select(table.c[by], func.max(table.c[on]).label("newest")).where(table.c[on] <= day).group_by(table.c[by]).subquery()
    return select(table).join(newest, and_(table.c[by] == newest.c[by], table.c[on] == newest.c.newest))
