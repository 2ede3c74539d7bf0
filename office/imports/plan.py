"""A plan: what importing a file would do, row by row. Commit applies exactly the changes shown here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from db.change import Change
from policy.kinds import Field
from policy.kinds.idno import IDENTITY

NEW = "新增"
CHANGED = "更新"
SAME = "相同"
DUPLICATE = "重复"
"""Says again what an earlier row of the file says; not imported."""
WAITING = "待确认"
"""Not imported until the clerk has said that it means what the program takes it for."""
WRONG = "错误"
STATES = (NEW, CHANGED, SAME, DUPLICATE, WAITING, WRONG)

MONTHLY, YEARLY = "月", "年"
FILL, LEAVE = "填入", "空白"
"""A merged cell: its value holds for every row it covers, or the rows beneath it are blank."""

ADD, UPDATE, BOTH = "只新增", "只更新", "新增并更新"
MODES = (ADD, UPDATE, BOTH)
"""Which rows of a file are written."""


class Source(Protocol):
    """A row as intake read it: its row number in the sheet, values read by field id, and errors (sentences) by field id."""

    @property
    def row_number(self) -> int:
        """Row of the sheet, from 1."""

    @property
    def values(self) -> Mapping[str, Any]:
        """Field id → value as its kind read it."""

    @property
    def errors(self) -> Mapping[str, str]:
        """Field id → sentence why its cell was not read."""


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
    by_name: bool = False
    """Waits for the clerk's word that the name is the one person in the book who bears it."""


@dataclass(frozen=True)
class Context:
    """What a plan may use beside the rows: which fields the file has, dates said by the file's title or the clerk, today."""

    columns: frozenset[str]
    month: int | None = None
    """工资所属月份 (yyyymm) for a sheet without a month column."""
    day: date | None = None
    """Date of the figures (caseload) or of the roster for a sheet without a date column."""
    waiting: frozenset[str] = frozenset()
    """Fields some heading looks like, which nobody has confirmed: the file may have them after all."""
    confirmed_names: frozenset[str] = frozenset()
    """Folded names of people whom the clerk has confirmed to be the one person in the book who bears the name."""
    file: str = ""
    """Name of the file, for records that say where they came from."""


@dataclass(frozen=True)
class ImportKind:
    """One kind of record that can be brought in: its fields (id → Field), what it reads of the book, and its plan."""

    id: str
    title: str
    fields: Mapping[str, Field]
    existing: Callable[[Any], Any]
    """Query (connection) → what the plan compares with."""
    plan: Callable[[Iterable[Source], Any, Context], list[Planned]]
    needs: Sequence[str] = ()
    """Fields the file must have a column for."""
    musts: Sequence[str] = ()
    """Fields a new record must have (red in the template)."""
    offered: Sequence[str] | None = None
    """Fields of the template; None: all."""
    names: Callable[[Any], Mapping[str, Collection[str]]] = lambda _: {}
    """What the plan compares with → field id → the words of the book it knows (units, suppliers, contract numbers)."""
    makes: Collection[str] = ()
    """Fields of `names` in which a word the book does not know may be a new record."""
    amounts: Mapping[str, str] = field(default_factory=dict)
    """Field id → MONTHLY or YEARLY: what a wage of this column is paid for."""


def again(source: Source, name: str, first: Source, what: str) -> Planned:
    """A row about something an earlier row is about too (`what`, e.g. 同一人、同一月份): the same again, or a contradiction."""
    if source.values == first.values:
        return Planned(source.row_number, DUPLICATE, name, notes=(f"与第 {first.row_number} 行完全相同，只导入一次",))
    text = f"与第 {first.row_number} 行是{what}，内容不同。请核对后合并成一行。"
    return Planned(source.row_number, WRONG, name, errors={"": text})


def waiting(source: Source, name: str, note: str) -> Planned:
    """A row that waits for the clerk's word on whom the name means."""
    return Planned(source.row_number, WAITING, name, notes=(note,), by_name=True)


def same_person(name: str, number: str | None) -> str:
    """What the clerk is asked where only the name leads to a person."""
    shown = f"身份证号 {IDENTITY.mask(number)}" if number and IDENTITY.mask else "台账里没有登记身份证号"
    return f"没有可用的身份证号，按姓名对上台账里的“{name}”（{shown}）。是同一个人请确认，不是请补填身份证号"


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
