"""Which rows of an act stand in the way of taking it back: changed by a later act, or with later records hanging on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, text

from db.model import TABLES


def changed(connection: Connection, act: int) -> list[tuple[str, tuple[Any, ...]]]:
    """(table, key) of the act's rows that are no longer as it left them, and of later rows that refer to rows it made."""
    found = connection.execute(
        text(
            "SELECT d.tbl, d.key FROM diary d WHERE d.act = :act AND d.op <> 'act' AND d.tbl NOT IN ('import_batch', 'import_mapping')"
            " AND d.seq = (SELECT max(seq) FROM diary e WHERE e.act = :act AND e.tbl = d.tbl AND e.key = d.key)"
            " AND d.after IS NOT (SELECT f.after FROM diary f WHERE f.tbl = d.tbl AND f.key = d.key ORDER BY f.seq DESC LIMIT 1) ORDER BY d.seq"
        ),
        {"act": act},
    )
    return list(dict.fromkeys([(tbl, tuple(json.loads(key))) for tbl, key in found] + _hanging(connection, act)))


def _hanging(connection: Connection, act: int) -> list[tuple[str, tuple[Any, ...]]]:
    made: dict[str, set[int]] = {}
    own: set[tuple[str, str]] = set()
    for tbl, key, op in connection.execute(text("SELECT tbl, key, op FROM diary WHERE act = :act AND op <> 'act'"), {"act": act}):
        own.add((tbl, key))
        if op == "insert" and "id" in TABLES[tbl].columns:
            made.setdefault(tbl, set()).add(json.loads(key)[0])
    found = []
    for table in TABLES.values():
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
        for foreign in table.foreign_keys:
            numbers = made.get(foreign.column.table.name)
            if not numbers:
                continue
            for key, number in connection.execute(text(f'SELECT json_array({keys}), "{foreign.parent.name}" FROM {table.name}')):
                if number in numbers and (table.name, key) not in own:
                    found.append((table.name, tuple(json.loads(key))))
    return found


def named(connection: Connection, act: int, label: Callable[[str], str]) -> list[str]:
    """`changed` in a clerk's words: whose or which record, as 陈家明（工资 2026年5月）."""
    return [f"{_who(connection, table, key)}（{label(table)}{_when(table, key)}）" for table, key in changed(connection, act)]


def _when(table: str, key: tuple[Any, ...]) -> str:
    names = [column.name for column in TABLES[table].primary_key.columns]
    return f" {key[names.index('year')]}年{key[names.index('month')]}月" if {"year", "month"} <= set(names) else ""


_BELONGS = {"contract": "purchase_contract", "engagement": "engagement", "person": "person", "unit": "unit"}
"""Column → table of the record a row is spoken of by."""


def _who(connection: Connection, table: str, key: tuple[Any, ...]) -> str:
    """The name of the person or unit a record belongs to, followed up its references; also of a record since removed."""
    values = _values(connection, table, key)
    if "name" in values:
        return str(values["name"])
    if table == "unit":
        found = connection.execute(text("SELECT name FROM unit_version WHERE unit = :key ORDER BY since DESC LIMIT 1"), {"key": key[0]}).scalar()
        return str(found or "单位")
    for column, parent in _BELONGS.items():
        if column in values:
            return _who(connection, parent, (values[column],))
    return "记录"


def _values(connection: Connection, table: str, key: tuple[Any, ...]) -> dict[str, Any]:
    """A row as the diary last knew it."""
    spelled = json.dumps(list(key), separators=(",", ":"))
    found = connection.execute(
        text("SELECT coalesce(after, before) FROM diary WHERE tbl = :tbl AND key = :key ORDER BY seq DESC LIMIT 1"), {"tbl": table, "key": spelled}
    ).scalar()
    return dict(json.loads(found)) if found else {}
