"""How every cell of a form looks while a return is made: 取数 grey, 手填 white, 调整 yellow, and a corner where the audit found something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from office.behind import APART
from office.returns_desk import Draft
from policy.finding import HARD, HINT, SOFT
from returns.fill import Source, line_keys, refusal
from returns.points import place
from returns.sheet import Cell, Sheet, shown

_WORSE = (HINT, SOFT, HARD)


@dataclass(frozen=True, slots=True)
class Look:
    """One cell: where its figure comes from, whether it may be typed over now, the worst audit level on it ("": nothing found), and
    for an overridden one the book's figure with the reason."""

    source: Source = Source.COMPUTED
    open: bool = False
    level: str = ""
    was: str = ""
    set: bool = False
    """Filled in by hand, and can be taken back."""


Looks = Mapping[tuple[int, int], Look]
"""(line of the body, column), both from 0 → look."""


def looks(draft: Draft, sheet: Sheet, being_made: bool) -> Looks:
    """The looks of a form's body."""
    if sheet.key in APART:
        return {}
    filled, made = draft.filled, {}
    keys = line_keys(sheet)
    for at, row in enumerate(sheet.rows):
        for index, column in enumerate(sheet.columns):
            if not column.mark:
                continue
            where = (sheet.key, keys[at], column.mark)
            source, entry, was = filled.source(sheet, keys[at], column.mark), filled.entries.get(where), ""
            if source is Source.OVERRIDDEN and entry is not None:
                was = f"台账数 {shown(Cell(filled.computed.get(where)), row.cells[index].measure or column.measure) or '空白'}；理由：{entry.reason}"
            made[at, index] = Look(source, being_made and not refusal(sheet, row, column.mark), "", was, entry is not None)
    for point in draft.audited.points:
        found = place(point, sheet) if point.form == sheet.key else None
        if found in made:
            look = made[found]
            made[found] = replace(look, level=max(look.level, point.level, key=lambda one: _WORSE.index(one) if one else -1))
    return made
