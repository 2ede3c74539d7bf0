"""报送任务: what is asked for, by whom, and how it is to look. A city can hand one task to all its counties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from policy.facts import County
from returns.sheet import Value

DEFAULT_FORMS = ("封面", "表1", "表2", "表3")
SIGNATORIES = ("单位负责人", "分管领导", "股（科）室负责人", "审核人", "填报人", "联系电话", "填报日期")


@dataclass(frozen=True, slots=True)
class Task:
    """One 报送任务. Fields of the form's head that nobody has set print nothing at all, not even an empty label."""

    name: str
    """Title of the set on the cover, e.g. 基层社会救助经办服务能力情况报表."""
    short: str = "救助经办能力报表"
    """任务短名, in file names."""
    document: str = ""
    """来文文号."""
    period: str = ""
    """The period asked for (2026, 2026H1, 2026Q3, 2026-05); "" takes the period of the facts."""
    as_of: date | None = None
    """The date of the stocks; None = the period's last day."""
    due: date | None = None
    """报送截止日期."""
    special: bool = False
    """专项: the as-of date need not be the period's last day."""
    forms: tuple[str, ...] = DEFAULT_FORMS
    topics: tuple[str, ...] = ()
    """会议议题 the task wants a 联席会议 to have taken up (表9); () asks for none."""
    documents: tuple[str, ...] = ()
    """材料 the task wants written and reported (表10); () lists the standing ones and what the book holds, and asks for none."""
    trainings: tuple[str, ...] = ()
    """培训类型 the task wants held (表8)."""
    form_numbers: Mapping[str, str] = field(default_factory=dict)
    """Form → 表号."""
    authority: str = ""
    """制定机关."""
    approval: str = ""
    """批准文号."""
    valid_until: str = ""
    """有效期."""
    masked: bool = True
    """Identity and telephone numbers in the lists of people show their ends only."""
    public: bool = False
    """For publication: columns that say who somebody is are left out, names show the surname only."""
    personal: bool = False
    """附表1 and 附表2 go with the package, sealed with a password."""
    long_pay_list: bool = False
    """附表2 with every pay item; the short edition names six figures."""
    pay_list_ground: bool = False
    """The contract has the clause on personal data that the long 附表2 needs."""
    total_first: bool = True
    wan_decimals: int = 2
    """Decimals 万元 are printed with: 2, or 1 as 民政统计 does. The figures themselves stay exact."""
    yuan_decimals: int = 2
    """Decimals 元 are printed with: 2 or 0."""
    a4_only: bool = False
    """Print the A3 forms on A4 landscape too."""
    charts: bool = False
    """The workbook ends with a page of charts."""
    signatories: tuple[str, ...] = SIGNATORIES
    typed: Mapping[tuple[str, str, str], Value] = field(default_factory=dict)
    """What the clerk filled in by hand: (form, line, 栏次) → value, for columns the book knows nothing of."""


def signature_line(task: Task, county: County) -> str:
    """单位负责人：… 审核人：… in one line, names as far as the county has them, room to sign where not."""
    return "    ".join(f"{title}：{name or blank}" for title, name, blank in signatures(task, county))


def signatures(task: Task, county: County) -> tuple[tuple[str, str, str], ...]:
    """(title, name or "", room left to write) of everybody who signs."""
    names = {
        "单位负责人": county.leader,
        "分管领导": county.deputy,
        "股（科）室负责人": county.section_head,
        "审核人": county.reviewer,
        "填报人": county.preparer,
        "联系人": county.contact,
        "联系电话": county.phone,
    }
    return tuple((title, names.get(title, ""), "    年  月  日" if title.endswith("日期") else " " * 8) for title in task.signatories)
