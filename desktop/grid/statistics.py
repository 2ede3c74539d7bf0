"""Count, sum and average of the selected cells, exactly, as the status bar shows them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from PySide6.QtCore import QItemSelection

from desktop.grid.model import GridModel
from desktop.grid.standing import parts
from policy.kinds import Kind


@dataclass(frozen=True)
class Statistics:
    """Filled cells selected; where they are amounts of one kind, their sum in its unit (分, 人, 户)."""

    count: int = 0
    kind: Kind | None = None
    summed: int = 0
    total: int | Fraction = 0
    """Of the `summed` cells."""

    def words(self) -> str:
        """平均值 4,100.00　计数 3　求和 12,300.00; nothing for less than two cells."""
        if self.count < 2:
            return ""
        if self.kind is None:
            return f"计数 {self.count}"
        return f"平均值 {self._average(self.kind)}　计数 {self.count}　求和 {self.kind.show(self.total)}"

    def _average(self, kind: Kind) -> str:
        """Half up, to the kind's own last digit (分) or to 2 decimals where it has none (人)."""
        average = Fraction(self.total) / self.summed
        if average.denominator == 1:
            return kind.show(int(average))
        if "." in kind.show(1):
            return kind.show(_half_up(average))
        hundredths = _half_up(average * 100)
        sign = "-" if hundredths < 0 else ""
        return f"{sign}{abs(hundredths) // 100}.{abs(hundredths) % 100:02d}"


def _half_up(value: Fraction) -> int:
    """Nearest whole, halves away from zero."""
    half = int(abs(value) + Fraction(1, 2))
    return -half if value < 0 else half


def statistics(model: GridModel, selection: QItemSelection) -> Statistics:
    """The statistics of a selection. Amounts of different kinds are never added up together."""
    amounts: list[Any] = []
    kinds: dict[str, Kind] = {}
    count = 0
    for part in parts(selection):
        rows = model.rows_at(part.top(), part.bottom())
        for column in range(part.left(), part.right() + 1):
            values = [value for row in rows if (value := row.values[column]) is not None and value != ""]
            count += len(values)
            kind = model.columns[column].field.kind
            if kind.sums and values:
                kinds[kind.name] = kind
                amounts += values
    if len(kinds) != 1:
        return Statistics(count)
    return Statistics(count, next(iter(kinds.values())), len(amounts), sum(amounts))
