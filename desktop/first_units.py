"""The wizard's page of townships with their households, typed or pasted from Excel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from db.lists import Column, Edit, Row
from desktop.first_pages import WizardPage, explained
from desktop.grid import Grid
from desktop.grid.clipboard import from_tsv
from desktop.record.editors import DateEditor
from office import first_book as acts
from policy.facts import SUBDISTRICT, TOWN, ZONE
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT

_COLUMNS: Final = (
    Column("name", Field("单位名称", TEXT, required=True), "unit", "name", 16),
    Column("kind", Field("类型", choice("类型", (TOWN, SUBDISTRICT, ZONE)), required=True), "unit", "kind", 8),
    Column("households", Field("救助对象户数", COUNT), "unit", "households", 9),
)


class UnitsPage(WizardPage):
    """The townships with their households, typed or pasted from Excel."""

    title = "乡镇和户数"
    explains = "核对乡镇（街道）名单，填各单位救助对象（低保、特困）总户数。在 Excel 里选中“单位名称”和“户数”两列复制，在表里按 Ctrl+V，按名称对号入座；不清楚的留空，以后再填。"

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.today = today
        self.code = ""
        self.units: tuple[acts.FirstUnit, ...] = ()
        self.grid = Grid(_COLUMNS, self._change, today)
        self.grid.view.filters.show_boxes(False)
        self.grid.view.takes = self.take
        self.grid.view.nothing = "还没有乡镇（街道）。按“增加一行”，或从 Excel 粘贴。"
        self.day = DateEditor(DATE)
        self.day.setText(DATE.show(today()))
        self.day.setAccessibleName("户数统计日期")
        self.day.setFixedWidth(self.fontMetrics().horizontalAdvance("2026-12-30") + 48)
        self.said = explained()
        row = QHBoxLayout()
        for words, act in (("从 Excel 粘贴", self.paste), ("增加一行", self.add), ("删去所选行", self.drop)):
            button = QPushButton(words)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(QLabel("户数统计日期"))
        row.addWidget(self.day)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row)
        box.addWidget(self.grid, 1)
        box.addWidget(self.said)

    def of_county(self, code: str) -> None:
        """The list of another county; what was filled in for this one stays."""
        if code != self.code:
            self.code = code
            self._show(acts.townships(code))

    def begin(self) -> None:
        if self.units and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, 2)
        self.grid.view.setFocus()

    def take(self, block: list[list[str]]) -> bool:
        """A block with names is taken in by name; numbers alone go where the clerk stands."""
        if not any(len([cell for cell in line if cell.strip()]) > 1 for line in block):
            return False
        units, said = acts.pasted(self.units, block)
        self._show(units)
        self.said.setText(said)
        return True

    def paste(self) -> None:
        """Take in what was copied from Excel."""
        if not self.take(from_tsv(QGuiApplication.clipboard().text())):
            self.said.setText("剪贴板里没有两列数据。请在 Excel 里选中“单位名称”和“户数”两列，复制后再按。")

    def add(self) -> None:
        """One more line, named for the clerk to type over."""
        self._show((*self.units, acts.FirstUnit(f"新单位{len(self.units) + 1}", TOWN)))
        self.grid.view.go(len(self.units) - 1, 0)
        self.grid.view.setFocus()

    def drop(self) -> None:
        """Take the selected lines off the list."""
        gone = {self.grid.model.row_at(place).keys["unit"][0] for place, _ in self.grid.view.chosen_cells()}
        self._show(tuple(one for at, one in enumerate(self.units) if at not in gone))

    def _change(self, edits: list[Edit], _name: str) -> None:
        units = list(self.units)
        for edit in edits:
            at = edit.row.keys["unit"][0]
            units[at] = replace(units[at], **{edit.column.column: edit.value})
        self._show(tuple(units))

    def _show(self, units: tuple[acts.FirstUnit, ...]) -> None:
        self.units = units
        self.grid.set_rows([Row({"unit": (at,)}, (one.name, one.kind, one.households)) for at, one in enumerate(units)])
        known = [one.households for one in units if one.households is not None]
        self.said.setText(f"{len(units)} 个单位，已填户数 {len(known)} 个，合计 {sum(known):,} 户。")

    def counted_on(self) -> date | None:
        """The day of the households."""
        day: date | None = DATE.parse(self.day.text(), self.today())
        return day

    def check(self) -> None:
        acts.checked(self.units)
        if any(one.households is not None for one in self.units) and self.counted_on() is None:
            self.day.setFocus()
            raise ValueError("请填写户数统计日期。")
