"""What is asked about a 报送任务: what it is and when it is due, what stands in the head of its forms, how they are printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from db.lists.columns import field_of
from desktop.ask import Ask
from desktop.desk import Desk
from office.tasks import columns_of, known_forms
from policy.kinds import Field, Kind, Unreadable
from policy.kinds.ticked import ticked
from policy.period import HALF, MONTH, QUARTER, SORTS, YEAR, parse_period, periods_until
from returns.task import Task

FIRST: Final = ("name", "short", "document", "period", "as_of", "due", "special", "forms", "signatories")
HEAD: Final = ("authority", "approval", "valid_until", "form_numbers", "topics", "documents", "trainings")
LOOKS: Final = ("masked", "public", "personal", "long_pay_list", "pay_list_ground", "total_first", "a4_only", "charts", "wan_decimals", "yuan_decimals")
_OFFERED: Final = {YEAR: 4, HALF: 4, QUARTER: 6, MONTH: 15}
_PLACES: Final = ("wan_decimals", "yuan_decimals")
_LISTS: Final = ("forms", "signatories", "topics", "documents", "trainings")


def ask_task(
    desk: Desk, title: str, explanation: str, names: tuple[str, ...], task: Task, act: Callable[[dict[str, Any]], object], parent: QWidget,
    periods: Sequence[str] = (),
) -> None:
    """Ask for some fields of a task, starting from how it is; `act` gets them as `returns.task.Task` has them. `periods`: those to choose from."""
    fields: Mapping[str, Field] = {name: _field(name, (task.period, *periods)) for name in names}
    Ask(title, explanation, fields, lambda said: act(_as_task(said)), desk.today, parent, columns_of(task), "保存").exec()


def offered_periods(day: date, sort: str) -> tuple[str, ...]:
    """The periods a task of a sort is likely for, the newest first; without a sort those of every sort."""
    found = [period for one in ((sort,) if sort else SORTS) for period in periods_until(day, one, _OFFERED[one])]
    return tuple(period.label for period in found)


def _period(labels: Sequence[str]) -> Kind:
    """报告期, chosen in words (2026年第三季度) or typed either way."""
    titles = {parse_period(label).title: label for label in labels if label}

    def parse(raw: object, _today: date | None) -> str | None:
        typed = str(raw or "").strip()
        try:
            return titles.get(typed) or (parse_period(typed).label if typed else None)
        except ValueError as wrong:
            raise Unreadable(f"{wrong}也可以从列表里选。") from wrong

    return Kind("报告期", parse, lambda label: parse_period(label).title if label else "", choices=tuple(titles))


def _field(name: str, periods: Sequence[str]) -> Field:
    found = field_of("report_task", name)
    if name == "period":
        return replace(found, kind=_period(periods), hint="从列表里选；也可以写 2026、2026H1、2026Q3 或 2026-05")
    if name == "forms":
        return replace(found, kind=ticked("报表", known_forms()), hint="要报送的表，可勾选；封面也在其中")
    return found


def _as_task(said: dict[str, Any]) -> dict[str, Any]:
    """The answers as a task has them: several words as a tuple, nothing as "" where it is a text."""
    made: dict[str, Any] = {}
    for name, value in said.items():
        if name in _LISTS:
            made[name] = tuple(one for one in (value or "").split("、") if one)
        elif name == "form_numbers":
            pairs = (part.partition("=") for part in (value or "").replace(";", "；").replace("＝", "=").split("；") if part.strip())
            made[name] = {form.strip(): number.strip() for form, _, number in pairs}
        elif name not in _PLACES and (name in LOOKS or name == "special"):
            made[name] = bool(value)
        else:
            made[name] = value if value is not None or name in ("as_of", "due") else ""
    return made
