"""Typing in a cell: a plain line, with the column's words offered while typing, that stays open while its text cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from desktop.grid.model import GridModel
from desktop.words import WordCompleter, meant
from policy.kinds import Kind, Unreadable

if TYPE_CHECKING:
    from desktop.grid.table import Table

Index = QModelIndex | QPersistentModelIndex
_LEAVING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down)


class CellEditor(QLineEdit):
    """The line a clerk types a cell's text into."""

    def __init__(self, parent: QWidget, kind: Kind, at: QPersistentModelIndex) -> None:
        super().__init__(parent)
        self.at = at
        self.setProperty("cell", True)
        if kind.align == "right":
            self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.words = completer(kind, self) if kind.choices else None


def completer(kind: Kind, line: QLineEdit) -> WordCompleter:
    """Offers a kind's words in a line while its text is part of them or their 拼音 initials; Enter and Tab take the first."""
    made = WordCompleter(kind.choices, line)
    made.entered.connect(lambda word: line.setText(word or line.text()))
    line.setCompleter(made)
    return made


class CellDelegate(QStyledItemDelegate):
    """Editors of the grid's cells."""

    left = Signal(QKeyEvent)
    """An edit was taken by Enter, Tab or an arrow: go where the key leads."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = cast(GridModel, index.model()).columns[index.column()].field
        table = cast("Table", self.parent())
        # An editor of a column that stands still lies on it; at the same place as in the viewport.
        editor = CellEditor(table.still if index.column() in table.filters.still else parent, field.kind, QPersistentModelIndex(index))
        editor.setAccessibleName(field.label)
        if words := editor.words:
            words.entered.connect(lambda _word: self._leave(editor, QKeyEvent(QEvent.Type.KeyPress, words.taken_by, _PLAIN)))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        line = cast(CellEditor, editor)
        if not line.isModified():  # the book may change under an open editor: what is being typed stays
            line.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        model.setData(index, cast(CellEditor, editor).text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, CellEditor):
            pressed = cast(QKeyEvent, event)
            words = watched.words
            if words and (pressed.key() == Qt.Key.Key_F7 or pressed.keyCombination() == _ALT_DOWN):
                words.setCompletionPrefix("")
                words.complete()
                return True
            if pressed.key() in _LEAVING:
                self._leave(watched, pressed)
                return True
        return super().eventFilter(watched, event)

    def _leave(self, editor: CellEditor, pressed: QKeyEvent) -> None:
        if editor.at.isValid():
            try:
                self._read(editor)
            except Unreadable as error:
                QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), str(error), editor)
                editor.selectAll()
                return
        key = QKeyEvent(QEvent.Type.KeyPress, pressed.key(), pressed.modifiers())
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(key)


    def _read(self, editor: CellEditor) -> None:
        """See that the text can be taken; initials become the one word they mean. Raises Unreadable."""
        model = cast(GridModel, editor.at.model())
        try:
            model.read(editor.at.row(), editor.at.column(), editor.text())
        except Unreadable:
            word = meant(editor.text(), editor.words.words) if editor.words else None
            if word is None:
                raise
            editor.setText(word)
            model.read(editor.at.row(), editor.at.column(), word)


_PLAIN: Final = Qt.KeyboardModifier.NoModifier
_ALT_DOWN: Final = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier).keyCombination()
