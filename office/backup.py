"""Backups as the office makes them: by themselves when a book is opened after a change, before what is hard to take back, and on
demand to a U-disk; and putting one back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from db import backup, diary, restore
from db.backup import FOLDER, Kept
from db.book import Book
from db.change import Damaged
from db.container import SUFFIX
from db.restore import Restored, Side
from policy.clock import Clock

__all__ = ["SUFFIX", "Kept", "Restored", "Side", "State", "backups", "before", "compared", "on_demand", "on_open", "put_back", "state"]

OUTSIDE: Final = "备份到"


@dataclass(frozen=True)
class State:
    """For the status bar and the workbench: the newest backup beside the book, and the last one taken to another place."""

    newest: datetime | None
    outside: datetime | None
    place: Path | None = None
    """The folder that one went to."""

    def days_outside(self, clock: Clock) -> int | None:
        """Days since a backup last went to another place (U 盘); None = never."""
        return (clock.today() - self.outside.date()).days if self.outside else None


def on_open(book: Book) -> Kept | None:
    """The backup after opening: of what was done since the last one (None: nothing was). Runs between edits; may be called from any
    thread. Damaged in words where the book is not sound."""
    return before(book, "打开时")


def before(book: Book, cause: str) -> Kept | None:
    """A backup before something large (导入前, 汇总前), unless the newest one already holds all there is."""
    anchor = book.anchor()
    kept = backup.backups(book.folder / FOLDER)
    if book.read_only or not anchor.lines or (kept and kept[-1].manifest.counted.head == anchor.head):
        return None
    return book.back_up(cause)


def on_demand(book: Book, folder: Path | None = None) -> Kept:
    """A backup now, with attachments: beside the book, or into a folder somewhere else (then the log says so)."""
    kept = book.back_up("手动备份", folder, whole=True)
    if folder is not None and not book.read_only:
        book.act(f"{OUTSIDE} {folder.name or folder}", [], reason=str(kept.path))
    return kept


def backups(folder: Path) -> list[Kept]:
    """The backups of a book's folder (or any folder), newest first."""
    return list(reversed(backup.backups(folder / FOLDER if (folder / FOLDER).is_dir() else folder)))


def state(book: Book) -> State:
    """When the book was last backed up."""
    kept = backup.backups(book.folder / FOLDER)
    outside = book.read(_outside)
    return State(
        datetime.fromisoformat(kept[-1].manifest.at) if kept else None,
        *((datetime.fromisoformat(outside.at), Path(outside.reason).parent) if outside else (None, None)),
    )


def _outside(connection: Any) -> diary.Act | None:
    return next(iter(diary.acts(connection, newest=1, beginning=OUTSIDE)), None)


def compared(
    folder: Path, file: Path, clock: Clock, *, password: str | None = None, backup_password: str | None = None
) -> list[tuple[str, str, str]]:
    """Side by side before a restore: (what, the book now, the backup). A book that cannot be read shows as 无法读取."""
    manifest, theirs = restore.look(file, password if backup_password is None else backup_password, file.parent if _ours(file) else _scratch(folder))
    try:
        ours = _said(restore.side_of(folder, clock, password))
    except (FileNotFoundError, Damaged):
        ours = dict.fromkeys(_said(theirs), "无法读取")
    there = _said(theirs)
    made = f"{manifest.counter} 号，{_moment(manifest.at)}，{manifest.cause}" + ("，含附件" if manifest.whole else "")
    return [("备份", "", made), *((what, ours[what], there[what]) for what in there)]


def put_back(
    folder: Path, file: Path, clock: Clock, who: str = "经办人", *, password: str | None = None, backup_password: str | None = None
) -> Restored:
    """Restore a backup; the book as it was is kept beside. See `db.restore.restore`."""
    return restore.restore(folder, file, clock, who, password=password, backup_password=backup_password)


def _said(side: Side) -> dict[str, str]:
    counted = side.counted
    return {
        "人员": f"{counted.people} 人",
        "采购合同": f"{counted.contracts} 份",
        "工资": f"{counted.pay_months} 人月",
        "最后操作": f"{_moment(counted.acted_at)} {side.last_act}" if counted.act else "没有",
        "日志": f"{counted.lines} 行，校验 {counted.head[:16]}",
    }


def _moment(at: str) -> str:
    return at.replace("T", " ")[:16]


def _ours(file: Path) -> bool:
    return file.parent.name == FOLDER


def _scratch(folder: Path) -> Path:
    """Where a backup's database may lie for a moment: with the book rather than in a folder of everybody's."""
    own = folder / FOLDER
    return own if own.is_dir() else folder.parent
