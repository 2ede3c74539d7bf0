"""按上级表样填报: forms of other people's making, filled from the demo county without a wrong, missing or lost cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from io import BytesIO, StringIO
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from db import book as books
from db.book import Book
from office import own_forms
from office.__main__ import main
from office.own_form_proposal import best_page, propose
from office.returns_desk import draft_in, fill_cell, open_return
from office.tasks import YEARLY, make_task
from policy.clock import Clock
from policy.period import parse_period
from returns.fill import line_keys
from returns.own_form import read, shape
from returns.own_form_fill import FilledForm, fill
from returns.own_form_formula import Unknown, worked_out
from returns.own_form_lines import DIFFERS, NOTE, STOP
from returns.own_form_map import VALUE, Filling, FormMap, from_toml, to_toml
from returns.sheet import Scope, Sheet
from tests.returns import own_forms as made

DAY = date(2026, 12, 31)


@pytest.fixture(scope="module")
def sheets(_demo: Path, clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    """Every form of the demo county for 2026."""
    import shutil

    from db import book as books

    folder = Path(shutil.copytree(_demo, tmp_path_factory.mktemp("forms") / _demo.name))
    with books.open_book(folder, clock, "李晓敏") as book:
        return book.read(own_forms.figures_in, parse_period("2026"))


def proposed(content: bytes, sheets: dict[str, Sheet]) -> FormMap:
    return propose(best_page(read(content).pages, sheets), sheets).map


def fields(how: FormMap) -> dict[int, str]:
    return {column: one.field for column, one in how.columns.items()}


def page_of(filled: FilledForm, name: str, results: bool = False) -> Worksheet:
    page = load_workbook(BytesIO(filled.content), data_only=results)[name]
    assert isinstance(page, Worksheet)
    return page


def lines(sheets: dict[str, Sheet], form: str, *marks: str) -> list[tuple[object, ...]]:
    sheet = sheets[form]
    return [tuple(sheet.cell(row, mark).value for mark in marks) for row in sheet.rows if row.scope in (Scope.BUREAU, Scope.TOWN)]


def column(page: Worksheet, number: int, first: int, count: int) -> list[object]:
    return [page.cell(row, number).value for row in range(first, first + count)]


# What a form is


def test_a_merged_header_of_two_rows_is_flattened_and_line_and_total_are_found() -> None:
    found = shape(read(made.two_row_header()).pages[0])
    assert (found.header, found.detail, found.total, found.total_above) == ((3, 4), (5, 5), 6, False)
    assert found.headings == {
        1: ("序号",), 2: ("乡镇（街道）",), 3: ("人员配备", "应配人数"), 4: ("人员配备", "实配人数"), 5: ("相差",), 6: ("是否达标",),
    }  # fmt: skip


def test_a_row_of_column_numbers_and_a_total_above_are_no_lines() -> None:
    found = shape(read(made.total_above()).pages[0])
    assert (found.header, found.detail, found.total, found.total_above) == ((3, 3), (6, 8), 5, True)


def test_many_lines_with_the_total_below() -> None:
    found = shape(read(made.total_below()).pages[0])
    assert (found.header, found.detail, found.total) == ((2, 2), (3, 22), 23)


def test_a_text_box_is_told_with_its_words() -> None:
    (said,) = read(made.with_text_box(made.total_below(), "填表须知：只填本级")).losses
    assert "文本框" in said and "填表须知：只填本级" in said
    assert read(made.total_below()).losses == ()


# What it seems to ask for


def test_headings_find_their_columns_and_what_should_be_is_never_what_is(sheets: dict[str, Sheet]) -> None:
    assert fields(proposed(made.two_row_header(), sheets)) == {1: "序号", 2: "表2[甲]", 3: "表2[3]", 4: "表2[5]", 6: "表2[19]"}
    wages = proposed(made.total_above(), sheets)
    assert fields(wages) == {1: "表3[甲]", 2: "表3[1]", 3: "表3[9]", 4: "表3[19]"}
    assert (wages.columns[3].unit, wages.columns[3].decimals, wages.columns[4].unit) == ("万元", 4, "%")


def test_a_map_survives_as_text_and_a_wrong_one_says_where(sheets: dict[str, Sheet]) -> None:
    how = proposed(made.two_row_header(), sheets)
    assert from_toml(to_toml(how), "x") == how
    with pytest.raises(ValueError, match=r"C 的“表二五”不是报表的栏次"):
        from_toml(to_toml(how).replace("表2[3]", "表二五"), "x.map.toml")
    with pytest.raises(ValueError, match=r"对应文件“x\.map\.toml”读不出来"):
        from_toml("sheet = [", "x.map.toml")


# Filling: no wrong and no missing cell


def test_lines_grow_and_everything_that_hangs_on_rows_grows_with_them(sheets: dict[str, Sheet]) -> None:
    content = made.two_row_header()
    filled = fill(content, proposed(content, sheets), sheets, DAY)
    assert not filled.of(STOP, DIFFERS)
    towns = lines(sheets, "表2", "甲", "3", "5", "19")
    count = len(towns)
    page, done = page_of(filled, "配备表"), page_of(filled, "配备表", results=True)
    assert [tuple(page.cell(row, at).value for at in (2, 3, 4, 6)) for row in range(5, 5 + count)] == towns
    assert column(page, 1, 5, count) == list(range(1, count + 1))
    assert column(page, 5, 5, count) == [f"=D{row}-C{row}" for row in range(5, 5 + count)]
    assert column(done, 5, 5, count) == [have - need for _, need, have, _ in towns if isinstance(have, int) and isinstance(need, int)]
    total = 5 + count
    assert [page.cell(total, at).value for at in (1, 3, 4, 5)] == ["合计", *(f"=SUM({letter}5:{letter}{total - 1})" for letter in "CDE")]
    (whole,) = [row for row in sheets["表2"].rows if row.scope is Scope.TOTAL]
    assert [done.cell(total, at).value for at in (3, 4)] == [sheets["表2"].cell(whole, mark).value for mark in ("3", "5")]
    assert page["A2"].value == "填报单位（盖章）：东岭县民政局"
    assert (page.cell(total + 2, 1).value, page.cell(total + 2, 4).value) == ("填表人：", "见上")
    by = count - 1
    merged = {str(one) for one in page.merged_cells.ranges}
    assert merged == {"A1:F1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "F3:F4", f"D{8 + by}:F{8 + by}"}
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == [f"F5:F{4 + count}"]
    ((area, rules),) = [(str(one.sqref), one.rules) for one in page.conditional_formatting]
    assert (area, rules[0].formula) == (f"E5:E{4 + count}", [f"$C${total}"])
    book = page.parent
    assert isinstance(book, Workbook)
    assert book.defined_names["明细"].attr_text == f"配备表!$A$5:$F${4 + count}"
    assert book.defined_names["合计人数"].attr_text == f"配备表!$D${total}"
    assert page.print_title_rows == "$3:$4"
    assert str(page.print_area).endswith(f"$A$1:$F${8 + by}")
    assert [page.row_dimensions[row].height for row in (5, 4 + count, total, 8 + by)] == [24, 24, 30, 18]
    assert all(page.cell(row, 2).font.name == "仿宋" and page.cell(row, 2).fill.fgColor.rgb == "00FFFFEE" for row in range(5, total))
    assert all(page.cell(row, at).border.left.style == "thin" for row in range(5, total + 1) for at in range(1, 7))
    assert book["附页"]["B1"].value == f"=配备表!D{total}"
    assert page_of(filled, "附页", results=True)["B1"].value == done.cell(total, 4).value


def test_total_above_in_wan_yuan_with_merged_remarks(sheets: dict[str, Sheet]) -> None:
    content = made.total_above()
    filled = fill(content, proposed(content, sheets), sheets, DAY)
    assert not filled.of(STOP, DIFFERS)
    page = page_of(filled, "工资")
    sheet = sheets["表3"]
    body = [row for row in sheet.rows if row.scope not in (Scope.TOTAL, Scope.MEMO)]
    for at, row in enumerate([*(row for row in sheet.rows if row.scope is Scope.TOTAL), *body], 5):
        people, money, share = (sheet.cell(row, mark).value for mark in ("1", "9", "19"))
        assert page.cell(at, 2).value == people
        assert isinstance(money, int) and page.cell(at, 3).value == pytest.approx(round(money / 1_000_000, 4), abs=1e-9)
        if isinstance(share, int | Fraction):
            assert page.cell(at, 4).value == pytest.approx(round(float(share) * 100, 2), abs=1e-9)
    assert page["A5"].value == "全县合计"
    assert {f"E{row}:F{row}" for row in range(6, 6 + len(body))} <= {str(one) for one in page.merged_cells.ranges}
    assert page.cell(6 + len(body), 1).value == "注：应发工资按所属月份填列。"


def test_room_to_spare_keeps_formulas_and_clears_samples(sheets: dict[str, Sheet]) -> None:
    content = made.total_below()
    filled = fill(content, proposed(content, sheets), sheets, DAY)
    assert not filled.of(STOP, DIFFERS)
    page, done = page_of(filled, "Sheet1"), page_of(filled, "Sheet1", results=True)
    towns = lines(sheets, "表2", "甲", "5", "9")
    assert [tuple(page.cell(row, at).value for at in (1, 2, 3)) for row in range(3, 3 + len(towns))] == towns
    assert column(page, 1, 3 + len(towns), 20 - len(towns)) == [None] * (20 - len(towns))
    assert column(page, 4, 3, 20) == [f"=B{row}-C{row}" for row in range(3, 23)]
    assert [done.cell(23, at).value for at in (2, 3, 4)] == [
        sum(int(str(have)) for _, have, _ in towns),
        sum(int(str(bought)) for _, _, bought in towns),
        sum(int(str(have)) - int(str(bought)) for _, have, bought in towns),
    ]


def test_a_form_that_disagrees_is_told_and_not_saved_until_agreed(demo_book: Book, sheets: dict[str, Sheet], tmp_path: Path) -> None:
    """缺口 of units is never netted: a form that computes 应配 − 实配 comes to less where a town has more than it needs."""
    book = load_workbook(BytesIO(made.two_row_header()))
    book["配备表"]["E3"], book["配备表"]["E5"] = "缺口", "=C5-D5"
    content = made.saved(book)
    how = proposed(content, sheets)
    form = own_forms.Form("表样.xlsx", content, read(content))
    filled = own_forms.fill_form(demo_book, form, how, sheets)
    surplus = [name for name, more in lines(sheets, "表2", "甲", "18") if more]
    assert len(filled.of(DIFFERS)) == len(surplus) + 1
    assert "表样公式得 5，台账数是 6。" in filled.of(DIFFERS)[-1].said
    with pytest.raises(ValueError, match="与台账不一致"):
        own_forms.save_form(demo_book, filled, how, "2026年度", tmp_path)
    assert not list(tmp_path.glob("*.xlsx"))
    values = replace(how, columns={**how.columns, 5: replace(how.columns[5], formula=VALUE)})
    again = own_forms.fill_form(demo_book, form, values, sheets)
    assert not again.of(DIFFERS)
    written = own_forms.save_form(demo_book, again, values, "2026年度", tmp_path)
    second = own_forms.save_form(demo_book, again, values, "2026年度", tmp_path)
    assert written.name == "东岭县_配备表_2026年度_20261231.xlsx"
    assert second.name == "东岭县_配备表_2026年度_20261231(2).xlsx"


def test_too_few_lines_stop_and_name_who_is_left_out(demo_book: Book, sheets: dict[str, Sheet], tmp_path: Path) -> None:
    content = made.total_above()
    how = replace(proposed(content, sheets), most=3)
    filled = fill(content, how, sheets, DAY)
    (stop,) = filled.of(STOP)
    body = [row.name for row in sheets["表3"].rows if row.scope not in (Scope.TOTAL, Scope.MEMO)]
    assert f"填不下的有 {len(body) - 3} 行：{body[3]}" in stop.said
    with pytest.raises(ValueError, match="没有写出"):
        own_forms.save_form(demo_book, filled, how, "2026年度", tmp_path, agreed=True)


def test_columns_nobody_fills_are_told(sheets: dict[str, Sheet]) -> None:
    content = made.two_row_header()
    how = proposed(content, sheets)
    told = fill(content, replace(how, columns={at: one for at, one in how.columns.items() if at != 6}), sheets, DAY).of(NOTE)
    assert [(one.where, one.said) for one in told] == [("第 F 列", "“是否达标”没有对应，留空。")]


def test_names_printed_in_the_form_keep_their_order_and_strange_ones_stop(sheets: dict[str, Sheet]) -> None:
    book = load_workbook(BytesIO(made.total_above()))
    page = book["工资"]
    page["A6"], page["A7"] = "城关街道", "青石镇"
    content = made.saved(book)
    filled = page_of(fill(content, proposed(content, sheets), sheets, DAY), "工资")
    people = dict(lines(sheets, "表3", "甲", "1"))
    assert column(filled, 1, 6, 2) == ["城关街道", "青石镇"]
    assert column(filled, 2, 6, 2) == [people["城关街道"], people["青石镇"]]
    page["A7"] = "无名镇"
    content = made.saved(book)
    (stop,) = fill(content, proposed(content, sheets), sheets, DAY).of(STOP)
    assert "“无名镇”，台账里没有" in stop.said


def test_only_the_towns_sum_only_the_towns(sheets: dict[str, Sheet]) -> None:
    content = made.two_row_header()
    filled = fill(content, replace(proposed(content, sheets), which="乡镇"), sheets, DAY)
    towns = [row for row in sheets["表2"].rows if row.scope is Scope.TOWN]
    assert filled.lines == len(towns) and not filled.of(STOP, DIFFERS)
    done = page_of(filled, "配备表", results=True)
    assert done.cell(5 + len(towns), 4).value == sum(int(str(sheets["表2"].cell(row, "5").value)) for row in towns)


def test_another_form_than_mapped_is_refused(sheets: dict[str, Sheet]) -> None:
    how = proposed(made.two_row_header(), sheets)
    book = load_workbook(BytesIO(made.two_row_header()))
    book["配备表"]["C4"] = "实配人数"
    with pytest.raises(ValueError, match=r"第 C 列现在是“人员配备/实配人数”，做对应时是“人员配备/应配人数”"):
        fill(made.saved(book), how, sheets, DAY)


def test_words_that_begin_like_a_formula_stay_words(sheets: dict[str, Sheet]) -> None:
    roster = sheets["表2"]
    rows = tuple(replace(row, name="=1+1", cells=(replace(row.cells[0], value="=1+1"), *row.cells[1:])) if row.name == "青石镇" else row for row in roster.rows)
    content = made.two_row_header()
    filled = fill(content, proposed(content, sheets), {**sheets, "表2": replace(roster, rows=rows)}, DAY)
    cell = page_of(filled, "配备表")["B6"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    ("formula", "comes_to"),
    [
        ("=A1+B1*2-4/8", Fraction(23, 2)), ("=SUM(A1:B2)", Fraction(15)), ("=ROUND(-2.345,2)", Fraction(-235, 100)), ("=(A1-B1)%", Fraction(-3, 100)),
        ('=IF(C1="","无",1)', "无"), ("=IFERROR(A1/C1,0)", Fraction(0)), ("=MAX(A1:B2)-MIN(A1,B1)", Fraction(5)), ("=-A1+AVERAGE(A1,B1)", Fraction(3, 2)),
    ],
)  # fmt: skip
def test_formulas_are_worked_out_exactly(formula: str, comes_to: object) -> None:
    grid = {(1, 1): Fraction(2), (1, 2): Fraction(5), (2, 1): Fraction(1), (2, 2): Fraction(7)}
    assert worked_out(formula, lambda _sheet, row, column: grid.get((row, column))) == comes_to


@pytest.mark.parametrize("formula", ["=A1/0", "=VLOOKUP(1,A1:B2,2)", "=明细", "=A1:B2", '="甲"+1'])
def test_what_is_not_arithmetic_is_not_guessed(formula: str) -> None:
    with pytest.raises(Unknown):
        worked_out(formula, lambda *_: Fraction(1))


# Kept in the book, and on the command line


def test_a_form_is_kept_untouched_undone_and_put_back(demo_book: Book, sheets: dict[str, Sheet], tmp_path: Path) -> None:
    path = tmp_path / "省表.xlsx"
    path.write_bytes(made.two_row_header())
    form = own_forms.read_form(path)
    how = replace(proposed(form.content, sheets), name="省配备表")
    number = own_forms.register(demo_book, form, how)
    kept, told = own_forms.open_form(demo_book, number)
    assert (kept.content, kept.file_name, told) == (path.read_bytes(), "省表.xlsx", how)
    assert own_forms.register(demo_book, form, replace(how, most=40)) == number
    assert [one.map.most for one in demo_book.read(own_forms.held_forms)] == [40]
    with pytest.raises(ValueError, match="已经有名为“省配备表”的表样，内容不同"):
        own_forms.register(demo_book, replace(form, content=made.total_below()), how)
    demo_book.undo()
    demo_book.undo()
    assert demo_book.read(own_forms.held_forms) == []


def test_an_old_form_is_read_for_its_headings_only(demo_book: Book, sheets: dict[str, Sheet], tmp_path: Path) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("表")
    for at, words in enumerate(("单位名称", "应配备人数", "实际配备人数", "缺口")):
        page.write(1, at, words)
    page.write_merge(0, 0, 0, 3, "配备表")
    book.save(str(tmp_path / "旧表.xls"))
    form = own_forms.read_form(tmp_path / "旧表.xls")
    assert form.blank.losses == (own_forms.RESAVE,)
    how = propose(form.blank.pages[0], sheets).map
    assert fields(how) == {1: "表2[甲]", 2: "表2[3]", 3: "表2[5]", 4: "表2[17]"}
    with pytest.raises(ValueError, match=r"另存为 \.xlsx"):
        own_forms.register(demo_book, form, how)
    with pytest.raises(ValueError, match=r"另存为 \.xlsx"):
        own_forms.fill_form(demo_book, form, how, sheets)


def test_numbers_of_people_are_whole_only_where_the_map_says_so(demo_book: Book) -> None:
    masked, whole = (demo_book.read(own_forms.figures_in, parse_period("2026"), said)["附表1"] for said in (False, True))
    assert "*" in str(masked.cell(masked.rows[0], "2").value)
    assert len(str(whole.cell(whole.rows[0], "2").value)) == 18 and "*" not in str(whole.cell(whole.rows[0], "2").value)


def test_what_a_return_was_given_by_hand_goes_into_the_form(demo_book: Book) -> None:
    number = open_return(demo_book, make_task(demo_book, YEARLY, "2026"))
    draft = demo_book.read(draft_in, number)
    sheet = next(one for one in draft.sheets if one.key == "表2")
    line = line_keys(sheet)[[row.name for row in sheet.rows].index("青石镇")]
    fill_cell(demo_book, draft, "表2", line, "22", "9")
    found = demo_book.read(own_forms.figures_of, number)
    assert dict(lines(found, "表2", "甲", "22"))["青石镇"] == 9
    assert {"表5", "表13", "附表1", "封面"} <= found.keys()
    assert demo_book.read(own_forms.title_of, number) == "2026年度"


def test_command_line(demo_folder: Path, tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "省表.xlsx").write_bytes(made.with_text_box(made.total_below(), "须知"))
    out, err = StringIO(), StringIO()
    base = ["returns", str(demo_folder), "--period", "2026", "--form", str(tmp_path / "省表.xlsx")]
    assert main(base, clock=clock, out=out, err=err) == 0
    assert "文本框" in err.getvalue() and 'B = { field = "表2[5]"' in out.getvalue()
    (tmp_path / "省表.map.toml").write_text(out.getvalue(), encoding="utf-8")
    out = StringIO()
    assert main([*base, "--map", str(tmp_path / "省表.map.toml"), "--out", str(tmp_path / "报")], clock=clock, out=out, err=err) == 0
    written = Path(out.getvalue().strip())
    assert load_workbook(written, data_only=True)["Sheet1"]["B23"].value == 53
    with books.open_book(demo_folder, clock) as book:
        assert "用途" not in book.acts()[-1].reason, "nobody is named"
    named = FormMap("名册", "Sheet1", (1, 1), (2, 2), lines="附表1", columns={1: Filling("附表1[乙]")})
    blank = Workbook()
    blank.worksheets[0].title, blank.worksheets[0]["A1"] = "Sheet1", "姓名"
    blank.save(tmp_path / "名册.xlsx")
    (tmp_path / "名册.map.toml").write_text(to_toml(named), encoding="utf-8")
    of_people = [*base[:-1], str(tmp_path / "名册.xlsx"), "--map", str(tmp_path / "名册.map.toml"), "--out", str(tmp_path / "报"), "--purpose", "送省厅"]
    assert main(of_people, clock=clock, out=StringIO(), err=err) == 0
    with books.open_book(demo_folder, clock) as book:
        assert "号码已遮掩，用途：送省厅" in book.acts()[-1].reason
    assert main([*base, "--map", str(tmp_path / "没有.toml"), "--out", str(tmp_path)], clock=clock, out=StringIO(), err=err) == 2
    (tmp_path / "坏.map.toml").write_text(to_toml(replace(from_toml((tmp_path / "省表.map.toml").read_text("utf-8"), "x"), columns={1: Filling("表2[99]")})), "utf-8")
    assert main([*base, "--map", str(tmp_path / "坏.map.toml"), "--out", str(tmp_path)], clock=clock, out=StringIO(), err=err) == 1
    assert "表2没有第 99 栏" in err.getvalue()
