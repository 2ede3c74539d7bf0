"""移入回收站: says in words what goes, asks why, and moves it there."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.lists import Row
from desktop.ask import Ask
from desktop.desk import Desk
from office.recycle import discard, what_goes
from policy.kinds import Field
from policy.kinds.text import TEXT


def ask_to_discard(desk: Desk, row: Row, what: str, besides: str = "", parent: QWidget | None = None) -> None:
    """Ask before a row's one record goes; `what` names it, `besides` says what to use instead where that may be meant."""
    ((table, key),) = row.keys.items()
    along = desk.read(what_goes, table, key)
    sentences = [
        f"把{what}{'' if along else '的这条记录'}移入回收站？",
        f"一起移走的有：{along}。" if along else "",
        "移走以后，列表、核查和报表都不再计入；可以撤销，也可以在“回收站”里还原。",
        besides,
    ]
    Ask(
        "移入回收站", "\n".join(one for one in sentences if one), {"reason": Field("移走的原因", TEXT, required=True, hint="如：重复登记、录错了")},
        lambda said: desk.act(discard, table, key, said["reason"]), desk.today, parent, confirm="移入回收站",
    ).exec()  # fmt: skip
