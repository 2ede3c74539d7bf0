"""救助对象户数: what a unit's caseload weighs, and the county's total (二（三）; decisions on weights in the parameters)."""

from __future__ import annotations

from fractions import Fraction

from policy.facts import Caseload, Facts
from policy.parameters import Parameters


def households(caseload: Caseload | None, parameters: Parameters) -> Fraction | None:
    """Weighted 户 of one unit (exact); None where the unit never reported."""
    raise NotImplementedError


def unit_households(facts: Facts, unit: int) -> Fraction | None:
    """户 that decide a unit's band: for a township its own, for the bureau the whole county's (Σ townships open on the as-of
    date + 县级直接管理对象, which are the bureau's own caseload rows, 0 when it has none). None (数据不足) where the township,
    or for the bureau any township, never reported."""
    raise NotImplementedError
