"""B12 for the import: 120,000 pay months through the window (read, preview, write, undo), and how long the window ever stood still.

Not run by default: `python3 dev.py bench` prints the figures.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from db import book as books
from desktop.desk import Desk
from desktop.screens.bring_in import BringInPage
from desktop.window import BRING_IN, Keeper, Window
from office.demo import AS_OF
from office.imports.plan import NEW
from policy.clock import Clock
from tests.desktop.beating import Heart, pay_workbook, staff

PEOPLE, MONTHS = 2000, 60
AIM = 200
"""Milliseconds."""


def test_b12_import_of_120_000_pay_months_in_the_window(tmp_path: Path, clock: Clock, qtbot: QtBot) -> None:
    path = pay_workbook(tmp_path / "工资.xlsx", PEOPLE, MONTHS)
    book = books.open_book(books.create(tmp_path, "县", "0.1.0"), clock)
    staff(book, PEOPLE)
    desk = Desk(book, clock, AS_OF)
    window = Window(desk, Keeper(lambda: None), False)
    qtbot.addWidget(window.frame)
    window.frame.show()
    page = window.go(BRING_IN)
    assert isinstance(page, BringInPage)
    page.start.choose_kind("pay")
    qtbot.waitUntil(lambda: not desk.checking, timeout=60_000)
    heart, figures = Heart(), []

    def timed(what: str, begin: Callable[[], object], rested: Callable[[], bool]) -> None:
        heart.stops()
        started = time.perf_counter()
        begin()
        qtbot.waitUntil(rested, timeout=600_000)
        qtbot.wait(100)
        figures.append(f"{what} {time.perf_counter() - started:.1f} s, longest stop {heart.stops()[0] * 1000:.0f} ms")

    timed("read and planned in", lambda: page.read(path), page.strip.isHidden)
    assert page.preview.seen is not None
    assert page.preview.seen.counts()[NEW] == PEOPLE * MONTHS
    timed("written in", page.preview.keep.click, page.strip.isHidden)
    timed("checked in", lambda: None, lambda: not desk.checking)
    timed("undone in", window.undo_action.trigger, window.frame.strip.isHidden)
    desk.close()
    print(f"\nB12 import of {PEOPLE * MONTHS:,} pay months (aim: no stop over {AIM} ms): {'; '.join(figures)}")  # noqa: T201
