"""工资层级: the scale with its grades, monthly items and performance rules, and who was put on which grade when."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from db.base import Base, column, of
from policy.grade_facts import CERTIFICATES, CHANGE_REASONS, PAY_ITEMS
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import ORDINAL, SHARE
from policy.kinds.score import SCORE
from policy.kinds.text import NAME, TEXT
from policy.labour_facts import GRADES

PAY_ITEM = choice("工资项目", PAY_ITEMS, {"基础工资": "基本工资", "绩效": "绩效工资", "津贴": "津补贴", "补贴": "津补贴"})
CERTIFICATE_ASKED = choice("证书要求", CERTIFICATES, {"助理社工师": "助理社会工作师", "社工师": "社会工作师", "高级社工师": "高级社会工作师"})
RESULT = choice("考核等次", GRADES, {"合格": "称职", "基本合格": "基本称职", "不合格": "不称职"})
CHANGE_REASON = choice("变动类型", CHANGE_REASONS, {"定级": "首次定级", "升级": "晋升"})


class PayScale(Base):
    """工资层级方案: in force from a day on, with its document."""

    __tablename__ = "pay_scale"
    __table_args__ = (UniqueConstraint("since"), CheckConstraint("performance_share BETWEEN 0 AND 10000", name="performance_share"))
    id: int = column(primary_key=True)
    name: str = of(Field("方案名称", TEXT, ("名称",), required=True))
    since: date = of(Field("施行日期", DATE, ("执行日期",), required=True))
    document: str | None = of(Field("方案文号", TEXT, ("依据文号", "文号")))
    performance_share: int | None = of(Field("绩效工资占比", SHARE, ("绩效占比",)))
    performance_rule: str | None = of(Field("绩效考核办法", TEXT, ("绩效办法",), hint="工资与工作量、成效怎样挂钩"))


class PayGrade(Base):
    """工资层级 of a scale: its place, what it pays besides the items, and what it takes to come here from the level below."""

    __tablename__ = "pay_grade"
    __table_args__ = (UniqueConstraint("scale", "level"),)
    id: int = column(primary_key=True)
    scale: int = column(ForeignKey("pay_scale.id"))
    level: int = of(Field("层级序号", ORDINAL, ("层级",), required=True, hint="1 为最低层级"))
    name: str = of(Field("层级名称", NAME, ("名称",), required=True))
    year_end: int | None = of(Field("年终标准", MONEY, ("年终奖标准",)))
    years: int | None = of(Field("在下一层级满（年）", ORDINAL, ("任职年限", "年限要求")))
    certificate: str | None = of(Field("证书要求", CERTIFICATE_ASKED, ("社工证要求",)))
    appraisal: str | None = of(Field("考核要求", RESULT, ("考核等次要求",), hint="近几年考核都在这个等次以上"))
    appraisals: int = of(Field("考核年数", ORDINAL, ("近几年考核",)), default=1)


class PayGradeItem(Base):
    """层级工资项目 by the month."""

    __tablename__ = "pay_grade_item"
    __table_args__ = (UniqueConstraint("grade", "item"),)
    id: int = column(primary_key=True)
    grade: int = column(ForeignKey("pay_grade.id"))
    item: str = of(Field("工资项目", PAY_ITEM, ("项目",), required=True))
    monthly: int = of(Field("月标准", MONEY, ("每月", "金额"), required=True))


class PerformanceRule(Base):
    """绩效系数 by appraisal: grade, from which score on, times what."""

    __tablename__ = "performance_rule"
    __table_args__ = (UniqueConstraint("scale", "grade", "low"),)
    id: int = column(primary_key=True)
    scale: int = column(ForeignKey("pay_scale.id"))
    grade: str = of(Field("考核等次", RESULT, ("等次",), required=True))
    low: int | None = of(Field("得分下限", SCORE, ("得分",)))
    factor: int = of(Field("绩效系数（%）", ORDINAL, ("系数",), required=True, hint="100 为按标准发，120 为上浮两成"))


class GradeChange(Base):
    """层级变动: from a day on the person stands on a grade; it stays when the provider changes."""

    __tablename__ = "grade_change"
    __table_args__ = (UniqueConstraint("person", "since"), Index(None, "grade"))
    id: int = column(primary_key=True)
    person: int = column(ForeignKey("person.id"))
    grade: int = column(ForeignKey("pay_grade.id"))
    since: date = of(Field("变动日期", DATE, ("执行日期", "定级日期"), required=True))
    reason: str = of(Field("变动类型", CHANGE_REASON, ("类型",)), default="晋升")
    document: str | None = of(Field("变动文号", TEXT, ("文号",)))
