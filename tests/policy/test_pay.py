"""最低标准: standards, months in service in exact fractions, and every vector of the part-year methods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import example
from policy.example import engagement, facts, standard
from policy.facts import Absence, Engagement, Facts, Standard, Term
from policy.figures import half_up, yuan
from policy.finding import BELOW, BELOW_PRORATED, MET, MET_PRORATED, NO_DATA, UNCLEAR
from policy.parameters import OTHER, PEARL
from policy.pay import (
    Verdict,
    annual_standard,
    floor_on,
    in_pay_form,
    pay_population,
    service_by_month,
    standard_on,
    verdicts,
)

FIVE = 5_000_000
YEAR = range(1, 13)


def settings(**values: Any) -> dict[str, Any]:
    return {key.replace("__", "."): value for key, value in values.items()}


def judge(worker: Engagement, **options: Any) -> Verdict:
    return verdicts(facts(engagements=[worker], **options))[0]


def served(start: date, end: date | None, method: str, *absences: Absence, year: int = 2019) -> Fraction:
    p = example.parameters(settings=settings(pay__part_year=method))
    worker = engagement(start=start, end=end, absences=absences)
    return sum(service_by_month(worker, date(year, 1, 1), date(year, 12, 31), p).values(), Fraction(0)) / 12


@pytest.mark.parametrize(
    ("start", "end", "method", "fraction", "due"),
    [
        (date(2019, 6, 16), None, "月折算", Fraction(13, 24), 2_708_333),
        (date(2019, 6, 16), None, "日折算", Fraction(199, 365), 2_726_027),
        (date(2019, 6, 16), None, "整月（入职当月计）", Fraction(7, 12), 2_916_667),
        (date(2019, 6, 16), None, "整月（入职当月不计）", Fraction(6, 12), 2_500_000),
        (date(2019, 6, 1), None, "整月（入职当月不计）", Fraction(7, 12), 2_916_667),
        (date(2019, 3, 15), date(2019, 9, 30), "月折算", (Fraction(17, 31) + 6) / 12, 2_728_495),
        (date(2018, 1, 1), None, "月折算", Fraction(1), FIVE),
        (date(2018, 1, 1), None, "日折算", Fraction(1), FIVE),
        (date(2018, 1, 1), date(2019, 9, 1), "整月（入职当月计）", Fraction(9, 12), 3_750_000),
    ],
)
def test_part_of_a_year(start: date, end: date | None, method: str, fraction: Fraction, due: int) -> None:
    assert served(start, end, method) == fraction
    assert half_up(FIVE * fraction) == due


def test_a_leap_year_is_one_year_by_days_too() -> None:
    assert served(date(2018, 1, 1), None, "日折算", year=2024) == 1


def test_service_months_are_exact_and_months_without_a_day_are_absent() -> None:
    worker = engagement(start=date(2026, 2, 28), end=date(2026, 4, 1))
    found = service_by_month(worker, date(2026, 1, 1), date(2026, 12, 31), example.parameters())
    assert found == {(2026, 2): Fraction(1, 28), (2026, 3): Fraction(1), (2026, 4): Fraction(1, 30)}


def test_unpaid_days_come_off_once_and_only_with_the_setting() -> None:
    unpaid = Absence(1, "事假", date(2026, 4, 1), date(2026, 4, 10), paid=False)
    overlapping = Absence(2, "旷工", date(2026, 4, 10), date(2026, 4, 15), paid=False)
    paid = Absence(3, "产假", date(2026, 5, 1), None, paid=True)
    worker = engagement(absences=(unpaid, overlapping, paid))
    span = (date(2026, 4, 1), date(2026, 5, 31))
    assert service_by_month(worker, *span, example.parameters()) == {(2026, 4): Fraction(15, 30), (2026, 5): 1}
    kept = example.parameters(settings=settings(pay__unpaid_absence_off=False))
    assert service_by_month(worker, *span, kept) == {(2026, 4): 1, (2026, 5): 1}
    whole_month = engagement(absences=(replace(unpaid, end=date(2026, 4, 30)),))
    assert service_by_month(whole_month, *span, example.parameters()) == {(2026, 5): 1}


@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)), st.integers(0, 800), st.sampled_from(["月折算", "日折算"]))
def test_service_of_a_year_is_between_nothing_and_one_and_splits_without_a_rest(start: date, days: int, method: str) -> None:
    p = example.parameters(settings=settings(pay__part_year=method))
    end = date.fromordinal(start.toordinal() + days)
    worker = engagement(start=start, end=end)
    whole = service_by_month(worker, date(2026, 1, 1), date(2026, 12, 31), p)
    halves = [
        service_by_month(worker, a, b, p) for a, b in ((date(2026, 1, 1), date(2026, 6, 20)), (date(2026, 6, 21), date(2026, 12, 31)))
    ]
    assert 0 <= sum(whole.values(), Fraction(0)) / 12 <= 1
    assert sum((sum(half.values(), Fraction(0)) for half in halves), Fraction(0)) == sum(whole.values(), Fraction(0))


@pytest.mark.parametrize(
    ("given_standard", "annual"),
    [
        (None, None),
        (standard(416600), 4_999_200),
        (standard(416667), 5_000_004),
        (standard(350000, 50000, 200000), 5_000_000),
        (standard(annual=5_000_000), 5_000_000),
        (standard(400000, 0, 0, annual=9_999_999), 4_800_000),
        (standard(None, 50000, None, annual=5_000_000), 5_000_000),
        (standard(), None),
    ],
)
def test_annual_standard(given_standard: Standard | None, annual: int | None) -> None:
    assert annual_standard(given_standard) == annual


def test_the_standard_of_the_day() -> None:
    old, new = standard(400000), standard(450000, since=date(2026, 7, 1))
    worker = engagement(standards=(new, old))
    assert [standard_on(worker, day) for day in (date(2023, 12, 31), date(2026, 6, 30), date(2026, 7, 1))] == [None, old, new]


def test_floor_on_a_day() -> None:
    p = example.parameters(settings={f"pay.floor.{OTHER}": 6_000_000})
    assert floor_on(p, PEARL, date(2026, 12, 31)) == 8_000_000
    assert floor_on(p, OTHER, date(2025, 12, 31)) == FIVE
    assert floor_on(p, OTHER, date(2026, 1, 1)) == 6_000_000
    with pytest.raises(ValueError, match="没有最低标准"):
        floor_on(p, "大湾区", date(2026, 1, 1))
    with pytest.raises(ValueError, match="没有最低标准"):
        floor_on(p, OTHER, date(2019, 3, 10))


@pytest.mark.parametrize(
    ("fixed", "region", "f1"), [(416600, OTHER, BELOW), (416667, OTHER, MET), (666600, PEARL, BELOW), (666667, PEARL, MET)]
)
def test_f1_vectors(fixed: int, region: str, f1: str) -> None:
    verdict = judge(engagement(standards=(standard(fixed),)), region=region)
    assert (verdict.f1, verdict.standard) == (f1, 12 * fixed)


def test_exactly_at_the_floor_is_met_and_tolerance_is_to_the_fen() -> None:
    def f1(annual: int, tolerance: int = 0) -> str:
        return judge(engagement(standards=(standard(annual=annual),)), settings={"pay.tolerance": tolerance}).f1

    assert [f1(FIVE), f1(FIVE - 1), f1(FIVE - 800, 800), f1(FIVE - 801, 800)] == [MET, BELOW, MET, BELOW]


@pytest.mark.parametrize(("gross", "f2"), [(2_708_333, MET_PRORATED), (2_708_332, BELOW_PRORATED)])
def test_f2_from_the_16th_of_june(gross: int, f2: str) -> None:
    verdict = judge(engagement(start=date(2026, 6, 16), gross=gross, months=range(6, 13)))
    assert (verdict.f2, verdict.paid) == (f2, gross)
    assert verdict.due == Fraction(13, 24) * FIVE
    assert verdict.service == Fraction(13, 24)


def test_f2_tolerance() -> None:
    short = engagement(gross=FIVE - 800)
    assert judge(short).f2 == BELOW_PRORATED
    assert judge(short, settings={"pay.tolerance": 800}).f2 == MET_PRORATED


def test_a_smaller_duty_never_lowers_a_floor() -> None:
    verdict = judge(engagement(duty_share=4000, share=5000, gross=FIVE - 1))
    assert (verdict.due, verdict.f2) == (FIVE, BELOW_PRORATED)


def test_a_floor_that_changes_inside_the_period_applies_month_by_month() -> None:
    made = facts(engagements=[engagement(gross=5_333_333)])
    later = [replace(floor, since=date(2026, 9, 1), amount=6_000_000) for floor in made.parameters.floors if floor.region == OTHER]
    raised = replace(made, parameters=replace(made.parameters, floors=(*made.parameters.floors, *later)))
    verdict = verdicts(raised)[0]
    assert verdict.due == Fraction(FIVE * 8 + 6_000_000 * 4, 12)
    assert verdict.floor == 6_000_000
    assert verdict.f2 == MET_PRORATED
    assert verdicts(replace(raised, engagements=(engagement(gross=5_333_332),)))[0].f2 == BELOW_PRORATED


def test_months_before_any_floor_owe_nothing() -> None:
    verdict = judge(engagement(start=date(2018, 1, 1), gross=1), period="2019", as_of=date(2019, 12, 31))
    assert verdict.due == Fraction(FIVE * 10, 12)


def test_a_served_month_without_pay_is_missing_data_and_no_f2() -> None:
    verdict = judge(engagement(gross=1, months=[*range(1, 7), *range(8, 13)]))
    assert (verdict.f2, verdict.missing) == (NO_DATA, ((2026, 7),))


def test_pay_of_several_units_is_added_up_and_money_outside_service_is_not() -> None:
    worker = engagement()
    pay = (
        example.pay(1, 2_000_000, range(1, 7), unit=2),
        example.pay(1, 3_000_000, range(7, 12), unit=3),
        example.pay(1, 9_000_000, [12], outside=True),
    )
    verdict = judge(replace(worker, pay=pay))
    assert (verdict.paid, verdict.missing, verdict.f2) == (FIVE, ((2026, 12),), NO_DATA)
    whole = judge(replace(worker, pay=(pay[0], example.pay(1, 3_000_000, range(7, 13), unit=3), pay[2])))
    assert (whole.paid, whole.missing, whole.f2) == (FIVE, (), MET_PRORATED)


def test_paid_by_caliber() -> None:
    sums = replace(example.pay(1, FIVE, YEAR), overtime=100_000)
    worker = replace(engagement(), pay=(sums,))

    def paid(caliber: str) -> int:
        return judge(worker, settings={"pay.caliber": caliber}).paid

    assert [paid(c) for c in ("应发", "应发不含加班", "用工成本", "实发")] == [FIVE, FIVE - 100_000, sums.cost, sums.net]


def test_part_time_workers_are_outside_both_checks() -> None:
    verdict = judge(engagement(full_time=False, gross=1, standards=(standard(1),)))
    assert (verdict.f1, verdict.f2) == ("", "")


@pytest.mark.parametrize(
    ("worker", "confirmed"),
    [(engagement(full_time=None, gross=1), True), (engagement(type="", gross=1), True), (engagement(gross=1), False)],
)
def test_unclear_cases_are_not_judged(worker: Engagement, confirmed: bool) -> None:
    verdict = judge(worker, confirmed=confirmed)
    assert (verdict.f1, verdict.f2) == (UNCLEAR, UNCLEAR)


def test_no_standard_is_missing_data() -> None:
    assert judge(engagement(gross=FIVE)).f1 == NO_DATA


def test_f1_looks_at_people_in_post_f2_at_everybody_who_served() -> None:
    left = judge(engagement(end=date(2026, 6, 30), gross=2_500_000, months=range(1, 7), standards=(standard(1),)))
    assert (left.f1, left.f2, left.unit) == ("", MET_PRORATED, 2)
    last_day = judge(engagement(end=date(2026, 12, 31), gross=FIVE, standards=(standard(1),)))
    assert last_day.f1 == BELOW
    long_gone = facts(engagements=[engagement(end=date(2025, 12, 31))])
    assert verdicts(long_gone) == ()


def test_not_yet_assigned_is_not_yet_entered() -> None:
    verdict = judge(engagement(unit=None, gross=1, standards=(standard(1),)))
    assert (verdict.f1, verdict.f2, verdict.unit) == ("", "", None)


def test_the_whole_period_away_without_pay() -> None:
    away = Absence(1, "事假", date(2025, 1, 1), None, paid=False)
    verdict = judge(engagement(absences=(away,), standards=(standard(annual=FIVE),)))
    assert (verdict.f1, verdict.f2, verdict.service, verdict.missing) == (MET, "", 0, ())


@pytest.mark.parametrize(
    ("type", "stands"),
    [("政府购买服务", True), ("劳务派遣", True), ("直接聘用", False), ("双百社工", False), ("行政编制", False), ("其他", False)],
)
def test_who_has_the_floor_and_stands_in_the_pay_form(type: str, stands: bool) -> None:
    assert len(verdicts(facts(engagements=[engagement(type=type)]))) == stands
    assert in_pay_form(engagement(type=type), date(2026, 12, 31), example.parameters()) is stands


def test_the_switches_for_other_types() -> None:
    worker = engagement(type="直接聘用", standards=(standard(1),))
    in_form = judge(worker, settings={"staffing.types.直接聘用.in_pay_form": True})
    with_floor = judge(worker, settings={"staffing.types.直接聘用.has_floor": True})
    assert (in_form.f1, with_floor.f1) == ("", BELOW)


def test_a_change_of_type_leaves_the_floor_like_an_end() -> None:
    terms = (Term(1, date(2024, 1, 1), "劳务派遣", "社会救助经办"), Term(2, date(2026, 7, 1), "事业编制", "社会救助经办"))
    stayed, left = (replace(engagement(end=end), terms=terms) for end in (None, date(2026, 6, 30)))
    assert [(v.f1, v.f2, v.service) for v in verdicts(facts(engagements=[stayed, left]))] == [("", NO_DATA, Fraction(1, 2))] * 2


def test_pay_population() -> None:
    day = date(2026, 12, 31)
    workers = [
        engagement(1),
        engagement(2, type="事业编制"),
        engagement(3, end=date(2026, 12, 30)),
        engagement(4, end=day),
        engagement(5, unit=None),
        engagement(6, start=date(2027, 1, 1)),
        example.worked_county().engagements[57],
    ]
    found: Facts = facts(engagements=workers)
    assert [e.id for e in pay_population(found, day)] == [1, 4, 58]
    assert [e.id for e in pay_population(found, date(2026, 12, 30))] == [1, 3, 4, 58]


def test_the_worked_county() -> None:
    found = {v.engagement.id: v for v in verdicts(example.worked_county())}
    assert [i for i, v in found.items() if v.f1 == BELOW] == [4]
    assert [i for i, v in found.items() if v.f2 == BELOW_PRORATED] == [4]
    assert (found[5].service, found[5].paid, found[5].f2) == (Fraction(13, 24), 2_925_000, MET_PRORATED)
    assert (found[58].unit, found[58].f1) == (9, MET)
    assert all(v.missing == () for v in found.values())
    assert len(found) == 2 + (48 - 13) + 5


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (4_999_200, "49,992.00"),
        (0, "0.00"),
        (5, "0.05"),
        (-800, "-8.00"),
        (Fraction(1, 2), "0.01"),
        (Fraction(-1, 3), "0.00"),
        (10**10, "100,000,000.00"),
    ],
)
def test_yuan(fen: int | Fraction, text: str) -> None:
    assert yuan(fen) == text


@given(st.integers(-(10**14), 10**14))
def test_yuan_keeps_every_fen(fen: int) -> None:
    assert int(yuan(fen).replace(",", "").replace(".", "")) == fen


@given(st.fractions(0, 10**9))
def test_half_up(amount: Fraction) -> None:
    assert -Fraction(1, 2) < half_up(amount) - amount <= Fraction(1, 2)
