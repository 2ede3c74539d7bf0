"""Where bringing in begins: as what a file is to be read, the file, a blank template, and the townships' collection sheets."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.record.editors import LineEditor
from desktop.theme import restyle
from office.imports import GROUPS, KINDS
from office.imports.plan import ImportKind
from policy.kinds.month import MONTH

_NAMED: Final = 12
"""Columns named of a kind."""


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
        choices = QGridLayout()
        choices.setVerticalSpacing(1)
        choices.setHorizontalSpacing(18)
        for column, (heading, kinds) in enumerate(GROUPS):
            label = QLabel(heading)
            label.setObjectName("purpose")
            choices.addWidget(label, 0, column)
            for row, kind in enumerate(kinds, 1):
                button = QRadioButton(kind.title)
                button.setToolTip("、".join(field.label for field in kind.fields.values()))
                self._kinds.addButton(button, KINDS.index(kind))
                choices.addWidget(button, row, column)
        choices.setColumnStretch(len(GROUPS), 1)
        self._kinds.button(0).setChecked(True)
        self.columns = QLabel(wordWrap=True)
        self.columns.setObjectName("purpose")
        self.choose, self.template = QPushButton("选择文件…"), QPushButton("下载模板…")
        self.template.setToolTip("下载这一类的空白模板，带填表说明和下拉选项")
        self.choose.setProperty("main", True)
        side = QVBoxLayout()
        side.addWidget(self.choose)
        side.addWidget(self.template)
        side.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addLayout(choices, 1)
        both.addLayout(side)
        whole = QVBoxLayout(self.zone)
        whole.setContentsMargins(16, 6, 16, 6)
        whole.setSpacing(4)
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
        self._kinds.idToggled.connect(lambda *_: self._name_columns())
        self._name_columns()

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
        at = [kind.id for kind in KINDS].index(name)
        self._kinds.button(at).setChecked(True)

    def say(self, sentence: str, wrong: bool = False) -> None:
        """How it went."""
        self.words.setObjectName("wrong" if wrong else "heading")
        restyle(self.words)
        self.words.setText(sentence)
        self.words.setVisible(bool(sentence))
