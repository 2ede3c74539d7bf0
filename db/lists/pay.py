"""工资: one month's pay sheet, all pay months of a person, and the provider's sheet beside ours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from db.lists import Column, Listing, Row
from db.lists.columns import computed, shown, unit_kind, written
from db.lists.people import posted_on
from db.lists.units import names
from db.model import TABLES
from policy.kinds.number import ORDINAL, YEAR
from policy.pay_items import EMPLOYER, ITEMS, WITHHELD

T = TABLES


def pay_columns() -> tuple[Column, ...]:
    """The columns of a pay sheet after the name: items, 应发, withheld, 实发, employer's part, 用工成本."""
    return (
        *(written("pay_month", name, 6) for name in (*ITEMS, "deduction")),
        shown("pay_month", "gross", 7),
        *(written("pay_month", name, 6) for name in WITHHELD),
        shown("pay_month", "net", 7),
        *(written("pay_month", name, 6) for name in EMPLOYER),
        shown("pay_month", "cost", 7),
        written("pay_month", "paid_on", 8),
        written("pay_month", "reason", 12),
    )


def pay_of_person(connection: Connection, person: int) -> Listing:
    """All pay months of a person, newest first."""
    of, engagement = T["pay_month"], T["engagement"]
    columns = (computed("year", "年度", YEAR, 5), computed("month", "月份", ORDINAL, 4), *pay_columns())
    query = (
        select(of)
        .join(engagement, engagement.c.id == of.c.engagement)
        .where(engagement.c.person == person)
        .order_by(of.c.year.desc(), of.c.month.desc(), of.c.engagement)
    )
    return Listing(columns, tuple(_pay_row(row, (row["year"], row["month"])) for row in connection.execute(query).mappings()))


def pay_of_month(connection: Connection, year: int, month: int, last: date) -> Listing:
    """One month's pay sheet: who has pay that month, with the reporting unit of the month's last day (in service)."""
    of, engagement, person = T["pay_month"], T["engagement"], T["person"]
    columns = (
        shown("person", "name", 6),
        computed("unit", "派驻单位", unit_kind(names(connection, last)), 8),
        *pay_columns(),
    )
    posted = posted_on(last)
    query = (
        select(of, person.c.name, person.c.id.label("person"), posted.c.unit)
        .join(engagement, engagement.c.id == of.c.engagement)
        .join(person, person.c.id == engagement.c.person)
        .outerjoin(posted, (posted.c.engagement == engagement.c.id) & (posted.c.place == 1))
        .where(of.c.year == year, of.c.month == month)
        .order_by(of.c.engagement)
    )
    return Listing(
        columns,
        tuple(_pay_row(row, (row["name"], row["unit"]), {"person": (row["person"],)}) for row in connection.execute(query).mappings()),
    )


def _pay_row(row: Any, lead: tuple[object, ...], keys: Mapping[str, tuple[object, ...]] | None = None) -> Row:
    values = tuple(row[column.id.removeprefix("pay_month.")] for column in pay_columns())
    return Row({**(keys or {}), "pay_month": (row["year"], row["engagement"], row["month"])}, (*lead, *values))


def sheet_of(connection: Connection, table: str, year: int, month: int) -> dict[int, Mapping[str, Any]]:
    """Engagement → its row of a month in `pay_month` (ours) or `provider_pay` (the provider's), computed columns too."""
    of = T[table]
    found = connection.execute(select(of).where(of.c.year == year, of.c.month == month).order_by(of.c.engagement)).mappings()
    return {row["engagement"]: dict(row) for row in found}


def gross_before(connection: Connection, first: date) -> dict[int, int | None]:
    """Engagement → 应发 of the month before, for this month's sheet: its own, else (a new provider took the person over, and the old
    engagement has no pay any more) the sum of the person's others."""
    before = first - timedelta(days=1)
    engagement = T["engagement"]
    now, then = sheet_of(connection, "pay_month", first.year, first.month), sheet_of(connection, "pay_month", before.year, before.month)
    bearer = {row.id: row.person for row in connection.execute(select(engagement.c.id, engagement.c.person))}
    found: dict[int, int | None] = {}
    for one in now:
        if one in then:
            found[one] = then[one]["gross"]
            continue
        others = [row["gross"] for other, row in then.items() if bearer[other] == bearer[one] and other not in now]
        known = [gross for gross in others if gross is not None]
        found[one] = sum(known) if known else None
    return found


def confirmation(connection: Connection, year: int, month: int) -> tuple[str, date] | None:
    """Who confirmed a month and when; None = 草稿."""
    of = T["pay_confirmation"]
    found = connection.execute(select(of).where(of.c.year == year, of.c.month == month)).one_or_none()
    return (found.confirmed_by, found.confirmed_on) if found else None


def unconfirmed(connection: Connection, first: date) -> tuple[int, ...]:
    """The months (yyyymm) of a year before a month's first day that have pay rows and that nobody confirmed."""
    of, done = T["pay_month"], T["pay_confirmation"]
    paid = connection.execute(select(of.c.month).where(of.c.year == first.year, of.c.month < first.month).distinct()).scalars()
    confirmed = set(connection.execute(select(done.c.month).where(done.c.year == first.year)).scalars())
    return tuple(first.year * 100 + month for month in sorted(set(paid) - confirmed))


def gross_of_person(connection: Connection, person: int, since: int, until: int) -> dict[int, int | None]:
    """yyyymm → the person's 应发 of the month, all engagements together, for months [since, until] that have a row."""
    of, engagement = T["pay_month"], T["engagement"]
    at = of.c.year * 100 + of.c.month
    query = (
        select(at.label("at"), of.c.gross)
        .join(engagement, engagement.c.id == of.c.engagement)
        .where(engagement.c.person == person, at.between(since, until))
        .order_by(at)
    )
    found: dict[int, int | None] = {}
    for row in connection.execute(query):
        known = [gross for gross in (found.get(row.at), row.gross) if gross is not None]
        found[row.at] = sum(known) if known else None
    return found
