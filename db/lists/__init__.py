"""Lists: what the screens show, read from the book in plain rows. The one part of this room the windows may see.

A list is a function (connection, **where) -> rows, with its columns beside it. This file is plain data and imports no
database, so that a window can be painted first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policy.kinds import Field

Key = tuple[Any, ...]
"""Primary key of a record."""


@dataclass(frozen=True)
class Column:
    """One column of a list. `table`/`column` name where an edit goes; table "" = computed, shown tinted, never edited."""

    id: str
    field: Field
    table: str = ""
    column: str = ""
    width: int = 10
    """In characters of Chinese text."""
    hidden: bool = False
    """Not shown until the clerk asks for it in the column chooser."""

    @property
    def editable(self) -> bool:
        """Whether a clerk may type into it."""
        return bool(self.table)


@dataclass(frozen=True)
class Row:
    """One row of a list: stored values by column position, and the keys of the records it shows (table name → key)."""

    keys: Mapping[str, Key]
    values: tuple[Any, ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    """Column id → why the cell is red (a finding's arithmetic)."""


@dataclass(frozen=True)
class Edit:
    """A clerk's change of one cell: the row and column shown, and the new stored value (already parsed by the column's kind)."""

    row: Row
    column: Column
    value: Any


@dataclass(frozen=True)
class Listing:
    """What a list function returns: its columns (some kinds, such as the unit chooser, depend on the book) and its rows."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
