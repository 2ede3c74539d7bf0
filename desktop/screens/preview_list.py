"""The rows of an import before it is written, as the sender's own table: state in colour, what is wrong or changes cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLabel, QPushButton, QTableView, QWidget

from intake.cells import Cell, CellError, Uncalculated
from intake.table import Skipped
from office.import_file import Preview
from office.imports.plan import CHANGED, DUPLICATE, NEW, SAME, STATES, WAITING, WRONG, Planned
from policy.kinds import Field, Unreadable
from policy.kinds.idno import IDENTITY

Index = QModelIndex | QPersistentModelIndex
SKIPPED: Final = "跳过"
"""The state of a row that is no record: a total, a note, an example, or one the chosen mode leaves out."""

_NOWHERE: Final = QModelIndex()
_TINTS: Final = {
    NEW: ("#e3f4e6", "#176b2c"), CHANGED: ("#e3eefc", "#174f9c"), SAME: ("#f2f3f5", "#5c6773"), DUPLICATE: ("#efe7f8", "#5b3a8c"),
    WAITING: ("#ffefcc", "#8a5200"), WRONG: ("#ffe1de", "#a3170b"), SKIPPED: ("#fbf6e3", "#7a6212"),
}  # fmt: skip
_COLORS: Final = {state: (QBrush(QColor(back)), QBrush(QColor(ink))) for state, (back, ink) in _TINTS.items()}
_WIDEST: Final = 16
"""Characters of a column's first width."""
_LOOKED_AT: Final = 50
"""Rows that a column's first width is measured by."""


@dataclass(slots=True)
class Line:
    """One row of the sheet as the preview shows it; `place`: where it stands, where several sheets are shown together."""

    row: Planned | Skipped
    place: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """Row number as Excel shows it."""
        return self.row.row_number

    @property
    def state(self) -> str:
        """What becomes of the row."""
        return self.row.state if isinstance(self.row, Planned) else SKIPPED

    @property
    def name(self) -> str:
        """Whom or what the row is about."""
        return self.row.name if isinstance(self.row, Planned) else ""

    @property
    def written(self) -> str:
        """What would be written."""
        if not isinstance(self.row, Planned):
            return ""
        return "；".join(f"{cell.label} {cell.old} → {cell.new}" if cell.old else f"{cell.label} {cell.new}" for cell in self.row.cells)

    @property
    def said(self) -> str:
        """What is wrong, what is asked and what should be known."""
        if not isinstance(self.row, Planned):
            return self.row.reason
        errors = [f"{label}：{text}" if label else text for label, text in self.row.errors.items()]
        return "　".join([*errors, *(f"{note}。" for note in self.row.notes)])


def lines(planned: Sequence[Planned], skipped: Sequence[Skipped]) -> list[Line]:
    """Planned and skipped rows in the order of the sheet."""
    rows: list[Planned | Skipped] = [*planned, *skipped]
    return sorted(map(Line, rows), key=lambda line: line.number)


@dataclass(frozen=True)
class Shown:
    """One column of the list: its heading, the text of a line, and where it is a column of the sheet its field's label and id and
    the cell as it stands (`sent`), which can then be typed anew."""

    heading: str
    text: Callable[[Line], str]
    width: int
    """In characters of Chinese text."""
    label: str = ""
    field: str = ""
    sent: Callable[[Line], str] | None = None


_NUMBER: Final = Shown("行号", lambda line: str(line.number), 4)
_STATE: Final = Shown("状态", lambda line: line.state, 4)
_SAID: Final = Shown("问题和说明", lambda line: line.said, 18)
_WRITTEN: Final = Shown("写入的内容（原值 → 新值）", lambda line: line.written, 30)
OF_FOLDER: Final = (
    Shown("乡镇（街道）", lambda line: line.place[0], 7), Shown("工作表", lambda line: line.place[1], 4), _NUMBER, _STATE,
    Shown("名称", lambda line: line.name, 6), _SAID, _WRITTEN,
)  # fmt: skip
"""Columns where the sheets of a folder are shown together."""


def columns_of(seen: Preview) -> tuple[Shown, ...]:
    """The sheet's own columns between what is said about a row and what it writes."""
    rows = seen.page.rows
    own = []
    for key, column in sorted(seen.columns.items(), key=lambda one: one[1]):
        field = seen.kind.fields[key]
        sent = partial(_sent, rows, seen.asked.edits, key, column)
        first = (shown_cell(row[column]) for row in seen.page.rows.values() if column < len(row))
        wide = max(len(field.label) + 1, *(len(text) * 0.6 for text, _ in zip(first, range(_LOOKED_AT), strict=False)), 4)
        own.append(Shown(field.label, partial(_own, field, sent), min(round(wide), _WIDEST), field.label, key, sent))
    return _NUMBER, _STATE, _SAID, *own, _WRITTEN


def _sent(rows: Mapping[int, Sequence[Cell]], edits: Mapping[tuple[int, str], str], key: str, column: int, line: Line) -> str:
    if (line.number, key) in edits:
        return edits[line.number, key]
    row = rows.get(line.number, ())
    return shown_cell(row[column]) if column < len(row) else ""


def _own(field: Field, sent: Callable[[Line], str], line: Line) -> str:
    """A cell as sent, or old → new where it changes the book; an identity number is masked unless it is in question."""
    row = line.row
    if isinstance(row, Planned) and row.state == CHANGED:
        for cell in row.cells:
            if cell.label == field.label:
                return f"{cell.old or '（空）'} → {cell.new or '（空）'}"
    asked = line.state == WAITING and field.kind is IDENTITY
    return sent(line) if asked or (isinstance(row, Planned) and field.label in row.errors) else masked(field, sent(line))


def masked(field: Field, text: str) -> str:
    """A text of a column as it may be shown; what cannot be read as the column's kind stays as it is."""
    if field.kind.mask is None:
        return text
    try:
        value = field.kind.parse(text, None)
    except Unreadable:
        return text
    return field.kind.mask(value) if value else text


def shown_cell(cell: Cell) -> str:
    """A cell of the sender's sheet as he sees it."""
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case CellError(text):
            return text
        case Uncalculated():
            return "（公式未计算）"
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
    return str(cell)


class _Model(QAbstractTableModel):
    typed = Signal(int, str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._states: Collection[str] = (*STATES, SKIPPED)
        self.shown: list[Line] = []
        self.columns: tuple[Shown, ...] = ()
        self.edits: Mapping[tuple[int, str], str] = {}
        self._bold = QFont()
        self._bold.setBold(True)

    def fill(self, made: list[Line], columns: tuple[Shown, ...], edits: Mapping[tuple[int, str], str]) -> None:
        self.beginResetModel()
        self._lines, self.columns, self.edits = made, columns, edits
        self.shown = [line for line in made if line.state in self._states]
        self.endResetModel()

    def keep(self, states: Collection[str]) -> None:
        self._states = states
        self.fill(self._lines, self.columns, self.edits)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].heading
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.columns[index.column()].sent and isinstance(self.shown[index.row()].row, Planned):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line, column = self.shown[index.row()], self.columns[index.column()]
        if role != Qt.ItemDataRole.EditRole or column.sent is None or value == column.sent(line):
            return False
        self.typed.emit(line.number, column.field, value)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self.shown[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.text(line)
            case Qt.ItemDataRole.EditRole if column.sent:
                return column.sent(line)
            case Qt.ItemDataRole.ToolTipRole:
                return self._why(line, column)
            case Qt.ItemDataRole.BackgroundRole if state := self._state_of(line, column):
                return _COLORS[state][0]
            case Qt.ItemDataRole.ForegroundRole if state := self._state_of(line, column):
                return _COLORS[state][1]
            case Qt.ItemDataRole.FontRole if column.field and (line.number, column.field) in self.edits:
                return self._bold
            case Qt.ItemDataRole.TextAlignmentRole if column in (_NUMBER, _STATE):
                return Qt.AlignmentFlag.AlignCenter
        return None

    @staticmethod
    def _state_of(line: Line, column: Shown) -> str:
        """What a cell is coloured as: a row's state stands in its state's cell, and in the cells that make it so."""
        if column is _STATE or (column is _SAID and line.state in (WRONG, WAITING)):
            return line.state
        if isinstance(line.row, Planned) and column.label:
            if column.label in line.row.errors:
                return WRONG
            if line.state == CHANGED and any(cell.label == column.label for cell in line.row.cells):
                return CHANGED
        return ""

    @staticmethod
    def _why(line: Line, column: Shown) -> str:
        error = line.row.errors.get(column.label, "") if isinstance(line.row, Planned) and column.label else ""
        return f"{error}双击或按 F2 可以在这里改正。" if error else column.text(line)


class PreviewList(QTableView):
    """The list with its filter by state. A cell of the sheet is typed anew by a double click or F2."""

    typed = Signal(int, str, str)
    """(row number, field id, text) typed in place of a cell."""
    stood = Signal()
    """Another row is the current one, or it says something else now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Model(self)
        self.setModel(self._rows)
        self.setAccessibleName("导入预览")
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(26)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setStretchLastSection(True)
        self._rows.typed.connect(self.typed, Qt.ConnectionType.QueuedConnection)  # the editor is still closing
        self.selectionModel().currentChanged.connect(lambda *_: self.stood.emit())

    def fill(self, made: list[Line], columns: tuple[Shown, ...], edits: Mapping[tuple[int, str], str] | None = None) -> None:
        """Show these lines; the place and the widths stay where the columns are the same."""
        others = [column.heading for column in columns] != [column.heading for column in self._rows.columns]
        place = self._place()
        self._rows.fill(made, columns, edits or {})
        if others:
            character = self.fontMetrics().horizontalAdvance("中")
            for at, column in enumerate(columns):
                self.setColumnWidth(at, column.width * character + 12)
        self._stand(*place)

    def keep(self, states: Collection[str]) -> None:
        """Show only rows in one of these states."""
        place = self._place()
        self._rows.keep(states)
        self._stand(*place)

    def _place(self) -> tuple[Line | None, int, int]:
        at = self.currentIndex()
        return (self._rows.shown[at.row()] if at.isValid() else None), at.column(), self.verticalScrollBar().value()

    def _stand(self, line: Line | None, column: int, scrolled: int) -> None:
        found = next((at for at, one in enumerate(self._rows.shown) if line and one.number == line.number and one.place == line.place), None)
        if found is not None and column < len(self._rows.columns):
            self.setCurrentIndex(self._rows.index(found, column))
        self.verticalScrollBar().setValue(scrolled)
        self.stood.emit()

    def shown(self) -> list[Line]:
        """The rows on screen."""
        return self._rows.shown

    def chosen(self) -> list[Line]:
        """The rows selected."""
        return [self._rows.shown[index.row()] for index in self.selectionModel().selectedRows()]

    def whole(self, place: int) -> str:
        """All that is to be said about a row, for reading under the list."""
        if not 0 <= place < len(self._rows.shown):
            return ""
        line = self._rows.shown[place]
        return "　".join(text for text in (*line.place, f"第 {line.number} 行", line.state, line.name, line.written, line.said) if text)


class Chips(QWidget):
    """How many rows there are of each state; a click shows or hides them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.by_state = {state: self._chip(state) for state in (*STATES, SKIPPED)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel("显示"))
        for chip in self.by_state.values():
            row.addWidget(chip)
        row.addStretch(1)

    def _chip(self, state: str) -> QPushButton:
        chip = QPushButton()
        chip.setCheckable(True)
        chip.setChecked(True)
        back, ink = _TINTS[state]
        chip.setStyleSheet(
            f"QPushButton {{ border: 1px solid #c9d1da; border-radius: 10px; padding: 2px 10px; background: #ffffff; color: #9aa4b0; }}"
            f"QPushButton:checked {{ background: {back}; border-color: {ink}; color: {ink}; }}"
            f"QPushButton:focus {{ border: 2px solid #4a90e2; }}"
        )
        chip.setAccessibleName(f"显示{state}的行")
        chip.setToolTip(f"点一下，隐藏或显示{state}的行")
        chip.toggled.connect(self.changed)
        return chip

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many rows there are of each state."""
        for state, chip in self.by_state.items():
            chip.setText(f"{state} {counts.get(state, 0)}")
            chip.setVisible(counts.get(state, 0) > 0)

    def show_all(self) -> None:
        """Hide none."""
        for chip in self.by_state.values():
            chip.setChecked(True)

    def ticked(self) -> set[str]:
        """The states to be shown."""
        return {state for state, chip in self.by_state.items() if chip.isChecked()}
