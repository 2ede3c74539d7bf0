"""Cells that are not the same, as a list: of two returns side by side, and of a sealed return and the book of today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from db.lists import Column, Row
from db.lists.columns import computed
from desktop.grid import Grid
from office.compare import Compared
from policy.kinds import Kind
from policy.kinds.text import TEXT
from returns.compare import Difference
from returns.package import Package
from returns.points import note_refusal

_FIGURE: Final = Kind("数", TEXT.parse, align="right")
LAST: Final = 0
"""Chooses the last period to compare with."""
FILE: Final = -1
"""Chooses a package in a file to compare with."""


def _columns(was: str, now: str, more: Sequence[Column] = ()) -> tuple[Column, ...]:
    return (
        computed("form", "表", TEXT, 4), computed("line", "行", TEXT, 8), computed("mark", "栏次", TEXT, 3), computed("label", "栏目", TEXT, 12),
        computed("was", was, _FIGURE, 8), computed("now", now, _FIGURE, 8), computed("change", "增减", _FIGURE, 6), *more,
    )  # fmt: skip


def _values(one: Difference) -> tuple[str, ...]:
    return (one.form, one.line, one.mark, one.label, one.was or "空白", one.now or "空白", one.share)


def opens_with_enter(grid: Grid, run: Callable[[], object]) -> None:
    """A double click or Enter on a line of a list nothing is typed into."""
    grid.view.doubleClicked.connect(lambda _index: run())
    grid.view.installEventFilter(_Enter(grid.view, run))


class _Enter(QObject):
    """In a list nothing is typed into, Enter does not go down but opens."""

    def __init__(self, parent: QObject, run: Callable[[], object]) -> None:
        super().__init__(parent)
        self._run = run

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
            return True
        return super().eventFilter(watched, event)


class _List(Grid):
    def __init__(self, columns: tuple[Column, ...], nothing: str, today: Callable[[], date], go: Callable[[Difference], object]) -> None:
        super().__init__(columns, lambda _edits, _name: None, today)
        self.view.nothing = nothing
        self.found: tuple[Difference, ...] = ()
        opens_with_enter(self, lambda: [go(one) for one in self.chosen()[:1]])

    def chosen(self) -> list[Difference]:
        """The differences selected."""
        places = dict.fromkeys(place for place, _ in self.view.chosen_cells())
        return [self.found[self.model.row_at(place).keys["difference"][0]] for place in places]


class MovedPane(QWidget):
    """封存后变化: what the seal says and what the book says now."""

    go = Signal(object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self.list = _List(_columns("封存时", "现在的台账"), "封存后台账数据没有变化。", today, self.go.emit)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.list)

    def show_moved(self, found: Sequence[Difference]) -> None:
        """List the cells that moved."""
        self.list.found = tuple(found)
        self.list.set_rows([Row({"difference": (at,)}, _values(one)) for at, one in enumerate(found)])


class ComparePane(QWidget):
    """比较: this return against the last period or another return; large changes are marked and ask for a reason."""

    go = Signal(object)
    against = Signal(object)
    """The return to compare with (its number; `LAST`: the last period; `FILE`: a package the clerk is to choose; or a package)."""
    export = Signal()
    """The list is wanted as a workbook."""
    explained = Signal(list, str)
    """Differences and the reason for them."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._compared: Compared | None = None
        self._against: int | Package = LAST
        self._package: Package | None = None
        self.other = QComboBox()
        self.other.setAccessibleName("与哪一期比较")
        self.other.activated.connect(lambda at: self.against.emit(self.other.itemData(at)))
        self.asking = QCheckBox("只看要说明原因的")
        self.asking.toggled.connect(self._fill)
        self.said = QLabel()
        self.said.setObjectName("purpose")
        columns = _columns("前", "后", (computed("reason", "变动原因", TEXT, 20),))
        self.list = _List(columns, "没有不同的格。", today, self.go.emit)
        self.reason = QLineEdit(placeholderText="变动原因：不少于 5 个字；可选多行一起写")
        self.reason.setAccessibleName("变动原因")
        self.keep = QPushButton("写入原因")
        self.keep.setToolTip("把这条原因写给选中的各行")
        self.table = QPushButton("存为 Excel…")
        self.table.setToolTip("把列出的变动和原因写成“变动情况说明表”，用来签字、报送；附表1、附表2的个人明细不在其中")
        self.table.clicked.connect(self.export)
        self.table.setEnabled(False)
        self.reason.returnPressed.connect(self._keep)
        self.keep.clicked.connect(self._keep)
        self.wrong = QLabel(wordWrap=True)
        self.wrong.setObjectName("wrong")
        self.wrong.hide()
        top, last = QHBoxLayout(), QHBoxLayout()
        self.other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.other.setMinimumContentsLength(16)
        top.addWidget(self.other)
        top.addWidget(self.asking)
        top.addWidget(self.said, 1)
        last.addWidget(self.reason, 1)
        last.addWidget(self.keep)
        last.addWidget(self.table)
        box = QVBoxLayout(self)
        box.setContentsMargins(4, 4, 4, 4)
        box.setSpacing(4)
        box.addLayout(top)
        box.addWidget(self.list, 1)
        box.addWidget(self.wrong)
        box.addLayout(last)

    def offer(self, others: Sequence[tuple[int, str]], last: str) -> None:
        """What the return may be compared with."""
        self.other.clear()
        package = () if self._package is None else ((self._package, f"数据包：{self._package.manifest.unit} {self._package.manifest.period} 第{self._package.manifest.version}版"),)
        offered = ((LAST, f"上期：{last}"), *others, *package, (FILE, "上报数据包文件…"))
        for at, (which, words) in enumerate(offered):
            self.other.addItem(words, which)
            self.other.setItemData(at, words, Qt.ItemDataRole.ToolTipRole)
        self.show_against(self._against)

    def show_against(self, which: int | Package) -> None:
        """What the list is compared with; a package stays among what is offered."""
        self._against = which
        if isinstance(which, Package):
            self._package = which
        offered = [self.other.itemData(at) for at in range(self.other.count())]
        self.other.setCurrentIndex(next((at for at, one in enumerate(offered) if one is which or one == which), 0))

    def show_compared(self, compared: Compared, being_made: bool) -> None:
        """Show the differences."""
        self._compared = compared
        asks = len(compared.without_reason())
        self.said.setText(f"{compared.before} → {compared.after}：{len(compared.differences)} 格不同，{asks} 格要说明原因")
        self.said.setToolTip(self.said.text())
        self.reason.setEnabled(being_made)
        self.keep.setEnabled(being_made)
        self.table.setEnabled(True)
        self._fill()

    def _fill(self) -> None:
        if self._compared is None:
            return
        reasons, asked = self._compared.reasons, self.asking.isChecked()
        self.list.found = self._compared.differences
        rows = []
        for at, one in enumerate(self.list.found):
            if one.asks or not asked:
                reason = reasons.get(one.subject, "")
                marks = {"change": "变动较大，请说明原因", "reason": "变动较大，请说明原因"} if one.asks and not reason else {}
                rows.append(Row({"difference": (at,)}, (*_values(one), reason), marks))
        self.list.set_rows(rows)

    def listed(self) -> list[Difference]:
        """The differences in the list, in the order and under the filter they are seen in."""
        return [self.list.found[self.list.model.row_at(at).keys["difference"][0]] for at in range(self.list.model.rowCount())]

    def say(self, sentence: str) -> None:
        """Why a reason was not taken."""
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def _keep(self) -> None:
        chosen = self.list.chosen()
        if not chosen:
            self.say("请先在上面选中要说明的行。")
        elif wrong := note_refusal(self.reason.text()):
            self.say(wrong.replace("审核说明", "变动原因"))
        else:
            self.say("")
            self.explained.emit(chosen, self.reason.text())
