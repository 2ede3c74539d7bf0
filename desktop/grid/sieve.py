"""Which rows of a list are shown, and in which order. What a column's values come to is worked out once, until the rows change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import Any

from db.lists import Row
from desktop.grid.filter import Condition


class Sieve:
    """Rows, what is asked of their columns (typed conditions, ticked texts), and the column they are sorted by. Rows are numbers here.

    `text(column, value)` is a stored value as it stands in a cell.
    """

    def __init__(self, text: Callable[[int, Any], str]) -> None:
        self._text = text
        self.rows: Sequence[Row] = ()
        self.conditions: dict[int, Condition] = {}
        self.ticked: dict[int, frozenset[str]] = {}
        """Column → the texts on screen whose rows stay ("" stands for blanks)."""
        self.sorted_by = -1
        self.descending = False
        self._ranks: dict[int, list[int]] = {}

    def take(self, rows: Sequence[Row]) -> None:
        """Other rows from now on."""
        self.rows = rows
        self._ranks = {}

    def shown(self) -> list[int]:
        """The rows that fit, in order. Blanks come last either way, equal rows keep the order of the list."""
        fitting = self._fitting(range(len(self.rows)))
        if self.sorted_by < 0:
            return list(fitting)
        ranks = self._ranks_of(self.sorted_by)
        if not self.descending:
            return sorted(fitting, key=ranks.__getitem__)
        last = len(self.rows)
        filled = [at for at in fitting if ranks[at] != last]
        return sorted(filled, key=ranks.__getitem__, reverse=True) + [at for at in fitting if ranks[at] == last]

    def texts(self, column: int) -> list[tuple[str, int]]:
        """The texts of a column with how many rows say each, in sorting order, among the rows that fit the other columns."""
        ranks = self._ranks_of(column)
        text = _Texts(self._text, column)
        counts: dict[str, int] = {}
        first: dict[str, int] = {}
        for at in self._fitting(range(len(self.rows)), besides=column):
            said = text[self.rows[at].values[column]]
            counts[said] = counts.get(said, 0) + 1
            first.setdefault(said, ranks[at])
        return [(said, counts[said]) for said in sorted(counts, key=first.__getitem__)]

    def _fitting(self, numbers: Iterable[int], besides: int = -1) -> Sequence[int]:
        rows = self.rows
        fitting = list(numbers)
        for column, fits in self.conditions.items():
            if column != besides:
                fitting = [at for at in fitting if fits(rows[at].values[column])]
        for column, wanted in self.ticked.items():
            if column != besides:
                text = _Texts(self._text, column)
                fitting = [at for at in fitting if text[rows[at].values[column]] in wanted]
        return fitting

    def _ranks_of(self, column: int) -> list[int]:
        """The place of each row's value among the column's values; blanks have a place after all others."""
        if column not in self._ranks:
            values = list(map(itemgetter(column), (row.values for row in self.rows)))
            distinct: set[Any] = {*values} - {None, ""}
            places: dict[Any, int] = {value: place for place, value in enumerate(sorted(distinct, key=_key))}
            places |= dict.fromkeys((None, ""), len(values))
            self._ranks[column] = list(map(places.__getitem__, values))
        return self._ranks[column]


class _Texts(dict[Any, str]):
    """Stored value → text on screen, each made once."""

    def __init__(self, text: Callable[[int, Any], str], column: int) -> None:
        super().__init__()
        self._text, self._column = text, column

    def __missing__(self, value: Any) -> str:
        text = self[value] = self._text(self._column, value)
        return text


def _key(value: Any) -> Any:
    """What a value is sorted by. GB 18030 keeps common characters in 拼音 order, as clerks know it from Excel."""
    return value.encode("gb18030", "replace") if isinstance(value, str) else value
