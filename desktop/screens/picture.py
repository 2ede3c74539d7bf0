"""What the county's picture is painted with: cards with one figure, panels, bars of 应配 and 实配 by unit, and strips of verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from policy.figures import number
from policy.staffing import Staffing

GREEN, AMBER, RED, BLUE = "#2e8b57", "#d9822b", "#c0392b", "#1f6fd1"
GREY: Final = "#8a97a6"
EMPTY: Final = "#e2e7ee"
INK: Final = "#1f2933"
_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Panel(QFrame):
    """A white box with a title."""

    def __init__(self, title: str, inside: QWidget) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.title = QLabel(title)
        self.title.setObjectName("heading")
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(self.title)
        box.addWidget(inside, 1)


class Card(QFrame):
    """One figure with its name and a line of explanation; clicking (or Enter) leads to what is behind it."""

    clicked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.figure, self.line = QLabel("—"), QLabel()
        self.figure.setObjectName("figure")
        self.line.setObjectName("purpose")
        self.line.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 6, 12, 6)
        box.setSpacing(1)
        for label in (QLabel(name), self.figure, self.line):
            box.addWidget(label)

    def say(self, figure: str, line: str, color: str, more: str = "") -> None:
        """Fill the card; `more` is said on pointing at it."""
        self.figure.setText(figure)
        self.figure.setStyleSheet(f"color: {color};")
        self.line.setText(line)
        self.setToolTip(more or line)
        self.setAccessibleDescription(f"{figure} {line}")

    def fold(self, on: bool) -> None:
        """In a low window only the figure is shown, the line on pointing at it."""
        self.line.setVisible(not on)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class Lines(QWidget):
    """Painted lines one under another, each of the same height, clicked or walked with the arrows (Enter goes)."""

    HEIGHT = 21

    def __init__(self) -> None:
        super().__init__()
        self.at = 0
        self.setObjectName("bars")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def choose(self, at: int) -> None:
        """A line was clicked, or Enter pressed on it."""
        raise NotImplementedError

    def refit(self, words: str) -> None:
        """Other lines are to be painted; `words` says them to those who cannot see."""
        self.at = min(self.at, max(self.count() - 1, 0))
        self.setMinimumHeight(self.HEIGHT * self.count() + 6)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, self.HEIGHT * self.count() + 6)

    def frame_current(self, painter: QPainter) -> None:
        """Draw the frame of the line the keys stand on."""
        if self.hasFocus() and self.count():
            painter.setPen(QPen(QColor("#4a90e2"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRect(0, self.at * self.HEIGHT + 2, self.width() - 1, self.HEIGHT - 2))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y() - 4) // self.HEIGHT
        if 0 <= at < self.count():
            self.at = at
            self.choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() in _KEYS and self.count():
            self.choose(self.at)
        elif step is not None and 0 <= self.at + step < self.count():
            self.at += step
            self.update()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class Bars(Lines):
    """应配 (pale) and 实配 (green where met, amber where short) of each unit."""

    chosen = Signal(int)

    def __init__(self) -> None:
        self._lines: Sequence[Staffing] = ()
        super().__init__()
        self.setAccessibleName("各单位应配与实配")
        self.setToolTip("点一个单位，看它的人员")

    def show_lines(self, lines: Sequence[Staffing]) -> None:
        """Paint these units."""
        self._lines = lines
        self.refit("；".join(f"{line.unit.name} {words(line)}" for line in lines))

    def count(self) -> int:
        return len(self._lines)

    def choose(self, at: int) -> None:
        self.chosen.emit(self._lines[at].unit.id)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(self.font())
        most_name = self.width() // 3
        names = min(max((metrics.horizontalAdvance(line.unit.name) for line in self._lines), default=0) + 12, most_name)
        said = max((metrics.horizontalAdvance(words(line)) for line in self._lines), default=0) + 12
        most = max((max(line.need or 0, int(line.measured)) for line in self._lines), default=1) or 1
        room = max(self.width() - names - said, 40)
        for at, line in enumerate(self._lines):
            top = at * self.HEIGHT + 4
            painter.setPen(QColor(INK))
            name = metrics.elidedText(line.unit.name, Qt.TextElideMode.ElideRight, names - 8)
            painter.drawText(QRect(0, top, names - 8, self.HEIGHT - 3), _RIGHT, name)
            need, have = room * (line.need or 0) // most, int(room * line.measured / most)
            painter.fillRect(QRect(names, top + 3, need, self.HEIGHT - 9), QColor(EMPTY))
            color = GREY if line.met is None else GREEN if line.met else AMBER
            painter.fillRect(QRect(names, top + 3, have, self.HEIGHT - 9), QColor(color))
            if need and have > need:
                painter.fillRect(QRect(names + need, top + 3, 2, self.HEIGHT - 9), QColor("#ffffff"))
            painter.drawText(QRect(names + max(need, have) + 8, top, said, self.HEIGHT - 3), _LEFT, words(line))
        self.frame_current(painter)
        painter.end()


def words(line: Staffing) -> str:
    """实配 / 应配 and what is short or over, as said beside the bar."""
    if line.unit.exempt:
        return f"{number(line.measured)}　免予配备"
    if line.need is None:
        return f"{number(line.measured)} / —　数据不足"
    said = f"{number(line.measured)} / {line.need}"
    return said + (f"　缺 {number(line.shortfall)}" if line.shortfall else f"　高于最低 {number(line.surplus)}" if line.surplus else "")


@dataclass(frozen=True)
class Strip:
    """One line: its name, its parts (words, how much, color) side by side in proportion, what is said beside it, and where it leads."""

    name: str
    parts: Sequence[tuple[str, int, str]]
    said: str
    way: str

    @property
    def whole(self) -> int:
        """All parts together."""
        return sum(much for _, much, _ in self.parts)


class Strips(Lines):
    """达标 or not in one look: units, pay, the fund; a part says what it is where there is room for the words."""

    chosen = Signal(str)
    _LEAST: Final = 22
    """Pixels the smallest part is seen with."""

    def __init__(self) -> None:
        self._strips: Sequence[Strip] = ()
        super().__init__()
        self.setAccessibleName("达标情况")
        self.setToolTip("点一条，看组成它的记录")

    def show_strips(self, strips: Sequence[Strip]) -> None:
        """Paint these."""
        self._strips = strips
        self.refit("；".join(f"{one.name} {one.said}" for one in strips))

    def count(self) -> int:
        return len(self._strips)

    def choose(self, at: int) -> None:
        self.chosen.emit(self._strips[at].way)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = QFontMetrics(self.font())
        names = max((metrics.horizontalAdvance(one.name) for one in self._strips), default=0) + 12
        said = min(max((metrics.horizontalAdvance(one.said) for one in self._strips), default=0) + 12, self.width() // 2)
        room = max(self.width() - names - said, 60)
        for at, one in enumerate(self._strips):
            top = at * self.HEIGHT + 4
            painter.setPen(QColor(INK))
            painter.drawText(QRect(0, top, names - 8, self.HEIGHT - 3), _RIGHT, one.name)
            painter.fillRect(QRect(names, top + 1, room, self.HEIGHT - 5), QColor(EMPTY))
            left = names
            painter.setPen(QColor("#ffffff"))
            for (text, _, color), wide in zip(one.parts, _widths([much for _, much, _ in one.parts], room, self._LEAST), strict=True):
                part = QRect(left, top + 1, wide, self.HEIGHT - 5)
                painter.fillRect(part, QColor(color))
                if metrics.horizontalAdvance(text) + 8 <= wide:
                    painter.drawText(part, int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextDontClip), text)
                left += wide
            painter.setPen(QColor(INK))
            text = metrics.elidedText(one.said, Qt.TextElideMode.ElideRight, said - 8)
            painter.drawText(QRect(names + room + 8, top, said - 8, self.HEIGHT - 3), _LEFT, text)
        self.frame_current(painter)
        painter.end()


def _widths(parts: Sequence[int], room: int, least: int) -> list[int]:
    """The room shared out in proportion, whole pixels, no part that is there narrower than `least`; they fill the room exactly."""
    whole = sum(parts)
    if not whole:
        return [0] * len(parts)
    wide = [max(room * part // whole, least) if part else 0 for part in parts]
    widest = max(range(len(wide)), key=lambda at: wide[at])
    wide[widest] += room - sum(wide)
    return wide
