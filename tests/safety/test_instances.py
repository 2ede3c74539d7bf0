"""SAFETY 5: many starts at once, one writer; what a killed program leaves behind locks nobody out."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from db import book as books
from policy.clock import Clock
from tests.db.records import county
from tests.safety.conftest import Say

START = (
    "import sys, time\nfrom pathlib import Path\nfrom db import book\nfrom db.change import Locked\nfrom policy.clock import Clock\n"
    "print('ready', flush=True)\nsys.stdin.readline()\n"
    "try: held = book.open_book(Path(sys.argv[1]), Clock(), sys.argv[2])\n"
    "except Locked as refusal:\n    sys.stdout.buffer.write(('locked ' + str(refusal)).encode()); sys.stdout.flush(); sys.exit(3)\n"
    "print('writer', flush=True)\nsys.stdin.readline()\nheld.act('写', [])\nheld.close()\n"
)


def test_many_starts_at_once(full: bool, say: Say, tmp_path: Path, clock: Clock) -> None:
    folder = books.create(tmp_path, "石桥县", "0.1.0")
    with books.open_book(folder, clock) as book:
        book.act("新建", county())
    count = 50 if full else 4
    starts = [
        subprocess.Popen([sys.executable, "-c", START, str(folder), f"第{at}位"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd(), env=os.environ)
        for at in range(count)
    ]
    try:
        for one in starts:
            assert one.stdout and one.stdout.readline() == b"ready\n"
        for one in starts:
            assert one.stdin
            one.stdin.write(b"go\n")
            one.stdin.flush()
        said = [one.stdout.readline().decode() for one in starts if one.stdout]
        writers = [one for one, line in zip(starts, said, strict=True) if line.startswith("writer")]
        refused = [line for line in said if line.startswith("locked") and "打开着" in line]
        assert writers
        writers[0].kill()
        writers[0].wait()
        began = time.monotonic()
        with books.open_book(folder, clock) as book:
            freed = time.monotonic() - began
            sound = book.verify() == []
    finally:
        for one in starts:
            one.kill()
            one.wait()
            for stream in (one.stdin, one.stdout):
                if stream:
                    with suppress(BrokenPipeError):
                        stream.close()
    figures = f"{count} starts, {len(writers)} writer, {len(refused)} told who holds it; a killed holder's lock was free after {freed:.1f} s"
    say(5, figures, len(writers) == 1 and len(refused) == count - 1 and freed < 5 and sound)
