"""A small county whose year of staff, windows and evaluations is worked out by hand: who came, moved twice, changed type and left.

期初 10 人: 9 in the bureau; 1, 4, 6, 8, 10 in 甲镇; 2, 3, 11 in 乙镇; 13 in the institution. In 2026 5, 14 and 15 came to 乙镇, 2 went to
甲镇 and back, 8 only changed to a village of 甲镇, 11 changed the provider (engagement 12), 4, 10 (甲镇), 3, 14 (乙镇) and 9 (bureau)
left, 6 became 直接聘用. 期末 7 人.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from policy.contract_facts import PurchaseContract
from policy.evaluation_facts import BEFORE, DURING
from policy.example import engagement, facts, person, unit
from policy.example_contracts import contract, funds, labour
from policy.example_management import evaluation, placed_on, scale, supervised, survey
from policy.facts import BUREAU, INSTITUTION, VILLAGE, Assignment, Engagement, Facts, Term
from policy.labour_facts import OPEN, Appraisal, LabourContract
from policy.management_facts import Management, Problem, Workload
from returns.annual import lay_all
from returns.sheet import Sheet
from returns.task import Task

FORMS = ("表11", "表12", "表13")
TASK = Task("基层社会救助经办服务管理情况报表", forms=("表1", "表2", "表3", "表4", *FORMS))
UNITS = (unit(1, type=BUREAU), unit(2, "甲镇"), unit(3, "乙镇"), unit(4, "甲镇丙村", VILLAGE, parent=2), unit(5, "福利院", INSTITUTION))


def _stays(*stays: tuple[int, date, date | None]) -> tuple[Assignment, ...]:
    return tuple(Assignment(number, place, start, end) for number, (place, start, end) in enumerate(stays, 1))


def _left(worker: Engagement, reason: str) -> Engagement:
    return replace(worker, end_reason=reason)


def staff() -> tuple[Engagement, ...]:
    """Everybody of 2026; number 10 left on the last day of 2025."""
    since, hired = date(2024, 1, 1), (Term(61, date(2024, 1, 1), "劳务派遣", "社会救助经办"), Term(62, date(2026, 7, 1), "直接聘用", "社会救助经办"))
    there_and_back = _stays((3, since, date(2026, 3, 31)), (2, date(2026, 4, 1), date(2026, 8, 31)), (3, date(2026, 9, 1), None))
    who = replace(person(11), education="")
    return (
        engagement(1, who=replace(person(1, birth=date(1990, 12, 31)), certificate="社会工作师")),
        engagement(2, who=replace(person(2, birth=date(1991, 1, 1)), certificate="无"), assignments=there_and_back),
        _left(engagement(3, unit=3, end=date(2026, 6, 30)), "个人辞职"),
        _left(engagement(4, end=date(2026, 3, 31)), "合同期满不续（用人单位不续）"),
        engagement(5, unit=3, start=date(2026, 5, 1), who=replace(person(5), education="高中")),
        replace(engagement(6), terms=hired),
        engagement(7, "事业编制", 1),
        engagement(8, assignments=_stays((2, since, date(2026, 2, 28)), (4, date(2026, 3, 1), None))),
        _left(engagement(9, unit=1, end=date(2026, 11, 30)), "退回派遣单位"),
        engagement(11, unit=3, who=who, end=date(2026, 6, 30)),
        engagement(12, unit=3, who=who, start=date(2026, 7, 1)),
        engagement(13, "政府购买服务", 5),
        _left(engagement(14, unit=3, start=date(2026, 2, 1), end=date(2026, 8, 15)), "协商一致（用人单位提出）"),
        engagement(15, unit=3, start=date(2026, 7, 2)),
    )


def terms() -> tuple[LabourContract, ...]:
    """1: to an open one; 2: renewed from the day after the as-of date; 3: ended early; 4: not renewed; 5: ends in 90 days; 8: renewed though
    不称职."""
    june, july = date(2026, 6, 30), date(2026, 7, 1)
    return (
        labour(1, end=june),
        labour(2, seq=2, start=july, end=None, kind=OPEN),
        labour(3, engagement=2, person=2, unit=3, end=date(2026, 12, 31)),
        labour(4, engagement=2, person=2, unit=3, seq=2, start=date(2027, 1, 1), end=date(2028, 12, 31), signed=date(2026, 12, 20)),
        labour(5, engagement=3, person=3, unit=3, end=date(2026, 12, 31), ended_on=june),
        labour(6, engagement=4, person=4, end=date(2026, 3, 31)),
        labour(7, engagement=5, person=5, unit=3, start=date(2026, 5, 1), end=date(2027, 3, 31)),
        labour(8, engagement=8, person=8, end=date(2026, 5, 31)),
        labour(9, engagement=8, person=8, seq=2, start=date(2026, 6, 1), end=date(2029, 5, 31)),
        labour(10, engagement=15, person=15, unit=3, start=date(2026, 7, 2), end=date(2027, 4, 1)),
    )


def appraisals() -> tuple[Appraisal, ...]:
    """Of 2025 for who may be renewed, of 2026 for the form; 9 has a result though gone."""
    last = (Appraisal(1, 2025, "优秀"), Appraisal(4, 2025, "不称职"), Appraisal(8, 2025, "不称职"))
    now = {1: "优秀", 2: "基本称职", 5: "不称职", 8: "称职", 9: "称职", 11: "未考核"}
    return (*last, *(Appraisal(who, 2026, grade, reason="病假" if grade == "未考核" else "") for who, grade in now.items()))


def contracts() -> tuple[PurchaseContract, ...]:
    """1 ran all year; 2 six months to the day, without an evaluation; 3 five months, evaluated; 4 a day less than six months, not evaluated."""
    year_end = date(2026, 12, 31)
    return (
        contract(1),
        contract(2, start=date(2026, 7, 1), end=date(2027, 6, 30)),
        contract(4, start=date(2026, 7, 2), end=year_end),
        contract(3, start=date(2026, 8, 1), end=year_end),
    )


def management() -> Management:
    """Evaluations of 87.00 and, weighted 2:1:1, 59.75; a window in 甲镇 and none in 乙镇; two promoted while in 甲镇."""
    poor = evaluation(
        3, contract=3, parties=(5950, 6100, 5900), party_weights=(2, 1, 1), dimensions=(6500, 6500, 6500), published=None, channel="", sample=None,
        rectification="限期补齐考勤记录", use="续签",
    )  # fmt: skip
    return Management(
        surveys=(survey(2), replace(survey(3), has_window=False, windows=0, staff=0, area=None, rules_posted=None)),
        workloads=(Workload(2, 2026, 80, 200), Workload(3, 2026, 120, 310), Workload(2, 2025, 1, 1)),
        problems=(
            Problem(1, date(2026, 3, 20), "没有统一受理窗口", "在便民服务中心设立窗口", due=date(2026, 10, 31), survey=3),
            Problem(2, date(2026, 3, 20), "表格样式不统一", "统一印制", mended=date(2026, 5, 6)),
            Problem(3, date(2025, 3, 20), "上年已改", "不再列", mended=date(2025, 12, 31), unit=2),
            Problem(4, date(2026, 5, 6), "检查发现的不列", unit=2, inspection=1),
        ),
        scales=(scale(),),
        grade_changes=(
            placed_on(1), placed_on(1, person=2, id=2), placed_on(2, date(2026, 5, 1), person=2, reason="晋升", id=3),
            placed_on(2, date(2026, 7, 1), reason="取得证书", id=4), placed_on(1, date(2026, 5, 1), person=5, id=5),
        ),
        evaluations=(evaluation(), poor),
        supervisions=supervised(BEFORE, DURING, DURING),
    )  # fmt: skip


def moved(period: str = "2026", as_of: date | None = None) -> Facts:
    """The county for a period of 2026."""
    lines = (funds(200_000_00, unit=2), funds(100_000_00, id=2), funds(50_000_00, id=3, unit=3, source="其他资金"))
    made = facts(
        UNITS, staff(), {2: 300, 3: 700}, period=period, as_of=as_of, contracts=contracts(), labour_contracts=terms(), appraisals=appraisals(),
        fund_lines=lines, fund_docs=[lines[0].document], management=management(),
    )  # fmt: skip
    return replace(made, gone=(_left(engagement(10, end=date(2025, 12, 31)), "个人辞职"),))


def sheets() -> tuple[Sheet, ...]:
    """The forms of the county."""
    return tuple(sheet for sheet in lay_all(moved(), TASK) if sheet.key in FORMS)
