"""SAFETY 2, 3 and 4: file operations that fail, a full disk, and a medium that cannot be written."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from db import backup, container, migrate, opening
from db import book as books
from db.book import Book
from db.change import ReadOnly, Refused
from office.list_sheet import list_sheet, write_list
from policy.clock import Clock
from resources import files
from tests.db.records import county, everything, new, worker
from tests.safety.conftest import Say

pytest.importorskip("resource", reason="limits of POSIX")
FAULTS = (errno.ENOSPC, errno.EIO, errno.EACCES)
SHEET = list_sheet("名单", ("", "", ""), [], [])


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> Path:
    made = books.create(tmp_path, "石桥县", "0.1.0")
    with books.open_book(made, clock) as book:
        book.act("新建", [*county(), *worker(1)])
    return made


class Nth:
    """Makes the Nth file operation of the program fail, each of `resources.files` counting one."""

    def __init__(self, nth: int, error: int) -> None:
        self.left, self.error, self.failed = nth, error, False

    def of(self, function: Callable[..., object]) -> Callable[..., object]:
        def operation(*arguments: object, **named: object) -> object:
            self.left -= 1
            if self.left == 0:
                self.failed = True
                raise OSError(self.error, os.strerror(self.error))
            return function(*arguments, **named)

        return operation


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, nth: int, error: int) -> Iterator[Nth]:
    fault = Nth(nth, error)
    with monkeypatch.context() as patched:
        patched.setattr(files.tempfile, "mkstemp", fault.of(files.tempfile.mkstemp))
        patched.setattr(files.os, "fsync", fault.of(os.fsync))
        patched.setattr(Path, "replace", fault.of(Path.replace))
        patched.setattr(Path, "write_bytes", fault.of(Path.write_bytes))
        for name in ("write", "writestr"):
            patched.setattr(ZipFile, name, fault.of(getattr(ZipFile, name)))
        yield fault


def test_the_nth_file_operation_fails(folder: Path, full: bool, say: Say, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Backup, export and opening with an upgrade: for N from 1 until none fails; old state or new state, never between, no stub left."""
    points, between, traces = 0, 0, 0
    known = migrate.files()

    def tried(work: Callable[[], object], unharmed: Callable[[bool], bool], errors: tuple[int, ...]) -> None:
        nonlocal points, between, traces
        for error in errors:
            nth, fault = 1, None
            while fault is None or fault.failed:
                done = True
                with failing(monkeypatch, nth, error) as fault:
                    try:
                        work()
                    except (OSError, Refused):
                        done = False
                    except Exception:
                        done, traces = False, traces + 1
                between += not unharmed(done)
                points += fault.failed
                nth += 1

    errors = FAULTS if full else FAULTS[:1]
    with books.open_book(folder, clock) as book:
        tables = book.read(everything)
        place = folder / "backups"

        def backups_good(_: bool) -> bool:
            return all(container.check(path) for path in place.iterdir()) and book.read(everything) == tables

        tried(lambda: book.back_up("手动备份"), backups_good, errors)
        report = tmp_path / "名单.xlsx"
        write_list(SHEET, report, date(2026, 1, 1))
        good = report.read_bytes()

        def report_whole(done: bool) -> bool:
            same, stubs = report.read_bytes() == good, list(tmp_path.glob("~*"))
            return same and not stubs

        tried(lambda: write_list(SHEET, report, date(2026, 1, 1)), report_whole, errors)

    def upgraded_or_not(done: bool) -> bool:
        nonlocal copy
        with monkeypatch.context() as patched:
            patched.setattr(migrate, "files", lambda: [*known, (known[-1][0] + 1, "CREATE TABLE later (id INTEGER);\n")])
            with books.open_book(copy, clock) as again:
                fine = again.read(everything) == tables and again.verify() == []
        shutil.rmtree(copy)
        copy = Path(shutil.copytree(folder, copy))
        return fine

    copy = Path(shutil.copytree(folder, tmp_path / "副本.经办台账"))

    def upgrade_once() -> None:
        with monkeypatch.context() as patched:
            patched.setattr(migrate, "files", lambda: [*known, (known[-1][0] + 1, "CREATE TABLE later (id INTEGER);\n")])
            books.open_book(copy, clock).close()

    tried(upgrade_once, upgraded_or_not, errors)
    written, halves, untold = _limited(folder, 220 if full else 12)
    points += written
    figures = f"{points} points (files failing with ENOSPC, EIO, EACCES; the database file growing no further), {between + halves} between, {traces + untold} traces"
    say(2, figures, between + halves + traces + untold == 0 and (not full or points >= 200))


def _limited(folder: Path, steps: int) -> tuple[int, int, int]:
    """The database itself: a process that may write files only up to a size a little further each time (`tests.safety.limited`), so that
    SQLite's own writes to database and journal fail at ever later pages."""
    done = subprocess.run([sys.executable, "-m", "tests.safety.limited", str(folder), str(steps)], capture_output=True, check=False, cwd=Path(__file__).parents[2])
    assert done.returncode == 0, done.stderr.decode()
    points, halves, untold = json.loads(done.stdout)
    return points, halves, untold


def test_a_full_disk(folder: Path, full: bool, say: Say, not_run: Callable[[int, str], None], clock: Clock, tmp_path: Path) -> None:
    """A real file system of 4 MiB (database), filled up; backups and reports onto one of 1 MiB and 64 KiB."""
    places = {name: tmp_path / name for name in ("4m", "1m", "64k")}
    for name, place in places.items():
        place.mkdir()
        if not full or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={name}", "tmpfs", str(place)], capture_output=True, check=False).returncode:
            for mounted in places.values():
                subprocess.run(["umount", str(mounted)], capture_output=True, check=False)
            not_run(3, "small file systems are mounted only with --safety, and only where that is allowed; the same refusals are tried in SAFETY 2")
            return
    try:
        small = Path(shutil.copytree(folder, places["4m"] / folder.name))
        ballast = places["4m"] / "别的文件"
        ballast.write_bytes(bytes(1 << 19))
        with books.open_book(small, clock) as book:
            wrote, number, said = 0, 10_000, ""
            while not said:
                try:
                    book.act("写", [new("person", number + at, name="人" * 300) for at in range(50)])
                    wrote, number = wrote + 50, number + 50
                except Refused as refusal:
                    said = str(refusal)
            kept = book.read(lambda c: c.exec_driver_sql("SELECT count(*) FROM person WHERE id >= 10000").scalar())
            sound = book.verify() == [] and kept == wrote
            with pytest.raises(OSError):
                book.back_up("手动备份")
            stubs = list((small / "backups").iterdir())
            with pytest.raises(OSError):
                book.back_up("手动备份", places["1m"])
            stubs += list(places["1m"].iterdir())
            ballast.unlink()
            book.act("写", [new("person", 1_000_000, name="甲")])
        report = places["64k"] / "名单.xlsx"
        write_list(SHEET, report, date(2026, 1, 1))
        good = report.read_bytes()
        (places["64k"] / "满").write_bytes(bytes(max(0, shutil.disk_usage(places["64k"]).free)))
        with pytest.raises(OSError, match="磁盘空间不足"):
            write_list(SHEET, report, date(2026, 1, 2))
        figures = f"{wrote} rows until full, {kept} there, said “{said[:12]}…”, {len(stubs)} stubs, old report {'the same' if report.read_bytes() == good else 'CHANGED'}, usable again"
        say(3, figures, sound and not stubs and report.read_bytes() == good)
    finally:
        for place in places.values():
            subprocess.run(["umount", str(place)], capture_output=True, check=False)


def _everything_refused(book: Book) -> bool:
    with pytest.raises(ReadOnly, match="只读"):
        book.act("写", [new("person", 9, name="甲")])
    with pytest.raises(ReadOnly):
        book.act("看", [])
    return book.read_only


def test_a_medium_that_cannot_be_written(folder: Path, full: bool, say: Say, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with books.open_book(folder, clock) as book:
        tables = book.read(everything)
        outside = book.back_up("手动备份", tmp_path / "U盘").path
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    tried, writes = ["as if read-only"], 0
    with monkeypatch.context() as patched:
        patched.setattr(opening, "writable", lambda _: False)
        with books.open_book(folder, clock) as book:
            writes += book.read(everything) != tables or not _everything_refused(book)
            restored = book.back_up("手动备份", tmp_path / "别处").manifest.counted
            writes += restored != backup.backups(tmp_path / "U盘")[0].manifest.counted
    medium = tmp_path / "光盘"
    medium.mkdir()
    if full and subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(medium)], capture_output=True, check=False).returncode == 0:
        try:
            there = Path(shutil.copytree(folder, medium / folder.name))
            shutil.copy(outside, medium)
            subprocess.run(["mount", "-o", "remount,ro", str(medium)], capture_output=True, check=True)
            tried.append("a read-only mount")
            with books.open_book(there, clock) as book:
                writes += book.read(everything) != tables or not _everything_refused(book)
            from db.restore import restore

            done = restore(tmp_path / "新.经办台账", medium / outside.name, clock, "李晓敏")
            writes += done.manifest.counter != 1
        finally:
            subprocess.run(["umount", str(medium)], capture_output=True, check=False)
    writes += {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} != before
    figures = f"{' and '.join(tried)}: opened for looking, every act refused, {writes} writes" + (", a backup restored from it" if tried[1:] else "")
    say(4, figures, writes == 0)
