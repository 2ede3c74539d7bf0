"""起始页: look at the demo first, set up a new book, or open one. Nothing else is on screen without a book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.page import Page
from desktop.parts import entered
from desktop.worker import ProgressStrip, Work
from policy.clock import Clock


class WelcomePage(Page):
    """What a clerk sees while no book is open. `recent`: books opened lately, newest first; `demo_folder`: where the demo county's book is."""

    opened = Signal(Path)
    """The book that is to be opened."""
    begun = Signal()
    """A new book is to be set up."""

    def __init__(self, recent: Sequence[Path], clock: Clock, demo_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clock, self.demo_folder = clock, demo_folder
        self.recent = QListWidget()
        self.recent.setAccessibleName("最近打开的台账")
        self.demo, self.drop = QPushButton("先看演示"), QPushButton("移除演示台账")
        self.new, self.other = QPushButton("新建台账…"), QPushButton("打开其他台账…" if recent else "打开台账…")
        (self.other if recent else self.demo).setProperty("main", True)
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self.strip = ProgressStrip()
        self.recent.setMinimumHeight(90)
        self._list(recent)
        self._lay_out()
        self.recent.itemActivated.connect(self._open_recent)
        self.demo.clicked.connect(self.make_demo)
        self.drop.clicked.connect(self.drop_demo)
        self.new.clicked.connect(self.begun)
        self.other.clicked.connect(self.ask_book)

    # Building

    def _list(self, recent: Sequence[Path]) -> None:
        for path in recent:
            there = path.exists()
            item = QListWidgetItem(f"{path.stem}\n{path}" + ("" if there else "（找不到，可能已移动）"))
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(str(path))
            if not there:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.recent.addItem(item)

    def _lay_out(self) -> None:
        title = QLabel("经办台账")
        title.setObjectName("emptyTitle")
        purpose = _said("管理基层社会救助经办服务人员的配备、派驻、工资、合同和经费，对照粤民函〔2019〕453号核查，生成上报的报表。数据只保存在本机。")
        both = QHBoxLayout()
        both.setSpacing(16)
        begin = QVBoxLayout()
        begin.setSpacing(12)
        about = "虚构的东岭县：13 个乡镇、58 人、两年的工资、合同和经费，可以随意改动，看完一键移除。"
        begin.addWidget(_card("第一次用，先看演示", _said(about), _row(self.demo, self.drop)))
        begin.addWidget(_card("新建台账", _said("五步建好：选单位、放在哪里、设密码、填乡镇户数、导入人员。市级汇总台账也在这里建。"), _row(self.new)))
        begin.addStretch(1)
        both.addWidget(self._open_card(), 1)
        both.addLayout(begin, 1)
        content = QWidget()
        content.setMaximumWidth(1000)
        box = QVBoxLayout(content)
        box.setContentsMargins(28, 18, 28, 12)
        box.setSpacing(10)
        box.addWidget(title)
        box.addWidget(purpose)
        box.addWidget(self.wrong)
        box.addLayout(both, 1)
        box.addWidget(_said("也可以把台账文件夹或其中的 .jingban 文件拖到这里打开。"))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        scroll.setWidget(content)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addWidget(self.strip)
        self.drop.setVisible(self.demo_folder.exists())

    def _open_card(self) -> QWidget:
        parts: list[QWidget] = [self.recent] if self.recent.count() else [_said("还没有打开过台账。已有台账的，打开它文件夹里的 .jingban 文件；只有备份文件的，先新建一本，再把备份文件拖进窗口恢复。")]
        card = _card("最近打开的台账（回车或双击打开）" if self.recent.count() else "打开已有台账", *parts, _row(self.other))
        return card

    def set_out(self) -> None:
        if self.recent.count():
            self.recent.setFocus()
            self.recent.setCurrentRow(0)
        else:
            self.demo.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not entered(event, self):
            super().keyPressEvent(event)

    # Opening and making

    def _open_recent(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(Qt.ItemDataRole.UserRole))

    def ask_book(self) -> None:
        """Ask for a book by its face file."""
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name, _ = QFileDialog.getOpenFileName(self, "打开台账", home, "经办台账 (*.jingban)")
        if name:
            self.opened.emit(Path(name).parent)

    def make_demo(self) -> None:
        """Make the demo county's book, or open the one made before."""
        from office import demo

        folder, clock = self.demo_folder, self.clock
        self._make("正在准备演示数据……", lambda: demo.keep_or_make(folder, clock))

    def drop_demo(self) -> None:
        """Take the demo county away."""
        from office import demo

        try:
            demo.remove(self.demo_folder)
        except (OSError, ValueError) as failed:
            self.say(f"演示台账没有移除：{failed}")
        else:
            self.drop.hide()
            self.demo.setFocus()
            self.say("")

    def _make(self, words: str, make: Callable[[], Path]) -> None:
        if not self.strip.isHidden():
            return
        self.say("")
        work = Work(lambda report: make())
        self.strip.run(words, work)
        work.done.connect(self.opened)
        work.failed.connect(self._refuse)
        self.strip.stop.setEnabled(False)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, OSError):
            self.say(f"演示台账没有建成：{error.strerror or error}。请检查磁盘空间和文件夹权限。")
        elif isinstance(error, ValueError):
            self.say(str(error))
        else:
            raise error

    def say(self, sentence: str) -> None:
        """Why it did not go on."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))


def _said(words: str) -> QLabel:
    label = QLabel(words, wordWrap=True)
    label.setObjectName("purpose")
    return label


def _row(*buttons: QPushButton) -> QWidget:
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 4, 0, 0)
    for button in buttons:
        box.addWidget(button)
    box.addStretch(1)
    return row


def _card(title: str, *parts: QWidget) -> QWidget:
    card = QFrame()
    card.setObjectName("card")
    card.setFrameShape(QFrame.Shape.StyledPanel)
    heading = QLabel(title)
    heading.setObjectName("heading")
    box = QVBoxLayout(card)
    box.setContentsMargins(16, 12, 16, 12)
    box.addWidget(heading)
    for part in parts:
        box.addWidget(part, int(isinstance(part, QListWidget)))
    if not any(isinstance(part, QListWidget) for part in parts):
        box.addStretch(1)
    return card
