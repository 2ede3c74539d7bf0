"""Chips over a list: each a part of it with how many rows it has; one is chosen at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class Chips(QWidget):
    """One chip a part, in order; the first is chosen to begin with."""

    chosen = Signal(str)
    """The clerk chose a part, by its words."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = tuple(words)
        self.now = self.words[0]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for at, word in enumerate(self.words):
            button = QPushButton(word)
            button.setCheckable(True)
            button.setChecked(at == 0)
            button.setProperty("chip", True)
            button.clicked.connect(lambda _checked=False, word=word: self.choose(word))
            self._group.addButton(button, at)
            row.addWidget(button)
        row.addStretch(1)

    def button(self, word: str) -> QPushButton:
        """The chip of a part."""
        found = self._group.button(self.words.index(word))
        assert isinstance(found, QPushButton)
        return found

    def choose(self, word: str) -> None:
        """Choose a part, as a click does."""
        self.now = word
        self.button(word).setChecked(True)
        self.chosen.emit(word)

    def say(self, counts: Mapping[str, int]) -> None:
        """How many rows each part has."""
        for word in self.words:
            self.button(word).setText(f"{word}　{counts.get(word, 0)}")
