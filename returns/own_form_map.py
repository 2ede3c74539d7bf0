"""The map of a form sent down: which of our figures belongs in which of its columns and cells, kept as text (*.map.toml) beside the form.

A figure is named as on our own forms: 表2[5] is a column, 表2[合计,5] one cell, 封面[填报单位] a line of the cover, 序号 the line's number.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.utils.exceptions import CellCoordinatesException

from returns.own_form import Place, cell_name
from returns.package import PERSONAL_FORMS
from returns.sheet import Column, Measure, Scope, Sheet, shown

NUMBER: Final = "序号"
ALL, TOWNS, BUREAU = "全部", "乡镇", "县局"
LINES: Final = (ALL, TOWNS, BUREAU)
MONEY_UNITS: Final = ("元", "万元")
SHARES: Final = ("%", "小数")
KEEP, VALUE = "保留公式", "填数值"
_FIELD: Final = re.compile(r"([^\[\],]+)\[(?:([^\[\]]+),)?([^\[\],]+)\]")


@dataclass(frozen=True, slots=True)
class Filling:
    """What belongs in a column or cell. `unit`: 元 or 万元 of money, % or 小数 of a share, "" as the figure is; `decimals` it is
    rounded to, half up (None: as on our form); `formula`: whether the form's own formula there stays; `heading` as it was when mapped."""

    field: str
    unit: str = ""
    decimals: int | None = None
    formula: str = KEEP
    heading: str = ""


@dataclass(frozen=True, slots=True)
class FormMap:
    """A form's map. Rows and columns from 1. `lines`: the form of ours whose lines are its lines; `which` of them; `total` 0: none;
    `most` lines it takes (0: it may grow); `whole_numbers`: identity and telephone numbers unmasked."""

    name: str
    sheet: str
    header: tuple[int, int]
    detail: tuple[int, int]
    total: int = 0
    lines: str = "表2"
    which: str = ALL
    most: int = 0
    whole_numbers: bool = False
    columns: Mapping[int, Filling] = field(default_factory=dict)
    cells: Mapping[Place, Filling] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offer:
    """A figure that may be put into a form: how it is named, in words, its heading as on our form, and how it is measured."""

    field: str
    form: str
    words: tuple[str, ...]
    measure: Measure

    @property
    def text(self) -> str:
        """表2 第5栏 实际配备人数/合计; 表2 甲栏 单位名称."""
        parts = parts_of(self.field)
        mark = "" if not parts or parts[1] or len(parts[2]) > 2 else f" 第{parts[2]}栏" if parts[2].isdecimal() else f" {parts[2]}栏"
        return f"{self.form}{mark} {'/'.join(self.words)}" if self.form else self.field


def parts_of(name: str) -> tuple[str, str, str] | None:
    """(form, line or "", 栏次) of a figure's name; None where it is none."""
    found = _FIELD.fullmatch(name)
    return (found[1], found[2] or "", found[3]) if found else None


def line_name(sheet: Sheet, at: int) -> str:
    """What a line is called in a figure's name: its 行次 on an upright form, else its name."""
    row = sheet.rows[at]
    return shown(row.cells[0], Measure.CODE) if sheet.upright else row.name


def names_people(one: FormMap, sheets: Mapping[str, Sheet]) -> bool:
    """Whether what the map fills in says of somebody who they are or what they earn: lines of 附表1 and 附表2, names in other forms."""
    return any(_of_people(filling.field, sheets) for filling in (*one.columns.values(), *one.cells.values()))


def _of_people(name: str, sheets: Mapping[str, Sheet]) -> bool:
    form, line, mark = parts_of(name) or ("", "", "")
    if form in PERSONAL_FORMS and line != Scope.TOTAL.value:
        return True
    return form in sheets and any(column.mark == mark and column.personal for column in sheets[form].columns)


def column_offers(sheets: Sequence[Sheet]) -> tuple[Offer, ...]:
    """The figures a column may be filled with: every column of every form that has lines."""
    found = [
        Offer(f"{sheet.key}[{column.mark}]", sheet.key, _words(column), column.measure)
        for sheet in sheets
        if not sheet.upright and sheet.key not in ("封面", "审核表")
        for column in sheet.columns
    ]
    return (Offer(NUMBER, "", (NUMBER,), Measure.COUNT), *found)


def cell_offers(sheets: Sequence[Sheet]) -> tuple[Offer, ...]:
    """The figures a single cell may be filled with: county and task from the cover, every 合计, every line of an upright form."""
    found = []
    for sheet in sheets:
        if sheet.key == "封面":
            found += [Offer(f"封面[{row.name}]", "封面", (row.name,), Measure.TEXT) for row in sheet.rows]
            continue
        for at, row in enumerate(sheet.rows):
            if sheet.upright or row.scope is Scope.TOTAL:
                name = line_name(sheet, at)
                found += [
                    Offer(f"{sheet.key}[{name},{column.mark}]", sheet.key, (row.name, *_words(column)), row.cells[place].measure or column.measure)
                    for place, column in enumerate(sheet.columns)
                ]
    return tuple(found)


def _words(column: Column) -> tuple[str, ...]:
    return (*column.groups, column.label)


def to_toml(one: FormMap) -> str:
    """The map as text a person can read and mend."""
    head = {
        "name": one.name, "sheet": one.sheet, "header": list(one.header), "detail": list(one.detail), "total": one.total, "lines": one.lines,
        "which": one.which, "most": one.most, "whole_numbers": one.whole_numbers,
    }  # fmt: skip
    text = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    for title, entries in (
        ("columns", {get_column_letter(column): filling for column, filling in sorted(one.columns.items())}),
        ("cells", {cell_name(at): filling for at, filling in sorted(one.cells.items())}),
    ):
        text += ["", f"[{title}]", *(f"{key} = {_inline(filling)}" for key, filling in entries.items())]
    return "\n".join(text) + "\n"


def _inline(one: Filling) -> str:
    said = {"field": one.field, "unit": one.unit, "decimals": one.decimals, "formula": one.formula if one.formula != KEEP else "", "heading": one.heading}
    return "{ " + ", ".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items() if value not in ("", None)) + " }"


def from_toml(text: str, where: str) -> FormMap:
    """A map from its text; ValueError with a sentence where it is none. `where`: the file's name."""
    try:
        said = tomllib.loads(text)
        columns = {column_index_from_string(key): _filling(value) for key, value in said.pop("columns", {}).items()}
        cells = {_place(key): _filling(value) for key, value in said.pop("cells", {}).items()}
        header, detail = (_span(said.pop(key)) for key in ("header", "detail"))
        made = FormMap(header=header, detail=detail, columns=columns, cells=cells, **said)
        _checked(made)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError, CellCoordinatesException) as wrong:
        said_why = f"：{wrong}" if isinstance(wrong, WrongMap) else "，内容认不出。"
        raise ValueError(f"对应文件“{where}”读不出来{said_why}请在“按上级表样填报”里重新做一次对应。") from wrong
    return made


class WrongMap(ValueError):  # noqa: N818 - said to a clerk
    """What is wrong with a map, as the middle of a sentence."""


def _filling(said: Any) -> Filling:
    return Filling(**said)


def _place(text: str) -> Place:
    letters, row = coordinate_from_string(text)
    return row, column_index_from_string(letters)


def _span(said: Any) -> tuple[int, int]:
    first, last = said
    return int(first), int(last)


def _checked(one: FormMap) -> None:
    if not 0 < one.detail[0] <= one.detail[1]:
        raise WrongMap("明细行的起止不对。")
    if one.which not in LINES:
        raise WrongMap(f"which 应为{'、'.join(LINES)}之一。")
    if one.detail[0] <= one.total <= one.detail[1]:
        raise WrongMap("合计行落在明细行里。")
    named = [*((get_column_letter(at), filling) for at, filling in one.columns.items()), *((cell_name(at), filling) for at, filling in one.cells.items())]
    for where, filling in named:
        if filling.field != NUMBER and parts_of(filling.field) is None:
            raise WrongMap(f"{where} 的“{filling.field}”不是报表的栏次（如 表2[5]）。")
        if filling.unit not in ("", *MONEY_UNITS, *SHARES):
            raise WrongMap(f"{where} 的单位应为 元、万元、% 或 小数。")
        if filling.formula not in (KEEP, VALUE):
            raise WrongMap(f"{where} 的 formula 应为“{KEEP}”或“{VALUE}”。")
        if filling.decimals is not None and not 0 <= filling.decimals <= 8:
            raise WrongMap(f"{where} 的小数位数应为 0 到 8。")
