"""The answer of 资金需求测算 in one look: what is needed, what is given, what is missing, and what the clerk should look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.screens.picture import AMBER, BLUE, GREEN, RED, Card
from policy.contract_facts import WORK_FUND
from policy.estimate import Estimate, cautions, expected_fund
from policy.facts import Facts
from policy.figures import yuan
from returns.sheet import NOT_APPLICABLE, Cell, Measure, shown

RATES, SPEND, UNITS = "参数表", "低保资金支出", "机构与应配"
"""Screens the cautions lead to."""
EXPECT: Final = "expect"
"""The way that fills in what the work fund may be expected to give."""
NEED, GIVEN, GAP, COVERAGE = CARDS = ("资金需求", "资金来源", "资金缺口", "保障率")
_MOST: Final = 3
"""Cautions in sight; the others when the pointer rests on them."""


class Answer(QWidget):
    """Four cards and the cautions with their ways out."""

    clicked = Signal(str)
    """A card, by its name."""
    way = Signal(str)
    """A way out of a caution: a screen's words, or EXPECT."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = {name: Card(name) for name in CARDS}
        top = QHBoxLayout()
        top.setSpacing(6)
        for name, card in self.cards.items():
            card.clicked.connect(partial(self.clicked.emit, name))
            top.addWidget(card, 1)
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("caution")
        self.said.setTextFormat(Qt.TextFormat.RichText)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
        self.said.linkActivated.connect(self.way)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addLayout(top)
        box.addWidget(self.said)

    def show_result(self, facts: Facts, result: Estimate, coming: Sequence[str] = ()) -> None:
        """Say what a scenario comes to; `coming`: what it does not reckon with yet."""
        self._fill(result)
        self._warn(facts, result, (*coming, *cautions(facts, result)))

    def show_none(self, why: str) -> None:
        """There is nothing to work out, for this reason."""
        for card in self.cards.values():
            card.say("—", "", AMBER)
        self.said.setText(escape(why))
        self.said.setToolTip("")
        self.said.show()

    def _fill(self, result: Estimate) -> None:
        lacking = f"不含 {len(result.missing)} 个户数未报的单位" if result.missing else f"购买 {result.bought} 人"
        nothing = len(result.missing) == len(result.lines)
        self.cards[NEED].say("—" if nothing else _wan(result.total), f"{result.posts} 岗，{lacking}", AMBER if result.missing else BLUE)
        if not result.fund_known:
            self.cards[GIVEN].say("未登记", f"没有 {result.fund_year} 年低保资金支出", AMBER)
            self.cards[GAP].say("—", "登记低保支出或填写来源后计算", AMBER)
            self.cards[COVERAGE].say("—", _household(result), AMBER)
            return
        sources = [f"{source} {_wan(amount)}" for source, amount in result.supply.items() if amount]
        forecast = "" if WORK_FUND in result.scenario.supply else "（预计）"
        line = f"工作经费 {_wan(result.supply[WORK_FUND])}{forecast}" + (f"，另有 {len(sources) - 1} 项" if len(sources) > 1 else "")
        self.cards[GIVEN].say(_wan(result.given), line, BLUE)
        self.cards[GIVEN].setToolTip("\n".join(sources))
        short = result.gap > 0
        words = f"每人全年 {yuan(result.person)} 元" if result.bought else "没有要购买的岗位"
        over = f"余 {_wan(-result.gap)}；" if result.gap < 0 else ""
        self.cards[GAP].say(_wan(result.gap) if short else "无", f"{over}{words}", RED if short else GREEN)
        share = shown(Cell(NOT_APPLICABLE if result.coverage is None else result.coverage), Measure.RATE)
        self.cards[COVERAGE].say(share, _household(result), RED if short else GREEN)

    def _warn(self, facts: Facts, result: Estimate, sentences: Sequence[str]) -> None:
        said = [escape(one) for one in sentences]
        ways = "　".join(f"<a href='{way}'>{words}</a>" for way, words in _ways(facts, result))
        shown = said[:_MOST] + ([f"……共 {len(said)} 项（悬停看全部）"] if len(said) > _MOST else [])
        self.said.setText("<br>".join([*shown, *([ways] if ways else [])]))
        self.said.setToolTip("\n".join(sentences))
        self.said.setVisible(bool(said))


def _ways(facts: Facts, result: Estimate) -> Iterator[tuple[str, str]]:
    """What can be done about it at once."""
    if result.missing:
        yield UNITS, "填报户数"
    if not result.rates_entered:
        yield RATES, "登记单位缴费比例"
    if not result.fund_known:
        yield SPEND, "登记低保资金支出"
        if expected := expected_fund(facts, result.scenario.year):
            yield EXPECT, f"工作经费按 {expected[0]} 年支出预计（{_wan(expected[1])}）"


def _household(result: Estimate) -> str:
    return f"户均成本 {yuan(result.per_household)} 元/年" if result.per_household is not None else "户数不全，户均成本算不出来"


def _wan(fen: int) -> str:
    return f"{shown(Cell(fen), Measure.WAN)} 万元"
