"""Made-up records of the management year for the cases of rules and for tests: each in order as it stands, so that a case changes one thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from policy import example
from policy.evaluation_facts import Evaluation, Supervision
from policy.facts import Facts
from policy.grade_facts import Grade, GradeChange, PayScale
from policy.management_facts import (
    CONTENTS,
    INDUCTION,
    JOINT_MEETING,
    OPERATING_PLAN,
    PARTNERS,
    Consent,
    Management,
    Meeting,
    PlanDoc,
    RecruitBatch,
    RecruitLine,
    SurveyWindow,
    Training,
)
from policy.stages import stages


def meeting(id: int = 1, **changes: Any) -> Meeting:
    """A county joint meeting of 10 March 2026 with all partners and minutes."""
    made = Meeting(id, "联席会议", JOINT_MEETING, "县", date(2026, 3, 10), "副县长", ("民政", *PARTNERS), ("研究年度工作要点",), "东府办纪〔2026〕2号")
    return replace(made, **changes)


def document(kind: str = OPERATING_PLAN, id: int = 1, **changes: Any) -> PlanDoc:
    """A document of 1 April 2026 with both consents, all four contents, published and reported."""
    made = PlanDoc(
        id, kind, kind, 2026, dated=date(2026, 4, 1), doc_no="东民〔2026〕8号", party=Consent("中共东岭县委", date(2026, 3, 20), "东委办〔2026〕5号"),
        government=Consent("东岭县人民政府", date(2026, 3, 25), "东府函〔2026〕9号"), contents=CONTENTS, must_publish=True, published=date(2026, 4, 2),
        channel="政府网站", must_report=True, reported=date(2026, 4, 3),
    )  # fmt: skip
    return replace(made, **changes)


def batch(*lines: RecruitLine, id: int = 1, **changes: Any) -> RecruitBatch:
    """A batch announced on 10 April 2026, to be done by 15 June 2026; by default two people for unit 2, both in post."""
    both = Consent("中共东岭县委", date(2026, 3, 20)), Consent("东岭县人民政府", date(2026, 3, 25))
    made = RecruitBatch(
        id, "2026年第一批", "东岭县民政局", "东民〔2026〕8号", *both, date(2026, 4, 10), "政府网站", "公开招聘", "大专以上", date(2026, 6, 15),
        lines or (RecruitLine(1, 2, 2, 9, 7, 3, 2, 2, 2),),
    )  # fmt: skip
    return replace(made, **changes)


def induction(*people: int, held: date = date(2026, 6, 20), id: int = 1) -> Training:
    """入职培训 attended by these people."""
    return Training(id, "入职培训", INDUCTION, "县", held, 16, people=tuple((person, True) for person in people))


def survey(unit: int = 2, **changes: Any) -> SurveyWindow:
    """A unit with a window, seen on 20 March 2026."""
    return replace(SurveyWindow(unit, unit, date(2026, 3, 20), True, "社会救助窗口", 1, 2, 2, 1, 40, True), **changes)


def scale(**changes: Any) -> PayScale:
    """Four grades since 2022, 3,000.00 元 + 1,000.00 元 绩效 a month on the first and 500.00 元 more on each next one."""
    grades = tuple(
        Grade(level, level, f"{level}级", (("基本工资", 250_000 + 50_000 * level), ("绩效工资", 100_000)), None, 3 if level > 1 else None)
        for level in range(1, 5)
    )
    return replace(PayScale(1, "工资层级方案", date(2022, 1, 1), "东民〔2022〕1号", 2500, "按考核结果", grades), **changes)


def placed_on(grade: int, since: date = date(2022, 1, 1), *, person: int = 1, reason: str = "首次定级", id: int = 1) -> GradeChange:
    """A person put on a grade."""
    return GradeChange(id, person, since, grade, reason)


def evaluation(id: int = 1, **changes: Any) -> Evaluation:
    """The 2026 evaluation of contract 1: 90, 84 and 87 by the parties, 88, 86 and 87 by dimension, published."""
    made = Evaluation(
        id, 1, 2026, date(2026, 12, 10), (9000, 8400, 8700), dimensions=(8800, 8600, 8700), third_party="岭东评估中心", sample=60,
        published=date(2026, 12, 20), channel="政府网站",
    )  # fmt: skip
    return replace(made, **changes)


def supervised(*phases: str, contract: int = 1) -> tuple[Supervision, ...]:
    """One act of supervision a phase."""
    return tuple(Supervision(number, contract, phase, date(2026, number, 1), "林志强") for number, phase in enumerate(phases, 1))


def managed(*, period: str = "2026", as_of: date | None = None, settings: Any = None, engagements: Any = (), units: Any = None, **tables: Any) -> Facts:
    """Facts with these registers of the management year (by the names of `Management`); the other names are those of `Facts`."""
    own = {name: tuple(rows) for name, rows in tables.items() if name in Management.__dataclass_fields__}
    rest = {name: rows for name, rows in tables.items() if name not in own}
    return example.facts(units, engagements, period=period, as_of=as_of, settings=settings, management=Management(**own), **rest)


def of_2019(id: str, days_after: int = 1, **tables: Any) -> Facts:
    """`managed` facts of 2019, so many days after the last day of a stage."""
    last = stages().stage(id).last
    return managed(period="2019", as_of=date.fromordinal(last.toordinal() + days_after), **tables)
