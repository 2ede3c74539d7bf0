"""Acceptance: the workbook that goes up, as the pages on returns and the decisions on words ask for it, read back from the file."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from db.change import Change
from db.rows import rows
from office.open import open_book
from policy.clock import Clock
from tests.stories.acceptance import CLOCK, Form, done, every_cell, forms, id_no, office, returns, sheet_file

pytestmark = pytest.mark.story

SHEETS = ["封面", "综合表", "表1", "表2", "表3", "表4", "表6", "附表1", "附表2"]
TITLES = {
    "综合表": "基层社会救助经办服务能力落实情况综合表",
    "表1": "救助对象基本情况表", "表2": "社会救助经办服务人员配备情况表", "表3": "购买服务及派遣人员工资待遇情况表",
    "表4": "社会救助工作经费安排落实情况表", "表6": "服务采购及用工合同情况表", "附表1": "花名册", "附表2": "工资待遇明细表",
}  # fmt: skip
NEVER = (
    "习近平", "李希", "马兴瑞", "黄宁生", "党的十九大", "新时代中国特色社会主义", "以人民为中心", "脱贫攻坚", "小康社会", "底线思维",
    "党中央", "国务院", "批示", "忠诚、干净", "省委、省政府", "政社协同", "坚定践行",
)  # fmt: skip
"""Leaders' names and the 2019 political wording of the notice's preamble and Part 一."""
WRONG_WORDS = (
    "超配", "待岗", "离岗", "年化", "统一置数", "套表", "计量单位", "表0", "硬性", "软性", "最低工资", "落实到位率",
    "表号", "制定机关", "批准文号", "有效期",
)  # fmt: skip


@pytest.fixture(scope="module")
def written(_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo county's return of 2026."""
    folder = tmp_path_factory.mktemp("forms")
    return returns(Path(shutil.copytree(_demo, folder / _demo.name)), folder)


@pytest.fixture(scope="module")
def book(written: Path) -> Workbook:
    return openpyxl.load_workbook(written)


@pytest.fixture(scope="module")
def read(written: Path) -> Mapping[str, Form]:
    return forms(written)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """南澳县 (three towns) without a single record."""
    return Path(done("new", tmp_path / "南澳县.经办台账", "--county", "440523"))


def test_sheets_and_titles(read: Mapping[str, Form]) -> None:
    assert list(read) == SHEETS
    for key, title in TITLES.items():
        assert read[key].says(title), key
    assert not any(key in ("目录", "Sheet", "Sheet1") for key in read)


def test_file_name_convention(written: Path) -> None:
    assert re.fullmatch(r"449901东岭县民政局_[^_]+_2026年度_V1_20261231\.xlsx", written.name)
    assert len(written.name) <= 80 and not set(written.name) & set('\\/:*?"<>|')


@pytest.mark.parametrize(("period", "words"), [("2026H1", "2026年上半年"), ("2026Q3", "2026年第三季度"), ("2026-05", "2026年5月")])
def test_periods_in_file_name_and_heading(demo_folder: Path, tmp_path: Path, period: str, words: str) -> None:
    path = returns(demo_folder, tmp_path, period)
    assert f"_{words}_V1_" in path.name
    assert forms(path)["表2"].says(f"{words}（截至2026年")


def test_demo_figures_and_footer_of_table_2(read: Mapping[str, Form]) -> None:
    staffing = read["表2"]
    total = staffing.line("合计")
    assert (total["3"], total["5"], total["17"], total["18"]) == (58, 53, 6, 1)
    footer = next(text for text in staffing.texts if "达标单位 9/14" in text)
    assert "89.66%" in footer.replace(" ", "")
    assert staffing.says("缺口按单位分别计算，不得相互抵补；合计缺口=各单位缺口之和。边界口径：就高。")
    assert staffing.says("原文未明确临界口径，本表按就高口径测算")
    assert not staffing.says("民法典") and not any("第1259条" in text for text in staffing.texts)


def test_table_1(read: Mapping[str, Form]) -> None:
    people = read["表1"]
    total, own, *towns = people.lines
    assert (total["甲"], own["甲"]) == ("合计", "县级直接管理对象")
    assert [line["1"] for line in towns] == [120, 210, 299, 300, 340, 420, 450, 480, 520, 590, 600, 700, 820]
    for line in people.lines:
        assert line["2"] == line["3"] + line["4"] and line["5"] == line["6"] + line["7"] and line["8"] == line["9"] + line["10"]
        assert line["11"] <= line["8"] and line["1"] == line["3"] + line["4"] + line["9"] + line["10"]
    for mark in map(str, range(1, 16)):
        assert total[mark] == sum(line[mark] for line in people.lines[1:]), mark
    assert people.marks == ["甲", "乙", *map(str, range(1, 18))]
    assert all(str(line["乙"]).startswith("449901") for line in people.lines[1:])


def test_table_2_formulas_hold_in_every_line(read: Mapping[str, Form]) -> None:
    lines = read["表2"].lines
    for line in lines:
        assert line["5"] == line["6"] + line["9"] + line["12"]
        assert line["6"] == line["7"] + line["8"] and line["9"] == line["10"] + line["11"]
        assert line["12"] == line["13"] + line["14"] + line["15"]
        if line["甲"] != "合计":
            assert line["17"] == max(0, line["3"] - line["5"]) and line["18"] == max(0, line["5"] - line["3"])
            assert line["19"] == ("是" if line["17"] == 0 else "否")
            assert line["16"] <= line["5"] + line["20"]
    total, body = lines[0], lines[1:]
    for mark in (*map(str, (3, *range(5, 19))), "20", "21"):
        assert total[mark] == pytest.approx(sum(line[mark] for line in body)), mark
    assert total["1"] == body[0]["1"] == 5849
    assert [line["乙"] for line in body] == ["县级民政局", *["乡镇"] * 12, "街道"]


def test_one_population_in_table_2_the_roster_and_table_3(read: Mapping[str, Form]) -> None:
    staffing, roster, pay = read["表2"], read["附表1"], read["表3"]
    head = {str(cell.value): mark for mark, cell in zip(roster.marks, roster.page[_mark_row(roster) - 1], strict=False)}
    unit, kind, counts = head["使用单位"], head["用工形式"], head["是否计入"]
    assert len(roster.lines) == 58
    for line in staffing.lines[1:]:
        mine = [one for one in roster.lines if one[unit] == line["甲"]]
        assert line["5"] == sum(one[counts] == "是" for one in mine), line["甲"]
        paid = [one for one in pay.lines if one["甲"] == line["甲"]]
        bought = [one for one in roster.lines if one[kind] in ("政府购买服务", "劳务派遣") and one[counts] == "否"]
        there = sum(one[unit] == line["甲"] for one in bought) + (1 if line["甲"] == "城关街道" else 0)
        assert paid[0]["1"] - line["10"] - line["11"] == there, line["甲"]
    not_counted = [line for line in roster.lines if line[counts] == "否"]
    assert len(not_counted) == 5 and all(line[head["备注"]] for line in not_counted)


def _mark_row(form: Form) -> int:
    return next(cell.row for (cell,) in form.page.iter_rows(max_col=1) if cell.value == "甲")


def test_table_3(read: Mapping[str, Form]) -> None:
    pay = read["表3"]
    total, body = pay.lines[0], pay.lines[1:]
    summed = [line for line in body if not line["甲"].startswith("其中")]
    assert body[0]["甲"] == "东岭县民政局" and body[-1]["甲"] == "东岭县社会福利院"
    assert any(line["甲"].strip() == "其中：派驻村（社区）" for line in body)
    for mark in ("1", "2", "3", "8", "9", "11", "12", "13", "14", "15", "16", "17"):
        assert total[mark] == pytest.approx(sum(line[mark] for line in summed), abs=0.011 if mark == "3" else 0.001), mark
    for line in pay.lines:
        assert line["14"] == pytest.approx(line["9"] - line["12"] - line["13"])
        assert line["17"] == pytest.approx(line["9"] + line["15"] + line["16"])
        assert line["4"] == 50000 and line["8"] <= line["1"] and line["11"] <= line["2"]
        if line["1"]:
            assert line["6"] <= line["5"] <= line["7"]
            assert line["19"] == pytest.approx((line["1"] - line["8"]) / line["1"], abs=0.00005)
    assert total["6"] == min(line["6"] for line in summed if line["1"]) == 49992
    assert total["7"] == max(line["7"] for line in summed if line["1"])
    assert total["8"] == 1
    assert pay.says("工资口径：应发工资（含个人承担的社会保险费、住房公积金和个人所得税，不含单位缴费及管理费）")
    assert total["9"] == pytest.approx(read["附表2"].lines[0]["2"])


def test_annexes_short_edition_and_masks(read: Mapping[str, Form]) -> None:
    roster, paylist = read["附表1"], read["附表2"]
    heads = [str(cell.value) for cell in roster.page[_mark_row(roster) - 1]]
    number, phone = (roster.marks[heads.index(name)] for name in ("身份证号", "联系电话"))
    for line in roster.cells:
        assert re.fullmatch(r"449901\*{8}\d{3}[\dX]", line[number].value), line[number].value
        assert (line[number].data_type, line[number].number_format) == ("s", "@")
        assert line[phone].value is None or "*" in line[phone].value
    assert "遮掩" in "".join(roster.texts)
    words = [str(cell.value) for cell in paylist.page[_mark_row(paylist) - 1] if cell.value is not None]
    assert words == ["序号", "姓名", "使用单位", "年工资标准", "应发工资", "单位缴费", "合计"]
    every = "".join("".join(form.texts) for form in read.values())
    assert not re.search(r"449901[12]\d{10}[\dX]", every), "a whole identity number is in the workbook"


def test_names_that_break_programs_stand_in_the_roster(read: Mapping[str, Form]) -> None:
    names = {line["乙"] for line in read["附表1"].lines}
    assert {"欧阳建华", "禤家豪", "佘㙍明", "赵一", "古丽·阿依夏木", "邝𬱖", "买买提·吾守尔·阿不都热合曼"} <= names


def test_no_leader_no_political_wording_no_wrong_word(read: Mapping[str, Form], demo_folder: Path) -> None:
    said = "\n".join("\n".join(form.texts) for form in read.values())
    said += office("check", demo_folder, "--as-of", "2026-12-31").out + office("rules").out.replace("最低工资标准\t最低工资规定", "")
    for word in (*NEVER, *WRONG_WORDS):
        assert word not in said, word
    # The quoted articles are Part 二 and later only.
    for word in NEVER[:9]:
        assert word not in office("check", demo_folder, "--as-of", "2026-12-31", "--json").out, word


def test_words_of_the_decisions(read: Mapping[str, Form]) -> None:
    assert read["表2"].says("高于最低配备人数") and read["表2"].says("折算人数")
    assert read["表3"].says("最低标准") and not read["表3"].says("表0")
    for key in SHEETS[1:]:
        head = [text for text in read[key].texts if text.startswith("单位：")]
        assert len(head) == 1, key
        (footer,) = [text for text in read[key].texts if text.startswith("单位负责人：")]
        assert re.findall(r"(\S+?)：", footer) == ["单位负责人", "分管领导", "股（科）室负责人", "审核人", "填报人", "联系电话", "填报日期"]
        assert read[key].says("填报单位（盖章）：东岭县民政局") and read[key].says("2026年度（截至2026年12月31日）")
    assert "单位：户、人" in read["表1"].texts and "单位：户、人" in read["表2"].texts
    assert any(text.startswith("单位：人、人年、元") for text in read["表3"].texts)


def test_cover(read: Mapping[str, Form]) -> None:
    cover = {row[0].value: row[1].value for row in read["封面"].page.iter_rows(max_col=2)}
    assert cover["填报单位"] == "东岭县民政局" and cover["行政区划代码"] == "449901"
    assert cover["所属地级市"] == "岭东市" and "粤东西北" in (cover.get("所属区域") or cover["区域"])
    assert "2026年12月31日" in cover["报告期"] and "粤民函〔2019〕453号" in cover["政策参数版本"]
    for word in ("就高", "应发", "人头"):
        assert read["封面"].says(word)
    assert cover["填报人"] == "李晓敏" and cover["联系电话"] == "0999-1234567"
    assert re.fullmatch(r"[0-9A-F]{4}-?[0-9A-F]{4}", cover["校验码"])
    assert not any(form.says("校验码") for key, form in read.items() if key != "封面")
    assert cover["审核结果"] == "强制性问题 0 条，核实性问题 22 条", "formulas and checks too: 14 of 表1 against 2025, 5 of 表2, 3 of 表3"


def test_values_not_formulas_and_text_not_numbers(book: Workbook) -> None:
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (page.title, cell.coordinate)
                if isinstance(cell.value, str) and re.fullmatch(r"\d{6}|\d{9}", cell.value) and page.title == "表1":
                    assert cell.number_format == "@"


def test_multi_row_headers_and_number_row(read: Mapping[str, Form]) -> None:
    for key in ("表1", "表2", "表3"):
        form = read[key]
        assert form.marks[0] == "甲" and [mark for mark in form.marks if mark.isdigit()] == [
            str(number) for number in range(1, 1 + sum(mark.isdigit() for mark in form.marks))
        ]
        assert form.page.merged_cells.ranges, key
        assert form.lines[0]["甲"] == "合计", key
        first = next(cell.row for (cell,) in form.page.iter_rows(max_col=1) if cell.value in ("单位名称", "使用单位"))
        assert _mark_row(form) - first >= 2, f"{key}: a header of several rows"
        assert form.page.print_title_rows == f"${first}:${_mark_row(form)}", key
        assert form.says("说明：1. ")


def test_print_set_up(book: Workbook) -> None:
    for key, paper, orientation in (
        ("封面", 9, "portrait"), ("表1", 9, "landscape"), ("表2", 8, "landscape"), ("表3", 8, "landscape"), ("表4", 9, "landscape"), ("表6", 8, "landscape"), ("附表1", 8, "landscape"),
    ):  # fmt: skip
        page = book[key]
        assert (int(page.page_setup.paperSize), page.page_setup.orientation) == (paper, orientation), key
    for page in book.worksheets:
        assert page.sheet_properties.pageSetUpPr.fitToPage and page.page_setup.fitToWidth == 1
        assert page.page_setup.fitToHeight == (0 if page.title in ("附表1", "附表2") else 1), f"{page.title}: one page as long as it can be read"
        assert "&P" in page.oddFooter.center.text and "&N" in page.oddFooter.center.text and "第" in page.oddFooter.center.text


def test_the_work_fund_stands_upright_with_both_years(read: Mapping[str, Form]) -> None:
    page = read["表4"].page
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    heading = next(row for row in rows if row[0] == "行次")
    assert heading[2:4] == ["2026年", "2025年（未封存）"]
    lines = {row[0]: row for row in rows[rows.index(heading) + 1 :] if str(row[0]).isdigit()}
    assert [int(number) for number in lines] == list(range(1, 32))
    assert lines["11"][1:3] == ["应安排工作经费", 210] and lines["12"][2] == 220 and lines["16"][2] == pytest.approx(22 / 21, abs=0.00005)
    shown = {number: next(row for row in page.iter_rows() if row[0].value == number) for number in ("11", "16", "22")}
    assert [shown[number][2].number_format for number in ("11", "16", "22")] == ["#,##0.00", "0.00%", "#,##0"]


def test_contracts_with_their_people_and_money(read: Mapping[str, Form]) -> None:
    total, agreement, service = read["表6"].lines
    assert (total["17"], total["18"], agreement["18"], service["18"]) == (42, 42, 33, 9)
    assert total["14"] == pytest.approx(agreement["14"] + service["14"]) and agreement["13"] == 12
    assert agreement["26"] in ("是", "否") and "等14个单位" in agreement["34"]


def test_figures_of_money_and_rates(read: Mapping[str, Form]) -> None:
    line = read["表3"].cells[0]
    assert line["9"].number_format.startswith("#,##0.00") and line["10"].number_format.startswith("#,##0.00")
    assert line["19"].number_format == "0.00%"
    for one in read["表3"].lines:
        assert round(one["9"], 2) == one["9"] and round(one["10"], 2) == one["10"]
        assert one["23"] == pytest.approx(one["10"] / 10000, abs=0.005)  # 人均 in 万元 beside 元


def test_zero_is_zero_and_nothing_required_is_blank(read: Mapping[str, Form]) -> None:
    for line in read["表2"].lines:
        assert all(line[str(mark)] is not None for mark in (1, 2, 3, *range(5, 22))), line["甲"]
    for line in read["表3"].lines:
        assert all(line[str(mark)] is not None for mark in range(1, 25)), line["甲"]


def test_two_writings_are_equal_and_the_old_file_stays_when_refused(demo_folder: Path, tmp_path: Path) -> None:
    one, two = returns(demo_folder, tmp_path / "1"), returns(demo_folder, tmp_path / "2")
    assert every_cell(one) == every_cell(two)
    again = returns(demo_folder, tmp_path / "1")
    assert again == one and [path.name for path in one.parent.iterdir()] == [one.name]


def test_a_county_without_caseload_has_no_need(small: Path, tmp_path: Path) -> None:
    written = forms(returns(small, tmp_path / "out"))
    staffing = written["表2"]
    for line in staffing.lines:
        assert line["3"] is None and line["17"] is None and line["1"] is None, line["甲"]
        assert "数据不足" in line["25"], line["甲"]
        assert line["19"] not in ("是", "否")
        assert line["5"] == 0
    assert "—" in next(text for text in staffing.texts if "配备率" in text) or "不能计算" in "".join(staffing.texts)
    for line in written["表1"].lines[2:]:
        assert line["1"] is None and "数据不足" in line["17"]
    found = office("check", small, "--as-of", "2026-12-31", "--json")
    assert found.code == 1 and '"R33"' not in found.out and '"R32"' not in found.out and found.out.count('"R34"') == 3


def test_one_town_missing_leaves_its_line_and_the_countys_blank(small: Path, tmp_path: Path) -> None:
    file = sheet_file(tmp_path / "户.xlsx", ["单位名称", "户数", "统计日期"], ["后宅镇", 299, "2026-12-31"], ["云澳镇", 300, "2026-12-31"])
    done("import", small, file, "--kind", "units")
    staffing = forms(returns(small, tmp_path / "out"))["表2"]
    assert [staffing.line(name)["3"] for name in ("后宅镇", "云澳镇", "深澳镇", "南澳县民政局", "合计")] == [2, 4, None, None, None]
    assert "临界：恰为300户，按就高口径" in staffing.line("云澳镇")["25"]


def test_an_exempt_unit(small: Path, tmp_path: Path) -> None:
    file = sheet_file(tmp_path / "户.xlsx", ["单位名称", "户数", "统计日期"], *[[name, 10, "2026-12-31"] for name in ("后宅镇", "云澳镇", "深澳镇")])
    done("import", small, file, "--kind", "units")
    with open_book(small, CLOCK) as held:
        (version,) = [one for one in held.read(rows, "unit_version") if one["name"] == "深澳镇"]
        before, after = {"exempt": False, "exempt_reason": None}, {"exempt": True, "exempt_reason": "无此项业务"}
        held.act("免予配备", [Change("unit_version", (version["id"],), before, after)])
    staffing = forms(returns(small, tmp_path / "out"))["表2"]
    line = staffing.line("深澳镇")
    assert (line["3"], line["17"], line["18"], line["19"]) == ("—", "—", "—", "—") and "无此项业务" in line["25"]
    assert staffing.line("合计")["3"] == 2 + 2 + 2 and staffing.says("达标单位 0/3")
    assert not any(one["unit"] == "深澳镇" for one in _findings(small))


def _findings(book: Path, day: str = "2026-12-31") -> list[dict[str, str]]:
    return list(json.loads(office("check", book, "--as-of", day, "--json").out))


def test_blank_head_fields_and_signatories(small: Path, tmp_path: Path) -> None:
    """A new county has named nobody: the cover leaves out what is unset; the forms keep room to sign, no head field's empty label."""
    written = forms(returns(small, tmp_path / "out"))
    for form in written.values():
        for word in ("表号", "制定机关", "批准文号", "有效期", "来文文号"):
            assert not form.says(word)
        assert not form.says("None")
    assert written["表2"].says("单位负责人：")


def test_the_day_on_the_file_is_the_clocks(demo_folder: Path, tmp_path: Path) -> None:
    office("returns", demo_folder, "--period", "2026", "--out", tmp_path, clock=Clock(lambda: datetime(2027, 1, 12, 8, 0)))
    (path,) = tmp_path.glob("*.xlsx")
    assert path.name.endswith("_V1_20270112.xlsx")
    said = "".join("".join(form.texts) for form in forms(path).values())
    assert not any(day in said for day in ("2027-01-12", "2027年1月12日", "20270112", "2027年度")), "nothing in a return reads the day it was written"


def test_an_earlier_as_of_date(demo_folder: Path, tmp_path: Path) -> None:
    """The earlier caseload date has exactly 3,000 户: 就高 needs 4 in the bureau; stocks of that day."""
    staffing = forms(returns(demo_folder, tmp_path, "2025"))["表2"]
    bureau = staffing.line("东岭县民政局")
    assert (bureau["1"], bureau["3"]) == (3000, 4) and "临界：恰为3000户，按就高口径" in bureau["25"]
    assert bureau["5"] == 4  # the fifth starts on 2026-06-16
    june = forms(returns(demo_folder, tmp_path, "2026", "--as-of", "2026-06-15"))
    assert june["表2"].line("东岭县民政局")["5"] == 4 and june["表2"].says("（截至2026年6月15日）")
    assert forms(returns(demo_folder, tmp_path, "2026", "--as-of", "2026-06-16"))["表2"].line("东岭县民政局")["5"] == 5


def test_who_counts(small: Path, tmp_path: Path) -> None:
    """Share ≥ 50 % counts, less does not; 服务性 of any type does not; C1 counts when its duty is 社会救助经办; C2, C3 and others don't."""
    file = sheet_file(tmp_path / "户.xlsx", ["单位名称", "户数", "统计日期"], *[[name, 10, "2026-12-31"] for name in ("后宅镇", "云澳镇", "深澳镇")])
    done("import", small, file, "--kind", "units")
    cases = [
        ("行政编制", "社会救助经办", "事务性", "50%", True), ("事业编制", "社会救助经办", "事务性", "49.99%", False),
        ("事业编制", "社会救助经办", "服务性", "100%", False), ("直接聘用", "社会救助经办", "事务性", "100%", True),
        ("双百社工", "社会救助经办", "事务性", "100%", True), ("双百社工", "养老服务", "事务性", "100%", False),
        ("双百社工", "社会救助经办", "服务性", "100%", False), ("公益性岗位", "社会救助经办", "事务性", "100%", False),
        ("村（社区）人员", "社会救助经办", "事务性", "100%", False), ("其他", "社会救助经办", "事务性", "100%", False),
    ]  # fmt: skip
    people = [
        [f"人{number}", id_no(date(1990, 1, 1), number), kind, duty, work, share, "后宅镇", "2024-01-01"]
        for number, (kind, duty, work, share, _) in enumerate(cases, 1)
    ]
    head = ["姓名", "身份证号", "用工形式", "职责类别", "岗位类别", "社会救助工作占比", "使用单位", "入职日期"]
    done("import", small, sheet_file(tmp_path / "人.xlsx", head, *people), "--kind", "roster")
    written = forms(returns(small, tmp_path / "out"))
    line = written["表2"].line("后宅镇")
    assert line["5"] == sum(case[-1] for case in cases) == 3
    assert (line["7"], line["13"], line["14"], line["20"]) == (1, 1, 1, 7)
    roster = written["附表1"]
    heads = [str(cell.value) for cell in roster.page[_mark_row(roster) - 1]]
    counts = roster.marks[heads.index("是否计入")]
    assert [one[counts] for one in roster.lines] == ["是" if case[-1] else "否" for case in cases]
