"""招录计划: the worst unit first, each head from its month on, held against what the 3 % leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policy import example
from policy.estimate import estimate
from policy.estimate_facts import AS_NOW, Scenario
from policy.hiring import Hire, plan_cost, proposal, shorts

COUNTY = example.worked_county()
NOW = Scenario("现状延续", 2027, heads_by=AS_NOW, wage=5_000_000, rate=2500, fee=10_000)


def test_the_worst_unit_comes_first() -> None:
    found = shorts(COUNTY)
    assert sum(one.lacking for one in found) == 6
    shares = [one.share for one in found]
    assert shares == sorted(shares, reverse=True)


def test_six_heads_two_a_month() -> None:
    hires = proposal(COUNTY, 4, 2)
    assert sum(one.heads for one in hires) == 6
    by_month = {month: sum(one.heads for one in hires if one.month == month) for month in range(1, 13)}
    assert {month: heads for month, heads in by_month.items() if heads} == {4: 2, 5: 2, 6: 2}
    assert hires[0].unit == shorts(COUNTY)[0].unit.id


def test_what_the_year_has_no_room_for_is_left() -> None:
    assert sum(one.heads for one in proposal(COUNTY, 11, 1)) == 2
    for first, each in ((0, 1), (13, 1), (1, 0)):
        with pytest.raises(ValueError, match="到岗月份"):
            proposal(COUNTY, first, each)


def test_costs_this_year_next_year_and_the_margin() -> None:
    now = estimate(COUNTY, replace(NOW, recruiting=30_000, training=50_000))
    cost = plan_cost((Hire(2, 2, 7), Hire(3, 1, 10)), now, now.total + 8_500_000)
    monthly = 6_370_000 // 12  # 530,833.33…
    assert monthly == 530_833
    assert cost.this_year == (6_370_000 * (2 * 6 + 1 * 3) + 6) // 12 + 3 * 80_000
    assert cost.next_year == 3 * 6_370_000 + 3 * 50_000
    assert (cost.margin, cost.enough) == (8_500_000, cost.this_year <= 8_500_000)
    assert plan_cost((Hire(2, 1, 1),), now, None).enough is None
    exactly = plan_cost((Hire(2, 1, 1),), now, now.total + 6_370_000 + 80_000)
    assert exactly.enough and not plan_cost((Hire(2, 1, 1),), now, now.total + 6_370_000 + 79_999).enough
