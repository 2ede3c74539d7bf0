"""报表审核: the relations among the figures of the forms, in the form's notation, and what they find in sheets laid or read back.

Each form's own formulas stand in its file (`audits` beside `lay`). Ids are form-level-number, with one letter or column per clause. What is not arithmetic on figures
(a band, a floor, an attachment) is a rule of its own, not a formula here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from policy.finding import HARD
from returns.formula import AbsentFormError, Check, FormulaError, View, check
from returns.sheet import Row, Scope, Sheet, Value

EACH = (Scope.TOTAL, Scope.BUREAU, Scope.TOWN, Scope.OTHER, Scope.MEMO)
"""各行."""
LINES = (Scope.BUREAU, Scope.TOWN, Scope.OTHER)
"""The lines of the body: no 合计, no 其中."""
TOTAL = (Scope.TOTAL,)


class Outcome(Enum):
    """What came of one formula in one line."""

    HOLDS = "相符"
    FAILS = "不符"
    NO_DATA = "数据不足"
    NOT_CHECKED = "未核"
    """The formula names a form that is not at hand."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit formula: its id, the form and the lines it is for, the claim, and how much it weighs (hard | soft | hint)."""

    id: str
    form: str
    scopes: tuple[Scope, ...]
    text: str
    level: str


@dataclass(frozen=True, slots=True)
class Result:
    """One formula worked out in one line; `check` has both sides (None where not checked)."""

    audit: Audit
    line: str
    unit: int | None
    outcome: Outcome
    check: Check | None


def several(stem: str, form: str, scopes: tuple[Scope, ...], level: str, *texts: str) -> Iterator[Audit]:
    """One clause with several formulas: the letters a, b, c … after its id."""
    for letter, text in zip("abcdefgh", texts, strict=False):
        yield Audit(stem + letter, form, scopes, text, level)


def sums(stem: str, form: str, columns: Iterable[int]) -> Iterator[Audit]:
    """合计 is the sum of its lines, column by column."""
    for column in columns:
        yield Audit(f"{stem}.{column}", form, TOTAL, f"{column}=Σ{column}", HARD)


def audit(sheets: Sequence[Sheet], formulas: Iterable[Audit]) -> tuple[Result, ...]:
    """Every formula in every line it is for, in the order of the formulas; formulas of forms not among the sheets are left out."""
    by_key = {sheet.key: sheet for sheet in sheets}
    return tuple(
        _result(formula, by_key, by_key[formula.form], row)
        for formula in formulas
        if formula.form in by_key
        for row in by_key[formula.form].rows
        if row.scope in formula.scopes
    )


def _result(formula: Audit, sheets: dict[str, Sheet], sheet: Sheet, row: Row) -> Result:
    try:
        found = check(formula.text, view(sheets, sheet, row))
    except AbsentFormError:
        return Result(formula, row.name, row.unit, Outcome.NOT_CHECKED, None)
    outcome = Outcome.NO_DATA if found.holds is None else Outcome.HOLDS if found.holds else Outcome.FAILS
    return Result(formula, row.name, row.unit, outcome, found)


def view(sheets: dict[str, Sheet], sheet: Sheet, row: Row) -> View:
    """What a formula sees from one line of a sheet among the others."""

    def column(mark: str) -> Value:
        if all(one.mark != mark for one in sheet.columns):
            raise FormulaError(f"{sheet.key}没有第 {mark} 栏。请改公式。")
        return sheet.cell(row, mark).value

    def refer(form: str, line: str, mark: str) -> Value:
        other = sheets.get(form) if form else sheet
        if other is None or all(one.mark != mark for one in other.columns):
            raise AbsentFormError(form, mark)
        named = next((one for one in other.rows if _is(one, line, row)), None)
        return None if named is None else other.cell(named, mark).value

    def lines() -> Iterator[View]:
        return (view(sheets, sheet, one) for one in sheet.rows if one.scope in LINES)

    return View(column, refer, lines)


def _is(one: Row, line: str, asking: Row) -> bool:
    if line == "u":
        return asking.unit is not None and one.unit == asking.unit and one.scope is not Scope.MEMO
    if line in (Scope.TOTAL.value, Scope.BUREAU.value):
        return one.scope.value == line
    return one.name == line
