"""劳动合同到期与续签 in a period (表13[17–21]): which contracts came to their end, which were renewed, which come to it soon. Pure.

Only people of the pay population (表3) are meant; a contract ended before its term (离职) does not come to its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from policy.facts import Engagement, Facts
from policy.labour_facts import INCOMPETENT, OPEN, UNGRADED, LabourContract
from policy.pay import in_pay_form
from policy.placing import last_assignment, row_unit


@dataclass(frozen=True, slots=True)
class Ending:
    """One contract whose term ends: `line` the unit in whose line the person stood, `after` the next contract signed or begun by the
    as-of date (None = not renewed; one that begins after the gap of the limits is a new start).

    `incompetent`: the newest appraisal of a year over by the end was 不称职.
    """

    contract: LabourContract
    engagement: Engagement
    line: int | None
    after: LabourContract | None
    incompetent: bool

    @property
    def opened(self) -> bool:
        """转无固定期限: renewed without a term."""
        return self.after is not None and self.after.kind == OPEN


def endings(facts: Facts) -> tuple[Ending, ...]:
    """本期合同到期: terms that ended in the period up to the as-of date (that day included), by person, start."""
    return _endings(facts, facts.period.first.toordinal(), facts.period.as_of.toordinal())


def coming(facts: Facts) -> tuple[Ending, ...]:
    """将到期: terms that end within the farthest days of the expiry board after the as-of date and have no contract after them."""
    day = facts.period.as_of.toordinal()
    return tuple(one for one in _endings(facts, day + 1, day + facts.parameters.limits.expiry_far_days) if one.after is None)


def _endings(facts: Facts, first: int, last: int) -> tuple[Ending, ...]:
    engaged = {e.id: e for e in (*facts.gone, *facts.engagements)}
    units = (*facts.units, *facts.gone_units)
    rows = {unit.id: row_unit(unit, units, facts.period.as_of).id for unit in units}
    by_person: dict[int, list[LabourContract]] = {}
    for one in facts.labour_contracts:
        by_person.setdefault(one.person, []).append(one)
    found = []
    for contracts in by_person.values():
        for place, contract in enumerate(contracts):
            engagement = engaged.get(contract.engagement)
            if engagement is None or contract.end is None or not first <= contract.end.toordinal() <= last:
                continue
            if (contract.ended_on and contract.ended_on < contract.end) or (engagement.end and engagement.end < contract.end):
                continue
            if not in_pay_form(engagement, min(contract.end, facts.period.as_of), facts.parameters):
                continue
            posted = last_assignment(engagement, min(contract.end, facts.period.as_of))
            gap = timedelta(days=facts.parameters.limits.gap_days)
            after = next((later for later in contracts[place + 1 :] if later.start <= contract.end + gap), None)
            known = (contract.end + timedelta(days=1)).year
            graded = [a for a in facts.appraisals if a.person == contract.person and a.year < known and a.grade != UNGRADED]
            bad = bool(graded) and graded[-1].grade == INCOMPETENT
            found.append(Ending(contract, engagement, rows.get(posted.unit, posted.unit) if posted else None, after, bad))
    return tuple(found)
