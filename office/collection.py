"""The township's collection sheet (采集表): one workbook a township and month, with its households by category, the attendance of its
people, and who came; filled in there and brought back by `office.collected`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Refused
from db.rows import rows
from office.edit import exported
from office.imports import attendance, roster, units
from policy.facts import TOWN_TYPES, VILLAGE
from policy.kinds.date import DATE, END_DATE
from policy.kinds.idno import IDENTITY
from policy.kinds.month import MONTH as MONTH_KIND
from policy.kinds.month import in_words
from policy.kinds.text import PHONE
from policy.period import month_end
from returns.template import Page, Slot, Value, write

Progress = Callable[[int, int], None]
HOUSEHOLDS, ATTENDANCE, JOINERS = "户数", "出勤", "新进"
"""Names of the sheets; the program finds them by these."""
UNIT, MONTH = "单位", "月份"
"""Labels of the lines that say whose sheet it is and of which month."""
COUNTED: Final = tuple(key for key in units.CELLS if key != "total")
JOINING: Final = ("name", "id_no", "type", "employer", "post", "work_class", "start", "phone", "education", "duty", "duty_share")
HEAD: Final = {HOUSEHOLDS: 6, ATTENDANCE: 3, JOINERS: 3}
"""Number of the heading row of each sheet."""


@dataclass(frozen=True)
class Township:
    """A township that is to answer, with its people of the month: (engagement, name, post)."""

    unit: int
    name: str
    people: tuple[tuple[int, str, str], ...]
    counts: Mapping[str, int]
    """Field id → last count in the book, shown beside the blank."""
    counted: date | None


def bounds(month: int) -> tuple[date, date]:
    """First and last day of a month given as yyyymm."""
    year, number = divmod(month, 100)
    return date(year, number, 1), month_end(year, number)


def townships(connection: Any, month: int) -> list[Township]:
    """The townships open in the month, in the order of the book, with the people posted there (or in their villages) on any day of it."""
    first, last = bounds(month)
    open_units = {one["id"]: one for one in rows(connection, "unit") if one["closed"] is None or one["closed"] >= last}
    versions: dict[int, Mapping[str, Any]] = {}
    for one in sorted(rows(connection, "unit_version"), key=lambda one: one["since"]):
        if one["unit"] in open_units and one["since"] <= last:
            versions[one["unit"]] = one
    above = {number: one["parent"] if one["type"] == VILLAGE else number for number, one in versions.items()}
    engaged = {one["id"]: one for one in rows(connection, "engagement") if _holds(one, first, last)}
    names = {one["id"]: one["name"] for one in rows(connection, "person")}
    people: dict[int, dict[int, tuple[int, str, str]]] = {}
    for post in sorted((one for one in rows(connection, "assignment") if one["engagement"] in engaged and _holds(one, first, last)), key=lambda one: (-one["share"], one["start"])):
        whose = engaged[post["engagement"]]
        town = above.get(post["unit"])
        if town is not None and not any(whose["id"] in listed for listed in people.values()):
            people.setdefault(town, {})[whose["id"]] = (whose["id"], names[whose["person"]], post["post"] or "")
    caseload = rows(connection, "caseload")
    towns = sorted((number for number, one in versions.items() if one["type"] in TOWN_TYPES), key=lambda number: (open_units[number]["sort_no"], number))
    return [Township(number, versions[number]["name"], tuple(sorted(people.get(number, {}).values())), *_last_counts(caseload, number, last)) for number in towns]


def _holds(one: Mapping[str, Any], first: date, last: date) -> bool:
    return one["start"] <= last and (one["end"] is None or one["end"] >= first)


def _last_counts(caseload: Sequence[Mapping[str, Any]], unit: int, last: date) -> tuple[dict[str, int], date | None]:
    own = [one for one in caseload if one["unit"] == unit and one["as_of"] <= last]
    newest = max((one["as_of"] for one in own), default=None)
    held = {one["category"]: one for one in own if one["as_of"] == newest}
    found = {key: held[category][measure] for key, (category, measure, _, _) in units.CELLS.items() if category in held}
    return {key: count for key, count in found.items() if count is not None}, newest


def collect(book: Book, month: int, folder: Path, day: date, progress: Progress | None = None) -> list[Path]:
    """Write a collection sheet for every township into `folder` (made where it is not there); returns the paths. They name
    people, so the log says that they went out.

    `progress(done, in all)` is called before each sheet; what it raises ends the work, and the sheets made until then are taken away.
    """
    found = book.read(townships, month)
    if not found:
        raise Refused("台账里没有乡镇（街道），不能生成采集表。请先在“机构与应配”里新增。")
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    try:
        for one in found:
            if progress is not None:
                progress(len(paths), len(found))
            paths.append(write(_pages(one, month), folder / f"{one.name}_采集表_{MONTH_KIND.show(month)}.xlsx", day))
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        raise
    if (people := sum(len(one.people) for one in found)) and not book.read_only:
        exported(book, f"{MONTH_KIND.show(month)}采集表", folder.name, people)
    return paths


def _pages(town: Township, month: int) -> list[Page]:
    said = in_words(month)
    last = bounds(month)[1]
    households: list[list[Value]] = [
        [f"{town.name}{said}社会救助采集表"],
        [UNIT, town.name],
        [MONTH, MONTH_KIND.show(month)],
        [f"户数、人数按 {last} 填写；没有的填 0，不清楚的留空。请不要改动工作表名、前三行和列名。"],
        [],
        ["项目", "数量", f"台账里的数（{town.counted}）" if town.counted else "台账里的数"],
    ]
    households += [[units.CELLS[key][3], None, town.counts.get(key)] for key in COUNTED]
    note = "每人填出勤天数；有缺勤的再填类别、起止日期（仍未返岗的结束日期留空）和是否带薪，一人多次缺勤的另起一行照抄编号和姓名；离职的填日期和原因。编号请勿改动。"
    attended: list[list[Value]] = [
        [f"{town.name}{said}人员出勤和离职"],
        [note],
        [*(one.label for one in attendance.FIELDS.values()), "岗位"],
    ]
    attended += [[number, name, *[None] * (len(attendance.FIELDS) - 2), post] for number, name, post in town.people]
    joined: list[list[Value]] = [
        [f"{town.name}{said}新进人员"],
        ["只填本月新到岗的人；没有的留空。"],
        [*(roster.FIELDS[key].label for key in JOINING)],
    ]
    return [
        Page(HOUSEHOLDS, households, (6, 6), (Slot(26), Slot(12, needed=True), Slot(24)), kept=(1, 3)),
        Page(ATTENDANCE, attended, (3, 3), [_slot(one.kind, one.kind.choices) for one in attendance.FIELDS.values()] + [Slot(20)], 50, kept=(1,)),
        Page(JOINERS, joined, (3, 3), [_slot(roster.FIELDS[key].kind, roster.FIELDS[key].kind.choices, roster.FIELDS[key].required) for key in JOINING], 50),
    ]


def _slot(kind: Any, choices: tuple[str, ...], needed: bool = False) -> Slot:
    shown = "yyyy-mm-dd" if kind in (DATE, END_DATE) else "General"
    return Slot(22 if kind is IDENTITY else 16, kind in (IDENTITY, PHONE), choices, shown, needed)
