"""Making returns: the forms of a task, laid from the book's facts, written as one workbook that was read back before it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from db.book import Book
from office.check import Checked, facts_in
from office.edit import exported_forms
from office.returns_desk import Last, last_in
from policy.facts import Facts
from policy.finding import AUDIT, HARD, SOFT
from policy.period import Period
from policy.rules import check as run_rules
from returns.annual import lay_all
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
    """Fill every form of the task from facts; 综合表 with the last period's figures beside them."""
    findings = run_rules(facts)
    levels = Counter(finding.severity for finding in findings if finding.kind == AUDIT)
    return Laid(Checked(facts, findings), lay_all(facts, task, hard=levels[HARD], soft=levels[SOFT], last=last.sheets, said=last.said))


def lay_in(connection: Any, period: Period, task: Task = YEARLY) -> Laid:
    """Read the facts and fill the forms (for `book.read` and `book.read_later`)."""
    return lay(facts_in(connection, period), task, last_in(connection, replace(task, period=period.label), period))


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
