"""Scenarios kept in the book, copies that never move, plans that become 招录批次; and the same from the command line."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from db.book import Book
from db.change import Refused
from db.rows import rows
from office.check import check_period, facts_in
from office.estimate import copy_of, freeze, frozen, hires_of, keep, keep_plan, read_scenario, scenarios, to_batch, write_scenario
from office.people import transfer
from policy.clock import Clock
from policy.estimate import estimate, proposals
from policy.estimate_facts import Departure, Scenario
from policy.hiring import Hire, proposal
from tests.office.sheets import office

DAY = date(2026, 12, 31)
MINE = Scenario("2027年预算测算A", 2027, wage=5_200_000, rate=2500, fee=10_000, departures=(Departure(1, Fraction(7, 2), 416_667),),
                sources={"wage": "县府办〔2026〕9号"})  # fmt: skip


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
    assert copy_of(MINE, [MINE.name, "2027年预算测算A (2)"]).name == "2027年预算测算A (3)"


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


def test_from_the_command_line(demo_folder: Path, clock: Clock, tmp_path: Path) -> None:
    code, out, err = office(clock, "estimate", demo_folder, "--scenario", "最低达标", "--as-of", "2026-12-31", "--json")
    told = json.loads(out)
    assert code == 1 and told["posts"] == 58 and sum(one["total"] for one in told["units"]) + told["items"]["经济补偿"] + told["items"]["预备费"] == told["total"]
    assert "没有录入单位缴费比例" in err
    file = tmp_path / "方案.json"
    file.write_text(write_scenario(MINE), encoding="utf-8")
    code, out, _ = office(clock, "estimate", demo_folder, "--scenario", file, "--as-of", "2026-12-31")
    assert "资金需求合计" in out
    code, _, err = office(clock, "estimate", demo_folder, "--scenario", "没有的")
    assert code == 2 and "可用的有：最低达标" in err
    assert len(proposals_of(demo_folder, clock)) == 4


def proposals_of(folder: Path, clock: Clock) -> tuple[Scenario, ...]:
    from office.open import open_book

    with open_book(folder, clock) as book:
        return proposals(book.read(facts_in, check_period(DAY)), 2027)
