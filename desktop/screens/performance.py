"""绩效工资 (四（三）): what pay would be by the year's appraisals, line by line, before anything is changed; confirmed lines become 调薪 in one act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from db.lists import Column, Edit, Row
from db.lists.columns import computed
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.screens.guided import Guided, Told
from desktop.screens.year_steps import year_steps
from office.performance import adjust
from policy.facts import Facts
from policy.figures import percent, yuan
from policy.grade_facts import PayScale
from policy.kinds import Field, Unreadable
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import SHARE, YESNO
from policy.kinds.score import SCORE
from policy.kinds.text import TEXT
from policy.performance import Proposal, actual_share, below_floor, proposals
from policy.period import add_months
from policy.placing import last_assignment

PAGE: Final = "proposal"
"""What the typed cells belong to: nothing of them is kept until they are confirmed."""
ONE: Final = replace(MONEY, sums=False)
COLUMNS: Final = (
    computed("name", "姓名", TEXT, 7),
    computed("unit", "派驻单位", TEXT, 9),
    computed("grade", "考核等次", TEXT, 6),
    computed("score", "得分", SCORE, 4),
    computed("factor", "绩效系数", SHARE, 6, "工资层级方案里这个等次、得分对应的系数"),
    computed("base", "绩效基数", ONE, 7, "有层级的，取层级的绩效工资；没有的，取现行月绩效标准（元/月）"),
    computed("now", "现月绩效", MONEY, 7),
    Column("proposed", Field("拟定月绩效", MONEY, hint="按基数×系数算好，可以改（元/月）"), PAGE, "proposed", 7),
    Column("taken", Field("采用", YESNO, hint="是＝登记调薪时执行这一行"), PAGE, "taken", 4),
    computed("more", "月增减", MONEY, 6),
    computed("annual", "现年工资标准", ONE, 8),
    computed("after", "调整后年标准", ONE, 8),
    computed("why", "说明", TEXT, 14),
)
SAID: Final = "按年度考核的等次、得分和方案里的绩效系数，逐人拟定月绩效标准。先核对、修改，再用“登记调薪”一次执行；没有登记以前，任何人的工资都没有变。"


class PerformancePage(Page):
    """The proposal list of a year's results. What the clerk types here is the page's own until it is confirmed, and forgotten with the year."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.year = desk.as_of.year - 1
        self._amounts: dict[int, int] = {}
        self._taken: dict[int, bool] = {}
        self._listed: tuple[Proposal, ...] = ()
        self.grid = Grid(COLUMNS, self._commit, desk.today)
        said = QLabel(SAID, wordWrap=True)
        said.setObjectName("purpose")
        self.scale = QLabel(wordWrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for label in (said, self.scale):
            box.addWidget(label)
        box.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)
        self.shown_year = year_steps(self, self.go)
        self.confirming = qaction(Action("登记调薪…", self._confirm, "money", "Ctrl+Return", "把采用的各行一次登记为工资标准（调薪），可以一次撤销"), self)
        self.again = qaction(Action("恢复测算数", self._forget, "refresh", tip="放弃在这里改过的数，回到按系数测算的结果"), self)
        for action in (self.confirming, self.again):
            self.toolbar.addAction(action)
            self.grid.view.addAction(action)
        for words, where, icon in (("年度考核", "年度考核", "check"), ("绩效系数", "工资层级", "settings")):
            self.toolbar.addAction(qaction(Action(words, lambda where=where: self.visit.emit(where), icon), self))  # type: ignore[misc]
        self.grid.view.statistics_changed.connect(lambda found: self.statistics.emit(found.words()))
        self.grid.view.doubleClicked.connect(lambda index: None if COLUMNS[index.column()].editable else self._open())
        self.follow(desk.checked)

    def listed(self) -> Grid:
        return self.grid

    def span(self) -> str:
        return f"按{self.year}年度考核结果"

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, next(at for at, column in enumerate(COLUMNS) if column.editable))
        self.grid.view.setFocus()

    def go(self, by: int) -> None:
        """Show the results of the year before (−1) or after (1); what was typed for this one is let go."""
        self.year += by
        self._forget()

    def _forget(self) -> None:
        self._amounts, self._taken = {}, {}
        self.refresh()

    # Showing

    def refresh(self) -> None:
        """Work the list out again from the newest check, with what the clerk typed over it."""
        self.shown_year.setText(f"按 {self.year} 年度考核")
        check = self.desk.check
        if check is None or self.desk.checking:
            self.grid.view.nothing = "正在计算……"
            return
        facts = check.facts
        self._listed = proposals(facts, self.year)
        self.grid.view.nothing = "没有列入工资待遇情况表（表3）的在岗人员。请先在“人员”里登记。"
        units = {unit.id: unit.name for unit in facts.units}
        self.grid.set_rows([self._row(one, units, facts) for one in self._listed])
        self.scale.setText(_scale_said(facts.management.scale(), actual_share(facts)))
        chosen = self._chosen()
        more = sum(amount - _now(one) for one, amount in chosen)
        self.confirming.setEnabled(bool(chosen))
        self.status.emit(f"{len(self._listed)} 人，采用 {len(chosen)} 人，每月合计增减 {yuan(more)} 元")

    def _row(self, one: Proposal, units: dict[int, str], facts: Facts) -> Row:
        e, result = one.engagement, one.appraisal
        posted, amount, taken = last_assignment(e, facts.period.as_of), self._amount(one), self._is_taken(one)
        short = below_floor(one, amount, facts) if amount is not None else None
        more = amount - _now(one) if amount is not None and one.standard else None
        values = (
            e.person.name, units.get(posted.unit, "") if posted else "", result.grade if result else None, result.score if result else None, one.factor,
            one.base, one.standard.performance if one.standard else None, amount, taken, more, one.annual, one.annual_with(amount),
            one.why or self._since(one),
        )  # fmt: skip
        marks = {"after": f"调整后比最低标准少 {yuan(short)} 元"} if short else {}
        return Row({"person": (e.person.id,), "engagement": (e.id,)}, values, marks)

    def _amount(self, one: Proposal) -> int | None:
        return self._amounts.get(one.engagement.id, one.proposed)

    def _is_taken(self, one: Proposal) -> bool | None:
        amount = self._amount(one)
        if amount is None or one.standard is None or one.standard.monthly_fixed is None:
            return None
        return self._taken.get(one.engagement.id, amount != _now(one) and not self._since(one))

    def _since(self, one: Proposal) -> str:
        """Where the standard in force began after the year's end, in words: it was probably changed by these results already."""
        return f"{one.standard.since} 已调整过，请核对" if one.standard and one.standard.since.year > self.year and one.changes else ""

    def _chosen(self) -> list[tuple[Proposal, int]]:
        return [(one, amount) for one in self._listed if self._is_taken(one) and (amount := self._amount(one)) is not None and amount != _now(one)]

    # Doing

    def _commit(self, edits: list[Edit], _name: str) -> None:
        """Take what was typed into the page's own memory; nothing of the book moves."""
        known = {one.engagement.id: one for one in self._listed}
        for edit in edits:
            one = known[edit.row.keys["engagement"][0]]
            if one.standard is None or one.standard.monthly_fixed is None:
                raise Unreadable(f"{one.engagement.person.name}的工资标准没有分出月固定工资，不能只调绩效。请先在“人员”里用“调薪”登记各分项。")
            if edit.column.column == "taken":
                self._taken[one.engagement.id] = bool(edit.value)
            elif edit.value is None:
                self._amounts.pop(one.engagement.id, None)
            else:
                self._amounts[one.engagement.id] = edit.value
        self.refresh()

    def _confirm(self) -> None:
        chosen = self._chosen()
        if not chosen or self.desk.check is None:
            return
        facts = self.desk.check.facts
        low = [one.engagement.person.name for one, amount in chosen if below_floor(one, amount, facts)]
        more = sum(amount - _now(one) for one, amount in chosen)
        told = Told(
            (f"{len(chosen)} 人，每月合计增减 {yuan(more)} 元，全年 {yuan(12 * more)} 元。各人的月固定工资、年终标准不变。",),
            (f"{'、'.join(low[:8])}{'等' if len(low) > 8 else ''} {len(low)} 人调整后低于工资最低标准，请先核对（二（四））。",) if low else (),
        )
        amounts = {one.engagement.id: amount for one, amount in chosen}

        def act(said: dict[str, Any]) -> None:
            self.desk.act(adjust, amounts, said["since"])
            self._amounts, self._taken = {}, {}

        Guided(
            f"登记调薪（{len(chosen)} 人）", f"按 {self.year} 年度考核结果拟定的月绩效标准，从哪一天起执行？", {"since": Field("执行日期", DATE, required=True)},
            lambda _said: told, act, self.desk.today, self, {"since": _next_month(self.desk.as_of)}, "登记调薪",
        ).exec()  # fmt: skip

    def _open(self) -> None:
        if row := self.grid.view.current_row():
            self.open_record.emit("person", row.keys["person"][0])


def performance_screen(desk: Desk) -> PerformancePage:
    """The screen over the desk's book."""
    return PerformancePage(desk)


def _now(one: Proposal) -> int:
    return (one.standard.performance or 0) if one.standard else 0


def _next_month(day: date) -> date:
    return add_months(day.replace(day=1), 1)


def _scale_said(scale: PayScale | None, share: int | None) -> str:
    if scale is None:
        return "还没有工资层级方案，绩效系数算不出来。请先在“工资层级”里新建方案，填写绩效占比、考核办法和绩效系数。"
    said = f"现行方案：{scale.name}（{scale.document or '没有文号'}，{scale.since} 起）。"
    said += f"方案绩效占比 {percent(scale.performance_share)}" if scale.performance_share is not None else "方案没有写明绩效占比"
    said += f"，现在工资标准中绩效实际占 {percent(share)}。" if share is not None else "。"
    return said + (f"办法：{scale.performance_rule}" if scale.performance_rule else "")
