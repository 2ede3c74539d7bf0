"""绩效评价 of providers (四（四）): the total of the three parties, the grade by bands, and what a supplier's past says. Pure.

Scores are hundredths (9550 = 95.5 分); a total is exact until it is shown or held against a band, then half up to hundredths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from policy.contract_facts import PurchaseContract
from policy.evaluation_facts import EXCELLENT, FAIL, GOOD, PASS, Evaluation
from policy.facts import Facts
from policy.figures import half_up
from policy.labour import lasts
from policy.limits import Limits

Key = TypeVar("Key")


def weighted(scores: Sequence[int | None], weights: Sequence[int]) -> Fraction | None:
    """Σwᵢsᵢ/Σwᵢ in hundredths; None where a score that carries weight is missing, or nothing carries weight."""
    if sum(weights) <= 0 or any(score is None for score, weight in zip(scores, weights, strict=True) if weight):
        return None
    return Fraction(sum((score or 0) * weight for score, weight in zip(scores, weights, strict=True)), sum(weights))


def total(evaluation: Evaluation) -> int | None:
    """综合得分 of the three parties in hundredths, half up."""
    exact = weighted(evaluation.parties, evaluation.party_weights)
    return None if exact is None else half_up(exact)


def dimension_total(evaluation: Evaluation) -> int | None:
    """The three dimensions together in hundredths, half up: a cross-check of the total."""
    exact = weighted(evaluation.dimensions, evaluation.dimension_weights)
    return None if exact is None else half_up(exact)


def band(score: int, limits: Limits) -> str:
    """优, 良, 合格 or 不合格 for a score in hundredths; exactly at a bound is the better one."""
    bounds = ((EXCELLENT, limits.evaluation_excellent), (GOOD, limits.evaluation_good), (PASS, limits.evaluation_pass))
    return next((word for word, bound in bounds if score >= 100 * bound), FAIL)


def grade(evaluation: Evaluation, limits: Limits) -> str:
    """评价等次 as decided, else by the bands; "" where the total is not known."""
    score = total(evaluation)
    return evaluation.grade or ("" if score is None else band(score, limits))


def apportion(amount: int, weights: Mapping[Key, int]) -> dict[Key, int]:
    """Money in 分 by scores (or other whole weights) to the 分, by largest remainder; ties go to who stands first. Without any weight
    everybody gets 0."""
    whole = sum(weights.values())
    if whole <= 0:
        return dict.fromkeys(weights, 0)
    exact = {key: Fraction(amount * weight, whole) for key, weight in weights.items()}
    parts = {key: value.numerator // value.denominator for key, value in exact.items()}
    for key in sorted(exact, key=lambda key: parts[key] - exact[key])[: amount - sum(parts.values())]:
        parts[key] += 1
    return parts


def to_evaluate(facts: Facts, year: int) -> tuple[PurchaseContract, ...]:
    """Contracts that ran at least so many months (setting) of the year: each should have an evaluation of it."""
    first, last = date(year, 1, 1), date(year, 12, 31)

    def ran(contract: PurchaseContract) -> bool:
        start, end = max(contract.start, first), min(contract.last_day, last)
        return start <= end and lasts(start, end, facts.parameters.limits.evaluation_months)

    return tuple(c for c in facts.contracts if ran(c))


def evaluation_of(facts: Facts, contract: int, year: int) -> Evaluation | None:
    """A contract's evaluation of a year."""
    return next((e for e in facts.management.evaluations if (e.contract, e.year) == (contract, year)), None)


def known_on(evaluation: Evaluation) -> date:
    """The day from which an evaluation's result is known: its own day, else the end of its year."""
    return evaluation.evaluated or date(evaluation.year, 12, 31)


def history(facts: Facts, supplier: int, before: date | None = None) -> tuple[tuple[PurchaseContract, Evaluation], ...]:
    """A supplier's evaluations known before a day (by default all in the facts), the oldest first."""
    theirs = {c.id: c for c in facts.contracts if c.supplier and c.supplier.id == supplier}
    found = [e for e in facts.management.evaluations if e.contract in theirs and (before is None or known_on(e) < before)]
    return tuple((theirs[e.contract], e) for e in sorted(found, key=lambda e: (known_on(e), e.year, e.id)))
