"""A plan: what importing a file would do, row by row. Commit applies exactly the changes shown here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from db.change import Change
from policy.kinds import Field

NEW = "新增"
CHANGED = "更新"
SAME = "相同"
WRONG = "错误"
STATES = (NEW, CHANGED, SAME, WRONG)


class Source(Protocol):
    """A row as intake read it: its row number in the sheet, values read by field id, and errors (sentences) by field id."""

    @property
    def row_number(self) -> int: ...
    @property
    def values(self) -> Mapping[str, Any]: ...
    @property
    def errors(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class Cell:
    """One cell that an import would change, as shown texts: old → new."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Planned:
    """One row of the preview."""

    row_number: int
    state: str
    name: str
    cells: tuple[Cell, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)
    """Field label → sentence ("" = the row as a whole)."""
    notes: tuple[str, ...] = ()
    """What the clerk should know though it is not wrong."""
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Context:
    """What a plan may use beside the rows: which fields the file has, dates said by the file's title or the clerk, today."""

    columns: frozenset[str]
    month: int | None = None
    """工资所属月份 (yyyymm) for a sheet without a month column."""
    day: date | None = None
    """Date of the figures (caseload) or of the roster for a sheet without a date column."""


@dataclass(frozen=True)
class ImportKind:
    """One kind of record that can be brought in: its fields (id → Field), what it reads of the book, and its plan."""

    id: str
    title: str
    fields: Mapping[str, Field]
    existing: Callable[[Any], Any]
    """Query (connection) → what the plan compares with."""
    plan: Callable[[Sequence[Source], Any, Context], list[Planned]]
    needs: Sequence[str] = ()
    """Fields the file must have a column for."""


def wrong(source: Source, name: str, fields: Mapping[str, Field], errors: Mapping[str, str]) -> Planned:
    """A row that is not imported, with the reason by cell."""
    return Planned(
        source.row_number, WRONG, name, errors={fields[key].label if key in fields else "": text for key, text in errors.items()}
    )


def differing(
    table: str, old: Mapping[str, Any], new: Mapping[str, Any], fields: Mapping[str, Field], emptied: Sequence[str] = ()
) -> tuple[list[Cell], Change | None]:
    """Compare values a file gives with a row of the book: cells that differ, and the Change that makes them so. Blanks in the
    file never empty a value of the book; only a plan that knows why does (`emptied`)."""
    changed = {name: value for name, value in new.items() if value is not None and old[name] != value}
    changed |= {name: None for name in emptied if old[name] is not None}
    if not changed:
        return [], None
    cells = [Cell(fields[name].label, _show(fields[name], old[name]), _show(fields[name], value)) for name, value in changed.items()]
    key = (old["id"],) if "id" in old else (old["year"], old["engagement"], old["month"])
    return cells, Change(table, key, {name: old[name] for name in changed}, changed)


def _show(field_: Field, value: Any) -> str:
    return "" if value is None else (field_.kind.mask or field_.kind.show)(value)
