"""The rules in force, one file each: law, check, help page and proof."""

from __future__ import annotations

from policy.facts import Facts
from policy.finding import HARD, HINT, SOFT, Finding, Rule
from policy.rules.f1_standard_below_floor import F1
from policy.rules.f2_paid_below_floor import F2
from policy.rules.f3_pay_month_missing import F3
from policy.rules.f4_standard_unequal import F4
from policy.rules.l10_engagements_overlap import L10
from policy.rules.l11_assignments_exceed import L11
from policy.rules.l12_identity_number import L12
from policy.rules.n1_band_edge import N1
from policy.rules.r32_county_staffing import R32
from policy.rules.r33_town_staffing import R33
from policy.rules.r34_caseload_missing import R34
from policy.rules.r35_caseload_old import R35

RULES: tuple[Rule, ...] = (R32, R33, R34, R35, N1, F1, F2, F3, F4, L10, L11, L12)
"""Every rule, in the order of the notice and then of the ledger's own checks."""

_LEVELS = (HARD, SOFT, HINT)


def check(facts: Facts) -> tuple[Finding, ...]:
    """What all rules that are switched on find: 强制性 first, then 核实性, then 提示; within a level by rule, then in return order."""
    on = [rule for rule in RULES if rule.id not in facts.parameters.switched_off]
    return tuple(sorted((finding for rule in on for finding in rule.find(rule, facts)), key=lambda f: _LEVELS.index(f.severity)))
