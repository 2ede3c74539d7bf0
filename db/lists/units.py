"""单位 as of a date, their caseload, approved heads and versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from db.lists import Column, Listing, Row
from db.lists.columns import computed, unit_kind, written
from db.model import TABLES
from policy.facts import UNIT_TYPES
from policy.kinds import Field

T = TABLES


def names(connection: Connection, as_of: date) -> dict[int, str]:
    """Every unit's name on a date (a unit not yet there bears its first name), in return order."""
    unit, version = T["unit"], T["unit_version"]
    rows = connection.execute(
        select(unit.c.id, unit.c.sort_no, version.c.name, version.c.type, version.c.since)
        .join(version, version.c.unit == unit.c.id)
        .order_by(unit.c.id, version.c.since)
    )
    found: dict[int, tuple[int, int, str]] = {}
    for number, sort_no, name, kind, since in rows:
        if number not in found or since <= as_of:
            found[number] = (UNIT_TYPES.index(kind), sort_no, name)
    return {number: found[number][2] for number in sorted(found, key=lambda one: (*found[one][:2], one))}


def units(connection: Connection, as_of: date, *, closed: bool = False) -> Listing:
    """Units on a date (closed ones too, if asked), with what may be edited of them."""
    all_names = names(connection, as_of)
    columns = (
        written("unit_version", "name", 12),
        written("unit_version", "type", 8),
        written("unit", "code", 10),
        written("unit", "sort_no", 5),
        written("unit_version", "exempt", 6),
        written("unit_version", "exempt_reason", 12),
        written("unit", "opened", 9),
        written("unit", "closed", 9),
        computed("successor", "并入单位", unit_kind(all_names), 10),
        written("unit_version", "since", 9, label="名称起始日期", hidden=True),
        Column("unit_version.parent", Field("所属单位", unit_kind(all_names)), "unit_version", "parent", 10, hidden=True),
    )
    from db import facts  # which reads lists itself: whichever of the two is asked for first must load

    alive = facts.units(connection, date.min if closed else as_of, as_of)
    version, unit = T["unit_version"], T["unit"]
    found = {
        row[unit.c.id]: row
        for row in connection.execute(
            select(unit, version).join(version, version.c.unit == unit.c.id).where(version.c.since <= as_of).order_by(version.c.since)
        ).mappings()
    }
    rows = []
    for one in alive:
        row = found[one.id]
        rows.append(
            Row(
                {"unit": (one.id,), "unit_version": (row[version.c.id],)},
                (
                    one.name,
                    one.type,
                    row[unit.c.code],
                    one.sort_no,
                    one.exempt,
                    row[version.c.exempt_reason],
                    one.opened,
                    one.closed,
                    one.successor,
                    row[version.c.since],
                    row[version.c.parent],
                ),
            )
        )
    return Listing(columns, tuple(rows))


def versions(connection: Connection, unit: int) -> Listing:
    """A unit's names and types over time."""
    return _table(connection, "unit_version", ("since", "name", "type", "exempt", "exempt_reason"), unit)


def caseload(connection: Connection, unit: int) -> Listing:
    """What a unit reported, newest first."""
    return _table(connection, "caseload", ("as_of", "category", "households", "persons", "source"), unit, newest_by="as_of")


def approved(connection: Connection, unit: int) -> Listing:
    """核定人数 of a unit over time."""
    return _table(connection, "approved_headcount", ("since", "heads", "document"), unit, newest_by="since")


def _table(connection: Connection, table: str, names: tuple[str, ...], unit: int, newest_by: str = "") -> Listing:
    of = T[table]
    query = select(of).where(of.c.unit == unit).order_by(of.c[newest_by].desc() if newest_by else of.c.id, of.c.id)
    return listing(connection, table, names, query)


def listing(connection: Connection, table: str, names: tuple[str, ...], query: Any) -> Listing:
    """Rows of one table, every named field editable."""
    columns = tuple(written(table, name) for name in names)
    keys = [column.name for column in T[table].primary_key.columns]
    return Listing(
        columns,
        tuple(
            Row({table: tuple(row[key] for key in keys)}, tuple(row[name] for name in names))
            for row in connection.execute(query).mappings()
        ),
    )
