"""金额的小数位数: a task that asks for 万元 with 1 decimal or 元 with none prints its money so, everywhere, and no figure changes by a 分."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from policy.kinds import Unreadable
from policy.kinds.number import places
from returns.annual import lay_all
from returns.compare import differences
from returns.fill import Entry, fill, line_keys
from returns.nodes import county_nodes
from returns.rollup import Part, roll_all
from returns.sheet import Cell, Measure, Sheet, in_full, shown
from returns.stored import sheets_of, sheets_text
from returns.task import Task
from returns.workbook import write
from tests.returns import money

COARSE = replace(money.TASK, wan_decimals=1, yuan_decimals=0)
MONEY = {Measure.YUAN: (100, 0), Measure.WAN: (1_000_000, 1)}
"""Measure as it is usually → 分 to one unit, decimals asked for."""


def laid(task: Task) -> tuple[Sheet, ...]:
    return lay_all(money.funded(), replace(task, forms=("封面", *money.FORMS)))


def cells(sheets: tuple[Sheet, ...]) -> list[tuple[str, Cell, Measure]]:
    return [
        (f"{sheet.key} {row.name} {column.mark}", cell, cell.measure or column.measure)
        for sheet in sheets for row in sheet.rows for cell, column in zip(row.cells, sheet.columns, strict=True)
    ]  # fmt: skip


def expected(value: int | Fraction, measure: Measure) -> str:
    unit, decimals = MONEY[measure]
    exact = Decimal(value.numerator) / Decimal(value.denominator) / unit
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"


def test_only_the_printed_decimals_of_money_change() -> None:
    seen = set()
    for (where, usual, measure), (_, cell, asked) in zip(cells(laid(money.TASK)), cells(laid(COARSE)), strict=True):
        if where.startswith("封面"):
            continue
        assert cell.value == usual.value, where
        assert in_full(asked) is measure, where
        if measure in MONEY and isinstance(cell.value, int | Fraction):
            assert shown(cell, asked) == expected(cell.value, measure), where
            seen.add(measure)
        else:
            assert shown(cell, asked) == shown(usual, measure), where
    assert seen == set(MONEY)


def test_one_can_be_asked_for_without_the_other() -> None:
    found = cells(laid(replace(money.TASK, wan_decimals=1)))
    assert {Measure.WAN_TENTH, Measure.YUAN} <= {measure for _, _, measure in found}
    assert not {Measure.WAN, Measure.YUAN_WHOLE} & {measure for _, _, measure in found}


@pytest.mark.parametrize("with_formulas", [False, True])
def test_the_workbook_holds_what_is_printed_and_was_read_back(tmp_path: Path, with_formulas: bool) -> None:
    sheets = laid(COARSE)
    book = load_workbook(write(sheets, tmp_path / "a.xlsx", date(2026, 12, 31), with_formulas=with_formulas))
    formats = {one.number_format for one in (cell for row in book["表4"].iter_rows() for cell in row)}
    assert "#,##0.0" in formats and "#,##0.00" not in formats
    form = next(one for one in sheets if one.key == "表6")
    at = form.column("14") + 1
    amounts = {book["表6"].cell(row, at).value for row in range(1, book["表6"].max_row + 1)}
    assert {14.4} <= amounts, "144,000.00 元 as 万元 with one decimal"


def test_sums_that_no_longer_add_up_as_printed_say_so() -> None:
    usual, coarse = ({one.key: one for one in laid(task)} for task in (money.TASK, COARSE))
    said = "因四舍五入略有出入"
    drifting = {key for key, sheet in coarse.items() if any(said in note for note in sheet.notes)}
    assert "表5" in drifting and not any(said in note for note in usual["表5"].notes)


def test_a_figure_typed_over_keeps_the_printing_and_may_be_exact_to_the_fen() -> None:
    form = next(one for one in laid(COARSE) if one.key == "表4")
    key = next(key for key, row in zip(line_keys(form), form.rows, strict=True) if row.name == "实际支出")
    (filled,) = fill([form], [Entry("表4", key, "本年", 123_456_78, 1, "因为")], COARSE).sheets
    row = next(one for one in filled.rows if one.name == "实际支出")
    assert filled.cell(row, "本年").value == 123_456_78 and shown(filled.cell(row, "本年"), Measure.TEXT) == "12.3"
    left = next(one for one in filled.rows if one.name == "年末结余")
    assert filled.cell(left, "本年").measure is Measure.WAN_TENTH


def test_a_seal_keeps_it_and_a_comparison_is_said_in_full() -> None:
    usual, coarse = laid(money.TASK), laid(COARSE)
    assert sheets_of(sheets_text(coarse)) == coarse
    assert not [one for one in differences(usual, coarse, Fraction(1, 5)) if one.form != "封面"]
    form = next(one for one in coarse if one.key == "表4")
    key = next(key for key, row in zip(line_keys(form), form.rows, strict=True) if row.name == "实际支出")
    found = {(one.line, one.mark): one for one in differences([form], [fill([form], [Entry("表4", key, "本年", 140_900_00, 1, "因为")], COARSE).sheets[0]], Fraction(1, 5))}
    one = found["实际支出", "本年"]
    assert (one.was, one.now) == ("13.99", "14.09")


@pytest.mark.parametrize(("county", "city", "measure"), [(COARSE, money.TASK, Measure.WAN), (money.TASK, COARSE, Measure.WAN_TENTH)])
def test_a_city_prints_its_sums_with_its_own_decimals(county: Task, city: Task, measure: Measure) -> None:
    facts = money.funded()
    part = Part(1, "东岭县", laid(county))
    rolled = next(one for one in roll_all([part], {}, facts, city) if one.key == "汇表6")
    column = next(one for one in rolled.columns if one.mark == "14")
    assert column.measure is measure
    own = next(one for one in part.sheets if one.key == "表6")
    assert rolled.cell(rolled.rows[0], "14").value == own.cell(own.rows[0], "14").value and not county_nodes(part)
    turned = next(one for one in roll_all([part], {}, facts, city) if one.key == "汇表4")
    assert {cell.measure or column.measure for row in turned.rows for cell, column in zip(row.cells, turned.columns, strict=True)} & {Measure.WAN, Measure.WAN_TENTH} == {measure}


@pytest.mark.parametrize(("typed", "said"), [("1", 1), ("2", 2), ("", None)])
def test_the_question_takes_what_there_is(typed: str, said: int | None) -> None:
    assert places(2, 1).parse(typed, None) == said


@pytest.mark.parametrize("typed", ["0", "3", "两", "1.5"])
def test_and_nothing_else(typed: str) -> None:
    with pytest.raises(Unreadable):
        places(2, 1).parse(typed, None)
