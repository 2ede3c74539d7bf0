"""Grid: where everything of a sheet stands on the page, in rows and columns, for the workbook, the preview and the print alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from math import ceil
from unicodedata import east_asian_width

from returns.sheet import Cell, Column, Measure, Scope, Sheet, heads, shown


class Role(Enum):
    """What a block is, which decides its looks."""

    KEY = "key"
    """表2, above the title on the left."""
    HEAD_FIELD = "head field"
    """表号：… above the title on the right."""
    TITLE = "title"
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    """The three parts of the line under the title."""
    HEAD = "head"
    MARK = "mark"
    """栏次."""
    TOTAL = "total"
    BODY = "body"
    FOOTER = "footer"
    SIGN = "sign"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """One block: its first row and column (from 1), its size in cells, what it is and what it says."""

    row: int
    column: int
    rows: int
    columns: int
    role: Role
    cell: Cell
    measure: Measure = Measure.LONG

    @property
    def text(self) -> str:
        """The printed text."""
        return shown(self.cell, self.measure)


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet on the page: `widths` in half-width characters, `heights` in points; `head_first` to `head_last` repeat on every page."""

    spans: tuple[Span, ...]
    widths: tuple[int, ...]
    heights: tuple[float, ...]
    head_first: int
    head_last: int
    fixed_columns: int
    """Columns that stay in sight: the names (甲, 乙, 丙)."""


LINE = 14.0
"""Height of a line of body text in points."""
SMALLEST = 0.65
"""A form is printed no smaller than this to stand on one page: its 10-point text is 6.5 points then (小六)."""
_LEAST = {Role.TITLE: 34.0, Role.SIGN: 30.0, Role.MARK: 16.0}


@lru_cache(4096)
def text_width(text: str) -> int:
    """Width of a line in half-width characters: a Chinese character is 2."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)


def lay_out(sheet: Sheet) -> Grid:
    """Every block of the sheet with its place, and column widths and row heights in which nothing is cut."""
    width = len(sheet.columns)
    spans: list[Span] = []
    row = 1

    def line(role: Role, text: str) -> None:
        nonlocal row
        spans.append(Span(row, 1, 1, width, role, Cell(text)))
        row += 1

    widths = tuple(_column_width(sheet, index) for index in range(width))
    if sheet.corner:  # 表2 on the left, the fields of the head under each other on the right
        half = max(1, width // 2)
        spans.append(Span(row, 1, 1, half, Role.KEY, Cell(sheet.corner[0])))
        for text in sheet.corner[1:]:
            spans.append(Span(row, half + 1, 1, width - half, Role.HEAD_FIELD, Cell(text)))
            row += 1
        row += len(sheet.corner) == 1
    line(Role.TITLE, sheet.title)
    spans += _heading(sheet, row, widths)
    row += 1
    head_first = row
    for head in heads(sheet.columns):
        spans.append(Span(row + head.row, head.column + 1, head.rows, head.columns, Role.HEAD, Cell(head.text)))
    row += max(len(column.groups) for column in sheet.columns) + 1
    if any(column.mark for column in sheet.columns) and not sheet.upright:
        spans += [Span(row, index, 1, 1, Role.MARK, Cell(column.mark)) for index, column in enumerate(sheet.columns, 1)]
        row += 1
    head_last = row - 1
    for body in sheet.rows:
        role = Role.TOTAL if body.scope is Scope.TOTAL else Role.BODY
        spans += [
            Span(row, i, 1, 1, role, cell, cell.measure or column.measure)
            for i, (cell, column) in enumerate(zip(body.cells, sheet.columns, strict=True), 1)
        ]
        row += 1
    for text in sheet.footer:
        line(Role.FOOTER, text)
    if sheet.signatories:
        line(Role.SIGN, sheet.signatories)
    for index, text in enumerate(sheet.notes):
        line(Role.NOTE, ("说明：" if index == 0 else "      ") + text)
    return Grid(tuple(spans), widths, _heights(spans, widths, row - 1, sheet.row_height), head_first, head_last, _fixed(sheet.columns))


def _fixed(columns: tuple[Column, ...]) -> int:
    return next((index for index, column in enumerate(columns) if column.mark not in ("甲", "乙", "丙")), 0)


def _heading(sheet: Sheet, row: int, widths: tuple[int, ...]) -> list[Span]:
    """Left, middle and right part, each over columns wide enough for its text; empty parts leave their room to the left one."""
    left, middle, right = sheet.heading
    if not (middle or right):
        return [Span(row, 1, 1, len(widths), Role.LEFT, Cell(left))]
    wanted = [max(text_width(text) + 4, sum(widths) * share // 10) for text, share in ((left, 3), (right, 3))]
    first = _columns_for(widths, wanted[0])
    last = _columns_for(widths[::-1], wanted[1])
    last = max(1, min(last, len(widths) - first - 1))
    centre = len(widths) - first - last
    return [
        Span(row, 1, 1, first, Role.LEFT, Cell(left)),
        Span(row, first + 1, 1, centre, Role.CENTRE, Cell(middle)),
        Span(row, first + centre + 1, 1, last, Role.RIGHT, Cell(right)),
    ]


def _columns_for(widths: tuple[int, ...], wanted: int) -> int:
    """How many columns from the start are at least `wanted` wide, leaving two for the others."""
    total, count = 0, 0
    while total < wanted and count < len(widths) - 2:
        total += widths[count]
        count += 1
    return max(1, count)


def _column_width(sheet: Sheet, index: int) -> int:
    """The column's own width, or more where a figure or a code would be cut (they cannot wrap)."""
    column = sheet.columns[index]
    if column.measure in (Measure.LONG, Measure.TEXT):
        return 2 * column.width
    return max([2 * column.width, *(text_width(shown(row.cells[index], column.measure)) + 1 for row in sheet.rows)])


def _heights(spans: list[Span], widths: tuple[int, ...], count: int, body: float) -> tuple[float, ...]:
    heights = [min(18.0, body)] * count
    for span in sorted(spans, key=lambda one: one.rows):
        room = sum(widths[span.column - 1 : span.column - 1 + span.columns])
        wraps = span.measure in (Measure.LONG, Measure.TEXT)
        least = body if span.role in (Role.BODY, Role.TOTAL) else _LEAST.get(span.role, 18.0)
        needed = max(least, (lines(span.text, room) if wraps else 1) * LINE + min(5.0, max(1.0, least - LINE)))
        have = sum(heights[span.row - 1 : span.row - 1 + span.rows])
        if needed > have:
            heights[span.row + span.rows - 2] += needed - have
    return tuple(heights)


def on_one_page(grid: Grid, room: float) -> bool:
    """Whether the whole sheet stands on one page `room` points high and can still be read; a longer one is cut into pages one page wide."""
    return room / sum(grid.heights) >= SMALLEST


def lines(text: str, room: int) -> int:
    """Lines a text takes in `room` half-width characters, at worst (a Chinese character never splits)."""
    return sum(max(1, ceil(text_width(part) / max(2, room - room % 2))) for part in text.split("\n"))
