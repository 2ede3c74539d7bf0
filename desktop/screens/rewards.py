"""表彰奖励 of people and units: what, by whom, by which document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from db.lists import Key, Listing
from db.lists import reviews as lists
from desktop.desk import Desk
from desktop.page import Page
from desktop.record import Creation, RecordSpec
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, discarding, given, log_tab, value
from office.edit import add

TABLE: Final = "reward"
SHOWN: Final = {
    "reward.given": 8, "reward.person": 8, "reward.unit": 10, "reward.kind": 7, "reward.title": 22, "reward.organ": 12, "reward.doc_no": 12,
}  # fmt: skip
ASKED: Final = tuple(f"reward.{name}" for name in ("person", "unit", "given", "kind", "title", "organ", "doc_no"))


def rewards_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    columns = _listing(desk).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        said = given(values, TABLE)
        if "person" not in said and "unit" not in said:
            raise ValueError("请填写奖给谁：个人填“姓名”，集体填“单位”。")
        return {TABLE: desk.act(add, TABLE, said)}

    screen = RecordScreen(
        RecordSpec(
            title="表彰奖励",
            counted="项",
            purpose=(
                "这里登记个人和集体得到的表彰、嘉奖、通报表扬：奖给谁，什么名称，哪个机关，什么文号。考核、晋升时可以参考。\n"
                "按 Ctrl+N 登记第一项；个人的填“姓名”，集体的填“单位”，文件扫描件放在“附件”里。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=ASKED,
            form_title="奖励内容",
            tabs=(attachments_tab(desk, TABLE), log_tab(desk, TABLE)),
            creation=Creation("新增奖励", ASKED, create, copied=tuple(f"reward.{name}" for name in ("given", "kind", "title", "organ", "doc_no"))),
            discard=discarding(desk, TABLE, lambda row: f"“{value(columns, row, 'reward.title')}”"),
        )
    )  # fmt: skip
    return screen


def _listing(desk: Desk) -> Listing:
    return arranged(desk.read(lists.rewards, desk.as_of), SHOWN)
