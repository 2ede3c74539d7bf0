"""Facts: what a county's book says as of one date and for one period, as frozen records.

Rules and returns are pure functions of `Facts`; they never see the database. Money is whole 分, dates are inclusive,
shares are in 0.01 % (10000 = 100 %). Everything here is plain data: who counts, what is paid where and what is short
is worked out by `policy.staffing`, `policy.caseload` and `policy.pay`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any, Final, TypeVar

from policy.contract_facts import PurchaseContract
from policy.estimate_facts import Scenario
from policy.fund_facts import DibaoSpend, EmployerRate, FundDoc, FundLine
from policy.labour_facts import Appraisal, LabourContract, MinimumWage, RetirementAge
from policy.management_facts import Management
from policy.parameters import Parameters
from policy.period import Period
from policy.settlement import MonthState

Answer = TypeVar("Answer")

FULL: Final = 10000
"""A share of 100 %, in 0.01 %."""

# Types of unit, in the order of every return (ties by `sort_no`).
BUREAU = "县级民政局"
TOWN = "乡镇"
SUBDISTRICT = "街道"
ZONE = "功能区"
VILLAGE = "村（社区）"
INSTITUTION = "民政服务机构"
CITY = "市级"
UNIT_TYPES = (BUREAU, TOWN, SUBDISTRICT, ZONE, VILLAGE, INSTITUTION, CITY)
TOWN_TYPES = (TOWN, SUBDISTRICT, ZONE)
"""Unit types that carry a township's minimum (R33) and a row of their own in 表1 and 表2."""

# 用工形式: the words on screen and in files are the stored values; the letter code is for reference to the page.
EMPLOYMENT_TYPES: Final[Mapping[str, str]] = {
    "行政编制": "A1", "事业编制": "A2", "政府购买服务": "B1", "劳务派遣": "B2", "直接聘用": "B3",
    "双百社工": "C1", "公益性岗位": "C2", "村（社区）人员": "C3", "其他": "D",
}
DUTIES = ("社会救助经办", "养老服务", "儿童福利与留守儿童", "城乡社区建设", "其他民政工作", "其他")
"""职责类别; only 社会救助经办 carries the notice's numbers (四（二）)."""
WORK_CLASSES = ("事务性", "服务性")
CATEGORIES = ("低保城", "低保农", "特困城", "特困农", "特困集中", "边缘", "支出型", "临时救助", "其他", "未分类")
"""救助对象类别. 特困集中 is an 其中 of 特困; 临时救助 is a flow of the year; 未分类: the sender gave only a total."""
ABSENCE_KINDS = ("产假", "病假", "工伤", "事假", "旷工", "其他")


@dataclass(frozen=True, slots=True)
class County:
    """The county whose book this is. `region` is 珠三角 or 粤东西北, `confirmed` False where a doubtful one was not confirmed."""

    code: str
    name: str
    city_code: str
    city: str
    region: str
    region_basis: str
    confirmed: bool
    mode: str = ""
    contact: str = ""
    phone: str = ""
    leader: str = ""
    deputy: str = ""
    section_head: str = ""
    reviewer: str = ""
    preparer: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One 单位 as its version in force on the as-of date says (or its last version, where it closed inside the period)."""

    id: int
    code: str
    name: str
    type: str
    parent: int | None
    sort_no: int
    opened: date | None
    closed: date | None
    """Last day of its life, inclusive; None = still open."""
    exempt: bool = False
    exempt_reason: str = ""
    successor: int | None = None

    def open_on(self, day: date) -> bool:
        """Whether the unit exists on `day` (both ends inclusive)."""
        return (self.opened is None or self.opened <= day) and (self.closed is None or day <= self.closed)


@dataclass(frozen=True, slots=True)
class Count:
    """What one unit reported for one category: 户 and 人 (None = not given)."""

    households: int | None
    persons: int | None


@dataclass(frozen=True, slots=True)
class Caseload:
    """One unit's 救助对象 on its newest date not after the as-of date; categories not in `counts` are 0 that day."""

    unit: int
    as_of: date
    counts: Mapping[str, Count]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """核定人数 in force for a unit, with its document."""

    unit: int
    since: date
    heads: int
    document: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A worker. `id_no` is whole here; masking is for showing and exporting."""

    id: int
    name: str
    id_no: str
    sex: str = ""
    birth: date | None = None
    phone: str = ""
    education: str = ""
    major: str = ""
    certificate: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """Conditions of an engagement from `since` on until the next term: 用工形式, employer, duty and its share of working time."""

    id: int
    since: date
    type: str
    duty: str
    duty_share: int = FULL
    employer: str = ""
    purchase_contract: int | None = None
    retirement: str = ""
    """退休类别 as registered; "" = not."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """派驻: where the engaged person works, from `start` to `end` inclusive (None = open), with the share of working time."""

    id: int
    unit: int
    start: date
    end: date | None
    share: int = FULL
    post: str = ""
    work_class: str = "事务性"
    pooled: bool = False
    """乡镇统筹使用: a village posting that may report in its town."""


@dataclass(frozen=True, slots=True)
class Absence:
    """Leave from `start` to `end` inclusive (None = still away)."""

    id: int
    kind: str
    start: date
    end: date | None
    paid: bool


@dataclass(frozen=True, slots=True)
class Standard:
    """年工资标准 from `since` on, in 分. Parts known: annual = 12·fixed + 12·performance + year_end; else `annual` alone."""

    id: int
    since: date
    monthly_fixed: int | None
    performance: int | None
    year_end: int | None
    annual: int | None


@dataclass(frozen=True, slots=True)
class PaySums:
    """Sums of one engagement's pay months of the period at one reporting unit, in 分 (made by SQL).

    `months` has bit m set for each calendar month m (1–12) of the period with an 应发 figure. `outside` holds the sums of
    months in which the person did not serve a day: they are money on the return, but never satisfy F2 or F3.
    """

    engagement: int
    unit: int | None
    months: int
    outside: bool
    base: int
    post: int
    performance: int
    allowance: int
    bonus: int
    overtime: int
    unsplit: int
    """应发 of sheets that give only a total."""
    deduction: int
    gross: int
    """应发工资 = base + post + performance + allowance + bonus + overtime + unsplit − deduction."""
    insurance: int
    """个人社保"""
    fund: int
    """个人公积金"""
    tax: int
    other: int
    net: int
    """实发 = gross − insurance − fund − tax − other."""
    employer_insurance: int
    employer_fund: int
    fee: int
    vat: int
    cost: int
    """用工成本 = gross + employer_insurance + employer_fund + fee + vat."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """用工关系: one person, one employer relation, from `start` to `end` inclusive; with everything dated that hangs on it."""

    id: int
    person: Person
    start: date
    end: date | None
    end_reason: str = ""
    full_time: bool | None = True
    """None: not known: 口径待明确."""
    probation_end: date | None = None
    terms: tuple[Term, ...] = ()
    """Ascending by `since`."""
    assignments: tuple[Assignment, ...] = ()
    """Ascending by `start`, then id."""
    absences: tuple[Absence, ...] = ()
    standards: tuple[Standard, ...] = ()
    pay: tuple[PaySums, ...] = ()
    service_since: date | None = None
    """First day of the service that counts for 工龄 where the employer changed not by the worker's will; None = `start`."""
    severance: int | None = None
    """经济补偿 decided on leaving, 分; 0 = decided that none is due; None = not decided."""
    paid_on: tuple[tuple[int, date | None], ...] = ()
    """(calendar month, 发放日期) of each pay month of the period that has an 应发 figure, where a labour contract names the pay day."""
    low_pay: tuple[tuple[int, int], ...] = ()
    """(calendar month, 应发 without 加班 in 分) of the period's pay months below the highest minimum wage the book knows (3-S6)."""
    recruit_line: int | None = None
    """The 招录进度 the worker was recruited by."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All a rule or a return may know: the book as of `period.as_of`, for `period`.

    `units`: every unit alive at some time of the period (closed ones too, with their dates), in return order.
    `engagements`: every engagement that holds on some day from 1 January of the period's year (or the period's first day,
    if earlier) to the as-of date, and those paid in the period though they ended before; ascending by id.
    `caseload`, `approved`: by unit id; a unit that never reported is absent.
    """

    county: County
    parameters: Parameters
    period: Period
    units: tuple[Unit, ...]
    caseload: Mapping[int, Caseload] = field(default_factory=dict)
    approved: Mapping[int, Approved] = field(default_factory=dict)
    engagements: tuple[Engagement, ...] = ()
    gone: tuple[Engagement, ...] = ()
    """Engagements whose last day is the day before the first one `engagements` begin with: they stand in 期初 of 表13 and nowhere else."""
    gone_units: tuple[Unit, ...] = ()
    """Units whose last day was that day."""
    control_totals: Mapping[str, Count] = field(default_factory=dict)
    """民政统计月报 totals typed for the period (1-S2)."""
    contracts: tuple[PurchaseContract, ...] = ()
    """Every purchase contract signed or begun by the as-of date (ended ones too), by start, then id."""
    paid_months: tuple[MonthState, ...] = ()
    """Months of the as-of date's year in which something was paid under a purchase contract, as the settlement page works them out."""
    labour_contracts: tuple[LabourContract, ...] = ()
    """Every labour contract begun or signed by the as-of date of everybody in `engagements`, also of their earlier engagements; by person, start, id."""
    appraisals: tuple[Appraisal, ...] = ()
    minimum_wages: tuple[MinimumWage, ...] = ()
    retirement_ages: tuple[RetirementAge, ...] = ()
    holidays: Mapping[date, bool] = field(default_factory=dict)
    """Days off (True) and weekends worked (False), as entered."""
    dibao_spend: tuple[DibaoSpend, ...] = ()
    """Of the two years before the period's and its own."""
    fund_docs: tuple[FundDoc, ...] = ()
    fund_lines: tuple[FundLine, ...] = ()
    employer_rates: tuple[EmployerRate, ...] = ()
    scenario: Scenario | None = None
    """The 测算方案 of the year after the as-of date's that 附表3 is filled in from; None = none was chosen."""
    attachments: Mapping[tuple[str, int], int] = field(default_factory=dict)
    """(table, number) of a record → files attached to it by the as-of date; a record without any is absent."""
    management: Management = field(default_factory=Management)
    """The management year: meetings, documents, recruitment, training, grades, evaluations, inspections …"""
    answers: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What was worked out from these facts already (`once`); no part of them."""


def once(work: Callable[[Facts], Answer]) -> Callable[[Facts], Answer]:
    """A working that many rules and forms ask for, done once for the same facts. What it returns must not be changed."""

    @wraps(work)
    def told(facts: Facts) -> Answer:
        if work.__name__ not in facts.answers:
            facts.answers[work.__name__] = work(facts)
        answer: Answer = facts.answers[work.__name__]
        return answer

    return told
