"""What the clerk says of a form: where its headings, lines and total stand, what each column and each single cell is filled with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.desk import Desk
from desktop.screens.own_form_cell import ask_cell
from desktop.screens.own_form_grid import GUESS, HEAD, LINE, SURE, TOTAL
from desktop.screens.own_form_looks import OwnFormLooks
from office.own_form_proposal import Proposal, propose, renamed, with_cell
from office.own_forms import Form
from returns.own_form import Page as FormPage
from returns.own_form import Place, owner, shape
from returns.own_form_fill import FilledForm
from returns.own_form_map import Filling, column_offers
from returns.sheet import Sheet


class OwnFormAnswers(OwnFormLooks):
    """The form in front (`form`), what is said of it (`told`), what it is filled from (`sheets`), the copy last filled (`filled`)."""

    answered = Signal()
    """Something else is said of the form, and drawn."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.form: Form | None = None
        self.told: Proposal | None = None
        self.sheets: dict[str, Sheet] = {}
        self.filled: FilledForm | None = None
        self.busy = False
        self.page_names.activated.connect(lambda _at: self._other_page())
        self.lines.activated.connect(lambda _at: self._again(lines=self.lines.currentText()))
        self.which.activated.connect(lambda _at: self._change(which=self.which.currentText()))
        self.most.valueChanged.connect(lambda most: self._change(most=most))
        self.name.textEdited.connect(lambda text: self._change(name=text))
        self.as_head.clicked.connect(self._stand_head)
        self.as_lines.clicked.connect(lambda: self._stand(detail=self.grid.chosen_rows()))
        self.as_total.clicked.connect(lambda: self._stand(total=self.grid.chosen_rows()[0]))
        self.no_total.clicked.connect(lambda: self._stand(total=0))
        self.as_cell.clicked.connect(lambda: self._ask_cell(self.grid.chosen_cell()))
        self.grid.doubleClicked.connect(lambda index: None if self.filled else self._ask_cell((index.row() + 1, index.column() + 1)))
        self.columns.said.connect(self._said)
        self.columns.cell.connect(self._ask_cell)

    def _page(self) -> FormPage:
        assert self.form and self.told
        return next(one for one in self.form.blank.pages if one.name == self.told.map.sheet)

    def _other_page(self) -> None:
        if self.form and self.told:
            page = next(one for one in self.form.blank.pages if one.name == self.page_names.currentText())
            self.told = propose(page, self.sheets, self.told.map.name)
            self._draw()

    def _change(self, **values: Any) -> None:
        if self.told and any(getattr(self.told.map, key) != value for key, value in values.items()):
            self.told = replace(self.told, map=replace(self.told.map, **values))
            if "name" not in values:
                self._draw()

    def _again(self, lines: str) -> None:
        if self.told:
            kept = self.told.map
            made = propose(self._page(), self.sheets, kept.name, self.told.shape, lines)
            self.told = replace(made, map=replace(made.map, which=kept.which, most=kept.most, whole_numbers=kept.whole_numbers))
            self._draw()

    def _on_form(self) -> bool:
        """Whether rows and cells chosen now are those of the form; from a filled copy the clerk is led back to it first."""
        if self.told is not None and self.filled is not None:
            self._draw()
            self._say("已回到没有填的表样。请在表样上选好，再点一次。")
            return False
        return self.told is not None and not self.busy

    def _stand_head(self) -> None:
        rows = self.grid.chosen_rows()
        if not self._on_form() or self.told is None or rows == (0, 0):
            return
        found, kept = shape(self._page(), header=rows), self.told.map
        if not found.headings:
            self._say("选中的行里没有文字，不能作标题行。请重新选行。", wrong=True)
            return
        made = propose(self._page(), self.sheets, kept.name, found)
        cells = {at: one for at, one in {**made.map.cells, **kept.cells}.items() if not rows[0] <= at[0] <= found.detail[1]}
        self.told = replace(made, map=replace(made.map, which=kept.which, most=kept.most, whole_numbers=kept.whole_numbers, cells=cells))
        self._draw()

    def _stand(self, detail: tuple[int, int] | None = None, total: int | None = None) -> None:
        if not self._on_form() or self.told is None or detail == (0, 0):
            return
        how = self.told.map
        lines, sums = detail or how.detail, how.total if total is None else total
        if lines[0] <= sums <= lines[1]:
            self._say("合计行不能同时是明细行。请重新选行。", wrong=True)
            return
        if lines[0] <= how.header[1]:
            self._say("标题行不能同时是明细行。请重新选行。", wrong=True)
            return
        found = shape(self._page(), how.header, lines, sums)
        self.told = replace(self.told, map=replace(how, detail=lines, total=sums), shape=found)
        self._draw()

    def _said(self, column: int, filling: Filling | None) -> None:
        if self.told:
            self.told = replace(self.told, map=renamed(self.told.map, column, filling), sure=self.told.sure | {column})
            self._draw()

    def _ask_cell(self, at: Place) -> None:
        """Ask what a single cell is filled with; one of the headings or lines is filled by its column."""
        if not self._on_form() or self.told is None or at == (0, 0):
            return
        how, page = self.told.map, self._page()
        at = owner(page).get(at, at)
        if how.header[0] <= at[0] <= how.header[1] or how.detail[0] <= at[0] <= how.detail[1]:
            self._say("标题行不填，明细行按列填：在右边的对应里选。单独填的格，请选标题和明细以外的格。", wrong=True)
            return

        def take(filling: Filling | None) -> None:
            assert self.told
            self.told = replace(self.told, map=with_cell(self.told.map, at, filling))
            self._draw()

        ask_cell(page, at, self.told, self.sheets, take, self)

    def _draw(self) -> None:
        assert self.told
        self.filled = None
        self.points.hide()
        how = self.told.map
        self.page_names.setCurrentText(how.sheet)
        self.lines.setCurrentText(how.lines)
        self.which.setCurrentText(how.which)
        self.most.blockSignals(True)
        self.most.setValue(how.most)
        self.most.blockSignals(False)
        self.whole.setChecked(how.whole_numbers)
        if self.name.text() != how.name:
            self.name.setText(how.name)
        first, last = how.detail
        top, under = how.header
        self.where.setText(f"标题 第 {top}{f'–{under}' if under > top else ''} 行，明细 第 {first}–{last} 行，{f'合计 第 {how.total} 行' if how.total else '没有合计行'}")
        self.grid.show_page(self._page(), self._paint)
        self.columns.show_map(self._page(), self.told, tuple(one for one in column_offers(list(self.sheets.values())) if not one.form or self._fits(one.form)), self.sheets)
        guesses = len(how.columns.keys() - self.told.sure)
        open_columns = len(self.told.shape.headings) - len(how.columns)
        cells = f"；另填 {len(how.cells)} 个单元格" if how.cells else ""
        self._say(f"认出 {len(how.columns)} 列" + (f"，其中 {guesses} 列是猜的（黄色），请核对" if guesses else "") + (f"；{open_columns} 列不填" if open_columns else "") + cells + "。下一步：核对右边的对应，点“试填”。")
        self.answered.emit()

    def _fits(self, form: str) -> bool:
        """Whether a form's lines can meet the lines filled."""
        assert self.told
        units = [{row.unit for row in self.sheets[key].rows if not (row.cells[0].people or row.cells[0].contracts)} - {None} for key in (form, self.told.map.lines)]
        return form == self.told.map.lines or bool(units[0] & units[1])

    def _paint(self, at: Place) -> str:
        assert self.told
        how = self.told.map
        row, column = at
        if how.header[0] <= row <= how.header[1]:
            return HEAD if column not in how.columns else SURE if column in self.told.sure else GUESS
        if how.detail[0] <= row <= how.detail[1]:
            return LINE
        return TOTAL if row == how.total else SURE if at in how.cells else ""

