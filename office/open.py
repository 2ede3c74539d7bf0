"""Opening a book."""

from __future__ import annotations

from pathlib import Path

from db import book as books
from db.book import Book
from db.facts import county_demo
from db.worker import Interrupted
from policy.clock import Clock

__all__ = ["Book", "Interrupted", "made_up", "open_book"]


def open_book(path: Path, clock: Clock, who: str = "经办人", program: str = "命令行") -> Book:
    """Open a book by its folder or face file. Raises Locked (who has it), Newer (untouched), Damaged or Refused, in words."""
    return books.open_book(path, clock, who, program)


def made_up(book: Book) -> bool:
    """Whether it is the demo county's book, in which anything may be tried."""
    return book.read(county_demo)
