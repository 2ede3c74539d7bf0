"""操作日志: who did what when, act by act, chained so that nothing can be altered unseen; looked through, filtered and exported."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from db.lists import Edit, Row
from db.lists import log as lists
from db.lists.history import LOG, log_of_act
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Page


class LogPage(Page):
    """Acts above, newest first; what the act in front changed below, numbers masked."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.setIconSize(QSize(18, 18))
        self.grid = Grid(lists.COLUMNS, _computed, desk.today)
        self.grid.view.nothing = "还没有操作。"
        self.changes = Grid(LOG, _computed, desk.today)
        self.changes.view.nothing = "这一步没有改动记录（例如导出、备份、查看号码）。"
        self.grid.view.row_changed.connect(self._stand_on)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.grid)
        split.addWidget(self.changes)
        split.setSizes([60, 40])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(split)
        self.setFocusProxy(self.grid)

    def listed(self) -> Grid:
        return self.grid

    def refresh(self) -> None:
        rows = self.desk.read(lists.log).rows
        self.grid.set_rows(rows)
        self.status.emit(f"最近 {len(rows)} 次操作")

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, 0)
        self.grid.view.setFocus()

    def _stand_on(self, row: Row | None) -> None:
        self.changes.set_rows(self.desk.read(log_of_act, row.keys["act"][0]).rows if row else ())


def _computed(_edits: list[Edit], _name: str) -> None:
    """The log takes no edits."""
