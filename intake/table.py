"""Table: the records beneath a header, every cell read by its field's kind or marked with what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import time
from typing import Any, Final

from intake.cells import Cell, CellError, Row, Sheet, Uncalculated
from intake.headers import Header, normal
from intake.merged import tops
from policy.kinds import Field, Unreadable
from policy.kinds.cell import scaled
from policy.kinds.money import MONEY
from policy.kinds.several import answered
from policy.names import fold

_TOTAL: Final = re.compile(r".*(?:合计|小计|总计|共计|累计)(?:[:：]?[0-9.,]*[人户元]?)?")
_NOTE: Final = re.compile(
    r"(?:填表|填报|制表|编制|使用|填写)说明.*|说明[:：].*|备?注[0-9]?[:：].*|"
    r"(?:单位负责人|负责人|分管领导|分管负责人|领导|股.{0,5}负责人|审核人?|复核人?|审批人?|填报人|填表人|制表人?|经办人|联系人|联系电话|"
    r"填报日期|填表日期|制表日期|填报单位|制表单位|编制单位)[:：].*"
)
_INSTRUCTIONS: Final = re.compile(r"(?:填表|填报|制表|编制|使用|填写)?说明.*|备?注[0-9]?[:：].*")
_EXAMPLE: Final = "示例"
_MONEY_UNIT: Final = re.compile(r"([万亿]?元)(?:[/每人户月年·.]*)")
_FEN: Final = {"万元": 10**6, "亿元": 10**10}
_COUNTED: Final = re.compile(r"([0-9][0-9,]*)\s*(户次|人次|户|人|名)")
_SAYS: Final = {"户次": "户次", "人次": "人次", "户": "户数", "人": "人数", "名": "人数"}
"""Unit behind a figure → how the label of a column of such counts ends."""
_COUNTS: Final = tuple(_SAYS.values())
_FIGURE: Final = re.compile(r"[-+−]?[0-9][0-9,]*(?:\.[0-9]+)?")

UNCALCULATED: Final = "公式未计算，没有结果。请在 Excel 或 WPS 中打开原表，保存后再导入。"


@dataclass(frozen=True, slots=True)
class Record:
    """One row. `row_number` as in Excel; `values`: field id → stored value (None = blank); `errors`: field id → what is wrong and
    what to do (such a field has no value; None where it is blank and must not be); `raw`: field id → the cell as read."""

    row_number: int
    values: Mapping[str, Any]
    errors: Mapping[str, str]
    raw: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no record, and why."""

    row_number: int
    reason: str
    row: Row


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a sheet, the rows left out (blank ones are not listed), and what was done to whole columns. `merged`: field id →
    rows whose cell is merged with the one above; `filled`: (row number, field id) → the value above, where it holds for the row."""

    records: tuple[Record, ...]
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    merged: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    filled: Mapping[tuple[int, str], Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """What the clerk has said of a sheet's cells. `units`: field id → money unit of its column (元, 万元) whatever the heading says;
    `answers`: field id → text as sent (`answer_key`) → text meant; `edits`: (row number, field id) → text typed instead; `filled`:
    fields whose merged cells hold for all their rows."""

    units: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    edits: Mapping[tuple[int, str], str] = field(default_factory=dict)
    filled: Collection[str] = ()


NOTHING_SAID: Final = Said()


def answer_key(text: str) -> str:
    """How a text as sent is looked up among the answers."""
    return fold(text)


def records(
    sheet: Sheet,
    header: Header,
    columns: Mapping[str, int],
    fields: Mapping[str, Field],
    said: Said = NOTHING_SAID,
    tick: Callable[[int], None] | None = None,
) -> Table:
    """Read the rows beneath the header. `columns`: field id → column from 0, as matched and confirmed by the clerk; `tick(rows
    done)` is called now and then and may raise to end the reading."""
    units = {
        field_id: said.units.get(field_id) or _unit(header, column)
        for field_id, column in columns.items()
        if fields[field_id].kind is MONEY
    }
    found: list[Record] = []
    skipped: list[Skipped] = []
    seen: _Seen = {}
    above = {place: top for place, top in tops(sheet.rows, sheet.merged).items() if top > header.last}
    merged: dict[str, list[int]] = {}
    filled: dict[tuple[int, str], Cell] = {}
    instructions = False
    headings = {one.column: {normal(one.whole), normal(one.text), normal(one.group)} for one in header.headings}
    for number, row in sheet.rows.items():
        if number <= header.last:
            continue
        reason = _reason(number, row, header, headings, instructions)
        raw = {field_id: _blank(row[column] if column < len(row) else None) for field_id, column in columns.items()}
        if not reason and all(cell is None for cell in raw.values()):
            if any(_blank(cell) is not None for cell in row):
                skipped.append(Skipped(number, "要导入的列全是空白", row))
            continue
        if reason:
            instructions = instructions or reason == "填表说明"
            skipped.append(Skipped(number, reason, row))
            continue
        for field_id in [one for one, column in columns.items() if (number, column) in above] if above else ():
            if (number, field_id) in said.edits:
                continue
            merged.setdefault(field_id, []).append(number)
            if field_id in said.filled:
                raw[field_id] = filled[number, field_id] = sheet.rows[above[number, columns[field_id]]][columns[field_id]]
        found.append(_record(number, raw, fields, units, said, seen))
        if tick and len(found) % 1000 == 0:
            tick(len(found))
    notes = [f"“{fields[field_id].label}”按{unit}读取，已换算为元。" for field_id, unit in units.items() if unit not in ("", "元")]
    notes += [f"“{fields[field_id].label}”的合并格已填入下面的 {len(merged[field_id])} 行。" for field_id in merged if field_id in said.filled]
    return Table(tuple(found), tuple(skipped), tuple(notes), {one: tuple(numbers) for one, numbers in merged.items()}, filled)


_Seen = dict[tuple[str, type, Cell], Any]
"""What cells of a column were read as: a column of many rows says the same over and over."""


def _record(
    number: int, raw: Mapping[str, Cell], fields: Mapping[str, Field], units: Mapping[str, str], said: Said, seen: _Seen
) -> Record:
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field_id, sent in raw.items():
        field = fields[field_id]
        cell: Cell = said.edits.get((number, field_id), sent)
        if isinstance(cell, str) and field_id in said.answers:
            cell = answered(field.kind, cell, said.answers[field_id])
        read = field_id, type(cell), cell
        try:
            value = seen[read] if read in seen else seen.setdefault(read, _parse(cell, field, units.get(field_id, "")))
        except Unreadable as unreadable:
            errors[field_id] = str(unreadable)
            continue
        values[field_id] = value
        if value is None and field.required:
            errors[field_id] = f"“{field.label}”没有填写。请补填后再导入。"
    return Record(number, values, errors, raw)


def _parse(cell: Cell, field: Field, unit: str) -> Any:
    match cell:
        case CellError(text):
            raise Unreadable(f"单元格显示为错误（{text}）。请在原表中改正公式或加宽列，保存后再导入。")
        case Uncalculated():
            raise Unreadable(UNCALCULATED)
        case time():
            raise Unreadable(f"单元格里是时间 {cell:%H:%M:%S}，不是“{field.label}”。请在原表中改正后再导入。")
    if isinstance(cell, str) and field.label.endswith(_COUNTS):  # 210 户 in a column of 户数 says no more than 210
        counted = _COUNTED.fullmatch(unicodedata.normalize("NFKC", cell).strip())
        cell = counted[1] if counted and field.label.endswith(_SAYS[counted[2]]) else cell
    return field.kind.parse(cell if unit in ("", "元") else _in_unit(cell, unit), None)


def _in_unit(cell: Cell, unit: str) -> Cell:
    """A figure in the unit of its heading as the kind of money reads it; a text that names its own unit keeps it."""
    if isinstance(cell, str):
        figure = unicodedata.normalize("NFKC", cell).strip().lstrip("¥")
        if not _FIGURE.fullmatch(figure):
            return cell
        written = f"{figure}{unit}"
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        fen = scaled(cell, _FEN.get(unit, 100))
        if fen is None:
            raise Unreadable(f"{cell} {unit}换算成元后不到 1 分还有余数。请核对原表的数和单位。")
        written = f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"
    else:
        return cell
    if unit not in _FEN:
        raise Unreadable(f"标题的单位是“{unit}”，程序不换算。请在原表中改为元或万元后再导入。")
    return written


def _unit(header: Header, column: int) -> str:
    """The money unit of a column: its heading's, else the sheet's. Per month or per person (元/月) is still 元."""
    own = next((one.unit for one in header.headings if one.column == column), "") or header.unit
    found = _MONEY_UNIT.fullmatch(own)
    return found[1] if found else own


def _blank(cell: Cell) -> Cell:
    return None if isinstance(cell, str) and not cell.strip(" \t\r\n\u3000\xa0\u200b\ufeff") else cell


def _reason(number: int, row: Row, header: Header, headings: Mapping[int, Collection[str]], instructions: bool) -> str:
    """Why a row is no record; "" for a record (or a blank row). `headings`: column → what a repeated heading there says."""
    texts = ["".join(cell.split()) for cell in row if isinstance(cell, str) and cell.strip()]
    if not texts:
        return "栏次行" if _is_column_numbers(number, row, header) else ""
    if any(text.startswith(_EXAMPLE) for text in texts):
        return "示例行"
    first = texts[0]
    if _TOTAL.fullmatch(first):
        return "合计行"
    if _NOTE.fullmatch(first) or first.rstrip("：:") == "说明":
        return "填表说明" if _INSTRUCTIONS.fullmatch(first) else "签注行"
    if instructions and sum(_blank(cell) is not None for cell in row) == 1:
        return "填表说明"
    if _repeats(row, headings):
        return "重复的标题行"
    return "栏次行" if _is_column_numbers(number, row, header) else ""


def _repeats(row: Row, headings: Mapping[int, Collection[str]]) -> bool:
    """A page's repeated heading row: at least two cells, and each says what its heading (or the last part of it) says."""
    filled = [(column, cell) for column, cell in enumerate(row) if _blank(cell) is not None]
    return len(filled) >= 2 and all(isinstance(cell, str) and normal(cell) in headings.get(column, ()) for column, cell in filled)


def _is_column_numbers(number: int, row: Row, header: Header) -> bool:
    """The row of column numbers right beneath the headings: 甲 乙 1 2 3, 栏次 1 2 3."""
    if number != header.last + 1:
        return False
    filled = [str(cell).strip() for cell in row if _blank(cell) is not None]
    figures = [text.strip("()（）") for text in filled if text not in ("甲", "乙", "丙", "丁", "栏次", "序号", "—", "-")]
    return len(figures) >= 3 and len(filled) >= len(header.headings) - 1 and figures == [str(n) for n in range(1, len(figures) + 1)]
