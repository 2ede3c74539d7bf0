"""What the formulas of a filled form come to, put beside them: programs that do not calculate read the figures all the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from html import escape
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.utils.cell import column_index_from_string

from returns.own_form import Place
from returns.own_form_formula import Number, Unknown, worked_out

Results = Mapping[tuple[str, Place], Number]
"""(sheet, place) → what the formula there comes to; those that could not be worked out are not in it."""

_FORMULA = re.compile(rb'<c r="([A-Z]{1,3})([0-9]+)"([^>]*)>(<f[^>]*>[^<]*</f>)<v\s*(?:/>|></v>)</c>')


def results(book: Workbook) -> dict[tuple[str, Place], Number]:
    """Every formula of a workbook worked out, as far as they are arithmetic."""
    found: dict[tuple[str, Place], Number] = {}
    waiting: set[tuple[str, Place]] = set()
    failed: set[tuple[str, Place]] = set()

    def at(sheet: str, row: int, column: int) -> Number:
        if sheet not in book.sheetnames:
            raise Unknown(sheet)
        cell: Any = book[sheet].cell(row, column) if (row, column) in book[sheet]._cells else None
        if cell is None or cell.value is None:
            return None
        if cell.data_type != "f":
            return _number(cell.value)
        place = sheet, (row, column)
        if place in waiting or place in failed or not isinstance(cell.value, str):
            raise Unknown(cell.coordinate)
        if place not in found:
            waiting.add(place)
            try:
                found[place] = worked_out(cell.value, lambda other, down, across: at(other or sheet, down, across))
            except (Unknown, ValueError, ArithmeticError, RecursionError) as unknown:
                failed.add(place)
                raise Unknown(cell.coordinate) from unknown
            finally:
                waiting.discard(place)
        return found[place]

    for sheet in book.worksheets:
        for place, cell in list(sheet._cells.items()):
            if cell.data_type == "f":
                try:
                    at(sheet.title, *place)
                except Unknown:
                    continue
    return found


def _number(value: object) -> Number:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float):
        return Fraction(str(value))
    if isinstance(value, str):
        return str(value)
    raise Unknown(str(value))


def with_results(content: bytes, names: Sequence[str], found: Results) -> bytes:
    """The workbook with each formula's result beside it. `names`: its sheets in order."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part)
            if number := re.fullmatch(r"xl/worksheets/sheet([0-9]+)\.xml", part.filename):
                text = _put(text, names[int(number[1]) - 1], found)
            new.writestr(part, text, ZIP_DEFLATED)
    return target.getvalue()


def _put(text: bytes, name: str, found: Results) -> bytes:
    def one(cell: re.Match[bytes]) -> bytes:
        value = found.get((name, (int(cell[2]), column_index_from_string(cell[1].decode()))))
        if value is None:
            return cell[0]
        kind, shown = "", ""
        if isinstance(value, bool):
            kind, shown = ' t="b"', str(int(value))
        elif isinstance(value, str):
            kind, shown = ' t="str"', escape(value)
        else:
            shown = str(value.numerator) if value.denominator == 1 else repr(float(f"{float(value):.15g}"))
        return b'<c r="%s%s"%s%s>%s<v>%s</v></c>' % (cell[1], cell[2], cell[3], kind.encode(), cell[4], shown.encode())

    return _FORMULA.sub(one, text)
