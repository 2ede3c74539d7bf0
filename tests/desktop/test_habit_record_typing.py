"""Habits 23 to 25: the identity number tells, dates as clerks write them, choosers that filter by typing and by 拼音."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.book import Book
from db.rows import row, rows
from desktop.record.editors import ChoiceEditor
from desktop.record.screen import RecordScreen
from desktop.window import PEOPLE, UNITS, Window
from desktop.words import matching, meant
from office.units import rename_unit
from policy.clock import Clock
from policy.example import id_no
from tests.desktop.opened import field, opened, record_screen, stand

NUMBER = id_no(date(1990, 5, 20), 2)
KINDS = ("行政编制", "事业编制", "政府购买服务", "劳务派遣", "直接聘用", "双百社工")


@pytest.fixture
def window(qtbot: QtBot, demo_book: Book, clock: Clock) -> Iterator[Window]:
    shown = opened(qtbot, demo_book, clock)
    yield shown
    shown.frame.hide()
    shown.desk.close()


@pytest.fixture
def people(window: Window) -> RecordScreen:
    return record_screen(window, PEOPLE)


@pytest.mark.habit(23)
def test_an_identity_number_tells_while_it_is_typed_into_a_new_record(people: RecordScreen, qtbot: QtBot) -> None:
    people.start_new()
    number = field(people, "person.id_no")
    number.setFocus()
    QTest.keyClicks(number, NUMBER[:16])
    assert people.form.note.text() == "已填 16 位，证件号应为 18 位。"
    QTest.keyClicks(number, NUMBER[16])
    assert f"校验码应为 {NUMBER[17]}" in people.form.note.text()
    QTest.keyClicks(number, NUMBER[17])
    assert people.form.note.text() == "居民身份证：女，1990-05-20 出生，36 周岁。"
    assert [field(people, name).text() for name in ("person.sex", "person.birth", "age")] == ["女", "1990-05-20", "36"]
    assert people.form.note.isVisible()
    QTest.keyClick(number, Qt.Key.Key_Backspace)
    QTest.keyClicks(number, "0" if NUMBER[17] != "0" else "1")
    assert f"最后一位应为 {NUMBER[17]}" in people.form.note.text()
    assert field(people, "person.sex").text() == ""


@pytest.mark.habit(23)
def test_and_when_it_is_changed(people: RecordScreen, qtbot: QtBot, demo_book: Book) -> None:
    stand(people, qtbot, "person", 1)
    number = field(people, "person.id_no")
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, NUMBER)
    assert "女，1990-05-20 出生" in people.form.note.text()
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert [field(people, name).text() for name in ("person.sex", "person.birth", "age")] == ["女", "1990-05-20", "36"]
    person = demo_book.read(row, "person", (1,))
    assert person is not None
    assert (person["id_no"], person["sex"]) == (NUMBER, "女")


@pytest.mark.habit(24)
@pytest.mark.parametrize(
    ("typed", "expected"),
    [("20261103", "2026-11-03"), ("11.3", "2026-11-03"), ("今天", "2026-12-31"), ("t", "2026-12-31"), ("2026年11月3日", "2026-11-03"), ("-1", "2026-12-30")],
)  # fmt: skip
def test_dates_as_clerks_write_them(people: RecordScreen, typed: str, expected: str) -> None:
    people.start_new()
    day = field(people, "engagement.start")
    day.setFocus()
    day.insert(typed)
    QTest.keyClick(day, Qt.Key.Key_Return)
    assert day.text() == expected


@pytest.mark.habit(25)
@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
@pytest.mark.parametrize(("typed", "unit"), [("qsz", "青石镇"), ("青石", "青石镇"), ("baisha", "白沙镇"), ("社会福利", "东岭县社会福利院")])
def test_a_chooser_is_filtered_by_typing_and_enter_takes_the_first(people: RecordScreen, qtbot: QtBot, typed: str, unit: str) -> None:
    people.start_new()
    chooser = field(people, "unit")
    assert isinstance(chooser, ChoiceEditor)
    line = chooser.lineEdit()
    line.setFocus()
    if typed.isascii():
        QTest.keyClicks(line, typed)
    else:
        line.insert(typed)
        line.textEdited.emit(typed)
        line.completer().setCompletionPrefix(typed)
        line.completer().complete()
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().index(0, 0).data() == unit
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert chooser.text() == unit
    assert not popup.isVisible()
    qtbot.waitUntil(field(people, "assignment.post").hasFocus)


@pytest.mark.habit(25)
@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_taking_a_word_goes_on_by_one_field_only(people: RecordScreen, qtbot: QtBot, key: Qt.Key) -> None:
    people.start_new()
    chooser = field(people, "unit")
    assert isinstance(chooser, ChoiceEditor)
    line = chooser.lineEdit()
    line.setFocus()
    QTest.keyClicks(line, "z")  # several towns: the first is taken
    popup = line.completer().popup()
    qtbot.waitUntil(popup.isVisible)
    first = popup.model().index(0, 0).data()
    QTest.keyClick(popup, key)
    QTest.qWait(1)
    assert chooser.text() == first
    assert field(people, "assignment.post").hasFocus()


@pytest.mark.habit(25)
def test_initials_of_one_word_become_it_when_the_field_is_left(people: RecordScreen, qtbot: QtBot) -> None:
    people.start_new()
    chooser = field(people, "engagement_term.type")
    assert isinstance(chooser, ChoiceEditor)
    chooser.setFocus()
    chooser.setEditText("lwpq")
    field(people, "person.name").setFocus()
    assert chooser.text() == "劳务派遣"
    chooser.setFocus()
    chooser.setEditText("bz")  # 行政编制, 事业编制
    field(people, "person.name").setFocus()
    assert chooser.text() == "bz"
    assert "用工形式里没有" in people.form.wrong.text()


def test_words_that_begin_so_come_first() -> None:
    assert matching("zf", KINDS)[0] == "政府购买服务"
    assert matching("", KINDS) == list(KINDS)
    assert meant("sbsg", KINDS) == "双百社工"
    assert meant("编制", KINDS) is None
    assert meant(" ", ("是",)) is None


@pytest.mark.habit(25)
def test_a_renamed_unit_is_offered_under_its_new_name(window: Window, people: RecordScreen, qtbot: QtBot) -> None:
    chooser = field(people, "unit")
    assert isinstance(chooser, ChoiceEditor)
    assert "青石镇" in chooser.words()
    window.desk.act(rename_unit, 2, "青岗镇", date(2026, 6, 1))
    assert "青岗镇" in chooser.words()
    assert "青石镇" not in chooser.words()
    stand(people, qtbot, "person", 6)
    assert chooser.text() == "青岗镇"
    at = next(at for at, column in enumerate(people.grid.model.columns) if column.id == "unit")
    assert "青岗镇" in {people.grid.model.shown(place, at) for place in range(people.grid.model.rowCount())}


def test_a_field_not_to_be_changed_looks_like_one_and_takes_no_keys(people: RecordScreen, qtbot: QtBot) -> None:
    stand(people, qtbot, "person", 6)
    chooser = field(people, "engagement_term.type")
    assert isinstance(chooser, ChoiceEditor)
    assert chooser.isEnabled()
    assert chooser.isReadOnly()
    before = chooser.text()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_F7, Qt.Key.Key_X):
        QTest.keyClick(chooser, key)
    assert chooser.text() == before
    assert not chooser.view().isVisible()


def test_only_what_is_asked_for_is_shown_while_adding(people: RecordScreen, qtbot: QtBot) -> None:
    leaving = field(people, "engagement.end_reason")
    assert leaving.isVisible()
    people.start_new()
    assert not leaving.isVisible()
    people.leave_new()
    assert leaving.isVisible()


def test_a_new_person_by_keyboard_alone_and_the_next(people: RecordScreen, qtbot: QtBot, demo_book: Book) -> None:
    before = len(demo_book.read(rows, "person"))
    QTest.keyClick(people.grid.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    texts = {
        "person.name": "", "person.id_no": NUMBER, "unit": "qsz", "assignment.post": "", "engagement_term.type": "lwpq", "engagement_term.employer": "",
        "engagement.start": "20261103",
    }  # fmt: skip
    field(people, "person.name").insert("曾小敏")
    for name, text in texts.items():
        assert QApplication.focusWidget() in (field(people, name), getattr(field(people, name), "lineEdit", lambda: None)()), name
        if isinstance(field(people, name), ChoiceEditor):
            field(people, name).setEditText(text)
        else:
            QTest.keyClicks(field(people, name), text)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(demo_book.read(rows, "person")) == before + 1, people.form.wrong.text()
    assert people.form.is_new()
    assert field(people, "person.name").hasFocus()
    assert demo_book.read(rows, "person")[-1]["birth"] == date(1990, 5, 20)


def test_copying_as_new_takes_over_what_is_alike(people: RecordScreen, qtbot: QtBot) -> None:
    stand(people, qtbot, "person", 7)
    people.copy_new()
    assert people.form.is_new()
    assert [field(people, name).text() for name in ("person.name", "person.id_no", "person.phone", "unit", "engagement_term.type")] == [
        "", "", "", "青石镇", "劳务派遣"
    ]  # fmt: skip


@pytest.mark.parametrize("words", [PEOPLE, UNITS])
def test_tabs_say_how_much_is_in_them(window: Window, qtbot: QtBot, words: str) -> None:
    screen = record_screen(window, words)
    stand(screen, qtbot, "person" if words == PEOPLE else "unit", 6)
    counted = [number for number, tab in enumerate(screen.spec.tabs, 1) if tab.counted]
    qtbot.waitUntil(lambda: all(screen.tabs.tabText(number).endswith(")") for number in counted))
    expected = {PEOPLE: "派驻记录 (1)", UNITS: "救助对象户数 (12)"}
    assert expected[words] in [screen.tabs.tabText(number) for number in counted]
