"""劳动合同, 年度考核 and the dated tables the labour checks look things up in (最低工资, 退休年龄)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from db.base import Base, column, dated, of
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE, END_DATE
from policy.kinds.money import MONEY
from policy.kinds.month import MONTH
from policy.kinds.number import ORDINAL, YEAR, YESNO
from policy.kinds.score import SCORE
from policy.kinds.text import TEXT
from policy.labour import END_REASONS
from policy.labour_facts import DAY_KINDS, GRADES, LABOUR_KINDS, MOVED, RETIRING_AS, SERVICE, UNGRADED

LABOUR_KIND = choice(
    "劳动合同类型",
    LABOUR_KINDS,
    {"固定": "固定期限", "无固定": "无固定期限", "任务": "以完成一定工作任务为期限", "任务期限": "以完成一定工作任务为期限"},
)
GRADE = choice("考核等次", (*GRADES, UNGRADED), {"合格": "称职", "基本合格": "基本称职", "不合格": "不称职", "不确定等次": UNGRADED, "未参加考核": UNGRADED})
WAGE = replace(MONEY, sums=False)
END_REASON = choice("解除（终止）理由", (*END_REASONS, MOVED))
SERVICE_KIND = choice("原工作年限", SERVICE, {"合并计算": SERVICE[0], "工龄合并计算": SERVICE[0], "已支付经济补偿": SERVICE[1]})
DAY_KIND = choice("放假或上班", DAY_KINDS, {"休": "放假", "休息": "放假", "节假日": "放假", "班": "调休上班", "上班": "调休上班", "补班": "调休上班"})
RETIREMENT_CATEGORY = choice(
    "退休类别",
    RETIRING_AS,
    {
        "男性": "男", "男职工": "男", "女（管理、技术岗位）": "女干部", "女管理岗位": "女干部", "女技术岗位": "女干部", "女管理技术岗位": "女干部",
        "女工": "女工人", "女（工人岗位）": "女工人", "女工人岗位": "女工人", "女工勤岗位": "女工人",
    },
)  # fmt: skip


class LabourContract(Base):
    """劳动合同 of an engagement: the employer's with the worker, never the office's with its supplier."""

    __tablename__ = "labour_contract"
    __table_args__ = (
        dated("dates"),
        UniqueConstraint("engagement", "seq"),
        CheckConstraint("pay_day BETWEEN 1 AND 31", name="pay_day"),
        Index(None, "engagement"),
    )
    id: int = column(primary_key=True)
    engagement: int = column(ForeignKey("engagement.id"))
    seq: int = of(Field("第几次签订", ORDINAL, ("签订次数",)), default=1)
    kind: str = of(Field("劳动合同类型", LABOUR_KIND, ("合同期限类型", "劳动合同期限"), required=True))
    signed: date | None = of(Field("劳动合同签订日期", DATE, ("签订日期", "劳动合同签订时间")))
    start: date = of(Field("劳动合同起始日期", DATE, ("劳动合同开始日期", "劳动合同起"), required=True))
    end: date | None = of(Field("劳动合同终止日期", END_DATE, ("劳动合同截止日期", "劳动合同到期日期", "劳动合同止")))
    probation_end: date | None = of(Field("合同试用期止", END_DATE, ("试用期截止日期",)))
    probation_wage: int | None = of(Field("试用期月工资", WAGE, ("试用期工资",)))
    wage: int | None = of(Field("约定月工资", WAGE, ("劳动合同月工资", "合同约定工资")))
    names_unit: bool | None = of(Field("载明用工单位", YESNO))
    names_term: bool | None = of(Field("载明派遣期限", YESNO))
    names_post: bool | None = of(Field("载明工作岗位", YESNO))
    amended_on: date | None = of(Field("最近变更协议日期", DATE, ("劳动合同变更日期",)))
    pay_day: int | None = of(Field("约定发薪日", ORDINAL, ("发薪日",), hint="每月几日发上月工资，如 10"))
    insured_on: date | None = of(Field("社保登记日期", DATE, ("参保日期", "社会保险登记日期")))
    certificate_on: date | None = of(Field("离职证明日期", DATE, ("解除终止证明日期", "解除（终止）证明出具日期")))
    not_renewed_on: date | None = of(Field("决定不续日期", DATE, ("不续签决定日期",)))
    ended_on: date | None = of(Field("解除（终止）日期", DATE, ("合同解除日期", "合同实际终止日期"), hint="合同关系的最后一天"))
    end_reason: str | None = of(Field("解除（终止）理由", END_REASON, ("合同终止原因",)))
    retrained_on: date | None = of(
        Field("培训或调岗日期", DATE, hint="以不能胜任工作为由解除的，须先培训或者调整工作岗位（第四十条第二项）")
    )


class EmployerChange(Base):
    """更换用人单位: the provider was changed over the worker's head; from `since` on the new one employs them, and what became of the years before."""

    __tablename__ = "employer_change"
    __table_args__ = (UniqueConstraint("engagement", "since"),)
    id: int = column(primary_key=True)
    engagement: int = column(ForeignKey("engagement.id"))
    since: date = of(Field("更换日期", DATE, required=True))
    before: str | None = of(Field("原用人单位", TEXT))
    after: str = of(Field("新用人单位", TEXT, required=True))
    service: str = of(Field("原工作年限", SERVICE_KIND, ("工龄处理",), required=True))
    severance: int | None = of(Field("原单位经济补偿", MONEY, hint="更换时由原用人单位支付的金额"))


class Appraisal(Base):
    """年度考核 of a person (四（三）)."""

    __tablename__ = "appraisal"
    __table_args__ = (UniqueConstraint("person", "year"),)
    id: int = column(primary_key=True)
    person: int = column(ForeignKey("person.id"))
    year: int = of(Field("考核年度", YEAR, ("年度",), required=True))
    grade: str = of(Field("考核等次", GRADE, ("考核结果", "等次"), required=True))
    score: int | None = of(Field("考核得分", SCORE, ("得分",)))
    reason: str | None = of(Field("考核说明", TEXT, ("说明",), hint="未考核的写明原因"))


class MinimumWage(Base):
    """最低工资标准 of an area from `since` on (never the notice's 最低标准, another rule)."""

    __tablename__ = "minimum_wage"
    __table_args__ = (UniqueConstraint("since", "area"),)
    id: int = column(primary_key=True)
    since: date = of(Field("最低工资起始日期", DATE, ("执行日期",), required=True))
    area: str = of(Field("适用地区", TEXT, hint="全县一个标准的填县名"))
    monthly: int = of(Field("月最低工资", MONEY, ("最低工资标准",), required=True))


class Holiday(Base):
    """节假日: a weekday that is off, or a weekend that is worked, by the yearly notice of 国务院办公厅 (working days are counted by it)."""

    __tablename__ = "holiday"
    id: int = column(primary_key=True)
    day: date = of(Field("放假、调休日期", DATE, ("日期", "节假日日期"), required=True), unique=True)
    kind: str = of(Field("放假或上班", DAY_KIND, ("类别", "安排"), required=True), default="放假")
    name: str | None = of(Field("节日名称", TEXT, ("节日", "名称")))


class RetirementAge(Base):
    """退休年龄 for those born in a month or later (moving since 2025: the office enters the table in force)."""

    __tablename__ = "retirement_age"
    __table_args__ = (UniqueConstraint("born_from", "category"),)
    id: int = column(primary_key=True)
    born_from: int = of(Field("出生年月（自）", MONTH, required=True))
    category: str = of(Field("退休类别", RETIREMENT_CATEGORY, required=True))
    years: int = of(Field("退休年龄（岁）", ORDINAL, required=True))
    months: int = of(Field("退休年龄（另加月）", ORDINAL), default=0)
