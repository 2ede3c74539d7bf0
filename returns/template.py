"""Workbooks that come back: templates, collection sheets and rows to be corrected, to be filled in and brought in again.

Cells are what senders would type: text stays text (identity numbers, formulas' signs), numbers stay numbers, blanks are blank
but formatted, and a column with a list offers it. Saved and read back by `returns.workbook.save`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from returns.workbook import put, save, storable

LISTS: Final = "选项"
"""The hidden sheet that the drop-down lists are kept on."""

_HEAD: Final = PatternFill("solid", fgColor="DDEBF7")
_NEEDED: Final = PatternFill("solid", fgColor="FCE4D6")

Value = str | int | float | None


@dataclass(frozen=True)
class Slot:
    """A column to be filled in. `text`: kept as text whatever is typed; `choices`: offered as a list, others are refused."""

    width: int = 12
    text: bool = False
    choices: tuple[str, ...] = ()
    number_format: str = "General"
    needed: bool = False


@dataclass(frozen=True)
class Page:
    """One sheet: its lines from row 1 on; `head`: first and last heading row (0, 0: none); `grey`: rows in grey; below the
    headings, `slots` format the columns down to `rows` further rows. `merged`: ranges such as A1:C1. `kept`: columns (from 1) in
    grey, not to be changed."""

    name: str
    lines: Sequence[Sequence[Value]]
    head: tuple[int, int] = (0, 0)
    slots: Sequence[Slot] = ()
    rows: int = 0
    grey: Collection[int] = ()
    kept: Collection[int] = ()
    merged: Sequence[str] = ()


def write(pages: Sequence[Page], target: Path, day: date) -> Path:
    """Write the pages as a workbook at `target`, dated `day`; the last sheet, hidden, holds the lists. ValueError and WriteError as
    `returns.workbook.write`."""
    book = Workbook()
    book.remove(book.worksheets[0])
    places: dict[tuple[str, ...], str] = {}
    values: dict[str, dict[tuple[int, int], Any]] = {}
    lists = sorted({slot.choices for page in pages for slot in page.slots if slot.choices})
    for number, choices in enumerate(lists, 1):
        letter = get_column_letter(number)
        places[choices] = f"{LISTS}!${letter}$1:${letter}${len(choices)}"
    for page in pages:
        sheet = book.create_sheet(page.name)
        values[page.name] = _fill(sheet, page)
        _format(sheet, page, places)
    if lists:
        longest = max(len(choices) for choices in lists)
        lines = [[choices[at] if at < len(choices) else None for choices in lists] for at in range(longest)]
        sheet = book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        values[LISTS] = _fill(sheet, Page(LISTS, lines))
    return save(book, values, target, day)


def _fill(sheet: Worksheet, page: Page) -> dict[tuple[int, int], Any]:
    stored: dict[tuple[int, int], Any] = {}
    for number, line in enumerate(page.lines, 1):
        for column, value in enumerate(line, 1):
            kept = storable(value, f"{page.name} {get_column_letter(column)}{number}") if isinstance(value, str) else value
            if kept is None:
                continue
            cell: Any = sheet.cell(number, column)
            if isinstance(kept, str):
                cell.number_format = "@"
                put(cell, kept)
            else:
                cell.value = kept
            stored[number, column] = kept
    return stored


def _format(sheet: Worksheet, page: Page, places: Mapping[tuple[str, ...], str]) -> None:
    first, last = page.head
    for text in page.merged:
        sheet.merged_cells.add(text)
    for number in range(first, last + 1) if last else ():
        for column in range(1, len(page.lines[number - 1]) + 1):
            cell: Any = sheet.cell(number, column)
            cell.font = Font(bold=True)
            cell.alignment = Alignment("center", "center", wrap_text=True)
            cell.fill = _NEEDED if column <= len(page.slots) and page.slots[column - 1].needed else _HEAD
    for number in page.grey:
        for cell in sheet[number]:
            cell.font = Font(color="808080", italic=True)
    end = max(len(page.lines), last) + page.rows
    for column, slot in enumerate(page.slots, 1):
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = slot.width
        _format_down(sheet, page, column, range(last + 1, end + 1))
        if slot.choices and end > last:
            rule = DataValidation("list", formula1=places[slot.choices], allow_blank=True, showErrorMessage=True)
            rule.errorTitle, rule.error = "请从列表里选", "只能填写列表里的内容。"
            rule.add(f"{letter}{last + 1}:{letter}{end}")
            sheet.add_data_validation(rule)
    if last:
        sheet.freeze_panes = f"A{last + 1}"


def _format_down(sheet: Worksheet, page: Page, column: int, rows: range) -> None:
    """Every cell of a text or date column is there with its format, so that what is typed into it stays as typed."""
    slot = page.slots[column - 1]
    shown = "@" if slot.text else slot.number_format
    for number in rows:
        if shown == "General" and column not in page.kept:
            return
        cell: Any = sheet.cell(number, column)
        cell.number_format = shown
        if column in page.kept and number not in page.grey:
            cell.font = Font(color="808080")
            cell.protection = Protection(locked=True)
