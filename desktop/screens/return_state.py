"""How far a return has come, from 编制中 to 已接收, with the one next step as the main button."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton

from db.lists.report_tasks import APPROVED, DRAFT, RECEIVED, SEALED, SENT, SENT_BACK
from office.returns_desk import Draft

STEPS: Final = (DRAFT, APPROVED, SEALED, SENT, RECEIVED)
NEXT: Final = {
    DRAFT: ("审核", "数都对了，核实性问题也写了说明：由审核人通过审核"),
    APPROVED: ("封存", "把审核过的报表原样保存，以后台账再变也不影响"),
    SEALED: ("上报", "生成上报数据包，登记上报"),
    SENT: ("登记接收", "上级已经接收这份报表"),
    SENT_BACK: ("解封", "按退回的意见修改：生成下一版，编制中"),
}
"""State → the next step and what it does."""


class StateBar(QFrame):
    """The version in front, its steps, what happened since, and the next step."""

    step = Signal()
    version = Signal(int)
    """Another version (number of the return) is to be shown."""
    moved = Signal()
    """The clerk wants to see what the book has moved."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("hint")
        self.versions = QComboBox()
        self.versions.setAccessibleName("版本")
        self.versions.setToolTip("看这个任务的另一版报表")
        self.versions.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.versions.activated.connect(lambda at: self.version.emit(self.versions.itemData(at)))
        self.steps = QLabel()
        self.since = QPushButton()
        self.since.setProperty("chip", True)
        self.since.setToolTip("看封存以后台账变了哪几格")
        self.since.clicked.connect(self.moved)
        self.gone = QLabel()
        self.gone.setAccessibleName("封存后依法删除的情况")
        self.next = QPushButton()
        self.next.setProperty("main", True)
        self.next.clicked.connect(self.step)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 6, 3)
        row.addWidget(self.versions)
        row.addWidget(self.steps)
        row.addWidget(self.since)
        row.addWidget(self.gone)
        row.addStretch(1)
        row.addWidget(self.next)

    def show_return(self, draft: Draft, versions: tuple[tuple[int, str], ...], moved: int | None) -> None:
        """Say where a return stands; `moved`: cells in which the book has moved since its seal (None: it has none)."""
        self.versions.clear()
        for number, words in versions:
            self.versions.addItem(words, number)
        self.versions.setCurrentIndex(self.versions.findData(draft.number))
        state = draft.state
        shown = STEPS if state in STEPS else (*STEPS[:3], state)
        self.steps.setText(" → ".join(f"<b>{word}</b>" if word == state else f"<span style='color:#7c8794'>{word}</span>" for word in shown))
        self.since.setVisible(moved is not None)
        self.since.setEnabled(bool(moved))
        self.since.setText(f"封存后台账数据已变化 {moved} 处" if moved else "封存后台账数据没有变化")
        self.gone.setVisible(bool(draft.erased))
        self.gone.setText(draft.erased.partition("，")[0])
        self.gone.setToolTip(draft.erased)
        words, tip = NEXT.get(state, ("", ""))
        self.next.setVisible(bool(words))
        self.next.setText(words)
        self.next.setToolTip((draft.audited.stops() if state == DRAFT else "") or tip)
