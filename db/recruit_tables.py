"""招录: a batch under a plan, what it plans for each unit, and how far that was on which day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint

from db.base import Base, column, of
from db.management_tables import CHANNEL, RECRUIT_METHOD
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT


class RecruitBatch(Base):
    """招录批次: who recruits, under which plan with whose consent, how, by when."""

    __tablename__ = "recruit_batch"
    id: int = column(primary_key=True)
    name: str = of(Field("招录批次", TEXT, ("批次", "批次名称"), required=True))
    recruiter: str | None = of(Field("招录主体", TEXT, ("招录单位",)))
    plan_no: str | None = of(Field("方案文号", TEXT, ("招录方案文号",)))
    party_organ: str | None = of(Field("党委机关", TEXT, ("同意党委",)))
    party_on: date | None = of(Field("党委同意日期", DATE))
    party_no: str | None = of(Field("党委同意文号", TEXT))
    government_organ: str | None = of(Field("政府机关", TEXT, ("同意政府",)))
    government_on: date | None = of(Field("政府同意日期", DATE))
    government_no: str | None = of(Field("政府同意文号", TEXT))
    announced: date | None = of(Field("公告日期", DATE, ("招录公告日期",)))
    channel: str | None = of(Field("公告渠道", CHANNEL, ("公开渠道",)))
    method: str | None = of(Field("招录方式", RECRUIT_METHOD))
    conditions: str | None = of(Field("招录条件", TEXT, ("报名条件",)))
    due: date | None = of(Field("计划完成日期", DATE, ("完成时限", "截止日期")))


class RecruitLine(Base):
    """What a batch plans for a unit, in 人."""

    __tablename__ = "recruit_line"
    __table_args__ = (UniqueConstraint("batch", "unit"),)
    id: int = column(primary_key=True)
    batch: int = column(ForeignKey("recruit_batch.id"))
    unit: int | None = column(ForeignKey("unit.id"))
    planned: int = of(Field("计划招录", COUNT, ("计划人数", "招录人数"), required=True))
    due: date | None = of(Field("本单位完成日期", DATE, (), hint="与批次不同的才填"))


class RecruitCount(Base):
    """招录进度 of a unit in a batch as it stood on a day, in 人."""

    __tablename__ = "recruit_count"
    __table_args__ = (UniqueConstraint("line", "as_of"),)
    id: int = column(primary_key=True)
    line: int = column(ForeignKey("recruit_line.id"))
    as_of: date = of(Field("进度截至", DATE, ("截至日期", "进度日期"), required=True))
    applied: int | None = of(Field("报名", COUNT, ("报名人数",)))
    qualified: int | None = of(Field("资格审查合格", COUNT, ("资格审查合格人数",)))
    interviewed: int | None = of(Field("考核（面试）通过", COUNT, ("面试通过", "考核通过")))
    publicised: int | None = of(Field("公示", COUNT, ("公示人数",)))
    hired: int | None = of(Field("已签合同", COUNT, ("签订合同人数",)))
    on_post: int | None = of(Field("到岗", COUNT, ("到岗人数",)))
