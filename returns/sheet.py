"""Sheet: one form filled in, as plain data that the workbook, the preview, the print and the read-back share.

A figure is a selection and a measure: a cell keeps its exact value and the engagements, units and contracts behind it, so
that clicking a figure shows the people it counts and an attached list can name them. Nothing here is rounded but the text
that `shown` makes: half up, at the last step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from typing import Final


class Mark(Enum):
    """What stands in a cell instead of a value."""

    NOT_APPLICABLE = "—"
    """The figure has no meaning for the line: an exempt unit, a share of nothing."""

    def __str__(self) -> str:
        return str(self.value)


NOT_APPLICABLE: Final = Mark.NOT_APPLICABLE

Value = int | Fraction | str | Mark | None
"""int: 户, 人, 分; Fraction: exact 户, 人年, shares and averages of 分; str: words; None: blank, the figure is not known."""


class Measure(Enum):
    """How a value is printed: (unit of the stored value → decimals)."""

    COUNT = "count"
    """户, 人: whole numbers; a weighted 户 that is not whole shows 2 decimals."""
    DECIMAL = "decimal"
    """折算人数, 人年: 2 decimals."""
    YUAN = "yuan"
    """分 shown as 元, 2 decimals."""
    WAN = "wan"
    """分 shown as 万元, 2 decimals."""
    YUAN_WHOLE = "yuan0"
    """分 shown as 元 without decimals, where a task asks for it."""
    WAN_TENTH = "wan1"
    """分 shown as 万元, 1 decimal, where a task asks for it (民政统计)."""
    TENTH = "tenth"
    """A number of 万元 beside other units, 1 decimal, where a task asks for it."""
    RATE = "rate"
    """A share shown as 98.33%."""
    TEXT = "text"
    """Words, centred."""
    LONG = "long"
    """Words that wrap, from the left: names, remarks."""
    CODE = "code"
    """Numbers that are names: identity numbers, codes, telephone numbers; always text."""


DECIMALS: Final = {
    Measure.COUNT: 0, Measure.DECIMAL: 2, Measure.YUAN: 2, Measure.WAN: 2, Measure.YUAN_WHOLE: 0, Measure.WAN_TENTH: 1, Measure.TENTH: 1, Measure.RATE: 4,
}  # fmt: skip
PER_UNIT: Final = {Measure.YUAN: 100, Measure.WAN: 1_000_000, Measure.YUAN_WHOLE: 100, Measure.WAN_TENTH: 1_000_000}
"""Money: stored 分 to one printed unit."""
UNIT_WORDS: Final = {Measure.YUAN: "元", Measure.WAN: "万元", Measure.YUAN_WHOLE: "元", Measure.WAN_TENTH: "万元"}
_FULL: Final = {Measure.YUAN_WHOLE: Measure.YUAN, Measure.WAN_TENTH: Measure.WAN, Measure.TENTH: Measure.DECIMAL}


def in_full(measure: Measure) -> Measure:
    """The measure with the decimals it has where no task asks for fewer: what an audit and a comparison are said in."""
    return _FULL.get(measure, measure)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form. `mark` is its 栏次 (甲, 乙, 1, 2 …), `groups` the headings above its label, outermost first.

    `formula` is the printed relation the column is computed by (the right-hand side, in the form's own notation), `total`
    how 合计 gets it: "same" by the column's own measure or formula over everybody, "Σ" as the sum of the lines, "lowest" and
    "highest" as the outermost of them.
    """

    mark: str
    label: str
    measure: Measure = Measure.COUNT
    groups: tuple[str, ...] = ()
    width: int = 3
    """In characters of Chinese text; a figure that needs more gets more."""
    formula: str = ""
    total: str = "same"
    by_hand: bool = False
    """Filled in by the clerk; the book knows nothing of it."""
    personal: bool = False
    """Says who somebody is; a public edition leaves the column out."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with what it was counted from: ids of engagements, of units, of purchase contracts and of other records."""

    value: Value = None
    people: tuple[int, ...] = ()
    units: tuple[int, ...] = ()
    contracts: tuple[int, ...] = ()
    measure: Measure | None = None
    """How it is printed where not as its column (an upright form has another measure on every line)."""
    records: tuple[tuple[str, int], ...] = ()
    """(table, number) of other records it was taken from: a meeting, a training, a document, a line of a recruitment batch."""
    source: str = ""
    """The formula that took it from other forms (T2[合计,17]): it leads there, and follows them."""


class Scope(Enum):
    """What sort of line a row is; formulas are written for a scope."""

    TOTAL = "合计"
    BUREAU = "县局"
    TOWN = "乡镇"
    OTHER = "其他"
    MEMO = "其中"
    """An 其中 of the line above: in no sum."""
    NOW = "本年"
    """The period's figures of an upright form, turned to a line for its formulas."""
    BEFORE = "上年"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a form; `unit` is the unit it stands for (None for 合计 and lists of people)."""

    name: str
    scope: Scope
    cells: tuple[Cell, ...]
    unit: int | None = None
    formula: str = ""
    """The relation a 行次 of an upright form is worked out by in every year (the right-hand side, 行次 as columns)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form of a return, ready to be shown, printed, written and audited."""

    key: str
    """Sheet name: 封面, 表2, 附表1 …"""
    title: str
    corner: tuple[str, ...]
    """Lines above the title, e.g. 表2; a number of the form and its issuer only where the task has them."""
    heading: tuple[str, str, str]
    """Line under the title: unit that fills in (left), period (middle), 单位：户、人 (right)."""
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    footer: tuple[str, ...] = ()
    """Lines that belong to the figures, right under the body."""
    signatories: str = ""
    notes: tuple[str, ...] = ()
    """说明, and the relations the form is audited by."""
    paper: str = "A4"
    landscape: bool = True
    row_height: float = 21.0
    """Least height of a line of the body, in points."""
    upright: bool = False
    """行次 stand down the left and the years across: formulas name the lines by number and are worked out year by year (`across`)."""

    def column(self, mark: str) -> int:
        """Position of the column with this 栏次; KeyError where the form has none."""
        for index, column in enumerate(self.columns):
            if column.mark == mark:
                return index
        raise KeyError(mark)

    def cell(self, row: Row, mark: str) -> Cell:
        """The cell of a row at a 栏次."""
        return row.cells[self.column(mark)]


def rounded(value: int | Fraction, measure: Measure) -> int:
    """The value as printed, as a whole number of its last printed decimal, half up (away from zero for negatives).

    E.g. 4999200 分 as 元 → 4999200 (hundredths), as 万元 → 500 (hundredths: 5.00).
    """
    scale: int = 10 ** decimals(value, measure)
    numerator, denominator = value.numerator * scale, value.denominator * PER_UNIT.get(measure, 1)
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return whole if numerator >= 0 else -whole


def decimals(value: int | Fraction, measure: Measure) -> int:
    """Decimals printed of a value (of a share: of the plain number, so 98.33% has 4)."""
    if measure is Measure.COUNT and value.denominator != 1:
        return 2
    return DECIMALS[measure]


def shown(cell: Cell, measure: Measure) -> str:
    """The printed text of a cell: 49,992.00, 98.33%, 是, — or nothing."""
    value, measure = cell.value, cell.measure or measure
    if value is None:
        return ""
    if isinstance(value, str | Mark) or measure not in DECIMALS:
        return str(value)
    places = decimals(value, measure) - (2 if measure is Measure.RATE else 0)
    number = rounded(value, measure)
    minus, number = ("-" if number < 0 else ""), abs(number)
    scale: int = 10**places
    whole, rest = divmod(number, scale)
    text = f"{minus}{whole:,}" + (f".{rest:0{places}d}" if places else "")
    return text + ("%" if measure is Measure.RATE else "")


@dataclass(frozen=True, slots=True)
class Head:
    """One block of the merged heading: `row`, `column` count from 0."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def heads(columns: Sequence[Column]) -> tuple[Head, ...]:
    """The heading of a form as merged blocks: groups over their columns, short paths stretched downwards."""
    depth = max(len(column.groups) for column in columns) + 1
    blocks: list[Head] = []
    for row in range(depth):
        start = 0
        while start < len(columns):
            groups = columns[start].groups
            if row > len(groups):
                start += 1
                continue
            if row == len(groups):
                blocks.append(Head(row, start, depth - row, 1, columns[start].label))
                start += 1
                continue
            end = start + 1
            while end < len(columns) and columns[end].groups[: row + 1] == groups[: row + 1]:
                end += 1
            blocks.append(Head(row, start, 1, end - start, groups[row]))
            start = end
    return tuple(blocks)


def people(cells: Iterable[Cell]) -> tuple[int, ...]:
    """The engagements behind several cells, each once, in order."""
    return tuple(dict.fromkeys(one for cell in cells for one in cell.people))


def contracts(cells: Iterable[Cell]) -> tuple[int, ...]:
    """The purchase contracts behind several cells, each once, in order."""
    return tuple(dict.fromkeys(one for cell in cells for one in cell.contracts))


def records(cells: Iterable[Cell]) -> tuple[tuple[str, int], ...]:
    """The other records behind several cells, each once, in order."""
    return tuple(dict.fromkeys(one for cell in cells for one in cell.records))


def across(sheet: Sheet) -> Sheet:
    """An upright form turned so that its 行次 are columns and its columns (本年, 上年 …) are lines; any other form as it is."""
    if not sheet.upright:
        return sheet
    columns = tuple(Column(shown(row.cells[0], Measure.CODE), row.name) for row in sheet.rows)
    scopes = {scope.value: scope for scope in (Scope.NOW, Scope.BEFORE)}
    rows = tuple(
        Row(column.mark, scopes.get(column.mark, Scope.MEMO), tuple(row.cells[index] for row in sheet.rows))
        for index, column in enumerate(sheet.columns)
    )
    return replace(sheet, columns=columns, rows=rows, upright=False)


def digest(sheets: Iterable[Sheet]) -> str:
    """SHA-256 over the data of the cells (not over looks): what the cover's 校验码 is taken from."""
    sums = sha256()
    for sheet in sheets:
        for row in sheet.rows:
            values = ("" if cell.value is None else str(cell.value) for cell in row.cells)
            sums.update("\x1f".join((sheet.key, row.name, *values)).encode() + b"\x1e")
    return sums.hexdigest()
