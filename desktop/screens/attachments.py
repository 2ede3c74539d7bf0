"""附件 of any record: the tab of a record's screen, and a window for the rows of every other list (a payment, an amendment, a pay month).

Files are dropped on them, opened, given out, moved into the recycle bin.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QFileDialog, QMessageBox, QVBoxLayout, QWidget

from db.lists import Row
from db.lists import attachments as lists
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.opening import confirmed
from desktop.page import Action, Page, qaction
from desktop.record import Dropping, Tab
from desktop.record.dropping import DropBox
from desktop.screens.removing import ask_to_discard
from office import attachments as acts

KEYS: Final = "Ctrl+Shift+A"


def attachments_tab(desk: Desk, table: str, attach: Callable[[Row, Sequence[Path]], object] | None = None) -> Tab:
    """The tab for records of a table; `attach` adds files where it takes more than the record's number."""

    def number(record: Row) -> int:
        return acts.number(record.keys[table])

    def add(record: Row, _rows: Sequence[Row]) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(QApplication.activeWindow(), "添加附件", "", "所有文件 (*)")
        if chosen:
            take(record, [Path(one) for one in chosen])

    def take(record: Row, paths: Sequence[Path]) -> None:
        _said("不能添加附件", lambda: attach(record, paths) if attach else desk.act(acts.attach, table, number(record), paths))

    def among(record: Row, rows: Sequence[Row]) -> list[acts.Attached]:
        wanted = {row.keys["attachment"][0] for row in rows}
        return [one for one in desk.read(acts.attached, table, number(record)) if one.id in wanted]

    def look(record: Row, row: Row) -> None:
        def copy() -> None:
            (one,) = among(record, [row])
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(acts.open_copy(desk.book, one, looked_at(desk)))))

        _said("打不开附件", copy)

    def look_at_first(record: Row, rows: Sequence[Row]) -> None:
        if rows:
            look(record, rows[0])

    def export(record: Row, rows: Sequence[Row]) -> None:
        front = QApplication.activeWindow()
        if rows and confirmed(desk.book, "附件", front) and (folder := QFileDialog.getExistingDirectory(QApplication.activeWindow(), "导出附件到")):
            _said("附件没有导出", lambda: desk.act(acts.export, among(record, rows), Path(folder)))

    return Tab(
        "附件",
        lists.COLUMNS,
        lambda record: desk.read(lists.attachments, table, number(record)),
        desk.commit(lists.COLUMNS),
        "还没有附件。把扫描件、文件拖到这里，或按“添加…”。",
        discard=lambda row: ask_to_discard(desk, row, f"附件“{row.values[0]}”"),
        dropping=Dropping("把扫描件拖到这里即可添加；双击打开", take, look, {"添加…": add, "打开": look_at_first, "导出…": export}),
    )


def offer(desk: Desk, page: Page) -> None:
    """附件… for the rows of a screen's lists that have no tab for them: in the right-click menu, and by key."""
    for grid, table in page.records().items():
        _offered(desk, page, grid, table)


def _offered(desk: Desk, page: Page, grid: Grid, table: str) -> None:
    def record_of(row: Row | None) -> tuple[str, int] | None:
        return acts.owner_of(row.keys, table) if row is not None else None

    def show() -> None:
        row = grid.view.current_row()
        if row is not None and (record := record_of(row)):
            AttachmentsWindow(desk, *record, _called(grid, row), page).exec()

    action = qaction(Action("附件…", show, "clip", KEYS, "这一行的扫描件、文件：添加、打开、导出"), grid)
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.setEnabled(record_of(grid.view.current_row()) is not None)
    grid.view.addAction(action)
    grid.view.row_changed.connect(lambda row: action.setEnabled(record_of(row) is not None))


def _called(grid: Grid, row: Row) -> str:
    """What the clerk sees of a row first, no number of a person among it."""
    shown = ((column.field.kind, value) for column, value in zip(grid.model.columns, row.values, strict=True) if value is not None)
    return "　".join([kind.show(value) for kind, value in shown if not kind.mask][:3])


class AttachmentsWindow(QDialog):
    """附件 of one record, `called` as the clerk knows it."""

    def __init__(self, desk: Desk, table: str, record: int, called: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(acts.title(table, called))
        self.resize(720, 360)
        self._record, self._tab = Row({table: acts.key_of(table, record)}, ()), attachments_tab(desk, table)
        assert self._tab.dropping
        self.grid = Grid(self._tab.columns, self._tab.commit, desk.today)
        self.grid.view.nothing = self._tab.nothing
        self.box = DropBox(self.grid, self._tab.dropping, lambda: self._record)
        close = QDialogButtonBox()
        close.addButton("关闭", QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.reject)
        discard = qaction(Action("移入回收站", self._discard, "trash", "Ctrl+-"), self)
        self.grid.view.addAction(discard)
        layout = QVBoxLayout(self)
        layout.addWidget(self.box, 1)
        layout.addWidget(close)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the record's files again."""
        self.grid.set_rows(self._tab.listing(self._record).rows)

    def _discard(self) -> None:
        row = self.grid.view.current_row()
        if row is not None and self._tab.discard:
            self._tab.discard(row)


def looked_at(desk: Desk) -> Path:
    """Where copies to look at lie: a folder of this open book's own, emptied when it is closed."""
    if desk.copies is None:
        desk.copies = tempfile.TemporaryDirectory(prefix="jingban-", ignore_cleanup_errors=True)
    return Path(desk.copies.name)


def _said(title: str, do: Callable[[], object]) -> None:
    try:
        do()
    except ValueError as refusal:
        QMessageBox(QMessageBox.Icon.Information, title, str(refusal), parent=QApplication.activeWindow()).exec()
