"""绩效评价 (四（四）): each contract's evaluation of a year by three parties and in three dimensions, with weights; published, and what it was used for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from db.lists import Column, Edit, Key, Listing, Row
from db.lists import reviews as lists
from db.lists.columns import field_of
from desktop.desk import Desk
from desktop.page import Action, Page
from desktop.record import Creation, RecordSpec, RowAction, Tab
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.guided import Guided, Told
from desktop.screens.registers import arranged, ask, discarding, findings, found_tab, given, log_tab, marked, record, unchanged, value
from office import evaluations as acts
from office.check import check_period, facts_in
from office.management import evaluate
from policy.finding import Finding
from policy.kinds import Field
from policy.kinds.number import YEAR
from policy.limits import Limits

TABLE: Final = "evaluation"
RULES: Final = ("Q6", "Q7", "Q8", "Q9", "Q10")
PARTIES: Final = tuple(f"{who}_{what}" for who in ("buyer", "client", "third") for what in ("score", "weight"))
DIMENSIONS: Final = tuple(f"{what}_{kind}" for what in ("result", "project", "impact") for kind in ("score", "weight"))
SHOWN: Final = {
    "evaluation.year": 5, "evaluation.contract": 10, "supplier": 12, "evaluation.buyer_score": 6, "evaluation.client_score": 6, "evaluation.third_score": 6,
    "total": 6, "band": 6, "evaluation.published": 8, "evaluation.use": 7, "evaluation.evaluated": 8, "contract": 14,
}  # fmt: skip
ASKED: Final = tuple(f"evaluation.{name}" for name in ("contract", "year", "evaluated", "third_party", *PARTIES, *DIMENSIONS, "sample", "grade"))
FORM: Final = (
    *ASKED, "total", "band", *(f"evaluation.{name}" for name in ("published", "channel", "use", "rectification", "rectified")),
)  # fmt: skip
SCORED: Final = ("buyer_score", "client_score", "third_score", "result_score", "project_score", "impact_score")


def evaluations_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    columns = _listing(desk).columns

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        return {TABLE: (desk.act(evaluate, given(values, TABLE)),)}

    def open_year() -> None:
        fields = {"year": Field("评价年度", YEAR, required=True)}
        ask(
            desk, screen, "建立年度评价", "给这一年度履行期满足要求、还没有评价的合同，各建一份空白的绩效评价，再逐份填评分。哪一年度？", fields,
            lambda said: desk.act(acts.open_evaluations, said["year"], desk.as_of), {"year": desk.as_of.year}, "建立",
        )  # fmt: skip

    def score(row: Row) -> None:
        """打分: the six scores with their weights, the total said while they are typed."""
        limits = _limits(desk)
        own = [column for column in columns if column.column in (*PARTIES, *DIMENSIONS)]
        fields = {column.column: replace(column.field, required=False) for name in (*PARTIES, *DIMENSIONS) for column in own if column.column == name}
        held = {column.column: value(columns, row, column.id) for column in own}
        Guided(
            "评分", f"“{value(columns, row, 'contract')}”{value(columns, row, 'evaluation.year')} 年度绩效评价：三方各打多少分，三项内容各多少分？权重填整数，如 1、1、1。",
            fields, lambda said: Told((acts.foreseen(said, limits),)), lambda said: _score(desk, columns, row, said), desk.today, screen, held, "保存评分",
        ).exec()  # fmt: skip

    def publish(row: Row) -> None:
        fields = {"on": replace(field_of(TABLE, "published"), required=True), "channel": field_of(TABLE, "channel")}
        ask(
            desk, screen, "公布结果", f"{_named(columns, row)}的评价结果哪一天、在哪里向社会公布？", fields,
            lambda said: desk.act(acts.publish, record(row, TABLE), said["on"], said["channel"]), {"on": desk.today()},
        )  # fmt: skip

    def use(row: Row) -> None:
        fields = {"use": replace(field_of(TABLE, "use"), required=True), "rectification": field_of(TABLE, "rectification"), "rectified": field_of(TABLE, "rectified")}
        held = {name: value(columns, row, f"{TABLE}.{name}") for name in fields}
        ask(
            desk, screen, "结果运用", f"{_named(columns, row)}的评价结果用来做什么？评价结果作为以后选择承接主体的重要参考（四（四））。要整改的写明要求。", fields,
            lambda said: desk.act(acts.use, record(row, TABLE), said["use"], said["rectification"], said["rectified"]), held,
        )  # fmt: skip

    screen = RecordScreen(
        RecordSpec(
            title="绩效评价",
            counted="份评价",
            purpose=(
                "这里登记采购合同的年度绩效评价：购买主体、服务对象、第三方三方评分，服务成效、项目管理、社会影响三项内容（四（四）），按权重算综合得分和等次。\n"
                "先登记采购合同，再用“建立年度评价”给应评价的合同各建一份，或按 Ctrl+N 逐份登记。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=FORM,
            form_title="评价内容",
            tabs=(
                found_tab(desk, RULES, "核查没有发现绩效评价方面的问题。", partial(_concerns, columns)),
                _history_tab(desk),
                _contract_tab(desk, columns, "监督记录", "supervision", "这份合同还没有监督记录。"),
                _contract_tab(desk, columns, "信息公开", "disclosure", "这份合同还没有采购信息公开记录。"),
                attachments_tab(desk, TABLE),
                log_tab(desk, TABLE),
            ),
            actions=(
                RowAction("评分…", score, "edit", tip="填六项评分和权重，随填随算综合得分和等次"),
                RowAction("公布结果", publish, "export", tip="登记结果向社会公布的日期和渠道"),
                RowAction("结果运用", use, "check", tip="登记结果用于续签、不续、降价或整改"),
                Action("建立年度评价…", open_year, "plus", tip="给这一年度应评价的合同各建一份空白评价"),
            ),
            creation=Creation("登记绩效评价", ASKED, create),
            first_actions=(Action("建立年度评价…", open_year),),
            discard=discarding(desk, TABLE, lambda row: _named(columns, row)),
        )
    )  # fmt: skip
    screen.follow(desk.checked)
    return screen


def _score(desk: Desk, columns: tuple[Column, ...], row: Row, said: Mapping[str, Any]) -> None:
    """Write the scores as one act; a blank weight is 1."""
    for names in (PARTIES[1::2], DIMENSIONS[1::2]):
        if not sum(1 if said[name] is None else said[name] for name in names):
            raise ValueError("三方或三项的权重不能都是 0。请按 1、1、1 或者评价方案填写。")
    edits = []
    for column in columns:
        if column.column in said:
            edits.append(Edit(row, column, 1 if column.column.endswith("weight") and said[column.column] is None else said[column.column]))
    desk.commit(columns)(edits, "绩效评价评分")


def _limits(desk: Desk) -> Limits:
    facts = desk.check.facts if desk.check else desk.read(facts_in, check_period(desk.as_of))
    return facts.parameters.limits


def _listing(desk: Desk) -> Listing:
    """The list; red where the newest check found something."""
    listing = arranged(desk.read(lists.evaluated, desk.as_of, _limits(desk)), SHOWN)
    found = findings(desk, RULES)
    column = {"Q6": "total", "Q7": "total", "Q8": "evaluation.published", "Q9": "supplier"}

    def marks(values: Mapping[str, Any]) -> Mapping[str, str]:
        return {
            column[one.rule]: f"{one.rule} {one.arithmetic}"
            for one in found
            if one.contract_id == values["evaluation.contract"] and f"{values['evaluation.year']} 年度" in one.arithmetic
        }

    return marked(listing, marks)


def _concerns(columns: tuple[Column, ...], row: Row, finding: Finding) -> bool:
    return bool(finding.contract_id == value(columns, row, "evaluation.contract"))


def _named(columns: tuple[Column, ...], row: Row) -> str:
    return f"“{value(columns, row, 'contract')}”{value(columns, row, 'evaluation.year')} 年度"


def _history_tab(desk: Desk) -> Tab:
    def listed(row: Row | None) -> Listing:
        number = record(row, TABLE) if row else 0
        shown = {name: width for name, width in SHOWN.items() if name != "supplier"}
        return arranged(desk.read(lists.past_of, number, desk.as_of, _limits(desk)), shown)

    columns = tuple(replace(column, table="") for column in listed(None).columns)
    return Tab("承接主体历次评价", columns, lambda row: replace(listed(row), columns=columns), unchanged, "这个承接主体没有别的评价。")


def _contract_tab(desk: Desk, columns: tuple[Column, ...], title: str, table: str, nothing: str) -> Tab:
    own = tuple(replace(column, table="") for column in desk.read(lists.of_contract, table, 0, desk.as_of).columns)

    def listed(row: Row) -> Listing:
        return replace(desk.read(lists.of_contract, table, value(columns, row, "evaluation.contract"), desk.as_of), columns=own)

    return Tab(title, own, listed, unchanged, nothing)
