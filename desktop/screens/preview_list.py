"""The rows of an import before it is written, as the sender's own table: state in colour, what is wrong or changes cell by cell."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.screens.import_chips import TINTS
from desktop.screens.import_lines import NUMBER, SAID, SKIPPED, STATE, Line, Shown
from office.imports.plan import CHANGED, STATES, WAITING, WRONG, Planned

Index = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_COLORS: Final = {state: (QBrush(QColor(back)), QBrush(QColor(ink))) for state, (back, ink) in TINTS.items()}


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
            case Qt.ItemDataRole.TextAlignmentRole if column in (NUMBER, STATE):
                return Qt.AlignmentFlag.AlignCenter
        return None

    @staticmethod
    def _state_of(line: Line, column: Shown) -> str:
        """What a cell is coloured as: a row's state stands in its state's cell, and in the cells that make it so."""
        if column is STATE or (column is SAID and line.state in (WRONG, WAITING)):
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
