"""Making returns: the forms of a task, laid from the book's facts, written as one workbook that was read back before it counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from db.book import Book
from office.check import Checked, facts_in
from office.edit import exported_forms
from office.formulas import own_formulas
from office.returns_desk import Last, companions, last_in
from policy.facts import Facts
from policy.finding import HARD, SOFT
from policy.period import Period
from policy.rules import check as run_rules
from returns.annual import lay_all
from returns.audit import Audit
from returns.fill import Filled
from returns.forms import audits, cover
from returns.points import run
from returns.sheet import Sheet
from returns.task import Task

YEARLY = Task(
    name="基层社会救助经办服务能力落实情况报表", short="救助经办能力报表", forms=("封面", "综合表", "表1", "表2", "表3", "表4", "表6", "附表1", "附表2")
)
"""What this release makes: the forms the notice asks for as far as the book holds their figures, with the lists behind them."""
_NO_LAST = Last()


@dataclass(frozen=True)
class Laid:
    """A return before it is written: facts, findings and the filled-in sheets."""

    checked: Checked
    sheets: tuple[Sheet, ...]


def lay(facts: Facts, task: Task = YEARLY, last: Last = _NO_LAST) -> Laid:
    """Fill every form of the task from facts; 综合表 with the last period's figures beside them. The cover says nothing of an audit yet."""
    return Laid(Checked(facts, run_rules(facts)), lay_all(facts, task, last=last.sheets, said=last.said))


def lay_in(connection: Any, period: Period, task: Task = YEARLY) -> Laid:
    """Read the facts, fill the forms and audit them as the desk does (for `book.read` and `book.read_later`)."""
    last = last_in(connection, replace(task, period=period.label), period)
    laid = lay(facts_in(connection, period), task, last)
    return _audited(laid, task, last, own_formulas(connection, period.as_of)) if "封面" in task.forms else laid


def _audited(laid: Laid, task: Task, last: Last, own: Sequence[Audit]) -> Laid:
    """The same with what the audit found on the cover."""
    facts, body = laid.checked.facts, laid.sheets[1:]
    formulas = (*audits(facts.parameters, facts.period), *own)
    found = run(facts, task, Filled(body, {}, {}, ()), companions(facts, task), formulas, last.sheets, laid.checked.findings)
    return replace(laid, sheets=(cover.lay(facts, task, body, found.count(HARD), found.count(SOFT)), *body))


def make_returns(
    book: Book, period: Period, out: Path, day: date, task: Task = YEARLY, progress: Callable[[int, int, str], None] | None = None,
    purpose: str = "",
) -> Path:
    """Write the workbook of a period into folder `out`; returns its path. With a `purpose` the log says that people were named in it.
    ValueError or OSError with a sentence leaves an older file as it was."""
    laid = book.read(lay_in, period, task)
    path = write_laid(laid, out, day, task)
    if purpose:
        exported_forms(book, laid.sheets, path, purpose, masked=task.masked)
    return path


def write_laid(laid: Laid, out: Path, day: date, task: Task = YEARLY) -> Path:
    """Write sheets already laid; the name says county, task, period, version and day. A workbook of the same name
    is replaced only by one that was read back; the version belongs to a sealed return and goes up when it is unsealed."""
    from returns.workbook import file_name, write  # brings openpyxl, which takes longer to load than the window

    county, period = laid.checked.facts.county, laid.checked.facts.period
    out.mkdir(parents=True, exist_ok=True)
    name = file_name(county.code, f"{county.name}民政局", task.short, period.title, version=1, day=day)
    return write(laid.sheets, out / name, day)
