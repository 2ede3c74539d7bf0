"""Habits 20 to 22: anybody found from anywhere by the keyboard; numbers masked until shown, which is written down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.book import Book
from db.rows import row
from desktop.window import CHECKS, PEOPLE, UNITS, Window
from office.people import leave
from policy.clock import Clock
from tests.desktop.opened import action, field, opened, record_screen, stand

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, demo_book: Book, clock: Clock) -> Iterator[Window]:
    shown = opened(qtbot, demo_book, clock)
    yield shown
    shown.frame.hide()
    shown.desk.close()


def type_into_search(window: Window, text: str) -> None:
    QTest.keyClick(window.frame, Qt.Key.Key_F, CTRL)
    assert window.frame.search.hasFocus()
    QTest.keyClicks(window.frame.search, text)


def found(window: Window) -> list[str]:
    items = (window.finder.list.item(at).text() for at in range(window.finder.list.count()))
    return [text.split("　")[0] for text in items]


@pytest.mark.habit(20)
@pytest.mark.parametrize(
    ("letters", "name"),
    [("oyjh", "欧阳建华"), ("xjh", "禤家豪"), ("sdm", "佘㙍明"), ("kd", "邝𬱖"), ("mmtwse", "买买提·吾守尔·阿不都热合曼")],
)
def test_a_person_from_another_screen_by_initials(window: Window, qtbot: QtBot, letters: str, name: str) -> None:
    window.go(CHECKS)
    type_into_search(window, letters)
    assert name in found(window)
    window.finder.list.setCurrentRow(found(window).index(name))
    QTest.keyClick(window.frame.search, Qt.Key.Key_Return)
    people = record_screen(window, PEOPLE)
    qtbot.waitUntil(lambda: people.row is not None and people.row.values[0] == name)
    assert not window.finder.list.isVisible()
    assert window.frame.search.text() == ""


@pytest.mark.habit(21)
def test_by_the_last_four_of_number_and_phone(window: Window, demo_book: Book) -> None:
    person = demo_book.read(row, "person", (8,))
    assert person is not None
    type_into_search(window, person["phone"][-4:])
    assert person["name"] in found(window)
    shown = window.finder.list.item(found(window).index(person["name"])).text()
    assert person["phone"] not in shown
    assert person["id_no"] not in shown


@pytest.mark.habit(20)
def test_arrows_choose_and_escape_leaves(window: Window, qtbot: QtBot) -> None:
    window.go(PEOPLE)
    type_into_search(window, "z")
    assert window.finder.list.isVisible()
    assert len(found(window)) > 2
    search = window.frame.search
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(search, Qt.Key.Key_Down)
    QTest.keyClick(search, Qt.Key.Key_Up)
    assert window.finder.list.currentRow() == 1
    assert search.hasFocus()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert not window.finder.list.isVisible()
    assert not search.hasFocus()


@pytest.mark.habit(20)
def test_a_unit_by_initials_with_a_click(window: Window, qtbot: QtBot) -> None:
    type_into_search(window, "qsz")
    item = window.finder.list.item(found(window).index("青石镇"))
    window.finder.list.setCurrentItem(item)
    qtbot.mouseClick(window.finder.list.viewport(), Qt.MouseButton.LeftButton, pos=window.finder.list.visualItemRect(item).center())
    units = record_screen(window, UNITS)
    qtbot.waitUntil(lambda: units.row is not None and units.row.keys["unit"] == (2,))


def test_nobody(window: Window) -> None:
    type_into_search(window, "qqq")
    assert "没有找到" in window.finder.list.item(0).text()
    QTest.keyClick(window.frame.search, Qt.Key.Key_Return)
    assert window.finder.list.isVisible()


def test_who_has_left_is_found_in_the_longer_list(window: Window, demo_book: Book, qtbot: QtBot) -> None:
    from datetime import date

    window.desk.act(leave, 8, date(2026, 6, 30), "个人辞职")
    people = record_screen(window, PEOPLE)
    assert not people.grid.view.stand_on({"person": (8,)})
    window.open_record("person", 8)
    qtbot.waitUntil(lambda: people.row is not None and people.row.keys["person"] == (8,))
    assert action(people, "含已离职").isChecked()


@pytest.mark.habit(22)
def test_numbers_are_masked_on_screen_in_the_form_and_on_the_clipboard(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 8)
    person = demo_book.read(row, "person", (8,))
    assert person is not None
    assert person["id_no"] not in field(people, "person.id_no").text()
    people.grid.view.do("whole row")
    people.grid.view.do("copy")
    copied = QGuiApplication.clipboard().text() + QGuiApplication.clipboard().mimeData().html()
    assert person["id_no"] not in copied
    assert person["phone"] not in copied
    assert person["id_no"][-4:] in copied


@pytest.mark.habit(22)
def test_showing_them_is_written_down_and_ends_with_the_screen(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 8)
    person = demo_book.read(row, "person", (8,))
    assert person is not None
    action(people, "显示号码").trigger()
    assert field(people, "person.id_no").text() == person["id_no"]
    last = demo_book.acts()[-1]
    assert (last.name, last.who, last.reason, last.lines) == ("查看完整号码", "李晓敏", "人员，58 条", 0)
    window.go(UNITS)
    window.go(PEOPLE)
    assert person["id_no"] not in field(people, "person.id_no").text()
    assert not action(people, "显示号码").isChecked()
