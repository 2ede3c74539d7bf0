"""工资层级与晋升 (二（四）): who stands where, who may be promoted and why, who has not moved for long, what a result pays. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from policy.appraising import results
from policy.facts import FULL, Engagement, Facts
from policy.figures import half_up
from policy.grade_facts import CERTIFICATES, FIRST_PLACING, Grade, GradeChange, PayScale
from policy.labour_facts import GRADES, Appraisal
from policy.pay import annual_standard, pay_population, standard_on
from policy.period import add_months


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing a promotion asks, in words with what is there, and whether it is met."""

    words: str
    met: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody on a grade with another one above it. `annual`, `proposed`: 年工资标准 now and on the next grade, 分 (None = not known)."""

    engagement: Engagement
    grade: Grade
    since: date
    next: Grade
    conditions: tuple[Condition, ...]
    annual: int | None
    proposed: int | None

    @property
    def may(self) -> bool:
        """Whether every condition is met."""
        return all(condition.met for condition in self.conditions)


def standing(facts: Facts) -> dict[int, tuple[Grade, GradeChange]]:
    """Person → the grade they stand on on the as-of date and the change that put them there."""
    grades = {grade.id: grade for scale in facts.management.scales for grade in scale.grades}
    return {change.person: (grades[change.grade], change) for change in facts.management.grade_changes if change.grade in grades}


def annual_of(grade: Grade) -> int | None:
    """年工资标准 of a grade in 分: 12 × its monthly items + year-end; None where no item is entered."""
    return None if grade.monthly is None else 12 * grade.monthly + (grade.year_end or 0)


def candidates(facts: Facts) -> tuple[Candidate, ...]:
    """Everybody in the pay population who stands below the top of the scale in force, with what the next grade asks, in the facts' order."""
    scale, day = facts.management.scale(), facts.period.as_of
    if scale is None:
        return ()
    by_level, at, found = {grade.level: grade for grade in scale.grades}, standing(facts), []
    for e in pay_population(facts, day):
        if e.person.id not in at:
            continue
        grade, change = at[e.person.id]
        above = by_level.get(grade.level + 1)
        if above is not None:
            asked = _conditions(e, change.since, above, facts)
            found.append(Candidate(e, grade, change.since, above, asked, annual_standard(standard_on(e, day)), annual_of(above)))
    return tuple(found)


def _conditions(e: Engagement, since: date, above: Grade, facts: Facts) -> tuple[Condition, ...]:
    day, asked = facts.period.as_of, []
    if above.years is not None:
        reached = add_months(since, 12 * above.years)
        asked.append(Condition(f"在现层级满 {above.years} 年（{reached} 满）", reached <= day))
    if above.certificate:
        held = e.person.certificate or "无"
        rank = CERTIFICATES.index(held) if held in CERTIFICATES else 0
        asked.append(Condition(f"社工证：要求{above.certificate}，现有{held}", rank >= CERTIFICATES.index(above.certificate)))
    if above.appraisal:
        years = range(day.year - above.appraisals, day.year)
        said = [(year, results(facts, year).get(e.person.id)) for year in years]
        words = "、".join(f"{year} 年{one.grade if one else '无结果'}" for year, one in said)
        good = all(one is not None and one.grade in GRADES[: GRADES.index(above.appraisal) + 1] for _, one in said)
        asked.append(Condition(f"近 {above.appraisals} 年考核{above.appraisal}以上：{words}", good))
    return tuple(asked)


def promotions(facts: Facts, since: date) -> tuple[GradeChange, ...]:
    """层级变动 after `since` up to the as-of date that took somebody upwards (a first placing is none)."""
    levels = {grade.id: grade.level for scale in facts.management.scales for grade in scale.grades}
    before: dict[int, int] = {}
    found = []
    for change in facts.management.grade_changes:
        level, was = levels.get(change.grade, 0), before.get(change.person)
        if change.since > since and change.reason != FIRST_PLACING and was is not None and level > was:
            found.append(change)
        before[change.person] = level
    return tuple(found)


def not_moved(facts: Facts) -> tuple[Engagement, ...]:
    """In post for so many months (setting) and more without a change of pay standard or grade since."""
    day = facts.period.as_of
    since = add_months(day, -facts.parameters.limits.raise_months)
    moved = {change.person for change in facts.management.grade_changes if change.since > since and change.reason != FIRST_PLACING}
    return tuple(
        e
        for e in pay_population(facts, day)
        if e.start <= since and e.person.id not in moved and e.standards and not any(s.since > since for s in e.standards)
    )


def factor(scale: PayScale, appraisal: Appraisal) -> int | None:
    """绩效系数 (0.01 %) a result earns: of the rules for its grade the one with the highest score reached; None where there is none."""
    fitting = [
        rule
        for rule in scale.rules
        if rule.grade == appraisal.grade and (rule.low is None or (appraisal.score is not None and appraisal.score >= rule.low))
    ]
    return max(fitting, key=lambda rule: -1 if rule.low is None else rule.low).factor if fitting else None


def performance_pay(monthly: int, factor: int) -> int:
    """绩效工资 of a month in 分: the standard times the factor, half up."""
    return half_up(Fraction(monthly * factor, FULL))
