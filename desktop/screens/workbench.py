"""工作台: the county in one look (cards, bars by unit) and what is to be done today, each a click from its records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from db.lists import Row
from db.lists.columns import computed
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Page
from office.check import Checked
from office.pay import missing_in
from policy.facts import FULL
from policy.figures import half_up, number, percent, yuan
from policy.finding import HARD, Finding
from policy.kinds.text import TEXT
from policy.pay import floor_on
from policy.period import month_end
from policy.staffing import Staffing, staffing, totals

GREEN, AMBER, RED, BLUE = "#2e8b57", "#d9822b", "#c0392b", "#1f6fd1"
EMPTY: Final = "#e2e7ee"


@dataclass(frozen=True)
class Todo:
    """Something to do: what sort, in words, and where it leads."""

    sort: str
    words: str
    way: str
    go: Callable[[], None]


class WorkbenchPage(Page):
    """The first page."""

    show_month = Signal(int)
    bring_in = Signal(str)
    """The clerk wants to import a sheet of this kind."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._todos: tuple[Todo, ...] = ()
        self.cards = {name: Card(name) for name in ("实际配备", "缺口", "低于工资最低标准", "本月工资", "核查")}
        top = QHBoxLayout()
        top.setSpacing(8)
        for card in self.cards.values():
            top.addWidget(card, 1)
        self.bars = Bars()
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self.bars)
        left = Panel("应配 / 实配（按户数分档测算）", scroll)
        columns = (computed("sort", "待办", TEXT, 6), computed("words", "说明", TEXT, 26), computed("way", "处理", TEXT, 4))
        self.todo = Grid(columns, lambda _edits, _name: None, desk.today)
        self.todo.view.nothing = "没有待办事项。"
        self.todo.view.doubleClicked.connect(lambda _index: self._go())
        self.todo.view.activated.connect(lambda _index: self._go())
        right = Panel("待办（双击处理）", self.todo)
        middle = QHBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(left, 4)
        middle.addWidget(right, 5)
        self.said = QLabel()
        self.said.setObjectName("purpose")
        self.said.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(top)
        box.addLayout(middle, 1)
        box.addWidget(self.said)
        self.cards["实际配备"].clicked.connect(lambda: self.visit.emit("人员"))
        self.cards["缺口"].clicked.connect(lambda: self.visit.emit("机构与应配"))
        self.cards["低于工资最低标准"].clicked.connect(lambda: self.visit.emit("核查"))
        self.cards["本月工资"].clicked.connect(lambda: self.visit.emit("工资"))
        self.cards["核查"].clicked.connect(lambda: self.visit.emit("核查"))
        self.bars.chosen.connect(lambda unit: self.open_record.emit("unit", unit))
        desk.checked.connect(self.refresh)

    def refresh(self) -> None:
        """Show the newest check."""
        check = self.desk.check
        if check is None or self.desk.checking:
            self.status.emit("正在核查……")
            return
        lines = staffing(check.facts)
        self.bars.show_lines(lines)
        month = self.desk.as_of.replace(day=1)
        missing = self.desk.read(missing_in, month, month_end(month.year, month.month))
        self._fill_cards(check, lines, month, len(missing))
        self._todos = tuple(self._what_to_do(check, lines, month, len(missing)))
        self.todo.set_rows([Row({"todo": (at,)}, (todo.sort, todo.words, todo.way)) for at, todo in enumerate(self._todos)])
        self.said.setText(_assumed(check))
        self.status.emit(f"截至 {check.facts.period.as_of}：{len(self._todos)} 项待办")

    def _fill_cards(self, check: Checked, lines: Sequence[Staffing], month: date, missing: int) -> None:
        total = totals(lines)
        need = "数据不足" if total.need is None else f"应配 {total.need}"
        self.cards["实际配备"].say(
            f"{total.heads} 人", f"{need}　配备率 {percent(half_up(total.rate * FULL)) if total.rate is not None else '—'}", BLUE
        )
        if total.shortfall is None:
            self.cards["缺口"].say("数据不足", "有单位没有填报户数", AMBER)
        else:
            said = f"达标单位 {total.met_units}/{total.judged_units}，高于最低 {number(total.surplus or 0)} 人"
            self.cards["缺口"].say(f"{number(total.shortfall)} 人", said, RED if total.shortfall else GREEN)
        below = {one.person_id for one in check.findings if one.rule == "F1" and one.person_id}
        region = check.facts.county.region
        floor = yuan(floor_on(check.facts.parameters, region, check.facts.period.as_of))
        self.cards["低于工资最低标准"].say(f"{len(below)} 人", f"{region} {floor} 元/人·年", RED if below else GREEN)
        said = f"{month.year}年{month.month}月"
        if check.facts.engagements:
            self.cards["本月工资"].say(f"缺 {missing} 人" if missing else "已录入", said, AMBER if missing else GREEN)
        else:
            self.cards["本月工资"].say("—", "还没有登记人员", BLUE)
        levels = Counter(one.severity for one in check.findings)
        said = f"强制性 {levels['hard']}　核实性 {levels['soft']}　提示 {levels['hint']}"
        self.cards["核查"].say(f"{len(check.findings)} 条", said, RED if levels[HARD] else AMBER if levels["soft"] else GREEN)

    def _what_to_do(self, check: Checked, lines: Sequence[Staffing], month: date, missing: int) -> list[Todo]:
        made = []
        blank = [line for line in lines if line.need is None and not line.unit.exempt]
        if blank and not any(line.households is not None for line in lines):
            made.append(Todo("户数", "还没有填报救助对象户数", "去填报", lambda: self.visit.emit("机构与应配")))
        elif blank:
            names = "、".join(line.unit.name for line in blank if line.unit.id not in check.facts.caseload)[:60]
            made.append(Todo("户数", f"{names}没有户数，不能测算应配备人数", "去填报", lambda: self.visit.emit("机构与应配")))
        if not check.facts.engagements:
            made.append(Todo("人员", "还没有登记人员，可导入花名册", "去导入", lambda: self.bring_in.emit("roster")))
        for finding in check.findings:
            sort = {"R32": "人员缺口", "R33": "人员缺口", "F1": "工资标准", "F2": "应发工资", "F3": "缺工资月"}.get(finding.rule)
            if sort or finding.severity == HARD:
                who = finding.person or finding.unit
                made.append(Todo(sort or "必须改正", f"{who}　{finding.arithmetic}", "查看", partial(self._open, finding)))
        if missing and check.facts.engagements:
            words = f"{month.year}年{month.month}月还有 {missing} 人没有工资记录"
            made.append(Todo("本月工资", words, "去录入", lambda: self.show_month.emit(month.year * 100 + month.month)))
        return made

    def _open(self, finding: Finding) -> None:
        if finding.record:
            self.open_record.emit(*finding.record)

    def _go(self) -> None:
        row = self.todo.view.current_row()
        if row:
            self._todos[row.keys["todo"][0]].go()


def _assumed(check: Checked) -> str:
    """What the figures rest on, in one line."""
    parameters = check.facts.parameters
    return f"口径：{parameters.name}；临界{parameters.boundary_mode}；{parameters.count_method}计；工资按{parameters.pay_caliber}；缺口按单位分别计算，不相互抵补。"


class Panel(QFrame):
    """A white box with a title."""

    def __init__(self, title: str, inside: QWidget) -> None:
        super().__init__()
        self.setObjectName("panel")
        label = QLabel(title)
        label.setObjectName("heading")
        box = QVBoxLayout(self)
        box.setContentsMargins(10, 8, 10, 8)
        box.addWidget(label)
        box.addWidget(inside, 1)


class Card(QFrame):
    """One figure with its name and a line of explanation; clicking (or Enter) leads to what is behind it."""

    clicked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.figure, self.line = QLabel("—"), QLabel()
        self.figure.setObjectName("figure")
        self.line.setObjectName("purpose")
        self.line.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(2)
        for label in (QLabel(name), self.figure, self.line):
            box.addWidget(label)

    def say(self, figure: str, line: str, color: str) -> None:
        """Fill the card."""
        self.figure.setText(figure)
        self.figure.setStyleSheet(f"color: {color};")
        self.line.setText(line)
        self.setAccessibleDescription(f"{figure} {line}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.clicked.emit()

    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):  # type: ignore[attr-defined]
            self.clicked.emit()
        else:
            super().keyPressEvent(event)  # type: ignore[arg-type]


class Bars(QWidget):
    """应配 (pale) and 实配 (green where met, amber where short) of each unit."""

    chosen = Signal(int)
    HEIGHT = 28

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Staffing] = ()
        self.setObjectName("bars")
        self.setAccessibleName("各单位应配与实配")
        self.setToolTip("点一个单位，看它的人员")

    def show_lines(self, lines: Sequence[Staffing]) -> None:
        """Paint these units."""
        self._lines = lines
        self.setMinimumHeight(self.HEIGHT * len(lines) + 8)
        self.setAccessibleDescription("；".join(f"{line.unit.name} {_words(line)}" for line in lines))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, self.HEIGHT * len(self._lines) + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(self.font())
        names = max((metrics.horizontalAdvance(line.unit.name) for line in self._lines), default=0) + 12
        words = max((metrics.horizontalAdvance(_words(line)) for line in self._lines), default=0) + 12
        most = max((max(line.need or 0, int(line.measured)) for line in self._lines), default=1) or 1
        room = max(self.width() - names - words, 40)
        for at, line in enumerate(self._lines):
            top = at * self.HEIGHT + 4
            painter.setPen(QColor("#1f2933"))
            painter.drawText(
                QRect(0, top, names - 8, self.HEIGHT - 6), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), line.unit.name
            )
            need, have = room * (line.need or 0) // most, int(room * line.measured / most)
            painter.fillRect(QRect(names, top + 2, need, self.HEIGHT - 10), QColor(EMPTY))
            color = "#8a97a6" if line.met is None else GREEN if line.met else AMBER
            painter.fillRect(QRect(names, top + 2, have, self.HEIGHT - 10), QColor(color))
            if need and have > need:
                painter.fillRect(QRect(names + need, top + 2, 2, self.HEIGHT - 10), QColor("#ffffff"))
            painter.drawText(
                QRect(names + max(need, have) + 8, top, words, self.HEIGHT - 6), int(Qt.AlignmentFlag.AlignVCenter), _words(line)
            )
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = int(event.position().y() - 4) // self.HEIGHT
        if 0 <= at < len(self._lines):
            self.chosen.emit(self._lines[at].unit.id)


def _words(line: Staffing) -> str:
    """实配 / 应配 and what is short or over, as said beside the bar."""
    if line.unit.exempt:
        return f"{number(line.measured)}　免予配备"
    if line.need is None:
        return f"{number(line.measured)} / —　数据不足"
    said = f"{number(line.measured)} / {line.need}"
    return said + (f"　缺 {number(line.shortfall)}" if line.shortfall else f"　高于最低 {number(line.surplus)}" if line.surplus else "")
