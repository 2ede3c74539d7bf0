"""月度结算单: one month of one purchase contract on paper: the papers with their dates, the amounts, and who signs."""

from __future__ import annotations

from datetime import date
from typing import Final

from policy.amount_words import amount_in_words
from policy.contract_facts import PurchaseContract
from policy.kinds.month import in_words
from policy.settlement import MonthState
from returns.sheet import Cell, Column, Measure, Row, Scope, Sheet, Value

COLUMNS: Final = (
    Column("", "序号", Measure.COUNT, width=3),
    Column("", "项目", Measure.LONG, width=9),
    Column("", "日期", Measure.TEXT, width=7),
    Column("", "编号／结果", Measure.LONG, width=13),
    Column("", "金额（元）", Measure.YUAN, width=8),
    Column("", "说明", Measure.LONG, width=18),
)
SIGNATORIES: Final = "单位负责人：            分管领导：            股（科）室负责人：            经办人：            日期：    年  月  日"


def settlement_sheet(bureau: str, contract: PurchaseContract, state: MonthState) -> Sheet:
    """The month as a Sheet for preview and print; the amount payable in figures and in words."""
    said, provider = state.settlement, contract.supplier.name if contract.supplier else ""
    lines: list[tuple[str, date | None, str, Value, str]] = [
        (step.name, step.on, step.document, said.invoice if step.name == "发票" else None, step.said if step.done else "未办妥") for step in state.steps
    ]
    heads = f"{state.figures.ours.heads} 人"
    lines += [
        ("应发工资合计", None, heads, state.wages, "按本局工资表"),
        ("单位缴费合计", None, "", state.employer, "按本局工资表"),
        ("管理费", None, "", state.fee, state.fee_said),
        ("税费", None, "", state.figures.ours.vat, "按本局工资表"),
        ("应付合计", None, "", state.due, ""),
        ("扣减", None, "", said.deduction, said.deduction_reason),
    ]
    payments = "；".join(f"{one.paid_on} {'挂接' if one.linked else '未挂接'}" for one in state.payments)
    rows = [
        Row(str(number), Scope.OTHER, (Cell(number), Cell(name), Cell(str(on) if on else ""), Cell(document), Cell(amount), Cell(words)))
        for number, (name, on, document, amount, words) in enumerate(lines, 1)
    ]
    whole = "" if state.payable is None else amount_in_words(state.payable)
    rows.append(Row("应付金额", Scope.TOTAL, (Cell(""), Cell("应付金额"), Cell(""), Cell(""), Cell(state.payable), Cell(whole))))
    rows.append(Row("已付", Scope.OTHER, (Cell(""), Cell("已付"), Cell(""), Cell(payments), Cell(state.paid), Cell(""))))
    return Sheet(
        "月度结算单", "采购合同月度结算单", (), (bureau, in_words(said.month), "单位：元"), COLUMNS, tuple(rows),
        footer=(f"合同编号：{contract.no}　合同名称：{contract.name}", f"承接主体：{provider}　合同期限：{contract.start} 至 {contract.last_day}"),
        signatories=SIGNATORIES, landscape=False,
    )  # fmt: skip
