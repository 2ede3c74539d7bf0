"""A password set or taken off later: the files in `attachments/` follow the database, one by one; each reads well either way."""

from __future__ import annotations

from pathlib import Path

from db import crypt
from db.attachments import FOLDER
from resources import files

_ENOUGH = 16
"""Bytes that say whether a file is sealed."""


def seal_all(folder: Path, key: bytes) -> None:
    """Seal the files that still lie there plain: at setting a password, and at opening where that was cut off. What lay there plain is
    overwritten, also what a cut-off left behind."""
    for left in (*folder.glob(files.UNFINISHED), *(folder / FOLDER).rglob(files.UNFINISHED)):
        files.wipe(left)
    for path in _files(folder):
        with path.open("rb") as stream:
            done = crypt.sealed(stream.read(_ENOUGH))
        if not done:
            with files.wiped(path):
                files.write(path, crypt.seal(path.read_bytes(), key, path.name))


def unseal_all(folder: Path, key: bytes) -> None:
    """Lay the files there plain: before a password is taken off. Damaged ones stay as they are."""
    for path in _files(folder):
        content = path.read_bytes()
        if crypt.sealed(content):
            try:
                plain = crypt.unseal(content, key, path.name)
            except ValueError:
                continue
            files.write(path, plain)


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted((folder / FOLDER).rglob("*")) if path.is_file() and not path.match(files.UNFINISHED)]
