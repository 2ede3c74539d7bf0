"""B1–B3: whole processes, from the moment they are started to the picture on the screen, against an empty window started the same way."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings

from office.password import set_password
from tests.bench.books import CLOCK, COUNTY, PASSWORD, copy
from tests.bench.table import Line

ROUNDS: Final = 5
FROZEN: Final = Path(__file__).resolve().parents[2] / "dist" / "经办台账" / ("经办台账.exe" if os.name == "nt" else "经办台账")
EMPTY: Final = "import sys; from PySide6.QtWidgets import QApplication, QMainWindow; app = QApplication([]); window = QMainWindow(); window.show(); app.exec()"
PAINTED: Final = re.compile(rb"qt\.widgets\.painting: Flushing")
"""What Qt says of a picture that goes to the screen: heard from a frozen program too, with nothing built into it."""
FILLED: Final = b"the workbench is filled"
QUIET: Final = 1.5
"""Seconds without a new picture after which the last one counts as the finished one."""


def b1() -> list[Line]:
    """The program started with nothing, a book remembered."""
    with tempfile.TemporaryDirectory() as folder:
        home = _home(Path(folder), remembered=copy(COUNTY, Path(folder)))
        ours, empty = _turns(home, [sys.executable, "-m", "desktop"], [sys.executable, "-c", EMPTY])
    return [Line("B1", "start to the first painted window, a county book remembered", ours, "s", 1.7, empty, "empty QMainWindow")]


def b2() -> list[Line]:
    """A county book with a password, opened to its filled workbench."""
    with tempfile.TemporaryDirectory() as folder:
        book = copy(COUNTY, Path(folder))
        set_password(book, PASSWORD, CLOCK, "测速")
        home = _home(Path(folder))
        best = [(_seconds([sys.executable, "-m", "tests.bench.filled", str(book)], home, until=FILLED), _seconds([sys.executable, "-c", EMPTY], home)) for _ in range(ROUNDS)]
    ours, empty = (min(times) for times in zip(*best, strict=True))
    return [Line("B2", "start to the workbench filled, book with a password", ours, "s", 6, empty, "empty QMainWindow")]


def b3() -> list[Line]:
    """The folder build, to its first picture and to the filled workbench of a county book."""
    whats = ("frozen start to the first painted window", "frozen start to the workbench filled")
    if not FROZEN.exists():
        return [Line("B3", what, None, "s", 1.1, against="unfrozen", note="there is no folder build: python3 dev.py package makes it") for what in whats]
    frozen, plain = [str(FROZEN)], [sys.executable, "-m", "desktop"]
    with tempfile.TemporaryDirectory() as folder:
        book = str(copy(COUNTY, Path(folder)))
        home = _home(Path(folder))
        first = _turns(home, frozen, plain)
        filled = _turns(home, [*frozen, book], [*plain, book], quiet=QUIET)
    return [Line("B3", what, ours, "s", 1.1, theirs, "unfrozen") for what, (ours, theirs) in zip(whats, (first, filled), strict=True)]


def _turns(home: dict[str, str], ours: Sequence[str], yardstick: Sequence[str], quiet: float = 0) -> tuple[float, float]:
    """Best seconds of two programs, turn about, each once before for the disk's sake."""
    times = [(_seconds(ours, home, quiet=quiet), _seconds(yardstick, home, quiet=quiet)) for _ in range(ROUNDS + 1)][1:]
    return min(first for first, _ in times), min(second for _, second in times)


def _seconds(command: Sequence[str], environment: dict[str, str], until: bytes | None = None, quiet: float = 0) -> float:
    """From the start of a process to its first picture (`quiet`: to the last one before so many quiet seconds; `until`: to the picture
    after which it says so). The process is ended then."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=Path(__file__).resolve().parents[2])
    assert process.stderr is not None
    said, painted, failed = b"", None, begun + 120
    try:
        while time.perf_counter() < failed:
            ready, _, _ = select.select([process.stderr], [], [], quiet if painted and quiet else 1.0)
            if not ready:
                if painted and quiet:
                    return painted - begun
                continue
            now, more = time.perf_counter(), os.read(process.stderr.fileno(), 1 << 16)
            if not more:
                break
            said = said[-4096:] + more
            if (until in said) if until else PAINTED.search(said):
                painted = now
                if not quiet:
                    return painted - begun
                said = b""
    finally:
        process.kill()
        process.wait()
        process.stderr.close()
    raise RuntimeError(f"{command[0]} painted nothing: {said.decode(errors='replace')}")


def _home(folder: Path, remembered: Path | None = None) -> dict[str, str]:
    """The environment of somebody whose own files lie in `folder`, for a program that tells when it paints."""
    own = folder / "own"
    (own / "经办台账").mkdir(parents=True, exist_ok=True)
    if remembered:
        settings = QSettings(str(own / "经办台账" / "settings.ini"), QSettings.Format.IniFormat)
        settings.setValue("recent", [str(remembered)])
        settings.sync()
    rules = "qt.widgets.painting.info=true"
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(own), "HOME": str(own), "QT_LOGGING_RULES": rules, "QT_LOGGING_TO_CONSOLE": "1"}
