"""来文登记与督办: documents from above, what they ask by when, which forms they switch on, and when it was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QTimer

from db.lists import Key, Listing, Row
from db.lists import management as lists
from db.lists.columns import field_of
from db.lists.management import CLOSED, LATE
from desktop.desk import Desk
from desktop.page import Page
from desktop.record import Creation, RecordSpec, RowAction
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, ask, discarding, given, log_tab, marked, record, value
from desktop.screens.task_questions import FIRST, ask_task
from office.edit import add
from office.management import finish
from office.tasks import make_task_by_document, task_by_document, tasks_by_document
from policy.kinds import Field
from policy.kinds.date import DATE

TABLE: Final = "incoming_doc"
SHOWN: Final = {
    "state": 8, "incoming_doc.title": 26, "incoming_doc.doc_no": 11, "incoming_doc.organ": 9, "incoming_doc.received": 8, "incoming_doc.handler": 5,
    "incoming_doc.due": 8,
}  # fmt: skip
ASKED: Final = tuple(f"incoming_doc.{name}" for name in ("title", "doc_no", "organ", "received", "asks", "forms", "handler", "due"))
FORM: Final = (*ASKED, "incoming_doc.done", "incoming_doc.reply_no")


def incoming_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    columns = _listing(desk).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        key = desk.act(add, TABLE, given(values, TABLE))
        if values["incoming_doc.forms"]:
            QTimer.singleShot(0, screen, lead)
        return {TABLE: key}

    def lead() -> None:
        """A document that switches forms on leads to its task at once; who cancels finds it again in the toolbar."""
        if screen.row is not None:
            task(screen.row)

    def close(row: Row) -> None:
        fields = {"on": Field("办结日期", DATE, required=True), "reply_no": field_of(TABLE, "reply_no")}
        ask(
            desk, screen, "办结", f"{_named(row)}要求办理的事项什么时候办结？有复文的填写文号。", fields,
            lambda said: desk.act(finish, record(row, TABLE), said["on"], said["reply_no"]),
        )  # fmt: skip

    def task(row: Row) -> None:
        number = record(row, TABLE)
        start = desk.read(task_by_document, number, desk.as_of.year)

        def make(said: dict[str, Any]) -> None:
            made = desk.act(make_task_by_document, number, **said)
            QTimer.singleShot(0, screen, lambda: screen.open_record.emit("report_task", made))

        explanation = (
            f"{_named(row)}要求报送{'、'.join(form for form in start.forms if form != '封面')}。文号、截止日期和报表已按来文填好，请核对报告期和截至日期。\n"
            "报告期写 2026、2026H1、2026Q3 或 2026-05；截至日期不填，为报告期最后一天。"
        )
        ask_task(desk, "据此新建任务", explanation, FIRST, start, make, screen)

    def open_task(row: Row) -> None:
        screen.open_record.emit("report_task", desk.read(tasks_by_document, record(row, TABLE))[-1])

    def made(row: Row) -> bool:
        return bool(desk.read(tasks_by_document, record(row, TABLE)))

    screen = RecordScreen(
        RecordSpec(
            title="来文登记与督办",
            counted="份来文",
            purpose=(
                "这里登记上级和有关部门的来文：要求办什么、什么时候办结、由谁承办、要求报送哪些表。临近时限和逾期的在最前面，办结以后登记日期和复文文号。\n"
                "按 Ctrl+N 登记一份来文；要求报送表格的，在“启用报表”里勾选，保存以后据此新建报送任务。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=FORM,
            form_title="来文内容",
            tabs=(attachments_tab(desk, TABLE), log_tab(desk, TABLE)),
            actions=(
                RowAction("办结", close, "check", tip="登记办结日期和复文文号", fits=lambda row: row.values[0] != CLOSED),
                RowAction(
                    "据此新建任务…", task, "plus", tip="按来文的文号、时限和要求的表新建报送任务",
                    fits=lambda row: bool(value(columns, row, "incoming_doc.forms")),
                ),
                RowAction("打开任务", open_task, "report", tip="打开据这份来文新建的报送任务", fits=made),
            ),
            creation=Creation("登记来文", ASKED, create, copied=("incoming_doc.organ", "incoming_doc.handler")),
            discard=discarding(desk, TABLE, _named),
        )
    )  # fmt: skip
    return screen


def _named(row: Row) -> str:
    return f"“{row.values[1]}”"


def _listing(desk: Desk) -> Listing:
    """What is still to be done, the most urgent first; then what is done, the newest first."""
    listing = arranged(desk.read(lists.incoming, desk.as_of), SHOWN)
    due = list(SHOWN).index("incoming_doc.due")
    open_ones = sorted(
        (row for row in listing.rows if row.values[0] != CLOSED), key=lambda row: (row.values[due] is None, row.values[due] or date.max)
    )
    rows = (*open_ones, *(row for row in listing.rows if row.values[0] == CLOSED))

    def marks(values: Mapping[str, Any]) -> Mapping[str, str]:
        late = values["state"].startswith(LATE)
        return {"state": f"应在 {values['incoming_doc.due']} 前办结"} if late else {}

    return marked(Listing(listing.columns, rows), marks)
