"""The rows of an import before it is written: state in colour, what changes, what is wrong, filtered by state."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from intake.table import Skipped
from office.imports.plan import CHANGED, DUPLICATE, NEW, SAME, WAITING, WRONG, Planned

Index = QModelIndex | QPersistentModelIndex
SKIPPED: Final = "跳过"
"""The state of a row that is no record: a total, a note, an example."""

_NOWHERE: Final = QModelIndex()
_HEADINGS: Final = ("行号", "状态", "名称", "写入的内容（原值 → 新值）", "问题和说明")
_COLORS: Final = {
    NEW: (QBrush(QColor("#e3f4e6")), QBrush(QColor("#176b2c"))),
    CHANGED: (QBrush(QColor("#e3eefc")), QBrush(QColor("#174f9c"))),
    SAME: (QBrush(QColor("#f2f3f5")), QBrush(QColor("#5c6773"))),
    DUPLICATE: (QBrush(QColor("#f2f3f5")), QBrush(QColor("#5c6773"))),
    WAITING: (QBrush(QColor("#ffefcc")), QBrush(QColor("#8a5200"))),
    WRONG: (QBrush(QColor("#ffe1de")), QBrush(QColor("#a3170b"))),
    SKIPPED: (QBrush(QColor("#fbf6e3")), QBrush(QColor("#7a6212"))),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet as the preview shows it."""

    number: int
    state: str
    name: str
    written: str
    said: str

    def texts(self) -> tuple[str, ...]:
        """By column."""
        return str(self.number), self.state, self.name, self.written, self.said


def lines(planned: Sequence[Planned], skipped: Sequence[Skipped]) -> list[Line]:
    """Planned and skipped rows in the order of the sheet."""
    made = [
        Line(
            row.row_number,
            row.state,
            row.name,
            "；".join(f"{cell.label} {cell.old} → {cell.new}" if cell.old else f"{cell.label} {cell.new}" for cell in row.cells),
            "　".join(
                [*(f"{label}：{text}" if label else text for label, text in row.errors.items()), *(f"{note}。" for note in row.notes)]
            ),
        )
        for row in planned
    ]
    made += [Line(one.row_number, SKIPPED, "", "", one.reason) for one in skipped]
    return sorted(made, key=lambda line: line.number)


class _Model(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self.shown: list[Line] = []

    def fill(self, made: list[Line]) -> None:
        self.beginResetModel()
        self._lines = self.shown = made
        self.endResetModel()

    def keep(self, states: Collection[str]) -> None:
        self.beginResetModel()
        self.shown = [line for line in self._lines if line.state in states]
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(_HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _HEADINGS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.shown[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return line.texts()[index.column()]
            case Qt.ItemDataRole.BackgroundRole if index.column() == 1 or line.state == WRONG:
                return _COLORS[line.state][0]
            case Qt.ItemDataRole.ForegroundRole if index.column() == 1 or (line.state == WRONG and index.column() == 4):
                return _COLORS[line.state][1]
            case Qt.ItemDataRole.TextAlignmentRole if index.column() < 2:
                return Qt.AlignmentFlag.AlignCenter
        return None


class PreviewList(QTableView):
    """The list with its filter by state."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Model(self)
        self.setModel(self._rows)
        self.setAccessibleName("导入预览")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(26)
        character = self.fontMetrics().horizontalAdvance("中")
        for column, width in enumerate((4, 4, 8)):
            self.setColumnWidth(column, width * character + 8)
        for column in (3, 4):
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def fill(self, planned: Sequence[Planned], skipped: Sequence[Skipped]) -> None:
        """Show the rows of a plan."""
        self._rows.fill(lines(planned, skipped))

    def keep(self, states: Collection[str]) -> None:
        """Show only rows in one of these states."""
        self._rows.keep(states)

    def shown(self) -> list[Line]:
        """The rows on screen."""
        return self._rows.shown

    def whole(self, place: int) -> str:
        """All that is to be said about a row, for reading under the list."""
        if not 0 <= place < len(self._rows.shown):
            return ""
        line = self._rows.shown[place]
        return "　".join(text for text in (f"第 {line.number} 行", line.state, line.name, line.written, line.said) if text)
