"""存档与复函: estimates as they were sent to 财政, with the letter and what came back."""

from __future__ import annotations

from db.lists.estimate import copies
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.output import preview
from desktop.page import Action, qaction
from desktop.screens.removing import ask_to_discard
from office.estimate_sheet import copy_page


class Copies(Grid):
    """The list, the letter and its reply filled in at their places; a double click on a figure shows the kept form."""

    def __init__(self, desk: Desk) -> None:
        columns = desk.read(copies).columns
        super().__init__(columns, desk.commit(columns), desk.today)
        self.desk = desk
        self.view.nothing = "还没有存档。测算定下来、发函给财政之前，用“存档”把它原样留下；函号和复函在这里登记。"
        self.view.filters.show_boxes(False)
        self.view.doubleClicked.connect(lambda index: None if self.model.columns[index.column()].editable else self.show_copy())
        self.own_actions = (
            qaction(Action("查看存档", self.show_copy, "print", tip="存档时的测算表，可以打印"), self),
            qaction(Action("移走存档", self.discard, "trash"), self),
        )
        self.view.addActions(list(self.own_actions))

    def refresh(self) -> int:
        """Read them again; returns how many there are."""
        rows = self.desk.read(copies).rows
        self.set_rows(rows)
        return len(rows)

    def show_copy(self) -> None:
        """The copy the clerk stands on, as it was, in the print preview."""
        if row := self.view.current_row():
            preview(self.desk.read(copy_page, row.keys["estimate_copy"][0]), self)

    def discard(self) -> None:
        """移走存档: into the recycle bin."""
        if row := self.view.current_row():
            ask_to_discard(self.desk, row, f"{row.values[1]} 存档的测算“{row.values[0]}”", parent=self)
