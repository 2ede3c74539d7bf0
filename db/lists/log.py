"""操作日志: what was done to the book, act by act."""

from __future__ import annotations

import json
from typing import Final

from sqlalchemy import Connection, text

from db import diary
from db.lists import Key, Listing, Row
from db.lists.columns import computed
from policy.identity import masked_in
from policy.kinds.number import COUNT, ORDINAL
from policy.kinds.text import TEXT

COLUMNS: Final = (
    computed("number", "序号", ORDINAL, 4),
    computed("at", "时间", TEXT, 10),
    computed("who", "操作人", TEXT, 6),
    computed("name", "操作", TEXT, 22),
    computed("lines", "涉及记录", COUNT, 5),
    computed("reason", "原因和说明", TEXT, 24),
)
_NEWEST: Final = 5000


def log(connection: Connection) -> Listing:
    """The newest acts, newest first, each with the number of records it touched; numbers of people masked in its words."""
    return Listing(
        COLUMNS,
        tuple(
            Row({"act": (act.number,)}, (act.number, act.at.replace("T", " ")[:16], act.who, masked_in(act.name), act.lines, masked_in(act.reason)))
            for act in reversed(diary.acts(connection, newest=_NEWEST))
        ),
    )


def newest_act(connection: Connection) -> int:
    """The number of the last act, 0 in a new book: how far the book has moved."""
    found = diary.acts(connection, newest=1)
    return found[-1].number if found else 0


def changed_last(connection: Connection, table: str) -> dict[Key, tuple[str, str]]:
    """Who last touched each record of a table, and when (to the minute), by the record's key."""
    found = connection.execute(
        text("SELECT d.key, a.who, a.at FROM diary d JOIN diary a ON a.act = d.act AND a.op = 'act' WHERE d.tbl = :tbl AND d.op <> 'kept' ORDER BY d.seq"),
        {"tbl": table},
    )
    return {tuple(json.loads(key)): (who, at.replace("T", " ")[:16]) for key, who, at in found}


def values_changed_last(connection: Connection, table: str, key: Key) -> dict[str, tuple[str, str, bool]]:
    """Who last gave each value of one record, when (to the minute), and whether it stands as it was first entered."""
    found = connection.execute(
        text("SELECT d.before, d.after, a.who, a.at FROM diary d JOIN diary a ON a.act = d.act AND a.op = 'act' WHERE d.tbl = :tbl AND d.key = :key AND d.after IS NOT NULL AND d.op <> 'kept' ORDER BY d.seq"),
        {"tbl": table, "key": json.dumps(list(key), separators=(",", ":"))},
    )
    last: dict[str, tuple[str, str, bool]] = {}
    for before, after, who, at in found:
        old, new = json.loads(before) if before else None, json.loads(after)
        last |= {name: (who, at.replace("T", " ")[:16], old is None) for name, value in new.items() if old is None or old.get(name) != value}
    return last
