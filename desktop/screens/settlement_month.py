"""Beside the settlement matrix: one contract's month with its steps in order, the amounts, and what is to be done next."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from policy.contract_facts import PurchaseContract
from policy.figures import yuan
from policy.kinds.month import in_words
from policy.settlement import NOT_BEGUN, PAID, PAID_UNDONE, PAYABLE, MonthState

STATE_COLORS: Final = {PAID: "#2e8b57", PAYABLE: "#1f6fd1", PAID_UNDONE: "#c0392b", NOT_BEGUN: "#5b6875"}


class MonthPanel(QFrame):
    """One month: its state, the steps in order with what is missing, the amounts, and what is next."""

    wanted = Signal(str)
    """The clerk clicked a step."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.wanted_next = ""
        self.title = QLabel(wordWrap=True)
        self.title.setObjectName("heading")
        self.steps, self.amounts = QLabel(wordWrap=True), QLabel(wordWrap=True)
        flags = Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        for label, name in ((self.steps, "结算步骤"), (self.amounts, "应付金额")):
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setTextInteractionFlags(flags)
            label.setAccessibleName(name)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.steps.linkActivated.connect(self.wanted)
        self.next = QPushButton()
        self.next.setProperty("main", True)
        inner = QWidget()
        inner.setObjectName("form")
        stacked = QVBoxLayout(inner)
        stacked.setContentsMargins(0, 0, 6, 0)
        stacked.setSpacing(8)
        stacked.addWidget(self.steps)
        stacked.addWidget(self.amounts)
        stacked.addStretch(1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self.title)
        box.addWidget(scroll, 1)
        box.addWidget(self.next)
        self.setMinimumWidth(250)
        self.setMaximumWidth(390)

    def show_month(self, shown: tuple[PurchaseContract, MonthState] | None) -> None:
        """Say a contract's month; None: no month of a contract."""
        self.next.setVisible(False)
        if shown is None:
            self.title.setText("这个月不在合同期内")
            self.steps.clear()
            self.amounts.clear()
            self.wanted_next = ""
            return
        contract, state = shown
        color = STATE_COLORS.get(state.state, "#d9822b")
        supplier = f"　{escape(contract.supplier.name)}" if contract.supplier else ""
        self.title.setText(
            f"{escape(contract.no)}　{in_words(state.settlement.month)}　<span style='color:{color}'>{state.state}</span>"
            f"<br><span style='font-weight:normal;color:#5b6875'>{escape(contract.name)}{supplier}</span>"
        )
        self.steps.setText(_steps_html(state))
        self.amounts.setText(_amounts_html(state))
        self.wanted_next = state.next
        self.next.setText(f"下一步：{state.next}")
        self.next.setVisible(bool(state.next))


def _steps_html(state: MonthState) -> str:
    lines = []
    for number, step in enumerate(state.steps, 1):
        mark = "<span style='color:#2e8b57'>√</span>" if step.done else "<span style='color:#c0392b'>×</span>"
        when = " ".join(str(part) for part in (step.on, step.document) if part)
        said = " ".join(part for part in (when if step.done else "", step.said) if part)
        color = "#5b6875" if step.done else "#c0392b"
        lines.append(
            f"<tr><td>{mark}&nbsp;</td><td style='white-space:nowrap'><a href='{step.name}'>{number}. {step.name}</a>&nbsp;&nbsp;</td>"
            f"<td style='color:{color}'>{escape(said)}</td></tr>"
        )
    return f"<table cellspacing='0' cellpadding='1'>{''.join(lines)}</table>"


def _amounts_html(state: MonthState) -> str:
    said: Sequence[tuple[str, int | None, str]] = (
        (f"应发工资（{state.figures.ours.heads}/{state.figures.heads} 人）", state.wages, ""),
        ("单位缴费", state.employer if state.wages is not None else None, ""),
        ("管理费", state.fee if state.wages is not None else None, state.fee_said),
        ("税费", state.figures.ours.vat, ""),
        ("扣减", -state.settlement.deduction if state.settlement.deduction else None, state.settlement.deduction_reason),
        ("<b>应付金额</b>", state.payable, ""),
        ("发票金额", state.settlement.invoice, ""),
        ("承接主体工资表应发", state.figures.theirs.wages, ""),
        ("已付", state.paid if state.payments else None, ""),
        ("未付", state.left if state.paid and state.left else None, ""),
    )
    lines = "".join(
        f"<tr><td>{label}&nbsp;&nbsp;</td><td align='right' style='white-space:nowrap'>{yuan(amount)}</td>"
        f"<td style='color:#5b6875'>&nbsp;&nbsp;{escape(words)}</td></tr>"
        for label, amount, words in said
        if amount is not None
    )
    return f"<table cellspacing='0' cellpadding='1'>{lines}</table>" if lines else "本局工资表还没有应发工资，应付金额算不出来。"

