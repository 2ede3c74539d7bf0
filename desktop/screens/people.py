"""人员: everybody engaged on the as-of date, with what hangs on each person, and the dated acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from db.lists import Key, Listing, Row, history
from db.lists import people as lists
from db.lists.columns import field_of, unit_kind
from db.lists.labour import to_be_ended
from db.lists.pay import pay_of_person
from db.lists.scales import changes_of
from db.lists.units import names
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.page import Action
from desktop.record import Creation, RecordSpec, RowAction, Tab, Wider
from desktop.record.mending import mending
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.labour import appraisal_tab, labour_tab
from desktop.screens.labour_acts import Acts as LabourActs
from desktop.screens.personal import erase_action, inquiry_action
from desktop.screens.removing import ask_to_discard
from office import people as acts
from office.edit import looked
from policy.identity import check_digit, facts_of, normalise
from policy.kinds import Field, Unreadable
from policy.kinds.choice import choice
from policy.labour import END_REASONS

ASKED = (
    "person.name", "person.id_no", "unit", "assignment.post", "engagement_term.type", "engagement_term.employer", "engagement.start", "annual",
    "person.education", "person.phone", "person.certificate", "person.major",
)  # fmt: skip
TOLD = ("person.sex", "person.birth", "age")
"""Follow from the identity number."""
COPIED = ("unit", "assignment.post", "engagement_term.type", "engagement_term.employer", "engagement.start", "annual")
FORM = (
    *ASKED[:2], *TOLD, *ASKED[2:], "person.certificate_no", "person.party_member", "person.notified_on", "engagement.full_time", "engagement.probation_end", "engagement.end", "engagement.end_reason",
)  # fmt: skip

LEAVING = choice("离职（退回）原因", tuple(END_REASONS))

MARKS = {"F1": "annual", "F2": "annual", "F3": "status", "F4": "annual", "L12": "person.id_no", "L10": "engagement.start", "L11": "unit"}
"""Rule → the column that turns red."""


def people_screen(desk: Desk, bring_in: Callable[[], object]) -> RecordScreen:
    """The screen over the desk's book; `bring_in` leads to the import of a roster."""
    made = Acts(desk)
    columns = desk.read(lists.people, desk.as_of).columns
    screen = RecordScreen(
        RecordSpec(
            title="人员",
            counted="人",
            purpose=(
                "这里登记社会救助经办服务人员：谁、由谁聘用、派驻在哪个单位、工资标准是多少。\n"
                "可以先把现有花名册导入（表头、列序不同也能认），也可以按 Ctrl+N 逐个新增。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=FORM,
            tabs=(
                _tab(desk, "派驻记录", partial(_assignments, desk), "还没有派驻记录。用“调整派驻单位”登记。"),
                _tab(desk, "用工关系", lambda person: desk.read(lists.engagements, person), "还没有用工关系。"),
                _tab(desk, "用工条件", lambda person: desk.read(lists.terms, person), "还没有用工条件。用“变更用工条件”登记。"),
                _tab(desk, "工资标准", lambda person: desk.read(lists.standards, person), "还没有工资标准。用“调薪”登记。"),
                _tab(desk, "工资", lambda person: desk.read(pay_of_person, person), "还没有工资记录。可在“工资核对”里录入或导入。"),
                _tab(desk, "出勤", lambda person: desk.read(lists.attendance, person), "还没有出勤天数。由乡镇采集表或考勤表导入。"),
                _tab(desk, "缺勤", lambda person: desk.read(lists.absences, person), "没有缺勤记录。"),
                _grades_tab(desk),
                labour_tab(desk),
                appraisal_tab(desk),
                attachments_tab(desk, "person"),
                Tab(
                    "变更日志", history.LOG, lambda row: desk.read(history.log_of_person, row.keys["person"][0]), _computed, "没有变更记录。", counted=False
                ),
            ),
            actions=(
                RowAction("调整派驻单位", made.transfer, "building", tip="从某一天起派驻到另一单位，原派驻记录止于前一天", fits=_engaged),
                RowAction("调薪", made.standard, "money", tip="从某一天起执行新的工资标准", fits=_engaged),
                inquiry_action(desk, lambda: screen),
                RowAction("缺勤", made.absence, "calendar", tip="登记产假、病假、事假等", more=True, fits=_engaged),
                RowAction("离职（退回）", made.leave, "right", tip="登记离职日期和原因", fits=_engaged),
                RowAction("变更用工条件", made.term, "edit", tip="从某一天起变更用工形式、用人单位、职责", more=True, fits=_engaged),
                RowAction("签订劳动合同", made.sign, "edit", tip="登记这个人与用人单位签订的劳动合同", more=True, fits=_engaged),
                RowAction("年度考核", made.appraise, "check", tip="登记某一年度的考核等次", more=True),
                RowAction("重新聘用", made.again, "people", tip="离职以后又回来的，登记新的一段用工关系", more=True),
                erase_action(desk, lambda: screen),
            ),
            creation=Creation("新增人员", ASKED, made.hire, TOLD, COPIED),
            wider=Wider("含已离职", partial(_listing, desk, everybody=True)),
            first_actions=(Action("导入花名册", bring_in),),
            discard=made.discard,
            follows={"person.id_no": identity_says},
            looked=made.look,
        )
    )  # fmt: skip
    made.parent = screen
    screen.follow(desk.checked)
    return screen


def identity_says(text: str, today: date) -> tuple[str, Mapping[str, Any]]:
    """What an identity number says while it is typed: the check digit it needs, what is wrong, or sex, birth and age."""
    number = normalise(text)
    if re.fullmatch(r"[0-9]{17}", number):
        return f"还差最后一位：校验码应为 {check_digit(number)}。", {}
    if len(number) not in (15, 18):
        return (f"已填 {len(number)} 位，证件号应为 18 位。" if number else ""), {}
    try:
        said = facts_of(text, today)
    except Unreadable as wrong:
        return str(wrong), {}
    age = said.age_on(today)
    told = "，".join(one for one in (said.sex, f"{said.birth} 出生" if said.birth else "", f"{age} 周岁" if age is not None else "") if one)
    return f"{said.kind}：{told}。" if told else "", {"person.sex": said.sex, "person.birth": said.birth, "age": age}


def _engaged(row: Row) -> bool:
    return "engagement" in row.keys


def _listing(desk: Desk, everybody: bool = False) -> Listing:
    """The list, red where the newest check found something about the person."""
    listing = desk.read(lists.people, desk.as_of, everybody=everybody)
    if desk.check is None or desk.checking:
        return listing
    found: dict[int, dict[str, str]] = {}
    for finding in desk.check.findings:
        if finding.person_id is not None and finding.rule in MARKS:
            marks = found.setdefault(finding.person_id, {})
            column = MARKS[finding.rule]
            marks[column] = "\n".join(text for text in (marks.get(column, ""), f"{finding.rule} {finding.arithmetic}") if text)
    return Listing(listing.columns, tuple(replace(row, marks=found.get(row.keys["person"][0], {})) for row in listing.rows))


def _assignments(desk: Desk, person: int) -> Listing:
    return desk.read(lists.assignments, person, desk.as_of)


def _tab(desk: Desk, title: str, read: Callable[[int], Listing], nothing: str) -> Tab:
    columns = read(0).columns
    return Tab(
        title, columns, lambda row: read(row.keys["person"][0]), mending(desk, columns), nothing, discard=lambda row: ask_to_discard(desk, row, title)
    )  # fmt: skip


def _grades_tab(desk: Desk) -> Tab:
    columns = desk.read(changes_of, 0).columns
    return Tab(
        "层级变动", columns, lambda row: desk.read(changes_of, row.keys["person"][0]), mending(desk, columns), "还没有定级。在“考核”的“晋升”里办理定级、晋升。",
        discard=lambda row: ask_to_discard(desk, row, "层级变动"),
    )  # fmt: skip


def _computed(_edits: Sequence[Any], _name: str) -> None:
    """The log takes no edits."""


class Acts:
    """The dated acts with their questions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.parent: RecordScreen | None = None

    def _units(self) -> Field:
        return Field("使用单位", unit_kind(self.desk.read(names, self.desk.as_of)), required=True)

    def _ask(
        self, title: str, explanation: str, fields: Mapping[str, Field], act: Callable[[dict[str, Any]], object], start: Mapping[str, Any] | None = None
    ) -> None:  # fmt: skip
        Ask(title, explanation, fields, act, self.desk.today, self.parent, start).exec()

    def hire(self, values: Mapping[str, Any]) -> Mapping[str, Key]:
        """Make a new worker of the blank form."""
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
            "post": replace(field_of("assignment", "post"), hint="不填的，岗位不变"),
        }
        self._ask(
            "调整派驻单位", f"{self._name(row)}从哪天起派驻到哪个单位？原来的派驻记录止于前一天，以前的报表不受影响。", fields,
            lambda said: self.desk.act(acts.transfer, self._engagement(row), said["unit"], said["since"], post=said["post"]),
        )  # fmt: skip

    def standard(self, row: Row) -> None:
        """调薪."""
        parts = ("monthly_fixed", "performance", "year_end", "annual")
        fields = {"since": field_of("pay_standard", "since")} | {name: field_of("pay_standard", name) for name in parts}
        self._ask(
            "调薪", f"{self._name(row)}从哪天起执行新的工资标准？（单位：元；年工资标准＝12×月固定工资＋12×月绩效标准＋年终标准）", fields,
            lambda said: self.desk.act(acts.set_standard, self._engagement(row), **said),
            self._newest(lists.standards, row, "pay_standard", parts),
        )  # fmt: skip

    def term(self, row: Row) -> None:
        """变更用工条件."""
        parts = ("type", "duty", "duty_share", "employer", "retirement")
        fields = {"since": field_of("engagement_term", "since")} | {
            name: replace(field_of("engagement_term", name), required=False) for name in parts
        }
        self._ask(
            "变更用工条件", f"{self._name(row)}从哪天起变更？先列出现在的条件，只改有变化的；以前的报表不受影响。", fields,
            lambda said: self.desk.act(acts.set_term, self._engagement(row), **said),
            self._newest(lists.terms, row, "engagement_term", parts),
        )  # fmt: skip

    def again(self, row: Row) -> None:
        """重新聘用."""
        fields = {
            "start": replace(field_of("engagement", "start"), required=True),
            "unit": self._units(),
            "kind": field_of("engagement_term", "type"),
            "employer": field_of("engagement_term", "employer"),
            "post": field_of("assignment", "post"),
            "annual": field_of("pay_standard", "annual"),
        }
        self._ask(
            "重新聘用", f"{self._name(row)}从哪天起重新聘用？以前的用工关系和工资保留不动。", fields,
            lambda said: self.desk.act(acts.again, row.keys["person"][0], **said),
        )  # fmt: skip

    def absence(self, row: Row) -> None:
        """登记缺勤."""
        fields = {name: field_of("absence", name) for name in ("kind", "start", "end", "paid")}
        fields["paid"] = replace(fields["paid"], required=True)
        self._ask(
            "登记缺勤", f"{self._name(row)}的缺勤起止（含首尾两天；还没有结束的，结束日期留空）。", fields,
            lambda said: self.desk.act(acts.absent, self._engagement(row), **said),
        )  # fmt: skip

    def sign(self, row: Row) -> None:
        """签订劳动合同."""
        LabourActs(self.desk, self.parent).sign(self._engagement(row), str(row.values[0]))

    def appraise(self, row: Row) -> None:
        """登记年度考核."""
        LabourActs(self.desk, self.parent).appraise(row.keys["person"][0], str(row.values[0]))

    def leave(self, row: Row) -> None:
        """离职（退回）: with a labour contract by the way of its ending, which works out 经济补偿."""
        contract = self.desk.read(to_be_ended, self._engagement(row))
        if contract is not None:
            LabourActs(self.desk, self.parent).end(contract, str(row.values[0]))
            return
        fields = {
            "last_day": replace(field_of("engagement", "end"), required=True),
            "reason": Field("离职（退回）原因", LEAVING, required=True),
        }
        self._ask(
            "离职（退回）", f"{self._name(row)}最后一个工作日是哪天？派驻记录同日终止；可用撤销退回。", fields,
            lambda said: self.desk.act(acts.leave, self._engagement(row), said["last_day"], said["reason"]),
        )  # fmt: skip

    def discard(self, row: Row) -> None:
        """移入回收站."""
        ask_to_discard(
            self.desk, Row({"person": row.keys["person"]}, row.values), self._name(row), "确实离职的，请用“离职（退回）”登记，不要移走。", self.parent
        )  # fmt: skip

    def look(self) -> None:
        """显示号码: written down."""
        self.desk.act(looked, "人员", len(self.desk.read(lists.people, self.desk.as_of).rows))

    def _newest(self, read: Callable[..., Listing], row: Row, table: str, names: Sequence[str]) -> dict[str, Any]:
        """What holds on the as-of date, to start a change from."""
        listing = self.desk.read(read, row.keys["person"][0])
        place = {column.id: at for at, column in enumerate(listing.columns)}
        past = [one for one in listing.rows if one.values[place[f"{table}.since"]] <= self.desk.as_of]
        return {name: past[-1].values[place[f"{table}.{name}"]] for name in names} if past else {}

    def _name(self, row: Row) -> str:
        return f"“{row.values[0]}”"

    def _engagement(self, row: Row) -> int:
        return int(row.keys["engagement"][0])
