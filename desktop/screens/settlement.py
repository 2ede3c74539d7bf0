"""月度结算: every purchase contract month by month, what of a month is there and what is missing, and its payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from db.lists import Column, Edit, Row
from db.lists import settlement as lists
from db.lists.columns import computed, field_of
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.grid.model import GridModel
from desktop.page import Action, Page, qaction
from desktop.record.dropping import DropBox
from desktop.record.form import RecordForm
from desktop.screens.attachments import attachments_tab
from desktop.screens.removing import ask_to_discard
from desktop.screens.settlement_month import MonthPanel
from desktop.screens.year_steps import year_steps
from office import settlement as acts
from office.settlement_sheet import settlement_sheet
from policy.contract_facts import PurchaseContract
from policy.figures import yuan
from policy.kinds import Field
from policy.kinds.month import in_words
from policy.kinds.text import TEXT
from policy.settlement import (
    CHECKED,
    NO_MONTH,
    NOT_BEGUN,
    PAID,
    PAID_UNDONE,
    PAPERS,
    PART_WORDS,
    PAYABLE,
    MonthState,
    objections,
    proposed,
)
from returns.sheet import Sheet

PURPOSE: Final = (
    "这里按月结算采购合同（政府购买服务、劳务派遣等）：考勤、承接主体工资表、社保缴费凭证、履约验收、付款申请、发票、审批，\n"
    "齐了才能付款。请先在“服务采购合同”里登记合同，再把人员的用工条件挂到合同上。"
)
_FIELD_OF_STEP: Final = {paper.name: paper.on for paper in PAPERS}


class SettlementPage(Page):
    """A year's matrix contract × month; below, the month the clerk stands on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.year = desk.as_of.year
        self.month = desk.as_of.year * 100 + desk.as_of.month
        self.contract: int | None = None
        self._years: dict[int, acts.ContractYear] = {}
        self.grid = Grid(_matrix_columns(self.year), lambda _edits, _name: None, desk.today)
        self.grid.view.nothing = "这一年没有执行中的采购合同。"
        self.columns = lists.paper_columns()
        self.model = GridModel(self.columns, self._commit, desk.today, self)
        self.form = RecordForm(self.model, range(len(self.columns)))
        self.refused = QLabel(wordWrap=True)
        self.refused.setObjectName("wrong")
        self.refused.hide()
        self.model.refused.connect(self._say_refused)
        self.payments = Grid(desk.read(lists.payments_of, 0, 200001).columns, self._commit_payment, desk.today)
        self.payments.view.nothing = "还没有挂在这个月的付款。用“登记付款”登记；合同里已有的付款用“挂接付款”。"
        self.people = Grid(desk.read(lists.people_of, 0, 200001).columns, lambda _edits, _name: None, desk.today)
        self.people.view.nothing = "本月没有人挂在这份合同下。请在“人员”的“变更用工条件”里挂到合同。"
        self.people.view.activated.connect(lambda _index: self._open_person())
        self.scans = attachments_tab(desk, "settlement", self._attach)
        assert self.scans.dropping
        self.files = Grid(self.scans.columns, self.scans.commit, desk.today)
        self.files.view.nothing = "还没有附件。把这个月的工资表、凭证、发票等扫描件拖到这里，或按“添加…”。"
        self.dropped = DropBox(self.files, self.scans.dropping, self._month)
        self.panel = MonthPanel()
        self.panel.wanted.connect(self.enter_step)
        self.panel.next.clicked.connect(lambda: self.enter_step(self.panel.wanted_next))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._body())
        self._stack.addWidget(self._nothing())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self.setFocusProxy(self.grid)
        self._fill_toolbar()
        self.grid.view.statistics_changed.connect(lambda _said: self._stand())
        self.grid.view.activated.connect(lambda index: self._activated(index.column()))
        self.tabs.currentChanged.connect(lambda _at: self._read_tab())

    # Building

    def _fill_toolbar(self) -> None:
        self.shown_year = year_steps(self, self.go)
        self.paying = qaction(Action("登记付款…", self.ask_payment, "money", "Ctrl+N", "登记这个月的一笔付款；材料不齐的要写明原因"), self)
        self.linking = qaction(Action("挂接付款", self._link, "right", tip="把合同里只属于这个月的付款挂到这个月的结算上"), self)
        self.unlinking = qaction(Action("取消挂接", self._unlink, "undo", tip="选中的付款留在合同里，不再算这个月的"), self)
        self.discarding = qaction(Action("移走付款", self._discard, "trash", "Ctrl+-", "登记错了的付款移入回收站"), self)
        self.clearing = qaction(Action("移走本月结算", self._clear, "trash", tip="登记错了的月度结算移入回收站；有付款的先处理付款"), self)
        self.toolbar.addActions([self.paying, self.linking, self.clearing])
        self.payments.view.addActions([self.unlinking, self.discarding])
        self.files.view.addAction(qaction(Action("移入回收站", self._discard_file, "trash"), self))
        self.grid.view.addActions([self.paying, self.linking, self.clearing])

    def _body(self) -> QWidget:
        self.tabs = QTabWidget()
        self.tabs.addTab(self.form, "结算材料")
        self.tabs.addTab(self.payments, "付款")
        self.tabs.addTab(self.people, "涉及人员")
        self.tabs.addTab(self.dropped, "附件")
        below = QWidget()
        row = QHBoxLayout(below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.tabs, 1)
        left.addWidget(self.refused)
        row.addLayout(left, 2)
        row.addWidget(self.panel, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.grid)
        split.addWidget(below)
        split.setSizes([190, 410])
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        return split

    def _nothing(self) -> QWidget:
        page = QWidget()
        title, purpose = QLabel("月度结算"), QLabel(PURPOSE)
        title.setObjectName("emptyTitle")
        purpose.setObjectName("purpose")
        purpose.setWordWrap(True)
        box = QVBoxLayout(page)
        box.setContentsMargins(48, 40, 48, 40)
        box.setSpacing(14)
        box.addWidget(title)
        box.addWidget(purpose)
        box.addStretch(1)
        return page

    # Which month

    def go(self, by: int) -> None:
        """Show the year before (−1) or after (1)."""
        self.year += by
        self.month = self.year * 100 + self.month % 100
        self.refresh()

    def show_month(self, contract: int, month: int) -> None:
        """Go to a contract's month (yyyymm)."""
        self.year, self.month, self.contract = month // 100, month, contract
        self.refresh()
        self._point()

    def shown(self) -> tuple[PurchaseContract, MonthState] | None:
        """The contract and month the clerk stands on; None where the contract does not run that month."""
        year = self._years.get(self.contract or 0)
        state = year.months.get(self.month) if year else None
        return (year.contract, state) if year and state else None

    def _stand(self) -> None:
        """The clerk stands on another cell: a month's column chooses the month, any other keeps it."""
        row, at = self.grid.view.current_row(), self.grid.view.currentIndex().column()
        if row is None:
            return
        contract, name = row.keys["purchase_contract"][0], self.grid.model.columns[at].id
        month = int(name[1:]) if name.startswith("m2") else self.month
        if (contract, month) != (self.contract, self.month):
            self.contract, self.month = contract, month
            self._show_month()

    def _point(self) -> None:
        """Put the grid's cursor where the page stands."""
        column = next(at for at, one in enumerate(self.grid.model.columns) if one.id == f"m{self.month}")
        for place in range(self.grid.model.rowCount()):
            if self.grid.model.row_at(place).keys["purchase_contract"] == (self.contract,):
                self.grid.view.go(place, column)

    # Showing

    def records(self) -> Mapping[Grid, str]:
        return {self.payments: "contract_payment"}

    def listed(self) -> Grid:
        return self.grid

    def printed(self) -> Sheet | None:
        shown = self.shown()
        return settlement_sheet(f"{self.desk.book.face.name}民政局", *shown) if shown else None

    def span(self) -> str:
        return f"{self.year}年"

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self._point()
        self.grid.view.setFocus()

    def refresh(self) -> None:
        """Read the year again."""
        self.shown_year.setText(f"{self.year} 年")
        years = self.desk.read(acts.year_in, self.year)
        self._years = {one.contract.id: one for one in years}
        if self.contract not in self._years:
            self.contract = years[0].contract.id if years else None
        self.grid.model.columns = _matrix_columns(self.year)
        self.grid.set_rows([_matrix_row(one, self.year) for one in years])
        self.grid.view.viewport().update()
        self.grid.view.horizontalHeader().viewport().update()
        self._stack.setCurrentIndex(0 if years or self.year != self.desk.as_of.year else 1)
        states = [state.state for one in years for state in one.months.values()]
        counts = {word: states.count(word) for word in (PAID, PAYABLE, PAID_UNDONE, NOT_BEGUN)}
        counts["缺材料"] = len(states) - sum(counts.values())
        said = "，".join(f"{word} {count}" for word, count in counts.items() if count)
        self.status.emit(f"{self.year} 年 {len(years)} 份合同{f'，{len(states)} 个月：{said}' if states else ''}")
        self._show_month()

    def _show_month(self) -> None:
        shown = self.shown()
        for action in (self.paying, self.linking):
            action.setEnabled(shown is not None)
        self.clearing.setEnabled(shown is not None and shown[1].settlement.id is not None)
        self.refused.hide()
        self.panel.show_month(shown)
        if shown is None:
            self.form.show_row(None)
        else:
            settlement = shown[1].settlement
            values = tuple(getattr(settlement, column.column) or None for column in self.columns)
            row = Row({"settlement": (settlement.contract, settlement.month)}, values)
            self.model.set_rows([row])
            self.form.show_row(row)
        self._read_tab()

    def _read_tab(self) -> None:
        """The tab in front is read; what the other holds is counted from the month."""
        shown = self.shown()
        key = (shown[0].id, self.month) if shown else (0, 200001)
        for grid, query, words in ((self.payments, lists.payments_of, "付款"), (self.people, lists.people_of, "涉及人员")):
            listing = self.desk.read(query, *key)
            grid.model.columns = listing.columns
            grid.set_rows(listing.rows)
            self.tabs.setTabText(self.tabs.indexOf(grid), f"{words} ({len(listing.rows)})")
        month = self._month()
        files = self.scans.listing(month).rows if month else ()
        self.files.set_rows(files)
        self.tabs.setTabText(self.tabs.indexOf(self.dropped), f"附件 ({len(files)})")

    # Doing

    def _commit(self, edits: list[Edit], _name: str) -> None:
        contract, month = edits[0].row.keys["settlement"]
        self.desk.act(acts.record, contract, month, {edit.column.column: edit.value for edit in edits})

    def _month(self) -> Row | None:
        """The month in front as a record: number 0 while nothing was written down for it."""
        shown = self.shown()
        return Row({"settlement": (shown[1].settlement.id or 0,)}, ()) if shown else None

    def _attach(self, _record: Row, paths: Sequence[Path]) -> None:
        self.desk.act(acts.attach, self.contract, self.month, paths)

    def _commit_payment(self, edits: list[Edit], name: str) -> None:
        self.desk.commit(self.payments.model.columns)(edits, name)

    def _say_refused(self, sentence: str) -> None:
        self.refused.setText(sentence)
        self.refused.setVisible(bool(sentence))

    def _activated(self, column: int) -> None:
        """Enter or double click: on the contract's words the contract is opened, on a month its next step."""
        if self.grid.model.columns[column].id.startswith("m2"):
            self.enter_step(self.panel.wanted_next)
        elif self.contract is not None:
            self.open_record.emit("purchase_contract", self.contract)

    def enter_step(self, step: str) -> None:
        """Go where a step is entered: its field, the people behind the sheets, or the payment."""
        if step == CHECKED:
            self.tabs.setCurrentWidget(self.people)
            self.people.view.setFocus()
        elif step in _FIELD_OF_STEP:
            self.tabs.setCurrentIndex(0)
            lacking = self._first_blank(step)
            at = next(at for at, column in enumerate(self.columns) if column.column == lacking)
            self.form.editors[at].setFocus()
        elif step:
            self.ask_payment()

    def _first_blank(self, step: str) -> str:
        paper = next(one for one in PAPERS if one.name == step)
        shown = self.shown()
        return next((name for name in paper.needed if shown and getattr(shown[1].settlement, name) in (None, "")), paper.on)

    def ask_payment(self) -> Ask | None:
        """Ask for a payment of the month in front; returns the question, which is open."""
        shown = self.shown()
        if shown is None:
            return None
        contract, state = shown
        fields: dict[str, Field] = {name: field_of("contract_payment", name) for name in ("paid_on", "source", *PART_WORDS, "voucher")}
        against = objections(state, contract, self.desk.today(), 0)
        fields["reason"] = Field("材料不齐仍付款的原因", TEXT, hint="材料齐全的不用填；不齐的不少于 5 个字，记入日志")
        said = [f"{contract.no} {in_words(self.month)}。{_amounts_said(state)}"]
        if against:
            said.append("材料还不齐，仍要付款的须写明原因：\n" + "\n".join(f"· {one}" for one in against))
        start = {"paid_on": self.desk.today(), "source": _source(contract), **proposed(state)}
        question = Ask(
            "登记付款", "\n\n".join(said), fields, lambda values: self.desk.act(acts.pay, contract.id, self.month, values, values["reason"]), self.desk.today,
            self, start, confirm="登记付款",
        )  # fmt: skip
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()
        return question

    def _link(self) -> None:
        if self.contract is not None:
            self._try(lambda: f"已挂接 {self.desk.act(acts.link, self.contract, self.month)} 笔付款。")

    def _unlink(self) -> None:
        row = self.payments.view.current_row()
        if row:
            self._try(lambda: self.desk.act(acts.unlink, row.keys["contract_payment"][0]))

    def _discard(self) -> None:
        row = self.payments.view.current_row()
        if self.tabs.currentWidget() is self.dropped:
            self._discard_file()
        elif row and self.tabs.currentWidget() is self.payments:
            ask_to_discard(self.desk, row, f"{row.values[0]} 的付款", "付款没有错、只是挂错了月份的，请用“取消挂接”。", self)

    def _discard_file(self) -> None:
        row = self.files.view.current_row()
        if row and self.scans.discard:
            self.scans.discard(row)

    def _clear(self) -> None:
        shown = self.shown()
        if shown and shown[1].settlement.id is not None:
            row = Row({"settlement": (shown[1].settlement.id,)}, ())
            ask_to_discard(self.desk, row, f"{shown[0].no} {in_words(self.month)}的月度结算", parent=self)

    def _try(self, act: Any) -> None:
        try:
            done = act()
        except ValueError as refusal:
            self._say_refused(str(refusal))
            self.status.emit(str(refusal))
        else:
            if isinstance(done, str):
                self.status.emit(done)

    def _open_person(self) -> None:
        row = self.people.view.current_row()
        if row:
            self.open_record.emit("person", row.keys["person"][0])


def _matrix_columns(year: int) -> tuple[Column, ...]:
    return (
        computed("no", "合同编号", TEXT, 9),
        replace(computed("name", "合同名称", TEXT, 14), hidden=True),
        replace(computed("supplier", "承接主体", TEXT, 12), hidden=True),
        *(computed(f"m{year * 100 + month}", f"{month}月", TEXT, 5) for month in range(1, 13)),
    )


def _matrix_row(one: acts.ContractYear, year: int) -> Row:
    contract = one.contract
    states = [one.months.get(year * 100 + month) for month in range(1, 13)]
    return Row(
        {"purchase_contract": (contract.id,)},
        (contract.no, contract.name, contract.supplier.name if contract.supplier else "", *(state.state if state else NO_MONTH for state in states)),
        {f"m{state.settlement.month}": state.why for state in states if state and state.state == PAID_UNDONE},
    )


def _source(contract: PurchaseContract) -> str | None:
    """Where the money of the next payment likely comes from: the contract's only source, else that of its last payment."""
    if len(contract.sources) == 1:
        return next(iter(contract.sources))
    return contract.payments[-1].source if contract.payments else None


def _amounts_said(state: MonthState) -> str:
    if state.payable is None:
        return "本局工资表还没有应发工资，应付金额算不出来。"
    said = f"应付 {yuan(state.payable)} 元"
    return f"{said}，已付 {yuan(state.paid)} 元，余 {yuan(state.left or 0)} 元。" if state.paid else f"{said}。"
