"""附件 of a record: what they are called, how large, since when."""

from __future__ import annotations

from sqlalchemy import Connection, select

from db.lists import Listing, Row
from db.lists.columns import computed, shown, written
from db.model import TABLES
from policy.kinds.text import TEXT

COLUMNS = (
    shown("attachment", "name", 24),
    computed("size", "大小", TEXT, 7),
    written("attachment", "pages", 5),
    shown("attachment", "added_on", 8),
    written("attachment", "note", 20),
)


def attachments(connection: Connection, owner: str, record: int) -> Listing:
    """The files on a record, oldest first."""
    of = TABLES["attachment"]
    query = select(of).where(of.c.owner == owner, of.c.record == record).order_by(of.c.id)
    return Listing(
        COLUMNS,
        tuple(
            Row({"attachment": (row.id,)}, (row.name, _size(row.size), row.pages, row.added_on, row.note))
            for row in connection.execute(query)
        ),
    )


def _size(number: int) -> str:
    return f"{number} 字节" if number < 1024 else f"{number / 1024:.0f} KB" if number < 2**20 else f"{number / 2**20:.1f} MB"
