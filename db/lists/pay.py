"""工资: one month's pay sheet, and all pay months of a person."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from db.lists import Column, Listing, Row
from db.lists.columns import computed, shown, unit_kind, written
from db.lists.people import posted_on
from db.lists.units import names
from db.model import TABLES
from policy.kinds.number import COUNT

T = TABLES

PAY_ITEMS = ("base", "post", "performance", "allowance", "bonus", "overtime", "unsplit", "deduction")
PAY_WITHHELD = ("pension", "medical", "unemployment", "insurance_other", "fund", "tax", "other")
PAY_EMPLOYER = ("employer_insurance", "employer_fund", "fee", "vat")


def pay_columns() -> tuple[Column, ...]:
    """The columns of a pay sheet after the name: items, 应发, withheld, 实发, employer's part, 用工成本."""
    return (
        *(written("pay_month", name, 8) for name in PAY_ITEMS),
        shown("pay_month", "gross", 9),
        *(written("pay_month", name, 8) for name in PAY_WITHHELD),
        shown("pay_month", "net", 9),
        *(written("pay_month", name, 8) for name in PAY_EMPLOYER),
        shown("pay_month", "cost", 9),
        written("pay_month", "paid_on", 8),
    )


def pay_of_person(connection: Connection, person: int) -> Listing:
    """All pay months of a person, newest first."""
    of, engagement = T["pay_month"], T["engagement"]
    columns = (computed("year", "年度", COUNT, 5), computed("month", "月份", COUNT, 4), *pay_columns())
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
        shown("person", "name", 8),
        computed("unit", "派驻单位", unit_kind(names(connection, last)), 10),
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


def _pay_row(row: object, lead: tuple[object, ...], keys: dict[str, tuple[object, ...]] | None = None) -> Row:
    values = tuple(row[column.id.removeprefix("pay_month.")] for column in pay_columns())  # type: ignore[index]
    return Row((keys or {}) | {"pay_month": (row["year"], row["engagement"], row["month"])}, (*lead, *values))  # type: ignore[index]
