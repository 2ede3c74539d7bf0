"""Reading the diary out of a damaged database page by page, with nothing of SQLite's own structure needed: neither the schema, nor
the inner pages of a tree, nor an intact neighbour. Only leaves whose own page is spoilt are lost.

The file format is SQLite's (https://sqlite.org/fileformat2.html) and, with a password, SQLCipher 4's: each page AES-256-CBC with its own
IV and HMAC-SHA512, so a spoilt page is known as such.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from db.crypt import Keys

PAGE: Final = 4096
_IV, _HMAC = 16, 64
_LEAF: Final = 0x0D
_COLUMNS: Final = 14
_OPS: Final = {"act", "insert", "update", "delete", "kept", "erase"}

Line = tuple[int, tuple[Any, ...]]
"""seq, and the diary's other columns in order."""


def diary_lines(path: Path, keys: Keys | None) -> Iterator[Line]:
    """Every line of the diary on a readable leaf, in no order."""
    content = path.read_bytes()
    size = (PAGE - _IV - _HMAC) if keys else PAGE
    known: dict[int, bytes | None] = {}

    def page(number: int) -> bytes | None:
        if number not in known:
            raw = content[(number - 1) * PAGE : number * PAGE]
            known[number] = _opened(raw, number, keys) if keys else (raw if len(raw) == PAGE else None)
        return known[number]

    for number in range(1, len(content) // PAGE + 1):
        held = page(number)
        if held and held[100 if number == 1 else 0] == _LEAF:
            yield from _leaf(held, 100 if number == 1 else 0, size, page)


def _leaf(held: bytes, start: int, size: int, page: Callable[[int], bytes | None]) -> Iterator[Line]:
    cells = int.from_bytes(held[start + 3 : start + 5], "big")
    for cell in range(min(cells, size // 4)):
        at = start + 8 + 2 * cell
        try:
            line = _cell(held, int.from_bytes(held[at : at + 2], "big"), size, page)
        except (IndexError, ValueError, OverflowError):
            continue
        if line and line[1][1] in _OPS and isinstance(line[1][-1], bytes) and len(line[1][-1]) == 32:
            yield line


def _cell(held: bytes, at: int, size: int, page: Callable[[int], bytes | None]) -> Line | None:
    length, at = _varint(held, at)
    seq, at = _varint(held, at)
    if not 0 < length < 1 << 28:
        return None
    payload = _payload(held, at, length, size, page)
    return None if payload is None else _record(payload, seq)


def _payload(held: bytes, at: int, length: int, size: int, page: Callable[[int], bytes | None]) -> bytes | None:
    """A cell's content, with what overflowed onto other pages."""
    most, least = size - 35, (size - 12) * 32 // 255 - 23
    here = length
    if length > most:
        here = least + (length - least) % (size - 4)
        here = here if here <= most else least
    found = bytearray(held[at : at + here])
    following = int.from_bytes(held[at + here : at + here + 4], "big") if here < length else 0
    while len(found) < length:
        over = page(following) if following else None
        if over is None:
            return None
        found += over[4 : 4 + min(length - len(found), size - 4)]
        following = int.from_bytes(over[:4], "big")
    return bytes(found)


def _record(payload: bytes, seq: int) -> Line | None:
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    if len(kinds) != _COLUMNS:
        return None
    values: list[Any] = []
    for kind in kinds:
        width = _width(kind)
        piece = payload[at : at + width]
        if len(piece) != width:
            return None
        at += width
        values.append(_value(kind, piece))
    return seq, tuple(values[1:])


def _width(kind: int) -> int:
    return {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}.get(kind, (kind - 12) // 2 if kind >= 12 else 0)


def _value(kind: int, piece: bytes) -> Any:
    if kind in (0, 7, 10, 11):  # the diary holds no fractions
        return None
    if kind in (8, 9):
        return kind - 8
    if kind < 7:
        return int.from_bytes(piece, "big", signed=True)
    return piece if kind % 2 == 0 else piece.decode("utf-8")


def _varint(held: bytes, at: int) -> tuple[int, int]:
    value = 0
    for turn in range(9):
        byte = held[at + turn]
        if turn == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + turn + 1
    raise ValueError("no varint")


def _opened(raw: bytes, number: int, keys: Keys) -> bytes | None:
    """A page of an encrypted database in the clear; None where it is not as it was written."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    if len(raw) != PAGE:
        return None
    start, end = (16 if number == 1 else 0), PAGE - _IV - _HMAC
    salt = bytes(byte ^ 0x3A for byte in keys.salt)
    tag = hmac.digest(hashlib.pbkdf2_hmac("sha512", keys.data, salt, 2, 32), raw[start : end + _IV] + number.to_bytes(4, "little"), "sha512")
    if not hmac.compare_digest(tag, raw[end + _IV :]):
        return None
    opening = Cipher(algorithms.AES(keys.data), modes.CBC(raw[end : end + _IV])).decryptor()
    return bytes(start) + opening.update(raw[start:end]) + opening.finalize() + bytes(_IV + _HMAC)
