"""The grid's model: the rows of a list, sorted and filtered here, edits parsed here and handed on as one act.

The model never changes a value itself: it hands `Edit`s to `commit`, the book changes, and `set_rows` shows what the book says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor

from db.lists import Column, Edit, Key, Row
from desktop.grid.filter import condition
from desktop.grid.sieve import Sieve
from policy.kinds import Field, Kind, Unreadable

Commit = Callable[[list[Edit], str], object]
"""Does the edits as one act under a name ("粘贴 12 个单元格"). Raises ValueError with a sentence for the clerk if the book refuses."""

Identity = tuple[tuple[str, Key], ...]
Index = QModelIndex | QPersistentModelIndex

COMPUTED: Final = QBrush(QColor("#f2f3f5"))
MARKED: Final = QBrush(QColor("#ffe1de"))
MARKED_TEXT: Final = QBrush(QColor("#a3170b"))
_NOWHERE: Final = QModelIndex()
_FEW: Final = 4
"""Records that are looked for one by one."""
_ALIGN: Final = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


def identity(row: Row) -> Identity:
    """What a row is known by when the list is read again."""
    return tuple(row.keys.items())


class GridModel(QAbstractTableModel):
    """Rows of a list in the order and selection the clerk asked for. Row numbers below are positions on screen."""

    refused = Signal(str)
    """An edit was not taken; the sentence says why."""
    counted = Signal(int, int)
    """Rows shown, rows in all."""
    gathered = Signal()
    """Other rows are shown than before (not: the same in another order)."""

    def __init__(self, columns: Sequence[Column], commit: Commit, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.commit = commit
        self.today = today
        self.revealed = False
        self._sieve = Sieve(self.text)
        self._identities: list[Identity] = []  # of all rows, made when first asked for
        self._visible: list[int] = []
        self._as_sorted = False
        """Nothing has moved since the rows were put in order."""
        fixed = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        self._flags = [fixed | Qt.ItemFlag.ItemIsEditable if column.editable else fixed for column in self.columns]

    # What is shown

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show what the book says now.

        Where the same records come in the same order only the changed rows are painted anew, and they keep their place although
        they may no longer fit the filter or the sorting (as in Excel); otherwise the list is laid out again.
        """
        before = self._sieve.rows
        if len(before) == len(rows) and all(old.keys == new.keys for old, new in zip(before, rows, strict=True)):
            self._sieve.take(rows)
            self._as_sorted = False
            for first, last in _runs(place for place, at in enumerate(self._visible) if before[at] != rows[at]):
                self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._sieve.take(rows)
        self._identities = []
        self._visible = self._sieve.shown()
        self.endResetModel()
        self.counted.emit(len(self._visible), len(rows))
        self.gathered.emit()

    def row_at(self, place: int) -> Row:
        """The record shown at a place on screen."""
        return self._sieve.rows[self._visible[place]]

    def rows_at(self, first: int, last: int) -> list[Row]:
        """The records from one place on screen to another, both included."""
        return [self._sieve.rows[at] for at in self._visible[first : last + 1]]

    def filled(self, column: int) -> list[Any]:
        """What the rows shown say in a column, blanks left out, in no order to rely on."""
        rows = self._sieve.rows
        shown = rows if len(rows) == len(self._visible) else [rows[at] for at in self._visible]
        return [value for row in shown if (value := row.values[column]) not in (None, "")]

    def places(self, wanted: Collection[Identity]) -> dict[Identity, int]:
        """Where the wanted records stand on screen, as far as they are shown."""
        rows = self._sieve.rows
        if len(wanted) <= _FEW:  # comparing is far quicker than hashing every row's keys
            asked = [(one, dict(one)) for one in wanted]
            return {one: place for place, at in enumerate(self._visible) for one, keys in asked if rows[at].keys == keys}
        if not self._identities:
            self._identities = [identity(row) for row in rows]
        known = self._identities
        return {known[at]: place for place, at in enumerate(self._visible) if known[at] in wanted}

    def total(self) -> int:
        """Rows in all, filtered or not."""
        return len(self._sieve.rows)

    def reveal(self, on: bool) -> None:
        """Show masked values whole, or masked again. The caller writes down who looked.

        Values ticked in a masked column's list are let go: they were ticked by what could be seen.
        """
        self.revealed = on
        masked = [column for column in self._sieve.ticked if self.columns[column].field.kind.mask]
        for column in masked:
            self.tick(column, None)
        if self._visible:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._visible) - 1, len(self.columns) - 1))

    # Sorting and filtering

    def set_filter(self, column: int, text: str) -> None:
        """Keep the rows that fit the text typed above a column. Raises Unreadable (the column then filters nothing)."""
        conditions = self._sieve.conditions
        try:
            asked = condition(text, self.columns[column].field.kind, self.today())
            problem = None
        except Unreadable as error:
            asked, problem = None, error
        if asked is not None or column in conditions:
            conditions.pop(column, None)
            if asked is not None:
                conditions[column] = asked
            self._rearrange()
            self.gathered.emit()
        if problem:
            raise problem

    def tick(self, column: int, texts: Iterable[str] | None) -> None:
        """Keep the rows whose cell says one of these texts ("" = blank); None takes that filter away."""
        wanted = None if texts is None else frozenset(texts)
        if wanted != self.ticked(column):
            self._sieve.ticked.pop(column, None)
            if wanted is not None:
                self._sieve.ticked[column] = wanted
            self._rearrange()
            self.gathered.emit()

    def ticked(self, column: int) -> frozenset[str] | None:
        """The texts ticked in a column's list of values; None where nothing was unticked."""
        return self._sieve.ticked.get(column)

    def texts(self, column: int) -> list[tuple[str, int]]:
        """What a column says, with how many rows say it ("" = blank), among the rows that fit the other columns' filters."""
        return self._sieve.texts(column)

    def filtered(self, column: int) -> bool:
        """Whether a column keeps rows away, by what is typed or ticked."""
        return column in self._sieve.conditions or column in self._sieve.ticked

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column (-1: the order of the list). Blanks come last either way, equal rows keep their order."""
        asked = column, order == Qt.SortOrder.DescendingOrder
        if self._as_sorted and asked == (self._sieve.sorted_by, self._sieve.descending):
            return  # Qt asks twice for every click
        self._sieve.sorted_by, self._sieve.descending = asked
        self._rearrange()

    def _rearrange(self) -> None:
        self.beginResetModel()
        self._visible = self._sieve.shown()
        self._as_sorted = True
        self.endResetModel()
        self.counted.emit(len(self._visible), self.total())

    # Editing

    def read(self, place: int, column: int, raw: object) -> Edit | None:
        """What typing `raw` into a cell means; None where nothing changes. Raises Unreadable with a sentence."""
        return self.read_into(self.row_at(place), column, raw)

    def read_into(self, row: Row, column: int, raw: object) -> Edit | None:
        """The same for a record that need not be among the rows shown."""
        into, stored = self.columns[column], row.values[column]
        if isinstance(raw, str) and raw == shown(into.field.kind, stored, self.revealed):
            return None
        if not into.editable:
            raise Unreadable(f"“{into.field.label}”由系统自动计算，不能填写。")
        value = read_field(into.field, raw, self.today())
        return None if value == stored or (value is None and stored == "") else Edit(row, into, value)

    def apply(self, edits: list[Edit], name: str) -> bool:
        """Hand edits on as one act. False (and `refused` says why) if the book would not take them; nothing has changed then."""
        if not edits:
            return True
        try:
            self.commit(edits, name)
        except ValueError as error:
            self.refused.emit(str(error))
            return False
        return True

    def shown(self, place: int, column: int) -> str:
        """The text in a cell, masked where the kind masks and nobody asked to see it."""
        return self.text(column, self.row_at(place).values[column])

    def text(self, column: int, value: Any) -> str:
        """A stored value of a column as it stands in a cell."""
        return shown(self.columns[column].field.kind, value, self.revealed)

    # Qt's side

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        return self._flags[index.column()] if index.isValid() else Qt.ItemFlag.NoItemFlags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        field = self.columns[section].field
        if role == Qt.ItemDataRole.DisplayRole:
            return field.label
        return field.hint or None if role == Qt.ItemDataRole.ToolTipRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place, at = index.row(), index.column()
        column = self.columns[at]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.shown(place, at)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.field.kind.align]
        if role in (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.ToolTipRole):
            mark = self.row_at(place).marks.get(column.id)
            if role == Qt.ItemDataRole.ToolTipRole:
                return mark
            if role == Qt.ItemDataRole.ForegroundRole:
                return MARKED_TEXT if mark else None
            return MARKED if mark else None if column.editable else COMPUTED
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        label = self.columns[index.column()].field.label
        try:
            edit = self.read(index.row(), index.column(), value)
        except Unreadable as error:
            self.refused.emit(f"第 {index.row() + 1} 行“{label}”没有改动：{error}")
            return False
        return self.apply([edit] if edit else [], f"修改{label}")


def read_field(field: Field, raw: object, today: date) -> Any:
    """What a clerk typed into a field, as it is stored. Raises Unreadable, also for a required field left blank."""
    value = field.kind.parse(raw, today)
    if value is None and field.required:
        raise Unreadable(f"“{field.label}”是必填项，不能为空。")
    return value


def shown(kind: Kind, value: Any, revealed: bool) -> str:
    """A stored value as a clerk sees it in a cell or a form."""
    if value is None:
        return ""
    return kind.mask(value) if kind.mask and not revealed else kind.show(value)


def _runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Ascending numbers as unbroken (first, last) runs."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
