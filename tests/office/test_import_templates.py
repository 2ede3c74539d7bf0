"""Templates and collection sheets: made, filled in as a township would, brought back without a question."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.book import Book
from db.change import Change, Refused
from db.rows import row, rows
from office import templates
from office.batches import batches, take_back
from office.collected import collected, commit
from office.collection import collect
from office.import_file import commit as commit_file
from office.import_file import preview
from office.import_report import report_of_folder
from office.imports import KINDS, kind
from office.imports.plan import CHANGED, NEW, SAME, WRONG
from office.templates import ROWS, write_template
from policy.clock import Clock
from policy.example import id_no
from tests.db.records import county, management, new, worker
from tests.office.sheets import office

BORN = date(1990, 5, 20)
WHO = {"姓名": "人员1", "身份证号": id_no(BORN, 1)}


@pytest.fixture
def towns(book: Book) -> Book:
    book.act("新建", county())
    return book


def filled(path: Path, row_number: int, **cells: Any) -> None:
    """Fill in cells of the first sheet by their headings, as somebody in Excel would."""
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    for heading, value in cells.items():
        column = next(cell.column for cell in page[1] if cell.value == heading)
        page.cell(row_number, column).value = value
    book.save(path)


FILLED: dict[str, dict[str, Any]] = {
    "roster": {"姓名": "陈家明", "身份证号": id_no(BORN, 2), "用工形式": "劳务派遣", "使用单位": "青石镇", "入职日期": date(2024, 1, 1), "月固定工资": 4200, "联系电话": "13800000000"},
    "units": {"单位名称": "青石镇", "统计日期": date(2026, 12, 31), "城市低保户数": 3, "农村低保户数": 40, "核定人数": 4},
    "pay": {**WHO, "工资所属月份": "2026-05", "基本工资": 4200.5, "个人社保（未分险种）": 400},
    "provider": {**WHO, "工资所属月份": "2026-05", "基本工资": 4200.5},
    "headcounts": {"单位名称": "白沙镇", "核定日期": date(2026, 1, 1), "核定人数": 4, "核定文号": "东编〔2026〕1号"},
    "labour": {**WHO, "劳动合同类型": "固定期限", "劳动合同起始日期": date(2024, 1, 1), "劳动合同终止日期": date(2026, 12, 31), "约定月工资": 4200, "载明用工单位": "是"},
    "appraisals": {**WHO, "考核年度": 2025, "考核等次": "称职", "考核得分": 86},
    "standards": {**WHO, "工资标准起始日期": date(2026, 1, 1), "月固定工资": 4200, "月绩效标准": 300},
    "days": {**WHO, "出勤月份": "2026-05", "出勤天数": 20.5},
    "absences": {**WHO, "缺勤类别": "病假", "缺勤起始日期": date(2026, 5, 6), "缺勤结束日期": date(2026, 5, 8), "是否带薪": "是"},
    "suppliers": {"承接主体名称": "东岭社工中心", "承接主体性质": "社会组织", "联系电话": "13800000000"},
    "contracts": {"合同编号": "2026-02", "合同名称": "辅助服务", "合同类型": "政府购买服务", "采购项目性质": "政府购买服务", "承接主体": "岭东公司", "购买主体": "东岭县民政局",
                  "合同起始日期": date(2026, 1, 1), "合同截止日期": date(2026, 12, 31), "合同金额": 600000, "约定人数": 10, "上一份合同编号": "2025-01",
                  "使用单位": "青石镇、白沙镇", "服务内容": "低保 60%、特困 40%", "资金来源": "本级预算其他安排", "合同条款与做法": "违约责任；派遣期限"},
    "payments": {"合同编号": "2025-01", "付款日期": date(2026, 2, 1), "付款金额": 50000, "其中：工资": 42000, "单位缴费": 8000, "资金来源": "社会救助工作经费", "凭证号": "记-12"},
    "funds": {"经费年度": 2026, "文件级次": "县", "经费文号": "东财社〔2026〕3号", "经费文件名称": "关于下达经费的通知", "资金来源": "社会救助工作经费", "经费用途": "购买服务", "预算安排": 800000, "到位金额": 500000},
    "amendments": {"合同编号": "2025-01", "补充合同签订日期": date(2025, 6, 1), "增减金额": 72000, "变更事项": "增加一人"},
    "rates": {"费率起始日期": date(2026, 7, 1), "缴费项目": "养老", "单位缴费比例": "16%", "缴费基数下限": 4500},
    "plans": {"材料类别": "具体操作方案", "文号": "东府办〔2026〕2号", "成文日期": date(2026, 2, 1), "应公开": "是"},
    "meetings": {"会议名称": "第一次联席会议", "会议类别": "联席会议", "会议日期": date(2026, 3, 1), "主持人职务": "副县长", "纪要文号": "〔2026〕1号"},
    "trainings": {"培训名称": "新入职人员培训", "培训类型": "入职培训", "培训日期": date(2026, 3, 1), "学时": 8},
    "incoming": {"来文文号": "岭民函〔2026〕1号", "来文标题": "关于报送情况的通知", "收文日期": date(2026, 3, 1), "办结时限": date(2026, 4, 1)},
    "inspections": {"检查机关": "省民政厅", "检查类别": "省厅检查", "检查日期": date(2026, 5, 1), "得分": 92},
    "survey": {"单位名称": "青石镇", "摸查日期": date(2026, 3, 1), "设统一受理窗口": "是", "窗口数": 2},
    "workload": {"单位名称": "青石镇", "年度": 2026, "年受理（件）": 120, "入户核查（户次）": 300},
    "control": {"统计日期": date(2026, 6, 30), "救助对象类别": "低保城", "户数": 600, "人数": 900},
    "settlements": {"合同编号": "2025-01", "结算月份": "2025-05", "考勤表收到日期": date(2025, 6, 2), "验收结果": "合格", "发票号码": "0012", "发票金额": 50000},
    "evaluations": {"合同编号": "2025-01", "评价年度": 2025, "购买主体评分": 90, "服务对象评分": 85, "评价等次": "优"},
    "supervisions": {"合同编号": "2025-01", "监督阶段": "事中", "监督日期": date(2025, 6, 1), "监督人": "李四"},
    "disclosures": {"合同编号": "2025-01", "公开事项": "合同公告", "公开日期": date(2025, 1, 9), "公开渠道": "政府网站"},
    "wages": {"最低工资起始日期": date(2026, 1, 1), "适用地区": "东岭县", "月最低工资": 1750},
    "holidays": {"放假、调休日期": "2026-10-10", "放假或上班": "补班", "节日名称": "国庆节"},
    "retirement": {"出生年月（自）": "1965-01", "退休类别": "男", "退休年龄（岁）": 60, "退休年龄（另加月）": 1},
    "scales": {"方案名称": "新方案", "施行日期": date(2026, 1, 1), "绩效工资占比": "20%"},
    "grades": {"方案名称": "试行方案", "层级序号": 2, "层级名称": "二级", "年终标准": 3000, "证书要求": "助理社会工作师"},
    "grade_items": {"层级名称": "一级", "工资项目": "基本工资", "月标准": 3000},
    "factors": {"方案名称": "试行方案", "考核等次": "优秀", "得分下限": 90, "绩效系数（%）": 120},
    "grade_changes": {**WHO, "层级名称": "一级", "变动日期": date(2026, 1, 1), "变动类型": "首次定级"},
    "heads": {"方案文号": "东府办〔2025〕1号", "单位名称": "青石镇", "方案配备人数": 3},
    "handover_items": {"移交日期": date(2026, 6, 1), "移交人": "张三", "事项类别": "合同", "移交事项": "合同原件"},
    "hiring": {"招录计划": "后年计划", "计划年度": 2028},
    "hiring_lines": {"招录计划": "下年计划", "单位名称": "青石镇", "计划人数": 2, "到岗月份": 3},
    "batches": {"招录批次": "第二批", "公告日期": date(2026, 3, 1), "招录方式": "公开招聘"},
    "recruits": {"招录批次": "第一批", "单位名称": "白沙镇", "计划招录": 2},
    "progress": {"招录批次": "第一批", "单位名称": "青石镇", "进度截至": date(2026, 3, 1), "报名": 6, "到岗": 0},
    "attendees": {**WHO, "培训名称": "政策培训", "实际参训": "是"},
    "problems": {"单位名称": "青石镇", "发现日期": date(2026, 3, 1), "存在问题": "没有窗口"},
    "rewards": {**WHO, "奖励日期": date(2026, 5, 1), "奖励类别": "通报表扬", "奖励名称": "先进个人"},
    "unit_rewards": {"单位名称": "青石镇", "奖励日期": date(2026, 5, 1), "奖励类别": "通报表扬", "奖励名称": "先进集体"},
    "contacts": {"姓名": "李四", "联系人类别": "财政", "职务": "股长", "联系电话": "13800000000"},
    "dibao": {"年度": 2025, "资金级次": "县", "城乡": "农", "支出类别": "低保金", "数据口径": "决算", "支出金额": 12345678.9},
}  # fmt: skip


@pytest.fixture
def stocked(towns: Book) -> Book:
    """The towns with one worker, one supplier and one contract."""
    towns.act("人", [*worker(1), *management()])
    towns.act("证", [Change("person", (1,), {"id_no": None}, {"id_no": WHO["身份证号"]})])
    towns.act("合同", [
        new("supplier", 1, name="岭东公司"),
        new("purchase_contract", 1, no="2025-01", name="派遣", kind="劳务派遣", procured_as="其他", start=date(2025, 1, 1), end=date(2025, 12, 31)),
    ])  # fmt: skip
    return towns


@pytest.mark.parametrize("name", [one.id for one in KINDS])
def test_a_filled_template_comes_in_without_a_single_question_and_only_once(
    stocked: Book, tmp_path: Path, clock: Clock, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows_offered = ROWS if name == "roster" else 20
    monkeypatch.setattr(templates, "ROWS", rows_offered)
    path = write_template(stocked, kind(name), tmp_path / "模板", clock.today())
    empty = preview(stocked, path, kind(name))
    assert empty.rows == () and [one.reason for one in empty.skipped] == ["示例行"], "the example is never imported"
    filled(path, 3, **FILLED[name])
    filled(path, rows_offered + 2, **FILLED[name])
    found = preview(stocked, path, kind(name))
    assert [one.state for one in found.rows] == [NEW, "重复"], found.sentences()
    assert (found.found.guesses, found.found.duplicates, found.found.unmapped, found.questions, found.unknown, found.missing) == ({}, {}, (), (), (), ())
    assert not [sentence for sentence in found.sentences() if "工作表没有读取" in sentence or "还有工作表" in sentence]
    assert len(found.columns) == len(openpyxl.load_workbook(path).worksheets[0][1])
    assert commit_file(stocked, found)
    again = preview(stocked, path, kind(name))
    assert [one.state for one in again.rows] == [SAME, "重复"] and again.changes == []
    take_back(stocked, 1)
    assert [one.state for one in preview(stocked, path, kind(name)).rows] == [NEW, "重复"]
    assert stocked.verify() == []


def test_what_a_template_looks_like(towns: Book, tmp_path: Path, clock: Clock) -> None:
    path = write_template(towns, kind("roster"), tmp_path, clock.today())
    book = openpyxl.load_workbook(path)
    assert [(page.title, page.sheet_state) for page in book] == [("人员花名册", "visible"), ("填表说明", "visible"), ("选项", "hidden")]
    page = book.worksheets[0]
    columns = {cell.value: cell.column_letter for cell in page[1]}
    for heading in ("身份证号", "联系电话"):
        assert all(page[f"{columns[heading]}{number}"].number_format == "@" for number in (3, 1000, ROWS + 2))
    assert page["A2"].value == "示例：张三" and page["A2"].font.color.rgb.endswith("808080")
    rules = {str(rule.sqref).split(":")[0][:-1]: rule.formula1 for rule in page.data_validations.dataValidation}
    offered = book["选项"][rules[columns["使用单位"]].split("!")[1].replace("$", "")]
    assert [cell.value for (cell,) in offered] == ["青石镇", "白沙镇", "东岭县民政局"]
    assert all(heading in rules or columns[heading] in rules for heading in ("用工形式", "学历"))
    assert str(next(rule.sqref for rule in page.data_validations.dataValidation)).endswith(str(ROWS + 2))
    explained = [cell.value for (cell,) in book["填表说明"]["A1:A40"]]
    assert set(columns) <= set(explained)


def test_the_template_command(towns: Book, tmp_path: Path, clock: Clock) -> None:
    towns.close()
    code, out, _ = office(clock, "template", towns.folder, "--kind", "pay", "--out", tmp_path / "新文件夹")
    assert code == 0 and Path(out.strip()).name == "工资表模板.xlsx" and Path(out.strip()).exists()


# Collection sheets


def test_days_said_twice_of_one_person_are_said_to_differ(staffed: Book, sheets: tuple[Path, Path]) -> None:
    fill(sheets[0], "出勤", C4=20, D4="事假", E4="2026-12-01", F4="2026-12-01", G4="否", A6=1, B6="人员1", C6=19, D6="病假", E6="2026-12-03", F6="2026-12-03", G6="是", C5=22)
    lines = [line.row for line in collected(staffed, sheets[0].parent).lines if line.row.name == "人员1"]
    assert [one.state for one in lines] == [NEW, WRONG] and "第 4 行" in lines[1].errors["出勤天数"]
    fill(sheets[0], "出勤", C6="")
    lines = [line.row for line in collected(staffed, sheets[0].parent).lines if line.row.name == "人员1"]
    assert [[change.table for change in one.changes] for one in lines] == [["attendance", "absence"], ["absence"]]


@pytest.mark.usefixtures("sheets")
def test_sheets_that_name_people_are_in_the_log(staffed: Book) -> None:
    said = staffed.acts()[-1]
    assert (said.name, said.reason) == ("导出 2026-12采集表", "采集，3 行"), "two in 青石镇, one in 白沙镇"


def test_making_and_reading_report_and_can_be_ended(staffed: Book, sheets: tuple[Path, Path], tmp_path: Path, clock: Clock) -> None:
    class StopError(Exception):
        pass

    said: list[tuple[int, int]] = []

    def stop_at(when: int) -> Any:
        def told(done: int, total: int) -> None:
            said.append((done, total))
            if done == when:
                raise StopError

        return told

    with pytest.raises(StopError):
        collect(staffed, 202612, tmp_path / "停", clock.today(), stop_at(1))
    assert said == [(0, 2), (1, 2)] and list((tmp_path / "停").iterdir()) == [], "no half a set is left"
    with pytest.raises(StopError):
        collected(staffed, sheets[0].parent, progress=stop_at(1))
    fill(sheets[0], "户数", B7=3)
    found = collected(staffed, sheets[0].parent)
    before = staffed.acts()
    with pytest.raises(StopError):
        commit(staffed, found, stop_at(0))
    assert staffed.acts() == before and staffed.read(rows, "caseload") == []


@pytest.fixture
def staffed(towns: Book) -> Book:
    """Two people in 青石镇 (one in its village), one in 白沙镇, one who left in October."""
    towns.act("人", [
        *worker(1), *worker(2, at=4), *worker(3, at=3), *worker(4, end=date(2026, 10, 31)),
        new("unit", 4, sort_no=4), new("unit_version", 4, unit=4, since=date(2000, 1, 1), name="石头村", type="村（社区）", parent=2),
    ])  # fmt: skip
    return towns


@pytest.fixture
def sheets(staffed: Book, tmp_path: Path, clock: Clock) -> Iterator[tuple[Path, Path]]:
    first, second = collect(staffed, 202612, tmp_path / "采集", clock.today())
    yield first, second


def fill(path: Path, sheet: str, **cells: Any) -> None:
    """Cells by address."""
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book[sheet][place] = value
    book.save(path)


def test_a_sheet_names_the_people_of_the_month(sheets: tuple[Path, Path]) -> None:
    assert [path.name for path in sheets] == ["青石镇_采集表_2026-12.xlsx", "白沙镇_采集表_2026-12.xlsx"]
    book = openpyxl.load_workbook(sheets[0])
    assert book.sheetnames == ["户数", "出勤", "新进", "选项"]
    assert [(line[0].value, line[1].value) for line in book["出勤"].iter_rows(min_row=4, max_row=6)] == [(1, "人员1"), (2, "人员2"), (None, None)]
    assert book["户数"]["B2"].value == "青石镇" and book["户数"]["B7"].value is None


def test_filled_sheets_are_one_plan_one_act_one_undo(staffed: Book, sheets: tuple[Path, Path]) -> None:
    first, second = sheets
    fill(first, "户数", B7=3, B8="40")
    fill(first, "出勤", C4=22, C5=10, D5="病假", E5=date(2026, 12, 10), F5=date(2026, 12, 20), G5="是")
    fill(first, "新进", A4="陈家明", B4=id_no(BORN, 1), C4="劳务派遣", G4=date(2026, 12, 5))
    fill(second, "户数", B7=0)
    fill(second, "出勤", C4="21.5", H4="2026-12-20", I4="合同到期")
    first.rename(first.with_name("随便改个名.xlsx"))
    found = collected(staffed, second.parent)
    assert found.refused == 0, found.sentences()
    assert found.counts() | {NEW: 5, CHANGED: 1, SAME: 0} == found.counts()
    act = commit(staffed, found)
    assert act and report_of_folder(found, act)["month"] == "2026-12"
    assert [(one["unit"], one["category"], one["households"]) for one in staffed.read(rows, "caseload")] == [(2, "低保城", 3), (2, "低保农", 40), (3, "低保城", 0)]
    (away,) = staffed.read(rows, "absence")
    assert (away["engagement"], away["kind"], away["start"], away["end"], away["paid"]) == (2, "病假", date(2026, 12, 10), date(2026, 12, 20), True)
    attended = {one["engagement"]: (one["month"], one["half_days"], one["source"]) for one in staffed.read(rows, "attendance")}
    assert attended == {1: (202612, 44, "乡镇采集表"), 2: (202612, 20, "乡镇采集表"), 3: (202612, 43, "乡镇采集表")}
    left = staffed.read(row, "engagement", (3,))
    assert left and (left["end"], left["end_reason"]) == (date(2026, 12, 20), "合同到期")
    assert staffed.read(row, "assignment", (3,))["end"] == date(2026, 12, 20)  # type: ignore[index]
    assert staffed.read(rows, "assignment")[-1]["unit"] == 2, "who joins is posted to the township"
    assert [one.file_name for one in batches(staffed)] == ["白沙镇_采集表_2026-12.xlsx", "随便改个名.xlsx"]
    again = collected(staffed, second.parent)
    assert again.changes == [] and again.refused == 0 and {line.row.state for line in again.lines} == {SAME}
    take_back(staffed, 1)
    assert staffed.read(rows, "absence") == staffed.read(rows, "attendance") == [] and len(staffed.read(rows, "person")) == 4


def test_who_has_not_answered_and_what_cannot_be_read_is_listed(staffed: Book, sheets: tuple[Path, Path], clock: Clock) -> None:
    first, second = sheets
    second.unlink()
    fill(first, "户数", B7="三户", B8=4)
    fill(first, "出勤", C4="全勤", D5="感冒", E5="上周")
    (first.parent / "别的.xlsx").write_bytes(b"PK\x03\x04 broken")
    first.rename(first.with_suffix(".XLSX"))
    (first.parent / "白沙.zip").write_bytes(b"PK")
    (first.parent / "Thumbs.db").write_bytes(b"")
    (first.parent / "又一层").mkdir()
    found = collected(staffed, first.parent)
    assert len(found.problems) == 3 and all(any(name in one and "请" in one for one in found.problems) for name in ("白沙.zip", "又一层"))
    assert found.unanswered == ("白沙镇",) and found.changes == []
    assert any("别的.xlsx" in one for one in found.problems)
    errors = {(line.sheet, line.row.name): set(line.row.errors) for line in found.lines}
    assert errors == {("户数", "青石镇"): {"城市低保户数"}, ("出勤", "人员1"): {"出勤天数"}, ("出勤", "人员2"): {"缺勤类别", "缺勤起始日期", "是否带薪"}}
    staffed.close()
    code, out, err = office(clock, "collected", staffed.folder, first.parent, "--json")
    assert code == 1 and json.loads(out)["unanswered"] == ["白沙镇"] and json.loads(out)["act"] is None and "Traceback" not in err


def test_blank_attendance_is_no_attendance(staffed: Book, sheets: tuple[Path, Path]) -> None:
    found = collected(staffed, sheets[0].parent)
    assert [line.row.state for line in found.lines] == [WRONG] * 3 and found.changes == []
    assert sum("没有填写户数" in one for one in found.problems) == 2
    fill(sheets[0], "出勤", C4=0)
    assert "0 天" in next(line.row for line in collected(staffed, sheets[0].parent).lines if line.row.name == "人员1").errors["出勤天数"]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"A4": 3}, "不在本乡镇"), ({"B4": "别人"}, "编号是“人员1”"), ({"D4": "病假"}, "缺勤起始日期"), ({"H4": "2026-12-31"}, "离职原因"),
        ({"I4": "辞职"}, "离职日期"), ({"H4": "2023-01-01", "I4": "辞职"}, "早于入职"), ({"C4": 40}, "出勤天数"),
        ({"D4": "病假", "E4": "2026-11-01", "F4": "2026-11-05", "G4": "是"}, "不在 2026年12月"),
        ({"D4": "病假", "E4": "2026-12-09", "F4": "2026-12-05", "G4": "是"}, "早于起始"),
        ({"D4": "病假", "E4": "2023-12-09", "G4": "是"}, "用工期间"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line_is_said(staffed: Book, sheets: tuple[Path, Path], cells: dict[str, Any], says: str) -> None:
    fill(sheets[0], "出勤", **{"C4": 20, "C5": 20, **cells})
    found = collected(staffed, sheets[0].parent)
    line = next(line for line in found.lines if line.row.row_number == 4 and line.sheet == "出勤")
    assert line.row.state == WRONG and line.row.changes == ()
    assert says in "".join(f"{label}{text}" for label, text in line.row.errors.items())


def test_an_absence_goes_on_and_ends(staffed: Book, sheets: tuple[Path, Path]) -> None:
    staffed.act("假", [new("absence", 1, engagement=1, kind="产假", start=date(2026, 11, 1), paid=True)])
    fill(sheets[0], "出勤", C4=0, D4="产假", E4="2026-11-01", G4="是", C5=22)
    found = next(line.row for line in collected(staffed, sheets[0].parent).lines if line.row.name == "人员1")
    assert [change.table for change in found.changes] == ["attendance"], "the absence is known; the days are new"
    staffed.act("天", found.changes)
    fill(sheets[0], "出勤", F4="2026-12-28")
    found = next(line.row for line in collected(staffed, sheets[0].parent).lines if line.row.name == "人员1")
    assert (found.state, found.changes) == (CHANGED, (Change("absence", (1,), {"end": None}, {"end": date(2026, 12, 28)}),))
    fill(sheets[0], "出勤", D4="事假", E4="2026-12-01")
    found = next(line.row for line in collected(staffed, sheets[0].parent).lines if line.row.name == "人员1")
    assert found.state == WRONG and "重叠" in "".join(found.errors.values())


def test_two_sheets_of_one_township_are_both_left_out(staffed: Book, sheets: tuple[Path, Path]) -> None:
    sheets[0].with_name("副本.xlsx").write_bytes(sheets[0].read_bytes())
    found = collected(staffed, sheets[0].parent)
    assert any("2 份" in one for one in found.problems) and {line.town for line in found.lines} == {"白沙镇"}


def test_other_months_other_units_and_other_files(staffed: Book, sheets: tuple[Path, Path], clock: Clock, tmp_path: Path) -> None:
    fill(sheets[1], "户数", B3="2026-11")
    with pytest.raises(Refused, match="不是同一个月"):
        collected(staffed, sheets[0].parent)
    assert any("2026-11" in one for one in collected(staffed, sheets[0].parent, 202612).problems)
    fill(sheets[1], "户数", B3="2026-12", B2="黑沙镇")
    assert any("黑沙镇" in one for one in collected(staffed, sheets[0].parent).problems)
    empty = tmp_path / "空"
    empty.mkdir()
    with pytest.raises(Refused, match="没有可用的采集表"):
        collected(staffed, empty)
    with pytest.raises(Refused, match="找不到文件夹"):
        collected(staffed, tmp_path / "没有")


def test_a_person_left_out_of_the_sheet_is_named(staffed: Book, sheets: tuple[Path, Path]) -> None:
    book = openpyxl.load_workbook(sheets[0])
    book["出勤"].delete_rows(5)
    book.save(sheets[0])
    assert any("人员2" in one for one in collected(staffed, sheets[0].parent).problems)


def test_collecting_on_the_command_line(staffed: Book, tmp_path: Path, clock: Clock) -> None:
    staffed.close()
    code, out, err = office(clock, "collect", staffed.folder, "--month", "2026-12", "--out", tmp_path / "出")
    assert code == 0 and len(out.splitlines()) == 2 and "2 个乡镇" in err
    code, _, err = office(clock, "collected", staffed.folder, tmp_path / "出", "--dry-run")
    assert code == 1 and "没有填写户数" in err
