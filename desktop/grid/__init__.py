"""The one grid: a list's rows with a filter row, sorting, Excel's keys and blocks, and a slip that says what was not taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from db.lists import Column, Row
from desktop.grid.model import Commit, GridModel
from desktop.grid.refusals import RefusalSlip
from desktop.grid.totals import Totals
from desktop.grid.view import GridView
from desktop.preferences import Preferences


class Grid(QWidget):
    """A table of a list with everything around it; `view` has the signals and gestures, `model` the rows."""

    def __init__(self, columns: Sequence[Column], commit: Commit, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GridModel(columns, commit, today, self)
        self.view = GridView(self.model, self)
        self.totals = Totals(self.view, self)
        self.slip = RefusalSlip(self)
        self.view.refused.connect(self.slip.say)
        self.slip.asked.connect(self._go)
        self.setFocusProxy(self.view)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.view, 1)
        box.addWidget(self.totals)
        box.addWidget(self._across())
        box.addWidget(self.slip)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show what the book says now; selection and place stay with their records."""
        self.model.set_rows(rows)

    def remember(self, preferences: Preferences, name: str) -> None:
        """Lay the columns out as this user had them in the list of this name, and remember what becomes of them."""
        view = self.view
        view.preferences, view.list_name = preferences, name
        if layout := preferences.layout(name):
            view.lay_out(layout)
        view.laid.connect(lambda: preferences.keep_layout(name, view.layout_now()))

    def _across(self) -> QScrollBar:
        """The view's own horizontal scroll bar would stand between the rows and their total: this one, below, moves it."""
        inner, outer = self.view.horizontalScrollBar(), QScrollBar(Qt.Orientation.Horizontal)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

        def follow() -> None:
            if not (isValid(inner) and isValid(outer)):  # the window is being taken down
                return
            outer.setRange(inner.minimum(), inner.maximum())
            outer.setPageStep(inner.pageStep())
            outer.setSingleStep(inner.singleStep())
            outer.setVisible(inner.maximum() > inner.minimum())

        inner.rangeChanged.connect(follow)
        inner.valueChanged.connect(outer.setValue)
        outer.valueChanged.connect(inner.setValue)
        outer.hide()
        return outer

    def _go(self, place: int, column: int) -> None:
        self.view.go(place, column)
        self.view.setFocus()
