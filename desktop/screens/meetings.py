"""会议: 联席会议, 政府常务会议 and others that took up this work: who took part, what was on the agenda, minutes and when they went up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from db.lists import Column, Key, Listing, Row
from db.lists import management_parts as lists
from db.lists.columns import field_of
from desktop.desk import Desk
from desktop.page import Page
from desktop.record import Creation, RecordSpec, RowAction
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, ask, discarding, findings, found_tab, given, log_tab, marked, record, value
from office import plan_docs as acts
from office.edit import add
from policy.finding import Finding
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.ticked import ticked
from policy.management_facts import JOINT_MEETING
from policy.stages import TOPICS, stages

TABLE: Final = "meeting"
RULES: Final = ("R11", "Q1", "S2")
SHOWN: Final = {
    "meeting.name": 22, "meeting.kind": 8, "meeting.held": 8, "meeting.departments": 13, "meeting.topics": 14, "meeting.minutes_no": 10,
    "meeting.reported": 8,
}  # fmt: skip
ASKED: Final = tuple(
    f"meeting.{name}" for name in ("name", "kind", "level", "held", "chair", "departments", "topics", "minutes_no", "reported")
)


def meetings_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    columns = _listing(desk).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        return {TABLE: desk.act(add, TABLE, given(values, TABLE))}

    def report(row: Row) -> None:
        fields = {"on": Field("报送日期", DATE, required=True), "minutes_no": field_of(TABLE, "minutes_no")}
        ask(
            desk, screen, "登记报送", f"{_named(row)}的会议纪要什么时候报送上级？", fields,
            lambda said: desk.act(acts.report_minutes, record(row, TABLE), said["on"], said["minutes_no"]),
            {"minutes_no": value(columns, row, "meeting.minutes_no")},
        )  # fmt: skip

    screen = RecordScreen(
        RecordSpec(
            title="会议",
            counted="次会议",
            purpose=(
                "这里登记研究社会救助经办服务工作的联席会议、政府常务会议、党委会议：哪些部门参加，研究了哪些议题，纪要的文号和报送日期。\n"
                "参会部门、会议议题可以勾选，也可以直接填写。按 Ctrl+N 登记第一次会议，纪要扫描件放在“附件”里。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=ASKED,
            form_title="会议内容",
            tabs=(
                found_tab(desk, RULES, "核查没有发现会议方面的问题。", _concerns),
                attachments_tab(desk, TABLE),
                log_tab(desk, TABLE),
            ),
            actions=(RowAction("登记报送", report, "export", tip="登记会议纪要的文号和报送日期"),),
            creation=Creation("新增会议", ASKED, create, copied=tuple(f"meeting.{name}" for name in ("name", "kind", "level", "chair", "departments", "topics"))),
            discard=discarding(desk, TABLE, _named),
        )
    )  # fmt: skip
    screen.follow(desk.checked)
    return screen


def _named(row: Row) -> str:
    return f"“{row.values[0]}”"


def _concerns(row: Row, finding: Finding) -> bool:
    return finding.rule == "R11" or row.values[1] == JOINT_MEETING


def _listing(desk: Desk) -> Listing:
    """The list; red on the newest joint meeting where departments, topics or minutes are missing."""
    listing = arranged(desk.read(lists.meetings, desk.as_of), SHOWN)
    listing = replace(listing, columns=tuple(_with_topics(desk, column) for column in listing.columns))
    found = findings(desk, ("Q1", "S2"))
    newest = max((row.values[2] for row in listing.rows if row.values[1] == JOINT_MEETING and row.values[2] <= desk.as_of), default=None)

    def marks(values: Mapping[str, Any]) -> Mapping[str, str]:
        if values["meeting.kind"] != JOINT_MEETING or values["meeting.held"] != newest:
            return {}
        column = {"Q1": "meeting.departments", "S2": "meeting.topics"}
        return {column[one.rule]: f"{one.rule} {one.arithmetic}" for one in found}

    return marked(listing, marks)


def _with_topics(desk: Desk, column: Column) -> Column:
    """The topics the year's own stages ask for are offered first, in that year alone."""
    asked = stages()
    if column.id != "meeting.topics" or desk.as_of.year != asked.year:
        return column
    words = tuple(dict.fromkeys((*asked.topics, asked.city_topic, *TOPICS)))
    return replace(column, field=replace(column.field, kind=ticked(column.field.kind.name, words, free=True)))
