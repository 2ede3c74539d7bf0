"""The desk: the open book as the windows see it, the as-of date, the newest check, and undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from datetime import date
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from db.lists import Column, Edit
from office.check import Checked, check_period, facts_in, judge
from office.edit import change_cells
from office.open import Book, Interrupted
from policy.clock import Clock
from policy.facts import Facts

T = TypeVar("T")

PAINTED: Final = 80
"""Milliseconds after a change before the check of it begins: the screen shows the change first, and who types on is checked once."""


class Desk(QObject):
    """Acts live in office; the desk runs them on the open book and tells the screens that the book moved.

    Whatever an act raises (ValueError with a sentence) goes to the caller; `changed` comes only after an act that was done.
    """

    changed = Signal()
    """The book moved, or is seen as of another day: what is on screen is to be read again."""
    checked = Signal()
    """A check of the book as it is now has arrived in `check`."""
    _arrived = Signal(int, object)
    _answered = Signal(object, object, object)

    def __init__(self, book: Book, clock: Clock, as_of: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.clock = clock
        self.as_of = as_of
        self.check: Checked | None = None
        """The newest check; None until the first one is there, and stale (never shown) while `checking`."""
        self.checking = False
        self.copies: TemporaryDirectory[str] | None = None
        """Where copies of attachments lie that another program was given to show."""
        self._asked = 0
        self._soon = QTimer(self, singleShot=True, interval=PAINTED)
        self._soon.timeout.connect(self._ask)
        self._arrived.connect(self._take)
        self._answered.connect(self._hand_on)

    def today(self) -> date:
        """Today, for what a clerk types."""
        return self.clock.today()

    def hand(self) -> str:
        """Who sits there, and the minute, as a change of a habit is signed."""
        return f"{self.book.who}　{self.clock.now():%Y-%m-%d %H:%M}"

    def read(self, query: Callable[..., T], *args: Any, **where: Any) -> T:
        """Read the book for a screen."""
        return self.book.read(query, *args, **where)

    def read_beside(self, screen: QObject, take: Callable[[T], object], query: Callable[..., T], *args: Any) -> None:
        """Read the book for a screen while the clerk goes on; `take` gets the answer, unless book or screen are closed by then."""

        def answered(done: Future[T]) -> None:
            if not isinstance(done.exception(), Interrupted):
                with suppress(RuntimeError):  # the desk has gone meanwhile
                    self._answered.emit(screen, take, done)

        self.book.read_later(query, *args).add_done_callback(answered)

    def see(self, as_of: date) -> None:
        """Look at the book as of another day."""
        self.as_of = as_of
        self.moved()

    def act(self, act: Callable[..., T], *args: Any, **values: Any) -> T:
        """Do an act of the office on the open book (its first argument), and have the screens read again."""
        done = act(self.book, *args, **values)
        self.moved()
        return done

    def commit(self, columns: Sequence[Column]) -> Callable[[list[Edit], str], object]:
        """For a grid with these columns: writes its cell edits as one act."""
        return lambda edits, name: self.act(change_cells, columns, edits, name)

    def undo(self) -> str:
        """Take back the last act; returns its name ("" = nothing to take back)."""
        done = self.act(lambda book: book.undo())
        return done.plain if done else ""

    def redo(self) -> str:
        """Do the last taken-back act again; returns its name ("" = nothing to do again)."""
        done = self.act(lambda book: book.redo())
        return done.plain if done else ""

    def moved(self) -> None:
        """The book moved: ask for a new check in the background, and tell the screens."""
        self._asked += 1
        self.checking = True
        if self.check is None:
            self._ask()
        else:
            self._soon.start()
        self.changed.emit()

    def _ask(self) -> None:
        asked = self._asked
        try:
            facts = self.book.read_later(facts_in, check_period(self.as_of))
        except Interrupted:  # the book was closed in the moment between
            return
        facts.add_done_callback(lambda read: Thread(target=self._judge, args=(asked, read), name="check", daemon=True).start())

    def close(self) -> None:
        """Let go of the book; a check still under way is dropped."""
        self._asked += 1
        self._soon.stop()
        if self.copies is not None:
            self.copies.cleanup()
        self.book.close()

    def _judge(self, asked: int, read: Future[Facts]) -> None:
        """The rules run outside the book's thread: an edit never waits for them."""
        done: Future[Checked] = Future()
        try:
            done.set_result(judge(read.result()))
        except BaseException as error:
            done.set_exception(error)
        with suppress(RuntimeError):  # the window has gone meanwhile, and the desk with it
            self._arrived.emit(asked, done)

    def _hand_on(self, screen: QObject, take: Callable[[Any], object], done: Future[Any]) -> None:
        if isValid(screen):
            take(done.result())

    def _take(self, asked: int, done: Future[Checked]) -> None:
        if asked == self._asked:
            self.checking = False
            self.check = done.result()
            self.checked.emit()
