"""A made-up list of people for the tests of the window parts, and a book of one list that takes edits as the real one does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from db.lists import Column, Edit, Row
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT, YESNO
from policy.kinds.text import NAME, PHONE, TEXT

TODAY = date(2026, 11, 22)
DUTY = choice("岗位", ("社会救助协理", "低保审核", "档案管理"))

COLUMNS = (
    Column("name", Field("姓名", NAME, required=True), "person", "name", 5),
    Column("unit", Field("派驻单位", TEXT), width=7),
    Column("duty", Field("岗位", DUTY), "engagement", "duty", 7),
    Column("phone", Field("手机", PHONE), "person", "phone", 8),
    Column("entered", Field("入职日期", DATE), "engagement", "entered", 7),
    Column("fixed", Field("岗位工资（元）", MONEY), "pay", "fixed", 8),
    Column("extra", Field("绩效（元）", MONEY), "pay", "extra", 8),
    Column("gross", Field("应发（元）", MONEY), width=8),
    Column("households", Field("联系户数", COUNT), "person", "households", 6),
    Column("full", Field("全日制", YESNO), "engagement", "full", 4),
    Column("note", Field("备注", TEXT), "person", "note", 8, hidden=True),
)
AT = {column.id: at for at, column in enumerate(COLUMNS)}

PEOPLE: tuple[tuple[Any, ...], ...] = (
    ("陈志强", "城关镇", "社会救助协理", "13800002231", date(2021, 3, 1), 260000, 80000, 340000, 40, True, None),
    ("李丽华", "城关镇", "低保审核", "13900000037", date(2019, 6, 15), 275000, 80000, 355000, 25, True, "驻点\n值班"),
    ("曾小敏", "太平镇", None, None, date(2020, 9, 1), 290000, None, 290000, None, None, None),
    ("黄国栋", "太平镇", "档案管理", "13700000111", None, 305033, 80000, 385033, 7, False, ""),
    ("覃美芳", "鱼湾镇", "社会救助协理", "13600000148", date(2022, 1, 10), None, None, None, 0, True, None),
)


def person(number: int, values: tuple[Any, ...], **marks: str) -> Row:
    return Row({"person": (number,), "pay": (2026, number, 11)}, values, marks)


class Book:
    """Takes edits as one act and gives the rows again; refuses what the test tells it to."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows
        self.acts: list[tuple[str, list[Edit]]] = []
        self.refusal = ""
        self.shows: Any = None

    def commit(self, edits: list[Edit], name: str) -> None:
        if self.refusal:
            raise ValueError(self.refusal)
        self.acts.append((name, edits))
        for edit in edits:
            at = next(at for at, row in enumerate(self.rows) if row.keys == edit.row.keys)
            values = list(self.rows[at].values)
            values[AT[edit.column.id]] = edit.value
            self.rows = [*self.rows[:at], replace(self.rows[at], values=tuple(values)), *self.rows[at + 1 :]]
        if self.shows:
            self.shows.set_rows(self.rows)

    def names(self) -> list[str]:
        return [name for name, _ in self.acts]
