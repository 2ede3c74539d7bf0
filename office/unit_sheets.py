"""Sheets of one line a unit (窗口摸查 of a day, 工作量 of a year): cells typed or pasted become rows that are added, changed or taken away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.labels import label
from db.lists.unit_sheets import survey_of
from db.rows import defaults, next_ids, rows
from office.recycle import hanging


def fill(book: Book, table: str, where: Mapping[str, Any], cells: Mapping[int, Mapping[str, Any]], name: str = "") -> int | None:
    """Write a sheet's cells (unit → field → value) for `where` (the day or the year) as one act; a line that is emptied goes, unless something
    hangs on it. Returns the act, None where nothing changes."""
    number, changes = book.read(next_ids)[table], []
    held = {one["unit"]: one for one in book.read(rows, table, **where)}
    blank = {field: value for field, value in defaults(table).items() if field not in ("id", "unit", *where)}
    for unit, said in cells.items():
        before = held.get(unit)
        if before is None:
            if any(value is not None for value in said.values()):
                whole = defaults(table) | dict(where) | dict(said) | {"id": number, "unit": unit}
                changes.append(Change(table, (number,), None, whole))
                number += 1
            continue
        moved = {field: value for field, value in said.items() if before[field] != value}
        after = {**before, **moved}
        emptied = bool(moved) and all(after[field] == value for field, value in blank.items())
        if emptied and len(book.read(hanging, table, (before["id"],))) == 1:
            changes.append(Change(table, (before["id"],), before, None))
        elif moved:
            changes.append(Change(table, (before["id"],), {field: before[field] for field in moved}, moved))
    return book.act(name or f"填写{label(table)} {len(changes)} 个单位", changes) if changes else None


def add_problem(book: Book, unit: int, day: date, values: Mapping[str, Any]) -> int:
    """登记问题 found by the 摸查 of a unit on a day; returns its number. Refused where that unit's line has not been filled in."""
    survey = book.read(survey_of, unit, day)
    if survey is None:
        raise Refused(f"这个单位 {day} 的摸查还没有填。请先填它的窗口情况，再登记问题。")
    number = book.read(next_ids)["problem"]
    given = {name: value for name, value in values.items() if value is not None}
    whole = defaults("problem") | given | {"id": number, "survey": survey, "unit": unit, "found_on": day}
    book.act("登记摸查问题", [Change("problem", (number,), None, whole)])
    return number
