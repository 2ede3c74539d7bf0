"""报送任务: every task with how far its return has come, the versions of one task's return, and returns to compare with."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from db.lists import Listing, Row
from db.lists.columns import computed, shown
from db.model import TABLES
from db.return_tables import APPROVED, DRAFT, RECEIVED, SEALED, SENT, SENT_BACK
from policy.kinds.number import ORDINAL
from policy.kinds.text import TEXT
from policy.period import parse_period

__all__ = ["APPROVED", "COLUMNS", "DRAFT", "NOT_BEGUN", "RECEIVED", "SEALED", "SENT", "SENT_BACK", "others", "tasks", "versions"]

COLUMNS: Final = (
    shown("report_task", "name", 20),
    shown("report_task", "period", 6),
    shown("report_task", "document", 11),
    shown("report_task", "due", 7),
    computed("state", "状态", TEXT, 6, "编制中、已审核、已封存、已上报、已接收；退回的要先解封"),
    computed("version", "版本", ORDINAL, 4),
    shown("report_task", "forms", 20),
    shown("report_task", "origin", 9),
)
NOT_BEGUN: Final = "未编制"


def tasks(connection: Connection, today: date) -> Listing:
    """Every task, the newest period first; one that is late and has not gone up is marked."""
    of, ret = TABLES["report_task"], TABLES["return_"]
    newest = {one.task: one for one in connection.execute(select(ret.c.task, ret.c.version, ret.c.state).order_by(ret.c.version))}
    rows = []
    for one in connection.execute(select(of)):
        made = newest.get(one.id)
        state = made.state if made else NOT_BEGUN
        late = {"report_task.due": f"应于 {one.due} 前报送，现在是“{state}”。"} if one.due and one.due < today and state not in (SENT, RECEIVED) else {}
        values = (one.name, one.period, one.document, one.due, state, made.version if made else None, one.forms, one.origin)
        rows.append((parse_period(one.period).last, one.id, Row({"report_task": (one.id,)}, values, late)))
    return Listing(COLUMNS, tuple(row for *_, row in sorted(rows, key=lambda one: one[:2], reverse=True)))


def versions(connection: Connection, task: int) -> tuple[tuple[int, str], ...]:
    """The versions of a task's return as (number of the return, words), the newest first."""
    ret = TABLES["return_"]
    found = connection.execute(select(ret.c.id, ret.c.version, ret.c.state).where(ret.c.task == task).order_by(ret.c.version.desc()))
    return tuple((one.id, f"第{one.version}版　{one.state}") for one in found)


def others(connection: Connection, number: int) -> tuple[tuple[int, str], ...]:
    """Every other return of the book as (number, words), the newest first: what a return may be compared with."""
    ret, of = TABLES["return_"], TABLES["report_task"]
    query = select(ret.c.id, ret.c.version, ret.c.state, of.c.name, of.c.period).join(of, of.c.id == ret.c.task).where(ret.c.id != number)
    return tuple((one.id, f"{one.period} {one.name} 第{one.version}版（{one.state}）") for one in connection.execute(query.order_by(ret.c.id.desc())))
