"""The set as it goes up: 目录 with links, pages protected without a password, and the edition with formulas."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returns.excel import formulas
from returns.grid import lay_out
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet
from returns.workbook import write
from tests.returns import money
from tests.returns.laid import sheets

DAY = date(2027, 1, 12)


def test_the_contents_lead_to_every_form(tmp_path: Path) -> None:
    laid = sheets()
    book = load_workbook(write(laid, tmp_path / "a.xlsx", DAY, bound=True))
    assert book.sheetnames == ["封面", "目录", *(sheet.key for sheet in laid[1:])]
    page = book["目录"]
    links = {cell.value: cell.hyperlink.location for row in page.iter_rows() for cell in row if cell.hyperlink}
    assert {sheet.key: f"'{sheet.key}'!A1" for sheet in laid}.items() <= links.items()
    assert {sheet.title for sheet in laid} <= set(links)
    for sheet in book.worksheets:
        assert sheet.protection.sheet and sheet.protection.password is None


def test_without_binding_it_is_the_forms_alone(tmp_path: Path) -> None:
    book = load_workbook(write(sheets(), tmp_path / "a.xlsx", DAY))
    assert "目录" not in book.sheetnames
    assert not any(sheet.protection.sheet for sheet in book.worksheets)


def test_the_same_set_makes_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write(sheets(), tmp_path / name, DAY, bound=True, with_formulas=True).read_bytes() for name in ("a.xlsx", "b.xlsx"))
    assert first == second


def table() -> Sheet:
    columns = (
        Column("甲", "单位", Measure.LONG), Column("1", "人数", total="Σ"), Column("2", "金额", Measure.YUAN, total="Σ"),
        Column("3", "人均", Measure.YUAN, formula="2/1"), Column("4", "人均（万元）", Measure.WAN, formula="3"),
        Column("5", "缺口", formula="max(0.,1−2人)"), Column("6", "差", Measure.YUAN, formula="2−3"),
    )  # fmt: skip

    def row(name: str, scope: Scope, heads: int, money: int) -> Row:
        each: object = Fraction(money, heads) if heads else NOT_APPLICABLE
        rest = (each, each, max(0, heads - 2), money - each if heads else NOT_APPLICABLE)  # type: ignore[operator]
        return Row(name, scope, tuple(Cell(value) for value in (name, heads, money, *rest)))  # type: ignore[arg-type]

    rows = (row("合计", Scope.TOTAL, 3, 1000_01), row("甲镇", Scope.TOWN, 3, 1000_01), row("其中", Scope.MEMO, 1, 1), row("乙镇", Scope.TOWN, 0, 0))
    return Sheet("表9", "题", ("表9",), ("左", "中", "右"), columns, rows)


def test_each_relation_becomes_an_excel_formula_in_the_units_of_its_columns() -> None:
    laid = table()
    first = lay_out(laid).head_last + 1
    found = formulas(laid, lay_out(laid))
    assert found[first, 2] == f"=SUM(B{first + 1}:B{first + 1},B{first + 3}:B{first + 3})"
    assert found[first + 1, 4] == f"=(((C{first + 1}*100)/B{first + 1}))/100"
    assert found[first + 1, 5] == f"=((D{first + 1}*100))/1000000"
    assert found[first + 1, 6] == f"=MAX(0,(B{first + 1}-2))"
    assert found[first + 1, 7] == f"=(C{first + 1}-D{first + 1})"
    assert (first + 3, 4) not in found  # — stays —


def test_an_upright_form_has_its_relations_as_formulas_in_both_years_and_across() -> None:
    laid = next(one for one in money.sheets() if one.key == "表4")
    first = lay_out(laid).head_last + 1
    found = formulas(laid, lay_out(laid))
    at = {str(row.cells[0].value): first + line for line, row in enumerate(laid.rows)}
    assert found[at["1"], 3] == f"=(C{at['2']}+C{at['3']})" and found[at["1"], 4] == f"=(D{at['2']}+D{at['3']})"
    assert found[at["11"], 3] == f"=(ROUND(((C{at['10']}*1000000)*C{at['9']}),0))/1000000"
    assert found[at["16"], 4] == f"=((D{at['12']}*1000000)/(D{at['11']}*1000000))"
    assert found[at["21"], 3] == f"=((C{at['15']}+C{at['29']})-C{at['19']})"
    assert found[at["19"], 5] == f"=(((C{at['19']}*1000000)-(D{at['19']}*1000000))/(D{at['19']}*1000000))"
    assert found[at["22"], 5] == f"=((C{at['22']}-D{at['22']})/D{at['22']})"
    assert (at["16"], 5) not in found  # — stays —
    follows = {"1", "10", "11", "12", "14", "16", "17", "18", "21", "30"}
    assert {line for line, row in at.items() if (row, 3) in found} == follows


def test_the_edition_with_formulas_holds_unrounded_numbers_shown_at_two_decimals(tmp_path: Path) -> None:
    laid = table()
    page = load_workbook(write([laid], tmp_path / "a.xlsx", DAY, with_formulas=True))["表9"]
    first = lay_out(laid).head_last + 1
    assert page.cell(first + 1, 3).value == 1000.01
    assert (page.cell(first + 1, 4).data_type, page.cell(first + 1, 4).number_format) == ("f", "#,##0.00")
    assert page.cell(first + 3, 4).value == "—"


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(\"x\")"])
def test_a_name_that_looks_like_a_formula_stays_text_in_either_edition(tmp_path: Path, text: str) -> None:
    laid = table()
    named = Sheet(laid.key, laid.title, laid.corner, laid.heading, laid.columns, (Row(text, Scope.TOWN, (Cell(text), *laid.rows[1].cells[1:])),))
    for edition in (False, True):
        page = load_workbook(write([named], tmp_path / "a.xlsx", DAY, with_formulas=edition))["表9"]
        cells = [cell for row in page.iter_rows() for cell in row if cell.value == text]
        assert [cell.data_type for cell in cells] == ["s"]
