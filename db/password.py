"""A book's password: set later, changed, taken off, or reset by the recovery code. The book must be closed.

Setting and taking off write the database anew under other keys, compare it with the old one row by row, and put it in place together
with its face; changing rewrites the face alone.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from db import backup, crypt, diary, migrate
from db.attachment_keys import seal_all, unseal_all
from db.change import Damaged, Refused
from db.connection import connect, keyed, shut
from db.crypt import PASSWORD, RECOVERY, Keys
from db.face import BOOK, Face, chain_key, find_face, keys_by_code, keys_of, read_face, settle, swap, write_face
from db.holding import Hold
from resources import files

T = TypeVar("T")


def set_password(path: Path, password: str) -> str:
    """Encrypt a book that has no password; returns the recovery code, which is shown once and kept nowhere."""
    crypt.fit(password)

    def work(face_path: Path, face: Face) -> str:
        if face.locked:
            raise Refused("这本台账已经设有密码。要换密码的，请用“修改密码”。")
        keys, code = crypt.new_keys(face.chain_key), crypt.new_code()
        slots = (crypt.lock(keys, PASSWORD, password), crypt.lock(keys, RECOVERY, code.replace("-", "")))
        with files.wiped(face_path.parent / BOOK):
            _write_anew(face_path, face, None, keys, replace(face, chain_key=b"", slots=slots))
        seal_all(face_path.parent, keys.data)
        return code

    return _held(path, work)


def take_off(path: Path, password: str) -> None:
    """Lay a book open again, without a password."""

    def work(face_path: Path, face: Face) -> None:
        keys = _needed(face, password)
        unseal_all(face_path.parent, keys.data)
        _write_anew(face_path, face, keys, None, replace(face, chain_key=keys.chain, slots=()))

    _held(path, work)


def change_password(path: Path, old: str, new: str) -> None:
    """Another password from now on; the recovery code stays. Older backups keep the password they were made with."""
    crypt.fit(new)

    def work(face_path: Path, face: Face) -> None:
        _lock_anew(face_path, face, _needed(face, old), PASSWORD, new)

    _held(path, work)


def recover(path: Path, code: str, new: str) -> None:
    """A new password by the recovery code."""
    crypt.fit(new)
    crypt.spelled(code)

    def work(face_path: Path, face: Face) -> None:
        _lock_anew(face_path, face, keys_by_code(face, code), PASSWORD, new)

    _held(path, work)


def renew_code(path: Path, password: str) -> str:
    """Another recovery code, when the printed one is lost or was seen; returns it. The old one opens only older backups."""

    def work(face_path: Path, face: Face) -> str:
        code = crypt.new_code()
        _lock_anew(face_path, face, _needed(face, password), RECOVERY, code.replace("-", ""))
        return code

    return _held(path, work)


def typed_back(path: Path, code: str) -> None:
    """Whether the code that was written down is the book's: typed back once when it is made. Refused with a sentence where not."""
    keys_by_code(read_face(find_face(path)), code)


def mark(path: Path) -> str:
    """The eight signs that stand on the recovery sheet beside the code, "" in a book without a password."""
    return next((slot.mark for slot in read_face(find_face(path)).slots if slot.kind == RECOVERY), "")


def has_password(path: Path) -> bool:
    """Whether a book asks for a password."""
    return read_face(find_face(path)).locked


def _held(path: Path, work: Callable[[Path, Face], T]) -> T:
    face_path = find_face(path)
    read_face(face_path)
    hold = Hold(face_path.parent)
    try:
        hold.say("正在设置密码的程序")
        settle(face_path)
        return work(face_path, read_face(face_path))
    finally:
        hold.release()


def _needed(face: Face, password: str) -> Keys:
    keys = keys_of(face, password)
    if keys is None:
        raise Refused("这本台账没有设密码。要设密码的，请用“设置密码”。")
    return keys


def _lock_anew(face_path: Path, face: Face, keys: Keys, kind: str, secret: str) -> None:
    slots = tuple(crypt.lock(keys, kind, secret) if slot.kind == kind else slot for slot in face.slots)
    write_face(face_path, replace(face, slots=slots))


def _write_anew(face_path: Path, face: Face, now: Keys | None, then: Keys | None, following: Face) -> None:
    """The whole database under other keys, compared with the old one before it takes its place."""
    folder = face_path.parent
    with files.beside(folder / BOOK) as target:
        connection = connect(folder / BOOK, diary.Chain(chain_key(face, now)), keys=now)
        try:
            target.unlink()
            run = connection.exec_driver_sql
            key = f"\"x'{then.raw}'\"" if then else "''"
            run(f"ATTACH '{_quoted(target)}' AS anew KEY {key}")
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):  # an unfinished copy is thrown away
                run(f"PRAGMA anew.{pragma}")
            run("SELECT sqlcipher_export('anew')")
            run(f"PRAGMA anew.user_version = {migrate.version(connection)}")
            run(f"PRAGMA anew.application_id = {migrate.APPLICATION_ID}")
            for (name,) in run("SELECT name FROM main.sqlite_master WHERE type = 'table'").all():
                _same(run, name)
            run("DETACH anew")
            holds = backup.count(run)
        finally:
            shut(connection)
        backup.sound(target, then, holds)
        files.sync(target)
        swap(face_path, following, target)
    with closing(keyed(folder / BOOK, then, read_only=True)) as raw:
        raw.execute("SELECT count(*) FROM sqlite_master")


def _same(run: Callable[[str], Any], name: str) -> None:
    for one, other in (("main", "anew"), ("anew", "main")):
        if run(f'SELECT count(*) FROM (SELECT * FROM {one}."{name}" EXCEPT SELECT * FROM {other}."{name}")').scalar():
            raise Damaged("改写数据库后核对不一致，没有改动台账。请先用“核对”检查台账，再试。")


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("'", "''")
