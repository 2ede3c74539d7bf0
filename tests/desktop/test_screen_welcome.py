"""起始页: the demo first, a new book, or one opened before."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.screens.welcome import WelcomePage
from office import demo
from policy.clock import Clock


def start(qtbot: QtBot, tmp_path: Path, clock: Clock, recent: list[Path]) -> WelcomePage:
    made = WelcomePage(recent, clock, tmp_path / "演示" / "东岭县.经办台账")
    qtbot.addWidget(made)
    made.resize(911, 460)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.set_out()
    return made


@pytest.fixture
def page(qtbot: QtBot, tmp_path: Path, clock: Clock) -> WelcomePage:
    here = tmp_path / "惠城区.经办台账"
    here.mkdir()
    return start(qtbot, tmp_path, clock, [here, tmp_path / "博罗县.经办台账"])


def test_a_recent_book_is_opened_by_enter_and_a_lost_one_is_greyed(page: WelcomePage, qtbot: QtBot, tmp_path: Path) -> None:
    first, second = page.recent.item(0), page.recent.item(1)
    assert first.text().startswith("惠城区\n")
    assert "找不到" in second.text()
    assert not second.flags() & Qt.ItemFlag.ItemIsEnabled
    assert page.focusWidget() is page.recent
    with qtbot.waitSignal(page.opened) as opened:
        QTest.keyClick(page.recent, Qt.Key.Key_Return)
    assert opened.args == [tmp_path / "惠城区.经办台账"]


def test_the_first_time_the_demo_comes_first_and_is_taken_away_with_one_click(qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    page = start(qtbot, tmp_path, clock, [])
    assert page.focusWidget() is page.demo
    assert page.drop.isHidden()
    with qtbot.waitSignal(page.opened, timeout=30000) as opened:
        QTest.keyClick(page.demo, Qt.Key.Key_Space)
    folder = tmp_path / "演示" / "东岭县.经办台账"
    assert opened.args == [folder]
    with qtbot.waitSignal(page.opened, timeout=5000) as again:
        QTest.keyClick(page.demo, Qt.Key.Key_Space)
    assert again.args == opened.args

    later = start(qtbot, tmp_path, clock, [folder])
    assert not later.drop.isHidden()
    QTest.mouseClick(later.drop, Qt.MouseButton.LeftButton)
    assert not folder.exists()
    assert later.drop.isHidden()


def test_a_book_that_is_no_demo_is_never_removed(tmp_path: Path) -> None:
    own = tmp_path / "惠城区.经办台账"
    own.mkdir()
    with pytest.raises(ValueError, match="不是程序建立的演示台账"):
        demo.remove(own)
    assert own.exists()


def test_a_new_book_is_begun_by_the_keyboard(page: WelcomePage, qtbot: QtBot) -> None:
    for _ in range(12):
        if page.focusWidget() is page.new:
            break
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.begun):
        QTest.keyClick(page.new, Qt.Key.Key_Space)
