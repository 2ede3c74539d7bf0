"""Beside the pay sheet: one person's last 12 months drawn against 最低标准÷12, and the verdicts in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from office.pay_month import LinePoint
from policy.kinds.money import MONEY
from policy.kinds.month import in_words

_INK: Final = QColor("#1f6fd1")
_FLOOR: Final = QColor("#a3170b")
_FAINT: Final = QColor("#c9d1da")
_WORDS: Final = QColor("#4a5663")
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 8, 22, 40


class PayLine(QWidget):
    """The line itself: a dot a month, a gap where there is no pay, the floor dashed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.points: Sequence[LinePoint] = ()
        self.setMinimumHeight(150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(270, 200)

    def show_points(self, points: Sequence[LinePoint]) -> None:
        """Draw these months (oldest first)."""
        self.points = points
        self.setAccessibleName("12 个月应发工资走势")
        said = "；".join(
            f"{in_words(one.month)} {'无' if one.gross is None else MONEY.show(one.gross)}" for one in points
        )
        self.setAccessibleDescription(said)
        self.setToolTip(said.replace("；", "\n"))
        self.update()

    def places(self) -> list[tuple[float, float | None, float | None]]:
        """(x, y of 应发, y of the floor) of every month in this widget; None where there is none."""
        known = [amount for one in self.points for amount in (one.gross, one.floor) if amount is not None]
        if not known:
            return []
        low, high = min(known), max(known)
        room = max((high - low) * 12 // 10, high // 5, 1)  # a difference of a few 元 is to look small
        middle = (high + low) / 2
        wide, tall = self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM

        def y(amount: int | None) -> float | None:
            return None if amount is None else _TOP + tall / 2 - (amount - middle) / room * tall

        step = wide / len(self.points)
        return [(_LEFT + step * (at + 0.5), y(one.gross), y(one.floor)) for at, one in enumerate(self.points)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = self.font()
        small.setPointSizeF(small.pointSizeF() * 0.85)
        painter.setFont(small)
        places = self.places()
        if not any(one.gross is not None for one in self.points):
            painter.setPen(_WORDS)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "近 12 个月没有工资记录")
            painter.end()
            return
        base = self.height() - _BOTTOM + 6
        painter.setPen(_FAINT)
        painter.drawLine(QPointF(_LEFT, base), QPointF(self.width() - _RIGHT, base))
        step = (self.width() - _LEFT - _RIGHT) / len(self.points)
        painter.setPen(_WORDS)
        for (x, gross, _), one in zip(places, self.points, strict=True):
            painter.drawText(QRectF(x - step, base + 2, 2 * step, 14), Qt.AlignmentFlag.AlignCenter, str(one.month % 100))
            if one.month % 100 == 1 or one is self.points[0]:
                painter.drawText(QRectF(x - 20, base + 16, 60, 14), Qt.AlignmentFlag.AlignLeft, f"{one.month // 100}年")
            if gross is None:
                painter.drawText(QRectF(x - step, base - 16, 2 * step, 14), Qt.AlignmentFlag.AlignCenter, "缺")
        self._stroke(painter, [(x, gross) for x, gross, _ in places], QPen(_INK, 2))
        self._stroke(painter, [(x, floor) for x, _, floor in places], QPen(_FLOOR, 1.4, Qt.PenStyle.DashLine))
        painter.setPen(Qt.PenStyle.NoPen)
        for (x, gross, floor), one in zip(places, self.points, strict=True):
            if gross is not None:
                below = one.floor is not None and one.gross is not None and one.gross < one.floor and floor is not None
                painter.setBrush(_FLOOR if below else _INK)
                painter.drawEllipse(QPointF(x, gross), 3.2, 3.2)
        painter.setPen(_WORDS)
        last = next(one.gross for one in reversed(self.points) if one.gross is not None)
        painter.drawText(QRectF(_LEFT, 2, self.width() - _LEFT - _RIGHT, 16), Qt.AlignmentFlag.AlignRight, f"{MONEY.show(last)} 元")
        painter.end()

    @staticmethod
    def _stroke(painter: QPainter, places: Sequence[tuple[float, float | None]], pen: QPen) -> None:
        painter.setPen(pen)
        before: QPointF | None = None
        for x, y in places:
            here = None if y is None else QPointF(x, y)
            if before is not None and here is not None:
                painter.drawLine(before, here)
            before = here


class PayDrawer(QScrollArea):
    """The drawer on the right of the pay sheet: who, what the year comes to, the verdicts, and the line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inner = QWidget()
        inner.setObjectName("form")
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.name = QLabel()
        self.name.setObjectName("heading")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.line = PayLine()
        self.legend = QLabel()
        self.legend.setObjectName("purpose")
        self.legend.setWordWrap(True)
        box = QVBoxLayout(inner)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self.name)
        box.addWidget(self.words)
        box.addWidget(self.line, 1)
        box.addWidget(self.legend)
        self.setMinimumWidth(220)

    def show_person(self, name: str, sentences: Sequence[str], points: Sequence[LinePoint]) -> None:
        """Show a person ("" = nobody)."""
        self.name.setText(f"{name}　近 12 个月应发工资" if name else "点一行，查看本人近 12 个月走势")
        self.words.setText("\n".join(sentences))
        self.words.setVisible(bool(sentences))
        self.line.setVisible(bool(name))
        self.line.show_points(points)
        floor = next((one.floor for one in reversed(points) if one.floor is not None), None)
        self.legend.setText(
            f"虚线：最低标准÷12，约 {MONEY.show(floor)} 元，只供看趋势；是否达标按上面的核查结论。" if name and floor else ""
        )
        self.legend.setVisible(bool(self.legend.text()))
