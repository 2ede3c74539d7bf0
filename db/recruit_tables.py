"""招录: a batch under a plan, and its progress by unit."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, of
from db.management_tables import CHANNEL, RECRUIT_METHOD
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT


class RecruitBatch(Base):
    """招录批次: who recruits, under which plan with whose consent, how, by when."""

    __tablename__ = "recruit_batch"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = of(Field("招录批次", TEXT, ("批次", "批次名称"), required=True))
    recruiter: Mapped[str | None] = of(Field("招录主体", TEXT, ("招录单位",)))
    plan_no: Mapped[str | None] = of(Field("方案文号", TEXT, ("招录方案文号",)))
    party_organ: Mapped[str | None] = of(Field("党委机关", TEXT, ("同意党委",)))
    party_on: Mapped[date | None] = of(Field("党委同意日期", DATE))
    party_no: Mapped[str | None] = of(Field("党委同意文号", TEXT))
    government_organ: Mapped[str | None] = of(Field("政府机关", TEXT, ("同意政府",)))
    government_on: Mapped[date | None] = of(Field("政府同意日期", DATE))
    government_no: Mapped[str | None] = of(Field("政府同意文号", TEXT))
    announced: Mapped[date | None] = of(Field("公告日期", DATE, ("招录公告日期",)))
    channel: Mapped[str | None] = of(Field("公告渠道", CHANNEL, ("公开渠道",)))
    method: Mapped[str | None] = of(Field("招录方式", RECRUIT_METHOD))
    conditions: Mapped[str | None] = of(Field("招录条件", TEXT, ("报名条件",)))
    due: Mapped[date | None] = of(Field("计划完成日期", DATE, ("完成时限", "截止日期")))


class RecruitLine(Base):
    """招录进度 of a batch for a unit, in 人."""

    __tablename__ = "recruit_line"
    __table_args__ = (UniqueConstraint("batch", "unit"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[int] = mapped_column(ForeignKey("recruit_batch.id"))
    unit: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    planned: Mapped[int] = of(Field("计划招录", COUNT, ("计划人数", "招录人数"), required=True))
    applied: Mapped[int | None] = of(Field("报名", COUNT, ("报名人数",)))
    qualified: Mapped[int | None] = of(Field("资格审查合格", COUNT, ("资格审查合格人数",)))
    interviewed: Mapped[int | None] = of(Field("考核（面试）通过", COUNT, ("面试通过", "考核通过")))
    publicised: Mapped[int | None] = of(Field("公示", COUNT, ("公示人数",)))
    hired: Mapped[int | None] = of(Field("已签合同", COUNT, ("签订合同人数",)))
    on_post: Mapped[int | None] = of(Field("到岗", COUNT, ("到岗人数",)))
    due: Mapped[date | None] = of(Field("本单位完成日期", DATE, (), hint="与批次不同的才填"))
