"""培训: training events with who was called and who came; those new in post stand first among whom to call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from db.lists import Key, Listing, Row
from db.lists import management as registers
from db.lists import management_parts as lists
from desktop.choose import Choose
from desktop.desk import Desk
from desktop.page import Page
from desktop.record import Creation, RecordSpec, RowAction, Tab
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, discarding, found_tab, given, log_tab, record
from desktop.screens.removing import ask_to_discard
from office import training as acts
from office.management import add_training

TABLE: Final = "training"
RULES: Final = ("S4",)
SHOWN: Final = {
    "training.name": 22, "training.kind": 9, "training.organiser": 8, "training.held": 8, "training.hours": 5, "training.place": 14, "expected": 6, "attended": 6,
}  # fmt: skip
ASKED: Final = tuple(f"training.{name}" for name in ("name", "kind", "organiser", "held", "hours", "place", "called", "came"))
CALLED: Final = "已在应参训名单上"
NOT_CALLED: Final = "不在名单上的在岗人员"


def trainings_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    columns = _listing(desk).columns
    people = desk.read(lists.called, 0, desk.as_of).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        return {TABLE: (desk.act(add_training, given(values, TABLE), {}),)}

    def choose(row: Row, title: str, explanation: str, lines: Mapping[str, Any], held: list[int], act: Callable[..., object]) -> None:
        Choose(title, explanation, lines, held, lambda ticked: desk.act(act, record(row, TABLE), ticked), screen).exec()

    def call(row: Row) -> None:
        choose(
            row, "应参训名单", f"{_named(row)}应当有哪些人参加？列出培训当天在岗和以后入职的人员，没有参加过入职培训的新入职人员排在前面。",
            desk.read(lists.to_be_called, record(row, TABLE)), list(desk.read(lists.listed, record(row, TABLE))), acts.call,
        )  # fmt: skip

    def attend(row: Row) -> None:
        listed = desk.read(lists.listed, record(row, TABLE))
        every = [one for lines in desk.read(lists.to_be_called, record(row, TABLE)).values() for one in lines]
        lines = {CALLED: [one for one in every if one[0] in listed], NOT_CALLED: [one for one in every if one[0] not in listed]}
        choose(
            row, "登记参训", f"{_named(row)}实际到了哪些人？对照签到表勾选；名单上没有勾选的为没有参训，勾选了名单以外的人，一并加到名单上。", lines,
            [person for person, came in listed.items() if came], acts.attend,
        )  # fmt: skip

    screen = RecordScreen(
        RecordSpec(
            title="培训",
            counted="次培训",
            purpose=(
                "这里登记入职培训、业务培训等：什么时候、由谁组织、多少学时，应当参加的有谁，实际到了谁。新入职人员有没有参加入职培训，按这里的名单判断。\n"
                "按 Ctrl+N 新增一次培训，用“应参训名单”勾选人员，培训以后用“登记参训”勾选到会的人；只知道人数的，直接填人数。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=ASKED,
            form_title="培训内容",
            tabs=(
                Tab(
                    "参训名单", people, lambda row: desk.read(lists.called, record(row, TABLE), desk.as_of), desk.commit(people),
                    "还没有名单。用“应参训名单”勾选，或在培训以后用“登记参训”。", discard=lambda row: ask_to_discard(desk, row, f"“{row.values[0]}”的参训记录"),
                ),
                found_tab(desk, RULES, "核查没有发现培训方面的问题。"),
                attachments_tab(desk, TABLE),
                log_tab(desk, TABLE),
            ),
            actions=(
                RowAction("应参训名单", call, "people", tip="勾选应当参加这次培训的人员"),
                RowAction("登记参训", attend, "check", tip="对照签到表勾选实际到会的人员"),
            ),
            creation=Creation("新增培训", ASKED, create, copied=tuple(f"training.{name}" for name in ("name", "kind", "organiser", "hours", "place"))),
            discard=discarding(desk, TABLE, _named),
        )
    )  # fmt: skip
    screen.follow(desk.checked)
    return screen


def _named(row: Row) -> str:
    return f"“{row.values[0]}”"


def _listing(desk: Desk) -> Listing:
    return arranged(desk.read(registers.trainings, desk.as_of), SHOWN)
