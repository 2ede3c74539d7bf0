"""Parameters: every number and mode of the field, dated, with its source, as one frozen record for an as-of date.

The shipped file `resources/policy/gd-2019-453.toml` is the province's layer; rule sets kept in the book (county and city
overlays, settings) lie over it. Modes come from the lowest level that sets one; needs, floors and rates are the maximum
over the levels (an overlay can be stricter, never laxer).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

PEARL = "珠三角"
OTHER = "粤东西北"
REGIONS = (PEARL, OTHER)

HIGH = "就高"
LOW = "就低"

LEVELS: Final = ("省", "市", "县")


@dataclass(frozen=True, slots=True)
class Bands:
    """档次: households at `bounds` part the needs; len(needs) == len(bounds) + 1, bounds strictly increase, needs never fall."""

    bounds: tuple[int, ...]
    needs: tuple[int, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Floor:
    """最低标准 of a region from `since` on, 分 per person and year."""

    region: str
    since: date
    amount: int
    article: str


@dataclass(frozen=True, slots=True)
class TypeRule:
    """What one 用工形式 does: counts to 实际配备, stands in 表3, has the pay floor; `duty_only`: counts only with duty 社会救助经办."""

    counts: bool
    in_pay_form: bool
    has_floor: bool
    duty_only: bool = False


@dataclass(frozen=True, slots=True)
class Overlay:
    """One rule set of the book: level 市 or 县 (settings of the office are level 县), its document and dated values.

    `values` maps a dotted key of the toml (e.g. "staffing.boundary_mode", "pay.floor.粤东西北") to a value of the same shape.
    """

    name: str
    level: str
    document: str
    since: date
    until: date | None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters in force on one date. Money 分, shares 0.01 %."""

    name: str
    """The rule sets in force, as printed on the cover, e.g. 粤民函〔2019〕453号."""
    document: str
    boundary_mode: str
    county_bands: Bands
    town_bands: Bands
    near_bound: int
    """N1: how near a bound is "near", 0.01 % of the bound."""
    edge_reply: str
    """Document number of an official answer on the band edges, if the county has one."""
    floors: tuple[Floor, ...]
    """Every floor of every region, ascending by date (F2 applies them month by month)."""
    pay_caliber: str
    """应发 | 应发不含加班 | 用工成本 | 实发"""
    part_year: str
    """月折算 | 日折算 | 整月（入职当月计） | 整月（入职当月不计）"""
    tolerance: int
    unpaid_absence_off: bool
    count_method: str
    """人头 | 折算"""
    duty_threshold: int
    long_leave_months: int
    village_counts: bool
    types: Mapping[str, TypeRule]
    weights: Mapping[str, tuple[int, int]]
    """Category → weight as (numerator, denominator); absent = 0."""
    destitute_by: str
    """特困 counted by 人 (1人=1户) or 户."""
    caseload_max_age: int
    """R35, days."""
    fund_rate: int
    """3 % work fund, 0.01 %."""
    severities: Mapping[str, str] = field(default_factory=dict)
    """Rule id → hard | soft | hint, where a layer overrides the rule's own."""
    switched_off: frozenset[str] = frozenset()
    articles: Mapping[str, str] = field(default_factory=dict)
    """Article reference (e.g. 二（三）) → the quoted text."""


def load(shipped: str, overlays: Iterable[Overlay], on: date) -> Parameters:
    """Parameters in force on `on`: the shipped toml text with the overlays that hold that day.

    Raises ValueError with a sentence for an overlay value of a wrong shape or (needs, floors, rates) below the layer beneath
    without the key "<key>.reason".
    """
    raise NotImplementedError
