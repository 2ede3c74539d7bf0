"""Keeps a book of this program's schema for ever: `python -m tests.old_books.make`, before a release whose schema is new.

Two zips are written here, named by the schema: the demo county (NNNN.zip) with what can be read out of it beside (NNNN.json), and a
small book behind a password (NNNN-password.zip). A kept book is never made again once its schema was released.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from db import migrate
from db.book import Book
from db.change import Change
from db.model import TABLES
from db.rows import rows
from office import __version__, demo, password
from office.check import check
from office.new_book import new_book
from office.open import open_book
from policy.clock import Clock
from policy.staffing import staffing, totals

HERE: Final = Path(__file__).parent
CLOCK: Final = Clock(lambda: datetime(2026, 12, 31, 9, 0, 0))
PASSWORD: Final = "旧台账 打得开 2026"
COUNTY: Final = "440224"
"""仁化县: few townships."""


def told(book: Book) -> dict[str, Any]:
    """What can be read out of a book whatever its schema: rows of every table that has some, and the figures of its check."""
    facts = check(book, demo.AS_OF).facts
    sums = totals(staffing(facts))
    counts = {name: len(book.read(rows, name)) for name in sorted(TABLES) if name != "diary"}
    return {"rows": {name: count for name, count in counts.items() if count}, "staffing": f"{sums.need} {sums.heads} {sums.shortfall}"}


def digest(number: int) -> str:
    """The SHA-256 of a schema file: a released one is never changed."""
    return sha256(dict(migrate.files())[number].encode()).hexdigest()


def make(into: Path = HERE) -> list[Path]:
    """Write the books of this program's schema into a folder; the files."""
    number = migrate.newest()
    with tempfile.TemporaryDirectory() as scratch:
        plain = demo.make(Path(scratch) / "plain" / "东岭县.经办台账", CLOCK)
        with open_book(plain, CLOCK, program="旧台账") as book:
            before = book.read(rows, "county")[0]["contact"]
            book.act("改联络员", [Change("county", (1,), {"contact": before}, {"contact": "旧册联络员"})])
            book.undo()
            said = told(book)
        locked = new_book(Path(scratch) / "locked" / "仁化县.经办台账", COUNTY, CLOCK)
        password.set_password(locked, PASSWORD, CLOCK)
        made = [_packed(plain, into / f"{number:04}"), _packed(locked, into / f"{number:04}-password")]
    note = into / f"{number:04}.json"
    note.write_text(json.dumps({"program": __version__, "schema": digest(number), **said}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*made, note]


def _packed(folder: Path, target: Path) -> Path:
    shutil.rmtree(folder / "backups", ignore_errors=True)
    return Path(shutil.make_archive(str(target), "zip", folder.parent, folder.name))


if __name__ == "__main__":
    sys.stdout.write("".join(f"{file.name}  {file.stat().st_size:,}\n" for file in make()))
