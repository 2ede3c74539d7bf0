"""汇总单位: which counties report to the city, in what order; added, mended, moved up and down, taken off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from db.lists.city import COUNTIES
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.screens.removing import ask_to_discard
from desktop.screens.rollup_rows import county_rows
from office.city_book import add_county, counties, move_county
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.text import CODE, NAME
from policy.parameters import REGIONS

PURPOSE = "报送数据包的县（市、区）。次序就是各汇总表里的次序；地区类别决定工资最低标准，经批准与所属地级市不同的在这里改。撤并后不再单独报送的填停报日期，已收到的报表保留。"


class Counties(QWidget):
    """The list; names, regions and contacts are typed in place."""

    refused = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.grid = Grid(COUNTIES, desk.commit(COUNTIES), desk.today)
        self.grid.view.nothing = "还没有汇总单位。"
        self.grid.view.filters.show_boxes(False)
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("新增汇总单位…", self.ask_county), ("上移", lambda: self.shift(-1)), ("下移", lambda: self.shift(1)), ("移走…", self.ask_to_remove),
        )  # fmt: skip
        row = QHBoxLayout()
        self.buttons: dict[str, QPushButton] = {}
        for words, act in acts:
            self.buttons[words] = QPushButton(words)
            self.buttons[words].clicked.connect(lambda _on=False, act=act: act())
            row.addWidget(self.buttons[words])
        row.addStretch(1)
        purpose = QLabel(PURPOSE, wordWrap=True)
        purpose.setObjectName("purpose")
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 0)
        box.setSpacing(3)
        box.addWidget(purpose)
        box.addLayout(row)
        box.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)

    def refresh(self) -> None:
        """Read the list again; the county that was chosen stays chosen."""
        self.grid.set_rows(county_rows(self.desk.read(counties)))

    def chosen(self) -> int:
        """The county in front, 0 where there is none (which is said)."""
        row = self.grid.view.current_row()
        if row is None:
            self.refused.emit("请先在列表里选一个汇总单位。")
            return 0
        return int(row.keys["city_county"][0])

    def ask_county(self) -> None:
        """新增: a zone that reports on its own."""
        fields = {
            "code": Field("行政区划代码", CODE, required=True, hint="6 位数字"), "name": Field("县（市、区）名称", NAME, required=True),
            "region": Field("地区类别", choice("地区类别", REGIONS, {}), required=True),
        }  # fmt: skip
        Ask(
            "新增汇总单位", "名单里没有、单独向本市报送的单位，例如功能区。代码应与该单位台账的代码一致。", fields,
            lambda said: self.desk.act(add_county, said["code"], said["name"], said["region"]), self.desk.today, self, confirm="新增",
        ).exec()  # fmt: skip

    def shift(self, step: int) -> None:
        """One place up or down."""
        if number := self.chosen():
            self._try(move_county, number, step)
            at = next((at for at in range(self.grid.model.rowCount()) if self.grid.model.row_at(at).keys["city_county"][0] == number), 0)
            self.grid.view.go(at, 0)

    def ask_to_remove(self) -> None:
        """移走 a county that never reported."""
        row = self.grid.view.current_row()
        if self.chosen() and row is not None:
            ask_to_discard(self.desk, row, f"汇总单位“{row.values[2]}”", "撤并后不再单独报送的，不用移走，填“停报日期”。", self)

    def _try(self, act: Callable[..., Any], *given: Any) -> None:
        try:
            self.desk.act(act, *given)
        except ValueError as refusal:
            self.refused.emit(str(refusal))
