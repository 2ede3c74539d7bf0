"""The files of 附件 in the book's folder: written once under the SHA-256 of what they hold, before their row, and never changed.

`key` is the book's data key; without one the files lie there as they came.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection

from db.change import Damaged
from resources import files

FOLDER = "attachments"


def place(folder: Path, digest: str) -> Path:
    """Where the file with this SHA-256 lies in a book's folder."""
    return folder / FOLDER / digest[:2] / digest


def put(folder: Path, content: bytes, key: bytes | None = None) -> str:
    """Keep a file's content; returns its SHA-256. Content that is there already, and sound, is left alone. OSError where the disk refuses."""
    digest = sha256(content).hexdigest()
    target = place(folder, digest)
    if not (target.exists() and _content(target, digest, key) == content):
        target.parent.mkdir(parents=True, exist_ok=True)
        files.write(target, _sealed(content, digest, key))
    return digest


def get(folder: Path, digest: str, key: bytes | None = None) -> bytes:
    """A file's content. Damaged with a sentence where it is missing or no longer what it was."""
    content = _content(place(folder, digest), digest, key)
    if content is None:
        raise Damaged(f"附件文件缺失或已被改动（指纹 {digest[:12]}…）。请从备份恢复台账，或重新添加这个文件。")
    return content


def held(connection: Connection, digest: str) -> bytes:
    """A file's content, for a query that has only the book's connection. Damaged as `get`."""
    return get(connection.info["folder"], digest, connection.info["key"])


def check(folder: Path, digests: Iterable[str], key: bytes | None = None) -> list[str]:
    """The digests among these whose file is missing or altered."""
    return [digest for digest in sorted(set(digests)) if _content(place(folder, digest), digest, key) is None]


def _content(path: Path, digest: str, key: bytes | None) -> bytes | None:
    """What the file holds, if it is what its name says."""
    try:
        kept = path.read_bytes()
    except OSError:
        return None
    content = _opened(kept, digest, key)
    return content if content is not None and sha256(content).hexdigest() == digest else None


def _sealed(content: bytes, digest: str, key: bytes | None) -> bytes:
    if key is None:
        return content
    from db.crypt import seal  # cryptography takes longer to load than the window

    return seal(content, key, digest)


def _opened(kept: bytes, digest: str, key: bytes | None) -> bytes | None:
    """Plain content, also of a file from before the book had a password; None where the key does not open it."""
    if key is None or sha256(kept).hexdigest() == digest:
        return kept
    from db.crypt import unseal

    try:
        return unseal(kept, key, digest)
    except ValueError:
        return None
