"""The forms that draw on others, of the county of `moving`: 综合表 and 表15 of its year, 表14 of its July, beside every other form."""

from __future__ import annotations

from policy.period import parse_period
from returns.annual import lay_all
from returns.forms import FORMS
from returns.sheet import Sheet
from returns.task import Task
from tests.returns.moving import moved

KEYS = ("综合表", "表14", "表15")
EVERY = tuple(form.key for form in FORMS if form.key not in ("封面", "附表2", "附表3", "审核表"))
TASK = Task("基层社会救助经办服务能力落实情况报表", forms=EVERY)
SAID = "2025年度第1版（已封存）"


def every(period: str = "2026", last: tuple[Sheet, ...] = (), said: str = "") -> dict[str, Sheet]:
    """Every form of the county for a period."""
    return {sheet.key: sheet for sheet in lay_all(moved(period), TASK, last=last, said=said)}


def before() -> tuple[Sheet, ...]:
    """The forms of a year in which everybody of this year's July was there already: last year's for the tests."""
    return tuple(every("2026-07").values())


def sheets() -> dict[str, Sheet]:
    """Golden file → form."""
    year, month = every(last=before(), said=SAID), every("2026-07")
    laid = (("2026", year["综合表"]), ("2026-07", month["表14"]), ("2026", year["表15"]))
    return {f"东岭县{parse_period(period).title}_{sheet.key}.txt": sheet for period, sheet in laid}
