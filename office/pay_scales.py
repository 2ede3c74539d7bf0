"""工资层级方案: its grades edited with their monthly items in one go, a grade added on top, people placed for the first time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.lists import Column, Edit
from db.lists.scales import ITEM
from db.rows import defaults, next_ids, row, rows
from office.edit import change_cells, changes_of
from policy.grade_facts import FIRST_PLACING


def change_grades(book: Book, columns: Sequence[Column], edits: Iterable[Edit], name: str) -> int | None:
    """Cell edits of a scale's grades as one act: a monthly item that was not there is added, one emptied goes; the other cells are the
    grade's own. None where nothing changes."""
    listed = list(edits)
    items = [edit for edit in listed if edit.column.table == ITEM]
    own = [edit for edit in listed if edit.column.table != ITEM]
    number, changes = book.read(next_ids)[ITEM], []
    for edit in items:
        (grade,) = edit.row.keys["pay_grade"]
        held = book.read(rows, ITEM, grade=grade, item=edit.column.column)
        if held and edit.value is None:
            changes.append(Change(ITEM, (held[0]["id"],), held[0], None))
        elif held and held[0]["monthly"] != edit.value:
            changes.append(Change(ITEM, (held[0]["id"],), {"monthly": held[0]["monthly"]}, {"monthly": edit.value}))
        elif not held and edit.value is not None:
            changes.append(Change(ITEM, (number,), None, {"id": number, "grade": grade, "item": edit.column.column, "monthly": edit.value}))
            number += 1
    if own:
        return change_cells(book, columns, own, name if items else "", changes) if changes_of(columns, own) or not changes else book.act(name, changes)
    return book.act(name or "修改层级工资项目", changes) if changes else None


def add_grade(book: Book, scale: int, values: Mapping[str, Any], items: Mapping[str, int | None]) -> int:
    """A grade above the highest of a scale; returns its number. Refused without a name or without any monthly item."""
    if not values.get("name"):
        raise Refused("请填写层级名称，如 五级。")
    given = {item: monthly for item, monthly in items.items() if monthly is not None}
    if not given:
        raise Refused("请至少填写一项月标准（基本工资、岗位工资、绩效工资、津补贴）。")
    ids, held = book.read(next_ids), book.read(rows, "pay_grade", scale=scale)
    number = ids["pay_grade"]
    own = {name: value for name, value in values.items() if value is not None}
    level = 1 + max((one["level"] for one in held), default=0)
    changes = [Change("pay_grade", (number,), None, defaults("pay_grade") | own | {"id": number, "scale": scale, "level": level})]
    for at, (item, monthly) in enumerate(given.items(), ids[ITEM]):
        changes.append(Change(ITEM, (at,), None, {"id": at, "grade": number, "item": item, "monthly": monthly}))
    book.act(f"增加层级 {values['name']}", changes)
    return number


def place(book: Book, people: Sequence[int], grade: int, since: date, document: str | None = None) -> int:
    """首次定级 of several people on one grade in one act; returns it. Their pay standards stay as they are. Refused by name for who was placed
    before, or has no engagement that day."""
    if not people:
        raise Refused("请先选择要定级的人员。")
    number, changes = book.read(next_ids)["grade_change"], []
    for at, person in enumerate(people, number):
        name = (book.read(row, "person", (person,)) or {}).get("name", "")
        if book.read(rows, "grade_change", person=person):
            raise Refused(f"{name}已经定过级。请取消选择；要变动层级的，用“变动层级”。")
        if not any(one["start"] <= since and (one["end"] is None or since <= one["end"]) for one in book.read(rows, "engagement", person=person)):
            raise Refused(f"{name}在 {since} 没有用工关系。请核对定级日期，或者取消选择。")
        values = {"id": at, "person": person, "grade": grade, "since": since, "reason": FIRST_PLACING, "document": document}
        changes.append(Change("grade_change", (at,), None, defaults("grade_change") | values))
    return book.act(f"首次定级 {len(changes)} 人", changes)
