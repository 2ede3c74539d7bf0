"""Sheets come back from their text cell for cell, with whoever stands behind them."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value, digest
from returns.stored import sheets_of, sheets_text, value_of, value_text
from tests.returns.laid import sheets

VALUES = st.none() | st.integers() | st.fractions() | st.text() | st.just(NOT_APPLICABLE)


def test_the_whole_set_comes_back_with_the_people_behind_its_cells() -> None:
    laid = sheets()
    back = sheets_of(sheets_text(laid))
    assert back == laid
    assert digest(back) == digest(laid)
    assert any(cell.people for sheet in back for row in sheet.rows for cell in row.cells)


@given(VALUES)
def test_a_figure_comes_back_of_its_own_sort(value: Value) -> None:
    back = value_of(value_text(value))
    assert (type(back), back) == (type(value), value)


@given(st.lists(st.tuples(VALUES, st.lists(st.integers(1)).map(tuple)), min_size=1, max_size=5), st.sampled_from(Scope), st.sampled_from(Measure))
def test_any_sheet_comes_back(cells: list[tuple[Value, tuple[int, ...]]], scope: Scope, measure: Measure) -> None:
    columns = tuple(Column(str(mark), f"第{mark}栏", measure) for mark, _ in enumerate(cells, 1))
    row = Row("甲镇", scope, tuple(Cell(value, people) for value, people in cells), 3)
    sheet = Sheet("表2", "题", ("表2",), ("左", "中", "右"), columns, (row,))
    assert sheets_of(sheets_text([sheet])) == (sheet,)


@pytest.mark.parametrize(("text", "said"), [("", "读不出来"), ("{}", "读不出来"), (json.dumps({"edition": 9, "sheets": []}), "更高版本")])
def test_another_text_is_refused_in_words(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        sheets_of(text)


def test_fractions_stay_exact() -> None:
    assert value_of(value_text(Fraction(1, 3))) == Fraction(1, 3)
