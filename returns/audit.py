"""报表审核: the relations among the figures of the forms, in the form's notation, and what they find in sheets laid or read back.

Each form's own formulas stand in its file (`audits` beside `lay`). Ids are form-level-number, with one letter or column per clause. What is not arithmetic on figures
(a band, a floor, an attachment) is a rule of its own, not a formula here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from policy.finding import HARD
from policy.period import Period, month_end
from returns.formula import AbsentFormError, Check, FormulaError, View, check
from returns.sheet import Row, Scope, Sheet, Value, across

EACH = (Scope.TOTAL, Scope.BUREAU, Scope.TOWN, Scope.OTHER, Scope.MEMO)
"""各行."""
LINES = (Scope.BUREAU, Scope.TOWN, Scope.OTHER)
"""The lines of the body: no 合计, no 其中."""
TOTAL = (Scope.TOTAL,)
EVERY = "各行"
"""What 计数 calls all lines of another form's body."""
LAST = "上期"
"""What a formula calls the same line of the last period."""


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
    since: int = 0
    """Asked once the stocks are of the end of this month or later (0: always): what a year must have reached by then."""

    def due(self, period: Period) -> bool:
        """Whether a return of this period is asked for it."""
        return not self.since or period.as_of >= month_end(period.first.year, self.since)


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


def audit(sheets: Sequence[Sheet], formulas: Iterable[Audit], last: Sequence[Sheet] = ()) -> tuple[Result, ...]:
    """Every formula in every line it is for, in the order of the formulas; formulas of forms not among the sheets are left out.
    `last`: the same forms of the last period."""
    by_key = {sheet.key: across(sheet) for sheet in sheets}
    before = {sheet.key: across(sheet) for sheet in last}
    return tuple(
        _result(formula, by_key, by_key[formula.form], row, before)
        for formula in formulas
        if formula.form in by_key
        for row in by_key[formula.form].rows
        if row.scope in formula.scopes
    )


def _result(formula: Audit, sheets: dict[str, Sheet], sheet: Sheet, row: Row, last: dict[str, Sheet]) -> Result:
    try:
        found = check(formula.text, view(sheets, sheet, row, last))
    except AbsentFormError:
        return Result(formula, row.name, row.unit, Outcome.NOT_CHECKED, None)
    outcome = Outcome.NO_DATA if found.holds is None else Outcome.HOLDS if found.holds else Outcome.FAILS
    return Result(formula, row.name, row.unit, outcome, found)


def view(sheets: dict[str, Sheet], sheet: Sheet, row: Row, last: Mapping[str, Sheet] = MappingProxyType({})) -> View:
    """What a formula sees from one line of a sheet among the others."""

    def column(mark: str) -> Value:
        if all(one.mark != mark for one in sheet.columns):
            raise FormulaError(f"{sheet.key}没有第 {mark} 栏。请改公式。")
        return sheet.cell(row, mark).value

    def refer(form: str, line: str, mark: str) -> Value:
        other = last.get(sheet.key) if line == LAST else sheets.get(form) if form else sheet
        if other is None or all(one.mark != mark for one in other.columns):
            raise AbsentFormError(form, mark)
        named = next((one for one in other.rows if (_same(one, row) if line == LAST else is_line(one, line, row))), None)
        return None if named is None else other.cell(named, mark).value

    def lines() -> Iterator[View]:
        return (view(sheets, sheet, one, last) for one in sheet.rows if one.scope in LINES)

    def count(form: str, line: str, said: Mapping[str, str]) -> Value:
        other = sheets.get(form)
        if other is None or any(one not in {column.mark for column in other.columns} for one in said):
            raise AbsentFormError(form)
        return sum(is_line(one, line, row) and all(str(other.cell(one, mark).value) == word for mark, word in said.items()) for one in other.rows)

    return View(column, refer, lines, count)


def _same(one: Row, asking: Row) -> bool:
    """Whether a line of the last period is the same line: the same unit's, else the same name's."""
    return one.scope is asking.scope and (one.unit == asking.unit if asking.unit is not None else one.name == asking.name)


def is_line(one: Row, line: str, asking: Row) -> bool:
    """Whether a line is the one (or one of those) a formula calls by this name: u, 合计, 县局, 乡镇, 各行, A, 城区低保 …"""
    if line == "u":
        return asking.unit is not None and one.unit == asking.unit and one.scope is not Scope.MEMO
    if line in (Scope.TOTAL.value, Scope.BUREAU.value, Scope.TOWN.value):
        return one.scope.value == line
    if line == EVERY:
        return one.scope in LINES
    return line in (one.name, one.name.partition(" ")[0])


def check_text(text: str, form: str, scopes: tuple[Scope, ...], sheets: Sequence[Sheet]) -> str:
    """"" for a formula that can be worked out on the forms as laid, else the sentence that says what is wrong with its text."""
    by_key = {sheet.key: across(sheet) for sheet in sheets}
    if form not in by_key:
        return f"没有“{form}”这张表。可用的有：{'、'.join(by_key)}。"
    lines = [row for row in by_key[form].rows if row.scope in scopes]
    if not lines:
        return f"{form}没有这类行。请改选适用行。"
    try:
        for row in lines:
            check(text, view(by_key, by_key[form], row, by_key))
    except AbsentFormError as absent:
        where = "、".join(str(one) for one in absent.args if one)
        return f"公式引用的“{where}”不在各表中。请核对表号和栏次。"
    except FormulaError as wrong:
        return str(wrong)
    return ""
