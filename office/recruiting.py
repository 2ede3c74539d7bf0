"""招录: units of a batch, the people who came by it, and what a batch takes over from its plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.lists.units import names
from db.rows import defaults, next_ids, row, rows
from office.management import add_batch
from policy.names import fold

PROGRESS: Final = ("applied", "qualified", "interviewed", "publicised", "hired", "on_post")
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
            if any(line[name] for name in PROGRESS) or book.read(rows, "engagement", recruit_line=line["id"]):
                raise Refused(f"{units.get(unit, '这个单位')}已经登记了招录进度，不能取消勾选。登记错了的，请先在“招录进度”里清空它的人数。")
            changes.append(Change("recruit_line", (line["id"],), line, None))
    new = [(unit, heads) for unit, heads in planned.items() if unit not in lines]
    for number, (unit, heads) in enumerate(new, book.read(next_ids)["recruit_line"]):
        if heads <= 0:
            raise Refused(f"{units.get(unit, '这个单位')}的计划招录人数要大于 0。")
        changes.append(Change("recruit_line", (number,), None, defaults("recruit_line") | {"id": number, "batch": batch, "unit": unit, "planned": heads}))
    return book.act(f"招录单位 {held['name']}", changes) if changes else None


def arrive(book: Book, batch: int, came: Mapping[int, Sequence[int]]) -> int | None:
    """登记到岗: exactly these engagements (line → engagements) came by the batch. 到岗 of a line is then their number, and 已签合同 not less.
    Returns the act, None where nothing changes. Refused for somebody of another batch or who entered before the announcement."""
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
    if not changes:
        return None
    touched = set(wanted.values()) | set(before.values())
    for number in sorted(touched):
        had, heads = lines[number], sum(1 for one in wanted.values() if one == number)
        after = {"on_post": heads} | ({"hired": heads} if (had["hired"] or 0) < heads else {})
        moved = {name: count for name, count in after.items() if had[name] != count}
        if moved:
            changes.append(Change("recruit_line", (number,), {name: had[name] for name in moved}, moved))
    return book.act(f"登记到岗 {held['name']}", changes)


def _batch(book: Book, number: int) -> dict[str, Any]:
    found = book.read(row, "recruit_batch", (number,))
    if found is None:
        raise Refused("这个招录批次已经不在了。请刷新。")
    return found
