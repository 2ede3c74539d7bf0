"""Nothing of a sheet is lost and nothing invented: merged cells, hidden sheets and other sheets of the file."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from db.book import Book
from db.rows import rows
from intake.cells import Sheet, Workbook
from office.error_rows import write_error_rows
from office.import_file import Preview, answer, commit, plan, preview
from office.imports import kind
from office.imports.plan import NEW, WAITING, WRONG
from office.mapping import HeadingMap, spelled
from policy.clock import Clock
from policy.example import id_no
from tests.db.records import county
from tests.office.sheets import ROSTER, answered, brought, edited, office, workbook

HEAD = (*ROSTER, "用人单位")
THREE = [(name, id_no(date(1990, 1, 1), at)) for at, name in enumerate(("陈家明", "林小红", "黄志强"), 1)]


@pytest.fixture
def towns(book: Book) -> Book:
    book.act("新建", county())
    return book


def merged_sheet(path: Path, unit: bool = True, employer: bool = True) -> Path:
    """Three people whose unit and employer stand once, in cells merged over their rows."""
    lines = [
        (*who, "劳务派遣", "青石镇" if at == 0 or not unit else None, "2024-01-01", "诚信人力公司" if at == 0 or not employer else None)
        for at, who in enumerate(THREE)
    ]
    return workbook(path, ("东岭县人员花名册",), HEAD, *lines, merged=["A1:F1", *["D3:D5"] * unit, *["F3:F5"] * employer])


def states(seen: Preview) -> list[str]:
    return [row.state for row in seen.rows]


def question(seen: Preview, field: str):
    return next(one for one in seen.questions if one.field == field)


def test_a_merged_cell_is_neither_dropped_nor_spread_without_a_word(towns: Book, tmp_path: Path) -> None:
    seen = preview(towns, merged_sheet(tmp_path / "人.xlsx", unit=False), kind("roster"))
    asked = question(seen, "employer")
    assert asked.rows == (4, 5) and "合并格" in asked.sentence and "请" in asked.sentence
    assert states(seen) == [NEW, WAITING, WAITING], "the rows beneath wait for the answer"
    commit(towns, seen)
    assert [one["name"] for one in towns.read(rows, "person")] == ["陈家明"]


@pytest.mark.parametrize(("as_written", "employers"), [(False, ["诚信人力公司"] * 3), (True, ["诚信人力公司", None, None])])
def test_the_clerk_says_whether_it_holds_for_the_rows_beneath(towns: Book, tmp_path: Path, as_written: bool, employers: list[str | None]) -> None:
    seen = preview(towns, merged_sheet(tmp_path / "人.xlsx", unit=False), kind("roster"))
    seen = answered(seen, answer(question(seen, "employer"), as_written=as_written))
    assert states(seen) == [NEW] * 3 and not seen.questions
    assert any("已填入下面的 2 行" in sentence for sentence in seen.sentences()) is not as_written
    commit(towns, seen)
    assert [one["employer"] for one in towns.read(rows, "engagement_term")] == employers


def test_a_needed_cell_beneath_a_merged_one_is_an_error_until_it_is_filled_or_typed(towns: Book, tmp_path: Path) -> None:
    seen = preview(towns, merged_sheet(tmp_path / "人.xlsx", employer=False), kind("roster"))
    assert states(seen) == [NEW, WRONG, WRONG]
    assert states(answered(seen, answer(question(seen, "unit"), as_written=True))) == [NEW, WRONG, WRONG]
    typed = edited(seen, 4, "unit", "白沙镇")
    assert states(typed) == [NEW, NEW, WRONG] and question(typed, "unit").rows == (5,)
    both = answered(typed, answer(question(typed, "unit")))
    assert states(both) == [NEW] * 3
    commit(towns, both)
    assert [one["unit"] for one in towns.read(rows, "assignment")] == [2, 3, 2], "what was typed goes before what is filled in"


def test_the_answer_is_remembered_for_the_senders_next_file_and_said(towns: Book, tmp_path: Path) -> None:
    seen = preview(towns, merged_sheet(tmp_path / "人.xlsx"), kind("roster"))
    for field in ("unit", "employer"):
        seen = answered(seen, answer(question(seen, field)))
    commit(towns, seen)
    again = preview(towns, merged_sheet(tmp_path / "下月.xlsx"), kind("roster"))
    assert again.remembered and not again.questions and states(again) == ["相同"] * 3
    assert sum("已填入下面的 2 行" in sentence for sentence in again.sentences()) == 2


def test_an_amount_is_never_spread_over_rows(towns: Book, tmp_path: Path) -> None:
    lines = [(*who, "劳务派遣", "青石镇", "2024-01-01", 4200 if at == 0 else None) for at, who in enumerate(THREE)]
    file = workbook(tmp_path / "人.xlsx", (*ROSTER, "月固定工资"), *lines, merged=["F2:F4"])
    seen = preview(towns, file, kind("roster"), mapping=HeadingMap(merged={"monthly_fixed": "空白"}))
    assert not seen.questions and any("金额只记在合并格的第一行" in sentence for sentence in seen.sentences())
    commit(towns, seen)
    assert len(towns.read(rows, "pay_standard")) == 1


def test_rows_sent_back_have_the_value_filled_in(towns: Book, tmp_path: Path, clock: Clock) -> None:
    lines = [(*who, "外星派遣" if at else "劳务派遣", "青石镇" if at == 0 else None, "2024-01-01") for at, who in enumerate(THREE)]
    seen = preview(towns, workbook(tmp_path / "人.xlsx", ROSTER, *lines, merged=["D2:D4"]), kind("roster"))
    seen = answered(seen, answer(question(seen, "unit")))
    assert write_error_rows(seen, tmp_path / "错误行.xlsx", clock.today()) == 2
    page = openpyxl.load_workbook(tmp_path / "错误行.xlsx").worksheets[0]
    assert [page.cell(row, 4).value for row in (2, 3)] == ["青石镇"] * 2


def test_the_mapping_file_says_it_on_the_command_line(towns: Book, tmp_path: Path, clock: Clock) -> None:
    file, said, folder = merged_sheet(tmp_path / "人.xlsx"), tmp_path / "对应.json", towns.folder
    towns.close()
    code, told = brought(clock, folder, file, "roster", "--dry-run")
    assert code == 1 and [one["answer"]["merged"] for one in told["questions"]] == [{"unit": "填入"}, {"employer": "填入"}]
    said.write_text(spelled(HeadingMap(merged={"unit": "填入", "employer": "填入"})), encoding="utf-8")
    code, told = brought(clock, folder, file, "roster", "--map", said)
    assert code == 0 and told["counts"][NEW] == 3
    said.write_text(json.dumps({"merged": {"unit": "也许"}}), encoding="utf-8")
    code, _, err = office(clock, "import", folder, file, "--kind", "roster", "--map", said)
    assert code == 2 and "填入 或 空白" in err


def test_hidden_sheets_and_others_of_the_kind_are_named(towns: Book, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    for name, state in (("青石", "visible"), ("白沙", "visible"), ("说明", "visible"), ("底稿", "hidden"), ("密", "veryHidden")):
        page = made.create_sheet(name)
        page.append(("请按要求填写",) if name == "说明" else ROSTER)
        page.append((None,) if name == "说明" else (*THREE[0], "劳务派遣", "青石镇", "2024-01-01"))
        page.sheet_state = state
    made.remove(made.worksheets[0])
    made.save(tmp_path / "人.xlsx")
    seen = preview(towns, tmp_path / "人.xlsx", kind("roster"))
    hidden, others = (next(one for one in seen.sentences() if word in one) for word in ("隐藏的工作表", "还有工作表"))
    assert "“底稿”“密”" in hidden and "请" in hidden
    assert "“白沙”" in others and "说明" not in others and "青石" not in others
    assert seen.sheet == "青石" and states(seen) == [NEW]


def test_a_file_of_one_plain_sheet_says_nothing_of_sheets(towns: Book) -> None:
    one = Sheet("表", rows={1: ROSTER, 2: (*THREE[0], "劳务派遣", "青石镇", date(2024, 1, 1))})
    seen = plan(towns, Workbook("表.xlsx", "0" * 64, "xlsx", (one,)), kind("roster"))
    assert not [sentence for sentence in seen.sentences() if "隐藏" in sentence or "还有" in sentence]


# Whom a roster without usable numbers means


def known_person(book: Book) -> None:
    commit(book, preview_of(book, ROSTER, (*THREE[0], "劳务派遣", "青石镇", date(2024, 1, 1))))


def preview_of(book: Book, *lines, **asked) -> Preview:
    sheet = Sheet("表", rows=dict(enumerate(lines, 1)))
    return plan(book, Workbook("表.xlsx", "0" * 64, "xlsx", (sheet,)), kind("roster"), **asked)


def test_a_roster_without_a_column_of_numbers_goes_by_name_once_confirmed(towns: Book) -> None:
    known_person(towns)
    lines = (("姓名", "使用单位", "联系电话"), ("陈家明", "青石镇", "13800000001"), ("林小红", "青石镇", "13800000002"))
    seen = preview_of(towns, *lines)
    assert not seen.missing and states(seen) == [WAITING, WRONG]
    assert "是同一个人请确认" in "".join(seen.rows[0].notes) and "必须填写" in seen.rows[1].errors["身份证号"], "nobody new without a number"
    sure = preview_of(towns, *lines, confirmed_names=["陈家明"])
    assert states(sure) == ["更新", WRONG]
    commit(towns, sure)
    assert [(one["name"], one["phone"]) for one in towns.read(rows, "person")] == [("陈家明", "13800000001")]


def test_a_column_that_looks_like_numbers_is_settled_before_anybody_is_known_by_name(towns: Book) -> None:
    known_person(towns)
    lines = (("姓名", "公民身份号", "使用单位", "联系电话"), (*THREE[1], "青石镇", "13800000001"), ("陈家明", THREE[0][1], "青石镇", "13800000002"))
    seen = preview_of(towns, *lines, confirmed_names=["陈家明"])
    assert states(seen) == [WRONG, WRONG] and all("还没有确认" in one.errors["身份证号"] for one in seen.rows)
    refused = preview_of(towns, *lines, confirmed_names=["陈家明"], mapping=HeadingMap({"id_no": ""}))
    assert states(refused) == [WRONG, "更新"], "the clerk says that it is none"
    agreed = preview_of(towns, *lines, mapping=HeadingMap({"id_no": "公民身份号"}))
    assert states(agreed) == [WRONG, "更新"], "the number says who it is"


def test_headings_as_wps_sheets_write_them(towns: Book) -> None:
    head = ("序 号", "*姓　名", "身份证\n号码（18位）", "用工方式", "所在乡镇（街道）", "到岗时间\r\n(yyyy-mm-dd)", "备  注")
    seen = preview_of(towns, ("附件1",), ("东岭县救助服务人员花名册",), head, (1, "陈 家明", THREE[0][1].lower(), "劳务派遣", "青石镇人民政府", "2024.3.1"))
    assert states(seen) == [NEW] and seen.header.last == 3
    assert not [sentence for sentence in seen.sentences() if "没有用到" in sentence or "没有确认" in sentence or "\n" in sentence]


def test_a_text_file_in_another_encoding_says_that_its_signs_may_be_wrong(towns: Book, tmp_path: Path, clock: Clock) -> None:
    file, folder = tmp_path / "名册.csv", towns.folder
    file.write_bytes("姓名,身份證號\n陳家明,1\n".encode("big5"))
    towns.close()
    code, _, err = office(clock, "import", folder, file, "--kind", "roster")
    assert code == 2 and "GB18030" in err and "汉字是否正常" in err


@pytest.mark.parametrize(("name", "month"), [("2026年5月", None), ("Sheet1", 202605)])
def test_rows_sent_back_keep_the_month_that_stands_in_no_column(towns: Book, tmp_path: Path, clock: Clock, name: str, month: int | None) -> None:
    known_person(towns)
    head = ("姓名", "身份证号", "基本工资", "个人社保")
    file = workbook(tmp_path / "薪.xlsx", head, (*THREE[0], "三千", 300), name=name)
    seen = preview(towns, file, kind("pay"), month=month)
    assert states(seen) == [WRONG]
    write_error_rows(seen, tmp_path / "错误行.xlsx", clock.today())
    made = openpyxl.load_workbook(tmp_path / "错误行.xlsx")
    made.worksheets[0].cell(2, 3).value = 3000
    made.save(tmp_path / "错误行.xlsx")
    commit(towns, preview(towns, tmp_path / "错误行.xlsx", kind("pay")))
    assert [(one["year"], one["month"], one["base"]) for one in towns.read(rows, "pay_month")] == [(2026, 5, 300_000)]
