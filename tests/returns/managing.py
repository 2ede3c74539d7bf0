"""A small county whose management year is worked out by hand, for 表7–表10: two recruitment batches, four trainings, four meetings, five papers.

People 2, 3 and 4 are new in 2026 (20 May and 10 June by the first batch, 1 September on their own); person 1 has been there since 2024.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from policy.example import engagement, facts, person, unit
from policy.example_contracts import contract
from policy.example_management import batch, document, evaluation, meeting
from policy.facts import BUREAU, Facts
from policy.fund_facts import FundDoc
from policy.management_facts import GOVERNMENT_MEETING, INDUCTION, SELF_CHECK, Consent, Management, RecruitLine, Training
from returns.annual import lay_all
from returns.sheet import Sheet
from returns.task import Task

FORMS = ("表7", "表8", "表9", "表10")
TOPICS = ("研究年度工作要点", "通报工作进展")
TASK = Task("招录培训和会议情况", forms=FORMS, topics=TOPICS)


def management() -> Management:
    """Batch 1: 3 planned, 2 in post, the one missing at unit 3 was due on 15 June. Batch 2 was done in 2025."""
    lines = (RecruitLine(2, 3, 2, 6, 5, 3, 2, 2, 1), RecruitLine(1, 2, 1, 5, 4, 2, 1, 1, 1, date(2026, 6, 1)))
    before = RecruitLine(3, 2, 1, 3, 2, 1, 1, 1, 1)
    trainings = (
        Training(1, "新入职人员岗前培训", INDUCTION, "县", date(2026, 6, 20), 16, people=((2, True), (3, False))),
        Training(2, "低保审核确认业务培训", "业务培训", "市", date(2026, 7, 10), 8, people=((1, True), (2, True), (3, True))),
        Training(3, "档案整理培训", "业务培训", "承接主体", date(2026, 10, 1), 4, called=10, came=8),
        Training(4, "补课", INDUCTION, "承接主体", date(2026, 12, 5), 4, people=((4, True),)),
        Training(5, "上年培训", "业务培训", "县", date(2025, 12, 31), 4, called=3, came=3),
    )
    meetings = (
        meeting(4, held=date(2025, 12, 31)),
        meeting(1, departments=("民政", "编办", "财政"), reported=date(2026, 3, 20)),
        meeting(2, held=date(2026, 10, 15), departments=("民政", "人社"), topics=("研究经费安排",), minutes_no=""),
        meeting(3, kind=GOVERNMENT_MEETING, held=date(2026, 11, 2)),
    )
    plan = document(due=date(2026, 4, 1), government=Consent("东岭县人民政府"), contents=("人员配比", "招录条件", "招录方式"))
    report = document(
        SELF_CHECK, 2, doc_no="东民〔2026〕41号", dated=date(2026, 11, 20), must_publish=None, published=None, channel="", due=date(2026, 11, 30),
        reported=None, party=Consent(), government=Consent(), contents=(),
    )  # fmt: skip
    return Management(
        recruits=(
            batch(before, id=2, name="2025年第一批", announced=date(2025, 4, 10), due=date(2025, 6, 15), party=Consent(), government=Consent()),
            batch(*lines, name="2026年第一批"),
        ),
        trainings=trainings,
        meetings=meetings,
        documents=(plan, report),
        evaluations=(evaluation(), evaluation(2, published=None, channel="")),
    )


def managed(period: str = "2026", as_of: date | None = None) -> Facts:
    """The county as of the period's end; minutes, plan and contract are scanned, the evaluations and the report are not."""
    units = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇"))
    people = [
        engagement(1, who=person(1)),
        replace(engagement(2, who=person(2), start=date(2026, 5, 20)), recruit_line=1),
        replace(engagement(3, who=person(3), unit=3, start=date(2026, 6, 10)), recruit_line=2),
        engagement(4, who=person(4), unit=3, start=date(2026, 9, 1)),
    ]
    fund = FundDoc(1, 2026, "县", "东财预〔2026〕1号", "关于批复2026年部门预算的通知", date(2026, 2, 1))
    made = facts(
        units, people, {2: 100, 3: 100}, period=period, as_of=as_of, contracts=[contract(contract_noticed=date(2025, 12, 23))], fund_docs=[fund],
        management=management(),
    )  # fmt: skip
    scans = {("meeting", 1): 1, ("plan_doc", 1): 2, ("purchase_contract", 1): 1, ("fund_doc", 1): 1, ("recruit_batch", 1): 1}
    return replace(made, attachments=scans)


def sheets() -> tuple[Sheet, ...]:
    """The four forms of the county."""
    return lay_all(managed(), TASK)
