"""方案与公开: plans, reports and notices with the consent of 党委 and 政府, what a plan says, whether it was published and went up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from db.lists import Key, Listing, Row
from db.lists import management_parts as lists
from db.lists.columns import computed, field_of
from db.lists.management import LATE
from desktop.desk import Desk
from desktop.page import Action, Page
from desktop.record import Creation, RecordSpec, RowAction, Tab
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import attachments_tab
from desktop.screens.registers import arranged, ask, choose_units, discarding, findings, found_tab, given, log_tab, marked, record, value
from desktop.screens.removing import ask_to_discard
from office import plan_docs as acts
from office.management import add_plan, open_year
from policy.finding import Finding
from policy.kinds import Field
from policy.kinds.date import DATE
from policy.kinds.number import COUNT, YEAR
from policy.management_facts import CITY_MEASURES, DRAFT_PLAN, OPERATING_PLAN, SELF_CHECK, SURVEY_REPORT
from policy.staffing import staffing

TABLE: Final = "plan_doc"
RULES: Final = ("R12", "S1", "S3", "S5", "P1", "Q10")
ABOUT: Final = {"R12": (CITY_MEASURES,), "S1": (SURVEY_REPORT, DRAFT_PLAN), "S3": (OPERATING_PLAN,), "S5": (SELF_CHECK,), "P1": (OPERATING_PLAN,)}
"""Rule → sorts of document it looks at."""
SHOWN: Final = {
    "plan_doc.kind": 10, "plan_doc.title": 20, "plan_doc.year": 6, "plan_doc.doc_no": 11, "plan_doc.dated": 8, "agreed": 10, "publication": 6,
    "reporting": 8,
}  # fmt: skip
ASKED: Final = (
    "plan_doc.kind", "plan_doc.title", "plan_doc.year", "plan_doc.stage", "plan_doc.doc_no", "plan_doc.dated", "plan_doc.contents", "heads",
    "plan_doc.fund_rate", "plan_doc.method", "plan_doc.conditions", "plan_doc.must_publish", "plan_doc.must_report", "plan_doc.due",
)  # fmt: skip
FORM: Final = (
    *ASKED[:6], "plan_doc.party_organ", "plan_doc.government_organ", "plan_doc.party_on", "plan_doc.government_on", "plan_doc.party_no",
    "plan_doc.government_no", *ASKED[6:11], "agreed", "plan_doc.must_publish", "plan_doc.must_report", "plan_doc.published", "plan_doc.reported",
    "plan_doc.channel", "plan_doc.due", "plan_doc.url",
)  # fmt: skip
COPIED: Final = tuple(f"plan_doc.{name}" for name in ("kind", "title", "stage", "contents", "fund_rate", "method", "conditions", "must_publish", "must_report"))
STAFFING: Final = (computed("need", "应配", COUNT, 5, "按户数测算的最低配备人数"), computed("heads", "实配", COUNT, 5), computed("less", "比方案少", COUNT, 6))


def plans_screen(desk: Desk) -> Page:
    """The screen over the desk's book."""
    made = Acts(desk)
    columns = _listing(desk).columns
    screen = RecordScreen(
        RecordSpec(
            title="方案与公开",
            counted="份",
            purpose=(
                "这里登记调研报告、实施方案、具体操作方案、自查报告等材料：文号和日期，党委、政府是否同意，写明了哪些内容，什么时候公开、什么时候报送。\n"
                "具体操作方案自己定的人员配比、经费配置比例、招录条件和方式也登记在这里，核查时与实际情况对照。先按 Ctrl+N 登记县里的具体操作方案。"
            ),
            columns=columns,
            listing=partial(_listing, desk),
            commit=desk.commit(columns),
            today=desk.today,
            form=FORM,
            form_title="材料内容",
            tabs=(
                Tab(
                    "人员配比", _heads(desk, None).columns, partial(_heads, desk), desk.commit(_heads(desk, None).columns),
                    "方案没有写明各单位的人数。用“人员配比”勾选单位，再在这里改人数。", discard=lambda row: ask_to_discard(desk, row, "人员配比"),
                ),
                found_tab(desk, RULES, "核查没有发现这份材料的问题。", _concerns),
                attachments_tab(desk, TABLE),
                log_tab(desk, TABLE),
            ),
            actions=(
                RowAction("登记公开", made.publish, "right", tip="登记公开的日期、渠道和网址"),
                RowAction("登记报送", made.report, "export", tip="登记报送上级的日期"),
                RowAction("人员配比", made.heads, "people", tip="勾选方案写明人数的单位，人数先按应配备人数填好"),
                Action("开启新年度", made.open_year, "calendar", tip="把上一年度的材料照样建成空的，另为各单位建工作量记录"),
            ),
            creation=Creation("新增方案或材料", ASKED, made.add, copied=COPIED),
            discard=discarding(desk, TABLE, _named),
        )
    )  # fmt: skip
    made.screen = screen
    screen.follow(desk.checked)
    return screen


def _named(row: Row) -> str:
    return f"“{row.values[1] or row.values[3] or row.values[0]}”"


def _concerns(row: Row, finding: Finding) -> bool:
    """The sort of document a rule looks at; how many came is 招录's."""
    return row.values[0] in ABOUT.get(finding.rule, ()) and not (finding.rule == "S3" and finding.arithmetic.startswith("计划招录"))


def _listing(desk: Desk) -> Listing:
    """The list, red where something is late, not published or not agreed, and on the plan that practice or a stage's check differs from."""
    listing = marked(arranged(desk.read(lists.documents, desk.as_of), SHOWN), _marks)
    plans = [row for row in listing.rows if row.values[0] == OPERATING_PLAN]
    public = next((row for row in plans if value(listing.columns, row, "publication") == lists.PUBLISHED), None)
    said: dict[int, list[str]] = defaultdict(list)
    for one in findings(desk, ("P1", "S3")):
        plan = public if one.rule == "P1" else next(iter(plans), None)
        if plan and _concerns(plan, one):
            said[record(plan, TABLE)].append(f"{one.rule} {one.unit}：{one.arithmetic}")
    rows = (
        replace(row, marks={**row.marks, "plan_doc.kind": "\n".join(said[record(row, TABLE)])}) if record(row, TABLE) in said else row for row in listing.rows
    )
    return replace(listing, rows=tuple(rows))


def _marks(values: Mapping[str, Any]) -> Mapping[str, str]:
    red = {}
    if values["reporting"].startswith(LATE):
        red["reporting"] = f"应在 {values['plan_doc.due']} 前报送"
    if values["publication"] == lists.NOT_PUBLISHED:
        red["publication"] = "应向社会公开，还没有登记公开日期"
    if values["plan_doc.kind"] == OPERATING_PLAN and values["agreed"].startswith("缺"):
        red["agreed"] = "具体操作方案应经当地党委、政府同意"
    return red


def _heads(desk: Desk, row: Row | None) -> Listing:
    """人员配比 of a plan beside what the notice asks and who is there."""
    listing = desk.read(lists.plan_heads, record(row, TABLE) if row else 0, desk.as_of)
    lines = {line.unit.id: line for line in staffing(desk.check.facts)} if desk.check else {}
    rows = []
    for one in listing.rows:
        unit, heads = one.values
        line = lines.get(unit)
        less = max(0, heads - int(line.measured)) if line else None
        beside = (line.need, int(line.measured), less) if line else (None, None, None)
        rows.append(Row(one.keys, (*one.values, *beside), {"less": f"方案配备 {heads} 人，实配 {beside[1]} 人"} if less else {}))
    return Listing((*listing.columns, *STAFFING), tuple(rows))


class Acts:
    """The acts on documents, with their questions."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.screen: RecordScreen | None = None

    def add(self, values: Mapping[str, Any]) -> Mapping[str, Key]:
        """Make a new document of the blank form."""
        return {TABLE: (self.desk.act(add_plan, given(values, TABLE), dict(values["heads"] or ())),)}

    def publish(self, row: Row) -> None:
        """登记公开."""
        fields = {name: field_of(TABLE, name) for name in ("published", "channel", "url")}
        fields["published"] = Field("公开日期", DATE, required=True)
        ask(
            self.desk, self.screen, "登记公开", f"{_named(row)}什么时候、在哪里向社会公开？公开的文本里不要有个人的证件号、电话。", fields,
            lambda said: self.desk.act(acts.publish, record(row, TABLE), said["published"], said["channel"], said["url"]),
        )  # fmt: skip

    def report(self, row: Row) -> None:
        """登记报送."""
        ask(
            self.desk, self.screen, "登记报送", f"{_named(row)}什么时候报送上级？", {"on": Field("报送日期", DATE, required=True)},
            lambda said: self.desk.act(acts.report, record(row, TABLE), said["on"]),
        )  # fmt: skip

    def heads(self, row: Row) -> None:
        """勾选人员配比的单位."""
        held = dict(value(_listing(self.desk).columns, row, "heads") or ())
        choose_units(
            self.desk, self.screen, "人员配比", f"{_named(row)}给哪些单位定了人数？新勾选的单位先按应配备人数填好，与方案不同的再在“人员配比”页里改。", held,
            lambda line: line.need or 0, lambda heads: self.desk.act(acts.set_heads, record(row, TABLE), heads),
        )  # fmt: skip

    def open_year(self) -> None:
        """开启新年度."""
        ask(
            self.desk, self.screen, "开启新年度", "开启哪一年度？上一年度登记的材料照样建成空的（类别、名称、是否应公开和报送），文号、日期和同意情况另填；"
            "各单位的工作量记录也一并建好。没有办完的来文、整改事项不受影响。", {"year": Field("年度", YEAR, required=True)},
            lambda said: self.desk.act(open_year, said["year"]), {"year": self.desk.as_of.year + 1},
        )  # fmt: skip
