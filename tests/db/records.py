"""Rows of a small county for the tests of the book: the bureau, two towns, two people."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from db.change import Change
from db.model import TABLES, TRACKED
from db.rows import defaults

LONG_AGO = date(2000, 1, 1)


def new(table: str, *key: int, **values: Any) -> Change:
    """A new row with its defaults."""
    names = [column.name for column in TABLES[table].primary_key.columns]
    return Change(table, key, None, defaults(table) | dict(zip(names, key, strict=True)) | values)


def unit(number: int, name: str, kind: str = "乡镇", parent: int | None = 1) -> list[Change]:
    return [new("unit", number, sort_no=number), new("unit_version", number, unit=number, since=LONG_AGO, name=name, type=kind, parent=parent)]


def worker(number: int, start: date = date(2024, 1, 1), end: date | None = None, at: int | None = 2, kind: str = "劳务派遣") -> list[Change]:
    """Person, engagement, conditions and (unless `at` is None) posting, all with the same number."""
    changes = [
        new("person", number, name=f"人员{number}"),
        new("engagement", number, person=number, start=start, end=end),
        new("engagement_term", number, engagement=number, since=start, type=kind),
    ]
    return changes + ([] if at is None else [new("assignment", number, engagement=number, unit=at, start=start, end=end)])


def pay(engagement: int, year: int, month: int, **items: int | None) -> Change:
    return new("pay_month", year, engagement, month, **items)


def county() -> list[Change]:
    """东岭县, its bureau (1) and two towns (2, 3)."""
    return [
        new("county", 1, code="449901", name="东岭县", city_code="4499", city="岭东市", region="粤东西北", region_basis="按所属地级市", confirmed=True),
        *unit(1, "东岭县民政局", "县级民政局", None), *unit(2, "青石镇"), *unit(3, "白沙镇"),
    ]  # fmt: skip


def everything(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every tracked table, with computed columns, as SQLite keeps them."""
    found = {}
    for table in TRACKED:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        found[table.name] = sorted((tuple(row) for row in connection.execute(text(f"SELECT {columns} FROM {table.name}"))), key=repr)
    return found


def diary(connection: Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text("SELECT * FROM diary ORDER BY seq"))]


def management() -> list[Change]:
    """What lists of the management year hang on, each number 1: plan, training, scale with a grade, batch with town 2, hiring plan, handover."""
    return [
        new("plan_doc", 1, kind="具体操作方案", doc_no="东府办〔2025〕1号"), new("training", 1, name="政策培训", kind="入职培训", held=date(2026, 1, 9)),
        new("pay_scale", 1, name="试行方案", since=date(2025, 1, 1)), new("pay_grade", 1, scale=1, level=1, name="一级"),
        new("recruit_batch", 1, name="第一批", announced=date(2026, 2, 1)), new("recruit_line", 1, batch=1, unit=2, planned=2),
        new("hiring_plan", 1, name="下年计划", year=2027), new("handover", 1, on=date(2026, 6, 1), giver="张三", receiver="李四"),
    ]  # fmt: skip
