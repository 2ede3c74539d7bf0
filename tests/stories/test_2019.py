"""The whole of 2019 in a small county, played through the office's acts: survey → meeting → plan → recruitment → induction → payroll → appraisal →
renewal → evaluation → returns. Every figure of the workbook at the end was worked out by hand, below.

东岭县 (粤东西北, 50,000 元/人·年): the bureau, 青山镇 with 280 户 and 白水镇 with 350 户, 630 户 in all.
应配: 630 < 3,000 → 2; 280 < 300 → 2; 300 ≤ 350 < 600 → 4; together 8.
At the survey: bureau 1 行政编制 and 1 劳务派遣 (林一, since 2018), 青山 1 and 白水 2 事业编制: 5; short 0 + 1 + 2 = 3.
On 10 June three 劳务派遣 people enter: 陈二 in 青山, 黄三 and 梁四 in 白水, so that 8 are there and nobody is short.
应发: 林一 12 × 4,500.00 = 54,000.00. 陈二, 黄三: June 21/30 × 4,500.00 = 3,150.00, then 6 × 4,500.00 = 27,000.00: 30,150.00 each.
梁四: 4,100.00 a month until September (standard 49,200.00, short of 50,000.00), 4,500.00 from October: 2,870.00 + 12,300.00 + 13,500.00 = 28,670.00.
Together 54,000.00 + 2 × 30,150.00 + 28,670.00 = 142,970.00.
Evaluation: (90 + 84 + 87) / 3 = 87.00. 低保 of 2018: 10,000,000.00 元, 3 % of it 300,000.00 元; 280,000.00 元 in the budget, 280,000.00 元 arrived, 210,000.00 元 spent.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from db.book import Book
from db.rows import rows
from office import appraisals, contracts, evaluations, funds, labour, management, pay, people, plan_docs, recruiting, training
from office.check import check, check_period, facts_in
from office.document import write_document
from office.edit import add
from office.new_book import county_change, made, unit_changes
from office.open import open_book
from office.tasks import STAGES_2019, make_task
from policy.clock import Clock
from policy.contract_facts import WORK_FUND
from policy.facts import BUREAU, TOWN
from policy.fund_facts import ALLOWANCE, AREAS, FOR_WORK
from policy.management_facts import (
    CONTENTS,
    DRAFT_PLAN,
    INDUCTION,
    JOINT_MEETING,
    OPERATING_PLAN,
    PROVINCIAL_VIDEO,
    SELF_CHECK,
    SURVEY_REPORT,
)
from policy.period import month_end, parse_period
from policy.stage_progress import DONE, progress
from policy.stages import stages
from tests.returns.test_document import texts
from tests.stories.acceptance import forms, id_no, office

pytestmark = pytest.mark.story

OFFICE, GREEN, WHITE = 1, 2, 3
DISPATCH = "劳务派遣"
CHECKED = ("S1", "S2", "S3", "S4", "S5")


class Days:
    """The clock of the story: it stands on the day of the act."""

    def __init__(self) -> None:
        self.now = datetime(2019, 3, 11, 9, 0)

    def on(self, month: int, day: int, year: int = 2019) -> date:
        self.now = datetime(year, month, day, 9, 0)
        return self.now.date()


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def clock_2019(days: Days) -> Clock:
    return Clock(lambda: days.now)


@pytest.fixture
def folder(tmp_path: Path, clock_2019: Clock) -> Path:
    county = county_change("449901", "东岭县", "449900", "岭东市", "粤东西北", "按所属地级市")
    units = unit_changes([("449901", "东岭县民政局", BUREAU), ("449901101", "青山镇", TOWN), ("449901102", "白水镇", TOWN)])
    return made(tmp_path / "东岭县.经办台账", "东岭县", clock_2019, [county, *units], "李晓敏")


@pytest.fixture
def opened(folder: Path, clock_2019: Clock) -> Iterator[Book]:
    with open_book(folder, clock_2019, "李晓敏") as book:
        yield book


def hire(book: Book, number: int, name: str, start: date, unit: int, kind: str, **more: Any) -> tuple[int, int]:
    """Person and engagement of somebody who enters."""
    person = {"name": name, "id_no": id_no(date(1985 + number, 3, number), number), "education": "大专"}
    keys = people.hire(book, person, start=start, unit=unit, kind=kind, **more)
    return keys["person"][0], keys["engagement"][0]


def late_or_missing(book: Book, day: date) -> set[str]:
    return {one.rule for one in check(book, day).findings if one.rule in CHECKED}


def test_the_year_2019(opened: Book, folder: Path, days: Days, clock_2019: Clock, tmp_path: Path) -> None:
    book = opened

    # 摸查调研, 11–31 March
    for number, (name, unit, kind) in enumerate((("周甲", OFFICE, "行政编制"), ("吴乙", GREEN, "事业编制"), ("郑丙", WHITE, "事业编制"), ("王丁", WHITE, "事业编制")), 11):
        hire(book, number, name, date(2015, 1, 1), unit, kind)
    old, old_job = hire(book, 1, "林一", date(2018, 1, 1), OFFICE, DISPATCH, employer="岭东人力资源有限公司", annual=5_400_000)
    (old_contract,) = add(book, "labour_contract", {
        "engagement": old_job, "kind": "固定期限", "signed": date(2018, 1, 1), "start": date(2018, 1, 1), "end": date(2019, 12, 31), "wage": 450_000,
    })  # fmt: skip
    day = days.on(3, 20)
    for unit, households in ((GREEN, 280), (WHITE, 350)):
        add(book, "caseload", {"unit": unit, "as_of": date(2019, 2, 28), "category": "低保农", "households": households, "persons": 2 * households})
    for unit in (OFFICE, GREEN, WHITE):
        add(book, "survey_window", {"unit": unit, "as_of": day, "has_window": unit != WHITE, "windows": int(unit != WHITE), "staff": int(unit != WHITE)})
    add(book, "problem", {"unit": WHITE, "found_on": day, "what": "没有统一受理窗口", "measure": "在便民服务中心设立窗口", "responsible": "何主任", "due": date(2019, 6, 30)})
    funds.set_spend(book, 2018, "决算", {("中央", AREAS[1], ALLOWANCE): 600_000_000, ("县", AREAS[1], ALLOWANCE): 400_000_000})
    said = "\n".join(texts(write_document(book, "survey", parse_period("2019", days.on(3, 29)), tmp_path / "文档").read_bytes()))
    assert "应配备社会救助经办服务人员 8 人，实际配备 5 人" in said and "缺口合计 3 人" in said and "白水镇：没有统一受理窗口。" in said
    report = management.add_plan(book, {"kind": SURVEY_REPORT, "year": 2019, "dated": date(2019, 3, 29), "doc_no": "东民〔2019〕5号"}, {})
    plan_docs.report(book, report, date(2019, 3, 30))
    management.add_plan(book, {"kind": DRAFT_PLAN, "year": 2019, "dated": date(2019, 3, 29)}, {})
    assert late_or_missing(book, days.on(4, 1)) == set()

    # 制定方案, 1–15 April
    held = days.on(4, 10)
    (meeting,) = add(book, "meeting", {
        "name": "2019年第一次联席会议", "kind": JOINT_MEETING, "level": "县", "held": held, "chair": "副县长", "departments": "民政、编办、财政、人社",
        "topics": "、".join((*stages().topics, stages().city_topic)),
    })  # fmt: skip
    assert late_or_missing(book, days.on(4, 16)) == {"S2"}, "the minutes are not there yet"
    plan_docs.report_minutes(book, meeting, date(2019, 4, 12), "东联席纪〔2019〕1号")
    assert late_or_missing(book, days.on(4, 16)) == set()

    # 稳步推进, 16 April – 15 June
    plan = management.add_plan(book, {
        "kind": OPERATING_PLAN, "year": 2019, "dated": days.on(5, 6), "doc_no": "东民〔2019〕12号", "party_organ": "中共东岭县委", "party_on": date(2019, 4, 28),
        "government_organ": "东岭县人民政府", "government_on": date(2019, 4, 26), "contents": "、".join(CONTENTS), "must_publish": True, "fund_rate": 300,
    }, {OFFICE: 2, GREEN: 2, WHITE: 4})  # fmt: skip
    plan_docs.publish(book, plan, date(2019, 5, 7), "政府网站")
    paper = funds.add_document(book, {"year": 2019, "level": "县", "doc_no": "东财〔2019〕21号", "title": "2019年社会救助工作经费", "dated": date(2019, 5, 8)})
    funds.add_line(book, paper[0], {
        "source": WORK_FUND, "purpose": FOR_WORK, "budget": 28_000_000, "received": 28_000_000, "received_on": date(2019, 5, 20), "spent": 21_000_000,
    })  # fmt: skip
    batch = recruiting.open_batch(book, {
        "name": "2019年第一批", "recruiter": "岭东人力资源有限公司", "plan_no": "东民〔2019〕12号", "announced": date(2019, 5, 8), "channel": "政府网站",
        "method": "承接主体招录", "due": date(2019, 6, 15),
    }, {GREEN: 1, WHITE: 2})  # fmt: skip
    supplier = contracts.add_supplier(book, {"name": "岭东人力资源有限公司"})["supplier"][0]
    bought = contracts.add_contract(book, {
        "no": "DL2019-01", "name": "2019年基层救助经办服务", "kind": DISPATCH, "procured_as": "其他", "supplier": supplier, "signed": date(2019, 5, 31),
        "start": date(2019, 6, 1), "end": date(2019, 12, 31), "amount": 21_000_000, "headcount": 3,
    }, units=(GREEN, WHITE))["purchase_contract"][0]  # fmt: skip
    entering = days.on(6, 10)
    new = [
        hire(book, at, name, entering, unit, DISPATCH, employer="岭东人力资源有限公司", annual=annual)
        for at, (name, unit, annual) in enumerate((("陈二", GREEN, 5_400_000), ("黄三", WHITE, 5_400_000), ("梁四", WHITE, 4_920_000)), 2)
    ]
    for _, job in new:
        labour.sign(book, job, kind="固定期限", signed=entering, start=entering, end=date(2021, 6, 9), wage=450_000)
    contracts.link_people(book, bought, [job for _, job in new])
    green, white = (next(one["id"] for one in book.read(rows, "recruit_line", batch=batch) if one["unit"] == unit) for unit in (GREEN, WHITE))
    recruiting.arrive(book, batch, {green: [new[0][1]], white: [new[1][1]]})
    assert late_or_missing(book, days.on(6, 16)) == {"S3"}, "one of three is not registered as arrived"
    recruiting.arrive(book, batch, {green: [new[0][1]], white: [new[1][1], new[2][1]]})
    assert late_or_missing(book, days.on(6, 16)) == set()

    # 全面落实, 16 June – 15 July, and the rest of the year
    induction = management.add_training(book, {"name": "入职培训", "kind": INDUCTION, "organiser": "县", "held": days.on(6, 20), "hours": 16}, {})
    training.call(book, induction, [person for person, _ in new])
    training.attend(book, induction, [person for person, _ in new])
    management.add_training(book, {"name": "民政业务视频培训", "kind": PROVINCIAL_VIDEO, "organiser": "省", "held": days.on(7, 18), "called": 8, "came": 8}, {})
    low = new[2][1]
    assert [one.person for one in check(book, days.on(9, 30)).findings if one.rule == "F1"] == ["梁四"]
    people.set_standard(book, low, date(2019, 10, 1), annual=5_400_000)
    for month in range(1, 13):
        first, last = date(2019, month, 1), month_end(2019, month)
        days.on(month, last.day)
        whole = {old_job: 450_000, new[0][1]: 450_000, new[1][1]: 450_000, low: 410_000 if month < 10 else 450_000}
        for job, monthly in whole.items():
            if job == old_job or month >= 6:
                base = monthly * 21 // 30 if month == 6 and job != old_job else monthly
                add(book, "pay_month", {"year": 2019, "month": month, "engagement": job, "base": base, "paid_on": last})
        pay.confirm(book, first)
    contracts.pay(book, bought, paid_on=days.on(12, 20), source=WORK_FUND, wages=8_897_000, fee=100_000, reason="首年按合同一次付清，没有分月结算")
    self_check = management.add_plan(book, {"kind": SELF_CHECK, "year": 2019, "dated": days.on(12, 25), "doc_no": "东民〔2019〕40号"}, {})
    assert self_check > plan
    appraisals.set_results(book, 2019, {old: {"grade": "优秀"}, **{person: {"grade": "称职"} for person, _ in new}})
    labour.renew(book, old_contract, signed=days.on(12, 27), start=date(2020, 1, 1), end=date(2021, 12, 31))
    contracts.renew(book, bought, no="DL2020-01", start=date(2020, 1, 1), end=date(2020, 12, 31), signed=date(2019, 12, 30))
    evaluation = management.evaluate(book, {
        "contract": bought, "year": 2019, "evaluated": days.on(12, 31), "buyer_score": 9000, "client_score": 8400, "third_score": 8700,
        "result_score": 8800, "project_score": 8600, "impact_score": 8700, "third_party": "岭东评估中心", "sample": 30,
    })  # fmt: skip
    evaluations.publish(book, evaluation, date(2019, 12, 31), "政府网站")
    assert late_or_missing(book, date(2019, 12, 31)) == set()
    facts = book.read(facts_in, check_period(date(2019, 12, 31)))
    assert {step.what: step.state(date(2019, 12, 31)) for step in progress(facts)} == {one.label: DONE for one in stages().matters}
    number = make_task(book, STAGES_2019, "2019", forms=("封面", "综合表", *(f"表{at}" for at in range(1, 14))))
    book.close()

    ran = office("returns", folder, "--task", number, "--out", tmp_path / "报表", clock=clock_2019)
    assert ran.out.strip(), ran.err
    book_of_forms = forms(Path(ran.out.strip()))

    def at(form: str, line: str, *marks: str) -> list[Any]:
        return [book_of_forms[form].line(line)[mark] for mark in marks]

    assert at("表1", "合计", "1") == [630]
    assert [at("表2", name, "3", "5", "17") for name in ("东岭县民政局", "青山镇", "白水镇")] == [[2, 2, 0], [2, 2, 0], [4, 4, 0]]
    assert at("表2", "合计", "3", "5", "6", "9", "17") == [8, 8, 4, 4, 0]
    assert at("表3", "合计", "1", "4", "5", "6", "8", "9", "11") == [4, 50000, 54000, 54000, 0, 142970, 0]
    fund = book_of_forms["表4"]
    year = {str(line[0].value): line[2].value for line in fund.page.iter_rows() if len(line) > 2}
    assert [year[mark] for mark in ("1", "11", "12", "15", "19")] == [1000, 30, 28, 28, 21]
    assert at("表7", "合计", "6", "12", "14", "18", "19") == [3, 3, 0, 0, 3]
    assert at("表8", "合计", "6", "7", "8", "9", "10") == [3 + 8, 3 + 8, 1, 3, 2]
    (newcomers,) = [line for line in book_of_forms["表8"].lines if str(line["1"]).startswith("本期新入职")]
    assert [newcomers[mark] for mark in ("6", "7", "8")] == [3, 3, 1]
    assert at("表9", "合计", "8", "11", "12") == [0, 1, 1]
    assert at("表11", "白水镇", "1", "10", "11", "12") == ["否", 4, 4, 0]
    (judged,) = [line for line in book_of_forms["表12"].lines if line["1"] == "DL2019-01"]
    assert [judged[mark] for mark in ("4", "5", "6", "10")] == [90, 84, 87, 87]
    assert at("表12", "合计", "26", "27", "28") == [1, 1, 1]
    assert at("表13", "合计", "1", "2", "5", "9", "11", "12", "13", "16", "17", "18") == [1, 3, 0, 4, 4, 1, 3, 0, 1, 1]
    assert at("表13", "合计", "9") == at("表3", "合计", "1")
    assert at("表13", "合计", "3") == at("表13", "合计", "4")
