"""What each scenario needs, from where it comes and what is missing, as two bars a scenario: on screen and under the printed page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.printing import Picture
from policy.contract_facts import SOURCES
from policy.estimate import ITEMS, RESERVE, SEVERANCE, Estimate
from returns.sheet import Cell, Measure, shown

GAP: Final = "缺口"
NEED_COLORS: Final = dict(zip(
    (*ITEMS, SEVERANCE, RESERVE), ("#1f6fd1", "#5c9be0", "#9cc3ee", "#c7dcf4", "#8e7cc3", "#b4a7d6", "#d9a5b8", "#a6b1bd"), strict=True,
))  # fmt: skip
SUPPLY_COLORS: Final = dict(zip(
    SOURCES, ("#2e8b57", "#6aa84f", "#93c47d", "#b6d7a8", "#c9b458", "#45818e", "#76a5af", "#a2c4c9"), strict=True,
))  # fmt: skip
_RED: Final = QColor("#c0392b")
_INK: Final = QColor("#1f2933")


class Bars(QWidget):
    """The chart on screen."""

    def __init__(self) -> None:
        super().__init__()
        self._results: Sequence[Estimate] = ()
        self.setObjectName("bars")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("各方案的需求、来源和缺口")

    def show_results(self, results: Sequence[Estimate]) -> None:
        """Paint these."""
        self._results = results
        self.setAccessibleDescription("；".join(said(one) for one in results))
        self.setToolTip("\n".join(said(one) for one in results))
        self.setMinimumHeight(round(height(results, QFontMetricsF(self.font()), 240)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, QRectF(self.rect()).adjusted(8, 4, -8, -4), self._results)
        painter.end()


def picture(results: Sequence[Estimate]) -> Picture:
    """The chart for a printed page."""
    return Picture(lambda metrics, width: height(results, metrics, width), lambda painter, box: paint(painter, box, results))


def said(result: Estimate) -> str:
    """A scenario in one sentence: 最低达标：需求 210.00 万元，来源 132.00 万元，缺口 78.00 万元."""
    given = f"来源 {_wan(result.given)} 万元，{_gap_words(result)}" if result.fund_known else "来源没有登记"
    return f"{result.scenario.name}：需求 {_wan(result.total)} 万元，{given}"


def paint(painter: QPainter, box: QRectF, results: Sequence[Estimate]) -> None:
    """Two bars a scenario and the legend, within `box`, in the painter's font."""
    if not results:
        return
    metrics = QFontMetricsF(painter.font())
    line = metrics.height()
    bar = line * 0.9
    words = max(metrics.horizontalAdvance(text) for one in results for text in (_wan(one.total), _end_words(one))) + 6
    left = metrics.horizontalAdvance("需求") + 6
    most = max(1, *(max(one.total, one.given if one.fund_known else 0) for one in results))
    scale = max(40.0, box.width() - left - words) / most
    top = box.top()
    for one in results:
        painter.setPen(_INK)
        name = metrics.elidedText(one.scenario.name, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(QPointF(box.left(), top + metrics.ascent()), name)
        top += line + 1
        for title, parts, end in (("需求", _needed(one), _wan(one.total)), ("来源", _given(one), _end_words(one))):
            painter.setPen(_INK)
            painter.drawText(QPointF(box.left(), top + metrics.ascent() - line * 0.05), title)
            x = box.left() + left
            for part, amount in parts:
                wide = amount * scale
                piece = QRectF(x, top, wide, bar)
                if part == GAP:
                    painter.fillRect(piece, QBrush(_RED, Qt.BrushStyle.BDiagPattern))
                    painter.setPen(QPen(_RED, 1))
                    painter.drawRect(piece.adjusted(0.5, 0.5, -0.5, -0.5))
                else:
                    painter.fillRect(piece, QColor(NEED_COLORS.get(part) or SUPPLY_COLORS[part]))
                x += wide
            painter.setPen(_RED if title == "来源" and one.fund_known and one.gap > 0 else _INK)
            painter.drawText(QPointF(x + 4, top + metrics.ascent() - line * 0.05), end)
            top += bar + 2
        top += line * 0.5
    _legend(painter, QRectF(box.left(), top, box.width(), line), _colors(results))


def height(results: Sequence[Estimate], metrics: QFontMetricsF, width: float) -> float:
    """The room `paint` needs."""
    line = metrics.height()
    entries = _colors(results)
    across = sum(metrics.horizontalAdvance(name) + line + 12 for name in entries)
    return 8 + len(results) * (line * 3.3 + 5) + line * 1.2 * (across // max(width, 1) + 2)


def _needed(result: Estimate) -> Iterator[tuple[str, int]]:
    return ((item, amount) for item, amount in result.items.items() if amount)


def _given(result: Estimate) -> Iterator[tuple[str, int]]:
    if result.fund_known:
        yield from ((source, amount) for source, amount in result.supply.items() if amount > 0)
        if result.gap > 0:
            yield GAP, result.gap


def _colors(results: Sequence[Estimate]) -> Mapping[str, QColor | None]:
    """Everything to be seen in the bars, each once; the gap has no plain colour."""
    found: dict[str, QColor | None] = {}
    for parts in (_needed, _given):
        for one in results:
            for name, _ in parts(one):
                if name != GAP:
                    found[name] = QColor(NEED_COLORS.get(name) or SUPPLY_COLORS[name])
    return found | ({GAP: None} if any(one.fund_known and one.gap > 0 for one in results) else {})


def _legend(painter: QPainter, box: QRectF, entries: Mapping[str, QColor | None]) -> None:
    metrics = QFontMetricsF(painter.font())
    line, x, y = metrics.height(), box.left(), box.top()
    for name, color in entries.items():
        wide = metrics.horizontalAdvance(name) + line + 12
        if x > box.left() and x + wide > box.right() + 12:
            x, y = box.left(), y + line * 1.2
        square = QRectF(x, y + line * 0.15, line * 0.7, line * 0.7)
        painter.fillRect(square, QBrush(_RED, Qt.BrushStyle.BDiagPattern) if color is None else color)
        painter.setPen(_INK)
        painter.drawText(QPointF(x + line * 0.7 + 4, y + metrics.ascent()), name)
        x += wide


def _end_words(result: Estimate) -> str:
    return _gap_words(result) if result.fund_known else "没有登记"


def _gap_words(result: Estimate) -> str:
    return f"缺 {_wan(result.gap)}" if result.gap > 0 else f"余 {_wan(-result.gap)}" if result.gap else "正好"


def _wan(fen: int) -> str:
    return shown(Cell(fen), Measure.WAN)
