"""人员: everybody engaged on the as-of date, with what hangs on each person, and the dated acts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from db.lists import Key, Listing, Row
from db.lists import people as lists
from db.lists.columns import field_of, unit_kind
from db.lists.pay import pay_of_person
from db.lists.units import names
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.record import Creation, RecordSpec, RowAction, Tab
from desktop.record.screen import RecordScreen
from office import people as acts
from policy.kinds import Field
from policy.kinds.choice import choice

ASKED = (
    "person.name", "person.id_no", "unit", "assignment.post", "engagement_term.type", "engagement_term.employer", "engagement.start", "annual",
    "person.education", "person.phone", "person.certificate", "person.major",
)  # fmt: skip
FORM = (*ASKED, "person.sex", "person.birth", "engagement.end", "engagement.end_reason", "engagement.full_time", "engagement.probation_end")

LEAVING = choice(
    "离职（退回）原因",
    ("协商一致", "个人辞职", "试用期不符合录用条件", "严重违纪", "不能胜任工作", "客观情况变化", "合同期满不续", "退回派遣单位", "退休", "死亡", "其他"),
)  # fmt: skip

MARKS = {"F1": "annual", "F2": "annual", "F3": "annual", "F4": "annual", "L12": "person.id_no", "L10": "engagement.start", "L11": "unit"}
"""Rule → the column that turns red."""


def people_screen(desk: Desk) -> RecordScreen:
    """The screen over the desk's book."""
    made = Acts(desk)
    screen = RecordScreen(
        RecordSpec(
            title="人员",
            counted="人",
            purpose=(
                "这里登记社会救助经办服务人员：谁、由谁聘用、派驻在哪个单位、工资标准是多少。\n"
                "可以先把现有花名册导入（表头、列序不同也能认），也可以按 Ctrl+N 逐个新增。"
            ),
            columns=desk.read(lists.people, desk.as_of).columns,
            rows=partial(_rows, desk),
            commit=desk.commit(desk.read(lists.people, desk.as_of).columns),
            today=desk.today,
            form=FORM,
            tabs=(
                _tab(
                    desk,
                    "派驻记录",
                    lambda person: desk.read(lists.assignments, person, desk.as_of),
                    "还没有派驻记录。用“调整派驻单位”登记。",
                ),
                _tab(desk, "用工关系", lambda person: desk.read(lists.engagements, person), "还没有用工关系。"),
                _tab(desk, "用工条件", lambda person: desk.read(lists.terms, person), "还没有用工条件。"),
                _tab(desk, "工资标准", lambda person: desk.read(lists.standards, person), "还没有工资标准。用“调薪”登记。"),
                _tab(desk, "工资", lambda person: desk.read(pay_of_person, person), "还没有工资记录。可在“工资”里录入或导入。"),
                _tab(desk, "缺勤", lambda person: desk.read(lists.absences, person), "没有缺勤记录。"),
            ),
            actions=(
                RowAction("调整派驻单位", made.transfer, "building", tip="从某一天起派驻到另一单位，原派驻记录止于前一天"),
                RowAction("调薪", made.standard, "money", tip="从某一天起执行新的工资标准"),
                RowAction("缺勤", made.absence, "calendar", tip="登记产假、病假、事假等"),
                RowAction("离职（退回）", made.leave, "trash", tip="登记离职日期和原因"),
            ),
            creation=Creation("新增人员", ASKED, made.hire),
        )
    )
    made.parent = screen
    desk.checked.connect(screen.refresh)
    return screen


def _rows(desk: Desk) -> Sequence[Row]:
    """The list, red where the newest check found something about the person."""
    listing = desk.read(lists.people, desk.as_of)
    if desk.check is None or desk.checking:
        return listing.rows
    found: dict[int, dict[str, str]] = {}
    for finding in desk.check.findings:
        if finding.person_id is not None and finding.rule in MARKS:
            marks = found.setdefault(finding.person_id, {})
            column = MARKS[finding.rule]
            marks[column] = "\n".join(text for text in (marks.get(column, ""), f"{finding.rule} {finding.arithmetic}") if text)
    return tuple(replace(row, marks=found.get(row.keys["person"][0], {})) for row in listing.rows)


def _tab(desk: Desk, title: str, read: Callable[[int], Listing], nothing: str) -> Tab:
    columns = read(0).columns
    return Tab(title, columns, lambda row: read(row.keys["person"][0]).rows, desk.commit(columns), nothing)


class Acts:
    """The dated acts with their questions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.parent: RecordScreen | None = None

    def _units(self) -> Field:
        return Field("使用单位", unit_kind(self.desk.read(names, self.desk.as_of)), required=True)

    def _ask(self, title: str, explanation: str, fields: Mapping[str, Field], act: Callable[[dict[str, Any]], object]) -> None:
        Ask(title, explanation, fields, act, self.desk.today, self.parent).exec()

    def hire(self, values: Mapping[str, Any]) -> Mapping[str, Key]:
        """Make a new worker of the blank form."""
        for name, label in (("unit", "派驻单位"), ("engagement_term.type", "用工形式"), ("engagement.start", "入职日期")):
            if values[name] is None:
                raise ValueError(f"请填写“{label}”。")
        person = {name.removeprefix("person."): value for name, value in values.items() if name.startswith("person.")}
        return self.desk.act(
            acts.hire, person, start=values["engagement.start"], unit=values["unit"], kind=values["engagement_term.type"],
            employer=values["engagement_term.employer"], post=values["assignment.post"], annual=values["annual"],
        )  # fmt: skip

    def transfer(self, row: Row) -> None:
        """调整派驻单位."""
        fields = {
            "unit": self._units(),
            "since": replace(field_of("assignment", "start"), required=True),
            "post": field_of("assignment", "post"),
        }
        self._ask(
            "调整派驻单位", f"{self._name(row)}从哪天起派驻到哪个单位？原来的派驻记录止于前一天，以前的报表不受影响。", fields,
            lambda said: self.desk.act(acts.transfer, self._engagement(row), said["unit"], said["since"], post=said["post"]),
        )  # fmt: skip

    def standard(self, row: Row) -> None:
        """调薪."""
        fields = {"since": field_of("pay_standard", "since")} | {
            name: field_of("pay_standard", name) for name in ("monthly_fixed", "performance", "year_end", "annual")
        }
        self._ask(
            "调薪", f"{self._name(row)}从哪天起执行新的工资标准？（单位：元；年工资标准＝12×月固定工资＋12×月绩效标准＋年终标准）", fields,
            lambda said: self.desk.act(acts.set_standard, self._engagement(row), **said),
        )  # fmt: skip

    def absence(self, row: Row) -> None:
        """登记缺勤."""
        fields = {name: field_of("absence", name) for name in ("kind", "start", "end", "paid")}
        fields["paid"] = replace(fields["paid"], required=True)
        self._ask(
            "登记缺勤", f"{self._name(row)}的缺勤起止（含首尾两天；还没有结束的，结束日期留空）。", fields,
            lambda said: self.desk.act(acts.absent, self._engagement(row), **said),
        )  # fmt: skip

    def leave(self, row: Row) -> None:
        """离职（退回）."""
        fields = {
            "last_day": replace(field_of("engagement", "end"), required=True),
            "reason": Field("离职（退回）原因", LEAVING, required=True),
        }
        self._ask(
            "离职（退回）", f"{self._name(row)}最后一个工作日是哪天？派驻记录同日终止；可用撤销退回。", fields,
            lambda said: self.desk.act(acts.leave, self._engagement(row), said["last_day"], said["reason"]),
        )  # fmt: skip

    def _name(self, row: Row) -> str:
        return f"“{row.values[0]}”"

    def _engagement(self, row: Row) -> int:
        if "engagement" not in row.keys:
            raise ValueError("这个人还没有用工关系。请先登记。")
        return int(row.keys["engagement"][0])
