"""窗口摸查 (三（一）) and 工作量: one line a unit, filled in as a grid, by the day of the 摸查 or by year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from db.lists import Edit, Key, Listing
from db.lists import unit_sheets as lists
from db.lists.columns import field_of
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.screens.year_steps import year_steps
from office.unit_sheets import add_problem, fill
from policy.kinds import Field
from policy.kinds.date import DATE

NO_UNITS: Final = "还没有单位。请先在“机构与应配”里登记县级民政局和各乡镇（街道）。"
SURVEY_SAID: Final = (
    "一个单位一行，填那一天受理窗口的情况，可以从 Excel 复制一块直接粘贴。不清楚的留空：空白不当作“否”。"
    "发现的问题用“登记问题”登记措施、责任人和时限，到“整改事项”里销号。"
)
WORKLOAD_SAID: Final = "一个单位一行，填一年受理申请和入户核查的数量，可以从 Excel 复制一块直接粘贴；右边是上一年的数，便于核对。"


class UnitSheet(Page):
    """A sheet of one line a unit; what it is of (a day, a year) is chosen in the toolbar by those who use it."""

    table = ""

    def __init__(self, desk: Desk, said: str, listing: Listing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.grid = Grid(listing.columns, self._commit, desk.today)
        self.grid.view.nothing = NO_UNITS
        purpose = QLabel(said, wordWrap=True)
        purpose.setObjectName("purpose")
        self.found = QLabel(wordWrap=True)
        self.found.setObjectName("wrong")
        self.found.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(purpose)
        box.addWidget(self.grid, 1)
        box.addWidget(self.found)
        self.setFocusProxy(self.grid)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.grid.view.statistics_changed.connect(lambda found: self.statistics.emit(found.words()))

    def where(self) -> dict[str, Any]:
        """What the sheet is of, by field."""
        raise NotImplementedError

    def records(self) -> Mapping[Grid, str]:
        return {self.grid: self.table}

    def listed(self) -> Grid:
        return self.grid

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, next(at for at, column in enumerate(self.grid.model.columns) if column.editable))
        self.grid.view.setFocus()

    def show_lines(self, listing: Listing, of: str) -> None:
        """Show the lines and count those filled in."""
        self.grid.set_rows(listing.rows)
        typed = [at for at, column in enumerate(listing.columns) if column.editable]
        filled = sum(any(row.values[at] is not None for at in typed) for row in listing.rows)
        self.status.emit(f"{of}：{len(listing.rows)} 个单位，已填 {filled} 个")

    def _commit(self, edits: list[Edit], name: str) -> None:
        cells: dict[int, dict[str, Any]] = {}
        for edit in edits:
            cells.setdefault(edit.row.keys["unit"][0], {})[edit.column.column] = edit.value
        self.desk.act(fill, self.table, self.where(), cells, name)


class SurveyPage(UnitSheet):
    """窗口摸查 of one day; the days there were are chosen from, a new one is begun."""

    table = lists.SURVEY

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        days = desk.read(lists.survey_days)
        self.day = next((day for day in days if day <= desk.as_of), desk.as_of)
        super().__init__(desk, SURVEY_SAID, desk.read(lists.surveyed, self.day), parent)
        self.days = QComboBox()
        self.days.setAccessibleName("摸查日期")
        self.days.setToolTip("看哪一天的摸查")
        self.days.activated.connect(lambda at: self.show_day(self.days.itemData(at)))
        self.toolbar.addWidget(QLabel("摸查日期 "))
        self.toolbar.addWidget(self.days)
        self.beginning = self._action("新的摸查…", self._begin, "plus", "Ctrl+N", "填另一天的摸查；上次的情况保留不变")
        self.copying = self._action("沿用上次", self._copy, "clipboard", "", "把上一次摸查的各项先填进来，只改有变化的")
        self.asking = self._action("登记问题…", self._problem, "edit", "", "登记这个单位摸查发现的问题：措施、责任人、时限")
        self.toolbar.addAction(qaction(Action("整改事项", lambda: self.visit.emit("整改事项"), "check", tip="看还没有销号的问题"), self))
        self.grid.view.row_changed.connect(lambda row: self.asking.setEnabled(row is not None))
        desk.checked.connect(self._mark)

    def _action(self, words: str, run: Any, icon: str, keys: str, tip: str) -> Any:
        made = qaction(Action(words, run, icon, keys, tip), self)
        self.toolbar.addAction(made)
        self.grid.view.addAction(made)
        return made

    def where(self) -> dict[str, Any]:
        return {"as_of": self.day}

    def span(self) -> str:
        return f"{self.day} 摸查"

    def show_record(self, keys: Mapping[str, Key]) -> bool:
        day = self.desk.read(lists.survey_day, keys[self.table][0])
        if day is None:
            return False
        self.show_day(day)
        return self.grid.view.stand_on(keys)

    def show_day(self, day: date) -> None:
        """Show the 摸查 of a day."""
        self.day = day
        self.refresh()
        self.set_out()

    def refresh(self) -> None:
        """Read the day again."""
        days = self.desk.read(lists.survey_days)
        shown = sorted({*days, self.day}, reverse=True)
        self.days.clear()
        for day in shown:
            self.days.addItem(f"{day}" if day in days else f"{day}（未填）", day)
        self.days.setCurrentIndex(shown.index(self.day))
        earlier = [day for day in days if day < self.day]
        self.copying.setEnabled(bool(earlier) and self.day not in days)
        self.show_lines(self.desk.read(lists.surveyed, self.day), f"{self.day} 摸查")
        self._mark()

    def _mark(self) -> None:
        """Say what the newest check found about windows."""
        found = [one for one in self.desk.check.findings if one.rule in ("W1", "S1")] if self.desk.check and not self.desk.checking else []
        self.found.setText("　".join(f"{one.rule} {one.unit}：{one.arithmetic}" for one in found[:3]) + ("……" if len(found) > 3 else ""))
        self.found.setVisible(bool(found))

    def _begin(self) -> None:
        def begin(said: dict[str, Any]) -> None:
            self.show_day(said["on"])

        fields = {"on": Field("摸查日期", DATE, required=True)}
        Ask("新的摸查", "哪一天摸查的情况？选好日期以后逐个单位填写。", fields, begin, self.desk.today, self, {"on": self.desk.as_of}, "开始填写").exec()

    def _copy(self) -> None:
        before = max(day for day in self.desk.read(lists.survey_days) if day < self.day)
        listing = self.desk.read(lists.surveyed, before)
        typed = [(at, column.column) for at, column in enumerate(listing.columns) if column.editable]
        cells = {row.keys["unit"][0]: {name: row.values[at] for at, name in typed} for row in listing.rows}
        self.desk.act(fill, self.table, self.where(), cells, f"沿用 {before} 的摸查")

    def _problem(self) -> None:
        row = self.grid.view.current_row()
        if row is not None:
            fields = {name: field_of("problem", name) for name in ("what", "measure", "responsible", "due")}
            Ask(
                "登记问题", f"{row.values[0]} {self.day} 摸查发现了什么问题？怎么整改，谁负责，什么时候完成？", fields,
                lambda said: self.desk.act(add_problem, row.keys["unit"][0], self.day, said), self.desk.today, self,
            ).exec()  # fmt: skip


class WorkloadPage(UnitSheet):
    """工作量 of a year; Alt+PgUp and Alt+PgDn go a year back and on."""

    table = lists.WORKLOAD

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self.year = desk.as_of.year
        super().__init__(desk, WORKLOAD_SAID, desk.read(lists.worked, self.year, desk.as_of), parent)
        self.shown_year = year_steps(self, self.go)

    def where(self) -> dict[str, Any]:
        return {"year": self.year}

    def span(self) -> str:
        return f"{self.year}年"

    def go(self, by: int) -> None:
        """Show the year before (−1) or after (1)."""
        self.year += by
        self.refresh()

    def refresh(self) -> None:
        """Read the year again."""
        self.shown_year.setText(f"{self.year} 年")
        self.show_lines(self.desk.read(lists.worked, self.year, self.desk.as_of), f"{self.year} 年工作量")


def survey_screen(desk: Desk) -> SurveyPage:
    """窗口摸查 over the desk's book."""
    return SurveyPage(desk)


def workload_screen(desk: Desk) -> WorkloadPage:
    """工作量 over the desk's book."""
    return WorkloadPage(desk)
