"""报表审核: the relations among the figures of 表1–表3, in the form's notation, and what they find in sheets laid or read back.

Ids are those of the page, form-level-number, with one letter or column per clause. What is not arithmetic on figures
(a band, a floor, an attachment) is a rule of its own, not a formula here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from policy.finding import HARD, SOFT
from policy.parameters import Parameters
from returns.forms.t1 import weighted
from returns.forms.t2 import measured
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


def audits(parameters: Parameters) -> tuple[Audit, ...]:
    """The formulas of 表1–表3 under the parameters in force (weights of 1-H3, heads or 折算 of 2-H4)."""
    return (*_t1(parameters), *_t2(measured(parameters)), *_t3())


def _t1(parameters: Parameters) -> Iterator[Audit]:
    yield from _several("1-H1", "表1", EACH, HARD, "2=3+4", "5=6+7", "8=9+10")
    yield Audit("1-H2", "表1", EACH, "11≤8", HARD)
    if parameters.destitute_by == "人":
        yield Audit("1-H3", "表1", EACH, f"1={weighted(parameters)}", HARD)
    yield from _sums("1-H4", "表1", range(1, 16))
    yield from _several("1-S1", "表1", EACH, SOFT, "6≥3", "7≥4", "1.≤5/2≤6.")


def _t2(against: str) -> Iterator[Audit]:
    yield Audit("2-H1a", "表2", (Scope.TOWN,), "1=T1[u,1]", HARD)
    yield Audit("2-H1b", "表2", (Scope.BUREAU,), "1=T1[合计,1]", HARD)
    yield from _several("2-H3", "表2", EACH, HARD, "5=6+9+12", "6=7+8", "9=10+11", "12=13+14+15")
    yield from _several("2-H4", "表2", LINES, HARD, f"17=max(0.,3−{against})", f"18=max(0.,{against}−3)", "19=是⇔17=0.")
    yield Audit("2-H5.1", "表2", TOTAL, "1=县局[1]", HARD)
    yield from _sums("2-H5", "表2", (*range(3, 19), 20, 21))
    yield Audit("2-H6", "表2", TOTAL, f"Σ(3−{against})=17−18", HARD)
    yield Audit("2-S1", "表2", LINES, "17=0.", SOFT)
    yield Audit("2-S2", "表2", LINES, "4≥3", SOFT)
    yield Audit("2-S3", "表2", LINES, "16≤5+20", SOFT)


def _t3() -> Iterator[Audit]:
    yield from _several("3-H1", "表3", EACH, HARD, "14=9−12−13", "17=9+15+16")
    yield from _several("3-H2", "表3", EACH, HARD, "10=9/3", "18=17/3", "19=(1−21−8)/(1−21)")
    yield from _sums("3-H3", "表3", (1, 2, 3, 8, 9, *range(11, 18), 21, 22))
    yield Audit("3-H3a", "表3", LINES, "合计[6]≤6", HARD)
    yield Audit("3-H3b", "表3", LINES, "7≤合计[7]", HARD)
    yield from _several("3-H4", "表3", EACH, HARD, "6≤5≤7", "8≤1", "11≤2")
    pairs = {9: "14", 12: "15+16", 13: "17+18", 14: "19", 15: "20+21", 16: "22", 17: "23"}
    for column, items in pairs.items():
        yield Audit(f"3-H6.{column}", "表3", TOTAL, f"{column}=" + "+".join(f"附表2[合计,{item}]" for item in items.split("+")), HARD)
    yield Audit("3-S1", "表3", LINES, "8=0.", SOFT)
    yield Audit("3-S2", "表3", LINES, "11=0.", SOFT)
    yield Audit("3-S4", "表3", LINES, "10%≤15/9≤45%", SOFT)
    yield Audit("3-S7", "表3", LINES, "1>0.⇒2>0.", SOFT)


def _several(stem: str, form: str, scopes: tuple[Scope, ...], level: str, *texts: str) -> Iterator[Audit]:
    for letter, text in zip("abcdefgh", texts, strict=False):
        yield Audit(stem + letter, form, scopes, text, level)


def _sums(stem: str, form: str, columns: Iterable[int]) -> Iterator[Audit]:
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
