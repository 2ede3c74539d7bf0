"""The one-file form of a book, the backup: a zip of manifest, face, database and (if asked) attachments, its last 64 bytes the
digest of all before them, so that not one changed bit goes by. Any zip program opens it in need.

With a password the database and attachments inside are encrypted as they are in the book, and the manifest holds no words of a person.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from db.attachments import FOLDER as ATTACHMENTS
from db.change import Damaged, Newer
from db.face import BOOK
from db.migrate import newest

SUFFIX: Final = ".经办备份"
FORMAT: Final = "经办台账备份"
_MANIFEST, _FACE = "manifest.json", "face.json"
_DIGITS: Final = 64


@dataclass(frozen=True)
class Counted:
    """How far a book is and what it holds: lines and last digest of its diary, people, purchase contracts, pay rows (人月)."""

    lines: int
    head: str
    act: int
    acted_at: str
    people: int
    contracts: int
    pay_months: int


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `counter` orders backups whatever the clock says; `whole`: with attachments."""

    name: str
    counter: int
    at: str
    cause: str
    schema: int
    program: str
    locked: bool
    whole: bool
    counted: Counted


def pack(target: Path, manifest: Manifest, face: bytes, database: Path, attachments: Iterable[Path]) -> None:
    """Write a backup into `target` (a file not yet in place)."""
    packing = zipfile.ZIP_STORED if manifest.locked else zipfile.ZIP_DEFLATED  # what is encrypted does not get smaller
    with zipfile.ZipFile(target, "w", packing, compresslevel=1) as archive:
        archive.writestr(_MANIFEST, json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1))
        archive.writestr(_FACE, face)
        archive.write(database, BOOK)
        for path in attachments:
            archive.write(path, f"{ATTACHMENTS}/{path.name}", zipfile.ZIP_STORED)
        archive.comment = b"0" * _DIGITS
    with target.open("r+b") as stream:
        digest = _digest(stream, target.stat().st_size - _DIGITS)
        stream.seek(-_DIGITS, os.SEEK_END)
        stream.write(digest.encode())


def manifest_of(path: Path) -> Manifest:
    """What a backup says of itself, without looking through it; Damaged or Newer in words."""
    try:
        with zipfile.ZipFile(path) as archive:
            said: dict[str, Any] = json.loads(archive.read(_MANIFEST))
        if said.pop("format") != FORMAT:
            raise ValueError("another format")
        if int(said["schema"]) > newest():
            raise Newer(f"备份“{path.name}”是更高版本的程序做的，需要 {said['program']} 或更新的版本。请换用新版程序恢复。")
        return Manifest(**(said | {"counted": Counted(**said["counted"])}))
    except Newer:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, NotImplementedError, EOFError, zipfile.BadZipFile) as error:
        raise _damaged(path) from error


def check(path: Path) -> Manifest:
    """Look through a backup's every byte; Damaged with a sentence where one is not as it was written."""
    try:
        size = path.stat().st_size - _DIGITS
        with path.open("rb") as stream:
            whole = size > 0 and _digest(stream, size).encode() == stream.read(_DIGITS)
    except OSError as error:
        raise _damaged(path) from error
    if not whole:
        raise _damaged(path)
    return manifest_of(path)


def face_in(path: Path) -> bytes:
    """The face in a backup that was checked."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(_FACE)


def take_database(path: Path, target: Path) -> None:
    """Copy the database out of a backup that was checked."""
    with zipfile.ZipFile(path) as archive, archive.open(BOOK) as inside, target.open("wb") as stream:
        while piece := inside.read(1 << 20):
            stream.write(piece)


def attachments_in(path: Path) -> list[str]:
    """The names (digests) of the attachments in a backup."""
    with zipfile.ZipFile(path) as archive:
        return [name.removeprefix(f"{ATTACHMENTS}/") for name in archive.namelist() if name.startswith(f"{ATTACHMENTS}/")]


def attachment_in(path: Path, name: str) -> bytes:
    """One attachment in a backup, as it lay in the book."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"{ATTACHMENTS}/{name}")


def _digest(stream: Any, size: int) -> str:
    digest = hashlib.sha256()
    stream.seek(0)
    while size > 0 and (piece := stream.read(min(size, 1 << 20))):
        digest.update(piece)
        size -= len(piece)
    return digest.hexdigest()


def _damaged(path: Path) -> Damaged:
    return Damaged(f"“{path.name}”不是完好的台账备份，不能用来恢复，台账没有改动。请换另一个备份。")
