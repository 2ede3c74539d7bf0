"""One line a unit, whether it has been filled in or not: 窗口摸查 of a day and 工作量 of a year, entered as a grid."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from db import facts
from db.lists import Column, Listing, Row
from db.lists.columns import computed, written
from db.lists.units import names
from db.model import TABLES
from db.rows import rows
from policy.facts import BUREAU, TOWN_TYPES
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT

T = TABLES

SURVEY, WORKLOAD = "survey_window", "workload"
_UNIT: Final = (computed("unit", "单位", TEXT, 10), computed("type", "类型", TEXT, 7))
_SURVEYED: Final = {
    "has_window": 7, "name": 12, "windows": 5, "staff": 6, "computers": 4, "printers": 8, "area": 7, "rules_posted": 6,
}  # fmt: skip


def survey_days(connection: Connection) -> tuple[date, ...]:
    """The days on which there was a 摸查, the newest first."""
    return tuple(connection.execute(select(T[SURVEY].c.as_of).distinct().order_by(T[SURVEY].c.as_of.desc())).scalars())


def survey_day(connection: Connection, number: int) -> date | None:
    """The day of a record of 摸查; None: it is no longer there."""
    return next((one["as_of"] for one in rows(connection, SURVEY, id=number)), None)


def surveyed(connection: Connection, day: date) -> Listing:
    """窗口摸查 of a day: the bureau and every township that was there, with how many problems were found and not mended."""
    opened = _problems(connection)
    columns = (*_UNIT, *(written(SURVEY, name, width) for name, width in _SURVEYED.items()), computed("problems", "未销号问题", COUNT, 7))
    return _sheet(connection, SURVEY, columns, day, {"as_of": day}, lambda found: (opened.get(found["id"], 0) if found else None,))


def worked(connection: Connection, year: int, as_of: date) -> Listing:
    """工作量 of a year, with the year before beside it."""
    before = {one["unit"]: one for one in rows(connection, WORKLOAD, year=year - 1)}
    columns = (
        *_UNIT, written(WORKLOAD, "accepted", 9), written(WORKLOAD, "visited", 10), computed("accepted_before", "上年受理（件）", COUNT, 9),
        computed("visited_before", "上年入户核查（户次）", COUNT, 11),
    )  # fmt: skip
    day = min(max(as_of, date(year, 1, 1)), date(year, 12, 31))
    sheet = _sheet(connection, WORKLOAD, columns, day, {"year": year}, lambda found: (None, None))
    made = []
    for row in sheet.rows:
        old = before.get(row.keys["unit"][0], {})
        made.append(Row(row.keys, (*row.values[:-2], old.get("accepted"), old.get("visited"))))
    return Listing(columns, tuple(made))


def _sheet(connection: Connection, table: str, columns: tuple[Column, ...], day: date, where: dict[str, Any], more: Any) -> Listing:
    known, called = {one["unit"]: one for one in rows(connection, table, **where)}, names(connection, day)
    fields = [column.column for column in columns if column.table == table]
    lines = []
    for unit in facts.units(connection, day, day):
        found = known.get(unit.id)
        if unit.type == BUREAU or unit.type in TOWN_TYPES or found:
            own = tuple(found[name] if found else None for name in fields)
            keys = {"unit": (unit.id,)} | ({table: (found["id"],)} if found else {})
            lines.append(Row(keys, (called[unit.id], unit.type, *own, *more(found))))
    return Listing(columns, tuple(lines))


def _problems(connection: Connection) -> dict[int, int]:
    found: dict[int, int] = {}
    for one in rows(connection, "problem", mended=None):
        if one["survey"] is not None:
            found[one["survey"]] = found.get(one["survey"], 0) + 1
    return found


def survey_of(connection: Connection, unit: int, day: date) -> int | None:
    """The record of a unit's 摸查 on a day; None where nothing was filled in."""
    found = rows(connection, SURVEY, unit=unit, as_of=day)
    return int(found[0]["id"]) if found else None
