"""B12: how long the window ever stands still while a county's five years of pay come in, are written and checked, while its returns are
written and while it is backed up. A timer in the window's thread tells."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from db import book as books
from desktop.desk import Desk
from desktop.screens.bring_in import BringInPage
from desktop.window import BRING_IN, WORKBENCH, Keeper, Window
from desktop.worker import Work
from office.backup import on_demand
from office.imports.plan import NEW
from office.make_returns import make_returns
from office.open import open_book
from policy.period import parse_period
from tests.bench.books import AS_OF, CLOCK, COUNTY, YEAR
from tests.bench.table import Line
from tests.desktop.beating import pay_workbook, staff

BEAT, AIM = 4, 50
"""Milliseconds between two beats of a window that nothing keeps waiting; and the longest it may ever be kept."""
MONTHS, TURNS = 60, 3
PATIENCE = 600.0
"""Seconds after which something is wrong."""


class Heart(QObject):
    """Beats in the window's thread."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=BEAT)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def stop(self) -> float:
        """The longest gap since it was last asked, in ms."""
        self._beat()
        longest, self.longest = self.longest * 1000, 0.0
        return longest


def wait(rested: Callable[[], bool]) -> None:
    """Let the window live until something is done."""
    until = time.perf_counter() + PATIENCE
    while not rested():
        QApplication.processEvents()
        time.sleep(0.0005)
        if time.perf_counter() > until:
            raise TimeoutError("the window never came to rest")


def b12() -> list[Line]:
    """The best of a few turns: the machine has others to serve too."""
    app = QApplication.instance() or QApplication([])
    turns = [_turn() for _ in range(TURNS)]
    del app
    return [Line("B12", f"longest gap of the event loop: {what}", min(turn[what] for turn in turns), "ms", AIM) for what in turns[0]]


def _turn() -> dict[str, float]:
    gaps: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = pay_workbook(folder / "工资.xlsx", COUNTY.staff, MONTHS)
        book = open_book(books.create(folder, "县", "0.1.0"), CLOCK, "测速", "测速")
        staff(book, COUNTY.staff)
        desk = Desk(book, CLOCK, AS_OF)
        window = Window(desk, Keeper(lambda: None), False)
        window.frame.resize(1366, 768)
        window.frame.show()
        page = window.go(BRING_IN)
        assert isinstance(page, BringInPage)
        page.start.choose_kind("pay")
        wait(lambda: not desk.checking)
        heart = Heart()

        def felt(what: str, begin: Callable[[], object], rested: Callable[[], bool]) -> None:
            wait(lambda: not desk.checking)
            heart.stop()
            begin()
            wait(rested)
            gaps[what] = heart.stop()

        def beside(task: Callable[[], object]) -> None:
            window.frame.strip.run("正在写出……", Work(lambda _report: task(), window.frame))

        felt(f"reading and planning {COUNTY.months:,} rows of pay", lambda: page.read(file), page.strip.isHidden)
        assert page.preview.seen is not None and page.preview.seen.counts()[NEW] == COUNTY.months
        felt("writing them with the diary", page.preview.keep.click, page.strip.isHidden)
        window.go(WORKBENCH)
        felt("checking", desk.moved, lambda: not desk.checking)
        felt("writing the returns", lambda: beside(lambda: make_returns(book, parse_period(str(YEAR)), folder, AS_OF)), window.frame.strip.isHidden)
        felt("backing up", lambda: beside(lambda: on_demand(book)), window.frame.strip.isHidden)
        window.frame.hide()
        desk.close()
        window.frame.deleteLater()
        QApplication.processEvents()
    return gaps
