"""市级汇总: who has reported, how the counties stand, their forms rolled up, lists and papers; hung in the window of a city's book."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QHBoxLayout, QLabel, QTabBar, QTabWidget, QVBoxLayout, QWidget

from db.lists import Row
from db.lists.city import BOARD
from db.lists.report_tasks import tasks
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.screens.rollup_receive import Came
from desktop.screens.rollup_return import CountyReturn
from desktop.screens.rollup_tiles import Tile, Tiles, said
from desktop.screens.sheet_view import SheetView
from desktop.screens.written import Written, usual_folder
from desktop.worker import ProgressStrip, Report, Work
from office import city_papers, rollup
from office.arrivals import Arrival, look_at
from office.sending_back import return_package
from office.task_bundle import SUFFIX, export_bundle
from policy.kinds import Field
from policy.kinds.choice import choice
from policy.kinds.text import TEXT
from returns.grid import lay_out
from returns.ranking import PAID_UP, STAFFED, ranking, rates, unmet_list
from returns.rollup import Part
from returns.sheet import Sheet

BOARD_TAB, TILES_TAB, FORMS_TAB, RETURN_TAB = range(4)
NO_TASK: Final = "还没有报送任务。请先在“报表”里建立任务，再用“下发任务包”发给各县（市、区）。"


@dataclass(frozen=True)
class Seen:
    """A task as the city has it now."""

    city: rollup.City
    standings: list[rollup.Standing]
    sheets: tuple[Sheet, ...]
    nodes: tuple[str, ...]


class RollupPage(Page):
    """One task at a time. Reading thirty counties takes a while: it is done in the background and can be broken off."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.task = 0
        self.county = 0
        self.seen: Seen | None = None
        self.busy = self._again = False
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("wrong")
        self.said.hide()
        self.written, self.strip = Written(), ProgressStrip()
        self.grid = Grid(BOARD, desk.commit(BOARD), desk.today)
        self.grid.view.nothing = "还没有汇总单位。"
        self.grid.view.doubleClicked.connect(self._open_row)
        self.tiles = Tiles()
        self.tiles.chosen.connect(self.show_county)
        self.of_county = CountyReturn(desk)
        self.of_county.judged.connect(self.judge)
        self.of_county.accepted.connect(self.accept)
        self.of_county.returned.connect(self.ask_to_return)
        self.tabs = QTabWidget()
        for widget, words in ((self.grid, "报送情况"), (self.tiles, "全市概览"), (self._forms(), "汇总报表与清单"), (self.of_county, "县级报表")):
            self.tabs.addTab(widget, words)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(3)
        for widget in (self.said, self.written):
            box.addWidget(widget)
        box.addWidget(self.tabs, 1)
        box.addWidget(self.strip)
        self.tabs.setTabEnabled(RETURN_TAB, False)
        self.setFocusProxy(self.grid)
        self._fill_toolbar()

    def _forms(self) -> QWidget:
        whole = QWidget()
        self.forms = QTabBar(expanding=False, drawBase=False)
        self.forms.setAccessibleName("汇总报表")
        self.forms.currentChanged.connect(lambda _at: self._show_form())
        self.towns = QCheckBox("列出乡镇（街道）")
        self.towns.toggled.connect(lambda _on: self.calculate())
        self.view = SheetView()
        self.view.opened.connect(self._open_line)
        self.node_words = QLabel(wordWrap=True)
        self.node_words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.addWidget(self.forms, 1)
        row.addWidget(self.towns)
        box = QVBoxLayout(whole)
        box.setContentsMargins(4, 4, 4, 0)
        box.setSpacing(3)
        box.addLayout(row)
        box.addWidget(self.view, 1)
        box.addWidget(self.node_words)
        return whole

    def _fill_toolbar(self) -> None:
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.chooser = QComboBox()
        self.chooser.setAccessibleName("报送任务")
        self.chooser.setMinimumWidth(240)
        self.chooser.currentIndexChanged.connect(self._choose)
        self.toolbar.addWidget(self.chooser)
        actions = (
            Action("接收数据包…", self.ask_for_files, "import", "Ctrl+I", "选择县（市、区）报来的一个或几个数据包"),
            Action("接收文件夹…", self.ask_for_folder, "import", tip="一次接收一个文件夹（U盘）里的全部数据包"),
            Action("市本级填报…", self.ask_entry, "edit", tip="填写市本级的数和市级下达数"),
            Action("汇总工作簿", self.write, "export", tip="封面、汇总表、排名通报表和未达标单位清单，一个工作簿"),
            Action("上报数据包", self.pack, "report", tip="各县（市、区）都已接收后，生成报省厅的数据包"),
            Action("下发任务包…", self.ask_bundle, "export", tip="任务、市级政策参数、审核公式和代码表，发给各县（市、区）导入"),
        )
        self.acts = [qaction(one, self) for one in actions]
        self.toolbar.addActions(self.acts)

    # Showing

    def listed(self) -> Grid:
        return self.grid

    def printed(self) -> Sheet | None:
        at = self.tabs.currentIndex()
        return self._form() if at == FORMS_TAB else self.of_county.shown() if at == RETURN_TAB else None

    def refresh(self) -> None:
        """Read the tasks and the one in front again."""
        listed = [(row.keys["report_task"][0], f"{row.values[0]}（{row.values[1]}）") for row in self.desk.read(tasks, self.desk.today()).rows]
        self.chooser.blockSignals(True)
        self.chooser.clear()
        for number, words in listed:
            self.chooser.addItem(words, number)
        numbers = [number for number, _ in listed]
        self.task = self.task if self.task in numbers else numbers[0] if numbers else 0
        if self.task:
            self.chooser.setCurrentIndex(numbers.index(self.task))
        self.chooser.blockSignals(False)
        for action in self.acts:
            action.setEnabled(bool(self.task))
        if self.task:
            self.calculate()
        else:
            self.seen = None
            self.grid.set_rows(())
            self.say(NO_TASK)

    def _choose(self, at: int) -> None:
        self.task = self.chooser.itemData(at) or 0
        self._leave_county()
        self.calculate()

    def calculate(self) -> None:
        """Roll up everything received for the task, in the background."""
        if self.busy:
            self._again = True
            return
        if not self.task:
            return
        book, task, towns, today = self.desk.book, self.task, self.towns.isChecked(), self.desk.today()

        def read(report: Report) -> Seen:
            city = rollup.city_of(book, task, report)
            sheets = city.forms(towns)
            if city.parts:
                sheets += (ranking(city.parts, city.facts, city.task), unmet_list(city.parts, city.notes, city.facts, city.task))
            sheets += (city_papers.reminders_of(book, task, city),)
            return Seen(city, book.read(rollup.standings, task, today), sheets, tuple(one.said for one in city.nodes()))

        self.run("正在汇总……", read, self._take)

    def run(self, words: str, task: Callable[[Report], Any], done: Callable[[Any], object]) -> None:
        """Do something long in the background; it can be broken off."""
        if self.busy:
            self.say("正在处理，请稍候再试。")
            return
        self.busy = True
        work = Work(task)
        self.strip.run(words, work)  # before the rest is connected: what ends one piece of work may begin the next
        work.done.connect(lambda found: self._end(lambda: done(found)))
        work.failed.connect(lambda error: self._end(lambda: self._refused(error)))
        work.cancelled.connect(lambda: self._end(lambda: self.say("已停下，没有作任何改动。按 F5 刷新。")))

    def _end(self, then: Callable[[], object]) -> None:
        self.busy = False
        again, self._again = self._again, False
        then()
        if again:
            self.calculate()

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, ValueError | OSError):
            raise error
        self.say(str(error))

    def say(self, sentence: str) -> None:
        """What stands in the way."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))

    def _take(self, seen: Seen) -> None:
        self.seen = seen
        self.say("")
        parts = {part.number: part for part in seen.city.parts}
        self.grid.set_rows([_board(one, parts.get(one.county["id"])) for one in seen.standings])
        self.tiles.show_tiles([_tile(one, parts.get(one.county["id"])) for one in seen.standings])
        keys = [sheet.key for sheet in seen.sheets]
        if [self.forms.tabText(at) for at in range(self.forms.count())] != keys:
            self.forms.blockSignals(True)
            while self.forms.count():
                self.forms.removeTab(0)
            for sheet in seen.sheets:
                self.forms.addTab(sheet.key)
            self.forms.blockSignals(False)
            self.forms.updateGeometry()
        self._show_form()
        self.node_words.setText("节点检查：" + ("\n".join(seen.nodes) if seen.nodes else "汇总数与下级之和全部相符。" if parts else "还没有可以检查的数。"))
        came = len(seen.standings) - sum(one.state == rollup.UNREPORTED for one in seen.standings)
        self.status.emit(f"应报 {len(seen.standings)} 个，已收到 {came} 个，已接收 {sum(one.state == '已接收' for one in seen.standings)} 个")
        if self.county:
            self.show_county(self.county, switch=False)

    def _form(self) -> Sheet | None:
        at = self.forms.currentIndex()
        return self.seen.sheets[at] if self.seen and 0 <= at < len(self.seen.sheets) else None

    def _show_form(self) -> None:
        if sheet := self._form():
            self.view.show_sheet(sheet, lay_out(sheet))

    def _open_row(self, index: Any) -> None:
        row = self.grid.view.current_row()
        if row and not self.grid.model.columns[index.column()].editable:
            self.show_county(row.keys["city_county"][0])

    def _open_line(self, span: Any) -> None:
        """A figure of a county's line, clicked twice, leads to the county's form."""
        sheet = self._form()
        if sheet is None:
            return
        line = sheet.rows[span.row - lay_out(sheet).head_last - 1]
        if line.unit is not None and self.show_county(line.unit):
            keys = [one.key for one in self.of_county.sheets]
            if (own := sheet.key.removeprefix("汇")) in keys:
                self.of_county.tabs.setCurrentIndex(keys.index(own))

    def standing(self, county: int) -> rollup.Standing | None:
        """How far a county has come."""
        return next((one for one in self.seen.standings if one.county["id"] == county), None) if self.seen else None

    def show_county(self, county: int, switch: bool = True) -> bool:
        """Show the return a county sent; False where there is none."""
        one = self.standing(county)
        if one is None or one.package is None:
            self._leave_county()
            self.say(f"{one.county['name']}还没有报来。" if one else "")
            return False
        self.county = county
        self.say("")
        try:
            sheets = rollup.sheets_in(self.desk.book, one.package["id"])
        except ValueError as refusal:
            self.say(str(refusal))
            return False
        self.tabs.setTabEnabled(RETURN_TAB, True)
        self.tabs.setTabText(RETURN_TAB, f"县级报表（{one.county['name']}）")
        self.of_county.show_return(one, sheets, self.desk.read(rollup.points_of, one.package["id"]))
        if switch:
            self.tabs.setCurrentIndex(RETURN_TAB)
        return True

    def _leave_county(self) -> None:
        self.county = 0
        self.of_county.clear()
        self.tabs.setTabEnabled(RETURN_TAB, False)
        self.tabs.setTabText(RETURN_TAB, "县级报表")

    # Doing

    def _try(self, act: Callable[..., Any], *given: Any) -> Any:
        try:
            done = self.desk.act(act, *given)
        except ValueError as refusal:
            self.say(str(refusal))
            return None
        return done

    def ask_for_files(self) -> None:
        """Choose packages and look at them."""
        chosen, _ = QFileDialog.getOpenFileNames(self, "接收数据包", str(Path.home()), "上报数据包和报表工作簿 (*.zip *.xlsx)")
        if chosen:
            self.look([Path(one) for one in chosen])

    def ask_for_folder(self) -> None:
        """Choose a folder and look at everything in it."""
        if chosen := QFileDialog.getExistingDirectory(self, "接收文件夹里的数据包", str(Path.home())):
            self.look([Path(chosen)])

    def look(self, paths: list[Path]) -> None:
        """Look at files in the background, then show what is to be said of each."""
        self.run("正在核对数据包……", lambda report: look_at(self.desk.book, paths, report), self._came)

    def _came(self, arrivals: list[Arrival]) -> None:
        if Came(arrivals, self.desk, self).exec():
            self.run("正在接收……", lambda report: rollup.take(self.desk.book, arrivals, report), lambda _done: self.desk.moved())

    def judge(self, points: list[int], verdict: str) -> None:
        """采信 or 退回 of points; what needs a reason is asked for one."""
        if not points:
            self.say("请先在下面选一条或几条审核问题。")
            return
        self.say("")
        Ask(
            verdict, f"选中的 {len(points)} 条审核问题：{'县级的说明可以接受。强制性问题须写明理由。' if verdict == '采信' else '写明要县级改正或补充什么，随退回单发给县级。'}",
            {"reason": Field("市级意见说明", TEXT, required=verdict == "退回")},
            lambda values: self.desk.act(rollup.decide, points, verdict, values["reason"] or ""), self.desk.today, self, confirm=verdict,
        ).exec()  # fmt: skip

    def accept(self) -> None:
        """接收 the return in front."""
        one = self.standing(self.county)
        if one and one.package:
            self._try(rollup.accept, one.package["id"])

    def ask_to_return(self) -> None:
        """退回 the return in front with a 退回单."""
        one = self.standing(self.county)
        if one is None or one.package is None:
            return
        number, out, made = one.package["id"], usual_folder(self.desk.book.folder), list[Path]()
        asked = Ask(
            "退回报表", f"退回{one.county['name']}第 {one.package['version']} 版报表，并生成退回单：退回理由和意见为“退回”的审核问题都写在里面，县级导入后解封修改。",
            {"reason": Field("退回理由", TEXT, required=True)},
            lambda values: made.append(self.desk.act(return_package, number, values["reason"], out)), self.desk.today, self, confirm="退回",
        )  # fmt: skip
        if asked.exec() and made:
            self.written.say("退回单已生成，请发给县级", made[0])

    def ask_entry(self) -> None:
        """Type a figure of 市本级."""
        forms = [sheet.key.removeprefix("汇") for sheet in self.seen.sheets if sheet.key.startswith("汇表") and sheet.key != "汇表0"] if self.seen else []
        if not forms:
            self.say("还没有收到县（市、区）的数据包，不能填写市本级。请先接收数据包。")
            return
        Ask(
            "市本级填报", "市本级只填没有下达县（市、区）的数；已下达的填在表4“市级下达”第 23、24 栏，只作备忘核对，不计入合计。金额按表的单位填，留空为清除。",
            {
                "form": Field("表", choice("表", tuple(forms), {}), required=True), "line": Field("行", choice("行", ("市本级", "市级下达"), {}), required=True),
                "mark": Field("栏次", TEXT, required=True, hint="栏次（表4为行次），如 8"), "value": Field("填报数", TEXT),
            },
            lambda said_: self.desk.act(rollup.type_entry, self.task, said_["form"], said_["mark"], said_["value"] or "", said_["line"]),
            self.desk.today, self, {"form": forms[0], "line": "市本级"},
        ).exec()  # fmt: skip

    def write(self) -> None:
        """汇总工作簿."""
        book, task, towns, out = self.desk.book, self.task, self.towns.isChecked(), usual_folder(self.desk.book.folder)
        self.run("正在写出……", lambda _report: city_papers.write_papers(book, task, out, towns=towns), lambda path: self.written.say("汇总工作簿已写出并逐格核对", path))

    def pack(self) -> None:
        """上报数据包 of the city."""
        book, task, out = self.desk.book, self.task, usual_folder(self.desk.book.folder)
        self.run("正在生成……", lambda _report: city_papers.write_package(book, task, out), lambda path: self.written.say("上报数据包已生成", path))

    def ask_bundle(self) -> None:
        """下发任务包."""
        name = f"{self.chooser.currentText()}{SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(self, "下发任务包", str(usual_folder(self.desk.book.folder) / name), f"任务包 (*{SUFFIX})")
        if chosen and (path := self._try(export_bundle, self.task, Path(chosen))):
            self.written.say("任务包已生成，请发给各县（市、区）导入", path)


def _board(one: rollup.Standing, part: Part | None) -> Row:
    held, own = one.package, rates(part) if part else {}
    values = (
        one.county["name"], one.county["code"], one.state, one.late or None, held["version"] if held else None, held["received_on"] if held else None,
        one.open_hard or None, one.unjudged or None, said(own[STAFFED]) if own else None, said(own[PAID_UP]) if own else None, one.county["contact"],
        one.county["phone"], held["reason"] if held else None,
    )  # fmt: skip
    wrong = {"state": "市级复审有强制性问题，或有意见为退回的问题。双击打开报表逐条处理。"} if one.state == rollup.FAULTY else {}
    late = {"late": "已过报送截止日期。"} if one.late else {}
    return Row({"city_county": (one.county["id"],)}, values, {**wrong, **late})


def _tile(one: rollup.Standing, part: Part | None) -> Tile:
    if part is None:
        return Tile(one.county["id"], one.county["name"], one.state, None, None, "")
    own, sheet = rates(part), part.sheet("表2")
    gap = sheet.cell(next(row for row in sheet.rows if row.name == "合计"), "17").value if sheet else None
    return Tile(one.county["id"], one.county["name"], one.state, own[STAFFED], own[PAID_UP], f"缺口 {gap} 人　{one.state}" if gap is not None else one.state)
