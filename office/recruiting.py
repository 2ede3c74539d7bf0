"""招录: units of a batch, the people who came by it, and what a batch takes over from its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.lists import Column, Edit
from db.lists.management_parts import COUNTS
from db.lists.units import names
from db.management_facts import recruit_lines
from db.rows import defaults, next_ids, row, rows
from office.edit import changes_of
from office.management import add_batch
from policy.names import fold

CONSENTS: Final = ("party_organ", "party_on", "party_no", "government_organ", "government_on", "government_no")


def plan_of(connection: Any, doc_no: str | None) -> dict[str, Any] | None:
    """The registered plan of a 方案文号, the newest of several; None where there is none."""
    found = [one for one in rows(connection, "plan_doc") if doc_no and one["doc_no"] and fold(one["doc_no"]) == fold(doc_no)]
    return found[-1] if found else None


def open_batch(book: Book, values: Mapping[str, Any], planned: Mapping[int, int]) -> int:
    """新增招录批次: as `add_batch`, with the consents of its plan where that one is registered; returns its number."""
    given = {name: value for name, value in values.items() if value is not None}
    plan = book.read(plan_of, given.get("plan_no"))
    taken = {name: plan[name] for name in CONSENTS} if plan else {}
    return add_batch(book, taken | given, planned)


def set_units(book: Book, batch: int, planned: Mapping[int, int]) -> int | None:
    """招录单位: exactly these units have a line in the batch; a new one begins with the heads given, one that is there keeps its own. Returns
    the act, None where nothing changes. Refused where a unit that goes has progress or people already."""
    held = _batch(book, batch)
    lines = {one["unit"]: one for one in book.read(rows, "recruit_line", batch=batch) if one["unit"] is not None}
    units = book.read(names, book.clock.today())
    changes = []
    for unit, line in lines.items():
        if unit not in planned:
            if book.read(rows, "recruit_count", line=line["id"]) or book.read(rows, "engagement", recruit_line=line["id"]):
                raise Refused(f"{units.get(unit, '这个单位')}已经登记了招录进度，不能取消勾选。登记错了的，请先在“招录进度”里清空它的人数。")
            changes.append(Change("recruit_line", (line["id"],), line, None))
    new = [(unit, heads) for unit, heads in planned.items() if unit not in lines]
    for number, (unit, heads) in enumerate(new, book.read(next_ids)["recruit_line"]):
        if heads <= 0:
            raise Refused(f"{units.get(unit, '这个单位')}的计划招录人数要大于 0。")
        changes.append(Change("recruit_line", (number,), None, defaults("recruit_line") | {"id": number, "batch": batch, "unit": unit, "planned": heads}))
    return book.act(f"招录单位 {held['name']}", changes) if changes else None


def arrive(book: Book, batch: int, came: Mapping[int, Sequence[int]]) -> int | None:
    """登记到岗: exactly these engagements (line → engagements) came by the batch: from the day each entered on they are on post, at least so
    many have signed. Returns the act, None where nothing changes. Refused for somebody of another batch or who entered before the announcement."""
    held = _batch(book, batch)
    lines = {one["id"]: one for one in book.read(rows, "recruit_line", batch=batch)}
    wanted = {engagement: line for line, engagements in came.items() for engagement in engagements}
    before = {one["id"]: one["recruit_line"] for one in book.read(rows, "engagement", recruit_line=list(lines))}
    changes = [Change("engagement", (one,), {"recruit_line": line}, {"recruit_line": None}) for one, line in before.items() if one not in wanted]
    for engagement, line in wanted.items():
        if before.get(engagement) == line:
            continue
        one = book.read(row, "engagement", (engagement,))
        if one is None or line not in lines:
            raise Refused("所选的人员或招录单位里有的已经不在了。请刷新后重选。")
        name = (book.read(row, "person", (one["person"],)) or {}).get("name")
        if one["recruit_line"] is not None and one["recruit_line"] not in lines:
            raise Refused(f"{name}已登记为另一批次到岗。请先在那个批次里取消勾选。")
        if held["announced"] is not None and one["start"] < held["announced"]:
            raise Refused(f"{name} {one['start']} 入职，早于招录公告日期 {held['announced']}。请核对公告日期，或者取消勾选。")
        changes.append(Change("engagement", (engagement,), {"recruit_line": one["recruit_line"]}, {"recruit_line": line}))
    return book.act(f"登记到岗 {held['name']}", changes) if changes else None


def count_on(book: Book, batch: int, day: date) -> int:
    """登记进度: every unit of the batch gets a count of this day, begun with what was counted before; typed over in the list afterwards.
    Returns the act. Refused where every unit has one of this day already."""
    held = _batch(book, batch)
    lines = book.read(recruit_lines, day).get(batch, ())
    if not lines:
        raise Refused(f"{held['name']}还没有招录单位。请先用“招录单位”勾选。")
    if held["announced"] is not None and day < held["announced"]:
        raise Refused(f"{day} 早于招录公告日期 {held['announced']}。请核对日期。")
    new = [line for line in lines if line.counted != day]
    if not new:
        raise Refused(f"{held['name']}已有截至 {day} 的招录进度。请在“招录进度”里直接修改。")
    changes = [
        Change("recruit_count", (number,), None, {"id": number, "line": line.id, "as_of": day} | {name: getattr(line, name) for name in COUNTS})
        for number, line in enumerate(new, book.read(next_ids)["recruit_count"])
    ]
    return book.act(f"登记进度 {held['name']}", changes)


def set_counts(book: Book, columns: Sequence[Column], edits: Sequence[Edit], name: str, day: date) -> int | None:
    """Cells of 招录进度 as one act: a figure is written into the count it stands in, the first one of a unit into a new count of `day`.
    Returns the act, None where nothing changes. Refused for fewer on post than are registered as having come."""
    place = {column.id: at for at, column in enumerate(columns)}
    edits = [edit for edit in edits if edit.value != edit.row.values[place[edit.column.id]]]
    cells: dict[int, dict[str, Any]] = {}
    for edit in edits:
        if edit.value is None and edit.column.field.required:
            raise Refused(f"“{edit.column.field.label}”必须填写，不能清空。")
        if edit.column.table == "recruit_count":
            cells.setdefault(edit.row.keys["recruit_line"][0], {})[edit.column.column] = edit.value
    changes = changes_of(columns, [edit for edit in edits if edit.column.table != "recruit_count"])
    counts = {edit.row.keys["recruit_line"][0]: edit.row.keys["recruit_count"] for edit in edits if "recruit_count" in edit.row.keys}
    number = book.read(next_ids)["recruit_count"]
    for line, values in cells.items():
        came = [one for one in book.read(rows, "engagement", recruit_line=line) if one["start"] <= values.get("as_of", day)]
        if values.get("on_post") is not None and values["on_post"] < len(came):
            raise Refused(f"这个单位已有 {len(came)} 人登记为由本批次到岗，到岗人数不能少于 {len(came)}。登记错了的，请先在“登记到岗”里取消勾选。")
        if line in counts:
            held = book.read(row, "recruit_count", counts[line]) or {}
            changes.append(Change("recruit_count", counts[line], {one: held.get(one) for one in values}, values))
        else:
            changes.append(Change("recruit_count", (number,), None, defaults("recruit_count") | {"id": number, "line": line, "as_of": day} | values))
            number += 1
    return book.act(name or "登记招录进度", changes) if changes else None


def _batch(book: Book, number: int) -> dict[str, Any]:
    found = book.read(row, "recruit_batch", (number,))
    if found is None:
        raise Refused("这个招录批次已经不在了。请刷新。")
    return found
