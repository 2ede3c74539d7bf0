"""Every audit formula of every form holds on the demo county, and is broken by changing a figure its own text names.

What a formula names is read from its parse tree here, not from what the engine looked at. When one figure is changed, the formula must
fail, and of everything that fails with it each must name that figure too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from lark import Token, Tree

from db import book as books
from office.check import facts_in
from policy import example
from policy.clock import Clock
from policy.contract_facts import WORK_FUND
from policy.estimate_facts import Scenario
from policy.facts import Approved
from policy.finding import HARD
from policy.period import parse_period
from returns.annual import lay_all
from returns.audit import LINES, Audit, Outcome, audit
from returns.forms import FORMS, audits
from returns.formula import FormulaError, parse
from returns.sheet import Cell, Row, Scope, Sheet, Value, across
from returns.task import Task

FORMULAS = audits(example.parameters())
BODY = tuple(form.key for form in FORMS if form.key != "封面")
TASK = Task("年报", forms=BODY, long_pay_list=True, pay_list_ground=True)
Place = tuple[str, int, str]
"""(form, number of the line, 栏次)."""


@dataclass(frozen=True)
class Sample:
    """A county's forms of this period and of the last."""

    sheets: dict[str, Sheet]
    last: tuple[Sheet, ...]
    before: dict[str, dict[str, Outcome]] = field(default_factory=dict)
    """Formula → line → what comes of it unchanged, as far as asked."""


@pytest.fixture(scope="module")
def demo(_demo: Path, tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Sample:
    """The demo county with every document scanned and next year's money known."""
    folder = Path(shutil.copytree(_demo, tmp_path_factory.mktemp("mutations") / _demo.name))
    with books.open_book(folder, clock) as book:
        now, before = (book.read(facts_in, parse_period(year)) for year in ("2026", "2025"))
    approved = {one.id: Approved(one.id, date(2026, 1, 1), 9, "东编〔2026〕1号") for one in now.units}
    funded = Scenario("2027年预算", 2027, supply={WORK_FUND: 2_000_000_00})
    last = lay_all(before, replace(TASK, period=""))
    return sample(lay_all(replace(now, approved=approved, scenario=funded), TASK, last=last), last)


@pytest.fixture(scope="module")
def quiet(demo: Sample) -> Sample:
    """The same county a year later without a change: what compares with the last period holds."""
    laid = tuple(demo.sheets.values())
    return sample(laid, laid)


def sample(sheets: tuple[Sheet, ...], last: tuple[Sheet, ...]) -> Sample:
    return Sample({sheet.key: across(sheet) for sheet in sheets}, last)


def outcome(formula: Audit, county: Sample, sheets: dict[str, Sheet] | None = None) -> dict[str, Outcome]:
    """Line → what came of one formula."""
    return {one.line: one.outcome for one in audit(list((sheets or county.sheets).values()), [formula], county.last)}


# What a formula names, from its tree


def named(formula: Audit, sheets: dict[str, Sheet], at: int) -> set[Place]:
    """Every figure that the formula names in a line."""
    return set(_named(parse(formula.text), sheets, formula.form, at))


def _named(node: Tree[Token], sheets: dict[str, Sheet], form: str, at: int) -> Iterator[Place]:
    words = [str(child) for child in node.children if isinstance(child, Token)]
    row = sheets[form].rows[at]
    if node.data == "column":
        yield form, at, words[0]
    elif node.data == "here" and words[0] != "上期":
        yield from ((form, n, words[1]) for n in _lines(sheets[form], words[0], row))
    elif node.data == "elsewhere":
        other = words[0].replace("T", "表")
        yield from ((other, n, words[2]) for n in _lines(sheets[other], words[1], row))
    elif node.data == "count":
        other = words[0].replace("T", "表")
        marks = [str(one.children[0]) for one in node.children if isinstance(one, Tree)]
        yield from ((other, n, mark) for n in _lines(sheets[other], words[1], row) for mark in marks)
    for child in node.children:
        if isinstance(child, Tree) and node.data != "count":
            body = [n for n, one in enumerate(sheets[form].rows) if one.scope in LINES] if node.data == "total" else [at]
            for number in body:
                yield from _named(child, sheets, form, number)


def _lines(sheet: Sheet, line: str, asking: Row) -> list[int]:
    def is_it(one: Row) -> bool:
        if line == "u":
            return one.unit is not None and one.unit == asking.unit and one.scope is not Scope.MEMO
        if line == "各行":
            return one.scope in LINES
        return line in (one.scope.value, one.name) or one.name.startswith(f"{line} ")

    return [number for number, one in enumerate(sheet.rows) if is_it(one)]


def constants(text: str) -> list[Fraction]:
    """Numbers of the text, as whole counts and as 元 and 万元, to reach the bands that a formula speaks of."""
    found = [Fraction(str(token).rstrip("万元户人年月天份次分%.") or "0") for token in parse(text).scan_values(lambda one: one.type == "CONSTANT")]
    return [value * unit for value in found for unit in (1, 100, 1_000_000, Fraction(1, 100))]


def changed(sheets: dict[str, Sheet], place: Place, value: Value) -> dict[str, Sheet]:
    form, at, mark = place
    sheet = sheets[form]
    index = sheet.column(mark)
    row = sheet.rows[at]
    cells = (*row.cells[:index], Cell(value), *row.cells[index + 1 :])
    return sheets | {form: replace(sheet, rows=(*sheet.rows[:at], replace(row, cells=cells), *sheet.rows[at + 1 :]))}


def others(formula: Audit, value: Value) -> Iterator[Value]:
    """Other figures that may stand where `value` stands."""
    if isinstance(value, str):
        yield from ("否" if value == "是" else "是", "别的", None)
        yield from (str(word).strip("“”") for word in parse(formula.text).scan_values(lambda one: one.type == "WORD"))
        return
    number = value if isinstance(value, int | Fraction) else 0
    yield from (number + 1, number - 1, 0, 10**12, -(10**12), None)
    for constant in constants(formula.text):
        yield from (constant, constant + 1, constant - 1)


def mended(formula: Audit, county: Sample) -> Sample | None:
    """The county with one figure changed so that a formula which holds nowhere holds in a line."""
    for at, row in enumerate(county.sheets[formula.form].rows):
        places = sorted(named(formula, county.sheets, at)) if row.scope in formula.scopes else []
        known = [county.sheets[form].cell(county.sheets[form].rows[line], mark).value for form, line, mark in places]
        for place, value in zip(places, known, strict=True):
            for other in (*others(formula, value), *known):
                sheets = changed(county.sheets, place, other)
                try:
                    if outcome(formula, county, sheets)[row.name] is Outcome.HOLDS:
                        return Sample(sheets, county.last)
                except FormulaError:
                    continue
    return None


def broken(formula: Audit, county: Sample) -> tuple[Place, dict[str, Sheet], str] | None:
    """A changed figure that makes the formula fail in a line where it held: (place, the forms with it, the line)."""
    held = outcome(formula, county)
    sheet = county.sheets[formula.form]
    for at, row in enumerate(sheet.rows):
        if row.scope not in formula.scopes or held[row.name] is not Outcome.HOLDS:
            continue
        for place in sorted(named(formula, county.sheets, at)):
            form, line, mark = place
            for value in others(formula, county.sheets[form].cell(county.sheets[form].rows[line], mark).value):
                sheets = changed(county.sheets, place, value)
                try:
                    if outcome(formula, county, sheets)[row.name] is Outcome.FAILS:
                        return place, sheets, row.name
                except FormulaError:  # a word where a number belongs
                    continue
    return None


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.id)
def test_a_formula_is_broken_by_a_figure_it_names_and_breaks_only_with_others_that_name_it(formula: Audit, demo: Sample, quiet: Sample) -> None:
    county, found = demo, broken(formula, demo)
    if found is None:
        county, found = quiet, broken(formula, quiet)
    if found is None and (helped := mended(formula, demo)):
        county, found = helped, broken(formula, helped)
    assert found, f"{formula.id} {formula.text} cannot fail where it holds"
    place, sheets, _ = found
    failing = newly_failing(county, sheets, place[0])
    assert formula.id in failing
    for other in FORMULAS:
        if other.id in failing:
            lines = [at for at, row in enumerate(county.sheets[other.form].rows) if row.scope in other.scopes]
            assert any(place in named(other, county.sheets, at) for at in lines), f"{other.id} fails without naming {place}"


def newly_failing(county: Sample, sheets: dict[str, Sheet], form: str) -> set[str]:
    """Formulas that fail in a line where they did not, of those that look into a form at all."""
    look = [one for one in FORMULAS if one.form == form or form.replace("表", "T", 1) in one.text or form in one.text]
    ids: set[str] = set()
    for formula in look:
        try:
            now = outcome(formula, county, sheets)
        except FormulaError:
            continue
        if formula.id not in county.before:
            county.before[formula.id] = outcome(formula, county)
        if any(now[line] is Outcome.FAILS and county.before[formula.id][line] is not Outcome.FAILS for line in now):
            ids.add(formula.id)
    return ids


def test_no_hard_formula_fails_on_the_demo_county_and_every_one_speaks_somewhere(demo: Sample, quiet: Sample) -> None:
    for formula in FORMULAS:
        found = outcome(formula, demo)
        if formula.level == HARD:
            assert Outcome.FAILS not in found.values(), formula
        assert Outcome.NOT_CHECKED not in found.values(), formula
        assert {Outcome.HOLDS, Outcome.FAILS, Outcome.NO_DATA} & (set(found.values()) | set(outcome(formula, quiet).values())), formula
