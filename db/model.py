"""The book's tables, and each field described once: label, kind, synonyms senders use, hint.

Everything with `start`/`end` or `since` is queried by date (see `db.as_of`); nothing reads "current" rows. Money is whole 分,
shares are 0.01 %, dates are ISO text. The diary's triggers are made from this metadata (`db.diary`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Column, Computed, ForeignKey, Index, Table, UniqueConstraint, text

from db import (  # noqa: F401 - their tables join the metadata
    account_tables,
    attachment_tables,
    city_tables,
    contract_tables,
    estimate_tables,
    evaluation_tables,
    fund_tables,
    grade_tables,
    labour_tables,
    management_tables,
    own_form_tables,
    recruit_tables,
    return_tables,
    settlement_tables,
)
from db.base import Base, column, dated, of
from db.labour_tables import RETIREMENT_CATEGORY
from policy.facts import ABSENCE_KINDS, CATEGORIES, DUTIES, EMPLOYMENT_TYPES, UNIT_TYPES, WORK_CLASSES
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE, END_DATE
from policy.kinds.idno import IDENTITY
from policy.kinds.money import MONEY
from policy.kinds.month import MONTH
from policy.kinds.number import COUNT, HALF_DAYS, ORDINAL, SHARE, YEAR, YESNO
from policy.kinds.text import CERTIFICATE_NO, CODE, NAME, PHONE, TEXT
from policy.parameters import LEVELS, REGIONS
from policy.pay_items import EMPLOYER, ITEMS, WITHHELD

SEX = choice("性别", ("男", "女"), {"男性": "男", "女性": "女", "M": "男", "F": "女"})
EDUCATION = choice(
    "学历",
    ("初中及以下", "中专", "高中", "大专", "本科", "硕士", "博士"),
    {
        "大学本科": "本科",
        "大学": "本科",
        "专科": "大专",
        "大学专科": "大专",
        "研究生": "硕士",
        "硕士研究生": "硕士",
        "博士研究生": "博士",
        "初中": "初中及以下",
    },
)
CERTIFICATE = choice(
    "社工证",
    ("无", "助理社会工作师", "社会工作师", "高级社会工作师"),
    {
        "助理社工师": "助理社会工作师",
        "社工师": "社会工作师",
        "中级": "社会工作师",
        "初级": "助理社会工作师",
        "高级社工师": "高级社会工作师",
        "高级": "高级社会工作师",
        "没有": "无",
    },
)
PARTY = replace(
    choice("党员", ("是", "否"), {
        "党员": "是", "中共党员": "是", "中国共产党党员": "是", "预备党员": "是", "中共预备党员": "是", "非党员": "否", "群众": "否", "共青团员": "否", "团员": "否",
    }),
    mask=lambda _: "＊",
)  # fmt: skip
"""Whether a member of 中国共产党: nobody's business in a list, so masked like a number."""
UNIT_TYPE = choice(
    "单位类型",
    UNIT_TYPES,
    {
        "镇": "乡镇",
        "乡": "乡镇",
        "民族乡": "乡镇",
        "街道办事处": "街道",
        "县局": "县级民政局",
        "民政局": "县级民政局",
        "村": "村（社区）",
        "社区": "村（社区）",
        "村居": "村（社区）",
        "管理区": "功能区",
    },
)
REGION = choice("地区类别", REGIONS, {"珠江三角洲": "珠三角", "珠江三角洲地区": "珠三角", "粤东西北地区": "粤东西北"})
EMPLOYMENT = choice(
    "用工形式",
    tuple(EMPLOYMENT_TYPES),
    {
        "公务员": "行政编制",
        "行政": "行政编制",
        "事业": "事业编制",
        "购买服务": "政府购买服务",
        "政府购买服务项目人员": "政府购买服务",
        "政府购买": "政府购买服务",
        "派遣": "劳务派遣",
        "劳务派遣人员": "劳务派遣",
        "派遣制": "劳务派遣",
        "编外合同制": "直接聘用",
        "编外聘用": "直接聘用",
        "直聘": "直接聘用",
        "合同工": "直接聘用",
        "双百": "双百社工",
        "双百工程社工": "双百社工",
        "公益岗": "公益性岗位",
        "公益岗位": "公益性岗位",
        "村（居）人员": "村（社区）人员",
        "村居人员": "村（社区）人员",
    },
)
DUTY = choice(
    "职责类别", DUTIES, {"社会救助": "社会救助经办", "救助经办": "社会救助经办", "社会救助经办服务": "社会救助经办", "养老": "养老服务"}
)
WORK_CLASS = choice("岗位类别", WORK_CLASSES, {"事务性岗位": "事务性", "事务": "事务性", "服务性岗位": "服务性", "服务": "服务性"})
CATEGORY = choice("救助对象类别", CATEGORIES, {})
ABSENCE = choice("缺勤类别", ABSENCE_KINDS, {})
LEVEL = choice("参数层级", LEVELS, {})


class County(Base):
    """Whose book this is (one row): bureau, city, pay region with its basis, and who signs."""

    __tablename__ = "county"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)
    id: int = column(primary_key=True)
    code: str = of(Field("行政区划代码", CODE))
    name: str = of(Field("县（市、区）名称", NAME, required=True))
    city_code: str = of(Field("所属地级市代码", CODE))
    city: str = of(Field("所属地级市", NAME))
    region: str = of(Field("地区类别", REGION, required=True))
    region_basis: str = of(Field("地区类别依据", TEXT))
    confirmed: bool = of(Field("地区类别已确认", YESNO))
    mode: str | None = of(Field("配备模式", choice("配备模式", ("统一派遣", "乡镇自行购买", "混合"), {})))
    contact: str | None = of(Field("联络员", NAME))
    phone: str | None = of(Field("联系电话", TEXT))
    leader: str | None = of(Field("单位负责人", NAME))
    deputy: str | None = of(Field("分管领导", NAME))
    section_head: str | None = of(Field("股（科）室负责人", NAME))
    reviewer: str | None = of(Field("审核人", NAME))
    preparer: str | None = of(Field("填报人", NAME))
    demo: bool = of(Field("演示数据", YESNO), default=False)


class RuleSet(Base):
    """政策参数版本: a dated layer over the shipped notice, from the city or the county, with its document."""

    __tablename__ = "rule_set"
    id: int = column(primary_key=True)
    name: str = of(Field("参数版本名称", TEXT, required=True))
    level: str = of(Field("层级", LEVEL, required=True))
    document: str | None = of(Field("依据文号", TEXT))
    since: date = of(Field("施行日期", DATE, required=True))
    until: date | None = of(Field("废止日期", END_DATE))


class RuleValue(Base):
    """One parameter of a rule set: the dotted key of the shipped file and its value as JSON."""

    __tablename__ = "rule_value"
    __table_args__ = (UniqueConstraint("rule_set", "key"),)
    id: int = column(primary_key=True)
    rule_set: int = column(ForeignKey("rule_set.id"))
    key: str = of(Field("参数", TEXT))
    value: str = of(Field("取值", TEXT))


class Unit(Base):
    """单位: the bureau, townships, villages and institutions; what changes over time stands in its versions."""

    __tablename__ = "unit"
    __table_args__ = (CheckConstraint("closed IS NULL OR opened IS NULL OR closed >= opened", name="life"),)
    id: int = column(primary_key=True)
    code: str | None = of(Field("区划代码", CODE, ("行政区划代码", "单位代码", "区划编码")))
    sort_no: int = of(Field("排序号", ORDINAL, ("序号",)))
    opened: date | None = of(Field("设立日期", DATE))
    closed: date | None = of(Field("撤销日期", END_DATE))


class UnitVersion(Base):
    """A unit's name, type and place in the tree from `since` on (towns are renamed, merged, turned into subdistricts)."""

    __tablename__ = "unit_version"
    __table_args__ = (UniqueConstraint("unit", "since"),)
    id: int = column(primary_key=True)
    unit: int = column(ForeignKey("unit.id"))
    since: date = of(Field("起始日期", DATE, required=True))
    name: str = of(
        Field(
            "单位名称",
            NAME,
            ("单位", "乡镇（街道）", "乡镇", "镇街", "镇（街道）", "镇（街）", "乡镇街道", "填报单位", "地区", "名称"),
            required=True,
        )
    )
    type: str = of(Field("单位类型", UNIT_TYPE, ("类型", "机构类型"), required=True))
    parent: int | None = column(ForeignKey("unit.id"))
    exempt: bool = of(Field("免予配备", YESNO), default=False)
    exempt_reason: str | None = of(Field("免予配备理由", TEXT))
    successor: int | None = column(ForeignKey("unit.id"))


class ApprovedHeadcount(Base):
    """核定人数: what the county decided for a unit (二（一）), from a date on, with its document."""

    __tablename__ = "approved_headcount"
    __table_args__ = (UniqueConstraint("unit", "since"),)
    id: int = column(primary_key=True)
    unit: int = column(ForeignKey("unit.id"))
    since: date = of(Field("核定日期", DATE, required=True))
    heads: int = of(Field("核定人数", COUNT, ("核定数",), required=True))
    document: str | None = of(Field("核定文号", TEXT))


class Caseload(Base):
    """救助对象: what a unit reports for one category on one date; rows of the bureau are 县级直接管理对象."""

    __tablename__ = "caseload"
    __table_args__ = (UniqueConstraint("unit", "as_of", "category"),)
    id: int = column(primary_key=True)
    unit: int = column(ForeignKey("unit.id"))
    as_of: date = of(Field("统计日期", DATE, ("户数统计日期", "截止日期", "统计时点", "数据日期", "户数口径日期"), required=True))
    category: str = of(Field("救助对象类别", CATEGORY, required=True))
    households: int | None = of(Field("户数", COUNT))
    persons: int | None = of(Field("人数", COUNT))
    source: str | None = of(Field("数据来源", TEXT, ("来源",)))


class ControlTotal(Base):
    """民政统计月报 totals of the county typed for a period, held against the units' sum (R34, 1-S2)."""

    __tablename__ = "control_total"
    __table_args__ = (UniqueConstraint("as_of", "category"),)
    id: int = column(primary_key=True)
    as_of: date = of(Field("统计日期", DATE, required=True))
    category: str = of(Field("救助对象类别", CATEGORY, required=True))
    households: int | None = of(Field("户数", COUNT))
    persons: int | None = of(Field("人数", COUNT))


class Person(Base):
    """人员: who the worker is. Identity number and phone are masked wherever they are shown."""

    __tablename__ = "person"
    id: int = column(primary_key=True)
    name: str = of(Field("姓名", NAME, ("人员姓名", "员工姓名", "工作人员姓名", "工作人员"), required=True))
    id_no: str | None = of(
        Field("身份证号", IDENTITY, ("身份证号码", "公民身份号码", "证件号码", "证件号", "身份证", "居民身份证号码"), required=True),
        unique=True,
    )
    sex: str | None = of(Field("性别", SEX))
    birth: date | None = of(Field("出生日期", DATE, ("出生年月日", "生日")))
    phone: str | None = of(Field("联系电话", PHONE, ("手机", "手机号", "手机号码", "电话", "联系方式")))
    education: str | None = of(Field("学历", EDUCATION, ("文化程度", "最高学历")))
    major: str | None = of(Field("专业", TEXT, ("所学专业",)))
    certificate: str | None = of(
        Field("社工证", CERTIFICATE, ("社会工作者职业资格", "社工职业资格", "社工资格证", "社会工作者证书"))
    )
    certificate_no: str | None = of(
        Field("社工证编号", CERTIFICATE_NO, ("社会工作者证书编号", "社工证书编号", "社工证号", "社会工作者职业资格证书编号", "资格证书编号", "证书编号"))
    )
    party_member: str | None = of(Field("党员", PARTY, ("是否党员", "中共党员", "政治面貌"), hint="可以不填；平时不显示，报表和公开版里没有"))
    notified_on: date | None = of(
        Field("告知书签收日期", DATE, ("告知书已签",), hint="本人签收个人信息处理告知书的日期（个人信息保护法第十七条、第三十条）")
    )


class Engagement(Base):
    """用工关系: one person at one employer for one stretch of time."""

    __tablename__ = "engagement"
    __table_args__ = (dated("dates"), Index(None, "person"))
    id: int = column(primary_key=True)
    person: int = column(ForeignKey("person.id"))
    start: date = of(
        Field("入职日期", DATE, ("入职时间", "到岗日期", "到岗时间", "聘用日期", "参加工作日期", "开始日期", "上岗日期"), required=True)
    )
    end: date | None = of(Field("离职日期", END_DATE, ("离职时间", "退回日期", "离岗日期")))
    end_reason: str | None = of(Field("离职原因", TEXT, ("离职（退回）原因",)))
    full_time: bool | None = of(Field("全日制", YESNO, ("是否全日制",)), default=True)
    probation_end: date | None = of(Field("试用期止", END_DATE, ("试用期满日期",)))
    service_since: date | None = of(
        Field("工龄起算日期", DATE, ("连续工龄起算日期",), hint="非因本人原因换用人单位、工龄连续计算的，填最早的入职日期；其他人留空")
    )
    severance: int | None = of(Field("经济补偿", MONEY, ("经济补偿金",), hint="离职时核定的金额；核定不需支付的填 0"))
    recruit_line: int | None = column(ForeignKey("recruit_line.id"))


class EngagementTerm(Base):
    """用工条件 from `since` on: 用工形式, employer, duty and its share; status is derived, never stored."""

    __tablename__ = "engagement_term"
    __table_args__ = (UniqueConstraint("engagement", "since"), CheckConstraint("duty_share BETWEEN 0 AND 10000", name="share"))
    id: int = column(primary_key=True)
    engagement: int = column(ForeignKey("engagement.id"))
    since: date = of(Field("起始日期", DATE, required=True))
    type: str | None = of(
        Field("用工形式", EMPLOYMENT, ("用工方式", "用工性质", "人员类别", "人员性质", "身份类别"), required=True)
    )
    duty: str = of(Field("职责类别", DUTY, ("工作职责", "职责")), default="社会救助经办")
    duty_share: int = of(Field("社会救助工作占比", SHARE, ("救助工作占比", "社会救助工作占比%")), default=10000)
    employer: str | None = of(
        Field("用人单位", TEXT, ("承接主体", "派遣单位", "派遣公司", "劳务派遣单位", "用人单位名称", "签约公司"))
    )
    retirement: str | None = of(
        Field("退休类别", RETIREMENT_CATEGORY, ("退休岗位类别",), hint="女职工填：管理、技术岗位的选女干部，其他岗位选女工人；没有填的，程序不代为认定")
    )
    purchase_contract: int | None = column(ForeignKey("purchase_contract.id"))


class Assignment(Base):
    """派驻: which unit uses the person, for what share of the working time, from when to when."""

    __tablename__ = "assignment"
    __table_args__ = (dated("dates"), CheckConstraint("share BETWEEN 1 AND 10000", name="share"), Index(None, "engagement"))
    id: int = column(primary_key=True)
    engagement: int = column(ForeignKey("engagement.id"))
    unit: int = column(ForeignKey("unit.id"))
    start: date = of(Field("派驻日期", DATE, ("派驻时间", "派驻开始日期")))
    end: date | None = of(Field("派驻结束日期", END_DATE, ("派驻止",)))
    share: int = of(Field("工作时间占比", SHARE, ("工时占比",)), default=10000)
    post: str | None = of(Field("岗位", TEXT, ("岗位名称", "工作岗位", "职务")))
    work_class: str = of(Field("岗位类别", WORK_CLASS, ("事务性/服务性", "事务性或服务性", "岗位性质")), default="事务性")
    pooled: bool = of(Field("乡镇统筹使用", YESNO), default=False)


class Absence(Base):
    """缺勤: leave and other absence; unpaid days come off the prorated floor, long leave off the headcount."""

    __tablename__ = "absence"
    __table_args__ = (dated("dates"), Index(None, "engagement"))
    id: int = column(primary_key=True)
    engagement: int = column(ForeignKey("engagement.id"))
    kind: str = of(Field("缺勤类别", ABSENCE, required=True))
    start: date = of(Field("起始日期", DATE, required=True))
    end: date | None = of(Field("结束日期", END_DATE))
    paid: bool = of(Field("带薪", YESNO), default=True)


class Attendance(Base):
    """出勤: how many days of a month a person attended, as the township or the provider says (half days: 43 is 21.5 天)."""

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("engagement", "month"),
        CheckConstraint("half_days BETWEEN 0 AND 62", name="half_days"),
        CheckConstraint("month % 100 BETWEEN 1 AND 12", name="month"),
    )
    id: int = column(primary_key=True)
    engagement: int = column(ForeignKey("engagement.id"))
    month: int = of(Field("出勤月份", MONTH, ("考勤月份", "月份", "所属月份"), required=True))
    half_days: int = of(Field("出勤天数", HALF_DAYS, ("实际出勤天数", "出勤日数"), required=True))
    source: str | None = of(Field("考勤来源", TEXT, ("来源文件",)))


class PayStandard(Base):
    """工资标准 from `since` on: monthly fixed and performance parts and the year-end part, or only the annual figure."""

    __tablename__ = "pay_standard"
    __table_args__ = (UniqueConstraint("engagement", "since"),)
    id: int = column(primary_key=True)
    engagement: int = column(ForeignKey("engagement.id"))
    since: date = of(Field("工资标准起始日期", DATE, ("调薪日期", "起薪日期"), required=True))
    monthly_fixed: int | None = of(Field("月固定工资", MONEY, ("月工资", "月工资标准", "月固定工资标准", "月薪")))
    performance: int | None = of(Field("月绩效标准", MONEY, ("月绩效工资标准", "绩效标准")))
    year_end: int | None = of(Field("年终标准", MONEY, ("年终奖标准", "年终一次性标准")))
    annual: int | None = of(Field("年工资标准", MONEY, ("年薪", "年工资", "工资标准（年）", "年薪标准", "每人每年工资标准")))


def _sum(names: tuple[str, ...]) -> str:
    return " + ".join(f"coalesce({name}, 0)" for name in names)


GROSS_SQL = f"CASE WHEN coalesce({', '.join(ITEMS)}) IS NULL THEN NULL ELSE {_sum(ITEMS)} - coalesce(deduction, 0) END"
NET_SQL = f"{GROSS_SQL[:-4]} - ({_sum(WITHHELD)}) END"
COST_SQL = f"{GROSS_SQL[:-4]} + {_sum(EMPLOYER)} END"


class PaySheet:
    """The columns of a pay sheet, by whomever it was written: one engagement's pay of one 工资所属月份. 应发, 实发 and 用工成本 are
    computed by the database; blank is not 0."""

    year: int = of(Field("年度", YEAR), primary_key=True, autoincrement=False)
    engagement: int = column(ForeignKey("engagement.id"), primary_key=True, autoincrement=False)
    month: int = of(Field("月份", ORDINAL), primary_key=True, autoincrement=False)
    base: int | None = of(Field("基本工资", MONEY, ("基础工资", "月固定工资")))
    post: int | None = of(Field("岗位工资", MONEY, ("岗位津贴", "职务工资")))
    performance: int | None = of(Field("绩效工资", MONEY, ("绩效", "月绩效")))
    allowance: int | None = of(Field("津补贴", MONEY, ("津贴", "补贴", "津贴补贴", "补贴合计", "乡镇补贴")))
    bonus: int | None = of(Field("奖金", MONEY, ("年终奖", "奖励")))
    overtime: int | None = of(Field("加班工资", MONEY, ("加班费",)))
    unsplit: int | None = of(Field("未分项工资", MONEY, (), hint="工资表只有应发合计、没有分项时填在这里"))
    deduction: int | None = of(Field("缺勤扣款", MONEY, ("扣款", "缺勤扣发", "考勤扣款")))
    pension: int | None = of(Field("个人养老保险", MONEY, ("养老保险（个人）", "养老个人")))
    medical: int | None = of(Field("个人医疗保险", MONEY, ("医疗保险（个人）", "医疗个人")))
    unemployment: int | None = of(Field("个人失业保险", MONEY, ("失业保险（个人）", "失业个人")))
    insurance_other: int | None = of(
        Field(
            "个人社保（未分险种）",
            MONEY,
            ("个人社保", "个人社保费", "个人社会保险", "个人社会保险费", "社保个人", "社保（个人）", "代扣社保", "个人缴纳社保"),
        )
    )
    fund: int | None = of(
        Field("个人公积金", MONEY, ("个人住房公积金", "公积金个人", "公积金（个人）", "住房公积金（个人）", "代扣公积金"))
    )
    tax: int | None = of(Field("个人所得税", MONEY, ("个税", "代扣个税", "代扣个人所得税")))
    other: int | None = of(Field("其他代扣", MONEY, ("其他扣款", "其他代扣款")))
    employer_insurance: int | None = of(
        Field("单位社保", MONEY, ("单位社保费", "单位社会保险", "单位社会保险费", "社保单位", "社保（单位）", "单位缴纳社保"))
    )
    employer_fund: int | None = of(
        Field("单位公积金", MONEY, ("单位住房公积金", "公积金单位", "公积金（单位）", "住房公积金（单位）"))
    )
    fee: int | None = of(Field("管理费", MONEY, ("服务费", "劳务管理费", "派遣管理费", "代理费")))
    vat: int | None = of(Field("税费", MONEY, ("增值税", "增值税及附加")))
    paid_on: date | None = of(Field("发放日期", DATE, ("支付日期", "发薪日期")))
    gross: int | None = of(
        Field("应发工资", MONEY, ("应发", "应发合计", "应发工资合计", "应发金额", "应发数")), Computed(GROSS_SQL, persisted=False), sort_order=2
    )
    net: int | None = of(
        Field("实发工资", MONEY, ("实发", "实发合计", "实发工资合计", "实发金额", "实发数")), Computed(NET_SQL, persisted=False), sort_order=2
    )
    cost: int | None = of(
        Field("用工成本", MONEY, ("用工成本合计", "人工成本", "费用合计")), Computed(COST_SQL, persisted=False), sort_order=2
    )


def _monthly() -> tuple[object, ...]:
    return CheckConstraint("month BETWEEN 1 AND 12", name="month"), Index(None, "engagement"), {"sqlite_with_rowid": False}


class PayMonth(PaySheet, Base):
    """工资: what the bureau's own sheet says."""

    __tablename__ = "pay_month"
    __table_args__ = _monthly()
    reason: str | None = of(Field("变动原因", TEXT, ("变动说明",), hint="与上月相差较大时写明：转正、调薪、缺勤、补发等"), sort_order=1)


class ProviderPay(PaySheet, Base):
    """承接主体报来的工资: the provider's own sheet, kept beside ours and never mixed with it (工资核对)."""

    __tablename__ = "provider_pay"
    __table_args__ = _monthly()
    source: str | None = of(Field("来源文件", TEXT), sort_order=1)
    kept: bool = of(Field("以本局为准", YESNO), default=False, sort_order=1)


class PayConfirmation(Base):
    """工资确认: the month's sheet was looked at and is locked; a trigger refuses changes until the confirmation is taken back."""

    __tablename__ = "pay_confirmation"
    __table_args__ = (CheckConstraint("month BETWEEN 1 AND 12", name="month"),)
    year: int = of(Field("年度", YEAR), primary_key=True, autoincrement=False)
    month: int = of(Field("月份", ORDINAL), primary_key=True, autoincrement=False)
    confirmed_by: str = of(Field("确认人", NAME))
    confirmed_on: date = of(Field("确认日期", DATE))


class ImportBatch(Base):
    """导入批次: which file brought what, in which act; whether it was taken back is read from the diary."""

    __tablename__ = "import_batch"
    id: int = column(primary_key=True)
    act: int = of(Field("日志号", ORDINAL))
    kind: str = of(Field("导入类别", TEXT))
    file_name: str = of(Field("文件名", TEXT))
    sha256: str = of(Field("文件指纹", CODE))
    added: int = of(Field("新增", COUNT))
    changed: int = of(Field("更新", COUNT))
    same: int = of(Field("相同", COUNT))
    wrong: int = of(Field("错误", COUNT))


class ImportMapping(Base):
    """列名对应: what a sender's headings and words mean, by the look of the headings; offered when such a file comes again."""

    __tablename__ = "import_mapping"
    __table_args__ = (UniqueConstraint("kind", "fingerprint"),)
    id: int = column(primary_key=True)
    kind: str = of(Field("导入类别", TEXT))
    fingerprint: str = of(Field("列名指纹", CODE))
    mapping: str = of(Field("对应", TEXT))
    file_name: str = of(Field("文件名", TEXT))


class Diary(Base):
    """日志: every act and every row it changed, written by the database itself and chained. See `db.diary`."""

    __tablename__ = "diary"
    __table_args__ = (Index(None, "act"), Index(None, "tbl", "key"), Index("ix_diary_acts", "seq", sqlite_where=text("op = 'act'")))
    seq: int = column(primary_key=True)
    act: int
    op: str
    at: str | None
    who: str | None
    name: str | None
    reason: str | None
    barrier: bool | None
    takes_back: int | None
    tbl: str | None
    key: str | None
    before: str | None
    after: str | None
    digest: bytes = column()


TABLES: dict[str, Table] = {table.name: table for table in Base.metadata.sorted_tables}
"""Every table, parents before children."""

for _table in TABLES.values():
    if "id" in _table.columns or _table.name == "diary":
        _table.dialect_options["sqlite"]["autoincrement"] = True  # a number once given is never given again, also after undo

TRACKED: tuple[Table, ...] = tuple(table for table in TABLES.values() if table.name != "diary")
"""Tables whose every change the diary keeps."""


def stored(table: Table) -> list[Column[Any]]:
    """A table's columns that are written (not the computed ones)."""
    return [column for column in table.columns if column.computed is None]
