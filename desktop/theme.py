"""How the program looks: Fusion in light colours, one style sheet, Chinese fonts and Qt's own words in Chinese."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from resources import text

FONTS: Final = ("Microsoft YaHei", "微软雅黑", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "PingFang SC", "sans-serif")
POINTS: Final = 10
SIZES: Final = {"小": 9.0, "标准": 10.0, "大": 12.0, "特大": 14.0}
"""What a clerk may choose, in points."""
OWN_FONTS: Final = ("QAbstractItemView", "QHeaderView", "QMenu", "QMenuBar", "QMessageBox", "QStatusBar", "QToolButton", "QTipLabel")
"""Widgets to which Windows gives smaller fonts of its own."""

_COLORS: Final = {
    QPalette.ColorRole.Window: "#f4f6f9",
    QPalette.ColorRole.WindowText: "#1f2933",
    QPalette.ColorRole.Base: "#ffffff",
    QPalette.ColorRole.AlternateBase: "#f7f9fc",
    QPalette.ColorRole.Text: "#1f2933",
    QPalette.ColorRole.Button: "#f4f6f9",
    QPalette.ColorRole.ButtonText: "#1f2933",
    QPalette.ColorRole.BrightText: "#ffffff",
    QPalette.ColorRole.ToolTipBase: "#fffbe6",
    QPalette.ColorRole.ToolTipText: "#1f2933",
    QPalette.ColorRole.Highlight: "#cfe2fb",
    QPalette.ColorRole.HighlightedText: "#10243a",
    QPalette.ColorRole.PlaceholderText: "#9aa4b0",
    QPalette.ColorRole.Link: "#1f6fd1",
    QPalette.ColorRole.Mid: "#c9d1da",
}
_GREYED: Final = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def apply(app: QApplication, points: float = POINTS) -> None:
    """Dress the application; `points` is the clerk's font size."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.setStyle("Fusion")
    app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    app.setPalette(palette())
    resize(app, points)


def resize(app: QApplication, points: float) -> None:
    """Everything on screen in another font size, headings and figures in proportion."""
    font = QFont()
    font.setFamilies(FONTS)
    font.setPointSizeF(points)
    app.setFont(font)
    for kind in OWN_FONTS:
        app.setFont(font, kind)  # type: ignore[arg-type]  # the stub says bytes, the binding takes text
    app.setStyleSheet(re.sub(r"(\d+)pt", lambda found: f"{int(found[1]) * points / POINTS:g}pt", text("style.qss")))


def mark(widget: QWidget, name: str, on: bool) -> None:
    """Set a property the style sheet asks for (wrong, folded), and have the widget painted by it."""
    if bool(widget.property(name)) != on:
        widget.setProperty(name, on)
        restyle(widget)


def restyle(widget: QWidget) -> None:
    """Have a widget painted by the style sheet anew, after a property it asks for has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def palette() -> QPalette:
    """Light colours whatever the system prefers."""
    colors = QPalette()
    for role, color in _COLORS.items():
        colors.setColor(role, QColor(color))
    for role in _GREYED:
        colors.setColor(QPalette.ColorGroup.Disabled, role, QColor("#9aa4b0"))
    return colors
