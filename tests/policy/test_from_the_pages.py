"""The specification sentence by sentence, each with a figure worked out by hand beside it.

Written apart from the code: who counts and who is paid where, verdicts of pay, period and caseload, levels of rules.
The example township is unit 2 (乡镇), unit 1 the bureau; the floor of 粤东西北 is 50,000.00 元 a year unless said otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import resources
from policy import example
from policy.example import engagement, facts, standard, unit
from policy.facts import (
    BUREAU,
    INSTITUTION,
    SUBDISTRICT,
    VILLAGE,
    ZONE,
    Absence,
    Assignment,
    Caseload,
    Count,
    Engagement,
    Facts,
    Term,
    Unit,
)
from policy.finding import BELOW, BELOW_PRORATED, MET, MET_PRORATED, NO_DATA, UNCLEAR, WRONG_DATA, Finding
from policy.parameters import OTHER, PEARL, SHIPPED, Overlay, load
from policy.pay import Verdict, pay_form_spans, pay_in, pay_population, verdicts
from policy.period import parse_period
from policy.placing import Placed, placed
from policy.rules import check
from policy.staffing import Staffing, staffing, totals

D = date(2026, 12, 31)
LONG_AGO = date(2024, 1, 1)
COUNTY = (unit(1, type=BUREAU), unit(2), unit(3), unit(4, "东门村", VILLAGE, parent=2), unit(5, "福利院", INSTITUTION))


def one(worker: Engagement, units: tuple[Unit, ...] = COUNTY, **options: Any) -> Placed:
    return placed(facts(units, [worker], **options))[0]


def lines(made: Facts) -> dict[int, Staffing]:
    return {line.unit.id: line for line in staffing(made)}


def judge(worker: Engagement, **options: Any) -> Verdict:
    return verdicts(facts(engagements=[worker], **options))[0]


def of(rule: str, made: Facts) -> list[Finding]:
    return [finding for finding in check(made) if finding.rule == rule]


def posts(*rows: tuple[int, date, date | None, int]) -> tuple[Assignment, ...]:
    return tuple(Assignment(i, *row) for i, row in enumerate(rows, 1))


def typed(worker: Engagement, *terms: tuple[date, str]) -> Engagement:
    return replace(worker, terms=tuple(Term(i, since, type, "社会救助经办") for i, (since, type) in enumerate(terms, 1)))


def leave(start: date, end: date | None = None, *, paid: bool = True, kind: str = "病假") -> Absence:
    return Absence(1, kind, start, end, paid)


# --- A10, C: who counts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "begun", "counts"),
    [
        # 6 calendar months before 2026-09-15 is 2026-03-15: begun that day is not more than 6 months, the day before is.
        ("2026-09-15", date(2026, 3, 15), True),
        ("2026-09-15", date(2026, 3, 14), False),
        # Before 2026-08-31 lies 2026-02-28 (there is no 31 February); in 2024 it is the 29th.
        ("2026-08-31", date(2026, 2, 28), True),
        ("2026-08-31", date(2026, 2, 27), False),
        ("2024-08-31", date(2024, 2, 29), True),
        ("2024-08-31", date(2024, 2, 28), False),
        # Over the turn of the year: 2026-01-31 − 6 months = 2025-07-31.
        ("2026-01-31", date(2025, 7, 31), True),
        ("2026-01-31", date(2025, 7, 30), False),
    ],
)
def test_no_leave_begun_more_than_six_calendar_months_before(day: str, begun: date, counts: bool) -> None:
    worker = engagement(start=date(2023, 1, 1), absences=(leave(begun),))
    assert one(worker, period=day[:4], as_of=date.fromisoformat(day)).counted is counts


def test_a_leave_goes_on_over_a_transfer_and_is_not_begun_anew_by_it() -> None:
    # Away since 1 May; transferred from unit 2 to 3 on 1 October. On 31 October 6 months back is 30 April: counts, at unit 3.
    # On 2 November 6 months back is 2 May: begun before, no longer counts — though at unit 3 for only a month.
    worker = engagement(assignments=posts((2, LONG_AGO, date(2026, 9, 30), 10000), (3, date(2026, 10, 1), None, 10000)))
    worker = replace(worker, absences=(leave(date(2026, 5, 1)),))
    still, over = (one(worker, as_of=day) for day in (date(2026, 10, 31), date(2026, 11, 2)))
    assert (still.unit, still.counted) == (3, True)
    assert (over.unit, over.counted, over.why) == (3, False, "请假超过6个月")


def test_duty_share_of_exactly_half_counts_at_one_hundredth_less_it_does_not() -> None:
    assert one(engagement(duty_share=5000)).counted
    below = one(engagement(duty_share=4999))
    assert (below.counted, below.row) == (False, 2), "everybody else at the unit stands beside, in 表2[20]"


def test_a_tie_of_shares_goes_to_the_earlier_start_then_to_the_order_of_the_book() -> None:
    earlier = posts((3, date(2025, 3, 1), None, 5000), (2, date(2025, 3, 2), None, 5000))
    assert one(engagement(assignments=earlier)).unit == 3
    together = posts((2, date(2025, 3, 1), None, 5000), (3, date(2025, 3, 1), None, 5000))
    assert one(engagement(assignments=together)).unit == 2
    # Counts once, at unit 2; 折算 is half a head at each: 1 × 0.5.
    made = lines(facts(COUNTY, [engagement(assignments=together)], {2: 0, 3: 0}))
    assert [(len(made[i].counted), made[i].equivalent) for i in (2, 3)] == [(1, Fraction(1, 2)), (0, Fraction(1, 2))]


@pytest.mark.parametrize(
    ("pooled", "setting", "counts"), [(True, True, True), (True, False, False), (False, True, False), (False, False, False)]
)
def test_a_village_counts_in_its_town_only_ticked_and_allowed(pooled: bool, setting: bool, counts: bool) -> None:
    made = facts(COUNTY, [engagement(unit=4, pooled=pooled)], {2: 0, 3: 0}, settings={"staffing.village_counts": setting})
    line = lines(made)[2]
    assert (len(line.counted), len(line.others)) == ((1, 0) if counts else (0, 1))


def test_a_pooled_village_beside_a_town_is_the_persons_other_half() -> None:
    # 60 % in the village, 40 % in town 3: the village has the largest share. Allowed: counts in town 2. Not allowed: nowhere,
    # for the reporting unit is the village and does not move on to the next assignment.
    halves = (Assignment(1, 4, LONG_AGO, None, 6000, pooled=True), Assignment(2, 3, LONG_AGO, None, 4000))
    worker = engagement(assignments=halves)
    allowed = lines(facts(COUNTY, [worker], {2: 0, 3: 0}, settings={"staffing.village_counts": True}))
    assert [len(allowed[i].counted) for i in (2, 3)] == [1, 0]
    assert [allowed[i].equivalent for i in (2, 3)] == [Fraction(60, 100), Fraction(40, 100)]
    kept = lines(facts(COUNTY, [worker], {2: 0, 3: 0}))
    assert [len(kept[i].counted) for i in (2, 3)] == [0, 0]
    assert [kept[i].equivalent for i in (2, 3)] == [0, Fraction(40, 100)]


def test_a_service_post_never_counts_whatever_the_type_or_the_setting() -> None:
    for type in ("行政编制", "事业编制", "政府购买服务", "劳务派遣", "直接聘用", "双百社工"):
        assert not one(engagement(type=type, work_class="服务性")).counted
    on = {"staffing.types.公益性岗位.counts": True}
    assert one(engagement(type="公益性岗位"), settings=on).counted
    assert not one(engagement(type="公益性岗位", work_class="服务性"), settings=on).counted


def test_each_type_has_three_switches_of_its_own() -> None:
    keys = ("counts", "in_pay_form", "has_floor")
    for type in ("双百社工", "直接聘用", "村（社区）人员"):
        for key in keys:
            rule = example.parameters(settings={f"staffing.types.{type}.{key}": True}).types[type]
            shipped = example.parameters().types[type]
            assert {k: getattr(rule, k) for k in keys} == {k: getattr(shipped, k) for k in keys} | {key: True}


def test_somebody_on_probation_counts_and_so_does_short_leave() -> None:
    assert one(replace(engagement(start=date(2026, 12, 1)), probation_end=date(2027, 1, 31))).counted
    assert one(engagement(absences=(leave(date(2026, 9, 1), kind="产假"),))).counted


def test_not_there_yet_and_gone_are_not_there() -> None:
    made = facts(COUNTY, [engagement(1, start=date(2027, 1, 1)), engagement(2, end=date(2026, 12, 30))])
    assert placed(made) == ()
    assert one(engagement(assignments=posts((2, date(2027, 1, 1), None, 10000)))).why == "未安排派驻"


def test_a_town_turned_subdistrict_is_the_same_unit() -> None:
    # Same unit, newer version: its people, caseload and need stay (300 户 → 4 就高).
    for type in ("乡镇", SUBDISTRICT, ZONE):
        made = lines(facts((unit(1, type=BUREAU), unit(2, "城关", type)), [engagement()], {2: 300}))
        assert (made[2].need, len(made[2].counted), made[2].shortfall) == (4, 1, 3)


def test_a_unit_closed_in_the_year_hands_its_people_to_its_successor() -> None:
    units = (unit(1, type=BUREAU), unit(2, closed=date(2026, 6, 30), successor=3), unit(3))
    people = [engagement(1), engagement(2, unit=3)]
    # On its last day the closed unit still has its own line; the day after, unit 3 has both people and the only need.
    last = lines(facts(units, people, {2: 100, 3: 100}, period="2026-06"))
    assert {i: len(line.counted) for i, line in last.items()} == {1: 0, 2: 1, 3: 1}
    after = lines(facts(units, people, {2: 100, 3: 350}, period="2026-07"))
    assert {i: (len(line.counted), line.need) for i, line in after.items()} == {1: (0, 2), 3: (2, 4)}
    assert after[1].households == 350, "a closed unit's last caseload is not counted again"


def test_equivalents_are_rounded_half_up_once_per_unit_and_never_up_to_a_head() -> None:
    # 0.3333 + 0.3333 + 0.3284 = 0.9950 → 1.00 by half up at 2 decimals (each alone would be 0.33 + 0.33 + 0.33 = 0.99).
    people = [engagement(i, duty_share=share) for i, share in ((1, 3333), (2, 3333), (3, 3284))]
    assert lines(facts(COUNTY, people, {2: 0, 3: 0}))[2].equivalent == 1
    people[2] = engagement(3, duty_share=3283)  # 0.9949 → 0.99
    assert lines(facts(COUNTY, people, {2: 0, 3: 0}))[2].equivalent == Fraction(99, 100)
    # Held against the need by 折算: 1.99 of 2 is short by 0.01, not rounded to met.
    part = [engagement(1), engagement(2, duty_share=9900)]
    line = lines(facts(COUNTY, part, {2: 0, 3: 0}, settings={"staffing.count_method": "折算"}))[2]
    assert (line.met, line.shortfall) == (False, Fraction(1, 100))
    assert len(line.counted) == 2, "column 5 stays heads"


# --- 3.1, 3.4, E: households, bands, shortfall -----------------------------------------------------------------------------


def test_the_county_takes_all_its_towns_and_what_it_manages_itself() -> None:
    # 1,400 + 1,500 in the towns + 100 县级直接管理 = 3,000: exactly on the bound, 就高 4, 就低 2.
    reported = {1: 100, 2: 1400, 3: 1500}
    high = lines(facts(COUNTY, (), reported))[1]
    low = lines(facts(COUNTY, (), reported, settings={"staffing.boundary_mode": "就低"}))[1]
    assert (high.households, high.need, low.need) == (3000, 4, 2)
    assert (high.at_bound, high.band, low.band) == (3000, "3000户到5000户", "3000户以下")


def test_the_countys_minimum_is_on_top_of_the_towns() -> None:
    made = totals(staffing(facts(COUNTY, (), {2: 1400, 3: 1600})))
    assert made.need == 4 + 6 + 6


@pytest.mark.parametrize(
    ("households", "near"),
    [(2939, None), (2940, 3000), (3060, 3000), (3061, None), (4900, 5000), (4899, None), (5100, 5000), (7840, 8000), (8161, None)],
)
def test_near_a_bound_is_two_percent_of_that_bound_itself_included(households: int, near: int | None) -> None:
    # 2 % of 3,000 is 60, of 5,000 is 100, of 8,000 is 160.
    made = facts(COUNTY[:2], (), {2: households})
    assert lines(made)[1].near_bound == near
    assert [f.unit for f in of("N1", made) if f.unit == "东岭县民政局"] == (["东岭县民政局"] if near else [])


def test_weighted_households_are_exact_at_a_bound() -> None:
    # 299 户 + 2 边缘 at 1/2 = 300 exactly: at the bound. With 1 边缘: 299½, just below, not at it.
    def line(edge: int) -> Staffing:
        made = facts(COUNTY[:2], (), settings={"caseload.weights.边缘": [1, 2]})
        counts = {"低保农": Count(299, None), "边缘": Count(edge, None)}
        return lines(replace(made, caseload={2: Caseload(2, D, counts)}))[2]

    assert (line(2).households, line(2).need, line(2).at_bound) == (300, 4, 300)
    assert (line(1).households, line(1).need, line(1).at_bound) == (Fraction(599, 2), 2, None)
    thirds = replace(
        facts(COUNTY[:2], (), settings={"caseload.weights.边缘": [1, 3]}), caseload={2: Caseload(2, D, {"边缘": Count(899, None)})}
    )
    assert lines(thirds)[2].need == 2, "299⅔ is below 300, not rounded onto it"


def test_destitute_are_counted_by_person_or_by_household_as_set() -> None:
    counts = {"低保农": Count(290, 600), "特困农": Count(7, 10), "特困集中": Count(50, 50), "临时救助": Count(90, 90)}

    def households(settings: Mapping[str, Any] | None = None) -> Fraction | None:
        return lines(replace(facts(COUNTY[:2], (), settings=settings), caseload={2: Caseload(2, D, counts)}))[2].households

    assert households() == 300, "290 户 + 10 人; 特困集中 is among 特困, 临时救助 a flow"
    assert households({"caseload.destitute_by": "户"}) == 297


def test_a_missing_unit_leaves_its_need_and_the_countys_blank() -> None:
    made = facts(COUNTY, [engagement()], {2: 100})
    found = lines(made)
    assert [(found[i].need, found[i].met) for i in (1, 2, 3)] == [(None, None), (2, False), (None, None)]
    assert [f.unit for f in of("R34", made)] == ["乡镇3"]
    assert [f.unit for f in of("R33", made)] == ["乡镇2"] and of("R32", made) == []


def test_an_absent_category_is_nought_where_any_was_entered_that_day() -> None:
    only = {2: Caseload(2, D, {"低保城": Count(5, 9)}), 3: Caseload(3, D, {"临时救助": Count(7, 7)})}
    found = lines(replace(facts(COUNTY, ()), caseload=only))
    assert [found[i].households for i in (1, 2, 3)] == [5, 5, 0]


def test_the_countys_own_row_without_households_is_said() -> None:
    made = replace(
        facts(COUNTY[:2], (), {2: 10}), caseload={1: Caseload(1, D, {"低保城": Count(None, 3)}), 2: Caseload(2, D, {"低保农": Count(9, 9)})}
    )
    assert lines(made)[1].need is None
    assert [(f.unit, f.verdict) for f in of("R34", made)] == [("东岭县民政局", NO_DATA)]


def test_nought_households_still_need_two_unless_exempt_with_a_reason() -> None:
    assert lines(facts(COUNTY[:2], (), {2: 0}))[2].need == 2
    exempt = facts((unit(1, type=BUREAU), unit(2, exempt_reason="无此项业务"), unit(3)), (), {3: 0})
    found = lines(exempt)
    assert (found[2].need, found[2].met, found[1].households) == (0, None, 0), "an exempt town without a report is 0 for the county"
    assert totals(staffing(exempt)).judged_units == 2


@pytest.mark.parametrize(("counted", "old"), [(date(2026, 9, 30), False), (date(2026, 9, 29), True)])
def test_a_caseload_of_exactly_92_days_is_not_old(counted: date, old: bool) -> None:
    # 30 September to 31 December: 31 + 30 + 31 = 92 days.
    assert bool(of("R35", facts(COUNTY[:2], (), {2: 10}, caseload_date=counted))) is old


def test_the_age_of_a_caseload_is_measured_to_the_periods_end_not_to_a_later_look() -> None:
    # 2026H1 looked at on 31 August: 30 March to 30 June is 92 days, though 154 to the look.
    made = facts(COUNTY[:2], (), {2: 10}, period="2026H1", as_of=date(2026, 8, 31), caseload_date=date(2026, 3, 30))
    assert of("R35", made) == []
    early = facts(COUNTY[:2], (), {2: 10}, period="2026H1", as_of=date(2026, 5, 15), caseload_date=date(2026, 2, 12))
    assert [f.measured for f in of("R35", early)] == [], "12 February to 15 May: 16 + 31 + 30 + 15 = 92"
    older = facts(COUNTY[:2], (), {2: 10}, period="2026H1", as_of=date(2026, 5, 15), caseload_date=date(2026, 2, 11))
    assert [f.measured for f in of("R35", older)] == ["93 天"]


def test_control_totals_that_differ_are_wrong_data_both_ways() -> None:
    for typed_total, said in ((101, "-1"), (99, "+1")):
        made = facts(COUNTY[:2], (), {1: 40, 2: 60}, control_totals={"低保农": Count(typed_total, None)})
        assert [(f.verdict, f.severity, said in f.arithmetic) for f in of("R34", made)] == [(WRONG_DATA, "soft", True)]


def test_a_difference_while_somebody_has_not_reported_is_only_missing_data() -> None:
    total = {"低保农": Count(100, None)}
    absent = facts(COUNTY, (), {2: 60}, control_totals=total)
    assert [(f.unit, f.verdict) for f in of("R34", absent)] == [("乡镇3", NO_DATA), ("东岭县民政局", NO_DATA)]
    whole = replace(facts(COUNTY[:2], (), control_totals=total), caseload={2: Caseload(2, D, {"未分类": Count(100, None)})})
    assert [f.verdict for f in of("R34", whole)] == [NO_DATA]


def test_a_city_without_counties_stands_in_the_county_tier() -> None:
    # 东莞: the city bureau is the 县级 row, its towns the 乡级 rows; 珠三角 floor 80,000.00 元.
    units = (unit(1, "东莞市民政局", BUREAU), *(unit(i) for i in range(2, 34)))
    worker = engagement(standards=(standard(annual=7_999_999),))
    made = facts(units, [worker], dict.fromkeys(range(2, 34), 250), region=PEARL)
    made = replace(made, county=replace(made.county, name="东莞市", code="441900", city="东莞市", city_code="441900"))
    found = lines(made)
    assert (found[1].households, found[1].need, found[2].need) == (8000, 10, 2), "32 towns × 250 户 = 8,000 exactly, 就高 10"
    assert totals(staffing(made)).need == 10 + 32 * 2
    assert [f.arithmetic for f in of("F1", made)] == ["年工资标准 79,999.99 元，低于最低标准 80,000.00 元，差 0.01 元"]


def test_shortfalls_are_summed_and_capped_rates_hide_nothing() -> None:
    # need 2 + 2 + 2, there 0, 1, 5: 缺口 2 + 1 = 3, 高于最低 3, 配备率 (0 + 1 + 2) / 6 = 50 %, though 6 of 6 are there.
    people = [engagement(i, unit=u) for i, u in enumerate((2, 3, 3, 3, 3, 3), 1)]
    found = totals(staffing(facts(COUNTY, people, {2: 0, 3: 0})))
    assert (found.need, found.heads, found.shortfall, found.surplus, found.rate) == (6, 6, 3, 3, Fraction(1, 2))
    assert (found.met_units, found.judged_units) == (1, 3)


# --- E: period and as-of ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "as_of", "first", "last", "flow_last"),
    [
        ("2026", None, date(2026, 1, 1), date(2026, 12, 31), date(2026, 12, 31)),
        ("2026H1", date(2026, 5, 15), date(2026, 1, 1), date(2026, 6, 30), date(2026, 5, 15)),
        ("2026Q3", date(2026, 12, 31), date(2026, 7, 1), date(2026, 9, 30), date(2026, 9, 30)),
        ("2024-02", None, date(2024, 2, 1), date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_stocks_at_the_as_of_date_flows_to_the_earlier_of_both(
    text: str, as_of: date | None, first: date, last: date, flow_last: date
) -> None:
    period = parse_period(text, as_of)
    assert (period.first, period.last, period.as_of, period.flow_last) == (first, last, as_of or last, flow_last)


def test_a_half_year_seen_from_inside_and_from_after() -> None:
    # Inside, 15 May: 4 whole months and 15/31 of May owe 50,000 × (4 + 15/31) / 12 = 18,682.7957 → 18,682.80 元.
    inside = judge(engagement(gross=1_868_280, months=range(1, 6)), period="2026H1", as_of=date(2026, 5, 15))
    assert (inside.service, inside.f2) == ((4 + Fraction(15, 31)) / 12, MET_PRORATED)
    short = judge(engagement(gross=1_868_279, months=range(1, 6)), period="2026H1", as_of=date(2026, 5, 15))
    assert short.f2 == BELOW_PRORATED
    # After, 31 August: the half-year is owed whole and no more: 25,000.00; in post and standard are those of August.
    raised = (standard(annual=4_000_000), standard(annual=6_000_000, since=date(2026, 8, 1)))
    after = judge(engagement(gross=2_500_000, months=range(1, 7), standards=raised), period="2026H1", as_of=date(2026, 8, 31))
    assert (after.service, after.f2, after.f1) == (Fraction(1, 2), MET_PRORATED, MET)


def test_whoever_came_after_the_period_is_in_its_later_stocks_but_owes_nothing_in_it() -> None:
    late = judge(engagement(start=date(2026, 7, 1), standards=(standard(annual=5_000_000),)), period="2026H1", as_of=date(2026, 8, 31))
    assert (late.f1, late.f2, late.service) == (MET, "", 0)


# --- D: pay --------------------------------------------------------------------------------------------------------------


def test_the_annual_standard_has_three_parts() -> None:
    # 12 × 3,500 + 12 × 500 + 2,000 = 50,000.00: exactly the floor is 达标; one 分 less at the year's end is not.
    assert judge(engagement(standards=(standard(350_000, 50_000, 200_000),))).f1 == MET
    assert judge(engagement(standards=(standard(350_000, 50_000, 199_999),))).f1 == BELOW


def test_the_floor_is_never_divided_and_rounded() -> None:
    # 50,000 / 12 = 4,166.666…: 4,166.66 × 12 = 49,999.92 is short, 4,166.67 × 12 = 50,000.04 is not; 6,666.67 likewise for 80,000.
    for fixed, region, word in ((416_666, OTHER, BELOW), (416_667, OTHER, MET), (666_666, PEARL, BELOW), (666_667, PEARL, MET)):
        assert judge(engagement(standards=(standard(fixed),)), region=region).f1 == word


def test_an_annual_figure_beside_parts_that_differ_is_wrong_data() -> None:
    made = facts(engagements=[engagement(standards=(standard(416_667, annual=5_000_000),))])
    assert [(f.severity, f.verdict, f.kind) for f in of("F4", made)] == [("hard", WRONG_DATA, "audit")]
    assert "相差 0.04 元" in of("F4", made)[0].arithmetic, "4,166.67 × 12 = 50,000.04"


def test_service_by_month_days_or_whole_months() -> None:
    # From 16 June 2026: 15/30 + 6 = 6.5 months; by days 199/365; whole months 7 or, the month of entry left out, 6.
    def due(method: str) -> Fraction:
        return judge(engagement(start=date(2026, 6, 16), gross=1, months=range(6, 13)), settings={"pay.part_year": method}).due

    assert due("月折算") == Fraction(5_000_000 * 13, 24)
    assert due("日折算") == Fraction(5_000_000 * 199, 365)
    assert (due("整月（入职当月计）"), due("整月（入职当月不计）")) == (Fraction(5_000_000 * 7, 12), 2_500_000)


def test_paid_what_the_return_prints_as_the_prorated_floor_is_met() -> None:
    # 50,000 × 6.5 / 12 = 27,083.333…: printed and paid as 27,083.33.
    for gross, word in ((2_708_333, MET_PRORATED), (2_708_332, BELOW_PRORATED)):
        assert judge(engagement(start=date(2026, 6, 16), gross=gross, months=range(6, 13))).f2 == word


def test_money_of_months_without_a_day_in_service_satisfies_nothing() -> None:
    # Left on 31 May: 20,833.33 due; 0.01 of it paid in June does not count.
    left = engagement(end=date(2026, 5, 31))
    pay = (example.pay(1, 2_083_332, range(1, 6)), example.pay(1, 1, (6,), outside=True))
    assert judge(replace(left, pay=pay)).f2 == BELOW_PRORATED
    assert judge(replace(left, pay=(example.pay(1, 2_083_333, range(1, 6)),))).f2 == MET_PRORATED


def test_days_of_that_year_in_a_leap_year() -> None:
    # 16 June to 31 December is 199 days of 366 in 2028.
    worker = engagement(start=date(2028, 6, 16), gross=1, months=range(6, 13))
    assert judge(worker, period="2028", settings={"pay.part_year": "日折算"}).service == Fraction(199, 366)


def test_a_leaver_owes_to_the_last_day_inclusive() -> None:
    # 2026-01-01 to 2026-02-14: 1 + 14/28 = 1.5 months → 6,250.00 元.
    assert judge(engagement(end=date(2026, 2, 14), gross=625_000, months=(1, 2))).f2 == MET_PRORATED
    assert judge(engagement(end=date(2026, 2, 14), gross=624_999, months=(1, 2))).f2 == BELOW_PRORATED


def test_unpaid_days_of_a_leave_over_a_transfer_come_off_the_one_floor() -> None:
    # Unpaid 16 June – 15 July, transferred 1 July. June 15/30, July 16/31: 50,000 × (10 + 1/2 + 16/31) / 12 = 45,900.5376 → 45,900.54.
    places = posts((2, LONG_AGO, date(2026, 6, 30), 10000), (3, date(2026, 7, 1), None, 10000))
    away = leave(date(2026, 6, 16), date(2026, 7, 15), paid=False, kind="事假")

    def moved(second: int) -> Verdict:
        pay = (example.pay(1, 2_290_054, range(1, 7), unit=2), example.pay(1, second, range(7, 13), unit=3))
        return judge(replace(engagement(assignments=places, absences=(away,)), pay=pay))

    assert (moved(2_300_000).f2, moved(2_299_999).f2) == (MET_PRORATED, BELOW_PRORATED)
    assert moved(0).unit == 3


def test_probation_lowers_nothing_and_is_named_as_the_reason() -> None:
    # F1 by the standard (50,000.00 达标). Paid 80 % of 4,166.67 in the first month, in full for the other 11: 3,333.34 + 45,833.37.
    worker = replace(engagement(start=date(2026, 1, 1), standards=(standard(416_667),)), probation_end=date(2026, 1, 31))
    short = replace(worker, pay=(example.pay(1, 333_334 + 4_583_337),))
    made = facts(engagements=[short])
    assert [v.f1 for v in verdicts(made)] == [MET]
    assert [f.arithmetic for f in of("F2", made)] == [
        "应发 49,166.71 元，在岗折算 12 个月 → 折算最低标准 50,000.00 元，差 833.29 元（试用期至 2026-01-31）"
    ]
    before = facts(engagements=[replace(short, start=LONG_AGO, probation_end=date(2024, 3, 31))])
    assert of("F2", before)[0].arithmetic.endswith("差 833.29 元")


def test_a_floor_raised_inside_the_period_by_city_and_county() -> None:
    # City: 60,000 from 1 April. County: 65,000 from 1 July to 30 September. The stricter applies month by month:
    # 3 × 50,000 + 3 × 60,000 + 3 × 65,000 + 3 × 60,000 = 705,000; / 12 = 58,750.00 元.
    key = f"pay.floor.{OTHER}"
    city = Overlay("市标准", "市", "岭民〔2026〕2号", date(2026, 4, 1), None, {key: 6_000_000})
    county = Overlay("县标准", "县", "东府〔2026〕3号", date(2026, 7, 1), date(2026, 9, 30), {key: 6_500_000})
    parameters = load(resources.text(SHIPPED), [county, city], D)

    def verdict(gross: int) -> Verdict:
        return verdicts(replace(facts(engagements=[engagement(gross=gross)]), parameters=parameters))[0]

    assert (verdict(5_875_000).f2, verdict(5_874_999).f2, verdict(0).floor) == (MET_PRORATED, BELOW_PRORATED, 6_000_000)
    assert [f.article for f in parameters.floors if f.amount > 5_000_000 and f.region == OTHER] == [
        "岭民〔2026〕2号",
        "东府〔2026〕3号",
        "岭民〔2026〕2号",
    ]


def test_modes_of_the_lowest_level_numbers_of_the_strictest() -> None:
    since = date(2026, 1, 1)
    city = Overlay("市", "市", "", since, None, {"staffing.boundary_mode": "就低", "staffing.town.needs": [3, 4, 6], "fund.rate": 400})
    county = Overlay("县", "县", "", since, None, {"staffing.boundary_mode": "就高", "staffing.county.needs": [2, 5, 6, 10]})
    both = load(resources.text(SHIPPED), [county, city], D)
    assert (both.boundary_mode, both.town_bands.needs, both.county_bands.needs, both.fund_rate) == ("就高", (3, 4, 6), (2, 5, 6, 10), 400)
    laxer = Overlay("县", "县", "", since, None, {"fund.rate": 350})
    with pytest.raises(ValueError, match="低于上一级"):
        load(resources.text(SHIPPED), [laxer, city], D)
    assert load(resources.text(SHIPPED), [laxer], D).fund_rate == 350, "above the province alone it is no laxer"


def test_duty_share_never_lowers_a_floor_and_part_time_has_none() -> None:
    assert judge(engagement(duty_share=1000, share=2000, gross=4_999_999)).f2 == BELOW_PRORATED
    part = judge(engagement(full_time=False, gross=1, standards=(standard(1),)))
    assert (part.f1, part.f2) == ("", "")


def test_full_time_not_known_type_blank_or_county_unconfirmed_is_unclear() -> None:
    unknown = facts(engagements=[engagement(full_time=None, gross=1, standards=(standard(1),))])
    assert [(v.f1, v.f2) for v in verdicts(unknown)] == [(UNCLEAR, UNCLEAR)]
    assert [(f.rule, f.verdict) for f in check(unknown) if f.rule.startswith("F")] == [("F1", UNCLEAR)]
    assert judge(engagement(type="", standards=(standard(1),))).f1 == UNCLEAR
    doubtful = facts(engagements=[engagement(i, standards=(standard(1),)) for i in (1, 2)], confirmed=False)
    assert [(f.verdict, f.person) for f in of("F1", doubtful)] == [(UNCLEAR, "")]


def test_a_served_month_without_pay_is_f3_and_no_f2_and_its_months_are_named_in_ranges() -> None:
    made = facts(engagements=[engagement(gross=1, months=(5,))])
    assert [(f.verdict, f.arithmetic) for f in of("F3", made)] == [(NO_DATA, "2026年1–4月、6–12月在岗，没有应发工资记录，共 11 个月")]
    assert of("F2", made) == []
    two = facts(engagements=[engagement(gross=1, months=(1, 2, 3, 4, 5, 7, 8, 9, 10, 11))])
    assert of("F3", two)[0].arithmetic.startswith("2026年6月、12月在岗")


# --- C: a change of type in the year -------------------------------------------------------------------------------------


def test_from_post_of_the_state_to_dispatched_owes_from_that_day_only() -> None:
    # 事业编制 to 30 June, 劳务派遣 from 1 July: 6 months, 25,000.00 元; January to June need no pay here and help nothing.
    hired = typed(engagement(standards=(standard(annual=5_000_000),)), (LONG_AGO, "事业编制"), (date(2026, 7, 1), "劳务派遣"))
    second, first = example.pay(1, 2_500_000, range(7, 13)), example.pay(1, 9_000_000, range(1, 7))
    verdict = judge(replace(hired, pay=(second,)))
    assert (verdict.service, verdict.missing, verdict.f2, verdict.f1) == (Fraction(1, 2), (), MET_PRORATED, MET)
    assert judge(replace(hired, pay=(first, replace(second, gross=2_499_999)))).f2 == BELOW_PRORATED
    assert judge(hired).missing == tuple((2026, m) for m in range(7, 13))


def test_from_dispatched_to_post_of_the_state_is_still_owed_what_was_due() -> None:
    # 劳务派遣 to 15 June: 5 + 15/30 months → 22,916.67 元 (22,916.666…). F1 does not ask a 事业编制 in post.
    left = typed(engagement(standards=(standard(1),)), (LONG_AGO, "劳务派遣"), (date(2026, 6, 16), "事业编制"))
    june, later = example.pay(1, 416_667, (6,)), example.pay(1, 9_000_000, range(7, 13))

    def verdict(to_may: int) -> Verdict:
        return judge(replace(left, pay=(example.pay(1, to_may, range(1, 6)), june, later)))

    assert (verdict(1_875_000).f2, verdict(1_874_999).f2) == (MET_PRORATED, BELOW_PRORATED)
    assert (verdict(0).f1, verdict(0).service) == ("", (5 + Fraction(1, 2)) / 12)


def test_between_two_types_with_the_floor_nothing_changes() -> None:
    worker = typed(engagement(gross=5_000_000), (LONG_AGO, "政府购买服务"), (date(2026, 6, 16), "劳务派遣"))
    verdict = judge(worker, settings={"pay.part_year": "整月（入职当月不计）"})
    assert (verdict.service, verdict.f2) == (1, MET_PRORATED)


def test_the_pay_population_enters_and_leaves_by_type_and_by_first_posting() -> None:
    july = date(2026, 7, 1)
    people = [
        typed(engagement(1), (LONG_AGO, "事业编制"), (july, "劳务派遣")),
        typed(engagement(2), (LONG_AGO, "劳务派遣"), (july, "事业编制")),
        engagement(3, assignments=posts((2, july, None, 10000))),
        engagement(4, assignments=posts((2, LONG_AGO, date(2026, 3, 31), 10000))),
        engagement(5, end=date(2026, 6, 30)),
        engagement(6, type="双百社工"),
        engagement(7, type="直接聘用"),
    ]
    made = facts(engagements=people)
    assert [e.id for e in pay_population(made, date(2026, 6, 30))] == [2, 4, 5]
    assert [e.id for e in pay_population(made, july)] == [1, 3, 4]
    assert [pay_form_spans(e, made) for e in people[:2]] == [((july, D),), ((date(2026, 1, 1), date(2026, 6, 30)),)]


def test_money_paid_as_another_type_is_not_the_pay_forms() -> None:
    worker = typed(engagement(), (LONG_AGO, "事业编制"), (date(2026, 7, 1), "劳务派遣"))
    before, after, late = example.pay(1, 1, range(1, 7)), example.pay(1, 2, range(7, 13)), example.pay(1, 3, (12,), outside=True)
    made = facts(engagements=[replace(worker, pay=(before, after, late))])
    assert pay_in(made.engagements[0], pay_form_spans(worker, made)) == (after, late)


# --- 4, I: records --------------------------------------------------------------------------------------------------------


def test_two_jobs_of_one_number_are_wrong_data_soft_where_either_is_part_time() -> None:
    who = example.person()
    first = engagement(1, who=who, end=date(2026, 6, 30))
    for start, full_time, found in (
        (date(2026, 6, 30), True, [("hard", WRONG_DATA)]),
        (date(2026, 6, 30), False, [("soft", WRONG_DATA)]),
        (date(2026, 6, 30), None, [("hard", WRONG_DATA)]),
        (date(2026, 7, 1), True, []),
    ):
        made = facts(engagements=[first, engagement(2, who=who, start=start, full_time=full_time)])
        assert [(f.severity, f.verdict) for f in of("L10", made)] == found


def test_shares_over_the_whole_are_wrong_data_from_the_day_they_meet() -> None:
    def found(second: int, end: date | None) -> list[str]:
        places = posts((2, LONG_AGO, end, 6000), (3, date(2026, 5, 1), None, second))
        return [f.verdict for f in of("L11", facts(engagements=[engagement(assignments=places)]))]

    assert found(4000, None) == [] and found(4001, None) == [WRONG_DATA]
    assert found(4001, date(2026, 4, 30)) == [] and found(4001, date(2026, 5, 1)) == [WRONG_DATA]


def test_a_number_against_birth_and_sex() -> None:
    birth = date(1990, 5, 20)
    number = example.id_no(birth, 2)  # an even sequence: a woman
    for who, wrong in (
        (example.person(number=number, birth=birth, sex="女"), 0),
        (example.person(number=number, birth=birth, sex="男"), 1),
        (example.person(number=number, birth=date(1990, 5, 21), sex="女"), 1),
        (example.person(number=number[:-1] + ("0" if number[-1] != "0" else "1"), birth=birth, sex="女"), 1),
    ):
        assert [f.verdict for f in of("L12", facts(engagements=[engagement(who=who)]))] == [WRONG_DATA] * wrong


# --- 4-estimation 9: the worked county --------------------------------------------------------------------------------------


def test_the_worked_county_by_its_page() -> None:
    made = totals(staffing(example.worked_county()))
    assert (made.need, made.heads, made.shortfall, made.surplus) == (58, 53, 6, 1)
    assert (made.met_units, made.judged_units) == (9, 14)
    assert round(float(made.rate or 0) * 100, 2) == 89.66
    assert (made.need or 0) - made.heads == 6 - 1
