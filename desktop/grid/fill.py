"""批量填充: one value into many cells of a column; what would change, old → new, is listed before anything does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.grid.block import Plan, typed
from desktop.grid.delegate import completer
from desktop.grid.model import GridModel
from desktop.theme import mark
from policy.kinds import Unreadable

_LISTED: Final = 300


class FillMany(QDialog):
    """Which column, which rows, which value; `agreed` hands over the plan shown."""

    agreed = Signal(object)

    def __init__(self, grid: GridModel, columns: Sequence[int], places: Sequence[int], column: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("批量填充")
        self.setMinimumWidth(460)
        self._grid, self._named = grid, next(iter(columns), 0)
        self._columns = [at for at in columns if grid.columns[at].editable]
        self._places = list(places)
        self.plan = Plan([], [])
        self.column = QComboBox()
        self.column.addItems([grid.columns[at].field.label for at in self._columns])
        self.column.setCurrentIndex(self._columns.index(column) if column in self._columns else 0)
        self.chosen = QRadioButton(f"选中的 {len(self._places)} 行")
        self.every = QRadioButton(f"列表中的全部 {grid.rowCount()} 行（筛选后看得见的）")
        (self.chosen if len(self._places) > 1 else self.every).setChecked(True)
        self.chosen.setEnabled(bool(self._places))
        self.only_blank = QCheckBox("只填空白单元格")
        self.value = QLineEdit()
        self.value.setAccessibleName("填入的内容")
        self.value.setPlaceholderText("留空即清空")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.lines = QListWidget()
        self.lines.setAccessibleName("将要改动的单元格")
        self.lines.setMinimumHeight(120)
        self.buttons = QDialogButtonBox()
        self.take = self.buttons.addButton("填充", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("main", True)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._agree)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.addRow("填充哪一列", self.column)
        form.addRow("填充哪些行", self.chosen)
        form.addRow("", self.every)
        form.addRow("", self.only_blank)
        form.addRow("填入的内容", self.value)
        box = QVBoxLayout(self)
        box.addLayout(form)
        box.addWidget(self.said)
        box.addWidget(self.lines, 1)
        box.addWidget(self.buttons)
        self.column.currentIndexChanged.connect(self._take_column)
        self.value.textChanged.connect(self._preview)
        self.only_blank.toggled.connect(self._preview)
        self.every.toggled.connect(self._preview)
        self._take_column()
        self.value.setFocus()

    def _take_column(self) -> None:
        if not self._columns:
            self._say("这张表没有可以填写的列。", wrong=True)
            return
        kind = self._grid.columns[self._at()].field.kind
        if kind.choices:
            completer(kind, self.value)
        else:
            self.value.setCompleter(None)  # type: ignore[arg-type]
        self._preview()

    def _at(self) -> int:
        return self._columns[self.column.currentIndex()]

    def _preview(self) -> None:
        """Work out what would change, and list it."""
        self.plan = Plan([], [])
        self.lines.clear()
        at, text = self._at(), self.value.text()
        places = list(range(self._grid.rowCount())) if self.every.isChecked() else self._places
        if self.only_blank.isChecked():
            places = [place for place in places if self._grid.row_at(place).values[at] in (None, "")]
        field = self._grid.columns[at].field
        try:
            if field.kind.parse(text, self._grid.today()) is None and field.required:
                raise Unreadable(f"“{field.label}”是必填项，不能清空。")
        except Unreadable as error:
            self._say(str(error), wrong=bool(text))
            return
        self.plan = typed(self._grid, [(place, at) for place in places], text)
        same = len(places) - len(self.plan.edits) - len(self.plan.refused)
        self._say(f"将改动 {len(self.plan.edits)} 个单元格" + (f"；另有 {same} 个已是这个值，不变。" if same else "。"))
        for edit in self.plan.edits[:_LISTED]:
            old = self._grid.text(at, edit.row.values[at]) or "（空白）"
            new = self._grid.text(at, edit.value) or "（空白）"
            self.lines.addItem(f"{self._grid.text(self._named, edit.row.values[self._named])}：{old} → {new}")
        if len(self.plan.edits) > _LISTED:
            self.lines.addItem(f"……还有 {len(self.plan.edits) - _LISTED} 个")

    def _say(self, sentence: str, wrong: bool = False) -> None:
        self.said.setText(sentence)
        mark(self.value, "wrong", wrong)
        self.take.setEnabled(bool(self.plan.edits))
        self.take.setText(f"填充 {len(self.plan.edits)} 个单元格" if self.plan.edits else "填充")

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit(self.plan)
