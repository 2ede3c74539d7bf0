"""原表: the first rows of a sheet as they were read, to see whether the signs are right and which row holds the headings."""

from __future__ import annotations

from itertools import islice
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop.screens.import_lines import shown_cell
from intake.cells import Sheet, column_letters

_ROWS: Final = 30
_COLUMNS: Final = 60
_HEADING: Final = QColor("#ddebf7")


class SheetTab(QWidget):
    """Rows under their own numbers; the heading rows are tinted, and another row can be made the heading row."""

    headed = Signal(int)
    """The clerk says which row holds the headings (the lower one of two)."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel(f"原表的前 {_ROWS} 行（不含空行）。标题行不对的，选中正确的一行再按右边的按钮；两行标题选下面一行。", wordWrap=True)
        self.words.setObjectName("purpose")
        self.take = QPushButton("以选中的行为标题行")
        self.take.clicked.connect(self._take)
        self.table = QTableWidget(0, 0)
        self.table.setAccessibleName("原表的前几行")
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.verticalHeader().setDefaultSectionSize(26)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.take)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.addLayout(top)
        box.addWidget(self.table, 1)
        self._numbers: list[int] = []

    def show_sheet(self, sheet: Sheet | None, heading: tuple[int, int]) -> None:
        """Show a sheet; `heading`: first and last row of the headings (0, 0: none known)."""
        rows = dict(islice(sheet.rows.items(), _ROWS)) if sheet else {}
        self._numbers = list(rows)
        width = min(max(map(len, rows.values()), default=0), _COLUMNS)
        self.table.clear()
        self.table.setRowCount(len(rows))
        self.table.setColumnCount(width)
        self.table.setVerticalHeaderLabels([str(number) for number in rows])
        self.table.setHorizontalHeaderLabels([column_letters(column) for column in range(width)])
        for at, (number, row) in enumerate(rows.items()):
            for column in range(width):
                item = QTableWidgetItem(shown_cell(row[column]) if column < len(row) else "")
                if heading[0] <= number <= heading[1]:
                    item.setBackground(_HEADING)
                self.table.setItem(at, column, item)

    def _take(self) -> None:
        at = self.table.currentRow()
        if 0 <= at < len(self._numbers):
            self.headed.emit(self._numbers[at])
