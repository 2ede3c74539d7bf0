"""The plain acts on records: change cells, add a row. Each is one act with its own undo (removing: office.recycle)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.labels import label
from db.lists import Column, Edit, Key
from db.rows import defaults, next_ids, row, rows
from policy.identity import facts_of
from policy.kinds import Unreadable
from returns.sheet import Sheet

DATED: Final = {
    "engagement_term": ("engagement", "since"),
    "pay_standard": ("engagement", "since"),
    "assignment": ("engagement", "start"),
    "unit_version": ("unit", "since"),
}
"""Tables that keep one matter over time: what it is about, and from when a row holds."""


def changes_of(columns: Sequence[Column], edits: Iterable[Edit]) -> list[Change]:
    """A clerk's cell edits in a list with these columns as Changes, one per record; cells that keep their value make none."""
    place = {column.id: index for index, column in enumerate(columns)}
    before: dict[tuple[str, Key], dict[str, Any]] = {}
    after: dict[tuple[str, Key], dict[str, Any]] = {}
    for edit in edits:
        if edit.column.table not in edit.row.keys:
            raise Refused(
                f"这一行还没有“{label(edit.column.table)}”，不能填“{edit.column.field.label}”。请先新增{label(edit.column.table)}。"
            )
        where = (edit.column.table, edit.row.keys[edit.column.table])
        old = edit.row.values[place[edit.column.id]]
        if edit.value == old:
            continue
        before.setdefault(where, {})[edit.column.column] = old
        after.setdefault(where, {})[edit.column.column] = edit.value
    return [Change(table, key, before[table, key], values) for (table, key), values in after.items()]


def later(connection: Any, columns: Sequence[Column], edits: Iterable[Edit]) -> list[Change]:
    """Later rows of the same matter that still say what is being mended in an older one (a misspelt employer carried on from
    change to change), as the Changes that mend them too. Dates are each row's own and are never carried."""
    found: dict[tuple[str, Key], Change] = {}
    for change in changes_of(columns, edits):
        if change.table not in DATED or change.before is None or change.after is None:
            continue
        owner, since = DATED[change.table]
        whole = row(connection, change.table, change.key)
        if whole is None:
            continue
        for one in rows(connection, change.table, **{owner: whole[owner]}):
            same = {name: old for name, old in change.before.items() if name not in ("since", "start", "end") and one[name] == old}
            if one[since] > whole[since] and same:
                found[change.table, (one["id"],)] = Change(change.table, (one["id"],), same, {name: change.after[name] for name in same})
    mended = {(edit.column.table, edit.row.keys.get(edit.column.table)) for edit in edits}
    return [change for where, change in found.items() if where not in mended]


def change_cells(book: Book, columns: Sequence[Column], edits: Iterable[Edit], name: str = "", also: Sequence[Change] = ()) -> int | None:
    """Write cell edits as one act, named after what they change; None when nothing changes. Refused names an empty required cell.

    Sex and birth follow a changed identity number; `also` are further changes of the same act (what `later` found).
    """
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
    return book.act(name, [*(_with_identity(book, change) for change in changes), *also])


def _with_identity(book: Book, change: Change) -> Change:
    """A changed identity number takes sex and birth along, where they are blank or only said what the old number says."""
    if change.table != "person" or not (change.after or {}).get("id_no"):
        return change
    whole = book.read(row, "person", change.key) or {}
    said, old = _identity(change.after["id_no"]), _identity(whole.get("id_no"))  # type: ignore[index]
    moved = {
        name: value
        for name, value in said.items()
        if value and name not in (change.after or {}) and whole.get(name) != value and whole.get(name) in (None, "", old.get(name))
    }
    return Change(
        "person", change.key, {**(change.before or {}), **{name: whole.get(name) for name in moved}}, {**(change.after or {}), **moved}
    )


def _identity(number: str | None) -> dict[str, Any]:
    try:
        said = facts_of(number) if number else None
    except Unreadable:
        said = None
    return {"sex": said.sex, "birth": said.birth} if said else {}


def add(book: Book, table: str, values: Mapping[str, Any]) -> Key:
    """Add one row with its defaults; returns its key."""
    number = book.read(next_ids).get(table)
    whole = defaults(table) | dict(values) | ({} if number is None else {"id": number})
    key = (whole["year"], whole["engagement"], whole["month"]) if number is None else (number,)
    book.act(f"新增{label(table)}", [Change(table, key, None, whole)])
    return key


def person_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """A person's fields with sex and birth filled from the identity number where they were left blank."""
    filled = dict(values)
    if filled.get("id_no"):
        said = facts_of(filled["id_no"])
        filled["birth"] = filled.get("birth") or said.birth
        filled["sex"] = filled.get("sex") or said.sex
    return filled


def exported(book: Book, title: str, name: str, lines: int, purpose: str = "") -> int:
    """Write down that a list with personal data was exported: which, into what file, how many lines, and what for where that was asked."""
    return book.act(f"导出 {title}", [], reason=f"{name}，{lines} 行" + (f"，用途：{purpose.strip()}" if purpose.strip() else ""))


def exported_forms(book: Book, sheets: Iterable[Sheet], file: Path, purpose: str, *, masked: bool) -> int | None:
    """导出日志 of forms that name people (附表1, 附表2): which, how many lines, into what file with what fingerprint, what for, and
    whether their numbers are masked. None where none of the forms does, or the book is open for looking only."""
    from returns.package import PERSONAL_FORMS  # not before something is exported

    named = [sheet for sheet in sheets if sheet.key in PERSONAL_FORMS]
    if not named or book.read_only:
        return None
    said = f"{file.name}，{sum(len(sheet.rows) for sheet in named)} 行，{'号码已遮掩' if masked else '完整号码'}，用途：{purpose.strip() or '未写明'}"
    return book.act(f"导出 {'、'.join(sheet.key for sheet in named)}", [], reason=f"{said}，文件指纹 {sha256(file.read_bytes()).hexdigest()[:16]}")


def looked(book: Book, list_name: str, records: int) -> int:
    """Write down that somebody had the masked numbers of a list shown whole; returns the act."""
    return book.act("查看完整号码", [], reason=f"{list_name}，{records} 条")
