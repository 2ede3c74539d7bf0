"""历年工资: every pay month of the book, newest first, read a page at a time, as a book of many years may hold more than a million.

Pages are found by the key of their first row (seeking a key costs the same at the end of the list as at its beginning)."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Select, func, literal_column, select, tuple_

from db.lists import Column, Key, Row
from db.lists.columns import computed, shown
from db.lists.pay import pay_columns
from db.model import TABLES
from policy.kinds.number import ORDINAL, YEAR

T = TABLES
PAGE: Final = 64
"""Rows read at once."""


def columns() -> tuple[Column, ...]:
    """Year, month and name before the columns of a pay sheet; nothing is typed here."""
    sheet = (shown("pay_month", column.id.removeprefix("pay_month."), column.width) for column in pay_columns())
    return (computed("year", "年度", YEAR, 4), computed("month", "月份", ORDINAL, 3), shown("person", "name", 6), *sheet)


def page(connection: Connection, first: Key | None = None, name: str = "") -> tuple[Row, ...]:
    """The rows from a key on (None: from the newest), of people whose name holds `name`."""
    of, person = T["pay_month"], T["person"]
    said = (person.c.name if column.id == "person.name" else of.c[column.id.removeprefix("pay_month.")] for column in columns())
    query = _wanted(select(of.c.year, of.c.engagement, of.c.month, *(one.label(None) for one in said)), name, joined=True)
    if first is not None:
        query = query.where(tuple_(of.c.year, of.c.engagement, of.c.month) <= first)
    found = connection.execute(query.order_by(*_newest_first()).limit(PAGE)).all()
    return tuple(Row({"pay_month": (row[0], row[1], row[2])}, tuple(row[3:])) for row in found)


def extent(connection: Connection, name: str = "") -> tuple[int, tuple[Key, ...]]:
    """How many rows there are, and the key of the first row of each page (for `book.read_later`: it goes through all of them)."""
    of = T["pay_month"]
    place = func.row_number().over(order_by=_newest_first()).label("place")
    rows = _wanted(select(of.c.year, of.c.engagement, of.c.month, place), name).subquery()
    firsts = connection.execute(select(rows.c.year, rows.c.engagement, rows.c.month).where(rows.c.place % PAGE == 1).order_by(rows.c.place))
    count = connection.execute(_wanted(select(func.count(literal_column("*"))).select_from(of), name)).scalar_one()
    return count, tuple((year, engagement, month) for year, engagement, month in firsts)


def _newest_first() -> tuple[Any, ...]:
    of = T["pay_month"]
    return of.c.year.desc(), of.c.engagement.desc(), of.c.month.desc()


def _wanted(query: Select[Any], name: str, *, joined: bool = False) -> Select[Any]:
    of, engagement, person = T["pay_month"], T["engagement"], T["person"]
    if joined:
        query = query.join(engagement, engagement.c.id == of.c.engagement).join(person, person.c.id == engagement.c.person)
    if not name:
        return query
    bearers = select(engagement.c.id).join(person, person.c.id == engagement.c.person).where(person.c.name.contains(name, autoescape=True))
    return query.where(of.c.engagement.in_(bearers))
