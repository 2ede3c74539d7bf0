"""汇总报表与清单: the rolled-up forms and lists of a task, one in front; a figure of a county's line leads to the county."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QTabBar, QVBoxLayout, QWidget

from desktop.screens.sheet_view import SheetView
from returns.grid import lay_out
from returns.ranking import RANKING, RATES
from returns.sheet import Sheet


class RolledForms(QWidget):
    """The tabs of the forms over the form in front; below it what 节点检查 says."""

    county = Signal(int, str)
    """A county's number, and the key of its own form."""
    towns_changed = Signal()
    by_changed = Signal(str)
    """The rate the counties are to be ranked by."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: Sequence[Sheet] = ()
        self.tabs = QTabBar(expanding=False, drawBase=False)
        self.tabs.setAccessibleName("汇总报表")
        self.tabs.currentChanged.connect(lambda _at: self._show())
        self.towns = QCheckBox("列出乡镇（街道）")
        self.towns.toggled.connect(lambda _on: self.towns_changed.emit())
        self.by = QComboBox()
        self.by.addItems(list(RATES))
        self.by.setAccessibleName("按哪一项排名")
        self.by.setToolTip("排名通报表按哪一项从高到低排")
        self.by.currentTextChanged.connect(self.by_changed)
        self._by_words = QLabel("排名按")
        self._by_words.setBuddy(self.by)
        self.view = SheetView()
        self.view.opened.connect(self._open)
        self.nodes = QLabel(wordWrap=True)
        self.nodes.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        self.own = QPushButton("市本级填报…")
        self.own.setToolTip("填写市本级的数和市级下达数")
        row.addWidget(self.tabs, 1)
        row.addWidget(self._by_words)
        row.addWidget(self.by)
        row.addWidget(self.towns)
        row.addWidget(self.own)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 0)
        box.setSpacing(3)
        box.addLayout(row)
        box.addWidget(self.view, 1)
        box.addWidget(self.nodes)

    def show_forms(self, sheets: Sequence[Sheet], nodes: Sequence[str], any_there: bool) -> None:
        """Show these forms; the one in front stays in front."""
        self.sheets = sheets
        keys = [sheet.key for sheet in sheets]
        if [self.tabs.tabText(at) for at in range(self.tabs.count())] != keys:
            self.tabs.blockSignals(True)
            while self.tabs.count():
                self.tabs.removeTab(0)
            for at, sheet in enumerate(sheets):
                self.tabs.addTab(sheet.key)
                self.tabs.setTabToolTip(at, sheet.title)
            self.tabs.blockSignals(False)
            self.tabs.updateGeometry()
        self._show()
        said = "\n".join(nodes) if nodes else "汇总数与下级之和全部相符。" if any_there else "还没有可以检查的数。"
        self.nodes.setText(f"节点检查：{said}")

    def shown(self) -> Sheet | None:
        """The form in front."""
        at = self.tabs.currentIndex()
        return self.sheets[at] if 0 <= at < len(self.sheets) else None

    def _show(self) -> None:
        sheet = self.shown()
        for widget in (self._by_words, self.by):
            widget.setVisible(sheet is not None and sheet.key == RANKING)
        if sheet:
            self.view.show_sheet(sheet, lay_out(sheet))

    def _open(self, span: Any) -> None:
        sheet = self.shown()
        if sheet is None:
            return
        line = sheet.rows[span.row - lay_out(sheet).head_last - 1]
        if line.unit is not None:
            self.county.emit(line.unit, sheet.key.removeprefix("汇"))
