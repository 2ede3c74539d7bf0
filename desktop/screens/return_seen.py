"""Reading a return for the desk, in the background: the draft, its forms laid out and dressed, and what is shown beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.lists import report_tasks as lists
from desktop.desk import Desk
from desktop.screens.sheet_looks import Looks, looks
from desktop.worker import Cancelled, Report
from office.returns_desk import KEPT_STATES, Draft, draft_in
from returns.compare import Difference
from returns.grid import Grid, lay_out
from returns.package import Package
from returns.sheet import Sheet

if TYPE_CHECKING:
    from office.compare import Compared


@dataclass(frozen=True)
class Seen:
    """A return on screen: the draft, its forms, where everything of them stands and how it looks, and what goes with it."""

    draft: Draft
    sheets: tuple[Sheet, ...]
    grids: tuple[Grid, ...]
    looks: tuple[Looks, ...]
    moved: tuple[Difference, ...] | None
    versions: tuple[tuple[int, str], ...]
    others: tuple[tuple[int, str], ...]
    compared: Compared | None

    @property
    def being_made(self) -> bool:
        """Whether figures and notes may be set."""
        return self.draft.state == lists.DRAFT


def read_return(desk: Desk, task: int, number: int, against: int | Package | None, report: Report) -> Seen:
    """`against`: the return or package to compare with (0: the last period; None: none). The book is read in its own thread, the forms laid out in this one."""
    from office.compare import with_last_period, with_package, with_return
    from office.open import Interrupted
    from office.seal import moved_since

    try:
        report(0, 0, "正在读台账、填各表、审核……")
        draft = desk.book.read_later(draft_in, number).result()
        report(0, 0, "正在核对变化……")
        moved = desk.book.read_later(moved_since, number).result() if draft.state in KEPT_STATES else None
        versions = desk.book.read_later(lists.versions, task).result()
        others = desk.book.read_later(lists.others, number).result()
        compared = None
        if against is not None:
            if isinstance(against, Package):
                compare = desk.book.read_later(with_package, against, number)
            else:
                compare = desk.book.read_later(with_return, against, number) if against else desk.book.read_later(with_last_period, number)
            compared = compare.result()
    except Interrupted as closed:
        raise Cancelled from closed
    report(0, 0, "正在排版……")
    sheets = draft.sheets
    dressed = tuple(looks(draft, sheet, draft.state == lists.DRAFT) for sheet in sheets)
    return Seen(draft, sheets, tuple(lay_out(sheet) for sheet in sheets), dressed, moved, versions, others, compared)
