"""The record screen: list above, form and tabs below, actions in the toolbar, and a word on what to do while it is empty."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from db.lists import Key, Row
from desktop.grid import Grid
from desktop.grid.statistics import Statistics
from desktop.page import Action, Page, qaction
from desktop.record import RecordSpec, RowAction, Tab
from desktop.record.form import RecordForm

_SHARES: Final = (58, 42)


class RecordScreen(Page):
    """One entity's screen, as its `RecordSpec` says."""

    def __init__(self, spec: RecordSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spec = spec
        self.grid = Grid(spec.columns, spec.commit, spec.today)
        ids = [column.id for column in spec.columns]
        asked = [ids.index(name) for name in spec.creation.asked] if spec.creation else []
        self.form = RecordForm(self.grid.model, [ids.index(name) for name in spec.form], asked)
        self.row: Row | None = None
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(False)
        self.tabs.addTab(self.form, spec.form_title)
        self._tab_grids = [self._tab(tab) for tab in spec.tabs]
        self.tabs.currentChanged.connect(self._read_tab)
        split = QSplitter(Qt.Orientation.Vertical)
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
        self._row_actions: list[QAction] = []
        self._fill_toolbar()
        self._shortcuts()
        self.grid.view.row_changed.connect(self._stand_on)
        self.grid.view.statistics_changed.connect(self._say_statistics)
        self.grid.model.counted.connect(self._say_count)
        self.form.kept.connect(self._keep)
        self.form.dropped.connect(self.leave_new)

    # Building

    def _fill_toolbar(self) -> None:
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.setIconSize(QSize(18, 18))
        if self.spec.creation:
            self.toolbar.addAction(qaction(self._adding(), self))
        for action in self.spec.actions:
            if action is None:
                self.toolbar.addSeparator()
            elif isinstance(action, Action):
                self.toolbar.addAction(qaction(action, self))
            else:
                made = qaction(Action(action.words, partial(self._run, action), action.icon, action.keys, action.tip), self)
                made.setEnabled(False)
                self._row_actions.append(made)
                self.toolbar.addAction(made)
                self.grid.view.addAction(made)
        if self.spec.looked and any(column.field.kind.mask for column in self.spec.columns):
            look = qaction(Action("显示号码", lambda: None, "eye", tip="显示完整的证件号、手机号（查看会记入日志）"), self)
            look.setCheckable(True)
            look.toggled.connect(self._reveal)
            self.toolbar.addAction(look)

    def _adding(self) -> Action:
        assert self.spec.creation is not None
        return Action(self.spec.creation.words, self.start_new, "plus", "Ctrl+N")

    def _shortcuts(self) -> None:
        for keys, do in (
            ("Ctrl+S", self._save), ("Ctrl+Return", self._save_and_next), ("Ctrl+Enter", self._save_and_next), ("Esc", self._escape),
            ("Alt+PgUp", partial(self._step, -1)), ("Alt+PgDown", partial(self._step, 1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    def _tab(self, tab: Tab) -> Grid:
        grid = Grid(tab.columns, tab.commit, self.spec.today)
        grid.view.nothing = tab.nothing
        grid.view.statistics_changed.connect(self._say_statistics)
        self.tabs.addTab(grid, tab.title)
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

    def refresh(self) -> None:
        self.grid.set_rows(self.spec.rows())
        self._say_count(self.grid.model.rowCount(), self.grid.model.total())
        self._read_tab(self.tabs.currentIndex())

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, self.grid.view.shown_columns()[0])
        self.grid.view.setFocus()

    def _say_count(self, shown: int, total: int) -> None:
        self._stack.setCurrentIndex(1 if total == 0 and not self.form.is_new() else 0)
        counted = self.spec.counted
        self.status.emit(f"{total} {counted}" if shown == total else f"{total} {counted}，筛选后 {shown} {counted}")

    def _say_statistics(self, statistics: Statistics) -> None:
        self.statistics.emit(statistics.words())

    def _stand_on(self, row: Row | None) -> None:
        self.row = row
        for action in self._row_actions:
            action.setEnabled(row is not None)
        if not self.form.is_new():
            self.form.show_row(row)
        self._read_tab(self.tabs.currentIndex())

    def _read_tab(self, at: int) -> None:
        for number, (tab, grid) in enumerate(zip(self.spec.tabs, self._tab_grids, strict=True), 1):
            if number == at:
                rows = tab.rows(self.row) if self.row else ()
                grid.set_rows(rows)
                self.tabs.setTabText(number, f"{tab.title} ({len(rows)})")
            else:
                self.tabs.setTabText(number, tab.title)

    def _reveal(self, on: bool) -> None:
        if on and self.spec.looked:
            self.spec.looked()
        self.grid.model.reveal(on)
        if not self.form.is_new():
            self.form.show_row(self.row)

    # Doing

    def _run(self, action: RowAction) -> None:
        if self.row:
            action.run(self.row)

    def _step(self, by: int) -> None:
        self.form.settle()
        current = self.grid.view.currentIndex()
        if 0 <= current.row() + by < self.grid.model.rowCount():
            self.grid.view.go(current.row() + by, max(current.column(), 0))

    def start_new(self) -> None:
        """Empty the form for a new record (Ctrl+N)."""
        if self.spec.creation:
            self._stack.setCurrentIndex(0)
            self.tabs.setCurrentIndex(0)
            self.form.start_new(self.spec.creation.words)

    def leave_new(self) -> None:
        """Back to the record the clerk stood on (Esc)."""
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
        self.form.show_row(None)
        self.refresh()
        self.show_record(keys)
        if another:
            self.start_new()

    def show_record(self, keys: Mapping[str, Key]) -> None:
        """Go to a record, taking filters away that hide it."""
        if not self.grid.view.stand_on(keys):
            self.grid.view.filters.clear()
            self.grid.view.stand_on(keys)
        self._stand_on(self.grid.view.current_row())
        self.grid.view.setFocus()
