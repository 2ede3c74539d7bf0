"""The record screen: list above, form and tabs below, actions in the toolbar, and a word on what to do while it is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from db.lists import Key, Row
from desktop.grid import Grid
from desktop.grid.statistics import Statistics
from desktop.page import Action, Page, qaction
from desktop.record import RecordSpec, RowAction, Tab
from desktop.record.dropping import DropBox
from desktop.record.form import RecordForm

_SHARES: Final = (58, 42)
_SHARES_ADDING: Final = (25, 75)
"""How list and form share the height; a new record needs its fields in sight."""
_COUNTED_AFTER: Final = 80
"""Milliseconds on one record after which its other tabs are counted: running down the list reads only the tab in front."""


class RecordScreen(Page):
    """One entity's screen, as its `RecordSpec` says."""

    def __init__(self, spec: RecordSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.grid = Grid(spec.columns, spec.commit, spec.today)
        ids = [column.id for column in spec.columns]
        self.form = RecordForm(self.grid.model, [ids.index(name) for name in spec.form], spec.creation, spec.follows)
        self.row: Row | None = None
        self._sizes: list[int] = []
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(False)
        self.tabs.addTab(self.form, spec.form_title)
        self.tab_grids = [self._tab(tab) for tab in spec.tabs]
        self.tabs.currentChanged.connect(self._read_tabs)
        self._split = split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.grid)
        split.addWidget(self.tabs)
        for at, share in enumerate(_SHARES):
            split.setStretchFactor(at, share)
            split.setCollapsible(at, at == 1)
        split.setSizes([share * 10 for share in _SHARES])
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(self._nothing())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self.setFocusProxy(self.grid)
        self._row_actions: list[tuple[QAction, RowAction]] = []
        self._look = self._check_action("显示号码", "显示完整的证件号、手机号（查看会记入日志）", "eye")
        self._wider = self._check_action(spec.wider.words if spec.wider else "", "", "people")
        self._fill_toolbar()
        self._shortcuts()
        self._counting = QTimer(self, singleShot=True, interval=_COUNTED_AFTER)
        self._counting.timeout.connect(self._count_tabs)
        self.grid.view.row_changed.connect(self._stand_on)
        self.grid.view.statistics_changed.connect(self._say_statistics)
        self.grid.model.counted.connect(self._say_count)
        self.form.kept.connect(self._keep)
        self.form.dropped.connect(self.leave_new)

    # Building

    def _fill_toolbar(self) -> None:
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.setIconSize(QSize(18, 18))
        more: list[QAction] = []
        if self.spec.creation:
            self.toolbar.addAction(qaction(self._adding(), self))
            if self.spec.creation.copied:
                tip = "以这条记录为样，新增一条：相同的内容先填好，只改不同的"
                more.append(self._row_action(RowAction("复制为新增", lambda _row: self.copy_new(), "plus", "Ctrl+Shift+N", tip)))
        for action in self.spec.actions:
            if action is None:
                self.toolbar.addSeparator()
            elif isinstance(action, Action):
                self.toolbar.addAction(qaction(action, self))
            elif action.more:
                more.append(self._row_action(action))
            else:
                self.toolbar.addAction(self._row_action(action))
        if self.spec.discard:
            tip = "登记错了的记录，连同挂在它下面的一起移走；可在“回收站”还原"
            discard = self._row_action(RowAction("移入回收站", lambda _row: self._discard(), "trash", "Ctrl+-", tip))
            for grid in self.tab_grids:
                grid.view.addAction(discard)
            more.append(discard)
        if more:
            self.toolbar.addWidget(self._more(more))
        if self.spec.wider:
            self._wider.toggled.connect(self.refresh)
            self.toolbar.addAction(self._wider)
        if self.spec.looked and any(column.field.kind.mask for column in self.spec.columns):
            self._look.toggled.connect(self._reveal)
            self.toolbar.addAction(self._look)

    def _row_action(self, action: RowAction) -> QAction:
        """An action on the record in front: greyed without one, also in the list's right-click menu."""
        made = qaction(Action(action.words, partial(self._run, action), action.icon, action.keys, action.tip), self)
        made.setEnabled(False)
        self._row_actions.append((made, action))
        self.grid.view.addAction(made)
        self.addAction(made)
        return made

    def _more(self, actions: list[QAction]) -> QToolButton:
        button = QToolButton()
        button.setText("更多")
        button.setToolTip("其他操作")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.addActions(actions)
        button.setMenu(menu)
        return button

    def _check_action(self, words: str, tip: str, icon: str) -> QAction:
        made = qaction(Action(words, lambda: None, icon, tip=tip), self)
        made.setCheckable(True)
        return made

    def _adding(self) -> Action:
        assert self.spec.creation is not None
        return Action(self.spec.creation.words, self.start_new, "plus", "Ctrl+N")

    def _shortcuts(self) -> None:
        for keys, do in (
            ("Ctrl+S", self._save), ("Ctrl+Return", self._save_and_next), ("Ctrl+Enter", self._save_and_next), ("Esc", self._escape),
            ("Alt+PgUp", partial(self._step, -1)), ("Alt+PgDown", partial(self._step, 1)),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _tab(self, tab: Tab) -> Grid:
        grid = Grid(tab.columns, tab.commit, self.spec.today)
        grid.view.nothing = tab.nothing
        grid.view.statistics_changed.connect(self._say_statistics)
        self.tabs.addTab(DropBox(grid, tab.dropping, lambda: self.row) if tab.dropping else grid, tab.title)
        return grid

    def _nothing(self) -> QWidget:
        page = QWidget()
        title, purpose = QLabel(self.spec.title), QLabel(self.spec.purpose)
        title.setObjectName("emptyTitle")
        purpose.setObjectName("purpose")
        purpose.setWordWrap(True)
        purpose.setMaximumWidth(640)
        offered = [self._adding()] if self.spec.creation else []
        row = QHBoxLayout()
        for at, action in enumerate([*offered, *self.spec.first_actions]):
            button = QPushButton(action.words + (f"  {action.keys}" if action.keys else ""))
            button.setProperty("main", at == 0)
            button.clicked.connect(lambda _checked=False, action=action: action.run())
            row.addWidget(button)
        row.addStretch(1)
        box = QVBoxLayout(page)
        box.setContentsMargins(48, 40, 48, 40)
        box.setSpacing(14)
        box.addWidget(title)
        box.addWidget(purpose)
        box.addLayout(row)
        box.addStretch(1)
        return page

    # Showing

    def listed(self) -> Grid:
        return self.grid

    def records(self) -> Mapping[Grid, str]:
        return {grid: "" for tab, grid in zip(self.spec.tabs, self.tab_grids, strict=True) if not tab.dropping}

    def tab_lists(self) -> Sequence[tuple[str, Grid]]:
        return [(tab.title, grid) for tab, grid in zip(self.spec.tabs, self.tab_grids, strict=True)]

    def purpose(self) -> str:
        return self.spec.purpose

    def refresh(self) -> None:
        wider = self.spec.wider if self._wider.isChecked() else None
        listing = wider.listing() if wider else self.spec.listing()
        self.grid.model.columns = tuple(listing.columns)
        self.form.renew()
        self.grid.set_rows(listing.rows)
        self.grid.view.viewport().update()
        self._say_count(self.grid.model.rowCount(), self.grid.model.total())
        self._read_tabs()

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, self.grid.view.shown_columns()[0])
        self.grid.view.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self._look.setChecked(False)  # numbers do not stay open behind another screen
        self._counting.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._read_tabs()

    def _say_count(self, shown: int, total: int) -> None:
        self._stack.setCurrentIndex(1 if total == 0 and not self.form.is_new() else 0)
        counted = self.spec.counted
        self.status.emit(f"{total} {counted}" if shown == total else f"{total} {counted}，筛选后 {shown} {counted}")

    def _say_statistics(self, statistics: Statistics) -> None:
        self.statistics.emit(statistics.words())

    def _stand_on(self, row: Row | None) -> None:
        self.row = row
        for made, action in self._row_actions:
            made.setEnabled(row is not None and action.fits(row))
        if not self.form.is_new():
            self.form.show_row(row)
        self._read_tabs()

    def _read_tabs(self) -> None:
        """Read the tab in front now, and count the others once the clerk stays on the record; nothing behind another screen."""
        if not self.isVisible():
            return
        for number, tab in enumerate(self.spec.tabs, 1):
            if number == self.tabs.currentIndex():
                self._read_tab(number)
            else:
                self.tabs.setTabText(number, tab.title)
        self._counting.start()

    def _count_tabs(self) -> None:
        for number, tab in enumerate(self.spec.tabs, 1):
            if tab.counted and number != self.tabs.currentIndex() and self.isEnabled():  # at rest while much is written: the book would not answer
                self._read_tab(number)

    def _read_tab(self, number: int) -> None:
        tab, grid = self.spec.tabs[number - 1], self.tab_grids[number - 1]
        if self.row is None:
            grid.set_rows(())
            self.tabs.setTabText(number, tab.title)
            return
        listing = tab.listing(self.row)
        grid.model.columns = tuple(listing.columns)
        grid.set_rows(listing.rows)
        grid.view.viewport().update()
        self.tabs.setTabText(number, f"{tab.title} ({len(listing.rows)})")

    def _reveal(self, on: bool) -> None:
        if on and self.spec.looked:
            self.spec.looked()
        self.grid.model.reveal(on)
        if not self.form.is_new():
            self.form.show_row(self.row)

    # Doing

    def _run(self, action: RowAction) -> None:
        if self.row and action.fits(self.row):
            action.run(self.row)

    def _discard(self) -> None:
        """The record in front, or the row of a tab the clerk stands in."""
        focus = QApplication.focusWidget()
        for tab, grid in zip(self.spec.tabs, self.tab_grids, strict=True):
            if focus is not None and grid.isAncestorOf(focus):
                if tab.discard and (row := grid.view.current_row()):
                    tab.discard(row)
                return
        if self.row and self.spec.discard:
            self.spec.discard(self.row)

    def _step(self, by: int) -> None:
        self.form.settle()
        current = self.grid.view.currentIndex()
        if 0 <= current.row() + by < self.grid.model.rowCount():
            self.grid.view.go(current.row() + by, max(current.column(), 0))

    def start_new(self) -> None:
        """Ask for a new record in the form (Ctrl+N)."""
        self._start_new({})

    def copy_new(self) -> None:
        """Ask for a new record that starts as the one in front (复制为新增)."""
        if self.spec.creation and self.row:
            values = {column.id: value for column, value in zip(self.grid.model.columns, self.row.values, strict=True)}
            self._start_new({name: values[name] for name in self.spec.creation.copied})

    def _start_new(self, given: Mapping[str, object]) -> None:
        if self.spec.creation:
            self._stack.setCurrentIndex(0)
            self.tabs.setCurrentIndex(0)
            if not self.form.is_new():
                self._make_room()
            self.form.start_new(self.spec.creation.words, given)

    def _make_room(self) -> None:
        self._sizes = self._split.sizes()
        if sum(self._sizes):  # nothing is laid out yet over an empty book
            self._split.setSizes([sum(self._sizes) * share // 100 for share in _SHARES_ADDING])

    def _give_back_room(self) -> None:
        if sum(self._sizes):
            self._split.setSizes(self._sizes)

    def leave_new(self) -> None:
        """Back to the record the clerk stood on (Esc)."""
        self._give_back_room()
        self.form.show_row(self.row)
        self._say_count(self.grid.model.rowCount(), self.grid.model.total())
        self.grid.view.setFocus()

    def _save(self) -> None:
        if self.form.is_new():
            self._keep(False)
        else:
            self.form.settle()

    def _save_and_next(self) -> None:
        if self.form.is_new():
            self._keep(True)

    def _escape(self) -> None:
        if not self.form.restore() and self.form.is_new():
            self.leave_new()

    def _keep(self, another: bool) -> None:
        values = self.form.values()
        if values is None or self.spec.creation is None:
            return
        try:
            keys = self.spec.creation.create(values)
        except ValueError as error:
            self.form.say(str(error))
            return
        self._give_back_room()
        self.form.show_row(None)
        self.refresh()
        self.show_record(keys)
        if another:
            self.start_new()

    def show_record(self, keys: Mapping[str, Key]) -> bool:
        """Go to a record, taking filters away that hide it, and to the wider list where it is only there; False if it is nowhere."""
        found = self.grid.view.stand_on(keys)
        if not found:
            self.grid.view.filters.clear()
            found = self.grid.view.stand_on(keys)
        if not found and self.spec.wider and not self._wider.isChecked():
            self._wider.setChecked(True)
            found = self.grid.view.stand_on(keys)
        self._stand_on(self.grid.view.current_row())
        self.grid.view.setFocus()
        return found
