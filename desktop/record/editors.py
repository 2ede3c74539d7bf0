"""The form's editors, one for each sort of field: a line, a list of words to type into, words to tick, a date with its calendar.

All speak alike: `text()`, `setText()`, `setReadOnly()`, and `left` when the clerk is done with the field.
"""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QDate, QEvent, QMargins, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QCalendarWidget, QComboBox, QLineEdit, QToolButton, QToolTip, QWidget

from desktop.icons import icon
from desktop.record.ticks import TickList
from desktop.theme import restyle
from desktop.words import WordCompleter, meant
from policy.kinds import Kind, Unreadable
from policy.kinds.date import DATE, END_DATE
from policy.kinds.ticked import ticks

_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EXAMPLE: Final = "如 2026-11-03"
_TICKED: Final = "按 F7 勾选，多项用顿号隔开"
_UNDO: Final = (QKeySequence("Ctrl+Z"), QKeySequence("Ctrl+Y"), QKeySequence("Ctrl+Shift+Z"))


def _leaves_undo(line: QLineEdit, event: QEvent) -> bool:
    """Whether Ctrl+Z or Ctrl+Y is for the book: nothing has been typed into the line that it could take back itself."""
    if event.type() != QEvent.Type.ShortcutOverride or QKeySequence(cast(QKeyEvent, event).keyCombination()) not in _UNDO:
        return False
    return not line.isUndoAvailable() and not line.isRedoAvailable()


def _opens(event: QKeyEvent) -> bool:
    """F7 or Alt+↓: what drops from the field."""
    return event.key() == Qt.Key.Key_F7 or bool(event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier)


class LineEditor(QLineEdit):
    """A line of text; Enter goes on to the next field. Text longer than the field is shown from its beginning, and whole on pointing at it."""

    left = Signal()

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if kind.align == "right":
            self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def setReadOnly(self, only: bool) -> None:
        super().setReadOnly(only)
        restyle(self)

    def setText(self, text: str) -> None:
        super().setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        if _leaves_undo(self, event):
            event.ignore()
            return False
        if event.type() == QEvent.Type.ToolTip and self.fontMetrics().horizontalAdvance(self.text()) > self.width() - 2 * self.height():
            QToolTip.showText(cast(QHelpEvent, event).globalPos(), "\n".join(one for one in (self.text(), self.toolTip()) if one), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TicksEditor(LineEditor):
    """Several words with 、 between: typed, or ticked in the list under the field (button, F7 or Alt+↓)."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(kind, parent)
        self._kind = kind
        self.setPlaceholderText(_TICKED)
        self._button = self.addAction(icon("check"), QLineEdit.ActionPosition.TrailingPosition)
        self._button.setToolTip("勾选（F7）")
        self._button.triggered.connect(self.open_list)
        self.list = TickList(kind.offers, self)
        self.list.ticked.connect(self._take)
        self.list.escaped.connect(self._leave_it)
        self.list.closed.connect(self._close)
        self._others: tuple[str, ...] = ()
        self._before = ""
        self._turned = False

    def offer(self, kind: Kind) -> None:
        """The words of this kind from now on; the text stays."""
        self._kind = kind
        self.list.offer(kind.offers)

    def words(self) -> tuple[str, ...]:
        """The words offered."""
        return self._kind.offers

    def setReadOnly(self, only: bool) -> None:
        super().setReadOnly(only)
        self._button.setVisible(not only)
        self.setPlaceholderText("" if only else _TICKED)

    def open_list(self) -> None:
        """Show the words under the field, those it says ticked; what else it says stays behind them."""
        try:
            said = ticks(self._kind.parse(self.text(), None))
        except Unreadable:
            said = ()
        self._others = tuple(word for word in said if word not in self._kind.offers)
        self._before, self._turned = self.text(), False
        self.list.drop(said, self)

    def _take(self) -> None:
        self._turned = True
        self.setText("、".join((*self.list.words(), *self._others)))

    def _leave_it(self) -> None:
        self._turned = False
        self.setText(self._before)

    def _close(self) -> None:
        if self._turned:
            self._take()  # the book may have moved meanwhile, and the form have shown its record again
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _opens(event) and not self.isReadOnly():
            self.open_list()
        else:
            super().keyPressEvent(event)


class DateEditor(LineEditor):
    """A date typed as clerks type it (20261103, 11.3, 今天), or taken from the calendar (button, F7 or Alt+↓). May be empty."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(kind, parent)
        self._kind = kind
        self.setPlaceholderText(_EXAMPLE)
        self._button = self.addAction(icon("calendar"), QLineEdit.ActionPosition.TrailingPosition)
        self._button.setToolTip("选日期（F7）")
        self._button.triggered.connect(self.open_calendar)
        self.calendar: QCalendarWidget | None = None

    def setReadOnly(self, only: bool) -> None:
        super().setReadOnly(only)
        self._button.setVisible(not only)
        self.setPlaceholderText("" if only else _EXAMPLE)

    def open_calendar(self) -> None:
        """Show the calendar under the field, at its date."""
        if self.calendar is None:
            self.calendar = QCalendarWidget(self)
            self.calendar.setWindowFlag(Qt.WindowType.Popup)
            self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
            for name, drawn in (("qt_calendar_prevmonth", "left"), ("qt_calendar_nextmonth", "right")):
                cast(QToolButton, self.calendar.findChild(QToolButton, name)).setIcon(icon(drawn))
            self.calendar.clicked.connect(self._take)
            self.calendar.activated.connect(self._take)
        try:
            day = self._kind.parse(self.text(), None)
        except Unreadable:
            day = None
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day) if day else QDate.currentDate())
        size, below = self.calendar.sizeHint().grownBy(QMargins(0, 0, 0, 16)), self.mapToGlobal(QPoint(0, self.height()))
        if below.y() + size.height() > self.screen().availableGeometry().bottom():
            below = self.mapToGlobal(QPoint(0, -size.height()))
        self.calendar.setGeometry(QRect(below, size))
        self.calendar.show()
        self.calendar.setFocus()

    def _take(self, day: QDate) -> None:
        if self.calendar:
            self.calendar.hide()
        self.setText(day.toString(Qt.DateFormat.ISODate))
        self.setFocus()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _opens(event) and not self.isReadOnly():
            self.open_calendar()
        else:
            super().keyPressEvent(event)


class ChoiceEditor(QComboBox):
    """One of a few words, or blank: picked from the list (F7), or typed and found by any part of it or its 拼音 initials."""

    left = Signal()
    typed = Signal(str)
    """The clerk typed or picked; not said when the program sets the text."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._only = False
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        self.setMinimumContentsLength(4)
        self._words = WordCompleter(kind.choices, self)
        self.setCompleter(self._words)
        self._words.entered.connect(self._take)
        self._line = cast(QLineEdit, self.lineEdit())
        self.offer(kind)
        self._line.textEdited.connect(self.typed)
        self.activated.connect(self._picked)

    def offer(self, kind: Kind) -> None:
        """The words of this kind from now on; the text stays."""
        self._kind = kind
        text = self.text()
        self.clear()
        self.addItems(["", *kind.choices])
        self._words.offer(kind.choices)
        self.setText(text)

    def words(self) -> tuple[str, ...]:
        """The words offered."""
        return self._words.words

    def text(self) -> str:
        return self.currentText()

    def setText(self, text: str) -> None:
        self.setCurrentIndex(self.findText(text))
        self.setEditText(text)

    def isReadOnly(self) -> bool:
        return self._only

    def setReadOnly(self, only: bool) -> None:
        self._only = only
        self._line.setReadOnly(only)
        self.setProperty("readOnly", only)
        restyle(self)
        restyle(self._line)
        QApplication.sendEvent(self, QEvent(QEvent.Type.StyleChange))  # else the line keeps the room it had with the other look

    def showPopup(self) -> None:
        if not self._only:
            super().showPopup()

    def event(self, event: QEvent) -> bool:
        line = self.lineEdit()
        if line is not None and _leaves_undo(line, event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F7:
            self.showPopup()
        elif event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.focusNextChild()
        elif self._only and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._understand()
            self.left.emit()

    def _picked(self) -> None:
        self.typed.emit(self.text())
        self.left.emit()

    def _take(self, word: str) -> None:
        if word:
            self.setText(word)
            self.typed.emit(word)
        QTimer.singleShot(0, self, self.focusNextChild)  # the list is still closing

    def _understand(self) -> None:
        """Initials or a part of a word become the word, where only one is meant."""
        try:
            self._kind.parse(self.text(), None)
        except Unreadable:
            if (word := meant(self.text(), self._kind.choices)) is not None:
                self.setText(word)
                self.typed.emit(word)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling the form must not change what is under the pointer


Editor = LineEditor | ChoiceEditor


def editor(kind: Kind, parent: QWidget | None = None) -> Editor:
    """The editor a kind is typed into."""
    if kind.choices:
        return ChoiceEditor(kind, parent)
    if kind.offers:
        return TicksEditor(kind, parent)
    if kind.name in (DATE.name, END_DATE.name):
        return DateEditor(kind, parent)
    return LineEditor(kind, parent)
