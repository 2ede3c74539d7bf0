"""A list as it is seen (its columns, order and filter) as a Sheet: for printing, and for Excel through the one workbook writer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from db.lists import Column as ListColumn
from db.lists import Row as ListRow
from policy.kinds import Kind
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT
from returns.sheet import Cell, Column, Measure, Row, Scope, Sheet

_MEASURES: Final = {MONEY.name: Measure.YUAN, COUNT.name: Measure.COUNT}
_CODES: Final = ("编号", "证件号", "电话")
_WIDE: Final = 40
"""Characters beyond which a list is printed on A3."""


def list_sheet(
    title: str, heading: tuple[str, str, str], columns: Sequence[ListColumn], rows: Sequence[ListRow], *, revealed: bool = False, signatories: str = ""
) -> Sheet:  # fmt: skip
    """The rows in the order given, with 合计 below where a column adds up. Masked kinds are masked unless revealed (then the
    caller has logged it). `heading` is what stands left, middle and right under the title."""
    laid = tuple(
        Column("", column.field.label, _measure(column.field.kind), width=max(3, column.width, len(column.field.label) // 2))
        for column in columns
    )
    lines = [
        Row(
            str(number),
            Scope.OTHER,
            (Cell(number), *(_cell(column.field.kind, value, revealed) for column, value in zip(columns, row.values, strict=True))),
        )
        for number, row in enumerate(rows, 1)
    ]
    sums = [_sum(column.field.kind, [row.values[at] for row in rows]) for at, column in enumerate(columns)]
    if rows and any(total is not None for total in sums):
        lines.append(Row("合计", Scope.TOTAL, (Cell("合计"), *(Cell(total) for total in sums))))
    number = Column("", "序号", Measure.COUNT, width=3)
    paper = "A3" if sum(column.width for column in laid) > 2 * _WIDE else "A4"
    return Sheet(title, title, (), heading, (number, *laid), tuple(lines), signatories=signatories, paper=paper)


def write_list(sheet: Sheet, target: Path, day: date) -> Path:
    """The list as a workbook, read back before it counts; an older file of the name is replaced only then."""
    from returns.workbook import write  # brings openpyxl, which takes longer to load than the window

    return write((sheet,), target, day)


def _measure(kind: Kind) -> Measure:
    return _MEASURES.get(kind.name, Measure.CODE if kind.name in _CODES else Measure.LONG)


def _cell(kind: Kind, value: Any, revealed: bool) -> Cell:
    if value is None:
        return Cell(None)
    if kind.name in _MEASURES and isinstance(value, int | Fraction):
        return Cell(value)
    return Cell((kind.show if revealed or kind.mask is None else kind.mask)(value))


def _sum(kind: Kind, values: Sequence[Any]) -> int | None:
    """The exact sum of a column that adds up; None where it does not, or is blank."""
    found = [value for value in values if isinstance(value, int) and not isinstance(value, bool)]
    return sum(found) if kind.name == MONEY.name and found else None
