"""工资层级与晋升: who may be promoted and why, what a result pays, who has not moved in 36 months; and who must be appraised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policy import example
from policy.appraising import to_appraise
from policy.example_management import managed, placed_on, scale
from policy.facts import Engagement, Facts
from policy.grade_facts import PerformanceRule
from policy.labour_facts import Appraisal
from policy.promotion import annual_of, candidates, factor, not_moved, performance_pay, promotions, standing

SOCIAL = "助理社会工作师"


def demanding() -> object:
    """A scale whose second grade asks three years, a certificate and two good years."""
    made = scale()
    grades = tuple(replace(g, certificate=SOCIAL, appraisal="称职", appraisals=2) if g.level == 2 else g for g in made.grades)
    return replace(made, grades=grades)


def worker(certificate: str = SOCIAL, **changes: object) -> Engagement:
    who = replace(example.person(), certificate=certificate)
    return example.engagement(who=who, standards=(example.standard(annual=5_000_000),), **changes)  # type: ignore[arg-type]


GOOD = (Appraisal(1, 2024, "称职"), Appraisal(1, 2025, "优秀"))


def county(since: date = date(2023, 12, 31), certificate: str = SOCIAL, appraisals: tuple[Appraisal, ...] = GOOD) -> Facts:
    return managed(scales=[demanding()], grade_changes=[placed_on(1, since)], engagements=[worker(certificate)], appraisals=appraisals)


def test_everything_there_may_be_promoted_with_the_reasons_in_words() -> None:
    (one,) = candidates(county())
    assert one.may and (one.grade.level, one.next.level, one.since) == (1, 2, date(2023, 12, 31))
    assert [c.words for c in one.conditions] == ["在现层级满 3 年（2026-12-31 满）", "社工证：要求助理社会工作师，现有助理社会工作师", "近 2 年考核称职以上：2024 年称职、2025 年优秀"]
    assert (one.annual, one.proposed) == (5_000_000, 12 * 450_000)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"since": date(2024, 1, 1)}, 0), ({"certificate": "无"}, 1), ({"appraisals": GOOD[1:]}, 2),
        ({"appraisals": (Appraisal(1, 2024, "基本称职"), GOOD[1])}, 2), ({"appraisals": (Appraisal(1, 2024, "未考核", reason="病假"), GOOD[1])}, 2),
    ],
)  # fmt: skip
def test_one_thing_missing_is_named(changes: dict[str, object], missing: int) -> None:
    (one,) = candidates(county(**changes))  # type: ignore[arg-type]
    assert not one.may and [not c.met for c in one.conditions] == [place == missing for place in range(3)]


def test_a_higher_certificate_has_the_lower_ones_rights() -> None:
    assert candidates(county(certificate="高级社会工作师"))[0].may


def test_the_top_grade_and_people_without_a_grade_have_nothing_above() -> None:
    assert candidates(managed(scales=[scale()], grade_changes=[placed_on(4)], engagements=[worker()])) == ()
    assert candidates(managed(scales=[scale()], engagements=[worker()])) == ()
    assert candidates(managed(engagements=[worker()])) == ()


def test_a_grade_stays_when_the_provider_changes() -> None:
    moved = [replace(worker(), id=1, end=date(2025, 12, 31)), replace(worker(start=date(2026, 1, 1)), id=2)]
    made = managed(scales=[scale()], grade_changes=[placed_on(1)], engagements=moved)
    assert standing(made)[1][0].level == 1 and [one.engagement.id for one in candidates(made)] == [2]


def test_promotions_are_ways_up_after_a_day() -> None:
    changes = [placed_on(2), placed_on(3, date(2024, 1, 1), reason="晋升", id=2), placed_on(2, date(2025, 1, 1), reason="考核降级", id=3)]
    made = managed(scales=[scale()], grade_changes=changes)
    assert [c.id for c in promotions(made, date(2023, 12, 31))] == [2]
    assert promotions(made, date(2024, 1, 1)) == ()


def test_nobody_moved_in_thirty_six_months() -> None:
    def of(start: date, *since: date, changes: tuple[date, ...] = ()) -> bool:
        standards = tuple(replace(example.standard(annual=5_000_000, since=day), id=n) for n, day in enumerate((start, *since), 1))
        moves = [placed_on(2, day, reason="晋升") for day in changes]
        return bool(not_moved(managed(engagements=[example.engagement(start=start, standards=standards)], scales=[scale()], grade_changes=moves)))

    assert of(date(2023, 12, 31)) and not of(date(2024, 1, 1))
    assert of(date(2020, 1, 1), date(2023, 12, 31)) and not of(date(2020, 1, 1), date(2024, 1, 1))
    assert not of(date(2020, 1, 1), changes=(date(2024, 1, 1),))


def test_what_a_result_pays() -> None:
    rules = (PerformanceRule("称职", None, 10000), PerformanceRule("称职", 9000, 10500), PerformanceRule("优秀", None, 12000))
    made = replace(scale(), rules=rules)
    assert factor(made, Appraisal(1, 2025, "称职", 8999)) == 10000
    assert factor(made, Appraisal(1, 2025, "称职", 9000)) == 10500
    assert factor(made, Appraisal(1, 2025, "称职")) == 10000
    assert factor(made, Appraisal(1, 2025, "不称职", 9999)) is None
    assert performance_pay(60_001, 10500) == 63_001  # 63,001.05
    assert annual_of(replace(scale().grades[0], year_end=1)) == 12 * 400_000 + 1
    assert annual_of(replace(scale().grades[0], items=())) is None


def test_two_engagements_without_a_day_between_are_one_service() -> None:
    who = example.person()
    halves = [example.engagement(1, who=who, start=date(2025, 7, 1), end=date(2025, 9, 30)), example.engagement(2, who=who, start=date(2025, 10, 1))]
    apart = [halves[0], example.engagement(2, who=who, start=date(2025, 10, 2))]
    assert [e.id for e in to_appraise(example.facts(engagements=halves), 2025)] == [2]
    assert to_appraise(example.facts(engagements=apart), 2025) == ()
    assert to_appraise(example.facts(engagements=[example.engagement(type="事业编制")]), 2025) == ()
