"""月度结算 (0-decisions A2): what one month of a purchase contract needs before it may be paid, what of it is missing, and how much is payable.

The provider pays its people; the bureau checks its sheet and pays its invoice. A payment counts as complete only with every step
of the month done: the papers, our own figures for everybody under the contract, and amounts that agree to the 分. Pure; money in 分.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from policy.contract_facts import PurchaseContract
from policy.figures import yuan
from policy.period import month_end

ACCEPTANCE: Final = ("合格", "基本合格", "不合格")
FAILED: Final = ACCEPTANCE[-1]
NOT_BEGUN, PAYABLE, PAID, PAID_UNDONE = "未开始", "可付款", "已付款", "付款不齐"
NO_MONTH: Final = "—"
"""A month outside the contract's term."""

ATTENDANCE: Final = "考勤表"
CHECKED: Final = "工资核对"
INVOICED: Final = "发票"
ACCEPTED: Final = "履约验收"


@dataclass(frozen=True, slots=True)
class Paper:
    """A step that is done when its fields are filled in: its words, its date, and what else must stand there (field → words)."""

    name: str
    on: str
    needed: Mapping[str, str]
    document: str = ""
    """Field shown as its document: a number, a result, a name."""


PAPERS: Final = (
    Paper(ATTENDANCE, "attendance_on", {"attendance_on": "收到日期"}),
    Paper("承接主体工资表", "sheet_on", {"sheet_on": "收到日期"}),
    Paper(CHECKED, "", {}),
    Paper("社保缴费凭证", "insured_on", {"insured_on": "凭证日期"}, "insured_no"),
    Paper(ACCEPTED, "accepted_on", {"accepted_on": "验收日期", "acceptance": "验收结果", "accepted_by": "验收人"}, "acceptance"),
    Paper("付款申请", "requested_on", {"requested_on": "申请日期"}, "request_no"),
    Paper(INVOICED, "invoiced_on", {"invoiced_on": "发票日期", "invoice_no": "发票号码", "invoice": "发票金额"}, "invoice_no"),
    Paper("付款审批", "approved_on", {"approved_on": "审批日期", "approved_by": "审批人"}, "approved_by"),
)
"""The steps of a month in order; 工资核对 is worked out from the pay sheets."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is registered for one contract and month (yyyymm); None and "" = not there yet."""

    contract: int
    month: int
    id: int | None = None
    attendance_on: date | None = None
    sheet_on: date | None = None
    insured_on: date | None = None
    insured_no: str = ""
    accepted_on: date | None = None
    acceptance: str = ""
    accepted_by: str = ""
    deduction: int | None = None
    deduction_reason: str = ""
    requested_on: date | None = None
    request_no: str = ""
    invoiced_on: date | None = None
    invoice_no: str = ""
    invoice: int | None = None
    approved_on: date | None = None
    approved_by: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True)
class SheetSums:
    """Sums of one pay sheet over the people under a contract in a month. None = the sheet does not say (blank is not 0).

    `heads`: whom the sheet names with a figure of 应发; `wages` Σ应发, `employer` Σ单位社保公积金, `fee` Σ管理费, `vat` Σ税费.
    """

    heads: int = 0
    wages: int | None = None
    employer: int | None = None
    fee: int | None = None
    vat: int | None = None


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """What the pay sheets say of a contract's month: `heads` in service under it on some day of the month, our own sums, the
    provider's (heads 0 = no sheet of it in the book; rows kept as ours stand with our figures)."""

    heads: int = 0
    ours: SheetSums = SheetSums()
    theirs: SheetSums = SheetSums()
    unlisted: int = 0
    """Of our people with a figure, those the provider's sheet leaves out."""
    attended: int = 0
    """Of those in service, those whose attended days are in the book."""


@dataclass(frozen=True, slots=True)
class MonthPayment:
    """One payment that is linked to the month's settlement, or (linked False) covers the month without one."""

    paid_on: date
    amount: int
    linked: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One step: done or what it lacks, in words."""

    name: str
    done: bool
    on: date | None
    document: str
    said: str
    """What is missing or differs; where done, a remark or ""."""


@dataclass(frozen=True, slots=True)
class MonthState:
    """A contract's month worked out. `due` = wages + employer + fee + vat by our sheet (None while it has no figure);
    `payable` = due − deduction; `paid` Σ of the linked payments, `left` payable − paid."""

    settlement: Settlement
    figures: MonthFigures
    wages: int | None
    employer: int
    fee: int
    fee_said: str
    vat: int
    due: int | None
    payable: int | None
    paid: int
    payments: tuple[MonthPayment, ...]
    steps: tuple[Step, ...]
    state: str

    @property
    def missing(self) -> tuple[Step, ...]:
        """The steps not done, in order."""
        return tuple(step for step in self.steps if not step.done)

    @property
    def left(self) -> int | None:
        """What is still to be paid, 分; negative where too much was paid."""
        return None if self.payable is None else self.payable - self.paid

    @property
    def next(self) -> str:
        """What is to be done next, in words; "" when nothing is."""
        if self.missing:
            return self.missing[0].name
        return "登记付款" if self.left else ""

    @property
    def why(self) -> str:
        """What is wrong with the month, in one line; "" where nothing is."""
        lacking = [f"{step.name}：{step.said}" for step in self.missing]
        if self.paid and self.left:
            lacking.append(f"已付 {yuan(self.paid)} 元，应付 {yuan(self.payable or 0)} 元，{_more_or_less(self.left)}")
        loose = [payment for payment in self.payments if not payment.linked]
        if loose:
            lacking.append("、".join(f"{one.paid_on} 付款 {yuan(one.amount)} 元包含本月，没有挂到月度结算" for one in loose))
        return "；".join(lacking)


def _more_or_less(left: int) -> str:
    return f"还差 {yuan(left)} 元" if left > 0 else f"多付 {yuan(-left)} 元"


def month_state(
    contract: PurchaseContract, settlement: Settlement, figures: MonthFigures, payments: Iterable[MonthPayment] = ()
) -> MonthState:
    """Everything about one month of a contract: amounts, steps, state."""
    made = tuple(payments)
    ours = figures.ours
    if contract.fee is not None:
        fee, fee_said = contract.fee * figures.heads, f"{yuan(contract.fee)} 元/人·月 × {figures.heads} 人"
        if ours.fee is not None and ours.fee != fee:
            fee_said += f"（工资表合计 {yuan(ours.fee)} 元）"
    else:
        fee, fee_said = ours.fee or 0, "按工资表（合同没有约定管理费）"
    employer, vat = ours.employer or 0, ours.vat or 0
    due = None if ours.wages is None else ours.wages + employer + fee + vat
    payable = None if due is None else due - (settlement.deduction or 0)
    steps = tuple(_step(paper, settlement, figures, payable) for paper in PAPERS)
    linked = [payment for payment in made if payment.linked]
    state = MonthState(
        settlement, figures, ours.wages, employer, fee, fee_said, vat, due, payable, sum(one.amount for one in linked), made, steps, ""
    )
    return replace(state, state=_state(state, begun=_begun(settlement), linked=bool(linked)))


def _begun(settlement: Settlement) -> bool:
    empty = Settlement(settlement.contract, settlement.month, settlement.id)
    return settlement != empty


def _state(state: MonthState, begun: bool, linked: bool) -> str:
    if linked and not state.missing and state.left == 0:
        return PAID
    if state.payments:
        return PAID_UNDONE
    if not begun:
        return NOT_BEGUN
    return f"缺 {len(state.missing)} 项" if state.missing else PAYABLE


def _step(paper: Paper, settlement: Settlement, figures: MonthFigures, payable: int | None) -> Step:
    if paper.name == CHECKED:
        wrong, remark = _checked(figures)
        return Step(CHECKED, not wrong, None, "", wrong or remark)
    lacking = [words for field, words in paper.needed.items() if getattr(settlement, field) in (None, "")]
    said = f"没有{'、'.join(lacking)}" if lacking else ""
    if not said and paper.name == ACCEPTED and settlement.acceptance == FAILED:
        said = "验收不合格，整改后重新验收才能付款"
    if not said and paper.name == ACCEPTED and settlement.deduction and not settlement.deduction_reason:
        said = f"扣减 {yuan(settlement.deduction)} 元，没有写扣减原因"
    if not said and paper.name == INVOICED:
        said = _invoice_differs(settlement.invoice or 0, payable)
    document = str(getattr(settlement, paper.document) or "") if paper.document else ""
    done = not said
    if done and paper.name == ATTENDANCE and figures.attended:
        said = f"台账已有 {figures.attended}/{figures.heads} 人的出勤天数"
    return Step(paper.name, done, getattr(settlement, paper.on), document, said)


def _invoice_differs(invoice: int, payable: int | None) -> str:
    if payable is None or invoice == payable:
        return ""
    more = "多" if invoice > payable else "少"
    return f"发票 {yuan(invoice)} 元，比应付 {yuan(payable)} 元{more} {yuan(abs(invoice - payable))} 元"


def _checked(figures: MonthFigures) -> tuple[str, str]:
    """What is wrong between the sheets ("" = nothing), and a remark where nothing is."""
    ours, theirs = figures.ours, figures.theirs
    if not figures.heads and not ours.heads:
        return "本月没有人挂在这份合同下", ""
    if ours.heads < figures.heads:
        return f"本局工资表缺 {figures.heads - ours.heads} 人的应发工资", ""
    if not theirs.heads:
        return "", "承接主体工资表没有导入，未逐项核对"
    wrong = [f"承接主体表中没有 {figures.unlisted} 人"] if figures.unlisted else []
    for label, mine, said in (
        ("应发", ours.wages, theirs.wages), ("单位缴费", ours.employer, theirs.employer), ("管理费", ours.fee, theirs.fee), ("税费", ours.vat, theirs.vat),
    ):  # fmt: skip
        if said is not None and said != (mine or 0):
            wrong.append(f"{label}：本局 {yuan(mine or 0)} 元，承接主体 {yuan(said)} 元，差 {yuan(said - (mine or 0))} 元")
    return "，".join(wrong), "" if wrong else "与承接主体工资表相符"


def in_term(contract: PurchaseContract, month: int) -> bool:
    """Whether a month (yyyymm) has a day of the contract's term."""
    first = date(month // 100, month % 100, 1)
    return contract.start <= month_end(first.year, first.month) and contract.last_day >= first


PART_WORDS: Final = {"wages": "工资", "employer": "单位缴费", "fee": "管理费及税", "other": "其他费用"}
"""Parts of a payment."""


def proposed(state: MonthState) -> dict[str, int | None]:
    """What a payment of all that is left would be, by part; None where a part is nothing. A deduction comes off the fee first, what
    it exceeds stands as a negative 其他费用. Nothing where part of the month is paid already: parts cannot be told then."""
    if state.due is None or state.paid:
        return dict.fromkeys(PART_WORDS)
    deduction = state.settlement.deduction or 0
    fee = state.fee + state.vat
    off = min(deduction, fee)
    return {"wages": state.wages, "employer": state.employer, "fee": fee - off, "other": off - deduction or None}


def objections(state: MonthState, contract: PurchaseContract, paid_on: date, amount: int) -> tuple[str, ...]:
    """Why a payment of this amount on this day would not be complete, one sentence each; () = nothing against it. Paying part of what
    is left is lawful (a month may be paid from two sources)."""
    found = [f"{step.name}：{step.said}" for step in state.missing]
    left = state.left
    if left is not None and amount > left:
        found.append(f"本次付款 {yuan(amount)} 元，比应付余额 {yuan(left)} 元多 {yuan(amount - left)} 元")
    if state.settlement.approved_on and paid_on < state.settlement.approved_on:
        found.append(f"付款日期 {paid_on} 早于审批日期 {state.settlement.approved_on}")
    return *found, *exceeding(contract, amount)


def exceeding(contract: PurchaseContract, amount: int) -> tuple[str, ...]:
    """What a payment would take the contract over its amount (a sentence), () where it does not."""
    if contract.total is None or contract.paid + amount <= contract.total:
        return ()
    return (f"付款后累计 {yuan(contract.paid + amount)} 元，超过合同金额 {yuan(contract.total)} 元",)
