"""表7–表10: figures of a year worked out by hand, what the task asks for, what is not known, and which formulas speak."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from office.tasks import YEARLY_FORMS
from policy.example import county, engagement, person
from policy.example_contracts import contract, with_contract
from policy.example_management import batch, document, evaluation, managed, meeting
from policy.facts import Facts
from policy.fund_facts import FundDoc
from policy.management_facts import INDUCTION, OPERATING_PLAN, PROVINCIAL_VIDEO, SURVEY_REPORT, Consent, Management, RecruitLine, Training
from policy.stages import stages
from returns.annual import lay_all
from returns.audit import Outcome, audit
from returns.fill import line_keys
from returns.forms import FORMS, audits, t7, t8, t9, t10
from returns.sheet import NOT_APPLICABLE, Cell, Sheet
from returns.stored import sheets_of, sheets_text
from returns.task import Task
from tests.returns import managing
from tests.returns.laid import GOLDEN, at, printed, text

TASK = Task("招录培训和会议情况")
BY_KEY = {sheet.key: sheet for sheet in managing.sheets()}
BATCH, TRAINING, MEETING = "2026年第一批·乙镇", "1", "1"


def cell(sheet: Sheet, line: str, mark: str) -> Cell:
    return sheet.cell(next(row for row in sheet.rows if row.name == line), mark)


def failing(facts: Facts, forms: Iterable[str], task: Task = TASK) -> set[tuple[str, str]]:
    """(formula, line) of those forms that fail, with every form of the program beside them."""
    every = tuple(form.key for form in FORMS if form.key not in ("封面", "附表2"))
    found = audit(lay_all(facts, replace(task, forms=every)), [one for one in audits(facts.parameters) if one.form in set(forms)])
    return {(one.audit.id, one.line) for one in found if one.outcome is Outcome.FAILS}


@pytest.mark.parametrize("key", managing.FORMS)
def test_a_form_is_word_for_word_what_was_agreed(key: str) -> None:
    assert printed(BY_KEY[key]) == (GOLDEN / f"东岭县2026年度_{key}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", managing.FORMS)
def test_columns_are_numbered_in_order_and_lists_begin_with_the_total(key: str) -> None:
    sheet = BY_KEY[key]
    marks = [column.mark for column in sheet.columns if column.mark.isdecimal()]
    assert marks == [str(number) for number in range(1, len(marks) + 1)]
    assert sheet.columns[-1].label == "备注" and sheet.rows[0].name == "合计"
    assert not sheet.paper.startswith("A3") and sheet.landscape


def test_they_are_switched_on_by_a_task_only() -> None:
    assert not set(managing.FORMS) & set(YEARLY_FORMS)


def test_an_empty_year_prints_noughts_and_says_so() -> None:
    none = managed()
    for form, said in ((t7, "报告期内没有招录批次。"), (t8, "报告期内没有登记培训。"), (t9, "报告期内没有登记联席会议。")):
        assert form.lay(none, TASK).footer == (said,)
    assert at(t7.lay(none, TASK), "合计", "6", "12", "13", "14") == [0, 0, NOT_APPLICABLE, 0]
    assert at(t8.lay(none, TASK), "合计", "6", "7", "8") == [0, 0, NOT_APPLICABLE]
    assert at(t8.lay(none, TASK), "新入职", "6", "8") == [0, NOT_APPLICABLE]
    assert at(t9.lay(none, TASK), "合计", "7", "8", "11", "14") == [0, 0, 0, NOT_APPLICABLE]
    papers = t10.lay(none, TASK)
    assert [row.name for row in papers.rows[1:]] == [
        "联席会议纪要", "具体操作方案", "工作经费文件", "政府购买服务合同", "招录公告", "绩效评价结果", "自查报告",
    ]  # fmt: skip
    assert {text(papers, row.name, "1") for row in papers.rows[1:]} == {"否"}
    assert at(papers, "合计", "14", "17", "20") == [0, NOT_APPLICABLE, NOT_APPLICABLE]


# 表7


def test_a_batch_by_unit_from_plan_to_post() -> None:
    sheet = BY_KEY["表7"]
    assert at(sheet, BATCH, *(str(mark) for mark in range(6, 13))) == [2, 6, 5, 3, 2, 2, 1]
    assert text(sheet, BATCH, "13") == "50.00%" and at(sheet, BATCH, "14", "17", "18", "19") == [1, 16, 1, 1]  # 25 March to 10 April
    assert at(sheet, "合计", "6", "7", "8", "9", "10", "11", "12", "14", "18", "19") == [3, 11, 9, 5, 3, 3, 2, 1, 1, 2]
    assert [row.name for row in sheet.rows] == ["合计", "2026年第一批·甲镇", BATCH]


def test_who_is_more_than_planned_here_does_not_fill_the_gap_there() -> None:
    sheet = t7.lay(managed(recruits=[batch(RecruitLine(1, 2, 1, on_post=3), RecruitLine(2, 1, 2, on_post=1))]), TASK)
    assert at(sheet, "合计", "6", "12", "14") == [3, 4, 1]


@pytest.mark.parametrize(
    ("day", "late"),
    [(date(2026, 6, 15), 0), (date(2026, 6, 16), 1)],
)
def test_who_is_missing_counts_from_the_day_after_the_due_day(day: date, late: int) -> None:
    sheet = t7.lay(managing.managed(as_of=day), TASK)
    assert at(sheet, BATCH, "18", "14") == [late, 1]


@pytest.mark.parametrize(
    ("changes", "period", "stands"),
    [
        ({}, "2026", True),
        ({}, "2025", False),  # agreed and announced in 2026
        ({}, "2027", False),  # done in 2026
        ({"due": date(2027, 1, 31)}, "2027", True),
        ({"announced": date(2025, 12, 1), "due": date(2025, 12, 31)}, "2026", True),  # agreed in 2026, as the fixture has it
        ({"announced": None, "party": Consent(), "due": None}, "2026", True),  # no day at all
        ({"announced": None, "party": Consent(), "due": date(2027, 3, 1)}, "2026", False),
    ],
)
def test_which_batches_belong_to_a_period(changes: dict[str, Any], period: str, stands: bool) -> None:
    sheet = t7.lay(managed(period=period, recruits=[batch(**changes)]), TASK)
    assert (len(sheet.rows) == 2) is stands


def test_a_batch_not_done_stays_until_it_is() -> None:
    missing = batch(RecruitLine(1, 2, 2, on_post=1))
    assert len(t7.lay(managed(period="2027", recruits=[missing]), TASK).rows) == 2
    assert at(t7.lay(managed(period="2027", recruits=[missing]), TASK), "合计", "14") == [1]


def test_what_is_not_known_of_a_batch_stays_blank() -> None:
    sheet = t7.lay(managed(recruits=[batch(RecruitLine(1, 2, 2, applied=9)), replace(batch(), id=2, name="二批", lines=())]), TASK)
    first = sheet.rows[1].name
    assert at(sheet, first, "7", "8", "12", "13", "14", "18") == [9, None, None, None, None, None]
    assert text(sheet, first, "20") == "数据不足：没有登记到岗人数"
    assert at(sheet, "二批", "6", "12") == [None, None] and text(sheet, "二批", "20") == "数据不足：没有分单位的招录计划"
    assert at(sheet, "合计", "6", "12") == [None, None]


def test_the_stage_of_2019_gives_the_day_that_a_batch_does_not_name_and_no_later_year_does() -> None:
    for announced, due in ((date(2019, 5, 1), "2019-06-15"), (date(2026, 5, 1), "")):
        made = managed(period=str(announced.year), recruits=[batch(announced=announced, due=None)])
        sheet = t7.lay(made, TASK)
        assert text(sheet, sheet.rows[1].name, "15") == due


def test_a_notice_before_both_organs_agreed_is_asked_about() -> None:
    for announced, fails in ((date(2026, 3, 25), False), (date(2026, 3, 24), True)):
        facts = managed(recruits=[batch(announced=announced)])
        assert any(id == "7-S2" for id, _ in failing(facts, ["表7"])) is fails
    sheet = t7.lay(managed(recruits=[batch(government=Consent())]), TASK)
    assert at(sheet, sheet.rows[1].name, "17") == [NOT_APPLICABLE]
    assert text(sheet, sheet.rows[1].name, "2") == "党委2026-03-20"


def test_a_click_leads_to_the_people_recruited_and_to_the_line_of_the_batch() -> None:
    sheet = BY_KEY["表7"]
    assert cell(sheet, BATCH, "12").people == (3,) and cell(sheet, "合计", "12").people == (2, 3)
    assert cell(sheet, BATCH, "6").records == (("recruit_line", 2),) and cell(sheet, BATCH, "6").units == (3,)
    assert cell(sheet, "合计", "12").records == (("recruit_line", 1), ("recruit_line", 2))


# 表8


def test_trainings_by_date_with_what_their_lists_say() -> None:
    sheet = BY_KEY["表8"]
    figures = {row.name: at(sheet, row.name, "5", "6", "7", "9", "10") for row in sheet.rows}
    assert figures == {
        "合计": [32, 16, 13, 3, 4],  # people 2, 3 and 4 each once
        "新入职": [NOT_APPLICABLE, 3, 2, NOT_APPLICABLE, NOT_APPLICABLE],  # person 3 missed the induction
        "1": [16, 2, 1, 1, 1],
        "2": [8, 3, 3, 2, 1],
        "3": [4, 10, 8, None, 1],  # numbers only
        "4": [4, 1, 1, 1, 1],
    }
    assert [text(sheet, line, "8") for line in ("合计", "新入职", "1")] == ["81.25%", "66.67%", "50.00%"]
    assert [text(sheet, line, "11") for line in ("1", "2", "4")] == ["是", "—", "否"]


def test_a_kind_the_task_wants_has_a_line_of_its_own_and_is_missed() -> None:
    video = Training(6, "省厅视频培训班", PROVINCIAL_VIDEO, "省", date(2026, 7, 20), 4, called=4, came=3)
    wanting = Task("年报", trainings=(PROVINCIAL_VIDEO,))
    without = t8.lay(managing.managed(), wanting)
    assert at(without, PROVINCIAL_VIDEO, "6", "7", "8", "10") == [0, 0, NOT_APPLICABLE, 0]
    assert ("8-S2", PROVINCIAL_VIDEO) in failing(managing.managed(), ["表8"], wanting)
    made = managing.managed()
    held = replace(made, management=replace(made.management, trainings=(*made.management.trainings, video)))
    assert at(t8.lay(held, wanting), PROVINCIAL_VIDEO, "6", "7", "10") == [4, 3, 1]
    assert at(t8.lay(held, wanting), "合计", "6", "10") == [20, 5]  # 其中 lines are in no sum
    assert ("8-S2", PROVINCIAL_VIDEO) not in failing(held, ["表8"], wanting)


def test_a_change_of_provider_is_no_new_entry() -> None:
    who = person(7)
    before = replace(engagement(1, who=who, start=date(2025, 1, 1)), end=date(2026, 6, 30))
    made = managed(engagements=[before, engagement(2, who=who, start=date(2026, 7, 1))])
    assert at(t8.lay(made, TASK), "新入职", "6") == [0]
    gap = managed(engagements=[before, engagement(2, who=who, start=date(2026, 7, 2))])
    assert at(t8.lay(gap, TASK), "新入职", "6") == [1]


def test_only_trainings_of_the_period_stand_there() -> None:
    days = (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1))
    trainings = [Training(number, f"第{number}次", "业务培训", "县", day, 1, called=1, came=1) for number, day in enumerate(days)]
    sheet = t8.lay(managed(period="2026Q2", trainings=trainings), TASK)
    assert [text(sheet, row.name, "1") for row in sheet.rows[2:]] == ["第1次", "第2次"]


def test_a_click_leads_to_who_was_called_who_came_and_to_the_training() -> None:
    sheet = BY_KEY["表8"]
    assert cell(sheet, TRAINING, "6").people == (2, 3) and cell(sheet, TRAINING, "7").people == (2,)
    assert cell(sheet, "新入职", "6").people == (2, 3, 4) and cell(sheet, "新入职", "7").people == (2, 4)
    assert cell(sheet, TRAINING, "1").records == (("training", 1),)
    assert cell(sheet, "合计", "9").people == (2, 3, 4)


def test_the_people_of_a_training_are_found_by_the_engagement_of_that_day() -> None:
    who = person(7)
    first = replace(engagement(1, who=who, start=date(2026, 1, 1)), end=date(2026, 3, 31))
    second = engagement(2, who=who, start=date(2026, 5, 1))
    for held, behind in ((date(2026, 3, 1), (1,)), (date(2026, 6, 1), (2,))):
        training = Training(1, "培训", INDUCTION, "县", held, 4, people=((7, True), (99, True)))
        sheet = t8.lay(managed(engagements=[first, second], trainings=[training]), TASK)
        assert cell(sheet, "1", "7").people == behind and at(sheet, "1", "7") == [2]


# 表9


def test_joint_meetings_with_their_topics_and_minutes() -> None:
    sheet = BY_KEY["表9"]
    assert [row.name for row in sheet.rows] == ["合计", "1", "2"]
    assert at(sheet, "合计", "7", "8", "11", "12", "13", "14") == [3, 1, 2, 1, 1, NOT_APPLICABLE]
    assert at(sheet, "1", "7", "8", "12", "13") == [2, 1, 1, 1] and at(sheet, "2", "7", "8", "12", "13") == [1, 2, 0, 0]
    assert [column.label for column in sheet.columns][-3:] == [*managing.TOPICS, "备注"]
    assert [text(sheet, line, "15") for line in ("合计", "1", "2")] == ["1", "是", "否"]
    assert text(sheet, "合计", "17") == "尚未研究：通报工作进展"
    assert cell(sheet, "合计", "15").records == (("meeting", 1),) and cell(sheet, "2", "甲").records == (("meeting", 2),)


def test_a_task_without_topics_has_no_columns_for_them_and_misses_none() -> None:
    sheet = t9.lay(managing.managed(), TASK)
    assert len(sheet.columns) == 16 and at(sheet, "合计", "8") == [0]
    assert "研究经费安排" in text(sheet, "2", "6")
    politics = ("传达省领导指示", "传达全省民政工作会议精神", "《通知》")
    assert not any(word in printed(sheet) for word in politics)


def test_the_topics_of_2019_and_what_is_a_citys_to_study() -> None:
    plan = stages()
    wanting = Task("2019年", topics=(*plan.topics, plan.city_topic))

    def laid(*levels: str, **changes: Any) -> Sheet:
        made = [meeting(number, level=level, held=date(2019, 4, 10), topics=plan.topics, **changes) for number, level in enumerate(levels, 1)]
        return t9.lay(managed(period="2019", meetings=made), wanting)

    assert at(laid("县"), "合计", "8", "14") == [0, NOT_APPLICABLE]  # the plan is a city's to study
    assert at(laid("县", "市"), "合计", "8", "14") == [1, 2]  # neither studied nor reported
    assert at(laid("市", reported=date(2019, 4, 15)), "合计", "8", "14") == [1, 1]


def test_one_city_meeting_that_studied_the_plan_and_was_reported_is_enough() -> None:
    plan = stages()
    both = [
        meeting(1, level="市", held=date(2019, 4, 10), topics=(*plan.topics, plan.city_topic), reported=date(2019, 4, 15)),
        meeting(2, level="市", held=date(2019, 8, 1), topics=()),
    ]
    sheet = t9.lay(managed(period="2019", meetings=both), Task("2019年", topics=(*plan.topics, plan.city_topic)))
    assert at(sheet, "合计", "8", "14") == [0, 0] and at(sheet, "2", "8", "14") == [5, 2]


# 表10


def test_every_kind_from_its_own_register() -> None:
    sheet = BY_KEY["表10"]
    figures = {row.name: at(sheet, row.name, "12", "14", "15", "16", "18", "19") for row in sheet.rows}
    assert figures == {
        "合计": [5, 8, 2, 1, 2, 2],
        "联席会议纪要": [1, 1, 0, 0, 0, 0],
        "具体操作方案": [1, 1, 1, 1, 1, 1],
        "工作经费文件": [1, 1, 0, 0, 0, 0],
        "政府购买服务合同": [1, 1, 0, 0, 0, 0],
        "招录公告": [1, 1, 0, 0, 0, 0],
        "绩效评价结果": [0, 2, 1, 0, 0, 0],  # one of the two is not published
        "自查报告": [0, 1, 0, 0, 1, 1],
    }
    assert at(sheet, "具体操作方案", "11", "21", "22", "23") == ["是", 2, 1, 1]  # due 1 April, reported 3 April
    assert at(sheet, "自查报告", "11", "21", "22") == ["是", 31, NOT_APPLICABLE]  # 30 November to 31 December
    assert text(sheet, "合计", "17") == "50.00%" and text(sheet, "合计", "20") == "100.00%"
    assert cell(sheet, "政府购买服务合同", "14").contracts == (1,)
    assert cell(sheet, "具体操作方案", "2").records == (("plan_doc", 1),)


def test_a_task_names_the_kinds_and_makes_them_due() -> None:
    wanting = Task("专项", documents=("具体操作方案", "工作总结", SURVEY_REPORT), due=date(2026, 11, 30))
    summary = document("其他", 3, title="东岭县2026年工作总结", dated=date(2026, 12, 1), must_report=None, reported=date(2026, 12, 2), party=Consent())
    sheet = t10.lay(managed(documents=[summary]), wanting)
    assert [row.name for row in sheet.rows[1:]] == ["具体操作方案", "工作总结", SURVEY_REPORT]
    assert at(sheet, "工作总结", "1", "8", "11", "21") == ["是", "是", "是", 2]
    assert at(sheet, SURVEY_REPORT, "1", "8", "11", "21", "24") == ["否", "是", "是", 31, "任务要求，尚未登记；逾期31天"]
    assert at(sheet, "合计", "18", "19") == [3, 1] and text(sheet, "合计", "20") == "33.33%"


def test_the_stages_of_2019_give_the_days_that_the_documents_do_not() -> None:
    wanting = Task("2019年", documents=(SURVEY_REPORT, OPERATING_PLAN), due=date(2019, 12, 31))
    sheet = t10.lay(managed(period="2019"), wanting)
    assert [text(sheet, kind, "10") for kind in wanting.documents] == ["2019-03-31", "2019-06-15"]
    assert text(t10.lay(managed(), replace(wanting, due=None)), SURVEY_REPORT, "10") == ""  # no later year has any


@pytest.mark.parametrize(("reported", "due", "late"), [(1, 1, 0), (2, 1, 1), (None, 1, 30), (None, 31, 0)])
def test_days_late(reported: int | None, due: int, late: int) -> None:
    made = document(due=date(2026, 12, due), reported=reported and date(2026, 12, reported))
    sheet = t10.lay(managed(documents=[made]), TASK)
    assert at(sheet, OPERATING_PLAN, "21") == [late] and text(sheet, OPERATING_PLAN, "11") == ("是" if late else "否")


def test_what_goes_with_the_return_is_not_late_for_want_of_a_day() -> None:
    wanting = Task("专项", documents=("政府购买服务合同",), due=date(2026, 11, 30))
    sheet = t10.lay(with_contract(contract()), wanting)
    assert at(sheet, "政府购买服务合同", "8", "11", "21") == ["是", "否", 0]


def test_a_document_in_two_registers_is_one() -> None:
    made = managed(
        meetings=[meeting(minutes_no="东府办纪〔2026〕2号")],
        documents=[document("联席会议纪要", 1, doc_no="东府办纪〔2026〕2号"), document("联席会议纪要", 2, doc_no="东府办纪〔2026〕9号")],
    )
    assert at(t10.lay(made, TASK), "联席会议纪要", "14") == [2]
    announced = managed(recruits=[batch()], documents=[document("招录公告", published=date(2026, 4, 10))])
    assert at(t10.lay(announced, TASK), "招录公告", "14") == [1]


def test_documents_of_another_year_are_not_this_years() -> None:
    for changes, stands in (({"year": 2025}, 0), ({"year": None, "dated": date(2025, 4, 1)}, 0), ({"year": None}, 1), ({}, 1)):
        assert at(t10.lay(managed(documents=[document(**changes)]), TASK), OPERATING_PLAN, "14") == [stands]


def test_the_newest_plan_counts_and_many_are_named_by_their_number() -> None:
    plans = [document(id=number, dated=date(2026, 4, number), doc_no=f"东民〔2026〕{number}号", contents=()) for number in (1, 2, 3)]
    plans.append(document(id=4, dated=date(2026, 5, 1), doc_no="东民〔2026〕4号"))
    sheet = t10.lay(managed(documents=plans), TASK)
    assert at(sheet, OPERATING_PLAN, "14", "22", "23") == [4, 0, 0]
    assert text(sheet, OPERATING_PLAN, "2") == "东民〔2026〕1号；东民〔2026〕2号；东民〔2026〕3号等4份"


# formulas


def test_what_fails_in_the_county_is_what_was_left_open() -> None:
    assert failing(managing.managed(), managing.FORMS, managing.TASK) == {
        ("7-S1", BATCH),  # one missing since 15 June
        ("7-S3", "合计"),  # the bureau is two short, the plan has one to come
        ("8-S1", "合计"),  # person 3
        ("8-S3", "4"),  # an induction by the provider
        ("9-S2", "合计"),  # 通报工作进展
        ("9-S4a", "合计"),  # the second meeting has no minutes
        ("10-H1b", "绩效评价结果"),  # no scan
        ("10-H1b", "自查报告"),
        ("10-S1", OPERATING_PLAN),  # the government's consent
        ("10-S2", "绩效评价结果"),  # one not published
        ("10-S3", OPERATING_PLAN),  # 工作经费配置比例
    }


def test_what_nobody_did_is_asked_for_once() -> None:
    asked = Task("专项", topics=("研究年度工作要点",), documents=(OPERATING_PLAN,))
    assert failing(managed(units=managing.managed().units), ["表7", "表8", "表9", "表10"], asked) == {
        ("9-S1", "合计"),
        ("10-S4", OPERATING_PLAN),
    }


def test_registers_are_held_against_their_own_forms() -> None:
    made = managing.managed()
    fund = FundDoc(2, 2026, "县", "东财预〔2026〕2号", "通知", None)
    paper = document("工作经费文件", 9, doc_no="东财预〔2026〕9号", party=Consent(), government=Consent())
    more = replace(made, fund_docs=(*made.fund_docs, fund))
    assert not {id for id, _ in failing(more, ["表10"])} & {"10-S5a", "10-S5b", "10-S6a", "10-S6b", "10-S7a", "10-S7b"}
    loose = replace(made, management=replace(made.management, documents=(*made.management.documents, paper)))
    assert ("10-S5a", "合计") in failing(loose, ["表10"])  # kept as a paper, not among the funds: 表4 does not know it


@pytest.mark.parametrize(("published", "outcome"), [(date(2026, 12, 20), Outcome.HOLDS), (None, Outcome.FAILS)])
def test_results_said_to_be_published_are_published_contract_by_contract(published: date | None, outcome: Outcome) -> None:
    made = with_contract(contract(), management=Management(evaluations=(evaluation(published=published),)))
    by_key = {sheet.key: sheet for sheet in lay_all(made, replace(TASK, forms=("表10", "表12")))}
    sheet, formula = by_key["表10"], next(one for one in audits(made.parameters) if one.id == "10-S8")
    said = next(row for row in sheet.rows if row.name == "绩效评价结果")
    claim = replace(said, cells=tuple(Cell(1) if index == sheet.column("16") else one for index, one in enumerate(said.cells)))
    claiming = replace(sheet, rows=tuple(claim if row is said else row for row in sheet.rows))
    assert at(sheet, "绩效评价结果", "16") == [int(published is not None)]
    assert [one.outcome for one in audit([claiming, by_key["表12"]], [formula])] == [outcome]


def test_newcomers_are_those_of_the_movements() -> None:
    assert ("8-S4", "合计") not in failing(managing.managed(), ["表8"])
    own = managing.managed()
    direct = engagement(5, "直接聘用", who=person(5), start=date(2026, 9, 1))
    assert ("8-S4", "合计") in failing(replace(own, engagements=(*own.engagements, direct)), ["表8"])  # outside 表3's people: to be explained


def test_sheets_come_back_with_the_records_behind_them_and_lines_keep_their_names() -> None:
    assert sheets_of(sheets_text(managing.sheets())) == managing.sheets()
    assert line_keys(BY_KEY["表9"]) == ("合计", "meeting1", "meeting2")
    assert line_keys(BY_KEY["表7"]) == ("合计", "recruit_line1", "recruit_line2")
    assert line_keys(BY_KEY["表8"])[:3] == ("合计", "新入职", "training1")


def test_no_name_of_anybody_stands_in_them() -> None:
    names = {one.person.name for one in managing.managed().engagements} | {county().name + "长"}
    assert not any(name in printed(sheet).split("单位负责人")[0] for name in names for sheet in BY_KEY.values())
