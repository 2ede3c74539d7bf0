"""Typing in a cell: a plain line, with the column's words offered while typing, that stays open while its text cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from desktop.grid.model import GridModel
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
        if kind.choices:
            self.setCompleter(completer(kind, self))


def completer(kind: Kind, parent: QWidget) -> QCompleter:
    """Offers a kind's words that contain what is being typed."""
    made = QCompleter(list(kind.choices), parent)
    made.setFilterMode(Qt.MatchFlag.MatchContains)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
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
            words = watched.completer()
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
                cast(GridModel, editor.at.model()).read(editor.at.row(), editor.at.column(), editor.text())
            except Unreadable as error:
                QToolTip.showText(editor.mapToGlobal(QPoint(0, editor.height())), str(error), editor)
                editor.selectAll()
                return
        key = QKeyEvent(QEvent.Type.KeyPress, pressed.key(), pressed.modifiers())
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(key)


_ALT_DOWN: Final = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier).keyCombination()
