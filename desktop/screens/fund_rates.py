"""参数表: dated figures the office takes from other bodies' documents and enters itself: 单位缴费比例, 最低工资标准, 退休年龄, 节假日, 月报总数."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTabWidget, QVBoxLayout, QWidget

from db.lists import Listing
from db.lists.columns import field_of
from db.lists.funds import control_totals, holidays, minimum_wages, rates, retirement_ages
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.screens.removing import ask_to_discard
from office.edit import add
from office.funds import add_rate


@dataclass(frozen=True)
class Table:
    """One dated table: its name, what it is for, its list, the fields asked for, and the act that adds a row."""

    table: str
    title: str
    said: str
    read: Callable[..., Listing]
    asked: Sequence[str]
    add: Callable[..., Any]


TABLES: Final = (
    Table(
        "employer_rate", "单位缴费比例",
        "程序不预置单位缴费比例和缴费基数上下限：各市不同，每年调整。请按本市社保、公积金文件登记，从哪一天起、哪一项、单位比例多少；没有登记的，合同金额测算不含单位缴费。",
        rates, ("since", "item", "rate", "base_low", "base_high", "document"), add_rate,
    ),
    Table(
        "minimum_wage", "最低工资标准",
        "本地的月最低工资标准（与文件的工资最低标准不是一回事），用来核对试用期工资和每月应发。程序不预置，请按当地公布的数登记。",
        minimum_wages, ("since", "area", "monthly"), lambda book, values: add(book, "minimum_wage", values),
    ),
    Table(
        "retirement_age", "退休年龄",
        "2025 年起退休年龄逐步调整。请按现行对照表登记：从哪个月出生的人起、哪一类、多少岁（另加几个月）；没有登记的，按设置里的年龄提示。",
        retirement_ages, ("born_from", "category", "years", "months"), lambda book, values: add(book, "retirement_age", values),
    ),
    Table(
        "holiday", "节假日",
        "国务院办公厅每年公布的放假和调休安排，用来数合同备案、公告的工作日。请逐日登记：平日放假的填“放假”，周末要上班的填“调休上班”；当年没有登记的，工作日按周一至周五数，提示里会写明。",
        holidays, ("day", "kind", "name"), lambda book, values: add(book, "holiday", values),
    ),
    Table(
        "control_total", "月报总数",
        "民政统计月报里全县的户数、人数，一个统计日期、一类对象一条，用来与各单位上报数的合计核对。",
        control_totals, ("as_of", "category", "households", "persons"), lambda book, values: add(book, "control_total", values),
    ),
)  # fmt: skip


class RatesPage(Page):
    """The tables as tabs: cells are edited in place, 新增 asks for a new row."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.tabs = QTabWidget()
        self.grids: dict[str, Grid] = {}
        for one in TABLES:
            columns = desk.read(one.read).columns
            grid = self.grids[one.table] = Grid(columns, desk.commit(columns), desk.today)
            grid.view.nothing = f"还没有登记{one.title}。按 Ctrl+N 新增。"
            said = QLabel(one.said, wordWrap=True)
            said.setObjectName("purpose")
            said.setContentsMargins(10, 8, 10, 8)
            tab = QWidget()
            box = QVBoxLayout(tab)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
            box.addWidget(said)
            box.addWidget(grid, 1)
            self.tabs.addTab(tab, one.title)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.tabs)
        self.adding = qaction(Action("新增…", self.ask_new, "plus", "Ctrl+N", "登记一条"), self)
        self.discarding = qaction(Action("移入回收站", self.discard, "trash", "Ctrl+-", "登记错了的移走，可在“回收站”还原"), self)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.addActions([self.adding, self.discarding])
        for grid in self.grids.values():
            grid.view.addActions([self.adding, self.discarding])
        self.tabs.currentChanged.connect(lambda _at: self._say())

    def table(self) -> Table:
        """The table in front."""
        return TABLES[self.tabs.currentIndex()]

    def listed(self) -> Grid:
        return self.grids[self.table().table]

    def set_out(self) -> None:
        self.listed().view.setFocus()

    def refresh(self) -> None:
        """Read the tables again."""
        for at, one in enumerate(TABLES):
            listing = self.desk.read(one.read)
            self.grids[one.table].set_rows(listing.rows)
            self.tabs.setTabText(at, f"{one.title} ({len(listing.rows)})")
        self._say()

    def _say(self) -> None:
        self.status.emit(f"{self.table().title} {self.listed().model.total()} 条")

    def ask_new(self) -> Ask:
        """Ask for a new row of the table in front; returns the question, which is open."""
        one = self.table()

        def keep(values: Mapping[str, Any]) -> None:
            self.desk.act(one.add, {name: value for name, value in values.items() if value is not None})

        question = Ask(f"新增{one.title}", "", {name: field_of(one.table, name) for name in one.asked}, keep, self.desk.today, self)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()
        return question

    def discard(self) -> None:
        """移入回收站, after asking."""
        row = self.listed().view.current_row()
        if row:
            ask_to_discard(self.desk, row, f"选中的{self.table().title}", parent=self)
