"""Backups: a copy of the open book taken between edits, looked through before it counts, and the older ones thinned by their counter.

A book that is not sound is never backed up, so a bad copy cannot push out a good one.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection

from db import container, diary, migrate
from db.attachments import FOLDER as ATTACHMENTS
from db.change import Damaged, Refused
from db.connection import keyed
from db.container import SUFFIX, Counted, Manifest
from db.crypt import Keys
from db.face import BOOK, counted, face_bytes, read_face
from db.worker import Interrupted
from policy.clock import Clock
from resources import files

FOLDER: Final = "backups"
SLICE: Final = 64
"""Pages copied at a time: a quarter of a megabyte, a few milliseconds."""
NEWEST: Final = 5
"""Backups kept whatever their day, then one a day, week and month for so many of each."""
DAYS, WEEKS, MONTHS = 7, 5, 12
MIGRATION: Final = "升级前"
_SAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\s_]')


@dataclass(frozen=True)
class Kept:
    """A backup file and what it says of itself."""

    path: Path
    manifest: Manifest


def copy(connection: Connection, keys: Keys | None, target: Path, stop: Callable[[], bool] = lambda: False) -> Counted:
    """Copy an open book's database into `target` slice by slice and say what it holds; Interrupted where `stop` says that something
    more urgent waits, OSError where the disk is full or fails, Damaged where a page cannot be read."""
    target.unlink(missing_ok=True)
    raw: Any = connection.connection.driver_connection

    def between(*_: int) -> None:
        if stop():
            raise Interrupted

    try:
        with closing(keyed(target, keys)) as into:
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):  # an unfinished copy is thrown away
                into.execute(f"PRAGMA {pragma}")
            raw.backup(into, pages=SLICE, progress=between)
        return count(connection.exec_driver_sql)
    except driver.OperationalError as error:  # the disk the copy goes to, not the book
        full = "full" in str(error)
        said = "磁盘空间不足，备份没有做成" if full else f"读写磁盘出错（{error}），备份没有做成"
        raise OSError(errno.ENOSPC if full else errno.EIO, said, str(target.parent)) from error
    except driver.DatabaseError as error:
        raise _unsound(str(error)) from error


def count(run: Callable[[str], Any]) -> Counted:
    """How far a book is and what it holds; `run` executes SQL."""

    def one(sql: str) -> Any:
        return (run(sql).fetchone() or (None,))[0]

    head = one("SELECT digest FROM diary ORDER BY seq DESC LIMIT 1")
    return Counted(
        lines=one("SELECT count(*) FROM diary"),
        head=bytes(head or diary.START).hex(),
        act=one("SELECT coalesce(max(act), 0) FROM diary"),
        acted_at=one("SELECT at FROM diary WHERE op = 'act' ORDER BY seq DESC LIMIT 1") or "",
        people=one("SELECT count(*) FROM person"),
        contracts=one("SELECT count(*) FROM purchase_contract"),
        pay_months=one("SELECT count(*) FROM pay_month"),
    )


def sound(database: Path, keys: Keys | None, expected: Counted) -> None:
    """Look through a closed database page by page; Damaged where it is not whole or not the one expected."""
    try:
        with closing(keyed(database, keys, read_only=True)) as raw:
            if keys and (bad := raw.execute("PRAGMA cipher_integrity_check").fetchall()):
                raise _unsound(str(bad[0][0]))
            said = raw.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if said != "ok" or raw.execute("PRAGMA application_id").fetchone()[0] != migrate.APPLICATION_ID:
                raise _unsound(said)
            if count(raw.execute) != expected:
                raise _unsound("the copy differs")
    except driver.DatabaseError as error:
        raise _unsound(str(error)) from error


def save(
    face_path: Path, keys: Keys | None, clock: Clock, cause: str, folder: Path, take: Callable[[Path], Counted], *, whole: bool = False,
    schema: int = 0, counting: bool = True,
) -> Kept:  # fmt: skip
    """Make a backup in `folder`: `take` copies the database into the file it is given. Nothing is left of one that failed; the
    backups that were there are thinned only after this one was looked through."""
    book = face_path.parent
    folder.mkdir(parents=True, exist_ok=True)
    for unfinished in folder.glob(files.UNFINISHED) if folder == book / FOLDER else ():
        with suppress(OSError):
            unfinished.unlink()
    most = max((one.manifest.counter for one in backups(folder)), default=0)
    face = counted(face_path, most) if counting else replace(read_face(face_path), backups=most + 1)
    face = replace(face, schema=schema or face.schema)
    now = clock.now()
    with files.beside(folder / BOOK) as database, files.beside(folder / BOOK) as temporary:
        holds = take(database)
        sound(database, keys, holds)
        manifest = Manifest(face.name, face.backups, now.isoformat(timespec="seconds"), cause, face.schema, face.program, face.locked, whole, holds)
        attached = sorted(path for path in (book / ATTACHMENTS).rglob("*") if path.is_file() and not path.match(files.UNFINISHED))
        container.pack(temporary, manifest, face_bytes(face), database, attached if whole else ())
        files.sync(temporary)
        container.check(temporary)
        target = folder / f"{_SAFE.sub('', face.name)}_{face.backups:06d}_{now:%Y%m%d-%H%M%S}_{_SAFE.sub('', cause)}{SUFFIX}"
        files.put_in_place(temporary, target)
    if folder == book / FOLDER:
        for old in thinned(backups(folder)):
            with suppress(OSError):
                old.path.unlink()
    return Kept(target, manifest)


def before_migration(connection: Connection, face_path: Path, keys: Keys | None, clock: Clock) -> None:
    """The book as it is before a newer program changes its tables: once for each schema, however often the start fails."""
    folder = face_path.parent / FOLDER
    cause = f"{MIGRATION}{migrate.newest()}"
    have = migrate.version(connection)
    if have and not any(one.manifest.cause == cause for one in backups(folder)):
        save(face_path, keys, clock, cause, folder, lambda target: copy(connection, keys, target), schema=have)


def backups(folder: Path) -> list[Kept]:
    """The backups in a folder, the newest by counter last; files that are none are passed over."""
    found = []
    for path in folder.glob(f"*{SUFFIX}") if folder.is_dir() else ():
        with suppress(Refused):
            found.append(Kept(path, container.manifest_of(path)))
    return sorted(found, key=lambda one: (one.manifest.counter, one.path.name))


def thinned(kept: Iterable[Kept]) -> list[Kept]:
    """The backups that may go: not among the newest few, nor the newest of one of the last days, weeks and months that have any.
    Newest is by counter; a clock that jumped changes nothing. Those from before an upgrade stay."""
    order = sorted(kept, key=lambda one: one.manifest.counter, reverse=True)
    stays = {one.path for one in order[:NEWEST]} | {one.path for one in order if one.manifest.cause.startswith(MIGRATION)}
    for name, most in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        seen: dict[tuple[int, ...], Path] = {}
        for one in order:
            seen.setdefault(name(date.fromisoformat(one.manifest.at[:10])), one.path)
        stays |= set(list(seen.values())[:most])
    return [one for one in order if one.path not in stays]


def _day(day: date) -> tuple[int, ...]:
    return (day.toordinal(),)


def _week(day: date) -> tuple[int, ...]:
    return tuple(day.isocalendar())[:2]


def _month(day: date) -> tuple[int, ...]:
    return (day.year, day.month)


def _unsound(why: str) -> Damaged:
    return Damaged(f"台账数据库有损坏（{why}），没有做备份，以前的备份都还在。请从最近的备份恢复，或用“抢救”取出还能读的记录。")
