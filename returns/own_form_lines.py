"""Which lines go into a form sent down, and what is to be told before a single cell is filled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl.utils import get_column_letter

from returns.own_form import Page, cell_name, heading_text, plain, shape
from returns.own_form_map import ALL, BUREAU, NUMBER, TOWNS, FormMap, parts_of
from returns.sheet import Row, Scope, Sheet

STOP, DIFFERS, ROUNDING, NOTE = "不能填", "不一致", "四舍五入", "说明"
_SAMPLE: Final = re.compile(r".*(?:示例|样例|举例|[Xx×某]{1,3}[镇乡县街]).*|例.*")
_SCOPES: Final = {TOWNS: (Scope.TOWN,), BUREAU: (Scope.BUREAU,)}


@dataclass(frozen=True, slots=True)
class Told:
    """Something the clerk is to know before the file is saved. `where`: the cell or column in the filled form."""

    level: str
    where: str
    said: str


def same_headings(blank: Page, how: FormMap) -> None:
    """Refuse a form whose headings are no longer those its map was made for."""
    now = shape(blank, how.header, how.detail, how.total).headings
    for column, filling in how.columns.items():
        heading = heading_text(now.get(column, ()))
        if filling.heading and plain(filling.heading) != plain(heading):
            raise ValueError(f"表样第 {get_column_letter(column)} 列现在是“{heading or '空白'}”，做对应时是“{filling.heading}”。表样变了，请重新做一次对应。")


@dataclass(frozen=True, slots=True)
class Line:
    """One line to fill: its number, its row on our form, and what it is about."""

    number: int
    row: Row
    key: object


def line_key(sheet: Sheet, row: Row) -> object:
    """What a line is about, so that lines of two forms meet: a person, a contract, a record, else the unit."""
    first = row.cells[0]
    if first.people:
        return "人", first.people[0]
    if first.contracts:
        return "合同", first.contracts[0]
    if first.records:
        return first.records[0]
    return ("单位", row.unit) if row.unit is not None else (sheet.key, row.name)


def body(sheet: Sheet) -> list[Row]:
    """The lines of a form that count: no 合计, no 其中."""
    return [row for row in sheet.rows if row.scope not in (Scope.TOTAL, Scope.MEMO)]


def lines_of(blank: Page, how: FormMap, sheets: Mapping[str, Sheet]) -> list[Line]:
    """The lines to fill; in the order of the names that stand in the form already, where they all are names of ours."""
    if how.lines not in sheets:
        raise ValueError(f"没有“{how.lines}”这张报表，明细行无从填起。请重新选明细行取自哪张表。")
    sheet = sheets[how.lines]
    rows = [row for row in body(sheet) if how.which == ALL or row.scope in _SCOPES[how.which]]
    names = _given_names(blank, how)
    if names:
        of = {plain(row.name): row for row in rows}
        given = [of[name] for name in names if name in of]
        if len(given) == len(names) == len(set(names)):
            rows = [*given, *(row for row in rows if row not in given)]
    return [Line(number, row, line_key(sheet, row)) for number, row in enumerate(rows, 1)]


def _given_names(blank: Page, how: FormMap) -> list[str]:
    """Names of units the form's lines bear already, from the first line on."""
    column = next((column for column, filling in how.columns.items() if filling.field == f"{how.lines}[甲]"), 0)
    names = [plain(blank.values.get((row, column))) for row in range(how.detail[0], how.detail[1] + 1)]
    filled = [name for name in names if name and not _SAMPLE.fullmatch(name)]
    return filled if column and filled == names[: len(filled)] else []


def stops(how: FormMap, lines: Sequence[Line], blank: Page) -> list[Told]:
    """Why the lines cannot be filled."""
    where = f"第 {how.detail[0]} 行起"
    if not lines:
        return [Told(STOP, where, f"{how.lines}里没有{'' if how.which == ALL else how.which}的行，没有可填的明细。请换一张表，或改“填哪些行”。")]
    if how.most and len(lines) > how.most:
        left = "、".join(line.row.name for line in lines[how.most :][:6])
        said = f"表样最多填 {how.most} 行，台账有 {len(lines)} 行，填不下的有 {len(lines) - how.most} 行：{left}。请放宽“最多行数”，或与上级核实表样。"
        return [Told(STOP, where, said)]
    if (names := _given_names(blank, how)) and (strange := [name for name in names if name not in {plain(line.row.name) for line in lines}]):
        return [Told(STOP, where, f"表样里已印好的“{strange[0]}”，台账里没有。请核对单位名称，或把表样里印好的名称清空后再填。")]
    return []


def unknown(how: FormMap, sheets: Mapping[str, Sheet]) -> list[Told]:
    """Figures of the map that our forms do not have."""
    found = []
    columns = [(f"第 {get_column_letter(at)} 列", filling) for at, filling in how.columns.items()]
    for where, filling in (*columns, *((cell_name(at), filling) for at, filling in how.cells.items())):
        named = parts_of(filling.field)
        if named is None or named[0] not in sheets:
            if filling.field != NUMBER:
                found.append(Told(STOP, where, f"没有“{filling.field}”这一项。请重新选。"))
        elif (named[1] or filling in how.columns.values()) and all(column.mark != named[2] for column in sheets[named[0]].columns):
            found.append(Told(STOP, where, f"{named[0]}没有第 {named[2]} 栏。请重新选。"))
    return found


def unmapped(blank: Page, how: FormMap) -> list[Told]:
    """Columns of the form nobody fills; a column of formulas fills itself."""
    headings = shape(blank, how.header, how.detail, how.total).headings
    open_columns = [column for column in headings if column not in how.columns and (how.detail[0], column) not in blank.formulas]
    return [Told(NOTE, f"第 {get_column_letter(column)} 列", f"“{heading_text(headings[column])}”没有对应，留空。") for column in open_columns]


def left_over(blank: Page, how: FormMap) -> list[Told]:
    """What the form brings in its lines, in columns nobody fills."""
    return [
        Told(NOTE, cell_name(at), f"表样这里原有“{str(value)[:20]}”，没有改动，请核对是否与填入的行对得上。")
        for at, value in sorted(blank.values.items())
        if how.detail[0] <= at[0] <= how.detail[1] and at[1] not in how.columns and at not in how.cells
    ]


def indexed(sheet: Sheet) -> dict[object, Row]:
    """Lines by what they are about; what stands on two lines is on neither."""
    found: dict[object, Row] = {}
    twice = set()
    for row in body(sheet):
        key = line_key(sheet, row)
        twice |= {key} & found.keys()
        found[key] = row
    return {key: row for key, row in found.items() if key not in twice}
