"""通讯录: 联络员 and whom one calls at other offices, providers and townships."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from db.lists import Key, Listing
from db.lists import management_parts as lists
from desktop.desk import Desk
from desktop.page import Page
from desktop.record import Creation, RecordSpec
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, discarding, found_tab, given, log_tab
from office.edit import add, looked

TABLE: Final = "contact"
RULES: Final = ("R15",)
SHOWN: Final = {"contact.name": 9, "contact.role": 10, "contact.organ": 22, "contact.duty": 10, "contact.phone": 12, "contact.remark": 20}


def contacts_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    columns = _listing(desk).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        return {TABLE: desk.act(add, TABLE, given(values, TABLE))}

    screen = RecordScreen(
        RecordSpec(
            title="通讯录",
            counted="人",
            purpose=(
                "这里登记办这项工作要联系的人：本单位联络员，编办、财政、人社等部门，承接主体，各乡镇（街道）和上级民政部门。只填工作上用的电话。\n"
                "按 Ctrl+N 逐个新增，也可以从 Excel 复制一块粘贴到列表里修改。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=tuple(SHOWN),
            form_title="联系方式",
            tabs=(found_tab(desk, RULES, "单位信息里登记了负责股（科）室和联络员。"), attachments_tab(desk, TABLE), log_tab(desk, TABLE)),
            creation=Creation("新增联系人", tuple(SHOWN), create, copied=("contact.role", "contact.organ")),
            discard=discarding(desk, TABLE, lambda row: f"“{row.values[0]}”"),
            looked=lambda: _look(desk),
        )
    )
    screen.follow(desk.checked)
    return screen


def _listing(desk: Desk) -> Listing:
    return arranged(desk.read(lists.contacts, desk.as_of), SHOWN)


def _look(desk: Desk) -> None:
    """显示号码: written down."""
    desk.act(looked, "通讯录", len(_listing(desk).rows))
