"""A finding leads to the record it was seen in, or to the screen where the county's own matter is mended."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.book import Book
from db.change import Change
from db.rows import rows
from desktop.screens.checks import ChecksPage
from desktop.screens.unit_sheets import SurveyPage
from desktop.window import CHECKS, SHOWN_ON
from office.find import find
from office.find_registers import REGISTERS
from policy.clock import Clock
from policy.finding import Finding, Rule
from policy.management_facts import CITY_MEASURES
from policy.rules import RULES
from tests.db.records import new
from tests.desktop.opened import opened, record_screen, stand

MANAGED = [rule for rule in RULES if rule.id[0] in "SQPW" or rule.id in ("R11", "R12", "R15", "R45", "R46")]
"""Rules of the management year that look at the county, a register or a contract."""


def found_by(rule: Rule) -> list[Finding]:
    return [finding for _, facts, _ in rule.cases() for finding in rule.find(rule, facts)]


@pytest.mark.parametrize("rule", MANAGED, ids=lambda rule: rule.id)
def test_a_matter_of_the_county_is_not_sent_to_the_bureaus_own_record(rule: Rule) -> None:
    for finding in found_by(rule):
        if finding.record is None:
            assert finding.place, finding.arithmetic
        else:
            assert finding.record[0] != "unit" or (rule.id == "P1" and "方案配备" in finding.arithmetic), finding.arithmetic


def test_every_finding_leads_to_a_screen_of_the_window(demo_book: Book, clock: Clock, qtbot: QtBot) -> None:
    window = opened(qtbot, demo_book, clock)
    for rule in RULES:
        for finding in found_by(rule):
            assert (SHOWN_ON[finding.record[0]] if finding.record else finding.place) in window.places, (rule.id, finding.arithmetic)


def test_a_record_found_by_the_search_box_is_opened(demo_book: Book, clock: Clock, qtbot: QtBot) -> None:
    window = opened(qtbot, demo_book, clock)
    assert set(REGISTERS) <= set(SHOWN_ON) and all(SHOWN_ON[table] in window.places for table in REGISTERS)
    meetings = {one["id"] for one in demo_book.read(rows, "meeting")}
    QTest.keyClick(window.frame, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    window.frame.search.setFocus()
    QTest.keyClicks(window.frame.search, "lxhy")
    assert next(one.table for one in window.desk.read(find, "lxhy", window.desk.as_of)) == "meeting"
    QTest.keyClick(window.frame.search, Qt.Key.Key_Return)
    assert window.frame.words() == "会议"
    screen = record_screen(window, "会议")
    assert screen.row is not None and screen.row.keys["meeting"][0] in meetings


def test_grades_of_a_person_stand_on_the_person(demo_book: Book, clock: Clock, qtbot: QtBot) -> None:
    change = demo_book.read(rows, "grade_change")[0]
    window = opened(qtbot, demo_book, clock)
    screen = record_screen(window, "人员")
    stand(screen, qtbot, "person", change["person"])
    at = [tab.title for tab in screen.spec.tabs].index("层级变动")
    screen.tabs.setCurrentIndex(at + 1)
    QApplication.processEvents()
    grid = screen.tab_grids[at]
    assert change["since"] in {grid.model.row_at(place).values[0] for place in range(grid.model.rowCount())}


def test_a_finding_opens_the_record_it_was_seen_in(demo_book: Book, clock: Clock, qtbot: QtBot) -> None:
    evaluation = next(one for one in demo_book.read(rows, "evaluation") if one["published"] is None)
    demo_book.act("改", [new("survey_window", 900, unit=3, as_of=date(2026, 12, 1), has_window=False)])
    window = opened(qtbot, demo_book, clock)

    def go(rule: str, said: str) -> None:
        page = window.go(CHECKS)
        assert isinstance(page, ChecksPage)
        page.choose("")
        at = next(at for at in range(page.grid.model.rowCount()) if stands(page, at, rule, said))
        page.grid.view.go(at, 2)
        page.grid.view.setFocus()
        QTest.keyClick(page.grid.view, Qt.Key.Key_Return)
        QApplication.processEvents()

    go("Q8", "没有登记公布日期")
    assert window.frame.words() == "绩效评价"
    screen = record_screen(window, "绩效评价")
    assert screen.row is not None and screen.row.keys["evaluation"] == (evaluation["id"],)
    go("W1", "2026-12-01")
    page = window.frame.page()
    assert isinstance(page, SurveyPage) and page.day == date(2026, 12, 1)
    standing = page.grid.view.current_row()
    assert standing is not None and standing.keys["unit"] == (3,)


def stands(page: ChecksPage, at: int, rule: str, said: str) -> bool:
    values = page.grid.model.row_at(at).values
    return values[1] == rule and said in values[5]


def test_a_matter_of_the_county_opens_the_screen_where_it_is_mended(demo_book: Book, clock: Clock, qtbot: QtBot) -> None:
    measures = demo_book.read(rows, "plan_doc", kind=CITY_MEASURES)
    demo_book.act("改", [Change("plan_doc", (one["id"],), {"kind": CITY_MEASURES}, {"kind": "其他"}) for one in measures])
    window = opened(qtbot, demo_book, clock)
    page = window.go(CHECKS)
    assert isinstance(page, ChecksPage)
    at = next(at for at in range(page.grid.model.rowCount()) if page.grid.model.row_at(at).values[1] == "R12")
    page.grid.view.go(at, 2)
    next(one for one in page.toolbar.actions() if one.text() == "打开记录").trigger()
    assert window.frame.words() == "方案与公开"
