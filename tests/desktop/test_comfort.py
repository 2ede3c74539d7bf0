"""使用习惯: the size of letters, which way Enter goes, when the book locks; at once, remembered, and cutting nothing off."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from db.book import Book
from desktop import theme
from desktop.__main__ import Program
from desktop.frame import SMALLEST
from desktop.idle import KEY
from desktop.preferences import Preferences
from desktop.screens.comfort import ComfortPane
from desktop.window import Window
from policy.clock import Clock
from tests.desktop.opened import opened

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
OFFICE_PC = QSize(1366, 728)
"""1366×768 without the taskbar."""


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    font, sheet = qapp.font(), qapp.styleSheet()
    yield
    qapp.setFont(font)
    for kind in theme.OWN_FONTS:
        qapp.setFont(font, kind)  # type: ignore[arg-type]  # the stub says bytes, the binding takes text
    qapp.setStyleSheet(sheet)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def window(qtbot: QtBot, demo_book: Book, clock: Clock, tmp_path: Path) -> Iterator[Window]:
    shown = opened(qtbot, demo_book, clock, tmp_path / "settings.ini")
    yield shown
    shown.frame.hide()
    shown.desk.close()


def choose(box: QComboBox, words: str) -> None:
    """With the keyboard: the list dropped, the words typed to, Enter."""
    box.setFocus()
    for _ in range(box.count()):
        QTest.keyClick(box, Qt.Key.Key_Up)
    while box.currentText() != words:
        QTest.keyClick(box, Qt.Key.Key_Down)


def pane(window: Window) -> ComfortPane:
    page = window.go("设置")
    found = page.findChild(ComfortPane)
    assert isinstance(found, ComfortPane)
    page.tabs.setCurrentWidget(found)  # type: ignore[attr-defined]  # the settings page
    return found


def test_another_size_is_there_at_once_and_after_a_restart(window: Window, qapp: QApplication, clock: Clock, tmp_path: Path) -> None:
    shown = pane(window)
    assert shown.letters.currentText() == "标准"
    choose(shown.letters, "大")
    assert qapp.font().pointSizeF() == window.frame.font().pointSizeF() == theme.SIZES["大"]
    assert "font-size: 19.2pt" in qapp.styleSheet(), "headings grow in proportion: 16 × 12 / 10"
    kept = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert Preferences(kept).points() == theme.SIZES["大"]
    theme.resize(qapp, theme.POINTS)
    Program(qapp, clock, tmp_path)
    assert qapp.font().pointSizeF() == theme.SIZES["大"]


def test_a_size_nobody_offers_counts_as_the_usual_one(settings: QSettings) -> None:
    for said in ("72", "groß", ""):
        settings.setValue("points", said)
        assert Preferences(settings).points() == theme.POINTS


def test_nothing_is_cut_off_at_the_larger_size_on_an_office_pc(window: Window, qapp: QApplication) -> None:
    theme.resize(qapp, theme.SIZES["大"])
    window.frame.resize(OFFICE_PC)
    wrong = []
    for words in window.places:
        page = window.go(words)
        QTest.qWait(20)
        if window.frame.width() > OFFICE_PC.width() or window.frame.height() > OFFICE_PC.height():
            wrong.append(f"{words}: needs {window.frame.width()}×{window.frame.height()}")
            window.frame.resize(OFFICE_PC)
        for one in page.findChildren(QAbstractButton):
            if one.isVisible() and one.text() and one.width() < one.fontMetrics().horizontalAdvance(one.text().replace("&", "")):
                wrong.append(f"{words}: “{one.text()}” has {one.width()} pixels")
        for label in page.findChildren(QLabel):
            plain = label.textFormat() != Qt.TextFormat.RichText and "<" not in label.text()
            if label.isVisible() and plain and label.text() and label.height() + 1 < label.fontMetrics().height() and label.width() > 0:
                wrong.append(f"{words}: “{label.text()[:20]}” has {label.height()} pixels of height")
    for button in window.frame._buttons.buttons():
        if button.width() < button.fontMetrics().horizontalAdvance(button.text()) + 40:
            wrong.append(f"navigation: {button.text()}")
    assert not wrong, "\n".join(wrong)


def test_rows_grow_with_their_letters(window: Window, qapp: QApplication) -> None:
    grid = window.go("人员").listed()
    assert grid is not None
    theme.resize(qapp, theme.SIZES["特大"])
    QApplication.processEvents()
    assert grid.view.rowHeight(0) >= grid.view.fontMetrics().height() + 4


def test_which_way_enter_goes(window: Window) -> None:
    shown = pane(window)
    grid = window.go("机构与应配").listed()
    assert grid is not None
    grid.view.go(0, 0)
    QTest.keyClick(grid.view, Qt.Key.Key_Return)
    assert (grid.view.currentIndex().row(), grid.view.currentIndex().column()) == (1, 0)
    pane(window)
    choose(shown.enter, "向右（下一格）")
    window.go("机构与应配")
    grid.view.go(0, 0)
    QTest.keyClick(grid.view, Qt.Key.Key_Return)
    assert (grid.view.currentIndex().row(), grid.view.currentIndex().column()) == (0, 1)


def test_the_lock_and_the_hints(settings: QSettings, qtbot: QtBot) -> None:
    settings.setValue("hints/人员", "read")
    settings.setValue("columns/人员", "{}")
    shown = ComfortPane(settings, lambda: "李晓敏　2026-12-31 09:00")
    qtbot.addWidget(shown)
    shown.show()
    assert shown.lock.currentText() == "15 分钟"
    choose(shown.lock, "不自动锁定")
    assert str(settings.value(KEY)) == "0"
    assert {name: line.text() for name, line in shown.hands.items()} == {"字号": "没有改过", "回车方向": "没有改过", "自动锁定": "最后修改：李晓敏　2026-12-31 09:00"}
    again = ComfortPane(settings, lambda: "别人")
    qtbot.addWidget(again)
    assert again.hands["自动锁定"].text() == "最后修改：李晓敏　2026-12-31 09:00"
    QTest.keyClick(shown.hints, Qt.Key.Key_Space)
    assert settings.value("hints/人员") is None and settings.value("columns/人员") == "{}"
    QTest.keyClick(shown.lists, Qt.Key.Key_Space)
    assert settings.value("columns/人员") is None


def test_every_control_has_words_and_the_page_fits(window: Window) -> None:
    shown = pane(window)
    window.frame.resize(SMALLEST)
    QApplication.processEvents()
    assert (window.frame.width(), window.frame.height()) == (SMALLEST.width(), SMALLEST.height())
    assert all(box.accessibleName() for box in shown.findChildren(QComboBox))


_SHARP = """
from datetime import datetime
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop import theme
from desktop.first_run import FirstRun
from desktop.frame import SMALLEST
from desktop.icons import icon
from policy.clock import Clock
app = QApplication([])
theme.apply(app)
drawn = icon("home").pixmap(20, 20)
assert drawn.devicePixelRatio() == 1.5 and drawn.width() == 30, (drawn.devicePixelRatio(), drawn.width())
wizard = FirstRun(Clock(lambda: datetime(2026, 12, 31)), Path("."))
wizard.resize(SMALLEST)
wizard.show()
app.processEvents()
assert (wizard.width(), wizard.height()) == (SMALLEST.width(), SMALLEST.height())
assert wizard.grab().width() in (1366, 1367), wizard.grab().width()
"""


def test_at_150_percent_pictures_are_drawn_sharp_and_the_first_pages_fit() -> None:
    """1366×768 at 150 % is 911×512."""
    scaled = os.environ | {"QT_SCALE_FACTOR": "1.5", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", _SHARP], env=scaled, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
