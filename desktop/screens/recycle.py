"""回收站: what was removed, when and by whom, with all that went along; put back whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout

from db.lists import Edit, Row
from db.lists.history import REMOVED, removed
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from office.recycle import restore


class RecyclePage(Page):
    """The list of removals, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.grid = Grid(REMOVED, _computed, desk.today)
        self.grid.view.nothing = "回收站是空的。移走的记录会放在这里，可以还原。"
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.setIconSize(QSize(18, 18))
        self.put_back = qaction(Action("还原", self._restore, "undo", tip="把这次移走的记录原样放回台账"), self)
        self.put_back.setEnabled(False)
        self.toolbar.addAction(self.put_back)
        self.grid.view.addAction(self.put_back)
        self.grid.view.row_changed.connect(self._stand_on)
        self.grid.view.doubleClicked.connect(lambda _index: self._restore())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.grid)
        self.setFocusProxy(self.grid)

    def refresh(self) -> None:
        rows = self.desk.read(removed).rows
        self.grid.set_rows(rows)
        self.status.emit(f"{len(rows)} 次移除" if rows else "回收站是空的")

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, 0)
        self.grid.view.setFocus()

    def _stand_on(self, row: Row | None) -> None:
        self.put_back.setEnabled(row is not None)

    def _restore(self) -> None:
        row = self.grid.view.current_row()
        if row is None:
            return
        try:
            self.desk.act(restore, row.keys["act"][0])
        except ValueError as refusal:
            self.grid.model.refused.emit(str(refusal))
        else:
            self.status.emit(f"已还原：{row.values[2]}")


def _computed(_edits: list[Edit], _name: str) -> None:
    """The bin takes no edits."""
