"""Work that takes longer than a blink: in a thread of its own, with progress and cancel in a slim strip, never a modal dialog."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget


class Cancelled(Exception):  # noqa: N818 - a wish of the clerk, not an error
    """Raised inside the work, from its report, when the clerk has cancelled it."""


_COLLECTING: Final = gc.get_threshold()
_PUT_OFF: Final = 1_000_000

MUCH: Final = 2000
"""Rows that take so long to write that the rest of the window had better not ask the book meanwhile."""

Report = Callable[[int, int, str], None]
"""Called by the work now and then: done, total (0 = unknown), what it is doing. Raises Cancelled when it is to stop."""


class Work(QObject):
    """One piece of work. All signals arrive in the thread that made it."""

    progress = Signal(int, int, str)
    done = Signal(object)
    """The work's result."""
    failed = Signal(object)
    """The exception that ended it."""
    cancelled = Signal()
    _arrived = Signal(str, object)

    def __init__(self, task: Callable[[Report], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = task
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="work", daemon=True)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop at its next report."""
        self._stop.set()

    def _run(self) -> None:
        gc.unfreeze()
        gc.set_threshold(*_COLLECTING[:2], _PUT_OFF)  # going through all that a long work makes would hold the window still
        try:
            outcome: tuple[str, Any] = ("done", self._task(self._report))
        except Cancelled:
            outcome = ("cancelled", None)
        except Exception as error:  # shown by whoever listens to `failed`
            outcome = ("failed", error)
        finally:
            gc.freeze()  # nor is what it made gone through afterwards, until the next work begins
            gc.set_threshold(*_COLLECTING)
        self._arrived.emit(*outcome)

    def _report(self, done: int, total: int, text: str) -> None:
        if self._stop.is_set():
            raise Cancelled
        self._arrived.emit("progress", (done, total, text))

    def _deliver(self, what: str, content: Any) -> None:
        if what == "progress":
            self.progress.emit(*content)
        elif what == "cancelled":
            self.cancelled.emit()
        elif what == "failed":
            self.failed.emit(content)
        else:
            self.done.emit(content)


def let_go(heaps: list[list[Any]]) -> None:
    """Free many objects bit by bit beside the window: at one go, those of a year's pay would hold it still. The lists are emptied,
    once whoever still holds the objects for the act that is ending has let go of them too (else the last to do so would free them)."""

    def free() -> None:
        for heap in heaps:
            while heap:
                del heap[-200:]

    if any(len(heap) > MUCH for heap in heaps):
        QTimer.singleShot(0, threading.Thread(target=free, name="free", daemon=True).start)


class ProgressStrip(QFrame):
    """A line above the status bar: what is being done, how far, and 取消. Hidden while nothing runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.words = QLabel()
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedWidth(220)
        self.stop = QPushButton("取消")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 10, 3)
        row.addWidget(self.words, 1)
        row.addWidget(self.bar)
        row.addWidget(self.stop)
        self._work: Work | None = None
        self._resting: list[QWidget] = []
        self.stop.clicked.connect(self._cancel)
        self.hide()

    def run(self, words: str, work: Work, alone: bool = False) -> None:
        """Show a piece of work from its start to its end, and start it. `alone`: all else in the window rests (the book answers nobody
        while much is written)."""
        self._work = work
        self._resting = [one for one in _beside(self) if one.isEnabled()] if alone else []
        for one in self._resting:
            one.setEnabled(False)
        self.stop.setEnabled(True)
        self._show(0, 0, words)
        work.progress.connect(self._show)
        for end in (work.done, work.failed, work.cancelled):
            end.connect(self._end)
        self.show()
        work.start()

    def _show(self, done: int, total: int, words: str) -> None:
        self.words.setText(words)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _cancel(self) -> None:
        if self._work:
            self._work.cancel()
            self.stop.setEnabled(False)
            self.words.setText("正在停下……")

    def _end(self) -> None:
        self._work = None
        for one in self._resting:
            one.setEnabled(True)
        self.hide()


def _beside(widget: QWidget) -> list[QWidget]:
    """Everything in the window but a widget and what it stands in."""
    found: list[QWidget] = []
    while (parent := widget.parentWidget()) is not None and not widget.isWindow():
        found += [one for one in parent.children() if isinstance(one, QWidget) and one is not widget]
        widget = parent
    return [one for one in found if not one.isWindow()]
