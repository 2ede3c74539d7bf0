"""What copying, pasting, clearing and filling a block of cells mean, as edits and as clipboard contents.

Places are rows on screen, columns are positions in the list; both come in the order the clerk sees them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData

from db.lists import Edit
from desktop.grid.clipboard import to_html, to_tsv
from desktop.grid.model import GridModel
from policy.kinds import Unreadable


@dataclass(frozen=True)
class Refusal:
    """A cell that was left as it is, where it stands (None: beyond the table) and why."""

    sentence: str
    place: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Plan:
    """The edits an action comes to, and the cells it leaves alone."""

    edits: list[Edit]
    refused: list[Refusal]


Cell = tuple[int, int]


def copied(model: GridModel, places: Sequence[int], columns: Sequence[int], chosen: set[Cell] | None, headers: bool) -> QMimeData:
    """A block for the clipboard; cells of it that are not `chosen` (None: all are) stay empty."""
    cells, as_text = [], []
    if headers:
        cells.append([model.columns[column].field.label for column in columns])
        as_text.append([True] * len(columns))
    for place in places:
        values = model.row_at(place).values
        take = [chosen is None or (place, column) in chosen for column in columns]
        cells.append([model.shown(place, column) if yes else "" for column, yes in zip(columns, take, strict=True)])
        as_text.append([isinstance(values[column], str) for column in columns])
    mime = QMimeData()
    mime.setText(to_tsv(cells))
    mime.setHtml(to_html(cells, as_text))
    return mime


def pasted(model: GridModel, places: Sequence[int], columns: Sequence[int], block: Sequence[Sequence[str]]) -> Plan:
    """The block laid over the cells from the first place and column on."""
    outcomes: list[Edit | Refusal | None] = []
    beyond = 0
    for place, line in enumerate(block):
        for at, text in enumerate(line):
            if place < len(places) and at < len(columns):
                outcomes.append(_type(model, places[place], columns[at], text))
            elif text.strip():
                beyond += 1
    if beyond:
        outcomes.append(Refusal(f"有 {beyond} 个单元格超出表格的行或列，没有贴入。请先新增记录，或从更靠前的单元格粘贴。"))
    return _plan(outcomes)


def tiled(block: list[list[str]], high: int, wide: int) -> list[list[str]]:
    """The block repeated over a selection it fits into a whole number of times; otherwise the block as it is."""
    if high % len(block) or wide % len(block[0]):
        return block
    return [line * (wide // len(block[0])) for line in block] * (high // len(block))


def typed(model: GridModel, cells: Sequence[Cell], text: str) -> Plan:
    """The same text in every cell; computed cells among several are passed over in silence."""
    return _plan(_type(model, place, column, text) for place, column in cells if model.columns[column].editable or len(cells) == 1)


def filled(model: GridModel, places: Sequence[int], columns: Sequence[int]) -> Plan:
    """The first place's stored values copied down to the others."""
    edits: list[Edit] = []
    refused: list[Refusal] = []
    for column in columns:
        into = model.columns[column]
        if not into.editable:
            continue
        value = model.row_at(places[0]).values[column]
        if into.field.required and value in (None, ""):
            refused.append(Refusal(f"“{into.field.label}”是必填项，上方单元格为空，没有填充。", places[0], column))
            continue
        for place in places[1:]:
            row = model.row_at(place)
            if row.values[column] != value:
                edits.append(Edit(row, into, value))
    return Plan(edits, refused)


def _type(model: GridModel, place: int, column: int, text: str) -> Edit | Refusal | None:
    try:
        return model.read(place, column, text)
    except Unreadable as error:
        return Refusal(f"第 {place + 1} 行“{model.columns[column].field.label}”：{error}", place, column)


def _plan(outcomes: Iterable[Edit | Refusal | None]) -> Plan:
    edits: list[Edit] = []
    refused: list[Refusal] = []
    for outcome in outcomes:
        if isinstance(outcome, Edit):
            edits.append(outcome)
        elif outcome:
            refused.append(outcome)
    return Plan(edits, refused)
