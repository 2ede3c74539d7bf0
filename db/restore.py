"""Putting a backup in the place of a book: looked through first, the book as it is now kept beside, the exchange one step.

Restoring goes only through here: a journal that stayed behind would be played back into a database copied by hand.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from db import backup, container
from db.attachment_keys import unseal_all
from db.attachments import FOLDER as ATTACHMENTS
from db.attachments import place
from db.book import open_book
from db.change import Damaged, Refused
from db.connection import keyed
from db.container import Counted, Manifest
from db.crypt import Keys
from db.face import BOOK, FACE_SUFFIX, JOURNALS, Face, find_face, keys_of, parse_face, read_face, swap, write_face
from db.holding import Hold
from policy.clock import Clock
from resources import files


@dataclass(frozen=True)
class Side:
    """One side of the comparison before a restore: what it holds and the last thing that was done to it."""

    counted: Counted
    last_act: str


@dataclass(frozen=True)
class Restored:
    """What was put in place, and where the book from before lies: a backup, or a folder with its damaged files (None: there was none)."""

    manifest: Manifest
    before: Path | None
    same_password: bool
    """False: the book now opens with the password from the time of the backup."""


def look(path: Path, password: str | None, scratch: Path) -> tuple[Manifest, Side]:
    """Look through a backup, its database too (copied into the folder `scratch` for a moment). Damaged, Newer, PasswordNeeded or
    WrongPassword in words."""
    manifest = container.check(path)
    keys = keys_of(parse_face(container.face_in(path), path.name), password)
    with files.beside(scratch / BOOK) as database:
        container.take_database(path, database)
        backup.sound(database, keys, manifest.counted)
        return manifest, _side(database, keys)


def side_of(folder: Path, clock: Clock, password: str | None) -> Side:
    """The same of the book as it is."""
    with open_book(folder, clock, password=password, read_only=True) as book:
        counted = book.read(lambda connection: backup.count(connection.exec_driver_sql))
        acts = book.acts()
        return Side(counted, acts[-1].name if acts else "")


def restore(
    folder: Path, path: Path, clock: Clock, who: str, *, password: str | None = None, backup_password: str | None = None
) -> Restored:
    """Put a backup in the place of the book in `folder` (or make one there, where the folder is new). `password` opens the book as it
    is now, `backup_password` the backup (the same unless given). A damaged book is copied aside as it is; a wrong password, a
    book that somebody has open and a damaged backup are refused, and then nothing has changed."""
    theirs = password if backup_password is None else backup_password
    manifest = container.check(path)
    face = parse_face(container.face_in(path), path.name)
    keys = keys_of(face, theirs)
    old, before, now, old_keys = _kept(folder, clock, who, password)
    if old and old.name != face.name:
        raise Refused(f"这是“{face.name}”的备份，不能恢复到“{old.name}”的台账里。请选择本县的备份，或恢复到另一个文件夹。")
    same = bool(keys and old_keys and keys.name == old_keys.name)
    face_path = _face_path(folder, face)
    hold = Hold(folder)
    try:
        hold.say("正在恢复备份的程序")
        following = replace(old if old and same else face, schema=manifest.schema, program=manifest.program)
        following = replace(following, backups=max(face.backups, old.backups if old else 0, manifest.counter))
        with files.beside(folder / BOOK) as database:
            container.take_database(path, database)
            backup.sound(database, keys, manifest.counted)
            files.sync(database)
            if old_keys and not same:
                unseal_all(folder, old_keys.data)
            _attachments(folder, path)
            swap(face_path, following, database)
    finally:
        hold.release()
    with open_book(folder, clock, who, password=password if same else theirs) as book:
        reason = f"备份 {manifest.counter} 号（{manifest.at.replace('T', ' ')[:16]}，{manifest.cause}）；恢复前：{now or '没有可读的台账'}"
        book.act("恢复备份", [], reason=reason, barrier=True)
    return Restored(manifest, before, same or not face.locked)


def _kept(folder: Path, clock: Clock, who: str, password: str | None) -> tuple[Face | None, Path | None, str, Keys | None]:
    """The book as it is now, kept beside: its face, where it is kept, its anchor in words, its keys."""
    if not folder.exists() or not any(folder.iterdir()):
        (folder / ATTACHMENTS).mkdir(parents=True, exist_ok=True)
        return None, None, "", None
    if not (folder / BOOK).exists():
        find_face(folder)  # a folder that holds no book is left alone
    try:
        with open_book(folder, clock, who, password=password) as book:
            kept, anchor = book.back_up("恢复前"), book.anchor()
            return read_face(book.face_path), kept.path, f"日志 {anchor.lines} 行，校验 {anchor.head}", book.keys
    except Damaged:
        return _readable(folder), set_aside(folder, clock), "", None
    except Refused as refusal:
        if type(refusal) is Refused and not list(folder.glob(f"*{FACE_SUFFIX}")):  # a database without its face
            return None, set_aside(folder, clock), "", None
        raise


def set_aside(folder: Path, clock: Clock) -> Path:
    """A copy of a damaged book's files as they are, in a folder of their own inside the book's."""
    aside = folder / f"损坏的原件_{clock.now():%Y%m%d-%H%M%S}"
    number = 1
    while aside.exists():
        number += 1
        aside = aside.with_name(f"{aside.name.split('#')[0]}#{number}")
    aside.mkdir()
    for source in [*folder.glob(f"*{FACE_SUFFIX}"), *(folder / name for name in (BOOK, *JOURNALS))]:
        if source.exists():
            shutil.copyfile(source, aside / f"{source.name}.损坏")
    return aside


def _readable(folder: Path) -> Face | None:
    try:
        return read_face(find_face(folder))
    except Damaged:
        return None


def _face_path(folder: Path, face: Face) -> Path:
    found = sorted(folder.glob(f"*{FACE_SUFFIX}"))
    path = found[0] if found else folder / f"{face.name}{FACE_SUFFIX}"
    if not found:
        write_face(path, face)
    return path


def _attachments(folder: Path, path: Path) -> None:
    for name in container.attachments_in(path):
        target = place(folder, name)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            files.write(target, container.attachment_in(path, name))


def _side(database: Path, keys: Keys | None) -> Side:
    with closing(keyed(database, keys, read_only=True)) as raw:
        last = raw.execute("SELECT name FROM diary WHERE op = 'act' ORDER BY seq DESC LIMIT 1").fetchone()
        return Side(backup.count(raw.execute), last[0] if last else "")
