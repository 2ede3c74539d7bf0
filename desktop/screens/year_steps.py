"""The year a page shows, with the steps to the year before and after (Alt+PgUp, Alt+PgDn), at the left of its toolbar."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.page import Action, Page, qaction


def year_steps(page: Page, go: Callable[[int], None]) -> QLabel:
    """Put the steps into the page's toolbar; `go(by)` is called with −1 or 1. Returns the label that is to say the year."""
    page.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    said = QLabel()
    said.setContentsMargins(4, 0, 4, 0)
    back, on = (
        qaction(Action("", partial(go, by), picture, keys, tip), page)
        for by, picture, keys, tip in ((-1, "left", "Alt+PgUp", "上一年"), (1, "right", "Alt+PgDown", "下一年"))
    )
    page.addActions([back, on])
    page.toolbar.addAction(back)
    page.toolbar.addWidget(said)
    page.toolbar.addAction(on)
    page.toolbar.addSeparator()
    return said
