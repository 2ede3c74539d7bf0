"""Making a finding: a rule says what it saw, this adds the rule's own words, the level in force and the article's text."""

from __future__ import annotations

from policy.contract_facts import PurchaseContract
from policy.facts import BUREAU, Engagement, Facts, Person, Unit
from policy.finding import NORMAL, SOFT, Finding, Rule


def found(
    rule: Rule,
    facts: Facts,
    verdict: str,
    arithmetic: str,
    *,
    measured: str,
    required: str,
    unit: Unit | None = None,
    engagement: Engagement | None = None,
    person: Person | None = None,
    contract: PurchaseContract | None = None,
    severity: str = "",
    priority: str = "",
    about: tuple[str, int] | None = None,
    place: str = "",
) -> Finding:
    """One finding about a unit, an engagement, a person or a purchase contract (then it stands with its buyer, else the bureau);
    `severity` and `priority` where a case is milder than the rule's default; `about` the record it was seen in, `place` the screen of what stands in none.

    A level set in the parameters stands over the rule's; a priority holds for 核实性 only.
    """
    who = engagement.person if engagement else person
    if contract is not None:
        arithmetic = f"{contract.no}“{contract.name}”：{arithmetic}"
        unit = unit or next((u for u in facts.units if u.id == contract.buyer), None) or bureau(facts)
    level = facts.parameters.severities.get(rule.id, severity or rule.severity)
    return Finding(
        rule=rule.id,
        title=rule.title,
        severity=level,
        kind=rule.kind,
        article=rule.article,
        quote=facts.parameters.articles.get(rule.article, ""),
        verdict=verdict,
        measured=measured,
        required=required,
        arithmetic=arithmetic,
        unit=unit.name if unit else "",
        person=who.name if who else "",
        unit_id=unit.id if unit else None,
        person_id=who.id if who else None,
        engagement_id=engagement.id if engagement else None,
        contract_id=contract.id if contract else None,
        about=about,
        place=place,
        priority=(priority or rule.priority) if level == SOFT else NORMAL,
    )


def bureau(facts: Facts) -> Unit | None:
    """The county bureau: where findings about the whole county stand."""
    return next((u for u in facts.units if u.type == BUREAU), None)
