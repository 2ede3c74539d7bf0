"""The four stages stand in the shipped file as the notice has them, and bind the year they name alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policy.example_management import batch, document, induction, managed, meeting
from policy.facts import Facts
from policy.management_facts import CONTENTS, SURVEY_REPORT, Consent
from policy.rules import RULES
from policy.stage_progress import DONE, DONE_LATE, LATE, OPEN, progress
from policy.stages import STAGES, stages


def test_the_dates_of_the_notice() -> None:
    plan = stages()
    assert (plan.year, plan.document) == (2019, "粤民函〔2019〕453号")
    assert [(s.id, s.first, s.last) for s in plan.stages] == [
        ("S1", date(2019, 3, 11), date(2019, 3, 31)), ("S2", date(2019, 4, 1), date(2019, 4, 15)), ("S3", date(2019, 4, 16), date(2019, 6, 15)),
        ("S4", date(2019, 6, 16), date(2019, 7, 15)),
    ]  # fmt: skip
    assert tuple(s.name for s in plan.stages) == STAGES


@pytest.mark.parametrize("year", [2020, 2021, 2026, 2031])
def test_no_deadline_is_invented_for_another_year(year: int) -> None:
    made = managed(period=str(year))
    assert [one for rule in RULES if rule.id[0] == "S" for one in rule.find(rule, made)] == []


def test_an_empty_book_of_2019_hears_of_every_stage_by_the_years_end() -> None:
    made = managed(period="2019")
    assert {rule.id for rule in RULES if rule.id[0] == "S" and list(rule.find(rule, made))} == {"S1", "S2", "S3", "S5"}


def states(facts: Facts) -> dict[str, str]:
    return {step.what: step.state(facts.period.as_of) for step in progress(facts)}


def test_every_matter_of_the_notice_is_due_on_the_last_day_of_its_stage_or_has_no_day() -> None:
    plan = stages()
    for matter in plan.matters:
        assert matter.due in (None, plan.stage(matter.stage).last), matter.label
    assert {matter.stage for matter in plan.matters} == {"S1", "S2", "S3", "S4"}
    assert {matter.of for matter in plan.matters if matter.due and matter.kind == "材料"} == set(plan.stage("S1").documents)


@pytest.mark.parametrize(
    ("dated", "day", "said"),
    [
        (None, date(2019, 3, 31), OPEN), (None, date(2019, 4, 1), LATE), (date(2019, 3, 31), date(2019, 4, 1), DONE),
        (date(2019, 4, 1), date(2019, 4, 1), DONE_LATE),
    ],
)  # fmt: skip
def test_a_report_is_late_from_the_day_after(dated: date | None, day: date, said: str) -> None:
    documents = [document(SURVEY_REPORT, year=2019, dated=dated)] if dated else []
    assert states(managed(period="2019", as_of=day, documents=documents))["调研报告"] == said


def test_a_meeting_counts_when_its_topics_are_all_taken_up() -> None:
    topics, name = stages().topics, "联席会议（至少 1 次）"
    first = meeting(1, held=date(2019, 4, 2), topics=topics[:2])
    second = meeting(2, held=date(2019, 4, 16), topics=topics[2:])
    assert states(managed(period="2019", as_of=date(2019, 4, 15), meetings=[first]))[name] == OPEN
    assert states(managed(period="2019", as_of=date(2019, 4, 16), meetings=[first]))[name] == LATE
    assert states(managed(period="2019", as_of=date(2019, 4, 16), meetings=[first, second]))[name] == DONE_LATE


def test_a_plan_lacks_what_it_lacks() -> None:
    plan = document(dated=date(2019, 5, 1), year=2019, published=None, contents=CONTENTS[:3], party=Consent())
    (step,) = [one for one in progress(managed(period="2019", as_of=date(2019, 6, 16), documents=[plan])) if one.what == "具体操作方案"]
    assert (step.whole, step.done, step.state(date(2019, 6, 16))) == (False, None, LATE)
    assert all(word in step.said for word in ("党委同意", CONTENTS[3], "公开日期")) and "政府同意" not in step.said


def test_a_city_report_needs_the_day_it_went_up() -> None:
    of_city = meeting(held=date(2019, 4, 10), level="市", topics=(*stages().topics, stages().city_topic))
    assert states(managed(period="2019", as_of=date(2019, 4, 16), meetings=[of_city]))["联席会议纪要"] == LATE
    sent = replace(of_city, reported=date(2019, 4, 15))
    assert states(managed(period="2019", as_of=date(2019, 4, 16), meetings=[sent]))["联席会议纪要"] == DONE


def test_the_evidence_is_named_and_its_files_counted() -> None:
    report = document(SURVEY_REPORT, 7, year=2019, dated=date(2019, 3, 20))
    facts = replace(managed(period="2019", documents=[report]), attachments={("plan_doc", 7): 2})
    (step,) = [one for one in progress(facts) if one.what == "调研报告"]
    assert (step.records, step.files, step.table) == ((("plan_doc", 7),), 2, "plan_doc")


def test_another_year_has_only_the_days_somebody_wrote_down() -> None:
    assert progress(managed()) == ()
    documents = [document(year=2026, due=None), document("自查报告", 2, year=2026, dated=date(2026, 11, 2), reported=None, due=date(2026, 10, 31))]
    found = {step.what: step for step in progress(managed(documents=documents, recruits=[batch()], meetings=[meeting()], trainings=[induction(1)]))}
    assert [step.due for step in found.values()] == [None, None, date(2026, 6, 15), date(2026, 10, 31), None]
    day = date(2026, 12, 31)
    assert found["自查报告"].state(day) == LATE and found["招录：2026年第一批"].state(day) == DONE
