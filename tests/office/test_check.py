"""A check looks at stocks of its day and pay up to the last full month; the book's own settings stand over the notice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.book import Book
from db.change import Change
from office.check import check, check_period, facts_in, judge, parameters_in
from policy.finding import Finding
from tests.db.records import new


def of_rule(findings: tuple[Finding, ...], rule: str) -> list[Finding]:
    return [finding for finding in findings if finding.rule == rule]


@given(st.dates(date(2019, 1, 1), date(2100, 12, 30)))
def test_pay_runs_from_new_year_to_the_last_full_month_end(day: date) -> None:
    period = check_period(day)
    assert (period.first, period.as_of) == (date(day.year, 1, 1), day)
    assert period.last <= day < period.last + timedelta(days=32)
    assert (period.last + timedelta(days=1)).day == 1
    following = (period.last + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    assert following > day, "the month after the last full one is not full yet"


@pytest.mark.parametrize(("day", "last"), [(date(2026, 5, 31), date(2026, 5, 31)), (date(2026, 5, 30), date(2026, 4, 30)), (date(2026, 1, 30), date(2025, 12, 31))])
def test_edges(day: date, last: date) -> None:
    assert check_period(day).last == last


def test_the_demo_countys_findings(demo_book: Book) -> None:
    found = check(demo_book, date(2026, 12, 31))
    (short,) = of_rule(found.findings, "F1")
    assert short.engagement_id == 4
    assert all(part in short.arithmetic for part in ("49,992.00", "8.00"))
    towns = of_rule(found.findings, "R33")
    assert towns
    assert all(finding.unit for finding in towns)
    assert found.facts.period.as_of == date(2026, 12, 31)
    later = demo_book.read_later(facts_in, check_period(date(2026, 12, 31))).result(60)
    assert judge(later) == found


def test_a_setting_of_the_book_stands_over_the_notice_from_its_day(demo_book: Book) -> None:
    demo_book.act(
        "设置",
        [
            new("rule_set", 1, name="本单位设置", level="县", since=date(2026, 7, 1)),
            new("rule_value", 1, rule_set=1, key="staffing.boundary_mode", value='"就低"'),
            new("rule_value", 2, rule_set=1, key="rules.off", value='["F1"]'),
        ],
    )
    assert demo_book.read(parameters_in, date(2026, 6, 30)).boundary_mode == "就高"
    assert demo_book.read(parameters_in, date(2026, 7, 1)).boundary_mode == "就低"
    assert of_rule(check(demo_book, date(2026, 12, 31)).findings, "F1") == []
    assert of_rule(check(demo_book, date(2026, 6, 30)).findings, "F1") != []


def test_mending_the_record_ends_the_finding_and_undo_brings_it_back(demo_book: Book) -> None:
    def short() -> int:
        return len(of_rule(check(demo_book, date(2026, 12, 31)).findings, "F1"))

    assert short() == 1
    (standard,) = demo_book.read(lambda c: c.exec_driver_sql("SELECT id, monthly_fixed FROM pay_standard WHERE engagement = 4").all())
    demo_book.act("改", [Change("pay_standard", (standard.id,), {"monthly_fixed": 416600}, {"monthly_fixed": 416666})])
    assert short() == 1, "0.08 元 short of 5万"
    demo_book.act("改", [Change("pay_standard", (standard.id,), {"monthly_fixed": 416666}, {"monthly_fixed": 416667})])
    assert short() == 0
    demo_book.undo()
    demo_book.undo()
    assert short() == 1
