"""Where bringing in begins: as what a file is to be read, the file, a blank template, and the townships' collection sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from desktop.record.editors import LineEditor
from desktop.theme import restyle
from desktop.words import matching
from office.imports import GROUPS, KINDS
from office.imports.plan import ImportKind
from policy.kinds.month import MONTH

_NAMED: Final = 12
"""Columns named of a kind."""
_ACROSS: Final = 4
"""Kinds beside each other."""
_MOST: Final = 8
"""Kinds shown at once: those of a group, or the first that are found."""


class Start(QWidget):
    """The kinds and the file; beneath them the collection sheets, and how the last act went."""

    def __init__(self, month: int) -> None:
        super().__init__()
        self.zone = QFrame()
        self.zone.setObjectName("dropZone")
        self.zone.setStyleSheet(
            "#dropZone { border: 2px dashed #b5c3d3; border-radius: 6px; background: #ffffff; }"
            "#dropZone[over='true'] { border-color: #1f6fd1; background: #edf5ff; }"
        )
        self.next = QLabel("下一步：选好类别，再选择文件，或把表格拖到这里；还没有表的，先下载模板。", wordWrap=True)
        self.next.setObjectName("heading")
        self.zone.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._kinds = QButtonGroup(self)
        self.groups = QTabBar()
        self.groups.setDrawBase(False)
        self.groups.setExpanding(False)
        self.groups.setAccessibleName("导入类别分组")
        for heading, _ in GROUPS:
            self.groups.addTab(heading)
        self.sought = QLineEdit(placeholderText="找类别，如 参训、gzb")
        self.sought.setAccessibleName("找导入类别")
        self.sought.setToolTip("写类别名称里的几个字，或拼音首字母")
        self.sought.setClearButtonEnabled(True)
        self._choices = QGridLayout()
        self._choices.setVerticalSpacing(1)
        self._choices.setHorizontalSpacing(18)
        for number, kind in enumerate(KINDS):
            button = QRadioButton(kind.title, self.zone)
            button.setToolTip("、".join(field.label for field in kind.fields.values()))
            self._kinds.addButton(button, number)
        self.none = QLabel("没有这样的类别。请换几个字，或看上面的分组。", self.zone)
        self.none.setObjectName("purpose")
        for row in range(-(-_MOST // _ACROSS)):
            self._choices.setRowMinimumHeight(row, self._kinds.button(0).sizeHint().height())
        self._choices.setColumnStretch(_ACROSS, 1)
        self.columns = QLabel(wordWrap=True)
        self.columns.setObjectName("purpose")
        self.choose, self.template = QPushButton("选择文件…"), QPushButton("下载模板…")
        self.template.setToolTip("下载这一类的空白模板，带填表说明和下拉选项")
        self.choose.setProperty("main", True)
        self.columns.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 4)
        self.columns.setAlignment(Qt.AlignmentFlag.AlignTop)
        for push in (self.choose, self.template):
            push.setMinimumHeight(28)
        side = QGridLayout()
        side.setVerticalSpacing(4)
        side.addWidget(self.sought, 0, 0, 1, 2)
        side.addWidget(self.choose, 1, 0)
        side.addWidget(self.template, 1, 1)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addLayout(self._choices, 1)
        both.addLayout(side)
        whole = QVBoxLayout(self.zone)
        whole.setContentsMargins(16, 6, 16, 6)
        whole.setSpacing(4)
        whole.addWidget(self.groups)
        whole.addLayout(both)
        whole.addWidget(self.columns)
        self.words = QLabel(wordWrap=True)
        self.words.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.next)
        box.addWidget(self.zone)
        box.addLayout(self._collection(month))
        box.addWidget(self.words)
        self._kinds.button(0).setChecked(True)
        self._kinds.idToggled.connect(lambda *_: self._name_columns())
        self.groups.currentChanged.connect(lambda _at: self._show_group())
        self.sought.textChanged.connect(self._look)
        self._show_group()

    def _collection(self, month: int) -> QHBoxLayout:
        self.month = LineEditor(MONTH)
        self.month.setAccessibleName("采集表月份")
        self.month.setPlaceholderText("如 2026-05")
        self.month.setFixedWidth(90)
        self.month.setText(MONTH.show(month))
        self.collect, self.collected = QPushButton("生成乡镇采集表…"), QPushButton("汇总采集表文件夹…")
        self.collect.setToolTip("给每个乡镇（街道）生成一份采集表：户数、出勤和离职、新进人员")
        self.collected.setToolTip("把收回的采集表放在一个文件夹里，一次读进来，并列出还没有交的乡镇")
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 2)
        for widget in (QLabel("乡镇采集表　月份"), self.month, self.collect, self.collected):
            row.addWidget(widget)
        row.addStretch(1)
        return row

    def _show_group(self) -> None:
        self.sought.clear()
        self._offer(GROUPS[self.groups.currentIndex()][1])

    def _look(self, text: str) -> None:
        if text.strip():
            found = matching(text, [kind.title for kind in KINDS])
            self._offer([kind for title in found[:_MOST] for kind in KINDS if kind.title == title])
        else:
            self._offer(GROUPS[self.groups.currentIndex()][1])

    def _offer(self, kinds: Sequence[ImportKind]) -> None:
        """Show these kinds; the one chosen is always among those shown, so that nothing is read as what is out of sight."""
        for button in self._kinds.buttons():
            self._choices.removeWidget(button)
            button.hide()
        self._choices.removeWidget(self.none)
        for at, kind in enumerate(kinds):
            button = self._kinds.button(KINDS.index(kind))
            self._choices.addWidget(button, at // _ACROSS, at % _ACROSS)
            button.show()
        if not kinds:
            self._choices.addWidget(self.none, 0, 0, 1, _ACROSS)
        self.none.setVisible(not kinds)
        for push in (self.choose, self.template):
            push.setEnabled(bool(kinds))
        if kinds and self.kind() not in kinds:
            self._kinds.button(KINDS.index(kinds[0])).setChecked(True)
        self._name_columns()

    def _name_columns(self) -> None:
        kind = self.kind()
        needed = [kind.fields[key].label for key in kind.needs]
        labels = [field.label for key, field in kind.fields.items() if key not in kind.needs]
        rest = "、".join(labels[:_NAMED]) + ("等" if len(labels) > _NAMED else "")
        self.columns.setText(f"{kind.title}：要有{'、'.join(needed)}；还可以有{rest}。")

    def kind(self) -> ImportKind:
        """As what the file is to be read."""
        return KINDS[self._kinds.checkedId()]

    def choose_kind(self, name: str) -> None:
        """Stand on a kind, by its id (another screen sends the clerk here)."""
        group, kind = next((at, kind) for at, (_, kinds) in enumerate(GROUPS) for kind in kinds if kind.id == name)
        self.groups.setCurrentIndex(group)
        self._show_group()
        self._kinds.button(KINDS.index(kind)).setChecked(True)

    def say(self, sentence: str, wrong: bool = False) -> None:
        """How it went."""
        self.words.setObjectName("wrong" if wrong else "heading")
        restyle(self.words)
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))
