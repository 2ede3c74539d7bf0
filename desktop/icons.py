"""The program's icons: one stroke style in resources/icons, tinted here."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import text

INK: Final = "#33506f"
PALE: Final = "#d7e3f1"
FAINT: Final = "#a7b0bb"
_SIZES: Final = (16, 20, 24, 32, 40, 48)


def icon(name: str, color: str = INK) -> QIcon:
    """An icon by the name of its file, in a color; pale grey where its action is disabled. "" gives an empty icon."""
    drawn = QIcon()
    if name:
        drawing = text(f"icons/{name}.svg")
        for mode, tint in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, FAINT)):
            read = QSvgRenderer(QByteArray(drawing.replace("#000000", tint).encode()))
            for size in _SIZES:
                drawn.addPixmap(_pixmap(read, size), mode)
    return drawn


def _pixmap(drawing: QSvgRenderer, size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    drawing.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return pixmap
