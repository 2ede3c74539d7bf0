"""表11–表13: a year of entering, moving twice, changing type and leaving worked out by hand, windows and evaluations, and which formulas speak."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from office.tasks import YEARLY_FORMS
from policy import example
from policy.evaluation_facts import Evaluation
from policy.example_contracts import contract, funds
from policy.example_management import evaluation, managed, survey
from policy.facts import BUREAU, Engagement, Facts, Term
from policy.finding import HARD
from policy.labour_facts import Appraisal
from policy.management_facts import Workload
from policy.pay import pay_population
from returns.annual import lay_all
from returns.audit import Outcome, audit
from returns.fill import Entry, fill, line_keys
from returns.forms import FORMS, audits, t3, t11, t12, t13
from returns.sheet import NOT_APPLICABLE, Cell, Sheet
from returns.stored import sheets_of, sheets_text
from tests.policy.test_turnover import UNITS, histories
from tests.returns import moving
from tests.returns.laid import GOLDEN, at, printed, text

TASK = moving.TASK
BY_KEY = {sheet.key: sheet for sheet in moving.sheets()}


def cell(sheet: Sheet, line: str, mark: str) -> Cell:
    return sheet.cell(next(row for row in sheet.rows if row.name == line), mark)


def failing(facts: Facts, forms: Iterable[str] = moving.FORMS) -> set[tuple[str, str]]:
    """(formula, line) of those forms that fail, with every form of the program beside them."""
    every = tuple(form.key for form in FORMS if form.key not in ("封面", "附表2"))
    found = audit(lay_all(facts, replace(TASK, forms=every)), [one for one in audits(facts.parameters) if one.form in set(forms)])
    assert not [one for one in found if one.outcome is Outcome.NOT_CHECKED and "上期" not in one.audit.text]
    return {(one.audit.id, one.line) for one in found if one.outcome is Outcome.FAILS}


@pytest.mark.parametrize("key", moving.FORMS)
def test_a_form_is_word_for_word_what_was_agreed(key: str) -> None:
    assert printed(BY_KEY[key]) == (GOLDEN / f"东岭县2026年度_{key}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", moving.FORMS)
def test_columns_are_numbered_in_order_and_the_total_goes_first(key: str) -> None:
    sheet = BY_KEY[key]
    marks = [column.mark for column in sheet.columns if column.mark.isdecimal()]
    assert marks == [str(number) for number in range(1, len(marks) + 1)]
    assert sheet.rows[0].name == "合计" and sheet.paper == "A4" and sheet.landscape
    assert len(set(line_keys(sheet))) == len(sheet.rows)


def test_they_are_switched_on_by_a_task_only() -> None:
    assert not {*moving.FORMS, "审核表"} & set(YEARLY_FORMS)


def test_no_hard_formula_fails_and_the_soft_ones_that_should_do() -> None:
    facts = moving.moved()
    levels = {one.id: one.level for one in audits(facts.parameters)}
    found = failing(facts)
    assert not [id for id, _ in found if levels[id] == HARD]
    assert found == {
        ("11-S1", "乙镇"), ("12-S1", "DL-002"), ("12-S3", "DL-003"), ("12-S4", "DL-003"), ("12-S5", "DL-003"),
        ("13-S1", "乙镇"), ("13-S1", "福利院"), ("13-S2", "甲镇"), ("13-S3", "合计"),
    }  # fmt: skip


def test_sheets_are_kept_exactly() -> None:
    assert sheets_of(sheets_text(moving.sheets())) == moving.sheets()


# 表13


@pytest.mark.parametrize(
    ("line", "figures"),
    [
        ("东岭县民政局", [1, 0, 0, 0, 1, 0, 0, 1, 0]),
        ("甲镇", [5, 0, 1, 1, 3, 1, 1, 0, 2]),
        ("乙镇", [3, 3, 1, 1, 2, 1, 0, 1, 4]),
        ("福利院", [1, 0, 0, 0, 0, 0, 0, 0, 1]),
        ("合计", [10, 3, 2, 2, 6, 2, 1, 2, 7]),
    ],
)
def test_who_came_moved_and_left(line: str, figures: list[int]) -> None:
    assert at(BY_KEY["表13"], line, *(str(mark) for mark in range(1, 10))) == figures


def test_the_rate_is_of_the_mean_of_both_ends_and_the_total_of_the_sums() -> None:
    sheet = BY_KEY["表13"]
    assert at(sheet, "合计", "10") == [Fraction(12, 17)] and text(sheet, "合计", "10") == "70.59%"
    assert at(sheet, "甲镇", "10") == [Fraction(6, 7)]
    assert text(sheet, "甲镇", "24") == "其他原因离职1人"  # 6, whose type changed
    assert at(t13.lay(example.facts(), TASK), "合计", "10") == [NOT_APPLICABLE]


def test_appraisals_contracts_and_promotions() -> None:
    sheet = BY_KEY["表13"]
    # 15 served 5 full months of 2026 and 9 has left; 11 has no result but a reason, 13 none at all
    assert at(sheet, "合计", *(str(mark) for mark in range(11, 17))) == [6, 1, 1, 1, 1, 2]
    assert at(sheet, "甲镇", "11", "12", "13") == [2, 1, 1] and at(sheet, "乙镇", "14", "15", "16") == [1, 1, 1]
    assert at(sheet, "甲镇", "17", "18", "19", "20", "21", "22", "23") == [3, 2, 1, 1, 0, 2, 1]
    assert at(sheet, "乙镇", "17", "18", "19", "20", "21", "22", "23") == [1, 1, 0, 0, 1, 0, 0]


def test_the_people_and_contracts_behind_a_figure() -> None:
    sheet = BY_KEY["表13"]
    assert cell(sheet, "甲镇", "1").people == (1, 4, 6, 8, 10)
    assert set(cell(sheet, "合计", "3").people) == {2} and cell(sheet, "合计", "3").value == 2
    assert cell(sheet, "乙镇", "2").people == (14, 5, 15)  # by day
    assert cell(sheet, "甲镇", "20").people == (4,) and cell(sheet, "甲镇", "20").records == (("labour_contract", 6),)
    assert set(cell(sheet, "甲镇", "22").people) == {1, 2} and set(cell(sheet, "甲镇", "22").records) == {("grade_change", 3), ("grade_change", 4)}
    assert cell(sheet, "福利院", "16").people == (13,)


def test_half_a_year_begins_the_day_before_it_and_shows_the_appraisals_of_the_year_before() -> None:
    sheet = t13.lay(moving.moved("2026H2"), TASK)
    # 30 June: 9; 1, 2 (there since April), 6, 8; 3 (his last day), 5, 11, 14; 13
    assert at(sheet, "合计", "1", "2", "3", "4", "5", "9") == [10, 1, 1, 1, 4, 7]
    assert at(sheet, "甲镇", "1", "4", "5", "9") == [4, 1, 1, 2]
    first = t13.lay(moving.moved("2026H1"), TASK)
    assert [column.groups for column in first.columns if column.mark == "11"] == [("2025年度考核",)]
    # in post on 30 June and there for half of 2025: 1, 2, 3, 6 (direct from the next day), 8, 9, 11, 13; results of 1 and 8
    assert at(first, "合计", "11", "12", "15", "16") == [8, 1, 1, 6]


def test_stocks_agree_with_the_pay_form_line_by_line() -> None:
    facts = moving.moved()
    pay, ours = t3.lay(facts, TASK), BY_KEY["表13"]
    for row in ours.rows:
        assert cell(pay, row.name, "1").value == cell(ours, row.name, "9").value
    assert cell(ours, "合计", "9").people and set(cell(ours, "合计", "9").people) == {one.id for one in pay_population(facts, date(2026, 12, 31))}


@settings(max_examples=30)
@given(histories())
def test_no_hard_formula_fails_for_any_history(history: tuple[Engagement, ...]) -> None:
    eve = date(2025, 12, 31)
    known = tuple(one for one in history if (one.end is None or one.end > eve) and one.start <= date(2026, 12, 31))
    facts = replace(example.facts(UNITS, known), gone=tuple(one for one in history if one.end == eve))
    formulas = [one for one in t13.audits(facts.parameters) if one.level == HARD]
    found = audit([t3.lay(facts, TASK), t13.lay(facts, TASK)], formulas)
    assert not [(one.audit.text, one.line) for one in found if one.outcome is Outcome.FAILS]


def test_somebody_whose_unit_is_gone_without_a_successor_keeps_a_line() -> None:
    lost = example.engagement(1, unit=9)
    sheet = t13.lay(example.facts(engagements=[lost]), TASK)
    assert at(sheet, "未安排派驻", "1", "9") == [1, 1] and at(sheet, "合计", "9") == [1]


def test_a_share_of_excellent_above_the_reference_is_said_of_the_county_only() -> None:
    people = [example.engagement(number) for number in range(1, 6)]
    graded = [Appraisal(number, 2026, "优秀" if number < 3 else "称职") for number in range(1, 6)]
    one_of_five = [replace(graded[1], grade="称职") if one.person == 2 else one for one in graded]
    assert ("13-S5", "合计") in failing(example.facts(engagements=people, appraisals=graded), ["表13"])
    assert not failing(example.facts(engagements=people, appraisals=one_of_five), ["表13"])


def test_a_type_the_settings_take_in_is_counted_too() -> None:
    direct = replace(example.engagement(1), terms=(Term(1, date(2024, 1, 1), "直接聘用", "社会救助经办"),))
    assert at(t13.lay(example.facts(engagements=[direct]), TASK), "合计", "9") == [0]
    taken_in = example.facts(engagements=[direct], settings={"staffing.types.直接聘用.in_pay_form": True})
    assert at(t13.lay(taken_in, TASK), "合计", "9") == [1]


def test_an_empty_book_has_lines_and_noughts() -> None:
    sheet = t13.lay(example.facts(), TASK)
    assert [row.name for row in sheet.rows] == ["合计", "东岭县民政局", "乡镇2"]
    assert at(sheet, "乡镇2", *(str(mark) for mark in (*range(1, 10), *range(11, 24)))) == [0] * 22


# 表12


def test_scores_weights_and_grades() -> None:
    sheet = BY_KEY["表12"]
    assert at(sheet, "DL-001", "4", "5", "6", "10", "11", "22") == [90, 84, 87, 87, "良", 87]
    assert at(sheet, "DL-003", "10", "11", "16", "23", "24", "25") == [Fraction(239, 4), "不合格", "否", 2, 1, 1]  # (2·59.5 + 61 + 59) / 4
    assert at(sheet, "DL-002", "3", "10", "11") == [None, None, None] and text(sheet, "DL-002", "29") == "尚未评价"
    assert [row.name for row in sheet.rows] == ["合计", "DL-001", "DL-002", "DL-003"]


def test_what_was_due_done_and_published() -> None:
    sheet = BY_KEY["表12"]
    assert at(sheet, "合计", "26", "27", "28", "18", "20") == [2, 1, 1, 3, 2]
    assert sheet.footer == ("评价完成率 1/2，50.00%；公布率 1/1，100.00%（公布率原文未作规定，供参考）。",)
    assert cell(sheet, "DL-001", "10").contracts == (1,) and cell(sheet, "DL-001", "10").records == (("evaluation", 1),)
    assert cell(sheet, "DL-001", "20").records == (("supervision", 2), ("supervision", 3))


def evaluated(**changes: Any) -> Facts:
    return managed(contracts=[contract()], evaluations=[evaluation(**changes)])


@pytest.mark.parametrize(
    ("changes", "formulas"),
    [
        ({}, set()),
        ({"parties": (9000, None, 8700)}, {"12-S2b"}),
        ({"published": None}, {"12-S3"}),
        ({"dimensions": (8200, 8200, 8200)}, set()),  # 5 分 apart
        ({"dimensions": (8199, 8199, 8199)}, {"12-S4"}),
        ({"grade": "合格"}, {"12-S6b"}),
        ({"parties": (9000, 9000, 9000), "dimensions": (9000, 9000, 9000), "grade": "良"}, {"12-S6a"}),
        ({"parties": (6000, 6000, 6000), "dimensions": (6000, 6000, 6000), "grade": "不合格"}, {"12-S6c"}),
        ({"parties": (5999, 5999, 5999), "dimensions": (6000, 6000, 6000), "use": "不续"}, set()),
        ({"parties": (5999, 5999, 5999), "dimensions": (6000, 6000, 6000), "use": "续签"}, {"12-S5"}),
        ({"parties": (5999, 5999, 5999), "dimensions": (6000, 6000, 6000), "grade": "合格"}, {"12-S6d"}),
        ({"parties": (10_001, 8400, 8700)}, {"12-H1a"}),
    ],
)
def test_which_formula_speaks(changes: dict[str, Any], formulas: set[str]) -> None:
    assert failing(evaluated(**changes), ["表12"]) == {(id, "DL-001") for id in formulas}


def test_the_bounds_are_the_settings() -> None:
    facts = managed(contracts=[contract()], evaluations=[evaluation()], settings={"limits.evaluation_good": 88})
    sheet = t12.lay(facts, TASK)
    assert at(sheet, "DL-001", "11") == ["合格"] and "良88分以上" in sheet.notes[2] and not failing(facts, ["表12"])


def test_a_score_typed_over_the_books_is_held_against_the_weights() -> None:
    facts = evaluated()
    sheet = t12.lay(facts, TASK)
    filled = fill([sheet], [Entry("表12", line_keys(sheet)[1], "4", 95, 90, "购买主体更正了评分表")], TASK).sheets
    found = audit(filled, t12.audits(facts.parameters))
    assert {one.audit.id for one in found if one.outcome is Outcome.FAILS} == {"12-H2"}


def test_a_missing_evaluation_is_asked_for_at_the_end_of_the_year_only() -> None:
    facts = managed(contracts=[contract()], period="2026H1")
    half = {one.id for one in audits(facts.parameters, facts.period)}
    year = {one.id for one in audits(facts.parameters, managed().period)}
    assert year - half >= {"12-S1"} and "12-S3" in half


def test_no_contract_is_a_form_with_a_total_only() -> None:
    sheet = t12.lay(example.facts(), TASK)
    assert at(sheet, "合计", "13", "18", "26", "27", "28") == [0, 0, 0, 0, 0] and len(sheet.rows) == 1
    assert "评价完成率 0/0，—" in sheet.footer[0]


def test_a_score_that_carries_no_weight_may_be_missing() -> None:
    made: Evaluation = evaluation(parties=(9000, 8000, None), party_weights=(1, 1, 0))
    facts = managed(contracts=[contract()], evaluations=[made])
    assert at(t12.lay(facts, TASK), "DL-001", "10") == [85]
    assert failing(facts, ["表12"]) == {("12-S2c", "DL-001")}


# 表11


def test_windows_money_staff_and_workload_of_a_unit() -> None:
    sheet = BY_KEY["表11"]
    assert at(sheet, "甲镇", *(str(mark) for mark in range(1, 10))) == ["是", 1, 2, 2, 1, 40, "是", 200_000_00, 100_000_00]
    # need 4 for 300 户, 6 for 700 户; 8 in the village does not count, 6 (直接聘用) does
    assert at(sheet, "甲镇", "10", "11", "12", "16", "17", "18", "21") == [4, 2, 2, 150, 80, 200, 300]
    assert at(sheet, "乙镇", "10", "11", "12", "16") == [6, 4, 2, 175]
    # 2 turns 36 the next day, 1 is 36 today; 5 went to 高中, nothing is known of 11; only 1 has a certificate above 无
    assert at(sheet, "甲镇", "13", "14", "15") == [0, 2, 1] and at(sheet, "乙镇", "13", "14", "15") == [1, 2, 0]
    assert sheet.footer[1] == "数据不足：没有学历1人，未计入第14栏。"


def test_the_total_and_what_belongs_to_no_unit() -> None:
    sheet = BY_KEY["表11"]
    assert text(sheet, "合计", "1") == "50.00%" and at(sheet, "合计", "1") == [Fraction(1, 2)]
    assert at(sheet, "合计", "2", "3", "8", "10", "11", "12", "21") == [1, 2, 300_000_00, 12, 7, 5, 1000]
    assert at(sheet, "合计", "9", "16") == [Fraction(300_000_00, 7), Fraction(1000, 7)]
    assert at(sheet, "未分到单位", "8", "9", "11", "1") == [100_000_00, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE]
    assert at(sheet, "东岭县民政局", "1", "2", "8", "16", "21") == [NOT_APPLICABLE, NOT_APPLICABLE, 0, NOT_APPLICABLE, NOT_APPLICABLE]


def test_problems_stand_with_their_unit_and_measures_say_how_far_they_are() -> None:
    sheet = BY_KEY["表11"]
    assert text(sheet, "乙镇", "19") == "没有统一受理窗口" and text(sheet, "乙镇", "20") == "在便民服务中心设立窗口（时限2026-10-31）"
    assert text(sheet, "合计", "20") == "统一印制（2026-05-06已销号）" and at(sheet, "甲镇", "19") == [None]
    assert cell(sheet, "乙镇", "19").records == (("problem", 1),) and cell(sheet, "乙镇", "3").records == (("survey_window", 3),)
    assert set(cell(sheet, "乙镇", "11").people) == {2, 5, 12, 15} and cell(sheet, "乙镇", "13").people == (2,)


def test_a_township_nobody_surveyed_is_blank_and_leaves_the_rate_unknown() -> None:
    sheet = t11.lay(example.facts(households={2: 100}), TASK)
    assert at(sheet, "乡镇2", "1", "2", "8", "17") == [None, None, None, None] and at(sheet, "合计", "1", "2", "8") == [None, None, None]
    assert sheet.footer == ("设统一受理窗口的乡镇（街道） 0/1；数据不足：乡镇2没有摸查窗口情况，覆盖率不能计算。",)
    assert at(t11.lay(example.facts([example.unit(1, type=BUREAU)]), TASK), "合计", "1") == [NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("households", "staff", "windows", "formulas"),
    [
        (300, 1, survey(), set()),
        (301, 1, survey(), {"11-S2"}),
        (300, 1, survey(staff=1), set()),
        (300, 1, survey(has_window=False), {"11-S1", "11-S3"}),
        (300, 1, survey(windows=0), {"11-S3"}),
        (300, 2, survey(staff=3), {"11-H2"}),
    ],
)
def test_which_formula_of_a_township_speaks(households: int, staff: int, windows: Any, formulas: set[str]) -> None:
    people = [example.engagement(number) for number in range(1, 3)][:staff]
    if staff == 1:  # and one who does not count, yet may stand at a window
        people.append(example.engagement(5, work_class="服务性"))
    facts = managed(engagements=people, households={2: households}, surveys=[windows], workloads=[Workload(2, 2026, 1, 1)])
    assert failing(facts, ["表11"]) == {(id, "乡镇2") for id in formulas}


def test_the_need_in_fte_shows_in_the_shortfall_too() -> None:
    half = example.engagement(1, duty_share=6000)
    facts = example.facts(engagements=[half], households={2: 100}, settings={"staffing.count_method": "折算"})
    sheet = t11.lay(facts, TASK)
    assert at(sheet, "乡镇2", "10", "11") == [2, 1] and text(sheet, "乡镇2", "12") == "1.40"
    assert not {id for id, _ in failing(facts, ["表11"])} & {"11-H1a", "11-H1b", "11-H1c"}


def test_money_of_another_year_or_source_is_not_here() -> None:
    last = funds(100, unit=2)
    facts = example.facts(fund_lines=[replace(last, document=replace(last.document, year=2025)), funds(7, id=2, unit=2)])
    assert at(t11.lay(facts, TASK), "乡镇2", "8") == [7]
