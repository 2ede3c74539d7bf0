"""OLE containers (.xls, .et, password-protected .xlsx): the directory, and whether the chains of sectors are sound.

Only enough of the format ([MS-CFB], [MS-XLS]) to tell what a file is and to keep a looping one away from the reader, which
would abort on it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Final

from intake.refusal import DAMAGED, Refusal

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_LAST_SECTOR: Final = 0xFFFFFFFA
_MINI_CUTOFF: Final = 4096
_FILEPASS: Final = 0x002F
_END_OF_GLOBALS: Final = 0x000A


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream of the container: first sector and length in bytes."""

    name: str
    start: int
    size: int


def streams(data: bytes) -> dict[str, Stream]:
    """The container's streams by name. Refuses a container whose chains loop, leave the file or do not fit their lengths."""
    if len(data) < 1024:
        raise Refusal(DAMAGED)
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise Refusal(DAMAGED)
    fat = _fat(data, 1 << shift)
    directory = b"".join(_sector(data, shift, n) for n in _chain(fat, struct.unpack_from("<I", data, 48)[0]))
    mini = _table(data, shift, _chain(fat, struct.unpack_from("<I", data, 60)[0]))
    found: dict[str, Stream] = {}
    for at in range(0, len(directory) - 127, 128):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        if kind not in (1, 2, 5) or not 2 <= length <= 64:
            continue
        name = directory[at : at + length - 2].decode("utf-16-le", "replace")
        start, size = struct.unpack_from("<II", directory, at + 116)
        if kind == 2 and size:
            sectors = _chain(mini if size < _MINI_CUTOFF else fat, start)
            unit = 64 if size < _MINI_CUTOFF else 1 << shift
            if len(sectors) * unit < size:
                raise Refusal(DAMAGED)
        if kind == 2:
            found[name] = Stream(name, start, size)
    return found


def locked(data: bytes, stream: Stream) -> bool:
    """Whether a BIFF workbook stream is protected by a password for opening (a FILEPASS record among the globals)."""
    if stream.size < _MINI_CUTOFF:
        return False
    shift = struct.unpack_from("<H", data, 30)[0]
    sectors = _chain(_fat(data, 1 << shift), stream.start)
    book = b"".join(_sector(data, shift, n) for n in sectors)[: stream.size]
    at = 0
    while at + 4 <= len(book):
        record, length = struct.unpack_from("<HH", book, at)
        if record == _FILEPASS:
            return True
        if record == _END_OF_GLOBALS:
            return False
        at += 4 + length
    return False


def _sector(data: bytes, shift: int, number: int) -> bytes:
    return data[(number + 1) << shift : (number + 2) << shift]


def _table(data: bytes, shift: int, sectors: list[int]) -> list[int]:
    joined = b"".join(_sector(data, shift, n) for n in sectors)
    return list(struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4]))


def _fat(data: bytes, size: int) -> list[int]:
    """The sector table, whose own sectors are named in the header and in a chain of further sectors."""
    shift = size.bit_length() - 1
    places = list(struct.unpack_from("<109I", data, 76))
    more = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while more < _LAST_SECTOR:
        block = _sector(data, shift, more)
        if more in seen or len(block) < size:
            raise Refusal(DAMAGED)
        seen.add(more)
        *named, more = struct.unpack(f"<{size // 4}I", block)
        places += named
    used = [n for n in places if n < _LAST_SECTOR]
    if len(set(used)) < len(used) or any((n + 1) * size >= len(data) for n in used):
        raise Refusal(DAMAGED)
    return _table(data, shift, used)


def _chain(table: list[int], start: int) -> list[int]:
    sectors: list[int] = []
    seen: set[int] = set()
    while start < _LAST_SECTOR:
        if start in seen or start >= len(table):
            raise Refusal(DAMAGED)
        seen.add(start)
        sectors.append(start)
        start = table[start]
    return sectors
