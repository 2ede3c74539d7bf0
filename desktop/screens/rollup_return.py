"""One county's return at the city: its forms as they came, what its audit and the city's found, and what the city makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QTabBar, QVBoxLayout, QWidget

from db.lists import Row
from db.lists.city import POINTS
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.screens.sheet_view import SheetView
from office.rollup import Standing
from policy.finding import LEVEL_WORDS
from returns.grid import lay_out
from returns.package import Package
from returns.points import Point, place
from returns.sheet import Cell, Sheet

PERSONAL: Final = "个人明细…"


class CountyReturn(QWidget):
    """The forms above, the points below; a double click on a point leads to its cell."""

    judged = Signal(list, str)
    """Numbers of points, and 采信 or 退回."""
    accepted = Signal()
    returned = Signal()
    personal = Signal()
    """The forms that name people are to be opened."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.sheets: tuple[Sheet, ...] = ()
        self._points: Mapping[int, Mapping[str, Any]] = {}
        self.title = QLabel("请在“报送情况”或“全市概览”里选一个已报的县（市、区）。", wordWrap=True)
        self.title.setObjectName("purpose")
        self.tabs = QTabBar(expanding=False, drawBase=False)
        self.tabs.setAccessibleName("报表")
        self.tabs.currentChanged.connect(self._show)
        self.view = SheetView()
        self.grid = Grid(POINTS, lambda _edits, _name: None, desk.today)
        self.grid.view.nothing = "县级和市级审核都没有问题。"
        self.grid.view.filters.show_boxes(False)
        self.grid.view.doubleClicked.connect(lambda _index: self._go())
        self.buttons = {words: QPushButton(words) for words in ("采信", "退回该条", "接收报表", "退回报表…", PERSONAL)}
        self.buttons["采信"].clicked.connect(lambda: self.judged.emit(self.chosen(), "采信"))
        self.buttons["退回该条"].clicked.connect(lambda: self.judged.emit(self.chosen(), "退回"))
        self.buttons["接收报表"].clicked.connect(self.accepted)
        self.buttons["退回报表…"].clicked.connect(self.returned)
        self.buttons[PERSONAL].clicked.connect(self.personal)
        for words, tip in (
            ("采信", "选中的问题，县级的说明可以接受"), ("退回该条", "选中的问题要县级改正或补充说明，写进退回单"),
            ("接收报表", "这个县（市、区）的报表审核通过"), ("退回报表…", "生成退回单，县级导入后解封修改"),
            (PERSONAL, "任务要求随报的附表1、附表2，凭县级告知的密码查看"),
        ):  # fmt: skip
            self.buttons[words].setToolTip(tip)
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        for button in self.buttons.values():
            row.addWidget(button)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.view)
        split.addWidget(self.grid)
        split.setStretchFactor(0, 1)
        split.setSizes([360, 200])
        split.setChildrenCollapsible(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 0)
        box.setSpacing(3)
        box.addLayout(row)
        box.addWidget(self.tabs)
        box.addWidget(split, 1)
        self.clear()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._fill((), ())
        self.title.setText("请在“报送情况”或“全市概览”里选一个已报的县（市、区）。")
        for button in self.buttons.values():
            button.setEnabled(False)
        self.buttons[PERSONAL].hide()

    def show_return(self, standing: Standing, package: Package, points: list[dict[str, Any]]) -> None:
        """Show a county's return and its points."""
        assert standing.package
        source = "，由工作簿读入" if standing.package["workbook"] else ""
        self.title.setText(f"{standing.county['name']}　第 {standing.package['version']} 版（{standing.state}{source}），{standing.package['received_on']} 收到")
        self._fill(tuple(silent(sheet) for sheet in package.sheets), points)
        waiting = standing.package["state"] == "已报"
        for words, button in self.buttons.items():
            button.setEnabled(waiting or words == PERSONAL or (words == "退回报表…" and standing.package["state"] == "已接收"))
        self.buttons[PERSONAL].setVisible(package.personal is not None)

    def _fill(self, sheets: tuple[Sheet, ...], points: Any) -> None:
        keys = [sheet.key for sheet in sheets]
        self.sheets = sheets
        if [self.tabs.tabText(at) for at in range(self.tabs.count())] != keys:
            self.tabs.blockSignals(True)
            while self.tabs.count():
                self.tabs.removeTab(0)
            for sheet in sheets:
                self.tabs.addTab(sheet.key)
            self.tabs.setCurrentIndex(1 if keys[:1] == ["封面"] and len(keys) > 1 else 0)
            self.tabs.blockSignals(False)
            self.tabs.updateGeometry()
        self._points = {one["id"]: one for one in points}
        self.grid.set_rows([
            Row({"package_point": (one["id"],)}, (
                one["layer"], LEVEL_WORDS.get(one["level"], one["level"]), one["point"], one["form"], one["line"], one["said"], one["note"], one["verdict"], one["reason"],
            ))
            for one in points
        ])  # fmt: skip
        self._show(self.tabs.currentIndex())

    def _show(self, at: int) -> None:
        self.view.setVisible(bool(self.sheets))
        self.grid.setVisible(bool(self.sheets))
        if 0 <= at < len(self.sheets):
            self.view.show_sheet(self.sheets[at], lay_out(self.sheets[at]))

    def shown(self) -> Sheet | None:
        """The form in front."""
        at = self.tabs.currentIndex()
        return self.sheets[at] if 0 <= at < len(self.sheets) else None

    def chosen(self) -> list[int]:
        """The points of the selected lines."""
        lines = sorted({index.row() for index in self.grid.view.selectionModel().selectedIndexes()})
        return [self.grid.model.row_at(line).keys["package_point"][0] for line in lines]

    def _go(self) -> None:
        row = self.grid.view.current_row()
        one = self._points.get(row.keys["package_point"][0]) if row else None
        if one is None or one["form"] not in (keys := [sheet.key for sheet in self.sheets]):
            return
        at = keys.index(one["form"])
        self.tabs.setCurrentIndex(at)
        found = place(Point(one["point"], one["subject"], one["form"], one["line"], one["mark"], one["level"], ()), self.sheets[at])
        if found:
            self.view.stand(*found)


def silent(sheet: Sheet) -> Sheet:
    """The form without what stands behind its figures: that lies in the county's book."""
    rows = (replace(row, cells=tuple(Cell(cell.value, measure=cell.measure) for cell in row.cells)) for row in sheet.rows)
    return replace(sheet, rows=tuple(rows))
