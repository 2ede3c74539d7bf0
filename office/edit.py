"""The plain acts on records: change cells, add a row, remove a row. Each is one act with its own undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from db.book import Book, label
from db.change import Change, Refused
from db.lists import Column, Edit, Key
from db.rows import defaults, next_ids, row
from policy.identity import facts_of


def changes_of(columns: Sequence[Column], edits: Iterable[Edit]) -> list[Change]:
    """A clerk's cell edits in a list with these columns as Changes, one per record; cells that keep their value make none."""
    place = {column.id: index for index, column in enumerate(columns)}
    before: dict[tuple[str, Key], dict[str, Any]] = {}
    after: dict[tuple[str, Key], dict[str, Any]] = {}
    for edit in edits:
        if edit.column.table not in edit.row.keys:
            raise Refused(f"这一行还没有“{label(edit.column.table)}”，不能填“{edit.column.field.label}”。请先新增{label(edit.column.table)}。")
        where = (edit.column.table, edit.row.keys[edit.column.table])
        old = edit.row.values[place[edit.column.id]]
        if edit.value == old:
            continue
        before.setdefault(where, {})[edit.column.column] = old
        after.setdefault(where, {})[edit.column.column] = edit.value
    return [Change(table, key, before[table, key], values) for (table, key), values in after.items()]


def change_cells(book: Book, columns: Sequence[Column], edits: Iterable[Edit], name: str = "") -> int | None:
    """Write cell edits as one act, named after what they change; None when nothing changes. Refused names an empty required cell."""
    listed = list(edits)
    for edit in listed:
        if edit.value is None and edit.column.field.required:
            raise Refused(f"“{edit.column.field.label}”必须填写，不能清空。")
    changes = changes_of(columns, listed)
    if not changes:
        return None
    if not name:
        labels = list(dict.fromkeys(edit.column.field.label for edit in listed))
        name = f"修改{labels[0]}" if len(labels) == 1 else f"修改 {sum(len(change.after or ()) for change in changes)} 个单元格"
    return book.act(name, changes)


def add(book: Book, table: str, values: Mapping[str, Any]) -> Key:
    """Add one row with its defaults; returns its key."""
    number = book.read(next_ids).get(table)
    whole = defaults(table) | dict(values) | ({} if number is None else {"id": number})
    key = (whole["year"], whole["engagement"], whole["month"]) if number is None else (number,)
    book.act(f"新增{label(table)}", [Change(table, key, None, whole)])
    return key


def remove(book: Book, table: str, key: Key) -> int:
    """Remove one row (the diary keeps it whole; undo brings it back). Refused where others hang on it."""
    whole = book.read(row, table, key)
    if whole is None:
        raise Refused(f"这条“{label(table)}”记录已经不在了。请刷新。")
    return book.act(f"删除{label(table)}", [Change(table, key, whole, None)])


def person_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """A person's fields with sex and birth filled from the identity number where they were left blank."""
    filled = dict(values)
    if filled.get("id_no"):
        said = facts_of(filled["id_no"])
        filled["birth"] = filled.get("birth") or said.birth
        filled["sex"] = filled.get("sex") or said.sex
    return filled
