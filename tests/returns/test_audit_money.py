"""Audit formulas of 表4–表6 and 3-S3: all of them hold on a county worked out by hand, and each is broken by a cell it names.

Which cells a formula names is read from its parse tree; breaking one of them breaks only formulas that name it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from lark import Token, Tree

from policy.example import parameters
from policy.period import parse_period
from returns.audit import LAST, LINES, Audit, Outcome, audit
from returns.forms import audits, t4
from returns.formula import FormulaError, check, parse
from returns.sheet import Cell, Row, Sheet, Value, across
from returns.task import Task
from tests.returns import money
from tests.returns.test_formula import line

Place = tuple[str, str, str]
"""(form, line, 栏次), an upright form turned."""

LAID = tuple(across(sheet) for sheet in money.sheets())
BY_KEY = {sheet.key: sheet for sheet in LAID}
FORMULAS = tuple(one for one in audits(parameters()) if one.form in money.MONEY_FORMS or one.id.startswith("3-S3"))


def a_year_ago() -> Sheet:
    """表4 as it was sealed a year ago: its 本年 is this year's 上年."""
    sheet = BY_KEY["表4"]
    before = next(row for row in sheet.rows if row.name == "上年")
    return replace(sheet, rows=tuple(replace(row, cells=before.cells) if row.name == "本年" else row for row in sheet.rows))


LAST_YEAR = (a_year_ago(),)


def failing(sheets: tuple[Sheet, ...]) -> set[tuple[str, str]]:
    return {(one.audit.id, one.line) for one in audit(sheets, FORMULAS, LAST_YEAR) if one.outcome is Outcome.FAILS}


def named(sheet: Sheet, name: str, asking: Row) -> Iterator[tuple[Sheet, Row]]:
    """The line a reference means: 合计, u (the same unit), a name or the letter before it."""
    for row in sheet.rows:
        if {name} & {row.scope.value, row.name, row.name.split(" ")[0]} or (name == "u" and row.unit == asking.unit):
            yield sheet, row
            return


def places(node: Tree[Token], sheet: Sheet, row: Row) -> Iterator[Place]:
    """Every cell a formula names from one line, by its parse tree."""
    words = [str(child) for child in node.children if isinstance(child, Token)]
    if node.data == "column":
        yield sheet.key, row.name, words[0]
    elif node.data in ("here", "elsewhere"):
        other, (name, mark) = (sheet, words) if node.data == "here" else (BY_KEY[words[0].replace("T", "表")], words[1:])
        yield from ((other.key, at.name, mark) for other, at in named(other, name, row) if name != LAST)
    elif node.data == "total":
        for below in (one for one in sheet.rows if one.scope in LINES):
            yield from places(inner(node), sheet, below)
    else:
        for child in node.children:
            if isinstance(child, Tree):
                yield from places(child, sheet, row)


def inner(node: Tree[Token]) -> Tree[Token]:
    return next(child for child in node.children if isinstance(child, Tree))


NAMED: dict[tuple[str, str], set[Place]] = {
    (one.id, row.name): set(places(parse(one.text), BY_KEY[one.form], row)) for one in FORMULAS for row in BY_KEY[one.form].rows if row.scope in one.scopes
}  # fmt: skip


def broken(place: Place, value: Value) -> tuple[Sheet, ...]:
    """The forms with another value in one cell."""
    form, name, mark = place
    at = BY_KEY[form].column(mark)

    def put(row: Row) -> Row:
        return replace(row, cells=(*row.cells[:at], Cell(value), *row.cells[at + 1 :])) if row.name == name else row

    return tuple(replace(sheet, rows=tuple(map(put, sheet.rows))) if sheet.key == form else sheet for sheet in LAID)


def test_everything_holds_or_has_nothing_to_say() -> None:
    results = audit(LAID, FORMULAS, LAST_YEAR)
    assert {one.outcome for one in results} == {Outcome.HOLDS, Outcome.NO_DATA}
    silent = {(one.audit.id, one.line) for one in results if one.outcome is Outcome.NO_DATA}
    nothing_due = ("B1 困难群众救助补助资金（中央）", "B3 困难群众救助补助资金（本级）", "C 其他社会救助专项资金", "E 乡镇（街道）自筹", "F 其他资金")
    assert silent == {*(("5-H3b", name) for name in nothing_due), ("6-S3", "DL-001")}


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda one: one.id)
def test_a_formula_is_broken_by_a_cell_it_names_and_breaks_only_those_that_name_it(formula: Audit) -> None:
    rows = [row for row in BY_KEY[formula.form].rows if row.scope in formula.scopes]
    broke = 0
    for row in rows:
        for place in NAMED[formula.id, row.name]:
            for value in (-1, 10**12, None, "否", "是"):
                try:
                    failed = failing(broken(place, value))
                except FormulaError:  # a word where a number belongs
                    continue
                strangers = {one for one in failed if place not in NAMED[one]}
                assert not strangers, (place, value)
                if (formula.id, row.name) in failed:
                    broke += 1
                    break
            if broke > len(rows):
                return
    assert broke


def test_ids_follow_the_page_and_every_text_is_in_the_notation() -> None:
    assert len({one.id for one in FORMULAS}) == len(FORMULAS)
    clauses = {one.id.rstrip("abcdef").split(".")[0] for one in FORMULAS}
    assert clauses == {
        "3-S3", *(f"4-{n}" for n in ("H1", "H2", "H3", "H4", "H5", "H6", "S1", "S2", "S3", "S4", "I1")),
        *(f"5-{n}" for n in ("H1", "H2", "H3", "H4", "H5", "H6", "H7", "S1", "S2", "S3", "S4", "S5")),
        *(f"6-{n}" for n in ("H4", "H6", "H7", "H8", "H9", "S1", "S2", "S3", "S4", "S5", "S6")),
    }  # fmt: skip
    for one in FORMULAS:
        assert one.form[1] == one.id[0] and parse(one.text)


@pytest.mark.parametrize(
    ("place", "value", "wanted"),
    [
        (("表4", "本年", "20"), 121_900_01, {"4-H4b", "5-H7"}),
        (("表4", "本年", "12"), 150_000_00, {"4-H3a", "4-H3b", "4-H3d", "4-H3f", "4-H6b"}),
        (("表4", "本年", "18"), -1, {"4-H3d", "4-S1"}),
        (("表4", "本年", "11"), 150_000_02, {"4-H2b", "4-H3b", "4-H3c", "4-H3d"}),
        (("表4", "上年", "22"), 2, {"4-S4.22"}),
        (("表4", "本年", "31"), 2, {"4-H5b"}),
        (("表5", "合计", "7"), 212_900_01, {"5-H2", "5-H3a", "5-H3b", "5-H4.7", "5-H5a", "5-H6a", "6-H7b"}),
        (("表5", "救助事务", "7"), 1, {"5-H5a"}),
        (("表5", "B1 困难群众救助补助资金（中央）", "1"), 1, {"5-H1a", "5-H4.1", "5-S2"}),
        (("表6", "DL-001", "26"), "否", {"6-H6"}),
        (("表6", "DL-001", "18"), 3, {"6-S1", "6-H8.18"}),
        (("表6", "DL-001", "35"), "否", {"6-S4"}),
        (("表6", "DL-002", "36"), -1, {"6-S3"}),
        (("表6", "DL-002", "16"), 144_000_01, {"6-H4", "6-H8.16"}),
        (("表3", "合计", "17"), 226_800_01, {"3-S3b"}),
        (("表3", "合计", "17"), 226_800_00, set()),  # 216,000.00 + 5 %
        (("表3", "合计", "1"), 4, {"6-S5"}),
    ],
)
def test_which_formulas_say_so(place: Place, value: Value, wanted: set[str]) -> None:
    assert {id for id, _ in failing(broken(place, value))} == wanted


def test_the_ground_filled_in_makes_central_money_pass() -> None:
    b1 = "B1 困难群众救助补助资金（中央）"
    sheets = broken(("表5", b1, "1"), 1)
    given = replace(next(sheet for sheet in sheets if sheet.key == "表5"))
    filled = replace(given, rows=tuple(replace(row, cells=(*row.cells[:15], Cell("粤财社"), *row.cells[16:])) if row.name == b1 else row for row in given.rows))
    results = audit((filled,), [one for one in FORMULAS if one.id == "5-S2"])
    assert [one.outcome for one in results] == [Outcome.HOLDS]


@pytest.mark.parametrize(
    ("period", "as_of", "asked"),
    [
        ("2026", None, {"4-H5a", "4-H5b", "4-S2", "6-H6"}),
        ("2026", date(2026, 6, 29), set()),
        ("2026", date(2026, 6, 30), {"4-H5a", "4-H5b"}),
        ("2026H1", None, {"4-H5a", "4-H5b"}),
        ("2026Q1", None, set()),
    ],
)
def test_what_a_year_must_have_reached_is_asked_when_the_time_has_come(period: str, as_of: date | None, asked: set[str]) -> None:
    due = {one.id for one in audits(parameters(), parse_period(period, as_of))}
    timed = {one.id for one in FORMULAS if one.since}
    assert due & timed == asked and {one.id for one in FORMULAS} - timed <= due


@pytest.mark.parametrize(("mode", "text"), [("全口径", "10=1"), ("本级", "10=7"), ("不含价格临时补贴", "10=1−8")])
def test_the_base_of_the_formula_follows_the_parameters(mode: str, text: str) -> None:
    made = replace(money.funded(), parameters=parameters(settings={"fund.base_mode": mode}))
    formulas = list(t4.audits(made.parameters))
    assert next(one.text for one in formulas if one.id == "4-H2a") == text
    results = audit([t4.lay(made, Task("年报"))], formulas)
    assert not [one for one in results if one.outcome is Outcome.FAILS and one.audit.id.startswith("4-H")]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("15≠空", True), ("16≠空", False), ("17≠空", False), ("1>0.⇒15≠空", True), ("1>0.⇒16≠空", False), ("1=0.⇒16≠空", True), ("18>0.⇒16≠空", None),
        ("16≠空⇒1=0.", True),
    ],
)  # fmt: skip
def test_filled_in_is_told_from_blank(text: str, holds: bool | None) -> None:
    assert check(text, line(c1=1, c15="粤财社", c16=None, c17="", c18=None)).holds is holds
