"""经费: 低保资金支出 of a year as a small matrix, fund documents with their lines, and the dated tables the office enters itself."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, func, select

from db.lists import Column, Listing, Row
from db.lists.columns import computed, unit_kind, written
from db.lists.units import listing, names
from db.model import TABLES
from policy.fund_facts import AREAS, CALIBERS, SPEND_KINDS, SPEND_LEVELS
from policy.kinds import Field
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT

T = TABLES
_AREA_WORDS: Final = {"城": "城市", "农": "农村"}
CELLS: Final = tuple((area, kind) for kind in SPEND_KINDS for area in AREAS)
"""(城乡, 支出类别) of the matrix, from left to right."""

SPEND_COLUMNS: Final = (
    computed("level", "资金级次", TEXT, 8),
    *(
        Column(f"{area}{kind}", Field(f"{_AREA_WORDS[area]}{kind}", MONEY), "dibao_spend", f"{area}{kind}", 12)
        for area, kind in CELLS
    ),
    computed("total", "合计", MONEY, 12, "没有填的格是空白，不是 0；确实没有支出的请填 0"),
)  # fmt: skip


def spend(connection: Connection, year: int, caliber: str) -> Listing:
    """低保资金支出 of a year by one caliber: a row for each level; a cell nobody entered is blank, not 0."""
    of = T["dibao_spend"]
    found = {
        (row.level, row.area, row.kind): row.amount
        for row in connection.execute(select(of).where(of.c.year == year, of.c.caliber == caliber))
    }
    rows = []
    for level in SPEND_LEVELS:
        cells = tuple(found.get((level, area, kind)) for area, kind in CELLS)
        known = [cell for cell in cells if cell is not None]
        rows.append(Row({"dibao_spend": (year, caliber, level)}, (level, *cells, sum(known) if known else None)))
    return Listing(SPEND_COLUMNS, tuple(rows))


def spend_calibers(connection: Connection, year: int) -> tuple[str, ...]:
    """Which calibers a year has amounts of, the better one first."""
    of = T["dibao_spend"]
    found = set(connection.execute(select(of.c.caliber).where(of.c.year == year).distinct()).scalars())
    return tuple(word for word in CALIBERS if word in found)


def documents(connection: Connection) -> Listing:
    """经费文件, the newest year first, with the sums of their lines (blank where no line says an amount)."""
    document, line = T["fund_doc"], T["fund_line"]
    sums = [func.sum(line.c[name]).label(name) for name in ("budget", "received", "spent")]
    query = (
        select(document, func.count(line.c.id).label("lines"), *sums)
        .outerjoin(line, line.c.document == document.c.id)
        .group_by(document.c.id)
        .order_by(document.c.year.desc(), document.c.dated, document.c.id)
    )
    columns = (
        written("fund_doc", "year", 6),
        written("fund_doc", "level", 6),
        written("fund_doc", "doc_no", 12),
        written("fund_doc", "title", 20),
        written("fund_doc", "dated", 8),
        computed("lines", "明细条数", COUNT, 5),
        computed("budget", "预算安排", MONEY, 9),
        computed("received", "到位金额", MONEY, 9),
        computed("spent", "支出金额", MONEY, 9),
    )
    return Listing(
        columns,
        tuple(
            Row({"fund_doc": (row.id,)}, (row.year, row.level, row.doc_no, row.title, row.dated, row.lines, row.budget, row.received, row.spent))
            for row in connection.execute(query)
        ),
    )


LINE_FIELDS: Final = {"source": 15, "purpose": 6, "budget": 8, "received": 8, "received_on": 8, "spent": 8, "carried": 8}
"""Fields of a line as a clerk fills them in → width."""


def lines(connection: Connection, document: int, as_of: date) -> Listing:
    """经费明细 of a document."""
    of = T["fund_line"]
    unit = Column("fund_line.unit", Field("使用单位", unit_kind(names(connection, as_of)), hint="归哪个单位使用；不填为县级民政局"), "fund_line", "unit", 10)
    columns = (*(written("fund_line", name, width) for name, width in LINE_FIELDS.items()), unit)
    found = connection.execute(select(of).where(of.c.document == document).order_by(of.c.id)).mappings()
    return Listing(columns, tuple(Row({"fund_line": (row["id"],)}, tuple(row[column.column] for column in columns)) for row in found))


def rates(connection: Connection) -> Listing:
    """单位缴费比例, the newest first."""
    of = T["employer_rate"]
    query = select(of).order_by(of.c.since.desc(), of.c.id)
    return listing(connection, "employer_rate", ("since", "item", "rate", "base_low", "base_high", "document"), query)


def minimum_wages(connection: Connection) -> Listing:
    """最低工资标准, the newest first."""
    of = T["minimum_wage"]
    return listing(connection, "minimum_wage", ("since", "area", "monthly"), select(of).order_by(of.c.since.desc(), of.c.id))


def holidays(connection: Connection) -> Listing:
    """节假日, the newest first."""
    of = T["holiday"]
    return listing(connection, "holiday", ("day", "kind", "name"), select(of).order_by(of.c.day.desc(), of.c.id))


def control_totals(connection: Connection) -> Listing:
    """月报总数 of the county, the newest first."""
    of = T["control_total"]
    query = select(of).order_by(of.c.as_of.desc(), of.c.category, of.c.id)
    return listing(connection, "control_total", ("as_of", "category", "households", "persons"), query)


def retirement_ages(connection: Connection) -> Listing:
    """退休年龄 by birth month."""
    of = T["retirement_age"]
    query = select(of).order_by(of.c.category, of.c.born_from, of.c.id)
    return listing(connection, "retirement_age", ("born_from", "category", "years", "months"), query)
