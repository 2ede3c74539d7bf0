"""比较: two returns, or two periods, cell by cell. A change beyond the threshold asks for a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from returns.fill import line_keys
from returns.sheet import Cell, Column, Measure, Row, Scope, Sheet, Value, in_full, shown

REASON = "比较"
"""The point under which a reason for a change is kept, its subject being `Difference.subject`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that is not the same: where, both values as printed, and how far they are apart (None where that is no number)."""

    form: str
    key: str
    line: str
    mark: str
    label: str
    before: Value
    after: Value
    was: str
    now: str
    change: Fraction | None
    asks: bool
    """Changed by more than the threshold: a reason is asked for (of an upright form for this year's figure, not for last year's or the change)."""

    @property
    def subject(self) -> str:
        """What a reason for it is kept under."""
        return f"{self.form}/{self.key}/{self.mark}"

    @property
    def share(self) -> str:
        """By how much it changed, in words: +25.00%."""
        return "" if self.change is None else f"{float(self.change):+.2%}"


def differences(before: Sequence[Sheet], after: Sequence[Sheet], threshold: Fraction = Fraction(0)) -> Iterator[Difference]:
    """Cells of forms both have that differ, in the order of `after`; lines and columns that only one has count as blank there."""
    old = {sheet.key: sheet for sheet in before}
    for sheet in after:
        other = old.get(sheet.key)
        if other is None or sheet.key in ("封面", "审核表"):
            continue
        mine, theirs = (dict(zip(line_keys(one), one.rows, strict=True)) for one in (sheet, other))
        for key in [*mine, *(key for key in theirs if key not in mine)]:
            for column in sheet.columns:
                left = _cell(other, theirs.get(key), column.mark)
                right = _cell(sheet, mine.get(key), column.mark)
                if left.value == right.value:
                    continue
                measure = in_full(left.measure or right.measure or column.measure)
                change = _change(left.value, right.value)
                name = (mine.get(key) or theirs[key]).name
                asks = bool(threshold) and (not sheet.upright or column.mark == Scope.NOW.value) and measure not in (Measure.TEXT, Measure.LONG, Measure.CODE) and (change is None or abs(change) > threshold)
                label = "".join((*column.groups, column.label))
                was, now = (shown(Cell(one.value), measure) for one in (left, right))
                yield Difference(sheet.key, key, name, column.mark, label, left.value, right.value, was, now, change, asks)


KEY: Final = "变动情况说明表"


def explained(before: str, after: str, found: Sequence[Difference], reasons: Mapping[str, str], signatories: str = "") -> Sheet:
    """The cells that changed with their reasons, as a list to be signed; a large change without one says so. `before`, `after`: what was compared."""
    columns = (
        Column("", "序号", width=3), Column("", "表", Measure.TEXT, width=4), Column("", "行", Measure.LONG, width=9), Column("", "栏次", Measure.TEXT, width=3),
        Column("", "栏目", Measure.LONG, width=12), Column("", "前", Measure.LONG, width=8), Column("", "后", Measure.LONG, width=8),
        Column("", "增减", Measure.TEXT, width=5), Column("", "变动原因", Measure.LONG, width=20),
    )  # fmt: skip

    def row(number: int, one: Difference) -> Row:
        reason = reasons.get(one.subject) or ("（未说明）" if one.asks else None)
        texts = (one.form, one.line, one.mark, one.label, one.was or "空白", one.now or "空白", one.share, reason)
        return Row(str(number), Scope.OTHER, (Cell(number), *(Cell(text) for text in texts)))

    rows = tuple(row(number, one) for number, one in enumerate(found, 1))
    return Sheet(KEY, KEY, (), (f"前：{before}", "", f"后：{after}"), columns, rows, signatories=signatories)


def _cell(sheet: Sheet, row: object, mark: str) -> Cell:
    if row is None or all(column.mark != mark for column in sheet.columns):
        return Cell()
    return sheet.cell(row, mark)  # type: ignore[arg-type]


def _change(before: Value, after: Value) -> Fraction | None:
    """By how much of what it was a figure changed."""
    if not isinstance(before, int | Fraction) or not isinstance(after, int | Fraction) or not before:
        return None
    return (Fraction(after) - Fraction(before)) / abs(Fraction(before))
