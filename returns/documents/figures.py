"""Figures for a running text: taken from laid forms by form, line and 栏次, as they are printed there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from policy.facts import Facts
from returns.sheet import Mark, Row, Scope, Sheet, Value, across, shown

UNKNOWN = "（数据不足）"
"""Stands where a form has a blank: never a nought, never left out."""


@dataclass(frozen=True)
class Figures:
    """The forms by key (表1, 表2 …) and the facts they were laid from."""

    facts: Facts
    sheets: Mapping[str, Sheet]

    def has(self, form: str) -> bool:
        """Whether the form was laid."""
        return form in self.sheets

    def value(self, form: str, mark: str, line: str | None = None) -> Value:
        """A cell's exact value; `line` None is 合计, or 本年 of an upright form."""
        sheet = across(self.sheets[form])
        row = _line(sheet, line)
        return None if row is None else sheet.cell(row, mark).value

    def said(self, form: str, mark: str, line: str | None = None) -> str:
        """A cell as printed."""
        sheet = across(self.sheets[form])
        row = _line(sheet, line)
        if row is None:
            return UNKNOWN
        cell = sheet.cell(row, mark)
        return shown(cell, sheet.columns[sheet.column(mark)].measure) or UNKNOWN

    def lines(self, form: str) -> Iterator[Row]:
        """The lines of the body: bureau and townships."""
        return (row for row in self.sheets[form].rows if row.scope in (Scope.BUREAU, Scope.TOWN))

    def text(self, form: str, row: Row, mark: str) -> str:
        """A line's cell as printed."""
        sheet = self.sheets[form]
        return shown(sheet.cell(row, mark), sheet.columns[sheet.column(mark)].measure)

    def at(self, form: str, row: Row, index: int) -> str:
        """A line's cell in a column by its place, as printed: for lists, whose columns have no 栏次."""
        cell = row.cells[index]
        return shown(cell, self.sheets[form].columns[index].measure)

    def negative(self, form: str, row: Row, mark: str) -> bool:
        """Whether a line's figure is known and below nought."""
        value = self.sheets[form].cell(row, mark).value
        return not isinstance(value, str | Mark) and value is not None and value < 0

    def positive(self, form: str, row: Row, mark: str) -> bool:
        """Whether a line's figure is known and above nought."""
        value = self.sheets[form].cell(row, mark).value
        return not isinstance(value, str | Mark) and value is not None and value > 0


def _line(sheet: Sheet, name: str | None) -> Row | None:
    wanted = (Scope.TOTAL, Scope.NOW)
    return next((row for row in sheet.rows if (row.scope in wanted if name is None else row.name == name)), None)
