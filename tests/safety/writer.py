"""A program that is killed: `python -m tests.safety.writer KILLS SECONDS SEED PASSWORD?` makes a book, forks writers and kills them at
random moments, looks at the book after each kill, and prints what it found as JSON. It runs apart from the test so that nothing
else is forked."""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, text

from db import book as books
from db import crypt, password
from db.book import Book
from db.change import Change
from policy.clock import Clock
from tests.db.records import county, new, worker

CLOCK = Clock(lambda: datetime(2026, 12, 31, 9))
WORD = "春风十里 2026"
SAVED, IMPORTED = 3, 400
"""Rows of an act of typing and of an import."""


def write(book: Book, say: int) -> None:
    """Type and import for ever, saying each act that was acknowledged."""
    number = book.read(lambda c: c.exec_driver_sql("SELECT coalesce(max(id), 0) FROM person").scalar())
    assert number is not None
    while True:
        rows = IMPORTED if random.random() < 0.05 else SAVED
        changes: list[Change] = [new("person", number + at, name=f"人员{number + at}") for at in range(1, rows + 1)]
        act = book.act(f"写 {rows}", changes)
        os.write(say, f"{act} {rows}\n".encode())
        number += rows


def halves(connection: Connection) -> int:
    """Acts whose lines are not as many as their name says."""
    query = "SELECT count(*) FROM diary h WHERE op = 'act' AND name LIKE '写 %' AND substr(name, 3) + 0 <> (SELECT count(*) - 1 FROM diary d WHERE d.act = h.act)"
    return int(connection.execute(text(query)).scalar_one())


def main(kills: int, longest: float, seed: int, word: str | None) -> dict[str, int]:
    random.seed(seed)
    crypt.TIME, crypt.MEMORY, crypt.LANES = 1, 64, 1
    found = dict.fromkeys(("kills", "writes", "lost", "corrupt", "half", "chain", "journals", "stale"), 0)
    with tempfile.TemporaryDirectory() as root:
        for turn in range(kills):
            if turn % 25 == 0:
                folder = books.create(Path(root), f"县{turn}", "0.1.0")
                with books.open_book(folder, CLOCK) as book:
                    book.act("新建", [*county(), *worker(1, date(2024, 1, 1))])
                if word:
                    password.set_password(folder, word)
            known = _killed(folder, longest, word)
            found["kills"] += 1
            found["journals"] += (folder / "book.db-journal").exists()
            started = time.monotonic()
            try:
                with books.open_book(folder, CLOCK, password=word) as book:
                    found["stale"] += time.monotonic() - started > 5
                    acts = book.read(lambda c: {(n, name) for n, name in c.execute(text("SELECT act, name FROM diary WHERE op = 'act'"))})
                    found["lost"] += sum((act, f"写 {rows}") not in acts for act, rows in known)
                    found["half"] += book.read(halves)
                    found["chain"] += book.verify() == []
            except books.Damaged:
                found["corrupt"] += 1
            found["writes"] += len(known)
    return found


def _killed(folder: Path, longest: float, word: str | None) -> list[tuple[int, int]]:
    """One writer, killed after a random while; the acts it had acknowledged."""
    reading, saying = os.pipe()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            os.close(reading)
            write(books.open_book(folder, CLOCK, password=word), saying)
        os._exit(1)
    os.close(saying)
    said = b""
    with os.fdopen(reading, "rb", buffering=0) as stream:
        said += stream.read(1)  # the clock starts when it writes
        time.sleep(random.random() * longest)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said += stream.read()
    whole = said.decode().rsplit("\n", 1)[0]
    return [(int(act), int(rows)) for act, rows in (line.split() for line in whole.splitlines())]


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), WORD if sys.argv[4:] else None)))  # noqa: T201
