"""What each column of a form is filled with: chosen from our forms' columns, with unit, decimals and what becomes of a formula."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QCheckBox, QTableWidget, QTableWidgetItem

from desktop.grid.table import name_corner
from desktop.screens.import_columns import Chooser
from desktop.screens.own_form_grid import GUESS, SURE, letters
from office.own_form_proposal import Proposal, fitting, measure_of, offer_of
from returns.own_form import Page, Place, cell_name, heading_text
from returns.own_form_map import KEEP, MONEY_UNITS, NUMBER, SHARES, VALUE, Filling, Offer
from returns.sheet import PER_UNIT, UNIT_WORDS, Measure, Sheet

EMPTY = "（不填）"
_AS_IS = "原样"


class ColumnsTable(QTableWidget):
    """One line a column of the form."""

    said = Signal(int, object)
    """(column, Filling or None): the clerk's word."""
    cell = Signal(object)
    """The clerk wants to say something else of a single cell."""

    def __init__(self) -> None:
        super().__init__(0, 6)
        name_corner(self)
        self.setAccessibleName("列的对应")
        self.setHorizontalHeaderLabels(["列", "表样的标题", "填什么", "单位", "小数", "填数值"])
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        for at, width in enumerate((28, 118, 176, 66, 62, 56)):
            self.setColumnWidth(at, width)
        self.horizontalHeader().setStretchLastSection(True)
        self._columns: list[int] = []
        self._cells: list[Place] = []
        self.cellDoubleClicked.connect(lambda at, _column: self._asked(at))

    def show_map(self, page: Page, told: Proposal, offers: tuple[Offer, ...], sheets: Mapping[str, Sheet]) -> None:
        """Show the map: sure columns green, guesses yellow."""
        scrolled = self.verticalScrollBar().value()
        self._columns = list(told.shape.headings)
        self._cells = list(told.map.cells)
        self.setRowCount(len(self._columns) + len(self._cells))
        for at, column in enumerate(self._columns):
            held = told.map.columns.get(column)
            color = QBrush(QColor("#ffffff" if held is None else SURE if column in told.sure else GUESS))
            for place, text in ((0, letters(column)), (1, heading_text(told.shape.headings[column]))):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setBackground(color)
                self.setItem(at, place, item)
            self._field(at, column, held, page, told, offers, sheets)
            self._unit(at, column, held, sheets)
            self._places(at, column, held, sheets)
            self._formula(at, column, held, page, told)
        for line, (cell, filling) in enumerate(told.map.cells.items(), len(self._columns)):
            self._single(line, cell, filling, page, sheets)
        self.verticalScrollBar().setValue(scrolled)

    def _single(self, at: int, place: Place, held: Filling, page: Page, sheets: Mapping[str, Sheet]) -> None:
        """A line for a cell filled by itself; a double click asks about it again."""
        found = offer_of(held.field, sheets)
        words = (cell_name(place), page.label(place), found.text if found else held.field, held.unit, "" if held.decimals is None else f"{held.decimals} 位", "")
        for column, text in enumerate(words):
            self.removeCellWidget(at, column)
            item = QTableWidgetItem(text)
            item.setToolTip(f"{text}\n双击改填别的，或不填" if text else "")
            item.setBackground(QBrush(QColor(SURE)))
            self.setItem(at, column, item)

    def _asked(self, at: int) -> None:
        if at >= len(self._columns):
            self.cell.emit(self._cells[at - len(self._columns)])

    def chooser(self, column: int, place: int = 2) -> Chooser:
        """The chooser of a column of the form."""
        found = self.cellWidget(self._columns.index(column), place)
        assert isinstance(found, Chooser)
        return found

    def tick(self, column: int) -> QCheckBox:
        """Whether a column's formula gives way to our figure."""
        found = self.cellWidget(self._columns.index(column), 5)
        assert isinstance(found, QCheckBox)
        return found

    def _field(
        self, at: int, column: int, held: Filling | None, page: Page, told: Proposal, offers: tuple[Offer, ...], sheets: Mapping[str, Sheet]
    ) -> None:
        chooser = Chooser()
        chooser.setAccessibleName(f"{letters(column)} 列填什么")
        chooser.addItem(EMPTY, "")
        for offer in offers:
            chooser.addItem(offer.text, offer.field)
        chooser.setCurrentIndex(max(0, chooser.findData(held.field if held else "")))
        chooser.setToolTip(chooser.currentText())

        def choose(_at: int) -> None:
            field = chooser.currentData()
            self.said.emit(column, fitting(page, told.shape, column, field, measure_of(field, sheets)) if field else None)

        chooser.activated.connect(choose)
        self.setCellWidget(at, 2, chooser)

    def _unit(self, at: int, column: int, held: Filling | None, sheets: Mapping[str, Sheet]) -> None:
        measure = measure_of(held.field, sheets) if held else Measure.TEXT
        units = MONEY_UNITS if measure in PER_UNIT else SHARES if measure is Measure.RATE else ()
        if held is None or not units:
            self.removeCellWidget(at, 3)
            return
        default = UNIT_WORDS.get(measure, "小数")
        chooser = Chooser()
        chooser.addItems(units)
        chooser.setAccessibleName(f"{letters(column)} 列单位")
        chooser.setCurrentText(held.unit or default)
        chooser.activated.connect(lambda _at: self.said.emit(column, replace(held, unit=chooser.currentText())))
        self.setCellWidget(at, 3, chooser)

    def _places(self, at: int, column: int, held: Filling | None, sheets: Mapping[str, Sheet]) -> None:
        if held is None or held.field == NUMBER or measure_of(held.field, sheets) in (Measure.TEXT, Measure.LONG, Measure.CODE):
            self.removeCellWidget(at, 4)
            return
        chooser = Chooser()
        chooser.addItem(_AS_IS, None)
        for places in range(7):
            chooser.addItem(f"{places} 位", places)
        chooser.setAccessibleName(f"{letters(column)} 列小数位数")
        chooser.setCurrentIndex(0 if held.decimals is None else held.decimals + 1)
        chooser.activated.connect(lambda _at: self.said.emit(column, replace(held, decimals=chooser.currentData())))
        self.setCellWidget(at, 4, chooser)

    def _formula(self, at: int, column: int, held: Filling | None, page: Page, told: Proposal) -> None:
        rows = (*range(told.map.detail[0], told.map.detail[1] + 1), told.map.total)
        if held is None or not any((row, column) in page.formulas for row in rows):
            self.removeCellWidget(at, 5)
            return
        box = QCheckBox()
        box.setAccessibleName(f"{letters(column)} 列填数值")
        box.setToolTip("表样在这一列有公式。不勾：保留公式；勾上：填台账的数，替换公式")
        box.setChecked(held.formula == VALUE)
        box.clicked.connect(lambda on: self.said.emit(column, replace(held, formula=VALUE if on else KEEP)))
        self.setCellWidget(at, 5, box)
