"""A question whose answer is worked out while it is typed: what follows (warnings with their article, money) stands under the fields before
anything is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.ask import Ask
from desktop.record.editors import ChoiceEditor
from policy.kinds import Field, Unreadable

_LOOKED_AFTER: Final = 120
"""Milliseconds without a keystroke after which what follows is worked out."""


@dataclass(frozen=True)
class Told:
    """What follows from the answers so far: sentences to know, cautions to weigh, and what other fields would then usually be."""

    said: Sequence[str] = ()
    cautions: Sequence[str] = ()
    usual: Mapping[str, Any] = field(default_factory=dict)


class Guided(Ask):
    """`foresee(values)` is asked with what can be read so far (blank and unreadable fields are None) and may refuse with a sentence.

    A field of `usual` is filled in until the clerk types into it. With cautions the button says that they were seen.
    """

    def __init__(
        self,
        title: str,
        explanation: str,
        fields: Mapping[str, Field],
        foresee: Callable[[dict[str, Any]], Told],
        act: Callable[[dict[str, Any]], object],
        today: Callable[[], date],
        parent: QWidget | None = None,
        start: Mapping[str, Any] | None = None,
        confirm: str = "确定",
    ) -> None:
        super().__init__(title, explanation, fields, act, today, parent, start, confirm)
        self.setMinimumWidth(560)
        self._foresee, self._words = foresee, confirm
        self._own: set[str] = set()
        self._put = {name: shown.text() for name, shown in self.editors.items()}
        self.said, self.cautions = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.said.setObjectName("note")
        self.cautions.setObjectName("caution")
        box = self.layout()
        assert isinstance(box, QVBoxLayout)
        for label in (self.said, self.cautions):
            box.insertWidget(box.indexOf(self.wrong), label)
            label.hide()
        self._looking = QTimer(self, singleShot=True, interval=_LOOKED_AFTER)
        self._looking.timeout.connect(self._look_again)
        for name, shown in self.editors.items():
            typed = shown.typed if isinstance(shown, ChoiceEditor) else shown.textEdited
            typed.connect(lambda _text="", name=name: self._typed(name))
            shown.left.connect(self._looking.start)
        self.look()

    def _look_again(self) -> None:
        if self.isVisible():  # a field is left, too, when the question is closed
            self.look()

    def _typed(self, name: str) -> None:
        self._own.add(name)
        self._looking.start()

    def answers(self) -> dict[str, Any]:
        """What can be read so far; None where a field is blank or cannot be read."""
        values: dict[str, Any] = {}
        for name, asked in self._fields.items():
            try:
                values[name] = asked.kind.parse(self.editors[name].text(), self._today())
            except Unreadable:
                values[name] = None
        return values

    def look(self) -> None:
        """Work out what follows from what is typed now."""
        self._looking.stop()
        try:
            told = self._foresee(self.answers())
        except ValueError as refusal:
            told = Told(cautions=(str(refusal),))
        for name, value in told.usual.items():
            if name not in self._own and self.editors[name].text() == self._put[name]:
                self.editors[name].setText("" if value is None else self._fields[name].kind.show(value))
                self._put[name] = self.editors[name].text()
        for label, sentences in ((self.said, told.said), (self.cautions, told.cautions)):
            label.setText("\n".join(sentences))
            label.setVisible(bool(sentences))
        keep = self.buttons.buttons()[0]
        assert isinstance(keep, QPushButton)
        keep.setText(f"已知晓，{self._words}" if told.cautions else self._words)
        self._make_room()

    def _confirm(self) -> None:
        seen = self.cautions.text()
        self.look()
        if self.cautions.text() in ("", seen):  # what was not yet to be seen is shown first
            super()._confirm()

    def _make_room(self) -> None:
        box = self.layout()
        if box is not None:  # sentences come and go, and a dialog does not grow by itself
            box.activate()
            self.resize(self.width(), max(box.totalHeightForWidth(self.width()), self.minimumSizeHint().height()))
