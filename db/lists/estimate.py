"""资金需求测算: kept copies with the letter to 财政 and its reply; 招录计划 with their lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import Connection, func, select

from db.lists import Column, Listing, Row
from db.lists.columns import computed, shown, unit_kind, written
from db.lists.units import names
from db.model import TABLES
from policy.kinds import Field
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT
from policy.kinds.text import TEXT

T = TABLES
AMOUNT: Final = replace(MONEY, sums=False)
"""An amount nobody adds up: several estimates of the same year."""
LETTER: Final = {"letter_no": 8, "letter_on": 6, "reply_no": 8, "reply_on": 6, "agreed": 7, "reply": 14}
"""Fields of the letter and its reply, as a clerk fills them in → width."""


def copies(connection: Connection) -> Listing:
    """测算存档, the newest first."""
    of = T["estimate_copy"]
    columns = (
        shown("estimate_copy", "name", 8),
        shown("estimate_copy", "made_on", 6),
        computed("total", "资金需求", AMOUNT, 7),
        computed("gap", "资金缺口", AMOUNT, 7),
        *(written("estimate_copy", name, width) for name, width in LETTER.items()),
        computed("given", "资金来源", AMOUNT, 7),
        shown("estimate_copy", "year", 5, label="年度"),
        shown("estimate_copy", "as_of", 7),
    )
    query = select(of).order_by(of.c.made_on.desc(), of.c.id.desc())
    rows = [
        Row(
            {"estimate_copy": (one.id,)},
            (
                one.name, one.made_on, one.total, one.total - one.given, one.letter_no, one.letter_on, one.reply_no, one.reply_on, one.agreed, one.reply,
                one.given, one.year, one.as_of,
            ),
        )
        for one in connection.execute(query)
    ]  # fmt: skip
    return Listing(columns, tuple(rows))


def plans(connection: Connection) -> Listing:
    """招录计划, the newest year first, with their heads and the batch they became."""
    plan, line, batch = T["hiring_plan"], T["hiring_line"], T["recruit_batch"]
    query = (
        select(plan, func.coalesce(func.sum(line.c.heads), 0).label("heads"), batch.c.name.label("batch_name"))
        .outerjoin(line, line.c.plan == plan.c.id)
        .outerjoin(batch, batch.c.id == plan.c.batch)
        .group_by(plan.c.id)
        .order_by(plan.c.year.desc(), plan.c.id)
    )
    columns = (
        written("hiring_plan", "name", 13),
        written("hiring_plan", "year", 5),
        computed("heads", "计划人数", COUNT, 5),
        computed("batch", "已转招录批次", TEXT, 11),
        written("hiring_plan", "note", 14),
    )
    found = connection.execute(query)
    return Listing(columns, tuple(Row({"hiring_plan": (one.id,)}, (one.name, one.year, one.heads, one.batch_name, one.note)) for one in found))


def plan_lines(connection: Connection, plan: int, as_of: date) -> Listing:
    """招录计划明细 by month."""
    line = T["hiring_line"]
    columns = (
        Column("hiring_line.unit", Field("单位", unit_kind(names(connection, as_of)), required=True), "hiring_line", "unit", 12),
        written("hiring_line", "heads", 6),
        written("hiring_line", "month", 6),
    )
    query = select(line).where(line.c.plan == plan).order_by(line.c.month, line.c.id)
    return Listing(columns, tuple(Row({"hiring_line": (one.id,)}, (one.unit, one.heads, one.month)) for one in connection.execute(query)))
