"""The one grid: a list's rows with a filter row, sorting, Excel's keys and blocks, and a slip that says what was not taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.lists import Column, Row
from desktop.grid.model import Commit, GridModel
from desktop.grid.refusals import RefusalSlip
from desktop.grid.view import GridView


class Grid(QWidget):
    """A table of a list with everything around it; `view` has the signals and gestures, `model` the rows."""

    def __init__(self, columns: Sequence[Column], commit: Commit, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GridModel(columns, commit, today, self)
        self.view = GridView(self.model, self)
        self.slip = RefusalSlip(self)
        self.view.refused.connect(self.slip.say)
        self.slip.asked.connect(self._go)
        self.setFocusProxy(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.view, 1)
        box.addWidget(self.slip)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show what the book says now; selection and place stay with their records."""
        self.model.set_rows(rows)

    def _go(self, place: int, column: int) -> None:
        self.view.go(place, column)
        self.view.setFocus()
