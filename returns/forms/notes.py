"""审核表 审核情况说明表: every 核实性 finding of the return with what was found and the note that answers it.

What the audit found is not in the facts: a return at the desk hands its points in; without them the form is empty and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from policy.facts import Facts
from policy.finding import SOFT
from returns.form import finish, heading, numbered
from returns.points import Point
from returns.sheet import Cell, Column, Measure, Row, Scope, Sheet
from returns.task import Task

KEY: Final = "审核表"
_COLUMNS: Final = (
    Column("", "序号", width=2),
    Column("", "报表", Measure.TEXT, width=3),
    Column("", "单位（行）", Measure.LONG, width=6),
    Column("", "编号", Measure.TEXT, width=3),
    Column("", "审核情况", Measure.LONG, width=21, personal=True),
    Column("", "审核说明", Measure.LONG, width=14),
)


def lay(facts: Facts, task: Task, points: Sequence[Point] | None = None) -> Sheet:
    """The points of level 核实性 in the order of the forms; `points` None: not audited yet."""
    place = {form: at for at, form in enumerate(task.forms)}
    asked = sorted((point for point in points or () if point.level == SOFT), key=lambda point: place.get(point.form, len(place)))
    names = {unit.id: unit.name for unit in facts.units}
    sheet = Sheet(
        KEY,
        "审核情况说明表",
        (),
        heading(facts, "条"),
        _COLUMNS,
        tuple(_row(number, point, names.get(point.unit or 0, "")) for number, point in enumerate(asked, 1)),
        footer=("本表在报表审核后生成。",) if points is None else () if asked else ("没有核实性问题。",),
        notes=numbered("本表列审核发现的核实性问题及其说明；强制性问题应当改正，不在本表说明。"),
        landscape=False,
        row_height=24.0,
    )
    return finish(sheet, facts, task)


def _row(number: int, point: Point, unit: str) -> Row:
    note = point.note if point.confirmed or not point.note else f"{point.note}（上期说明，尚未确认）"
    place = f"{point.form}“{point.line}”"  # says what the columns before it say
    found = "\n".join(one.removeprefix(place) for one in point.said)
    said = (point.form or "台账", point.line or unit or None, point.id, found, note or None)
    return Row(f"{point.id} {point.subject}", Scope.OTHER, (Cell(number), *(Cell(text) for text in said)))
