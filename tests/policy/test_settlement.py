"""月度结算 from 0-decisions A2: a payment counts as complete only with attendance, the provider's sheet, insurance proof, acceptance,
request, invoice and approval; each missing piece is named, and one 分 of difference is a difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policy.example_contracts import contract, paid
from policy.settlement import (
    MonthFigures,
    MonthPayment,
    MonthState,
    Settlement,
    SheetSums,
    in_term,
    month_state,
    objections,
    proposed,
)

MAY = 202605
SHEET = SheetSums(2, wages=900_000, employer=270_000, fee=20_000)
"""Two people: 9,000.00 元 wages, 2,700.00 元 employer's part, and by the contract 2 × 100.00 元 fee: 11,900.00 元."""
FIGURES = MonthFigures(2, SHEET)
WHOLE = Settlement(
    1, MAY, 1, attendance_on=date(2026, 6, 3), sheet_on=date(2026, 6, 5), insured_on=date(2026, 6, 15), insured_no="社保001", accepted_on=date(2026, 6, 16),
    acceptance="合格", accepted_by="林志强", requested_on=date(2026, 6, 17), request_no="函1", invoiced_on=date(2026, 6, 18), invoice_no="0001", invoice=1_190_000,
    approved_on=date(2026, 6, 22), approved_by="陈建华",
)  # fmt: skip


def state(figures: MonthFigures = FIGURES, payments: tuple[MonthPayment, ...] = (), **changes: Any) -> MonthState:
    return month_state(contract(), replace(WHOLE, **changes), figures, payments)


def test_everything_there_may_be_paid() -> None:
    made = state()
    assert (made.state, made.missing, made.next, made.why) == ("可付款", (), "登记付款", "")
    assert (made.wages, made.employer, made.fee, made.due, made.payable, made.left) == (900_000, 270_000, 20_000, 1_190_000, 1_190_000, 1_190_000)


@pytest.mark.parametrize(
    ("field", "blank", "step", "said"),
    [
        ("attendance_on", None, "考勤表", "没有收到日期"),
        ("sheet_on", None, "承接主体工资表", "没有收到日期"),
        ("insured_on", None, "社保缴费凭证", "没有凭证日期"),
        ("accepted_on", None, "履约验收", "没有验收日期"),
        ("acceptance", "", "履约验收", "没有验收结果"),
        ("accepted_by", "", "履约验收", "没有验收人"),
        ("requested_on", None, "付款申请", "没有申请日期"),
        ("invoiced_on", None, "发票", "没有发票日期"),
        ("invoice_no", "", "发票", "没有发票号码"),
        ("invoice", None, "发票", "没有发票金额"),
        ("approved_on", None, "付款审批", "没有审批日期"),
        ("approved_by", "", "付款审批", "没有审批人"),
    ],
)
def test_each_missing_piece_is_named_and_comes_next(field: str, blank: Any, step: str, said: str) -> None:
    made = state(**{field: blank})
    assert made.state == "缺 1 项"
    assert [(one.name, one.said) for one in made.missing] == [(step, said)]
    assert made.next == step


def test_papers_whose_number_is_blank_are_there() -> None:
    assert state(insured_no="", request_no="").state == "可付款"


def test_nothing_registered_is_not_begun_and_the_first_step_is_next() -> None:
    made = month_state(contract(), Settlement(1, MAY), FIGURES)
    assert (made.state, made.next, len(made.missing)) == ("未开始", "考勤表", 7)  # 工资核对 is done by the sheets alone
    assert month_state(contract(), Settlement(1, MAY, 1, remarks="等待"), FIGURES).state == "缺 7 项"


def test_an_invoice_one_fen_off_is_not_payable() -> None:
    made = state(invoice=1_190_001)
    assert made.state == "缺 1 项"
    assert made.missing[0].said == "发票 11,900.01 元，比应付 11,900.00 元多 0.01 元"
    assert state(invoice=1_189_999).missing[0].said.endswith("少 0.01 元")


def test_the_provider_s_sheet_one_fen_off_is_named() -> None:
    theirs = replace(SHEET, wages=900_001)
    made = state(replace(FIGURES, theirs=theirs))
    assert made.missing[0].name == "工资核对"
    assert made.missing[0].said == "应发：本局 9,000.00 元，承接主体 9,000.01 元，差 0.01 元"
    assert state(replace(FIGURES, theirs=SHEET)).state == "可付款"


def test_what_the_provider_s_sheet_does_not_say_is_not_held_against_it() -> None:
    assert state(replace(FIGURES, theirs=SheetSums(2, wages=900_000))).state == "可付款"
    left_out = state(replace(FIGURES, theirs=replace(SHEET, heads=1), unlisted=1))
    assert left_out.missing[0].said == "承接主体表中没有 1 人"


def test_somebody_without_pay_figures_is_missing() -> None:
    made = state(replace(FIGURES, heads=3), invoice=1_200_000)
    assert made.missing[0].said == "本局工资表缺 1 人的应发工资"
    assert state(MonthFigures()).missing[0].said == "本月没有人挂在这份合同下"
    assert state(MonthFigures(2, SheetSums())).payable is None


def test_fee_by_heads_or_where_the_contract_names_none_by_the_sheet() -> None:
    assert state(replace(FIGURES, ours=replace(SHEET, fee=15_000))).fee == 20_000
    unnamed = month_state(contract(fee=None), WHOLE, replace(FIGURES, ours=replace(SHEET, fee=15_000, vat=600)))
    assert (unnamed.fee, unnamed.vat, unnamed.due) == (15_000, 600, 900_000 + 270_000 + 15_600)


def test_a_deduction_needs_its_reason_and_comes_off_what_is_payable() -> None:
    made = state(deduction=30_000, invoice=1_160_000)
    assert made.payable == 1_160_000
    assert [(one.name, one.said) for one in made.missing] == [("履约验收", "扣减 300.00 元，没有写扣减原因")]
    assert state(deduction=30_000, deduction_reason="缺勤两天", invoice=1_160_000).state == "可付款"


def test_acceptance_that_failed_stops_the_payment() -> None:
    assert state(acceptance="不合格").missing[0].said.startswith("验收不合格")
    assert state(acceptance="基本合格").state == "可付款"


def test_paid_whole_is_paid_and_one_fen_less_is_not() -> None:
    day = date(2026, 6, 25)
    assert state(payments=(MonthPayment(day, 1_190_000),)).state == "已付款"
    assert state(payments=(MonthPayment(day, 700_000), MonthPayment(day, 490_000))).state == "已付款"
    short = state(payments=(MonthPayment(day, 1_189_999),))
    assert (short.state, short.next) == ("付款不齐", "登记付款")
    assert short.why == "已付 11,899.99 元，应付 11,900.00 元，还差 0.01 元"
    assert state(payments=(MonthPayment(day, 1_190_001),)).why.endswith("多付 0.01 元")


def test_paid_without_the_insurance_proof_is_not_complete() -> None:
    made = state(payments=(MonthPayment(date(2026, 6, 25), 1_190_000),), insured_on=None)
    assert (made.state, made.why) == ("付款不齐", "社保缴费凭证：没有凭证日期")


def test_a_payment_that_hangs_on_no_settlement_is_said() -> None:
    made = month_state(contract(), Settlement(1, MAY), FIGURES, (MonthPayment(date(2026, 7, 1), 5, linked=False),))
    assert made.state == "付款不齐" and made.paid == 0
    assert "没有挂到月度结算" in made.why


def test_what_is_proposed_adds_up_to_what_is_payable() -> None:
    assert proposed(state()) == {"wages": 900_000, "employer": 270_000, "fee": 20_000, "other": None}
    less = proposed(state(deduction=15_000, deduction_reason="缺勤", invoice=1_175_000))
    assert less == {"wages": 900_000, "employer": 270_000, "fee": 5_000, "other": None}
    more = proposed(state(deduction=30_000, deduction_reason="缺勤", invoice=1_160_000))
    assert more == {"wages": 900_000, "employer": 270_000, "fee": 0, "other": -10_000}
    assert sum(amount or 0 for amount in more.values()) == 1_160_000


def test_objections() -> None:
    day = date(2026, 6, 25)
    assert objections(state(), contract(), day, 1_190_000) == ()
    assert objections(state(), contract(), day, 500_000) == ()  # the rest comes from another source
    assert objections(state(), contract(), day, 1_190_001) == ("本次付款 11,900.01 元，比应付余额 11,900.00 元多 0.01 元",)
    assert objections(state(), contract(), date(2026, 6, 22), 1_190_000) == ()
    assert objections(state(), contract(), date(2026, 6, 21), 1_190_000) == ("付款日期 2026-06-21 早于审批日期 2026-06-22",)
    spent = contract(payments=(paid(day, 12_000_000 - 1_190_000),))
    assert objections(state(), spent, day, 1_190_000) == ()
    one_more = contract(payments=(paid(day, 12_000_000 - 1_189_999),))
    assert objections(state(), one_more, day, 1_190_000) == ("付款后累计 120,000.01 元，超过合同金额 120,000.00 元",)


def test_months_of_the_term() -> None:
    half = contract(start=date(2026, 5, 31), end=date(2026, 7, 1))
    assert [month for month in range(202604, 202609) if in_term(half, month)] == [202605, 202606, 202607]
