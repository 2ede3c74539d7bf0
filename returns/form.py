"""Laying a form: figures of a line, derived columns by their printed formula, and what every form has around its body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Generic, TypeVar

from policy.facts import Facts
from returns.formula import FormulaError, View, columns_in, outermost, total, value
from returns.sheet import PER_UNIT, Cell, Column, Mark, Measure, Row, Scope, Sheet, Value, contracts, in_full, people, records, rounded
from returns.task import Task, signature_line

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Figure(Generic[Line]):
    """A column and how the cell of a line is taken; None = by the column's formula, or by hand."""

    column: Column
    take: Callable[[Line], Cell] | None = None


@dataclass(frozen=True, slots=True)
class Laid(Generic[Line]):
    """A line about to become a row: its name, what sort it is, the unit it stands for, and what its figures are taken from."""

    name: str
    scope: Scope
    line: Line
    unit: int | None = None


def rows(figures: Sequence[Figure[Line]], lines: Sequence[Laid[Line]], form: str, task: Task) -> tuple[Row, ...]:
    """The rows of a form's body; 合计 (a line of scope TOTAL) goes first or last as the task says.

    Columns of 合计 marked Σ are summed over the lines; 其中 lines are in no sum.
    """
    body = [_row(figures, laid, form, task) for laid in lines if laid.scope is not Scope.TOTAL]
    summed = [row for row in body if row.scope is not Scope.MEMO]
    totals = [_row(figures, laid, form, task, summed) for laid in lines if laid.scope is Scope.TOTAL]
    return (*totals, *body) if task.total_first else (*body, *totals)


def _row(figures: Sequence[Figure[Line]], laid: Laid[Line], form: str, task: Task, body: Sequence[Row] = ()) -> Row:
    place = {figure.column.mark: index for index, figure in enumerate(figures)}
    cells: dict[int, Cell] = {}
    waiting: set[int] = set()

    def cell(index: int) -> Cell:
        if index not in cells:
            if index in waiting:
                raise FormulaError(f"{form}第 {figures[index].column.mark} 栏的公式绕回了它自己。请改公式。")
            waiting.add(index)
            cells[index] = made(index)
        return cells[index]

    def made(index: int) -> Cell:
        column, take = figures[index].column, figures[index].take
        if laid.scope is Scope.TOTAL and column.total != "same":
            below = [row.cells[index] for row in body]
            units, values = tuple(unit for one in below for unit in one.units), [one.value for one in below]
            whole = total(values) if column.total == "Σ" else outermost(column.total, values)
            return Cell(whole, people(below), units, contracts(below), records=records(below))
        if column.formula:
            view = View(lambda mark: cell(place[mark]).value, _nowhere, tuple)
            named = [cell(place[mark]) for mark in columns_in(column.formula)]
            return Cell(value(column.formula, view), people(named), contracts=contracts(named), records=records(named))
        if column.by_hand:
            return Cell(task.typed.get((form, laid.name, column.mark)))
        if take is None:
            raise FormulaError(f"{form}第 {column.mark} 栏没有取数办法。请补公式。")
        return take(laid.line)

    return Row(laid.name, laid.scope, tuple(cell(index) for index in range(len(figures))), laid.unit)


def _nowhere(form: str, line: str, mark: str) -> Value:
    raise FormulaError(f"栏次公式只能引用本行的栏次，不能引用 {form}[{line},{mark}]。请改公式。")


def finish(sheet: Sheet, facts: Facts, task: Task) -> Sheet:
    """The sheet with what the task and the county put around it: head fields, signatories, paper, a public edition's columns."""
    number = task.form_numbers.get(sheet.key, "")
    head = (("表号", number), ("制定机关", task.authority), ("批准文号", task.approval), ("有效期", task.valid_until))
    sheet = replace(
        sheet,
        corner=(sheet.key, *(f"{label}：{text}" for label, text in head if text)),
        signatories=signature_line(task, facts.county),
        paper="A4" if task.a4_only else sheet.paper,
    )
    return in_precision(without_personal(sheet) if task.public else sheet, task)


def printed(measure: Measure, task: Task) -> Measure:
    """How a figure is printed in a task's forms: money with the decimals the task asks for."""
    if measure not in PER_UNIT:
        return measure
    full = in_full(measure)
    if full is Measure.WAN:
        return Measure.WAN_TENTH if task.wan_decimals == 1 else full
    return Measure.YUAN_WHOLE if task.yuan_decimals == 0 else full


def in_precision(sheet: Sheet, task: Task) -> Sheet:
    """The sheet with its money printed as the task asks for; no figure changes."""
    columns = tuple(replace(one, measure=printed(one.measure, task)) for one in sheet.columns)
    if not any(cell.measure in PER_UNIT for row in sheet.rows for cell in row.cells):
        return replace(sheet, columns=columns)

    def cells(row: Row) -> tuple[Cell, ...]:
        return tuple(replace(one, measure=printed(one.measure, task)) if one.measure in PER_UNIT else one for one in row.cells)

    return replace(sheet, columns=columns, rows=tuple(replace(row, cells=cells(row)) for row in sheet.rows))


def without_personal(sheet: Sheet) -> Sheet:
    """The sheet without the columns that say who somebody is."""
    kept = [index for index, column in enumerate(sheet.columns) if not column.personal]
    return replace(
        sheet,
        columns=tuple(sheet.columns[index] for index in kept),
        rows=tuple(replace(row, cells=tuple(row.cells[index] for index in kept)) for row in sheet.rows),
    )


def heading(facts: Facts, units: str) -> tuple[str, str, str]:
    """填报单位（盖章）：东岭县民政局 | 2026年度（截至2026年12月31日） | 单位：户、人."""
    return f"填报单位（盖章）：{reporter(facts)}", span(facts), f"单位：{units}"


def reporter(facts: Facts) -> str:
    """The bureau's name as it signs: 东岭县民政局."""
    return f"{facts.county.name}民政局"


def span(facts: Facts) -> str:
    """2026年度（截至2026年12月31日）."""
    day = facts.period.as_of
    return f"{facts.period.title}（截至{day.year}年{day.month}月{day.day}日）"


def relations(columns: Iterable[Column]) -> str:
    """审核关系 printed under the form: 5=6+9+12；17=max(0.,3−5) …"""
    return "；".join(f"{column.mark}={column.formula}" for column in columns if column.formula)


_ROUNDED = (Measure.DECIMAL, *PER_UNIT)


def rounding(columns: Sequence[Column], laid: Sequence[Row], task: Task) -> str:
    """The note that belongs under a form whose figures, as the task prints them, do not add up to the printed sums; "" where they all do."""
    columns = [replace(column, measure=printed(column.measure, task)) for column in columns]
    lines = [row for row in laid if row.scope not in (Scope.TOTAL, Scope.MEMO)]
    totals = [row for row in laid if row.scope is Scope.TOTAL]
    drifts = any(
        column.measure in _ROUNDED and column.total == "Σ" and _parts((row.cells[at] for row in lines), column) != _parts((whole.cells[at],), column)
        for whole in totals
        for at, column in enumerate(columns)
    ) or any(_drifts(columns, row, at) for row in laid for at, column in enumerate(columns) if column.formula)
    return "个别合计与分项之和因四舍五入略有出入，未作机械调整。" if drifts else ""


def _parts(cells: Iterable[Cell], column: Column) -> int:
    return sum(rounded(cell.value, column.measure) for cell in cells if isinstance(cell.value, int | Fraction))


def _drifts(columns: Sequence[Column], row: Row, at: int) -> bool:
    """Whether a sum or difference of columns of one measure, as printed, is not what is printed for it."""
    place, own = {column.mark: index for index, column in enumerate(columns)}, columns[at]
    named = [columns[place[mark]] for mark in columns_in(own.formula)]
    exact = row.cells[at].value
    if any(one.measure not in _ROUNDED or one.measure is not own.measure for one in named) or not isinstance(exact, int | Fraction):
        return False

    def printed(mark: str) -> Value:
        found = row.cells[place[mark]].value
        return rounded(found, own.measure) if isinstance(found, int | Fraction) else found

    shown = value(own.formula, View(printed, _nowhere, tuple))
    return not isinstance(shown, Mark) and shown != rounded(exact, own.measure)


def numbered(*notes: str) -> tuple[str, ...]:
    """说明：1. … 2. … with empty ones left out."""
    return tuple(f"{index}. {note}" for index, note in enumerate((note for note in notes if note), 1))
