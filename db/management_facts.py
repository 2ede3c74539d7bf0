"""The management year of a book as of a date: each table read once, its rows hung on their owner; what came later is not known yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, or_, select, text

from db.as_of import in_force
from db.model import TABLES
from policy.evaluation_facts import Disclosure, Evaluation, Supervision
from policy.grade_facts import Grade, GradeChange, PayScale, PerformanceRule
from policy.kinds.ticked import ticks
from policy.management_facts import (
    Consent,
    IncomingDoc,
    Inspection,
    Management,
    Meeting,
    PlanDoc,
    Problem,
    PublicTask,
    RecruitBatch,
    RecruitLine,
    Reward,
    SurveyWindow,
    Training,
    Workload,
)

T = TABLES


def management(connection: Connection, day: date) -> Management:
    """Everything of the management year up to `day`, for `Facts.management`."""

    def known(on: date | None) -> date | None:
        return on if on is not None and on <= day else None

    def consents(row: Row[Any]) -> tuple[Consent, Consent]:
        def of(organ: str | None, on: date | None, doc_no: str | None) -> Consent:
            return Consent() if on is not None and on > day else Consent(organ or "", on, doc_no or "")

        return of(row.party_organ, row.party_on, row.party_no), of(row.government_organ, row.government_on, row.government_no)

    used = _used(connection)

    def table(name: str, by: str = "id", *where: ColumnElement[bool]) -> list[Row[Any]]:
        """Rows dated (by a column) not after the day, or undated; ascending by date, then id."""
        if name not in used:
            return []
        of = T[name]
        query = select(of).where(*where).order_by(of.c[by], of.c.id)
        return list(connection.execute(query if by == "id" else query.where(or_(of.c[by].is_(None), of.c[by] <= day))))

    def hanging(name: str, owner: str, by: str = "id") -> dict[int, list[Row[Any]]]:
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in table(name, by):
            found[getattr(row, owner)].append(row)
        return found

    lines, people, heads = recruit_lines(connection, day) if "recruit_line" in used else {}, hanging("training_person", "training"), hanging("plan_head", "document")
    return Management(
        recruits=tuple(
            RecruitBatch(
                row.id, row.name, row.recruiter or "", row.plan_no or "", *consents(row), known(row.announced), row.channel or "",
                row.method or "", row.conditions or "", row.due,
                lines.get(row.id, ()),
            )
            for row in table("recruit_batch", "announced")
        ),
        trainings=tuple(
            Training(
                row.id, row.name, row.kind, row.organiser, row.held, row.hours, row.place or "", row.called, row.came,
                tuple((one.person, one.attended) for one in people[row.id]),
            )
            for row in table("training", "held")
        ),
        meetings=tuple(
            Meeting(
                row.id, row.name, row.kind, row.level, row.held, row.chair or "", ticks(row.departments), ticks(row.topics), row.minutes_no or "",
                known(row.reported),
            )
            for row in table("meeting", "held")
        ),
        documents=tuple(
            PlanDoc(
                row.id, row.kind, row.title or "", row.year, row.stage or "", row.doc_no or "", row.dated, *consents(row), ticks(row.contents),
                row.must_publish, known(row.published), row.channel or "", row.must_report, known(row.reported), row.due,
                {one.unit: one.heads for one in heads[row.id]}, row.fund_rate, row.conditions or "", row.method or "",
            )
            for row in table("plan_doc", "dated")
        ),
        surveys=tuple(
            SurveyWindow(
                row.id, row.unit, row.as_of, row.has_window, row.name or "", row.windows, row.staff, row.computers, row.printers, row.area,
                row.rules_posted,
            )
            for row in connection.execute(in_force(T["survey_window"], "unit", day, "as_of").order_by(T["survey_window"].c.unit))
        ),
        workloads=tuple(
            Workload(row.unit, row.year, row.accepted, row.visited)
            for row in table("workload", "id", T["workload"].c.year.between(day.year - 1, day.year))
        ),
        inspections=tuple(
            Inspection(row.id, row.organ, row.kind, row.held, row.score, row.rank or "", row.finding or "") for row in table("inspection", "held")
        ),
        problems=tuple(
            Problem(
                row.id, row.found_on, row.what, row.measure or "", row.responsible or "", row.due, known(row.mended), row.proof or "", row.unit,
                row.survey, row.inspection,
            )
            for row in table("problem", "found_on")
        ),
        rewards=tuple(
            Reward(row.id, row.given, row.kind, row.title, row.organ or "", row.doc_no or "", row.person, row.unit) for row in table("reward", "given")
        ),
        incoming=tuple(
            IncomingDoc(
                row.id, row.title, row.received, row.organ or "", row.doc_no or "", row.asks or "", row.handler or "", row.due, known(row.done),
                ticks(row.forms),
            )
            for row in table("incoming_doc", "received")
        ),
        scales=_scales(connection, day) if "pay_scale" in used else (),
        grade_changes=tuple(
            GradeChange(row.id, row.person, row.since, row.grade, row.reason, row.document or "") for row in table("grade_change", "since")
        ),
        evaluations=tuple(_evaluation(row, known) for row in table("evaluation", "evaluated", T["evaluation"].c.year <= day.year)),
        supervisions=tuple(
            Supervision(row.id, row.contract, row.phase, row.held, row.by or "", row.finding or "", known(row.mended))
            for row in table("supervision", "held")
        ),
        disclosures=tuple(
            Disclosure(row.id, row.contract, row.kind, row.published, row.channel or "", row.url or "") for row in table("disclosure", "published")
        ),
        public_tasks=tuple(
            PublicTask(row.id, row.name, row.period, row.personal) for row in table("report_task", "id", T["report_task"].c.public)
        ),
    )  # fmt: skip


_READ: Final = (
    "recruit_batch", "recruit_line", "training", "training_person", "meeting", "plan_doc", "plan_head", "workload", "inspection", "problem", "reward",
    "incoming_doc", "pay_scale", "grade_change", "evaluation", "supervision", "disclosure", "report_task",
)  # fmt: skip
_ANY: Final = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in _READ)


def _used(connection: Connection) -> set[str]:
    """The registers that hold anything: most counties keep few of them, and reading an empty one costs as much as a short one."""
    return {name for (name,) in connection.execute(text(_ANY))}


def recruit_lines(connection: Connection, day: date) -> dict[int, tuple[RecruitLine, ...]]:
    """Batch → its units with the newest count up to `day`; whoever is registered as coming from it and had entered by then is on post at least."""
    engagement = T["engagement"]
    came = (engagement.c.recruit_line.is_not(None), engagement.c.start <= day)
    here = Counter(connection.execute(select(engagement.c.recruit_line).where(*came)).scalars())
    counts = {row.line: row for row in connection.execute(in_force(T["recruit_count"], "line", day, "as_of"))}
    found: dict[int, tuple[RecruitLine, ...]] = {}
    for row in connection.execute(select(T["recruit_line"]).order_by(T["recruit_line"].c.id)):
        one, heads = counts.get(row.id), here[row.id]
        known = {name: getattr(one, name) if one else None for name in ("applied", "qualified", "interviewed", "publicised")}
        on_post = _at_least(one.on_post if one else None, heads)
        hired = _at_least(one.hired if one else None, on_post if heads else 0)
        counted = one.as_of if one else None
        line = RecruitLine(row.id, row.unit, row.planned, **known, hired=hired, on_post=on_post, due=row.due, counted=counted)
        found[row.batch] = (*found.get(row.batch, ()), line)
    return found


def _at_least(typed: int | None, heads: int | None) -> int | None:
    return max(typed or 0, heads) if heads else typed


def _scales(connection: Connection, day: date) -> tuple[PayScale, ...]:
    scale, grade, item, rule = (T[name] for name in ("pay_scale", "pay_grade", "pay_grade_item", "performance_rule"))
    items: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for row in connection.execute(select(item).order_by(item.c.id)):
        items[row.grade].append((row.item, row.monthly))
    grades: dict[int, list[Grade]] = defaultdict(list)
    for row in connection.execute(select(grade).order_by(grade.c.level)):
        asked = "" if row.certificate in (None, "无") else row.certificate
        made = Grade(row.id, row.level, row.name, tuple(items[row.id]), row.year_end, row.years, asked, row.appraisal or "", row.appraisals)
        grades[row.scale].append(made)
    rules: dict[int, list[PerformanceRule]] = defaultdict(list)
    for row in connection.execute(select(rule).order_by(rule.c.id)):
        rules[row.scale].append(PerformanceRule(row.grade, row.low, row.factor * 100))
    return tuple(
        PayScale(
            row.id, row.name, row.since, row.document or "", row.performance_share, row.performance_rule or "", tuple(grades[row.id]),
            tuple(rules[row.id]),
        )
        for row in connection.execute(select(scale).where(scale.c.since <= day).order_by(scale.c.since))
    )  # fmt: skip


def _evaluation(row: Row[Any], known: Any) -> Evaluation:
    return Evaluation(
        row.id, row.contract, row.year, row.evaluated,
        (row.buyer_score, row.client_score, row.third_score), (row.buyer_weight, row.client_weight, row.third_weight),
        (row.result_score, row.project_score, row.impact_score), (row.result_weight, row.project_weight, row.impact_weight),
        row.third_party or "", row.sample, row.grade or "", known(row.published), row.channel or "", row.rectification or "",
        known(row.rectified), row.use or "",
    )  # fmt: skip
