"""The grid's keys, as clerks know them from Excel and WPS, and its menu of the right mouse button."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

GESTURES: Final = {
    "copy": ("Ctrl+C", "Ctrl+Ins"),
    "copy with headings": ("Ctrl+Shift+C",),
    "cut": ("Ctrl+X",),
    "paste": ("Ctrl+V", "Shift+Ins"),
    "clear": ("Del",),
    "fill down": ("Ctrl+D",),
    "today": ("Ctrl+;",),
    "whole column": ("Ctrl+Space",),
    "whole row": ("Shift+Space",),
    "filters": ("Ctrl+Shift+L",),
}

MENU: Final = (
    ("复制\tCtrl+C", "copy"),
    ("带表头复制\tCtrl+Shift+C", "copy with headings"),
    ("粘贴\tCtrl+V", "paste"),
    ("", ""),
    ("向下填充\tCtrl+D", "fill down"),
    ("清除内容\tDelete", "clear"),
    ("", ""),
    ("按此值筛选", "filter by cell"),
    ("清除全部筛选", "no filters"),
)

ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
TAB: Final = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
MOVES: Final = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)

_NAMED: Final = {QKeySequence(keys): name for name, all_keys in GESTURES.items() for keys in all_keys}


def gesture(event: QKeyEvent) -> str:
    """The gesture a key stands for, "" for none."""
    return _NAMED.get(QKeySequence(event.keyCombination()), "")


def steps(event: QKeyEvent) -> bool:
    """Whether a key is Enter or Tab, with Shift or without."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return event.key() in ENTER + TAB and not held
