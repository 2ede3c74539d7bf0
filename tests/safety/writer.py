"""A program that is killed: `python -m tests.safety.writer KILLS ACTS SEED PASSWORD?` makes a book, has writers forked and kills
them at random moments, looks at the book after each kill, and prints what it found as JSON.

The writers are forked by a process of their own that never starts a thread: a fork beside threads may copy a lock that nobody frees."""

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
    told = "SELECT max(CASE op WHEN 'act' THEN name END) AS name, count(*) - 1 AS lines FROM diary GROUP BY act"
    query = f"SELECT count(*) FROM ({told}) WHERE name LIKE '写 %' AND substr(name, 3) + 0 <> lines"
    return int(connection.execute(text(query)).scalar_one())


def main(kills: int, acts: int, seed: int, word: str | None) -> dict[str, int]:
    random.seed(seed)
    crypt.TIME, crypt.MEMORY, crypt.LANES = 1, 64, 1
    starter = Starter(word)
    found = dict.fromkeys(("kills", "writes", "lost", "corrupt", "half", "chain", "journals", "stale"), 0)
    with tempfile.TemporaryDirectory() as root:
        for turn in range(kills):
            if turn % 10 == 0:
                folder = books.create(Path(root), f"县{turn}", "0.1.0")
                with books.open_book(folder, CLOCK) as book:
                    book.act("新建", [*county(), *worker(1, date(2024, 1, 1))])
                if word:
                    password.set_password(folder, word)
            known = _killed(starter, folder, acts)
            found["kills"] += 1
            found["journals"] += (folder / "book.db-journal").exists()
            started = time.monotonic()
            try:
                with books.open_book(folder, CLOCK, password=word) as book:
                    found["stale"] += time.monotonic() - started > 5
                    there = book.read(lambda c: {(n, name) for n, name in c.execute(text("SELECT act, name FROM diary WHERE op = 'act'"))})
                    found["lost"] += sum((act, f"写 {rows}") not in there for act, rows in known)
                    found["half"] += book.read(halves)
                    found["chain"] += book.verify() == []
            except books.Damaged:
                found["corrupt"] += 1
            found["writes"] += len(known)
    return found


def _killed(starter: Starter, folder: Path, acts: int) -> list[tuple[int, int]]:
    """One writer, killed at a random moment inside one of its acts, `acts` of them on the average (however slow the machine is); the acts
    it had acknowledged."""
    said = folder.parent / "said.txt"
    said.write_bytes(b"")
    child = starter.start(folder, said)
    wanted, started = 1 + random.randrange(2 * acts), time.monotonic()
    while said.read_bytes().count(b"\n") < wanted:
        time.sleep(0.002)
    time.sleep(random.random() * (time.monotonic() - started) / wanted)
    os.kill(child, signal.SIGKILL)
    starter.reaped()
    whole = said.read_text().rsplit("\n", 1)[0]
    return [(int(act), int(rows)) for act, rows in (line.split() for line in whole.splitlines())]


class Starter:
    """The process that forks writers: told where by a pipe, answers with the writer's number, and again when it is gone."""

    def __init__(self, word: str | None) -> None:
        told, tell = os.pipe()
        answer, say = os.pipe()
        if os.fork() == 0:
            os.close(tell)
            _serve(told, say, word)
        os.close(told)
        os.close(say)
        self._tell, self._answers = os.fdopen(tell, "w"), os.fdopen(answer)

    def start(self, folder: Path, said: Path) -> int:
        print(folder, said, sep="\t", file=self._tell, flush=True)
        return int(self._answers.readline())

    def reaped(self) -> None:
        assert self._answers.readline() == "gone\n"


def _serve(told: int, say: int, word: str | None) -> None:
    for line in os.fdopen(told):
        folder, said = map(Path, line.rstrip("\n").split("\t"))
        random.seed(time.time_ns())
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                write(books.open_book(folder, CLOCK, password=word), os.open(said, os.O_WRONLY | os.O_APPEND))
            os._exit(1)
        os.write(say, f"{child}\n".encode())
        os.waitpid(child, 0)
        os.write(say, b"gone\n")
    os._exit(0)


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), WORD if sys.argv[4:] else None)))  # noqa: T201
