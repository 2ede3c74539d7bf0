"""What a seal keeps and how it lies in the book: sheets, facts, and the record of task, entries, notes and audit, as compressed text."""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from policy.facts import Facts
from policy.frozen import freeze, plain, record, thaw
from returns.fill import Entry
from returns.points import Audited
from returns.sheet import Sheet
from returns.stored import sheets_of, sheets_text
from returns.task import Task


@dataclass(frozen=True, slots=True)
class Record:
    """What a seal keeps beside figures and facts: the task as it was, what was filled in by hand, and the audit with its notes."""

    task: Task
    entries: tuple[Entry, ...]
    audited: Audited
    last: str
    """In words what the last period's figures were."""
    attachments: tuple[tuple[str, str], ...] = ()
    """(name, SHA-256) of the attachments of the records behind the figures."""


@dataclass(frozen=True)
class Kept:
    """A seal opened: the workbook's bytes as they were, the sheets, the facts and parameters behind them, and the record."""

    file_name: str
    workbook: bytes
    sheets: tuple[Sheet, ...]
    facts: Facts
    record: Record
    head: str
    lines: int
    program: str
    sha256: str
    erased: int
    """People erased by law since."""
    original: str | None
    """SHA-256 of the workbook that was sealed, where its people are gone from `workbook`."""

    def said_erased(self) -> str:
        """What was erased since the seal, "" where nothing."""
        said = f"封存后已依法删除 {self.erased} 人的个人信息，数字未变。" if self.erased else ""
        return f"{said}封存时的文件指纹 {self.original[:16]}…，现存工作簿 {self.sha256[:16]}…。" if self.original else said


def packed(sheets: tuple[Sheet, ...], facts: Facts, kept: Record) -> dict[str, bytes]:
    """The columns of a seal that hold sheets, facts and record."""
    said = json.dumps(plain(kept), ensure_ascii=False, separators=(",", ":"))
    return {name: zlib.compress(text.encode()) for name, text in (("sheets", sheets_text(sheets)), ("facts", freeze(facts)), ("record", said))}


def kept_of(held: Mapping[str, Any]) -> Kept:
    """A seal's row opened. ValueError with a sentence where it is damaged or of a newer program."""
    texts = {name: zlib.decompress(held[name]).decode() for name in ("sheets", "facts", "record")}
    said: Record = record(json.loads(texts["record"]), Record)
    names = ("file_name", "workbook", "head", "lines", "program", "sha256", "erased", "original")
    return Kept(sheets=sheets_of(texts["sheets"]), facts=thaw(texts["facts"]), record=said, **{name: held[name] for name in names})


def relaid(kept: Kept, sheets: tuple[Sheet, ...], sealed_on: date) -> bytes:
    """The workbook of some of the sheets a seal keeps, bound and dated as the one that was sealed and saying the same of itself, read back
    before it counts."""
    from returns.workbook import meta_in, write  # brings openpyxl, which takes longer to load than the window

    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / kept.file_name
        return write(sheets, target, sealed_on, bound=True, charts=kept.record.task.charts, meta=meta_in(kept.workbook)).read_bytes()
