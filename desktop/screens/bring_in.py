"""导入: a file dropped or chosen, what bringing it in would do row by row, and the batches brought in so far."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QStackedWidget, QVBoxLayout, QWidget

from db.lists import Row
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.opening import confirmed
from desktop.page import Action, Page, qaction
from desktop.screens.import_batches import COLUMNS, TAKEN_BACK, batch_row, said_of
from desktop.screens.import_collected import CollectedPane
from desktop.screens.import_outcome import Outcome, outcome, planned
from desktop.screens.import_preview import PreviewPane
from desktop.screens.import_start import Start
from desktop.theme import mark
from desktop.worker import MUCH, ProgressStrip, Report, Work
from intake.cells import Workbook
from office.batches import batches, take_back
from office.import_file import Asked, commit, read_file
from office.imports.plan import CHANGED, NEW, SAME, WAITING, WRONG, ImportKind
from policy.kinds import Unreadable
from policy.kinds.month import MONTH

FILES: Final = "表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv *.txt);;所有文件 (*)"
BOOKS: Final = "Excel 工作簿 (*.xlsx)"
WRITING: Final = "正在写入……写完之前台账不能查看和改动，可以取消。"
_FIRST, _FILE, _FOLDER = 0, 1, 2
"""What is in front: the beginning, a file's preview, a folder of collection sheets."""


class BringInPage(Page):
    """First the file, then its preview; nothing is written before 写入, and what is written is exactly what the preview shows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        today = desk.today()
        self.strip = ProgressStrip()
        self.start = Start(today.year * 100 + today.month)
        self.preview = PreviewPane(desk, self.strip)
        self.folder = CollectedPane()
        self.batches = Grid(COLUMNS, lambda edits, name: None, desk.today)
        self.batches.view.filters.show_boxes(False)
        self.batches.view.nothing = "还没有导入过表格。"
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._choose = qaction(Action("选择文件…", self.ask_file, "import", "Ctrl+I", "选择要导入的表格"), self)
        self._back = qaction(Action("撤回本批", self.take_back, "undo", tip="把选中的一批导入整个撤回；其中有记录后来改过的，列出来，不撤回"), self)
        self._back.setEnabled(False)
        self.toolbar.addActions([self._choose, self._back])
        self.stack = QStackedWidget()
        for shown in (self._first(), self.preview, self.folder):
            self.stack.addWidget(shown)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.stack, 1)
        box.addWidget(self.strip)
        self.setAcceptDrops(True)
        self._connect()

    def _connect(self) -> None:
        self.start.choose.clicked.connect(self.ask_file)
        self.start.template.clicked.connect(self.ask_template)
        self.start.collect.clicked.connect(self.ask_collect)
        self.start.collected.clicked.connect(self.ask_folder)
        self.batches.view.row_changed.connect(self._stand_on)
        self.preview.keep.clicked.connect(self.write)
        self.preview.drop.clicked.connect(self.leave)
        self.preview.send_back.connect(self.ask_errors)
        self.preview.unreadable.connect(self._unreadable)
        self.folder.keep.clicked.connect(self.write_folder)
        self.folder.retry.clicked.connect(lambda: self.read_folder(self.folder.folder))
        self.folder.drop.clicked.connect(self.leave)

    def _first(self) -> QWidget:
        first = QWidget()
        heading = QLabel("已导入的批次")
        heading.setObjectName("heading")
        box = QVBoxLayout(first)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.start)
        box.addWidget(heading)
        box.addWidget(self.batches, 1)
        return first

    def refresh(self) -> None:
        self.batches.set_rows([batch_row(batch) for batch in batches(self.desk.book)])
        self.status.emit(f"已导入 {self.batches.model.total()} 批")
        if self.stack.currentIndex() == _FILE and self.strip.isHidden():
            self.preview.plan_again_if_moved()

    def set_out(self) -> None:
        if self.stack.currentIndex() == _FILE:
            self.preview.list.setFocus()
        elif self.stack.currentIndex() == _FOLDER:
            self.folder.list.setFocus()
        else:
            self.start.choose.setFocus()

    def _run(
        self, words: str, task: Callable[[Report], Any], done: Callable[[Any], None], failed: Callable[[str], None], stops: bool = True, alone: bool = False
    ) -> None:
        """Work in the background with this page at rest; a refusal comes as a sentence. Nothing begins while other work runs.
        `alone`: the whole window rests but for the strip (the book answers nobody while much is written)."""
        if not self.strip.isHidden():
            return
        work = Work(task)
        self.stack.setEnabled(False)
        self.strip.run(words, work, alone)
        self.strip.stop.setEnabled(stops)

        def end(then: Callable[[], None]) -> None:
            self.stack.setEnabled(True)
            then()

        def refuse(error: Exception) -> None:
            if not isinstance(error, ValueError | OSError):
                raise error
            failed(str(error))

        work.done.connect(lambda found: end(lambda: done(found)))
        work.failed.connect(lambda error: end(lambda: refuse(error)))
        work.cancelled.connect(lambda: end(lambda: failed("已取消，没有写入任何内容。")))

    # A file

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()
            mark(self.start.zone, "over", True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        mark(self.start.zone, "over", False)

    def dropEvent(self, event: QDropEvent) -> None:
        mark(self.start.zone, "over", False)
        if path := _dropped(event):
            event.acceptProposedAction()
            if path.is_dir():
                self.read_folder(path)
            else:
                self.read(path)

    def ask_file(self) -> None:
        """Ask for the file."""
        name, _ = QFileDialog.getOpenFileName(self, "选择要导入的表格", "", FILES)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file in the background and show what it would do."""
        desk, kind = self.desk, self.start.kind()
        self.start.say("")
        self._run(f"正在读取 {path.name}……", lambda report: _read(desk, path, kind, report), self._show, self._stay)

    def _show(self, found: tuple[Workbook, ImportKind, Outcome]) -> None:
        self.preview.begin(*found)
        self._bring(_FILE)

    def _bring(self, front: int) -> None:
        self.stack.setCurrentIndex(front)
        if front == _FIRST:  # a big file's rows are not kept once they are written or left
            self.preview.clear()
            self.folder.clear()
        self._stand_on(self.batches.view.current_row())
        self.set_out()

    def _stay(self, sentence: str) -> None:
        """Back at the beginning, with what stood in the way."""
        self.start.say(sentence, wrong=True)
        self._bring(_FIRST)

    def _unreadable(self) -> None:
        self._stay(f"“{self.preview.file_name()}”没有导入。请用 Excel 或 WPS 打开这个文件，确认汉字显示正常后另存为 .xlsx，再选择新的文件。")

    def leave(self) -> None:
        """Back to the file and the batches; nothing is written."""
        self.start.say("")
        self._bring(_FIRST)

    # Writing and taking back

    def write(self) -> None:
        """Commit exactly what the preview shows, in the background; cancelled before its end, nothing is written."""
        seen, book = self.preview.seen, self.desk.book
        if seen is not None:
            self._run(
                WRITING, lambda report: commit(book, seen, lambda done, total: report(done, total, WRITING)),
                lambda _act: self._written(), self.preview.say, alone=len(seen.rows) > MUCH,
            )  # fmt: skip

    def _written(self) -> None:
        seen = self.preview.seen
        assert seen is not None
        counts = seen.counts()
        left = f"；错误和待确认的 {counts[WRONG] + counts[WAITING]} 行没有写入" if counts[WRONG] + counts[WAITING] else ""
        self.start.say(
            f"已导入“{seen.workbook.name}”：新增 {counts[NEW]} 行，更新 {counts[CHANGED]} 行，相同 {counts[SAME]} 行未改动{left}。"
            "可用撤销（Ctrl+Z）一次撤回。"
        )
        self._bring(_FIRST)
        self.desk.moved()

    def ask_errors(self) -> None:
        """Write the rows that are not imported into a workbook of their own."""
        from office.error_rows import write_error_rows

        seen, day = self.preview.seen, self.desk.today()
        assert seen is not None
        stem = Path(seen.workbook.name).stem
        if target := self._ask_target("导出错误行", f"{stem}_错误行.xlsx"):
            self._run(
                "正在导出错误行……", lambda report: write_error_rows(seen, target, day),
                lambda count: self.preview.say(f"没有导入的 {count} 行已存为“{target}”，写明了行号和原因；改正后可直接导入。"),
                self.preview.say, stops=False,
            )  # fmt: skip

    def _ask_target(self, title: str, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path.home() / name), BOOKS)
        return Path(chosen).with_suffix(".xlsx") if chosen else None

    def _stand_on(self, row: Row | None) -> None:
        self._back.setEnabled(self.stack.currentIndex() == _FIRST and row is not None and said_of(row, "state") != TAKEN_BACK)

    def take_back(self) -> None:
        """Take the chosen batch back whole, if nothing later has changed its rows."""
        row, book = self.batches.view.current_row(), self.desk.book
        if row is None:
            return
        name = said_of(row, "file_name")

        def taken(_batch: object) -> None:
            way = "恢复（Ctrl+Y）" if book.stacks().redo else "撤销（Ctrl+Z）"
            self.start.say(f"已撤回“{name}”这一批。撤回有误的，可用{way}还原。")
            self.desk.moved()

        self._run(
            f"正在撤回“{name}”……完成之前台账不能查看和改动。", lambda report: take_back(book, row.keys["import_batch"][0]), taken,
            lambda refusal: self.start.say(f"“{name}”没有撤回：{refusal}", wrong=True), stops=False, alone=True,
        )  # fmt: skip

    # Blank sheets to be filled in

    def ask_template(self) -> None:
        """Save the blank template of the chosen kind."""
        kind, desk = self.start.kind(), self.desk
        if target := self._ask_target("下载模板", f"{kind.title}模板.xlsx"):
            self._run(
                "正在生成模板……", lambda report: _template(desk, kind, target),
                lambda _path: self.start.say(f"模板已存为“{target}”。填好后选择这个文件导入。"), self._stay, stops=False,
            )  # fmt: skip

    def _month(self) -> int | None:
        """The month of the collection sheets, as the clerk has typed it."""
        try:
            month = MONTH.parse(self.start.month.text(), self.desk.today())
        except Unreadable as wrong:
            mark(self.start.month, "wrong", True)
            self.start.say(str(wrong), wrong=True)
            return None
        mark(self.start.month, "wrong", month is None)
        if month is None:
            self.start.say("请先填写采集表的月份，例如 2026-05。", wrong=True)
            return None
        self.start.month.setText(MONTH.show(month))
        return int(month)

    def ask_collect(self) -> None:
        """Write a collection sheet for every township, into a new folder of the month."""
        from office.collection import collect

        month, book, day = self._month(), self.desk.book, self.desk.today()
        if month is None or not confirmed(book, "采集表", self) or not (chosen := QFileDialog.getExistingDirectory(self, "采集表放在哪里", str(Path.home()))):
            return
        folder = Path(chosen) / f"{MONTH.show(month)}采集表"
        if folder.exists() and any(folder.iterdir()):
            self.start.say(f"“{folder}”里已经有文件，为免盖掉填好的采集表，没有生成。请另选位置，或先移走这个文件夹。", wrong=True)
            return
        self._run(
            "正在生成采集表……", lambda report: collect(book, month, folder, day, lambda done, total: report(done, total, "正在生成采集表……")),
            lambda paths: self.start.say(f"已为 {len(paths)} 个乡镇（街道）生成采集表，放在“{folder}”。填好收回后放进一个文件夹，按“汇总采集表文件夹…”。"),
            self._stay,
        )  # fmt: skip

    # Collection sheets brought back

    def ask_folder(self) -> None:
        """Ask for the folder of sheets that came back."""
        if chosen := QFileDialog.getExistingDirectory(self, "收回的采集表在哪个文件夹", str(Path.home())):
            self.read_folder(Path(chosen))

    def read_folder(self, folder: Path) -> None:
        """Read a folder of collection sheets in the background and show what they would do."""
        from office.collected import Collected, collected

        words = f"正在读取“{folder.name}”里的采集表……"

        def task(report: Report) -> Collected:
            found = collected(self.desk.book, folder, progress=lambda done, total: report(done, total, f"{words}（{done + 1}/{total}）"))
            report(0, 0, words)
            return found

        def show(found: Collected) -> None:
            self.folder.begin(found, folder)
            self._bring(_FOLDER)

        self.start.say("")
        self._run(words, task, show, self._stay)

    def write_folder(self) -> None:
        """Commit exactly what the folder's preview shows."""
        from office.collected import commit as commit_folder

        seen, book = self.folder.seen, self.desk.book
        assert seen is not None
        counts = seen.counts()
        owing = f"还没有交的：{'、'.join(seen.unanswered)}。" if seen.unanswered else "各乡镇都已交齐。"

        def written(_act: object) -> None:
            self.start.say(f"已导入 {len(seen.answers)} 份采集表：新增 {counts[NEW]} 行，更新 {counts[CHANGED]} 行。{owing}可用撤销（Ctrl+Z）一次撤回。")
            self._bring(_FIRST)
            self.desk.moved()

        self._run(
            WRITING, lambda report: commit_folder(book, seen, lambda done, total: report(done, total, WRITING)), written, self._stay,
            alone=len(seen.lines) > MUCH,
        )  # fmt: skip


def _read(desk: Desk, path: Path, kind: ImportKind, report: Report) -> tuple[Workbook, ImportKind, Outcome]:
    """The workbook with its plan, or with the sentence why it has none (another kind or sheet may fit)."""
    words = f"正在读取 {path.name}……"
    at = (0, 0)

    def progress(done: int, total: int) -> None:
        nonlocal at
        at = done, total

    def cancelled() -> bool:
        report(*at, words)
        return False

    workbook = read_file(path, progress, cancelled)
    report(0, 0, "正在与台账比对……")
    asked = Asked()
    compare = outcome(asked, lambda: planned(desk, workbook, kind, asked, None, lambda done, total: report(done, total, "正在与台账比对……")))
    return workbook, kind, compare


def _template(desk: Desk, kind: ImportKind, target: Path) -> Path:
    """The template under the name the clerk has chosen."""
    from office.templates import write_template

    with TemporaryDirectory() as folder:
        made = write_template(desk.book, kind, Path(folder), desk.today())
        return Path(shutil.move(made, target))


def _dropped(event: QDropEvent) -> Path | None:
    """The one local file or folder being dragged."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
