"""A disk that is full at a given size: `python -m tests.safety.limited BOOK STEPS` writes with a limit on the size of files, a little
higher each time, and prints as JSON how many writes failed, how many left a half, and how many failed without the sentence for it."""

from __future__ import annotations

import json
import resource
import signal
import sys
from datetime import datetime
from pathlib import Path

from db import book as books
from db.change import Change, Refused
from policy.clock import Clock
from tests.db.records import diary, everything, new

CLOCK = Clock(lambda: datetime(2026, 12, 31, 9))
FREE = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def main(folder: Path, steps: int) -> tuple[int, int, int]:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    size = (folder / "book.db").stat().st_size
    points = halves = untold = 0
    for step in range(steps):
        limit = 2048 + step * (size // steps) if step % 2 else size + step * 256  # the journal's writes, or the database's
        with books.open_book(folder, CLOCK) as book:
            before, lines = book.read(everything), book.read(diary)
            changes: list[Change] = [new("person", 1000 * (step + 1) + at, name="人" * 300) for at in range(40)]
            failed = told = False
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
            try:
                book.act("写", changes)
            except Refused as refusal:
                failed, told = True, "台账还是操作前的样子" in str(refusal)
            except Exception:
                failed = True
            resource.setrlimit(resource.RLIMIT_FSIZE, FREE)
            half = (failed and (book.read(everything), book.read(diary)) != (before, lines)) or book.verify() != []
            if not failed:
                book.undo()
        points, halves, untold = points + failed, halves + half, untold + (failed and not told)
    return points, halves, untold


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201
