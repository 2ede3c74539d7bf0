"""SAFETY 8: pages overwritten at random: the book is refused in words, and what is not on those pages is saved into a new one."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from db import book as books
from db import password, salvage
from db.change import Damaged
from policy.clock import Clock
from tests.db.records import everything
from tests.safety.conftest import Say

WORD = "春风十里 2026"
PAGE = 4096


@pytest.mark.usefixtures("quick_passwords")
def test_pages_overwritten(demo_folder: Path, full: bool, say: Say, clock: Clock, tmp_path: Path) -> None:
    """Two of the file's pages each time, whichever they are: the header, the schema, inner pages of a tree, leaves."""
    plain = Path(shutil.copytree(demo_folder, tmp_path / "明.经办台账"))
    password.set_password(demo_folder, WORD)
    seeds, refused, untouched, worst, sound = 50 if full else 2, 0, 0, 1.0, 0
    for seed in range(seeds):
        source, word = ((plain, None), (demo_folder, WORD))[seed % 2]
        chance = random.Random(seed)
        with books.open_book(source, clock, password=word) as book:
            tables = book.read(everything)
        hurt, saved = Path(shutil.copytree(source, tmp_path / f"{seed}.经办台账")), tmp_path / f"{seed}救.经办台账"
        content = bytearray((hurt / "book.db").read_bytes())
        for page in chance.sample(range(len(content) // PAGE), 2):
            content[page * PAGE : (page + 1) * PAGE] = chance.randbytes(PAGE)
        (hurt / "book.db").write_bytes(content)
        try:
            books.open_book(hurt, clock, password=word).close()
        except Damaged:
            refused += 1
        salvage.salvage(hurt, saved, clock, "李晓敏", word)
        untouched += (hurt / "book.db").read_bytes() == content
        with books.open_book(saved, clock, password=word) as book:
            found = book.read(everything)
            sound += book.verify() == []
        same = sum(len(set(map(repr, rows)) & set(map(repr, found[name]))) for name, rows in tables.items())
        worst = min(worst, same / sum(map(len, tables.values())))
        shutil.rmtree(hurt)
        shutil.rmtree(saved)
    figures = (
        f"{seeds} books with 2 random pages overwritten (half encrypted): {refused} refused in words, {untouched} originals untouched, "
        f"{sound} sound new books, at least {worst:.1%} of all rows saved"
    )
    say(8, figures, refused == untouched == sound == seeds and worst >= 0.95)
