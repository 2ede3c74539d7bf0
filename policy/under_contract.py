"""Which contracts a check looks at on a day, and who works under them."""

from __future__ import annotations

from datetime import date

from policy.contract_facts import PurchaseContract
from policy.facts import Engagement, Facts, Person
from policy.funds import due_in_year
from policy.identity import facts_of
from policy.labour_facts import LABOUR_TYPES, LabourContract
from policy.placing import holds_on, term_on


def live_contracts(facts: Facts) -> tuple[PurchaseContract, ...]:
    """Purchase contracts that run on some day from 1 January of the period's year on, or begin later."""
    new_year = date(facts.period.first.year, 1, 1)
    return tuple(c for c in facts.contracts if max(c.last_day, c.start) >= new_year)


def contracts_of_year(facts: Facts) -> tuple[PurchaseContract, ...]:
    """Purchase contracts of the period's year (表6, 表10): those that ran on some day from 1 January to the period's end, owe this year (signed
    ones that begin later too), or were paid this year."""
    year, period = facts.period.first.year, facts.period

    def stands(contract: PurchaseContract) -> bool:
        runs = contract.start <= period.flow_last and contract.last_day >= min(period.first, date(year, 1, 1))
        return runs or due_in_year(contract, year) != 0 or any(p.paid_on.year == year for p in contract.payments)

    return tuple(contract for contract in facts.contracts if stands(contract))


def people_under(facts: Facts, contract: PurchaseContract) -> tuple[Engagement, ...]:
    """Whose engagement holds on the as-of date under a purchase contract."""
    return tuple(e for e in employed(facts) if contract_of(e, facts) == contract.id)


def contract_of(engagement: Engagement, facts: Facts) -> int | None:
    """The purchase contract an engagement stands under on the as-of date."""
    term = term_on(engagement, facts.period.as_of)
    return term.purchase_contract if term else None


def employed(facts: Facts) -> tuple[Engagement, ...]:
    """Engagements that hold on the as-of date."""
    return tuple(e for e in facts.engagements if holds_on(e, facts.period.as_of))


def has_labour_contract_type(engagement: Engagement, facts: Facts) -> bool:
    """Whether the 用工形式 on the as-of date (or the last day) is one with a labour contract."""
    return type_of(engagement, facts) in LABOUR_TYPES


def type_of(engagement: Engagement, facts: Facts) -> str:
    """用工形式 on the as-of date, or on the engagement's last day."""
    day = facts.period.as_of
    term = term_on(engagement, day if engagement.end is None else min(day, engagement.end))
    return term.type if term else ""


def labour_of(facts: Facts) -> dict[int, list[LabourContract]]:
    """Engagement → its labour contracts, by start."""
    found: dict[int, list[LabourContract]] = {}
    for contract in facts.labour_contracts:
        found.setdefault(contract.engagement, []).append(contract)
    return found


def labour_of_person(facts: Facts) -> dict[int, list[LabourContract]]:
    """Person → all their labour contracts begun by the as-of date, whoever the employer, by start."""
    found: dict[int, list[LabourContract]] = {}
    for contract in facts.labour_contracts:
        if contract.start <= facts.period.as_of:
            found.setdefault(contract.person, []).append(contract)
    return found


def birth_and_sex(person: Person, day: date) -> tuple[date | None, str]:
    """Birth and sex as registered, else as the identity number says them."""
    try:
        said = facts_of(person.id_no, day) if person.id_no else None
    except ValueError:
        said = None
    return person.birth or (said.birth if said else None), person.sex or (said.sex if said else "")
