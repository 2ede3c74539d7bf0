"""Records beneath a header: what is read, what is an error with its next step, what is left out and said."""

from __future__ import annotations

from datetime import date, time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.cells import CellError, Sheet, Uncalculated
from intake.headers import find_header, match
from intake.table import Table, records
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.idno import IDENTITY
from policy.kinds.money import MONEY
from policy.kinds.text import NAME, TEXT

FIELDS = {
    "name": Field("姓名", NAME, required=True),
    "id_no": Field("证件号", IDENTITY, ("身份证号码",)),
    "start": Field("入职日期", DATE),
    "gross": Field("应发工资", MONEY),
    "note": Field("备注", TEXT),
}
HEADINGS = ("序号", "姓名", "身份证号码", "入职日期", "应发工资", "备注")


def table(*rows: tuple[object, ...], headings: tuple[str, ...] = HEADINGS, above: str = "名册") -> Table:
    sheet = Sheet("表", rows={1: (above,), 3: headings} | {number: row for number, row in enumerate(rows, 4) if row})  # type: ignore[arg-type]
    header = find_header(sheet.rows, FIELDS)
    assert header
    return records(sheet, header, match(header.headings, FIELDS).sure, FIELDS)


def test_a_record_with_its_row_number():
    (one,) = table((), (1, " 张三 ", None, date(2026, 1, 5), "6，000", None)).records
    assert one.row_number == 5
    assert one.values == {"name": "张三", "id_no": None, "start": date(2026, 1, 5), "gross": 600000, "note": None}
    assert one.errors == {}
    assert one.raw["gross"] == "6，000"


def test_cells_that_cannot_be_read_are_errors_and_never_values():
    (one,) = table((1, None, 440101199001011234, time(8, 30), CellError("#REF!"), Uncalculated("A1"))).records
    assert one.values == {"name": None}, "a blank is told apart from what cannot be read"
    assert "没有填写" in one.errors["name"]
    assert "数字" in one.errors["id_no"]
    assert "08:30" in one.errors["start"]
    assert "#REF!" in one.errors["gross"] and "原表" in one.errors["gross"]
    assert "公式未计算" in one.errors["note"] and "打开" in one.errors["note"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("合计", None, None, None, 100), "合计行"),
        ((None, "大坪镇小计", None, None, 100), "合计行"),
        (("总 计：3人",), "合计行"),
        (("填表说明：1.本表按月填报",), "填表说明"),
        (("注：含补发",), "填表说明"),
        (("备注：含补发",), "填表说明"),
        (("制表人：李四", None, "审核人：王五"), "签注行"),
        (("填报人：",), "签注行"),
        ((None, "示例：张三", None, None, 100), "示例行"),
        (("示例", "张三", None, None, 100), "示例行"),
        (HEADINGS, "重复的标题行"),
        ((5,), "要导入的列全是空白"),
        (("甲", "乙", 1, 2, 3, 4), "栏次行"),
        ((1, 2, 3, 4, 5, 6), "栏次行"),
    ],
)
def test_rows_that_are_no_records_are_left_out_with_the_reason(row, reason):
    found = table(row, (1, "张三"))
    assert [record.row_number for record in found.records] == [5]
    assert [(one.row_number, one.reason) for one in found.skipped] == [(4, reason)]


@pytest.mark.parametrize(
    "row", [(1, "张合计三"), (1, "注三"), (1, "张三", None, None, None, "含合计"), (1, "张三", None, None, None, "备注：无")]
)
def test_records_that_only_look_like_something_else(row):
    found = table(row)
    assert len(found.records) == 1 and not found.skipped


def test_lines_after_the_instructions_belong_to_them():
    found = table((1, "张三"), ("填表说明",), ("1.姓名按身份证填写。",), (2, "李四"))
    assert [record.row_number for record in found.records] == [4, 7]
    assert [one.row_number for one in found.skipped] == [5, 6]


def test_blank_rows_are_passed_over():
    found = table((1, "张三"), (None, " ", "\u3000"), (2, "李四"))
    assert [record.row_number for record in found.records] == [4, 6]
    assert found.skipped == ()


WAN = ("序号", "姓名", "身份证号码", "入职日期", "应发工资（万元）", "备注")


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        (1.23, 1230000),
        (8, 8000000),
        ("1,234.5", 1234500000),
        ("0.000001", 1),
        (0.1 + 0.2, 300000),
        ("-1.5", -1500000),
        ("8万元", 8000000),
        ("5元", 500),
        (None, None),
    ],
)
def test_ten_thousands_by_the_heading(cell, fen):
    found = table((1, "张三", None, None, cell), headings=WAN)
    assert found.records[0].values["gross"] == fen
    assert "万元" in found.notes[0]


def test_ten_thousands_by_the_line_above_and_yuan_by_the_heading():
    assert table((1, "张三", None, None, 2), above="工资表（单位：万元）").records[0].values["gross"] == 2000000
    yuan = ("序号", "姓名", "身份证号码", "入职日期", "应发工资（元/月）")
    found = table((1, "张三", None, None, 2), above="工资表 单位：万元", headings=yuan)
    assert found.records[0].values["gross"] == 200 and found.notes == ()


@given(st.integers(-(10**11), 10**11))
def test_every_amount_in_ten_thousands_comes_out_exactly(fen):
    amount = Fraction(fen, 10**6)
    whole, rest = divmod(abs(fen), 10**6)
    text = f"{'-' if amount < 0 else ''}{whole}.{rest:06}"
    for cell in (text, float(text)):
        assert table((1, "张三", None, None, cell), headings=WAN).records[0].values["gross"] == fen


@pytest.mark.parametrize("cell", ["0.0000001", True, "两万", date(2026, 1, 1)])
def test_what_is_no_amount_in_ten_thousands(cell):
    assert "gross" in table((1, "张三", None, None, cell), headings=WAN).records[0].errors


def test_a_unit_the_program_does_not_know_is_said():
    headings = ("序号", "姓名", "身份证号码", "入职日期", "应发工资（千元）")
    assert "千元" in table((1, "张三", None, None, 5), headings=headings).records[0].errors["gross"]
