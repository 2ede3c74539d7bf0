"""检查通报 and 整改事项: what bodies above looked at and how it came out; every problem with measure, responsible, due day and 销号."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from db.lists import Key, Listing, Row
from db.lists import management as registers
from db.lists import reviews as lists
from db.lists.columns import field_of, unit_kind
from db.lists.units import names
from desktop.desk import Desk
from desktop.page import Action, Page
from desktop.record import Creation, RecordSpec, RowAction, Tab, Wider
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, ask, discarding, given, log_tab, marked, record, value
from desktop.screens.removing import ask_to_discard
from office.edit import add
from office.management import mend
from policy.kinds import Field

INSPECTION, PROBLEM = "inspection", "problem"
INSPECTED: Final = {
    "inspection.held": 8, "inspection.organ": 12, "inspection.kind": 10, "inspection.score": 5, "inspection.rank": 7, "inspection.finding": 24, "problems": 5,
    "open": 6,
}  # fmt: skip
TO_MEND: Final = {
    "state": 9, "problem.what": 22, "problem.unit": 9, "problem.measure": 18, "problem.responsible": 7, "problem.due": 8, "problem.mended": 8, "origin": 12,
    "problem.found_on": 8,
}  # fmt: skip
ASKED: Final = tuple(f"inspection.{name}" for name in ("organ", "kind", "held", "score", "rank", "finding"))
ASKED_PROBLEM: Final = tuple(f"problem.{name}" for name in ("what", "unit", "found_on", "measure", "responsible", "due"))
FORM_PROBLEM: Final = (*ASKED_PROBLEM, "problem.mended", "problem.proof", "origin")


def inspections_screen(desk: Desk) -> Page:
    """检查通报 over the desk's book."""
    columns = _inspected(desk).columns
    found = desk.read(registers.problems, desk.as_of, inspection=0).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        return {INSPECTION: desk.act(add, INSPECTION, given(values, INSPECTION))}

    def problem(row: Row) -> None:
        fields = {"what": field_of(PROBLEM, "what"), "unit": Field("单位", unit_kind(desk.read(names, desk.as_of)), hint="不是某个单位的留空")}
        fields |= {name: field_of(PROBLEM, name) for name in ("measure", "responsible", "due")}
        held = value(columns, row, "inspection.held")
        ask(
            desk, screen, "登记问题", f"{held} {value(columns, row, 'inspection.kind')}发现了什么问题？怎么整改，谁负责，什么时候完成？", fields,
            lambda said: desk.act(add, PROBLEM, _set(said) | {"inspection": record(row, INSPECTION), "found_on": held}),
        )  # fmt: skip

    def listed(row: Row) -> Listing:
        return desk.read(registers.problems, desk.as_of, inspection=record(row, INSPECTION))

    screen = RecordScreen(
        RecordSpec(
            title="检查通报",
            counted="次检查",
            purpose=(
                "这里登记上级的检查、通报、督查、年度民政综合评估和审计：谁来检查，得分名次，提出什么意见，发现的问题怎样整改。\n"
                "按 Ctrl+N 登记第一次检查，再用“登记问题”逐条登记要整改的问题。通报、反馈意见放在“附件”里。"
            ),
            columns=columns,
            listing=partial(_inspected, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=ASKED,
            form_title="检查内容",
            tabs=(
                Tab(
                    "整改事项", found, listed, desk.commit(found), "这次检查没有登记问题。用“登记问题”逐条登记。",
                    discard=lambda row: ask_to_discard(desk, row, "整改事项"),
                ),
                attachments_tab(desk, INSPECTION),
                log_tab(desk, INSPECTION),
            ),
            actions=(
                RowAction("登记问题", problem, "plus", tip="登记检查发现的一条问题：措施、责任人、时限"),
                Action("整改事项", lambda: screen.visit.emit("整改事项"), "check", tip="看全部还没有销号的问题"),
            ),
            creation=Creation("新增检查", ASKED, create, copied=("inspection.organ", "inspection.kind")),
            discard=discarding(desk, INSPECTION, lambda row: f"{value(columns, row, 'inspection.held')} 的检查"),
        )
    )  # fmt: skip
    screen.follow(desk.checked)
    return screen


def problems_screen(desk: Desk) -> Page:
    """整改事项 over the desk's book: those still open, or all."""
    columns = _to_mend(desk).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        return {PROBLEM: desk.act(add, PROBLEM, given(values, PROBLEM))}

    def done(row: Row) -> None:
        fields = {"on": replace(field_of(PROBLEM, "mended"), required=True), "proof": field_of(PROBLEM, "proof")}
        ask(
            desk, screen, "销号", f"“{value(columns, row, 'problem.what')}”哪一天整改完成？有什么佐证材料（文号、照片，可以放在“附件”里）？", fields,
            lambda said: desk.act(mend, record(row, PROBLEM), said["on"], said["proof"]),
            {"on": desk.today(), "proof": value(columns, row, "problem.proof")}, "销号",
        )  # fmt: skip

    screen = RecordScreen(
        RecordSpec(
            title="整改事项",
            counted="项",
            purpose=(
                "这里列出要整改的问题：摸查、检查发现的，和自己查出来的。一条问题一行：问题、措施、责任人、时限，整改完成后用“销号”登记日期和佐证材料。\n"
                "现在没有还没销号的问题。按 Ctrl+N 登记自查发现的问题；检查发现的在“检查通报”里登记，摸查发现的在“窗口摸查”里登记。"
            ),
            columns=columns,
            listing=partial(_to_mend, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=FORM_PROBLEM,
            form_title="整改内容",
            tabs=(attachments_tab(desk, PROBLEM), log_tab(desk, PROBLEM)),
            actions=(
                RowAction("销号", done, "check", tip="登记整改完成的日期和佐证材料", fits=lambda row: value(columns, row, "problem.mended") is None),
                Action("检查通报", lambda: screen.visit.emit("检查通报"), "report", tip="看历次检查的得分和意见"),
            ),
            creation=Creation("新增整改事项", ASKED_PROBLEM, create, copied=("problem.unit", "problem.found_on", "problem.responsible", "problem.due")),
            wider=Wider("含已销号", partial(_to_mend, desk, everything=True)),
            discard=discarding(desk, PROBLEM, lambda row: f"“{value(columns, row, 'problem.what')}”", "已经整改的，请用“销号”登记，不要移走。"),
        )
    )  # fmt: skip
    screen.follow(desk.checked)
    return screen


def _set(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in said.items() if one is not None}


def _inspected(desk: Desk) -> Listing:
    return arranged(desk.read(lists.inspected, desk.as_of), INSPECTED)


def _to_mend(desk: Desk, everything: bool = False) -> Listing:
    """The list, red where the day has passed."""
    listing = arranged(desk.read(lists.to_mend, desk.as_of, everything=everything), TO_MEND)
    late = registers.LATE
    return marked(listing, lambda values: {"state": f"整改时限 {values['problem.due']} 已过"} if str(values["state"]).startswith(late) else {})
