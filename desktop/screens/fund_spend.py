"""低保资金支出: one year by one caliber as a small matrix, level × town or country × kind; a blank cell is not 0."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from db.lists import Edit
from db.lists.funds import SPEND_COLUMNS, spend, spend_calibers
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Page
from desktop.screens.year_steps import year_steps
from office.funds import cell_of, set_spend
from policy.fund_facts import CALIBERS

SAID: Final = (
    "填某一年全县的低保资金支出，按资金级次、城乡、类别分开（单位：元；也可以写 350万元）。下一年的社会救助工作经费按它的 3% 测算（比例、口径在“设置”里）。\n"
    "可以从 Excel 复制一块直接粘贴。没有支出填 0，不清楚留空：空白不当作 0。"
)


class SpendPage(Page):
    """The matrix of a year; Alt+PgUp and Alt+PgDn go a year back and on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.year = desk.as_of.year - 1
        self.grid = Grid(SPEND_COLUMNS, self._commit, desk.today)
        self.grid.view.filters.show_boxes(False)
        self.caliber = QComboBox()
        self.caliber.addItems(CALIBERS)
        self.caliber.setAccessibleName("数据口径")
        self.caliber.setToolTip("决算数出来以前，先填执行数（快报）；测算时有决算的用决算，没有的用执行，再没有的用预算")
        self.caliber.currentTextChanged.connect(lambda _word: self.refresh())
        said = QLabel(SAID, wordWrap=True)
        said.setObjectName("purpose")
        self.used = QLabel(wordWrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(said)
        box.addWidget(self.grid, 1)
        box.addWidget(self.used)
        self.setFocusProxy(self.grid)
        self.shown_year = year_steps(self, self.go)
        self.toolbar.addWidget(self.caliber)
        self.grid.view.statistics_changed.connect(lambda said: self.statistics.emit(said.words()))

    def go(self, by: int) -> None:
        """Show the year before (−1) or after (1)."""
        self.year += by
        self.refresh()

    def listed(self) -> Grid:
        return self.grid

    def span(self) -> str:
        return f"{self.year}年（{self.caliber.currentText()}数）"

    def set_out(self) -> None:
        if not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, 1)
        self.grid.view.setFocus()

    def refresh(self) -> None:
        """Read the year again."""
        word = self.caliber.currentText()
        self.shown_year.setText(f"{self.year} 年")
        self.grid.set_rows(self.desk.read(spend, self.year, word).rows)
        there = self.desk.read(spend_calibers, self.year)
        if not there:
            said = f"{self.year} 年还没有登记低保资金支出，{self.year + 1} 年的应安排工作经费算不出来。"
        else:
            said = f"{self.year} 年登记了{'、'.join(f'{one}数' for one in there)}；测算 {self.year + 1} 年工作经费用{there[0]}数。"
            said += "" if there[0] == word else f"现在看的是{word}数。"
        self.used.setText(said)
        self.status.emit(said)

    def _commit(self, edits: list[Edit], _name: str) -> None:
        cells = {}
        for edit in edits:
            _, _, level = edit.row.keys["dibao_spend"]
            cells[(level, *cell_of(edit.column.column))] = edit.value
        self.desk.act(set_spend, self.year, self.caliber.currentText(), cells)
