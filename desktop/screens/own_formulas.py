"""审核公式 in 设置: every formula, check and rule that audits a return, and those the county adds, tried out while they are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from db.lists import Row
from db.lists.columns import computed, field_of
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, qaction
from desktop.record.editors import editor
from office.check import check_period, parameters_in
from office.formulas import SCOPES, add_formula, all_formulas, end_formula, forms_now, own_formulas, tried
from policy.kinds import Field, Unreadable
from policy.kinds.date import DATE
from policy.kinds.text import TEXT
from returns.sheet import Sheet

COLUMNS: Final = (
    computed("id", "编号", TEXT, 6), computed("form", "表", TEXT, 4), computed("scope", "适用行", TEXT, 9), computed("text", "公式或内容", TEXT, 34),
    computed("level", "级别", TEXT, 5), computed("kind", "类别", TEXT, 4),
)  # fmt: skip
OWN: Final = "自-"
EXPLAINED: Final = (
    "公式按表里的栏次写，如 5=6+9+12；别的表写 T2[合计,5]，上期写 上期[4]，常数带单位或小数点（0.、20%、5万元）。自定的公式与程序自带的一样参加审核。"
)


class FormulasPane(QWidget):
    """The list; own formulas first. The acts stand in the page's toolbar."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.grid = Grid(COLUMNS, lambda _edits, _name: None, desk.today)
        said = QLabel(EXPLAINED, wordWrap=True)
        said.setObjectName("purpose")
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.addWidget(said)
        box.addWidget(self.grid, 1)
        box.addWidget(self.wrong)
        self.add = qaction(Action("新增公式…", self.ask_new, "plus", tip="本县自己的审核公式，填写时当场试算"), self)
        self.end = qaction(Action("停用公式…", self.ask_end, "trash", tip="选中的自定公式从某一天起不再使用；以前的报表不受影响"), self)
        self.grid.view.row_changed.connect(lambda _row: self._offer())

    def actions_(self) -> tuple[QAction, QAction]:
        """For the toolbar."""
        return self.add, self.end

    def read(self) -> None:
        """Read the list as of the day in front."""
        try:
            found = all_formulas(self.desk.read(parameters_in, self.desk.as_of), self.desk.read(own_formulas, self.desk.as_of))
        except ValueError as error:
            self.wrong.setText(str(error))
            found = ()
        else:
            self.wrong.setText("")
        ordered = sorted(enumerate(found), key=lambda one: not one[1].id.startswith(OWN))
        self.grid.set_rows([Row({"formula": (at,)}, (one.id, one.form, one.scope, one.text, one.level, one.kind)) for at, one in ordered])
        self._offer()

    def _own(self) -> int | None:
        row = self.grid.view.current_row()
        return int("".join(sign for sign in row.values[0] if sign.isdecimal())) if row and row.values[0].startswith(OWN) else None

    def _offer(self) -> None:
        self.end.setEnabled(self._own() is not None)

    def ask_new(self) -> None:
        """Ask for a formula."""
        try:
            sheets = self.desk.read(forms_now, check_period(self.desk.as_of))
        except ValueError as error:
            self.wrong.setText(str(error))
            return
        NewFormula(sheets, self.desk, self).exec()
        self.read()

    def ask_end(self) -> None:
        """Ask from when on a formula is not used."""
        number, row = self._own(), self.grid.view.current_row()
        if number is None or row is None:
            return
        Ask(
            "停用公式", f"{row.values[1]}：{row.values[3]}\n以前的报表仍按它审核。", {"last": Field("最后一天", DATE, required=True)},
            lambda said: self.desk.act(end_formula, number, said["last"]), self.desk.today, self, {"last": self.desk.today()}, "停用",
        ).exec()  # fmt: skip
        self.read()


class NewFormula(QDialog):
    """A formula, tried on the forms as they are now while it is typed: what is wrong with it, or in which lines it does not hold."""

    def __init__(self, sheets: tuple[Sheet, ...], desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("新增审核公式")
        self.setMinimumWidth(520)
        self._sheets, self._desk = sheets, desk
        self.form, self.scope = QComboBox(), QComboBox()
        self.form.addItems([sheet.key for sheet in sheets if sheet.key not in ("封面", "审核表")])
        self.scope.addItems(list(SCOPES))
        self.text = QLineEdit(placeholderText="如 5≤3+2.")
        level, since = field_of("own_formula", "level"), field_of("own_formula", "since")
        self.level, self.since, self.words = editor(level.kind), editor(since.kind), QLineEdit()
        self.level.setText("核实性")
        self.since.setText(DATE.show(date(desk.as_of.year, 1, 1)))
        lines: tuple[tuple[str, QWidget], ...] = (
            ("表", self.form), ("适用行", self.scope), ("公式 *", self.text), ("公式级别 *", self.level), ("施行日期 *", self.since), ("公式说明", self.words),
        )  # fmt: skip
        form = QFormLayout()
        for words, widget in lines:
            widget.setAccessibleName(words.removesuffix(" *"))
            form.addRow(words, widget)
        self.said = QLabel("公式在填写时按现在的报表试算。", wordWrap=True)
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.buttons = QDialogButtonBox()
        self.keep = self.buttons.addButton("保存", QDialogButtonBox.ButtonRole.AcceptRole)
        self.keep.setDefault(True)
        self.buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._confirm)
        self.buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.addWidget(QLabel(EXPLAINED, wordWrap=True))
        box.addLayout(form)
        for widget in (self.said, self.wrong, self.buttons):
            box.addWidget(widget)
        self._later = QTimer(self, singleShot=True, interval=150)
        self._later.timeout.connect(self.try_out)
        start: Callable[..., Any] = lambda *_: self._later.start()  # noqa: E731
        self.text.textChanged.connect(start)
        self.form.currentTextChanged.connect(start)
        self.scope.currentTextChanged.connect(start)
        self.text.setFocus()

    def try_out(self) -> None:
        """Say what comes of the text as it stands."""
        text = self.text.text().strip()
        wrong, said = tried(text, self.form.currentText(), self.scope.currentText(), self._sheets) if text else ("", "")
        self.wrong.setText(wrong)
        self.said.setText(said)
        self.keep.setEnabled(not wrong)

    def _confirm(self) -> None:
        try:
            since = DATE.parse(self.since.text(), self._desk.today())
            if since is None:
                raise Unreadable("请填写“施行日期”。")
            self._desk.act(
                add_formula, self._sheets, self.form.currentText(), self.scope.currentText(), self.text.text(), self.level.text(), words=self.words.text(),
                since=since,
            )  # fmt: skip
        except ValueError as refusal:
            self.wrong.setText(str(refusal))
        else:
            self.accept()
