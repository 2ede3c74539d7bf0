"""One cell of a form filled by itself (填报单位, 全县合计数 …): chosen from what stands once on our forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from office.own_form_proposal import Proposal, fitting_cell, offer_of
from returns.own_form import Page, Place, cell_name
from returns.own_form_fill import in_cell, is_label
from returns.own_form_map import MONEY_UNITS, SHARES, Filling, Offer, cell_offers
from returns.sheet import DECIMALS, PER_UNIT, UNIT_WORDS, Measure, Sheet

_AS_IS = "原样"


def ask_cell(page: Page, at: Place, told: Proposal, sheets: Mapping[str, Sheet], take: Callable[[Filling | None], object], parent: QWidget) -> None:
    """Ask what a cell is filled with; `take` gets the answer, None: with nothing."""
    CellQuestion(page, at, told, sheets, take, parent).exec()


class CellQuestion(QDialog):
    """Form, figure, unit and decimals, with what would stand there now."""

    def __init__(self, page: Page, at: Place, told: Proposal, sheets: Mapping[str, Sheet], take: Callable[[Filling | None], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._page, self._at, self._told, self._sheets, self._take = page, at, told, sheets, take
        self._offers = cell_offers(list(sheets.values()))
        held = told.map.cells.get(at)
        label = page.label(at)
        self.setWindowTitle(f"填 {cell_name(at)} 格")
        self.setMinimumWidth(520)
        self.form, self.unit, self.places = (QComboBox() for _ in range(3))
        self.sought, self.figures = QLineEdit(placeholderText="输入几个字，缩小下面的范围"), QListWidget()
        self.figures.setMinimumHeight(180)
        self.now = QLabel(wordWrap=True)
        lines = QFormLayout()
        named = (("取自哪张表", self.form), ("查找", self.sought), ("填什么", self.figures), ("单位", self.unit), ("小数", self.places))
        for words, box in named:
            box.setAccessibleName(words)
            lines.addRow(words, box)
        lines.addRow("现在的数", self.now)
        buttons = QDialogButtonBox()
        self.keep = buttons.addButton("填这个", QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setDefault(True)
        self.empty = buttons.addButton("这一格不填", QDialogButtonBox.ButtonRole.ResetRole)
        self.empty.setEnabled(held is not None)
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._confirm)
        buttons.rejected.connect(self.reject)
        self.empty.clicked.connect(self._leave)
        whole = QVBoxLayout(self)
        whole.addWidget(QLabel(f"表样的 {cell_name(at)} 格{f'（{label[:30]}）' if label else ''}填什么。{_stays(page, at)}", wordWrap=True))
        whole.addLayout(lines)
        whole.addWidget(buttons)
        self.form.addItems(list(dict.fromkeys(one.form for one in self._offers)))
        self.form.currentTextChanged.connect(lambda _form: self._list())
        self.sought.textChanged.connect(lambda _text: self._narrow())
        self.figures.currentItemChanged.connect(lambda _now, _before: self._fitted())
        self.figures.itemActivated.connect(lambda _item: self._confirm())
        for chooser in (self.unit, self.places):
            chooser.activated.connect(lambda _at: self._show_now())
        self._begin(held)

    def _begin(self, held: Filling | None) -> None:
        offer = offer_of(held.field, self._sheets) if held else None
        self.form.setCurrentText(offer.form if offer else self._told.map.lines)
        self._list()
        if held and offer:
            fields = [self.figures.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.figures.count())]
            self.figures.setCurrentRow(fields.index(offer.field))
            self.unit.setCurrentText(held.unit)
            self.places.setCurrentIndex(max(0, self.places.findData(held.decimals)))
        self._show_now()

    def _list(self) -> None:
        self.figures.clear()
        for one in self._offers:
            if one.form == self.form.currentText():
                item = QListWidgetItem("　".join(word.strip("　") for word in one.words))
                item.setData(Qt.ItemDataRole.UserRole, one.field)
                self.figures.addItem(item)
        self._narrow()

    def _narrow(self) -> None:
        """Only figures that have all the words typed; the first of them is taken."""
        words = self.sought.text().split()
        items = [self.figures.item(at) for at in range(self.figures.count())]
        for item in items:
            item.setHidden(any(word not in item.text() for word in words))
        now = self.figures.currentItem()
        if now is None or now.isHidden():
            self.figures.setCurrentRow(next((at for at, item in enumerate(items) if not item.isHidden()), -1))
        self._fitted()

    def _offer(self) -> Offer | None:
        item = self.figures.currentItem()
        return offer_of(item.data(Qt.ItemDataRole.UserRole), self._sheets) if item and not item.isHidden() else None

    def _fitted(self) -> None:
        offer = self._offer()
        measure = offer.measure if offer else Measure.TEXT
        fits = fitting_cell(self._page, self._told.shape, self._at, offer) if offer else Filling("")
        money, share = measure in PER_UNIT, measure is Measure.RATE
        self.unit.clear()
        self.unit.addItems(MONEY_UNITS if money else SHARES if share else ())
        self.unit.setCurrentText(fits.unit or UNIT_WORDS.get(measure, "小数"))
        self.unit.setEnabled(money or share)
        self.places.clear()
        self.places.addItem(_AS_IS, None)
        if measure in DECIMALS:
            for places in range(7):
                self.places.addItem(f"{places} 位", places)
        self.places.setCurrentIndex(max(0, self.places.findData(fits.decimals)))
        self.places.setEnabled(measure in DECIMALS)
        self._show_now()

    def filling(self) -> Filling | None:
        """What is chosen; None while that is nothing of the list."""
        offer = self._offer()
        if offer is None:
            return None
        return replace(fitting_cell(self._page, self._told.shape, self._at, offer), unit=self.unit.currentText(), decimals=self.places.currentData())

    def _show_now(self) -> None:
        chosen = self.filling()
        self.keep.setEnabled(chosen is not None)
        self.now.setText("没有这样的数。请换几个字查找，或换一张表。" if chosen is None else in_cell(chosen, self._sheets) or "（现在没有内容）")

    def _confirm(self) -> None:
        if (chosen := self.filling()) is not None:
            self._take(chosen)
            self.accept()

    def _leave(self) -> None:
        self._take(None)
        self.accept()


def _stays(page: Page, at: Place) -> str:
    """What becomes of what stands in the cell already."""
    if at in page.formulas:
        return "格里有公式：公式保留，算出来的数与台账核对。"
    words = page.values.get(at)
    if words is None:
        return ""
    return "格里的文字保留，数填在冒号后面。" if is_label(str(words)) else f"格里现有的“{str(words).strip()[:20]}”会被换掉。"
