"""下一步清单: what to do first in a new book, each a click from where it is done; on the workbench until all is done or the clerk sends it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from office.overview import Overview
from policy.facts import Facts

Go = Callable[[str], object]
"""Leads to a screen, or to bringing in a sheet, by its words."""


@dataclass(frozen=True)
class Step:
    """One thing to do first: in words, what is there already ("" = not done), and where it leads."""

    words: str
    done: str
    go: Callable[[], object]


def first_steps(facts: Facts, seen: Overview, visit: Go, bring_in: Go) -> tuple[Step, ...]:
    """The list for a county's book."""
    counted = sum(line.households is not None for line in seen.lines)
    paid = any(one.pay for one in facts.engagements)
    return (
        Step("登记县级民政局和各乡镇（街道）", f"{len(seen.lines)} 个单位" if len(seen.lines) > 1 else "", partial(visit, "机构与应配")),
        Step("填报各单位的救助对象户数，测算应配备人数", f"{counted} 个单位" if counted else "", partial(visit, "机构与应配")),
        Step("导入花名册，或逐个登记人员", f"{len(facts.engagements)} 人" if facts.engagements else "", partial(bring_in, "roster")),
        Step("登记服务采购合同，把人员挂到合同上", f"{len(facts.contracts)} 份" if facts.contracts else "", partial(visit, "服务采购合同")),
        Step("录入或导入本月工资", "已有工资记录" if paid else "", partial(bring_in, "pay")),
        Step("登记上年低保资金支出和本年工作经费", "已登记" if facts.dibao_spend else "", partial(visit, "经费")),
        Step("填写单位负责人、填报人和联系电话，印在报表落款处", "已填写" if facts.county.leader and facts.county.preparer else "", partial(visit, "设置")),
    )


def city_steps(tasks: int, came: int, visit: Go) -> tuple[Step, ...]:
    """The list for a city's book, which only takes in what the counties send."""
    return (
        Step("核对汇总单位名单（县、市、区）", "已列出", partial(visit, "市级汇总")),
        Step("建立报送任务，用“下发任务包”发给各县", f"{tasks} 个任务" if tasks else "", partial(visit, "报表")),
        Step("接收各县报来的数据包（可以直接拖进窗口）", f"{came} 个" if came else "", partial(visit, "市级汇总")),
    )


class Steps(QWidget):
    """One button a step; what is done says how much is there. `brief`: only what is left, with a way to be rid of it."""

    sent_away = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.gone = False
        """The clerk has sent the list away."""
        self.head, self.away = QLabel(), QPushButton("不再提示")
        self.head.setObjectName("heading")
        self.away.clicked.connect(self._send_away)
        line = QHBoxLayout()
        line.addWidget(self.head, 1)
        line.addWidget(self.away)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(6)
        self._column.addLayout(line)
        self._column.addStretch(1)
        self.buttons: list[QPushButton] = []

    def _send_away(self) -> None:
        self.gone = True
        self.hide()
        self.sent_away.emit()

    def show_steps(self, steps: Sequence[Step], brief: bool) -> None:
        """Show these; the first one that is not done yet stands out."""
        left = [step for step in steps if not step.done]
        self.head.setText(f"开始使用还剩 {len(left)} 步")
        for part in (self.head, self.away):
            part.setVisible(brief)
        self.setVisible(not brief or (bool(left) and not self.gone))
        for button in self.buttons:
            self._column.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        first = next((at for at, step in enumerate(steps) if not step.done), -1)
        for at, step in enumerate(steps):
            if brief and step.done:
                continue
            button = QPushButton(f"{at + 1}. {step.words}" + (f"　√ {step.done}" if step.done else ""))
            button.setProperty("main", at == first and not brief)
            button.setProperty("step", True)
            button.clicked.connect(lambda _checked=False, step=step: step.go())
            self._column.insertWidget(len(self.buttons) + 1, button)
            self.buttons.append(button)
