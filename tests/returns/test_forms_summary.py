"""综合表 and 表15: every figure is its source's and follows it; what is asked for, what is reached, the last period beside it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from policy import example
from policy.finding import HARD
from policy.frozen import plain
from returns.annual import in_order, lay_all, over_others
from returns.audit import Outcome, audit
from returns.fill import Entry, fill, line_keys, refusal
from returns.forms import audits, progress, summary
from returns.sheet import NOT_APPLICABLE, Cell, Sheet, Value, across
from returns.stored import sheets_of, sheets_text
from returns.workbook import write
from tests.returns import linking
from tests.returns.laid import GOLDEN, at, printed, text
from tests.returns.moving import moved
from tests.returns.test_workbook_bound import DAY

FORMS = linking.every(last=linking.before(), said=linking.SAID)
PAGE = FORMS["综合表"]
SOURCES = {
    "救助对象户数": ("表1", "合计", "1"), "应配备人数": ("表2", "合计", "3"), "实际配备人数": ("表2", "合计", "5"), "缺口": ("表2", "合计", "17"),
    "高于最低配备人数": ("表2", "合计", "18"), "购买服务及派遣人员期末在岗人数": ("表3", "合计", "1"), "年工资标准均值": ("表3", "合计", "5"),
    "工资标准低于最低标准人数": ("表3", "合计", "8"), "工资标准达标率": ("表3", "合计", "19"), "人均年用工成本": ("表3", "合计", "18"),
    "应安排社会救助工作经费": ("表4", "应安排工作经费", "本年"), "预算安排工作经费": ("表4", "本年预算安排工作经费", "本年"),
    "实际到位工作经费": ("表4", "实际到位", "本年"), "安排率": ("表4", "安排率", "本年"), "政府购买服务资金到位": ("表5", "合计", "5"),
    "本年合同应付": ("表5", "合计", "6"), "支付率": ("表5", "合计", "13"), "合同金额": ("表6", "合计", "14"), "招录完成率": ("表7", "合计", "13"),
    "入职培训覆盖率": ("表8", "新入职", "8"), "联席会议召开次数": ("表9", "合计", "11"), "其中：有会议纪要的次数": ("表9", "合计", "12"),
    "方案公开率": ("表10", "合计", "17"), "材料齐备率": ("表10", "合计", "20"), "统一受理窗口覆盖率": ("表11", "合计", "1"), "流失率": ("表13", "合计", "10"),
}  # fmt: skip
WORKED: dict[str, Value] = {
    "乡镇（街道）数": 2, "达标单位数": 0, "达标单位率": 0, "配备率": Fraction(7, 12), "政府购买服务（派遣）合同数": 4, "绩效评价完成率": Fraction(1, 2),
    "评价结果公布率": 1, "年度考核完成率": Fraction(2, 3),
}  # fmt: skip
"""By hand: 12 needed, 5 short; 4 contracts, one of the two due evaluated and published; 4 of 6 appraised."""


def cell(sheet: Sheet, line: str, mark: str) -> Cell:
    return sheet.cell(next(row for row in sheet.rows if row.name == line), mark)


def again(forms: dict[str, Sheet], **changes: tuple[str, str, Value]) -> Sheet:
    """综合表 over the forms with one figure of a form changed: form=(line, 栏次, value)."""
    changed = dict(forms)
    for form, (line, mark, value) in changes.items():
        sheet = changed[form]
        index = sheet.column(mark)
        rows = tuple(
            replace(row, cells=(*row.cells[:index], replace(row.cells[index], value=value), *row.cells[index + 1 :])) if row.name == line else row
            for row in sheet.rows
        )
        changed[form] = replace(sheet, rows=rows)
    return summary.lay(moved(), linking.TASK, [one for key, one in changed.items() if key not in linking.KEYS])


@pytest.mark.parametrize("name", sorted(linking.sheets()))
def test_a_form_is_word_for_word_what_was_agreed(name: str) -> None:
    assert printed(linking.sheets()[name]) == (GOLDEN / name).read_text(encoding="utf-8")


def test_every_indicator_is_the_cell_it_comes_from_with_everybody_behind_it() -> None:
    assert {row.name for row in PAGE.rows} == SOURCES.keys() | WORKED.keys()
    assert [row.cells[0].value for row in PAGE.rows] == [f"{number}" for number in range(1, 35)]
    for name, (form, line, mark) in SOURCES.items():
        source, mine = cell(FORMS[form], line, mark), cell(PAGE, name, "本年")
        assert (mine.value, mine.people, mine.contracts, set(mine.units)) == (source.value, source.people, source.contracts, set(source.units)), name
        assert mine.source, name
    for name, value in WORKED.items():
        assert at(PAGE, name, "本年") == [value], name
    assert len(cell(PAGE, "实际配备人数", "本年").people) == 7


def test_what_is_asked_for_says_whether_the_notice_asks_it() -> None:
    asked = {row.name: row.cells[3].value for row in PAGE.rows}
    assert asked["安排率"] == "标准：100%" and asked["缺口"] == "标准：0" and asked["年工资标准均值"] == "标准：不低于50,000.00"
    assert asked["应安排社会救助工作经费"] == "标准：上年低保资金支出的3%"
    for name in ("流失率", "支付率", "政府购买服务（派遣）合同数", "评价结果公布率", "招录完成率", "方案公开率", "联席会议召开次数"):
        assert str(asked[name]).startswith("参考："), name
    wanted = summary.lay(moved(), replace(linking.TASK, topics=("研究工作经费",)), tuple(FORMS.values()))
    assert at(wanted, "联席会议召开次数", "目标") == ["标准：不少于1次"]
    assert {row.cells[5].value for row in PAGE.rows} <= {"是", "否", NOT_APPLICABLE, None}


@pytest.mark.parametrize(
    ("form", "line", "mark", "value", "indicator", "said"),
    [
        ("表2", "合计", "17", 0, "缺口", "是"),
        ("表2", "合计", "17", 1, "缺口", "否"),
        ("表2", "合计", "17", None, "缺口", None),
        ("表2", "合计", "17", 0, "配备率", "是"),
        ("表3", "合计", "5", 50_000_00, "年工资标准均值", "是"),
        ("表3", "合计", "5", 50_000_00 - 1, "年工资标准均值", "否"),
        ("表3", "合计", "5", NOT_APPLICABLE, "年工资标准均值", NOT_APPLICABLE),
        ("表4", "安排率", "本年", 1, "安排率", "是"),
        ("表4", "安排率", "本年", Fraction(999_999, 1_000_000), "安排率", "否"),
        ("表13", "合计", "10", Fraction(1, 5), "流失率", "是"),
        ("表13", "合计", "10", Fraction(2001, 10_000), "流失率", "否"),
        ("表9", "合计", "11", 1, "联席会议召开次数", "是"),
        ("表9", "合计", "11", 1, "其中：有会议纪要的次数", "否"),
        ("表3", "合计", "1", 0, "政府购买服务（派遣）合同数", "是"),
    ],
)
def test_reached_to_the_last_unit(form: str, line: str, mark: str, value: Value, indicator: str, said: Value) -> None:
    assert at(again(FORMS, **{form: (line, mark, value)}), indicator, "达到") == [said]


def test_units_that_are_exempt_stand_outside_the_share_and_unknown_ones_in_it() -> None:
    both = FORMS | {"表2": again_units(("是", "是", NOT_APPLICABLE))}
    assert at(summary.lay(moved(), linking.TASK, tuple(both.values())), "达标单位率", "本年", "达到") == [1, "是"]
    unknown = FORMS | {"表2": again_units(("是", None, "是"))}
    assert at(summary.lay(moved(), linking.TASK, tuple(unknown.values())), "达标单位率", "本年", "达到") == [Fraction(2, 3), "否"]


def again_units(met: tuple[Value, ...]) -> Sheet:
    sheet = FORMS["表2"]
    index, said = sheet.column("19"), iter(met)
    rows = [row if row.name == "合计" else replace(row, cells=(*row.cells[:index], Cell(next(said)), *row.cells[index + 1 :])) for row in sheet.rows]
    return replace(sheet, rows=tuple(rows))


def test_forms_the_task_does_not_ask_for_are_not_reported() -> None:
    task = replace(linking.TASK, forms=("综合表", "表2", "表4"))
    page = lay_all(moved(), task, last=linking.before())[0]
    assert page.key == "综合表"
    assert at(page, "支付率", "本年", "达到", "上年", "增减", "来源") == [NOT_APPLICABLE] * 4 + ["未编报表5"]
    assert at(page, "缺口", "本年", "上年", "来源") == [5, 3, "表2合计第17栏"]
    assert at(page, "救助对象户数", "来源") == ["未编报表1"]
    results = audit([page, *(FORMS[key] for key in linking.EVERY if key not in linking.KEYS)], summary.audits(example.parameters()))
    assert Outcome.FAILS not in {one.outcome for one in results}


def test_the_last_period_stands_beside_with_the_change() -> None:
    assert at(PAGE, "实际配备人数", "本年", "上年", "增减") == [7, 9, -2]
    assert at(PAGE, "安排率", "本年", "上年", "增减") == [None, None, None]
    assert PAGE.columns[6].label == linking.SAID
    alone = linking.every()["综合表"]
    assert at(alone, "实际配备人数", "上年", "增减") == [NOT_APPLICABLE, NOT_APPLICABLE] and "没有数据" in alone.columns[6].label
    sealed = linking.every(last=tuple(one for one in linking.before() if one.key in ("综合表", "表1")))["综合表"]
    assert at(sealed, "实际配备人数", "上年") == [9], "from its own page where the forms are not there"
    replayed = linking.every(last=summary.as_last([PAGE]))["综合表"]
    assert [row.cells[6] for row in replayed.rows] == [row.cells[6] for row in PAGE.rows]


def test_a_figure_set_by_hand_goes_through_and_the_page_itself_takes_none() -> None:
    task = replace(linking.TASK, forms=("综合表", "表2", "表15"))
    facts, body = moved(), replace(linking.TASK, forms=("表2",))
    town = next(key for key, row in zip(line_keys(FORMS["表2"]), FORMS["表2"].rows, strict=True) if row.name == "甲镇")
    entries = [Entry("表2", town, "11", 4, computed=2, reason="派遣单位补派两人，名册未录"), Entry("综合表", "行5", "说明", "明年三月前补齐")]
    filled = fill(lay_all(facts, body), entries, task, lambda sheets: over_others(facts, task, sheets))
    sheets = {sheet.key: sheet for sheet in in_order(filled.sheets)}
    assert list(sheets) == ["综合表", "表2", "表15"] and not filled.lost
    assert at(sheets["表2"], "合计", "17") == [3] and at(sheets["综合表"], "缺口", "本年", "说明") == [3, "明年三月前补齐"]
    assert at(sheets["表15"], "人员配备", "6") == [9] and at(sheets["表15"], "人员配备·甲镇", "6", "8", "9") == [4, 0, "是"]
    row = next(row for row in sheets["综合表"].rows if row.name == "缺口")
    assert "T2[合计,17]" in refusal(sheets["综合表"], row, "本年")
    assert "说明" in refusal(sheets["综合表"], row, "增减") and not refusal(sheets["综合表"], row, "说明")
    progress_row = next(row for row in sheets["表15"].rows if row.name == "人员配备")
    assert "T2[合计,3]" in refusal(sheets["表15"], progress_row, "5") and not refusal(sheets["表15"], progress_row, "12")


def test_no_hard_formula_of_them_fails_and_each_names_what_it_breaks_with() -> None:
    formulas = [one for one in audits(example.parameters()) if one.form in linking.KEYS]
    results = audit(list(FORMS.values()), formulas, linking.before())
    assert {one.outcome for one in results if one.audit.level == HARD} <= {Outcome.HOLDS, Outcome.NO_DATA}
    wrong = replace(PAGE, rows=tuple(replace(row, cells=(*row.cells[:4], Cell(6), *row.cells[5:])) if row.name == "缺口" else row for row in PAGE.rows))
    failing = {one.audit.id for one in audit([*FORMS.values(), wrong], formulas) if one.outcome is Outcome.FAILS and one.audit.level == HARD}
    assert failing == {"0-H1.5"}


def test_the_quarter_says_target_done_and_what_is_missing() -> None:
    forms = linking.every("2026Q3")
    sheet = forms["表15"]
    assert at(sheet, "人员配备", "2", "5", "6", "8", "9") == ["全县", 12, 8, 4, "否"]
    assert at(sheet, "人员配备·乙镇", "2", "5", "6") == ["　乙镇", 6, 4]
    assert text(sheet, "人员配备·乙镇", "7") == "66.67%"
    assert at(sheet, "设立统一受理窗口·乙镇", "5", "6", "9") == [1, 0, "否"]
    (due,) = at(forms["表5"], "合计", "6")
    assert isinstance(due, int) and due > 0 and at(sheet, "合同资金支付", "4", "5", "6") == ["万元", Fraction(due, 1_000_000), 0]
    assert at(sheet, "材料报送", "5", "9") == [0, NOT_APPLICABLE]
    unfinished = {one.line for one in audit([sheet], progress.audits(example.parameters())) if one.audit.id == "15-S1b" and one.outcome is Outcome.FAILS}
    assert "人员配备" in unfinished and "评价结果公布" not in unfinished and not any("·" in line for line in unfinished)


def test_a_batch_behind_its_day_is_named_in_the_quarter() -> None:
    from tests.returns.managing import managed

    sheet = progress.lay(managed(), linking.TASK)
    recruiting = next(row for row in sheet.rows if row.name == "人员招录到岗")
    done, remark = sheet.cell(recruiting, "6").value, str(sheet.cell(recruiting, "13").value)
    assert isinstance(done, int) and "镇差" in remark and "人（计划2026-" in remark


def test_links_outlive_the_seal() -> None:
    assert sheets_of(sheets_text([PAGE]))[0] == PAGE
    held = plain(PAGE)
    assert "source" in held["rows"][0]["cells"][4]


def test_in_the_workbook_a_figure_leads_to_its_source_and_can_be_its_formula(tmp_path: Path) -> None:
    laid = [FORMS[key] for key in linking.EVERY]
    plain_book, with_formulas = (
        load_workbook(write(laid, tmp_path / f"{edition}.xlsx", DAY, with_formulas=edition, bound=True)) for edition in (False, True)
    )
    pages = {key: plain_book[key] for key in FORMS}
    lines = {page.cell(line, 2).value: line for page in (pages["综合表"],) for line in range(1, page.max_row + 1)}
    for name, (form, _, _) in SOURCES.items():
        found = pages["综合表"].cell(lines[name], 5)
        if found.value is None:
            assert found.hyperlink is None
            continue
        where = found.hyperlink.location
        assert where.startswith(f"'{form}'!")
        assert pages[form][where.partition("!")[2]].value == found.value, name
        written = with_formulas["综合表"].cell(lines[name], 5).value
        assert isinstance(written, str | float | int) and (not isinstance(found.value, float | int) or where.partition("!")[2] in str(written)), name
    counted = with_formulas["综合表"].cell(lines["达标单位数"], 5).value
    assert counted.startswith("=(COUNTIFS('表2'!") and '"是"' in counted
    assert with_formulas["表15"]["F6"].value.startswith("='表2'!")


def test_only_the_contents_look_like_links(tmp_path: Path) -> None:
    book = load_workbook(write([FORMS[key] for key in ("综合表", "表2")], tmp_path / "a.xlsx", DAY, bound=True))
    blue = {sheet.title for sheet in book.worksheets for row in sheet.iter_rows() for one in row if one.value is not None and one.font.underline}
    assert blue == {"目录"}


def test_turned_its_lines_are_the_years() -> None:
    assert [row.name for row in across(PAGE).rows][4:7] == ["本年", "达到", "上年"]
