"""绩效与工资挂钩 (四（三）): what each person's 月绩效标准 would be by the appraisal of a year, before anybody's pay is changed. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from policy.appraising import results
from policy.facts import FULL, Engagement, Facts, Standard
from policy.labour_facts import UNGRADED, Appraisal
from policy.pay import annual_standard, floor_on, pay_population, standard_on
from policy.promotion import factor, performance_pay, standing

OF_GRADE: Final = "层级绩效标准"
OF_STANDARD: Final = "现行绩效标准"


@dataclass(frozen=True, slots=True)
class Proposal:
    """One person's line. `base`: the full month's 绩效 the factor is taken of, 分, and where it is from; `factor` in 0.01 %; `proposed`: the month's
    绩效 it comes to, 分; None with the reason in `why` where it cannot be worked out."""

    engagement: Engagement
    appraisal: Appraisal | None
    standard: Standard | None
    base: int | None
    base_of: str
    factor: int | None
    proposed: int | None
    why: str

    @property
    def changes(self) -> bool:
        """Whether the proposal is another amount than the standard in force."""
        return self.proposed is not None and self.standard is not None and self.proposed != (self.standard.performance or 0)

    @property
    def annual(self) -> int | None:
        """年工资标准 now, 分."""
        return annual_standard(self.standard)

    def annual_with(self, performance: int | None) -> int | None:
        """年工资标准 with another month's 绩效, 分; None where the monthly pay is not known."""
        if self.standard is None or self.standard.monthly_fixed is None or performance is None:
            return None
        return annual_standard(replace(self.standard, performance=performance))


def proposals(facts: Facts, year: int) -> tuple[Proposal, ...]:
    """Everybody of 表3 in post on the as-of date, by the results of `year` and the rules of the scale in force.

    The base is the 绩效工资 of the grade somebody stands on, so that last year's factor does not count again; without one, the standard in force.
    """
    scale, known, grades = facts.management.scale(), results(facts, year), standing(facts)
    made = []
    for e in pay_population(facts, facts.period.as_of):
        standard, result = standard_on(e, facts.period.as_of), known.get(e.person.id)
        grade = grades[e.person.id][0] if e.person.id in grades else None
        base, base_of = (grade.performance, OF_GRADE) if grade and grade.performance else (standard.performance if standard else None, OF_STANDARD)
        earned = factor(scale, result) if scale and result else None
        why = ""
        if scale is None:
            why = "没有工资层级方案"
        elif result is None or result.grade == UNGRADED:
            why = f"{year} 年度没有考核等次"
        elif earned is None:
            why = f"方案里没有“{result.grade}”的绩效系数"
        elif standard is None or standard.monthly_fixed is None:
            why = "工资标准没有分出月固定工资"
        elif not base:
            why = "没有绩效标准"
        proposed = performance_pay(base, earned) if base and earned is not None and not why else None
        made.append(Proposal(e, result, standard, base or None, base_of if base else "", earned, proposed, why))
    return tuple(made)


def below_floor(proposal: Proposal, performance: int | None, facts: Facts) -> int | None:
    """How much the year's standard with this month's 绩效 lies below 最低标准 on the as-of date, 分; None where it does not."""
    annual = proposal.annual_with(performance)
    floor = floor_on(facts.parameters, facts.county.region, facts.period.as_of)
    return floor - annual if annual is not None and annual < floor and proposal.engagement.full_time is not False else None


def actual_share(facts: Facts) -> int | None:
    """What part of everybody's 年工资标准 is 绩效, 0.01 %, half up; None where no standard is entered in parts."""
    people = pay_population(facts, facts.period.as_of)
    parts = [s for e in people if (s := standard_on(e, facts.period.as_of)) and s.monthly_fixed is not None]
    whole = sum(annual_standard(s) or 0 for s in parts)
    return (2 * 12 * FULL * sum(s.performance or 0 for s in parts) + whole) // (2 * whole) if whole else None
