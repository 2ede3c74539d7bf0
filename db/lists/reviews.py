"""评价与监督 as lists: evaluations, supervision and disclosure with whom they are about in words, problems with where they were found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from db.lists import Column, Listing, Row
from db.lists.columns import computed
from db.lists.management import CLOSED, OPEN, evaluations, problems, register
from db.lists.units import names
from db.model import TABLES
from db.rows import rows
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT
from policy.limits import Limits

T = TABLES

OWN: Final = "自查"
ABOUT: Final = (computed("contract", "合同名称", TEXT, 14), computed("supplier", "承接主体", TEXT, 12))


def _more(listing: Listing, columns: tuple[Column, ...], values: Iterable[tuple[Any, ...]]) -> Listing:
    return Listing(
        (*listing.columns, *columns), tuple(Row(row.keys, (*row.values, *more)) for row, more in zip(listing.rows, values, strict=True))
    )


def _contracts(connection: Connection) -> dict[int, tuple[str, str]]:
    """Contract → its name and its supplier's."""
    contract, supplier = T["purchase_contract"], T["supplier"]
    query = select(contract.c.id, contract.c.name, supplier.c.name.label("supplier")).outerjoin(supplier, supplier.c.id == contract.c.supplier)
    return {row.id: (row.name, row.supplier or "") for row in connection.execute(query)}


def _about(connection: Connection, listing: Listing) -> Listing:
    known = _contracts(connection)
    at = next(place for place, column in enumerate(listing.columns) if column.column == "contract")
    return _more(listing, ABOUT, (known.get(row.values[at], ("", "")) for row in listing.rows))


def evaluated(connection: Connection, as_of: date, limits: Limits) -> Listing:
    """绩效评价, the newest year first, with contract and provider."""
    listing = evaluations(connection, as_of, limits)
    at = next(place for place, column in enumerate(listing.columns) if column.column == "year")
    newest = tuple(sorted(listing.rows, key=lambda row: (-row.values[at], row.keys["evaluation"])))
    return _about(connection, Listing(listing.columns, newest))


def past_of(connection: Connection, evaluation: int, as_of: date, limits: Limits) -> Listing:
    """Every evaluation of the provider of an evaluation's contract, the newest first: what a next contract goes by."""
    own = next((one for one in rows(connection, "evaluation") if one["id"] == evaluation), None)
    listing = evaluated(connection, as_of, limits)
    suppliers = {one["id"]: one["supplier"] for one in rows(connection, "purchase_contract")}
    of = {one["id"]: suppliers.get(one["contract"]) for one in rows(connection, "evaluation")}
    supplier = of.get(own["id"]) if own else None
    return Listing(listing.columns, tuple(row for row in listing.rows if supplier is not None and of[row.keys["evaluation"][0]] == supplier))


def last_of_supplier(connection: Connection, supplier: int, as_of: date, limits: Limits) -> tuple[int, int | None, str] | None:
    """A provider's evaluation of the newest year known by a day, the worst of several, as (year, 综合得分, 等次); None where there is none."""
    listing = evaluated(connection, as_of, limits)
    place = {column.id: at for at, column in enumerate(listing.columns)}
    mine = {one["id"] for one in rows(connection, "purchase_contract", supplier=supplier)}
    found = []
    for row in listing.rows:
        contract, year, day, total, band = (row.values[place[name]] for name in ("evaluation.contract", "evaluation.year", "evaluation.evaluated", "total", "band"))
        if contract in mine and band and (day or date(year, 12, 31)) <= as_of:
            found.append((year, total, band))
    newest = max((year for year, _, _ in found), default=None)
    return min((one for one in found if one[0] == newest), key=lambda one: one[1] or 0, default=None)


def watched(connection: Connection, as_of: date) -> Listing:
    """监督记录 with contract, provider, and whether what was found is mended."""
    listing = _about(connection, register(connection, "supervision", as_of))
    place = {column.column: at for at, column in enumerate(listing.columns)}

    def state(row: Row) -> tuple[str]:
        mended = row.values[place["mended"]]
        return ("" if not row.values[place["finding"]] else CLOSED if mended and mended <= as_of else OPEN,)

    return _more(listing, (computed("state", "整改情况", TEXT, 7),), map(state, listing.rows))


def disclosed(connection: Connection, as_of: date) -> Listing:
    """采购信息公开 with contract and provider."""
    return _about(connection, register(connection, "disclosure", as_of))


def of_contract(connection: Connection, table: str, contract: int, as_of: date) -> Listing:
    """监督记录 or 信息公开 of one contract."""
    return register(connection, table, as_of, contract=contract)


def inspected(connection: Connection, as_of: date) -> Listing:
    """检查通报 with how many problems were found and how many are still open."""
    found: dict[int, list[date | None]] = {}
    for one in rows(connection, "problem"):
        found.setdefault(one["inspection"], []).append(one["mended"])
    columns = (computed("problems", "问题", COUNT, 5), computed("open", "未销号", COUNT, 6))
    listing = register(connection, "inspection", as_of)

    def counted(row: Row) -> tuple[int, int]:
        own = found.get(row.keys["inspection"][0], [])
        return len(own), sum(mended is None or mended > as_of for mended in own)

    return _more(listing, columns, map(counted, listing.rows))


def to_mend(connection: Connection, as_of: date, *, everything: bool = False) -> Listing:
    """整改事项 still open on a day (all of them, if asked), the most urgent first, with where each was found."""
    listing = problems(connection, as_of)
    place = {column.column or column.id: at for at, column in enumerate(listing.columns)}
    origin = _origins(connection, as_of)
    full = _more(listing, (computed("origin", "来源", TEXT, 12),), ((origin.get(row.keys["problem"][0], OWN),) for row in listing.rows))
    kept = [row for row in full.rows if everything or row.values[place["state"]] != CLOSED]

    def urgency(row: Row) -> tuple[bool, date, tuple[Any, ...]]:
        return row.values[place["state"]] == CLOSED, row.values[place["due"]] or date.max, row.keys["problem"]

    return Listing(full.columns, tuple(sorted(kept, key=urgency)))


def _origins(connection: Connection, as_of: date) -> Mapping[int, str]:
    units = names(connection, as_of)
    windows = {one["id"]: f"{one['as_of']} 摸查 {units.get(one['unit'], '')}".strip() for one in rows(connection, "survey_window")}
    seen = {one["id"]: f"{one['held']} {one['kind']}" for one in rows(connection, "inspection")}
    return {
        one["id"]: windows[one["survey"]] if one["survey"] else seen[one["inspection"]] if one["inspection"] else OWN for one in rows(connection, "problem")
    }


def rewards(connection: Connection, as_of: date) -> Listing:
    """表彰奖励, the newest first."""
    return register(connection, "reward", as_of)
