"""Erasing a person by law (个人信息保护法四十七条): the identity goes from tables, log, attachments and sealed facts; figures, dates and
digests stay, so that earlier returns keep their sums."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from db import attachments, diary, erasing
from db.backup import FOLDER, backups
from db.book import Book
from db.change import Change, Refused
from db.erasing import Traces
from db.model import TABLES, stored
from db.rows import row, rows
from intake.precheck import open_archive
from office.attachments import number
from office.erase_sealed import sealed
from office.password import ON_DISK
from office.recycle import hanging
from office.recycle import what_goes as what_hangs
from policy.kinds.idno import IDENTITY
from policy.names import ERASED

_LONGER: Final = (("person", "name"), ("unit_version", "name"), ("supplier", "name"), ("county", "name"), ("county", "city"))
"""Names in which somebody's name may stand without meaning them: 欧阳孝廉之子, 高明区."""

NUMBERS: Final = ("id_no", "phone", "certificate_no")
"""What is nobody else's and is looked for wherever it was written."""
_TELLING: Final = 7
"""Fewer characters (a certificate's 0123) may stand in any text without meaning anybody."""


@dataclass(frozen=True)
class Erased:
    """What was done: the act, rows emptied, seals among them, files removed, names of files on other records that have the person in
    them, whether somebody else has the same name, and the backups that still hold the person."""

    act: int
    rows: int
    seals: int
    files: int
    elsewhere: tuple[str, ...]
    shared: bool
    backups: tuple[Path, ...]

    def sentences(self) -> list[str]:
        """What the clerk has to know afterwards."""
        told = [f"已清空 {self.rows} 条记录和日志里的个人信息，移除附件 {self.files} 个；数据库文件已重写。{ON_DISK}"]
        if self.seals:
            told.append(f"{self.seals} 份封存的报表里，姓名已改为“{ERASED}”，数字没有变；封存时的文件指纹保留，可以与送出的原件核对。")
        if self.elsewhere:
            told.append(f"挂在其他记录上的附件 {'、'.join(f'“{name}”' for name in self.elsewhere)} 写有此人，没有改动。请另换处理过的文件，再移走原件。")
        told.append("程序读不出扫描件里的字：其他记录的扫描件、打印件和已经送出的报表，请另行检查。")
        if self.shared:
            told.append("台账里还有同名的人：写有这个姓名、又分不清是谁的文字没有改动。请查找核对。")
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
        f"{found['name']}（{shown}）：姓名、证件号、出生日期、性别、电话、学历、证书编号、党员等全部清空。",
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
    traces = book.read(_traces, found)
    own, attached = {(table, _key(table, one)) for table, one in gone}, book.read(_attached, gone)
    removed = [Change("attachment", (one["id"],), one, None) for one in attached]
    going = {("person", (person,)), *(("attachment", change.key) for change in removed)}
    texts = [one for one in book.read(_named, traces) if (one.table, one.key) in own - going]
    texts += [one for one in book.read(_named, traces.anywhere) if (one.table, one.key) not in own]
    engagements = [one["id"] for table, one in gone if table == "engagement"]
    in_seals = book.read(sealed, person, engagements, traces)
    changes = [_emptied(found), *texts, *in_seals, *removed]
    act = book.erase("依法删除个人信息", changes, traces, reason=reason.strip())
    left = book.read(rows, "attachment")
    digests = {one["sha256"] for one in attached} - {one["sha256"] for one in left}
    for digest in digests:
        with suppress(OSError):
            attachments.place(book.folder, digest).unlink()
    holding = tuple(dict.fromkeys(one["name"] for one in left if _holds(book, one, traces)))
    return Erased(act, len(changes), len(in_seals), len(digests), holding, traces.shared, tuple(kept.path for kept in backups(book.folder / FOLDER)))


def _traces(connection: Any, found: dict[str, Any]) -> Traces:
    """What says who it is, also as it was written earlier."""
    told = [found, *(one for line in diary.history(connection, "person", (found["id"],)) for one in (line.before, line.after) if one)]
    names = tuple({one["name"]: None for one in told if one.get("name")})
    numbers = tuple({one[column]: None for column in NUMBERS for one in told if len(one.get(column) or "") >= _TELLING})
    others = [one for one in rows(connection, "person") if one["id"] != found["id"]]
    longer = {str(one[column]) for table, column in _LONGER for one in (others if table == "person" else rows(connection, table)) if one[column]}
    kept = tuple(sorted(one for one in longer if any(name in one and name != one for name in names)))
    taken = {one[column] for one in others for column in NUMBERS}
    return Traces(names, tuple(number for number in numbers if number not in taken), kept, any(one["name"] in names for one in others))


def _holds(book: Book, attached: dict[str, Any], traces: Traces) -> bool:
    """Whether a file that can be read as text (workbook, document, list) has the person in it."""
    try:
        content = attachments.get(book.folder, attached["sha256"], book.data_key)
    except ValueError:  # missing or altered: looking the book over says so
        return False
    return any(traces.without(said) != said for said in _texts(content))


def _texts(content: bytes) -> Iterator[str]:
    """What can be read of a file without knowing its sort: the parts of a workbook or document, or plain text."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with suppress(ValueError, zipfile.BadZipFile), open_archive(content) as archive:
            for part in archive.namelist():
                if part.endswith((".xml", ".txt", ".csv")):
                    yield re.sub("<[^>]*>", "", archive.read(part).decode("utf-8", "replace"))
    elif b"\0" not in content:
        for spelling in ("utf-8", "gb18030"):
            with suppress(UnicodeDecodeError):
                yield content.decode(spelling)


def _named(connection: Any, traces: Traces) -> list[Change]:
    return list(erasing.named(connection, traces))


def _key(table: str, one: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(one[column.name] for column in TABLES[table].primary_key.columns)


def _emptied(found: dict[str, Any]) -> Change:
    """The person's row without a person."""
    columns = {column.name: column for column in stored(TABLES["person"])}
    after = {name: ERASED if name == "name" else None for name in columns if name != "id" and (name == "name" or columns[name].nullable)}
    return Change("person", (found["id"],), {name: found[name] for name in after}, after)


def _attached(connection: Any, gone: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    held = {(table, number(tuple(one[column.name] for column in TABLES[table].primary_key.columns))) for table, one in gone}
    return [one for one in rows(connection, "attachment") if (one["owner"], one["record"]) in held]
