"""节点检查: 汇总值 − Σ下级 = 0, of the city over its counties and of every county over its units; the cells where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from returns.formula import total
from returns.rollup import ROLLED, WORDS, Entries, Part, adding, head, roll
from returns.sheet import NOT_APPLICABLE, Cell, Column, Scope, Value, in_full, rounded, shown


@dataclass(frozen=True, slots=True)
class Node:
    """A cell in which a 合计 is not what stands below it: where, both sides as they are and as printed, and the difference."""

    where: str
    form: str
    mark: str
    label: str
    whole: Value
    below: Value
    said: str


def nodes(parts: Sequence[Part], entries: Entries, city: str) -> tuple[Node, ...]:
    """汇总值 − Σ下级 = 0: of the city over its counties, of every county over its units, and of what the city handed on over what the
    counties received from it; the cells where it is not."""
    found: list[Node] = []
    for form in ROLLED:
        rolled = roll(form, parts, entries)
        if rolled is None:
            continue
        of = {column.mark: column for column in rolled.columns}
        for mark in adding(form, rolled.columns):
            found += _node(city, form, of[mark], rolled.whole.cells[mark], [line.cells[mark].value for line in rolled.lines])
        for memo in rolled.memos:
            for mark in ("23", "24"):
                if isinstance(memo.cells[mark].value, int | Fraction):
                    counties = [line.cells[mark].value for line in rolled.lines if line.number is not None]
                    found += _node("市级下达与各县（市、区）上级下达", form, of[mark], memo.cells[mark], counties)
    for part in parts:
        found += county_nodes(part)
    return tuple(found)


def county_nodes(part: Part) -> tuple[Node, ...]:
    """The cells of a county's forms whose 合计 is not the sum of its lines."""
    found: list[Node] = []
    for sheet in part.sheets:
        top = head(sheet)
        if sheet.upright or sheet.key not in ROLLED or top is None:
            continue
        body = [row for row in sheet.rows if row.scope not in (Scope.TOTAL, Scope.MEMO)]
        for at, column in enumerate(sheet.columns):
            if column.total == "Σ" and column.measure not in WORDS and not column.by_hand:
                found += _node(part.name, sheet.key, column, top.cells[at], [row.cells[at].value for row in body])
    return tuple(found)


def _node(where: str, form: str, column: Column, whole: Cell, below: list[Value]) -> list[Node]:
    added, measure = total(below), in_full(whole.measure or column.measure)
    if whole.value == added or (whole.value in (None, NOT_APPLICABLE, 0) and added in (None, NOT_APPLICABLE, 0)):
        return []
    numbers = isinstance(whole.value, int | Fraction) and isinstance(added, int | Fraction)
    if numbers and rounded(whole.value, measure) == rounded(added, measure):  # type: ignore[arg-type]
        return []
    label = "".join((*column.groups, column.label)).strip("　")
    apart = f"，相差 {shown(Cell(whole.value - added), measure)}" if numbers else ""  # type: ignore[operator]
    said = f"{form}合计第 {column.mark} 栏“{label}”为 {shown(replace(whole, measure=measure), measure) or '空白'}，下级之和为 {shown(Cell(added), measure) or '空白'}{apart}"
    return [Node(where, form, column.mark, label, whole.value, added, f"{where}：{said}。")]
