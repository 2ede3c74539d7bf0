from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from desktop import theme
from desktop.faults import FaultDialog, Faults
from desktop.frame import SMALLEST, Entry, Frame
from desktop.icons import icon
from desktop.page import Action, Menu, Page
from resources import ROOT
from tests.desktop.people import TODAY

CTRL = Qt.KeyboardModifier.ControlModifier


class Screen(Page):
    """A page that counts how often it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.read = 0

    def refresh(self) -> None:
        self.read += 1
        self.status.emit(f"{self.read} 次")


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def frame(qtbot: QtBot, made: list[str]) -> Frame:
    def page(words: str) -> Screen:
        made.append(words)
        return Screen()

    words = (("工作台", "home"), ("机构与应配", "building"), ("人员", "people"))
    entries = [Entry(name, drawn, lambda name=name: page(name)) for name, drawn in words]
    entries += [Entry(name, "report", lambda name=name: page(name), group="合同") for name in ("承接主体", "服务采购合同", "劳动合同")]
    entries.append(Entry("设置", "settings", lambda: page("设置"), apart=True))
    menus = [Menu("文件(&F)", [Action("新建台账…", lambda: made.append("新建"), keys="Ctrl+Shift+N"), None, Menu("最近打开", [])])]
    window = Frame(entries, menus, date(2026, 10, 31), lambda: TODAY)
    qtbot.addWidget(window)
    window.go(0)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window


def read(frame: Frame) -> int:
    page = frame.page()
    assert isinstance(page, Screen)
    return page.read


def test_pages_are_made_when_first_visited(frame: Frame, made: list[str]) -> None:
    assert made == ["工作台"]
    QTest.keyClick(frame, Qt.Key.Key_3, CTRL)
    QTest.keyClick(frame, Qt.Key.Key_1, CTRL)
    QTest.keyClick(frame, Qt.Key.Key_3, CTRL)
    assert made == ["工作台", "人员"]


def test_a_click_goes_there(frame: Frame, qtbot: QtBot, made: list[str]) -> None:
    button = next(button for button in frame.findChildren(QPushButton) if button.accessibleName() == "设置")
    with qtbot.waitSignal(frame.visited) as visited:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert visited.args == ["设置"]
    assert button.isChecked()


def test_a_page_is_read_again_only_when_the_book_moved(frame: Frame) -> None:
    frame.go(2)
    frame.go(0)
    assert read(frame) == 1
    frame.refresh()
    assert read(frame) == 2
    frame.go(2)
    assert read(frame) == 2
    frame.go(0)
    assert read(frame) == 2


def test_title_and_status_bar(frame: Frame) -> None:
    frame.set_book("东岭县民政局", "东岭县.经办台账", "操作员 王敏")
    frame.set_saved("已保存 09:12")
    page = frame.page()
    assert page is not None
    page.statistics.emit("求和 3.00")
    assert frame.windowTitle() == "东岭县民政局 — 工作台 — 东岭县.经办台账"
    words = [label.text() for label in frame.statusBar().findChildren(type(frame.banner))]
    assert words == ["1 次　｜　已保存 09:12", "求和 3.00", "东岭县.经办台账　操作员 王敏"]
    frame.go(1)
    assert "求和 3.00" not in [label.text() for label in frame.statusBar().findChildren(type(frame.banner))]


def test_the_banner(frame: Frame) -> None:
    assert not frame.banner.isVisible()
    frame.set_banner("演示数据")
    assert frame.banner.isVisible()
    frame.set_banner("")
    assert not frame.banner.isVisible()


def test_the_day_the_book_is_seen_as_of(frame: Frame, qtbot: QtBot) -> None:
    frame.date.setFocus()
    frame.date.setText("今天")
    with qtbot.waitSignal(frame.as_of_changed) as told:
        frame.search.setFocus()
    assert told.args == [TODAY]
    assert frame.date.text() == "2026-11-22"
    frame.date.setFocus()
    frame.date.setText("13月")
    with qtbot.assertNotEmitted(frame.as_of_changed):
        frame.search.setFocus()
    assert frame.as_of() == TODAY
    assert frame.date.text() == "2026-11-22"
    assert "13月" in frame.statusBar().currentMessage()


def test_search_is_one_key_away(frame: Frame) -> None:
    QTest.keyClick(frame, Qt.Key.Key_F, CTRL)
    assert frame.search.hasFocus()


def test_menus(frame: Frame, made: list[str]) -> None:
    menu = frame.menuBar().findChildren(QMenu)[0]
    assert menu.title() == "文件(&F)"
    assert [action.text() for action in menu.actions()] == ["新建台账…", "", "最近打开"]
    QTest.keyClick(frame, Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert made[-1] == "新建"


def test_the_smallest_window_keeps_icons_only(frame: Frame) -> None:
    frame.resize(SMALLEST)
    assert (frame.width(), frame.height()) == (911, 480)
    people = next(button for button in frame.findChildren(QPushButton) if button.accessibleName() == "人员")
    assert people.text() == ""
    frame.resize(1366, 768)
    assert people.text().strip() == "人员"


def test_a_window_may_be_kept_open(frame: Frame) -> None:
    frame.may_close = lambda: False
    assert not frame.close()
    frame.may_close = lambda: True
    assert frame.close()


# Theme and icons


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "icons").glob("*.svg")))
def test_every_icon_is_drawn_in_its_color(qapp: QApplication, name: str) -> None:
    picture = icon(name, "#ff0000").pixmap(24, 24).toImage()
    seen = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
    inked = [color for color in seen if color.alpha() > 128]
    assert len(inked) > 20
    assert all(color.red() > 200 and color.green() < 60 for color in inked)


def test_the_theme_is_light_and_speaks_chinese(qapp: QApplication) -> None:
    before = qapp.palette(), qapp.font(), qapp.styleSheet(), qapp.style().name()
    try:
        theme.apply(qapp)
        assert qapp.palette().base().color().name() == "#ffffff"
        assert qapp.translate("QPlatformTheme", "Cancel") == "取消"
        assert qapp.font().families()[0] == "Microsoft YaHei"
    finally:
        qapp.setPalette(before[0])
        qapp.setFont(before[1])
        qapp.setStyleSheet(before[2])
        qapp.setStyle(before[3])


# Faults


def test_an_unforeseen_error_is_logged_and_shown_once(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    shown: list[str] = []

    def show(details: str) -> None:
        shown.append(details)
        fail()  # a second one, while the first is still on screen
        qtbot.waitUntil(lambda: len(caplog.records) == 2)
        QApplication.processEvents()

    faults = Faults(show)

    def fail() -> None:
        try:
            raise KeyError("列")
        except KeyError:
            faults.take(*sys.exc_info())  # type: ignore[arg-type]

    fail()
    qtbot.waitUntil(lambda: bool(shown))
    assert "KeyError: '列'" in shown[0]
    QApplication.processEvents()
    assert len(shown) == 1
    assert len(caplog.records) == 2


def test_the_hooks_are_taken_over(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    import threading

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    shown: list[str] = []
    faults = Faults(shown.append)
    faults.install()
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown))
    assert "ZeroDivisionError" in shown[0]


def test_the_dialog_says_the_data_is_safe(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = FaultDialog("Traceback …", tmp_path)
    qtbot.addWidget(dialog)
    buttons = {button.text().replace("&", ""): button for button in dialog.findChildren(QPushButton)}
    assert set(buttons) == {"复制详情", "打开日志文件夹", "继续使用"}
    buttons["复制详情"].click()
    assert QApplication.clipboard().text() == "Traceback …"
    assert dialog.findChild(QPlainTextEdit) is dialog.details
    buttons["继续使用"].click()
    assert dialog.result() == FaultDialog.DialogCode.Accepted


def test_screens_of_one_group_stand_under_tabs_and_their_button_leads_back_to_the_last(frame: Frame, made: list[str]) -> None:
    tabs = frame.findChild(QTabBar)
    assert tabs is not None and not tabs.isVisible()
    QTest.keyClick(frame, Qt.Key.Key_4, CTRL)
    assert [tabs.tabText(at) for at in range(tabs.count())] == ["承接主体", "服务采购合同", "劳动合同"]
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(2).center())
    assert frame.words() == "劳动合同"
    QTest.keyClick(frame, Qt.Key.Key_1, CTRL)
    assert not tabs.isVisible()
    QTest.keyClick(frame, Qt.Key.Key_4, CTRL)
    assert (frame.words(), tabs.currentIndex()) == ("劳动合同", 2)
    assert made == ["工作台", "承接主体", "劳动合同"]
