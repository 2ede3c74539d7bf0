"""Money as frozen records: 低保 spending by level, fund documents with their lines by source, rates of employer charges."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

LEVELS: Final = ("中央", "省", "市", "县", "乡")
SPEND_LEVELS: Final = LEVELS[:4]
AREAS: Final = ("城", "农")
ALLOWANCE: Final = "低保金"
PRICE_SUBSIDY: Final = "价格临时补贴"
SPEND_KINDS: Final = (ALLOWANCE, PRICE_SUBSIDY)
CALIBERS: Final = ("决算", "执行", "预算")
"""数据口径, the better one first: 决算, else 执行数 (快报)."""
FOR_WORK: Final = "工作"
FOR_PURCHASE: Final = "购买服务"
PURPOSES: Final = (FOR_WORK, FOR_PURCHASE)
INSURANCES: Final = ("养老", "医疗", "失业", "工伤", "生育", "公积金", "综合")
"""单位缴费项目; 综合 stands for all of them in one rate."""


@dataclass(frozen=True, slots=True)
class DibaoSpend:
    """低保资金支出 of one year: who paid it, for town or country, as what, by which books; 分."""

    year: int
    level: str
    area: str
    kind: str
    caliber: str
    amount: int


@dataclass(frozen=True, slots=True)
class FundDoc:
    """经费文件: budget reply, quota document or transfer slip of a year."""

    id: int
    year: int
    level: str
    doc_no: str
    title: str
    dated: date | None


@dataclass(frozen=True, slots=True)
class FundLine:
    """One amount of a fund document: source A–F, what for, 预算 and what has arrived by the as-of date; 分."""

    id: int
    document: FundDoc
    source: str
    purpose: str
    budget: int
    received: int
    received_on: date | None
    spent: int
    carried: int
    unit: int | None = None
    """For whom; None = the bureau."""


@dataclass(frozen=True, slots=True)
class EmployerRate:
    """单位缴费: rate (0.01 %) of one item from `since` on, with the limits of the base per month, 分."""

    since: date
    item: str
    rate: int
    base_low: int | None = None
    base_high: int | None = None
