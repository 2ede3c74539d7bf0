"""招录计划: from today's shortfalls to who is hired where and from which month, what it costs, and whether the 3 % pays for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from db.lists import Column, Listing, Row
from db.lists import estimate as lists
from db.lists.columns import computed, field_of, unit_kind
from db.lists.estimate import AMOUNT
from db.lists.units import names
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.page import Action
from desktop.record import RecordSpec, RowAction, Tab
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.removing import ask_to_discard
from office import estimate as acts
from office.check import check_period, facts_in
from office.edit import add
from policy.contract_facts import WORK_FUND
from policy.estimate import Estimate, estimate
from policy.facts import Facts
from policy.figures import yuan
from policy.hiring import Hire, PlanCost, Short, plan_cost, proposal, shorts
from policy.kinds import Field
from policy.kinds.number import COUNT, ORDINAL
from policy.kinds.text import TEXT

ESTIMATE, RECRUITING = "资金需求测算", "招录"
"""Screens this one leads to."""
GOING_ON: Final = "现状延续"
"""The scenario whose yearly cost of a head, and whose rest of the work fund, a plan is held against."""
COSTS: Final = (
    computed("this_year", "当年费用", AMOUNT, 8, "从到岗月份到年底，含招录和培训；每人费用（工资、单位缴费、管理费）按测算方案“现状延续”，在那里填费率"),
    computed("next_year", "下一年费用", AMOUNT, 8, "全年在岗"),
    computed("margin", "工作经费结余", AMOUNT, 9, "计划年度社会救助工作经费（上年低保支出的 3%），减去现有人员继续在岗的费用"),
    computed("verdict", "工作经费够不够", TEXT, 15),
)
SHORTS: Final = (
    computed("unit", "单位", TEXT, 12),
    computed("need", "应配", replace(COUNT, sums=False), 5),
    computed("lacking", "缺口", COUNT, 5),
    computed("share", "缺口占应配", TEXT, 7, "按这个比例从高到低先招"),
    computed("planned", "本计划安排", COUNT, 7),
    computed("left", "还未安排", COUNT, 6),
)


def hiring_screen(desk: Desk) -> RecordScreen:
    """The screen over the desk's book."""
    made = Acts(desk)
    columns = _columns(desk.read(lists.plans).columns)
    detail = desk.read(lists.plan_lines, 0, desk.as_of).columns
    making = Action("按缺口拟定…", made.ask_plan, "plus", "Ctrl+N", "按今天的缺口排出先招哪个单位、几月到岗")
    screen = RecordScreen(
        RecordSpec(
            title="招录计划",
            counted="份计划",
            purpose=(
                "这里把今天的缺口排成招录计划：先招缺得最多的单位，每月招几人，几月到岗；\n"
                "程序算出当年和下一年要多少钱、社会救助工作经费够不够。计划定了，转为招录批次继续办。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=tuple(column.id for column in columns),
            form_title="计划和费用",
            tabs=(
                Tab(
                    "计划明细", detail, lambda row: desk.read(lists.plan_lines, row.keys["hiring_plan"][0], desk.as_of), desk.commit(detail),
                    "还没有安排单位。用“增加单位…”安排。", discard=lambda row: ask_to_discard(desk, row, "计划里这个单位"),
                ),
                attachments_tab(desk, "hiring_plan"),
                Tab("今天的缺口", SHORTS, lambda row: _shorts(desk, row), lambda _edits, _name: None, "截至这一天没有单位缺人。"),
            ),
            actions=(
                making,
                RowAction("增加单位…", made.add_line, "building", "Ctrl+Shift+N", "给一个单位安排人数和到岗月份", fits=_open),
                RowAction("转为招录批次", made.to_batch, "right", tip="按单位汇总人数建一个招录批次，在“招录”里继续填报", fits=_open),
                Action("资金需求测算", made.to_estimate, "calculator", tip="这些人算进去，全年要多少钱"),
            ),
            first_actions=(making,),
            discard=made.discard,
        )
    )  # fmt: skip
    made.parent = screen
    return screen


def _open(row: Row) -> bool:
    """A plan that became a batch is worked on there."""
    return row.values[-2] is None


def _columns(listed: tuple[Column, ...]) -> tuple[Column, ...]:
    return (*listed[:3], *COSTS, *listed[3:])


def _listing(desk: Desk) -> Listing:
    listed = desk.read(lists.plans)
    facts = desk.read(facts_in, check_period(desk.as_of)) if listed.rows else None
    rows = []
    for row in listed.rows:
        assert facts is not None
        now, cost = _cost(desk, facts, row)
        marks = {"verdict": f"当年费用 {yuan(cost.this_year)} 元，工作经费结余 {yuan(cost.margin or 0)} 元"} if cost.enough is False else {}
        rows.append(replace(row, values=(*row.values[:3], cost.this_year, cost.next_year, cost.margin, _verdict(now, cost), *row.values[3:]), marks=marks))
    return Listing(_columns(listed.columns), tuple(rows))


def _cost(desk: Desk, facts: Facts, row: Row) -> tuple[Estimate, PlanCost]:
    _, scenario = desk.read(acts.offered, facts, row.values[1])[GOING_ON]
    now = estimate(facts, scenario)
    return now, plan_cost(desk.read(acts.hires_of, row.keys["hiring_plan"][0]), now, now.supply[WORK_FUND] if now.fund_known else None)


def _verdict(now: Estimate, cost: PlanCost) -> str:
    if cost.margin is None:
        return "没有登记上年低保支出"
    said = "够" if cost.enough else f"差 {yuan(cost.this_year - cost.margin)} 元"
    return said if now.rates_entered else f"{said}（未计单位缴费）"


def _shorts(desk: Desk, row: Row) -> Listing:
    facts = desk.read(facts_in, check_period(desk.as_of))
    planned: dict[int, int] = {}
    for one in desk.read(acts.hires_of, row.keys["hiring_plan"][0]):
        planned[one.unit] = planned.get(one.unit, 0) + one.heads
    return Listing(SHORTS, tuple(_short_row(one, planned.get(one.unit.id, 0)) for one in shorts(facts)))


def _short_row(one: Short, planned: int) -> Row:
    left = max(0, one.lacking - planned)
    values = (one.unit.name, one.need, one.lacking, f"{one.lacking}/{one.need}", planned, left)
    return Row({"unit": (one.unit.id,)}, values, {"left": f"还有 {left} 人没有安排"} if left else {})


class Acts:
    """The acts on hiring plans, with their questions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.parent: RecordScreen | None = None

    def ask_plan(self) -> None:
        """按缺口拟定: a plan from today's shortfalls."""
        facts = self.desk.read(facts_in, check_period(self.desk.as_of))
        lacking = sum(one.lacking for one in shorts(facts))
        year = self.desk.as_of.year + 1
        fields = {
            "name": replace(field_of("hiring_plan", "name"), required=True),
            "year": replace(field_of("hiring_plan", "year"), required=True),
            "first": Field("最早到岗月份", ORDINAL, required=True, hint="1 至 12"),
            "each": Field("每月最多招录", ORDINAL, required=True, hint="人；缺口大的单位先招"),
        }
        start = {"name": f"{year}年招录计划", "year": year, "first": 1, "each": max(1, lacking)}
        Ask(
            "按缺口拟定", f"截至 {self.desk.as_of} 缺 {lacking} 人，按缺口占应配的比例从高到低先招。", fields,
            lambda said: self._make(facts, lacking, said), self.desk.today, self.parent, start,
        ).exec()  # fmt: skip

    def _make(self, facts: Facts, lacking: int, said: Mapping[str, Any]) -> None:
        if not lacking:
            raise ValueError("截至这一天没有单位缺人，不用拟定招录计划。请先看“机构与应配”里的户数是不是最新的。")
        hires: tuple[Hire, ...] = proposal(facts, said["first"], said["each"])
        plan = self.desk.act(acts.keep_plan, said["name"], said["year"], hires)
        if self.parent is not None:
            self.parent.show_record({"hiring_plan": (plan,)})
            left = lacking - sum(one.heads for one in hires)
            if left:
                self.parent.status.emit(f"当年还有 {left} 人排不下。请提早到岗月份、增加每月人数，或列入下一年计划。")

    def add_line(self, row: Row) -> None:
        """增加单位."""
        fields = {
            "unit": Field("单位", unit_kind(self.desk.read(names, self.desk.as_of)), required=True),
            "heads": field_of("hiring_line", "heads"),
            "month": field_of("hiring_line", "month"),
        }
        plan = row.keys["hiring_plan"][0]
        Ask(
            "增加单位", f"“{row.values[0]}”里给哪个单位安排几人，几月到岗？", fields,
            lambda said: self.desk.act(add, "hiring_line", {"plan": plan, **said}), self.desk.today, self.parent,
        ).exec()  # fmt: skip

    def to_batch(self, row: Row) -> None:
        """转为招录批次, and go there."""
        self.desk.act(acts.to_batch, row.keys["hiring_plan"][0])
        if self.parent is not None:
            self.parent.visit.emit(RECRUITING)

    def to_estimate(self) -> None:
        """To the page that says what a whole year needs."""
        if self.parent is not None:
            self.parent.visit.emit(ESTIMATE)

    def discard(self, row: Row) -> None:
        """移入回收站."""
        ask_to_discard(self.desk, Row({"hiring_plan": row.keys["hiring_plan"]}, row.values), f"招录计划“{row.values[0]}”", parent=self.parent)
