"""Merged ranges: the value stands in the top-left cell only; what lies beneath is not seen in Excel and is not read."""

from __future__ import annotations

from collections.abc import Sequence

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
