"""Merged ranges: the value stands in the top-left cell only; what lies beneath is not seen in Excel and is not read. Whether the value
holds for the rows beneath as well is the clerk's to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intake.cells import Row, covered, cut
from intake.limits import LIMITS, Limits
from intake.refusal import Refusal


def clear_beneath(rows: dict[int, Row], merged: Sequence[str], limits: Limits = LIMITS) -> tuple[str, ...]:
    """Blank, in place, what lies beneath the merged ranges; a warning when that was a value."""
    last = max(rows, default=0)
    cleared = work = 0
    for text in merged:
        area = covered(text)
        if area is None:
            continue
        top, bottom, left, right = area
        bottom = min(bottom, last)
        work += max(0, bottom - top)
        if len(merged) > limits.merges or work > 2 * limits.row_number:
            raise Refusal("合并单元格过多。请取消合并后另存，再导入。")
        for number in range(top, bottom + 1):
            row = rows.get(number, ())
            start = left + 1 if number == top else left
            beneath = [cell is not None for cell in row[start : right + 1]]
            if any(beneath):
                cleared += sum(beneath)
                changed = cut([*row[:start], *[None] * len(beneath), *row[right + 1 :]])
                if changed:
                    rows[number] = changed
                else:
                    del rows[number]
    return (f"合并单元格下面藏着 {cleared} 个值（在 Excel 中看不到），未读入。",) if cleared else ()


def tops(rows: Mapping[int, Row], merged: Sequence[str]) -> dict[tuple[int, int], int]:
    """(row, column) beneath the value of a range merged downwards → the row of the value; rows without any cell are left out."""
    last = max(rows, default=0)
    found: dict[tuple[int, int], int] = {}
    for text in merged:
        area = covered(text)
        if area is None or area[0] == area[1]:
            continue
        top, bottom, left, _ = area
        if left < len(rows.get(top, ())) and rows[top][left] is not None:
            found |= {(number, left): top for number in range(top + 1, min(bottom, last) + 1) if number in rows}
    return found
