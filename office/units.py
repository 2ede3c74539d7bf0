"""Townships change: added, renamed, merged, closed, each with its date; old months keep the old town."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.lists import Key
from db.rows import defaults, next_ids, row, rows
from office.new_book import FIRST_DAY
from policy.facts import BUREAU, VILLAGE
from policy.names import fold_unit


def add_unit(book: Book, name: str, kind: str, *, opened: date | None = None, code: str = "", parent: int | None = None) -> int:
    """Add a unit with a free name; returns its number. A unit of the same name that is open is refused."""
    _free(book, name)
    ids = book.read(next_ids)
    number, version = ids["unit"], ids["unit_version"]
    bureau = _bureau(book) if parent is None and kind != BUREAU else parent
    if kind == VILLAGE and parent is None:
        raise Refused(f"请选择村（社区）“{name}”所属的乡镇（街道）。")
    unit = defaults("unit") | {"id": number, "code": code or None, "sort_no": number, "opened": opened}
    values = {"id": version, "unit": number, "since": opened or FIRST_DAY, "name": name, "type": kind, "parent": bureau}
    book.act(
        f"新增单位 {name}",
        [Change("unit", (number,), None, unit), Change("unit_version", (version,), None, defaults("unit_version") | values)],
    )
    return number


def rename_unit(book: Book, unit: int, name: str, since: date, *, kind: str = "") -> None:
    """From `since` on the unit bears another name (and type, where a town becomes a subdistrict)."""
    _free(book, name, but=unit)
    book.act(f"更名 {name}", [_next_version(book, unit, since, {"name": name} | ({"type": kind} if kind else {}))])


def close_unit(book: Book, unit: int, last_day: date, *, successor: int | None = None) -> None:
    """The unit's last day; with a successor (merged into it) the pay of its closed months stands in the successor's line.

    Refused while anybody is still assigned there after that day: they are to be moved first, by name.
    """
    whole = _open(book, unit)
    left = [one for one in book.read(rows, "assignment", unit=unit) if one["end"] is None or one["end"] > last_day]
    if left:
        raise Refused(f"还有 {len(left)} 人在 {last_day} 之后派驻在这个单位。请先调整他们的派驻单位，再撤销单位。")
    changes = [Change("unit", (unit,), {"closed": whole["closed"]}, {"closed": last_day})]
    if successor is not None:
        changes.append(_next_version(book, unit, last_day, {"successor": successor}))
    book.act("撤销单位" if successor is None else "合并单位", changes)


def merge_unit(book: Book, unit: int, into: int, first_day: date) -> None:
    """From `first_day` on `unit` is part of `into`: it closes the day before, its people are posted to `into` from that day."""
    if unit == into:
        raise Refused("单位不能并入它自己。请另选并入的单位。")
    last_day = first_day - timedelta(days=1)
    whole = _open(book, unit)
    _open(book, into)
    changes = [
        Change("unit", (unit,), {"closed": whole["closed"]}, {"closed": last_day}),
        _next_version(book, unit, last_day, {"successor": into}),
    ]
    number = book.read(next_ids)["assignment"]
    for one in book.read(rows, "assignment", unit=unit):
        if one["end"] is not None and one["end"] < first_day:
            continue
        if one["start"] >= first_day:
            changes.append(Change("assignment", (one["id"],), {"unit": unit}, {"unit": into}))
            continue
        changes.append(Change("assignment", (one["id"],), {"end": one["end"]}, {"end": last_day}))
        changes.append(Change("assignment", (number,), None, one | {"id": number, "unit": into, "start": first_day}))
        number += 1
    book.act("合并单位", changes)


def _open(book: Book, unit: int) -> dict[str, Any]:
    found = book.read(row, "unit", (unit,))
    if found is None:
        raise Refused("这个单位已经不在了。请刷新。")
    if found["closed"] is not None:
        raise Refused(f"这个单位已在 {found['closed']} 撤销。请另选单位，或先在“机构与应配”里清空它的撤销日期。")
    return found


def _next_version(book: Book, unit: int, since: date, values: dict[str, Any]) -> Change:
    """A version from `since` on that differs from the one before it only in `values` (or the same day's version, changed)."""
    versions = [one for one in book.read(rows, "unit_version", unit=unit) if one["since"] <= since]
    if not versions:
        raise Refused(f"这个单位在 {since} 还没有设立。请检查日期。")
    newest = max(versions, key=lambda one: one["since"])
    if newest["since"] == since:
        return Change("unit_version", (newest["id"],), {name: newest[name] for name in values}, values)
    number = book.read(next_ids)["unit_version"]
    return Change("unit_version", (number,), None, newest | {"id": number, "since": since} | values)


def _free(book: Book, name: str, but: int | None = None) -> None:
    open_units: set[Key] = {(one["id"],) for one in book.read(rows, "unit") if one["closed"] is None}
    for one in book.read(rows, "unit_version"):
        if (one["unit"],) in open_units and one["unit"] != but and fold_unit(one["name"]) == fold_unit(name):
            raise Refused(f"已有单位“{one['name']}”。请直接使用它，或换一个名称。")


def _bureau(book: Book) -> int | None:
    return next((one["unit"] for one in book.read(rows, "unit_version") if one["type"] == BUREAU), None)
