"""SAFETY 1 and 6: a program killed at any moment, while typing, importing, or bringing a book to a newer schema."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db import backup, migrate
from db import book as books
from db.change import Newer
from policy.clock import Clock
from tests.db.records import county, everything
from tests.safety.conftest import Say

POSIX = os.name != "nt"


def run(kills: int, acts: int, *word: str) -> dict[str, int]:
    command = [sys.executable, "-m", "tests.safety.writer", str(kills), str(acts), str(random.randrange(10**6)), *word]
    done = subprocess.run(command, capture_output=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr.decode()
    return dict(json.loads(done.stdout))


@pytest.mark.skipif(not POSIX, reason="forks")
def test_killed_while_writing(full: bool, say: Say) -> None:
    kills, acts = (250, 50) if full else (3, 5)
    plain, locked = run(kills, acts), run(kills, acts, "locked")
    sums = {name: plain[name] + locked[name] for name in plain}
    figures = (
        f"{sums['kills']} kills (half of them of encrypted books) in {sums['writes']:,} acknowledged acts, {sums['journals']} left a journal, "
        f"{sums['lost']} lost, {sums['corrupt']} corrupt, {sums['half']} half, chain valid {sums['chain']}/{sums['kills']}, {sums['stale']} stale locks over 5 s"
    )
    holds = not (sums["lost"] or sums["corrupt"] or sums["half"] or sums["stale"]) and sums["chain"] == sums["kills"] == 2 * kills
    say(1, figures, holds and (not full or sums["writes"] >= 20_000))


NEXT = migrate.newest() + 1
STEPS = "".join(f"CREATE TABLE later{at} (id INTEGER);\n" for at in range(20))


def test_killed_while_upgrading(full: bool, say: Say, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The upgrade is cut at each statement; the book is the old one or the new one, and one backup was made first."""
    folder = books.create(tmp_path, "石桥县", "0.1.0")
    with books.open_book(folder, clock) as book:
        book.act("新建", county())
        before = book.read(everything)
    known = migrate.files()
    between, backups, cuts = 0, set(), 0
    for at in range(20 if full else 4):
        copy = Path(shutil.copytree(folder, tmp_path / f"{at}.经办台账"))
        command = (
            "import os, sys\nfrom pathlib import Path\nfrom db import book, migrate\nfrom policy.clock import Clock\n"
            f"known = migrate.files(); migrate.files = lambda: [*known, ({NEXT}, {STEPS!r})]\n"
            "real, left = migrate.statements, [int(sys.argv[2])]\n"
            "def dying(sql):\n"
            "    for one in real(sql):\n"
            "        if 'later' in one:\n"
            "            left[0] -= 1\n"
            "            if left[0] < 0: os._exit(9)\n"
            "        yield one\n"
            "migrate.statements = dying\n"
            "book.open_book(Path(sys.argv[1]), Clock()).close()\n"
        )
        done = subprocess.run([sys.executable, "-c", command, str(copy), str(at if full else at * 5)], capture_output=True, check=False, cwd=Path.cwd())
        cuts += done.returncode == 9
        backups.add(len(backup.backups(copy / "backups")))
        with books.open_book(copy, clock) as book:
            between += book.read(migrate.version) != known[-1][0] or book.read(everything) != before or book.verify() != []
        with monkeypatch.context() as patched:
            patched.setattr(migrate, "files", lambda: [*known, (NEXT, STEPS)])
            with books.open_book(copy, clock) as book:
                between += book.read(migrate.version) != NEXT
            backups.add(len(backup.backups(copy / "backups")))
        content = (copy / "book.db").read_bytes()
        with pytest.raises(Newer):
            books.open_book(copy, clock)
        between += (copy / "book.db").read_bytes() != content
    say(6, f"{cuts} cuts of 1 schema, {between} between old and new, backups before the upgrade {sorted(backups)}", between == 0 and backups == {1} and cuts >= 4)
