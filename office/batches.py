"""The batches brought in so far, and taking one back later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from db.book import Book
from db.change import Refused
from db.diary import ALL, acts, taken_back
from db.rows import rows


@dataclass(frozen=True)
class Batch:
    """One file brought in: which, as what, when and by whom, how many rows came to what, and whether it was taken back."""

    id: int
    act: int
    at: str
    who: str
    kind: str
    file_name: str
    sha256: str
    added: int
    changed: int
    same: int
    wrong: int
    taken_back: bool


def batches(book: Book) -> list[Batch]:
    """Every batch, newest first."""
    return book.read(_batches)


def _batches(connection: Any) -> list[Batch]:
    history = {one.number: one for one in acts(connection, newest=ALL)}
    undone = taken_back((one.number, one.takes_back) for one in history.values())
    return [
        Batch(**row, at=history[row["act"]].at, who=history[row["act"]].who, taken_back=row["act"] in undone)
        for row in reversed(rows(connection, "import_batch"))
    ]


def take_back(book: Book, number: int) -> Batch:
    """Undo one batch whole; Conflict names the records that were changed since, and then nothing is changed."""
    found = next((one for one in batches(book) if one.id == number), None)
    if found is None:
        raise Refused(f"没有第 {number} 批导入。请先列出批次，再选要撤回的一批。")
    if found.taken_back:
        raise Refused(f"“{found.file_name}”这一批已经撤回过了。")
    book.take_back(found.act, f"撤回导入 {found.file_name}")
    return found
