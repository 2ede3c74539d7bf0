"""Holding a book: one program at a time, by a lock of the operating system on a small file that also says who has it.

The lock goes with the process, also after a crash or a power cut: a note left behind locks nobody out.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from db.change import Locked

NOTE: Final = "open-by.txt"
_FAR: Final = 1 << 30
"""Windows locks bytes; one beyond the note's end leaves the note readable."""


class Hold:
    """A book held by this program; `release` lets it go."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NOTE
        self._handle = _taken(self.path)

    def say(self, who: str) -> None:
        """Write who holds the book, for those who come after."""
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, who.encode())

    def release(self) -> None:
        """Let go of the book, twice is once."""
        if self._handle < 0:
            return
        handle, self._handle = self._handle, -1
        if os.name != "nt":  # the name goes while the lock is still held, or it could be another holder's
            self.path.unlink(missing_ok=True)
        os.close(handle)
        if os.name == "nt":
            with suppress(OSError):
                self.path.unlink(missing_ok=True)


def _taken(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            raise Locked(f"台账正由{_holder(path)}打开着。请先关闭那个窗口再试。") from error
        if os.name == "nt" or _same(path, handle):
            return handle
        os.close(handle)  # the one before us took the name away between our two steps


def _same(path: Path, handle: int) -> bool:
    try:
        return path.stat().st_ino == os.fstat(handle).st_ino
    except FileNotFoundError:
        return False


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip() or "另一个程序"
    except (OSError, ValueError):
        return "另一个程序"
