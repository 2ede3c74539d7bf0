"""导入: a file dropped or chosen, what bringing it in would do row by row, and the batches brought in so far."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from db.diary import acts
from db.lists import Column, Row
from db.lists.columns import field_of
from db.rows import rows
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.screens.import_preview import PreviewPane
from desktop.theme import mark
from desktop.worker import ProgressStrip, Report, Work
from intake.cells import Workbook
from office.import_file import Preview, commit, plan, read_file
from office.imports import KINDS
from office.imports.plan import CHANGED, NEW, SAME, WRONG, ImportKind
from policy.kinds import Field
from policy.kinds.text import TEXT

FILES: Final = "表格 (*.xlsx *.xlsm *.xls *.et *.ods *.csv *.txt);;所有文件 (*)"
_NAMED: Final = 7
"""Columns named beside a kind."""
_ENOUGH: Final = 100_000
"""Acts looked through for those that took a batch back."""


class BringInPage(Page):
    """First the file, then its preview; nothing is written before 写入, and what is written is exactly what the preview shows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.start = Start()
        self.preview = PreviewPane(desk)
        self.batches = Grid(BATCH_COLUMNS, lambda edits, name: None, desk.today)
        self.batches.view.filters.show_boxes(False)
        self.batches.view.nothing = "还没有导入过表格。"
        self.strip = ProgressStrip()
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._choose = qaction(Action("选择文件…", self.ask_file, "import", "Ctrl+I", "选择要导入的表格"), self)
        self._back = qaction(Action("撤回本批", self.take_back, "undo", tip="把选中的一批导入整个撤回"), self)
        self._back.setEnabled(False)
        self.toolbar.addActions([self._choose, self._back])
        self.stack = QStackedWidget()
        self.stack.addWidget(self._first())
        self.stack.addWidget(self.preview)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.stack, 1)
        box.addWidget(self.strip)
        self.setAcceptDrops(True)
        self.start.choose.clicked.connect(self.ask_file)
        self.batches.view.row_changed.connect(self._stand_on)
        self.preview.keep.clicked.connect(self.write)
        self.preview.drop.clicked.connect(self.leave)

    def _first(self) -> QWidget:
        first = QWidget()
        heading = QLabel("已导入的批次")
        heading.setObjectName("heading")
        box = QVBoxLayout(first)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.start)
        box.addWidget(heading)
        box.addWidget(self.batches, 1)
        return first

    def refresh(self) -> None:
        self.batches.set_rows(_batches(self.desk))
        self.status.emit(f"已导入 {self.batches.model.total()} 批")
        if self.stack.currentIndex() == 1 and self.strip.isHidden():
            self.preview.plan_again_if_moved()

    def set_out(self) -> None:
        if self.stack.currentIndex() == 1:
            self.preview.list.setFocus()
        else:
            self.start.choose.setFocus()

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
            self.read(path)

    def ask_file(self) -> None:
        """Ask for the file."""
        name, _ = QFileDialog.getOpenFileName(self, "选择要导入的表格", "", FILES)
        if name:
            self.read(Path(name))

    def read(self, path: Path) -> None:
        """Read a file in the background and show what it would do."""
        if not self.strip.isHidden():
            return
        desk, kind = self.desk, self.start.kind()
        work = Work(lambda report: _read(desk, path, kind, report))
        self.start.say("")
        self.strip.run(f"正在读取 {path.name}……", work)
        work.done.connect(self._show)
        work.failed.connect(self._refuse)
        work.cancelled.connect(self._stop)

    def _show(self, outcome: tuple[Workbook, ImportKind, Preview | None, str]) -> None:
        self.preview.begin(*outcome)
        self.stack.setCurrentIndex(1)
        self._back.setEnabled(False)
        self.preview.list.setFocus()

    def _stop(self) -> None:
        self.start.say("已取消读取，没有导入任何内容。")
        self.leave(keep_words=True)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, ValueError):
            raise error
        self.start.say(str(error), wrong=True)
        self.leave(keep_words=True)

    # Writing and taking back

    def write(self) -> None:
        """Commit exactly what the preview shows, in the background."""
        seen = self.preview.seen
        if seen is None or not self.strip.isHidden():
            return
        book = self.desk.book
        self.preview.setEnabled(False)
        work = Work(lambda report: commit(book, seen))
        self.strip.run("正在写入……", work)
        work.done.connect(self._written)
        work.failed.connect(self._not_written)
        self.strip.stop.setEnabled(False)  # an act is whole or not at all

    def _written(self) -> None:
        seen = self.preview.seen
        assert seen is not None
        self.preview.setEnabled(True)
        counts = seen.counts()
        left = f"；错误 {counts[WRONG]} 行没有写入" if counts[WRONG] else ""
        self.start.say(
            f"已导入“{seen.workbook.name}”：新增 {counts[NEW]} 行，更新 {counts[CHANGED]} 行，相同 {counts[SAME]} 行未改动{left}。"
            "可用撤销（Ctrl+Z）一次撤回。"
        )
        self.leave(keep_words=True)
        self.desk.moved()

    def _not_written(self, error: Exception) -> None:
        self.preview.setEnabled(True)
        if not isinstance(error, ValueError):
            raise error
        self.preview.say(str(error))

    def leave(self, _checked: bool = False, keep_words: bool = False) -> None:
        """Back to the file and the batches; nothing is written."""
        if not keep_words:
            self.start.say("")
        self.stack.setCurrentIndex(0)
        self._stand_on(self.batches.view.current_row())
        self.start.choose.setFocus()

    def _stand_on(self, row: Row | None) -> None:
        self._back.setEnabled(self.stack.currentIndex() == 0 and row is not None and row.values[_STATE] == "")

    def take_back(self) -> None:
        """Take the chosen batch back whole, if nothing later has changed its rows."""
        row = self.batches.view.current_row()
        if row is None:
            return
        number, name = row.keys["act"][0], row.values[_FILE]
        try:
            self.desk.act(lambda book: book.take_back(number, f"撤回导入 {name}"))
        except ValueError as refusal:
            self.start.say(f"“{name}”没有撤回：{refusal}", wrong=True)
        else:
            way = "恢复（Ctrl+Y）" if self.desk.book.stacks().redo else "撤销（Ctrl+Z）"
            self.start.say(f"已撤回“{name}”这一批。撤回有误的，可用{way}还原。")


class Start(QWidget):
    """Where a file is dropped or chosen, and as what it is to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.zone = QFrame()
        self.zone.setObjectName("dropZone")
        self.zone.setStyleSheet(
            "#dropZone { border: 2px dashed #b5c3d3; border-radius: 6px; background: #ffffff; }"
            "#dropZone[over='true'] { border-color: #1f6fd1; background: #edf5ff; }"
        )
        self._kinds = QButtonGroup(self)
        choices = QVBoxLayout()
        choices.setSpacing(4)
        for at, kind in enumerate(KINDS):
            button = QRadioButton(kind.title)
            button.setChecked(at == 0)
            labels = [field.label for field in kind.fields.values()]
            said = QLabel("、".join(labels[:_NAMED]) + "等")
            said.setToolTip("、".join(labels))
            said.setObjectName("purpose")
            self._kinds.addButton(button, at)
            row = QHBoxLayout()
            row.addWidget(button)
            row.addWidget(said, 1)
            choices.addLayout(row)
        self.choose = QPushButton("选择文件…")
        self.choose.setProperty("main", True)
        drop = QLabel("或把表格拖到这里")
        drop.setObjectName("purpose")
        side = QVBoxLayout()
        side.addWidget(self.choose)
        side.addWidget(drop, 0, Qt.AlignmentFlag.AlignHCenter)
        both = QHBoxLayout(self.zone)
        both.setContentsMargins(16, 10, 16, 10)
        both.setSpacing(24)
        both.addLayout(choices, 1)
        both.addLayout(side)
        self.words = QLabel(wordWrap=True)
        self.words.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.zone)
        box.addWidget(self.words)

    def kind(self) -> ImportKind:
        """As what the file is to be read."""
        return KINDS[self._kinds.checkedId()]

    def choose_kind(self, name: str) -> None:
        """Stand on a kind, by its id (another screen sends the clerk here)."""
        at = [kind.id for kind in KINDS].index(name)
        self._kinds.button(at).setChecked(True)

    def say(self, sentence: str, wrong: bool = False) -> None:
        """How it went."""
        self.words.setObjectName("wrong" if wrong else "heading")
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))


def _read(desk: Desk, path: Path, kind: ImportKind, report: Report) -> tuple[Workbook, ImportKind, Preview | None, str]:
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
    try:
        return workbook, kind, plan(desk.book, workbook, kind), ""
    except ValueError as refusal:
        return workbook, kind, None, str(refusal)


def _dropped(event: QDropEvent) -> Path | None:
    """The one local file being dragged."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


# Batches

_BATCH: Final = ("kind", "file_name", "added", "changed", "same", "wrong")
BATCH_COLUMNS: Final = (
    Column("at", Field("时间", TEXT), width=10),
    *(Column(name, field_of("import_batch", name), width=width) for name, width in zip(_BATCH, (9, 16, 3, 3, 3, 3), strict=True)),
    Column("who", Field("操作人", TEXT), width=6),
    Column("state", Field("状态", TEXT), width=6),
)
_FILE: Final = 2
_STATE: Final = len(BATCH_COLUMNS) - 1


def _batches(desk: Desk) -> tuple[Row, ...]:
    """Newest first."""
    history = {act.number: act for act in desk.read(acts, newest=_ENOUGH)}
    takers: dict[int, list[int]] = {}
    for act in history.values():
        if act.takes_back is not None:
            takers.setdefault(act.takes_back, []).append(act.number)
    found = []
    for batch in reversed(desk.read(rows, "import_batch")):
        done = history.get(batch["act"])
        at, who = (done.at.replace("T", " ")[:16], done.who) if done else ("", "")
        state = "已撤回" if _undone(batch["act"], takers) else ""
        found.append(Row({"import_batch": (batch["id"],), "act": (batch["act"],)}, (at, *(batch[name] for name in _BATCH), who, state)))
    return tuple(found)


def _undone(number: int, takers: Mapping[int, list[int]]) -> bool:
    """Whether an act stands taken back: by an act that is not itself taken back."""
    return any(not _undone(taker, takers) for taker in takers.get(number, ()))
