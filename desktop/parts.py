"""Going about the window without a mouse: F6 from part to part (navigation, toolbar, list, form …), Enter on a button."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QPlainTextEdit, QTextEdit, QToolBar, QToolButton, QWidget

from desktop.page import Page

NAVIGATION: Final = "nav"
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def part_of(widget: QWidget) -> QWidget:
    """What a widget is a part of: its list, form or toolbar, the navigation, the page, or else the window."""
    from desktop.grid import Grid  # the start page needs this module, and no grid

    at: QWidget | None = widget
    while at is not None and not at.isWindow():
        if isinstance(at, Grid | QToolBar | Page) or at.objectName() in (NAVIGATION, "form"):
            return at
        at = at.parentWidget()
    return widget.window()


def step(window: QWidget, back: bool = False) -> None:
    """Take the keyboard to the next part of the window that can take it (or the one before)."""
    from desktop.grid import Grid

    here = window.focusWidget() or window
    own = part_of(here)
    at = here.previousInFocusChain() if back else here.nextInFocusChain()
    while at is not None and at is not here:
        if at.isVisible() and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus and at.window() is window and part_of(at) is not own:
            reason = Qt.FocusReason.BacktabFocusReason if back else Qt.FocusReason.TabFocusReason
            (part_of(at) if isinstance(part_of(at), Grid) else at).setFocus(reason)
            return
        at = at.previousInFocusChain() if back else at.nextInFocusChain()


def reachable(page: Page) -> None:
    """Give a toolbar's buttons the keyboard, which Qt takes from them, and let Tab leave tables and texts; a list to type into keeps it (F6
    leaves it)."""
    from desktop.grid.view import GridView

    buttons = cast("list[QToolButton]", page.toolbar.findChildren(QToolButton))
    views = cast("list[QAbstractItemView]", page.findChildren(QAbstractItemView))
    texts: list[QTextEdit | QPlainTextEdit] = [*page.findChildren(QTextEdit), *page.findChildren(QPlainTextEdit)]
    for button in buttons:
        if button.focusPolicy() == Qt.FocusPolicy.NoFocus:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    for view in views:
        if not isinstance(view, GridView):
            view.setTabKeyNavigation(False)
    for text in texts:
        text.setTabChangesFocus(True)


def entered(event: QKeyEvent, window: QWidget) -> bool:
    """Enter on a button presses it, as Space does; whether it did."""
    front = window.focusWidget()
    if event.key() not in _ENTER or not isinstance(front, QAbstractButton) or not front.isEnabled():
        return False
    front.click()
    return True
