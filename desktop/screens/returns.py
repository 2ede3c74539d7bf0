"""报表: the 报送任务 of the office, and the return of one of them at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QLabel, QMenu, QPushButton, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from db.lists import Key, Row
from db.lists import report_tasks as lists
from db.lists.log import changed_last
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.icons import icon
from desktop.page import Action, Page, qaction
from desktop.screens.compare_packages import ComparePackages
from desktop.screens.differences import opens_with_enter
from desktop.screens.removing import ask_to_discard
from desktop.screens.return_acts import ReturnActs
from desktop.screens.return_desk import ReturnDesk
from desktop.screens.task_questions import FIRST, HEAD, LOOKS, ask_task, offered_periods
from office.tasks import SORT_OF, TEMPLATES, YEARLY, change_task, export_task, import_task, make_task, task_in
from policy.period import YEAR, last_ended, parse_period, sort_of
from returns.sheet import Sheet

PURPOSE: Final = (
    "一项报送任务是一次报送：哪些表、哪个报告期、截至哪一天、什么时候报。\n"
    "建好任务后打开它，程序按台账填好各表；看过审核结果、写好说明，就可以审核、封存、上报。"
)
_FILE: Final = "报送任务文件 (*.json)"


class ReturnsPage(Page):
    """The list of tasks; a double click or Enter opens its return."""

    see_findings = Signal(str)
    """The findings of a level (hard, soft, hint) are to be shown."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.grid = Grid(lists.COLUMNS, lambda _edits, _name: None, desk.today)
        opens_with_enter(self.grid, self.open_chosen)
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        self.at = ReturnDesk(desk)
        self.acts = ReturnActs(self.at)
        self.at.bar.step.connect(self.acts.next)
        self.at.open_record.connect(self.open_record)
        self.at.see_findings.connect(self.see_findings)
        self.at.status.connect(self.status)
        self.at.seen_changed.connect(self._offer)
        self._stack = QStackedWidget()
        for page in (self._tasks(), self._nothing(), self.at):
            self._stack.addWidget(page)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._stack)
        self._fill_toolbar()
        self.grid.view.row_changed.connect(lambda _row: self._offer())
        self._offer()

    # Building

    def _tasks(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2)
        box.addWidget(self.wrong)
        box.addWidget(self.grid, 1)
        return page

    def _nothing(self) -> QWidget:
        page = QWidget()
        title, purpose = QLabel("还没有报送任务"), QLabel(PURPOSE, wordWrap=True)
        title.setObjectName("emptyTitle")
        purpose.setObjectName("purpose")
        self.first = QPushButton("新建年度报送任务…")
        self.first.setProperty("main", True)
        self.first.clicked.connect(lambda: self.ask_new(YEARLY))
        box = QVBoxLayout(page)
        box.setContentsMargins(48, 40, 48, 40)
        box.setSpacing(14)
        for widget in (title, purpose):
            box.addWidget(widget)
        box.addWidget(self.first, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        return page

    def _fill_toolbar(self) -> None:
        def made(words: str, run: Any, picture: str = "", keys: str = "", tip: str = "") -> QAction:
            return qaction(Action(words, run, picture, keys, tip), self)

        acts = self.acts
        self.new, menu = _with_menu("新建任务", "plus", "从模板新建报送任务（Ctrl+N），或导入任务文件")
        for template in TEMPLATES:
            menu.addAction(made(f"{template}…", partial(self.ask_new, template), keys="Ctrl+N" if template == YEARLY else ""))
        menu.addSeparator()
        menu.addAction(made("导入任务文件…", self.ask_import, "import", tip="上级下发的报送任务文件"))
        self.change, menu = _with_menu("修改任务", "edit", "改任务的要求、表头、版式")
        changes = [
            made("任务和报表…", partial(self.ask_change, FIRST, "修改任务"), tip="名称、文号、报告期、截止日期、报表、签署栏"),
            made("表头和要求…", partial(self.ask_change, HEAD, "表头和要求"), tip="制定机关、批准文号、表号等表头栏；要求的议题、材料、培训。没有填的栏不印"),
            made("版式…", partial(self.ask_change, LOOKS, "版式"), tip="遮掩证件号、公开版、随报个人明细、合计行位置、纸张、金额的小数位数"),
        ]
        menu.addActions(changes)
        listed = [
            made("打开", self.open_chosen, "report", tip="打开这个任务的报表"),
            made("导出任务文件…", self.ask_export, "export", tip="把任务存成文件，发给下级或留存；不含本县数据"),
            made("移走任务", self.discard, "trash", "Ctrl+-", "建错了的任务移入回收站；封存过的要保留"),
        ]
        self.of_list = [*changes, *listed]
        self.packages = made("比较数据包…", self.compare_packages, "search", tip="选两个上报数据包，逐格比较，变动较大的说明原因")
        self.back = made("任务列表", self.show_tasks, "left", "Alt+Left", "回到报送任务列表")
        self.calculate = made("全部运算", self.at.calculate, "calculator", "F9", "按台账现在的数据重新计算各表，并审核")
        self.below = made("审核结果", self._toggle_below, "check", "Ctrl+J", "显示或收起审核、比较、封存后变化")
        self.workbook = made("工作簿…", acts.workbook, "export", tip="写出 Excel 工作簿：数值或带公式、公开版、A4、图表")
        self.pdf = made("全部存为PDF…", acts.pdf, "print", tip="封面和各表按工作簿的样子存为一个 PDF 文件，用来打印、盖章")
        self.of_state = {
            "try_out": made("试报数据包…", acts.try_out, "clip", tip="标明“试报（未通过审核）”的数据包，不登记上报"),
            "withdraw": made("退回修改…", acts.withdraw, "undo", tip="审核过的报表退回编制，要写理由"),
            "unseal": made("解封…", acts.unseal, "lock", tip="生成下一版报表，要写理由"),
            "send": made("重新生成数据包…", acts.send, "clip", tip="按封存的内容再生成一次数据包"),
            "send_back": made("登记退回…", acts.send_back, "import", tip="上级退回了这份报表，写明退回意见"),
        }
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._new_action = self.toolbar.addWidget(self.new)
        self.toolbar.addAction(listed[0])
        self._change_action = self.toolbar.addWidget(self.change)
        self.of_desk = [self.back, self.calculate, self.below, self.workbook, self.pdf]
        self.toolbar.addActions([*listed[1:], self.packages, *self.of_desk, *self.of_state.values()])

    # Which is in front

    def at_desk(self) -> bool:
        """Whether a return is in front (not the list of tasks)."""
        return self._stack.currentWidget() is self.at

    def show_tasks(self) -> None:
        """Back to the list of tasks."""
        self._stack.setCurrentIndex(0)
        self.refresh()
        self.grid.view.setFocus()

    def _offer(self) -> None:
        desk, chosen = self.at_desk(), self.chosen() is not None
        offered = self.acts.offered() if desk else set()
        self._new_action.setVisible(not desk)
        self._change_action.setVisible(not desk)
        self.change.setEnabled(chosen)
        for action in self.of_list:
            action.setVisible(not desk)
            action.setEnabled(not desk and chosen)
        self.packages.setVisible(not desk)
        for action in self.of_desk:
            action.setVisible(desk)
            action.setEnabled(desk)
        for action in (self.workbook, self.pdf):
            action.setEnabled("workbook" in offered)
        for name, action in self.of_state.items():
            action.setVisible(name in offered)
            action.setEnabled(name in offered)

    def chosen(self) -> int | None:
        """The task the clerk stands on in the list."""
        row = self.grid.view.current_row()
        return row.keys["report_task"][0] if row and self.grid.model.rowCount() else None

    def open_chosen(self) -> None:
        """Open the return of the task in front."""
        if (task := self.chosen()) is not None:
            self.open_task(task)

    def show_record(self, keys: Mapping[str, Key]) -> bool:
        self.open_task(keys["report_task"][0])
        return self.at_desk()

    def open_task(self, task: int) -> None:
        """Show the return of a task; its newest version, begun where there is none."""
        try:
            self.at.open_task(task)
        except ValueError as refusal:
            self._say(str(refusal))
            return
        self._stack.setCurrentWidget(self.at)
        self._offer()
        self.at.sheet.setFocus()

    # Showing

    def listed(self) -> Grid | None:
        return None if self.at_desk() else self.grid

    def printed(self) -> Sheet | None:
        shown = self.at.shown() if self.at_desk() else None
        return shown[0] if shown else None

    def export(self) -> bool:
        if self.at_desk():
            self.acts.workbook()
        return self.at_desk()

    def refresh(self) -> None:
        listing = self.desk.read(lists.tasks, self.desk.today())
        self.grid.set_rows(listing.rows)
        if self.at_desk():
            self.at.calculate()
            return
        self._stack.setCurrentIndex(0 if listing.rows else 1)
        late = sum(bool(row.marks) for row in listing.rows)
        self.status.emit(f"{len(listing.rows)} 项报送任务" + (f"，{late} 项已过截止日期" if late else ""))
        if listing.rows and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, 0)
        self._offer()

    def set_out(self) -> None:
        (self.at.sheet if self.at_desk() else self.grid.view if self.grid.model.rowCount() else self.first).setFocus()

    def _toggle_below(self) -> None:
        self.at.below.setVisible(not self.at.below.isVisible())

    def _say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def compare_packages(self) -> None:
        """Compare two packages, whatever book they come from."""
        ComparePackages(self.desk, self).exec()

    # Tasks

    def ask_new(self, template: str) -> None:
        """Ask for a new task from a template; it is opened when made."""
        start = TEMPLATES[template]
        if not start.period:
            start = replace(start, period=last_ended(self.desk.as_of, SORT_OF.get(template, YEAR)).label)

        def act(said: dict[str, Any]) -> None:
            period = said.pop("period")
            self.open_task(self.desk.act(make_task, template, period, **said))

        explanation = "填好来文的要求。截至日期不填，为报告期最后一天。"
        offered = (start.period,) if TEMPLATES[template].period else offered_periods(self.desk.as_of, SORT_OF.get(template, ""))
        ask_task(self.desk, f"新建任务（{template}）", explanation, FIRST, start, act, self, offered)

    def ask_change(self, names: tuple[str, ...], title: str) -> None:
        """Ask for other values of a task's fields."""
        task = self.chosen()
        if task is None:
            return
        held = self.desk.read(task_in, task)
        who, at = self.desk.read(changed_last, "report_task").get((task,), ("", ""))
        explanation = f"{held.name}（{held.period}）　最后修改：{who}　{at}" + ("\n没有填的栏在报表上不印。" if names == HEAD else "")
        offered = offered_periods(self.desk.as_of, sort_of(parse_period(held.period)))
        ask_task(self.desk, title, explanation, names, held, lambda said: self.desk.act(change_task, task, **said), self, offered)

    def ask_import(self) -> None:
        """Take in a task file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "导入任务文件", "", _FILE)
        if chosen:
            try:
                self.desk.act(import_task, Path(chosen))
            except ValueError as refusal:
                self._stack.setCurrentIndex(0)
                self._say(str(refusal))
            else:
                self._say("")

    def ask_export(self) -> None:
        """Write the task as a file."""
        task = self.chosen()
        if task is None:
            return
        held = self.desk.read(task_in, task)
        chosen, _ = QFileDialog.getSaveFileName(self, "导出任务文件", str(Path.home() / f"{held.short}_{held.period}.json"), _FILE)
        if chosen:
            try:
                self.status.emit(f"任务文件已写出：{export_task(self.desk.book, task, Path(chosen).with_suffix('.json'))}")
            except OSError as failed:
                self._say(f"任务文件没有写出：{failed.strerror or failed}。请检查文件夹权限，或换一个位置重试。")

    def discard(self) -> None:
        """移走 a task that was made by mistake."""
        row = self.grid.view.current_row()
        if row:
            ask_to_discard(self.desk, Row({"report_task": row.keys["report_task"]}, ()), f"报送任务“{row.values[0]}”", parent=self)


def _with_menu(words: str, picture: str, tip: str) -> tuple[QToolButton, QMenu]:
    """A button of the toolbar that opens a menu, and that menu."""
    button = QToolButton()
    button.setText(words)
    button.setIcon(icon(picture))
    button.setToolTip(tip)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    button.setMenu(menu)
    return button, menu
