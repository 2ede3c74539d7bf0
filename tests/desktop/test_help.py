"""帮助 as the clerk sees it: the page of the screen in front, with the numbers in force; searched, printed; and 关于."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextBrowser
from pytestqt.qtbot import QtBot

from db.book import Book
from desktop.about import About
from desktop.help import HelpWindow, dressed, help_menu
from desktop.page import Action
from desktop.window import FUNDS, PEOPLE, UNITS, Window
from office.assumed import ASSUMED
from office.help_pages import RULES_TITLE, shipped, titles
from office.licences import parts
from office.manual import manual
from office.settings import set_parameter
from policy.clock import Clock
from policy.rules import RULES
from tests.desktop.opened import opened

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def window(qtbot: QtBot, demo_book: Book, clock: Clock) -> Iterator[Window]:
    shown = opened(qtbot, demo_book, clock)
    yield shown
    shown.frame.hide()
    shown.desk.close()


def choose(window: Window, words: str) -> HelpWindow:
    """An entry of the menu 帮助; the help window it shows."""
    menu = help_menu(window.desk, lambda: window.frame)
    entry = next(one for one in menu.entries if isinstance(one, Action) and one.words == words)
    entry.run()
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, HelpWindow) and one.isVisible())


def text(shown: HelpWindow) -> str:
    return shown.page.toPlainText()


def test_every_screen_has_a_page_of_its_own(window: Window) -> None:
    assert set(window.places) <= set(titles())


def test_f1_opens_the_page_of_the_screen_in_front_and_lists_what_can_be_done_there(window: Window) -> None:
    window.go(PEOPLE)
    first = next(one for one in help_menu(window.desk, lambda: window.frame).entries if isinstance(one, Action))
    assert (first.words, first.keys) == ("本页帮助", "F1")
    shown = choose(window, "本页帮助")
    assert text(shown).startswith(PEOPLE)
    assert shown.contents.currentItem().text() == PEOPLE
    offered = text(shown).partition("本页的操作")[2].split()
    for words in ("新增人员", "Ctrl+N", "调整派驻单位", "离职（退回）", "缺勤"):
        assert words in offered
    shown.close()


def test_the_page_has_the_numbers_in_force_on_the_day(window: Window, qtbot: QtBot) -> None:
    def said() -> str:
        shown = choose(window, "本页帮助")
        try:
            return text(shown)
        finally:
            shown.close()

    window.go(UNITS)
    assert "按“就高”" in said()
    window.desk.act(set_parameter, "staffing.boundary_mode", "就低", date(2026, 7, 1))
    qtbot.waitUntil(lambda: not window.desk.checking, timeout=20000)
    assert "按“就低”" in said() and "按“就高”" not in said()


def test_searching_leaves_the_pages_that_have_the_words(window: Window, qtbot: QtBot) -> None:
    shown = choose(window, RULES_TITLE)
    assert all(f"{rule.id} {rule.title}" in text(shown) for rule in RULES)
    shown.search.setFocus()
    shown.search.insert("落实率")  # as an input method does
    left = [shown.contents.item(at).text() for at in range(shown.contents.count()) if not shown.contents.item(at).isHidden()]
    assert FUNDS in left and PEOPLE not in left
    assert shown.contents.currentItem().text() in left
    assert shown.page.textCursor().selectedText() == "落实率"
    QTest.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.focusWidget() is shown.page
    shown.search.clear()
    assert not any(shown.contents.item(at).isHidden() for at in range(shown.contents.count()))
    shown.close()


def test_the_manual_prints_on_a4(tmp_path: Path, qapp: QApplication) -> None:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "手册.pdf"))
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    document = dressed(manual(shipped()), 10)
    assert RULES[-1].title in document.toPlainText()
    document.print_(printer)
    written = (tmp_path / "手册.pdf").read_bytes()
    assert written.startswith(b"%PDF") and written.count(b"/Type /Page\n") > 20


def test_about_says_policy_what_is_assumed_and_whose_every_part_is(window: Window, qtbot: QtBot) -> None:
    about = About(window.desk, window.frame)
    qtbot.addWidget(about)
    about.show()
    said = {one.accessibleName(): one.toPlainText() for one in about.findChildren(QTextBrowser)}
    assert "粤民函〔2019〕453号" in said["程序与政策"] and "2026-12-31" in said["程序与政策"]
    open_points = said["本程序的口径"]
    assert open_points.count("来源：") == len(ASSUMED)
    assert all(words in open_points for words in ("“就高”", "“应发”", "“全口径”"))
    about.tabs.setCurrentIndex(2)
    shown = about.licence
    for at, part in enumerate(parts()):
        about.listed.setCurrentRow(at)
        assert part.name in about.listed.item(at).text() and part.licence in about.listed.item(at).text()
        assert "".join(shown.toPlainText().split()) == "".join(part.text.split()), part.name
    QTest.keyClick(about, Qt.Key.Key_Escape)
    assert not about.isVisible()
