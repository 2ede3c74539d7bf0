"""退回单: what the city wants mended in a county's return, as a small file; the county takes it in, and its return is open again as the next version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.city_tables import REPORTED, RETURNED, TAKEN
from db.return_tables import RECEIVED, SENT, SENT_BACK
from db.rows import row, rows
from office.seal import send_back, unseal
from resources import files
from returns.points import note_refusal

SUFFIX: Final = ".退回单"
_FORMAT: Final = "经办台账退回单"
_VERSION: Final = 1


@dataclass(frozen=True)
class Slip:
    """A 退回单: from whom, which return, why, and the cells that are meant as (表, 行, 栏次, what is said of it)."""

    city: str
    unit_code: str
    unit: str
    task: str
    period: str
    version: int
    day: str
    reason: str
    cells: tuple[tuple[str, str, str, str], ...]

    def text(self) -> str:
        """Everything in one text, for the county's record."""
        return "\n".join([self.reason, *(f"{form}“{line}”第 {mark} 栏：{said}" if mark else f"{form}{line}：{said}" for form, line, mark, said in self.cells)])


def return_package(book: Book, package: int, reason: str, out: Path) -> Path:
    """退回 a county's return with a reason, and write its 退回单 (with every point marked 退回) into folder `out`; returns the file."""
    held = book.read(row, "city_package", (package,))
    if held is None:
        raise Refused("这个数据包已经不在了。请刷新。")
    if held["state"] not in (REPORTED, TAKEN):
        raise Refused(f"这个数据包{held['state']}，不能再退回。请刷新。")
    if held["workbook"]:
        raise Refused("这份报表是由工作簿读入的，县级台账里没有对应的上报记录，不能用退回单。请直接通知报送单位发送上报数据包。")
    if wrong := note_refusal(reason):
        raise Refused(wrong.replace("审核说明", "退回理由"))
    slip = book.read(_slip, held, reason.strip(), book.clock.today().isoformat())
    target = out / f"{slip.unit_code}{slip.unit}_{slip.period}_V{slip.version}{SUFFIX}"
    out.mkdir(parents=True, exist_ok=True)
    files.write(target, _text(slip).encode())
    change = Change("city_package", (package,), {"state": held["state"], "reason": held["reason"]}, {"state": RETURNED, "reason": reason.strip()})
    book.act(f"退回报表 {slip.unit}（第{slip.version}版）", [change], reason=reason.strip())
    return target


def _slip(connection: Any, held: dict[str, Any], reason: str, day: str) -> Slip:
    county, task = row(connection, "city_county", (held["county"],)), row(connection, "report_task", (held["task"],))
    city = row(connection, "county", (1,))
    assert county and task and city
    points = [one for one in rows(connection, "package_point", package=held["id"]) if one["verdict"] == RETURNED]
    cells = tuple((one["form"], one["line"], one["mark"], one["reason"] or one["said"]) for one in points)
    return Slip(f"{city['name']}民政局", county["code"], county["name"], task["name"], task["period"], held["version"], day, reason, cells)


def _text(slip: Slip) -> str:
    said = {name: getattr(slip, name) for name in Slip.__dataclass_fields__}
    body = json.dumps(said, ensure_ascii=False)
    return json.dumps({"format": _FORMAT, "version": _VERSION, "sha256": sha256(body.encode()).hexdigest(), "slip": said}, ensure_ascii=False, indent=1)


def read_slip(source: Path) -> Slip:
    """A 退回单 from a file. Refused with a sentence for any other file, one that was changed, or one of a newer program."""
    try:
        content = json.loads(source.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise KeyError("format")
        if content["version"] > _VERSION:
            raise Refused(f"“{source.name}”是更高版本的程序写的退回单。请升级程序后再导入。")
        said = content["slip"]
        if sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest() != content["sha256"]:
            raise Refused(f"退回单“{source.name}”的内容与生成时不一致，可能被改动过。请向上级重新索取。")
        return Slip(**said | {"cells": tuple((str(form), str(line), str(mark), str(why)) for form, line, mark, why in said["cells"])})
    except Refused:
        raise
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise Refused(f"“{source.name}”不是退回单，或已损坏。请向上级重新索取。") from error


def take_slip(book: Book, source: Path) -> int:
    """The county takes a 退回单 in: its return is noted as sent back and unsealed; returns the number of the new version, 编制中.

    Refused where it is another county's, of a return this book does not have or that has moved on since.
    """
    slip = read_slip(source)
    county = book.read(row, "county", (1,)) or {}
    if county.get("code") != slip.unit_code:
        raise Refused(f"这份退回单是给{slip.unit}（{slip.unit_code}）的，不是本单位的。请核对文件。")
    tasks = book.read(rows, "report_task", name=slip.task, period=slip.period)
    held = next((one for task in tasks for one in book.read(rows, "return_", task=task["id"], version=slip.version)), None)
    if held is None:
        raise Refused(f"本台账里没有“{slip.task}”（{slip.period}）第 {slip.version} 版报表。请核对退回单，或打开上报时用的台账。")
    if held["state"] not in (SENT, RECEIVED, SENT_BACK):
        raise Refused(f"第 {slip.version} 版报表现在是“{held['state']}”，这份退回单已经处理过或者不是对这一版的。请刷新后核对。")
    if held["state"] != SENT_BACK:
        send_back(book, held["id"], slip.city, slip.text())
    return unseal(book, held["id"], slip.text())
