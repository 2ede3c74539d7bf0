"""待回答: merged cells, amounts of the wrong size, and words the book does not know; each is answered once for all its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop.screens.import_columns import Chooser
from intake.table import answer_key
from office.import_file import Preview, answer
from office.imports.doubts import Question, Unknown
from office.mapping import HeadingMap

LATER: Final = "（先不答，这些行不导入）"
_AT_ONCE: Final = 50
"""Words asked at a time."""


def words_for(seen: Preview, one: Unknown) -> list[str]:
    """What a word may be: the likely ones first, then all words of the book or of the column."""
    kind = seen.kind.fields[one.field].kind
    known = (kind.each or kind).choices or tuple(seen.kind.names(seen.existing).get(one.field, ()))
    return list(dict.fromkeys((*one.suggestions, *known)))


class AnswersTab(QWidget):
    """Questions above, words below."""

    said = Signal(object)
    """A HeadingMap: what the clerk has said."""

    def __init__(self) -> None:
        super().__init__()
        self.questions = QVBoxLayout()
        self.words = QTableWidget(0, 4)
        self.words.setAccessibleName("不认识的词语")
        self.words.setHorizontalHeaderLabels(["表里的词语", "所在列", "行数", "就是台账里的"])
        self.words.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.words.verticalHeader().hide()
        self.words.verticalHeader().setDefaultSectionSize(30)
        self.words.horizontalHeader().setStretchLastSection(True)
        character = self.fontMetrics().horizontalAdvance("中")
        for at, width in enumerate((14, 8, 4)):
            self.words.setColumnWidth(at, width * character + 12)
        self.likely, self.apply, self.more = QPushButton("都选第一个建议"), QPushButton("按所选读取"), QLabel()
        self.likely.setToolTip("每个词语选上最像的一个；选好后请逐个看过，再按“按所选读取”")
        self.more.setObjectName("purpose")
        self.likely.clicked.connect(self._take_likely)
        self.apply.clicked.connect(self._apply)
        row = QHBoxLayout()
        row.addWidget(self.more, 1)
        row.addWidget(self.likely)
        row.addWidget(self.apply)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.addLayout(self.questions)
        box.addWidget(self.words, 1)
        box.addLayout(row)
        box.addStretch(0)
        self._listed: Sequence[Unknown] = ()

    def show_plan(self, seen: Preview | None) -> None:
        """Ask what this plan asks."""
        while item := self.questions.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()
        for question in seen.questions if seen else ():
            self.questions.addWidget(self._card(question))
        words = seen.unknown if seen else ()
        self._listed = words[:_AT_ONCE]
        self.words.setRowCount(len(self._listed))
        for widget in (self.words, self.likely, self.apply, self.more):
            widget.setVisible(bool(self._listed))
        if seen is None:
            return
        rest = len(words) - len(self._listed)
        self.more.setText(f"另有 {rest} 个词语，答完这些再问。" if rest else "写入后，同样列名的表下次不再问这些词语。")
        self.likely.setEnabled(any(one.suggestions for one in self._listed))
        for at, one in enumerate(self._listed):
            for place, text in enumerate((one.text, one.label, str(one.count))):
                item_ = QTableWidgetItem(text)
                item_.setToolTip(f"第 {'、'.join(map(str, one.rows[:20]))}{' 等' if one.count > 20 else ''} 行")
                self.words.setItem(at, place, item_)
            chooser = Chooser()
            chooser.setAccessibleName(f"“{one.text}”就是")
            chooser.addItems([LATER, *words_for(seen, one)])
            if one.suggestions:
                chooser.insertSeparator(len(one.suggestions) + 1)
            chooser.currentIndexChanged.connect(self._count)
            self.words.setCellWidget(at, 3, chooser)
        self._count()

    def _card(self, question: Question) -> QFrame:
        card = QFrame()
        card.setObjectName("hint")
        sentence = QLabel(question.sentence, wordWrap=True)
        row = QHBoxLayout(card)
        row.addWidget(sentence, 1)
        if question.columns or question.units or question.merged:
            change = QPushButton("填入各行" if question.merged else "按此换算")
            change.setToolTip("下面的各行都是合并格里的值" if question.merged else f"按{question.reading}的数读取这一列")
            change.clicked.connect(lambda: self.said.emit(answer(question)))
            row.addWidget(change)
        leave = QPushButton("保持空白" if question.merged else "按原样")
        leave.setToolTip("合并格的值只属于第一行" if question.merged else "原数没有错，就是元")
        leave.clicked.connect(lambda: self.said.emit(answer(question, as_written=True)))
        row.addWidget(leave)
        return card

    def chooser(self, at: int) -> Chooser:
        """The chooser of a listed word."""
        found = self.words.cellWidget(at, 3)
        assert isinstance(found, Chooser)
        return found

    def _answers(self) -> list[tuple[Unknown, str]]:
        return [(one, self.chooser(at).currentText()) for at, one in enumerate(self._listed) if self.chooser(at).currentIndex() > 0]

    def _count(self) -> None:
        if all(self.words.cellWidget(at, 3) for at in range(len(self._listed))):
            answers = self._answers()
            self.apply.setText(f"按所选读取（{sum(one.count for one, _ in answers)} 行）")
            self.apply.setEnabled(bool(answers))

    def _take_likely(self) -> None:
        for at, one in enumerate(self._listed):
            if one.suggestions:
                self.chooser(at).setCurrentIndex(1)

    def _apply(self) -> None:
        answers: dict[str, dict[str, str]] = {}
        for one, word in self._answers():
            answers.setdefault(one.field, {})[answer_key(one.text)] = word
        self.said.emit(HeadingMap(answers=answers))
