"""工作台: the county in one look (cards, verdicts, bars by unit) and what is to be done, each a click from its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from db.lists import Row
from db.lists.columns import computed
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Page
from desktop.screens.chips import Chips
from desktop.screens.first_steps import Step, Steps, city_steps, first_steps
from desktop.screens.picture import AMBER, BLUE, GREEN, GREY, RED, Bars, Card, Panel, Strip, Strips
from office.check import Checked
from office.city_book import is_city, work_of_city
from office.overview import TASK, UNIT_BELOW, UNIT_EXEMPT, UNIT_MET, UNIT_UNKNOWN, Overview, months_said, overdue, overview
from policy.expiry import LABOUR, LICENCE, OVERDUE, PURCHASE
from policy.facts import FULL, Facts
from policy.figures import half_up, number, percent, yuan
from policy.finding import BELOW, BELOW_PRORATED, HARD, HIGH, MET, MET_PRORATED, NO_DATA, SOFT, UNCLEAR, Finding
from policy.funds import WorkFund
from policy.kinds.text import TEXT
from policy.pay import floor_on
from returns.sheet import Cell, Measure, shown

STAFF, GAP, BELOW_FLOOR, PAY, FUND, EXPIRY, DUE, CHECKS = "实际配备", "缺口", "低于工资最低标准", "本月工资", "社会救助工作经费", "合同到期", "限期办结", "核查"
CARDS: Final = (STAFF, GAP, BELOW_FLOOR, PAY, FUND, EXPIRY, DUE, CHECKS)
WAYS: Final = {STAFF: "人员", GAP: "机构与应配", BELOW_FLOOR: "核查", FUND: "经费", EXPIRY: "到期提醒", CHECKS: "核查"}
"""Card → the screen with the list behind its number; 本月工资 goes to its month, 限期办结 to the list beside it."""
ALL, FOUND, ENDING, FINISH, MISSING = "待办", "核查结果", "到期", "办结", "缺数据"
PARTS: Final = (ALL, MISSING, FOUND, ENDING, FINISH)
SORTS: Final = {"R32": "人员缺口", "R33": "人员缺口", "F1": "工资标准", "F2": "应发工资", "F3": "缺工资月"}
"""Rule → what its findings are called among what is to be done; of other rules only 强制性 ones stand there."""
_COLUMNS: Final = 4
_LOW: Final = 460
"""Pixels of height below which the cards show their figure alone."""


@dataclass(frozen=True)
class Todo:
    """Something to do: its part, what sort, in words, and where it leads."""

    part: str
    sort: str
    words: str
    way: str
    go: Callable[[], None]
    urgent: bool = False
    """Late already, or nothing can be worked out without it: said first."""


class WorkbenchPage(Page):
    """The first page."""

    show_month = Signal(int)
    bring_in = Signal(str)
    """The clerk wants to import a sheet of this kind."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._todos: tuple[Todo, ...] = ()
        self.cards = {name: Card(name) for name in CARDS}
        top = QGridLayout()
        top.setSpacing(6)
        for at, card in enumerate(self.cards.values()):
            top.addWidget(card, at // _COLUMNS, at % _COLUMNS)
        for column in range(_COLUMNS):
            top.setColumnStretch(column, 1)
        self.strips, self.bars, self.steps = Strips(), Bars(), Steps()
        self.left = Panel("", self._scrolled())
        right = Panel("", self._things_to_do())
        right.title.hide()
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.left, 1)
        middle.addWidget(right, 1)
        self.said = QLabel()
        self.said.setObjectName("purpose")
        self.said.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(top)
        box.addLayout(middle, 1)
        box.addWidget(self.said)
        for name, way in WAYS.items():
            self.cards[name].clicked.connect(partial(self.visit.emit, way))
        self.cards[PAY].clicked.connect(lambda: self.show_month.emit(self.desk.as_of.year * 100 + self.desk.as_of.month))
        self.cards[DUE].clicked.connect(lambda: self._see(FINISH))
        self.bars.chosen.connect(lambda unit: self.open_record.emit("unit", unit))
        self.strips.chosen.connect(self.visit)
        self.follow(desk.checked)

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("form")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(2)
        column.addWidget(self.steps)
        column.addWidget(self.strips)
        column.addWidget(self.bars, 1)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        return scroll

    def _things_to_do(self) -> QWidget:
        columns = (computed("sort", "类别", TEXT, 6), computed("words", "说明（双击处理）", TEXT, 26), computed("way", "处理", TEXT, 4))
        self.todo = Grid(columns, lambda _edits, _name: None, self.desk.today)
        self.todo.view.filters.show_boxes(False)
        self.todo.view.doubleClicked.connect(lambda _index: self._go())
        self.todo.view.activated.connect(lambda _index: self._go())
        self.chips = Chips(PARTS)
        self.chips.chosen.connect(lambda _word: self._list())
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.chips)
        column.addWidget(self.todo, 1)
        return made

    def refresh(self) -> None:
        """Show the newest check."""
        check = self.desk.check
        if check is None or self.desk.checking:
            self.status.emit("正在核查……")
            return
        seen = self.desk.read(overview, check)
        steps = self._first_steps(check.facts, seen)
        new = not check.facts.engagements or not any(line.households is not None for line in seen.lines)
        self.left.title.setText("开始使用：请按次序做这几步，点一步就到" if new else "达标情况，各单位应配 / 实配")
        self.steps.show_steps(steps, brief=not new)
        self.strips.setVisible(not new)
        self.strips.show_strips(_strips(seen))
        self.bars.setVisible(not new)
        self.bars.show_lines(seen.lines)
        self._fill_cards(check, seen)
        self._todos = tuple(self._what_to_do(check, seen))
        count = Counter(todo.part for todo in self._todos)
        self.chips.say({**count, ALL: len(self._todos)})
        self._list()
        self.said.setText(_assumed(check))
        self.status.emit(f"截至 {check.facts.period.as_of}：{len(self._todos)} 项待办")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for card in self.cards.values():
            card.fold(self.height() < _LOW)

    # Cards

    def _fill_cards(self, check: Checked, seen: Overview) -> None:
        facts, day, near = check.facts, check.facts.period.as_of, check.facts.parameters.limits.expiry_near_days
        total = seen.total
        need = "数据不足" if total.need is None else f"应配 {total.need}"
        self.cards[STAFF].say(f"{total.heads} 人", f"{need}　配备率 {percent(half_up(total.rate * FULL)) if total.rate is not None else '—'}", BLUE)
        if total.shortfall is None:
            self.cards[GAP].say("数据不足", "有单位没有填报户数", AMBER)
        else:
            said = f"达标单位 {total.met_units}/{total.judged_units}，高于最低 {number(total.surplus or 0)} 人"
            self.cards[GAP].say(f"{number(total.shortfall)} 人", said, RED if total.shortfall else GREEN)
        below = {one.person_id for one in check.findings if one.rule == "F1" and one.person_id}
        floor = yuan(floor_on(facts.parameters, facts.county.region, day))
        self.cards[BELOW_FLOOR].say(f"{len(below)} 人", f"{facts.county.region} {floor} 元/人·年", RED if below else GREEN)
        self.cards[PAY].say(*_pay_said(facts, seen))
        self.cards[FUND].say(*_fund_said(seen.fund))
        sorts, past = Counter(one.sort for one in seen.expiring), overdue(seen.expiring)
        words = "、".join(f"{word} {sorts[word]}" for word in (LABOUR, PURCHASE, LICENCE) if sorts[word])
        said = f"{near} 天内到期" + (f"，其中已过期 {past}" if past else "") if words else f"{near} 天内没有到期的"
        self.cards[EXPIRY].say(f"{len(seen.expiring)} 份", said, RED if past else AMBER if seen.expiring else GREEN, f"{said}：{words}" if words else "")
        soon = seen.soon(day, near)
        late = sum(one.late(day) for one in soon)
        said = f"{near} 天内应办结" + (f"，其中逾期 {late}" if late else "") if soon else f"{near} 天内没有要办结的"
        self.cards[DUE].say(f"{len(soon)} 项", said, RED if late else AMBER if soon else GREEN)
        levels = Counter(one.severity for one in check.findings)
        first = sum(one.priority == HIGH for one in check.findings)
        said = f"强制性 {levels[HARD]}　核实性 {levels[SOFT]}{f'（优先 {first}）' if first else ''}　提示 {levels['hint']}"
        self.cards[CHECKS].say(f"{len(check.findings)} 条", said, RED if levels[HARD] else AMBER if levels[SOFT] else GREEN)

    # What to do

    def _what_to_do(self, check: Checked, seen: Overview) -> list[Todo]:
        month = seen.month.year * 100 + seen.month.month
        made = self._lacking(check.facts, seen)
        for one in seen.expiring:
            words = f"{one.name} {one.end} {'已过期' if one.band == OVERDUE else '到期'}（{_left(one.left)}）"
            made.append(Todo(ENDING, one.sort, words, "办理", partial(self.visit.emit, WAYS[EXPIRY]), one.band == OVERDUE))
        for matter in seen.matters:
            go = partial(self.visit.emit, "报表") if matter.table == TASK else partial(self.open_record.emit, matter.table, matter.id)
            late = matter.late(check.facts.period.as_of)
            made.append(Todo(FINISH, matter.sort, f"{matter.words}（{matter.state}）", "打开", go, late))
        for finding in check.findings:
            sort = SORTS.get(finding.rule)
            if sort or finding.severity == HARD:
                who = finding.person or finding.unit
                made.append(Todo(FOUND, sort or "必须改正", f"{who}　{finding.arithmetic}", "查看", partial(self._open, finding)))
        if seen.missing and check.facts.engagements:
            words = f"{seen.month.year}年{seen.month.month}月还有 {seen.missing} 人没有工资记录"
            made.append(Todo(MISSING, "本月工资", words, "去录入", partial(self.show_month.emit, month), True))
        if seen.unconfirmed:
            words = f"{months_said(seen.unconfirmed)}的工资没有确认"
            made.append(Todo(FINISH, "工资确认", words, "去确认", partial(self.show_month.emit, seen.unconfirmed[-1])))
        return sorted(made, key=lambda todo: not todo.urgent)

    def _lacking(self, facts: Facts, seen: Overview) -> list[Todo]:
        """What the picture cannot be drawn without."""
        made = []
        blank = [line for line in seen.lines if line.need is None and not line.unit.exempt]
        if blank and not any(line.households is not None for line in seen.lines):
            made.append(Todo(MISSING, "户数", "还没有填报救助对象户数", "去填报", partial(self.visit.emit, WAYS[GAP]), True))
        elif blank:
            names = "、".join(line.unit.name for line in blank if line.unit.id not in facts.caseload)[:60]
            made.append(Todo(MISSING, "户数", f"{names}没有户数，不能测算应配备人数", "去填报", partial(self.visit.emit, WAYS[GAP]), True))
        if not facts.engagements and not self.desk.read(is_city):  # a city's book only takes in what counties send
            made.append(Todo(MISSING, "人员", "还没有登记人员，可导入花名册", "去导入", partial(self.bring_in.emit, "roster"), True))
        return made

    def _first_steps(self, facts: Facts, seen: Overview) -> tuple[Step, ...]:
        if self.desk.read(is_city):
            return city_steps(*self.desk.read(work_of_city), self.visit.emit)
        return first_steps(facts, seen, self.visit.emit, self.bring_in.emit)

    def _list(self) -> None:
        part = self.chips.now
        self.todo.view.nothing = "没有待办事项。" if part == ALL else f"没有“{part}”方面的待办事项。"
        listed = [(at, todo) for at, todo in enumerate(self._todos) if part in (ALL, todo.part)]
        self.todo.set_rows([Row({"todo": (at,)}, (todo.sort, todo.words, todo.way)) for at, todo in listed])

    def _see(self, part: str) -> None:
        """Show one part of what is to be done, and stand in it."""
        self.chips.choose(part)
        if self.todo.model.rowCount():
            self.todo.view.go(0, 0)
        self.todo.view.setFocus()

    def _open(self, finding: Finding) -> None:
        if finding.record:
            self.open_record.emit(*finding.record)
        elif finding.place:
            self.visit.emit(finding.place)

    def _go(self) -> None:
        row = self.todo.view.current_row()
        if row:
            self._todos[row.keys["todo"][0]].go()


def _left(days: int) -> str:
    return f"已过 {-days} 天" if days < 0 else "今天" if days == 0 else f"还有 {days} 天"


def _pay_said(facts: Facts, seen: Overview) -> tuple[str, str, str]:
    said = f"{seen.month.year}年{seen.month.month}月"
    if not facts.engagements:
        return "—", "还没有登记人员", BLUE
    if seen.missing:
        return f"缺 {seen.missing} 人", said, AMBER
    if seen.confirmed:
        return "已确认", said, GREEN
    return "未确认", f"{said}，已录入", AMBER


def _fund_said(fund: WorkFund) -> tuple[str, str, str, str]:
    if fund.due is None:
        return "—", f"没有登记 {fund.base.year} 年低保资金支出", AMBER, ""
    said = f"应安排 {_wan(fund.due)}，已安排 {_wan(fund.arranged)}"
    more = f"{fund.base.year} 年低保资金支出 × {percent(fund.rate)} ＝ 应安排 {_wan(fund.due)}；到位 {_wan(fund.received)}，支出 {_wan(fund.spent)}"
    return (f"少 {_wan(fund.short)}", said, RED, more) if fund.short else ("已足额", said, GREEN, more)


def _wan(fen: int) -> str:
    return f"{shown(Cell(fen), Measure.WAN)} 万"


def _strips(seen: Overview) -> tuple[Strip, ...]:
    """达标 by unit, by pay standard, by pay received, and the fund's way from 应安排 to 支出."""
    made = [
        Strip("单位配备", _parts(seen.units, {UNIT_MET: GREEN, UNIT_BELOW: AMBER, UNIT_UNKNOWN: GREY, UNIT_EXEMPT: "#b9c7d8"}), _said(seen.units), WAYS[GAP]),
        Strip("工资标准", _parts(seen.standards, {MET: GREEN, BELOW: RED, NO_DATA: GREY, UNCLEAR: GREY}), _said(seen.standards), "核查"),
        Strip("应发工资", _parts(seen.paid, {MET_PRORATED: GREEN, BELOW_PRORATED: RED, NO_DATA: GREY, UNCLEAR: GREY}), _said(seen.paid), "核查"),
    ]
    fund = seen.fund
    if fund.due is None:
        return (*made, Strip("工作经费", (), "没有登记上年低保资金支出", WAYS[FUND]))
    steps = (("支出", fund.spent, GREEN), ("到位未用", fund.received - fund.spent, "#6aa84f"), ("未到位", fund.arranged - fund.received, "#5c9be0"), ("未安排", fund.short or 0, RED))
    parts = [(f"{word} {_wan(amount)}", max(0, amount), color) for word, amount, color in steps if amount > 0]
    return (*made, Strip("工作经费", parts, f"支出 {_wan(fund.spent)} / 应安排 {_wan(fund.due)}", WAYS[FUND]))


def _parts(counts: Mapping[str, int], colors: Mapping[str, str]) -> list[tuple[str, int, str]]:
    return [(f"{word} {counts[word]}", counts[word], color) for word, color in colors.items() if counts.get(word)]


def _said(counts: Mapping[str, int]) -> str:
    met = sum(counts.get(word, 0) for word in (UNIT_MET, MET_PRORATED))
    return f"达标 {met} / {sum(counts.values()) - counts.get(UNIT_EXEMPT, 0)}" if counts else "还没有可以核对的"


def _assumed(check: Checked) -> str:
    """What the figures rest on, in one line."""
    parameters = check.facts.parameters
    return f"口径：{parameters.name}；临界{parameters.boundary_mode}；{parameters.count_method}计；工资按{parameters.pay_caliber}；缺口按单位分别计算，不相互抵补。"
