"""Whole rows of a table as plain dictionaries, for acts and plans that compare a file or a form with the book."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, select, text

from db.model import TABLES, stored


def rows(connection: Connection, table: str, /, **where: Any) -> list[dict[str, Any]]:
    """Rows of a table in key order, stored columns only; `where` narrows by equal values, or by membership for a list or set."""
    of = TABLES[table]
    query = select(*stored(of)).order_by(*of.primary_key.columns)
    for name, value in where.items():
        query = query.where(of.c[name].in_(list(value)) if isinstance(value, list | set | tuple) else of.c[name] == value)
    return [dict(row) for row in connection.execute(query).mappings()]


def row(connection: Connection, table: str, key: Iterable[Any]) -> dict[str, Any] | None:
    """One row by its key, or None."""
    names = [column.name for column in TABLES[table].primary_key.columns]
    found = rows(connection, table, **dict(zip(names, key, strict=True)))
    return found[0] if found else None


def next_ids(connection: Connection) -> dict[str, int]:
    """Table → the number its next new row gets. Numbers once given are never given again, also after an undo."""
    given = {name: int(seq) for name, seq in connection.execute(text("SELECT name, seq FROM sqlite_sequence"))}
    return {name: given.get(name, 0) + 1 for name, table in TABLES.items() if "id" in table.columns}


def defaults(table: str) -> dict[str, Any]:
    """A new row's values before anything is filled in."""
    return dict(_defaults(table))


@cache
def _defaults(table: str) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (column.name, column.default.arg if column.default is not None else None)  # type: ignore[attr-defined]
        for column in stored(TABLES[table])
    )
