"""报送任务 and returns: what was filled in by hand, notes on what the audit asked, seals, and what was handed over."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint

from db.base import Base, column, of
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.number import COUNT, ORDINAL, YESNO, places
from policy.kinds.text import CODE, NAME, TEXT

DRAFT: Final = "编制中"
APPROVED: Final = "已审核"
SEALED: Final = "已封存"
SENT: Final = "已上报"
RECEIVED: Final = "已接收"
SENT_BACK: Final = "退回"
UNSEALED: Final = "已解封"
"""An earlier version: its seal stays to be looked at, a newer version took its place."""
STATES: Final = (DRAFT, APPROVED, SEALED, SENT, RECEIVED, SENT_BACK, UNSEALED)
STATE = choice("报表状态", STATES, {})
FORMULA_LEVEL = choice("公式级别", ("强制性", "核实性", "提示"), {})
FORMULA_SCOPE = choice("适用行", ("各行", "明细行", "合计", "县局", "乡镇"), {})
FORMULA_OWNER = choice("制定层级", ("市", "县"), {})


class ReportTask(Base):
    """报送任务: what is asked for, for which period, and how it is to look. A city hands one task to all its counties."""

    __tablename__ = "report_task"
    __table_args__ = (UniqueConstraint("name", "period"),)
    id: int = column(primary_key=True)
    name: str = of(Field("任务名称", TEXT, required=True))
    short: str = of(Field("任务短名", TEXT, hint="用在文件名里", required=True))
    document: str | None = of(Field("来文文号", TEXT))
    period: str = of(Field("报告期", TEXT, hint="2026、2026H1、2026Q3 或 2026-05", required=True))
    as_of: date | None = of(Field("截至日期", DATE, hint="不填为报告期最后一天"))
    due: date | None = of(Field("报送截止日期", DATE))
    special: bool = of(Field("专项报送", YESNO, hint="截至日期可以不是报告期末"), default=False)
    forms: str = of(Field("报表", TEXT, hint="用顿号隔开", required=True))
    signatories: str = of(Field("签署栏", TEXT, hint="用顿号隔开", required=True))
    authority: str | None = of(Field("制定机关", TEXT))
    approval: str | None = of(Field("批准文号", TEXT))
    valid_until: str | None = of(Field("有效期", TEXT))
    form_numbers: str | None = of(Field("表号", TEXT, hint="如 表2=民救2表；表3=民救3表"))
    masked: bool = of(Field("遮掩证件号和电话", YESNO), default=True)
    public: bool = of(Field("公开版", YESNO), default=False)
    personal: bool = of(Field("随报个人明细", YESNO, hint="附表1、附表2 加密后放入上报数据包"), default=False)
    long_pay_list: bool = of(Field("附表2全项版", YESNO), default=False)
    pay_list_ground: bool = of(Field("合同载有个人信息处理条款", YESNO), default=False)
    total_first: bool = of(Field("合计行在前", YESNO), default=True)
    wan_decimals: int = of(Field("万元小数位数", places(2, 1), hint="2 位，民政统计为 1 位；只改印出的位数，数据仍精确到分", required=True), default=2)
    yuan_decimals: int = of(Field("元小数位数", places(2, 0), hint="2 位或 0 位；只改印出的位数，数据仍精确到分", required=True), default=2)
    a4_only: bool = of(Field("全部用A4纸", YESNO), default=False)
    charts: bool = of(Field("带图表页", YESNO, hint="工作簿末尾加一页图表：应配备与实际配备、缺口、工资标准与最低标准"), default=False)
    topics: str | None = of(Field("要求议题", TEXT, hint="联席会议应研究的议题，用顿号隔开；列入表9"))
    documents: str | None = of(Field("要求材料", TEXT, hint="应完成并报送的材料，用顿号隔开；列入表10"))
    trainings: str | None = of(Field("要求培训", TEXT, hint="应举办的培训类型，用顿号隔开；列入表8"))
    origin: str | None = of(Field("任务来源", TEXT, hint="由哪个模板或哪个任务文件建立"))


class Return(Base):
    """报表: one version of what a task asks for, from 编制中 to 已接收. Who approves it did not fill it in, once two people use the book
    (a trigger, see `db.approved`)."""

    __tablename__ = "return_"
    __table_args__ = (
        UniqueConstraint("task", "version"),
        CheckConstraint(f"state IN ('{DRAFT}', '{SENT_BACK}', '{UNSEALED}') OR approved_by IS NOT NULL", name="approved"),
    )
    id: int = column(primary_key=True)
    task: int = column(ForeignKey("report_task.id"))
    version: int = of(Field("版本", ORDINAL))
    state: str = of(Field("报表状态", STATE), default=DRAFT)
    filled_by: str = of(Field("填报人", NAME))
    approved_by: str | None = of(Field("审核人", NAME))
    approved_on: date | None = of(Field("审核日期", DATE))
    digest: str | None = of(Field("审核时的数据校验", CODE))
    reason: str | None = of(Field("退回或解封理由", TEXT))


class ReturnCell(Base):
    """报表填报数: a figure typed in, or one set in the place of the book's with its reason (the book's figure of that time stays beside it)."""

    __tablename__ = "return_cell"
    __table_args__ = (UniqueConstraint("return_", "form", "line", "mark"),)
    id: int = column(primary_key=True)
    return_: int = column(ForeignKey("return_.id"))
    form: str = of(Field("表", CODE))
    line: str = of(Field("行", CODE))
    mark: str = of(Field("栏次", CODE))
    value: str = of(Field("填报数", CODE))
    computed: str | None = of(Field("当时台账数", CODE))
    reason: str | None = of(Field("调整理由", TEXT))


class ReturnNote(Base):
    """审核说明: why a 核实性 point stands, one for each point and subject (a unit, a person, a contract, a line); the last period's are
    offered unconfirmed."""

    __tablename__ = "return_note"
    __table_args__ = (UniqueConstraint("return_", "point", "subject"),)
    id: int = column(primary_key=True)
    return_: int = column(ForeignKey("return_.id"))
    point: str = of(Field("审核编号", CODE))
    subject: str = of(Field("审核对象", CODE))
    text: str = of(Field("审核说明", TEXT, required=True))
    confirmed: bool = of(Field("本期已确认", YESNO), default=True)


class Seal(Base):
    """封存: the workbook's bytes, its sheets, the facts and parameters behind them, notes and audit results, all as they were. Never made again,
    except that whoever is erased by law goes from it: the figures stay, and so does the fingerprint of the file that was sealed."""

    __tablename__ = "seal"
    id: int = column(primary_key=True)
    return_: int = column(ForeignKey("return_.id"), unique=True)
    sealed_on: date = of(Field("封存日期", DATE))
    file_name: str = of(Field("文件名", TEXT))
    sha256: str = of(Field("文件指纹", CODE))
    program: str = of(Field("程序版本", CODE))
    erased: int = of(Field("封存后依法删除的人数", COUNT), default=0)
    original: str | None = of(Field("封存时文件指纹", CODE, hint="依法删除个人信息前，封存、上报的那个文件的指纹"))
    head: str = of(Field("封存前日志末行校验", CODE))
    lines: int = of(Field("封存前日志行数", ORDINAL))
    workbook: bytes = column()
    sheets: bytes = column()
    facts: bytes = column()
    record: bytes = column()
    """Task, entries, notes and audit results."""


class Submission(Base):
    """上报记录: handed over, received or sent back, with the file that went."""

    __tablename__ = "submission"
    __table_args__ = (Index(None, "return_"),)
    id: int = column(primary_key=True)
    return_: int = column(ForeignKey("return_.id"))
    what: str = of(Field("事项", choice("上报事项", (SENT, RECEIVED, SENT_BACK), {})))
    day: date = of(Field("日期", DATE))
    other: str | None = of(Field("报送或接收单位", TEXT))
    file_name: str | None = of(Field("文件名", TEXT))
    sha256: str | None = of(Field("文件指纹", CODE))
    remark: str | None = of(Field("说明", TEXT))


class OwnFormula(Base):
    """自定审核公式: what a city or county wants held besides the shipped formulas, in the same notation."""

    __tablename__ = "own_formula"
    id: int = column(primary_key=True)
    owner: str = of(Field("制定层级", FORMULA_OWNER, required=True), default="县")
    form: str = of(Field("表", CODE, required=True))
    scope: str = of(Field("适用行", FORMULA_SCOPE, required=True), default="各行")
    text: str = of(Field("公式", TEXT, required=True))
    level: str = of(Field("公式级别", FORMULA_LEVEL, required=True), default="核实性")
    words: str | None = of(Field("公式说明", TEXT))
    since: date = of(Field("施行日期", DATE, required=True))
    until: date | None = of(Field("停用日期", DATE))
