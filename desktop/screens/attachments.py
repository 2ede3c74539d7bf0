"""The 附件 tab of any record: files dropped on it, opened, given out, moved into the recycle bin."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from db.lists import Row
from db.lists import attachments as lists
from desktop.desk import Desk
from desktop.record import Dropping, Tab
from desktop.screens.removing import ask_to_discard
from office import attachments as acts


def attachments_tab(desk: Desk, table: str) -> Tab:
    """The tab for records of a table."""

    def number(record: Row) -> int:
        return int(record.keys[table][0])

    def add(record: Row, _rows: Sequence[Row]) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(QApplication.activeWindow(), "添加附件", "", "所有文件 (*)")
        if chosen:
            take(record, [Path(one) for one in chosen])

    def take(record: Row, paths: Sequence[Path]) -> None:
        _said("不能添加附件", lambda: desk.act(acts.attach, table, number(record), paths))

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
        if rows and (folder := QFileDialog.getExistingDirectory(QApplication.activeWindow(), "导出附件到")):
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
