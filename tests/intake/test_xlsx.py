"""Reading .xlsx: what stands in a cell comes out, or a mark that it could not be read; held against openpyxl and calamine."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from intake.cells import CellError, Sheet, Uncalculated, from_json, to_json
from intake.child import open_source
from intake.excel_dates import format_sort, from_iso, from_serial
from intake.refusal import Refusal
from intake.sheet_xml import unescape


def only_sheet(data: bytes) -> Sheet:
    (sheet,) = open_source(data, "来件.xlsx", None).sheets
    return sheet


def saved(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_values_of_every_sort(craft):
    data = craft(
        '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2"><v>440101199001011234</v></c><c r="D2"><v>4.40101199001011E+17</v></c>'
        '<c r="E2" t="b"><v>1</v></c><c r="F2" t="e"><v>#REF!</v></c><c r="G2"><f>A1+1</f><v/></c>'
        '<c r="H2" t="str"><f>""</f><v></v></c><c r="I2"><v>0.1</v></c><c r="J2" t="inlineStr"><is><t> 张三 </t></is></c></row>',
        strings="<si><r><t>张</t></r><r><t>_x0034_</t></r><rPh><t>zhang</t></rPh></si>",
    )
    assert only_sheet(data).rows == {
        2: (None, "张4", 440101199001011234, 4.40101199001011e17, True, CellError("#REF!"), Uncalculated("A1+1"), None, 0.1, " 张三 ")
    }


def test_a_formula_written_by_a_program_is_not_a_blank():
    sheet = only_sheet(saved([["=1+1", 5]]))
    assert sheet.rows == {1: (Uncalculated("1+1"), 5)}


def test_dates_by_format_also_the_chinese_built_in_ones(craft):
    data = craft(
        '<row><c s="1"><v>43535</v></c><c s="2"><v>43535</v></c><c s="3"><v>43535.5</v></c><c s="4"><v>1.5</v></c>'
        '<c s="1"><v>-5</v></c><c s="1"><v>99999999</v></c><c s="1"><v>60</v></c><c s="1"><v>0.25</v></c>'
        '<c t="d"><v>2026-05-01T00:00:00</v></c></row>'
    )
    assert only_sheet(data).rows[1] == (
        date(2019, 3, 11),
        date(2019, 3, 11),
        datetime(2019, 3, 11, 12),
        "36:00:00",
        CellError("########"),
        CellError("########"),
        date(1900, 2, 28),
        time(6),
        date(2026, 5, 1),
    )


def test_1904_dates(craft):
    data = craft('<row><c s="1"><v>42073</v></c></row>', workbook='<workbookPr date1904="1"/>')
    source = open_source(data, "a.xlsx", None)
    (sheet,) = source.sheets
    assert sheet.rows == {1: (date(2019, 3, 11),)}
    assert any("1904" in warning for warning in source.warnings)


@pytest.mark.parametrize(
    ("number", "code", "sort"),
    [
        (0, None, ""),
        (14, None, "date"),
        (31, None, "date"),
        (46, None, "duration"),
        (49, None, ""),
        (170, 'yyyy"年"m"月"d"日";@', "date"),
        (171, "[$-804]aaaa;@", ""),
        (172, '0.00"dmy"', ""),
        (173, "#,##0.00_);[Red](#,##0.00)", ""),
        (174, "[h]:mm", "duration"),
        (175, "0.00E+00", ""),
        (176, "General", ""),
        (177, r"#,##0\d", ""),
    ],
)
def test_which_formats_are_dates(number, code, sort):
    assert format_sort(number, code) == sort


@given(st.dates(date(1900, 3, 1), date(2100, 12, 31)))
def test_serials_count_days_from_the_last_of_1899(day):
    assert from_serial((day - date(1899, 12, 30)).days, "date", False) == day
    assert from_serial((day - date(1904, 1, 1)).days, "date", True) == (day if day >= date(1904, 1, 1) else CellError("########"))


def test_wrong_dimension_as_wps_writes_it_loses_nothing(parts, pack):
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row><row r="5"><c r="C5"><v>2</v></c></row>')
    sheet = made["xl/worksheets/sheet1.xml"]
    made["xl/worksheets/sheet1.xml"] = sheet.replace("<sheetData>", '<dimension ref="A1:A1"/><sheetData>')
    assert only_sheet(pack(made)).rows == {1: (1,), 5: (None, None, 2)}


def test_strict_ooxml_reads_the_same(parts, pack):
    made = parts('<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><v>#N/A</v></c></row>', strings="<si><t>姓名</t></si>")
    strict = {
        name: text.replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace("http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument")
        for name, text in made.items()
    }
    assert only_sheet(pack(strict)).rows == {1: ("姓名", CellError("#N/A"))}


def test_prefixed_tags_read_the_same(parts, pack):
    made = parts()
    made["xl/worksheets/sheet1.xml"] = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert only_sheet(pack(made)).rows == {1: (7,)}


def test_odd_styles_do_no_harm(parts, pack):
    made = parts('<row r="1"><c r="A1" s="0"><v>7</v></c></row>')
    made["xl/styles.xml"] = made["xl/styles.xml"].replace(
        "<cellXfs", '<fonts><font><family val="34"/><color rgb="red"/></font></fonts><fills><fill/></fills><cellXfs'
    )
    data = pack(made)
    with pytest.raises((ValueError, TypeError)):
        openpyxl.load_workbook(io.BytesIO(data))
    assert only_sheet(data).rows == {1: (7,)}


def test_merged_value_stands_in_the_top_left_only(craft):
    data = craft(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row><row r="2"><c r="A2"><v>4</v></c></row>',
        after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    )
    sheet = only_sheet(data)
    assert sheet.rows == {1: (1, None, 3)}
    assert sheet.merged == ("A1:B2",)
    assert "藏着 2 个值" in sheet.warnings[0]


def test_hidden_sheets_are_listed_and_read_when_asked_for(craft):
    data = craft('<row><c><v>1</v></c></row>', state='state="veryHidden"')
    (listed,) = open_source(data, "a.xlsx", None).sheets
    assert (listed.state, listed.rows) == ("veryHidden", {})
    (asked,) = open_source(data, "a.xlsx", ["花名册"]).sheets
    assert asked.rows == {1: (1,)}


def test_hidden_rows_are_read_and_said(craft):
    sheet = only_sheet(craft('<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>'))
    assert sheet.rows == {1: (1,)}
    assert "1 行被隐藏" in sheet.warnings[0]


def test_macros_and_links_are_warnings(parts, pack):
    made = parts('<row><c><v>1</v></c></row>') | {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<x/>"}
    source = open_source(pack(made), "a.xlsm", None)
    assert [sheet.rows for sheet in source.sheets] == [{1: (1,)}]
    assert "宏" in source.warnings[0] and "其他文件" in source.warnings[1]


@pytest.mark.parametrize(
    ("written", "read"),
    [("_x0034_", "4"), ("_x005F_x0034_", "_x0034_"), ("_xD83D__xDE00_", "😀"), ("_xD83D_", "\ufffd"), ("a_x_b", "a_x_b")],
)
def test_escapes(written, read):
    assert unescape(written) == read


plain_cells = st.one_of(
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8).filter(lambda t: not t.startswith(("=", "#"))),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: round(x, 2)),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(plain_cells, min_size=1, max_size=5), min_size=1, max_size=6))
def test_agrees_with_both_libraries(rows):
    data = saved(rows)
    read = only_sheet(data).rows
    for oracle in (by_openpyxl(data), by_calamine(data)):
        assert read == oracle


def comparable(values: Any) -> tuple[Any, ...]:
    cells = [None if value == "" else value for value in values]
    cells = [v.date() if isinstance(v, datetime) and v.time() == time() else v for v in cells]
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def by_openpyxl(data: bytes) -> dict[int, Any]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    rows = {number: comparable(row) for number, row in enumerate(sheet.iter_rows(values_only=True), 1)}
    return {number: row for number, row in rows.items() if row}


def by_calamine(data: bytes) -> dict[int, Any]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    rows = {number: comparable(row) for number, row in enumerate(sheet.to_python(skip_empty_area=False), 1)}
    return {number: row for number, row in rows.items() if row}


cells = st.one_of(
    plain_cells,
    st.datetimes(),
    st.times(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.builds(CellError, st.text(max_size=5)),
    st.builds(Uncalculated, st.text(max_size=5)),
)


@given(cells)
def test_cells_cross_the_pipe_unchanged(cell):
    import json

    back = from_json(json.loads(json.dumps(to_json(cell), allow_nan=False)))
    assert back == cell and type(back) is type(cell)


@pytest.mark.parametrize("value", [[], {}, {"x": "1"}, {"d": 5}, {"d": "2026-13-01"}, {"d": "2026-01-01", "e": ""}])
def test_what_is_no_cell_is_refused(value):
    with pytest.raises(ValueError):
        from_json(value)


def test_a_missing_sheet_part_is_damage(parts, pack):
    made = parts()
    del made["xl/worksheets/sheet1.xml"]
    with pytest.raises(Refusal, match="已损坏"):
        only_sheet(pack(made))


def test_length_of_time_keeps_its_sign():
    assert from_serial(-timedelta(hours=1) / timedelta(days=1), "duration", False) == "-1:00:00"


@pytest.mark.parametrize(
    ("text", "read"), [("2026-05-01T08:30:00", datetime(2026, 5, 1, 8, 30)), ("08:30:00", time(8, 30)), ("2026年5月", "2026年5月")]
)
def test_dates_written_as_text_in_a_date_cell(text, read):
    assert from_iso(text) == read


def test_merged_ranges_that_are_none_are_passed_over(craft):
    sheet = only_sheet(craft('<row><c><v>1</v></c></row>', after='<mergeCells><mergeCell ref="odd"/></mergeCells>'))
    assert sheet.rows == {1: (1,)}


def test_the_last_second_excel_knows():
    assert from_serial(2958465, "date", False) == date(9999, 12, 31)
    assert from_serial(2958465.9999999, "date", False) == CellError("########")
