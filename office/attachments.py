"""附件: scans and documents put on any record, looked at, given out again and verified. Nothing of them is ever lost by undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from db import attachments
from db.book import Book
from db.change import Change, Refused
from db.labels import label
from db.lists import Key
from db.model import TABLES
from db.rows import next_ids, row, rows
from resources import files

LARGEST: Final = 50 * 2**20
"""Bytes of one file: a scan of a hundred pages in grey fits; a film does not belong here."""
STARTS_PROGRAMS: Final = frozenset(
    (".exe", ".com", ".bat", ".cmd", ".scr", ".pif", ".msi", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".ps1", ".hta", ".lnk", ".reg", ".jar")
)

KEPT_BY_THE_PROGRAM: Final = frozenset(("attachment", "city_package", "own_form", "diary"))
"""Records whose files the program itself keeps (the package received, the province's own form): a clerk adds none."""

WRITTEN_ANEW: Final = frozenset(("contract_unit", "contract_scope", "contract_source", "contract_tick"))
"""Parts that are ticked and written anew as a whole: their scans belong on the contract itself, where they stay."""


@dataclass(frozen=True)
class Attached:
    """One 附件 as the book knows it."""

    id: int
    owner: str
    record: int
    name: str
    sha256: str
    size: int
    pages: int | None
    added_on: Any
    note: str | None


def attached(connection: Any, owner: str, record: int) -> list[Attached]:
    """The files on a record, oldest first (for `book.read`)."""
    return [Attached(**one) for one in rows(connection, "attachment", owner=owner, record=record)]


def number(key: Key) -> int:
    """What stands for a record's key in an 附件: its number; for the pay of somebody in a month (year, engagement, month) one made of the three."""
    if len(key) == 1:
        return int(key[0])
    year, engagement, month = key
    return int(engagement) * 1_000_000 + int(year) * 100 + int(month)


def key_of(owner: str, record: int) -> Key:
    """The key that `record` stands for (see `number`)."""
    if len(TABLES[owner].primary_key.columns) == 1:
        return (record,)
    engagement, month = divmod(record, 1_000_000)
    return month // 100, engagement, month % 100


def owner_of(keys: Mapping[str, Key], table: str = "") -> tuple[str, int] | None:
    """The record (table, number) a row of a list stands for: of `table`, else the first of its keys that is a record of the book; None:
    the row is a finding, a figure or a line nobody has filled in yet."""
    for name, key in keys.items():
        if name not in TABLES or name in KEPT_BY_THE_PROGRAM | WRITTEN_ANEW or (table and name != table):
            continue
        if len(key) == len(TABLES[name].primary_key.columns) and len(key) in (1, 3):
            return name, number(key)
    return None


def title(owner: str, called: str) -> str:
    """What stands over the files of a record, `called` as the clerk sees it."""
    return f"附件：{label(owner)}　{called}".rstrip()


def attach(book: Book, owner: str, record: int, paths: Sequence[Path]) -> int:
    """Put files on a record, as one act; returns its number. Refused with a sentence, and nothing added, where one of them cannot be."""
    if book.read(row, owner, key_of(owner, record)) is None:
        raise Refused(f"这条“{label(owner)}”记录已经不在了。请刷新。")
    return book.act(adding(paths), put(book, owner, record, paths))


def adding(paths: Sequence[Path]) -> str:
    """What an act that adds these files is called."""
    return f"添加附件 {paths[0].name}{f' 等 {len(paths)} 个' if len(paths) > 1 else ''}" if paths else "添加附件"


def put(book: Book, owner: str, record: int, paths: Sequence[Path]) -> list[Change]:
    """The files kept in the book's folder, and the changes by which they hang on a record; refused as `attach` says."""
    there = {one.sha256: one.name for one in book.read(attached, owner, record)}
    first = book.read(next_ids)["attachment"]
    changes: list[tuple[bytes, Change]] = []
    for path in paths:
        content = _content(path)
        digest = sha256(content).hexdigest()
        if digest in there:
            raise Refused(f"“{path.name}”与这条记录上已有的附件“{there[digest]}”内容完全相同，不必再添加。")
        there[digest] = path.name
        values = {"owner": owner, "record": record, "name": path.name, "sha256": digest, "size": len(content), "pages": _pages(path, content)}
        after = {"id": first + len(changes), **values, "added_on": book.clock.today(), "note": None}
        changes.append((content, Change("attachment", (after["id"],), None, after)))
    if not changes:
        raise Refused("没有要添加的文件。请选择一个或几个文件。")
    for content, _ in changes:
        try:
            attachments.put(book.folder, content, book.data_key)
        except OSError as error:
            raise Refused(f"附件没有写进台账文件夹：{error.strerror or error}。请检查磁盘空间和权限后再试。") from error
    return [change for _, change in changes]


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise Refused(f"“{path.name}”是文件夹。请选择其中的文件，或先压缩成一个文件。")
    if path.suffix.lower() in STARTS_PROGRAMS:
        raise Refused(f"“{path.name}”是可以运行的程序，不能作附件。请添加扫描件（PDF、图片）或文档。")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Refused(f"“{path.name}”有 {size / 2**20:.0f} MB，超过每个附件 {LARGEST // 2**20} MB 的上限。请降低扫描分辨率，或分成几个文件。")
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"读不出“{path.name}”：{error.strerror or error}。请确认文件还在、没有被别的程序占用。") from error
    if not content:
        raise Refused(f"“{path.name}”是空文件。请检查扫描或下载是否完整。")
    return content


def _pages(path: Path, content: bytes) -> int | None:
    """Pages of a PDF as its page tree counts them; None where that is not said plainly."""
    if path.suffix.lower() != ".pdf":
        return None
    leaves = content.count(b"/Type /Page") + content.count(b"/Type/Page") - content.count(b"/Type /Pages") - content.count(b"/Type/Pages")
    return leaves or None


def open_copy(book: Book, one: Attached, into: Path) -> Path:
    """A copy to look at with another program, in folder `into` (a temporary one, emptied when the book is closed); changing it changes nothing."""
    folder = into / one.sha256[:12]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / one.name
    if not target.exists():
        files.write(target, attachments.get(book.folder, one.sha256, book.data_key))
    return target


def export(book: Book, ones: Sequence[Attached], into: Path) -> list[Path]:
    """Write files out under their own names (a number added where a name is taken), and say so in the diary."""
    written = []
    for one in ones:
        content = attachments.get(book.folder, one.sha256, book.data_key)
        target = _free(into / one.name)
        try:
            files.write(target, content)
        except OSError as error:
            raise Refused(files.sentence(target, error)) from error
        written.append(target)
    book.act(f"导出附件 {len(written)} 个", [], reason="、".join(one.name for one in ones))
    return written


def _free(target: Path) -> Path:
    number = 2
    found = target
    while found.exists():
        found = target.with_name(f"{target.stem}({number}){target.suffix}")
        number += 1
    return found


def verify(book: Book) -> list[str]:
    """Sentences about files that are missing or altered, [] when all is well."""
    kept = book.read(rows, "attachment")
    bad = set(attachments.check(book.folder, (one["sha256"] for one in kept), book.data_key))
    return [
        f"附件“{one['name']}”（{label(one['owner'])}编号 {'-'.join(map(str, key_of(one['owner'], one['record'])))}）的文件缺失或已被改动。请从备份恢复，或移走后重新添加。"
        for one in kept
        if one["sha256"] in bad
    ]
