"""晋升 (二（四）): who stands on which grade, who may be promoted and why (years, certificate, appraisal), who has not moved for long, who is not placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from db.lists import Row
from db.lists import scales as lists
from db.lists.columns import computed, field_of
from db.lists.management import named_kind
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.screens.chips import Chips
from desktop.screens.guided import Guided, Told
from office.management import promote, put_on_grade
from office.pay_scales import place
from policy.facts import Engagement, Facts
from policy.figures import yuan
from policy.grade_facts import CHANGE_REASONS, FIRST_PLACING, Grade
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import YESNO
from policy.kinds.text import TEXT
from policy.pay import annual_standard, pay_population, standard_on
from policy.placing import last_assignment
from policy.promotion import Candidate, candidates, not_moved, standing

ALL, MAY, NOT_YET, TOP, UNPLACED, STILL = "全部", "符合条件", "还差条件", "已在最高层级", "没有定级", "久未调整"
PARTS: Final = (ALL, MAY, NOT_YET, TOP, UNPLACED, STILL)
ONE: Final = replace(MONEY, sums=False)
COLUMNS: Final = (
    computed("name", "姓名", TEXT, 7),
    computed("unit", "派驻单位", TEXT, 9),
    computed("grade", "现层级", TEXT, 6),
    computed("since", "执行日期", DATE, 8),
    computed("next", "下一层级", TEXT, 6),
    computed("said", "结论", TEXT, 8),
    computed("why", "晋升条件（√ 符合　× 还差）", TEXT, 18),
    computed("annual", "现年工资标准", ONE, 8),
    computed("proposed", "晋升后年标准", ONE, 8, "下一层级的 12×各项月标准＋年终标准（元）"),
    computed("more", "年增加", MONEY, 7),
)
REASONS: Final = choice("变动类型", tuple(word for word in CHANGE_REASONS if word != FIRST_PLACING))


@dataclass(frozen=True)
class Line:
    """One person of 表3: the grade they stand on (None: not placed), and the candidate for the next one (None: none above, or not placed)."""

    engagement: Engagement
    grade: Grade | None
    since: date | None
    candidate: Candidate | None
    still: bool

    @property
    def parts(self) -> tuple[str, ...]:
        """The chips the line belongs to."""
        if self.grade is None:
            where = UNPLACED
        elif self.candidate is None:
            where = TOP
        else:
            where = MAY if self.candidate.may else NOT_YET
        return (ALL, where, STILL) if self.still else (ALL, where)


class PromotionsPage(Page):
    """The proposal list for 晋升, worked out from the newest check; several rows may be selected and promoted in one act."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._lines: dict[int, Line] = {}
        self.grid = Grid(COLUMNS, lambda _edits, _name: None, desk.today)
        self.chips = Chips(PARTS)
        self.chips.chosen.connect(lambda _word: self.refresh())
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("purpose")
        self.note = QLabel(wordWrap=True)
        self.note.setObjectName("note")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for part in (self.said, self.chips):
            box.addWidget(part)
        box.addWidget(self.grid, 1)
        box.addWidget(self.note)
        self.setFocusProxy(self.grid)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.promoting = self._action("晋升…", self._promote, "right", "选中的人员（按住 Ctrl 可多选）晋升一级，层级和工资标准同一天执行")
        self.placing = self._action("首次定级…", self._place, "plus", "选中的没有定级的人员，一次定到同一层级；工资标准不变")
        self.moving = self._action("变动层级…", self._move, "edit", "取得证书、考核降级等，把一个人变动到任一层级")
        self.opening = self._action("打开人员", self._open, "people", "到这个人的记录")
        self.toolbar.addAction(qaction(Action("工资层级", lambda: self.visit.emit("工资层级"), "settings", tip="看方案的层级、标准和晋升条件"), self))
        self.grid.view.row_changed.connect(lambda _row: self._stand())
        self.grid.view.statistics_changed.connect(self._selected)
        self.grid.view.doubleClicked.connect(lambda _index: self._open())
        self.follow(desk.checked)

    def _action(self, words: str, run: Any, icon: str, tip: str) -> Any:
        made = qaction(Action(words, run, icon, tip=tip), self)
        made.setEnabled(False)
        self.toolbar.addAction(made)
        self.grid.view.addAction(made)
        return made

    def listed(self) -> Grid:
        return self.grid

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, 0)
        self.grid.view.setFocus()

    # Showing

    def refresh(self) -> None:
        """Work the list out from the newest check."""
        check = self.desk.check
        if check is None or self.desk.checking:
            self.grid.view.nothing = "正在计算……"
            return
        facts = check.facts
        scale = facts.management.scale()
        lines = _listed(facts)
        self._lines = {line.engagement.person.id: line for line in lines}
        self.chips.say({word: sum(word in line.parts for line in lines) for word in PARTS})
        self.grid.view.nothing = f"没有“{self.chips.now}”的人员。" if lines else "没有列入工资待遇情况表（表3）的在岗人员。请先在“人员”里登记。"
        units = {unit.id: unit.name for unit in facts.units}
        self.grid.set_rows([_row(line, units, facts) for line in lines if self.chips.now in line.parts])
        if scale is None:
            self.said.setText("还没有现行的工资层级方案。请先在“工资层级”里新建方案，再给人员首次定级。")
        else:
            self.said.setText(
                f"按现行方案“{scale.name}”逐人核对晋升条件。“{STILL}”指在岗满 {facts.parameters.limits.raise_months} 个月（可在“设置”里改）工资标准和层级都没有变动。"
            )
        may = [line.candidate for line in lines if line.candidate and line.candidate.may]
        self.status.emit(f"{len(lines)} 人，符合晋升条件 {len(may)} 人")
        self._stand()

    def _chosen(self) -> list[Line]:
        """The lines selected, in the order listed."""
        places = dict.fromkeys(place for place, _ in self.grid.view.chosen_cells())
        return [self._lines[self.grid.model.row_at(place).keys["person"][0]] for place in places]

    def _selected(self, found: Any) -> None:
        self.statistics.emit(found.words())
        self._stand()

    def _stand(self) -> None:
        chosen = [] if self.desk.checking else self._chosen()
        scale = self.desk.check.facts.management.scale() if self.desk.check else None
        self.promoting.setEnabled(bool(chosen) and all(line.candidate for line in chosen))
        self.placing.setEnabled(bool(chosen) and scale is not None and all(line.grade is None for line in chosen))
        self.moving.setEnabled(len(chosen) == 1 and chosen[0].grade is not None)
        self.opening.setEnabled(bool(chosen))
        row = self.grid.view.current_row()
        line = self._lines.get(row.keys["person"][0]) if row else None
        self.note.setText(_explained(line) if line else "")

    # Doing

    def _promote(self) -> None:
        chosen = [line.candidate for line in self._chosen() if line.candidate]
        lacking = [one for one in chosen if not one.may]
        more = sum((one.proposed or 0) - (one.annual or 0) for one in chosen if one.proposed is not None and one.annual is not None)
        names = "、".join(one.engagement.person.name for one in chosen[:8]) + (f"等 {len(chosen)} 人" if len(chosen) > 8 else "")
        told = Told(
            (f"{names}：每人升一级，年工资标准合计增加 {yuan(more)} 元。",),
            tuple(f"{one.engagement.person.name}还差：{'；'.join(c.words for c in one.conditions if not c.met)}" for one in lacking[:5]),
        )
        Guided(
            f"晋升（{len(chosen)} 人）", "从哪一天起执行？层级和工资标准同一天变动，以前的报表不受影响。", self._dated(), lambda _said: told,
            lambda said: self.desk.act(promote, chosen, said["since"], said["document"]), self.desk.today, self, confirm="晋升",
        ).exec()  # fmt: skip

    def _place(self) -> None:
        chosen = self._chosen()
        fields = {"grade": Field("定为哪一级", self._grades(), required=True)} | self._dated()
        names = "、".join(line.engagement.person.name for line in chosen[:8]) + (f"等 {len(chosen)} 人" if len(chosen) > 8 else "")
        self._ask(
            f"首次定级（{len(chosen)} 人）", f"{names}定为哪一级，从哪一天起？只登记层级，工资标准不变。", fields,
            lambda said: self.desk.act(place, [line.engagement.person.id for line in chosen], said["grade"], said["since"], said["document"]),
        )  # fmt: skip

    def _move(self) -> None:
        (line,) = self._chosen()
        fields = {"grade": Field("变动到", self._grades(), required=True), "reason": Field("变动类型", REASONS, required=True)} | self._dated()
        fields["raise_pay"] = Field("同时按层级调整工资标准", YESNO, required=True)
        self._ask(
            "变动层级", f"“{line.engagement.person.name}”现在是{line.grade.name if line.grade else ''}，从哪一天起变动到哪一级？", fields,
            lambda said: self.desk.act(
                put_on_grade, line.engagement.person.id, said["grade"], said["since"], said["reason"], said["document"], raise_pay=said["raise_pay"]
            ),
            {"raise_pay": True},
        )  # fmt: skip

    def _ask(self, title: str, explanation: str, fields: dict[str, Field], act: Any, start: dict[str, Any] | None = None) -> None:
        Ask(title, explanation, fields, act, self.desk.today, self, start).exec()

    def _grades(self) -> Any:
        return named_kind("工资层级", self.desk.read(lists.grade_names, self.desk.as_of), "工资层级")

    def _dated(self) -> dict[str, Field]:
        return {"since": Field("执行日期", DATE, required=True), "document": field_of("grade_change", "document")}

    def _open(self) -> None:
        if row := self.grid.view.current_row():
            self.open_record.emit("person", row.keys["person"][0])


def promotions_screen(desk: Desk) -> PromotionsPage:
    """The screen over the desk's book."""
    return PromotionsPage(desk)


def _listed(facts: Facts) -> Sequence[Line]:
    """Everybody of 表3: who may be promoted first, then in the order of the units."""
    at, above, still = standing(facts), {one.engagement.id: one for one in candidates(facts)}, {e.id for e in not_moved(facts)}
    place = {unit.id: at for at, unit in enumerate(facts.units)}
    lines = []
    for e in pay_population(facts, facts.period.as_of):
        grade, change = at.get(e.person.id, (None, None))
        lines.append(Line(e, grade, change.since if change else None, above.get(e.id), e.id in still))

    def order(line: Line) -> tuple[bool, int, int]:
        posted = last_assignment(line.engagement, facts.period.as_of)
        return not (line.candidate and line.candidate.may), place.get(posted.unit, len(place)) if posted else len(place), line.engagement.id

    return sorted(lines, key=order)


def _explained(line: Line) -> str:
    """Why somebody may be promoted or not, in one sentence."""
    name = line.engagement.person.name
    if line.grade is None:
        return f"{name}：没有定级。用“首次定级”登记从哪一天起在哪一级。"
    if line.candidate is None:
        return f"{name}：{line.grade.name}，已是最高层级。"
    said = "；".join(f"{'√' if c.met else '×'} {c.words}" for c in line.candidate.conditions) or "方案没有写明条件"
    return f"{name}：{line.grade.name} → {line.candidate.next.name}　{said}"


def _row(line: Line, units: dict[int, str], facts: Facts) -> Row:
    e, one = line.engagement, line.candidate
    posted = last_assignment(e, facts.period.as_of)
    why = "　".join(f"{'√' if c.met else '×'} {c.words}" for c in one.conditions) if one else ""
    annual = annual_standard(standard_on(e, facts.period.as_of))
    more = one.proposed - annual if one and one.proposed is not None and annual is not None else None
    values = (
        e.person.name, units.get(posted.unit, "") if posted else "", line.grade.name if line.grade else None, line.since, one.next.name if one else None,
        line.parts[1], why, annual, one.proposed if one else None, more,
    )  # fmt: skip
    marks = {"since": f"在岗满 {facts.parameters.limits.raise_months} 个月，工资标准和层级都没有变动"} if line.still else {}
    return Row({"person": (e.person.id,), "engagement": (e.id,)}, values, marks)
