"""采购合同 and what hangs on it: supplier, using units, service scope, sources of money, clauses, amendments, payments.

Labour contracts are other tables (`db.labour_tables`): the two never share one.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint

from db.base import Base, column, dated, of
from policy.contract_facts import (
    BUYER_CLASSES,
    BUYER_LEVELS,
    CONTRACT_KINDS,
    METHODS,
    PROCURED_AS,
    SCOPES,
    SOURCES,
    SUPPLIER_CLASSES,
    TICKS,
)
from policy.facts import WORK_CLASSES
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.credit import CREDIT
from policy.kinds.date import DATE, END_DATE
from policy.kinds.money import MONEY
from policy.kinds.month import MONTH
from policy.kinds.number import COUNT, SHARE, YESNO
from policy.kinds.text import CODE, NAME, PHONE, TEXT

SUPPLIER_CLASS = choice(
    "承接主体性质",
    SUPPLIER_CLASSES,
    {"社工机构": "社会组织", "民办非企业单位": "社会组织", "公司": "企业", "公益一类": "公益一类事业单位", "公益二类": "公益二类事业单位"},
)
BUYER_CLASS = choice(
    "购买主体性质",
    BUYER_CLASSES,
    {"行政机关": "国家机关", "机关": "国家机关", "公益一类": "公益一类事业单位", "公益二类": "公益二类事业单位"},
)
BUYER_LEVEL = choice(
    "购买主体级别",
    BUYER_LEVELS,
    {"省级": "省", "市级": "市", "县级": "县", "区级": "县", "乡镇": "乡镇（街道）", "镇": "乡镇（街道）", "街道": "乡镇（街道）"},
)
CONTRACT_KIND = choice(
    "合同类型",
    CONTRACT_KINDS,
    {"购买服务": "政府购买服务", "派遣": "劳务派遣", "劳务派遣协议": "劳务派遣", "外包": "劳务外包", "服务外包": "劳务外包"},
)
PROCURED = choice("采购项目性质", PROCURED_AS, {"购买服务": "政府购买服务", "是": "政府购买服务", "否": "其他"})
METHOD = choice(
    "采购方式",
    METHODS,
    {
        "招标": "公开招标",
        "磋商": "竞争性磋商",
        "谈判": "竞争性谈判",
        "单一来源采购": "单一来源",
        "询价采购": "询价",
        "框架协议采购": "框架协议",
        "自主采购": "自行采购",
    },
)
SCOPE = choice(
    "服务内容",
    SCOPES,
    {"最低生活保障": "低保", "特困人员供养": "特困", "养老服务": "养老", "农村留守儿童": "留守儿童", "城乡社区建设": "城乡社区"},
)
SOURCE = choice(
    "资金来源",
    tuple(SOURCES),
    {"A": "社会救助工作经费", "工作经费": "社会救助工作经费", "B1": "困难群众救助补助资金（中央）", "B2": "困难群众救助补助资金（省级）",
     "B3": "困难群众救助补助资金（本级）", "C": "其他社会救助专项资金", "D": "本级预算其他安排", "E": "乡镇（街道）自筹", "乡镇自筹": "乡镇（街道）自筹",
     "F": "其他资金", "其他": "其他资金"},
)  # fmt: skip
TICK = choice("合同条款与做法", TICKS, {})
CONTRACT_CLASS = choice("事务性/服务性", WORK_CLASSES, {"事务": "事务性", "服务": "服务性"})


class Supplier(Base):
    """承接主体: whom the office buys from; for 劳务派遣 with the licence it needs."""

    __tablename__ = "supplier"
    id: int = column(primary_key=True)
    name: str = of(
        Field("承接主体名称", NAME, ("承接主体", "供应商", "派遣单位", "派遣公司", "供应商名称"), required=True), unique=True
    )
    credit_code: str | None = of(Field("统一社会信用代码", CREDIT, ("信用代码", "社会信用代码", "统一信用代码")), unique=True)
    body: str | None = of(Field("承接主体性质", SUPPLIER_CLASS, ("主体性质", "机构类别")))
    licence_no: str | None = of(Field("劳务派遣经营许可证号", CODE, ("派遣许可证号", "许可证号")))
    licence_from: date | None = of(Field("许可证起始日期", DATE, ("许可证有效期起",)))
    licence_to: date | None = of(Field("许可证截止日期", END_DATE, ("许可证有效期止", "许可证有效期至")))
    user_founded: bool = of(
        Field("用工单位所属或出资设立", YESNO, (), hint="用工单位或者其所属单位出资、合伙设立的劳务派遣单位，填是"), default=False
    )
    contact: str | None = of(Field("联系人", NAME, ("承接主体联系人",)))
    phone: str | None = of(Field("联系电话", PHONE, ("承接主体联系电话",)))


class PurchaseContract(Base):
    """采购合同 (服务合同、劳务派遣协议): what was bought from whom for how long and how much, and how it was procured."""

    __tablename__ = "purchase_contract"
    __table_args__ = (dated("dates"), Index(None, "supplier"))
    id: int = column(primary_key=True)
    no: str = of(Field("合同编号", CODE, ("合同号", "协议编号"), required=True), unique=True)
    name: str = of(Field("合同名称", TEXT, ("项目名称", "协议名称"), required=True))
    kind: str = of(Field("合同类型", CONTRACT_KIND, ("合同种类",), required=True))
    procured_as: str = of(
        Field("采购项目性质", PROCURED, ("是否政府购买服务", "立项性质"), hint="采购文件、预算中按政府购买服务列的，填政府购买服务")
    )
    buyer: int | None = column(ForeignKey("unit.id"))
    buyer_level: str = of(Field("购买主体级别", BUYER_LEVEL, ("主体级别",)), default="县")
    buyer_class: str = of(Field("购买主体性质", BUYER_CLASS), default="国家机关")
    supplier: int | None = column(ForeignKey("supplier.id"))
    method: str | None = of(Field("采购方式", METHOD))
    project_no: str | None = of(Field("采购项目编号", CODE, ("项目编号",)))
    awarded: date | None = of(Field("中标（成交）日期", DATE, ("中标日期", "成交日期", "中标通知书日期", "成交通知书日期")))
    award_noticed: date | None = of(Field("中标（成交）公告日期", DATE, ("中标公告日期", "成交公告日期")))
    contract_noticed: date | None = of(Field("合同公告日期", DATE, ("合同公示日期",)))
    accepted: date | None = of(Field("履约验收日期", DATE, ("验收日期",)))
    signed: date | None = of(Field("签订日期", DATE, ("合同签订日期", "签约日期", "签订时间")))
    start: date = of(Field("合同起始日期", DATE, ("合同开始日期", "服务起始日期", "合同期限起", "起"), required=True))
    end: date = of(Field("合同截止日期", DATE, ("合同结束日期", "合同终止日期", "服务截止日期", "合同期限止", "止"), required=True))
    amount: int | None = of(Field("合同金额", MONEY, ("合同总金额", "合同总价", "中标金额", "成交金额")))
    headcount: int | None = of(Field("约定人数", COUNT, ("合同人数", "服务人数", "派遣人数")))
    wage: int | None = of(Field("约定工资（元/人·年）", MONEY, ("每人每年工资", "合同工资标准", "其中：工资")))
    fee: int | None = of(Field("管理费（元/人·月）", MONEY, ("每人每月管理费", "派遣管理费标准")))
    pay_clause: str | None = of(Field("工资条款", TEXT, ("工资待遇条款",)))
    work_class: str = of(Field("事务性/服务性", CONTRACT_CLASS, ("服务类别",)), default="事务性")
    filed: date | None = of(Field("备案日期", DATE, ("合同备案日期",)))
    budget_doc: str | None = of(Field("预算文件", TEXT, ("预算批复文号", "经费文号")))
    predecessor: int | None = column(ForeignKey("purchase_contract.id"))
    not_renewed_on: date | None = of(Field("决定不续日期", DATE, ("不续签决定日期",), hint="到期后不再续签的，填决定的日期"))


class ContractUnit(Base):
    """用工单位（使用单位） the contract names: nobody may be sent elsewhere under it."""

    __tablename__ = "contract_unit"
    __table_args__ = (UniqueConstraint("contract", "unit"),)
    id: int = column(primary_key=True)
    contract: int = column(ForeignKey("purchase_contract.id"))
    unit: int = column(ForeignKey("unit.id"))


class ContractScope(Base):
    """服务内容 of a contract with its share of the amount; the shares make 100 %."""

    __tablename__ = "contract_scope"
    __table_args__ = (UniqueConstraint("contract", "scope"), CheckConstraint("share BETWEEN 0 AND 10000", name="share"))
    id: int = column(primary_key=True)
    contract: int = column(ForeignKey("purchase_contract.id"))
    scope: str = of(Field("服务内容", SCOPE, ("购买内容",), required=True))
    share: int = of(Field("占合同金额", SHARE, ("内容占比",), required=True))


class ContractSource(Base):
    """资金来源 of a contract with its share of the amount; the shares make 100 %."""

    __tablename__ = "contract_source"
    __table_args__ = (UniqueConstraint("contract", "source"), CheckConstraint("share BETWEEN 0 AND 10000", name="share"))
    id: int = column(primary_key=True)
    contract: int = column(ForeignKey("purchase_contract.id"))
    source: str = of(Field("资金来源", SOURCE, ("经费来源",), required=True))
    share: int = of(Field("占合同金额", SHARE, ("来源占比",), required=True))


class ContractTick(Base):
    """合同条款与做法 that were found in the contract or on the spot."""

    __tablename__ = "contract_tick"
    __table_args__ = (UniqueConstraint("contract", "tick"),)
    id: int = column(primary_key=True)
    contract: int = column(ForeignKey("purchase_contract.id"))
    tick: str = of(Field("合同条款与做法", TICK, required=True))


class ContractAmendment(Base):
    """补充合同: what changed in a contract's amount and last day."""

    __tablename__ = "contract_amendment"
    __table_args__ = (Index(None, "contract"),)
    id: int = column(primary_key=True)
    contract: int = column(ForeignKey("purchase_contract.id"))
    signed: date = of(Field("补充合同签订日期", DATE, ("补充协议日期",), required=True))
    amount: int | None = of(Field("增减金额", MONEY, ("补充合同金额",)))
    end: date | None = of(Field("变更后截止日期", DATE))
    subject: str | None = of(Field("变更事项", TEXT))


class ContractPayment(Base):
    """合同付款: one payment with what it was for; the amount is computed from its parts."""

    __tablename__ = "contract_payment"
    __table_args__ = (Index(None, "contract"), Index(None, "settlement"))
    id: int = column(primary_key=True)
    contract: int = column(ForeignKey("purchase_contract.id"))
    settlement: int | None = column(ForeignKey("settlement.id"))
    paid_on: date = of(Field("付款日期", DATE, ("支付日期", "拨付日期"), required=True))
    wages: int | None = of(Field("其中：工资", MONEY, ("工资", "应发工资合计")))
    employer: int | None = of(Field("单位缴费", MONEY, ("单位社保公积金", "单位社保及公积金")))
    fee: int | None = of(Field("管理费及税", MONEY, ("管理费", "管理费和税费")))
    other: int | None = of(Field("其他费用", MONEY, ("其他",), hint="付款没有分项的，全额填在这里"))
    source: str = of(Field("资金来源", SOURCE, ("经费来源",), required=True))
    first_month: int | None = of(Field("所属月份起", MONTH, ("费用所属期起",)))
    last_month: int | None = of(Field("所属月份止", MONTH, ("费用所属期止",)))
    voucher: str | None = of(Field("凭证号", CODE, ("支付凭证号", "记账凭证号")))
    amount: int = of(
        Field("付款金额", MONEY, ("支付金额", "拨付金额")),
        Computed("coalesce(wages, 0) + coalesce(employer, 0) + coalesce(fee, 0) + coalesce(other, 0)", persisted=False),
        sort_order=2,
    )
