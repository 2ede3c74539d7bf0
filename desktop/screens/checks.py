"""核查: what the rules found as of the date, by level, with the arithmetic, the article, and the way to the record."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QSplitter, QStackedWidget, QTextBrowser, QVBoxLayout, QWidget

from db.lists import Row
from db.lists.columns import computed
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.screens.differences import opens_with_enter
from policy.finding import HARD, HINT, LEVEL_WORDS, RISK, SOFT, Finding
from policy.kinds.text import TEXT
from policy.rules import RULES

COLUMNS = (
    computed("level", "级别", TEXT, 8),
    computed("rule", "规则", TEXT, 4),
    computed("title", "问题", TEXT, 13),
    computed("unit", "单位", TEXT, 9),
    computed("person", "人员", TEXT, 7),
    computed("arithmetic", "数值 → 要求", TEXT, 34),
    computed("article", "依据", TEXT, 6),
    replace(computed("kind", "类别", TEXT, 9), hidden=True),
)
LEVELS = (HARD, SOFT, HINT)


class ChecksPage(Page):
    """The list of findings. A double click or Enter goes to the record, or to the screen where it is mended."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._level = ""
        self._findings: tuple[Finding, ...] = ()
        self.grid = Grid(COLUMNS, _no_edits, desk.today)
        self.grid.view.nothing = "正在核查……"
        self.detail = QTextBrowser()
        self.detail.setOpenLinks(False)
        self._levels = QButtonGroup(self)
        self._all_clear = QLabel()
        self._all_clear.setObjectName("emptyTitle")
        self._all_clear.setAlignment(Qt.AlignmentFlag.AlignCenter)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.grid)
        split.addWidget(self.detail)
        split.setSizes([420, 170])
        split.setCollapsible(0, False)
        self._stack = QStackedWidget()
        self._stack.addWidget(split)
        self._stack.addWidget(self._all_clear)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self._chips())
        box.addWidget(self._stack, 1)
        self.setFocusProxy(self.grid)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.addAction(qaction(Action("全部重新核查", desk.moved, "check", "F9", "按截至日期把全部规则再核查一遍"), self))
        go = qaction(Action("打开记录", self._open, "search", tip="到这条问题所说的记录，或者到办理它的页面（双击也可以）"), self)
        self.toolbar.addAction(go)
        self.grid.view.row_changed.connect(self._explain)
        opens_with_enter(self.grid, self._open)
        self.follow(desk.checked)

    def _chips(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for at, level in enumerate(("", *LEVELS)):
            button = QPushButton()
            button.setCheckable(True)
            button.setChecked(level == "")
            button.setProperty("chip", True)
            button.clicked.connect(lambda _checked=False, level=level: self.choose(level))
            self._levels.addButton(button, at)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def listed(self) -> Grid:
        return self.grid

    def refresh(self) -> None:
        """Show the newest check."""
        check = self.desk.check
        if check is None or self.desk.checking:
            self.status.emit("正在核查……")
            return
        self._findings = check.findings
        self.grid.view.nothing = "这一级别没有问题。"
        count = Counter(finding.severity for finding in self._findings)
        for at, level in enumerate(("", *LEVELS)):
            words = f"{LEVEL_WORDS[level]} {count[level]}" if level else f"全部 {len(self._findings)}"
            self._levels.button(at).setText(words)
        shown = [finding for finding in self._findings if not self._level or finding.severity == self._level]
        self.grid.set_rows([_row(number, finding) for number, finding in enumerate(self._findings) if finding in shown])
        people = len({engagement.person.id for engagement in check.facts.engagements})
        said = f"截至 {check.facts.period.as_of}，核查 {len(RULES)} 条规则、{len(check.facts.units)} 个单位、{people} 人"
        self._all_clear.setText(f"全部通过。\n{said}。")
        self._stack.setCurrentIndex(0 if self._findings else 1)
        self.status.emit(f"{said}：{len(self._findings)} 条结果")
        if shown and self.grid.view.current_row() is None:
            self.grid.view.go(0, 0)

    def choose(self, level: str) -> None:
        """Show the findings of one level (hard, soft, hint), or all ("")."""
        self._level = level
        self._levels.button(("", *LEVELS).index(level)).setChecked(True)
        self.refresh()

    def _current(self) -> Finding | None:
        row = self.grid.view.current_row()
        return self._findings[row.keys["finding"][0]] if row and row.keys["finding"][0] < len(self._findings) else None

    def _explain(self, _row: object) -> None:
        finding = self._current()
        if finding is None:
            self.detail.clear()
            return
        rule = next(rule for rule in RULES if rule.id == finding.rule)
        lines = [
            f"<b>{_escape(finding.title)}</b>　{_escape('　'.join(part for part in (finding.unit, finding.person) if part))}　<b>{_escape(finding.verdict)}</b>",
            f"算法：{_escape(finding.arithmetic)}",
            f"依据：{_escape(finding.article)}　“{_escape(finding.quote)}”" if finding.quote else f"依据：{_escape(finding.article)}",
            _escape(rule.help.strip()).replace("\n", "<br>"),
        ]
        self.detail.setHtml("".join(f"<p style='margin:4px 2px'>{line}</p>" for line in lines))

    def _open(self) -> None:
        finding = self._current()
        if finding and finding.record:
            self.open_record.emit(*finding.record)
        elif finding and finding.place:
            self.visit.emit(finding.place)


def _row(number: int, finding: Finding) -> Row:
    kind = "用工与采购风险提示" if finding.kind == RISK else "报表审核"
    values = (
        finding.level,
        finding.rule,
        finding.title,
        finding.unit,
        finding.person,
        finding.arithmetic,
        finding.article,
        kind,
    )
    marks = {"level": "强制性：必须改正"} if finding.severity == HARD else {}
    return Row({"finding": (number,)}, values, marks)


def _no_edits(_edits: list[Any], _name: str) -> None:
    """Findings are mended in the records, not here."""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
