"""带公式版: the relations of a form as Excel formulas, from the very text that computed the column.

Only cells that hold a number get a formula; — and blanks stay as they are. Numbers are unrounded and shown at two decimals, so that
the sums of the workbook are those of the form.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from lark import Token, Tree
from openpyxl.utils import get_column_letter

from returns.formula import FormulaError, View, parse, value
from returns.grid import Grid
from returns.sheet import Measure, Scope, Sheet, Value

UNITS: Final[Mapping[Measure, int]] = {Measure.YUAN: 100, Measure.WAN: 1_000_000}
"""Stored 分 to one printed unit."""
_SIGNS: Final = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}


def unrounded(number: int | Fraction, measure: Measure) -> int | float:
    """A number in its printed unit, as exact as a workbook keeps it (15 digits)."""
    exact = Fraction(number) / UNITS.get(measure, 1)
    return exact.numerator if exact.denominator == 1 else float(f"{float(exact):.15g}")


def formulas(sheet: Sheet, grid: Grid) -> dict[tuple[int, int], str]:
    """(row, column) of the workbook's page → Excel formula, for derived columns and totals that hold a number."""
    first = grid.head_last + 1
    found: dict[tuple[int, int], str] = {}
    if sheet.upright:
        return found
    places = {column.mark: index for index, column in enumerate(sheet.columns)}
    body = [first + at for at, row in enumerate(sheet.rows) if row.scope not in (Scope.TOTAL, Scope.MEMO)]
    for at, row in enumerate(sheet.rows):
        for index, column in enumerate(sheet.columns):
            if not isinstance(row.cells[index].value, int | Fraction) or column.measure in (Measure.TEXT, Measure.LONG, Measure.CODE):
                continue
            if row.scope is Scope.TOTAL and column.total == "Σ":
                letter = get_column_letter(index + 1)
                found[first + at, index + 1] = f"=SUM({','.join(f'{letter}{one}:{letter}{last}' for one, last in _runs(body))})"
            elif column.formula:
                found[first + at, index + 1] = f"={_scaled(column.formula, sheet, places, first + at, column.measure)}"
    return found


def _runs(lines: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for line in lines:
        runs = [*runs[:-1], (runs[-1][0], line)] if runs and runs[-1][1] == line - 1 else [*runs, (line, line)]
    return runs or [(1, 1)]


def _scaled(text: str, sheet: Sheet, places: Mapping[str, int], line: int, measure: Measure) -> str:
    """The formula with money brought to 分 and back where columns of several units meet."""
    tree = parse(text)
    units = {UNITS.get(sheet.columns[places[str(node.children[0])]].measure, 1) for node in tree.iter_subtrees() if node.data == "column"}
    own = UNITS.get(measure, 1)
    plain = units <= {own} and all(node.data in ("column", "add", "subtract", "largest", "smallest", "negate") or _zero(node) for node in tree.iter_subtrees())

    def cell(mark: str) -> str:
        unit = UNITS.get(sheet.columns[places[mark]].measure, 1)
        where = f"{get_column_letter(places[mark] + 1)}{line}"
        return where if plain or unit == 1 else f"({where}*{unit})"

    written = _written(tree, cell)
    return written if plain or own == 1 else f"({written})/{own}"


def _zero(node: Tree[Token]) -> bool:
    return node.data == "constant" and Fraction(str(node.children[0]).rstrip(".") or "0") == 0 if str(node.children[0]).rstrip(".").isdecimal() else False


def _written(node: Tree[Token], cell: Callable[[str], str]) -> str:
    parts = [_written(child, cell) for child in node.children if isinstance(child, Tree)]
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
        case "largest" | "smallest":
            return f"{'MAX' if node.data == 'largest' else 'MIN'}({','.join(parts)})"
    if node.data in _SIGNS:
        return f"({parts[0]}{_SIGNS[str(node.data)]}{parts[1]})"
    raise FormulaError(f"公式里的“{node.data}”写不成 Excel 公式。请去掉“带公式”再生成。")


def _none(mark: str) -> Value:
    return None


def _nowhere(form: str, line: str, mark: str) -> Value:
    return None
