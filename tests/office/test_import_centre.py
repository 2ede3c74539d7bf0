"""The import centre through real files: mappings, unknown words, modes, names, doubts, edits, rows sent back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db import book as books
from db.book import Book
from db.change import Conflict, Refused
from db.rows import row, rows
from intake.reader import read
from office.batches import batches, take_back
from office.error_rows import write_error_rows
from office.import_file import Preview, again, answer, commit, plan, preview
from office.imports import kind
from office.imports.plan import ADD, CHANGED, DUPLICATE, NEW, SAME, UPDATE, WAITING, WRONG
from office.mapping import HeadingMap
from policy.clock import Clock
from policy.example import id_no
from tests.db.records import county
from tests.office.sheets import ROSTER, answered, brought, edited, office, workbook

BORN = date(1990, 5, 20)


@pytest.fixture
def towns(book: Book) -> Book:
    """东岭县 with 青石镇 and 白沙镇."""
    book.act("新建", county())
    return book


@pytest.fixture
def folder(towns: Book) -> Iterator[Path]:
    """The same, closed, for the command line."""
    towns.close()
    yield towns.folder


def person(number: int, **more: Any) -> dict[str, Any]:
    return {"姓名": f"人{chr(0x4E00 + number)}", "身份证号": id_no(BORN, number), "用工形式": "劳务派遣", "使用单位": "青石镇", "入职日期": "2024-01-01"} | more


def roster(path: Path, *people: dict[str, Any], head: tuple[str, ...] = ROSTER) -> Path:
    return workbook(path, head, *([one.get(name) for name in head] for one in people))


def seen(book: Book, file: Path, sort: str = "roster", **asked: Any) -> Preview:
    return preview(book, file, kind(sort), **asked)


def states(found: Preview) -> list[str]:
    return [one.state for one in found.rows]


# What headings and words mean


def test_a_mapping_names_headings_nobody_could_guess_and_is_remembered(towns: Book, tmp_path: Path) -> None:
    head = ("姓名", "身份证号", "甲栏", "使用单位", "入职日期")
    file = workbook(tmp_path / "一.xlsx", head, ["人甲", id_no(BORN, 1), "劳务派遣", "青石镇", "2024-01-01"])
    found = seen(towns, file)
    assert "type" not in found.columns
    found = answered(found, HeadingMap({"type": "甲栏"}))
    assert found.columns["type"] == 2
    commit(towns, found)
    assert towns.read(rows, "engagement_term")[0]["type"] == "劳务派遣"
    next_file = workbook(tmp_path / "二.xlsx", ("六月",), (), head[::-1], ["2024-02-01", "白沙镇", "事业编制", id_no(BORN, 2), "人乙"])
    found = seen(towns, next_file)
    assert found.remembered and found.columns["type"] == 2
    assert any("上次" in sentence for sentence in found.sentences())
    other = workbook(tmp_path / "三.xlsx", (*head, "备注栏"), ["人丙", id_no(BORN, 3), "事业编制", "青石镇", "2024-01-01"])
    assert not seen(towns, other).remembered, "another look is another sender"


def test_a_saved_mapping_finds_headings_no_field_is_known_by(towns: Book, tmp_path: Path) -> None:
    head = ("甲", "乙", "丙", "丁")
    first = workbook(tmp_path / "一.xlsx", ("本单位人员",), head, ["人甲", id_no(BORN, 1), "青石镇", "2024-01-01"])
    with pytest.raises(Refused, match="没有找到"):
        seen(towns, first)
    said = HeadingMap({"name": "甲", "id_no": "乙", "unit": "丙", "start": "丁"})
    commit(towns, seen(towns, first, mapping=said))
    second = workbook(tmp_path / "二.xlsx", ("本单位人员",), head, ["人乙", id_no(BORN, 2), "青石镇", "2024-01-01"])
    assert states(seen(towns, second)) == [NEW]


def test_a_mapping_goes_before_what_a_heading_is_by_itself(towns: Book, tmp_path: Path) -> None:
    head = (*ROSTER[:3], "使用单位", "实际在岗单位", "入职日期")
    file = workbook(tmp_path / "一.xlsx", head, ["人甲", id_no(BORN, 1), "劳务派遣", "青石镇", "白沙镇", "2024-01-01"])
    found = seen(towns, file, mapping=HeadingMap({"unit": "实际在岗单位", "type": ""}))
    assert found.columns["unit"] == 4 and "type" not in found.columns and 3 not in found.columns.values()
    assert [change.after["unit"] for change in found.changes if change.table == "assignment"] == [3]


def test_what_is_remembered_stays_when_the_batch_is_taken_back(towns: Book, tmp_path: Path) -> None:
    head = ("姓名", "身份证号", "甲栏", "入职日期")
    file = workbook(tmp_path / "一.xlsx", head, ["人甲", id_no(BORN, 1), "青石镇", "2024-01-01"])
    commit(towns, seen(towns, file, mapping=HeadingMap({"unit": "甲栏"})))
    commit(towns, seen(towns, workbook(tmp_path / "二.xlsx", head, ["人乙", id_no(BORN, 2), "青石镇公所", "2024-01-01"]),
                       mapping=HeadingMap(answers={"unit": {"青石镇公所": "青石镇"}})))
    assert len(towns.read(rows, "import_mapping")) == 1
    for one in batches(towns):
        take_back(towns, one.id)
    assert towns.read(rows, "person") == []
    assert states(seen(towns, file)) == [NEW]
    assert towns.verify() == []


def test_an_ordinary_file_leaves_no_mapping(towns: Book, tmp_path: Path) -> None:
    commit(towns, seen(towns, roster(tmp_path / "人.xlsx", person(1))))
    assert towns.read(rows, "import_mapping") == []


def test_an_unknown_word_is_mapped_once_for_all_its_rows(towns: Book, tmp_path: Path) -> None:
    people = [person(number, 使用单位="青石镇社工站" if number % 2 else "白沙镇", 用工形式="神秘工" if number == 8 else "劳务派遣") for number in range(1, 48)]
    found = seen(towns, roster(tmp_path / "人.xlsx", *people))
    word, kind_word = found.unknown
    assert (word.field, word.text, word.count, word.suggestions[0]) == ("unit", "青石镇社工站", 24, "青石镇")
    assert (kind_word.field, kind_word.text, kind_word.count) == ("type", "神秘工", 1) and kind_word.rows == (9,)
    assert found.counts()[WRONG] == 25
    found = answered(found, HeadingMap(answers={"unit": {"青石镇社工站": "青石镇"}, "type": {"神秘工": "公益性岗位"}}))
    assert found.unknown == () and states(found) == [NEW] * 47
    commit(towns, found)
    later = seen(towns, roster(tmp_path / "人2.xlsx", person(60, 使用单位=" 青石镇　社工站")))
    assert later.remembered and states(later) == [NEW]


def test_an_answer_that_is_no_word_of_the_book_leaves_the_row_wrong(towns: Book, tmp_path: Path) -> None:
    found = seen(towns, roster(tmp_path / "人.xlsx", person(1, 使用单位="某站")), mapping=HeadingMap(answers={"unit": {"某站": "没有的镇"}}))
    assert states(found) == [WRONG]


def test_unknown_units_of_the_caseload_sheet(towns: Book, tmp_path: Path) -> None:
    file = workbook(tmp_path / "户.xlsx", ("单位名称", "统计日期", "救助对象户数"), ["青石社工站", "2026-12-31", 5])
    found = seen(towns, file, "units")
    assert [(one.field, one.text) for one in found.unknown] == [("name", "青石社工站")]
    assert states(answered(found, HeadingMap(answers={"name": {"青石社工站": "青石镇"}}))) == [NEW]


# Which rows, whose rows


def test_modes(towns: Book, tmp_path: Path) -> None:
    commit(towns, seen(towns, roster(tmp_path / "一.xlsx", person(1), person(2))))
    head = (*ROSTER, "联系电话")
    file = roster(tmp_path / "二.xlsx", person(1, 联系电话="13800000000"), person(2), person(3), head=head)
    assert states(seen(towns, file)) == [CHANGED, SAME, NEW]
    only_new, only_old = seen(towns, file, mode=ADD), seen(towns, file, mode=UPDATE)
    assert (states(only_new), [one.row_number for one in only_new.skipped]) == ([SAME, NEW], [2])
    assert (states(only_old), [one.row_number for one in only_old.skipped]) == ([CHANGED, SAME], [4])
    assert "只更新" in only_old.skipped[0].reason
    commit(towns, only_old)
    assert [one["phone"] for one in towns.read(rows, "person")] == ["13800000000", None]


def test_the_same_row_again_is_a_duplicate_and_a_different_one_wrong(towns: Book, tmp_path: Path) -> None:
    found = seen(towns, roster(tmp_path / "人.xlsx", person(1), person(1), person(1, 使用单位="白沙镇")))
    assert states(found) == [NEW, DUPLICATE, WRONG]
    assert "第 2 行" in found.rows[1].notes[0] and found.rows[1].changes == ()


@pytest.mark.parametrize("blank", [None, "", "　", "-"])
def test_a_blank_number_is_matched_by_name_only_once_confirmed(towns: Book, tmp_path: Path, blank: str | None) -> None:
    commit(towns, seen(towns, roster(tmp_path / "一.xlsx", person(1))))
    head = (*ROSTER, "联系电话")
    file = roster(tmp_path / "二.xlsx", person(1, 身份证号=blank, 联系电话="13800000000"), head=head)
    found = seen(towns, file)
    assert states(found) == [WAITING] and found.changes == [] and found.refused == 1
    assert "同一个人" in found.rows[0].notes[0] and id_no(BORN, 1) not in found.rows[0].notes[0]
    found = again(found, confirmed_names=frozenset((found.rows[0].name,)))
    assert states(found) == [CHANGED]
    commit(towns, found)
    (one,) = towns.read(rows, "person")
    assert (one["phone"], one["id_no"]) == ("13800000000", id_no(BORN, 1))


def test_a_number_that_cannot_be_read_is_never_matched_by_name(towns: Book, tmp_path: Path) -> None:
    commit(towns, seen(towns, roster(tmp_path / "一.xlsx", person(1))))
    found = seen(towns, roster(tmp_path / "二.xlsx", person(1, 身份证号=int(id_no(BORN, 5)[:17] + "0"))))
    assert states(found) == [WRONG] and "身份证号" in found.rows[0].errors


def test_two_who_bear_the_name_are_never_confirmed_by_it(towns: Book, tmp_path: Path) -> None:
    commit(towns, seen(towns, roster(tmp_path / "一.xlsx", person(1, 姓名="陈家明"), person(2, 姓名="陈家明"))))
    file = roster(tmp_path / "二.xlsx", person(1, 姓名="陈家明", 身份证号=None))
    assert states(seen(towns, file, confirmed_names=["陈家明"])) == [WRONG]


def test_a_pay_sheet_with_names_only_waits_for_the_clerk(towns: Book, tmp_path: Path, clock: Clock) -> None:
    commit(towns, seen(towns, roster(tmp_path / "一.xlsx", person(1), person(2))))
    names = [one["name"] for one in towns.read(rows, "person")]
    file = workbook(tmp_path / "薪.xlsx", ("2026年5月工资表",), ("姓名", "应发工资"), *([name, 4500] for name in names))
    assert states(seen(towns, file, "pay")) == [WAITING, WAITING]
    assert states(seen(towns, file, "pay", confirmed_names=names[:1])) == [NEW, WAITING]
    towns.close()
    code, said = brought(clock, towns.folder, file, "pay")
    assert (code, said["counts"][WAITING], said["act"]) == (1, 2, None)
    code, said = brought(clock, towns.folder, file, "pay", "--names")
    assert (code, said["counts"][NEW]) == (0, 2)


# Amounts of the wrong size


def wages(path: Path, heading: str, *amounts: Any) -> Path:
    head = (*ROSTER, heading)
    return roster(path, *(person(number, **{heading: amount}) for number, amount in enumerate(amounts, 1)), head=head)


@pytest.mark.parametrize(
    ("heading", "amounts", "reading", "stored"),
    [
        ("月固定工资", (50000, 80000, 300000), "全年", {"annual": 5000000}),
        ("年工资标准", (3000, 4166.67, 9000), "每月", {"monthly_fixed": 300000}),
        ("年工资标准", (5.5, 8, "6.2"), "万元", {"annual": 5500000}),
        ("月固定工资", (0.42, 0.5, 0.6), "万元", {"monthly_fixed": 420000}),
    ],
)
def test_amounts_of_the_wrong_size_are_asked_about(towns: Book, tmp_path: Path, heading: str, amounts: tuple[Any, ...], reading: str, stored: dict[str, int]) -> None:
    found = seen(towns, wages(tmp_path / "人.xlsx", heading, *amounts))
    (question,) = found.questions
    assert (question.reading, question.rows) == (reading, (2, 3, 4))
    assert states(found) == [WAITING] * 3 and found.changes == []
    as_read = answered(found, answer(question))
    assert as_read.questions == () and states(as_read) == [NEW] * 3
    standards = [change.after for change in as_read.changes if change.table == "pay_standard"]
    assert {name: value for name, value in standards[0].items() if name in ("annual", "monthly_fixed") and value is not None} == stored
    as_written = answered(found, answer(question, as_written=True))
    assert as_written.questions == () and states(as_written) == [NEW] * 3


@pytest.mark.parametrize(("heading", "amount"), [("月固定工资", 4166), ("月固定工资", 0), ("年工资标准", 49992), ("年薪（万元）", 5.4), ("年工资标准", "5.4万")])
def test_ordinary_amounts_are_not_asked_about(towns: Book, tmp_path: Path, heading: str, amount: Any) -> None:
    found = seen(towns, wages(tmp_path / "人.xlsx", heading, amount))
    assert found.questions == () and states(found) == [NEW]


def test_one_odd_row_waits_alone_and_the_column_is_not_turned(towns: Book, tmp_path: Path) -> None:
    found = seen(towns, wages(tmp_path / "人.xlsx", "月固定工资", 4200, 50400, 4300, 4400))
    assert states(found) == [NEW, WAITING, NEW, NEW]
    (question,) = found.questions
    assert (question.columns, question.units) == ({}, {})
    assert states(edited(found, 3, "monthly_fixed", "4200")) == [NEW] * 4


def test_pay_in_wan_without_a_unit(towns: Book, tmp_path: Path) -> None:
    commit(towns, seen(towns, roster(tmp_path / "一.xlsx", person(1))))
    name, number = person(1)["姓名"], person(1)["身份证号"]
    found = seen(towns, workbook(tmp_path / "薪.xlsx", ("姓名", "身份证号", "月份", "应发工资"), [name, number, "2026-05", 0.45]), "pay")
    assert states(found) == [WAITING]
    assert answered(found, answer(found.questions[0])).changes[0].after["unsplit"] == 450000
    with_unit = workbook(tmp_path / "薪2.xlsx", ("单位：万元",), ("姓名", "身份证号", "月份", "应发工资"), [name, number, "2026-05", 0.45])
    assert seen(towns, with_unit, "pay").changes[0].after["unsplit"] == 450000


# In place, and back to the sender


def test_an_error_is_mended_in_place(towns: Book, tmp_path: Path) -> None:
    found = seen(towns, roster(tmp_path / "人.xlsx", person(1, 入职日期="去年"), person(2, 使用单位="黑沙镇")))
    assert states(found) == [WRONG, WRONG]
    better = edited(found, 2, "start", "2024年3月1日")
    assert states(better) == [NEW, WRONG] and states(found) == [WRONG, WRONG]
    best = edited(better, 3, "unit", "白沙镇")
    assert states(best) == [NEW, NEW] and best.unknown == ()
    assert states(edited(best, 2, "start", "")) == [WRONG, NEW], "a blank is no date"
    commit(towns, best)
    assert towns.read(row, "engagement", (1,))["start"] == date(2024, 3, 1)


def test_error_rows_go_back_in_the_senders_own_columns_and_come_again(towns: Book, tmp_path: Path, clock: Clock) -> None:
    head = ("编号", "姓名", "身份证号", "用工形式", "使用单位", "入职日期", "年薪（万元）", "说明栏")
    lines = [
        [1, "人甲", id_no(BORN, 1), "劳务派遣", "青石镇", date(2024, 1, 1), 5.4, "=1+1"],
        [2, "人乙", id_no(BORN, 2), "神秘工", "黑沙镇", date(2024, 1, 1), 5.4, "=cmd|' /C calc'!A0"],
        [3, "人丙", int(id_no(BORN, 3)[:17] + "0"), "劳务派遣", "青石镇", "2024-01-01", "=A1", "@SUM(1)"],
    ]
    file = tmp_path / "来件.xlsx"
    workbook(file, ("东岭县人员名册",), head, *lines, merged=("A1:H1",))
    found = seen(towns, file)
    assert states(found) == [NEW, WRONG, WRONG]
    back = tmp_path / "错误行.xlsx"
    assert write_error_rows(found, back, clock.today()) == 2
    page = openpyxl.load_workbook(back).worksheets[0]
    assert page["A1"].value == "东岭县人员名册"
    assert [cell.value for cell in page[2]] == [*head, "行号", "错误原因"]
    assert [cell.data_type for cell in page[3]][-3:] == ["s", "n", "s"] and page["H3"].value.startswith("=cmd") and page["H3"].quotePrefix
    assert page["C3"].number_format == "@" and page["C4"].number_format == "@" and page["I4"].value == 5
    assert all(word in page["J3"].value for word in ("用工形式", "神秘工", "使用单位", "黑沙镇"))
    assert "身份证号" in page["J4"].value
    # as it is, nothing has become right by going out and coming back
    assert states(seen(towns, back)) == [WRONG, WRONG]
    commit(towns, found)
    mended = openpyxl.load_workbook(back)
    for place, text in {"D3": "劳务派遣", "E3": "白沙镇", "C4": id_no(BORN, 3), "G4": 5.5}.items():
        mended.worksheets[0][place] = text
    mended.save(back)
    found = seen(towns, back)
    assert states(found) == [NEW, NEW] and not any("行号" in sentence for sentence in found.sentences() if sentence.startswith("没有用到"))
    commit(towns, found)
    assert [one["annual"] for one in towns.read(rows, "pay_standard")] == [5400000, 5400000, 5500000]


def test_error_rows_under_two_heading_rows_and_a_title_with_the_month(towns: Book, tmp_path: Path, clock: Clock) -> None:
    commit(towns, seen(towns, roster(tmp_path / "一.xlsx", person(1), person(2))))
    one, two = person(1), person(2)
    file = workbook(
        tmp_path / "薪.xlsx", ("2026年5月工资表",), ("姓名", "身份证号", "应发项目", None, "应发合计"), (None, None, "基本工资", "绩效工资"),
        [one["姓名"], one["身份证号"], 3500, 500, 4000], [two["姓名"], two["身份证号"], 3500, 500, 4100],
        merged=("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"),
    )  # fmt: skip
    found = seen(towns, file, "pay")
    assert states(found) == [NEW, WRONG]
    back = tmp_path / "错误行.xlsx"
    write_error_rows(edited(found, 5, "base", "3600.5"), back, clock.today())
    page = openpyxl.load_workbook(back)
    assert page.worksheets[0]["C4"].value == "3600.5", "what was typed goes along"
    page.worksheets[0]["C4"] = 3600
    page.save(back)
    commit(towns, found)
    found = seen(towns, back, "pay")
    assert (states(found), found.context.month) == ([NEW], 202605)
    again_back = tmp_path / "再错.xlsx"
    write_error_rows(edited(found, 4, "gross", "1"), again_back, clock.today())
    assert [cell.value for cell in openpyxl.load_workbook(again_back).worksheets[0][2]].count("行号") == 0
    assert [cell.value for cell in openpyxl.load_workbook(again_back).worksheets[0][3]].count("行号") == 1


def test_no_error_rows_no_file(towns: Book, tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(Refused, match="没有错误"):
        write_error_rows(seen(towns, roster(tmp_path / "人.xlsx", person(1))), tmp_path / "错误行.xlsx", clock.today())


# Afterwards


def test_batches_are_listed_and_one_is_taken_back_by_itself(towns: Book, tmp_path: Path) -> None:
    files = [roster(tmp_path / f"{number}.xlsx", person(number), person(number)) for number in (1, 2)]
    for file in files:
        commit(towns, seen(towns, file))
    newest, oldest = batches(towns)
    assert (newest.file_name, newest.added, newest.wrong, newest.taken_back) == ("2.xlsx", 1, 0, False)
    assert oldest.sha256 == read(files[0]).sha256 != newest.sha256
    take_back(towns, oldest.id)
    assert [one.taken_back for one in batches(towns)] == [False, True]
    assert [one["id_no"] for one in towns.read(rows, "person")] == [id_no(BORN, 2)]
    with pytest.raises(Refused, match="已经撤回"):
        take_back(towns, oldest.id)
    with pytest.raises(Refused, match="没有第 9 批"):
        take_back(towns, 9)


def test_a_batch_changed_since_is_not_taken_back_and_the_records_are_named(towns: Book, tmp_path: Path) -> None:
    first = roster(tmp_path / "一.xlsx", person(1, 姓名="陈家明"), person(2, 姓名="李晓敏"))
    commit(towns, seen(towns, first))
    commit(towns, seen(towns, roster(tmp_path / "二.xlsx", person(2, 姓名="李晓敏", 联系电话="13800000000"), head=(*ROSTER, "联系电话"))))
    number = person(2)["身份证号"]
    commit(towns, seen(towns, workbook(tmp_path / "薪.xlsx", ("姓名", "身份证号", "月份", "应发工资"), ["李晓敏", number, "2026-05", 4500]), "pay"))
    before = towns.read(rows, "person")
    with pytest.raises(Conflict) as caught:
        take_back(towns, 1)
    assert all(word in str(caught.value) for word in ("李晓敏（人员）", "李晓敏（工资 2026年5月）")) and "陈家明" not in str(caught.value)
    assert towns.read(rows, "person") == before
    for one in (3, 2, 1):
        take_back(towns, one)
    assert towns.read(rows, "person") == []


# The command line


def test_everything_is_offered_on_the_command_line(folder: Path, tmp_path: Path, clock: Clock) -> None:
    head = ("姓名", "身份证号", "甲栏", "使用单位", "入职日期")
    book = openpyxl.Workbook()
    book.worksheets[0].append(["姓名", "身份证号"])
    page = book.create_sheet("名册")
    page.append(["姓名", "身份证号", "使用单位", "入职日期", "用工形式"])  # an older heading row, left standing
    page.append(head)
    page.append(["人甲", id_no(BORN, 1), "劳务派遣", "青石站", "2024-01-01"])
    page.append(["人乙", id_no(BORN, 2), "劳务派遣", "黑沙镇", "2024-01-01"])
    file = tmp_path / "来件.xlsx"
    book.save(file)
    mapping = tmp_path / "对应.json"
    mapping.write_text(json.dumps({"columns": {"type": "甲栏"}, "answers": {"unit": {"青石站": "青石镇"}}}), encoding="utf-8")
    back = tmp_path / "错误行.xlsx"
    options = ("--sheet", "名册", "--header-row", 2, "--map", mapping, "--mode", "只新增", "--errors-to", back)
    code, said = brought(clock, folder, file, "roster", *options, "--dry-run")
    assert (code, said["act"], said["header_row"], said["columns"]["type"]) == (1, None, 2, "甲栏")
    assert said["unknown"] == [{"field": "unit", "text": "黑沙镇", "rows": [4], "suggestions": said["unknown"][0]["suggestions"]}]
    code, said = brought(clock, folder, file, "roster", *options)
    assert code == 1 and said["act"] and said["counts"][NEW] == 1
    with books.open_book(folder, clock) as opened:
        assert [one["type"] for one in opened.read(rows, "engagement_term")] == ["劳务派遣"]
    code, said = brought(clock, folder, back, "roster", "--sheet", "错误行", "--header-row", 2)
    assert code == 1 and said["remembered"], "the rows sent back look as the sender's own"
    code, out, _ = office(clock, "imports", folder, "--json")
    assert code == 0 and [one["file_name"] for one in json.loads(out)] == ["来件.xlsx"]
    code, out, err = office(clock, "imports", folder, "--take-back", 1)
    assert code == 0 and "已撤回" in out and "来件.xlsx" in err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "JSON"), ("[]", "四部分"), ('{"columns": {"wage": "工资"}}', "wage"), ('{"columns": {"name": 1}}', "文字"), ('{"units": {"annual": "千元"}}', "万元"),
        ('{"answers": {"unit": "青石镇"}}', "文字"), ('{"columns": []}', "字段"),
    ],
)  # fmt: skip
def test_a_mapping_file_that_is_none(folder: Path, tmp_path: Path, clock: Clock, text: str, says: str) -> None:
    mapping = tmp_path / "对应.json"
    mapping.write_text(text, encoding="utf-8")
    code, out, err = office(clock, "import", folder, roster(tmp_path / "人.xlsx", person(1)), "--kind", "roster", "--map", mapping)
    assert code == 2 and says in err and out == ""


def test_a_named_heading_that_is_not_there_is_said(towns: Book, tmp_path: Path) -> None:
    found = seen(towns, roster(tmp_path / "人.xlsx", person(1)), mapping=HeadingMap({"post": "职位"}))
    assert any("“职位”" in note for note in found.notes)


# Nothing left behind


def test_cancelling_leaves_nothing_behind(towns: Book, tmp_path: Path) -> None:
    lines = "".join(f"人{chr(0x4E00 + number)},{id_no(BORN, number)},劳务派遣,青石镇,2024-01-01\n" for number in range(1, 999))
    file = tmp_path / "人.csv"
    file.write_text(",".join(ROSTER) + "\n" + lines, encoding="utf-8")
    said: list[tuple[int, int]] = []
    workbook_read = read(file)
    found = plan(towns, workbook_read, kind("roster"), progress=lambda done, total: said.append((done, total)))
    assert said and all(0 <= done <= total for done, total in said)
    with pytest.raises(Refused, match="已取消"):
        plan(towns, workbook_read, kind("roster"), cancelled=lambda: True)
    before = towns.acts()
    asked = iter([False, False, True])
    with pytest.raises(Refused, match="已取消"):
        commit(towns, found, cancelled=lambda: next(asked))
    assert towns.acts() == before and towns.read(rows, "person") == [] and towns.verify() == []
    assert commit(towns, found, progress=lambda done, total: said.append((done, total)))
    assert len(towns.read(rows, "person")) == found.counts()[NEW] >= 990
