"""Upright forms (表4, 综合表): 行次 down the left, the years across. A 行次 follows by its relation in every year, a column across (增减) by its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from returns.formula import FormulaError, View, columns_in, value
from returns.sheet import Measure, Row, Scope, Sheet, Value

_YEARS = (Scope.NOW.value, Scope.BEFORE.value)


def relation(sheet: Sheet, row: Row, mark: str) -> str:
    """The relation the cell of a line follows by: in a year that of its 行次 (columns named are 行次 of that year), across that of the
    column (columns named are years); "" where it follows from nothing. A share has no change in per cent."""
    column = sheet.columns[sheet.column(mark)]
    if mark in _YEARS:
        return row.formula
    shares = column.measure is Measure.RATE and any(row.cells[sheet.column(year)].measure is Measure.RATE for year in _YEARS)
    return "" if shares else column.formula


def operands(sheet: Sheet, at: int, mark: str) -> dict[str, tuple[int, int]]:
    """(line of the body, column), both from 0, of what the relation of a cell names."""
    text = relation(sheet, sheet.rows[at], mark)
    if not text:
        return {}
    if mark in _YEARS:
        lines = {str(row.cells[0].value): line for line, row in enumerate(sheet.rows)}
        return {named: (lines[named], sheet.column(mark)) for named in columns_in(text)}
    return {named: (at, sheet.column(named)) for named in columns_in(text)}


def again(sheet: Sheet, entered: Mapping[tuple[int, int], Value]) -> Sheet:
    """The sheet with some cells set and whatever follows from them worked out anew; everything else stays as it was laid."""
    values: dict[tuple[int, int], Value] = {}

    def figure(at: int, index: int) -> Value:
        if (at, index) not in values:
            values[at, index] = worked_out(at, index)
        return values[at, index]

    def worked_out(at: int, index: int) -> Value:
        laid, mark = sheet.rows[at].cells[index].value, sheet.columns[index].mark
        named = operands(sheet, at, mark)
        if not named:
            return entered.get((at, index), laid)
        if all(figure(*place) == sheet.rows[place[0]].cells[place[1]].value for place in named.values()):
            return laid
        return value(relation(sheet, sheet.rows[at], mark), View(lambda one: figure(*named[one]), _nowhere, tuple))

    rows = tuple(
        replace(row, cells=tuple(replace(cell, value=figure(at, index)) for index, cell in enumerate(row.cells)))
        for at, row in enumerate(sheet.rows)
    )
    return replace(sheet, rows=rows)


def _nowhere(form: str, line: str, mark: str) -> Value:
    raise FormulaError(f"行次的公式只能引用本表的行次，不能引用 {form}[{line},{mark}]。请改公式。")
