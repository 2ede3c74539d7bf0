"""工作移交: the receiver takes matters one by one."""

from __future__ import annotations

from collections.abc import Collection

from db.book import Book
from db.change import Change, Refused
from db.rows import row, rows


def take(book: Book, handover: int, items: Collection[int]) -> int | None:
    """登记接收: exactly these matters of the list are taken; returns the act, None where nothing changes."""
    held = book.read(row, "handover", (handover,))
    if held is None:
        raise Refused("这次工作移交已经不在了。请刷新。")
    changes = [
        Change("handover_item", (one["id"],), {"taken": one["taken"]}, {"taken": one["id"] in items})
        for one in book.read(rows, "handover_item", handover=handover)
        if one["taken"] != (one["id"] in items)
    ]
    return book.act(f"登记接收 {held['receiver']}", changes) if changes else None
