"""排名、通报 and 未达标单位清单 of a city: rates by county, and every unit that is short, from the counties' own forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from policy.facts import Facts
from returns.form import finish, heading, numbered
from returns.formula import View, value
from returns.rollup import Part, head
from returns.sheet import NOT_APPLICABLE, Cell, Column, Measure, Row, Scope, Sheet, Value
from returns.task import Task

RANKING: Final = "排名通报表"
"""Key of the sheet."""
STAFFED, PAID_UP, ARRANGED, GIVEN, ARRIVED, PAPERS = "配备率", "标准达标率", "安排率", "落实率", "到位率", "材料齐备率"
RATES: Final[Mapping[str, tuple[str, str]]] = {
    STAFFED: ("表2", "(3−17)/3"), PAID_UP: ("表3", "19"), ARRANGED: ("表4", "16"), GIVEN: ("表4", "17"), ARRIVED: ("表4", "30"), PAPERS: ("表10", "20"),
}  # fmt: skip
"""Rate → form and what it is worked out from there, in the county's own line."""


def rates(part: Part) -> dict[str, Value]:
    """The rates of a county; — where it did not send the form."""
    found: dict[str, Value] = {}
    for name, (form, text) in RATES.items():
        sheet = part.sheet(form)
        row = head(sheet) if sheet else None
        if sheet is None or row is None:
            found[name] = NOT_APPLICABLE
            continue
        marks = {column.mark: cell.value for column, cell in zip(sheet.columns, row.cells, strict=True)}
        found[name] = value(text, View(lambda mark, marks=marks: marks.get(mark), lambda *_: None, tuple))  # type: ignore[misc]
    return found


def ranked(of: Mapping[int, Value]) -> dict[int, int]:
    """County → place by a rate, the highest first; equal rates share a place, unknown ones have none."""
    known = {number: Fraction(one) for number, one in of.items() if isinstance(one, int | Fraction)}
    return {number: 1 + sum(other > one for other in known.values()) for number, one in known.items()}


def ranking(parts: Sequence[Part], facts: Facts, task: Task, by: str = STAFFED) -> Sheet:
    """排名通报表: every county with its rates, the best by one of them first."""
    every = {part.number: rates(part) for part in parts}
    places = ranked({number: one[by] for number, one in every.items()})
    last = len(parts) + 1
    rows = []
    for part in sorted(parts, key=lambda one: places.get(one.number, last)):
        cells = (Cell(places.get(part.number, NOT_APPLICABLE)), Cell(part.name), *(Cell(every[part.number][name]) for name in RATES))
        rows.append(Row(part.name, Scope.OTHER, cells, part.number))
    columns = (Column("", "名次", width=3), Column("", "县（市、区）", Measure.LONG, width=10), *(Column("", name, Measure.RATE, width=7) for name in RATES))
    notes = numbered(
        f"按{by}从高到低排列，相同的名次并列；数据不足的列在后面，不排名次。",
        "配备率=(应配备−缺口)/应配备；安排率=预算安排/应安排；落实率=到位/应安排；到位率=到位/预算安排。各项取自各县（市、区）封存的报表，“—”为未报该表或者不适用。",
    )
    return finish(Sheet(RANKING, "各县（市、区）落实情况排名通报表", (), heading(facts, "%"), columns, tuple(rows), notes=notes), facts, task)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A unit below its minimum."""

    county: str
    unit: str
    need: Value
    heads: Value
    gap: Value
    note: str


def unmet(parts: Sequence[Part], notes: Mapping[tuple[int, int | None], str]) -> Iterator[Unmet]:
    """Every unit whose 是否达标 is 否. `notes`: (county, unit) → what the county said of it."""
    for part in parts:
        sheet = part.sheet("表2")
        for row in sheet.rows if sheet else ():
            if sheet and sheet.cell(row, "19").value == "否":
                need, heads, gap = (sheet.cell(row, mark).value for mark in ("3", "5", "17"))
                yield Unmet(part.name, row.name, need, heads, gap, notes.get((part.number, row.unit), ""))


def unmet_list(parts: Sequence[Part], notes: Mapping[tuple[int, int | None], str], facts: Facts, task: Task) -> Sheet:
    """未达标单位清单."""
    columns = (
        Column("", "序号", width=3), Column("", "县（市、区）", Measure.LONG, width=8), Column("", "单位名称", Measure.LONG, width=9), Column("", "应配备人数", width=4),
        Column("", "实际配备人数", width=4), Column("", "缺口", width=3), Column("", "县级说明", Measure.LONG, width=22),
    )  # fmt: skip
    rows = tuple(
        Row(one.unit, Scope.OTHER, (Cell(at), Cell(one.county), Cell(one.unit), Cell(one.need), Cell(one.heads), Cell(one.gap), Cell(one.note or None)))
        for at, one in enumerate(unmet(parts, notes), 1)
    )
    footer = ("各单位均已达到最低配备标准。",) if not rows else (f"共 {len(rows)} 个单位未达到最低配备标准。",)
    return finish(Sheet("未达标单位清单", "未达到最低配备标准单位清单", (), heading(facts, "人"), columns, rows, footer=footer), facts, task)
