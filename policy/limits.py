"""Terms, shares and dates of labour and procurement law and of the management year as the office's checks use them: shipped in files,
editable, never constants.

Each stands in `resources/policy/labour.toml`, `management.toml` or `retention.toml` with its words, unit and source; where its source was not read word for word it says
`confirm`. The office's rule sets may set another value under the key "limits.<name>".
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

import resources

SHIPPED: Final = ("policy/labour.toml", "policy/management.toml", "policy/retention.toml")


@dataclass(frozen=True, slots=True)
class Probation:
    """第十九条: a contract of at least `bounds[i]` months may have a probation of `caps[i + 1]` months, a shorter one of `caps[i]`."""

    bounds: tuple[int, ...]
    caps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits in force. Shares are 0.01 %; months, days, years and times whole numbers."""

    no_dispatch_since: date
    service_months: int
    service_months_secured: int
    supplement_share: int
    sign_days: int
    filing_days: int
    notice_days: int
    short_dispatch_months: int
    gap_days: int
    dispatch_share: int
    dispatch_share_checked: bool
    payment_after_days: int
    late_pay_days: int
    written_months: int
    dispatch_term_months: int
    probation_wage_share: int
    fixed_terms: int
    employer_change_since: date
    open_years: int
    expiry_near_days: int
    expiry_days: int
    expiry_far_days: int
    insurance_days: int
    working_age: int
    retire_age_men: int
    retire_age_women: int
    retire_age_workers: int
    near_retirement_service: int
    near_retirement_years: int
    severance_cap_times: int
    severance_cap_years: int
    local_average_wage: int
    """当地上年度职工月平均工资, 分; 0 = not entered."""
    fund_due_month: int
    compare_share: int
    unassigned_days: int
    raise_months: int
    turnover_share: int
    meeting_months: int
    appraisal_months: int
    appraisal_due_month: int
    excellent_share: int
    induction_days: int
    evaluation_months: int
    evaluation_excellent: int
    evaluation_good: int
    evaluation_pass: int
    dimension_gap: int
    overload_households: int
    keep_pay_years: int
    keep_labour_years: int
    keep_procurement_years: int
    keep_assessment_years: int


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit as shipped: its words, 月/天/年/个/比例/日期/是否, its source, and whether it still needs confirming."""

    name: str
    label: str
    kind: str
    value: Any
    source: str
    confirm: bool
    group: str
    """Where it stands on the settings page."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """What the files hold: the limits, the probation table and the verbatim articles."""

    limits: tuple[Limit, ...]
    probation: Probation
    articles: Mapping[str, str]


def shipped_limits() -> Shipped:
    """The shipped files."""
    labour, *others = (tomllib.loads(resources.text(name)) for name in SHIPPED)
    said = tuple(
        Limit(name, one["label"], one["kind"], one["value"], one["source"], one["confirm"], tree["group"])
        for tree in (labour, *others)
        for name, one in tree["limits"].items()
    )
    table = labour["probation"]
    return Shipped(said, Probation(tuple(table["bounds"]), tuple(table["caps"])), labour["articles"])


def limits_of(value: Callable[[str], Any]) -> Limits:
    """The limits by name; dates come as text."""
    dates = {"no_dispatch_since", "employer_change_since"}
    values: dict[str, Any] = {
        one.name: date.fromisoformat(value(one.name)) if one.name in dates else value(one.name) for one in fields(Limits)
    }
    return Limits(**values)
