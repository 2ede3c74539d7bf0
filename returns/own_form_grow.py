"""Putting rows into a form sent down, as Excel does when a clerk does it: everything that depends on the rows moves along.

openpyxl's `insert_rows` moves cells and nothing else; here merged blocks, formulas of every sheet, names, print areas, drop-downs,
conditional formats, filters, tables, page breaks, row heights, pictures' and charts' places follow, and the new rows look like the last line.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from returns.own_form_formula import Rows, address, moved, moved_reference


def grow(book: Workbook, page: Worksheet, last: int, by: int) -> None:
    """Put `by` rows under row `last`, the last of the lines, with its looks, height, merged blocks and formulas. A range that reaches
    down to the last line takes the new ones in."""
    if by <= 0:
        return
    _cells(page, last, by)
    _formulas(book, page, last, by)
    _merged(page, last, by)
    _heights(page, last, by)
    _rules(page, last, by)
    _names(book, page, last, by)
    _drawn(book, page, last, by)
    _repeat(page, last, by)


def grown(last: int, by: int, inside: bool = False) -> Rows:
    """Where rows are afterwards; `inside`: seen from a line, where a range along the line itself stays in it."""

    def rows(first: int, end: int) -> tuple[int, int]:
        if first > last:
            return first + by, end + by
        if end < last or (inside and first == end):
            return first, end
        return first, end + by

    return rows


def _cells(page: Worksheet, last: int, by: int) -> None:
    cells: Any = page._cells
    for row, column in sorted((place for place in cells if place[0] > last), reverse=True):
        cell = cells.pop((row, column))
        cell.row = row + by
        cells[row + by, column] = cell
        if isinstance(cell, Cell) and cell.hyperlink is not None:
            cell.hyperlink.ref = cell.coordinate


def _formulas(book: Workbook, page: Worksheet, last: int, by: int) -> None:
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                own = sheet is page
                rows = grown(last, by, inside=own and int(cell.row or 0) <= last)
                held: Any = cell.value
                if isinstance(held, ArrayFormula):
                    held.text = moved(str(held.text), rows, page.title, own)
                    held.ref = moved_reference(held.ref, rows, page.title, own)
                elif cell.data_type == "f" and isinstance(held, str):
                    cell.value = moved(held, rows, page.title, own)


def _ranges(text: str, rows: Rows, page: Worksheet) -> str:
    return " ".join(moved_reference(one if ":" in one else f"{one}:{one}", rows, page.title, True) for one in text.split())


def _merged(page: Worksheet, last: int, by: int) -> None:
    rows = grown(last, by, inside=True)
    areas = [str(one) for one in page.merged_cells.ranges]
    page.merged_cells.ranges = set()
    for area in areas:
        page.merged_cells.add(moved_reference(area, rows, page.title, True))
        left, top, right, bottom = range_boundaries(area)
        if top == bottom == last:
            for row in range(last + 1, last + by + 1):
                page.merged_cells.add(f"{address(int(left or 1), row)}:{address(int(right or 1), row)}")


def _heights(page: Worksheet, last: int, by: int) -> None:
    held: Any = page.row_dimensions
    for row in sorted((row for row in held if row > last), reverse=True):
        one = held.pop(row)
        one.index = row + by
        held[row + by] = one
    if last in held:
        for row in range(last + 1, last + by + 1):
            one = copy(held[last])
            one.index = row
            held[row] = one


def _rules(page: Worksheet, last: int, by: int) -> None:
    """Drop-downs and conditional formats: where they hold, and what they refer to."""
    for rule in page.data_validations.dataValidation:
        inside = any(one.min_row <= last for one in rule.sqref.ranges)
        rule.sqref = MultiCellRange(_ranges(str(rule.sqref), grown(last, by), page))
        for name in ("formula1", "formula2"):
            if text := getattr(rule, name):
                setattr(rule, name, moved(f"={text}", grown(last, by, inside), page.title, True)[1:])
    old = page.conditional_formatting
    page.conditional_formatting = ConditionalFormattingList()
    for one in old:
        inside = any(area.min_row <= last for area in one.sqref.ranges)
        for rule in one.rules:
            rule.formula = [moved(f"={text}", grown(last, by, inside), page.title, True)[1:] for text in rule.formula]
            page.conditional_formatting.add(_ranges(str(one.sqref), grown(last, by), page), rule)


def _names(book: Workbook, page: Worksheet, last: int, by: int) -> None:
    rows = grown(last, by)
    for named, own in ((book.defined_names, False), *((sheet.defined_names, False) for sheet in book.worksheets)):
        for name in named.values():
            if name.attr_text:
                name.attr_text = moved_reference(name.attr_text, rows, page.title, own)
    if page.print_area:
        page.print_area = ",".join(moved_reference(one.split("!")[-1], rows, page.title, True) for one in str(page.print_area).split(","))
    if page.print_title_rows:
        page.print_title_rows = moved_reference(page.print_title_rows, rows, page.title, True).replace("$", "")
    if page.auto_filter.ref:
        page.auto_filter.ref = moved_reference(page.auto_filter.ref, rows, page.title, True)
    for table in page.tables.values():
        table.ref = moved_reference(table.ref, rows, page.title, True)
        if table.autoFilter is not None:
            table.autoFilter.ref = moved_reference(table.autoFilter.ref, rows, page.title, True)
    for one in page.row_breaks.brk:
        one.id = rows(one.id, one.id)[0]


def _drawn(book: Workbook, page: Worksheet, last: int, by: int) -> None:
    """Charts (and pictures, where the program has what keeps them): their place, and what the charts of every sheet show."""
    for sheet in book.worksheets:
        drawings: Any = sheet
        for drawn in (*drawings._charts, *drawings._images):
            for corner in (getattr(drawn.anchor, "_from", None), getattr(drawn.anchor, "to", None)):
                if sheet is page and corner is not None and corner.row >= last:
                    corner.row += by
            for series in getattr(drawn, "ser", ()):
                _series(series, lambda text: moved_reference(text, grown(last, by), page.title, False))


def _series(series: Any, move: Callable[[str], str]) -> None:
    for part in ("val", "cat", "tx", "xVal", "yVal"):
        for kind in ("numRef", "strRef"):
            reference = getattr(getattr(series, part, None), kind, None)
            if reference is not None and reference.f:
                reference.f = move(reference.f)


def _repeat(page: Worksheet, last: int, by: int) -> None:
    """The new rows: looks and formulas of the last line."""
    covered = {place for area in page.merged_cells.ranges for place in area.cells if place != (area.min_row, area.min_col)}
    for column in range(1, page.max_column + 1):
        if (last, column) not in page._cells:
            continue
        pattern: Any = page.cell(last, column)
        for row in range(last + 1, last + by + 1):
            cell: Any = page.cell(row, column)
            cell._style = copy(pattern._style)
            if (row, column) in covered or isinstance(pattern, MergedCell):
                continue
            if pattern.data_type == "f" and isinstance(pattern.value, str):
                cell.value = Translator(pattern.value, pattern.coordinate).translate_formula(cell.coordinate)
