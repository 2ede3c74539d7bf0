"""月度结算 of a purchase contract: what must be there before a month may be paid, each paper with its date and number."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint

from db.base import Base, column, of
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.month import MONTH
from policy.kinds.text import CODE, NAME, TEXT
from policy.settlement import ACCEPTANCE

ACCEPTED = choice("验收结果", ACCEPTANCE, {"通过": "合格", "验收合格": "合格", "不通过": "不合格", "验收不合格": "不合格"})


class Settlement(Base):
    """月度结算: one purchase contract and one 所属月份, with the papers received so far; blank = not yet there."""

    __tablename__ = "settlement"
    __table_args__ = (UniqueConstraint("contract", "month"), CheckConstraint("month % 100 BETWEEN 1 AND 12", name="month"))
    id: int = column(primary_key=True)
    contract: int = column(ForeignKey("purchase_contract.id"))
    month: int = of(Field("结算月份", MONTH, ("结算所属月份",), required=True))
    attendance_on: date | None = of(Field("考勤表收到日期", DATE, ("考勤日期",), hint="各使用单位的考勤汇总收齐的日期"))
    sheet_on: date | None = of(Field("承接主体工资表收到日期", DATE, ("工资表收到日期",)))
    insured_on: date | None = of(Field("社保缴费凭证日期", DATE, ("社保凭证日期",)))
    insured_no: str | None = of(Field("社保缴费凭证号", CODE, ("社保凭证号", "完税证明号")))
    accepted_on: date | None = of(Field("当月验收日期", DATE))
    acceptance: str | None = of(Field("验收结果", ACCEPTED))
    accepted_by: str | None = of(Field("验收人", NAME))
    deduction: int | None = of(Field("扣减金额", MONEY, hint="按合同约定因缺勤、考核等少付的金额；没有扣减的留空"))
    deduction_reason: str | None = of(Field("扣减原因", TEXT))
    requested_on: date | None = of(Field("付款申请日期", DATE, ("请款日期",)))
    request_no: str | None = of(Field("付款申请编号", CODE, ("请款函号",)))
    invoiced_on: date | None = of(Field("发票日期", DATE, ("开票日期",)))
    invoice_no: str | None = of(Field("发票号码", CODE, ("发票号",)))
    invoice: int | None = of(Field("发票金额", MONEY, ("开票金额",)))
    approved_on: date | None = of(Field("付款审批日期", DATE, ("审批日期",)))
    approved_by: str | None = of(Field("审批人", NAME))
    remarks: str | None = of(Field("备注", TEXT))
