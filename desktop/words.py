"""Offering words while a clerk types: any part of a word finds it, and so do the 拼音 initials (lwpq → 劳务派遣)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from policy.names import fold
from policy.spelling import spells, spells_within

_TAKING: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


def matching(text: str, words: Sequence[str]) -> list[str]:
    """The words a text may stand for, those that begin with it first; all of them for a blank."""
    wanted = fold(text)
    begin = [word for word in words if fold(word).startswith(wanted) or spells(wanted, word)]
    return begin + [word for word in words if word not in begin and (wanted in fold(word) or spells_within(wanted, word))]


def meant(text: str, words: Sequence[str]) -> str | None:
    """The one word a text stands for; None where it fits none or several."""
    found = matching(text, words) if text.strip() else []
    return found[0] if len(found) == 1 else None


class WordCompleter(QCompleter):
    """The list under a field. Enter and Tab take the first word where the clerk chose none."""

    entered = Signal(str)
    """This word was taken by Enter or Tab ("" where none is offered): go on to the next field."""

    def __init__(self, words: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = tuple(words)
        self.taken_by = Qt.Key.Key_Return
        """The key that took the last word."""
        self._offered = QStringListModel(list(words), self)
        self.setModel(self._offered)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(12)

    def offer(self, words: Sequence[str]) -> None:
        """Other words from now on."""
        self.words = tuple(words)
        self._offered.setStringList(list(words))

    def splitPath(self, path: str) -> list[str]:
        # Qt asks this of every text before it filters: the words are chosen here, and Qt then keeps them all.
        self._offered.setStringList(matching(path, self.words))
        return [""]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        popup = self.popup()
        if event.type() != QEvent.Type.KeyPress or watched is not popup or cast(QKeyEvent, event).key() not in _TAKING:
            return super().eventFilter(watched, event)
        # Taken here alone: Qt would first hand the key to the field, which goes on by itself, and a field would be skipped.
        chosen = popup.currentIndex() if popup.currentIndex().isValid() else self.completionModel().index(0, 0)
        written = self._written() if not popup.currentIndex().isValid() else None
        popup.hide()
        self.taken_by = Qt.Key(cast(QKeyEvent, event).key())
        self.entered.emit(written or chosen.data() or "")
        return True

    def _written(self) -> str | None:
        """The word that stands in the field as a whole, though others begin with it too."""
        line = self.widget()
        text = fold(line.text()) if isinstance(line, QLineEdit) else ""
        return next((word for word in self.words if fold(word) == text), None)
