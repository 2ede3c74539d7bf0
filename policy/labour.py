"""Labour-law arithmetic: lengths of contracts, probation, consecutive terms, years of service, 经济补偿. All functions are pure.

Dates are inclusive; a term from 1 January to 31 December is one year. 以上 includes the number itself (民法典第一千二百五十九条). The
numbers come from `policy.limits`; the article stands beside each function. Money is whole 分, averages exact until the last step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Final

from policy.figures import half_up
from policy.labour_facts import FIXED, OPEN, TASK, LabourContract
from policy.limits import Limits, Probation
from policy.period import complete_on

_DAY: Final = timedelta(days=1)


def lasts(start: date, end: date, months: int) -> bool:
    """Whether [start, end] is at least so many months long."""
    return complete_on(start, months) <= end + _DAY


def full_months(start: date, end: date) -> int:
    """Full months in [start, end]."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return next(n for n in range(months + 1, -1, -1) if n == 0 or lasts(start, end, n))


def term_months(start: date, end: date) -> Fraction:
    """期限（月）: full months and the days left over in thirtieths."""
    months = full_months(start, end)
    return months + Fraction((end - complete_on(start, months)).days + 1, 30)


def workdays_after(day: date, count: int, holidays: Mapping[date, bool] | None = None) -> date:
    """The last of `count` working days after `day`: Monday to Friday but for `holidays` (day → whether it is off; False = a weekend worked)."""
    known = holidays or {}
    while count:
        day += _DAY
        count -= not known.get(day, day.weekday() >= 5)
    return day


def unknown_holidays(day: date, until: date, holidays: Mapping[date, bool]) -> str:
    """What to say of working days in a span for which no holidays were entered: "" where there are some of every year it touches."""
    years = {known.year for known in holidays}
    return "" if {day.year, until.year} <= years else "（未扣除节假日）"


# 劳动合同法第十九条


def probation_cap(contract: LabourContract, table: Probation) -> int:
    """Months of probation the contract may have: none for a task or under three months, the longest for an open term."""
    if contract.kind == TASK:
        return 0
    if contract.kind == OPEN or contract.end is None:
        return table.caps[-1]
    end = contract.end
    return table.caps[sum(lasts(contract.start, end, bound) for bound in table.bounds)]


def probation_last_day(contract: LabourContract, table: Probation) -> date:
    """The last day probation may run to; the day before the start where there may be none."""
    return complete_on(contract.start, probation_cap(contract, table)) - _DAY


# 劳动合同法第五十八条


def dispatch_term_lawful(contract: LabourContract, limits: Limits) -> bool:
    """Whether a dispatched worker's contract is a fixed term of at least the lawful months (or an open one)."""
    if contract.kind == TASK:
        return False
    return contract.end is None or lasts(contract.start, contract.end, limits.dispatch_term_months)


# 劳动合同法第十四条第二款第三项；换用人单位的，法释〔2025〕12号


def _follows(before: LabourContract, after: LabourContract, limits: Limits) -> bool:
    if before.last_day is None or (after.start - before.last_day).days - 1 >= limits.gap_days:
        return False
    if before.employer == after.employer:
        return True
    return after.start >= limits.employer_change_since and before.unit is not None and before.unit == after.unit


def fixed_terms_in_row(contracts: Sequence[LabourContract], limits: Limits) -> int:
    """How many fixed terms in a row the newest of one person's contracts makes (it included); 0 where it is no fixed term.

    `contracts` ascend by start. A gap as long as the limit, another employer (before the day that began to count, or at another
    place) or an open term between begin a new row.
    """
    if not contracts or contracts[-1].kind != FIXED:
        return 0
    count = 1
    for before, after in reversed(list(pairwise(contracts))):
        if before.kind != FIXED or not _follows(before, after, limits):
            break
        count += 1
    return count


def must_be_open(contracts: Sequence[LabourContract], limits: Limits) -> bool:
    """Whether the newest contract should have been an open term: a fixed one after so many consecutive fixed ones."""
    return fixed_terms_in_row(contracts, limits) > limits.fixed_terms


# 劳动合同法第十四条第二款第一项


def open_term_day(service_since: date, limits: Limits) -> date:
    """First day on which the years of continuous service are complete."""
    return complete_on(service_since, 12 * limits.open_years)


# 劳动合同法第四十六条、第四十七条；劳动合同法实施条例第二十七条


@dataclass(frozen=True, slots=True)
class EndReason:
    """A lawful ground for an ending, its article, and whether 经济补偿 is due: True, False, or None where it depends on the facts."""

    words: str
    article: str
    due: bool | None


END_REASONS: Final[Mapping[str, EndReason]] = {
    one.words: one
    for one in (
        EndReason("协商一致（用人单位提出）", "第三十六条", True),
        EndReason("协商一致（劳动者提出）", "第三十六条", False),
        EndReason("个人辞职", "第三十七条", False),
        EndReason("用人单位违法致劳动者解除", "第三十八条", True),
        EndReason("试用期不符合录用条件", "第三十九条第一项", False),
        EndReason("严重违纪", "第三十九条第二项", False),
        EndReason("严重失职造成重大损害", "第三十九条第三项", False),
        EndReason("被依法追究刑事责任", "第三十九条第六项", False),
        EndReason("医疗期满不能工作", "第四十条第一项", True),
        EndReason("不能胜任工作", "第四十条第二项", True),
        EndReason("客观情况发生重大变化", "第四十条第三项", True),
        EndReason("用人单位裁减人员", "第四十一条第一款", True),
        EndReason("合同期满不续（用人单位不续）", "第四十四条第一项", True),
        EndReason("合同期满不续（劳动者拒绝同等或更好条件）", "第四十四条第一项", False),
        EndReason("用人单位破产、被吊销执照或者解散", "第四十四条第四项、第五项", True),
        EndReason("退回派遣单位", "第六十五条", None),
        EndReason("死亡", "第四十四条第三项", False),
        EndReason("退休", "第四十四条第二项", False),
        EndReason("其他", "", None),
    )
}
"""解除、终止的理由 offered to the clerk; a reason typed otherwise says nothing about 经济补偿."""


def half_years(since: date, until: date) -> int:
    """第四十七条第一款 in half years for service [since, until]: each full year two; six months and more as a year, less as half a year."""
    months = full_months(since, until)
    rest_from = complete_on(since, months - months % 12)
    rest = 2 if months % 12 >= 6 else 1 if rest_from <= until else 0
    return months // 12 * 2 + rest


def average_wage(months: Sequence[int]) -> Fraction:
    """The average of the last twelve months' 应发 before the ending, 分; of the months there are where fewer. ValueError without any."""
    if not months:
        raise ValueError("没有离职前的应发工资记录，经济补偿的月工资无法计算。请先补录工资。")
    last = months[-12:]
    return Fraction(sum(last), len(last))


@dataclass(frozen=True, slots=True)
class Severance:
    """经济补偿: half years counted, the month's wage used (exact 分), whether the cap applied, the amount in 分."""

    half_years: int
    wage: Fraction
    capped: bool
    amount: int
    raised: bool = False
    """Whether the minimum wage took the place of a lower average."""


def severance(
    since: date, until: date, wages: Sequence[int], local_average: int | None, limits: Limits, minimum: int | None = None
) -> Severance:
    """第四十七条: months of pay for service [since, until]; the wage is the average of `wages` (应发 by month, oldest first, 分).

    An average below the local minimum wage (`minimum`, 分; None = not known) counts as that (实施条例第二十七条). A wage above three
    times the local average wage (职工月平均工资 of the year before, 分; None = not known, no cap) counts as those three, and then at
    most twelve years. The amount is rounded half up to 分 at the end.
    """
    units, wage = half_years(since, until), average_wage(wages)
    raised = minimum is not None and wage < minimum
    if raised and minimum is not None:
        wage = Fraction(minimum)
    cap = None if local_average is None else Fraction(local_average * limits.severance_cap_times)
    capped = cap is not None and wage > cap
    if capped and cap is not None:
        wage, units = cap, min(units, 2 * limits.severance_cap_years)
    return Severance(units, wage, capped, half_up(wage * units / 2), raised)
