"""The grid's keys, as clerks know them from Excel and WPS."""

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
    "values": ("Alt+Down",),
    "find column": ("Ctrl+Shift+F",),
}

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


def beside(column: int, columns: list[int], stops: list[int], back: bool) -> tuple[int, int]:
    """The next cell of a row to stop at: rows to go on (−1, 0, 1) and column. At the row's end it is in the row after (or before)."""
    here = columns.index(column)
    left = [stop for stop in stops if columns.index(stop) < here]
    right = [stop for stop in stops if columns.index(stop) > here]
    if back:
        return (0, left[-1]) if left else (-1, stops[-1])
    return (0, right[0]) if right else (1, stops[0])
