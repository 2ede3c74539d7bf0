"""Erasing by law: what the diary keeps of a person is emptied, its digests stay, and the emptying itself stands in the chain.

An emptied line cannot be computed again, so the erasing act writes a line for each (op "erase") with a digest of what is left of it;
and a line for each row concerned (op "kept") that says what the row is now, against which it is reconciled from then on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, bindparam, text

from db import diary
from db.model import TABLES

ERASED: Final = "已依法删除"
_COLUMNS: Final = "act, op, at, who, name, reason, barrier, takes_back, tbl, key, before, after"


def empty(connection: Connection, chain: diary.Chain, words: Sequence[str], unique: Sequence[str]) -> None:
    """In the open act: of the rows it changed, and of those a line of which holds a `unique` word, every line loses its values; an
    act's own line that names any of the words loses its name and reason."""
    act = chain.number()
    rows = set(connection.execute(text("SELECT DISTINCT tbl, key FROM diary WHERE act = :act AND op <> 'act'"), {"act": act}))
    for word in unique:
        for column in ("before", "after"):
            found = connection.execute(text(f"SELECT DISTINCT tbl, key FROM diary WHERE instr({column}, :word) AND op NOT IN ('act', 'erase')"), {"word": word})
            rows |= set(found)
    lines = set()
    for tbl, key in rows:
        query = text("SELECT seq FROM diary WHERE tbl = :tbl AND key = :key AND coalesce(before, after) IS NOT NULL AND op <> 'erase'")
        lines |= set(connection.execute(query, {"tbl": tbl, "key": key}).scalars())
    acts = set()
    for word in (*words, *unique):
        query = text("SELECT seq FROM diary WHERE op = 'act' AND act <> :act AND (instr(name, :word) OR instr(reason, :word))")
        acts |= set(connection.execute(query, {"act": act, "word": word}).scalars())
    for tbl, key in sorted(rows):
        _keep(connection, tbl, key)
    chain.erasing = True
    try:
        _empty(connection, "before = NULL, after = NULL", lines)
        _empty(connection, f"name = '{ERASED}', reason = ''", acts)
    finally:
        chain.erasing = False
    _say(connection, chain, act, lines | acts)


def _keep(connection: Connection, tbl: str, key: str) -> None:
    """What a row is now, as a line of the chain (nothing for a row that is gone)."""
    table = TABLES[tbl]
    names = [column.name for column in table.primary_key.columns]
    where = " AND ".join(f'"{name}" = :{name}' for name in names)
    row = f"SELECT '{tbl}' AS t, :key AS k, json_object({diary.pairs(table, tbl)}) AS a FROM {tbl} WHERE {where} LIMIT 1"
    connection.execute(
        text(
            "INSERT INTO diary (act, op, tbl, key, after, digest)"
            f" SELECT diary_act(), 'kept', t, k, a, diary_line(t, 'kept', k, NULL, a) FROM ({row})"
        ),
        {"key": key, **dict(zip(names, json.loads(key), strict=True))},
    )


def _empty(connection: Connection, sets: str, lines: Iterable[int]) -> None:
    query = text(f"UPDATE diary SET {sets} WHERE seq IN :lines").bindparams(bindparam("lines", expanding=True))
    connection.execute(query, {"lines": sorted(lines)})


def _say(connection: Connection, chain: diary.Chain, act: int, lines: Iterable[int]) -> None:
    """One line of the chain for each emptied one. A line emptied before (its name went now, its values earlier) is said again; the last counts."""
    for seq in sorted(lines):
        *parts, found = connection.execute(text(f"SELECT {_COLUMNS}, digest FROM diary WHERE seq = :seq"), {"seq": seq}).one()
        left: Any = json.dumps(diary.remains(chain.key, bytes(found), parts))
        digest = chain.line("diary", "erase", f"[{seq}]", None, left)
        connection.execute(
            text("INSERT INTO diary (act, op, tbl, key, after, digest) VALUES (:act, 'erase', 'diary', :key, :after, :digest)"),
            {"act": act, "key": f"[{seq}]", "after": left, "digest": digest},
        )
