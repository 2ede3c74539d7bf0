"""工资: one month's pay sheet, typed, pasted, copied or imported; what follows from it; and 工资核对 with what the providers report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from db.lists import Edit, Row
from db.lists.units import names
from desktop.ask import Ask
from desktop.desk import PAINTED, Desk
from desktop.grid import Grid
from desktop.icons import icon
from desktop.opening import confirmed
from desktop.page import Action, Page, qaction
from desktop.record.editors import LineEditor
from desktop.screens.pay_all import AllPayPanel
from desktop.screens.pay_compare import ComparePanel
from desktop.screens.pay_line import PayDrawer
from office import pay as acts
from office.pay_month import PAYERS, Judged, PayMonth, judged_in, line_in, pay_columns, pay_month_in
from office.pay_slips import SHEETS, WHY_NOT, write_slips
from policy.kinds import Field, Unreadable
from policy.kinds.month import MONTH
from policy.kinds.text import TEXT
from policy.period import month_end

_ANY_UNIT = "全部单位"
_DRAWER_FROM = 1050
"""Pixels of width from which the drawer is open by itself."""
_DRAWN_AFTER = 60
"""Milliseconds on one row after which the person's line is read: running down the list reads nothing."""


class PayPage(Page):
    """The pay sheet of a month. Alt+PgUp and Alt+PgDn go a month back and on, F9 works everything out again."""

    bring_in = Signal(str)
    """The clerk wants to import a sheet: "pay" (ours) or "provider" (the provider's, to be checked)."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.month = desk.as_of.year * 100 + desk.as_of.month
        self.shown: PayMonth | None = None
        self._open_ones = 0
        self._judged: dict[int, Judged] = {}
        """Month → what follows from the year so far, as last worked out; of the month shown."""
        self._asked = 0
        self._asked_for = False
        """Whether the clerk has opened or shut the drawer; until then the room there is decides."""
        columns = desk.read(pay_columns)
        self._place = {column.id: at for at, column in enumerate(columns)}
        self._commit = desk.commit(columns)
        self._typing = False
        """While cells of the sheet are being written: nobody who types waits for what follows from the year."""
        self.grid = Grid(columns, self._write, desk.today)
        self.compare = ComparePanel(desk)
        self.all = AllPayPanel(desk)
        self.drawer = PayDrawer()
        self._said = QLabel()
        self._said.setObjectName("purpose")
        self._said.setWordWrap(True)
        self.look = QLabel()
        self.look.setObjectName("wrong")
        self.look.setWordWrap(True)
        self.state = QLabel()
        self.state.setObjectName("heading")
        self.add = QPushButton("为未录入的人员建立空行")
        self.add.setToolTip("为本月在岗而没有工资记录的人员各建一行，数额留空待填")
        self.add.clicked.connect(self._add_missing)
        self.units, self.payers = QComboBox(), QComboBox()
        self.units.setAccessibleName("派驻单位")
        self.units.setMinimumContentsLength(6)
        self.payers.setAccessibleName("由谁发放")
        self.payers.addItems(list(PAYERS))
        for box in (self.units, self.payers):
            box.currentIndexChanged.connect(self._show_rows)
        self._fill()
        self._actions()
        self._following = QTimer(self, singleShot=True, interval=PAINTED)
        self._following.timeout.connect(self._follow_up)
        self._drawing = QTimer(self, singleShot=True, interval=_DRAWN_AFTER)
        self._drawing.timeout.connect(self._draw)
        self.grid.model.counted.connect(self._say_count)
        self.grid.view.row_changed.connect(lambda _row: self._drawing.start())
        for grid in (self.grid, self.compare.grid):
            grid.view.statistics_changed.connect(lambda found: self.statistics.emit(found.words()))
        self.tabs.currentChanged.connect(lambda _at: self._show_looks())
        self.compare.said.connect(self.status)
        self.all.said.connect(self.status)
        self.compare.bring_in.connect(lambda: self.bring_in.emit("provider"))
        self.grid.view.doubleClicked.connect(lambda _index: self._refuse_locked())
        self.grid.view.locked.connect(self._refuse_locked)

    # Building

    def _fill(self) -> None:
        self._typed = LineEditor(MONTH)
        self._typed.setFixedWidth(80)
        self._typed.setAccessibleName("工资所属月份")
        self._typed.left.connect(self._take_month)
        top = QHBoxLayout()
        for part in (
            QLabel("月份"), self._step("left", -1, "上一月（Alt+PgUp）"), self._typed, self._step("right", 1, "下一月（Alt+PgDn）"), self.units, self.payers, self.state,
        ):  # fmt: skip
            top.addWidget(part)
        top.addStretch(1)
        unit = QLabel("单位：元；空白不等于 0")
        unit.setToolTip("白色格可填，灰色格自动计算，红色格有问题（悬停看依据）")
        top.addWidget(unit)
        line = QHBoxLayout()
        line.addWidget(self.look, 1)
        line.addWidget(self.add)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.grid, "工资表")
        self.tabs.addTab(self.compare, "工资核对（承接主体报表）")
        self.tabs.addTab(self.all, "历年工资")
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.tabs)
        self.split.addWidget(self.drawer)
        self.split.setStretchFactor(0, 1)
        self.split.setCollapsible(0, False)
        self.drawer.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.split)
        self._stack.addWidget(self._nothing())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(top)
        box.addLayout(line)
        box.addWidget(self._stack, 1)
        self.setFocusProxy(self.grid)

    def _actions(self) -> None:
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)

        def add(words: str, run: Callable[[], object], picture: str = "", keys: str = "", tip: str = "") -> QAction:
            made = qaction(Action(words, run, picture, keys, tip), self)
            self.toolbar.addAction(made)
            return made

        self._editing = [
            add("从上月复制", self._copy, "plus", tip="把上月各人的固定项目复制到本月还没有记录的人员；奖金、加班、扣款不复制"),
            add("导入工资表", lambda: self.bring_in.emit("pay"), "import"),
        ]
        add("重算", self.recompute, "refresh", "F9", "重新计算合计、差额、折合年工资并重新核查")
        self.confirm = add("确认本月工资…", self.ask_confirm, "check", tip="核对无误后锁定本月；之后要改须先取消确认")
        self.unconfirm = add("取消确认…", self.ask_unconfirm, "undo", tip="填写原因后解除锁定，原因记入日志")
        self.slips = [add(f"{what}…", partial(self.save_sheet, what), "print") for what in SHEETS]
        self.drawing = add("走势", self._toggle_drawer, "report", tip="在右侧显示所选人员近 12 个月的应发工资")
        self.drawing.setCheckable(True)
        drop = qaction(Action("移出本月", self._drop, "trash", tip="把所选人员从本月工资表移出（可以撤销）"), self)
        self.grid.view.addAction(drop)
        self._editing.append(drop)
        for words, keys, by in (("上一月", "Alt+PgUp", -1), ("下一月", "Alt+PgDown", 1)):
            made = qaction(Action(words, lambda by=by: self.go(by), keys=keys), self)  # type: ignore[misc]
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(made)

    def _step(self, picture: str, by: int, tip: str) -> QPushButton:
        button = QPushButton(icon(picture), "")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFixedWidth(32)
        button.clicked.connect(lambda: self.go(by))
        return button

    def _nothing(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(48, 32, 48, 32)
        box.setSpacing(14)
        title = QLabel("本月还没有工资表")
        title.setObjectName("emptyTitle")
        box.addWidget(title)
        box.addWidget(self._said)
        row = QHBoxLayout()
        for at, (words, act) in enumerate(
            (("从上月复制", self._copy), ("从 Excel 导入", lambda: self.bring_in.emit("pay")), ("按在岗人员建立空行", self._add_missing))
        ):
            button = QPushButton(words)
            button.setProperty("main", at == 0)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)
        box.addStretch(1)
        return page

    # Which month

    def first_last(self) -> tuple[date, date]:
        """First and last day of the month shown."""
        year, month = divmod(self.month, 100)
        return date(year, month, 1), month_end(year, month)

    def go(self, by: int) -> None:
        """Show the month before (−1) or after (1)."""
        year, month = divmod(self.month, 100)
        at = year * 12 + month - 1 + by
        self.show_month(at // 12 * 100 + at % 12 + 1)

    def show_month(self, month: int) -> None:
        """Show a month (yyyymm)."""
        self.month = month
        self.refresh()

    def _take_month(self) -> None:
        try:
            month = MONTH.parse(self._typed.text(), self.desk.today())
        except Unreadable as error:
            self.status.emit(str(error))
            month = None
        if month and month != self.month:
            self.show_month(month)
        self._typed.setText(MONTH.show(self.month))

    def records(self) -> Mapping[Grid, str]:
        return {self.grid: "pay_month"}

    def listed(self) -> Grid | None:
        """历年工资 may be longer than a workbook: it is only looked at."""
        return {self.compare: self.compare.grid, self.all: None}.get(self.tabs.currentWidget(), self.grid)

    def span(self) -> str:
        return f"工资所属月份：{acts.said(self.first_last()[0])}"

    # Showing

    def refresh(self) -> None:
        """Read the month again; after cells were typed into, what follows from the year (verdicts, comparison) comes a moment later."""
        known = self._judged.get(self.month) if self._typing else None
        self._show(known or self._judge(self.desk.read(judged_in, self.month)), whole=known is None or self.tabs.currentWidget() is not self.grid)
        self._asked += 1
        if known is not None:
            self._following.start()

    def _follow_up(self) -> None:
        self.desk.read_beside(self, partial(self._take_judged, self._asked), judged_in, self.month)

    def _take_judged(self, asked: int, judged: Judged) -> None:
        if asked == self._asked:
            self._show(self._judge(judged), whole=True)

    def _write(self, edits: list[Edit], name: str) -> object:
        self._typing = True
        try:
            return self._commit(edits, name)
        finally:
            self._typing = False

    def _judge(self, judged: Judged) -> Judged:
        self._judged = {self.month: judged}
        return judged

    def _show(self, judged: Judged, *, whole: bool) -> None:
        first, last = self.first_last()
        self._typed.setText(MONTH.show(self.month))
        self.shown = found = self.desk.read(pay_month_in, self.month, judged)
        held = found.confirmed
        if whole:
            self._fill_units(last)
            self._open_ones = self.compare.show_month(first, held is not None)
        self.state.setText(f"已确认（{held[0]} {held[1]}），全表锁定" if held else "草稿")
        for action in (*self._editing, self.confirm):
            action.setVisible(held is None)
        self.confirm.setEnabled(bool(found.listing.rows))
        self.unconfirm.setVisible(held is not None)
        for action in self.slips:
            action.setVisible(found.direct > 0)
        self.payers.setToolTip("" if found.direct else WHY_NOT)
        self._lock(held is not None)
        self.tabs.setTabText(1, "工资核对（承接主体报表）" + (f" 待处理 {self._open_ones} 人" if self._open_ones else ""))
        self._said.setText(
            f"{acts.said(first)}有 {len(found.missing)} 人应发工资（政府购买服务、劳务派遣、直接聘用等在岗人员）。\n"
            "可以从上月复制，再改有变动的；也可以导入工资表，或按在岗人员建立空行后填写、粘贴。"
            if found.missing
            else f"{acts.said(first)}没有应发工资的在岗人员。请先在“人员”里登记或导入花名册，再录入工资。"
        )
        self._say_looks(found)
        self.grid.model.columns = found.listing.columns
        self._show_rows()
        self.all.refresh()

    def _lock(self, locked: bool) -> None:
        """A confirmed month stays readable: its cells are grey and open no editor; the book refuses what is pasted."""
        triggers = QAbstractItemView.EditTrigger
        self.grid.view.setEditTriggers(
            triggers.NoEditTriggers if locked else triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed
        )
        self.grid.view.setStyleSheet("QTableView { background: #f2f3f5; }" if locked else "")

    def _say_looks(self, found: PayMonth) -> None:
        """What needs a look, in one line: people missing, changes without a reason, differences to the provider's sheet."""
        said = []
        if found.missing and found.listing.rows:
            said.append(f"本月在岗、还没有工资记录的 {len(found.missing)} 人：{'、'.join(name for _, name in found.missing)}")
        if found.unexplained:
            said.append(f"与上月相差超过 10%、没有写变动原因的 {len(found.unexplained)} 人：{'、'.join(found.unexplained)}")
        if found.differing:
            said.append(f"与承接主体报来的不符的 {len(found.differing)} 人：{'、'.join(found.differing)}")
        if found.no_verdict:
            said.append(found.no_verdict)
        whole = "；".join(said)
        self.look.setText(whole if len(whole) < 160 else whole[:160] + "……（悬停看全部）")
        self.look.setToolTip(whole.replace("；", "\n"))
        self._show_looks()

    def _show_looks(self) -> None:
        """The line stands over the sheet only: the comparison needs the room, and says its own."""
        found, sheet = self.shown, self.tabs.currentWidget() is self.grid
        self.look.setVisible(bool(self.look.text()) and sheet)
        self.add.setVisible(bool(found and found.missing and found.listing.rows and found.confirmed is None and sheet))

    def _fill_units(self, last: date) -> None:
        known = list(self.desk.read(names, last).items())
        if [self.units.itemData(at) for at in range(self.units.count())] != [None, *(number for number, _ in known)]:
            chosen = self.units.currentData()
            self.units.blockSignals(True)
            self.units.clear()
            self.units.addItem(_ANY_UNIT, None)
            for number, name in known:
                self.units.addItem(name, number)
            self.units.setCurrentIndex(max(0, self.units.findData(chosen)))
            self.units.blockSignals(False)

    def _show_rows(self) -> None:
        if self.shown is None:
            return
        unit, kinds = self.units.currentData(), PAYERS[self.payers.currentText()]
        rows = [
            row
            for row in self.shown.listing.rows
            if (unit is None or row.values[self._place["unit"]] == unit) and (kinds is None or row.values[self._place["type"]] in kinds)
        ]
        self._stack.setCurrentIndex(0 if self.shown.listing.rows else 1)
        self.grid.view.nothing = "这个单位、这类人员本月没有工资记录。"
        self.grid.set_rows(rows)
        self.grid.view.viewport().update()
        self._say_count(self.grid.model.rowCount(), self.grid.model.total())
        if self.isVisible():
            self._drawing.start()

    def _say_count(self, shown: int, total: int) -> None:
        said = f"{MONTH.show(self.month)}：{total} 人"
        self.status.emit(said if shown == total else f"{said}，筛选后 {shown} 人")

    # The drawer

    def _toggle_drawer(self) -> None:
        self._asked_for = True
        self._open_drawer(self.drawing.isChecked())

    def _open_drawer(self, on: bool) -> None:
        self.drawing.setChecked(on)
        self.drawer.setVisible(on)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= _DRAWER_FROM
        if not self._asked_for and wide != self.drawing.isChecked():
            self._open_drawer(wide)

    def hideEvent(self, event: QHideEvent) -> None:
        self._drawing.stop()
        self._following.stop()
        self._judged = {}
        super().hideEvent(event)

    def _draw(self) -> None:
        """Show in the drawer whom the clerk stands on."""
        if not self.drawing.isChecked() or not self.isVisible():  # out of sight: the book may be closed by now
            return
        row = self.grid.view.current_row()
        if row is None:
            self.drawer.show_person("", (), ())
            return
        points = self.desk.read(line_in, row.keys["person"][0], self.month)
        self.drawer.show_person(str(row.values[0]), self._verdicts(row), points)

    def _verdicts(self, row: Row) -> list[str]:
        said = []
        for label, figure, verdict in (("年工资标准", "standard", "f1"), ("折合年工资", "annualised", "f2")):
            amount, word = row.values[self._place[figure]], row.values[self._place[verdict]]
            if word:
                kind = self.grid.model.columns[self._place[figure]].field.kind
                said.append(f"{label} {kind.show(amount) + ' 元' if amount is not None else '—'}：{word}")
        return said + list(dict.fromkeys(row.marks[name] for name in ("moved", "f1", "f2") if name in row.marks))

    # Doing

    def recompute(self) -> None:
        """F9: read and work out everything again, and ask for a new check."""
        self.desk.moved()
        self.status.emit("已重算，正在重新核查。")

    def _copy(self) -> None:
        self._try(lambda: self.desk.act(acts.copy_last_month, *self.first_last()))

    def _add_missing(self) -> None:
        first, last = self.first_last()
        self._try(lambda: f"已为 {self.desk.act(acts.add_missing, first, last)} 人建立空行。")

    def _drop(self) -> None:
        row = self.grid.view.current_row()
        if row:
            self._try(lambda: self.desk.act(acts.drop_row, row.keys["pay_month"]))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            done = act()
        except (ValueError, OSError) as refusal:
            self._said.setText(str(refusal))
            self.status.emit(str(refusal))
        else:
            if isinstance(done, str):
                self.status.emit(done)

    def _refuse_locked(self) -> None:
        if self.shown and self.shown.confirmed:
            self.status.emit(acts.confirmed_sentence(*divmod(self.month, 100)))

    def ask_confirm(self) -> Ask:
        """Say what is about to be locked and what still needs a look; returns the question, which is open."""
        first, _ = self.first_last()
        warned = self.look.toolTip().split("\n") if self.look.toolTip() else []
        if self._open_ones:
            warned.append(f"工资核对（承接主体报表）还有 {self._open_ones} 人待处理")
        said = f"确认后，{acts.said(first)}的工资表（含承接主体报来的表）锁定，只能查看；要改须先“取消确认”并写明原因。"
        return self._ask(
            "确认本月工资", "\n\n".join((said, *(f"请留意：{one}" for one in warned))), {}, lambda _: self.desk.act(acts.confirm, first)
        )

    def ask_unconfirm(self) -> Ask:
        """Ask why a confirmed month is to be opened again; returns the question, which is open."""
        first, _ = self.first_last()
        reason = {"reason": Field("取消确认的原因", TEXT, required=True)}
        said = f"取消确认后，{acts.said(first)}的工资可以修改，改完请重新确认。原因记入日志。"
        return self._ask("取消确认", said, reason, lambda values: self.desk.act(acts.unconfirm, first, values["reason"]))

    def _ask(self, title: str, said: str, fields: dict[str, Field], act: Callable[[dict[str, object]], object]) -> Ask:
        question = Ask(title, said, fields, act, self.desk.today, self, confirm=title)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()
        return question

    def save_sheet(self, what: str) -> None:
        """Ask for a folder and write 工资条 or 签领表 there."""
        if confirmed(self.desk.book, f"“{what}”", self) and (folder := QFileDialog.getExistingDirectory(self, f"{what}放在哪个文件夹")):
            self._try(lambda: f"已写出：{write_slips(self.desk.book, self.first_last()[0], what, Path(folder))}")
