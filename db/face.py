"""A book's face, the `.jingban` file: whose book it is, which schema and program, and the slots that its password opens.

Where database and face change together (a password set or taken off, a backup restored), the new face is first written beside the
old one with the digest of the database it belongs to; `settle` finishes or drops what a power cut left half done.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from db.change import Damaged, Newer, PasswordNeeded, Refused
from db.crypt import PASSWORD, RECOVERY, Keys, Slot, read_slot, unlock
from db.migrate import newest
from resources import files

FOLDER_SUFFIX: Final = ".经办台账"
FACE_SUFFIX: Final = ".jingban"
FORMAT: Final = "经办台账"
BOOK: Final = "book.db"
JOURNALS: Final = ("book.db-journal", "book.db-wal", "book.db-shm")
_NEXT: Final = ".next"


@dataclass(frozen=True)
class Face:
    """What the `.jingban` file says without opening the database. `chain_key` is empty while a password holds it; `backups` is
    the number of the last backup made: it orders backups whatever the clock says."""

    name: str
    schema: int
    program: str
    chain_key: bytes
    slots: tuple[Slot, ...] = ()
    backups: int = 0

    @property
    def locked(self) -> bool:
        """Whether the book has a password."""
        return bool(self.slots)


def find_face(path: Path) -> Path:
    """The face file meant by a folder, a `.jingban` file or a lone book.db; Refused with a sentence otherwise."""
    if path.is_dir():
        faces = sorted(path.glob(f"*{FACE_SUFFIX}"))
        if len(faces) == 1:
            return faces[0]
        raise Refused(f"文件夹“{path.name}”里没有台账（应有一个 {FACE_SUFFIX} 文件）。请选择“<县名>{FOLDER_SUFFIX}”文件夹，或先新建台账。")
    if path.suffix == FACE_SUFFIX and path.exists():
        return path
    if path.name == BOOK and path.exists():
        raise Refused(f"“{BOOK}”只是台账的一部分，请打开它所在的文件夹，或文件夹里的 {FACE_SUFFIX} 文件。")
    raise Refused(f"找不到台账“{path}”。请检查路径，或用“新建”建立台账。")


def read_face(path: Path) -> Face:
    """Read a book's face file; Damaged with a sentence where it is no such file, Newer where this program is too old."""
    try:
        return parse_face(path.read_bytes(), path.name)
    except OSError as error:
        raise _damaged(path.name) from error


def parse_face(content: bytes, name: str) -> Face:
    """A face's bytes (`name` for the sentence); raises as `read_face`."""
    try:
        said = json.loads(content.decode("utf-8"))
        if said["format"] != FORMAT:
            raise KeyError("format")
        if int(said["schema"]) > newest():
            raise Newer(
                f"“{name}”是更高版本的程序写的，需要 {said['smallest_program']} 或更新的版本。请换用新版程序打开，原文件没有改动。"
            )
        if said.get("check") != _check(said):
            raise ValueError("the check does not fit")
        slots = tuple(read_slot(slot) for slot in said["slots"])
        return Face(said["name"], int(said["schema"]), said["smallest_program"], bytes.fromhex(said["chain_key"]), slots, int(said["backups"]))
    except Newer:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _damaged(name) from error


def face_bytes(face: Face) -> bytes:
    """A face as it is written, with a digest over it: a changed byte is damage, never a wrong password."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "name": face.name,
        "schema": face.schema,
        "smallest_program": face.program,
        "chain_key": face.chain_key.hex(),
        "slots": [asdict(slot) for slot in face.slots],
        "backups": face.backups,
    }
    return json.dumps(said | {"check": _check(said)}, ensure_ascii=False, indent=1).encode()


def write_face(path: Path, face: Face) -> None:
    """Write a book's face file, or leave the old one."""
    files.write(path, face_bytes(face))


def keys_of(face: Face, password: str | None) -> Keys | None:
    """The keys of a book with a password, None for one without; PasswordNeeded, WrongPassword or Damaged in words."""
    if not face.locked:
        return None
    if not password:
        raise PasswordNeeded(f"“{face.name}”的台账设有密码。请输入密码。")
    return unlock(face.slots, PASSWORD, password)


def keys_by_code(face: Face, code: str) -> Keys:
    """The keys by the recovery code."""
    if not face.locked:
        raise Refused(f"“{face.name}”的台账没有设密码，不需要恢复码。")
    return unlock(face.slots, RECOVERY, code)


def chain_key(face: Face, keys: Keys | None) -> bytes:
    """The key of the diary's chain: in the face, or behind the password."""
    return keys.chain if keys else face.chain_key


def swap(face_path: Path, face: Face, database: Path) -> None:
    """Put a finished database (a file of the book's folder) and the face that belongs to it in place of the present ones, as one
    step: whatever interrupts it, `settle` leaves either the old pair or the new one. The caller holds the book, closed."""
    folder = face_path.parent
    following = face_path.with_suffix(FACE_SUFFIX + _NEXT)
    said = {"book": _digest(database), "face": face_bytes(face).decode()}
    files.write(following, json.dumps(said, ensure_ascii=False).encode())
    for left_over in JOURNALS:  # a journal that stayed behind would be played back into the new database
        (folder / left_over).unlink(missing_ok=True)
    files.sync_folder(folder)
    files.put_in_place(database, folder / BOOK)
    settle(face_path)


def settle(face_path: Path) -> None:
    """Finish a swap that was cut off, or drop it where the database was not replaced yet. The caller holds the book."""
    following = face_path.with_suffix(FACE_SUFFIX + _NEXT)
    if not following.exists():
        return
    try:
        said = json.loads(following.read_text(encoding="utf-8"))
        face = parse_face(said["face"].encode(), face_path.name)
        new = said["book"] == _digest(face_path.parent / BOOK)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        new = False
    if new:
        write_face(face_path, face)
    following.unlink(missing_ok=True)


def counted(face_path: Path, at_least: int) -> Face:
    """Count one backup on; returns the face with the new number."""
    face = read_face(face_path)
    face = replace(face, backups=max(face.backups, at_least) + 1)
    write_face(face_path, face)
    return face


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _check(said: dict[str, Any]) -> str:
    plain = {key: value for key, value in said.items() if key != "check"}
    return hashlib.sha256(json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _damaged(name: str) -> Damaged:
    return Damaged(f"“{name}”不是经办台账的文件，或已损坏。请选择“<县名>{FOLDER_SUFFIX}”文件夹里的 {FACE_SUFFIX} 文件，或从备份恢复。")
