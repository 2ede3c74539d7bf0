"""工资层级方案 as lists: the scales, a scale's grades with their monthly items side by side, its performance rules, and who stands on which grade."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, select

from db.lists import Column, Listing, Row
from db.lists.columns import computed, field_of, written
from db.lists.management import named_people, register
from db.model import TABLES
from db.rows import rows
from policy.grade_facts import PAY_ITEMS
from policy.kinds import Field
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT

T = TABLES

ITEM: Final = "pay_grade_item"
IN_FORCE, LATER, PAST = "现行", "未施行", "已被代替"
_YUAN: Final = replace(MONEY, sums=False)


def scales(connection: Connection, as_of: date) -> Listing:
    """工资层级方案, the newest first, with how many grades and people each has and whether it is in force."""
    listing = register(connection, "pay_scale", as_of)
    began = sorted(row["since"] for row in rows(connection, "pay_scale") if row["since"] <= as_of)
    grades = {one["id"]: one["scale"] for one in rows(connection, "pay_grade")}
    levels, people = Counter(grades.values()), Counter(grades[grade] for grade, _ in standing(connection, as_of).values())
    since = next(at for at, column in enumerate(listing.columns) if column.column == "since")
    columns = (
        computed("levels", "层级数", replace(COUNT, sums=False), 5), computed("people", "在层级人数", replace(COUNT, sums=False), 7), computed("state", "状态", TEXT, 6),
    )  # fmt: skip

    def state(day: date) -> str:
        return LATER if day > as_of else IN_FORCE if began and day == began[-1] else PAST

    return Listing(
        (*listing.columns, *columns),
        tuple(
            Row(row.keys, (*row.values, levels[row.keys["pay_scale"][0]], people[row.keys["pay_scale"][0]], state(row.values[since]))) for row in listing.rows
        ),
    )


def standing(connection: Connection, as_of: date) -> dict[int, tuple[int, date]]:
    """Person → (grade, since) on a day, of everybody engaged that day who was ever put on one."""
    change, engagement = T["grade_change"], T["engagement"]
    here = set(
        connection.execute(
            select(engagement.c.person).where(engagement.c.start <= as_of, (engagement.c.end.is_(None)) | (engagement.c.end >= as_of))
        ).scalars()
    )
    found: dict[int, tuple[int, date]] = {}
    for row in connection.execute(select(change).where(change.c.since <= as_of).order_by(change.c.since, change.c.id)):
        if row.person in here:
            found[row.person] = (row.grade, row.since)
    return found


def item_column(item: str) -> Column:
    """The column of a monthly item: typed beside the grade, kept as a row of its own."""
    return Column(f"item.{item}", Field(f"{item}（月）", _YUAN, hint="每月标准（元）"), ITEM, item, 8)


_GRADE: Final = ("level", "name")
_ASKED: Final = ("year_end", "years", "certificate", "appraisal", "appraisals")


def grades(connection: Connection, scale: int, as_of: date) -> Listing:
    """A scale's grades, the lowest first: the month's items, what the year comes to, what it takes to come here, and who stands on it."""
    columns = (
        *(written("pay_grade", name, 6) for name in _GRADE), *(item_column(item) for item in PAY_ITEMS), *(written("pay_grade", name, 8) for name in _ASKED[:1]),
        computed("annual", "年工资标准", _YUAN, 8, "12×各项月标准＋年终标准（元）"), *(written("pay_grade", name, 8) for name in _ASKED[1:]),
        computed("people", "在层级人数", COUNT, 7),
    )  # fmt: skip
    items: dict[int, dict[str, int]] = defaultdict(dict)
    for one in rows(connection, ITEM):
        items[one["grade"]][one["item"]] = one["monthly"]
    people = Counter(grade for grade, _ in standing(connection, as_of).values())
    lines = []
    for one in sorted(rows(connection, "pay_grade", scale=scale), key=lambda one: one["level"]):
        own = items[one["id"]]
        annual = 12 * sum(own.values()) + (one["year_end"] or 0) if own else None
        values = (
            *(one[name] for name in _GRADE), *(own.get(item) for item in PAY_ITEMS), one["year_end"], annual, *(one[name] for name in _ASKED[1:]),
            people[one["id"]],
        )  # fmt: skip
        lines.append(Row({"pay_grade": (one["id"],)}, values))
    return Listing(columns, tuple(lines))


def performance_rules(connection: Connection, scale: int, as_of: date) -> Listing:
    """绩效系数 of a scale."""
    return register(connection, "performance_rule", as_of, scale=scale)


def changes(connection: Connection, scale: int, as_of: date) -> Listing:
    """层级变动 to the grades of a scale, the newest first."""
    names, people = {one["id"]: one["name"] for one in rows(connection, "pay_grade", scale=scale)}, named_people(connection)
    columns = (
        computed("name", "姓名", TEXT, 8), written("grade_change", "since", 8), computed("grade", "层级", TEXT, 7), written("grade_change", "reason", 8),
        written("grade_change", "document", 12),
    )  # fmt: skip
    found = [one for one in rows(connection, "grade_change") if one["grade"] in names]
    return Listing(
        columns,
        tuple(
            Row({"grade_change": (one["id"],)}, (people[one["person"]], one["since"], names[one["grade"]], one["reason"], one["document"]))
            for one in sorted(found, key=lambda one: (one["since"], one["id"]), reverse=True)
        ),
    )


def grade_names(connection: Connection, as_of: date) -> dict[int, str]:
    """Grade → its name, of the scale in force on a day, the lowest first."""
    scale = connection.execute(select(T["pay_scale"].c.id).where(T["pay_scale"].c.since <= as_of).order_by(T["pay_scale"].c.since.desc()).limit(1)).scalar()
    if scale is None:
        return {}
    return {one["id"]: one["name"] for one in sorted(rows(connection, "pay_grade", scale=scale), key=lambda one: one["level"])}


def changes_of(connection: Connection, person: int) -> Listing:
    """层级变动 of a person, the newest first."""
    grade, change = T["pay_grade"], T["grade_change"]
    columns = (
        written("grade_change", "since", 8), computed("grade", "层级", TEXT, 7), written("grade_change", "reason", 8), written("grade_change", "document", 14),
    )  # fmt: skip
    query = select(change, grade.c.name).join(grade, grade.c.id == change.c.grade).where(change.c.person == person).order_by(change.c.since.desc())
    found: list[Any] = list(connection.execute(query))
    return Listing(columns, tuple(Row({"grade_change": (row.id,)}, (row.since, row.name, row.reason, row.document)) for row in found))


def field_of_item(item: str) -> Field:
    """A monthly item as a question asks it."""
    return replace(field_of(ITEM, "monthly"), label=f"{item}（元/月）", required=False)
