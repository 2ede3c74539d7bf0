"""工资核对: the provider's sheet beside ours, and whose figures are to hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from db.lists import Edit
from desktop.desk import Desk
from desktop.grid import Grid
from office import provider_sheet as acts


class ComparePanel(QWidget):
    """The comparison of one month. `said` carries what was done or why it was refused."""

    bring_in = Signal()
    """The clerk wants to import the provider's sheet."""
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._first = date.min
        self.grid = Grid(desk.read(acts.compare_columns), _no_edits, desk.today)
        self.grid.view.nothing = "本月还没有由承接主体发放工资的人员。"
        self.totals = QLabel()
        self.totals.setWordWrap(True)
        bring = QPushButton("导入承接主体工资表")
        bring.setToolTip("导入类别选“承接主体工资表”：只放在一边核对，不改动本局台账的工资")
        bring.clicked.connect(self.bring_in)
        self.theirs = self._choice("以承接主体报来的为准", acts.take_theirs, "把承接主体报来的数写入本局工资表；它没有报的项目不动")
        self.ours = self._choice("以本局为准", acts.keep_ours, "本局工资表不动，记下“以本局为准”；承接主体重新报表后再核对")
        row = QHBoxLayout()
        for button in (bring, self.theirs, self.ours):
            row.addWidget(button)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.addLayout(row)
        box.addWidget(self.totals)
        box.addWidget(self.grid, 1)

    def _choice(self, words: str, act: Callable[..., int], tip: str) -> QPushButton:
        button = QPushButton(words)
        button.setToolTip(tip)
        menu = QMenu(button)
        menu.addAction("所选人员", lambda: self.settle(act, words, chosen=True))
        menu.addAction("全部不符的人员", lambda: self.settle(act, words, chosen=False))
        button.setMenu(menu)
        return button

    def settle(self, act: Callable[..., int], words: str, *, chosen: bool) -> None:
        """Let one side's figures hold, for the people selected or for all who differ."""
        people = {self.grid.model.row_at(place).keys["provider_pay"][1] for place, _ in self.grid.view.chosen_cells()} if chosen else None
        if chosen and not people:
            self.said.emit("请先选中要处理的人员。")
            return
        try:
            done = self.desk.act(act, self._first, people)
        except ValueError as refusal:
            self.said.emit(str(refusal))
        else:
            self.said.emit(f"{words}：{done} 人。可以撤销。")

    def show_month(self, first: date, locked: bool) -> int:
        """Show a month; returns how many people nobody has decided on yet."""
        self._first = first
        compared = self.desk.read(acts.compare_in, first)
        self.totals.setText(acts.totals_said(compared) or "还没有导入本月承接主体报来的工资表。导入后逐格核对，不符的标红。")
        listing = self.desk.read(acts.comparison_in, first, compared)
        self.grid.model.columns = listing.columns
        self.grid.set_rows(listing.rows)
        for button in (self.theirs, self.ours):
            button.setEnabled(not locked)
        return sum(one.result in (acts.DIFFERS, acts.NOT_LISTED, acts.NOT_OURS) for one in compared)


def _no_edits(edits: list[Edit], name: str) -> None:
    raise ValueError("核对表不能直接改。请在“工资表”页改本局的数，或用“以承接主体报来的为准”。")
