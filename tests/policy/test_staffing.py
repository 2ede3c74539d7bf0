"""应配备 and 实际配备: every vector of the edges, who counts where, and shortfalls that are never netted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import example
from policy.example import engagement, facts, unit
from policy.facts import BUREAU, INSTITUTION, VILLAGE, Absence, Assignment, Engagement, Facts, Term
from policy.figures import number
from policy.placing import Placed, last_assignment, placed, reporting_assignment, row_unit, term_on
from policy.staffing import Staffing, arithmetic, band_words, need, staffing, totals

D = date(2026, 12, 31)
PARAMETERS = example.parameters()
COUNTY, TOWN = PARAMETERS.county_bands, PARAMETERS.town_bands
UNITS = (unit(1, type=BUREAU), unit(2), unit(3), unit(4, "东门村", VILLAGE, parent=2), unit(5, type=INSTITUTION))


@pytest.mark.parametrize(
    ("households", "high", "low"),
    [
        (0, 2, 2),
        (2999, 2, 2),
        (3000, 4, 2),
        (3001, 4, 4),
        (4999, 4, 4),
        (5000, 6, 4),
        (5001, 6, 6),
        (7999, 6, 6),
        (8000, 10, 6),
        (8001, 10, 10),
    ],
)
def test_need_of_a_county(households: int, high: int, low: int) -> None:
    assert need(households, COUNTY, "就高") == high
    assert need(households, COUNTY, "就低") == low


@pytest.mark.parametrize(
    ("households", "high", "low"), [(0, 2, 2), (299, 2, 2), (300, 4, 2), (301, 4, 4), (599, 4, 4), (600, 6, 4), (601, 6, 6)]
)
def test_need_of_a_town(households: int, high: int, low: int) -> None:
    assert need(households, TOWN, "就高") == high
    assert need(households, TOWN, "就低") == low


def test_a_fraction_of_a_household_is_not_rounded_onto_the_edge() -> None:
    assert need(Fraction(8999, 30), TOWN, "就高") == 2
    assert need(Fraction(9001, 30), TOWN, "就低") == 4


def test_band_words() -> None:
    assert [band_words(n, TOWN, "就高") for n in (299, 300, 600)] == ["300户以下", "300户到600户", "600户以上"]
    assert [band_words(n, TOWN, "就低") for n in (300, 600, 601)] == ["300户以下", "300户到600户", "600户以上"]


@given(st.integers(0, 20_000))
def test_the_two_modes_differ_only_on_a_bound(households: int) -> None:
    differs = need(households, COUNTY, "就高") != need(households, COUNTY, "就低")
    assert differs == (households in COUNTY.bounds)


def test_the_worked_county() -> None:
    lines = staffing(example.worked_county())
    assert [line.need for line in lines] == [6, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 6, 6, 6]
    assert [len(line.counted) for line in lines] == [5, 2, 2, 2, 3, 4, 5, 4, 3, 4, 4, 4, 5, 6]
    assert [line.shortfall for line in lines] == [1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 2, 1, 0]
    assert lines[0].households == 5849
    assert [line.at_bound for line in lines if line.at_bound] == [300, 600]
    assert [line.near_bound for line in lines if line.near_bound] == [300, 300, 600, 600]
    total = totals(lines)
    assert (total.need, total.heads, total.shortfall, total.surplus) == (58, 53, 6, 1)
    assert (total.met_units, total.judged_units, total.rate) == (9, 14, Fraction(52, 58))
    assert total.need - total.measured == total.shortfall - total.surplus


def test_the_worked_county_the_lower_way() -> None:
    low = example.parameters(settings={"staffing.boundary_mode": "就低"})
    lines = staffing(example.worked_county(parameters=low))
    assert [line.need for line in lines] == [6, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 6, 6]
    assert totals(lines).need == 54


def test_the_five_who_do_not_count_stand_beside_their_line() -> None:
    people = {p.engagement.id: p for p in placed(example.worked_county())}
    assert sum(p.counted for p in people.values()) == 53
    assert {i: people[i].why for i in range(54, 59)} == {
        54: "服务性岗位",
        55: "派驻村（社区）",
        56: "派驻民政服务机构",
        57: "社会救助工作占比 40%，不足 50%",
        58: "未安排派驻",
    }
    assert (people[55].unit, people[55].row, people[55].village) == (15, 14, True)
    assert (people[58].unit, people[58].row, people[58].unassigned, people[58].assignment is not None) == (9, 9, True, True)
    assert people[56].row == 16
    beside = [p.engagement.id for line in staffing(example.worked_county()) for p in line.others]
    assert beside == [54, 58, 57, 55]


def only(worker: Engagement, **settings: Any) -> Placed:
    return placed(facts(UNITS, [worker], settings={k.replace("__", "."): v for k, v in settings.items()}))[0]


@pytest.mark.parametrize(
    ("type", "counted"),
    [
        ("行政编制", True),
        ("事业编制", True),
        ("政府购买服务", True),
        ("劳务派遣", True),
        ("直接聘用", True),
        ("双百社工", True),
        ("公益性岗位", False),
        ("村（社区）人员", False),
        ("其他", False),
        ("志愿者", False),
        ("", False),
    ],
)
def test_types(type: str, counted: bool) -> None:
    assert only(engagement(type=type)).counted is counted


def test_a_social_worker_of_the_double_hundred_counts_only_by_duty() -> None:
    assert not only(engagement(type="双百社工", duty="养老服务")).counted
    assert only(engagement(type="劳务派遣", duty="养老服务")).counted
    assert not only(engagement(type="双百社工", work_class="服务性")).counted


def test_half_of_the_work_is_enough() -> None:
    assert only(engagement(duty_share=5000)).counted
    assert not only(engagement(duty_share=4999)).counted
    assert only(engagement(share=3000)).counted, "a small share of working time at its only unit still reports there"


def test_villages_count_only_pooled_and_with_the_setting() -> None:
    pooled, alone = engagement(unit=4, pooled=True), engagement(unit=4)
    assert not only(pooled).counted
    assert not only(alone, staffing__village_counts=True).counted
    allowed = only(pooled, staffing__village_counts=True)
    assert (allowed.counted, allowed.unit, allowed.row, allowed.village) == (True, 4, 2, True)


def test_institutions_never_count() -> None:
    assert only(engagement(unit=5, pooled=True), staffing__village_counts=True).why == "派驻民政服务机构"


def away(start: date, end: date | None = None, kind: str = "病假") -> Absence:
    return Absence(1, kind, start, end, paid=True)


@pytest.mark.parametrize(
    ("absences", "counted"),
    [
        ((away(date(2026, 6, 30)),), True),
        ((away(date(2026, 6, 29)),), False),
        ((away(date(2026, 6, 29), date(2026, 12, 30)),), True),
        ((away(date(2026, 6, 29), D),), False),
        ((away(date(2026, 6, 1), date(2026, 9, 30)), away(date(2026, 10, 1))), False),
        ((away(date(2026, 6, 1), date(2026, 9, 29)), away(date(2026, 10, 1))), True),
    ],
)
def test_leave_of_more_than_six_months(absences: tuple[Absence, ...], counted: bool) -> None:
    assert only(engagement(absences=absences)).counted is counted


def test_six_months_before_a_31st_end_with_the_shorter_month() -> None:
    def on_august_31(start: date) -> bool:
        return placed(facts(UNITS, [engagement(absences=(away(start),))], period="2026-08"))[0].counted

    assert on_august_31(date(2026, 2, 28))
    assert not on_august_31(date(2026, 2, 27))


def test_a_closed_unit_gives_way_to_its_successor() -> None:
    units = (unit(1, type=BUREAU), unit(2, closed=date(2026, 6, 30), successor=3), unit(3))
    found = placed(facts(units, [engagement()]))[0]
    assert (found.unit, found.row, found.counted) == (2, 3, True)
    lost = placed(facts((unit(1, type=BUREAU), unit(2, closed=date(2026, 6, 30))), [engagement()]))[0]
    assert (lost.counted, lost.why) == (False, "派驻单位已撤销")
    still = (unit(1, type=BUREAU), unit(2, closed=D, successor=3), unit(3))
    assert placed(facts(still, [engagement()]))[0].row == 2


def test_row_unit() -> None:
    closed = unit(2, closed=date(2026, 6, 30), successor=3)
    village = unit(4, "东门村", VILLAGE, parent=2)
    units = (unit(1, type=BUREAU), closed, unit(3), village)
    assert row_unit(village, units).id == 3
    assert row_unit(village, units, date(2026, 6, 30)).id == 2
    assert row_unit(units[0], units).id == 1
    circle = (unit(2, closed=D, successor=3), unit(3, closed=D, successor=2))
    assert row_unit(circle[0], circle).id in (2, 3)


def test_one_person_with_two_engagements_counts_once() -> None:
    who = example.person()
    first, second = engagement(1, who=who), engagement(2, unit=3, who=who)
    assert [p.counted for p in placed(facts(UNITS, [first, second]))] == [True, False]
    retyped = example.person(2, number=who.id_no)
    assert [p.counted for p in placed(facts(UNITS, [first, engagement(2, unit=3, who=retyped)]))] == [True, False]
    serving = engagement(1, who=who, work_class="服务性")
    assert [p.counted for p in placed(facts(UNITS, [serving, second]))] == [False, True]


def test_people_without_an_identity_number_are_not_one_person() -> None:
    nameless = [engagement(i, who=example.person(i, number="")) for i in (1, 2)]
    assert all(p.counted for p in placed(facts(UNITS, nameless)))


@pytest.mark.parametrize(("end", "there"), [(D, 1), (date(2026, 12, 30), 0)])
def test_the_last_day_still_holds(end: date, there: int) -> None:
    assert len(placed(facts(UNITS, [engagement(end=end)]))) == there


def places(*rows: tuple[int, date, date | None, int]) -> Engagement:
    return engagement(assignments=tuple(Assignment(i, *row) for i, row in enumerate(rows, 1)))


def test_the_reporting_unit_has_the_largest_share_then_the_earlier_start_then_the_order() -> None:
    start, later = date(2024, 1, 1), date(2025, 1, 1)

    def reports(*rows: tuple[int, date, date | None, int]) -> int | None:
        found = reporting_assignment(places(*rows), D)
        return found.unit if found else None

    assert reports((2, start, None, 4000), (3, later, None, 6000)) == 3
    assert reports((3, start, None, 5000), (2, later, None, 5000)) == 3
    assert reports((3, start, None, 5000), (2, start, None, 5000)) == 3
    assert reports((2, start, date(2026, 12, 30), 9000), (3, start, None, 1000)) == 3
    assert reports((2, start, date(2026, 12, 30), 9000)) is None
    assert reporting_assignment(engagement(end=date(2026, 12, 30)), D) is None


def test_the_last_assignment_of_somebody_without_one() -> None:
    start = date(2024, 1, 1)
    worker = places(
        (2, start, date(2025, 5, 31), 10000), (3, date(2025, 6, 1), date(2026, 3, 31), 10000), (4, date(2027, 1, 1), None, 10000)
    )
    found = last_assignment(worker, D)
    assert found is not None and found.unit == 3
    assert last_assignment(engagement(unit=None), D) is None
    gone = last_assignment(engagement(end=date(2026, 3, 31)), D)
    assert gone is not None and gone.unit == 2


def test_terms_are_read_on_the_day() -> None:
    worker = engagement()
    terms = (Term(1, date(2024, 1, 1), "劳务派遣", "社会救助经办"), Term(2, date(2026, 7, 1), "事业编制", "社会救助经办"))
    worker = Engagement(1, worker.person, worker.start, None, terms=terms)
    kinds = [term_on(worker, day) for day in (date(2023, 12, 31), date(2026, 6, 30), date(2026, 7, 1))]
    assert [term.type if term else None for term in kinds] == [None, "劳务派遣", "事业编制"]


def line(*workers: Engagement, households: int | None = 300, at: int = 2, **settings: Any) -> Staffing:
    given = None if households is None else {2: households, 3: 0}
    found: Facts = facts(UNITS, workers, given, settings={k.replace("__", "."): v for k, v in settings.items()})
    return next(row for row in staffing(found) if row.unit.id == at)


def test_equivalents_add_shares_of_all_assignments_at_the_unit() -> None:
    split = places((2, date(2024, 1, 1), None, 6000), (3, date(2024, 1, 1), None, 4000))
    assert line(split).equivalent == Fraction(60, 100)
    assert line(split, at=3).equivalent == Fraction(40, 100)
    assert len(line(split, at=3).counted) == 0
    part = engagement(2, duty_share=3333, share=5000)
    assert line(split, part).equivalent == Fraction(77, 100), "0.6 + 0.16665 = 0.76665"


def test_equivalents_leave_out_what_never_counts() -> None:
    out = [
        engagement(1, work_class="服务性"),
        engagement(2, type="公益性岗位"),
        engagement(3, unit=4),
        engagement(4, absences=(away(date(2026, 1, 1)),)),
        engagement(5, type=""),
    ]
    assert line(*out).equivalent == 0
    assert [p.engagement.id for p in line(*out).others] == [1, 2, 3, 4, 5]


def test_held_against_the_need_by_equivalents() -> None:
    workers = [engagement(i, duty_share=9900) for i in (1, 2, 3, 4)]
    by_heads, by_shares = line(*workers), line(*workers, staffing__count_method="折算")
    assert (by_heads.shortfall, by_heads.met) == (0, True)
    assert (by_shares.measured, by_shares.shortfall, by_shares.met) == (Fraction(396, 100), Fraction(4, 100), False)
    assert arithmetic(by_shares) == "300 户 → 应配 4，实配 3.96，缺 0.04"


def test_a_missing_caseload_leaves_the_need_blank_never_two() -> None:
    lines = staffing(facts(UNITS, [engagement()], {2: 100}))
    assert [(row.unit.id, row.need, row.shortfall, row.met) for row in lines] == [
        (1, None, None, None),
        (2, 2, 1, False),
        (3, None, None, None),
    ]
    total = totals(lines)
    assert (total.need, total.shortfall, total.surplus, total.rate) == (None, None, None, None)
    assert (total.heads, total.met_units, total.judged_units) == (1, 0, 3)
    assert arithmetic(lines[0]) == "户数未报 → 应配无法测算，实配 0"


def test_exempt_units_need_nobody_and_are_not_judged() -> None:
    units = (unit(1, type=BUREAU), unit(2, exempt_reason="无此项业务"), unit(3))
    lines = staffing(facts(units, [engagement()], {3: 700}))
    assert [(row.need, row.surplus, row.met) for row in lines] == [(2, 0, False), (0, 1, None), (6, 0, False)]
    assert totals(lines).judged_units == 2


def test_near_a_bound_is_two_percent_of_the_bound() -> None:
    edges = {n: (line(households=n).at_bound, line(households=n).near_bound) for n in (293, 294, 300, 306, 307, 588, 612, 613)}
    assert edges == {
        293: (None, None),
        294: (None, 300),
        300: (300, 300),
        306: (None, 300),
        307: (None, None),
        588: (None, 600),
        612: (None, 600),
        613: (None, None),
    }


def test_approved_heads_are_carried() -> None:
    found = staffing(facts(UNITS, [], {2: 1, 3: 1}, approved={2: 5}))
    assert [row.approved for row in found] == [None, 5, None]


def test_arithmetic_in_one_line() -> None:
    staff = [engagement(i) for i in range(1, 5)]
    assert arithmetic(line(*staff, households=742)) == "742 户 → 应配 6，实配 4，缺 2"
    assert arithmetic(line(*staff, households=299)) == "299 户 → 应配 2，实配 4，高于最低 2"
    assert arithmetic(line(*staff, households=300)) == "300 户 → 应配 4，实配 4"


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 8)), min_size=1, max_size=8))
def test_shortfall_and_surplus_are_never_netted(towns: list[tuple[int, int]]) -> None:
    units = (unit(1, type=BUREAU), *(unit(i + 2) for i in range(len(towns))))
    workers = [engagement(100 * i + k, unit=i + 2) for i, (_, heads) in enumerate(towns) for k in range(heads)]
    lines = staffing(facts(units, workers, {i + 2: n for i, (n, _) in enumerate(towns)}))
    total = totals(lines)
    assert total.need is not None and total.shortfall is not None and total.surplus is not None
    assert total.shortfall == sum(max(0, (row.need or 0) - len(row.counted)) for row in lines)
    assert total.need - total.measured == total.shortfall - total.surplus
    assert total.heads == len(workers)


@pytest.mark.parametrize(("value", "text"), [(3, "3"), (Fraction(9, 2), "4.50"), (Fraction(4, 3), "1.33"), (Fraction(1, 200), "0.01")])
def test_numbers_as_shown(value: Fraction, text: str) -> None:
    assert number(value) == text


def test_one_band_for_everybody_has_no_edges() -> None:
    single = replace(TOWN, bounds=(), needs=(3,))
    assert (need(0, single, "就高"), need(9999, single, "就低"), band_words(50, single, "就高")) == (3, 3, "不分档")


def test_a_unit_the_book_does_not_know_is_said() -> None:
    assert only(engagement(unit=99)).why == "派驻单位不在台账中"
