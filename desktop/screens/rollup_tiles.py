"""全市概览: a tile for every county, coloured by 配备率 or 标准达标率; a click shows the county's return."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from returns.sheet import Cell, Measure, Value, shown

ORDERS: Final = ("配备率从低到高", "标准达标率从低到高", "按汇总单位顺序")
_WIDE: Final = 176
_STEPS: Final = ((Fraction(1), "#d5ecd9", "达到 100%"), (Fraction(9, 10), "#eef3cf", "90% 以上"), (Fraction(3, 4), "#fce8c3", "75% 以上"), (Fraction(-1), "#f8cfca", "不足 75%"))
_UNKNOWN: Final = "#eceff3"


@dataclass(frozen=True)
class Tile:
    """What a tile shows of a county."""

    number: int
    name: str
    state: str
    staffed: Value
    paid_up: Value
    gap: str
    """缺口 and the state, in words; "" where nothing is in the roll-up."""
    there: bool
    """Whether a return can be looked at (one sent back too)."""


def said(rate: Value) -> str:
    """A rate as printed; 未报 where there is none."""
    return shown(Cell(rate), Measure.RATE) if isinstance(rate, int | Fraction) else "数据不足" if rate is None else "—"


def color(rate: Value) -> str:
    """The colour of a rate."""
    return next(hue for least, hue, _ in _STEPS if rate >= least) if isinstance(rate, int | Fraction) else _UNKNOWN


class Tiles(QWidget):
    """The tiles in the order chosen, reflowed to the width there is."""

    chosen = Signal(int)
    """A county's number."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles: Sequence[Tile] = ()
        self.order = QComboBox()
        self.order.setAccessibleName("排列")
        self.order.addItems(ORDERS)
        self.order.currentIndexChanged.connect(lambda _at: self._lay())
        self.buttons: list[QToolButton] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        inner = QWidget()
        inner.setLayout(self._grid)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(inner)
        self.nothing = QLabel("还没有收到县（市、区）的数据包。用“接收数据包”或“接收文件夹”把报来的文件收进来。", wordWrap=True)
        self.nothing.setObjectName("purpose")
        head = QHBoxLayout()
        head.addWidget(QLabel("排列"))
        head.addWidget(self.order)
        for _, hue, words in (*_STEPS, (None, _UNKNOWN, "未报或数据不足")):
            square = QLabel()
            square.setFixedSize(14, 14)
            square.setStyleSheet(f"background: {hue}; border: 1px solid #a6b1bd;")
            head.addSpacing(8)
            head.addWidget(square)
            head.addWidget(QLabel(words))
        head.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.addLayout(head)
        box.addWidget(self.nothing)
        box.addWidget(self._scroll, 1)

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these counties."""
        self._tiles = tiles
        self.nothing.setVisible(not any(isinstance(one.staffed, int | Fraction) for one in tiles))
        self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _by(self, one: Tile) -> Value:
        return one.paid_up if self.order.currentText() == ORDERS[1] else one.staffed

    def _lay(self) -> None:
        for button in self.buttons:
            self._grid.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(one) for one in self._sorted()]
        self._place()

    def _sorted(self) -> list[Tile]:
        if self.order.currentText() == ORDERS[2]:
            return list(self._tiles)

        def place(one: Tile) -> tuple[bool, Fraction]:
            rate = self._by(one)
            return (False, Fraction(rate)) if isinstance(rate, int | Fraction) else (True, Fraction(0))

        return sorted(self._tiles, key=place)

    def _button(self, one: Tile) -> QToolButton:
        button = QToolButton()
        lines = (one.name, f"配备率 {said(one.staffed)}", f"标准达标率 {said(one.paid_up)}", one.gap) if one.gap else (one.name, one.state)
        button.setText("\n".join(lines))
        button.setAccessibleName("，".join(lines))
        button.setToolTip(f"{one.name}：{one.state}。点击查看报表" if one.there else f"{one.name}：{one.state}")
        button.setFixedSize(_WIDE - 8, 92)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setStyleSheet(
            f"QToolButton {{ background: {color(self._by(one))}; border: 1px solid #c9d1da; border-radius: 6px; }}"
            "QToolButton:hover, QToolButton:focus { border: 2px solid #1f6fd1; }"
        )
        button.setEnabled(one.there)
        button.clicked.connect(lambda _on=False, number=one.number: self.chosen.emit(number))
        return button

    def _place(self) -> None:
        across = max(1, (self.width() - 40) // _WIDE)
        for at, button in enumerate(self.buttons):
            self._grid.addWidget(button, at // across, at % across)
