"""年度考核: the sheet of a year, everybody who must have a result in a row, grade and score typed or pasted in place; who has none and why, how
many are 优秀, and what it costs not to renew somebody who is 不称职."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from db.lists import Column, Edit, Row
from db.lists.columns import computed, field_of
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.grid.block import Refusal
from desktop.grid.clipboard import from_tsv
from desktop.grid.model import GridModel
from desktop.page import Action, Page, qaction
from desktop.screens.chips import Chips
from desktop.screens.labour_acts import NOT_RENEWED
from desktop.screens.labour_acts import Acts as LabourActs
from desktop.screens.year_steps import year_steps
from office.appraisals import NotRenewing, not_renewing, results_of, set_results
from policy.appraising import due_day, served_months, to_appraise
from policy.facts import FULL, Engagement, Facts
from policy.figures import percent
from policy.kinds import Unreadable
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import ORDINAL
from policy.kinds.text import TEXT
from policy.labour_facts import BEST, GRADES, INCOMPETENT, LABOUR_TYPES, UNGRADED
from policy.names import fold
from policy.placing import identity, last_assignment
from policy.under_contract import employed, type_of

WANTED, MISSING, OTHERS = "应考核", "没有结果", "不用考核"
PARTS: Final = (WANTED, MISSING, *GRADES, OTHERS)
NO_REASON: Final = "未考核，没有写明原因"


def _typed(name: str, width: int) -> Column:
    return Column(f"appraisal.{name}", replace(field_of("appraisal", name), required=False), "appraisal", name, width)


COLUMNS: Final = (
    computed("name", "姓名", TEXT, 7),
    computed("unit", "派驻单位", TEXT, 9),
    computed("months", "在岗（月）", ORDINAL, 6, "这一年度内在岗的整月数"),
    _typed("grade", 6),
    _typed("score", 6),
    _typed("reason", 14),
    computed("before", "上年度等次", TEXT, 7),
    computed("end", "合同终止日期", DATE, 8, "不称职的：现在这份劳动合同的终止日期"),
    computed("severance", "不续签补偿", replace(MONEY, sums=False), 7, "不称职的：合同到期不再续聘应付的经济补偿（元），按截至日期的工资估算"),
    computed("state", "情况", TEXT, 10),
)
SAID: Final = (
    "逐行填写考核等次、得分、说明，也可以从 Excel 复制后粘贴；次序不同的，连姓名一起复制（姓名、等次、得分、说明），用“按姓名粘贴”。"
    "确实没有考核的，等次选“未考核”并写明原因。"
)

NOTHING_TO_PASTE: Final = "剪贴板里没有可以填入的内容。请在 Excel 里连姓名一起复制：姓名、考核等次、考核得分、考核说明，再点“按姓名粘贴”。"


@dataclass(frozen=True)
class Line:
    """One person of the year's sheet; `why` says why no result is asked for ("" = one is)."""

    engagement: Engagement
    months: int
    why: str


class AppraisalsPage(Page):
    """A year's sheet; Alt+PgUp and Alt+PgDn go a year back and on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.year = desk.as_of.year - 1
        self._shown: set[int] | None = None
        """Who is shown under the chosen chip: they stay while results are typed, although they may belong to another by then."""
        self._costs: dict[int, NotRenewing] = {}
        self.grid = Grid(COLUMNS, self._commit, desk.today)
        self.chips = Chips(PARTS)
        self.chips.chosen.connect(lambda _word: self._choose())
        said = QLabel(SAID, wordWrap=True)
        said.setObjectName("purpose")
        self.share, self.note = QLabel(wordWrap=True), QLabel(wordWrap=True)
        self.note.setObjectName("caution")
        self.note.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        for part in (said, self.chips, self.share):
            box.addWidget(part)
        box.addWidget(self.grid, 1)
        box.addWidget(self.note)
        self.setFocusProxy(self.grid)
        self.shown_year = year_steps(self, self.go)
        self.pasting = qaction(Action("按姓名粘贴", self._paste_by_name, "clipboard", tip="把 Excel 里复制的“姓名、等次、得分、说明”按姓名对应填入，次序可以不同"), self)
        self.toolbar.addAction(self.pasting)
        self.grid.view.addAction(self.pasting)
        self.ending = self._action("期满不续…", self._end, "right", "不称职的人员劳动合同到期不再续聘：算经济补偿，登记离职")
        self.opening = self._action("打开人员", self._open, "people", "到这个人的记录，看历年考核、劳动合同")
        self.toolbar.addAction(qaction(Action("绩效工资", lambda: self.visit.emit("绩效工资"), "money", tip="按考核结果拟定绩效工资的调整"), self))
        self.grid.view.row_changed.connect(self._stand_on)
        self.grid.view.statistics_changed.connect(lambda found: self.statistics.emit(found.words()))
        self.follow(desk.checked)

    def _action(self, words: str, run: Any, icon: str, tip: str) -> Any:
        made = qaction(Action(words, run, icon, tip=tip), self)
        made.setEnabled(False)
        self.toolbar.addAction(made)
        self.grid.view.addAction(made)
        return made

    def records(self) -> Mapping[Grid, str]:
        return {self.grid: "appraisal"}

    def listed(self) -> Grid:
        return self.grid

    def span(self) -> str:
        return f"{self.year}年度"

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, next(at for at, column in enumerate(COLUMNS) if column.editable))
        self.grid.view.setFocus()

    def go(self, by: int) -> None:
        """Show the year before (−1) or after (1)."""
        self.year += by
        self._choose()

    def _choose(self) -> None:
        self._shown = None
        self.refresh()
        self.set_out()

    # Showing

    def refresh(self) -> None:
        """Read the year's results again; who must have one is known from the newest check."""
        self.shown_year.setText(f"{self.year} 年度")
        if self.desk.check is None:
            self.grid.view.nothing = "正在读取……"
            return
        facts = self.desk.check.facts
        known, before = self.desk.read(results_of, self.year), self.desk.read(results_of, self.year - 1)
        lines = _lines(facts, self.year, known)
        self._costs = {
            line.engagement.id: self.desk.read(not_renewing, line.engagement.id, self.desk.as_of)
            for line in lines
            if not line.why and known.get(line.engagement.person.id, {}).get("grade") == INCOMPETENT
        }
        parts = {line.engagement.person.id: _part(line, known.get(line.engagement.person.id)) for line in lines}
        if self._shown is None:
            self._shown = {person for person, belongs in parts.items() if self.chips.now in belongs}
        self.chips.say({word: sum(word in belongs for belongs in parts.values()) for word in PARTS})
        names = {unit.id: unit.name for unit in facts.units}
        late = self.desk.as_of > due_day(facts, self.year)
        self.grid.view.nothing = self._nothing(bool(lines))
        self.grid.set_rows(
            [
                _row(line, known.get(line.engagement.person.id), before.get(line.engagement.person.id), names, facts, self._costs, late)
                for line in lines
                if line.engagement.person.id in self._shown
            ]
        )
        self._say(facts, lines, known)
        self._stand_on(self.grid.view.current_row())

    def _nothing(self, anybody: bool) -> str:
        if anybody:
            return f"{self.year} 年度没有“{self.chips.now}”的人员。"
        return "还没有签订劳动合同的在岗人员。请先在“人员”里登记，或导入花名册。"

    def _say(self, facts: Facts, lines: Iterable[Line], known: dict[int, dict[str, Any]]) -> None:
        wanted = [line for line in lines if not line.why]
        said = [known.get(line.engagement.person.id) for line in wanted]
        graded = [one for one in known.values() if one["grade"] != UNGRADED]
        best, limit = sum(one["grade"] == BEST for one in graded), facts.parameters.limits.excellent_share
        left = sum(_state(one) != "" for one in said)
        words = f"应考核 {len(wanted)} 人（在岗满 {facts.parameters.limits.appraisal_months} 个月），已有结果 {len(wanted) - left} 人，没有结果 {left} 人。"
        if graded:
            over = best * FULL > len(graded) * limit
            share = (2 * best * FULL + len(graded)) // (2 * len(graded))
            words += f"优秀 {best} 人 ÷ 有等次 {len(graded)} 人＝{percent(share)}，{'超过' if over else '没有超过'}{percent(limit)}（参考，可在“设置”里改）。"
        self.share.setText(words)
        self.status.emit(f"{self.year} 年度：应考核 {len(wanted)} 人，没有结果 {left} 人，{due_day(facts, self.year)} 前登记")

    def _stand_on(self, row: Row | None) -> None:
        cost = self._costs.get(row.keys["engagement"][0]) if row else None
        self.opening.setEnabled(row is not None)
        self.ending.setEnabled(cost is not None and cost.contract is not None and cost.end is not None)
        self.note.setText(f"{row.values[0]} {self.year} 年度考核{INCOMPETENT}，到期后不再续聘（四（三））。{cost.words}" if row and cost else "")
        self.note.setVisible(cost is not None)

    # Doing

    def _commit(self, edits: list[Edit], name: str) -> None:
        cells: dict[int, dict[str, Any]] = {}
        for edit in edits:
            cells.setdefault(edit.row.keys["person"][0], {})[edit.column.column] = edit.value
        self.desk.act(set_results, self.year, cells, "" if name.startswith("修改") else name)

    def _paste_by_name(self) -> None:
        """Lay the clipboard's lines over the people they name; a line that cannot be placed or read is said, the others are taken."""
        edits, refused = by_name(self.grid.model, from_tsv(QGuiApplication.clipboard().text()))
        if edits and not self.grid.model.apply(edits, f"按姓名粘贴 {len(edits)} 个单元格"):
            return
        if refused or not edits:
            self.grid.view.refused.emit(refused or [Refusal(NOTHING_TO_PASTE)], len(edits))

    def _end(self) -> None:
        row = self.grid.view.current_row()
        cost = self._costs.get(row.keys["engagement"][0]) if row else None
        if row and cost and cost.contract is not None:
            LabourActs(self.desk, self).end(cost.contract, str(row.values[0]), reason=NOT_RENEWED, last_day=cost.end)

    def _open(self) -> None:
        if row := self.grid.view.current_row():
            self.open_record.emit("person", row.keys["person"][0])


def appraisals_screen(desk: Desk) -> AppraisalsPage:
    """The screen over the desk's book."""
    return AppraisalsPage(desk)


def by_name(model: GridModel, block: Sequence[Sequence[str]]) -> tuple[list[Edit], list[Refusal]]:
    """A copied block (姓名, then what the typed columns say, in their order) as edits of the rows shown; a blank cell changes nothing."""
    columns = [at for at, column in enumerate(model.columns) if column.editable]
    places: dict[str, list[int]] = {}
    for place in range(model.rowCount()):
        places.setdefault(fold(str(model.row_at(place).values[0])), []).append(place)
    edits, refused = [], []
    for number, line in enumerate(block, 1):
        name = line[0].strip()
        found = places.get(fold(name), [])
        if not name or fold(name) == fold(model.columns[0].field.label):
            continue
        if len(found) != 1:
            why = "不在列出的人员里，没有填入。请核对姓名，或换一个分类再粘贴。" if not found else "有几个同名的人，没有填入。请直接在表里填写。"
            refused.append(Refusal(f"第 {number} 行“{name}”{why}"))
            continue
        for at, text in zip(columns, line[1:], strict=False):
            try:
                edit = model.read(found[0], at, text) if text.strip() else None
            except Unreadable as error:
                refused.append(Refusal(f"第 {number} 行“{name}”：{error}", found[0], at))
            else:
                edits += [edit] if edit else []
    return edits, refused


def _lines(facts: Facts, year: int, known: dict[int, dict[str, Any]]) -> list[Line]:
    """Everybody with a labour contract in post on the as-of date, by unit; who has a result and left since stands at the end."""
    wanted = {e.id for e in to_appraise(facts, year)}
    served, least = served_months(facts, year), facts.parameters.limits.appraisal_months
    place = {unit.id: at for at, unit in enumerate(facts.units)}
    found: list[Line] = []
    seen: set[str | int] = set()
    here = [e for e in employed(facts) if type_of(e, facts) in LABOUR_TYPES]
    gone = [e for e in facts.engagements if e.person.id in known]
    for e in sorted(here, key=lambda e: (_at(e, facts, place), e.id)) + gone:
        if identity(e.person) in seen:
            continue
        seen.add(identity(e.person))
        months = served.get(identity(e.person), 0)
        why = "" if e.id in wanted else f"在岗不满 {least} 个月" if e in here else "截至日期不在岗"
        found.append(Line(e, months, why))
    return found


def _at(engagement: Engagement, facts: Facts, place: dict[int, int]) -> int:
    posted = last_assignment(engagement, facts.period.as_of)
    return place.get(posted.unit, len(place)) if posted else len(place)


def _state(result: dict[str, Any] | None) -> str:
    """Why somebody who must have a result has none; "" where there is one."""
    if result is None:
        return MISSING
    return NO_REASON if result["grade"] == UNGRADED and not result["reason"] else ""


def _part(line: Line, result: dict[str, Any] | None) -> set[str]:
    parts = {OTHERS} if line.why else {WANTED}
    if not line.why and _state(result):
        parts.add(MISSING)
    return parts | ({result["grade"]} if result else set())


def _row(
    line: Line, result: dict[str, Any] | None, before: dict[str, Any] | None, units: dict[int, str], facts: Facts, costs: dict[int, NotRenewing],
    late: bool,
) -> Row:  # fmt: skip
    e, said = line.engagement, result or {}
    posted, cost = last_assignment(e, facts.period.as_of), costs.get(e.id)
    lacking = "" if line.why else _state(result)
    state = line.why or lacking or ("到期不再续聘" if cost else "")
    marks = {}
    if lacking and late:
        marks["state"] = f"{lacking}，已过登记期限"
    if cost:
        marks["appraisal.grade"] = cost.words
    amount: int | None = cost.settlement.amount if cost and cost.settlement else None
    end: date | None = cost.end if cost else None
    return Row(
        {"person": (e.person.id,), "engagement": (e.id,)} | ({"appraisal": (said["id"],)} if said else {}),
        (
            e.person.name, units.get(posted.unit, "") if posted else "未安排派驻", line.months, said.get("grade"), said.get("score"), said.get("reason"),
            (before or {}).get("grade"), end, amount, state,
        ),
        marks,
    )  # fmt: skip
