"""The demo county is the worked example: 58 needed, 53 there, 6 short and 1 over, never netted; and nobody's identity number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db import facts as db_facts
from db.book import Book
from db.rows import rows
from office import demo, demo_contracts
from office.check import check, facts_in
from office.estimate import hires_of
from policy import example
from policy.caseload import households
from policy.clock import Clock
from policy.expiry import LABOUR, expiring
from policy.finding import AUDIT, RISK
from policy.funds import by_source, work_fund
from policy.hiring import proposal
from policy.identity import facts_of
from policy.pay import annual_standard, standard_on
from policy.period import parse_period
from policy.staffing import staffing, totals
from policy.under_contract import people_under


def test_the_worked_example(demo_book: Book) -> None:
    facts = demo_book.read(facts_in, parse_period("2026"))
    whole = totals(staffing(facts))
    assert (whole.need, whole.heads, whole.shortfall, whole.surplus) == (58, 53, 6, 1)
    made = {line.unit.name: (line.need, len(line.counted), line.households) for line in staffing(facts)}
    wanted = {line.unit.name: (line.need, len(line.counted), line.households) for line in staffing(example.worked_county())}
    assert {name: counts[:2] for name, counts in made.items()} == {name: counts[:2] for name, counts in wanted.items()}
    assert [made[name][2] for name in example.TOWN_NAMES] == list(example.TOWN_HOUSEHOLDS)


def test_a_year_earlier_exactly_three_thousand_households(demo_book: Book) -> None:
    facts = demo_book.read(facts_in, parse_period("2025"))
    assert sum(households(facts.caseload[one.id], facts.parameters) or 0 for one in facts.units if one.id in facts.caseload) == 3000


def test_types_of_the_fifty_three_and_the_five(demo_book: Book) -> None:
    terms = demo_book.read(rows, "engagement_term")
    kinds = [one["type"] for one in terms[:53]]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "行政编制": 2, "事业编制": 14, "政府购买服务": sum(sorted(example.TOWN_HEADS)[-2:]) - 2, "劳务派遣": 53 - 16 - sum(sorted(example.TOWN_HEADS)[-2:]) + 2,
    }  # fmt: skip
    assert len(terms) == 58


def test_one_standard_is_eight_yuan_short_and_one_starts_in_june(demo_book: Book) -> None:
    facts = demo_book.read(facts_in, parse_period("2026"))
    standards = {one.id: annual_standard(standard_on(one, facts.period.as_of)) for one in facts.engagements}
    assert [number for number, standard in standards.items() if standard is not None and standard < 5_000_000] == [4]
    assert standards[4] == 4_999_200
    assert [one.id for one in facts.engagements if one.start == date(2026, 6, 16)] == [5]


def test_twenty_four_pay_months_for_whom_the_provider_pays(demo_book: Book) -> None:
    months: dict[int, int] = {}
    for one in demo_book.read(rows, "pay_month"):
        months[one["engagement"]] = months.get(one["engagement"], 0) + 1
    paid = {one["engagement"] for one in demo_book.read(rows, "engagement_term") if one["type"] in ("劳务派遣", "政府购买服务")}
    assert set(months) == paid
    assert {number: count for number, count in months.items() if count != 24} == {5: 7}


def test_identity_numbers_are_right_and_nobodys(demo_book: Book) -> None:
    people = demo_book.read(rows, "person")
    for one in people:
        said = facts_of(one["id_no"])
        assert one["id_no"].startswith("449901")
        assert (said.birth, said.sex) == (one["birth"], one["sex"])
    assert len({one["id_no"] for one in people}) == 58
    assert set(demo.EDGE_NAMES) <= {one["name"] for one in people}


def test_it_is_marked_as_made_up_and_sound(demo_book: Book, demo_folder: Path) -> None:
    assert demo_book.read(db_facts.county_demo)
    assert demo_book.read(db_facts.county).name == "东岭县"
    assert demo_book.verify() == []
    assert (demo_folder / "东岭县.jingban").exists()


def test_one_agreement_with_its_two_risks_and_funds_that_suffice(demo_book: Book) -> None:
    found = check(demo_book, demo.AS_OF)
    assert [(one.rule, one.person) for one in found.findings if one.kind == RISK and one.rule[0] == "C"] == [
        ("C02", ""), ("C11", "麦国栋"), ("C21", ""), ("C21", ""),
    ]  # fmt: skip
    assert len([one for one in found.findings if one.kind == AUDIT]) == 11
    agreement, service = found.facts.contracts
    assert [(one.headcount, len(people_under(found.facts, one))) for one in (agreement, service)] == [(33, 33), (9, 9)]
    assert (agreement.total, service.total) == (33 * demo_contracts.PRICE, 9 * demo_contracts.SERVICE_PRICE)
    paid = {line.source: line.paid for line in by_source(found.facts) if line.paid}
    assert agreement.paid == 135_297_060 - 50_000 + 59_476_740  # January to July, March less 500.00 元; August to October
    assert agreement.paid + service.paid == sum(paid.values())
    spent = {line.source: line.spent for line in found.facts.fund_lines if line.purpose == "购买服务" and line.document.year == 2026}
    assert {source: amount for source, amount in spent.items() if amount} == paid
    fund = work_fund(found.facts)
    assert (fund.due, fund.arranged, fund.short, fund.documents) == (210_000_000, 220_000_000, 0, 2)
    assert sum(line.due for line in by_source(found.facts)) == (agreement.total or 0) + (service.total or 0)


def test_everybody_the_provider_employs_has_a_labour_contract_and_four_are_worth_a_look(demo_book: Book) -> None:
    found = check(demo_book, demo.AS_OF)
    with_one = {one.engagement for one in found.facts.labour_contracts}
    assert with_one == {one["engagement"] for one in demo_book.read(rows, "engagement_term") if one["type"] in ("劳务派遣", "政府购买服务")}
    assert [(one.rule, one.person) for one in found.findings if one.rule[0] == "L"] == [
        ("L07", "赖建华"), ("L05", "吴嘉欣"), ("L07", "谢丽华"), ("L07", "佘㙍明"),
    ]  # fmt: skip
    assert [(one.name, one.band) for one in expiring(found.facts) if one.sort == LABOUR] == [
        ("赖建华", "已过期"), ("谢丽华", "0–30 天"), ("佘㙍明", "31–60 天"), ("李建华", "61–90 天"),
    ]  # fmt: skip


def test_the_demo_of_another_edition_is_made_anew_and_nothing_else_is_ever_removed(tmp_path: Path, clock: Clock) -> None:
    folder = demo.keep_or_make(tmp_path / "东岭县.经办台账", clock)
    kept = (folder / "book.db").stat().st_mtime_ns
    assert demo.keep_or_make(folder, clock) == folder and (folder / "book.db").stat().st_mtime_ns == kept
    (folder / demo.STAMP).write_text("0.0.1 older", encoding="utf-8")
    (folder / "backups" / "旧").write_text("x", encoding="utf-8")
    demo.keep_or_make(folder, clock)
    assert not (folder / "backups" / "旧").exists() and (folder / "book.db").exists()
    (folder / demo.STAMP).unlink()
    (folder / "backups" / "自己的").write_text("x", encoding="utf-8")
    assert demo.keep_or_make(folder, clock) == folder and (folder / "backups" / "自己的").exists()


def test_its_hiring_plan_is_what_the_shortfalls_propose(demo_book: Book) -> None:
    facts = demo_book.read(facts_in, parse_period("2026"))
    (plan,) = demo_book.read(rows, "hiring_plan")
    assert (plan["year"], plan["batch"]) == (2027, None)
    assert demo_book.read(hires_of, plan["id"]) == proposal(facts, 3, 2)
