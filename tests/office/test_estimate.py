"""Scenarios kept in the book, copies that never move, plans that become 招录批次; and the same from the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from db.book import Book
from db.change import Change, Refused
from db.rows import rows
from office.check import check_period, facts_in
from office.estimate import (
    coming,
    expect_fund,
    freeze,
    frozen,
    hires_of,
    keep,
    keep_plan,
    offered,
    read_scenario,
    report,
    scenarios,
    to_batch,
    write_scenario,
)
from office.estimate_sheet import comparison, copy_page, one_page, write_estimate
from office.people import transfer
from policy.clock import Clock
from policy.contract_facts import WORK_FUND
from policy.estimate import estimate, proposals
from policy.estimate_facts import Departure, Scenario
from policy.hiring import Hire, proposal
from tests.office.sheets import office

DAY = date(2026, 12, 31)
MINE = Scenario("2027年预算测算A", 2027, wage=5_200_000, rate=2500, fee=10_000, departures=(Departure(1, Fraction(7, 2), 416_667),),
                sources={"wage": "县府办〔2026〕9号"})  # fmt: skip


@pytest.fixture
def demo_book(demo_book: Book) -> Book:
    """The demo county before it looks ahead: no scenario of its own, nothing registered for the return year's 低保 spending."""
    gone = [("scenario", one) for one in demo_book.read(rows, "scenario")] + [("dibao_spend", one) for one in demo_book.read(rows, "dibao_spend", year=2026)]
    demo_book.act("清空测算", [Change(table, (one["id"],), one, None) for table, one in gone], barrier=True)
    return demo_book


def test_a_scenario_is_kept_changed_and_undone(demo_book: Book) -> None:
    number = keep(demo_book, MINE)
    assert demo_book.read(scenarios) == [(number, MINE)]
    keep(demo_book, replace(MINE, fee=15_000), number)
    assert demo_book.read(scenarios)[0][1].fee == 15_000
    demo_book.undo()
    assert demo_book.read(scenarios) == [(number, MINE)]
    for wrong, said in ((MINE, "已有名为"), (replace(MINE, name=" "), "起个名称")):
        with pytest.raises(Refused, match=said):
            keep(demo_book, wrong)


def test_a_scenario_as_text_comes_back_whole_and_nonsense_is_refused() -> None:
    assert read_scenario(write_scenario(MINE)) == MINE
    for text in ("{", "[]", '{"$": "Facts"}', '{"$": "Scenario"}', '"x"'):
        with pytest.raises(ValueError, match=r"方案|封存"):
            read_scenario(text)


def test_a_copy_stays_when_the_book_moves(demo_book: Book) -> None:
    facts = demo_book.read(facts_in, check_period(DAY))
    number = freeze(demo_book, facts, MINE, DAY)
    kept = demo_book.read(frozen, number)
    assert kept == estimate(facts, MINE)
    unit = next(unit.id for unit in facts.units if unit.type == "乡镇")
    demo_book.act("改户数", [])
    transfer(demo_book, facts.engagements[-1].id, unit, date(2026, 12, 1))
    assert demo_book.read(frozen, number) == kept
    (row,) = demo_book.read(rows, "estimate_copy")
    assert (row["total"], row["as_of"]) == (kept.total, DAY)


def test_what_comes_with_the_program_is_offered_until_it_is_kept(demo_book: Book) -> None:
    facts = demo_book.read(facts_in, check_period(DAY))
    assert {name: number for name, (number, _) in demo_book.read(offered, facts, 2027).items()} == dict.fromkeys(
        ("最低达标", "现状延续", "户数增加 10%", "工资提高 10%")
    )  # fmt: skip
    number = keep(demo_book, replace(proposals(facts, 2027)[0], fee=10_000))
    keep(demo_book, replace(MINE, year=2028))
    now = demo_book.read(offered, facts, 2027)
    assert now["最低达标"][0] == number and now["最低达标"][1].fee == 10_000 and MINE.name not in now
    assert list(demo_book.read(offered, facts, 2028))[-1] == MINE.name
    keep(demo_book, replace(proposals(facts, 2028)[0]))
    with pytest.raises(ValueError, match="月数"):
        keep(demo_book, replace(MINE, months=15))


def test_one_scenario_of_a_year_fills_attached_form_3(demo_book: Book) -> None:
    first, second = keep(demo_book, MINE), keep(demo_book, replace(MINE, name="B"))
    other = keep(demo_book, replace(MINE, year=2028))

    def chosen(day: date = DAY) -> str | None:
        scenario = demo_book.read(facts_in, check_period(day)).scenario
        return scenario and f"{scenario.year} {scenario.name}"

    assert chosen() is None
    report(demo_book, first)
    report(demo_book, other)
    assert chosen() == f"2027 {MINE.name}" and chosen(date(2027, 6, 30)) == f"2028 {MINE.name}" and chosen(date(2025, 12, 31)) is None
    report(demo_book, second)
    assert chosen() == "2027 B"
    demo_book.undo()
    assert chosen() == f"2027 {MINE.name}"
    report(demo_book, first)
    assert chosen() is None


def test_the_fund_to_be_expected_goes_where_nothing_is_typed(demo_book: Book) -> None:
    facts = demo_book.read(facts_in, check_period(DAY))
    keep(demo_book, replace(MINE, supply={WORK_FUND: 1}))
    assert expect_fund(demo_book, facts, 2027) == 4
    found = {name: scenario.supply[WORK_FUND] for name, (_, scenario) in demo_book.read(offered, facts, 2027).items()}
    assert found == dict.fromkeys(("最低达标", "现状延续", "户数增加 10%", "工资提高 10%"), 210_000_000) | {MINE.name: 1}
    assert expect_fund(demo_book, facts, 2027) == 0
    with pytest.raises(Refused, match="低保资金支出"):
        expect_fund(demo_book, replace(facts, dibao_spend=()), 2027)


def test_pages_and_workbook(demo_book: Book, tmp_path: Path) -> None:
    facts = demo_book.read(facts_in, check_period(DAY))
    number = freeze(demo_book, facts, MINE, DAY)
    page, kept = one_page(facts, MINE), demo_book.read(copy_page, number)
    assert page.rows == kept.rows and page.heading == kept.heading and not page.landscape
    assert "2026-12-31 存档" in kept.notes[0] and "李晓敏" in kept.signatories
    results = [estimate(facts, one) for one in (MINE, *proposals(facts, 2027)[:2])]
    side = comparison(results, "东岭县民政局", DAY)
    assert [column.label for column in side.columns[1:]] == [MINE.name, "最低达标", "现状延续"]
    total = next(row for row in side.rows if row.name == "资金需求（万元）")
    assert [cell.value for cell in total.cells[1:]] == [one.total for one in results]
    assert write_estimate(facts, MINE, results, tmp_path / "x.xlsx", DAY).exists()


def test_a_plan_becomes_a_batch_once(demo_book: Book) -> None:
    facts = demo_book.read(facts_in, check_period(DAY))
    hires = proposal(facts, 3, 4)
    plan = keep_plan(demo_book, "2027年招录计划", 2027, hires)
    assert demo_book.read(hires_of, plan) == tuple(sorted(hires, key=lambda one: one.month))
    batch = to_batch(demo_book, plan)
    lines = demo_book.read(rows, "recruit_line", batch=batch)
    assert sum(one["planned"] for one in lines) == 6
    assert len({one["unit"] for one in lines}) == len(lines)
    with pytest.raises(Refused, match="已经转为招录批次"):
        to_batch(demo_book, plan)
    demo_book.undo()
    assert demo_book.read(rows, "recruit_line", batch=batch) == []
    with pytest.raises(Refused, match="至少安排一个单位"):
        keep_plan(demo_book, "空", 2027, ())


def test_a_line_needs_heads_and_a_month(demo_book: Book) -> None:
    with pytest.raises(Refused):
        keep_plan(demo_book, "错", 2027, (Hire(2, 0, 1),))


def test_a_rule_set_that_holds_only_in_the_year_measured_is_said(demo_book: Book, clock: Clock) -> None:
    facts = demo_book.read(facts_in, check_period(DAY))
    assert demo_book.read(coming, facts, 2027) == ()
    made = {"id": 1, "name": "新标准", "level": "县", "document": "岭府〔2026〕9号", "since": date(2027, 1, 1), "until": None}
    floor = {"id": 1, "rule_set": 1, "key": "pay.floor.粤东西北", "value": "6000000"}
    demo_book.act("新标准", [Change("rule_set", (1,), None, made), Change("rule_value", (1,), None, floor)])
    facts = demo_book.read(facts_in, check_period(DAY))
    assert demo_book.read(coming, facts, 2027) == () and estimate(facts, Scenario("甲", 2027)).wage == 6_000_000, "a floor carries its own date"
    for number, (key, value) in enumerate((("staffing.town.needs", "[3, 5, 7]"), ("fund.rate", "400")), 2):
        demo_book.act("新口径", [Change("rule_value", (number,), None, {"id": number, "rule_set": 1, "key": key, "value": value})])
    (said,) = demo_book.read(coming, demo_book.read(facts_in, check_period(DAY)), 2027)
    assert said.startswith("自 2027-01-01 起") and "配备档次、工作经费比例" in said and "临界口径" not in said
    after = demo_book.read(facts_in, check_period(date(2027, 1, 1)))
    assert demo_book.read(coming, after, 2027) == () and estimate(after, Scenario("甲", 2027)).posts > 58, "as the sentence says"
    demo_book.close()
    code, _, err = office(clock, "estimate", demo_book.folder, "--scenario", "最低达标", "--as-of", "2026-12-31")
    assert code == 1 and said in err


def test_from_the_command_line(demo_folder: Path, clock: Clock, tmp_path: Path) -> None:
    code, out, err = office(clock, "estimate", demo_folder, "--scenario", "最低达标", "--as-of", "2026-12-31", "--json")
    told = json.loads(out)
    assert code == 1 and told["posts"] == 58 and sum(one["total"] for one in told["units"]) + told["items"]["经济补偿"] + told["items"]["预备费"] == told["total"]
    assert "没有录入单位缴费比例" in err
    assert Fraction(told["per_household"]) == Fraction(told["total"], 5849) and Fraction(told["fund_coverage"]) == Fraction(21_600_000_0, told["total"])
    file = tmp_path / "方案.json"
    file.write_text(write_scenario(MINE), encoding="utf-8")
    code, out, _ = office(clock, "estimate", demo_folder, "--scenario", file, "--as-of", "2026-12-31")
    assert "资金需求合计" in out
    code, out, _ = office(clock, "estimate", demo_folder, "--scenario", "2027年预算测算", "--as-of", "2026-12-31", "--json")
    told = json.loads(out)
    assert code == 1 and told["gap"] == told["total"] - sum(told["supply"].values()) > 0, "the demo county's own scenario"
    code, _, err = office(clock, "estimate", demo_folder, "--scenario", "没有的")
    assert code == 2 and "可用的有：" in err and "最低达标" in err
    assert len(proposals_of(demo_folder, clock)) == 4


def proposals_of(folder: Path, clock: Clock) -> tuple[Scenario, ...]:
    from office.open import open_book

    with open_book(folder, clock) as book:
        return proposals(book.read(facts_in, check_period(DAY)), 2027)
