"""How 按上级表样填报 looks: the form on the left, what each column is filled with on the right, what is to be looked at beneath."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.page import Page
from desktop.screens.own_form_columns import ColumnsTable
from desktop.screens.own_form_grid import FormView
from desktop.screens.written import Written
from desktop.theme import restyle
from desktop.worker import ProgressStrip
from returns.own_form_map import LINES

BEGIN: Final = "下一步：选择上级下发的表样（.xlsx），或把它拖到这里；登记过的，从左上方选。"


class OwnFormLooks(Page):
    """The widgets, laid out; what they do is said elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.strip, self.written = ProgressStrip(), Written()
        self.held, self.source, self.page_names, self.lines, self.which = (QComboBox() for _ in range(5))
        for box, name in ((self.held, "登记的表样"), (self.source, "数据取自"), (self.page_names, "工作表"), (self.lines, "明细取自"), (self.which, "填哪些行")):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(7)
        self.which.addItems(LINES)
        self.name = QLineEdit(placeholderText="表样名称")
        self.most = QSpinBox(minimum=0, maximum=9999)
        self.whole = QCheckBox("证件、电话填完整号码")
        self.as_head, self.as_lines, self.as_total = QPushButton("标题行"), QPushButton("明细行"), QPushButton("合计行")
        self.no_total, self.as_cell = QPushButton("没有合计行"), QPushButton("填选中的格…")
        for button, name in ((self.as_head, "标题行"), (self.as_lines, "明细行"), (self.as_total, "合计行")):
            button.setAccessibleName(f"选中的行是{name}")
            button.setToolTip(f"先在左边的行号上选行，再点这里：选中的行是{name}")
        self.as_cell.setToolTip("标题、明细以外的一格（如填报单位、全县合计数）：选中后点这里，或双击它，选填什么")
        self.grid, self.columns = FormView(), ColumnsTable()
        self.words, self.caution, self.where = QLabel(BEGIN, wordWrap=True), QLabel(wordWrap=True), QLabel()
        self.words.setObjectName("heading")
        self.caution.setObjectName("caution")
        self.caution.hide()
        self.points = QListWidget()
        self.points.setMaximumHeight(130)
        self.points.hide()
        self.most.setSpecialValueText("可加行")
        for widget, name in ((self.name, "表样名称"), (self.most, "最多行数"), (self.points, "需要看的地方")):
            widget.setAccessibleName(name)
        self._lay_out()

    def _lay_out(self) -> None:
        top, rows = QHBoxLayout(), QHBoxLayout()
        for words, widget in (("登记的表样", self.held), ("数据取自", self.source), ("名称", self.name), ("工作表", self.page_names)):
            top.addWidget(QLabel(words))
            top.addWidget(widget, 1)
        rows.addWidget(QLabel("选中的行是"))
        for button in (self.as_head, self.as_lines, self.as_total, self.no_total):
            rows.addWidget(button)
        rows.addStretch(1)
        rows.addWidget(self.as_cell)
        left, right = QWidget(), QWidget()
        on_left, on_right, choices = QVBoxLayout(left), QVBoxLayout(right), QHBoxLayout()
        for box in (on_left, on_right):
            box.setContentsMargins(0, 0, 0, 0)
        on_left.addLayout(rows)
        on_left.addWidget(self.where)
        on_left.addWidget(self.grid, 1)
        for label, chooser in (("明细取自", self.lines), ("填", self.which), ("最多", self.most)):
            choices.addWidget(QLabel(label))
            choices.addWidget(chooser)
        choices.addStretch(1)
        on_right.addLayout(choices)
        on_right.addWidget(self.whole)
        on_right.addWidget(self.columns, 1)
        both = QSplitter()
        both.addWidget(left)
        both.addWidget(right)
        both.setSizes([600, 560])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(10, 8, 10, 0)
        whole.addLayout(top)
        whole.addWidget(self.words)
        whole.addWidget(self.caution)
        whole.addWidget(both, 1)
        for below in (self.points, self.written, self.strip):
            whole.addWidget(below)

    def _say(self, sentence: str, wrong: bool = False) -> None:
        self.words.setObjectName("wrong" if wrong else "heading")
        restyle(self.words)
        self.words.setText(sentence)
