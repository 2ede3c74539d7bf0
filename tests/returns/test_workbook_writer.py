"""The writer: what Excel finds in the file, what is refused, and that the old file survives every failure."""

from __future__ import annotations

import errno
import os
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from policy.example import worked_county
from resources import files
from returns import workbook
from returns.annual import lay_all
from returns.grid import Role, lay_out
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value
from returns.workbook import WriteError, file_name, write
from tests.returns.laid import TASK, sheets

DAY = date(2027, 1, 12)


def form(values: Sequence[Value], measure: Measure = Measure.LONG, key: str = "表9") -> Sheet:
    """A form of one column with a value a line."""
    rows = tuple(Row(f"{n}", Scope.OTHER, (Cell(value),)) for n, value in enumerate(values))
    return Sheet(key, "试验表", (), ("填报单位（盖章）：", "", ""), (Column("1", "数", measure),), rows)


def body(path: Path, count: int, key: str = "表9") -> list[Any]:
    """The cells of the lines of such a form (title, heading, head and 栏次 stand above)."""
    page = load_workbook(path)[key]
    return [page.cell(5 + n, 1) for n in range(count)]


def test_figures_are_numbers_at_printed_precision_and_never_formulas(tmp_path: Path) -> None:
    write([form([49_992_005, -8_00], Measure.YUAN), form([NOT_APPLICABLE, None], Measure.YUAN, "表8")], tmp_path / "a.xlsx", DAY)
    first, second = body(tmp_path / "a.xlsx", 2)
    assert (first.value, first.number_format, first.data_type) == (499920.05, "#,##0.00", "n")
    assert second.value == -8
    dash, blank = body(tmp_path / "a.xlsx", 2, "表8")
    assert (dash.value, blank.value) == ("—", None)


@pytest.mark.parametrize("text", ["=1+1", "=cmd|' /C calc'!A0", "+86 13800138000", "-3", "@SUM(A1)", "#N/A", "1234", "TRUE", " 前后空格 "])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    write([form([text])], tmp_path / "a.xlsx", DAY)
    cell = body(tmp_path / "a.xlsx", 1)[0]
    assert (cell.value, cell.data_type) == (text, "s")
    assert bool(cell.quotePrefix) is (text[0] in "=+-@")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_identity_numbers_and_codes_are_text(tmp_path: Path) -> None:
    write([form(["449901199005200016"], Measure.CODE)], tmp_path / "a.xlsx", DAY)
    cell = body(tmp_path / "a.xlsx", 1)[0]
    assert (cell.value, cell.number_format, cell.data_type) == ("449901199005200016", "@", "s")


def test_control_characters_are_left_out_and_lines_kept(tmp_path: Path) -> None:
    write([form(["甲\x00\x08乙\x1f\ufffe", "一\r\n二\r三"])], tmp_path / "a.xlsx", DAY)
    assert [cell.value for cell in body(tmp_path / "a.xlsx", 2)] == ["甲乙", "一\n二\n三"]


def test_a_text_too_long_for_a_cell_is_refused_and_names_the_cell(tmp_path: Path) -> None:
    write([form(["长" * 32_767])], tmp_path / "a.xlsx", DAY)
    before = (tmp_path / "a.xlsx").read_bytes()
    with pytest.raises(ValueError, match="表9 A5 的文字有 32,768 个字"):
        write([form(["长" * 32_768])], tmp_path / "a.xlsx", DAY)
    assert (tmp_path / "a.xlsx").read_bytes() == before


@pytest.mark.parametrize("key", ["", "表:1", "表[1]", "表" * 32])
def test_a_bad_sheet_name_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="不能用"):
        write([form([1], key=key)], tmp_path / "a.xlsx", DAY)
    assert not list(tmp_path.iterdir())


def test_no_sheet_or_two_of_a_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="没有可写出的报表"):
        write([], tmp_path / "a.xlsx", DAY)
    with pytest.raises(ValueError, match="不能重复"):
        write([form([1]), form([2])], tmp_path / "a.xlsx", DAY)


def test_the_whole_set_reads_back_as_laid(tmp_path: Path) -> None:
    path = write(sheets(), tmp_path / "年报.xlsx", DAY)
    book = load_workbook(path)
    assert book.sheetnames == ["封面", "表1", "表2", "表3", "附表1", "附表2"]
    for sheet in sheets():
        page = book[sheet.key]
        merged = {str(area) for area in page.merged_cells.ranges}
        for span in lay_out(sheet).spans:
            cell = page.cell(span.row, span.column)
            if isinstance(span.cell.value, str) or span.cell.value is None:
                assert cell.value == (span.cell.value or None)
            assert (span.rows * span.columns > 1) is any(area.startswith(f"{cell.coordinate}:") for area in merged)
            if span.role in (Role.HEAD, Role.BODY, Role.TOTAL, Role.MARK):
                assert cell.border.left.style == "thin"
            assert cell.font.name in ("宋体", "方正小标宋简体")


def test_print_set_up(tmp_path: Path) -> None:
    book = load_workbook(write(sheets(), tmp_path / "年报.xlsx", DAY))
    for sheet in sheets():
        page: Any = book[sheet.key]
        assert page.page_setup.paperSize == (8 if sheet.paper == "A3" else 9)
        assert page.page_setup.orientation == ("landscape" if sheet.landscape else "portrait")
        assert (page.page_setup.fitToWidth, page.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
        assert page.page_setup.fitToHeight == (0 if sheet.key == "附表1" else 1)
        assert page.oddFooter.center.text == "第 &P 页  共 &N 页"
        assert page.print_options.horizontalCentered
    two: Any = book["表2"]
    assert two.print_title_rows == "$4:$7"
    assert two.freeze_panes == "C8"
    assert (two["A2"].value, two["A2"].font.size) == ("社会救助经办服务人员配备情况表", 18)


def test_a_form_stands_on_one_page_as_long_as_it_can_be_read(tmp_path: Path) -> None:
    """Shrunk to 小六 at most; a longer list is cut into pages that are one page wide."""
    short = sheets()[0]
    sizes = {}
    for times in (1, 40):
        many = replace(short, rows=short.rows * times)
        page: Any = load_workbook(write([many], tmp_path / f"{times}.xlsx", DAY))[short.key]
        sizes[times] = page.page_setup.fitToWidth, page.page_setup.fitToHeight
    assert sizes == {1: (1, 1), 40: (1, 0)}


def test_no_machine_no_user_no_clock_in_the_file(tmp_path: Path) -> None:
    first = write(sheets(), tmp_path / "甲.xlsx", DAY)
    second = write(sheets(), tmp_path / "乙.xlsx", DAY)
    assert first.read_bytes() == second.read_bytes()
    properties = load_workbook(first).properties
    assert (properties.creator, properties.lastModifiedBy) == ("经办台账", "经办台账")
    assert properties.created == properties.modified == datetime(2027, 1, 12)
    with zipfile.ZipFile(first) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2027, 1, 12, 0, 0, 0)}


def held(code: int) -> OSError:
    error = PermissionError(errno.EACCES, "held")
    error.winerror = code  # type: ignore[attr-defined]
    return error


def failing_replace(monkeypatch: pytest.MonkeyPatch, errors: list[OSError]) -> None:
    replace_for_good = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if errors:
            raise errors.pop(0)
        return replace_for_good(self, target)

    monkeypatch.setattr(Path, "replace", fail)


def test_a_file_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    failing_replace(monkeypatch, [held(5), held(32), held(33)])
    write([form([1])], tmp_path / "a.xlsx", DAY, waits.append)
    assert len(waits) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_a_file_held_for_good_stays_and_the_clerk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"old")
    waits: list[float] = []
    failing_replace(monkeypatch, [held(32) for _ in range(99)])
    with pytest.raises(WriteError, match=r"正被其他程序.*打开.*原文件未改动"):
        write([form([1])], tmp_path / "a.xlsx", DAY, waits.append)
    assert 2 <= sum(waits) <= 2.5
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.xlsx", b"old")]


def no_space(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("place", "name"), [(os, "fsync"), (workbook.ExcelWriter, "save"), (workbook, "_verify"), (files.tempfile, "mkstemp")]
)
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: Any, name: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"old")
    monkeypatch.setattr(place, name, no_space)
    with pytest.raises(WriteError, match="磁盘空间不足"):
        write([form([1])], tmp_path / "a.xlsx", DAY)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.xlsx", b"old")]


def test_other_refusals_of_the_disk_are_words_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WriteError, match="不存在"):
        write([form([1])], tmp_path / "没有" / "a.xlsx", DAY)
    failing_replace(monkeypatch, [PermissionError(errno.EACCES, "denied"), OSError(errno.EIO, "Input/output error")])
    with pytest.raises(WriteError, match="权限"):
        write([form([1])], tmp_path / "a.xlsx", DAY)
    with pytest.raises(WriteError, match="换一个位置"):
        write([form([1])], tmp_path / "a.xlsx", DAY)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("spoil", ["value", "extra", "formula", "missing", "sheet"])
def test_what_does_not_read_back_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"old")
    made: Callable[..., Any] = workbook._book

    def spoilt(*arguments: Any) -> Any:
        book = made(*arguments)
        page = book["表9"]
        match spoil:
            case "value":
                page["A5"].value = 2
            case "extra":
                page["C9"].value = "多"
            case "formula":
                page["A5"].value = "=1"
            case "missing":
                page["A5"].value = None
            case "sheet":
                book.create_sheet("多")
        return book

    monkeypatch.setattr(workbook, "_book", spoilt)
    with pytest.raises(WriteError, match="核对"):
        write([form([1])], tmp_path / "a.xlsx", DAY)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.xlsx", b"old")]


@given(
    st.lists(st.one_of(st.none(), st.text(max_size=30), st.integers(-(10**12), 10**12)), min_size=1, max_size=5), st.sampled_from(Measure)
)
def test_any_content_is_written_and_reads_back(tmp_path_factory: pytest.TempPathFactory, values: list[Value], measure: Measure) -> None:
    folder = tmp_path_factory.mktemp("any")
    write([form(values, measure)], folder / "a.xlsx", DAY)
    assert [path.name for path in folder.iterdir()] == ["a.xlsx"]


def test_file_names() -> None:
    name = file_name("440785", "恩平市民政局", "救助经办能力年报", "2026年度", version=1, day=DAY)
    assert name == "440785恩平市民政局_救助经办能力年报_2026年度_V1_20270112.xlsx"


@given(unit=st.text(max_size=120), short=st.text(max_size=120), period=st.text(max_size=20), version=st.integers(1, 99))
def test_file_names_are_short_and_clean(unit: str, short: str, period: str, version: int) -> None:
    name = file_name("440785", unit, short, period, version=version, day=DAY)
    assert len(name) <= 80
    assert not set('\\/:*?"<>|\n\t\0') & set(name)
    assert name.startswith("440785")
    assert name.endswith(f"_V{version}_20270112.xlsx")


def test_figures_at_a4_are_the_same_figures(tmp_path: Path) -> None:
    path = write(lay_all(worked_county(), replace(TASK, a4_only=True)), tmp_path / "a.xlsx", DAY)
    pages: Any = load_workbook(path).worksheets
    assert {page.page_setup.paperSize for page in pages} == {9}
