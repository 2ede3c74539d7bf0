"""Acceptance: spreadsheets as townships and providers send them come in, cell by cell right or refused with the reason."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt

from db.rows import rows
from office.open import open_book
from tests.stories.acceptance import CLOCK, done, forms, id_no, office, returns, sheet_file

pytestmark = pytest.mark.story

TOWNS = ("后宅镇", "云澳镇", "深澳镇")
HEAD = ["姓名", "身份证号", "用工形式", "使用单位", "入职日期", "年工资标准"]


@pytest.fixture(scope="module")
def _fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """南澳县 without records."""
    return Path(done("new", tmp_path_factory.mktemp("fresh") / "南澳县.经办台账", "--county", "440523"))


@pytest.fixture
def county(_fresh: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(_fresh, tmp_path / _fresh.name))


def held(book: Path, table: str) -> list[dict[str, Any]]:
    """Every row of a table of the book."""
    with open_book(book, CLOCK) as opened:
        return opened.read(rows, table)


def acts(book: Path) -> int:
    with open_book(book, CLOCK) as opened:
        return len(opened.acts())


def bring(book: Path, file: Path, kind: str, *more: object) -> tuple[int, dict[str, Any]]:
    """Import with --json; the exit code and what was said."""
    ran = office("import", book, file, "--kind", kind, "--json", *more)
    said = json.loads(ran.out)
    said["counts"] = {state: count for state, count in said["counts"].items() if count}
    return ran.code, said


def worker(number: int, **other: Any) -> dict[str, Any]:
    values = {"姓名": f"人{number}", "身份证号": id_no(date(1990, 5, 20), number), "用工形式": "劳务派遣", "使用单位": "后宅镇",
              "入职日期": "2024-03-01", "年工资标准": 54000}  # fmt: skip
    return values | other


def roster(path: Path, *people: dict[str, Any], head: Sequence[str] = HEAD) -> Path:
    return sheet_file(path, head, *[[one.get(name) for name in head] for one in people])


def test_the_messy_roster_of_the_issue(county: Path, tmp_path: Path) -> None:
    """Three title rows, reordered and differently worded headers, text dates, full-width digits; one identity number is a number."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["附件2"])
    page.append(["南澳县2026年社会救助经办服务人员花名册"])
    page.append(["填报单位（盖章）：南澳县民政局", None, None, None, None, None, "2026年12月31日"])
    page.merge_cells("A2:I2")
    page.append(["序 号", "派驻镇街", "到岗时间", "工作人员姓名", "手机号码", "公民身份号码", "用工方式", "派遣公司", "年薪（万元）"])
    number = [id_no(date(1990, 1, 1), one) for one in range(1, 9)]
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in number[1])
    page.append([1, "后宅镇", "2019年3月11日", "欧阳建华", "13800000001", number[0], "劳务派遣", "岭东公司", 5.4])
    page.append([2, "云澳镇人民政府", "2019.3.11", "禤家豪", "１３８００００００２２", wide, "派遣", "岭东公司", "5.4"])
    page.append([3, " 深澳镇", "20190311", "佘㙍明 ", 13800000003, f"'{number[2]}", "劳务派遣", "岭东公司", "５．４"])
    page.append([4, "后宅镇", 43535, "古丽•阿依夏木", "138 0000 0004", number[3][:6] + " " + number[3][6:], "购买服务", "岭东公司", 5.4])
    page.append([5, "后宅镇", "2019/3/11", "赵一", None, int(number[4][:17] + "0"), "劳务派遣", "岭东公司", 5.4])
    page.append([6, "云澳镇", date(2019, 3, 11), "冼　静", None, number[5], "劳务派遣", "岭东公司", 5.4])
    page.append(["", "", "", "合计：6人"])
    page.append(["填报人：李晓敏", None, "联系电话：0999-1234567"])
    file = tmp_path / "花名册.xlsx"
    book.save(file)
    code, said = bring(county, file, "roster")
    assert code == 1
    assert said["counts"] == {"新增": 5, "错误": 1}, said
    (wrong,) = [row for row in said["rows"] if row["state"] == "错误"]
    assert (wrong["row"], wrong["name"]) == (9, "赵一")
    (reason,) = wrong["errors"].values()
    assert list(wrong["errors"]) == ["身份证号"] and "数字" in reason and "文本格式" in reason
    people = {one["name"].strip(): one for one in held(county, "person")}
    assert set(people) == {"欧阳建华", "禤家豪", "佘㙍明", "古丽·阿依夏木", "冼　静"} or set(people) == {"欧阳建华", "禤家豪", "佘㙍明", "古丽•阿依夏木", "冼　静"}
    assert {one["id_no"] for one in people.values()} == {number[0], number[1], number[2], number[3], number[5]}
    assert {one["start"] for one in held(county, "engagement")} == {date(2019, 3, 11)}
    assert {one["annual"] for one in held(county, "pay_standard")} == {54_000_00}
    assert people["禤家豪"]["phone"] == "13800000022"
    assert people["欧阳建华"]["birth"] == date(1990, 1, 1) and people["欧阳建华"]["sex"] == "男"
    # And it can be mended and brought in again: the five are 相同, the sixth is new.
    page["F9"] = number[4]
    book.save(file)
    code, said = bring(county, file, "roster")
    assert code == 0 and said["counts"] == {"新增": 1, "相同": 5}


def test_preview_in_words_says_why(county: Path, tmp_path: Path) -> None:
    file = roster(tmp_path / "人.xlsx", worker(1), worker(2, 身份证号=int(id_no(date(1990, 5, 20), 2).replace("X", "0"))))
    ran = office("import", county, file, "--kind", "roster", "--dry-run")
    assert ran.code == 1 and "第 3 行 人2" in ran.err and "身份证号" in ran.err and "没有写入" in ran.err
    assert "错误 1" in ran.out and "新增 1" in ran.out


def test_dry_run_writes_nothing(county: Path, tmp_path: Path) -> None:
    acts(county)  # opened once since it was made: the backup an opening makes is there already

    def state() -> tuple[int, dict[str, str]]:
        files = {str(path.relative_to(county)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(county.rglob("*")) if path.is_file()}
        return acts(county), files

    before = state()
    file = roster(tmp_path / "人.xlsx", worker(1), worker(2))
    code, said = bring(county, file, "roster", "--dry-run")
    assert code == 0 and said["counts"]["新增"] == 2 and said["act"] is None
    assert state() == before and held(county, "person") == []


def test_an_import_is_one_batch_with_one_undo(county: Path, tmp_path: Path) -> None:
    before, act = {table: held(county, table) for table in ("person", "engagement", "assignment", "pay_standard")}, acts(county)
    file = roster(tmp_path / "人.xlsx", *[worker(number) for number in range(1, 21)])
    bring(county, file, "roster")
    assert acts(county) == act + 1 and len(held(county, "person")) == 20
    (batch,) = held(county, "import_batch")
    assert (batch["file_name"], batch["added"], batch["wrong"]) == ("人.xlsx", 20, 0)
    with open_book(county, CLOCK) as book:
        book.undo()
    assert {table: held(county, table) for table in before} == before


def test_a_second_import_is_all_the_same(county: Path, tmp_path: Path) -> None:
    people = roster(tmp_path / "人.xlsx", *[worker(number) for number in range(1, 6)])
    units = sheet_file(tmp_path / "户.xlsx", ["单位名称", "城市低保户数", "农村低保户数", "农村特困人数", "统计日期"], *[[name, 1, 2, 3, "2026-12-31"] for name in TOWNS])
    pay = sheet_file(tmp_path / "薪.xlsx", ["姓名", "身份证号", "月份", "基本工资", "个人社保", "实发工资"],
                     *[[f"人{number}", id_no(date(1990, 5, 20), number), "2026年5月", "4,500.00", 500, "￥4,000"] for number in range(1, 6)])  # fmt: skip
    for file, kind, count in ((units, "units", 3), (people, "roster", 5), (pay, "pay", 5)):
        assert bring(county, file, kind)[1]["counts"] == {"新增": count}
        act = acts(county)
        code, said = bring(county, file, kind)
        assert code == 0 and said["counts"] == {"相同": count}
        assert acts(county) == act, "nothing to write is no act"


def test_a_changed_row_is_told_from_new_and_same(county: Path, tmp_path: Path) -> None:
    head = [*HEAD, "联系电话"]
    bring(county, roster(tmp_path / "1.xlsx", worker(1, 联系电话="13800000001"), worker(2), head=head), "roster")
    code, said = bring(county, roster(tmp_path / "2.xlsx", worker(1, 联系电话="13800000009"), worker(2), worker(3), head=head), "roster")
    assert code == 0 and said["counts"] == {"新增": 1, "更新": 1, "相同": 1}
    (changed,) = [row for row in said["rows"] if row["state"] == "更新"]
    assert changed["cells"] == [{"field": "联系电话", "old": "138****0001", "new": "138****0009"}]


BAD_CELLS = (
        ("身份证号", id_no(date(1990, 5, 20), 1)[:17]), ("身份证号", "449901199005200010"), ("身份证号", "44990119900230001X"), ("身份证号", None),
        ("身份证号", "4.49901E+17"), ("入职日期", "2024年3月"), ("入职日期", "3月11日"), ("入职日期", "2024-02-30"), ("入职日期", None),
        ("入职日期", "去年"), ("年工资标准", "约5万"), ("年工资标准", "面议"), ("年工资标准", "#REF!"), ("使用单位", "不存在镇"), ("使用单位", None),
        ("用工形式", "神秘工"), ("姓名", None), ("年工资标准", "5.4000001万"),
)  # fmt: skip


def test_a_cell_that_cannot_be_read_is_an_error_never_a_value(county: Path, tmp_path: Path) -> None:
    people = [worker(number, **{field: value}) for number, (field, value) in enumerate(BAD_CELLS, 101)]
    code, said = bring(county, roster(tmp_path / "人.xlsx", worker(3), *people), "roster")
    assert code == 1 and said["counts"] == {"新增": 1, "错误": len(BAD_CELLS)}
    wrong = [one for one in said["rows"] if one["state"] == "错误"]
    for number, ((field, value), row) in enumerate(zip(BAD_CELLS, wrong, strict=True), 3):
        assert row["row"] == number and list(row["errors"]) == [field], (value, row)
        assert row["errors"][field].endswith("。"), row
    assert [one["name"] for one in held(county, "person")] == ["人3"]


@pytest.mark.parametrize(
    ("head", "amounts"),
    [
        ("年工资标准", {"8万": 8_000_000, "80,000.00": 8_000_000, "￥80000": 8_000_000, "¥ 80,000元": 8_000_000, "８００００": 8_000_000, 49992.0: 4_999_200}),
        ("年工资标准（万元）", {8: 8_000_000, "5.4": 5_400_000}), ("年薪", {50000.04: 5_000_004}),
    ],
)  # fmt: skip
def test_money_as_written(county: Path, tmp_path: Path, head: str, amounts: dict[object, int]) -> None:
    people = [worker(number, **{head: value}) for number, value in enumerate(amounts, 1)]
    done("import", county, roster(tmp_path / "人.xlsx", *people, head=[*HEAD[:-1], head]), "--kind", "roster")
    assert [one["annual"] for one in held(county, "pay_standard")] == [*amounts.values()]


def test_dates_as_written(county: Path, tmp_path: Path) -> None:
    written = ["2019年3月11日", "2019.3.11", "20190311", 20190311, 43535, "2019-03-11", "２０１９年３月１１日", date(2019, 3, 11), "2019/03/11"]
    people = [worker(number, 入职日期=start) for number, start in enumerate(written, 1)]
    done("import", county, roster(tmp_path / "人.xlsx", *people), "--kind", "roster")
    assert [one["start"] for one in held(county, "engagement")] == [date(2019, 3, 11)] * len(written)


@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_old_excel_and_wps(county: Path, tmp_path: Path, suffix: str) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("花名册")
    page.write(0, 0, "南澳县花名册")
    for column, name in enumerate(HEAD):
        page.write(1, column, name)
        if name == "入职日期":
            page.write(2, column, 43535, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
        else:
            page.write(2, column, worker(1)[name])
    file = tmp_path / f"花名册{suffix}"
    book.save(str(file))
    done("import", county, file, "--kind", "roster")
    assert [one["start"] for one in held(county, "engagement")] == [date(2019, 3, 11)]
    assert [one["annual"] for one in held(county, "pay_standard")] == [5_400_000]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_files(county: Path, tmp_path: Path, encoding: str) -> None:
    lines = [",".join(HEAD), *[",".join(str(value) for value in worker(number, 姓名=name).values()) for number, name in enumerate(("佘㙍明", "邝𬱖", "古丽·阿依夏木"), 1)]]
    file = tmp_path / "花名册.csv"
    file.write_bytes("\r\n".join(lines).encode(encoding))
    done("import", county, file, "--kind", "roster")
    assert {one["name"] for one in held(county, "person")} == {"佘㙍明", "邝𬱖", "古丽·阿依夏木"}


def test_macro_workbook(county: Path, tmp_path: Path) -> None:
    file = roster(tmp_path / "人.xlsx", worker(1)).rename(tmp_path / "人.xlsm")
    done("import", county, file, "--kind", "roster")
    assert len(held(county, "person")) == 1


def test_headings_are_never_guessed_across_their_opposites(county: Path, tmp_path: Path) -> None:
    """用人单位 is not 使用（用工）单位; 应发 is not 实发."""
    head = ["姓名", "身份证号", "用人单位", "入职日期", "用工形式"]
    file = roster(tmp_path / "人.xlsx", worker(1, 用人单位="后宅镇"), head=head)
    code, said = bring(county, file, "roster")
    assert code == 1 and "使用单位" not in said["columns"].values() and held(county, "person") == []
    head = ["姓名", "身份证号", "用人单位", "用工单位", "入职日期", "用工形式"]
    code, said = bring(county, roster(tmp_path / "人2.xlsx", worker(1, 用人单位="岭东公司", 用工单位="云澳镇"), head=head), "roster")
    assert code == 0
    assert [one["employer"] for one in held(county, "engagement_term")] == ["岭东公司"]
    done_pay = sheet_file(tmp_path / "薪.xlsx", ["姓名", "身份证号", "月份", "实发工资"], ["人1", worker(1)["身份证号"], "2026-05", 4000])
    code, said = bring(county, done_pay, "pay")
    assert code == 1 and held(county, "pay_month") == [], "实发 alone is never taken for 应发"


def test_pay_months_with_group_headings_and_the_month_in_the_title(county: Path, tmp_path: Path) -> None:
    bring(county, roster(tmp_path / "人.xlsx", worker(1), worker(2)), "roster")
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["岭东公司2026年5月份工资表"])
    page.append(["单位：元"])
    page.append(["序号", "姓名", "身份证号", "应发项目", None, None, "个人缴纳", None, "应发合计", "实发合计"])
    page.append([None, None, None, "基本工资", "绩效工资", "津补贴", "个人社保", "个人公积金"])
    for area in ("A1:J1", "D3:F3", "G3:H3", "A3:A4", "B3:B4", "C3:C4", "I3:I4", "J3:J4"):
        page.merge_cells(area)
    page.append([1, "人1", worker(1)["身份证号"], 3500, "500.00", "￥500", 472.5, 225, "4,500.00", "3802.50"])
    page.append([2, "人2", worker(2)["身份证号"], 3500, 500, 500, 472.5, 225, 4600, 3902.5])
    page.append(["合计", None, None, 7000, 1000, 1000, 945, 450, 9100, 7705])
    file = tmp_path / "工资.xlsx"
    book.save(file)
    code, said = bring(county, file, "pay")
    assert code == 1
    (wrong,) = [one for one in said["rows"] if one["state"] == "错误"]
    assert wrong["name"] == "人2" and "应发工资" in wrong["errors"] and "100.00" in wrong["errors"]["应发工资"]
    (row,) = held(county, "pay_month")
    assert (row["year"], row["month"], row["base"], row["performance"], row["allowance"]) == (2026, 5, 350000, 50000, 50000)


def test_a_heading_that_only_resembles_a_field_is_asked_about(county: Path, tmp_path: Path) -> None:
    bring(county, roster(tmp_path / "人.xlsx", worker(1)), "roster")
    head = ["姓名", "身份证号", "月份", "基本工资额", "应发合计"]
    file = sheet_file(tmp_path / "薪.xlsx", head, ["人1", worker(1)["身份证号"], "2026-05", 4500, 4500])
    code, said = bring(county, file, "pay", "--dry-run")
    assert code == 0 and said["guesses"] == {"base": "基本工资额"} and "base" not in said["columns"]
    assert "没有确认" in "".join(said["rows"][0]["notes"])
    ran = office("import", county, file, "--kind", "pay", "--dry-run")
    assert "“基本工资额”像是“基本工资”" in ran.err
    code, said = bring(county, file, "pay", "--guesses")
    assert code == 0 and said["guesses"] == {}
    assert [(one["base"], one["unsplit"]) for one in held(county, "pay_month")] == [(450000, None)]


def test_a_total_first_and_its_items_later_are_not_added_up(county: Path, tmp_path: Path) -> None:
    bring(county, roster(tmp_path / "人.xlsx", worker(1)), "roster")
    number = worker(1)["身份证号"]
    totals = sheet_file(tmp_path / "1.xlsx", ["姓名", "身份证号", "月份", "应发合计"], ["人1", number, "2026-05", 4500])
    items = sheet_file(tmp_path / "2.xlsx", ["姓名", "身份证号", "月份", "基本工资", "绩效工资", "应发合计"], ["人1", number, "2026-05", 4000, 500, 4500])
    for file in (totals, items, totals):
        assert bring(county, file, "pay")[0] == 0
        (row,) = held(county, "pay_month")
        assert sum(row[item] or 0 for item in ("base", "performance", "unsplit")) == 450000


def test_pay_of_somebody_unknown_or_without_a_month_is_refused(county: Path, tmp_path: Path) -> None:
    bring(county, roster(tmp_path / "人.xlsx", worker(1)), "roster")
    file = sheet_file(tmp_path / "薪.xlsx", ["姓名", "身份证号", "应发工资"], ["人1", worker(1)["身份证号"], 4500])
    code, said = bring(county, file, "pay")
    assert code == 1 and "工资所属月份" in json.dumps(said["rows"], ensure_ascii=False) and held(county, "pay_month") == []
    assert bring(county, file, "pay", "--month", "2026-05")[0] == 0
    stranger = sheet_file(tmp_path / "薪2.xlsx", ["姓名", "身份证号", "月份", "应发工资"], ["人9", id_no(date(1991, 1, 1), 9), "2026-05", 4500])
    code, said = bring(county, stranger, "pay")
    assert code == 1 and len(held(county, "pay_month")) == 1


def test_a_blank_pay_cell_is_not_zero(county: Path, tmp_path: Path) -> None:
    bring(county, roster(tmp_path / "人.xlsx", worker(1, 入职日期="2026-05-01"), worker(2, 入职日期="2026-05-01")), "roster")
    head = ["姓名", "身份证号", "月份", "应发工资"]
    file = sheet_file(tmp_path / "薪.xlsx", head, ["人1", worker(1)["身份证号"], "2026-05", None], ["人2", worker(2)["身份证号"], "2026-05", 0])
    code, said = bring(county, file, "pay")
    assert code == 1 and said["counts"]["错误"] == 1 and said["counts"]["新增"] == 1
    found = json.loads(office("check", county, "--as-of", "2026-05-31", "--json").out)
    assert {one["person"]: one["rule"] for one in found if one["rule"] in ("F2", "F3")} == {"人1": "F3", "人2": "F2"}


def test_units_with_caseload_by_category(county: Path, tmp_path: Path) -> None:
    """Group headings as the monthly statistics have them; 特困 in 人; 县级直接管理对象 a line of their own; an absent category is 0."""
    file = sheet_file(
        tmp_path / "户.xlsx",
        ["南澳县社会救助对象情况（截至2026年12月31日）"],
        ["单位名称", "城市低保户数", "农村低保户数", "城市低保人数", "农村低保人数", "农村特困人数", "其中集中供养人数", "低保边缘户数", "临时救助户次"],
        ["后宅镇", 10, 80, 20, 160, 9, 2, 30, 5],
        ["云澳街道办事处", 1, 1, 1, 1, 1, 0, 0, 0],
        ["云澳镇", "０", "1,200", 0, 2000, "", None, 0, 0],
        ["深澳镇", 1, 2, 1, 2, 3, 0, 0, 0],
        ["县本级", 0, 0, 0, 0, 7, 7, 0, 0],
    )
    done("import", county, file, "--kind", "units")
    written = forms(returns(county, tmp_path / "out"))
    people = written["表1"]
    assert people.line("后宅镇") | {"1": 99, "2": 90, "8": 9, "11": 2, "12": 30, "14": 5} == people.line("后宅镇")
    assert people.line("云澳镇")["1"] == 1200 and people.line("县级直接管理对象")["1"] == 7
    assert people.line("合计")["1"] == 99 + 1200 + 6 + 7 + 3
    assert written["表2"].line("南澳县民政局")["1"] == people.line("合计")["1"]


def test_a_village_and_an_institution_come_in_with_their_type(county: Path, tmp_path: Path) -> None:
    """派驻 to a village or an institution does not count; the village's people stand in their township's line."""
    units = sheet_file(
        tmp_path / "单位.xlsx", ["单位名称", "单位类型", "上级单位"], ["后宅镇前江社区", "村（社区）", "后宅镇"], ["南澳县福利院", "民政服务机构", "南澳县民政局"]
    )
    nowhere = sheet_file(tmp_path / "村.xlsx", ["单位名称", "单位类型"], ["后宅镇前江社区", "村（社区）"])
    code, said = bring(county, nowhere, "units")
    (refused,) = [row for row in said["rows"] if row["state"] == "错误"]
    assert code == 1 and refused["name"] == "后宅镇前江社区" and "属于哪个乡镇（街道）" in refused["errors"]["所属乡镇（街道）"]
    done("import", county, units, "--kind", "units")
    done("import", county, roster(tmp_path / "人.xlsx", worker(1, 使用单位="后宅镇前江社区"), worker(2, 使用单位="南澳县福利院"), worker(3)), "--kind", "roster")
    written = forms(returns(county, tmp_path / "out"))
    line = written["表2"].line("后宅镇")
    assert (line["5"], line["20"], line["21"]) == (1, 1, 1)
    assert written["表3"].line("后宅镇")["1"] == 2 and written["表3"].line("南澳县福利院")["1"] == 1


def test_wrong_file_wrong_kind_and_hostile_files(county: Path, tmp_path: Path) -> None:
    before = acts(county)
    for name, content in (("坏.xlsx", b"PK\x03\x04 not a workbook"), ("空.csv", b""), ("图.png", b"\x89PNG\r\n\x1a\n")):
        (tmp_path / name).write_bytes(content)
        ran = office("import", county, tmp_path / name, "--kind", "roster")
        assert ran.code in (2, 3) and ran.err.strip() and "Traceback" not in ran.err and not ran.out, (name, ran)
    ran = office("import", county, tmp_path / "没有.xlsx", "--kind", "roster")
    assert ran.code == 2 and "找不到" in ran.err
    wrong_kind = sheet_file(tmp_path / "菜.xlsx", ["菜名", "价格"], ["青菜", 3])
    ran = office("import", county, wrong_kind, "--kind", "roster")
    assert ran.code in (1, 2) and "标题" in ran.err
    assert acts(county) == before
