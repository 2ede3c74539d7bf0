"""操作日志: what was done to the book, act by act."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from db import diary
from db.lists import Listing, Row
from db.lists.columns import computed
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
    """The newest acts, newest first, each with the number of records it touched."""
    return Listing(
        COLUMNS,
        tuple(
            Row({"act": (act.number,)}, (act.number, act.at.replace("T", " ")[:16], act.who, act.name, act.lines, act.reason))
            for act in reversed(diary.acts(connection, newest=_NEWEST))
        ),
    )


def newest_act(connection: Connection) -> int:
    """The number of the last act, 0 in a new book: how far the book has moved."""
    found = diary.acts(connection, newest=1)
    return found[-1].number if found else 0
