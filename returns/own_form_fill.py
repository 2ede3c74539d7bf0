"""Filling a form sent down by its map: our figures into a copy, rows put in where it has too few, its formulas kept and worked out.

Whatever does not fit is told before anything is saved; what is saved was read back cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from returns.own_form import Page, Place, cell_name, opened, page
from returns.own_form_formula import half_up
from returns.own_form_grow import grow
from returns.own_form_lines import (
    DIFFERS,
    NOTE,
    ROUNDING,
    Line,
    Told,
    body,
    indexed,
    left_over,
    lines_of,
    same_headings,
    stops,
    unknown,
    unmapped,
)  # fmt: skip
from returns.own_form_map import KEEP, NUMBER, Filling, FormMap, line_name, names_people, parts_of
from returns.own_form_results import Results, results, with_results
from returns.sheet import PER_UNIT, UNIT_WORDS, Cell, Mark, Measure, Scope, Sheet, decimals, shown
from returns.workbook import CREATOR, Stored, WriteError, put, storable

_LABEL: Final = re.compile(r"(.*[:：])[\s_＿]*", re.DOTALL)
_OWN_UNIT: Final = {**UNIT_WORDS, Measure.RATE: "小数"}
_FEN: Final = {"元": 100, "万元": 1_000_000}
_WORDS: Final = (Measure.TEXT, Measure.LONG, Measure.CODE)
_NO_CELL: Final = Cell()


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A filled copy. `values`: sheet → place → what stands there, `results`: what its formulas come to; `ours`: places filled by us."""

    content: bytes
    page: Page
    values: Mapping[str, Mapping[Place, object]] = field(default_factory=dict)
    results: Results = field(default_factory=dict)
    ours: frozenset[Place] = frozenset()
    told: tuple[Told, ...] = ()
    lines: int = 0
    personal: bool = False
    """Somebody's name, numbers or pay stands in it: it goes out with a purpose only."""

    def of(self, *levels: str) -> tuple[Told, ...]:
        """What is told at these levels."""
        return tuple(one for one in self.told if one.level in levels)


def fill(content: bytes, how: FormMap, sheets: Mapping[str, Sheet], day: date) -> FilledForm:
    """A filled copy of the form, dated `day`, and all there is to tell. `sheets`: our forms by key. ValueError with a sentence where form and map
    do not belong together; where something cannot be filled at all, the copy is empty and `of(STOP)` says why."""
    book = opened(content)
    if how.sheet not in book.sheetnames:
        raise ValueError(f"表样里没有工作表“{how.sheet}”。上级换了表样的，请重新做一次对应。")
    sheet = book[how.sheet]
    before = {one.title: page(one) for one in book.worksheets}
    blank = before[how.sheet]
    same_headings(blank, how)
    lines = lines_of(blank, how, sheets)
    told = [*unmapped(blank, how), *left_over(blank, how)]
    if refused := [*stops(how, lines, blank), *unknown(how, sheets)]:
        return FilledForm(b"", blank, told=(*refused, *told), lines=len(lines))
    room = how.detail[1] - how.detail[0] + 1
    by = max(0, len(lines) - room)
    grow(book, sheet, how.detail[1], by)
    pen = _Pen(sheet, how, sheets, how.detail[1], by)
    pen.detail(lines)
    pen.totals(lines)
    pen.cells()
    found = results(book)
    told += [*pen.told, *pen.compared(found), *_not_worked_out(book, found, how.sheet)]
    values = _expected(before, how, by, pen)
    saved = _saved(book, found, day)
    _verified(saved, values, before, how, by, pen)
    return FilledForm(saved, page(opened(saved)[how.sheet]), values, found, frozenset(pen.written), tuple(told), len(lines), names_people(how, sheets))


class _Pen:
    """Writes into the copy, remembering what was written where and which formulas of the form have a figure of ours to agree with."""

    def __init__(self, sheet: Worksheet, how: FormMap, sheets: Mapping[str, Sheet], last: int, by: int) -> None:
        self.sheet, self.how, self.sheets, self.last, self.by = sheet, how, sheets, last, by
        self.written: dict[Place, Stored] = {}
        self.kept: dict[Place, Stored] = {}
        self.told: list[Told] = []
        self._found = {key: indexed(one) for key, one in sheets.items()}

    def at(self, row: int) -> int:
        """Where a row of the form stands now."""
        return row + self.by if row > self.last else row

    def detail(self, lines: Sequence[Line]) -> None:
        """Every line, and nothing left of samples beneath."""
        first = self.how.detail[0]
        for column, filling in self.how.columns.items():
            missing = []
            for line in lines:
                cell, measure = self._figure(filling, line)
                if cell is None:
                    missing.append(line.row.name)
                self._put((first + line.number - 1, column), stored(cell or _NO_CELL, measure, filling), filling)
            if missing:
                said = f"{filling.field}里没有这些行，留空：{'、'.join(missing[:6])}{f' 等 {len(missing)} 行' if len(missing) > 6 else ''}。"
                self.told.append(Told(NOTE, f"第 {get_column_letter(column)} 列", said))
            for row in range(first + len(lines), self.last + 1):
                if not self._has_formula((row, column)):
                    self._put((row, column), None, filling)

    def _figure(self, filling: Filling, line: Line) -> tuple[Cell | None, Measure]:
        if filling.field == NUMBER:
            return Cell(line.number), Measure.COUNT
        form, _, mark = parts_of(filling.field) or ("", "", "")
        sheet = self.sheets[form]
        place = sheet.column(mark)
        row = line.row if form == self.how.lines else self._found[form].get(line.key)
        return (None, sheet.columns[place].measure) if row is None else (row.cells[place], row.cells[place].measure or sheet.columns[place].measure)

    def totals(self, lines: Sequence[Line]) -> None:
        """The form's total row: its formulas stay, what it lacks is our 合计."""
        if not self.how.total:
            return
        row = self.at(self.how.total)
        for column, filling in self.how.columns.items():
            at = (row, column)
            cell, measure = self._total(column, filling, lines)
            if cell is not None and (self._has_formula(at) or self.sheet.cell(*at).value is None or isinstance(self.sheet.cell(*at).value, int | float)):
                self._put(at, stored(cell, measure, filling), filling)

    def _total(self, column: int, filling: Filling, lines: Sequence[Line]) -> tuple[Cell | None, Measure]:
        """Our 合计; of some of the lines the sum, where the column is one that adds up."""
        named = parts_of(filling.field)
        if named is None:
            return None, Measure.COUNT
        sheet = self.sheets[named[0]]
        place = sheet.column(named[2])
        measure = sheet.columns[place].measure
        whole = next((row.cells[place] for row in sheet.rows if row.scope is Scope.TOTAL), None)
        if measure in _WORDS:
            return None, measure
        figures = [cell.value for line in lines if (cell := self._figure(filling, line)[0]) is not None]
        all_figures = [row.cells[place].value for row in body(sheet)]
        if whole is not None and len(figures) == len(all_figures):
            return whole, whole.measure or measure
        if measure is not Measure.RATE and (whole is None or whole.value == _sum(all_figures)):
            return Cell(_sum(figures)), measure
        self.told.append(Told(NOTE, f"第 {get_column_letter(column)} 列", "只填部分行时，这一栏的合计不能由各行相加，合计留空，请自行填写。"))
        return None, measure

    def cells(self) -> None:
        """Single cells; after a label such as 填报单位： the words follow it."""
        for (row, column), filling in self.how.cells.items():
            at = (self.at(row), column)
            cell, measure = _standing_once(filling.field, self.sheets)
            if cell is None:
                self.told.append(Told(NOTE, cell_name(at), f"{filling.field}现在没有内容，没有填。"))
                continue
            value = stored(cell, measure, filling)
            label = _LABEL.fullmatch(str(self.sheet.cell(*at).value or ""))
            if label and value is not None:
                value = f"{label[1]}{shown(replace(cell, measure=None), measure) if not isinstance(value, str) else value}"
            self._put(at, value, filling)

    def _has_formula(self, at: Place) -> bool:
        return self.sheet.cell(*at).data_type == "f"

    def _put(self, at: Place, value: Stored, filling: Filling) -> None:
        cell: Any = self.sheet.cell(*at)
        if isinstance(cell, MergedCell):
            self.told.append(Told(DIFFERS, cell_name(at), f"这一格被合并格盖住，“{'' if value is None else value}”填不进去。请在表样里取消这里的合并，或不填这一列。"))
        elif cell.data_type == "f" and filling.formula == KEEP:
            self.kept[at] = value
        else:
            text = storable(value, f"{self.how.sheet} {cell_name(at)}") if isinstance(value, str) else value
            cell.value = None
            if isinstance(text, str):
                put(cell, text)
            else:
                cell.value = text
            self.written[at] = text

    def compared(self, found: Results) -> list[Told]:
        """Formulas of the form that come to something else than we have."""
        told = []
        steps = {column: filling.decimals for column, filling in self.how.columns.items()}
        for at, ours in sorted(self.kept.items()):
            theirs = found.get((self.how.sheet, at))
            if theirs is None or same(theirs, ours):
                continue
            if isinstance(ours, str | None) and not theirs:
                continue
            near = isinstance(ours, int | float) and isinstance(theirs, Fraction) and abs(theirs - _exact(ours)) <= Fraction(len(self.written) + 1, 2 * 10 ** (steps.get(at[1]) or 2))
            level = ROUNDING if near and at[0] == self.at(self.how.total) and steps.get(at[1]) != 0 and self._scaled(at[1]) else DIFFERS
            said = f"表样公式得 {_shown(theirs)}，台账数是 {_shown(ours)}。"
            told.append(Told(level, cell_name(at), said + ("差在各行四舍五入。" if level == ROUNDING else "请核对表样公式；以台账为准的，把这一列改为“填数值”。")))
        return told

    def _scaled(self, column: int) -> bool:
        """Whether a column's lines are rounded: money, shares and averages."""
        named = parts_of(self.how.columns[column].field) if column in self.how.columns else None
        return named is not None and self.sheets[named[0]].columns[self.sheets[named[0]].column(named[2])].measure in (*_OWN_UNIT, Measure.DECIMAL, Measure.TENTH)


def _sum(values: Sequence[object]) -> int | Fraction:
    return sum((value for value in values if isinstance(value, int | Fraction)), 0)


def _standing_once(field: str, sheets: Mapping[str, Sheet]) -> tuple[Cell | None, Measure]:
    """The cell of our forms that a single cell is filled from: 封面[填报单位], 表2[合计,5], 表4[12,本年]; None where it is not there."""
    form, line, mark = parts_of(field) or ("", "", "")
    sheet = sheets[form]
    if not line:
        return next(((row.cells[1], Measure.LONG) for row in sheet.rows if row.name == mark), (None, Measure.TEXT))
    for at, row in enumerate(sheet.rows):
        if line_name(sheet, at) == line:
            place = sheet.column(mark)
            return row.cells[place], row.cells[place].measure or sheet.columns[place].measure
    return None, Measure.TEXT


def is_label(words: str) -> bool:
    """Whether a cell's words wait for something after their colon: 填报单位（盖章）："""
    return _LABEL.fullmatch(words) is not None


def in_cell(filling: Filling, sheets: Mapping[str, Sheet]) -> str:
    """What a single cell would be filled with now, in words; "" for nothing."""
    cell, measure = _standing_once(filling.field, sheets)
    value = None if cell is None else stored(cell, measure, filling)
    return "" if value is None else _shown(value)


def stored(cell: Cell, measure: Measure, filling: Filling) -> Stored:
    """A figure as it stands in the form: in the unit asked for, rounded half up; words and codes as text."""
    value, measure = cell.value, cell.measure or measure
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, Mark) or measure in _WORDS:
        return str(value)
    unit = filling.unit or _OWN_UNIT.get(measure, "")
    places = filling.decimals if filling.decimals is not None else decimals(value, measure) - (2 if unit == "%" else 0)
    exact = Fraction(value) * (100 if unit == "%" else 1)
    if measure in PER_UNIT:
        exact /= _FEN.get(unit, 100)
    rounded = half_up(exact, places)
    return rounded.numerator if rounded.denominator == 1 and places == 0 else float(rounded)


def same(one: object, other: object) -> bool:
    """Whether two cells say the same: numbers as numbers, nothing and an empty text alike."""
    if isinstance(one, int | float | Fraction) and isinstance(other, int | float | Fraction):
        return abs(_exact(one) - _exact(other)) * 10**9 <= max(Fraction(1), abs(_exact(one)))
    return (one or None) == (other or None) if isinstance(one, str | None) and isinstance(other, str | None) else one == other


def _exact(number: float | Fraction) -> Fraction:
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)


def _shown(value: object) -> str:
    if isinstance(value, Fraction):
        return f"{float(value):,.10g}"
    return f"{value:,}" if isinstance(value, int | float) else str(value or "空白")


def _not_worked_out(book: Workbook, found: Results, name: str) -> list[Told]:
    left = [
        f"{sheet.title} {cell.coordinate}" if sheet.title != name else str(cell.coordinate)
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f" and (sheet.title, (int(cell.row or 0), int(cell.column or 0))) not in found
    ]
    more = f" 等 {len(left)} 处" if len(left) > 5 else ""
    return [Told(NOTE, left[0], f"表样的公式在这里没有结果（{'、'.join(left[:5])}{more}），填好后请用 Excel 或 WPS 打开、核对并保存一次。")] if left else []


def _expected(before: Mapping[str, Page], how: FormMap, by: int, pen: _Pen) -> dict[str, dict[Place, object]]:
    """What must stand where: the form as it came, moved down by the rows put in, and what we wrote."""
    found: dict[str, dict[Place, object]] = {}
    for name, one in before.items():
        held = {(row + by if name == how.sheet and row > how.detail[1] else row, column): value for (row, column), value in one.values.items()}
        if name == how.sheet:
            held |= pen.written
        found[name] = {at: value for at, value in held.items() if value is not None}
    return found


def _saved(book: Workbook, found: Results, day: date) -> bytes:
    book.properties.lastModifiedBy = CREATOR
    book.properties.modified = datetime(day.year, day.month, day.day)
    calculation: Any = book.calculation
    calculation.fullCalcOnLoad = True
    stream = BytesIO()
    book.save(stream)
    return with_results(stream.getvalue(), [sheet.title for sheet in book.worksheets], found)


def _verified(content: bytes, values: Mapping[str, Mapping[Place, object]], before: Mapping[str, Page], how: FormMap, by: int, pen: _Pen) -> None:
    """Read the copy back: every cell of the form and every figure, no formula lost, none added but in the new rows."""
    for sheet in opened(content).worksheets:
        back, wanted = page(sheet), values[sheet.title]
        own = sheet.title == how.sheet
        places = {(row + by if own and row > how.detail[1] else row, column) for row, column in before[sheet.title].formulas}
        if own:
            places |= {(row, column) for old, column in places if old == how.detail[1] for row in range(old + 1, old + by + 1)}
            places -= pen.written.keys()
        if set(back.formulas) != places:
            raise WriteError(f"填好后核对，“{sheet.title}”的公式与表样不一致，没有写出。请把表样发给维护人员。")
        for at in back.values.keys() | wanted.keys():
            if not same(back.values.get(at), wanted.get(at)):
                raise WriteError(f"填好后核对，“{sheet.title}”的 {cell_name(at)} 与应有的不一致，没有写出。请把表样发给维护人员。")


def differences(filled: FilledForm, found: Mapping[str, Mapping[Place, object]]) -> list[str]:
    """Cells another reader finds otherwise than they were filled, in words; [] when all is well. `found`: sheet → place → value; sheets
    it does not read (hidden ones) are left out."""
    said = []
    for name, held in filled.values.items():
        if name not in found:
            continue
        worked = {at: float(value) if isinstance(value, Fraction) else value for (sheet, at), value in filled.results.items() if sheet == name}
        for at, value in {**held, **worked}.items():
            if isinstance(value, str | int | float) and not same(_trimmed(found[name].get(at)), _trimmed(value)):
                said.append(f"“{name}”的 {cell_name(at)} 应为 {_shown(value)}，读出来是 {_shown(found[name].get(at))}。")
    return said


def _trimmed(value: object) -> object:
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
