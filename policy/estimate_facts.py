"""测算方案 as frozen records: the inputs of a fund-need estimate, each with its source in words (二（二）)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

BY_NEED, BY_APPROVED, AS_NOW = "应配备人数", "核定人数", "现有购买服务人数"
HEADS_BY: Final = (BY_NEED, BY_APPROVED, AS_NOW)
"""How many posts a unit is to have."""


@dataclass(frozen=True, slots=True)
class Departure:
    """Workers whose contract is expected to end without renewal: heads, years of service (halves allowed), monthly wage in 分."""

    heads: int
    years: Fraction
    monthly: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """The inputs of one estimate. None = taken from the book or not entered, as the field says."""

    name: str
    year: int
    heads_by: str = BY_NEED
    boundary_mode: str = ""
    """就高 | 就低; "" = the parameter in force."""
    growth: int = 0
    """Change of households, 0.01 % (negative: fewer)."""
    growth_of: Mapping[int, int] = field(default_factory=dict)
    """Unit → its own growth instead."""
    fixed_of: Mapping[int, int] = field(default_factory=dict)
    """Unit → heads that other money pays (编制 …) instead of those the book counts."""
    wage: int | None = None
    """年工资标准 per head; None = the higher of the present average and the floor."""
    increment: int = 0
    """Rise of wages on top (考核晋级), 0.01 %."""
    rate: int | None = None
    """综合费率 of the employer's charges, 0.01 %; None = the dated rates of the book, none where none is entered."""
    fee: int = 0
    """管理费 per head and month."""
    fee_tax: int = 0
    """Tax on the fee, 0.01 %."""
    months: int = 12
    """Months paid for people already there."""
    fill_month: int = 1
    """The month from which vacancies are filled."""
    training: int = 0
    """Per head and year."""
    recruiting: int = 0
    """Per new head."""
    departures: tuple[Departure, ...] = ()
    reserve: int = 0
    """预备费, 0.01 % of everything else."""
    supply: Mapping[str, int] = field(default_factory=dict)
    """Source → what it gives; source A left out = 3 % of this year's 低保 spending, marked 预计."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Input (field name) → where its figure comes from, in the clerk's words."""
