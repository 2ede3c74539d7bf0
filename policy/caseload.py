"""救助对象户数: what a unit's caseload weighs, and the county's total (二（三）; decisions on weights in the parameters)."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from policy.facts import BUREAU, TOWN_TYPES, Caseload, Count, Facts, Unit
from policy.parameters import Parameters

DESTITUTE = ("特困城", "特困农")
"""Categories the monthly statistics count in 人."""


def _number(category: str, count: Count, parameters: Parameters) -> int | None:
    """户 of one category; 特困 by 人 or by 户 as the setting says, by the other where only that was given (1 人 = 1 户)."""
    if category not in DESTITUTE:
        return count.households
    first, second = count.persons, count.households
    if parameters.destitute_by == "户":
        first, second = second, first
    return second if first is None else first


def households(caseload: Caseload | None, parameters: Parameters) -> Fraction | None:
    """Weighted 户 of one unit (exact); None where the unit never reported, or gave a weighted category without its 户."""
    if caseload is None:
        return None
    given = {category: count for category, count in caseload.counts.items() if count != Count(None, None)}
    total = Fraction(0) if given else None
    for category, count in given.items():
        numerator, denominator = parameters.weights.get(category, (0, 1))
        if not numerator or total is None:
            continue
        number = _number(category, count, parameters)
        total = None if number is None else total + Fraction(number * numerator, denominator)
    return total


def open_towns(facts: Facts) -> tuple[Unit, ...]:
    """The townships that exist on the as-of date, in return order."""
    return tuple(u for u in facts.units if u.type in TOWN_TYPES and u.open_on(facts.period.as_of))


def reporting_units(facts: Facts) -> tuple[Unit, ...]:
    """Whose 户 make up the county's: the bureaus with 县级直接管理对象 of their own and the townships open on the as-of date. An
    exempt township need not report, but what it reported is there."""
    bureaus = [u for u in facts.units if u.type == BUREAU and u.id in facts.caseload]
    return (*bureaus, *(u for u in open_towns(facts) if u.id in facts.caseload or not u.exempt))


def county_households(facts: Facts) -> Fraction | None:
    """户 of the whole county: Σ `reporting_units`. None (数据不足) where any of them never reported, or nobody can report."""
    parts = [households(facts.caseload.get(u.id), facts.parameters) for u in reporting_units(facts)]
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if parts and len(known) == len(parts) else None


def all_households(facts: Facts) -> Mapping[int, Fraction | None]:
    """`unit_households` of the bureau and every township open on the as-of date, by unit id, in one pass."""
    towns = {u.id: households(facts.caseload.get(u.id), facts.parameters) for u in open_towns(facts)}
    whole = county_households(facts)
    return {u.id: whole for u in facts.units if u.type == BUREAU} | towns


def unit_households(facts: Facts, unit: int) -> Fraction | None:
    """户 that decide a unit's band: for a township its own, for the bureau the whole county's (`county_households`). None
    (数据不足) where the township, or for the bureau any township, never reported."""
    if any(u.id == unit and u.type == BUREAU for u in facts.units):
        return county_households(facts)
    return households(facts.caseload.get(unit), facts.parameters)
