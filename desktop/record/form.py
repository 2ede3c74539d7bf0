"""The record's form: every field in two columns, taken when the clerk leaves it; also blank, for a new record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.lists import Row
from desktop.grid.model import GridModel, identity, read_field, shown
from desktop.record.editors import Editor, editor
from desktop.theme import mark
from policy.kinds import Unreadable


class RecordForm(QWidget):
    """Fields of the record the clerk stands on. Edits go the way of the grid's: `model.apply`."""

    kept = Signal(bool)
    """A new record is to be kept; True: and another one begun."""
    dropped = Signal()
    """A new record is not wanted after all."""

    def __init__(self, model: GridModel, columns: Sequence[int], asked: Sequence[int] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self._row: Row | None = None
        self._new = False
        self._asked = tuple(asked)
        self._shown: dict[int, str] = {}
        self.editors: dict[int, Editor] = {}
        fields = QWidget()
        fields.setObjectName("form")
        grid = QGridLayout(fields)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        for at, column in enumerate(columns):
            self._add(grid, at // 2, at % 2 * 2, column)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(len(columns), 1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(fields)
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        self.wrong = QLabel()
        self.wrong.setObjectName("wrong")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.buttons = self._buttons()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.heading)
        self.heading.setContentsMargins(12, 8, 12, 0)
        box.addWidget(scroll, 1)
        box.addWidget(self.wrong)
        self.wrong.setContentsMargins(12, 0, 12, 6)
        box.addWidget(self.buttons)
        self.show_row(None)

    def _add(self, grid: QGridLayout, line: int, at: int, column: int) -> None:
        field = self._model.columns[column].field
        made = editor(field.kind)
        made.setToolTip(field.hint)
        made.setAccessibleName(field.label)
        made.left.connect(lambda: self._leave(column))
        label = QLabel(field.label + (" *" if field.required else ""))
        label.setToolTip(field.hint)
        label.setBuddy(made)
        grid.addWidget(label, line, at)
        grid.addWidget(made, line, at + 1)
        self.editors[column] = made

    def _buttons(self) -> QWidget:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(12, 4, 12, 10)
        keep, more, drop = QPushButton("保存 Ctrl+S"), QPushButton("保存并新增下一条 Ctrl+Enter"), QPushButton("取消 Esc")
        keep.setProperty("main", True)
        keep.clicked.connect(lambda: self.kept.emit(False))
        more.clicked.connect(lambda: self.kept.emit(True))
        drop.clicked.connect(self.dropped)
        row.addStretch(1)
        for button in (keep, more, drop):
            row.addWidget(button)
        return buttons

    def is_new(self) -> bool:
        """Whether the form is blank for a new record."""
        return self._new

    def show_row(self, row: Row | None) -> None:
        """Show a record (None: nothing to show). What is being typed into it stays."""
        same = not self._new and row is not None and self._row is not None and identity(row) == identity(self._row)
        self._row, self._new = row, False
        self.buttons.hide()
        self.heading.hide()
        if not same:
            self._complain(None, "")
        for column, field in self.editors.items():
            spec = self._model.columns[column]
            text = shown(spec.field.kind, row.values[column], self._model.revealed) if row else ""
            if same and field.hasFocus() and field.text() != self._shown.get(column, ""):
                continue
            self._shown[column] = text
            field.setText(text)
            field.setEnabled(row is not None)
            field.setReadOnly(row is None or not spec.editable)

    def start_new(self, words: str) -> None:
        """Empty the form for a new record."""
        self._row, self._new = None, True
        self._complain(None, "")
        for column, field in self.editors.items():
            self._shown[column] = ""
            field.setText("")
            field.setEnabled(column in self._asked)
            field.setReadOnly(column not in self._asked)
        self.heading.setText(words)
        self.heading.show()
        self.buttons.show()
        self.editors[self._asked[0]].setFocus()

    def values(self) -> dict[str, Any] | None:
        """What a new record's form says, by column id; None (and the first bad field marked) if something cannot be read."""
        read: dict[str, Any] = {}
        for column in self._asked:
            spec = self._model.columns[column]
            try:
                read[spec.id] = read_field(spec.field, self.editors[column].text(), self._model.today())
            except Unreadable as error:
                self._complain(column, str(error))
                self.editors[column].setFocus()
                return None
        return read

    def say(self, sentence: str) -> None:
        """A sentence under the fields: why a record was not kept."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def settle(self) -> None:
        """Take what is being typed (Ctrl+S)."""
        for column, field in self.editors.items():
            if field.hasFocus():
                self._leave(column)

    def restore(self) -> bool:
        """Put back what the field being typed in said before; False if nothing was typed."""
        for column, field in self.editors.items():
            if field.hasFocus() and field.text() != self._shown[column]:
                field.setText(self._shown[column])
                self._complain(None, "")
                return True
        return False

    def _leave(self, column: int) -> None:
        text = self.editors[column].text()
        if text == self._shown[column]:
            if self.editors[column].property("wrong"):
                self._complain(None, "")
            return
        try:
            if self._new:
                field = self._model.columns[column].field
                value = read_field(field, text, self._model.today())
                self._shown[column] = field.kind.show(value) if value is not None else ""
                self.editors[column].setText(self._shown[column])
            elif self._row:
                self._take(self._row, column, text)
        except Unreadable as error:
            self._complain(column, str(error))
        else:
            self._complain(None, "")

    def _take(self, row: Row, column: int, text: str) -> None:
        edit = self._model.read_into(row, column, text)
        label = self._model.columns[column].field.label
        before = self._shown[column]
        # The book answers before `apply` returns, and shows the record again: the text is no longer "being typed".
        self._shown[column] = text
        if edit is None or not self._model.apply([edit], f"修改{label}"):
            self._shown[column] = before
            self.editors[column].setText(before)

    def _complain(self, column: int | None, sentence: str) -> None:
        for at, field in self.editors.items():
            mark(field, "wrong", at == column)
        self.say(sentence)
