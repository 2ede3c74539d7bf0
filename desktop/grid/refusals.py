"""The slip under a grid that lists the cells which were not taken, and why; work goes on beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop.grid.block import Refusal

_MOST_LINES = 4


class RefusalSlip(QFrame):
    """Hidden until something is refused; a click on a line asks for its cell."""

    asked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("slip")
        self.title = QLabel()
        self.lines = QListWidget()
        self.lines.setAccessibleName("没有记入的单元格")
        self.lines.itemClicked.connect(self._ask)
        self.lines.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        copy, close = QPushButton("复制清单"), QPushButton("知道了")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText("\n".join(self.sentences())))
        close.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(copy)
        head.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 6, 10, 6)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.lines)
        self.hide()

    def say(self, refused: Sequence[Refusal], taken: int) -> None:
        """Show what was left alone; `taken` cells of the same gesture were changed."""
        rest = f"，其余 {taken} 个单元格已记入（可撤销）" if taken else ""
        self.title.setText(f"有 {len(refused)} 处没有记入{rest}：")
        self.lines.clear()
        for refusal in refused:
            line = QListWidgetItem(refusal.sentence)
            line.setToolTip(refusal.sentence)
            line.setData(Qt.ItemDataRole.UserRole, (refusal.place, refusal.column))
            self.lines.addItem(line)
        height = max(self.lines.sizeHintForRow(0), 1)
        self.lines.setFixedHeight(height * min(len(refused), _MOST_LINES) + 6)
        self.show()

    def sentences(self) -> list[str]:
        """What is listed."""
        return [self.lines.item(at).text() for at in range(self.lines.count())]

    def _ask(self, line: QListWidgetItem) -> None:
        place, column = line.data(Qt.ItemDataRole.UserRole)
        if place is not None and column is not None:
            self.asked.emit(place, column)
