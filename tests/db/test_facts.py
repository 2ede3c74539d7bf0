"""Facts: the book as of a date and for a period; pay stands with the reporting unit of each month's last day in service."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest

from db import facts as db_facts
from db.book import Book
from db.change import Change
from db.rows import rows
from policy import example
from policy.facts import Approved, Count, Facts, PaySums
from policy.parameters import AT_END, AVERAGE, LAST_YEAR_END
from policy.period import Period, month_end, parse_period
from tests.db.records import county, new, pay, unit, worker

YEAR = parse_period("2026")


def read(book: Book, period: Period = YEAR) -> Facts:
    return book.read(db_facts.read, example.parameters(period.as_of), period)


def sums(book: Book, period: Period = YEAR, engagement: int = 1) -> list[tuple[int | None, list[int], bool, int]]:
    """(unit, months, outside, 应发) of one engagement."""
    found = next(one for one in read(book, period).engagements if one.id == engagement)
    return [(one.unit, [m for m in range(1, 13) if one.months >> m & 1], one.outside, one.gross) for one in found.pay]


def whole_year(engagement: int, year: int = 2026) -> list[Change]:
    """Pay of every month, as many 分 as the month's number times 100."""
    return [pay(engagement, year, month, base=100 * month) for month in range(1, 13)]


def moved(book: Book, day: date, to: int = 3, number: int = 11) -> None:
    """Engagement 1 goes from town 2 to another on a day."""
    book.act(
        "调动",
        [
            Change("assignment", (1,), {"end": None}, {"end": day - timedelta(days=1)}),
            new("assignment", number, engagement=1, unit=to, start=day),
        ],
    )


def test_a_whole_year_at_one_unit(book: Book) -> None:
    book.act("新增", [*county(), *worker(1), *whole_year(1), pay(1, 2025, 12, base=9)])
    assert sums(book) == [(2, list(range(1, 13)), False, 7800)]
    assert sums(book, parse_period("2026Q2")) == [(2, [4, 5, 6], False, 1500)]
    assert sums(book, parse_period("2026-05")) == [(2, [5], False, 500)]
    assert sums(book, parse_period("2026", date(2026, 3, 31))) == [(2, [1, 2, 3], False, 600)]


def test_a_june_transfer_leaves_mays_facts_as_they_were(book: Book) -> None:
    book.act("新增", [*county(), *worker(1), *whole_year(1)])
    may = parse_period("2026-05")
    before = read(book, may)
    moved(book, date(2026, 6, 16))
    after = read(book, may)
    assert sums(book, may) == [(2, [5], False, 500)]
    assert [one.pay for one in after.engagements] == [one.pay for one in before.engagements]
    assert after.units == before.units
    assert sums(book, parse_period("2026-06")) == [(3, [6], False, 600)]
    assert sums(book) == [(2, [1, 2, 3, 4, 5], False, 1500), (3, [6, 7, 8, 9, 10, 11, 12], False, 6300)]


def test_there_and_back_is_two_units_not_three(book: Book) -> None:
    book.act("新增", [*county(), *worker(1), *whole_year(1)])
    moved(book, date(2026, 4, 1))
    book.act("回来", [Change("assignment", (11,), {"end": None}, {"end": date(2026, 5, 31)}), new("assignment", 12, engagement=1, unit=2, start=date(2026, 6, 1))])
    assert sorted(sums(book), key=repr) == [(2, [1, 2, 3, 6, 7, 8, 9, 10, 11, 12], False, 6900), (3, [4, 5], False, 900)]


def test_months_outside_service_are_money_of_the_last_unit_and_flagged(book: Book) -> None:
    book.act("新增", [*county(), *worker(1, start=date(2026, 3, 31), end=date(2026, 10, 1)), *whole_year(1)])
    assert sorted(sums(book), key=repr) == [(2, [1, 2, 11, 12], True, 2600), (2, list(range(3, 11)), False, 5200)]


def test_pay_after_the_end_stands_with_the_last_unit(book: Book) -> None:
    book.act("新增", [*county(), *worker(1, end=date(2026, 9, 30)), pay(1, 2026, 9, base=9), pay(1, 2026, 11, bonus=5)])
    book.act("调动", [Change("assignment", (1,), {"end": date(2026, 9, 30)}, {"end": date(2026, 8, 31)}), new("assignment", 11, engagement=1, unit=3, start=date(2026, 9, 1), end=date(2026, 9, 30))])
    assert sums(book) == [(3, [9], False, 9), (3, [11], True, 5)]


def test_nobodys_unit(book: Book) -> None:
    book.act("新增", [*county(), *worker(1, at=None), pay(1, 2026, 1, base=7)])
    assert sums(book) == [(None, [1], False, 7)]


def test_not_posted_now_stays_with_the_last_unit(book: Book) -> None:
    book.act("新增", [*county(), *worker(1), *whole_year(1)])
    book.act("收回", [Change("assignment", (1,), {"end": None}, {"end": date(2026, 3, 31)})])
    assert sums(book) == [(2, list(range(1, 13)), False, 7800)]


def test_a_month_without_gross_is_no_month_and_blanks_are_nothing(book: Book) -> None:
    book.act("新增", [*county(), *worker(1), pay(1, 2026, 1, base=0), pay(1, 2026, 2, pension=5), pay(1, 2026, 3)])
    (found,) = read(book).engagements[0].pay
    assert (found.months, found.gross, found.insurance, found.net) == (0b10, 0, 5, 0)


def test_a_check_in_january_has_no_pay_yet(book: Book) -> None:
    book.act("新增", [*county(), *worker(1), *whole_year(1)])
    assert sums(book, Period("2026-01-05", date(2026, 1, 1), date(2025, 12, 31), date(2026, 1, 5))) == []


def test_who_is_in_facts(book: Book) -> None:
    """Whoever was engaged on some day from 1 January to the as-of date, both ends included."""
    ends = {1: date(2025, 12, 31), 2: date(2026, 1, 1)}
    starts = {3: date(2026, 6, 30), 4: date(2026, 7, 1)}
    book.act("新增", [*county(), *(c for n, end in ends.items() for c in worker(n, end=end)), *(c for n, start in starts.items() for c in worker(n, start=start))])
    assert [one.id for one in read(book, parse_period("2026H1")).engagements] == [2, 3]
    assert [one.id for one in read(book, parse_period("2026-06")).engagements] == [2, 3]
    assert [one.id for one in read(book).engagements] == [2, 3, 4]


def test_everything_that_hangs_on_an_engagement(book: Book) -> None:
    book.act(
        "新增",
        [
            *county(), *worker(1), new("engagement_term", 2, engagement=1, since=date(2026, 6, 1), type=None, duty_share=4000, employer="甲公司"),
            new("absence", 1, engagement=1, kind="产假", start=date(2026, 5, 1), end=None, paid=False),
            new("pay_standard", 2, engagement=1, since=date(2026, 1, 1), annual=6000000), new("pay_standard", 1, engagement=1, since=date(2024, 1, 1), monthly_fixed=1),
            Change("person", (1,), {"birth": None, "phone": None}, {"birth": date(1990, 5, 20), "phone": "13800000000"}),
            Change("engagement", (1,), {"full_time": True}, {"full_time": None}),
        ],
    )  # fmt: skip
    (one,) = read(book).engagements
    assert (one.person.name, one.person.birth, one.person.phone, one.person.id_no, one.full_time, one.end) == ("人员1", date(1990, 5, 20), "13800000000", "", None, None)
    assert [(term.since, term.type, term.duty_share, term.employer) for term in one.terms] == [
        (date(2024, 1, 1), "劳务派遣", 10000, ""), (date(2026, 6, 1), "", 4000, "甲公司"),
    ]  # fmt: skip
    assert [(leave.kind, leave.start, leave.end, leave.paid) for leave in one.absences] == [("产假", date(2026, 5, 1), None, False)]
    assert [(standard.since, standard.monthly_fixed, standard.annual) for standard in one.standards] == [(date(2024, 1, 1), 1, None), (date(2026, 1, 1), None, 6000000)]
    assert isinstance(one.assignments[0].pooled, bool)


def test_units_closed_inside_the_period_are_there_with_their_dates(book: Book) -> None:
    book.act(
        "新增",
        [
            *county(), *unit(4, "新圩镇"), *unit(5, "龙岗镇"),
            Change("unit", (2,), {"closed": None}, {"closed": date(2026, 5, 31)}), Change("unit", (3,), {"closed": None}, {"closed": date(2025, 12, 31)}),
            Change("unit", (4,), {"opened": None}, {"opened": date(2026, 6, 1)}), Change("unit", (5,), {"opened": None}, {"opened": date(2027, 1, 1)}),
            new("unit_version", 22, unit=2, since=date(2026, 5, 31), name="青石镇", type="乡镇", parent=1, successor=4),
        ],
    )  # fmt: skip
    assert [(one.id, one.closed, one.successor) for one in read(book).units] == [(1, None, None), (2, date(2026, 5, 31), 4), (4, None, None)]
    assert [one.id for one in read(book, parse_period("2026-05")).units] == [1, 2]
    assert [one.id for one in read(book, parse_period("2025")).units] == [1, 2, 3]


def test_units_bear_the_name_of_the_day_and_stand_in_return_order(book: Book) -> None:
    book.act(
        "新增",
        [
            *county(), *unit(4, "敬老院", "民政服务机构"), Change("unit", (3,), {"sort_no": 3}, {"sort_no": 1}),
            new("unit_version", 22, unit=2, since=date(2026, 7, 1), name="青石街道", type="街道", parent=1, exempt=True, exempt_reason="无低保对象"),
        ],
    )  # fmt: skip
    assert [one.name for one in read(book, parse_period("2026-06")).units] == ["东岭县民政局", "白沙镇", "青石镇", "敬老院"]
    assert [(one.name, one.exempt, one.exempt_reason) for one in read(book).units] == [
        ("东岭县民政局", False, ""), ("白沙镇", False, ""), ("青石街道", True, "无低保对象"), ("敬老院", False, ""),
    ]  # fmt: skip


def test_caseload_approved_heads_and_control_totals_of_the_newest_day(book: Book) -> None:
    june, december = date(2026, 6, 30), date(2026, 12, 31)
    book.act(
        "新增",
        [
            *county(),
            new("caseload", 1, unit=2, as_of=june, category="低保农", households=9, persons=20, source="月报"), new("caseload", 2, unit=2, as_of=june, category="特困农", persons=3),
            new("caseload", 3, unit=2, as_of=december, category="低保城", households=0),
            new("approved_headcount", 1, unit=3, since=date(2020, 1, 1), heads=2), new("approved_headcount", 2, unit=3, since=december, heads=5, document="东府〔2026〕1号"),
            new("control_total", 1, as_of=june, category="低保农", households=9, persons=None),
        ],
    )  # fmt: skip
    half, year = read(book, parse_period("2026H1")), read(book)
    assert dict(half.caseload[2].counts) == {"低保农": Count(9, 20), "特困农": Count(None, 3)}
    assert (half.caseload[2].as_of, half.caseload[2].source, set(half.caseload)) == (june, "月报", {2})
    assert dict(year.caseload[2].counts) == {"低保城": Count(0, None)}, "a category that is absent on the newest day is 0, not the older figure"
    assert half.approved == {3: Approved(3, date(2020, 1, 1), 2)}
    assert year.approved == {3: Approved(3, december, 5, "东府〔2026〕1号")}
    assert read(book, parse_period("2026Q1")).caseload == {}
    assert dict(year.control_totals) == {"低保农": Count(9, None)}


def test_the_county_and_its_rule_sets(book: Book) -> None:
    book.act(
        "新增",
        [
            *county(), new("rule_set", 2, name="市标准", level="市", since=date(2026, 1, 1), document="岭民〔2026〕1号"), new("rule_set", 1, name="本单位", level="县", since=date(2026, 7, 1)),
            new("rule_value", 1, rule_set=2, key="pay.floor.粤东西北", value=json.dumps(5500000)), new("rule_value", 2, rule_set=1, key="staffing.boundary_mode", value='"就低"'),
        ],
    )  # fmt: skip
    found = book.read(db_facts.overlays)
    assert [(one.name, one.level, one.document, one.since, one.until, dict(one.values)) for one in found] == [
        ("市标准", "市", "岭民〔2026〕1号", date(2026, 1, 1), None, {"pay.floor.粤东西北": 5500000}),
        ("本单位", "县", "", date(2026, 7, 1), None, {"staffing.boundary_mode": "就低"}),
    ]  # fmt: skip
    assert (read(book).county.name, read(book).county.leader, read(book).county.confirmed) == ("东岭县", "", True)
    assert not book.read(db_facts.county_demo)


def test_a_tie_of_shares_and_starts_goes_to_the_unit_that_comes_first(book: Book) -> None:
    book.act("新增", [*county(), *worker(1, at=None), *whole_year(1)])
    halves = [new("assignment", n, engagement=1, unit=at, start=date(2024, 1, 1), share=5000) for n, at in ((1, 3), (2, 2))]
    book.act("派驻", halves)
    assert [one.unit for one in read(book).engagements[0].assignments] == [2, 3]
    assert [unit for unit, *_ in sums(book)] == [2]
    book.act("排序", [Change("unit", (2,), {"sort_no": 2}, {"sort_no": 9})])
    assert [unit for unit, *_ in sums(book)] == [3]


def test_a_change_of_type_parts_the_sums_and_the_month_of_the_change_stands_alone(book: Book) -> None:
    """事业编制 from 16 June: 1–5 dispatched, 6 both, 7–12 not. A change of duty parts nothing."""
    book.act("新增", [*county(), *worker(1), *whole_year(1), new("engagement_term", 2, engagement=1, since=date(2026, 3, 1), type="劳务派遣", duty_share=6000)])
    assert sums(book) == [(2, list(range(1, 13)), False, 7800)]
    book.act("变更", [new("engagement_term", 3, engagement=1, since=date(2026, 6, 16), type="事业编制")])
    assert sums(book) == [(2, [1, 2, 3, 4, 5], False, 1500), (2, [6], False, 600), (2, [7, 8, 9, 10, 11, 12], False, 5700)]


def test_control_totals_are_those_typed_for_the_period(book: Book) -> None:
    """Last year's total is not held against this year's caseload."""
    book.act("新增", [*county(), new("control_total", 1, as_of=date(2025, 12, 31), category="低保农", households=9)])
    assert dict(read(book).control_totals) == {}
    assert dict(read(book, parse_period("2025")).control_totals) == {"低保农": Count(9, None)}


# a made province against plain Python

ADDED = {"insurance": ("pension", "medical", "unemployment", "insurance_other")}
COMPUTED = {
    "gross": (("base", "post", "performance", "allowance", "bonus", "overtime", "unsplit"), ("deduction",)),
    "net": (("base", "post", "performance", "allowance", "bonus", "overtime", "unsplit"), ("deduction", *ADDED["insurance"], "fund", "tax", "other")),
    "cost": (("base", "post", "performance", "allowance", "bonus", "overtime", "unsplit", "employer_insurance", "employer_fund", "fee", "vat"), ("deduction",)),
}


def amount(one: dict[str, Any], name: str) -> int:
    """A figure of PaySums from one stored pay month."""
    if name in COMPUTED:
        plus, minus = COMPUTED[name]
        if all(one[item] is None for item in COMPUTED["gross"][0]):
            return 0
        return sum(one[item] or 0 for item in plus) - sum(one[item] or 0 for item in minus)
    return sum(one[item] or 0 for item in ADDED.get(name, (name,)))


def unit_of(posts: list[dict[str, Any]], day: date, begin: date) -> int | None:
    """Day by day backwards to the first that has a posting; before all of them, the first one's unit."""
    while day >= begin:
        held = [one for one in posts if one["start"] <= day and (one["end"] is None or day <= one["end"])]
        if held:
            return int(min(held, key=lambda one: (-one["share"], one["start"], one["unit"], one["id"]))["unit"])
        day -= timedelta(days=1)
    return int(min(posts, key=lambda one: (one["start"], one["unit"], one["id"]))["unit"]) if posts else None


def naive(book: Book, period: Period) -> dict[tuple[int, int | None, bool], dict[str, int]]:
    engagements = {one["id"]: one for one in book.read(rows, "engagement")}
    posts = defaultdict(list)
    for one in book.read(rows, "assignment"):
        posts[one["engagement"]].append(one)
    names = [one.name for one in fields(PaySums) if one.name not in ("engagement", "unit", "months", "outside")]
    found: dict[tuple[int, int | None, bool], dict[str, int]] = defaultdict(lambda: dict.fromkeys(["months", *names], 0))
    for one in book.read(rows, "pay_month"):
        first, last = date(one["year"], one["month"], 1), month_end(one["year"], one["month"])
        whose = engagements[one["engagement"]]
        if not period.first <= first <= period.flow_last:
            continue
        served = min(last, whose["end"] or last)
        key = (whose["id"], unit_of(posts[whose["id"]], served, whose["start"]), served < first or whose["start"] > last)
        for name in names:
            found[key][name] += amount(one, name)
        found[key]["months"] |= 0 if all(one[item] is None for item in COMPUTED["gross"][0]) else 1 << one["month"]
    return dict(found)


def province(seed: int) -> list[Change]:
    """30 people with breaks, transfers, shared and missing postings, blank months and months outside service."""
    dice = random.Random(seed)
    changes = [*county(), *unit(4, "新圩镇"), *unit(5, "龙岗镇")]
    posting = 0
    for number in range(1, 31):
        start = date(2025, 1, 1) + timedelta(days=dice.randrange(-200, 700))
        end = start + timedelta(days=dice.randrange(1, 600)) if dice.random() < 0.5 else None
        changes += worker(number, start=start, end=end, at=None)
        for _ in range(dice.choice((0, 1, 1, 2, 3))):
            posting += 1
            begun = start + timedelta(days=dice.choice((0, 0, dice.randrange(400))))
            if end is not None and begun > end:
                continue
            until = dice.choice((end, begun + timedelta(days=dice.randrange(0, 300))))
            until = until if end is None or until is None else min(until, end)
            changes.append(new("assignment", posting, engagement=number, unit=dice.randrange(2, 6), start=begun, end=until, share=dice.choice((3000, 5000, 10000))))
        for year in (2025, 2026):
            for month in range(1, 13):
                if dice.random() < 0.85:
                    items = {name: dice.choice((None, 0, dice.randrange(10**6))) for name in (*COMPUTED["cost"][0], *COMPUTED["net"][1])}
                    changes.append(pay(number, year, month, **(items if dice.random() < 0.9 else {})))
    return changes


@pytest.mark.parametrize("seed", range(6))
def test_sums_equal_a_plain_computation(book: Book, seed: int) -> None:
    book.act("新增", province(seed))
    for period in (
        parse_period("2025"), parse_period("2026"), parse_period("2026H2"), parse_period("2026Q1"), parse_period("2026-05"),
        parse_period("2026", date(2026, 8, 15)), parse_period("2026Q2", date(2026, 12, 31)),
    ):  # fmt: skip
        wanted = naive(book, period)
        got = {
            (one.engagement, one.unit, one.outside): {name: getattr(one, name) for name in next(iter(wanted.values()))}
            for engagement in read(book, period).engagements
            for one in engagement.pay
        }
        assert got == wanted, period.label


def test_households_of_last_years_end_or_the_average_of_the_year(book: Book) -> None:
    """户数取哪一天: the newest by the as-of date, last year's end, or the mean over the days reported (half up, absent categories 0)."""
    rows_ = [
        new("caseload", number, unit=2, as_of=date(*day), category=category, households=homes)
        for number, (day, category, homes) in enumerate(
            [((2025, 11, 30), "低保农", 300), ((2026, 3, 31), "低保农", 301), ((2026, 9, 30), "低保农", 310), ((2026, 9, 30), "边缘", 5)], 1
        )
    ]
    book.act("户数", [*county(), *rows_])

    def homes(mode: str, day: date = date(2026, 12, 31)) -> dict[str, int | None] | None:
        found = book.read(db_facts.caseload, day, mode).get(2)
        return {category: count.households for category, count in found.counts.items()} if found else None

    assert homes(AT_END) == {"低保农": 310, "边缘": 5}
    assert homes(LAST_YEAR_END) == {"低保农": 300}
    assert homes(AVERAGE) == {"低保农": 306, "边缘": 3}, "(301 + 310) / 2 = 305.5, (0 + 5) / 2 = 2.5"
    assert homes(AVERAGE, date(2026, 3, 31)) == {"低保农": 301}
    assert homes(AVERAGE, date(2026, 1, 31)) is None, "nothing was reported this year: 数据不足, no figure of another year"
    assert book.read(db_facts.caseload, date(2026, 12, 31), AVERAGE)[2].as_of == date(2026, 9, 30)
