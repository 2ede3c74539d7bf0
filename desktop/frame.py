"""The main window's frame: navigation, menus, date of reference, search box, banner and status bar. Screens are hung on it from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.icons import PALE, icon
from desktop.page import Action, Menu, Page, fill_menu
from desktop.parts import entered, reachable, step
from desktop.record.editors import DateEditor
from desktop.theme import mark
from desktop.worker import ProgressStrip
from policy.kinds import Unreadable
from policy.kinds.date import DATE

SMALLEST: Final = QSize(911, 480)
_WIDE, _NARROW, _FOLDS_BELOW, _AROUND = 150, 52, 950, 64
"""The navigation with words and without; what the page needs beside the words; what stands around a word."""
_DIGITS: Final = 9
"""Ctrl+1 to Ctrl+9."""


@dataclass(frozen=True)
class Entry:
    """A screen; its page is made when first visited. Screens of one `group` (合同) stand in the navigation as one button, with
    tabs over the page; "" = a button of its own. `apart`: below, with import, backup and settings. `follows`: its button has no
    number of its own; the number of the button before leads on to it."""

    words: str
    icon: str
    make: Callable[[], Page]
    apart: bool = False
    group: str = ""
    follows: bool = False

    @property
    def heading(self) -> str:
        """What its button in the navigation says."""
        return self.group or self.words


class Frame(QMainWindow):
    """The one window."""

    as_of_changed = Signal(date)
    """The clerk wants to see the book as of another day."""
    visited = Signal(str)
    """An entry of the navigation came to the front."""
    _built = False

    def __init__(self, entries: Sequence[Entry], menus: Sequence[Menu], as_of: date, today: Callable[[], date]) -> None:
        super().__init__()
        self.entries = tuple(entries)
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes."""
        self._pages: dict[int, Page] = {}
        self._stale: set[int] = set()
        self._at = -1
        self._as_of = as_of
        self._today = today
        self._county = self._book = ""
        self._saved = ""
        self._status: dict[int, str] = {}
        self._statistics: dict[int, str] = {}
        self.setMinimumSize(SMALLEST)
        for menu in menus:
            fill_menu(self.menuBar().addMenu(menu.words), menu.entries)
        self.search = QLineEdit(placeholderText="姓名、首字母、号码后四位、合同、文号")
        self.search.setAccessibleName("找人")
        self.search.setToolTip("查找：姓名、拼音首字母、证件号后四位、手机尾号、单位、合同，以及会议、方案、来文、培训、评价、整改事项等登记的标题和文号（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.banner, self.banner_button = QLabel(), QPushButton()
        self._banner = self._across_top()
        self.strip = ProgressStrip()
        self.date = DateEditor(DATE)
        self._stack, self._toolbars = QStackedWidget(), QStackedWidget()
        self._left, self._right = QLabel(), QLabel()
        self._buttons = QButtonGroup(self)
        self._headings = tuple(dict.fromkeys(entry.heading for entry in self.entries))
        self._last = {heading: next(at for at, entry in enumerate(self.entries) if entry.heading == heading) for heading in self._headings}
        """The screen of each button that was looked at last."""
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setAccessibleName("本组页面")
        self._tabs.tabBarClicked.connect(self._go_to_tab)
        self._nav = self._navigation()
        self.setCentralWidget(self._room())
        self._left.setContentsMargins(8, 0, 0, 0)
        self.statusBar().addWidget(self._left, 1)
        self.statusBar().addPermanentWidget(self._right)
        self._place = QLabel()
        self.statusBar().addPermanentWidget(self._place)
        for keys, act in (
            ("Ctrl+F", self._find), ("F6", partial(step, self)), ("Shift+F6", partial(step, self, back=True)),
            ("Ctrl+PgDown", partial(self._turn, 1)), ("Ctrl+PgUp", partial(self._turn, -1)),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._built = True
        self.resize(1280, 720)

    # Building

    def _navigation(self) -> QWidget:
        nav = QFrame()
        nav.setObjectName("nav")
        nav.setFixedWidth(_WIDE)
        box = QVBoxLayout(nav)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        apart = {entry.heading for entry in self.entries if entry.apart}
        for digit, family in enumerate(self._families(), 1):
            if digit <= _DIGITS:
                QShortcut(QKeySequence(f"Ctrl+{digit}"), self).activated.connect(lambda family=family: self._go_on(family))
        for number, heading in enumerate(self._headings):
            if heading in apart and heading == min(apart, key=self._headings.index):
                box.addStretch(1)
            box.addWidget(self._button(number, heading))
        return nav

    def _families(self) -> list[list[str]]:
        """Headings by the number that leads to them."""
        found: list[list[str]] = []
        for heading in self._headings:
            follows = self.entries[self._last[heading]].follows and found
            found[-1].append(heading) if follows else found.append([heading])
        return found

    def _go_on(self, family: list[str]) -> None:
        """To the first button of a number; pressed again, to the one that follows it."""
        here = self.entries[self._at].heading if self._at >= 0 else ""
        self.go(self._last[family[(family.index(here) + 1) % len(family)] if here in family else family[0]])

    def _button(self, number: int, heading: str) -> QPushButton:
        button = QPushButton(icon(self.entries[self._last[heading]].icon, PALE), "  " + heading)
        button.setIconSize(QSize(20, 20))
        button.setCheckable(True)
        button.setAccessibleName(heading)
        digit, again = next((at, family.index(heading)) for at, family in enumerate(self._families(), 1) if heading in family)
        keys = f"Ctrl+{digit}" + (f" 按 {again + 1} 次" if again else "") if digit <= _DIGITS else ""
        button.setToolTip(f"{heading}（{keys}）" if keys else heading)
        button.clicked.connect(lambda: self.go(self._last[heading]))
        self._buttons.addButton(button, number)
        return button

    def _room(self) -> QWidget:
        top = QFrame()
        top.setObjectName("topRow")
        row = QHBoxLayout(top)
        row.setContentsMargins(6, 3, 10, 3)
        row.setSpacing(8)
        self._toolbars.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.search.setMaximumWidth(290)
        self.search.setMinimumWidth(130)
        row.addWidget(self._toolbars, 3)
        row.addWidget(QLabel("截至日期"))
        row.addWidget(self._date_chooser())
        row.addWidget(self.search, 1)
        room = QWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._banner)
        right.addWidget(top)
        inner = QVBoxLayout()
        inner.setContentsMargins(8, 8, 8, 8)
        inner.addWidget(self._tabs)
        inner.addWidget(self._stack)
        right.addLayout(inner, 1)
        right.addWidget(self.strip)
        both = QHBoxLayout(room)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(self._nav)
        both.addLayout(right, 1)
        return room

    def _across_top(self) -> QFrame:
        """The yellow line, with room for one button."""
        line = QFrame()
        line.setObjectName("banner")
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 2, 12, 2)
        self.banner.setWordWrap(True)
        row.addWidget(self.banner, 1)
        row.addWidget(self.banner_button)
        line.hide()
        return line

    def _date_chooser(self) -> DateEditor:
        self.date.setText(DATE.show(self._as_of))
        self.date.setAccessibleName("截至日期")
        self.date.setToolTip("按哪一天的情况显示和计算。可写 2026-11-03、11.3、今天。")
        self.date.left.connect(self._take_date)
        return self.date

    # Going about

    def go(self, at: int) -> Page:
        """Bring an entry's page to the front, making it on the first visit and reading it again if the book moved since."""
        if at not in self._pages:
            self._pages[at] = self._hang(at)
            self._stale.add(at)
        self._at = at
        page = self._pages[at]
        heading = self.entries[at].heading
        self._last[heading] = at
        self._buttons.button(self._headings.index(heading)).setChecked(True)
        self._show_tabs(heading, at)
        self._stack.setCurrentWidget(page)
        self._toolbars.setCurrentWidget(page.toolbar)
        reachable(page)
        if at in self._stale or page.behind:
            self._stale.discard(at)
            page.behind = False
            page.refresh()
        page.set_out()
        self._say()
        self.visited.emit(self.entries[at].words)
        return page

    def _show_tabs(self, heading: str, at: int) -> None:
        """The tabs of a group of screens, the one in front marked; none over a screen that stands alone."""
        screens = [one for one, entry in enumerate(self.entries) if entry.heading == heading]
        if [self._tabs.tabData(tab) for tab in range(self._tabs.count())] != screens:
            while self._tabs.count():
                self._tabs.removeTab(0)
            for one in screens:
                self._tabs.setTabData(self._tabs.addTab(self.entries[one].words), one)
        self._tabs.setVisible(len(screens) > 1)
        self._tabs.setCurrentIndex(screens.index(at))

    def _turn(self, by: int) -> None:
        """The next screen of the group, or the one before, as Excel goes from sheet to sheet."""
        if self._tabs.count() > 1:
            self._go_to_tab((self._tabs.currentIndex() + by) % self._tabs.count())

    def _go_to_tab(self, tab: int) -> None:
        if tab >= 0:
            self.go(self._tabs.tabData(tab))

    def _hang(self, at: int) -> Page:
        page = self.entries[at].make()
        page.status.connect(lambda words: self._hear(self._status, at, words))
        page.statistics.connect(lambda words: self._hear(self._statistics, at, words))
        self._stack.addWidget(page)
        self._toolbars.addWidget(page.toolbar)
        return page

    def _hear(self, said: dict[int, str], at: int, words: str) -> None:
        said[at] = words
        self._say()

    def page(self) -> Page | None:
        """The page in front."""
        return self._pages.get(self._at)

    def words(self) -> str:
        """The entry in front, in words."""
        return self.entries[self._at].words if self._at >= 0 else ""

    def refresh(self) -> None:
        """The book moved: the page in front is read again now, the others when they are visited."""
        self._stale = set(self._pages) - {self._at}
        if page := self.page():
            page.refresh()

    # Words around the page

    def set_book(self, county: str, book: str, operator: str = "") -> None:
        """Name the county and its book in the title, book and operator in the status bar."""
        self._county, self._book = county, book
        self._place.setText("　".join(words for words in (book, operator) if words))
        self._say()

    def set_banner(self, words: str, action: Action | None = None) -> None:
        """A yellow line over everything (演示数据), with something to do about it; "" takes it away."""
        self.banner.setText(words)
        self.banner_button.setVisible(action is not None)
        if action is not None:
            self.banner_button.setText(action.words)
            self.banner_button.setToolTip(action.tip)
            self.banner_button.clicked.connect(lambda _checked=False: action.run())
        self._banner.setVisible(bool(words))

    def set_saved(self, words: str) -> None:
        """What the status bar says beside the page's own words: 已保存 09:12 ｜ 备份 08:31."""
        self._saved = words
        self._say()

    def _say(self) -> None:
        self._left.setText("　｜　".join(words for words in (self._status.get(self._at, ""), self._saved) if words))
        self._right.setText(self._statistics.get(self._at, ""))
        here = self.words()
        self.setWindowTitle(" — ".join(words for words in (self._county, here, self._book) if words) or "经办台账")

    # Date of reference, search

    def as_of(self) -> date:
        """The day the book is shown as of."""
        return self._as_of

    def _take_date(self) -> None:
        try:
            day = DATE.parse(self.date.text(), self._today())
        except Unreadable as error:
            self.statusBar().showMessage(str(error), 8000)
            day = None
        if day is not None and day != self._as_of:
            self._as_of = day
            self.as_of_changed.emit(day)
        self.date.setText(DATE.show(self._as_of))

    def _find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    # Qt's side

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self._built:
            self._fit()

    def _fit(self) -> None:
        """Give the navigation, the toolbar and the date the room their words need."""
        metrics = self.fontMetrics()
        wide = max(_WIDE, max(metrics.horizontalAdvance(f"  {heading}") for heading in self._headings) + _AROUND)
        folded = self.width() < _FOLDS_BELOW + wide
        self._nav.setFixedWidth(_NARROW if folded else wide)
        self._toolbars.setFixedHeight(max(36, metrics.height() + 16))
        self.date.setFixedWidth(metrics.horizontalAdvance("2026-12-30") + 48)
        for number, heading in enumerate(self._headings):
            button = self._buttons.button(number)
            if bool(button.property("folded")) != folded:
                button.setText("" if folded else "  " + heading)
                mark(button, "folded", folded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not entered(event, self):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close():
            event.accept()
        else:
            event.ignore()
