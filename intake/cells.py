"""Cells: what a cell of a sender's sheet can hold once read, and how it crosses the pipe from the reading process as JSON.

A cell that cannot be read is never a value: it is a `CellError` or `Uncalculated`, and None only where the cell is blank.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class CellError:
    """A formula's error as Excel shows it, e.g. #REF!."""

    text: str


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula saved without its result (written by a program, never opened in Excel)."""

    formula: str


Cell = str | int | float | bool | date | datetime | time | CellError | Uncalculated | None
Row = tuple[Cell, ...]
"""Cells from column A on; trailing blanks are cut."""

VISIBLE: Final = "visible"
HIDDEN: Final = "hidden"
VERY_HIDDEN: Final = "veryHidden"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet. `rows`: row number as Excel shows it (from 1) → cells, ascending, blank rows absent.

    `state` is visible | hidden | veryHidden. `merged` are ranges such as "A1:C1", whose value stands in the top-left cell only.
    A sheet that was not asked for (or is hidden) has no rows and says so in `warnings`.
    """

    name: str
    state: str = VISIBLE
    rows: Mapping[int, Row] = field(default_factory=dict)
    merged: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file as read: its name, the SHA-256 of the bytes read, which reader did it (xlsx | calamine | text), the sheets,
    warnings for the import report, and the encoding of a text file."""

    name: str
    sha256: str
    reader: str
    sheets: tuple[Sheet, ...]
    warnings: tuple[str, ...] = ()
    encoding: str | None = None


PLAIN: Final = frozenset((str, int, float, bool, type(None)))
"""Cells that JSON holds as they are."""
ERRORS: Final = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!")
)


def text_cell(text: str) -> Cell:
    """A text as a cell: an error's name (also pasted as text) is an error, an empty text is blank, all else stays as it is."""
    if text.startswith(("#", "Err:")) and (text.strip() in ERRORS or re.fullmatch(r"Err:[0-9]{3}", text.strip())):
        return CellError(text.strip())
    return text or None


def cut(cells: list[Cell]) -> Row:
    """A row without its trailing blanks."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return tuple(cells[:end])


def covered(merged: str) -> tuple[int, int, int, int] | None:
    """First row, last row (from 1), first column, last column (from 0) of a range such as "A2:A5"; None if it is not one."""
    found = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?", merged.replace("$", ""))
    if not found:
        return None
    left, top = column_number(found[1]), int(found[2])
    right, bottom = (column_number(found[3]), int(found[4])) if found[3] else (left, top)
    return min(top, bottom), max(top, bottom), min(left, right), max(left, right)


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 → A, 26 → AA: a column's name for messages."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def to_json(cell: Cell) -> Any:
    """A cell as plain JSON. Whole numbers stay whole, floats go by repr; what JSON lacks is an object with one key."""
    if type(cell) in PLAIN:
        return cell
    match cell:
        case datetime():
            return {"t": cell.isoformat()}
        case date():
            return {"d": cell.isoformat()}
        case time():
            return {"h": cell.isoformat()}
        case CellError(text):
            return {"e": text}
        case Uncalculated(formula):
            return {"f": formula}
    return cell


def from_json(value: Any) -> Cell:
    """The cell that `to_json` wrote; ValueError for anything else."""
    if type(value) in PLAIN:
        return value  # type: ignore[no-any-return]
    if isinstance(value, dict) and len(value) == 1:
        ((key, text),) = value.items()
        if isinstance(text, str):
            match key:
                case "t":
                    return datetime.fromisoformat(text)
                case "d":
                    return date.fromisoformat(text)
                case "h":
                    return time.fromisoformat(text)
                case "e":
                    return CellError(text)
                case "f":
                    return Uncalculated(text)
    raise ValueError("not a cell")
