"""The line over a screen shown for the first time: what it is for and what to do first, until the clerk has read it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class Hint(QFrame):
    """A sentence with 知道了; `read` is called when the clerk sends it away."""

    def __init__(self, sentence: str, read: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hint")
        said = QLabel(sentence)
        said.setWordWrap(True)
        self.button = QPushButton("知道了")
        self.button.clicked.connect(read)
        self.button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(said, 1)
        row.addWidget(self.button)
