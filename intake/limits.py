"""Limits: how large a sender's file may be before it is refused instead of read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on one file, in bytes unless said otherwise. Honest files (a year of a large county's pay: 120,000 rows) stay below."""

    file: int = 100 * 2**20
    parts: int = 2_000
    """Entries of a zip."""
    unpacked: int = 300 * 2**20
    part: int = 200 * 2**20
    """120,000 rows of 20 columns are 100 MiB of XML; a worksheet is streamed, never held."""
    ratio: int = 200
    """Unpacked over packed size of one part, above 1 MiB."""
    depth: int = 64
    rows: int = 200_000
    """Rows with a value, in one sheet."""
    columns: int = 256
    row_number: int = 1_048_576
    text: int = 32_767
    """Characters in one cell."""
    strings: int = 2_000_000
    """Shared strings."""
    styles: int = 100_000
    merges: int = 100_000
    sheets: int = 256


LIMITS: Final = Limits()

MEMORY: Final = 1536 * 2**20
"""Address space of the reading process."""
