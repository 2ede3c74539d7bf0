"""Erasing a person by law (个人信息保护法四十七条): the identity goes from tables, log, attachments and sealed facts; figures, dates and
digests stay, so that earlier returns keep their sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from db.attachments import place
from db.backup import FOLDER, backups
from db.book import Book
from db.change import Change, Refused
from db.erasing import ERASED
from db.model import TABLES, stored
from db.rows import row, rows
from office.recycle import hanging
from office.recycle import what_goes as what_hangs
from policy.kinds.idno import IDENTITY

SEALED: Final[tuple[Callable[[Any, int, tuple[str, ...]], Iterable[Change]], ...]] = ()
"""What else keeps the person: (connection, person, words that name them) → changes that empty it, each counted where it belongs.
Seals hang theirs here."""
_FREE: Final = ("import_batch", "import_mapping", "return_note", "return_cell")
"""Tables in whose texts anybody may be named."""


@dataclass(frozen=True)
class Erased:
    """What was done: the act, rows emptied, files removed, and the backups that still hold the person."""

    act: int
    rows: int
    files: int
    backups: tuple[Path, ...]

    def sentences(self) -> list[str]:
        """What the clerk has to know afterwards."""
        told = [f"已清空 {self.rows} 条记录和日志里的个人信息，移除附件 {self.files} 个；数据库文件已重写，磁盘上不再有这些内容。"]
        if self.backups:
            told.append(f"台账文件夹里还有 {len(self.backups)} 个此前的备份含有此人，请按规定保存或删除；U 盘等处的备份也要处理。")
        return told


def person_by_id_no(book: Book, id_no: str) -> int:
    """The person's number; Refused with a sentence where nobody has this identity number."""
    wanted = IDENTITY.parse(id_no, None)
    found = book.read(rows, "person", id_no=wanted)
    if not found:
        raise Refused("台账里没有这个证件号的人员。已移入回收站的，请先放回再删除；已依法删除过的，不必再做。")
    return int(found[0]["id"])


def what_goes(book: Book, person: int) -> list[str]:
    """What will be emptied, in words, before anybody decides."""
    found = book.read(row, "person", (person,))
    if found is None:
        raise Refused("这名人员已经不在了。请刷新。")
    mask = IDENTITY.mask
    shown = mask(found["id_no"]) if mask and found["id_no"] else "没有证件号"
    below = book.read(what_hangs, "person", (person,))
    attached = len(book.read(_attached, book.read(hanging, "person", (person,))))
    return [
        f"{found['name']}（{shown}）：姓名、证件号、出生日期、性别、电话、学历等全部清空。",
        f"保留数字和日期、不再能认出是谁：{below or '没有相连的记录'}。",
        f"操作日志里的原值，以及写有其姓名的操作名称和原因；附件 {attached} 个。",
    ]


def erase(book: Book, person: int, reason: str) -> Erased:
    """Empty everything that says who it is. Refused while the person is in service, or without a reason. Nothing undoes it."""
    if not reason.strip():
        raise Refused("请写明依据或理由，例如“本人申请（个人信息保护法第四十七条）”。")
    found = book.read(row, "person", (person,))
    if found is None or found["name"] == ERASED:
        raise Refused("这名人员已经不在，或已依法删除。请刷新。")
    gone = book.read(hanging, "person", (person,))
    today = book.clock.today()
    if any(table == "engagement" and (one["end"] is None or one["end"] >= today) for table, one in gone):
        raise Refused(f"{found['name']}还在职，个人信息仍在使用，不能删除。请先办理离职（退回）。")
    numbers = tuple(word for word in (found["id_no"], found["phone"]) if word)
    words = (found["name"], *numbers)
    attached = book.read(_attached, gone)
    changes = [_emptied(found), *book.read(_named, gone, words), *(Change("attachment", (one["id"],), one, None) for one in attached)]
    changes += [change for hook in SEALED for change in book.read(hook, person, words)]
    act = book.erase("依法删除个人信息", changes, words, unique=numbers, reason=reason.strip())
    left = {one["sha256"] for one in book.read(rows, "attachment")}
    removed = [one["sha256"] for one in attached if one["sha256"] not in left]
    for digest in set(removed):
        with suppress(OSError):
            place(book.folder, digest).unlink()
    return Erased(act, len(changes), len(set(removed)), tuple(kept.path for kept in backups(book.folder / FOLDER)))


def _emptied(found: dict[str, Any]) -> Change:
    """The person's row without a person."""
    columns = {column.name: column for column in stored(TABLES["person"])}
    after = {name: ERASED if name == "name" else None for name in columns if name != "id" and (name == "name" or columns[name].nullable)}
    return Change("person", (found["id"],), {name: found[name] for name in after}, after)


def _named(connection: Any, gone: list[tuple[str, dict[str, Any]]], words: tuple[str, ...]) -> list[Change]:
    """Rows that hang on the person, and free texts anywhere, where a text names them."""
    found = [(table, one) for table, one in gone if table not in ("person", "attachment")]
    found += [(table, one) for table in _FREE for one in rows(connection, table)]
    changes = []
    for table, one in found:
        before = {name: value for name, value in one.items() if isinstance(value, str) and any(word in value for word in words)}
        if before:
            key = tuple(one[column.name] for column in TABLES[table].primary_key.columns)
            changes.append(Change(table, key, before, {name: _without(value, words) for name, value in before.items()}))
    return changes


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        text = text.replace(word, ERASED)
    return text


def _attached(connection: Any, gone: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    held = {(table, one.get("id")) for table, one in gone}
    return [one for one in rows(connection, "attachment") if (one["owner"], one["record"]) in held]
