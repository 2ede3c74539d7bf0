"""招录计划: from today's shortfalls to a dated plan, what it costs this year and next, and whether the 3 % pays for it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from policy.estimate import Estimate
from policy.facts import Facts, Unit
from policy.figures import half_up
from policy.staffing import Staffing, staffing


@dataclass(frozen=True, slots=True)
class Hire:
    """Heads for a unit, in post from the first of a month (1–12) of the plan's year."""

    unit: int
    heads: int
    month: int


@dataclass(frozen=True, slots=True)
class Short:
    """A unit that is short: what it needs, has and lacks (whole posts)."""

    unit: Unit
    need: int
    lacking: int

    @property
    def share(self) -> Fraction:
        """Which part of the need is lacking: the worst comes first."""
        return Fraction(self.lacking, self.need)


def shorts(facts: Facts) -> tuple[Short, ...]:
    """Units that are short, the worst first: by share of the need that is lacking, then by posts, then in return order."""
    found = [Short(line.unit, line.need or 0, _posts(line)) for line in staffing(facts) if line.shortfall]
    return tuple(sorted(found, key=lambda one: (-one.share, -one.lacking)))


def _posts(line: Staffing) -> int:
    """Whole posts: 1.5 heads short are two posts."""
    lacking = line.shortfall or Fraction(0)
    return -(-lacking.numerator // lacking.denominator)


def proposal(facts: Facts, first_month: int, each_month: int) -> tuple[Hire, ...]:
    """All shortfalls filled from `first_month` on, at most `each_month` heads a month, the worst unit first; what the year has no
    room for is left to the next. ValueError with a sentence for a month or a number that cannot be."""
    if not 1 <= first_month <= 12 or each_month < 1:
        raise ValueError("到岗月份应在 1 至 12 之间，每月至少招录 1 人。")
    hires: list[Hire] = []
    month, room = first_month, each_month
    for one in shorts(facts):
        left = one.lacking
        while left and month <= 12:
            heads = min(left, room)
            hires.append(Hire(one.unit.id, heads, month))
            left, room = left - heads, room - heads
            if not room:
                month, room = month + 1, each_month
    return tuple(hires)


@dataclass(frozen=True, slots=True)
class PlanCost:
    """What a plan costs, 分: this year from each start on, next year whole, and the sources' margin that may pay it."""

    heads: int
    this_year: int
    next_year: int
    once: int
    margin: int | None
    """What source A has left over the costs of those already there (分, negative: nothing); None where the 3 % is not known."""

    @property
    def enough(self) -> bool | None:
        """Whether the margin pays this year's part."""
        return None if self.margin is None else self.margin >= self.this_year


def plan_cost(hires: Sequence[Hire], now: Estimate, fund: int | None) -> PlanCost:
    """Costs by the estimate of going on as now (`现状延续`): its yearly cost of a head, and what source A (`fund`, 分) leaves."""
    monthly = (now.person - now.scenario.training) / 12
    heads = sum(one.heads for one in hires)
    once = heads * (now.scenario.recruiting + now.scenario.training)
    served = sum(one.heads * (13 - one.month) for one in hires)
    return PlanCost(
        heads=heads,
        this_year=half_up(monthly * served) + once,
        next_year=half_up(12 * monthly * heads) + heads * now.scenario.training,
        once=once,
        margin=None if fund is None else fund - now.total,
    )
