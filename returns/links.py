"""Cells that are links: a formula over other forms (T2[合计,17]) whose value, and everybody behind it, comes from the cells it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from returns.audit import is_line, view
from returns.formula import value
from returns.sheet import Cell, Measure, Row, Scope, Sheet, contracts, people, records

REFERENCE: Final = re.compile(r"T([0-9]+)\[([^\],]+)(?:,([0-9]+))?\]")
"""Form, line and 栏次 (none where lines are counted) that a formula names."""
_NO_FORM: Final = Sheet("", "", (), ("", "", ""), (), ())
NO_LINE: Final = Row("", Scope.OTHER, ())


def forms_in(text: str) -> tuple[str, ...]:
    """The forms a formula takes figures from: 表2, 表12 …"""
    return tuple(dict.fromkeys(f"表{form}" for form, _, _ in REFERENCE.findall(text)))


def linked(text: str, forms: Mapping[str, Sheet], line: Row = NO_LINE, measure: Measure | None = None) -> Cell:
    """The cell a formula makes of other forms (upright ones turned by `across`), asked for by a line (u is its unit). Every form it
    names must be there."""
    found = value(text, view(dict(forms), _NO_FORM, line))
    behind = [
        forms[f"表{form}"].cell(row, mark)
        for form, name, mark in REFERENCE.findall(text)
        if mark
        for row in forms[f"表{form}"].rows
        if is_line(row, name, line)
    ]
    units = tuple(dict.fromkeys(unit for cell in behind for unit in cell.units))
    return Cell(found, people(behind), units, contracts(behind), measure, records(behind), text)


def places(sheet: Sheet, name: str, mark: str, line: Row = NO_LINE) -> list[tuple[int, int]]:
    """(line of the body, column), both from 0, of the cells a formula names in a sheet as it is drawn; of a count ("") the lines' names."""
    if sheet.upright:
        return [(at, sheet.column(name)) for at, row in enumerate(sheet.rows) if str(row.cells[0].value) == mark]
    return [(at, sheet.column(mark) if mark else 0) for at, row in enumerate(sheet.rows) if is_line(row, name, line)]


def source(cell: Cell, sheets: Mapping[str, Sheet], line: Row = NO_LINE) -> tuple[str, int, int] | None:
    """(form, line of the body, column) where the first of the cells stands that a cell was taken from; None where that form is not there."""
    for form, name, mark in REFERENCE.findall(cell.source)[:1]:
        sheet = sheets.get(f"表{form}")
        if sheet and (found := places(sheet, name, mark, line)):
            return sheet.key, *found[0]
    return None
