"""四个阶段: what is due, done and late this year, each with its evidence, and the reports written from the book's figures."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QHBoxLayout, QLabel, QMenu, QMessageBox, QPushButton, QToolButton, QVBoxLayout

from db.lists import Row
from db.lists.columns import computed
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.icons import icon
from desktop.output import purpose_of
from desktop.page import Action, Page, qaction
from desktop.screens.written import Written, usual_folder
from desktop.worker import Work
from office.document import write_document
from office.retention import TITLE as RETENTION
from office.retention import names_people, retention_document
from policy.kinds.date import DATE
from policy.kinds.number import ORDINAL
from policy.kinds.text import TEXT
from policy.period import Period, parse_period
from policy.stage_progress import DONE, DONE_LATE, INCOMING, LATE, OTHER, Step, progress
from policy.stages import STAGES, stages
from returns.documents import DOCUMENTS, PRIVACY

COLUMNS: Final = (
    computed("stage", "阶段", TEXT, 8),
    computed("what", "事项", TEXT, 26),
    computed("due", "截止日期", DATE, 8, "文件或来文写明的日期；没有写的空着"),
    computed("state", "办理情况", TEXT, 8, "按截至日期判断；截止当天不算逾期"),
    computed("done", "完成日期", DATE, 8),
    computed("said", "登记情况", TEXT, 30),
    computed("files", "附件", ORDINAL, 4, "这些记录下的附件个数"),
    computed("who", "由谁办理", TEXT, 18),
)
EVERY: Final = "全部"
SCREENS: Final = {
    "plan_doc": "方案与公开", "meeting": "会议", "recruit_batch": "招录", "training": "培训", "fund_doc": "经费文件", "incoming_doc": "来文登记与督办",
    "purchase_contract": "服务采购合同",
}  # fmt: skip
"""Register of a matter → the screen it is kept on, by its words in the navigation."""


class StagesPage(Page):
    """The list of the as-of date's year. It is worked out from the newest check's facts each time."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._stage = EVERY
        self._steps: tuple[Step, ...] = ()
        self._work: Work | None = None
        self.grid = Grid(COLUMNS, _no_edits, desk.today)
        self.chips = QButtonGroup(self)
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("purpose")
        self.strip = Written()
        row = QHBoxLayout()
        for at, words in enumerate((EVERY, *STAGES, OTHER, INCOMING)):
            button = QPushButton(words)
            button.setCheckable(True)
            button.setChecked(at == 0)
            button.setProperty("chip", True)
            button.clicked.connect(lambda _checked=False, words=words: self.choose(words))
            self.chips.addButton(button, at)
            row.addWidget(button)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(row)
        box.addWidget(self.said)
        box.addWidget(self.grid, 1)
        box.addWidget(self.strip)
        self.setFocusProxy(self.grid)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.opening = qaction(Action("打开记录", self._open, "search", tip="到登记这一项的会议、方案、招录批次等；还没有登记的，到登记的画面（双击也可以）"), self)
        self.toolbar.addAction(self.opening)
        self.grid.view.addAction(self.opening)
        self.toolbar.addWidget(self._documents())
        self.grid.view.row_changed.connect(lambda _row: self._stand_on())
        self.grid.view.doubleClicked.connect(lambda _index: self._open())
        self.grid.view.activated.connect(lambda _index: self._open())
        self.follow(desk.checked)
        self._stand_on()

    def _documents(self) -> QToolButton:
        button = QToolButton(popupMode=QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setText("生成文档")
        button.setIcon(icon("report"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip("按台账数据写出调研报告、自查报告、汇报材料和个人信息方面的文书，用 WPS 或 Word 打开修改；报告中的数字与报表一致")
        menu = QMenu(button)
        self.writing: list[QAction] = []
        for group in (DOCUMENTS, PRIVACY):
            for kind in group:
                made = qaction(Action(f"{kind.title}…", partial(self.write, kind.id), tip=f"把{kind.title}写到一个文件夹"), self)
                menu.addAction(made)
                self.writing.append(made)
            menu.addSeparator()
        kept = qaction(Action(f"{RETENTION}…", partial(self.write, RETENTION), tip="列出各类资料的最低保管期限；程序不删除任何资料"), self)
        menu.addAction(kept)
        self.writing.append(kept)
        button.setMenu(menu)
        return button

    def listed(self) -> Grid:
        return self.grid

    def span(self) -> str:
        return f"{self.desk.as_of.year}年，截至 {self.desk.as_of}"

    def refresh(self) -> None:
        """Show the list of the newest check."""
        check = self.desk.check
        if check is None or self.desk.checking:
            self.grid.view.nothing = "正在计算……"
            self.status.emit("正在计算……")
            return
        plan, day = stages(), check.facts.period.as_of
        self._steps = progress(check.facts)
        every, whole = Counter(step.stage for step in self._steps), Counter(step.stage for step in self._steps if step.whole)
        for at, words in enumerate((EVERY, *STAGES, OTHER, INCOMING)):
            total = len(self._steps) if words == EVERY else every[words]
            done = whole.total() if words == EVERY else whole[words]
            self.chips.button(at).setText(f"{words}　{done}/{total}" if total else words)
            self.chips.button(at).setVisible(bool(total) or words in (EVERY, *STAGES))
        if not any(step.stage == self._stage for step in self._steps) and self._stage in (OTHER, INCOMING):
            self._stage = EVERY
        self.chips.button((EVERY, *STAGES, OTHER, INCOMING).index(self._stage)).setChecked(True)
        if day.year == plan.year:
            spans = "；".join(f"{one.name} {one.first.month}月{one.first.day}日至{one.last.month}月{one.last.day}日" for one in plan.stages)
            self.said.setText(f"{plan.document}第三部分规定的四个阶段：{spans}。文件没有写日期的，截止日期空着。")
        else:
            self.said.setText(
                f"文件只规定了 {plan.year} 年的时限；以后年度的截止日期以来文和登记的为准，没有登记的空着。"
                f"要看 {plan.year} 年四个阶段，请把截至日期改到 {plan.year} 年。"
            )
        self.grid.view.nothing = f"{day.year} 年这里还没有登记。请在“会议”“方案与公开”“招录”“培训”“来文登记与督办”里登记。"
        self.grid.set_rows([_row(at, step, step.state(day)) for at, step in enumerate(self._steps) if self._stage in (EVERY, step.stage)])
        states = Counter(step.state(day) for step in self._steps)
        parts = [f"{name} {states[name]} 项" for name in (DONE, DONE_LATE, LATE) if states[name]]
        self.status.emit(f"截至 {day}：{len(self._steps)} 个事项" + (f"，其中{'，'.join(parts)}" if parts else ""))
        if self.grid.model.rowCount() and self.grid.view.current_row() is None:
            self.grid.view.go(0, 0)
        self._stand_on()

    def choose(self, stage: str) -> None:
        """Show the matters of one stage, or all."""
        self._stage = stage
        self.refresh()

    def current(self) -> Step | None:
        """The matter in front."""
        row = self.grid.view.current_row()
        return self._steps[row.keys["step"][0]] if row and row.keys["step"][0] < len(self._steps) else None

    def _stand_on(self) -> None:
        step = self.current()
        self.opening.setEnabled(step is not None and step.table in SCREENS)
        self.opening.setText("打开记录" if step is None or step.records else "去登记")

    def _open(self) -> None:
        step = self.current()
        if step is None or step.table not in SCREENS:
            return
        if step.records:
            self.open_record.emit(*step.records[-1])
        else:
            self.visit.emit(SCREENS[step.table])

    # Documents

    def write(self, kind: str, folder: Path | None = None, purpose: str = "") -> None:
        """Write a document of the as-of date's year, in the background; asks where unless told, and of one that names people what for."""
        if self._work is not None:
            self.status.emit("正在生成文档，请稍候。")
            return
        if folder is None:
            said = self._purpose(kind)
            if said is None:
                return
            purpose = said
            chosen = QFileDialog.getExistingDirectory(self, "文档放在哪个文件夹", str(usual_folder(self.desk.book.folder)))
            if not chosen:
                return
            folder = Path(chosen)
        self.status.emit("正在生成文档……")
        book, day, period = self.desk.book, self.desk.as_of, self._period()
        act = partial(retention_document, book, day, folder, purpose) if kind == RETENTION else partial(write_document, book, kind, period, folder)
        self._work = Work(lambda _report: act(), self)
        self._work.done.connect(self._written)
        self._work.failed.connect(self._failed)
        self._work.start()

    def _purpose(self, kind: str) -> str | None:
        if kind != RETENTION or not self.desk.read(names_people, self.desk.as_of):
            return ""
        return purpose_of(RETENTION, "列出劳动合同的人员姓名，含个人信息。用途记入操作日志。", f"“{RETENTION}”", self.desk, self)

    def _period(self) -> Period:
        return parse_period(str(self.desk.as_of.year), self.desk.as_of)

    def _written(self, path: Path) -> None:
        self._work = None
        self.status.emit("文档已写出。")
        self.strip.say("文档已写出", path)

    def _failed(self, error: Exception) -> None:
        self._work = None
        self.status.emit("文档没有写出。")
        QMessageBox.warning(self, "生成文档", str(error))


def stages_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    return StagesPage(desk)


def _row(at: int, step: Step, state: str) -> Row:
    marks = {"state": f"{step.due} 截止，到截至日期没有完成"} if state == LATE else {"state": f"{step.due} 截止，{step.done} 才完成"} if state == DONE_LATE else {}
    return Row({"step": (at,)}, (step.stage, step.what, step.due, state, step.done, step.said, step.files or None, step.who), marks)


def _no_edits(_edits: list[Any], _name: str) -> None:
    """The list is worked out; what it shows is registered on its own screens."""
