"""乡镇采集表: a folder of them brought back, who has not answered, and what the rest would write."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QSplitter, QVBoxLayout, QWidget

from desktop.screens.import_chips import Chips
from desktop.screens.import_lines import OF_FOLDER, Line
from desktop.screens.preview_list import PreviewList
from office.imports.plan import CHANGED, NEW, WAITING, WRONG
from policy.kinds.month import MONTH

if TYPE_CHECKING:
    from office.collected import Collected

_OWING: Final = QColor("#a3170b")


def next_step(seen: Collected) -> str:
    """What the clerk does next with a folder."""
    counts = seen.counts()
    if seen.problems:
        return f"有 {len(seen.problems)} 处问题，请先看左边红色的说明；改好文件后按“重新读取”。"
    if counts[WRONG] + counts[WAITING]:
        return "有的行有错误，请在原表里改正后按“重新读取”；其余的可以先写入。"
    if seen.unanswered:
        return f"还有 {len(seen.unanswered)} 个乡镇没有交。可以先写入已交的，其余收齐后再汇总一次。"
    return "都交齐了。核对无误后，按右下角的“写入台账”。" if seen.changes else "这些采集表的内容台账里都有了，没有要写入的。"


class CollectedPane(QWidget):
    """On the left who has answered and what was not used, on the right all rows of all sheets."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Collected | None = None
        self.folder = Path()
        self.next, self.title = QLabel(wordWrap=True), QLabel()
        self.next.setObjectName("heading")
        self.title.setObjectName("purpose")
        self.towns = QListWidget()
        self.towns.setWordWrap(True)
        self.towns.setAccessibleName("乡镇交表情况")
        self.towns.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chips, self.list = Chips(), PreviewList()
        self.detail = QLabel(wordWrap=True)
        self.detail.setObjectName("purpose")
        self.said = QLabel(wordWrap=True)
        self.keep, self.retry, self.drop = QPushButton("写入台账"), QPushButton("重新读取"), QPushButton("取消")
        self.keep.setProperty("main", True)
        right = QWidget()
        rows = QVBoxLayout(right)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.chips)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.detail)
        both = QSplitter()
        both.addWidget(self.towns)
        both.addWidget(right)
        both.setSizes([240, 700])
        both.setStretchFactor(1, 1)
        last = QHBoxLayout()
        last.addWidget(self.said, 1)
        for button in (self.retry, self.keep, self.drop):
            last.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.next)
        box.addWidget(self.title)
        box.addWidget(both, 1)
        box.addLayout(last)
        self.chips.changed.connect(lambda: self.list.keep(self.chips.ticked()))
        self.list.stood.connect(lambda: self.detail.setText(self.list.whole(self.list.currentIndex().row())))

    def begin(self, seen: Collected, folder: Path) -> None:
        """Show what a folder would do."""
        self.seen, self.folder = seen, folder
        counts = seen.counts()
        self.next.setText(f"下一步：{next_step(seen)}")
        towns = len(seen.answers) + len(seen.unanswered)
        self.title.setText(f"{MONTH.show(seen.month)}　文件夹“{folder.name}”　{towns} 个乡镇（街道），收到 {len(seen.answers)} 份，没有交 {len(seen.unanswered)} 份")
        self.towns.clear()
        for sentence in seen.problems:
            self._tell(f"！{sentence}", owing=True)
        for name in seen.unanswered:
            self._tell(f"{name}　没有交", owing=True)
        for answer in seen.answers:
            states = [line.row.state for line in seen.lines if line.town == answer.town.name]
            parts = [f"{state} {states.count(state)}" for state in dict.fromkeys(states)]
            self._tell("　".join([answer.town.name, *(parts or ["没有填写"])]))
            for note in answer.notes:
                self._tell(f"{answer.town.name}：{note}")
        self.chips.show_all()
        self.chips.show_counts(counts)
        self.list.fill([Line(line.row, (line.town, line.sheet)) for line in seen.lines], OF_FOLDER)
        left = f"待确认和错误的 {counts[WAITING] + counts[WRONG]} 行不写入。" if counts[WAITING] + counts[WRONG] else ""
        first = f"将新增 {counts[NEW]} 行、更新 {counts[CHANGED]} 行。" if seen.changes else "没有要写入的内容。"
        self.said.setText(first + left)
        self.keep.setEnabled(bool(seen.changes))

    def clear(self) -> None:
        """Let go of the sheets and of all that is shown of them."""
        self.seen = None
        self.towns.clear()
        self.list.fill([], OF_FOLDER)

    def _tell(self, sentence: str, owing: bool = False) -> None:
        item = QListWidgetItem(sentence)
        item.setToolTip(sentence)
        if owing:
            item.setForeground(_OWING)
        self.towns.addItem(item)
