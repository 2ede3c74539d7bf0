"""比较数据包: two packages of one county side by side, without their books; reasons for large changes go into a table to be signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.desk import Desk
from desktop.screens.differences import ComparePane
from desktop.screens.return_comparing import PACKAGES
from desktop.screens.written import Written, usual_folder
from desktop.worker import ProgressStrip, Work
from office.compare import Compared, packages_by_book, write_compared
from returns.compare import Difference

_SIDES = ("前期数据包", "本期数据包")


class ComparePackages(QDialog):
    """Two files are chosen, their cells that differ are listed; nothing is kept in the book."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.compared: Compared | None = None
        self.busy = False
        self.paths: list[Path | None] = [None, None]
        self.setWindowTitle("比较数据包")
        self.resize(1040, 600)
        said = QLabel("选同一个县的两个上报数据包（.zip），逐格列出不同的数；变动较大的请说明原因，存为“变动情况说明表”。原因不记入台账。", wordWrap=True)
        self.names = [QLabel("（未选）"), QLabel("（未选）")]
        self.buttons = [QPushButton("选择…"), QPushButton("选择…")]
        files = QGridLayout()
        for at, words in enumerate(_SIDES):
            self.buttons[at].setAccessibleName(f"选择{words}")
            self.buttons[at].clicked.connect(lambda _on, at=at: self._ask(at))
            for column, widget in enumerate((QLabel(words), self.names[at], self.buttons[at])):
                files.addWidget(widget, at, column)
        files.setColumnStretch(1, 1)
        self.pane = ComparePane(desk.today)
        self.pane.other.hide()
        self.pane.list.view.nothing = "请先选两个数据包。"
        self.pane.reason.setEnabled(False)
        self.pane.keep.setEnabled(False)
        self.pane.explained.connect(self._explain)
        self.pane.export.connect(self._ask_table)
        self.written, self.strip = Written(), ProgressStrip()
        box = QVBoxLayout(self)
        box.addWidget(said)
        box.addLayout(files)
        box.addWidget(self.pane, 1)
        box.addWidget(self.written)
        box.addWidget(self.strip)
        for button in (*self.buttons, self.pane.keep, self.pane.table):
            button.setAutoDefault(False)  # Enter writes the reason and presses no button

    def _ask(self, at: int) -> None:
        name, _ = QFileDialog.getOpenFileName(self, f"选择{_SIDES[at]}", str(usual_folder(self.desk.book.folder)), PACKAGES)
        if name:
            self.choose(at, Path(name))

    def choose(self, at: int, path: Path) -> None:
        """Take a file as the earlier (0) or the later (1) package; with both chosen they are compared."""
        self.paths[at] = path
        self.names[at].setText(path.name)
        self.names[at].setToolTip(str(path))
        earlier, later = self.paths
        if earlier and later:
            book = self.desk.book
            self._run("正在核对、比较……", lambda: packages_by_book(book, earlier, later), self._show)

    def _show(self, found: Compared) -> None:
        self.compared = found
        self.pane.say("")
        self.pane.list.view.nothing = "没有不同的格。"
        self.pane.show_compared(found, True)

    def _explain(self, found: list[Difference], text: str) -> None:
        if self.compared:
            self._show(replace(self.compared, reasons={**self.compared.reasons, **{one.subject: text.strip() for one in found}}))

    def _ask_table(self) -> None:
        start = usual_folder(self.desk.book.folder) / "变动情况说明表.xlsx"
        name, _ = QFileDialog.getSaveFileName(self, "变动情况说明表存到哪里", str(start), "Excel 工作簿 (*.xlsx)")
        if name:
            self.write_table(Path(name).with_suffix(".xlsx"))

    def write_table(self, target: Path) -> None:
        """Write the list as it is seen, with the reasons given."""
        if (compared := self.compared) is not None:
            listed, day, left = self.pane.listed(), self.desk.today(), len(compared.without_reason())
            said = "变动情况说明表已写出并逐格读回核对" + (f"；还有 {left} 格没有说明原因，表里写明“未说明”" if left else "")
            self._run("正在写出……", lambda: write_compared(compared, listed, target, day), lambda path: self.written.say(said, path))

    def _run(self, words: str, task: Callable[[], Any], done: Callable[[Any], object]) -> None:
        if self.busy:
            return
        self.busy = True
        for button in self.buttons:
            button.setEnabled(False)
        self._work = Work(lambda _report: task(), self)
        for ended in (self._work.done, self._work.failed, self._work.cancelled):
            ended.connect(self._end)
        self._work.done.connect(done)
        self._work.failed.connect(self._failed)
        self.strip.run(words, self._work)

    def _end(self, _found: object = None) -> None:
        self.busy = False
        for button in self.buttons:
            button.setEnabled(True)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, ValueError | OSError):
            raise error
        self.pane.say(str(error))
