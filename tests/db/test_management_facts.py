"""The management year read back from the book: every field, and nothing dated after the as-of date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db import facts as db_facts
from db.book import Book
from db.change import Refused
from db.labels import label
from db.model import TABLES
from policy import example
from policy.facts import Facts
from policy.management_facts import Consent, Management
from policy.period import parse_period
from policy.promotion import standing
from policy.turnover import turnover, whole
from tests.db.records import county, new, worker

END = date(2026, 12, 31)
MANAGEMENT = ("recruit_batch", "recruit_line", "recruit_count", "training", "training_person", "meeting", "plan_doc", "plan_head", "survey_window", "workload", "inspection",
              "problem", "reward", "incoming_doc", "contact", "handover", "handover_item", "pay_scale", "pay_grade", "pay_grade_item", "performance_rule",
              "grade_change", "evaluation", "supervision", "disclosure")  # fmt: skip
CONTRACT = {"no": "DL-001", "name": "派遣协议", "kind": "劳务派遣", "procured_as": "其他", "start": date(2026, 1, 1), "end": END}


def read(book: Book, day: date = END, period: str = "") -> Facts:
    return book.read(db_facts.read, example.parameters(day), parse_period(period or str(day.year), day))


def year(book: Book, day: date = END) -> Management:
    return read(book, day).management


@pytest.fixture
def kept(book: Book) -> Book:
    book.act("新建", [
        *county(), *worker(1), *worker(2), new("purchase_contract", 1, **CONTRACT),
        new("recruit_batch", 1, name="第一批", party_organ="县委", party_on=date(2026, 3, 1), party_no="委〔1〕", government_on=date(2026, 3, 5), announced=date(2026, 4, 1),
            method="公开招聘", due=date(2026, 6, 15)),
        new("recruit_line", 1, batch=1, unit=2, planned=3, due=date(2026, 7, 1)), new("recruit_line", 2, batch=1, unit=3, planned=1),
        new("recruit_count", 1, line=1, as_of=date(2026, 5, 1), applied=7), new("recruit_count", 2, line=1, as_of=date(2026, 6, 15), applied=9, hired=2, on_post=2),
        new("training", 1, name="岗前", kind="入职培训", held=date(2026, 6, 20), hours=8), new("training_person", 1, training=1, person=1),
        new("training_person", 2, training=1, person=2, attended=False), new("training", 2, name="业务", kind="业务培训", held=date(2026, 7, 1), called=9, came=7),
        new("meeting", 1, name="联席", kind="联席会议", held=date(2026, 3, 10), departments="民政、编办", topics="研究年度工作要点、本县自定议题", minutes_no="纪1", reported=date(2026, 4, 2)),
        new("plan_doc", 1, kind="具体操作方案", dated=date(2026, 4, 1), party_on=date(2026, 3, 20), government_organ="县政府", government_on=date(2026, 3, 25), government_no="府9",
            contents="人员配比、招录方式", must_publish=True, published=date(2026, 4, 10), fund_rate=350, conditions="大专", method="公开招聘", due=date(2026, 5, 1)),
        new("plan_head", 1, document=1, unit=2, heads=4), new("plan_doc", 2, kind="自查报告", year=2026, must_report=True),
        new("survey_window", 1, unit=2, as_of=date(2026, 3, 1), has_window=False), new("survey_window", 2, unit=2, as_of=date(2026, 9, 1), has_window=True, windows=2, area=40),
        new("workload", 1, unit=2, year=2026, accepted=10, visited=20), new("workload", 2, unit=2, year=2024, accepted=1),
        new("inspection", 1, organ="市局", kind="市级检查", held=date(2026, 5, 1), score=9150, rank="第3名"),
        new("problem", 1, survey=1, unit=2, found_on=date(2026, 3, 1), what="没有窗口", due=date(2026, 8, 31), mended=date(2026, 9, 1)),
        new("problem", 2, inspection=1, found_on=date(2026, 5, 1), what="记录不全"),
        new("reward", 1, person=1, given=date(2026, 10, 1), kind="表彰", title="先进"), new("incoming_doc", 1, title="通知", received=date(2026, 11, 1), forms="表7、JB14", done=date(2026, 11, 20)),
        new("pay_scale", 1, name="旧方案", since=date(2020, 1, 1)), new("pay_scale", 2, name="新方案", since=date(2026, 7, 1), document="东民3号", performance_share=2000),
        new("pay_grade", 1, scale=1, level=1, name="一级"), new("pay_grade", 2, scale=2, level=2, name="二级", years=3, certificate="社会工作师", appraisal="称职", appraisals=2, year_end=500),
        new("pay_grade", 3, scale=2, level=1, name="一级", certificate="无"), new("pay_grade_item", 1, grade=2, item="基本工资", monthly=400_000),
        new("pay_grade_item", 2, grade=2, item="绩效工资", monthly=60_000), new("performance_rule", 1, scale=2, grade="优秀", low=9000, factor=120),
        new("grade_change", 1, person=1, grade=1, since=date(2020, 1, 1), reason="首次定级"), new("grade_change", 2, person=1, grade=2, since=date(2026, 8, 1), document="东民9号"),
        new("evaluation", 1, contract=1, year=2026, evaluated=date(2026, 12, 1), buyer_score=9000, client_score=8000, third_score=7000, third_weight=2, impact_score=100, sample=60,
            published=date(2026, 12, 10), rectification="补台账", use="续签"),
        new("supervision", 1, contract=1, phase="事中", held=date(2026, 6, 1), finding="缺考勤", mended=date(2026, 6, 10)),
        new("disclosure", 1, contract=1, kind="合同公告", published=date(2026, 1, 5), channel="政府网站"),
    ])  # fmt: skip
    return book


def test_every_table_has_its_name_and_every_field_a_label() -> None:
    for table in MANAGEMENT:
        assert label(table)
        for column in TABLES[table].columns:
            assert column.primary_key or column.foreign_keys or column.info["field"].label, (table, column.name)


def test_recruitment_with_consents_and_lines(kept: Book) -> None:
    (batch,) = year(kept).recruits
    assert (batch.party, batch.government) == (Consent("县委", date(2026, 3, 1), "委〔1〕"), Consent("", date(2026, 3, 5), ""))
    assert batch.agreed_on == date(2026, 3, 5)
    assert [(line.unit, line.planned, line.applied, line.on_post, line.due) for line in batch.lines] == [(2, 3, 9, 2, date(2026, 7, 1)), (3, 1, None, None, None)]


@pytest.mark.parametrize(
    ("day", "applied", "hired", "on_post", "counted"),
    [
        (date(2026, 4, 30), None, None, None, None),
        (date(2026, 5, 1), 7, None, None, date(2026, 5, 1)),
        (date(2026, 6, 14), 7, None, None, date(2026, 5, 1)),
        (date(2026, 6, 15), 9, 2, 2, date(2026, 6, 15)),
        (date(2026, 12, 31), 9, 2, 2, date(2026, 6, 15)),
    ],
)
def test_counts_of_a_batch_are_those_of_the_day(kept: Book, day: date, applied: int, hired: int, on_post: int, counted: date) -> None:
    line = year(kept, day).recruits[0].lines[0]
    assert (line.applied, line.hired, line.on_post, line.counted) == (applied, hired, on_post, counted)


def test_who_came_by_a_batch_is_on_post_from_the_day_of_entry(kept: Book) -> None:
    came = [(date(2026, 5, 20), 9), (date(2026, 6, 20), 10), (date(2026, 6, 21), 11)]
    kept.act("新", [one for start, number in came for one in (new("person", number, name=f"新{number}"), new("engagement", number, person=number, start=start, recruit_line=1))])

    def line(day: date) -> tuple[int | None, int | None]:
        one = year(kept, day).recruits[0].lines[0]
        return one.hired, one.on_post

    assert [line(date(2026, month, day)) for month, day in ((5, 19), (5, 20), (6, 15), (6, 20), (6, 21))] == [(None, None), (1, 1), (2, 2), (2, 2), (3, 3)]


def test_trainings_count_their_list_or_the_numbers_typed(kept: Book) -> None:
    assert [(t.kind, t.expected, t.attended) for t in year(kept).trainings] == [("入职培训", 2, 1), ("业务培训", 9, 7)]


def test_meetings_and_documents(kept: Book) -> None:
    found = year(kept)
    (meeting,) = found.meetings
    assert (meeting.departments, meeting.topics, meeting.reported) == (("民政", "编办"), ("研究年度工作要点", "本县自定议题"), date(2026, 4, 2))
    report, plan = found.documents
    assert (report.kind, report.dated, report.must_report, report.reported) == ("自查报告", None, True, None)
    assert (plan.contents, plan.heads, plan.fund_rate, plan.agreed_on, plan.published) == (("人员配比", "招录方式"), {2: 4}, 350, date(2026, 3, 25), date(2026, 4, 10))


def test_grades_of_the_scale_in_force(kept: Book) -> None:
    found = year(kept)
    scale = found.scale()
    assert scale and (scale.name, scale.document, [g.level for g in scale.grades]) == ("新方案", "东民3号", [1, 2])
    assert [(g.certificate, g.monthly, g.performance) for g in scale.grades] == [("", None, 0), ("社会工作师", 460_000, 60_000)]
    assert [(r.grade, r.low, r.factor) for r in scale.rules] == [("优秀", 9000, 12000)]
    assert standing(read(kept))[1][0].name == "二级"
    before = year(kept, date(2026, 6, 30)).scale()
    assert before and before.name == "旧方案"


def test_evaluation_supervision_disclosure(kept: Book) -> None:
    found = year(kept)
    (evaluation,), (supervision,), (disclosure,) = found.evaluations, found.supervisions, found.disclosures
    assert (evaluation.parties, evaluation.party_weights, evaluation.dimensions) == ((9000, 8000, 7000), (1, 1, 2), (None, None, 100))
    assert (supervision.phase, supervision.mended, disclosure.kind) == ("事中", date(2026, 6, 10), "合同公告")


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("recruits", date(2026, 4, 1)), ("trainings", date(2026, 6, 20)), ("meetings", date(2026, 3, 10)), ("inspections", date(2026, 5, 1)), ("problems", date(2026, 3, 1)),
        ("rewards", date(2026, 10, 1)), ("incoming", date(2026, 11, 1)), ("evaluations", date(2026, 12, 1)), ("supervisions", date(2026, 6, 1)),
        ("disclosures", date(2026, 1, 5)), ("surveys", date(2026, 3, 1)), ("scales", date(2020, 1, 1)), ("grade_changes", date(2020, 1, 1)),
    ],
)  # fmt: skip
def test_nothing_is_known_before_its_day(kept: Book, name: str, day: date) -> None:
    assert getattr(year(kept, day), name)
    assert not getattr(year(kept, day - timedelta(days=1)), name)


def test_what_was_done_later_is_still_open(kept: Book) -> None:
    early, late = date(2026, 3, 4), END
    assert year(kept, date(2026, 4, 1)).meetings[0].reported is None and year(kept, late).meetings[0].reported
    assert [p.mended for p in year(kept, date(2026, 8, 31)).problems] == [None, None]
    assert [p.mended for p in year(kept, date(2026, 9, 1)).problems] == [date(2026, 9, 1), None]
    assert year(kept, date(2026, 11, 19)).incoming[0].done is None and year(kept, late).incoming[0].done == date(2026, 11, 20)
    assert year(kept, date(2026, 12, 9)).evaluations[0].published is None
    assert year(kept, date(2026, 4, 9)).documents[-1].published is None
    assert [s.has_window for s in year(kept, date(2026, 8, 31)).surveys] == [False]
    assert [s.has_window for s in year(kept, date(2026, 9, 1)).surveys] == [True]
    kept.act("改", [new("recruit_batch", 2, name="未公告", party_on=date(2026, 3, 1), government_on=date(2026, 3, 5))])
    (waiting,) = year(kept, early).recruits
    assert waiting.government == Consent() and waiting.agreed_on is None


def test_workloads_of_this_year_and_the_one_before(kept: Book) -> None:
    assert [(w.year, w.accepted, w.visited) for w in year(kept).workloads] == [(2026, 10, 20)]


def test_who_left_on_the_eve_stands_apart_with_closed_units(book: Book) -> None:
    eve = date(2025, 12, 31)
    book.act("新建", [*county(), *worker(1), *worker(2, end=eve), *worker(3, end=date(2025, 12, 30)), new("unit", 4, sort_no=4, closed=eve),
                    new("unit_version", 4, unit=4, since=date(2000, 1, 1), name="旧镇", type="乡镇", parent=1)])  # fmt: skip
    facts = read(book)
    assert ([e.id for e in facts.engagements], [e.id for e in facts.gone]) == ([1], [2])
    assert ([u.id for u in facts.units], [u.id for u in facts.gone_units]) == ([1, 2, 3], [4])
    total = whole(turnover(facts))
    assert ([e.id for e in total.opening], [e.engagement.id for e in total.left], [e.id for e in total.closing]) == ([1, 2], [2], [1])


def test_the_recruit_line_of_an_engagement(kept: Book) -> None:
    kept.act("新", [new("person", 9, name="新人"), new("engagement", 9, person=9, start=date(2026, 6, 1), recruit_line=1)])
    assert [e.recruit_line for e in read(kept).engagements] == [None, None, 1]


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("evaluation", {"contract": 1, "year": 2026}), ("survey_window", {"unit": 2, "as_of": date(2026, 3, 1)}), ("plan_head", {"document": 1, "unit": 2, "heads": 1}),
        ("grade_change", {"person": 1, "grade": 1, "since": date(2026, 8, 1)}), ("recruit_line", {"batch": 1, "unit": 2, "planned": 1}), ("workload", {"unit": 2, "year": 2026}),
        ("training_person", {"training": 1, "person": 1}), ("pay_grade", {"scale": 2, "level": 2, "name": "又一级"}),
    ],
)  # fmt: skip
def test_a_second_record_of_one_matter_is_refused(kept: Book, table: str, values: dict[str, object]) -> None:
    with pytest.raises(Refused):
        kept.act("再来", [new(table, 99, **values)])


def test_tasks_for_publication_are_known_to_the_check_of_personal_details(kept: Book) -> None:
    task = {"name": "年报", "short": "年报", "forms": "封面、表2", "signatories": "填报人"}
    kept.act("任务", [
        new("report_task", 1, period="2026", public=True, personal=True, **task), new("report_task", 2, period="2025", public=True, **task),
        new("report_task", 3, period="2024", personal=True, **task),
    ])  # fmt: skip
    assert [(one.id, one.name, one.period, one.personal) for one in year(kept).public_tasks] == [(1, "年报", "2026", True), (2, "年报", "2025", False)]
