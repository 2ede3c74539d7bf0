"""工资层级 (二（四）): the scale with its document, its grades with monthly items and what it takes to come there, the performance rules, who moved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from db.lists import Key, Listing, Row
from db.lists import scales as lists
from db.lists.columns import field_of
from desktop.desk import Desk
from desktop.page import Action, Page
from desktop.record import Creation, RecordSpec, RowAction, Tab
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, ask, discarding, found_tab, given, log_tab, record
from desktop.screens.removing import ask_to_discard
from office.edit import add
from office.management import add_scale
from office.pay_scales import add_grade, change_grades
from policy.grade_facts import PAY_ITEMS
from policy.kinds import Field
from policy.kinds.money import MONEY

TABLE: Final = "pay_scale"
RULES: Final = ("R45", "Q3")
SHOWN: Final = {
    "pay_scale.name": 18, "pay_scale.document": 12, "pay_scale.since": 8, "state": 6, "levels": 5, "people": 7, "pay_scale.performance_share": 7,
    "pay_scale.performance_rule": 24,
}  # fmt: skip
FORM: Final = tuple(f"pay_scale.{name}" for name in ("name", "document", "since", "performance_share", "performance_rule"))


def pay_scales_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    columns = _listing(desk).columns

    def new_scale() -> None:
        fields = {name: field_of(TABLE, name) for name in ("name", "since", "document")}
        fields["lowest"] = Field("最低层级基本工资（元/月）", MONEY, required=True)
        fields["step"] = Field("每级增加（元/月）", MONEY, required=True)

        def act(said: dict[str, Any]) -> None:
            number = desk.act(add_scale, said["name"], said["since"], said["document"], said["lowest"], said["step"])
            screen.refresh()
            screen.show_record({TABLE: (number,)})

        ask(
            desk, screen, "新建工资层级方案", "按社工证分四级建一份草案：每升一级满 3 年、上年考核称职以上，基本工资逐级增加。建好以后，各项标准和条件都可以改。", fields, act,
            confirm="新建",
        )  # fmt: skip

    def create(values: Mapping[str, Any]) -> Mapping[str, Key]:
        return {TABLE: desk.act(add, TABLE, given(values, TABLE))}

    def grade(row: Row) -> None:
        fields = {"name": field_of("pay_grade", "name")} | {item: lists.field_of_item(item) for item in PAY_ITEMS}
        asked = ("year_end", "years", "certificate", "appraisal")
        fields |= {name: field_of("pay_grade", name) for name in asked}
        ask(
            desk, screen, "增加层级", f"在“{row.values[0]}”最高层级之上增加一级。工资各项至少填一项，没有的留空；晋升条件不要求的留空。", fields,
            lambda said: desk.act(
                add_grade, record(row, TABLE), {name: said[name] for name in ("name", *asked)}, {item: said[item] for item in PAY_ITEMS}
            ),
        )  # fmt: skip

    def rule(row: Row) -> None:
        fields = {name: field_of("performance_rule", name) for name in ("grade", "low", "factor")}
        ask(
            desk, screen, "增加绩效系数", "考核什么等次（得分多少以上），绩效按标准的百分之几发？同一等次按得分分档的，逐档登记。", fields,
            lambda said: desk.act(add, "performance_rule", {name: value for name, value in said.items() if value is not None} | {"scale": record(row, TABLE)}),
        )  # fmt: skip

    screen = RecordScreen(
        RecordSpec(
            title="工资层级",
            counted="份方案",
            purpose=(
                "这里登记购买服务人员的工资层级方案：分几级，每级各项工资多少，晋升要几年、什么证书、什么考核等次，绩效占比和绩效系数（二（四）、四（三））。\n"
                "可以先用“按四级建草案”生成一份再修改，也可以按 Ctrl+N 逐项登记已经印发的方案。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=FORM,
            form_title="方案内容",
            tabs=(
                _tab(desk, "层级", lists.grades, "还没有层级。用“增加层级”登记，从最低一级开始。", "层级", partial(desk.act, change_grades)),
                _tab(desk, "绩效系数", lists.performance_rules, "还没有绩效系数。用“增加绩效系数”登记：什么考核等次，绩效按多少发。", "绩效系数"),
                _tab(desk, "层级变动", lists.changes, "还没有人定在这份方案的层级上。到“晋升”里首次定级。", "层级变动"),
                found_tab(desk, RULES, "核查没有发现工资层级方面的问题。"),
                attachments_tab(desk, TABLE),
                log_tab(desk, TABLE),
            ),
            actions=(
                RowAction("增加层级", grade, "plus", tip="在最高层级之上增加一级，填各项月标准和晋升条件"),
                RowAction("增加绩效系数", rule, "plus", tip="登记什么考核等次、多少分，绩效按标准的百分之几发"),
                Action("按四级建草案…", new_scale, "report", tip="按社工证分四级建一份可以修改的方案"),
                Action("晋升", lambda: screen.visit.emit("晋升"), "people", tip="看谁符合晋升条件"),
            ),
            creation=Creation("新增方案", FORM, create, copied=("pay_scale.name", "pay_scale.performance_share", "pay_scale.performance_rule")),
            first_actions=(Action("按四级建草案…", new_scale),),
            discard=discarding(desk, TABLE, lambda row: f"“{row.values[0]}”", "已经执行过的方案要保留；有新方案的，另行登记，从施行之日起代替旧的。"),
        )
    )  # fmt: skip
    screen.follow(desk.checked)
    return screen


def _listing(desk: Desk) -> Listing:
    return arranged(desk.read(lists.scales, desk.as_of), SHOWN)


def _tab(desk: Desk, title: str, read: Callable[..., Listing], nothing: str, called: str, change: Callable[..., object] | None = None) -> Tab:
    columns = desk.read(read, 0, desk.as_of).columns
    commit = desk.commit(columns) if change is None else lambda edits, name: change(columns, edits, name)
    return Tab(
        title, columns, lambda row: desk.read(read, record(row, TABLE), desk.as_of), commit, nothing,
        discard=lambda row: ask_to_discard(desk, row, called),
    )  # fmt: skip
