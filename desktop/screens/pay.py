"""工资: one month's pay sheet, typed, pasted or imported; computed 应发, 实发, 用工成本; who has no pay yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from db.lists import Row
from db.lists import pay as lists
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.icons import icon
from desktop.page import Action, Page, qaction
from desktop.record.editors import LineEditor
from office import pay as acts
from policy.kinds import Unreadable
from policy.kinds.month import MONTH
from policy.period import month_end

MARKED = ("F1", "F2")


class PayPage(Page):
    """The pay sheet of a month. Alt+PgUp and Alt+PgDn go a month back and on."""

    bring_in = Signal()
    """The clerk wants to import a pay sheet."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.month = desk.as_of.year * 100 + desk.as_of.month
        columns = desk.read(lists.pay_of_month, 0, 1, date.min).columns
        self.grid = Grid(columns, desk.commit(columns), desk.today)
        self._typed = LineEditor(MONTH)
        self._typed.setFixedWidth(90)
        self._typed.setAccessibleName("工资所属月份")
        self._typed.left.connect(self._take_month)
        self._missing = QLabel()
        self._missing.setObjectName("wrong")
        self._missing.setWordWrap(True)
        self._add = QPushButton("为未录入的人员建立空行")
        self._add.setToolTip("为本月在岗而没有工资记录的人员各建一行，数额留空待填")
        self._add.clicked.connect(self._add_missing)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._nothing())
        top = QHBoxLayout()
        top.addWidget(QLabel("工资所属月份"))
        top.addWidget(self._step("left", -1, "上一月（Alt+PgUp）"))
        top.addWidget(self._typed)
        top.addWidget(self._step("right", 1, "下一月（Alt+PgDn）"))
        top.addWidget(QLabel("单位：元。白色格可填，灰色格自动计算；空白不等于 0。"))
        top.addStretch(1)
        line = QHBoxLayout()
        line.addWidget(self._missing, 1)
        line.addWidget(self._add)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(top)
        box.addLayout(line)
        box.addWidget(self._stack, 1)
        self.setFocusProxy(self.grid)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        for action in (
            Action("从上月复制", self._copy, "plus", tip="把上月各人的工资项目复制到本月还没有记录的人员"),
            Action("导入工资表", self.bring_in.emit, "import"),
        ):
            self.toolbar.addAction(qaction(action, self))
        for words, keys, by in (("上一月", "Alt+PgUp", -1), ("下一月", "Alt+PgDown", 1)):
            made = qaction(Action(words, lambda by=by: self.go(by), keys=keys), self)  # type: ignore[misc]
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            self.addAction(made)
        self.grid.model.counted.connect(self._say_count)
        self.grid.view.statistics_changed.connect(lambda found: self.statistics.emit(found.words()))
        desk.checked.connect(self.refresh)

    def _step(self, picture: str, by: int, tip: str) -> QPushButton:
        button = QPushButton(icon(picture), "")
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFixedWidth(32)
        button.clicked.connect(lambda: self.go(by))
        return button

    def _nothing(self) -> QWidget:
        page = QWidget()
        self._said = QLabel()
        self._said.setObjectName("purpose")
        self._said.setWordWrap(True)
        box = QVBoxLayout(page)
        box.setContentsMargins(48, 40, 48, 40)
        box.setSpacing(14)
        title = QLabel("本月还没有工资表")
        title.setObjectName("emptyTitle")
        box.addWidget(title)
        box.addWidget(self._said)
        row = QHBoxLayout()
        for at, (words, act) in enumerate(
            (("从上月复制", self._copy), ("从 Excel 导入", self.bring_in.emit), ("按在岗人员建立空行", self._add_missing))
        ):
            button = QPushButton(words)
            button.setProperty("main", at == 0)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
        row.addStretch(1)
        box.addLayout(row)
        box.addStretch(1)
        return page

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

    def listed(self) -> Grid:
        return self.grid

    def span(self) -> str:
        first, _ = self.first_last()
        return f"工资所属月份：{first.year}年{first.month}月"

    def refresh(self) -> None:
        """Read the month again."""
        first, last = self.first_last()
        self._typed.setText(MONTH.show(self.month))
        listing = self.desk.read(lists.pay_of_month, first.year, first.month, last)
        missing = self.desk.read(acts.missing_in, first, last)
        self._missing.setText(
            f"本月在岗、还没有工资记录的 {len(missing)} 人：{'、'.join(name for _, name in missing)}" if missing and listing.rows else ""
        )
        self._missing.setVisible(bool(missing and listing.rows))
        self._add.setVisible(bool(missing and listing.rows))
        self._said.setText(
            f"{first.year}年{first.month}月有 {len(missing)} 人应发工资（政府购买服务、劳务派遣等在岗人员）。可以从上月复制，再改有变动的；也可以导入承接主体报来的工资表。"
        )
        self._stack.setCurrentIndex(0 if listing.rows else 1)
        self.grid.set_rows(self._marked(listing.rows))
        self._say_count(self.grid.model.rowCount(), len(listing.rows))

    def _marked(self, rows: Sequence[Row]) -> Sequence[Row]:
        """应发 is red where the newest check found the person's pay under the floor."""
        check = self.desk.check
        if check is None or self.desk.checking:
            return rows
        found = {one.person_id: f"{one.rule} {one.arithmetic}" for one in check.findings if one.rule in MARKED}
        return [
            replace(row, marks={"pay_month.gross": found[row.keys["person"][0]]}) if row.keys["person"][0] in found else row for row in rows
        ]

    def _say_count(self, shown: int, total: int) -> None:
        self.status.emit(
            f"{MONTH.show(self.month)}：{total} 人" if shown == total else f"{MONTH.show(self.month)}：{total} 人，筛选后 {shown} 人"
        )

    def _copy(self) -> None:
        first, last = self.first_last()
        self._try(lambda: self.desk.act(acts.copy_last_month, first, last))

    def _add_missing(self) -> None:
        first, last = self.first_last()
        self._try(lambda: self.desk.act(acts.add_missing, first, last))

    def _try(self, act: object) -> None:
        try:
            act()  # type: ignore[operator]
        except ValueError as refusal:
            self._said.setText(str(refusal))
            self.status.emit(str(refusal))
