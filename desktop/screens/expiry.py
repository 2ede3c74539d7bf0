"""到期提醒: labour contracts, purchase contracts and dispatch licences by the days left on the as-of date, with the way to deal with each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout

from db.lists import Row
from db.lists import contracts as contract_lists
from db.lists.columns import computed, field_of
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Action, Page, qaction
from desktop.screens.contract_acts import Acts as ContractActs
from desktop.screens.labour_acts import NOT_RENEWED
from desktop.screens.labour_acts import Acts as LabourActs
from office.labour import decide_not_to_renew
from policy.expiry import LABOUR, LICENCE, OVERDUE, PURCHASE, Expiring, bands, expiring
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.number import ORDINAL
from policy.kinds.text import TEXT

COLUMNS: Final = (
    computed("band", "到期情况", TEXT, 7),
    computed("sort", "类别", TEXT, 8),
    computed("name", "姓名或名称", TEXT, 16),
    computed("detail", "说明", TEXT, 30),
    computed("end", "到期日期", DATE, 8),
    computed("left", "剩余天数", ORDINAL, 6, "按截至日期计算；负数为已过的天数，当天到期为 0"),
)
EVERY: Final = "全部"


class ExpiryPage(Page):
    """The board. It is worked out from the newest check's facts each time, so nothing is missed while nobody looks."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._band = EVERY
        self._found: tuple[Expiring, ...] = ()
        self.grid = Grid(COLUMNS, _no_edits, desk.today)
        self.grid.view.nothing = "正在计算……"
        self.chips = QButtonGroup(self)
        self._nothing = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._nothing.setObjectName("emptyTitle")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self._nothing)
        self._row = QHBoxLayout()
        self._fill_chips()
        said = QLabel("续签、登记不续或者办理离职以后，这一行才会消失；时间过去不会消失。", wordWrap=True)
        said.setObjectName("purpose")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addLayout(self._row)
        box.addWidget(said)
        box.addWidget(self._stack, 1)
        self.setFocusProxy(self.grid)
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.renewing = self._action("续签", self._renew, "refresh", "续签合同；许可证延期的，到承接主体里改截止日期")
        self.ending = self._action("期满不续", self._do_not_renew, "right", "劳动合同：算经济补偿、登记离职；采购合同：登记不续决定")
        self.opening = self._action("打开", self._open, "search", "到这一行所说的人员、合同或承接主体（双击也可以）")
        self.grid.view.row_changed.connect(self._stand_on)
        self.grid.view.doubleClicked.connect(lambda _index: self._open())
        self.grid.view.activated.connect(lambda _index: self._open())
        self.follow(desk.checked)
        self._stand_on(None)

    def _action(self, words: str, run: Callable[[], object], icon: str, tip: str) -> Any:
        made = qaction(Action(words, run, icon, tip=tip), self)
        self.toolbar.addAction(made)
        self.grid.view.addAction(made)
        return made

    def _fill_chips(self) -> None:
        for at in range(5):
            button = QPushButton()
            button.setCheckable(True)
            button.setChecked(at == 0)
            button.setProperty("chip", True)
            button.clicked.connect(lambda _checked=False, at=at: self._choose(at))
            self.chips.addButton(button, at)
            self._row.addWidget(button)
        self._row.addStretch(1)

    def listed(self) -> Grid:
        return self.grid

    def refresh(self) -> None:
        """Show the board of the newest check."""
        check = self.desk.check
        if check is None or self.desk.checking:
            self.status.emit("正在计算……")
            return
        self._found = expiring(check.facts)
        words = (EVERY, *bands(check.facts.parameters.limits))
        count = Counter(one.band for one in self._found)
        for at, band in enumerate(words):
            self.chips.button(at).setText(f"{band}　{len(self._found) if at == 0 else count[band]}")
        if self._band not in words:
            self._band = EVERY
        self.chips.button(words.index(self._band)).setChecked(True)
        self.grid.view.nothing = "这一档没有要到期的。"
        self.grid.set_rows([_row(one) for one in self._found if self._band in (EVERY, one.band)])
        far = check.facts.parameters.limits.expiry_far_days
        self._nothing.setText(f"截至 {check.facts.period.as_of}，没有已过期或 {far} 天内到期的合同和许可证。")
        self._stack.setCurrentIndex(0 if self._found else 1)
        self.status.emit(f"截至 {check.facts.period.as_of}：{len(self._found)} 项" + (f"，其中已过期 {count[OVERDUE]} 项" if count[OVERDUE] else ""))
        if self.grid.model.rowCount() and self.grid.view.current_row() is None:
            self.grid.view.go(0, 0)
        self._stand_on(self.grid.view.current_row())

    def _choose(self, at: int) -> None:
        check = self.desk.check
        self._band = (EVERY, *bands(check.facts.parameters.limits))[at] if check else EVERY
        self.refresh()

    def _stand_on(self, row: Row | None) -> None:
        one = self._current()
        for action, fits in ((self.renewing, one is not None), (self.ending, one is not None and one.sort != LICENCE), (self.opening, one is not None)):
            action.setEnabled(fits)

    def _current(self) -> Expiring | None:
        row = self.grid.view.current_row()
        if row is None:
            return None
        ((table, key),) = row.keys.items()
        return next((one for one in self._found if (one.table, one.id) == (table, key[0])), None)

    # Doing

    def _renew(self) -> None:
        one = self._current()
        if one is None:
            return
        if one.sort == LABOUR:
            LabourActs(self.desk, self).renew(one.id, one.name)
        elif one.sort == PURCHASE:
            listing = self.desk.read(contract_lists.contracts, self.desk.as_of, everything=True)
            row = next((row for row in listing.rows if row.keys["purchase_contract"] == (one.id,)), None)
            if row is not None:
                ContractActs(self.desk).renew(row)
        else:
            self.open_record.emit(one.table, one.id)

    def _do_not_renew(self) -> None:
        one = self._current()
        if one is None:
            return
        if one.sort == LABOUR:
            LabourActs(self.desk, self).end(one.id, one.name, reason=NOT_RENEWED, last_day=one.end)
        elif one.sort == PURCHASE:
            fields = {"on": Field("决定日期", field_of("purchase_contract", "not_renewed_on").kind, required=True)}
            Ask(
                "期满不续", f"“{one.name}”{one.end} 到期后不再续签，是哪一天决定的？登记以后不再提醒，合同和付款记录不变。", fields,
                lambda said: self.desk.act(decide_not_to_renew, "purchase_contract", [one.id], said["on"]), self.desk.today, self, {"on": self.desk.today()},
            ).exec()  # fmt: skip

    def _open(self) -> None:
        one = self._current()
        if one is not None:
            self.open_record.emit(one.table, one.id)


def _row(one: Expiring) -> Row:
    marks = {"band": f"{one.end} 已经过期"} if one.band == OVERDUE else {}
    return Row({one.table: (one.id,)}, (one.band, one.sort, one.name, one.detail, one.end, one.left), marks)


def _no_edits(_edits: list[Any], _name: str) -> None:
    """The board is worked out; contracts are changed by the acts."""
