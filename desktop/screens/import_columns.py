"""列的对应: what each column of the sender's sheet is taken for, and the clerk's own word on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from desktop.screens.import_lines import masked, shown_cell
from desktop.screens.import_next import open_guesses
from intake.cells import column_letters
from office.import_file import Preview

NOT_IMPORTED: Final = "（不导入）"
_SAMPLES: Final = 3


class Chooser(QComboBox):
    """A list to choose from inside a table; the wheel scrolls the table and changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def chosen(seen: Preview, column: int, field: str) -> dict[str, Any]:
    """The clerk's answers (fields of Asked) once a column is said to hold a field; "" = it is not imported."""
    held = [key for key, at in seen.columns.items() if at == column and key != field]
    confirmed = {key: at for key, at in seen.asked.confirmed.items() if at != column and key != field}
    columns = {key: text for key, text in seen.asked.mapping.columns.items() if key != field}
    columns |= dict.fromkeys(held, "")
    if field:
        confirmed[field] = column
    else:
        columns |= {key: "" for key, at in seen.found.guesses.items() if at == column}
    return {"confirmed": confirmed, "mapping": replace(seen.asked.mapping, columns=columns)}


def taken_as(seen: Preview, column: int) -> str:
    """Why a column is taken for what it is, or left out."""
    key = next((key for key, at in seen.columns.items() if at == column), "")
    heading = next(one.whole for one in seen.header.headings if one.column == column)
    if key:
        if key in seen.asked.confirmed or seen.asked.mapping.columns.get(key):
            return "您指定的"
        return "按上次的对应" if seen.mapping.columns.get(key) == heading else "列名就是它"
    for field, at in open_guesses(seen).items():
        if at == column:
            return f"像“{seen.kind.fields[field].label}”，没有确认"
    for field, columns in seen.found.duplicates.items():
        if column in columns and field not in seen.columns:
            return f"有 {len(columns)} 列都像“{seen.kind.fields[field].label}”，请选其中一列"
    return "不导入"


class ColumnsTab(QWidget):
    """One line a column of the sheet: its heading, the first values, the field it is taken for, and why."""

    said = Signal(object)
    """Answers (fields of Asked) of the clerk."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel(wordWrap=True)
        self.words.setObjectName("purpose")
        self.agree = QPushButton()
        self.agree.clicked.connect(self._agree_all)
        self.table = QTableWidget(0, 5)
        self.table.setAccessibleName("列的对应")
        self.table.setHorizontalHeaderLabels(["列", "表里的列名", "前几行的内容", "作为", "依据"])
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(30)
        self.table.horizontalHeader().setStretchLastSection(True)
        character = self.fontMetrics().horizontalAdvance("中")
        for at, width in enumerate((3, 10, 14, 12)):
            self.table.setColumnWidth(at, width * character + 12)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self.agree)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.addLayout(top)
        box.addWidget(self.table, 1)
        self._seen: Preview | None = None
        self._drawn: object = None

    def show_plan(self, seen: Preview | None) -> None:
        """Show what the columns are taken for."""
        self._seen = seen
        if seen is None:
            self._drawn = None
            self.table.setRowCount(0)
            return
        self.words.setText("这些列名见过，已按上次的对应读取；有变化的请改正。" if seen.remembered else "写入后，同样列名的表下次按这里的对应读取。")
        guesses = open_guesses(seen)
        self.agree.setText(f"看着像的 {len(guesses)} 列都对")
        self.agree.setVisible(bool(guesses))
        drawn = (seen.kind, seen.sheet, seen.header, dict(seen.columns), seen.remembered, dict(seen.mapping.columns))
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw(seen, guesses)

    def _draw(self, seen: Preview, guesses: Mapping[str, int]) -> None:
        guessed = {at: key for key, at in guesses.items()}
        held = {at: key for key, at in seen.columns.items()}
        self.table.setRowCount(len(seen.header.headings))
        for at, one in enumerate(seen.header.headings):
            key = held.get(one.column, "")
            texts = (shown_cell(row[one.column]) for number, row in seen.page.rows.items() if number > seen.header.last and one.column < len(row))
            shown = (masked(seen.kind.fields[key], text) if key else text for text in texts if text)
            sample = "、".join(islice(shown, _SAMPLES))
            for place, text in ((0, column_letters(one.column)), (1, one.whole), (2, sample)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(at, place, item)
            chooser = Chooser()
            chooser.setAccessibleName(f"“{one.whole}”作为")
            chooser.addItem(NOT_IMPORTED, "")
            for name, field in seen.kind.fields.items():
                chooser.addItem(field.label, name)
            chooser.setCurrentIndex(max(0, chooser.findData(key)))
            chooser.activated.connect(lambda _at, chooser=chooser, column=one.column: self._choose(column, chooser.currentData()))
            self.table.setCellWidget(at, 3, chooser)
            self.table.setItem(at, 4, QTableWidgetItem(taken_as(seen, one.column)))
            if one.column in guessed:
                agree = QPushButton(f"像“{seen.kind.fields[guessed[one.column]].label}”，就是它")
                agree.clicked.connect(lambda _on=False, column=one.column, key=guessed[one.column]: self._choose(column, key))
                self.table.setCellWidget(at, 4, agree)
            else:
                self.table.removeCellWidget(at, 4)

    def chooser(self, column: int) -> QComboBox:
        """The chooser of a column of the sheet."""
        assert self._seen is not None
        at = next(at for at, one in enumerate(self._seen.header.headings) if one.column == column)
        found = self.table.cellWidget(at, 3)
        assert isinstance(found, QComboBox)
        return found

    def _choose(self, column: int, field: str) -> None:
        if self._seen is not None:
            self.said.emit(chosen(self._seen, column, field))

    def _agree_all(self) -> None:
        if self._seen is not None:
            self.said.emit({"confirmed": {**self._seen.asked.confirmed, **open_guesses(self._seen)}})
