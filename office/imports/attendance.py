"""Bringing in a township's 出勤 sheet: attended days, absences and leavings of its people, one row a person and absence. Not offered as a kind of its
own: the rows come from collection sheets, which name people by the number of their engagement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from db.change import Change
from db.lists.columns import field_of
from db.rows import defaults, next_ids, rows
from office.imports.plan import CHANGED, NEW, SAME, Cell, Planned, Source, again, differing, wrong
from policy.kinds import Field
from policy.kinds.number import COUNT
from policy.names import fold

FIELDS: Final[Mapping[str, Field]] = {
    "number": Field("编号", COUNT, required=True),
    "name": field_of("person", "name"),
    "days": replace(field_of("attendance", "half_days"), required=False),
    "kind": Field("缺勤类别", field_of("absence", "kind").kind),
    "start": Field("缺勤起始日期", field_of("absence", "start").kind),
    "end": Field("缺勤结束日期", field_of("absence", "end").kind),
    "paid": Field("是否带薪", field_of("absence", "paid").kind),
    "left": Field("离职日期", field_of("engagement", "start").kind),
    "reason": Field("离职原因", field_of("engagement", "end_reason").kind),
}


@dataclass(frozen=True)
class Existing:
    """Engagements with their people's names, absences, postings and attended days, and the numbers of the next rows."""

    engagements: Mapping[int, Mapping[str, Any]]
    names: Mapping[int, str]
    absences: Mapping[int, Sequence[Mapping[str, Any]]]
    posts: Mapping[int, Sequence[Mapping[str, Any]]]
    attended: Mapping[tuple[int, int], Mapping[str, Any]]
    """(engagement, month yyyymm) → the days attended."""
    ids: Mapping[str, int]


def existing(connection: Any) -> Existing:
    """Read what the plan compares with."""
    people = {one["id"]: one["name"] for one in rows(connection, "person")}
    hanging: dict[str, dict[int, list[Mapping[str, Any]]]] = {"absence": {}, "assignment": {}}
    for table, found in hanging.items():
        for one in rows(connection, table):
            found.setdefault(one["engagement"], []).append(one)
    engagements = {one["id"]: one for one in rows(connection, "engagement")}
    names = {number: people[one["person"]] for number, one in engagements.items()}
    attended = {(one["engagement"], one["month"]): one for one in rows(connection, "attendance")}
    return Existing(engagements, names, hanging["absence"], hanging["assignment"], attended, next_ids(connection))


def plan(sources: Iterable[Source], book: Existing, first: date, last: date, listed: Mapping[int, str], title: str) -> list[Planned]:
    """One Planned row a source row, of the month `first`–`last`. `listed`: engagement → the township whose sheet names it; the
    row's own township is its value "town"; `title`: what the days are kept as coming from."""
    seen: dict[tuple[Any, ...], Source] = {}
    planned = []
    ids = dict(book.ids)
    for source in sources:
        row = _row(source, book, first, last, listed, seen, ids, title)
        for change in row.changes:
            if change.before is None:
                ids[change.table] += 1
        planned.append(row)
    return planned


def _row(
    source: Source, book: Existing, first: date, last: date, listed: Mapping[int, str], seen: dict[tuple[Any, ...], Source],
    ids: Mapping[str, int], title: str,
) -> Planned:
    values, errors = source.values, dict(source.errors)
    name = values.get("name") or ""
    held = book.engagements.get(values.get("number") or 0)
    if not {"number", "name"} & errors.keys():
        if held is None or listed.get(held["id"]) != values.get("town"):
            errors["number"] = "编号不在本乡镇（街道）的名单里。请不要改动编号；新来的人填在“新进”表里。"
        elif fold(book.names[held["id"]]) != fold(name):
            errors["name"] = f"这个编号是“{book.names[held['id']]}”，表里是“{name}”。请核对是否错行。"
    away = any(values.get(key) is not None or key in errors for key in ("kind", "start", "end", "paid"))
    leaving = any(values.get(key) is not None or key in errors for key in ("left", "reason"))
    if away:
        for key in ("kind", "start", "paid"):
            if values.get(key) is None:
                errors.setdefault(key, f"填了缺勤，还要填“{FIELDS[key].label}”。请补填。")
    if leaving:
        for key in ("left", "reason"):
            if values.get(key) is None:
                errors.setdefault(key, f"填了离职，还要填“{FIELDS[key].label}”。请补填。")
    if not away and not leaving and not values.get("days") and "days" not in errors:
        text = "没有填写出勤天数" if values.get("days") is None else "出勤 0 天，却没有填缺勤类别和起止日期"
        errors["days"] = f"{text}，不能判断是否出勤。请补填。"
    if errors or held is None:
        return wrong(source, name, FIELDS, errors)
    event = (held["id"], values.get("start"), values.get("left"))
    if event in seen:
        return again(source, name, seen[event], "同一人、同一次缺勤")
    seen[event] = source
    said = seen.setdefault((held["id"], "days"), source) if values.get("days") is not None else source
    if said.values.get("days") != values.get("days"):
        return wrong(source, name, FIELDS, {"days": f"与第 {said.row_number} 行同一人的出勤天数不同。出勤天数每人只填一次，另起的行留空。"})
    cells: list[Cell] = []
    changes: list[Change] = []
    if values.get("days") is not None and said is source:
        _days(values, held, book, 100 * first.year + first.month, title, ids["attendance"], cells, changes)
    if away:
        _absence(values, held, book, (first, last), ids["absence"], cells, changes, errors)
    if leaving:
        _leaving(values, held, book, cells, changes, errors)
    if errors:
        return wrong(source, name, FIELDS, errors)
    state = SAME if not changes else NEW if all(change.before is None for change in changes) else CHANGED
    return Planned(source.row_number, state, name, tuple(cells), changes=tuple(changes))


def _days(
    values: Mapping[str, Any], held: Mapping[str, Any], book: Existing, month: int, title: str, number: int, cells: list[Cell], changes: list[Change]
) -> None:
    old = book.attended.get((held["id"], month))
    if old is not None:
        found, change = differing("attendance", old, {"half_days": values["days"]}, {"half_days": FIELDS["days"]})
        cells += found
        changes += [change] if change else []
        return
    row = {"id": number, "engagement": held["id"], "month": month, "half_days": values["days"], "source": title}
    changes.append(Change("attendance", (number,), None, defaults("attendance") | row))
    cells.append(Cell(FIELDS["days"].label, "", FIELDS["days"].kind.show(values["days"])))


def _absence(
    values: Mapping[str, Any], held: Mapping[str, Any], book: Existing, month: tuple[date, date], number: int, cells: list[Cell], changes: list[Change],
    errors: dict[str, str],
) -> None:  # fmt: skip
    start, end = values["start"], values.get("end")
    if end is not None and end < start:
        errors["end"] = "缺勤结束日期早于起始日期。请核对。"
    elif start > month[1] or (end is not None and end < month[0]):
        errors["start"] = f"这次缺勤不在 {month[0].year}年{month[0].month}月。请核对年月，别的月份填在那个月的采集表里。"
    elif start < held["start"] or (held["end"] is not None and (end or start) > held["end"]):
        errors["start"] = f"这次缺勤不在用工期间内（{held['start']} 起）。请核对日期。"
    if errors:
        return
    given = {"kind": values["kind"], "start": start, "end": end, "paid": values["paid"]}
    shown = f"{values['kind']} {start} 至 {end or '今'}，{'带薪' if values['paid'] else '不带薪'}"
    for one in book.absences.get(held["id"], ()):
        if all(one[key] == value for key, value in given.items()):
            return
        if one["end"] is None and end is not None and all(one[key] == given[key] for key in ("kind", "start", "paid")):
            changes.append(Change("absence", (one["id"],), {"end": None}, {"end": end}))
            cells.append(Cell("缺勤结束日期", "", str(end)))
            return
        if one["start"] <= (end or date.max) and start <= (one["end"] or date.max):
            errors["start"] = f"与台账里已有的缺勤（{one['kind']} {one['start']} 至 {one['end'] or '今'}）重叠。请在“人员”里核对后改正。"
            return
    changes.append(Change("absence", (number,), None, defaults("absence") | {"id": number, "engagement": held["id"]} | given))
    cells.append(Cell("缺勤", "", shown))


def _leaving(
    values: Mapping[str, Any], held: Mapping[str, Any], book: Existing, cells: list[Cell], changes: list[Change], errors: dict[str, str]
) -> None:
    last = values["left"]
    if held["end"] == last:
        return
    posts = book.posts.get(held["id"], ())
    if held["end"] is not None:
        errors["left"] = f"台账里的离职日期是 {held['end']}，表里是 {last}。请核对后在“人员”里改正。"
    elif last < held["start"]:
        errors["left"] = f"离职日期 {last} 早于入职日期 {held['start']}。请核对。"
    elif any(one["start"] > last for one in posts):
        errors["left"] = "离职日期之后台账里还有派驻记录。请先在“人员”里核对。"
    if errors:
        return
    before = {"end": None, "end_reason": held["end_reason"]}
    changes.append(Change("engagement", (held["id"],), before, {"end": last, "end_reason": values["reason"]}))
    changes += [Change("assignment", (one["id"],), {"end": one["end"]}, {"end": last}) for one in posts if one["end"] is None or one["end"] > last]
    cells += [Cell("离职日期", "", str(last)), Cell("离职原因", "", values["reason"])]
