"""Money tables: 低保资金支出, 经费文件 with their lines by source, 单位缴费 rates."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from db.base import Base, column, of
from db.contract_tables import SOURCE
from policy.fund_facts import AREAS, CALIBERS, INSURANCES, LEVELS, PURPOSES, SPEND_KINDS, SPEND_LEVELS
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import SHARE, YEAR
from policy.kinds.text import CODE, TEXT

_LEVEL_WORDS = {"中央级": "中央", "省级": "省", "市级": "市", "地市": "市", "县级": "县", "区级": "县", "本级": "县"}
SPEND_LEVEL = choice("资金级次", SPEND_LEVELS, _LEVEL_WORDS)
FUND_LEVEL = choice("文件级次", LEVELS, _LEVEL_WORDS | {"乡镇": "乡", "镇": "乡", "街道": "乡"})
AREA = choice("城乡", AREAS, {"城市": "城", "城镇": "城", "农村": "农", "乡村": "农"})
SPEND_KIND = choice(
    "支出类别", SPEND_KINDS, {"低保": "低保金", "最低生活保障金": "低保金", "价补": "价格临时补贴", "物价补贴": "价格临时补贴"}
)
CALIBER = choice("数据口径", CALIBERS, {"决算数": "决算", "执行数": "执行", "快报": "执行", "预算数": "预算"})
PURPOSE = choice("经费用途", PURPOSES, {"工作经费": "工作", "政府购买服务": "购买服务", "购买服务经费": "购买服务"})
INSURANCE = choice(
    "缴费项目",
    INSURANCES,
    {"养老保险": "养老", "医疗保险": "医疗", "失业保险": "失业", "工伤保险": "工伤", "生育保险": "生育", "住房公积金": "公积金"},
)


class DibaoSpend(Base):
    """低保资金支出 of a year by paying level: the base of the work fund (二（二）)."""

    __tablename__ = "dibao_spend"
    __table_args__ = (UniqueConstraint("year", "level", "area", "kind", "caliber"),)
    id: int = column(primary_key=True)
    year: int = of(Field("年度", YEAR, ("支出年度",), required=True))
    level: str = of(Field("资金级次", SPEND_LEVEL, ("资金来源级次", "级次"), required=True))
    area: str = of(Field("城乡", AREA, ("城乡类别",), required=True))
    kind: str = of(Field("支出类别", SPEND_KIND, ("资金类别",)), default="低保金")
    caliber: str = of(Field("数据口径", CALIBER, ("口径",)), default="决算")
    amount: int = of(Field("支出金额", MONEY, ("低保资金支出", "金额"), required=True))


class FundDoc(Base):
    """经费文件: the document that gives money for a year."""

    __tablename__ = "fund_doc"
    id: int = column(primary_key=True)
    year: int = of(Field("经费年度", YEAR, ("年度",), required=True))
    level: str = of(Field("文件级次", FUND_LEVEL, ("级次", "下达级次"), required=True))
    doc_no: str | None = of(Field("经费文号", TEXT, ("文号", "文件文号")))
    title: str | None = of(Field("经费文件名称", TEXT, ("文件名称", "标题")))
    dated: date | None = of(Field("印发日期", DATE, ("发文日期", "下达日期")))


class FundLine(Base):
    """经费明细: an amount of a fund document by source and purpose, with what arrived and was spent of it."""

    __tablename__ = "fund_line"
    __table_args__ = (Index(None, "document"),)
    id: int = column(primary_key=True)
    document: int = column(ForeignKey("fund_doc.id"))
    source: str = of(Field("资金来源", SOURCE, ("经费来源",), required=True))
    purpose: str = of(Field("经费用途", PURPOSE, ("用途",), required=True))
    unit: int | None = column(ForeignKey("unit.id"))
    budget: int | None = of(Field("预算安排", MONEY, ("预算数", "预算金额", "下达金额")))
    received: int | None = of(Field("到位金额", MONEY, ("实际到位", "到位数")))
    received_on: date | None = of(Field("到位日期", DATE, ("到账日期",)))
    spent: int | None = of(Field("支出金额", MONEY, ("实际支出",)))
    carried: int | None = of(Field("上年结转", MONEY, ("上年结余", "结转资金")))


class EmployerRate(Base):
    """单位缴费比例 of an item from `since` on, with the limits of its base; the office enters them (none is shipped)."""

    __tablename__ = "employer_rate"
    __table_args__ = (UniqueConstraint("since", "item"), CheckConstraint("rate BETWEEN 0 AND 10000", name="rate"))
    id: int = column(primary_key=True)
    since: date = of(Field("费率起始日期", DATE, ("执行日期",), required=True))
    item: str = of(Field("缴费项目", INSURANCE, ("险种",), required=True))
    rate: int = of(Field("单位缴费比例", SHARE, ("单位比例",), required=True))
    base_low: int | None = of(Field("缴费基数下限", MONEY, ("基数下限",)))
    base_high: int | None = of(Field("缴费基数上限", MONEY, ("基数上限",)))
    document: str | None = of(Field("费率依据", CODE, ("依据文号",)))
