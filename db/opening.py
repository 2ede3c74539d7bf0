"""Making and opening a book: found by folder or face, held by one program, looked over before anything is written."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from db import backup, diary, migrate
from db.attachment_keys import seal_all
from db.change import Damaged, Refused, WrongPassword
from db.connection import connect, damaged, shut
from db.crypt import Keys
from db.face import BOOK, FACE_SUFFIX, FOLDER_SUFFIX, Face, chain_key, find_face, keys_of, read_face, settle, write_face
from db.holding import Hold
from db.place import place_refusal, place_warning
from db.worker import EDIT, Worker
from policy.clock import Clock

FAILED = "failed-passwords.txt"
"""Wrong passwords since the last opening, one moment a line; entered into the diary at the next one."""


@dataclass
class Opened:
    """An open database with all that a book is made of."""

    face_path: Path
    face: Face
    keys: Keys | None
    worker: Worker
    connection: Connection
    chain: diary.Chain
    hold: Hold | None
    """None: open for looking only."""
    warnings: tuple[str, ...]
    failed: tuple[str, ...]
    """When wrong passwords were given since the last opening."""


ALTERED: Final = "数据库里写日志的触发器与程序的不符，可能有人用别的程序改过台账。请在“备份”页用“核对台账”查看，必要时从备份恢复。"


def create(parent: Path, name: str, program: str) -> Path:
    """Make an empty book for county `name` inside `parent`; returns its folder. An existing folder is refused, never touched."""
    return create_at(parent / f"{name}{FOLDER_SUFFIX}", name, program)


def create_at(folder: Path, name: str, program: str) -> Path:
    """Make an empty book in `folder` (which must not exist or be empty); returns it."""
    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"“{folder}”已经存在，没有改动它。请换一个位置或名称。")
    if refusal := place_refusal(folder):
        raise Refused(refusal)
    (folder / "attachments").mkdir(parents=True)
    (folder / "backups").mkdir()
    face = Face(name, migrate.newest(), program, secrets.token_bytes(32))
    fresh(folder / BOOK, face.chain_key, None)
    write_face(folder / f"{name}{FACE_SUFFIX}", face)
    return folder


def fresh(path: Path, key: bytes, keys: Keys | None) -> None:
    """An empty database of the newest schema."""
    connection = connect(path, diary.Chain(key), keys=keys)
    try:
        migrate.migrate(connection)
    finally:
        shut(connection)


def opened(path: Path, clock: Clock, who: str, program: str, password: str | None, read_only: bool) -> Opened:
    """Open a book's database. Raises Locked (who has it), Newer (untouched), PasswordNeeded, WrongPassword, Damaged or Refused."""
    face_path = find_face(path)
    folder = face_path.parent
    if refusal := place_refusal(folder):
        raise Refused(refusal)
    face = read_face(face_path)
    if not (folder / BOOK).exists() or not (folder / BOOK).stat().st_size:
        raise Damaged(f"“{folder.name}”里缺少 {BOOK}，或它是空的。请把台账文件夹整个复制过来，或从备份恢复。")
    read_only = read_only or not writable(folder)
    hold = None if read_only else Hold(folder)
    worker = Worker()
    try:
        if hold:
            hold.say(f"{who}（{program}，{clock.now():%Y-%m-%d %H:%M} 起）")
            settle(face_path)
            face = read_face(face_path)
        keys = _keys(face_path, face, password, clock, read_only)
        chain = diary.Chain(chain_key(face, keys))
        connection, face = worker.run(EDIT, lambda: _dial(face_path, face, keys, chain, worker, clock, read_only))
        failed = _failed(folder) if hold else ()
        try:
            warnings = _warnings(folder, worker.run(EDIT, lambda: _last(connection)), clock, failed)
            if worker.run(EDIT, lambda: diary.altered_triggers(connection)):
                warnings += (ALTERED,)
            if keys and hold:
                seal_all(folder, keys.data)
        except BaseException:
            worker.run(EDIT, lambda: shut(connection))
            raise
    except BaseException:
        worker.stop()
        if hold:
            hold.release()
        raise
    return Opened(face_path, face, keys, worker, connection, chain, hold, warnings, failed)


def _dial(
    face_path: Path, face: Face, keys: Keys | None, chain: diary.Chain, worker: Worker, clock: Clock, read_only: bool
) -> tuple[Connection, Face]:
    database = face_path.parent / BOOK
    connection = connect(database, chain, worker.checked, keys=keys, read_only=read_only)
    try:
        if connection.exec_driver_sql("PRAGMA application_id").scalar() != migrate.APPLICATION_ID:
            raise damaged(database)
        if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
            raise damaged(database)
        have = migrate.version(connection)
        if have < migrate.newest():
            if read_only:
                raise Refused("这本台账是旧版本的程序写的，要先升级才能看，而它所在的位置不能写入。请复制到本机硬盘再打开。")
            backup.before_migration(connection, face_path, keys, clock)
        migrate.migrate(connection)
        if face.schema != migrate.newest() and not read_only:
            face = _newer_face(face_path)
        chain.head = diary.head(connection)
    except DatabaseError as error:
        shut(connection)
        raise damaged(database) from error
    except BaseException:
        shut(connection)
        raise
    return connection, face


def _newer_face(face_path: Path) -> Face:
    """The face says the schema the database has now, so that an older program refuses without touching it."""
    face = read_face(face_path)
    face = replace(face, schema=migrate.newest(), program=migrate.SMALLEST_PROGRAM.get(migrate.newest(), face.program))
    write_face(face_path, face)
    return face


def writable(folder: Path) -> bool:
    """Whether a book can be changed where it lies; not on a read-only medium, or without the right to write."""
    probe = folder / f"~{os.getpid()}.tmp"
    try:
        with (folder / BOOK).open("r+b"):
            pass
        probe.touch()
        probe.unlink()
    except PermissionError:
        return False
    except OSError as error:
        return error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM)
    return True


def _keys(face_path: Path, face: Face, password: str | None, clock: Clock, read_only: bool) -> Keys | None:
    try:
        return keys_of(face, password)
    except WrongPassword:
        if not read_only:
            with suppress(OSError), (face_path.parent / FAILED).open("a", encoding="utf-8") as stream:
                stream.write(f"{clock.now().isoformat(timespec='seconds')}\n")
        raise


def _failed(folder: Path) -> tuple[str, ...]:
    try:
        return tuple((folder / FAILED).read_text(encoding="utf-8").split())
    except (OSError, ValueError):
        return ()


def _last(connection: Connection) -> str:
    acts = diary.acts(connection, newest=1)
    return acts[-1].at if acts else ""


def _moment(at: str) -> datetime:
    try:
        return datetime.fromisoformat(at)
    except ValueError:  # an altered line: looking the book over finds it
        return datetime.min


def _warnings(folder: Path, last: str, clock: Clock, failed: tuple[str, ...]) -> tuple[str, ...]:
    found = [place_warning(folder)]
    now = clock.now()
    if last and now < _moment(last):
        found.append(
            f"电脑的时间（{now:%Y-%m-%d %H:%M}）比台账最后一次操作（{last.replace('T', ' ')[:16]}）还早。请先核对电脑的日期和时间，否则日志的先后会看不清。"
        )
    if failed:
        found.append(f"上次打开以后有 {len(failed)} 次输错密码，最近一次在 {failed[-1].replace('T', ' ')[:16]}。不是本人输错的，请查明并修改密码。")
    return tuple(one for one in found if one)
