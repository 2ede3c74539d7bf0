"""One window for one user: a second start hands over what it was started with and raises the first. No socket is opened for it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile, QObject, QTimer

from resources import files

POLLED: Final = 400
"""Milliseconds between two looks at the request file: a double click is answered at once, an idle program costs nothing."""
_REQUEST: Final = "request.json"


class Instance(QObject):
    """Made at start in the user's own folder. `first` tells whether this is the only running program; else `hand_over` and leave."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._lock = QLockFile(str(folder / "running.lock"))
        self._lock.setStaleLockTime(0)  # a program that was killed leaves no lock: its process is looked for
        self.first = self._lock.tryLock(50)
        self._timer = QTimer(self, interval=POLLED)

    def hand_over(self, arguments: Sequence[str]) -> None:
        """Ask the first program to come to the front, and to open what this one was started with."""
        files.write(self._folder / _REQUEST, json.dumps(list(arguments), ensure_ascii=False).encode())

    def listen(self, asked: Callable[[list[str]], object]) -> None:
        """Look for what later starts ask; `asked` gets their arguments."""
        (self._folder / _REQUEST).unlink(missing_ok=True)

        def look() -> None:
            path = self._folder / _REQUEST
            if not path.exists():
                return
            try:
                arguments = json.loads(path.read_text(encoding="utf-8"))
                path.unlink(missing_ok=True)
            except (OSError, ValueError):
                return  # being written just now: the next look finds it whole
            asked([str(one) for one in arguments])

        self._timer.timeout.connect(look)
        self._timer.start()

    def leave(self) -> None:
        """The program ends."""
        self._timer.stop()
        if self.first:
            self._lock.unlock()
