"""Where the clerk stands in a table and what is selected, by record, so that both outlast sorting, filtering and reading again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange
from PySide6.QtWidgets import QTableView

from desktop.grid.model import GridModel, Identity, identity


@dataclass(frozen=True)
class Standing:
    """The current cell, the selected rectangles (records, first column, last column), and how far the table is scrolled."""

    record: Identity | None
    place: int
    column: int
    selected: list[tuple[list[Identity], int, int]]
    scrolled: int


def standing(view: QTableView, model: GridModel) -> Standing:
    """Where the clerk stands now."""
    current = view.currentIndex()
    record = identity(model.row_at(current.row())) if current.isValid() else None
    selected = [
        ([identity(row) for row in model.rows_at(part.top(), part.bottom())], part.left(), part.right())
        for part in parts(view.selectionModel().selection())
    ]
    return Standing(record, current.row(), current.column(), selected, view.verticalScrollBar().value())


def stand(view: QTableView, model: GridModel, before: Standing) -> None:
    """Stand there again, as far as the records are still shown; where one is gone, in the place it had."""
    if before.record is None or not model.rowCount():
        return
    places = model.places({before.record}.union(*(records for records, _, _ in before.selected)))
    again = QItemSelection()
    for records, left, right in before.selected:
        for first, last in _unbroken(sorted(places[record] for record in records if record in places)):
            again.append(QItemSelectionRange(model.index(first, left), model.index(last, right)))
    view.selectionModel().select(again, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    place = places.get(before.record, min(before.place, model.rowCount() - 1))
    current = model.index(place, before.column)
    flag = QItemSelectionModel.SelectionFlag
    view.selectionModel().setCurrentIndex(current, flag.NoUpdate if again.size() else flag.ClearAndSelect)
    view.verticalScrollBar().setValue(before.scrolled)
    view.scrollTo(current)


def parts(selection: QItemSelection) -> list[QItemSelectionRange]:
    """The rectangles of a selection."""
    return [selection.at(at) for at in range(selection.size())]


def _unbroken(places: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending places as unbroken (first, last) runs."""
    if not places:
        return []
    starts = [at for at, place in enumerate(places) if at == 0 or places[at - 1] != place - 1]
    return [(places[start], places[end - 1]) for start, end in zip(starts, [*starts[1:], len(places)], strict=True)]
