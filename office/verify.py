"""Looking a whole book over: its pages, the log's chain and the rows against it, attachments, and the backups beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from db import container
from db.backup import FOLDER
from db.book import Book
from db.change import Refused
from db.container import SUFFIX, Manifest
from db.diary import Anchor
from office import attachments

__all__ = ["Anchor", "Manifest", "Verified", "anchor_of", "shown", "verify", "verify_backup"]


@dataclass(frozen=True)
class Verified:
    """What was found: sentences (none: all is well), the log's anchor now, and how many backups are good."""

    found: tuple[str, ...]
    anchor: Anchor
    backups: int


def verify(book: Book, anchor: Anchor | None = None) -> Verified:
    """Look the book over; `anchor` is one that was printed or kept elsewhere earlier. Damaged backups are named, not touched."""
    found = book.verify(anchor) + attachments.verify(book)
    good = 0
    for path in sorted((book.folder / FOLDER).glob(f"*{SUFFIX}")):
        try:
            container.check(path)
            good += 1
        except Refused as refusal:
            found.append(str(refusal))
    return Verified(tuple(found), book.anchor(), good)


def verify_backup(path: Path) -> Manifest:
    """Look through a backup's every byte; Damaged or Newer in words."""
    return container.check(path)


def shown(anchor: Anchor) -> str:
    """An anchor as it is printed on returns and sheets: 日志 1234 行，校验 3f9a…"""
    return f"日志 {anchor.lines} 行，校验 {anchor.head[:16]}"


def anchor_of(text: str) -> Anchor:
    """A printed anchor read back (日志 1234 行，校验 3f9a…, or 1234:3f9a…); ValueError with a sentence where it is none."""
    found = re.search(r"(\d+)\s*(?:行)?\s*[，,:：]?\s*(?:校验)?\s*([0-9a-fA-F]{8,64})\s*$", text.strip())
    if not found:
        raise Refused(f"认不出凭据“{text}”。应为打印的“日志 1234 行，校验 3f9a…”，或写成 1234:3f9a…（至少 8 位）。")
    return Anchor(int(found[1]), found[2].lower())
