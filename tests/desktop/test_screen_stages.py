"""四个阶段 by a clerk's hands: chips, what is late in red, the way to the record, and a report written to a folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.lists import Row
from db.rows import rows
from desktop import window
from desktop.desk import Desk
from desktop.screens.personal import inquiry_action
from desktop.screens.stages import SCREENS, StagesPage, stages_screen
from policy.stages import STAGES
from tests.desktop.opened import answer

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[StagesPage]:
    made = stages_screen(desk)
    assert isinstance(made, StagesPage)
    desk.changed.connect(made.refresh)
    around = QWidget()
    box = QVBoxLayout(around)
    box.addWidget(made.toolbar)
    box.addWidget(made)
    qtbot.addWidget(around)
    around.resize(1180, 690)
    with qtbot.waitExposed(around):
        around.show()
    desk.moved()
    qtbot.waitUntil(lambda: not desk.checking, timeout=20000)
    yield made
    around.hide()


def see(page: StagesPage, qtbot: QtBot, day: date) -> None:
    page.desk.see(day)
    qtbot.waitUntil(lambda: not page.desk.checking, timeout=20000)


def lines(page: StagesPage) -> list[Row]:
    return [page.grid.model.row_at(at) for at in range(page.grid.model.rowCount())]


def shown(page: StagesPage) -> list[tuple[object, ...]]:
    return [row.values for row in lines(page)]


def test_the_year_shows_what_is_registered_and_invents_no_day(page: StagesPage) -> None:
    listed = shown(page)
    assert len(listed) == 9
    assert [one[2] for one in listed if one[0] == STAGES[1]] == [None, None]
    assert "2019 年" in page.said.text()
    QTest.mouseClick(page.chips.button(2), Qt.MouseButton.LeftButton)
    assert {one[0] for one in shown(page)} == {STAGES[1]}
    assert page.chips.button(2).text().endswith("2/2")


def test_2019_shows_the_four_stages_with_what_is_late_in_red(page: StagesPage, qtbot: QtBot) -> None:
    see(page, qtbot, date(2019, 6, 16))
    listed = shown(page)
    assert len(listed) == 12 and {one[0] for one in listed} == set(STAGES)
    late = [row for row in lines(page) if row.marks]
    assert {row.values[3] for row in late} == {"逾期未完成"} and {row.values[2] for row in late} <= {date(2019, 3, 31), date(2019, 4, 15), date(2019, 6, 15)}
    see(page, qtbot, date(2019, 3, 31))
    assert not [row for row in lines(page) if row.marks]


def test_opening_leads_to_the_record_or_to_where_it_is_registered(page: StagesPage, qtbot: QtBot) -> None:
    page.grid.view.go(0, 0)
    qtbot.waitUntil(page.opening.isEnabled)
    with qtbot.waitSignal(page.open_record) as opened:
        page.opening.trigger()
    assert opened.args == ["meeting", 1]
    see(page, qtbot, date(2019, 6, 16))
    at = next(at for at, one in enumerate(shown(page)) if one[1] == "调研报告")
    page.grid.view.go(at, 0)
    qtbot.waitUntil(page.opening.isEnabled)
    assert page.opening.text() == "去登记"
    with qtbot.waitSignal(page.visit) as visited:
        page.opening.trigger()
    assert visited.args == ["方案与公开"]


@pytest.mark.parametrize("kind", ["brief", "notice", "保管期限提示"])
def test_a_document_is_written_in_the_background(page: StagesPage, qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    page.write(kind, tmp_path)
    qtbot.waitUntil(lambda: page.strip.path is not None, timeout=20000)
    assert page.strip.path is not None and page.strip.path.is_file() and page.strip.isVisible()


def test_every_way_leads_to_a_screen_of_the_window() -> None:
    assert set(SCREENS) <= set(window.SHOWN_ON)
    assert {table: window.SHOWN_ON[table] for table in SCREENS} == SCREENS


def test_the_inquiry_is_asked_for_written_and_logged(desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    parent = QWidget()
    qtbot.addWidget(parent)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(tmp_path))
    monkeypatch.setattr(QMessageBox, "information", lambda *given: told.append(given[2]))
    action = inquiry_action(desk, lambda: parent)
    person = desk.read(rows, "person")[3]
    with answer({"reason": "本人书面申请"}):
        action.run(Row({"person": (person["id"],)}, (person["name"],)))
    (written,) = tmp_path.glob("*.docx")
    assert str(written) in told[0]
    assert desk.book.acts()[-1].name == f"打印个人信息查询单 {person['name']}"
