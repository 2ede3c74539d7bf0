"""编制: figures typed in, and figures of the book overridden with a reason; what follows from them is worked out anew (全部运算).

A cell is 取数 (from the book), 手填 (the book knows nothing of it) or 调整 (the book's figure gave way to another, with a reason, and stays
visible). Columns computed by a formula and 合计 of lines are never typed: they follow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import Final

from policy.kinds import Unreadable
from policy.kinds.number import COUNT, SHARE
from policy.kinds.text import TEXT
from returns import upright
from returns.form import Figure, Laid, rows
from returns.formula import plain, total
from returns.sheet import NOT_APPLICABLE, PER_UNIT, UNIT_WORDS, Cell, Column, Measure, Row, Scope, Sheet, Value
from returns.task import Task

NAMES: Final = ("", "甲", "乙", "丙")
"""栏次 that say what a line is."""
_DECIMAL = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
_HUNDREDTHS: Final = {**PER_UNIT, Measure.DECIMAL: 1, Measure.TENTH: 1}
_NUMBERS: Final = (Measure.COUNT, *_HUNDREDTHS)

Place = tuple[str, str, str]
"""(form, line key, 栏次)."""


class Source(Enum):
    """Where a cell's figure comes from."""

    COMPUTED = "取数"
    TYPED = "手填"
    OVERRIDDEN = "调整"


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure set by hand; for an overridden one what the book said at that time, and why it gave way."""

    form: str
    line: str
    mark: str
    value: Value
    computed: Value = None
    reason: str = ""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.form, self.line, self.mark


@dataclass(frozen=True, slots=True)
class Filled:
    """Sheets with the entries in them. `computed`: what the book says now at each overridden place; `lost`: entries whose line or
    column is no longer there."""

    sheets: tuple[Sheet, ...]
    entries: Mapping[Place, Entry]
    computed: Mapping[Place, Value]
    lost: tuple[Entry, ...]

    def source(self, sheet: Sheet, line: str, mark: str) -> Source:
        """Where the figure of a cell comes from."""
        if sheet.columns[sheet.column(mark)].by_hand:
            return Source.TYPED
        return Source.OVERRIDDEN if (sheet.key, line, mark) in self.entries else Source.COMPUTED


def line_keys(sheet: Sheet) -> tuple[str, ...]:
    """What each line of the body is called in the book: by its unit or its person, so that a renamed town or a person more above
    does not carry an entry to another line."""
    keys, seen = [], Counter[str]()
    for row in sheet.rows:
        key = f"行{row.cells[0].value}" if sheet.upright else _line_key(row)
        seen[key] += 1
        keys.append(key if seen[key] == 1 else f"{key}#{seen[key]}")
    return tuple(keys)


def _line_key(row: Row) -> str:
    if row.scope is Scope.TOTAL:
        return Scope.TOTAL.value
    first = row.cells[0]
    if first.people:
        return f"人{first.people[0]}@{row.unit or 0}"
    if first.contracts:
        return f"合同{first.contracts[0]}"
    if first.records:
        return "{}{}".format(*first.records[0])
    return row.name if row.unit is None else f"{row.scope.value}{row.unit}"


def refusal(sheet: Sheet, row: Row, mark: str) -> str:
    """"" where a figure may be set by hand, else the sentence that says why not and what to do."""
    column = sheet.columns[sheet.column(mark)]
    if sheet.key.startswith("汇"):
        return f"{sheet.key}由各县（市、区）的报表和市本级填报数汇总得出，不能直接填。市本级的数请在“市级汇总”里填。"
    if column.by_hand:
        return ""
    name = f"{sheet.key}第 {mark} 栏“{column.label}”"
    if mark in NAMES or sheet.key == "封面" or row.cells[0].people:
        return f"{sheet.key}的这一格由台账登记的内容填列，不能在报表里改。请到台账里改正。"
    if source := sheet.cell(row, mark).source:
        return f"{sheet.key}“{row.name}”取自 {source}，不能直接填。请改来源报表。"
    if sheet.key == "综合表":
        return f"{sheet.key}的“{column.label}”随来源报表，不能直接填。请改来源报表；原因可填在“说明”栏。"
    if sheet.upright and (text := upright.relation(sheet, row, mark)):
        return f"{sheet.key}“{row.name.strip('　')}”由公式 {row.cells[0].value if text == row.formula else mark}={text} 算出，不能直接填。请改公式引用的行次。"
    if row.scope is Scope.TOTAL and column.total == "Σ":
        return f"{name}的合计由各行相加，不能直接填。请改明细行。"
    if column.formula:
        return f"{name}由公式 {mark}={column.formula} 算出，不能直接填。请改公式引用的栏次。"
    if row.scope is Scope.TOTAL and column.total != "same":
        return f"{name}的合计取各行最低（最高）数，不能直接填。请改明细行。"
    if row.scope is Scope.TOTAL and column.measure not in (Measure.TEXT, Measure.LONG):
        return f"{name}的合计按全部明细重新计算，不能直接填。请改台账数据。"
    return ""


def read_value(text: str, sheet: Sheet, row: Row, mark: str) -> Value:
    """What a clerk typed into a cell: 元, 万元, a share, a count or words; "—" is 不适用, nothing is blank. Unreadable with a sentence."""
    column = sheet.columns[sheet.column(mark)]
    measure = sheet.cell(row, mark).measure or column.measure
    typed = text.strip()
    if typed in ("—", "－", "--"):
        return NOT_APPLICABLE
    if measure is Measure.COUNT:
        found: Value = COUNT.parse(typed, None)
        return found
    if measure is Measure.RATE:
        share = SHARE.parse(typed, None)
        return None if share is None else plain(Fraction(share, 10_000))
    if measure in _HUNDREDTHS:
        return _decimal(typed, measure, column.label)
    words: Value = TEXT.parse(text, None)
    return words


def _decimal(typed: str, measure: Measure, label: str) -> Value:
    unit = _HUNDREDTHS[measure]
    digits = typed.replace(",", "").replace("，", "").replace("−", "-")
    if not digits:
        return None
    if not _DECIMAL.fullmatch(digits):
        said = UNIT_WORDS.get(measure, "数")
        raise Unreadable(f"“{typed}”认不出。“{label}”请填{said}，如 1234.56；不清楚请留空，不适用请填 —。")
    number = Fraction(digits) * unit
    if unit > 1 and number.denominator != 1:
        raise Unreadable(f"“{typed}”不足 1 分。请填到分为止。")
    return plain(number)


def fill(
    sheets: Sequence[Sheet], entries: Iterable[Entry], task: Task, over: Callable[[Sequence[Sheet]], Sequence[Sheet]] | None = None
) -> Filled:
    """The sheets as laid from the book with the entries in them, derived columns and totals worked out anew. `over` lays forms
    over all the others once they are filled in (综合表); they come first."""
    by_form: dict[str, dict[tuple[str, str], Entry]] = {}
    for entry in entries:
        by_form.setdefault(entry.form, {})[entry.line, entry.mark] = entry
    kept: dict[Place, Entry] = {}
    computed: dict[Place, Value] = {}

    def filled_in(sheet: Sheet) -> Sheet:
        mine = by_form.get(sheet.key, {})
        here: dict[tuple[int, int], Value] = {}
        for at, (key, row) in enumerate(zip(line_keys(sheet), sheet.rows, strict=True)):
            for index, column in enumerate(sheet.columns):
                held = mine.get((key, column.mark))
                if held is not None:
                    here[at, index] = held.value
                    kept[held.place] = held
                    if not column.by_hand:
                        computed[held.place] = row.cells[index].value
        return _again(sheet, here, task) if here else sheet

    filled = [filled_in(sheet) for sheet in sheets]
    if over is not None:
        filled = [*map(filled_in, over(filled)), *filled]
    lost = tuple(entry for entries in by_form.values() for entry in entries.values() if entry.place not in kept)
    return Filled(tuple(filled), kept, computed, lost)


def _again(sheet: Sheet, entered: Mapping[tuple[int, int], Value], task: Task) -> Sheet:
    """The sheet with some cells set and everything that follows from them computed as when it was laid; a 合计 that was the sum of its
    lines stays their sum, also where it was counted over everybody."""
    if sheet.upright:
        return upright.again(sheet, entered)
    body = [at for at, row in enumerate(sheet.rows) if row.scope not in (Scope.TOTAL, Scope.MEMO)]
    summed = [row for row in sheet.rows if row.scope is Scope.TOTAL]
    touched = {index for at, index in entered if at in body}

    def follows(index: int, column: Column) -> bool:
        laid = total(sheet.rows[at].cells[index].value for at in body if not isinstance(sheet.rows[at].cells[index].value, str))
        return not column.formula and all(row.cells[index].value == laid for row in summed)

    added = {index for index in touched if sheet.columns[index].measure in _NUMBERS and follows(index, sheet.columns[index])}

    def figure(index: int, column: Column) -> Figure[tuple[Cell, ...]]:
        kept = replace(column, by_hand=False, total="Σ" if index in added else column.total)
        return Figure(kept, lambda cells: cells[index])

    def cells(at: int, row: Row) -> tuple[Cell, ...]:
        return tuple(replace(cell, value=entered.get((at, index), cell.value)) for index, cell in enumerate(row.cells))

    lines = [Laid(row.name, row.scope, cells(at, row), row.unit) for at, row in enumerate(sheet.rows)]
    figures = [figure(index, column) for index, column in enumerate(sheet.columns)]
    again = rows(figures, lines, sheet.key, replace(task, total_first=not sheet.rows or sheet.rows[0].scope is Scope.TOTAL))
    return replace(sheet, rows=again)
