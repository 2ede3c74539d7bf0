"""SAFETY 7: a backup brings back exactly what it was made of; a bad one is refused, and never takes the place of a good one."""

from __future__ import annotations

import random
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from db import backup, container, password, restore
from db import book as books
from db.change import Change, Damaged
from policy.clock import Clock
from tests.db.records import everything, new
from tests.safety.conftest import Say

WORD = "春风十里 2026"


@pytest.mark.usefixtures("quick_passwords")
def test_backed_up_and_restored(demo_folder: Path, full: bool, say: Say, clock: Clock, tmp_path: Path) -> None:
    password.set_password(demo_folder, WORD)
    changes = 1000 if full else 60
    with books.open_book(demo_folder, clock, password=WORD) as book:
        tables, kept = book.read(everything), book.back_up("手动备份", tmp_path / "U盘")
        for at in range(changes):
            book.act("以后", [new("person", 9000 + at, name=f"人员{at}")])
    equal = 0
    for planted in ("", "book.db-wal", "book.db-journal"):
        if planted:
            (demo_folder / planted).write_bytes(random.randbytes(9000))
        restore.restore(demo_folder, kept.path, clock, "李晓敏", password=WORD)
        with books.open_book(demo_folder, clock, password=WORD) as book:
            equal += book.read(everything) == tables and book.verify() == []
    whole, refused, bits = kept.path.read_bytes(), 0, 100
    spoilt = tmp_path / f"坏{container.SUFFIX}"
    for _ in range(bits):
        at = random.randrange(len(whole))
        spoilt.write_bytes(whole[:at] + bytes([whole[at] ^ 1 << random.randrange(8)]) + whole[at + 1 :])
        try:
            restore.restore(demo_folder, spoilt, clock, "李晓敏", password=WORD)
        except Damaged:
            refused += 1
    before = {one.path for one in backup.backups(demo_folder / "backups")}
    content = bytearray((demo_folder / "book.db").read_bytes())
    content[len(content) // 2 : len(content) // 2 + 300] = random.randbytes(300)
    good = (demo_folder / "book.db").read_bytes()
    (demo_folder / "book.db").write_bytes(content)
    with pytest.raises(Damaged):
        books.open_book(demo_folder, clock, password=WORD)
    untouched = before == {one.path for one in backup.backups(demo_folder / "backups")}
    (demo_folder / "book.db").write_bytes(good)
    newest = _with_a_jumping_clock(demo_folder)
    figures = (
        f"{equal}/3 restored equal row by row after {changes:,} changes (2 with a planted journal), {refused}/{bits} backups with one changed bit refused, "
        f"a corrupt book {'left its good backups alone' if untouched else 'LOST BACKUPS'}, newest by counter kept {newest}/3 with the clock a year off"
    )
    say(7, figures, equal == 3 and refused == bits and untouched and newest == 3)


def _with_a_jumping_clock(folder: Path) -> int:
    """Backups with the clock right, a year back and a year ahead; how often the newest by counter is still there and is the last."""
    held, name = 0, "甲"
    for year in (2026, 2025, 2027):
        moment = datetime(year, 12, 31, 9)
        with books.open_book(folder, Clock(lambda moment=moment: moment), password=WORD) as book:
            for at in range(4):
                before = book.read(lambda c: c.exec_driver_sql("SELECT name FROM person WHERE id = 1").scalar())
                name = f"{year}第{at}次"
                book.act("改名", [Change("person", (1,), {"name": before}, {"name": name})])
                kept = book.back_up("打开时")
            held += backup.backups(folder / "backups")[-1].path == kept.path
    shutil.rmtree(folder / "backups")
    return held
