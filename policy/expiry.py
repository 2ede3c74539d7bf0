"""到期提醒: labour contracts, purchase contracts and dispatch licences near or past their end, worked out from the as-of date each time.

Nothing is kept between two looks: whoever did not open the program for weeks sees the same as whoever did every day. A row leaves
only when the contract was renewed, when it was decided not to renew it, or when the worker left; never because time passed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from policy.contract_facts import DISPATCH
from policy.facts import Facts
from policy.labour_facts import LabourContract
from policy.limits import Limits
from policy.placing import last_assignment
from policy.under_contract import employed, labour_of

LABOUR: Final = "劳动合同"
PURCHASE: Final = "服务采购合同"
LICENCE: Final = "劳务派遣许可证"
OVERDUE: Final = "已过期"


@dataclass(frozen=True, slots=True)
class Expiring:
    """One thing that ends: `table` and `id` of its record, who or what it is, its last day and the days left (negative = past)."""

    sort: str
    table: str
    id: int
    name: str
    detail: str
    end: date
    left: int
    band: str
    person: int | None = None


def bands(limits: Limits) -> tuple[str, ...]:
    """The board's columns in words: 已过期, 0–30 天, 31–60 天, 61–90 天 (days as set)."""
    near, middle, far = limits.expiry_near_days, limits.expiry_days, limits.expiry_far_days
    return OVERDUE, f"0–{near} 天", f"{near + 1}–{middle} 天", f"{middle + 1}–{far} 天"


def band_of(left: int, limits: Limits) -> str:
    """The column of so many days left; "" where it is still far. What ends today has 0 days left and is not past."""
    ends = (-1, limits.expiry_near_days, limits.expiry_days, limits.expiry_far_days)
    return next((words for words, last in zip(bands(limits), ends, strict=True) if left <= last), "")


def expiring(facts: Facts) -> tuple[Expiring, ...]:
    """Everything that stands on the board on the as-of date, by its last day."""
    found = [*_labour(facts), *_purchase(facts), *_licences(facts)]
    return tuple(sorted(found, key=lambda one: (one.end, one.sort, one.id)))


def _row(facts: Facts, sort: str, table: str, id: int, name: str, detail: str, end: date, person: int | None = None) -> Iterator[Expiring]:
    left = (end - facts.period.as_of).days
    if band := band_of(left, facts.parameters.limits):
        yield Expiring(sort, table, id, name, detail, end, left, band, person)


def newest(contracts: list[LabourContract]) -> LabourContract | None:
    """The contract that holds longest, of one engagement's; None where there is none or one is open."""
    if not contracts or any(one.last_day is None for one in contracts):
        return None
    return max(contracts, key=lambda one: (one.last_day or one.start, one.start, one.id))


def _labour(facts: Facts) -> Iterator[Expiring]:
    contracts, units = labour_of(facts), {unit.id: unit.name for unit in facts.units}
    for e in employed(facts):
        last = newest(contracts.get(e.id, []))
        if last is None or last.last_day is None or last.not_renewed_on is not None:
            continue
        if e.end is not None and e.end <= last.last_day:
            continue
        at = last_assignment(e, facts.period.as_of)
        detail = [units.get(at.unit, "") if at else "", last.employer, last.kind, f"第 {last.seq} 份"]
        if last.ended_on is not None:
            detail = [*detail[:2], f"合同已于 {last.ended_on} 终止，还没有新的劳动合同"]
        yield from _row(facts, LABOUR, "labour_contract", last.id, e.person.name, "　".join(filter(None, detail)), last.last_day, e.person.id)


def _purchase(facts: Facts) -> Iterator[Expiring]:
    renewed = {one.predecessor for one in facts.contracts}
    for c in facts.contracts:
        if c.id not in renewed and c.not_renewed_on is None:
            detail = "　".join(filter(None, (c.supplier.name if c.supplier else "", c.kind, c.no)))
            yield from _row(facts, PURCHASE, "purchase_contract", c.id, c.name, detail, c.last_day)


def _licences(facts: Facts) -> Iterator[Expiring]:
    seen, renewed = set(), {one.predecessor for one in facts.contracts}
    for c in facts.contracts:
        over = max(c.last_day, c.start) < facts.period.as_of and (c.id in renewed or c.not_renewed_on is not None)
        if c.kind != DISPATCH or c.supplier is None or c.supplier.id in seen or over:
            continue
        seen.add(c.supplier.id)
        if c.supplier.licence_to is not None:
            yield from _row(facts, LICENCE, "supplier", c.supplier.id, c.supplier.name, c.supplier.licence_no, c.supplier.licence_to)
