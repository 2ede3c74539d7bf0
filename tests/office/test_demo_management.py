"""The demo county's management year: in order, but for what is left open on purpose."""

from __future__ import annotations

from db.book import Book
from db.lists.management import open_matters, register
from db.model import TABLES
from office import demo
from office.check import check, facts_in
from policy.finding import HINT, SOFT
from policy.period import parse_period
from policy.rules import RULES
from policy.turnover import turnover, whole

MANAGING = {rule.id for rule in RULES if rule.id[0] in "QSPW" or rule.id in ("R11", "R12", "R13", "R14", "R15", "R41", "R42", "R45", "R46")}


def test_what_is_open_on_purpose_and_nothing_else(demo_book: Book) -> None:
    found = check(demo_book, demo.AS_OF).findings
    assert [(one.severity, one.rule, one.unit, one.person) for one in found if one.rule in MANAGING] == [
        (SOFT, "R41", "大塘镇", "邝志强"), (SOFT, "Q8", "东岭县民政局", ""), (SOFT, "W1", "大塘镇", ""), (HINT, "R45", "东岭县民政局", ""),
    ]  # fmt: skip


def test_open_matters_name_what_is_late_first(demo_book: Book) -> None:
    rows = [row.values for row in demo_book.read(open_matters, demo.AS_OF).rows]
    assert [(kind, state) for kind, _, _, _, state in rows] == [("整改事项", "逾期 61 天"), ("来文", "20 天后到期"), ("绩效评价", "办理中")]
    assert "没有设立统一受理窗口" in rows[0][1]


def test_every_register_of_the_management_year_has_rows(demo_book: Book) -> None:
    management = ("recruit_batch", "training", "meeting", "plan_doc", "survey_window", "workload", "inspection", "problem", "reward", "incoming_doc",
                  "contact", "handover", "pay_scale", "grade_change", "evaluation", "supervision", "disclosure")  # fmt: skip
    for table in management:
        listing = demo_book.read(register, table, demo.AS_OF)
        assert listing.rows, table
        for row in listing.rows:
            for column, value in zip(listing.columns, row.values, strict=True):
                assert value is None or column.field.kind.show(value), (table, column.id)
    assert set(management) <= set(TABLES)


def test_the_pay_population_of_the_year_in_and_out(demo_book: Book) -> None:
    lines = turnover(demo_book.read(facts_in, parse_period("2026")))
    total = whole(lines)
    assert (len(total.opening), len(total.joined), len(total.moved_in), len(total.moved_out), len(total.left), len(total.closing)) == (41, 1, 0, 0, 0, 42)
    assert [(event.day.isoformat(), event.engagement.id) for event in total.joined] == [("2026-06-16", 5)]
