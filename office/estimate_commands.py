"""`office estimate`: what a scenario comes to, without a window."""

from __future__ import annotations

import argparse
import json
from fractions import Fraction
from pathlib import Path
from typing import Any, TextIO

from policy.clock import Clock

DONE, FOUND = 0, 1


def add(commands: Any) -> None:
    """Hang the command on the parser."""
    estimate = commands.add_parser("estimate", help="资金需求测算：按一个方案算出需求、来源和缺口")
    estimate.add_argument("book", type=Path, metavar="台账")
    estimate.add_argument("--scenario", required=True, metavar="方案", help="台账里的方案名称、方案文件（JSON），或 最低达标、现状延续 等自带方案")
    estimate.add_argument("--as-of", metavar="日期", help="按哪一天的台账测算，例如 2026-12-31；不写则为今天")
    estimate.add_argument("--year", type=int, metavar="年度", help="自带方案的测算年度；不写则为下一年")
    estimate.add_argument("--json", action="store_true", help="结果输出为 JSON")


def estimate(asked: argparse.Namespace, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Work the scenario out; 1 where there is something to look at."""
    from office.check import check_period, facts_in
    from office.estimate import coming, offered, read_scenario, scenarios
    from office.open import open_book
    from policy.estimate import cautions, sensitivities
    from policy.estimate import estimate as work_out
    from policy.kinds.date import DATE

    day = DATE.parse(asked.as_of, None) if asked.as_of else clock.today()
    with open_book(asked.book, clock) as book:
        facts = book.read(facts_in, check_period(day))
        known = {scenario.name: scenario for _, scenario in book.read(scenarios)}
        known |= {name: scenario for name, (_, scenario) in book.read(offered, facts, asked.year or day.year + 1).items()}
        if Path(asked.scenario).is_file():
            scenario = read_scenario(Path(asked.scenario).read_text(encoding="utf-8"))
        elif asked.scenario in known:
            scenario = known[asked.scenario]
        else:
            raise ValueError(f"没有测算方案“{asked.scenario}”，也没有这个文件。可用的有：{'、'.join(known)}。")
        ahead = book.read(coming, facts, scenario.year)
    found = work_out(facts, scenario)
    said = (*ahead, *cautions(facts, found))
    if asked.json:
        json.dump({
            "scenario": scenario.name, "year": scenario.year, "wage": found.wage, "person": _plain(found.person), "posts": found.posts, "bought": found.bought,
            "items": found.items, "total": found.total, "supply": dict(found.supply), "gap": found.gap, "coverage": _plain(found.coverage),
            "fund_coverage": _plain(found.fund_coverage), "per_household": _plain(found.per_household),
            "units": [{"unit": line.unit.name, "households": _plain(line.households), "posts": line.posts, "fixed": line.fixed, "bought": line.bought,
                       "items": dict(line.items), "total": line.total} for line in found.lines],
            "sensitivities": [{"change": one.words, "more": one.more} for one in sensitivities(facts, scenario)], "cautions": said,
        }, out, ensure_ascii=False, indent=1)  # fmt: skip
        print(file=out)
    else:
        for name, amount in (*found.items.items(), ("资金需求合计", found.total), ("资金来源合计", found.given), ("缺口", found.gap)):
            print(f"{name}\t{amount / 100:.2f}", file=out)
    for sentence in said:
        print(sentence, file=err)
    return FOUND if said else DONE


def _plain(number: Fraction | None) -> str | None:
    return None if number is None else str(number)
