"""Changes: what an act does to the book, as plain data, and what may go wrong with it.

A preview is the list of Changes that a pure plan made; commit applies that very list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One row: inserted (`before` None, `after` whole), removed (`after` None, `before` whole) or changed (`before` and
    `after` hold the changed columns; `before` guards the change). Values are as Python sees them: int 分, date, str, bool."""

    table: str
    key: tuple[Any, ...]
    before: Values | None
    after: Values | None


class Refused(ValueError):  # noqa: N818 - said to a clerk, not an error of the program
    """The book cannot do what was asked; str() is a Chinese sentence: what, where, what to do next. Nothing has changed."""


class Conflict(Refused):
    """The row is no longer as the clerk saw it."""


class Barrier(Refused):
    """Undo met an act that has its own way back; the sentence names it."""


class Locked(Refused):
    """Somebody has the book open; the sentence names them."""


class Newer(Refused):
    """The book was written by a newer program; the sentence names the version needed. The book was not touched."""


class Damaged(Refused):
    """The file is not a book any more."""


class WrongPassword(Refused):
    """The password does not open this book (the book itself is sound)."""


class PasswordNeeded(Refused):
    """The book has a password and none was given."""


class ReadOnly(Refused):
    """The book is open for looking only."""


class Forbidden(Refused):
    """The account at the desk may not do this; the sentence says who may."""
