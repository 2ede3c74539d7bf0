"""资金需求测算 scenarios with their kept copies, and 招录计划 made from today's shortfalls."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text

from db.base import Base, column, of
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT, ORDINAL, YEAR, YESNO
from policy.kinds.text import TEXT


class Scenario(Base):
    """测算方案: named inputs of an estimate, each with its source (kept as one text: the arithmetic knows what they are)."""

    __tablename__ = "scenario"
    __table_args__ = (UniqueConstraint("year", "name"), Index("one_scenario_reported", "year", unique=True, sqlite_where=text("reported")))
    id: int = column(primary_key=True)
    name: str = of(Field("方案名称", TEXT, required=True))
    year: int = of(Field("测算年度", YEAR, required=True))
    inputs: str
    reported: bool = of(Field("填报附表3", YESNO, hint="每个测算年度最多一个方案"), default=False)


class EstimateCopy(Base):
    """测算存档: an estimate as it was sent to 财政, inputs and result word for word, with the letter and its reply."""

    __tablename__ = "estimate_copy"
    id: int = column(primary_key=True)
    name: str = of(Field("方案名称", TEXT, required=True))
    year: int = of(Field("测算年度", YEAR, required=True))
    as_of: date = of(Field("测算依据日期", DATE, required=True))
    made_on: date = of(Field("存档日期", DATE, required=True))
    total: int = of(Field("资金需求", MONEY, required=True))
    given: int = of(Field("资金来源合计", MONEY, required=True))
    result: str
    letter_no: str | None = of(Field("致财政函文号", TEXT))
    letter_on: date | None = of(Field("发函日期", DATE))
    reply_no: str | None = of(Field("财政复函文号", TEXT))
    reply_on: date | None = of(Field("复函日期", DATE))
    agreed: int | None = of(Field("财政同意安排", MONEY))
    reply: str | None = of(Field("复函意见", TEXT))


class HiringPlan(Base):
    """招录计划: who is to be hired in a year, unit by unit; `batch` is the 招录批次 it became."""

    __tablename__ = "hiring_plan"
    id: int = column(primary_key=True)
    name: str = of(Field("招录计划", TEXT, required=True), unique=True)
    year: int = of(Field("计划年度", YEAR, required=True))
    note: str | None = of(Field("计划说明", TEXT))
    batch: int | None = column(ForeignKey("recruit_batch.id"))


class HiringLine(Base):
    """招录计划 of one unit: heads and the month from which they are in post."""

    __tablename__ = "hiring_line"
    __table_args__ = (
        UniqueConstraint("plan", "unit", "month"),
        CheckConstraint("heads > 0", name="heads"),
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
    )
    id: int = column(primary_key=True)
    plan: int = column(ForeignKey("hiring_plan.id"))
    unit: int = column(ForeignKey("unit.id"))
    heads: int = of(Field("计划人数", COUNT, required=True))
    month: int = of(Field("到岗月份", ORDINAL, required=True))
