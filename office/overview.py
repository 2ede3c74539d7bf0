"""工作台: one picture of the county, gathered from the newest check and what the registers still owe; each number with where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from db.lists.management import open_matters, state
from db.lists.pay import confirmation, unconfirmed
from db.lists.report_tasks import tasks
from office.check import Checked
from office.pay import missing_in
from policy.expiry import OVERDUE, Expiring, expiring
from policy.funds import WorkFund, work_fund
from policy.kinds.month import in_words
from policy.pay import verdicts
from policy.period import month_end
from policy.staffing import Staffing, Totals, staffing, totals

UNIT_MET, UNIT_BELOW, UNIT_UNKNOWN, UNIT_EXEMPT = "达标", "低于最低标准", "数据不足", "免予配备"
HANDED_IN: Final = ("已上报", "已接收")
TASK: Final = "report_task"


@dataclass(frozen=True)
class Matter:
    """Something to be finished: its record, what sort it is, in words, by whom and by when (None: no day was set)."""

    table: str
    id: int
    sort: str
    words: str
    due: date | None
    state: str

    def late(self, day: date) -> bool:
        """Whether its day has passed."""
        return self.due is not None and self.due < day


@dataclass(frozen=True)
class Overview:
    """The picture as of a day. `missing`: 人 without a pay row in the as-of date's month; `confirmed`: that month; `unconfirmed`: earlier months of the
    year (yyyymm) with pay that nobody confirmed. `units`, `standards`, `paid`: how many units and people got which verdict."""

    lines: tuple[Staffing, ...]
    total: Totals
    units: Mapping[str, int]
    standards: Mapping[str, int]
    paid: Mapping[str, int]
    fund: WorkFund
    month: date
    missing: int
    confirmed: bool
    unconfirmed: tuple[int, ...]
    expiring: tuple[Expiring, ...]
    matters: tuple[Matter, ...]

    def soon(self, day: date, days: int) -> tuple[Matter, ...]:
        """What is to be finished within so many days of a day, or is late already."""
        return tuple(one for one in self.matters if one.due is not None and one.due <= day + timedelta(days=days))


def overview(connection: Any, check: Checked) -> Overview:
    """The picture behind a check, for `book.read`."""
    facts, day = check.facts, check.facts.period.as_of
    lines, month = staffing(facts), day.replace(day=1)
    judged = verdicts(facts)
    return Overview(
        lines, totals(lines), Counter(map(_met, lines)), Counter(one.f1 for one in judged if one.f1), Counter(one.f2 for one in judged if one.f2),
        work_fund(facts), month, len(missing_in(connection, month, month_end(month.year, month.month))),
        confirmation(connection, month.year, month.month) is not None, unconfirmed(connection, month), _near(check), _matters(connection, day),
    )  # fmt: skip


def _met(line: Staffing) -> str:
    if line.unit.exempt:
        return UNIT_EXEMPT
    return UNIT_UNKNOWN if line.met is None else UNIT_MET if line.met else UNIT_BELOW


def _near(check: Checked) -> tuple[Expiring, ...]:
    near = check.facts.parameters.limits.expiry_near_days
    return tuple(one for one in expiring(check.facts) if one.left <= near)


def _matters(connection: Any, day: date) -> tuple[Matter, ...]:
    found = []
    for row in open_matters(connection, day).rows:
        ((table, key),) = row.keys.items()
        sort, words, _who, due, said = row.values
        found.append(Matter(table, key[0], sort, words, due, said))
    listed = tasks(connection, day)
    place = {column.id: at for at, column in enumerate(listed.columns)}
    for row in listed.rows:
        name, period, due, stage = (row.values[place[at]] for at in ("report_task.name", "report_task.period", "report_task.due", "state"))
        if due is not None and stage not in HANDED_IN:
            found.append(Matter(TASK, row.keys[TASK][0], "报送任务", f"{name}（{period}）{stage}", due, state(due, None, day)))
    return tuple(sorted(found, key=lambda one: (one.due is None, one.due or date.max)))


def overdue(found: Sequence[Expiring]) -> int:
    """How many are past their end."""
    return sum(one.band == OVERDUE for one in found)


def months_said(months: Sequence[int]) -> str:
    """2026年1月、2026年2月等 11 个月."""
    return f"{in_words(months[0])}" if len(months) == 1 else f"{in_words(months[0])}至{in_words(months[-1])}里 {len(months)} 个月"
