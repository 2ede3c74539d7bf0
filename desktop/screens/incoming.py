"""来文登记与督办: documents from above, what they ask by when, which forms they switch on, and when it was done."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from db.lists import Key, Listing, Row
from db.lists import management as lists
from db.lists.columns import field_of
from db.lists.management import CLOSED, LATE
from desktop.desk import Desk
from desktop.page import Page
from desktop.record import Creation, RecordSpec, RowAction
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, ask, discarding, given, log_tab, marked, record
from office.edit import add
from office.management import finish
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
        return {TABLE: desk.act(add, TABLE, given(values, TABLE))}

    def close(row: Row) -> None:
        fields = {"on": Field("办结日期", DATE, required=True), "reply_no": field_of(TABLE, "reply_no")}
        ask(
            desk, screen, "办结", f"{_named(row)}要求办理的事项什么时候办结？有复文的填写文号。", fields,
            lambda said: desk.act(finish, record(row, TABLE), said["on"], said["reply_no"]),
        )  # fmt: skip

    screen = RecordScreen(
        RecordSpec(
            title="来文登记与督办",
            counted="份来文",
            purpose=(
                "这里登记上级和有关部门的来文：要求办什么、什么时候办结、由谁承办、要求报送哪些表。临近时限和逾期的在最前面，办结以后登记日期和复文文号。\n"
                "按 Ctrl+N 登记一份来文；要求报送表格的，在“启用报表”里勾选。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=FORM,
            form_title="来文内容",
            tabs=(attachments_tab(desk, TABLE), log_tab(desk, TABLE)),
            actions=(RowAction("办结", close, "check", tip="登记办结日期和复文文号", fits=lambda row: row.values[0] != CLOSED),),
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
