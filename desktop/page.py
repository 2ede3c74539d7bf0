"""What a screen hands to the frame: the page, its actions as plain data, and its words for the status bar."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar, QWidget

from desktop.icons import icon

if TYPE_CHECKING:
    from db.lists import Key
    from desktop.grid import Grid
    from desktop.printing import Picture
    from returns.sheet import Sheet


@dataclass(frozen=True)
class Action:
    """Something a clerk may do: words, what it does, icon (a name of resources/icons), keys ("Ctrl+I") and a line of explanation."""

    words: str
    run: Callable[[], object]
    icon: str = ""
    keys: str = ""
    tip: str = ""


@dataclass(frozen=True)
class Menu:
    """A menu and what is in it; None stands for a line between groups."""

    words: str
    entries: Sequence[Action | Menu | None]


def qaction(action: Action, parent: QWidget) -> QAction:
    """The action as Qt knows it, not yet in any menu."""
    made = QAction(icon(action.icon), action.words, parent)
    made.triggered.connect(lambda _checked=False: action.run())
    plain = action.words.replace("&", "").rstrip("…")
    if action.keys:
        made.setShortcut(QKeySequence(action.keys))
    made.setToolTip(f"{action.tip or plain}（{action.keys}）" if action.keys else action.tip or plain)
    return made


def fill_menu(menu: QMenu, entries: Sequence[Action | Menu | None]) -> None:
    """Put entries into a menu, submenus and all."""
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, Menu):
            fill_menu(menu.addMenu(entry.words), entry.entries)
        else:
            menu.addAction(qaction(entry, menu))


class Page(QWidget):
    """One entry of the navigation. The frame shows its `toolbar` above it and its words below, and calls `refresh` when the book moved."""

    status = Signal(str)
    """For the left of the status bar: 24 人，筛选后 9 人."""
    open_record = Signal(str, int)
    """A record (table, number) is to be shown on its own screen."""
    visit = Signal(str)
    """Another screen, by its words in the navigation, is to come to the front."""
    statistics = Signal(str)
    """For the right of it: 平均值, 计数, 求和 of what is selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toolbar = QToolBar()
        self._begins: QWidget | None = None
        self.behind = False
        """A check came in while the page was not seen: it is to be read again when it comes to the front."""

    def listed(self) -> Grid | None:
        """The page's main list: what 打印预览 and 导出当前表 take, unless it has a form of its own."""
        return None

    def tab_lists(self) -> Sequence[tuple[str, Grid]]:
        """The lists on tabs below it, with their titles."""
        return ()

    def purpose(self) -> str:
        """What the page is for, said over it until the clerk has read it; "": nothing is said."""
        return ""

    def records(self) -> Mapping[Grid, str]:
        """The lists whose rows are records that may have 附件 (and no tab for them), with the table of these records ("": the row's first)."""
        from desktop.grid import Grid

        return dict.fromkeys(self.findChildren(Grid), "")

    def printed(self) -> Sheet | None:
        """The form this page shows, for printing; None: its list."""
        return None

    def picture(self) -> Picture | None:
        """A picture printed under the form, with the height it wants at a width; None: none."""
        return None

    def span(self) -> str:
        """What stands in the middle under the title of its printed list, e.g. 2026年5月."""
        return ""

    def export(self) -> bool:
        """Export what is shown in the page's own way; False: as a list."""
        return False

    def show_record(self, keys: Mapping[str, Key]) -> bool:
        """Go to a record (table → key) of this page; False: it is nowhere here."""
        return False

    def refresh(self) -> None:
        """Read again what is shown."""

    def follow(self, checked: SignalInstance) -> None:
        """Read again when a check has come in, but not while another page is in front."""
        checked.connect(self._hear_check)

    def _hear_check(self) -> None:
        self.behind = self.isHidden() and not self.isWindow()
        if not self.behind:
            self.refresh()

    def setFocusProxy(self, widget: QWidget | None) -> None:
        """Where work begins. Qt's own proxy would make the page a stop that Tab takes for its list: what stands before the list
        could only be reached backwards."""
        self._begins = widget

    def set_out(self) -> None:
        """The page comes to the front: put the focus where work begins."""
        (self._begins or self).setFocus()
