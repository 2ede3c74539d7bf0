"""The forms of a return, one file each; `FORMS` is the list of them, in the order they are bound."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from policy.facts import Facts
from policy.parameters import Parameters
from policy.period import Period
from returns.audit import Audit
from returns.forms import (
    changes,
    cover,
    estimate,
    notes,
    paylist,
    progress,
    roster,
    summary,
    t1,
    t2,
    t3,
    t4,
    t5,
    t6,
    t7,
    t8,
    t9,
    t10,
    t11,
    t12,
    t13,
)
from returns.sheet import Sheet
from returns.task import Task


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its key (sheet name), the function that lays it, and its audit formulas."""

    key: str
    lay: Callable[[Facts, Task], Sheet]
    audits: Callable[[Parameters], Iterable[Audit]] = lambda _: ()


FORMS = (
    Form("封面", cover.lay),
    Form("综合表", summary.lay, summary.audits),
    Form("表1", t1.lay, t1.audits),
    Form("表2", t2.lay, t2.audits),
    Form("表3", t3.lay, t3.audits),
    Form("表4", t4.lay, t4.audits),
    Form("表5", t5.lay, t5.audits),
    Form("表6", t6.lay, t6.audits),
    Form("表7", t7.lay, t7.audits),
    Form("表8", t8.lay, t8.audits),
    Form("表9", t9.lay, t9.audits),
    Form("表10", t10.lay, t10.audits),
    Form("表11", t11.lay, t11.audits),
    Form("表12", t12.lay, t12.audits),
    Form("表13", t13.lay, t13.audits),
    Form("表14", changes.lay, changes.audits),
    Form("表15", progress.lay, progress.audits),
    Form("附表1", roster.lay),
    Form("附表2", paylist.lay, paylist.audits),
    Form("附表3", estimate.lay, estimate.audits),
    Form("审核表", notes.lay),
)


def audits(parameters: Parameters, period: Period | None = None) -> tuple[Audit, ...]:
    """The formulas of every form under the parameters in force (weights of 1-H3, heads or 折算 of 2-H4); with a period only those
    it is asked for."""
    return tuple(one for form in FORMS for one in form.audits(parameters) if period is None or one.due(period))
