"""上报: the package of a sealed return (or a trial one of a return still being made), and taking a package in."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from db import attachments, crypt, diary
from db.book import Book
from db.change import Damaged, Refused, WrongPassword
from db.rows import rows
from office import __version__
from office.keeping import relaid
from office.returns_desk import Draft, draft_in, kept_in, return_name
from office.seal import sent, workbook
from policy.frozen import plain
from resources import files
from returns.package import PERSONAL, TRIAL, Package, PackageError, bare, data_text, pack, read
from returns.sheet import Sheet
from returns.stored import sheets_of, sheets_text

_FORMAT = "经办台账个人明细"


def package(book: Book, number: int, out: Path, *, password: str = "", to: str = "") -> Path:
    """Make the package of a sealed return in folder `out` and note that it went; returns its path.

    A return that went before is packed again from its seal, without a further note. Its workbook is the sealed one without the personal
    forms; where the task asks for these they go beside it under a password, which is needed then. Refused with a sentence otherwise.
    """
    draft = book.read(draft_in, number)
    if draft.state not in ("已封存", "已上报"):
        raise Refused(f"{return_name(draft)}现在是“{draft.state}”，只有封存了的报表才能上报。可以先生成“{TRIAL}”数据包。")
    kept = book.read(kept_in, number)
    sealed_on = book.read(_sealed_on, number)
    said = _said(draft, kept.program, (kept.head, kept.lines)) | {"sealed_on": sealed_on, "trial": False}
    unnamed = bare(kept.sheets)
    content = kept.workbook if unnamed == kept.sheets else relaid(kept, unnamed, sealed_on)
    files_of = [(name, attachments.get(book.folder, digest, book.data_key)) for name, digest in kept.record.attachments]
    personal = _personal(draft, kept.sheets, password)
    made = pack(said, data_text(kept.sheets, kept.record.entries, kept.record.audited), content, files_of, personal, sealed_on)
    target = _written(out, kept.file_name.removesuffix(".xlsx") + ".zip", made)
    if draft.state == "已封存":
        sent(book, draft, target.name, sha256(made).hexdigest(), to)
    return target


def trial_package(book: Book, number: int, out: Path) -> Path:
    """A package of a return as it stands, marked 试报（未通过审核）; without attachments and personal forms. Nothing is noted."""
    draft = book.read(draft_in, number)
    end = book.read(diary.anchor)
    sheets = tuple(_marked(sheet) for sheet in draft.sheets)
    name, content = workbook(draft, book, bare(sheets))
    said = _said(draft, __version__, (end.head, end.lines)) | {"sealed_on": None, "trial": True}
    made = pack(said, data_text(sheets, draft.filled.entries.values(), draft.audited), content, (), None, book.clock.today())
    return _written(out, f"{TRIAL}{name.removesuffix('.xlsx')}.zip", made)


def _marked(sheet: Sheet) -> Sheet:
    return replace(sheet, title=f"{sheet.title}【{TRIAL}】")


def open_package(source: Path) -> Package:
    """A package from a file, every part verified. Damaged with a sentence for each way it can be wrong, Refused where it cannot be read."""
    try:
        return read(source.read_bytes())
    except OSError as error:
        raise Refused(f"读不出“{source.name}”：{error.strerror or error}。请检查文件后再试。") from error
    except PackageError as wrong:
        raise Damaged(f"“{source.name}”：{wrong}") from wrong


def open_personal(found: Package, password: str) -> tuple[Sheet, ...]:
    """The personal forms in a package. Refused where there are none or the password does not fit."""
    if found.personal is None:
        raise Refused("这个数据包里没有个人明细。需要的，请在报送任务中选“随报个人明细”后重新报送。")
    content = json.loads(found.personal)
    slot = crypt.read_slot(content["slot"])
    try:
        keys = crypt.unlock([slot], crypt.PASSWORD, password)
    except WrongPassword as wrong:
        raise Refused("个人明细的密码不对。请向报送单位索取密码（不要与数据包一起发送）。") from wrong
    return sheets_of(crypt.unseal(bytes.fromhex(content["sealed"]), keys.data, PERSONAL).decode())


def _personal(draft: Draft, sheets: tuple[Sheet, ...], password: str) -> bytes | None:
    """The personal forms under a password, where the task asks for them. The seal keeps them as the task shows them (masked or whole)."""
    named = tuple(sheet for sheet in sheets if sheet not in bare(sheets))
    if not draft.task.personal or not named:
        return None
    if not password:
        raise Refused("任务要求随报个人明细，须设密码。请输入密码，并另行告知接收单位（不要与数据包一起发送）。")
    crypt.fit(password)
    keys = crypt.new_keys(bytes(32))
    sealed = crypt.seal(sheets_text(named).encode(), keys.data, PERSONAL)
    return json.dumps({"format": _FORMAT, "slot": asdict(crypt.lock(keys, crypt.PASSWORD, password)), "sealed": sealed.hex()}, ensure_ascii=False).encode()


def _said(draft: Draft, program: str, log: tuple[str, int]) -> dict[str, Any]:
    county, audited, sheets = draft.facts.county, draft.audited, bare(draft.sheets)
    return {
        "program": program, "task": draft.task.name, "unit_code": county.code, "unit": f"{county.name}民政局", "period": draft.facts.period.label,
        "as_of": draft.facts.period.as_of, "version": draft.version, "hard": audited.count("hard"), "soft": audited.count("soft"),
        "hints": audited.count("hint"), "forms": tuple(sheet.key for sheet in sheets), "counts": {sheet.key: len(sheet.rows) for sheet in sheets},
        "log_head": log[0], "log_lines": log[1],
    }  # fmt: skip


def _sealed_on(connection: Any, number: int) -> Any:
    return rows(connection, "seal", return_=number)[0]["sealed_on"]


def _written(out: Path, name: str, content: bytes) -> Path:
    read(content)  # what cannot be taken in is not handed out
    out.mkdir(parents=True, exist_ok=True)
    files.write(out / name, content)
    return out / name


def audit_report(draft: Draft) -> dict[str, Any]:
    """The audit of a return as a program reads it (`office audit --json`)."""
    return {
        "task": draft.task.name,
        "period": draft.facts.period.label,
        "version": draft.version,
        "state": draft.state,
        "last": draft.last.said,
        "passed": not draft.audited.stops(),
        "outcomes": {outcome.value: number for outcome, number in draft.audited.outcomes().items()},
        "points": [plain(point) for point in draft.audited.points],
    }
