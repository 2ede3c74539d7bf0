"""How a grid's columns stand (order, widths, hidden, standing still), to be remembered and laid out again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.lists import Column
from desktop.preferences import Layout

if TYPE_CHECKING:
    from desktop.grid.table import Table

_PADDING, _ARROW = 16, 14


def natural(columns: Sequence[Column], character: int) -> Layout:
    """The columns as the list describes them; the first one stands still. `character`: width of a Chinese character in pixels."""
    return Layout(
        [column.id for column in columns],
        {column.id: max(column.width * character, len(column.field.label) * character + _ARROW) + _PADDING for column in columns},
        [column.id for column in columns if column.hidden],
        next((column.id for column in columns if not column.hidden), ""),
    )


def layout_of(view: Table) -> Layout:
    """How the clerk has the columns now."""
    ids = [column.id for column in view.grid.columns]
    return Layout(
        [ids[view.filters.logicalIndex(at)] for at in range(len(ids))],
        {name: view.widths[at] for at, name in enumerate(ids)},
        [name for at, name in enumerate(ids) if view.isColumnHidden(at)],
        ids[view.still_to] if view.still_to >= 0 else "",
    )


def lay(view: Table, layout: Layout) -> None:
    """Lay the columns out. Columns the layout does not know (of a newer list) stay as the list has them, after the one before them."""
    ids = [column.id for column in view.grid.columns]
    own = view.natural_layout()
    known = set(layout.order)
    for at, name in enumerate(_order(ids, layout.order)):
        view.filters.moveSection(view.filters.visualIndex(ids.index(name)), at)
    hidden = {name for name in ids if name in layout.hidden or (name not in known and name in own.hidden)}
    for at, name in enumerate(ids):
        view.setColumnHidden(at, name in hidden and len(hidden) < len(ids))
        view.widths[at] = max(layout.widths.get(name, own.widths[name]), view.filters.minimumSectionSize())
        view.setColumnWidth(at, view.widths[at])
    view.freeze(ids.index(layout.still) if layout.still in ids else -1)


def _order(ids: Sequence[str], wanted: Sequence[str]) -> list[str]:
    order = [name for name in dict.fromkeys(wanted) if name in ids]
    for at, name in enumerate(ids):
        if name not in order:
            order.insert(order.index(ids[at - 1]) + 1 if at else 0, name)
    return order
