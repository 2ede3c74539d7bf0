"""Left of 资金需求测算: the inputs of one scenario, each with where its figure comes from; taken when the clerk leaves a field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.record.editors import ChoiceEditor, Editor, LineEditor, editor
from desktop.theme import mark
from policy.contract_facts import SOURCES, WORK_FUND
from policy.estimate import Estimate
from policy.estimate_facts import HEADS_BY, Scenario
from policy.figures import yuan
from policy.kinds import Kind, Unreadable
from policy.kinds.change import CHANGE
from policy.kinds.choice import choice
from policy.kinds.money import MONEY
from policy.kinds.number import ORDINAL, SHARE
from policy.kinds.text import TEXT
from policy.parameters import HIGH, LOW


@dataclass(frozen=True)
class Input:
    """One input: a field of the scenario, or (in `supply`) what a source gives."""

    name: str
    label: str
    kind: Kind
    hint: str = ""
    supply: bool = False


_POSTS: Final = choice("岗位数口径", HEADS_BY)
_READING: Final = choice("临界口径", (HIGH, LOW))
GROUPS: Final = (
    ("", (Input("name", "方案名称", TEXT),)),
    ("户数和人数", (
        Input("heads_by", "岗位数按", _POSTS, "每个单位要多少岗位"),
        Input("boundary_mode", "临界口径", _READING, "户数正好在分档界线上的，就高还是就低；不填按设置"),
        Input("growth", "户数增减", CHANGE, "全县预计增减，如 10% 或 -10%；个别单位不同的，在“分单位”里填"),
        Input("fill_month", "空缺补齐月份", ORDINAL, "空缺岗位从几月起到岗：1 至 12，13 表示当年不补"),
        Input("months", "现有人员月数", ORDINAL, "现有人员付几个月，0 至 12"),
    )),
    ("工资和单位缴费", (
        Input("wage", "工资标准（元/年）", MONEY, "每人每年；不填取现有人员平均数和最低标准中较高的"),
        Input("increment", "工资增长", SHARE, "考核晋级等再提高的比例"),
        Input("rate", "综合费率", SHARE, "单位缴费占工资的比例；不填按“参数表”登记的单位缴费比例和基数上下限"),
    )),
    ("其他费用（元）", (
        Input("fee", "管理费（人·月）", MONEY, "每人每月"),
        Input("fee_tax", "管理费税率", SHARE),
        Input("training", "培训费（人·年）", MONEY, "每人每年"),
        Input("recruiting", "招录费（人）", MONEY, "每新招一人"),
        Input("reserve", "预备费比例", SHARE, "其他各项之和的比例"),
    )),
    ("资金来源（元）", tuple(Input(source, f"{letter} {source}", MONEY, supply=True) for source, letter in SOURCES.items())),
)  # fmt: skip
_LABEL: Final = 9
"""Characters of a label before it wraps."""
DEFAULTS: Final = {one.name: one.default for one in fields(Scenario) if one.default is not MISSING}


class InputsPanel(QFrame):
    """Shows a scenario; `take` is given the scenario as the clerk wants it, and its sentence is shown if it refuses (ValueError)."""

    def __init__(self, take: Callable[[Scenario], object], today: Callable[[], date]) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._take = take
        self._today = today
        self._scenario: Scenario | None = None
        self.editors: dict[str, Editor] = {}
        self.bases: dict[str, LineEditor] = {}
        self._of: dict[str, Input] = {}
        self._shown: dict[str, str] = {}
        inside = QWidget()
        inside.setObjectName("form")
        grid = QGridLayout(inside)
        grid.setContentsMargins(8, 4, 8, 8)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 6)
        grid.setColumnStretch(2, 4)
        at = 0
        for heading, inputs in GROUPS:
            if heading:
                said = QLabel(heading)
                said.setObjectName("heading")
                grid.addWidget(said, at, 0, 1, 2)
                if at == 1:
                    grid.addWidget(QLabel("依据"), at, 2)
                at += 1
            for one in inputs:
                self._add(grid, at, one)
                at += 1
        grid.setRowStretch(at, 1)
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.setContentsMargins(8, 0, 8, 4)
        self.wrong.hide()
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._scroll, 1)
        box.addWidget(self.wrong)

    def _add(self, grid: QGridLayout, at: int, one: Input) -> None:
        self._of[one.name] = one
        made = self.editors[one.name] = editor(one.kind, self)
        made.setAccessibleName(one.label)
        made.setToolTip(one.hint)
        made.left.connect(partial(self._leave, one.name))
        label = QLabel(one.label)
        label.setToolTip(one.hint)
        label.setWordWrap(True)
        label.setFixedWidth(self.fontMetrics().horizontalAdvance("工") * _LABEL)
        label.setBuddy(made)
        grid.addWidget(label, at, 0)
        if one.name == "name":
            grid.addWidget(made, at, 1, 1, 2)
            return
        basis = self.bases[one.name] = LineEditor(TEXT, self)
        basis.setAccessibleName(f"{one.label}的依据")
        basis.setPlaceholderText("依据")
        basis.left.connect(partial(self._leave_basis, one.name))
        grid.addWidget(made, at, 1)
        grid.addWidget(basis, at, 2)

    def show_scenario(self, scenario: Scenario | None, result: Estimate | None) -> None:
        """Show a scenario; what the book gives for a blank stands pale in the field. What is being typed stays."""
        same = scenario is not None and self._scenario is not None and (scenario.name, scenario.year) == (self._scenario.name, self._scenario.year)
        self._scenario = scenario
        for name, made in self.editors.items():
            made.setEnabled(scenario is not None)
            text = self._text(name)
            if not (same and made.hasFocus() and made.text() != self._shown.get(name, "")):
                self._shown[name] = text
                made.setText(text)
        for name, basis in self.bases.items():
            basis.setEnabled(scenario is not None)
            if not (same and basis.hasFocus()):
                basis.setText(scenario.sources.get(name, "") if scenario else "")
                basis.setCursorPosition(0)
                basis.setToolTip(basis.text())
        if not same:
            self._complain("", "")
        for name, said in _found(result).items():
            shown = self.editors[name]
            line = shown.lineEdit() if isinstance(shown, ChoiceEditor) else shown
            assert isinstance(line, QLineEdit)
            line.setPlaceholderText(said)

    def _text(self, name: str) -> str:
        """A field as it is shown: what is not entered is blank."""
        if self._scenario is None:
            return ""
        one = self._of[name]
        value = self._scenario.supply.get(name) if one.supply else getattr(self._scenario, name)
        blank = value is None or (name in DEFAULTS and value == DEFAULTS[name] and name not in ("heads_by", "months", "fill_month"))
        return "" if blank else one.kind.show(value)

    def _leave(self, name: str) -> None:
        scenario, one = self._scenario, self._of[name]
        text = self.editors[name].text()
        if scenario is None or text == self._text(name):
            if self.editors[name].property("wrong"):
                self._complain("", "")
            return
        self._shown[name] = text
        try:
            value = one.kind.parse(text, self._today())
            if one.supply:
                supply = {source: amount for source, amount in scenario.supply.items() if source != name}
                if value is not None and value < 0:
                    raise Unreadable(f"“{name}”不能是负数。")
                self._take(replace(scenario, supply=supply if value is None else supply | {name: value}))
            else:
                self._take(replace(scenario, **{name: DEFAULTS.get(name, "") if value is None else value}))
        except ValueError as refusal:
            self._complain(name, str(refusal))
        else:
            self._complain("", "")

    def _leave_basis(self, name: str) -> None:
        scenario, text = self._scenario, self.bases[name].text().strip()
        if scenario is None or text == scenario.sources.get(name, ""):
            return
        kept = {input: said for input, said in scenario.sources.items() if input != name}
        try:
            self._take(replace(scenario, sources=kept | ({name: text} if text else {})))
        except ValueError as refusal:
            self._complain("", str(refusal))

    def _complain(self, name: str, sentence: str) -> None:
        for one, made in self.editors.items():
            mark(made, "wrong", one == name)
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))


def _found(result: Estimate | None) -> dict[str, Any]:
    """What stands for a blank: what the book gives, or nothing."""
    if result is None:
        return {"wage": "", "rate": "", WORK_FUND: "", "boundary_mode": ""}
    return {
        "wage": yuan(result.wage),
        "rate": "按登记的比例" if result.rates_entered else "未录入",
        WORK_FUND: f"预计 {yuan(result.supply[WORK_FUND])}" if result.fund_known else "未登记",
        "boundary_mode": result.boundary_mode,
    }
