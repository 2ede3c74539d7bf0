"""带公式版: the relations of a form as Excel formulas, from the very text that computed the column.

Only cells that hold a number get a formula; — and blanks stay as they are. Numbers are unrounded and shown with the decimals printed, so that
the sums of the workbook are those of the form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from lark import Token, Tree
from openpyxl.utils import get_column_letter

from returns.formula import FormulaError, View, columns_in, parse, value
from returns.grid import Grid
from returns.links import forms_in, places, source
from returns.sheet import PER_UNIT, Measure, Row, Scope, Sheet, Value
from returns.upright import operands, relation

_SIGNS: Final = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}


def unrounded(number: int | Fraction, measure: Measure) -> int | float:
    """A number in its printed unit, as exact as a workbook keeps it (15 digits)."""
    exact = Fraction(number) / PER_UNIT.get(measure, 1)
    return exact.numerator if exact.denominator == 1 else float(f"{float(exact):.15g}")


@dataclass(frozen=True, slots=True)
class Page:
    """A form and where it stands on its page of the workbook."""

    sheet: Sheet
    grid: Grid

    def cells(self, name: str, mark: str, asking: Row) -> list[tuple[int, int]]:
        """(row, column) on the page of the cells a formula names; of a count ("") the lines' names."""
        return [(self.grid.head_last + 1 + at, index + 1) for at, index in places(self.sheet, name, mark, asking)]

    def measure(self, place: tuple[int, int]) -> Measure:
        """How the cell of the body at a place is printed."""
        row, column = self.sheet.rows[place[0] - self.grid.head_last - 1], place[1] - 1
        return row.cells[column].measure or self.sheet.columns[column].measure


def links(page: Page, pages: Mapping[str, Page]) -> dict[tuple[int, int], str]:
    """(row, column) of cells taken from other forms → where in the workbook the first of those stands: '表2'!R7."""
    sheets, first = {key: one.sheet for key, one in pages.items()}, page.grid.head_last + 1
    found = {}
    for at, row in enumerate(page.sheet.rows):
        for index, cell in enumerate(row.cells):
            if there := source(cell, sheets, row):
                form, line, column = there
                found[first + at, index + 1] = f"'{form}'!{get_column_letter(column + 1)}{pages[form].grid.head_last + 1 + line}"
    return found


def _taken(text: str, line: Row, measure: Measure, pages: Mapping[str, Page]) -> str:
    """A formula over other forms as an Excel formula, money brought to 分 and back; "" where one of them is not in the workbook."""
    if any(form not in pages for form in forms_in(text)):
        return ""

    def other(node: Tree[Token]) -> str:
        words = [str(child) for child in node.children if isinstance(child, Token)]
        form = words[0].replace("T", "表")
        page = pages[form]
        if node.data == "elsewhere":
            ((row, column),) = page.cells(words[1], words[2], line)[:1]
            unit = PER_UNIT.get(page.measure((row, column)), 1)
            return f"'{form}'!{get_column_letter(column)}{row}" if unit == PER_UNIT.get(measure, 1) == 1 else f"('{form}'!{get_column_letter(column)}{row}*{unit})"
        runs = _runs([row for row, _ in page.cells(words[1], "", line)])
        said = [(str(one.children[0]), str(one.children[1]).strip("“”")) for one in node.children if isinstance(one, Tree)]
        if not said:
            return "(" + "+".join(f"ROWS('{form}'!A{first}:A{last})" for first, last in runs) + ")"
        return "(" + "+".join(f"COUNTIFS({','.join(_same(form, page, mark, word, run) for mark, word in said)})" for run in runs) + ")"

    written = _written(parse(text), _none_here, other)
    return f"={written}" if PER_UNIT.get(measure, 1) == 1 else f"=({written})/{PER_UNIT[measure]}"


def _same(form: str, page: Page, mark: str, word: str, run: tuple[int, int]) -> str:
    letter = get_column_letter(page.sheet.column(mark) + 1)
    return f"'{form}'!{letter}{run[0]}:{letter}{run[1]},\"{word}\""


def _none_here(mark: str) -> str:
    raise FormulaError(f"表间公式里有本表的第 {mark} 栏，写不成 Excel 公式。请去掉“带公式”再生成。")


_OVER_LINES: Final[Mapping[str, str]] = {"Σ": "SUM", "lowest": "MIN", "highest": "MAX"}
"""How 合计 gets a column → the Excel function over the lines."""


def formulas(sheet: Sheet, grid: Grid, pages: Mapping[str, Page] = MappingProxyType({})) -> dict[tuple[int, int], str]:
    """(row, column) of the workbook's page → Excel formula, for derived columns, totals and cells taken from other forms (`pages` of the
    workbook) that hold a number."""
    first = grid.head_last + 1
    found: dict[tuple[int, int], str] = {}
    for at, row in enumerate(sheet.rows):
        for index, cell in enumerate(row.cells):
            if cell.source and isinstance(cell.value, int | Fraction):
                measure = cell.measure or sheet.columns[index].measure
                if text := _taken(cell.source, row, measure, pages):
                    found[first + at, index + 1] = text
    if sheet.upright:
        return _upright(sheet, first) | found
    places = {column.mark: index for index, column in enumerate(sheet.columns)}
    body = [first + at for at, row in enumerate(sheet.rows) if row.scope not in (Scope.TOTAL, Scope.MEMO)]
    for at, row in enumerate(sheet.rows):
        for index, column in enumerate(sheet.columns):
            if not isinstance(row.cells[index].value, int | Fraction) or column.measure in (Measure.TEXT, Measure.LONG, Measure.CODE):
                continue
            if row.scope is Scope.TOTAL and column.total in _OVER_LINES:
                letter = get_column_letter(index + 1)
                found[first + at, index + 1] = f"={_OVER_LINES[column.total]}({','.join(f'{letter}{one}:{letter}{last}' for one, last in _runs(body))})"
            elif column.formula and all(isinstance(row.cells[places[mark]].value, int | Fraction) for mark in columns_in(column.formula)):
                named = {mark: Named(f"{get_column_letter(places[mark] + 1)}{first + at}", sheet.columns[places[mark]].measure) for mark in columns_in(column.formula)}
                found[first + at, index + 1] = f"={_scaled(column.formula, named, column.measure)}"
    return found


def _upright(sheet: Sheet, first: int) -> dict[tuple[int, int], str]:
    """The relations of 行次 in every year, and of the columns across."""
    found: dict[tuple[int, int], str] = {}

    def measure(at: int, index: int) -> Measure:
        return sheet.rows[at].cells[index].measure or sheet.columns[index].measure

    for at, row in enumerate(sheet.rows):
        for index, column in enumerate(sheet.columns):
            places = operands(sheet, at, column.mark)
            if places and all(isinstance(sheet.rows[line].cells[there].value, int | Fraction) for line, there in (*places.values(), (at, index))):
                named = {mark: Named(f"{get_column_letter(there + 1)}{first + line}", measure(line, there)) for mark, (line, there) in places.items()}
                found[first + at, index + 1] = f"={_scaled(relation(sheet, row, column.mark), named, measure(at, index))}"
    return found


class Named(NamedTuple):
    """A cell a relation names: where it stands on the page (C5) and how it is printed."""

    where: str
    measure: Measure


def _runs(lines: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for line in lines:
        runs = [*runs[:-1], (runs[-1][0], line)] if runs and runs[-1][1] == line - 1 else [*runs, (line, line)]
    return runs or [(1, 1)]


def _scaled(text: str, named: Mapping[str, Named], measure: Measure) -> str:
    """The formula with money brought to 分 and back where figures of several units meet."""
    tree = parse(text)
    units = {PER_UNIT.get(one.measure, 1) for one in named.values()}
    own = PER_UNIT.get(measure, 1)
    plain = units <= {own} and all(node.data in ("column", "add", "subtract", "largest", "smallest", "negate") or _zero(node) for node in tree.iter_subtrees())

    def cell(mark: str) -> str:
        unit = PER_UNIT.get(named[mark].measure, 1)
        return named[mark].where if plain or unit == 1 else f"({named[mark].where}*{unit})"

    written = _written(tree, cell)
    return written if plain or own == 1 else f"({written})/{own}"


def _zero(node: Tree[Token]) -> bool:
    return node.data == "constant" and Fraction(str(node.children[0]).rstrip(".") or "0") == 0 if str(node.children[0]).rstrip(".").isdecimal() else False


def _written(node: Tree[Token], cell: Callable[[str], str], other: Callable[[Tree[Token]], str] | None = None) -> str:
    if node.data in ("elsewhere", "count") and other:
        return other(node)
    parts = [_written(child, cell, other) for child in node.children if isinstance(child, Tree)]
    words = [str(child) for child in node.children if isinstance(child, Token)]
    match node.data:
        case "column":
            return cell(words[0])
        case "constant":
            number = value(words[0], View(_none, _nowhere, tuple))
            assert isinstance(number, int | Fraction)
            return str(number) if number.denominator == 1 else f"({number.numerator}/{number.denominator})"
        case "negate":
            return f"(-{parts[0]})"
        case "size":
            return f"ABS({parts[0]})"
        case "whole":
            return f"ROUND({parts[0]},0)"
        case "largest" | "smallest":
            return f"{'MAX' if node.data == 'largest' else 'MIN'}({','.join(parts)})"
    if node.data in _SIGNS:
        return f"({parts[0]}{_SIGNS[str(node.data)]}{parts[1]})"
    raise FormulaError(f"公式里的“{node.data}”写不成 Excel 公式。请去掉“带公式”再生成。")


def _none(mark: str) -> Value:
    return None


def _nowhere(form: str, line: str, mark: str) -> Value:
    return None
