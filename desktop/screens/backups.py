"""备份: the copies of this book, newest first; a new one here or on a U-disk, and the way back to one of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QVBoxLayout

from db.lists import Edit, Row
from db.lists.columns import computed
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.worker import ProgressStrip, Work
from office.backup import backups, on_demand, state
from office.verify import shown, verify, verify_backup
from policy.kinds.number import ORDINAL
from policy.kinds.text import TEXT

COLUMNS = (
    computed("number", "序号", ORDINAL, 4),
    computed("at", "备份时间", TEXT, 11),
    computed("cause", "原因", TEXT, 8),
    computed("people", "人员", TEXT, 6),
    computed("contracts", "采购合同", TEXT, 6),
    computed("months", "工资", TEXT, 7),
    computed("whole", "附件", TEXT, 5),
    computed("size", "大小", TEXT, 6),
    computed("program", "程序版本", TEXT, 7),
)


class BackupsPage(Page):
    """The list; `restore(file)` is asked for with the file to put back, which closes the book."""

    restore = Signal(Path)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._paths: dict[int, Path] = {}
        self._work: Work | None = None
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("purpose")
        self.grid = Grid(COLUMNS, _computed, desk.today)
        self.grid.view.nothing = "还没有备份。打开台账、导入和恢复之前程序会自动备份，也可以按“立即备份”。"
        self.strip = ProgressStrip()
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.setIconSize(QSize(18, 18))
        self.actions_of = {
            action.words: qaction(action, self)
            for action in (
                Action("立即备份", self._here, "disk", tip="连同附件备份到台账的 backups 文件夹"),
                Action("备份到 U 盘…", self._elsewhere, "export", tip="连同附件备份到别的磁盘；只放在本机的备份，硬盘坏了就没有了"),
                Action("恢复…", self._restore, "undo", tip="用选中的备份替换现在的台账；现在的台账会先另存为备份"),
                Action("从别处恢复…", self._restore_other, "import", tip="选择 U 盘或其他文件夹里的备份文件"),
                Action("核对备份", self._check, "check", tip="逐字节核对选中的备份"),
                Action("核对台账", self._verify, "check", tip="核对数据库、操作日志、附件和备份"),
            )
        }
        self.toolbar.addActions(list(self.actions_of.values()))
        for words in ("恢复…", "核对备份"):
            self.actions_of[words].setEnabled(False)
            self.grid.view.addAction(self.actions_of[words])
        self.grid.view.row_changed.connect(self._stand_on)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.said)
        box.addWidget(self.grid, 1)
        box.addWidget(self.strip)
        self.setFocusProxy(self.grid)

    def listed(self) -> Grid:
        return self.grid

    def refresh(self) -> None:
        found = backups(self.desk.book.folder)
        self._paths = {kept.manifest.counter: kept.path for kept in found}
        rows = []
        for kept in found:
            manifest, counted = kept.manifest, kept.manifest.counted
            size = f"{kept.path.stat().st_size / 1e6:.1f} MB"
            values = (
                manifest.counter, manifest.at.replace("T", " ")[:16], manifest.cause, f"{counted.people} 人", f"{counted.contracts} 份",
                f"{counted.pay_months} 人月", "含" if manifest.whole else "不含", size, manifest.program,
            )  # fmt: skip
            rows.append(Row({"backup": (manifest.counter,)}, values))
        self.grid.set_rows(rows)
        now = state(self.desk.book)
        days = now.days_outside(self.desk.clock)
        outside = "还没有备份到 U 盘。"
        if now.outside is not None:
            outside = f"上次备份到别处是 {now.outside:%Y-%m-%d %H:%M}（{f'{days} 天前' if days else '今天'}），放在“{now.place}”。"
        self.said.setText(f"打开台账后、升级前、导入和恢复前自动备份，按天、周、月保留。{outside}只放在本机的备份，硬盘损坏时会一起丢失。")
        self.status.emit(f"{len(rows)} 个备份")

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, 0)
        self.grid.view.setFocus()

    def _stand_on(self, row: Row | None) -> None:
        for words in ("恢复…", "核对备份"):
            self.actions_of[words].setEnabled(row is not None)

    # Doing

    def _run(self, words: str, task: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Something that takes a while, in a thread; one at a time."""
        if self._work is not None:
            return

        def end(then: Callable[[Any], object], outcome: Any) -> None:
            self._work = None
            for action in self.actions_of.values():
                action.setEnabled(True)
            self._stand_on(self.grid.view.current_row())
            then(outcome)

        work = Work(lambda _report: task(), self)
        work.done.connect(partial(end, done))
        work.failed.connect(partial(end, lambda error: self._say(words, str(error))))
        self._work = work
        for action in self.actions_of.values():
            action.setEnabled(False)
        self.strip.run(words, work)

    def _here(self) -> None:
        self._run("正在备份…", partial(on_demand, self.desk.book), self._made)

    def _elsewhere(self) -> None:
        last = state(self.desk.book).place
        start = str(last) if last is not None and last.is_dir() else ""  # the stick may be elsewhere
        if folder := QFileDialog.getExistingDirectory(self, "备份到哪个文件夹", start):
            self._run("正在备份…", partial(on_demand, self.desk.book, Path(folder)), self._made)

    def _made(self, kept: Any) -> None:
        self.desk.moved()
        self.refresh()
        self.status.emit(f"已备份并核对：{kept.path}")

    def _current(self) -> Path | None:
        row = self.grid.view.current_row()
        return self._paths.get(row.keys["backup"][0]) if row else None

    def _restore(self) -> None:
        if (file := self._current()) is not None:
            self.restore.emit(file)

    def _restore_other(self) -> None:
        file, _ = QFileDialog.getOpenFileName(self, "选择备份文件", "", "经办台账备份 (*.经办备份)")
        if file:
            self.restore.emit(Path(file))

    def _check(self) -> None:
        if (file := self._current()) is not None:
            self._run("正在核对备份…", partial(verify_backup, file), lambda _: self._say("核对备份", f"“{file.name}”完好。"))

    def _verify(self) -> None:
        def told(found: Any) -> None:
            head = f"完好的备份 {found.backups} 个。操作日志凭据：{shown(found.anchor)}"
            self._say("核对台账", "\n".join(found.found) + f"\n\n{head}" if found.found else f"没有发现问题。{head}\n（把凭据抄在纸上，以后可以发现日志被截短。）")

        self._run("正在核对台账…", partial(verify, self.desk.book), told)

    def _say(self, title: str, words: str) -> None:
        QMessageBox(QMessageBox.Icon.Information, title.rstrip("…"), words, parent=self).exec()


def _computed(_edits: list[Edit], _name: str) -> None:
    """The list takes no edits."""
