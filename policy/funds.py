"""The funds question (二（二）): the work fund by 3 % of last year's 低保 spending, and what every source gives, owes and paid. Pure.

The work fund is source A (社会救助工作经费), whatever it is spent on; what of it pays purchased services is an 其中. All money in 分.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from policy.contract_facts import SOURCES, WORK_FUND, PurchaseContract
from policy.facts import FULL, Facts
from policy.figures import half_up
from policy.fund_facts import CALIBERS, FOR_PURCHASE, PRICE_SUBSIDY, DibaoSpend, EmployerRate
from policy.labour import term_months
from policy.parameters import FINAL_FIRST

UNSTATED: Final = "未注明来源"
"""Where a contract or a share of it names no source: kept as a line, so that sums agree to the 分."""


@dataclass(frozen=True, slots=True)
class Base:
    """低保资金支出 of one year by the setting: the amount that the rate is taken of (None: not registered), and by which books."""

    year: int
    mode: str
    caliber: str
    rows: tuple[DibaoSpend, ...]
    amount: int | None
    left_out: tuple[DibaoSpend, ...] = ()
    """What of the base other books name (中央 only by 执行数, say) while these have no figure for it: it is not in the amount."""


def base(facts: Facts, year: int) -> Base:
    """The measuring base of a year: 决算 where there is any, else 执行数 (or the other way round, as set), else 预算; 全口径, the county's own part, or without 价格临时补贴."""
    mode = facts.parameters.fund_base_mode
    of_year = [row for row in facts.dibao_spend if row.year == year]
    best = CALIBERS if facts.parameters.fund_caliber == FINAL_FIRST else (CALIBERS[1], CALIBERS[0], *CALIBERS[2:])
    caliber = next((word for word in best if any(row.caliber == word for row in of_year)), "")
    rows = tuple(row for row in of_year if row.caliber == caliber)
    named = {(row.level, row.area, row.kind) for row in rows}
    others = tuple(row for row in of_year if (row.level, row.area, row.kind) not in named and row.amount and in_base(row, mode))
    return Base(year, mode, caliber, rows, sum(row.amount for row in rows if in_base(row, mode)) if rows else None, others)


def in_base(row: DibaoSpend, mode: str) -> bool:
    """Whether a spending belongs to the base: 全口径 all of it, 本级 what the county pays, 不含价格临时补贴 all but that."""
    return (mode != "本级" or row.level == "县") and (mode != "不含价格临时补贴" or row.kind != PRICE_SUBSIDY)


@dataclass(frozen=True, slots=True)
class WorkFund:
    """社会救助工作经费 of a year. `due` = base × rate, half up to 分; None while the base is not registered.

    `arranged` 预算安排, `received` 到位, `spent` 支出, `spent_on_purchase` its 其中, `carried` 上年结转, `documents` 经费文件份数.
    """

    year: int
    base: Base
    rate: int
    due: int | None
    arranged: int
    received: int
    spent: int
    spent_on_purchase: int
    carried: int
    documents: int

    @property
    def short(self) -> int | None:
        """What is arranged too little, 分; 0 where it suffices."""
        return None if self.due is None else max(0, self.due - self.arranged)

    @property
    def short_received(self) -> int | None:
        """What has not arrived of what should be arranged, 分."""
        return None if self.due is None else max(0, self.due - self.received)


def work_fund(facts: Facts, year: int | None = None) -> WorkFund:
    """The work fund of `year` (by default the period's): by 3 % of the year before."""
    year = year or facts.period.first.year
    before, rate = base(facts, year - 1), facts.parameters.fund_rate
    lines = [line for line in facts.fund_lines if line.document.year == year and line.source == WORK_FUND]
    return WorkFund(
        year=year,
        base=before,
        rate=rate,
        due=None if before.amount is None else half_up(Fraction(before.amount * rate, FULL)),
        arranged=sum(line.budget for line in lines),
        received=sum(line.received for line in lines),
        spent=sum(line.spent for line in lines),
        spent_on_purchase=sum(line.spent for line in lines if line.purpose == FOR_PURCHASE),
        carried=sum(line.carried for line in lines),
        documents=len({doc.id for doc in facts.fund_docs if doc.year == year}),
    )


def keeps_funds(facts: Facts) -> bool:
    """Whether the book holds anything about funds of the period's year or its base; else the fund rules have nothing to judge."""
    return bool(facts.fund_docs or facts.fund_lines or facts.dibao_spend)


def split(amount: int, shares: Mapping[str, int]) -> dict[str, int]:
    """An amount in 分 by shares (0.01 %), to the 分 by largest remainder; what the shares leave open stands under `UNSTATED`."""
    rest = FULL - sum(shares.values())
    given = {**shares, UNSTATED: rest} if rest > 0 else dict(shares)
    whole = sum(given.values())
    exact = {name: Fraction(amount * share, whole) for name, share in given.items()}
    parts = {name: value.numerator // value.denominator for name, value in exact.items()}
    left = amount - sum(parts.values())
    for name in sorted(exact, key=lambda name: parts[name] - exact[name])[:left]:
        parts[name] += 1
    return parts


def _due_by(contract: PurchaseContract, day: date) -> int:
    total, last = contract.total, contract.last_day
    if total is None or day < contract.start or last < contract.start:
        return 0
    days = (last - contract.start).days + 1
    return half_up(Fraction(total * ((min(last, day) - contract.start).days + 1), days))


def due_in_year(contract: PurchaseContract, year: int) -> int:
    """本年应付 of a contract: its amount by days of the term up to the year's end, less the same a year before; 分."""
    return _due_by(contract, date(year, 12, 31)) - _due_by(contract, date(year - 1, 12, 31))


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of money for purchased services in a year (表5): what was arranged and arrived, what contracts owe, what was paid for what."""

    source: str
    arranged: int
    received: int
    due: int
    paid: int
    wages: int
    employer: int
    fee: int
    other: int


def by_source(facts: Facts, year: int | None = None) -> tuple[SourceLine, ...]:
    """Every source A–F, in order, then `UNSTATED` where anything stands there. Σ due and Σ paid are the contracts' to the 分."""
    year = year or facts.period.first.year
    due: dict[str, int] = {}
    for contract in facts.contracts:
        for source, part in split(due_in_year(contract, year), contract.sources).items():
            due[source] = due.get(source, 0) + part
    paid = [p for contract in facts.contracts for p in contract.payments if p.paid_on.year == year]
    lines = [line for line in facts.fund_lines if line.document.year == year and line.purpose == FOR_PURCHASE]
    result = []
    for source in (*SOURCES, UNSTATED):
        own = [p for p in paid if (p.source or UNSTATED) == source]
        mine = [line for line in lines if line.source == source]
        if source == UNSTATED and not own and not due.get(source):
            continue
        result.append(
            SourceLine(
                source=source,
                arranged=sum(line.budget for line in mine),
                received=sum(line.received for line in mine),
                due=due.get(source, 0),
                paid=sum(p.amount for p in own),
                wages=sum(p.wages for p in own),
                employer=sum(p.employer for p in own),
                fee=sum(p.fee for p in own),
                other=sum(p.other for p in own),
            )
        )
    return tuple(result)


def purchase_cost(contract: PurchaseContract, floor: int, facts: Facts) -> Fraction | None:
    """What a contract must pay at least: heads × (floor + employer charges) × months / 12 + fee × heads × months, exact 分; None
    where it names no heads. Charges by the rates in force on its first day, none where none is entered."""
    if contract.headcount is None:
        return None
    monthly, years = Fraction(floor, 12), term_months(contract.start, contract.last_day) / 12
    person = floor + 12 * sum(
        (one.rate * monthly_base(monthly, one.base_low, one.base_high) / FULL for one in rates_on(facts, contract.start)), Fraction(0)
    )
    return contract.headcount * (person + 12 * (contract.fee or 0)) * years


def monthly_base(wage: Fraction, low: int | None, high: int | None) -> Fraction:
    """缴费基数: the month's wage held between the limits."""
    return max(Fraction(low or 0), wage if high is None else min(wage, Fraction(high)))


def rates_on(facts: Facts, day: date) -> tuple[EmployerRate, ...]:
    """单位缴费比例 in force on a day, one of each item; () where none is entered by then."""
    return tuple({rate.item: rate for rate in facts.employer_rates if rate.since <= day}.values())
