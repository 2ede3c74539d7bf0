"""工作交接: who hands this work to whom, with the list of what was open that day, gone through matter by matter and printed to be signed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from db.lists import Key, Listing, Row
from db.lists import management_parts as lists
from db.lists.columns import field_of
from db.lists.management import register
from desktop.choose import Choose
from desktop.desk import Desk
from desktop.output import preview
from desktop.page import Page
from desktop.record import Creation, RecordSpec, RowAction, Tab
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, ask, discarding, given, log_tab, record
from desktop.screens.removing import ask_to_discard
from office import handover as acts
from office.edit import add
from office.handover_sheet import handover_sheet
from office.management import hand_over

TABLE: Final = "handover"
SHOWN: Final = {"handover.on": 9, "handover.giver": 9, "handover.receiver": 9, "handover.witness": 9, "items": 7, "taken": 7, "state": 14}
ITEMS: Final = {f"handover_item.{name}": width for name, width in (("kind", 8), ("matter", 36), ("state", 12), ("due", 9), ("taken", 7))}
ASKED: Final = tuple(f"handover.{name}" for name in ("giver", "receiver", "on", "witness"))


def handovers_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    columns = _listing(desk).columns
    items = _items(desk, None).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        return {TABLE: (desk.act(hand_over, **given(values, TABLE)),)}

    def take(row: Row) -> None:
        lines = [(one.keys["handover_item"][0], f"{one.values[0]}　{one.values[1]}") for one in _items(desk, row).rows]
        held = [one.keys["handover_item"][0] for one in _items(desk, row).rows if one.values[-1]]
        Choose(
            "登记接收", f"{_named(row)}：逐项交清楚了哪些？勾选的为已接收。", {"": lines}, held,
            lambda ticked: desk.act(acts.take, record(row, TABLE), ticked), screen,
        ).exec()  # fmt: skip

    def add_item(row: Row) -> None:
        fields = {name: field_of("handover_item", name) for name in ("kind", "matter", "state", "due")}
        ask(
            desk, screen, "新增移交事项", f"{_named(row)}：还要移交什么？如印章、钥匙、账号、纸质档案、口头约定的事。", fields,
            lambda said: desk.act(add, "handover_item", {**given_item(said), "handover": record(row, TABLE)}),
        )  # fmt: skip

    def print_list(row: Row) -> None:
        preview(desk.read(handover_sheet, record(row, TABLE), f"{desk.book.face.name}民政局"), screen)

    screen = RecordScreen(
        RecordSpec(
            title="工作交接",
            counted="次移交",
            purpose=(
                "这里办理工作移交：登记移交人、接收人和日期，程序把当天没有办完的来文、整改、招录、评价等事项列成移交清单，逐项交清以后打印签字。\n"
                "按 Ctrl+N 新增一次移交；印章、账号、纸质档案等用“新增事项”补到清单里。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=(*ASKED, "items", "taken", "state"),
            form_title="移交情况",
            tabs=(
                Tab(
                    "移交清单", items, partial(_items, desk), desk.commit(items), "当天没有未办结的事项。用“新增事项”补充要移交的东西。",
                    discard=lambda row: ask_to_discard(desk, row, f"移交事项“{row.values[1]}”"),
                ),
                attachments_tab(desk, TABLE),
                log_tab(desk, TABLE),
            ),
            actions=(
                RowAction("登记接收", take, "check", tip="逐项勾选已经交清、由接收人接收的事项"),
                RowAction("新增事项", add_item, "plus", tip="补充清单上没有的：印章、账号、纸质档案等"),
                RowAction("打印移交清单", print_list, "print", tip="移交清单，可以预览、打印，供三方签字"),
            ),
            creation=Creation("新增工作移交", ASKED, create),
            discard=discarding(desk, TABLE, _named),
        )
    )  # fmt: skip
    return screen


def given_item(said: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered; blanks keep the default."""
    return {name: value for name, value in said.items() if value is not None}


def _named(row: Row) -> str:
    return f"{row.values[0]} {row.values[1]} 向 {row.values[2]} 的移交"


def _listing(desk: Desk) -> Listing:
    return arranged(desk.read(lists.handovers, desk.as_of), SHOWN)


def _items(desk: Desk, row: Row | None) -> Listing:
    return arranged(desk.read(register, "handover_item", desk.as_of, handover=record(row, TABLE) if row else 0), ITEMS)
