"""The return set of a task: every form it asks for, laid from one set of facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policy.facts import Facts
from returns.forms import FORMS, cover, progress, summary
from returns.sheet import Sheet
from returns.task import Task

_OVER = {summary.KEY: summary.lay, progress.KEY: progress.lay}
OVER_OTHERS = ("封面", *_OVER)
"""Forms laid over the others of the set."""


def over_others(facts: Facts, task: Task, sheets: Sequence[Sheet], last: Sequence[Sheet] = (), said: str = "") -> tuple[Sheet, ...]:
    """Of the forms whose figures are links to others, 封面 aside, those the task asks for, over its other `sheets`."""
    return tuple(lay(facts, task, sheets, last, said) for key, lay in _OVER.items() if key in task.forms)


def in_order(sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """The sheets in binding order."""
    order = {form.key: place for place, form in enumerate(FORMS)}
    return tuple(sorted(sheets, key=lambda sheet: order[sheet.key]))


def lay_all(
    facts: Facts, task: Task, *, hard: int | None = None, soft: int | None = None, last: Sequence[Sheet] = (), said: str = ""
) -> tuple[Sheet, ...]:
    """The forms of the task in binding order, 封面 first with the 校验码 over the others and the numbers of audit findings. 综合表 has the
    figures of `last`, the last period's forms, beside its own; `said`: where those come from.

    ValueError with a sentence where the task asks for another period than the facts are of, or for a form nobody knows.
    """
    if task.period and task.period != facts.period.label:
        raise ValueError(f"任务“{task.name}”要的是 {task.period}，读出的台账数据是 {facts.period.label}。请按任务的报告期重新生成。")
    known = {form.key: form for form in FORMS}
    for key in task.forms:
        if key not in known:
            raise ValueError(f"任务“{task.name}”要的“{key}”不在本程序的报表中。请从任务中去掉它，或升级程序。")
    sheets = tuple(form.lay(facts, task) for form in FORMS if form.key in task.forms and form.key not in OVER_OTHERS)
    sheets = in_order((*sheets, *over_others(facts, task, sheets, last, said)))
    return (cover.lay(facts, task, sheets, hard, soft), *sheets) if "封面" in task.forms else sheets
