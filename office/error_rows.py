"""导出错误行: the rows that were not imported, in the sender's own columns, each with its number and the reason; once corrected
the file is brought in as it is."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from db.change import Refused
from intake.cells import Cell, CellError, Uncalculated, column_letters, covered
from intake.headers import normal
from office.imports.plan import WAITING, WRONG, Planned
from office.mapping import ADDED
from policy.kinds.date import DATE
from policy.kinds.idno import IDENTITY
from policy.kinds.month import in_words
from policy.kinds.text import CERTIFICATE_NO, CODE, PHONE
from returns.template import Page, Slot, Value, write

if TYPE_CHECKING:
    from office.import_file import Preview

_TEXT: Final = (IDENTITY, CERTIFICATE_NO, CODE, PHONE)


def write_error_rows(seen: Preview, target: Path, day: date) -> int:
    """Write the wrong and waiting rows of a preview as a workbook; returns how many. Refused where there are none."""
    page = seen.page
    left = {row.row_number: row for row in seen.rows if row.state in (WRONG, WAITING)}
    if not left:
        raise Refused("没有错误的行，不需要导出。")
    old = {one.column for one in seen.header.headings if normal(one.whole) in ADDED}
    width = max(len(row) for number, row in page.rows.items() if number <= seen.header.last or number in left)
    columns = [column for column in range(width) if column not in old]
    lines = [[_value(cell) for cell in _cells(page.rows.get(number, ()), columns)] for number in range(1, seen.header.last + 1)]
    lines[-1] += ADDED
    field_at = {column: key for key, column in seen.columns.items()}
    for number, row in left.items():
        sent = dict(zip(columns, _cells(page.rows[number], columns), strict=True))
        for column, key in field_at.items():
            sent[column] = seen.asked.edits.get((number, key), seen.filled.get((number, key), sent.get(column)))
        lines.append([*(_value(sent[column]) for column in columns), number, reason(row)])
    formats = {column: seen.kind.fields[key].kind for column, key in field_at.items()}
    slots = [
        Slot(22 if formats.get(column) is IDENTITY else 14, text=formats.get(column) in _TEXT, number_format="yyyy-mm-dd" if formats.get(column) is DATE else "General")
        for column in columns
    ]
    merged = [_moved(text, columns) for text in page.merged if (area := covered(text)) and area[1] <= seen.header.last]
    head = (seen.header.first, seen.header.last)
    month = in_words(seen.context.month) if seen.context.month and "month" not in seen.columns else ""  # a sheet's name may say it
    made = Page(f"{month}错误行", lines, head, [*slots, Slot(8), Slot(80)], merged=[text for text in merged if text])
    write([made], target, day)
    return len(left)


def reason(row: Planned) -> str:
    """Why a row was not imported, all its cells named."""
    said = [f"“{label}”：{text}" if label else text for label, text in row.errors.items()]
    return "\n".join(said + [f"{note}。" for note in row.notes])


def _cells(row: Any, columns: list[int]) -> list[Cell]:
    return [row[column] if column < len(row) else None for column in columns]


def _moved(text: str, columns: list[int]) -> str:
    """A merged range in the columns written; "" where nothing is left of it."""
    area = covered(text)
    assert area is not None
    places = [at for at, column in enumerate(columns) if area[2] <= column <= area[3]]
    if not places or (len(places) == 1 and area[0] == area[1]):
        return ""
    return f"{column_letters(places[0])}{area[0]}:{column_letters(places[-1])}{area[1]}"


def _value(cell: Cell) -> Value:
    """A cell as it is sent back. What was no value stays none: an error stays an error, a formula without a result becomes one, and
    a number too long to be exact stays a number, so that no reading of the file takes it for a value."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case CellError(text):
            return text
        case Uncalculated():
            return "#VALUE!"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
        case date() | time():
            return cell.isoformat()
    return cell
