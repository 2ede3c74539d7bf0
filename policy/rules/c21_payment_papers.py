"""已经付款的月份结算材料不齐

看什么：本年已经付款的月份，考勤表、承接主体工资表、社保缴费凭证、工资核对、履约验收、付款申请、发票、付款审批齐不齐；付的是不是应付的数；付款有没有挂到那个月的月度结算。
导入的付款、在合同里登记的付款同样看。

怎么算：逐份合同、逐月按“月度结算”的步骤核对，一步没有办完、付款与应付差 1 分、付款没有挂接的都提出；没有写所属月份的付款看不出付的是哪个月，也提出。
还没有付款的月份不提出。

怎么办：在“月度结算”里补登材料；付款没有挂接的用“挂接付款”，一笔付款包含几个月的，先按月分开。材料确实补不齐的，在付款的附件里放上说明。
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from policy.contract_facts import PurchaseContract
from policy.example_contracts import contract, paid, with_contract
from policy.facts import Facts
from policy.figures import yuan
from policy.finding import RISK, SOFT, WRONG_DATA, Finding, Rule
from policy.found import found
from policy.kinds.month import in_words
from policy.settlement import PAID_UNDONE, MonthFigures, MonthPayment, MonthState, Settlement, SheetSums, month_state


def _find(rule: Rule, facts: Facts) -> Iterable[Finding]:
    for c in facts.contracts:
        undone = [one for one in facts.paid_months if one.settlement.contract == c.id and one.state == PAID_UNDONE]
        unknown = _without_month(c, facts.period.as_of.year)
        said = [f"{in_words(one.settlement.month)}{_lacking(one)}" for one in undone]
        said += [f"{unknown} 笔付款没有写所属月份"] if unknown else []
        if said:
            measured = f"{len(undone)} 个月、{unknown} 笔不齐" if unknown else f"{len(undone)} 个月不齐"
            must = "材料齐全、付款等于应付、挂到月度结算"
            yield found(rule, facts, WRONG_DATA, f"已经付款：{'；'.join(said)}", measured=measured, required=must, contract=c)


def _lacking(month: MonthState) -> str:
    parts = [f"没有办完{'、'.join(step.name for step in month.missing)}"] if month.missing else []
    linked = [one for one in month.payments if one.linked]
    if linked and month.left:
        parts.append(f"{'还差' if month.left > 0 else '多付'} {yuan(abs(month.left))} 元")
    if len(linked) < len(month.payments):
        parts.append("付款没有挂到月度结算")
    return "，".join(parts)


def _without_month(of: PurchaseContract, year: int) -> int:
    return sum(one.first_month is None and one.amount > 0 and one.paid_on.year == year for one in of.payments)


def _cases() -> Iterable[tuple[str, Facts, int]]:
    day, may = date(2026, 6, 22), 202605
    whole = Settlement(
        1, may, 1, attendance_on=date(2026, 6, 3), sheet_on=date(2026, 6, 5), insured_on=date(2026, 6, 15), insured_no="社保001",
        accepted_on=date(2026, 6, 16), acceptance="合格", accepted_by="林志强", requested_on=date(2026, 6, 17), request_no="函1",
        invoiced_on=date(2026, 6, 18), invoice_no="0001", invoice=1_190_000, approved_on=day, approved_by="陈建华",
    )  # fmt: skip
    sheet = MonthFigures(2, SheetSums(2, wages=900_000, employer=270_000, fee=20_000))

    def month(*payments: MonthPayment, **changes: Any) -> Facts:
        return with_contract(contract(), paid_months=[month_state(contract(), replace(whole, **changes), sheet, payments)])

    yield "材料齐全，付款等于应付", month(MonthPayment(day, 1_190_000)), 0
    yield "少一张社保缴费凭证", month(MonthPayment(day, 1_190_000), insured_on=None), 1
    yield "少付 1 分", month(MonthPayment(day, 1_189_999)), 1
    yield "两次付清", month(MonthPayment(day, 1_000_000), MonthPayment(day, 190_000)), 0
    yield "付款没有挂到月度结算", month(MonthPayment(day, 1_190_000, linked=False)), 1
    yield "材料不齐，还没有付款", month(insured_on=None), 0
    yield "付款没有写所属月份", with_contract(contract(payments=(paid(day, 100),))), 1


C21 = Rule("C21", "已付款而结算材料不齐", SOFT, RISK, "台账登记核对", __doc__, _find, _cases)
