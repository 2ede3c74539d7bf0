"""Mending a mistake in a dated record: the same mistake in later ones is offered along, as one act."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMessageBox, QWidget

from db.lists import Column, Edit
from desktop.desk import Desk
from desktop.grid.model import Commit
from office.edit import change_cells, later


def mending(desk: Desk, columns: Sequence[Column], parent: QWidget | None = None) -> Commit:
    """For a list of dated records: writes cell edits as one act, and asks whether later records that say the same are meant too."""

    def commit(edits: list[Edit], name: str) -> None:
        also = desk.read(later, columns, edits)
        if also and not _agreed(edits, len(also), parent):
            also = []
        desk.act(change_cells, columns, edits, name, also)

    return commit


def _agreed(edits: Sequence[Edit], count: int, parent: QWidget | None) -> bool:
    labels = "、".join(dict.fromkeys(f"“{edit.column.field.label}”" for edit in edits))
    asked = QMessageBox(QMessageBox.Icon.Question, "后面的记录也改吗", "", parent=parent)
    asked.setText(f"后面还有 {count} 条记录的{labels}与改正前相同。这处错误也要在后面的记录里一并改正吗？")
    asked.setInformativeText("如果后面的内容本来就对，请只改这一条。改动可以一次撤销。")
    both = asked.addButton("一并改正", QMessageBox.ButtonRole.YesRole)
    one = asked.addButton("只改这一条", QMessageBox.ButtonRole.NoRole)
    asked.setDefaultButton(both)
    asked.setEscapeButton(one)
    asked.exec()
    return asked.clickedButton() is both
