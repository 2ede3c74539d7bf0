"""The record's form: every field in two columns, taken when the clerk leaves it; also blank, for a new record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.lists import Row
from desktop.grid.model import GridModel, identity, read_field, shown
from desktop.record import Creation, Follow
from desktop.record.editors import ChoiceEditor, Editor, TicksEditor, editor
from desktop.theme import mark
from policy.kinds import Unreadable


class RecordForm(QWidget):
    """Fields of the record the clerk stands on. Edits go the way of the grid's: `model.apply`."""

    kept = Signal(bool)
    """A new record is to be kept; True: and another one begun."""
    dropped = Signal()
    """A new record is not wanted after all."""

    def __init__(
        self,
        model: GridModel,
        columns: Sequence[int],
        creation: Creation | None = None,
        follows: Mapping[str, Follow] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("form")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._model = model
        self._row: Row | None = None
        self._new = False
        self._columns = tuple(columns)
        self._place = {column.id: at for at, column in enumerate(model.columns)}
        self._asked = self._places(creation.asked if creation else ())
        self._told = self._places(creation.told if creation else ())
        self._follows = {self._place[name]: follow for name, follow in (follows or {}).items()}
        self._shown: dict[int, str] = {}
        self._labels: dict[int, QLabel] = {}
        self.editors: dict[int, Editor] = {}
        fields = QWidget()
        fields.setObjectName("form")
        self._grid = QGridLayout(fields)
        self._grid.setContentsMargins(12, 10, 12, 10)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self._grid.setRowStretch(len(columns), 1)
        for column in self._columns:
            self._make(column, fields)
        self._lay(self._columns)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(fields)
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        self.note, self.wrong = self._sentence("note"), self._sentence("wrong")
        self.buttons = self._buttons()
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 12, 0)
        top.setSpacing(14)
        top.addWidget(self.heading)
        top.addWidget(self.note, 1)
        top.addStretch()
        top.addWidget(self.buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(top)
        box.addWidget(self._scroll, 1)
        box.addWidget(self.wrong)
        self.wrong.setContentsMargins(12, 0, 12, 6)
        self.show_row(None)

    def _places(self, names: Sequence[str]) -> tuple[int, ...]:
        return tuple(self._place[name] for name in names)

    def _sentence(self, name: str) -> QLabel:
        said = QLabel()
        said.setObjectName(name)
        said.setWordWrap(True)
        said.hide()
        return said

    def _make(self, column: int, parent: QWidget) -> None:
        field = self._model.columns[column].field
        made = editor(field.kind, parent)
        made.setToolTip(field.hint)
        made.setAccessibleName(field.label)
        made.left.connect(partial(self._leave, column))
        if column in self._follows:
            (made.typed if isinstance(made, ChoiceEditor) else made.textEdited).connect(partial(self._follow, column))
        label = QLabel(field.label + (" *" if field.required else ""), parent)
        label.setToolTip(field.hint)
        label.setBuddy(made)
        self._labels[column], self.editors[column] = label, made

    def _lay(self, columns: Sequence[int]) -> None:
        """These fields in two columns, the others put out of sight. Always in the form's order: Tab and Enter go along the lines."""
        for column, made in self.editors.items():
            for widget in (self._labels[column], made):
                self._grid.removeWidget(widget)
                widget.setVisible(column in columns)
        for at, column in enumerate(columns):
            self._grid.addWidget(self._labels[column], at // 2, at % 2 * 2)
            self._grid.addWidget(self.editors[column], at // 2, at % 2 * 2 + 1)

    def _buttons(self) -> QWidget:
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 6, 0, 0)
        keep, more, drop = QPushButton("保存 Ctrl+S"), QPushButton("保存并新增下一条"), QPushButton("取消 Esc")
        more.setToolTip("Ctrl+Enter")
        keep.setProperty("main", True)
        keep.clicked.connect(lambda: self.kept.emit(False))
        more.clicked.connect(lambda: self.kept.emit(True))
        drop.clicked.connect(self.dropped)
        for button in (keep, more, drop):
            row.addWidget(button)
        return buttons

    def is_new(self) -> bool:
        """Whether the form is blank for a new record."""
        return self._new

    def renew(self) -> None:
        """The list's columns were read anew: offer the words their kinds know now."""
        for column, made in self.editors.items():
            kind = self._model.columns[column].field.kind
            if isinstance(made, ChoiceEditor | TicksEditor) and made.words() != (kind.choices or kind.offers):
                made.offer(kind)

    def show_row(self, row: Row | None) -> None:
        """Show a record (None: nothing to show). What is being typed into it stays."""
        same = not self._new and row is not None and self._row is not None and identity(row) == identity(self._row)
        if self._new:
            self._lay(self._columns)
        self._row, self._new = row, False
        self.buttons.hide()
        self.heading.hide()
        if not same:
            self._complain(None, "")
            self.note.hide()
            self._scroll.verticalScrollBar().setValue(0)
        for column, field in self.editors.items():
            spec = self._model.columns[column]
            text = shown(spec.field.kind, row.values[column], self._model.revealed) if row else ""
            if same and field.hasFocus() and field.text() != self._shown.get(column, ""):
                continue
            self._shown[column] = text
            field.setText(text)
            field.setEnabled(row is not None)
            field.setReadOnly(row is None or not spec.editable)
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def start_new(self, words: str, given: Mapping[str, Any] | None = None) -> None:
        """Ask for a new record: only the fields needed, filled with what is `given` (column id → value)."""
        self._row, self._new = None, True
        self._complain(None, "")
        self.note.hide()
        self._lay([column for column in self._columns if column in (*self._asked, *self._told)])
        for column, field in self.editors.items():
            spec = self._model.columns[column]
            told = column not in self._asked
            self._shown[column] = ""
            value = (given or {}).get(spec.id)
            field.setText("" if value is None or told else spec.field.kind.show(value))
            field.setEnabled(True)
            field.setReadOnly(told)
            field.setFocusPolicy(Qt.FocusPolicy.NoFocus if told else Qt.FocusPolicy.StrongFocus)
        self.heading.setText(words)
        self.heading.show()
        self.buttons.show()
        self.editors[self._asked[0]].setFocus()

    def _follow(self, column: int, text: str) -> None:
        """Say at once what follows from a text being typed, and fill in the fields that are only told."""
        sentence, values = self._follows[column](text, self._model.today())
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))
        if self._new:
            for told in self._told:
                spec = self._model.columns[told]
                value = values.get(spec.id)
                self.editors[told].setText("" if value is None else spec.field.kind.show(value))

    def values(self) -> dict[str, Any] | None:
        """What a new record's form says, by column id; None (and the first bad field marked) if something cannot be read."""
        read: dict[str, Any] = {}
        for column in self._asked:
            spec = self._model.columns[column]
            try:
                read[spec.id] = read_field(spec.field, self.editors[column].text(), self._model.today())
            except Unreadable as error:
                self.editors[column].setFocus()  # first: the field being left says its own, or clears what was said
                self._complain(column, str(error))
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
