"""招录: batches with their plan and consents, how far they are by unit, and who came by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import partial
from math import ceil
from typing import Any, Final

from db.lists import Key, Listing, Row
from db.lists import management_parts as lists
from db.lists.columns import field_of
from db.lists.management import LATE
from desktop.choose import Choose
from desktop.desk import Desk
from desktop.page import Page
from desktop.record import Creation, RecordSpec, RowAction, Tab
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, ask, choose_units, discarding, found_tab, given, log_tab, marked, record, unchanged, value
from desktop.screens.removing import ask_to_discard
from office import recruiting as acts
from policy.finding import Finding

TABLE: Final = "recruit_batch"
RULES: Final = ("S3", "P1", "Q10")
SHOWN: Final = {
    "recruit_batch.name": 12, "recruit_batch.recruiter": 13, "agreed": 10, "recruit_batch.announced": 8, "planned": 6,
    "on_post": 5, "left": 5, "recruit_batch.due": 8, "state": 8,
}  # fmt: skip
ASKED: Final = tuple(
    "units" if name == "units" else f"recruit_batch.{name}"
    for name in ("name", "recruiter", "units", "plan_no", "announced", "channel", "method", "conditions", "due")
)
CONSENTS: Final = tuple(
    f"recruit_batch.{name}" for name in ("party_organ", "government_organ", "party_on", "government_on", "party_no", "government_no")
)
FORM: Final = (*ASKED, "state", *CONSENTS)
LINES: Final = {
    "recruit_line.unit": 12, "recruit_line.planned": 6, "recruit_count.as_of": 8, "recruit_count.applied": 5, "recruit_count.qualified": 9,
    "recruit_count.interviewed": 9, "recruit_count.publicised": 5, "recruit_count.hired": 6, "recruit_count.on_post": 5, "left": 5, "linked": 7,
    "recruit_line.due": 9,
}  # fmt: skip
TOLD: Final = ("recruit_batch.party_on", "recruit_batch.government_on")
"""Taken over from the plan."""


def recruits_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    made = Acts(desk)
    columns = _listing(desk).columns
    lines = _lines(desk, None).columns
    screen = RecordScreen(
        RecordSpec(
            title="招录",
            counted="个批次",
            purpose=(
                "这里登记招录批次：由谁招录，依据哪个方案，党委、政府是否同意，什么时候公告，计划什么时候完成；各单位计划招几人、报名到到岗各有几人。\n"
                "按 Ctrl+N 新增批次，用“招录单位”勾选缺人的单位，用“登记进度”登记某一天的报名、到岗人数；人员到岗、在“人员”里登记以后，用“登记到岗”与批次连上。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=FORM,
            form_title="批次内容",
            tabs=(
                Tab(
                    "招录进度", lines, partial(_lines, desk), lambda edits, name: desk.act(acts.set_counts, lines, edits, name, desk.as_of),
                    "还没有招录单位。用“招录单位”勾选。", discard=lambda row: ask_to_discard(desk, row, "招录单位"),
                ),
                Tab(
                    "到岗人员", desk.read(lists.arrived, 0, desk.as_of).columns, lambda row: desk.read(lists.arrived, record(row, TABLE), desk.as_of),
                    unchanged, "还没有登记到岗的人员。先在“人员”里登记，再用“登记到岗”勾选。",
                ),
                found_tab(desk, RULES, "核查没有发现这个批次的问题。", _concerns),
                attachments_tab(desk, TABLE),
                log_tab(desk, TABLE),
            ),
            actions=(
                RowAction("招录单位", made.units, "building", tip="勾选这一批给哪些单位招人；新勾选的，计划人数先按缺口填好"),
                RowAction("登记进度", made.count, "edit", tip="登记各单位截至某一天的报名、合格、签约、到岗人数"),
                RowAction("登记到岗", made.arrive, "people", tip="勾选由这一批招录到岗的人员"),
            ),
            creation=Creation("新增招录批次", ASKED, made.add, TOLD, tuple(f"recruit_batch.{name}" for name in ("recruiter", "plan_no", "channel", "method", "conditions"))),
            discard=discarding(desk, TABLE, _named),
            follows={"recruit_batch.plan_no": made.plan},
        )
    )  # fmt: skip
    made.screen = screen
    screen.follow(desk.checked)
    return screen


def _named(row: Row) -> str:
    return f"“{row.values[0]}”"


def _concerns(row: Row, finding: Finding) -> bool:
    """P1 names the batch it is about, or looks at heads and money; S3 looks at all batches together, or at the plan."""
    return finding.arithmetic.startswith("计划招录" if finding.rule == "S3" else f"{row.values[0]}的")


def _listing(desk: Desk) -> Listing:
    """The list, red where a batch is late or consents are missing."""

    def marks(values: Mapping[str, Any]) -> Mapping[str, str]:
        red = {}
        if values["state"].startswith(LATE):
            red["state"] = red["left"] = f"计划 {values['recruit_batch.due']} 完成，计划 {values['planned']} 人，到岗 {values['on_post']} 人，差 {values['left']} 人"
        if values["agreed"].startswith("缺") and values["recruit_batch.announced"]:
            red["agreed"] = "公告以前应经当地党委、政府同意"
        return red

    return marked(arranged(desk.read(lists.batches, desk.as_of), SHOWN), marks)


def _lines(desk: Desk, row: Row | None) -> Listing:
    return arranged(desk.read(lists.batch_lines, record(row, TABLE) if row else 0, desk.as_of), LINES)


class Acts:
    """The acts on batches, with their questions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.screen: RecordScreen | None = None

    def add(self, values: Mapping[str, Any]) -> Mapping[str, Key]:
        """Make a new batch of the blank form."""
        return {TABLE: (self.desk.act(acts.open_batch, given(values, TABLE), dict(values["units"] or ())),)}

    def plan(self, text: str, _today: date) -> tuple[str, Mapping[str, Any]]:
        """What is known of the plan whose number is being typed."""
        plan = self.desk.read(acts.plan_of, text)
        if plan is None:
            return (f"没有登记文号为“{text}”的方案，同意的机关和日期以后在批次里填写。" if text else ""), {}
        said = "党委、政府的同意情况从方案带入。" if plan["party_on"] or plan["government_on"] else "这个方案还没有登记党委、政府同意。"
        return f"{plan['title'] or plan['kind']}：{said}", {name: plan[name.partition(".")[2]] for name in TOLD}

    def units(self, row: Row) -> None:
        """勾选招录单位."""
        held = dict(value(_listing(self.desk).columns, row, "units") or ())
        choose_units(
            self.desk, self.screen, "招录单位", f"{_named(row)}给哪些单位招人？新勾选的单位，计划人数先按缺口填好（不缺的填 1），要改的再在“招录进度”里改。", held,
            lambda line: max(1, ceil(line.shortfall or 0)), lambda planned: self.desk.act(acts.set_units, record(row, TABLE), planned),
        )  # fmt: skip

    def count(self, row: Row) -> None:
        """登记进度."""
        ask(
            self.desk, self.screen, "登记进度", f"{_named(row)}的进度截至哪一天？确定以后，各单位先照上次的人数列出，再在“招录进度”里改成这一天的人数；以前登记的保留。",
            {"on": field_of("recruit_count", "as_of")}, lambda said: self.desk.act(acts.count_on, record(row, TABLE), said["on"]),
            {"on": min(self.desk.as_of, self.desk.today())},
        )  # fmt: skip

    def arrive(self, row: Row) -> None:
        """登记到岗."""
        lines, held = self.desk.read(lists.arriving, record(row, TABLE), self.desk.as_of)

        def take(ticked: list[tuple[int, int]]) -> None:
            came: dict[int, list[int]] = defaultdict(list)
            for line, engagement in ticked:
                came[line].append(engagement)
            self.desk.act(acts.arrive, record(row, TABLE), came)

        explanation = (
            f"哪些人是由{_named(row)}招录到岗的？按最初派驻的单位列出公告以后入职的人员；派驻单位不在这一批里的不列出。\n"
            "确定以后，各单位的“到岗”从每个人入职那天起至少是勾选的人数，“已签合同”不少于这个人数。"
        )
        if not any(lines.values()):
            explanation += "\n现在没有可以勾选的人员：请先在“人员”里登记新到岗的人，并派驻到招录单位。"
        Choose("登记到岗", explanation, lines, held, take, self.screen).exec()
