"""The states of an import's rows: their colours, and how many rows there are of each, to be shown or hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.screens.import_lines import SKIPPED
from office.imports.plan import CHANGED, DUPLICATE, NEW, SAME, STATES, WAITING, WRONG

TINTS: Final = {
    NEW: ("#e3f4e6", "#176b2c"), CHANGED: ("#e3eefc", "#174f9c"), SAME: ("#f2f3f5", "#5c6773"), DUPLICATE: ("#efe7f8", "#5b3a8c"),
    WAITING: ("#ffefcc", "#8a5200"), WRONG: ("#ffe1de", "#a3170b"), SKIPPED: ("#fbf6e3", "#7a6212"),
}  # fmt: skip
"""State → background and ink."""


class Chips(QWidget):
    """How many rows there are of each state; a click shows or hides them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.by_state = {state: self._chip(state) for state in (*STATES, SKIPPED)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel("显示"))
        for chip in self.by_state.values():
            row.addWidget(chip)
        row.addStretch(1)

    def _chip(self, state: str) -> QPushButton:
        chip = QPushButton()
        chip.setCheckable(True)
        chip.setChecked(True)
        back, ink = TINTS[state]
        chip.setStyleSheet(
            f"QPushButton {{ border: 1px solid #c9d1da; border-radius: 10px; padding: 2px 10px; background: #ffffff; color: #9aa4b0; }}"
            f"QPushButton:checked {{ background: {back}; border-color: {ink}; color: {ink}; }}"
            f"QPushButton:focus {{ border: 2px solid #4a90e2; }}"
        )
        chip.setAccessibleName(f"显示{state}的行")
        chip.setToolTip(f"点一下，隐藏或显示{state}的行")
        chip.toggled.connect(self.changed)
        return chip

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many rows there are of each state."""
        for state, chip in self.by_state.items():
            chip.setText(f"{state} {counts.get(state, 0)}")
            chip.setVisible(counts.get(state, 0) > 0)

    def show_all(self) -> None:
        """Hide none."""
        for chip in self.by_state.values():
            chip.setChecked(True)

    def ticked(self) -> set[str]:
        """The states to be shown."""
        return {state for state, chip in self.by_state.items() if chip.isChecked()}
