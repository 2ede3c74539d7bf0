"""Sheets: what is printed of an exact value, how headings merge, and what the digest sees."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from returns.grid import lay_out, lines, text_width
from returns.sheet import NOT_APPLICABLE, Cell, Column, Head, Measure, Row, Scope, Sheet, Value, digest, heads, rounded, shown


@pytest.mark.parametrize(
    ("value", "measure", "text"),
    [
        (0, Measure.COUNT, "0"),
        (11698, Measure.COUNT, "11,698"),
        (Fraction(9, 2), Measure.COUNT, "4.50"),
        (Fraction(8, 2), Measure.COUNT, "4"),
        (4999200, Measure.YUAN, "49,992.00"),
        (-800, Measure.YUAN, "-8.00"),
        (Fraction(5413333, 2), Measure.YUAN, "27,066.67"),
        (Fraction(1, 3), Measure.YUAN, "0.00"),
        (Fraction(-1, 3), Measure.YUAN, "0.00"),
        (382200000, Measure.WAN, "382.20"),
        (38_225_000, Measure.WAN, "38.23"),  # half up
        (Fraction(52, 58), Measure.RATE, "89.66%"),
        (Fraction(59, 60), Measure.RATE, "98.33%"),
        (1, Measure.RATE, "100.00%"),
        (Fraction(5340, 100), Measure.DECIMAL, "53.40"),
        (Fraction(1, 200), Measure.DECIMAL, "0.01"),
        (None, Measure.COUNT, ""),
        (NOT_APPLICABLE, Measure.YUAN, "—"),
        ("是", Measure.TEXT, "是"),
    ],
)
def test_printed_text_rounds_half_up_at_the_last_step(value: Value, measure: Measure, text: str) -> None:
    assert shown(Cell(value), measure) == text


@given(st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=10**6))
def test_rounding_agrees_with_decimal(value: Fraction) -> None:
    exact = Decimal(value.numerator) / Decimal(value.denominator) / 100
    if abs(exact) < 10**9 and exact * 10**8 == int(exact * 10**8):
        assert Decimal(rounded(value, Measure.YUAN)) == (exact * 100).quantize(Decimal(1), ROUND_HALF_UP)
    assert abs(rounded(value, Measure.YUAN) - value) <= Fraction(1, 2)


COLUMNS = (
    Column("甲", "单位名称"),
    Column("1", "合计", groups=("实际",)),
    Column("2", "小计", groups=("实际", "在编")),
    Column("3", "行政", groups=("实际", "在编")),
    Column("4", "缺口"),
    Column("5", "小计", groups=("实际", "在编")),
)


def test_headings_merge_over_equal_groups_and_down_to_the_last_row() -> None:
    assert heads(COLUMNS) == (
        Head(0, 0, 3, 1, "单位名称"),
        Head(0, 1, 1, 3, "实际"),
        Head(0, 4, 3, 1, "缺口"),
        Head(0, 5, 1, 1, "实际"),
        Head(1, 1, 2, 1, "合计"),
        Head(1, 2, 1, 2, "在编"),
        Head(1, 5, 1, 1, "在编"),
        Head(2, 2, 1, 1, "小计"),
        Head(2, 3, 1, 1, "行政"),
        Head(2, 5, 1, 1, "小计"),
    )


@given(st.lists(st.lists(st.sampled_from("甲乙丙"), max_size=2), min_size=1, max_size=8))
def test_headings_cover_every_place_once(paths: list[list[str]]) -> None:
    columns = tuple(Column(str(index), f"{index}", groups=tuple(path)) for index, path in enumerate(paths))
    places = [(h.row + i, h.column + j) for h in heads(columns) for i in range(h.rows) for j in range(h.columns)]
    depth = max(len(path) for path in paths) + 1
    assert sorted(places) == [(row, column) for row in range(depth) for column in range(len(columns))]


SHEET = Sheet(
    "表9",
    "试验表",
    ("表9", "表号：甲1", "批准文号：乙2"),
    ("填报单位（盖章）：东岭县民政局", "2026年度", "单位：人"),
    (
        Column("甲", "单位", Measure.LONG, width=4),
        Column("1", "人数"),
        Column("2", "金额", Measure.YUAN),
        Column("3", "备注", Measure.LONG),
    ),
    (Row("合计", Scope.TOTAL, (Cell("合计"), Cell(3), Cell(123456789012), Cell(None))),),
    footer=("边界口径：就高。",),
    signatories="单位负责人：",
    notes=("1. 甲", "2. 乙"),
)


def test_a_grid_puts_every_block_in_its_own_place_and_cuts_no_figure() -> None:
    grid = lay_out(SHEET)
    places = [(s.row + i, s.column + j) for s in grid.spans for i in range(s.rows) for j in range(s.columns)]
    assert len(places) == len(set(places))
    assert [s.text for s in grid.spans if s.column > 1 and s.row < 3] == ["表号：甲1", "批准文号：乙2"]
    assert grid.widths[2] > len("1,234,567,890.12")
    assert (grid.head_first, grid.head_last, grid.fixed_columns) == (5, 6, 1)
    assert len(grid.heights) == max(row for row, _ in places)
    assert [s.text for s in grid.spans][-2:] == ["说明：1. 甲", "      2. 乙"]


def test_a_form_without_head_fields_prints_no_empty_label() -> None:
    grid = lay_out(replace(SHEET, corner=("表9",)))
    assert not [s.text for s in grid.spans if "：" in s.text and s.row == 1]


def test_text_that_wraps_gets_its_lines() -> None:
    assert (text_width("户数12"), text_width("（盖章）")) == (6, 8)
    assert (lines("", 8), lines("四个汉字", 8), lines("五个汉字长", 8), lines("一\n二", 8)) == (1, 1, 2, 2)


def test_the_digest_sees_figures_and_lines_but_not_looks() -> None:
    same = digest([replace(SHEET, title="另一个题目", paper="A3", notes=())])
    assert same == digest([SHEET])
    other = replace(SHEET, rows=(replace(SHEET.rows[0], cells=(Cell("合计"), Cell(4), *SHEET.rows[0].cells[2:])),))
    assert digest([other]) != same
    applies = replace(SHEET, rows=(replace(SHEET.rows[0], cells=(Cell("合计"), Cell(NOT_APPLICABLE), *SHEET.rows[0].cells[2:])),))
    assert len({digest([applies]), same, digest([other])}) == 3


def test_a_sheet_is_asked_by_column_number() -> None:
    assert SHEET.cell(SHEET.rows[0], "1").value == 3
    with pytest.raises(KeyError):
        SHEET.column("99")
