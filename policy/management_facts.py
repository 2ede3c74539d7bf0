"""The management year as frozen records: recruitment, training, meetings, documents, windows, inspections, rewards and what a 来文 asks.

Pay scales and evaluations of providers are in `policy.grade_facts` and `policy.evaluation_facts`. Dates are inclusive; nothing dated
after the as-of date is here: what was reported, published or mended later is still open in these records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from policy.evaluation_facts import Disclosure, Evaluation, Supervision
from policy.grade_facts import GradeChange, PayScale

RECRUIT_METHODS: Final = ("公开招聘", "承接主体招录", "考核招录", "定向招录", "其他")
"""招录方式."""
INDUCTION: Final = "入职培训"
PROVINCIAL_VIDEO: Final = "省厅视频培训"
TRAINING_KINDS: Final = (INDUCTION, PROVINCIAL_VIDEO, "业务培训", "转岗培训", "其他")
ORGANISERS: Final = ("省", "市", "县", "乡镇（街道）", "承接主体")
"""组织单位级别."""
JOINT_MEETING: Final = "联席会议"
GOVERNMENT_MEETING: Final = "政府常务会议"
PARTY_MEETING: Final = "党委会议"
MEETING_KINDS: Final = (JOINT_MEETING, GOVERNMENT_MEETING, PARTY_MEETING, "其他")
CITY: Final = "市"
COUNTY: Final = "县"
MEETING_LEVELS: Final = (CITY, COUNTY)
PARTNERS: Final = ("编办", "财政", "人社")
"""Departments the civil affairs office works with (四（一）)."""
DEPARTMENTS: Final = ("民政", *PARTNERS, "政府办", "发改", "教育", "卫健", "医保", "住建", "农业农村", "审计", "残联", "乡镇（街道）")
CONTENTS: Final = ("人员配比", "工作经费配置比例", "招录条件", "招录方式")
"""What a 具体操作方案 must say (三（三）)."""
SURVEY_REPORT: Final = "调研报告"
DRAFT_PLAN: Final = "购买服务具体实施方案（初稿）"
FINAL_PLAN: Final = "购买服务具体实施方案（审定稿）"
OPERATING_PLAN: Final = "具体操作方案"
RECRUIT_NOTICE: Final = "招录公告"
SELF_CHECK: Final = "自查报告"
CITY_MEASURES: Final = "市级具体办法和措施"
DOC_KINDS: Final = (
    SURVEY_REPORT, DRAFT_PLAN, FINAL_PLAN, "联席会议纪要", OPERATING_PLAN, "工作经费文件", "政府购买服务合同", RECRUIT_NOTICE, "绩效评价结果",
    SELF_CHECK, CITY_MEASURES, "其他",
)  # fmt: skip
"""材料类别, in the order of 表10."""
CHANNELS: Final = ("政府网站", "政务公开栏", "广东政府采购网", "政务新媒体", "报刊", "其他")
"""公开渠道."""
INSPECTION_KINDS: Final = ("省厅检查", "市级检查", "通报", "督查", "年度民政综合评估", "审计", "其他")
REWARD_KINDS: Final = ("表彰", "嘉奖", "通报表扬", "其他")
CONTACT_ROLES: Final = ("联络员", "编办", "财政", "人社", "承接主体", "乡镇（街道）", "上级民政部门", "其他")


@dataclass(frozen=True, slots=True)
class Consent:
    """One organ's consent to a plan: which organ, when, by which document."""

    organ: str = ""
    on: date | None = None
    doc_no: str = ""


@dataclass(frozen=True, slots=True)
class RecruitLine:
    """What a batch plans and has reached for one unit by the as-of date, in 人; None = not yet known. `due`: the batch's own day unless the
    line has one. `counted`: the day of the newest count; people registered as coming from it since then are in 到岗 and 已签合同."""

    id: int
    unit: int | None
    planned: int
    applied: int | None = None
    qualified: int | None = None
    interviewed: int | None = None
    publicised: int | None = None
    hired: int | None = None
    on_post: int | None = None
    due: date | None = None
    counted: date | None = None


@dataclass(frozen=True, slots=True)
class RecruitBatch:
    """招录批次: who recruits under which plan, with the consent of both organs, how, and how far it is by unit."""

    id: int
    name: str
    recruiter: str = ""
    plan_no: str = ""
    party: Consent = Consent()
    government: Consent = Consent()
    announced: date | None = None
    channel: str = ""
    method: str = ""
    conditions: str = ""
    due: date | None = None
    lines: tuple[RecruitLine, ...] = ()

    @property
    def agreed_on(self) -> date | None:
        """The day from which both organs agree; None while one is missing."""
        return max(self.party.on, self.government.on) if self.party.on and self.government.on else None


@dataclass(frozen=True, slots=True)
class Training:
    """One training event. `people`: (person, attended) of those called; `called`/`came`: 人 where only numbers are known."""

    id: int
    name: str
    kind: str
    organiser: str
    held: date
    hours: int | None = None
    place: str = ""
    called: int | None = None
    came: int | None = None
    people: tuple[tuple[int, bool], ...] = ()

    @property
    def expected(self) -> int | None:
        """应参训: the list of people, else the number typed."""
        return len(self.people) if self.people else self.called

    @property
    def attended(self) -> int | None:
        """实参训."""
        return sum(came for _, came in self.people) if self.people else self.came


@dataclass(frozen=True, slots=True)
class Meeting:
    """联席会议, 政府常务会议 …: who took part, what was on the agenda, minutes and when they went up."""

    id: int
    name: str
    kind: str
    level: str
    held: date
    chair: str = ""
    departments: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    minutes_no: str = ""
    reported: date | None = None


@dataclass(frozen=True, slots=True)
class PlanDoc:
    """方案与材料 (表10): what was written, who agreed, whether it must be published and reported, and the values a published plan sets.

    `heads`: 人员配比 by unit, 人. `fund_rate`: 工作经费配置比例 of last year's 低保 spending, 0.01 %. `must_publish`/`must_report` None: not said.
    """

    id: int
    kind: str
    title: str = ""
    year: int | None = None
    stage: str = ""
    doc_no: str = ""
    dated: date | None = None
    party: Consent = Consent()
    government: Consent = Consent()
    contents: tuple[str, ...] = ()
    must_publish: bool | None = None
    published: date | None = None
    channel: str = ""
    must_report: bool | None = None
    reported: date | None = None
    due: date | None = None
    heads: Mapping[int, int] = field(default_factory=dict)
    fund_rate: int | None = None
    conditions: str = ""
    method: str = ""

    @property
    def agreed_on(self) -> date | None:
        """The day from which both organs agree; None while one is missing."""
        return max(self.party.on, self.government.on) if self.party.on and self.government.on else None


@dataclass(frozen=True, slots=True)
class SurveyWindow:
    """摸查: what a unit's 受理窗口 is like on a day (its newest survey not after the as-of date). `area` in ㎡."""

    id: int
    unit: int
    as_of: date
    has_window: bool | None = None
    name: str = ""
    windows: int | None = None
    staff: int | None = None
    computers: int | None = None
    printers: int | None = None
    area: int | None = None
    rules_posted: bool | None = None


@dataclass(frozen=True, slots=True)
class Workload:
    """工作量 of a unit in a year: applications accepted (件), visits to homes (户次)."""

    unit: int
    year: int
    accepted: int | None = None
    visited: int | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """检查、通报、督查、评估 by a body above: when, what score (hundredths) or rank."""

    id: int
    organ: str
    kind: str
    held: date
    score: int | None = None
    rank: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """问题—措施—责任人—时限—销号, found by a survey, an inspection or by the office itself."""

    id: int
    found_on: date
    what: str
    measure: str = ""
    responsible: str = ""
    due: date | None = None
    mended: date | None = None
    proof: str = ""
    unit: int | None = None
    survey: int | None = None
    inspection: int | None = None


@dataclass(frozen=True, slots=True)
class Reward:
    """表彰奖励 of a person or a unit."""

    id: int
    given: date
    kind: str
    title: str
    organ: str = ""
    doc_no: str = ""
    person: int | None = None
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class IncomingDoc:
    """来文: what it asks by when, which forms it switches on, and when it was done."""

    id: int
    title: str
    received: date
    organ: str = ""
    doc_no: str = ""
    asks: str = ""
    handler: str = ""
    due: date | None = None
    done: date | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicTask:
    """A 报送任务 whose forms are made for publication, and whether details of people are to go with it."""

    id: int
    name: str
    period: str
    personal: bool


@dataclass(frozen=True, slots=True)
class Management:
    """Everything of the management year the book holds up to the as-of date; each ascending by date, then id."""

    recruits: tuple[RecruitBatch, ...] = ()
    trainings: tuple[Training, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    documents: tuple[PlanDoc, ...] = ()
    surveys: tuple[SurveyWindow, ...] = ()
    """The newest of each unit."""
    workloads: tuple[Workload, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    problems: tuple[Problem, ...] = ()
    rewards: tuple[Reward, ...] = ()
    incoming: tuple[IncomingDoc, ...] = ()
    scales: tuple[PayScale, ...] = ()
    """Ascending by `since`: the newest one is in force."""
    grade_changes: tuple[GradeChange, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    supervisions: tuple[Supervision, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    public_tasks: tuple[PublicTask, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether the office keeps meetings or documents here; while it does not, rules of presence have nothing to judge."""
        return bool(self.meetings or self.documents)

    def scale(self) -> PayScale | None:
        """The pay scale in force on the as-of date."""
        return self.scales[-1] if self.scales else None
