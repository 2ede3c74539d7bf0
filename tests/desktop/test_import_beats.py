"""A big file comes in, and goes out again, without the window standing still: the smaller sister of the benchmark of 120,000 rows."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from db import book as books
from db.rows import rows
from desktop import window as windows
from desktop.desk import Desk
from desktop.screens.bring_in import BringInPage
from desktop.window import BRING_IN, CHECKS, PEOPLE, WORKBENCH, Keeper, Window
from desktop.worker import Report, Work
from office.demo import AS_OF
from policy.clock import Clock
from tests.desktop.beating import Heart, pay_workbook, staff

STAFF, MONTHS = 100, 60
SHARE = 2
"""The longest stop is less than this part of the whole work's time: a window that waits for the work stands still for all of it."""


@pytest.fixture
def window(tmp_path: Path, clock: Clock, qtbot: QtBot) -> Iterator[Window]:
    book = books.open_book(books.create(tmp_path, "县", "0.1.0"), clock)
    staff(book, STAFF)
    desk = Desk(book, clock, AS_OF)
    made = Window(desk, Keeper(lambda: None), False)
    qtbot.addWidget(made.frame)
    made.frame.show()
    checked(made, qtbot)
    yield made
    desk.close()


def checked(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not window.desk.checking, timeout=60_000)


def importing(window: Window) -> BringInPage:
    page = window.go(BRING_IN)
    assert isinstance(page, BringInPage)
    page.start.choose_kind("pay")
    return page


def beats_through(qtbot: QtBot, begin: Callable[[], object], rested: Callable[[], bool]) -> None:
    heart = Heart()
    begin()
    assert not rested(), "the work is beside the window, not in it"
    qtbot.waitUntil(rested, timeout=120_000)
    stops = heart.stops()
    assert stops[0] * SHARE < sum(stops), f"the window stood still for {stops[0]:.2f} of {sum(stops):.2f} s"


def test_the_window_goes_on_while_a_big_file_comes_in_and_goes_out(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for words in (PEOPLE, CHECKS):
        window.go(words)
    page = importing(window)
    beats_through(qtbot, lambda: page.read(pay_workbook(tmp_path / "工资.xlsx", STAFF, MONTHS)), page.strip.isHidden)
    refreshed: list[str] = []
    for words in (WORKBENCH, PEOPLE, CHECKS):
        shown = window.frame._pages[window.places[words]]
        monkeypatch.setattr(shown, "refresh", lambda words=words: refreshed.append(words))
    asked: list[object] = []
    read = window.desk.book.read

    def spied(query: Any, *args: Any, **where: Any) -> Any:
        if threading.current_thread() is threading.main_thread() and not page.strip.isHidden():
            asked.append(query)
        return read(query, *args, **where)

    monkeypatch.setattr(window.desk.book, "read", spied)
    beats_through(qtbot, page.preview.keep.click, page.strip.isHidden)
    checked(window, qtbot)
    assert asked == [], "nobody waits for a book that is being written"
    assert refreshed == [], "what is not seen is not read again"
    window.go(PEOPLE)
    assert refreshed == [PEOPLE]
    assert len(window.desk.read(rows, "pay_month")) == STAFF * MONTHS
    beats_through(qtbot, window.undo_action.trigger, window.frame.strip.isHidden)
    assert window.desk.read(rows, "pay_month") == []
    beats_through(qtbot, window.redo_action.trigger, window.frame.strip.isHidden)
    assert len(window.desk.read(rows, "pay_month")) == STAFF * MONTHS


def test_a_page_that_is_not_seen_reads_a_check_when_it_is_seen_again(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window.go(CHECKS)
    page = window.go(PEOPLE)
    refreshed: list[str] = []
    hidden = window.frame._pages[window.places[CHECKS]]
    monkeypatch.setattr(hidden, "refresh", lambda: refreshed.append(CHECKS))
    monkeypatch.setattr(page, "refresh", lambda: refreshed.append(PEOPLE))
    window.desk.checked.emit()
    assert refreshed == [PEOPLE]
    window.go(CHECKS)
    window.go(PEOPLE)
    window.go(CHECKS)
    assert refreshed == [PEOPLE, CHECKS], "once"


def test_a_big_act_that_cannot_be_undone_says_so(window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(windows, "MUCH", 0)
    monkeypatch.setattr(windows.QMessageBox, "information", lambda parent, title, words: said.append(words))

    def refuse() -> None:
        raise books.Conflict("其中有记录在这之后又改过。")

    monkeypatch.setattr(window.desk.book, "undo", refuse)
    window.undo_action.trigger()
    qtbot.waitUntil(window.frame.strip.isHidden, timeout=20_000)
    assert said == ["其中有记录在这之后又改过。"]
    assert window.frame.search.isEnabled(), "the window has rested long enough"


def test_nothing_goes_through_all_objects_while_a_work_makes_many(qtbot: QtBot) -> None:
    whole: list[str] = []

    def watched(phase: str, info: dict[str, int]) -> None:
        if phase == "start" and info["generation"] == 2:
            whole.append(threading.current_thread().name)

    def task(report: Report) -> list[list[int]]:
        return [[number] for number in range(400_000)]

    gc.collect()
    gc.callbacks.append(watched)
    try:
        work = Work(task)
        with qtbot.waitSignal(work.done, timeout=60_000) as done:
            work.start()
        kept = done.args[0]
        more = [[number] for number in range(200_000)]
    finally:
        gc.callbacks.remove(watched)
    assert "work" not in whole
    assert len(kept) == 400_000 and len(more) == 200_000
    assert gc.get_freeze_count() > len(kept), "what the work made is not gone through afterwards"
    Work(lambda report: None).start()
    qtbot.waitUntil(lambda: all(one.name != "work" for one in threading.enumerate()), timeout=20_000)
    gc.unfreeze()
    assert gc.get_threshold()[2] < 1000
