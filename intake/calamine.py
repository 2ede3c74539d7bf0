"""Workbooks read by calamine: .xls, .et and .ods."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from intake.cells import HIDDEN, VERY_HIDDEN, VISIBLE, Cell, CellError, Row, Sheet, column_letters, cut, text_cell
from intake.excel_dates import DURATION, from_serial, midnight
from intake.limits import LIMITS, Limits
from intake.merged import clear_beneath
from intake.precheck import Attributes, open_archive, walk
from intake.refusal import DAMAGED, Refusal
from intake.sniff import LOCKED, ODS

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

BLANKED: Final = "这种格式里，公式出错的单元格（如 #REF!）读出来可能是空白。请核对空白的单元格，或在 Excel、WPS 中另存为 .xlsx 后再导入。"


def _open(data: bytes) -> CalamineWorkbook:
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except python_calamine.PasswordError as locked:
        raise Refusal(LOCKED) from locked
    except (python_calamine.CalamineError, OSError, ValueError) as broken:
        raise Refusal(DAMAGED) from broken


def read_calamine(
    data: bytes, kind: str, wanted: Callable[[str, str], bool], limits: Limits = LIMITS
) -> tuple[tuple[str, ...], Iterator[Sheet]]:
    """Warnings, and the sheets one by one. `wanted(name, state)` says whether a sheet's rows are read."""
    if kind == ODS:
        _check_ods(data, limits)
    book = _open(data)
    states = {"Visible": VISIBLE, "Hidden": HIDDEN, "VeryHidden": VERY_HIDDEN}
    described = [(one.name, str(one.typ).rpartition(".")[2], states[str(one.visible).rpartition(".")[2]]) for one in book.sheets_metadata]
    if not any(sort == "WorkSheet" for _, sort, _ in described):
        raise Refusal("文件里没有工作表。请确认发送方传来的是数据表。")
    if len(described) > limits.sheets:
        raise Refusal(f"文件里有 {len(described)} 张工作表，超过 {limits.sheets} 张。请只保留需要导入的表，另存后再导入。")
    warnings = [BLANKED, *(f"“{name}”不是工作表（图表页或宏表），未读取。" for name, sort, _ in described if sort != "WorkSheet")]

    def sheets() -> Iterator[Sheet]:
        for name, sort, state in described:
            if sort != "WorkSheet":
                continue
            if not wanted(name, state):
                yield Sheet(name, state)
                continue
            try:
                yield _sheet(book, name, state, limits)
            except Refusal as refusal:
                raise Refusal(f"工作表“{name}”：{refusal}") from refusal

    return tuple(warnings), sheets()


def _sheet(book: CalamineWorkbook, name: str, state: str, limits: Limits) -> Sheet:
    import python_calamine

    rows: dict[int, Row] = {}
    try:
        source = book.get_sheet_by_name(name)
        for number, values in enumerate(source.to_python(skip_empty_area=False), 1):
            row = cut([_cell(value) for value in values])
            if not row:
                continue
            if len(row) > limits.columns:
                raise Refusal(f"第 {number} 行在第 {limits.columns} 列以后还有内容。请删去右边无关的列，另存后再导入。")
            if any(isinstance(cell, str) and len(cell) > limits.text for cell in row):
                raise Refusal(f"第 {number} 行有单元格超过 {limits.text:,} 个字。请核对后另存为 .xlsx 再导入。")
            rows[number] = row
            if len(rows) > limits.rows:
                raise Refusal(f"有内容的行超过 {limits.rows:,} 行。请分成几个文件再导入。")
        merged = tuple(_range(*one) for one in source.merged_cell_ranges or [])
    except (python_calamine.CalamineError, OSError, ValueError) as broken:
        raise Refusal(DAMAGED) from broken
    return Sheet(name, state, rows, merged, clear_beneath(rows, merged, limits))


def _cell(value: Any) -> Cell:
    """A value of calamine's as a cell: every number is a float there, and a blank is an empty text."""
    match value:
        case str():
            return text_cell(value)
        case float():
            return _number(value)
        case datetime():
            return midnight(value)
        case timedelta():
            return from_serial(value / timedelta(days=1), DURATION, False)
        case bool() | int() | date() | time():
            return value
    return CellError(str(value))


def _number(value: float) -> Cell:
    if not math.isfinite(value):
        return CellError("#NUM!")
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _range(first: tuple[int, int], last: tuple[int, int]) -> str:
    return f"{column_letters(first[1])}{first[0] + 1}:{column_letters(last[1])}{last[0] + 1}"


def _check_ods(data: bytes, limits: Limits) -> None:
    """An .ods says "this row a million times" in one line: the repeats with values are counted before they are unfolded."""
    row_repeat = column = filled = rows = 0
    last = False

    def count(attributes: Attributes, name: str) -> int:
        written = attributes.get(name, "1")
        if not (written.isascii() and written.isdigit() and len(written) < 9):
            raise Refusal(DAMAGED)
        return int(written)

    def opened(tag: str, attributes: Attributes) -> None:
        nonlocal row_repeat, column, filled, rows, last
        if tag == "table":
            rows = 0
        elif tag == "table-row":
            row_repeat = count(attributes, "table:number-rows-repeated")
            column, last = 0, False
        elif tag in ("table-cell", "covered-table-cell"):
            column += count(attributes, "table:number-columns-repeated")
            if any(key.endswith(":value-type") for key in attributes):
                last = True
                if column > limits.columns:
                    raise Refusal(f"在第 {limits.columns} 列以后还有内容。请删去右边无关的列，另存为 .xlsx 后再导入。")

    def closed(tag: str) -> None:
        nonlocal rows
        if tag == "table-row" and last:
            rows += row_repeat
            if rows > limits.rows:
                raise Refusal(f"有内容的行超过 {limits.rows:,} 行。请分成几个文件再导入。")

    with open_archive(data, limits) as archive:
        for name in archive.namelist():
            if name == "content.xml":
                walk(archive, name, limits, opened=opened, closed=closed)
            elif name.lower().endswith(".xml"):
                walk(archive, name, limits)
