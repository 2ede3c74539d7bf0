"""One worksheet of an .xlsx, read and checked in a single pass over its XML, so that what was checked is what is read.

Nothing is taken from <dimension>: WPS writes wrong ones.
"""

from __future__ import annotations

import math
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from intake.cells import Cell, CellError, Row, Uncalculated, column_letters, column_number, cut, text_cell
from intake.excel_dates import from_iso, from_serial
from intake.limits import LIMITS, Limits
from intake.precheck import Attributes, walk
from intake.refusal import DAMAGED, RESAVE, Refusal

_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,4})?")
_ESCAPE: Final = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Shared:
    """What all sheets of a workbook share: texts by index, style index → date | duration, and the date system."""

    strings: Sequence[str]
    dates: Mapping[int, str]
    from_1904: bool


@dataclass(slots=True)
class SheetXml:
    """What one worksheet holds; as `intake.cells.Sheet`, merged ranges not yet applied."""

    rows: dict[int, Row] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: int = 0


def read_sheet(
    archive: zipfile.ZipFile, part: str, shared: Shared, limits: Limits = LIMITS, fed: Callable[[int], None] | None = None
) -> SheetXml:
    """All cells of a worksheet part; `fed` hears the bytes read so far. Raises Refusal naming the cell."""
    sheet = SheetXml()
    columns: dict[str, int] = {}
    cells: list[Cell] = []
    row = 0
    column = -1
    kind = style = ""
    inside = ""
    """The element whose text is being gathered: v, t or f of a cell; rPh (a reading aid, no content)."""
    gathered: list[str] = []
    size = 0
    value: str | None = None
    formula: str | None = None
    in_cell = False

    def refuse(sentence: str) -> Refusal:
        return Refusal(f"单元格 {column_letters(max(column, 0))}{row}：{sentence}")

    def begin_row(attributes: Attributes) -> None:
        nonlocal row, column
        given = attributes.get("r")
        number = row + 1 if given is None else int(given) if re.fullmatch("[0-9]{1,9}", given) else 0
        if number > limits.row_number:
            raise Refusal(f"行号 {number} 超过 Excel 的最大行号 {limits.row_number:,}，文件不正常。{RESAVE}")
        if number <= row:
            raise Refusal(f"第 {row} 行以后的行号错乱，无法确认没有漏读。{RESAVE}")
        row, column = number, -1
        cells.clear()
        sheet.hidden_rows += attributes.get("hidden") in ("1", "true")

    def begin_cell(attributes: Attributes) -> None:
        nonlocal column, kind, style, value, formula, in_cell
        before = column
        reference = attributes.get("r")
        if reference is None:
            column += 1
        else:
            letters = reference.rstrip("0123456789")
            if letters not in columns:
                if not re.fullmatch("[A-Z]{1,3}", letters):
                    raise refuse(f"后面的单元格位置“{reference[:20]}”认不出。{RESAVE}")
                columns[letters] = column_number(letters)
            column = columns[letters]
            if column <= before or reference[len(letters) :] != str(row):
                raise refuse(f"单元格的顺序错乱，无法确认没有漏读。{RESAVE}")
        kind, style, value, formula, in_cell = attributes.get("t", "n"), attributes.get("s", ""), None, None, True

    def opened(tag: str, attributes: Attributes) -> None:
        nonlocal inside, size
        if tag == "c":
            begin_cell(attributes)
        elif in_cell:
            if tag in ("v", "t", "f", "rPh") and not inside:
                inside, size = tag, 0
                gathered.clear()
        elif tag == "row":
            begin_row(attributes)
        elif tag == "mergeCell":
            sheet.merged.append(attributes.get("ref", ""))
            if len(sheet.merged) > limits.merges:
                raise Refusal("合并单元格过多。请取消合并后另存，再导入。")

    def text(data: str) -> None:
        nonlocal size
        if inside:
            size += len(data)
            if size > limits.text * 7:  # each sign may be written as _x0041_
                raise refuse(f"内容超过 {limits.text:,} 个字。请核对后另存为 .xlsx 再导入。")
            gathered.append(data)

    def closed(tag: str) -> None:
        nonlocal inside, value, formula, in_cell
        if tag == inside:
            if tag == "f":
                formula = "".join(gathered)
            elif tag != "rPh":
                value = (value or "") + "".join(gathered)
            inside = ""
        elif tag == "c":
            in_cell = False
            if value is not None or formula is not None:
                finish_cell()
        elif tag == "row" and cells:
            finish_row()

    def finish_cell() -> None:
        cell = read_value()
        if cell is None:
            return
        if column >= limits.columns:
            raise refuse(f"在第 {limits.columns} 列以后还有内容。请删去右边无关的列，另存后再导入。")
        if isinstance(cell, str) and len(cell) > limits.text:
            raise refuse(f"内容超过 {limits.text:,} 个字。请核对后另存为 .xlsx 再导入。")
        cells.extend([None] * (column - len(cells)))
        cells.append(cell)

    def finish_row() -> None:
        sheet.rows[row] = cut(cells)
        if len(sheet.rows) > limits.rows:
            raise Refusal(f"有内容的行超过 {limits.rows:,} 行。请分成几个文件再导入。")

    def read_value() -> Cell:
        if kind == "e":
            return CellError((value or "").strip() or "#VALUE!")
        if formula is not None and (value is None or (not value and kind != "str")):
            return Uncalculated(formula[:200])
        if not value:
            return None
        match kind:
            case "n":
                return read_number(value.strip())
            case "s":
                if not value.isascii() or not value.isdigit() or int(value) >= len(shared.strings):
                    raise Refusal(DAMAGED)
                return text_cell(shared.strings[int(value)])
            case "b":
                return value.strip() in ("1", "true")
            case "d":
                return from_iso(value.strip())
        return text_cell(unescape(value))

    def read_number(written: str) -> Cell:
        """Whole numbers stay exact however long; what is no finite number is refused."""
        if not written:
            return None
        if len(written) > 64 or not _NUMBER.fullmatch(written) or not math.isfinite(float(written)):
            raise refuse(f"数值“{written[:20]}”不是有效的数。请在原表改正后保存，再导入。")
        sort = shared.dates.get(int(style)) if style.isascii() and style.isdigit() else None
        if sort:
            return from_serial(float(written), sort, shared.from_1904)
        if written.lstrip("+-").isdigit():
            return int(written)
        number = float(written)
        return int(number) if number.is_integer() and abs(number) < 1e15 else number

    walk(archive, part, limits, opened=opened, closed=closed, text=text, fed=fed)
    return sheet


def unescape(text: str) -> str:
    """_x0034_ → 4, as Excel writes signs that XML cannot hold; half a surrogate pair becomes �."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
