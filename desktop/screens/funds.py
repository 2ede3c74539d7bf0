"""经费: the funds question of a year in one look, by source, with the records behind each figure."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QSplitter, QVBoxLayout, QWidget

from db.lists import Row
from db.lists.columns import computed
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.screens.picture import AMBER, BLUE, GREEN, RED, Card, Panel
from desktop.screens.year_steps import year_steps
from office.funds import Behind, Funds, SourceCells, arithmetic, behind, coverage, funds_in, missing, rate_said, source_cells
from policy.contract_facts import WORK_FUND
from policy.figures import percent, yuan
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.text import TEXT
from returns.sheet import Cell, Measure, shown

SOURCES: Final = (
    computed("source", "资金来源", TEXT, 15, "二（二）：购买服务经费可以从这些来源统筹安排"),
    computed("arranged", "预算安排", MONEY, 8, "用途为购买服务的经费明细"),
    computed("received", "到位", MONEY, 8, "到位日期不晚于截至日期"),
    computed("due", "合同本年应付", MONEY, 8, "合同金额（含补充合同）按天分摊到本年，再按合同资金来源占比分开"),
    computed("paid", "已付", MONEY, 8, "付款日期在本年的合同付款"),
    computed("left", "到位－已付", MONEY, 8),
    computed("short", "应付还差", MONEY, 8, "合同本年应付－预算安排，安排够的空白"),
)
BEHIND: Final = (
    computed("sort", "记录", TEXT, 7),
    computed("what", "内容", TEXT, 40),
    computed("day", "日期", DATE, 8),
    computed("amount", "金额", MONEY, 9),
)
CARDS: Final = {"应安排": "base", "预算安排": "arranged", "到位": "received", "支出": "spent", "差额": "arranged"}
"""Card → the figure whose records it shows."""
FIGURES: Final = ("arranged", "received", "due", "paid")


class FundsPage(Page):
    """The answer; the lists it rests on stand beside it as screens of their own."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.year = desk.as_of.year
        self.funds: Funds | None = None
        self._figure: tuple[str, str] | None = None
        self._behind: tuple[Behind, ...] = ()
        self.cards = {name: Card(name) for name in CARDS}
        top = QHBoxLayout()
        top.setSpacing(8)
        for name, card in self.cards.items():
            top.addWidget(card, 1)
            card.clicked.connect(partial(self.show_behind, CARDS[name], ""))
        self.said, self.wrong = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.sources = Grid(SOURCES, lambda _edits, _name: None, desk.today)
        self.lines = Grid(BEHIND, lambda _edits, _name: None, desk.today)
        self.lines.view.nothing = "没有组成这个数的记录。"
        for grid in (self.sources, self.lines):
            grid.view.filters.show_boxes(False)
        self.about = QLabel(wordWrap=True)
        inside = QWidget()
        inside.setLayout(around := QVBoxLayout())
        around.setContentsMargins(0, 0, 0, 0)
        close = QPushButton("关闭")
        close.clicked.connect(self._close)
        head = QHBoxLayout()
        head.addWidget(self.about, 1)
        head.addWidget(close)
        around.addLayout(head)
        around.addWidget(self.lines, 1)
        self.beneath = Panel("组成这个数的记录", inside)
        self.beneath.hide()
        middle = QSplitter(Qt.Orientation.Vertical)
        middle.addWidget(Panel("购买服务经费：各来源够不够付合同（元）。点一个数，下面列出组成它的记录", self.sources))
        middle.addWidget(self.beneath)
        middle.setSizes([220, 200])
        middle.setChildrenCollapsible(False)
        self.sources.setMinimumHeight(150)
        self.beneath.setMinimumHeight(180)
        whole = QWidget()
        inner = QVBoxLayout(whole)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(top)
        inner.addWidget(self.said)
        inner.addWidget(self.wrong)
        inner.addWidget(middle, 1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(whole)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scroll)
        self.setFocusProxy(self.sources)
        self._fill_toolbar()
        self.sources.view.statistics_changed.connect(lambda _said: self._stand())
        self.lines.view.activated.connect(lambda _index: self._open())

    def _fill_toolbar(self) -> None:
        self.shown_year = year_steps(self, self.go)
        self.opening = qaction(Action("打开记录", self._open, "search", "Ctrl+Return", "打开下方选中的记录：经费文件、采购合同或低保资金支出"), self)
        self.toolbar.addAction(self.opening)
        self.opening.setEnabled(False)
        self.lines.view.addAction(self.opening)

    def go(self, by: int) -> None:
        """Show the year before (−1) or after (1)."""
        self.year += by
        self.refresh()

    def listed(self) -> Grid:
        return self.sources

    def span(self) -> str:
        return f"{self.year}年"

    def refresh(self) -> None:
        """Read the year again."""
        self.shown_year.setText(f"{self.year} 年")
        try:
            self.funds = self.desk.read(funds_in, self.year, self.desk.as_of)
        except ValueError as refusal:  # a year before the notice
            self.funds = None
            self._say_nothing(str(refusal))
            return
        funds, fund = self.funds, self.funds.fund
        registered = any(line.document.year == self.year and line.source == WORK_FUND for line in funds.facts.fund_lines)
        before = f"{fund.base.year} 年低保资金支出 × {percent(fund.rate)}"
        self.cards["应安排"].say(_wan(fund.due), before if fund.due is not None else f"没有登记 {fund.base.year} 年低保资金支出", BLUE if fund.due else AMBER)
        self._money_card("预算安排", fund.arranged, f"安排率 {rate_said(fund.arranged, fund.due)}　文件 {fund.documents} 份", registered)
        self._money_card(
            "到位", fund.received, f"到位率 {rate_said(fund.received, fund.arranged)}　落实率 {rate_said(fund.received, fund.due)}", registered
        )
        spent = f"其中购买服务 {_wan(fund.spent_on_purchase)}" + (f"　上年结转 {_wan(fund.carried)}" if fund.carried else "")
        self._money_card("支出", fund.spent, spent, registered)
        if fund.short is None or not registered:
            self.cards["差额"].say("—", "登记低保支出和经费后计算", AMBER)
        else:
            words = f"预算安排比应安排少 {yuan(fund.short)} 元" if fund.short else "预算安排已达到应安排数"
            self.cards["差额"].say(_wan(fund.short) if fund.short else "无", words, RED if fund.short else GREEN)
        self.said.setText(f"{arithmetic(funds)}\n{coverage(funds)}")
        lacking = missing(funds)
        self.wrong.setText("\n".join(lacking[:4]) + (f"\n……共 {len(lacking)} 项（悬停看全部）" if len(lacking) > 4 else ""))
        self.wrong.setToolTip("\n".join(lacking))
        self.wrong.setVisible(bool(lacking))
        self.sources.set_rows([_source_row(line) for line in source_cells(funds)])
        if self._figure:
            self.show_behind(*self._figure)
        self.status.emit(f"{self.year} 年，截至 {funds.facts.period.as_of}：{len(lacking)} 项要留意" if lacking else f"{self.year} 年，截至 {funds.facts.period.as_of}")

    def _say_nothing(self, why: str) -> None:
        for card in self.cards.values():
            card.say("—", "", AMBER)
        self.said.setText(why)
        self.wrong.hide()
        self.sources.set_rows(())
        self.lines.set_rows(())
        self.status.emit(why)

    def _money_card(self, name: str, amount: int, line: str, registered: bool) -> None:
        self.cards[name].say(_wan(amount) if registered else "未登记", line if registered else f"没有 {self.year} 年的经费明细", BLUE if registered else AMBER)

    def _stand(self) -> None:
        """The clerk stands on a figure of the table (by mouse or keys): its records are listed; on the same one again nothing is read."""
        row, column = self.sources.view.current_row(), self.sources.view.currentIndex().column()
        if row is None:
            return
        wanted = (self.sources.model.columns[column].id, row.keys["source"][0])
        if wanted[0] in FIGURES and wanted != self._figure:
            self.show_behind(*wanted)

    def show_behind(self, figure: str, source: str) -> None:
        """List the records behind a figure of the work fund (source "") or of a source's line."""
        if self.funds is None:
            return
        self._figure = (figure, source)
        self.beneath.show()
        self.opening.setEnabled(True)
        self._behind = behind(self.funds, figure, source)
        label = next((column.field.label for column in SOURCES if column.id == figure), {"base": "测算基数（上年低保资金支出）", "spent": "支出"}.get(figure, ""))
        self.about.setText(f"{source or ('' if figure == 'base' else WORK_FUND)}　{label}".strip())
        rows = [Row({"behind": (at,)}, (one.sort, one.what, one.day, one.amount)) for at, one in enumerate(self._behind)]
        self.lines.set_rows(rows)

    def _close(self) -> None:
        self._figure = None
        self.beneath.hide()
        self.opening.setEnabled(False)
        self.sources.view.setFocus()

    def _open(self) -> None:
        row = self.lines.view.current_row() or (self.lines.model.row_at(0) if self.lines.model.rowCount() == 1 else None)
        if row is None:
            return
        one = self._behind[row.keys["behind"][0]]
        if one.table == "dibao_spend":
            self.visit.emit("低保资金支出")
        else:
            self.open_record.emit(one.table, one.id)


def _source_row(line: SourceCells) -> Row:
    return Row(
        {"source": (line.source,)},
        (line.source, line.arranged, line.received, line.due, line.paid, line.left, line.short),
        {"short": f"合同本年应付 {yuan(line.due or 0)} 元，预算安排 {yuan(line.arranged or 0)} 元"} if line.short else {},
    )


def _wan(fen: int | None) -> str:
    """An amount as a card shows it: 210.00 万元."""
    return "未登记" if fen is None else f"{shown(Cell(fen), Measure.WAN)} 万元"
