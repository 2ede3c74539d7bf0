from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.lists import Key, Listing, Row
from desktop.page import Action
from desktop.record import Creation, RecordSpec, RowAction, Tab
from desktop.record.editors import ChoiceEditor, DateEditor, LineEditor, editor
from desktop.record.screen import RecordScreen
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import YESNO
from policy.kinds.text import TEXT
from tests.desktop.people import AT, COLUMNS, DUTY, PEOPLE, TODAY, Book, person

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Desk:
    """What a screen's author writes: the spec of 人员, over the book of the tests."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.done: list[Any] = []

    def create(self, values: Mapping[str, Any]) -> Mapping[str, Key]:
        if values["phone"] == PEOPLE[0][3]:
            raise ValueError("这个手机号已登记在陈志强名下。")
        number = len(self.book.rows) + 1
        blank: list[Any] = [None] * len(COLUMNS)
        for name, value in values.items():
            blank[AT[name]] = value
        self.book.rows.append(person(number, tuple(blank)))
        return {"person": (number,)}

    def spec(self) -> RecordSpec:
        return RecordSpec(
            title="人员",
            counted="人",
            purpose="登记本县的经办人员。先下载模板，填好后导入。",
            columns=COLUMNS,
            listing=lambda: Listing(COLUMNS, tuple(self.book.rows)),
            commit=self.book.commit,
            today=lambda: TODAY,
            form=("name", "unit", "phone", "duty", "entered", "full", "fixed", "note"),
            tabs=(Tab("合同", COLUMNS[:2], self.contracts, self.book.commit),),
            actions=(Action("导入", lambda: self.done.append("import"), "import"), None, RowAction("停用", self.done.append, "trash")),
            first_actions=(Action("下载模板", lambda: self.done.append("template")),),
            creation=Creation("新增人员", ("name", "phone", "entered"), self.create),
            looked=lambda: self.done.append("looked"),
        )

    def contracts(self, row: Row) -> Listing:
        return Listing(COLUMNS[:2], tuple(self.book.rows[: row.keys["person"][0]]))


@pytest.fixture
def desk(book: Book) -> Desk:
    return Desk(book)


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk) -> RecordScreen:
    return shown(qtbot, desk)


def shown(qtbot: QtBot, desk: Desk) -> RecordScreen:
    made = RecordScreen(desk.spec())
    qtbot.addWidget(made)
    qtbot.addWidget(made.toolbar)
    desk.book.shows = made.grid
    made.resize(1200, 640)
    with qtbot.waitExposed(made):
        made.show()
    made.refresh()
    made.set_out()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.row is not None or not desk.book.rows)
    return made


def field(screen: RecordScreen, name: str) -> Any:
    return screen.form.editors[AT[name]]


def stand(screen: RecordScreen, qtbot: QtBot, place: int) -> None:
    with qtbot.waitSignal(screen.grid.view.row_changed):
        screen.grid.view.go(place, 0)


def test_the_form_follows_the_list(screen: RecordScreen, qtbot: QtBot) -> None:
    stand(screen, qtbot, 1)
    texts = [field(screen, name).text() for name in ("name", "phone", "duty", "entered", "full", "fixed", "note")]
    assert texts == ["李丽华", "139****0037", "低保审核", "2019-06-15", "是", "2,750.00", "驻点\n值班"]
    assert field(screen, "unit").isReadOnly()


def test_a_field_is_taken_when_left(screen: RecordScreen, desk: Desk) -> None:
    pay = field(screen, "fixed")
    pay.setFocus()
    pay.selectAll()
    QTest.keyClicks(pay, "3100")
    assert desk.book.acts == []
    QTest.keyClick(pay, Qt.Key.Key_Return)
    assert desk.book.names() == ["修改岗位工资（元）"]
    assert desk.book.rows[0].values[5] == 310000
    assert pay.text() == "3,100.00"
    assert not pay.hasFocus()


def test_an_unreadable_field_says_why_and_keeps_the_text(screen: RecordScreen, desk: Desk) -> None:
    day = field(screen, "entered")
    day.setFocus()
    day.setText("13月")
    field(screen, "name").setFocus()
    assert day.property("wrong")
    assert "不是日期" in screen.form.wrong.text()
    assert (day.text(), desk.book.acts) == ("13月", [])
    day.setFocus()
    QTest.keyClick(day, Qt.Key.Key_Escape)
    assert day.text() == "2021-03-01"
    assert not day.property("wrong")


def test_a_book_that_refuses_puts_the_old_text_back(screen: RecordScreen, desk: Desk) -> None:
    desk.book.refusal = "已确认，不能修改。"
    pay = field(screen, "fixed")
    pay.setFocus()
    pay.setText("1")
    field(screen, "name").setFocus()
    assert pay.text() == "2,600.00"
    assert screen.grid.slip.sentences() == ["已确认，不能修改。"]


def test_what_is_being_typed_outlasts_a_change_of_the_book(screen: RecordScreen, desk: Desk) -> None:
    name = field(screen, "name")
    name.setFocus()
    name.setText("陈志")
    screen.grid.model.setData(screen.grid.model.index(0, AT["fixed"]), "1")
    screen.refresh()
    assert name.text() == "陈志"


def test_words_are_picked_or_typed(screen: RecordScreen, desk: Desk) -> None:
    duty = field(screen, "duty")
    duty.setFocus()
    duty.setEditText("档案管理")
    field(screen, "name").setFocus()
    assert desk.book.rows[0].values[2] == "档案管理"
    full = field(screen, "full")
    full.setCurrentIndex(0)
    full.activated.emit(0)
    assert desk.book.rows[0].values[AT["full"]] is None


def test_masked_numbers_are_shown_when_asked_and_that_is_written_down(screen: RecordScreen, desk: Desk) -> None:
    look = next(action for action in screen.toolbar.actions() if action.text() == "显示号码")
    look.trigger()
    assert field(screen, "phone").text() == "13800002231"
    look.trigger()
    assert field(screen, "phone").text() == "138****2231"
    assert desk.done == ["looked"]


def test_row_actions_get_the_record(screen: RecordScreen, desk: Desk, qtbot: QtBot) -> None:
    stand(screen, qtbot, 3)
    stop = next(action for action in screen.toolbar.actions() if action.text() == "停用")
    stop.trigger()
    assert desk.done == [desk.book.rows[3]]
    with qtbot.waitSignal(screen.grid.view.row_changed):
        screen.grid.set_rows([])
    assert not stop.isEnabled()


def test_a_tab_is_read_for_the_record_in_front(screen: RecordScreen, qtbot: QtBot) -> None:
    stand(screen, qtbot, 2)
    assert screen.tabs.tabText(1) == "合同"
    screen.tabs.setCurrentIndex(1)
    assert screen.tabs.tabText(1) == "合同 (3)"
    stand(screen, qtbot, 1)
    assert screen.tabs.tabText(1) == "合同 (2)"


def test_counts(screen: RecordScreen, qtbot: QtBot) -> None:
    with qtbot.waitSignal(screen.status) as said:
        screen.grid.view.filters.box(AT["unit"]).setText("太平")
    assert said.args == ["5 人，筛选后 2 人"]


def test_next_and_previous_record(screen: RecordScreen, qtbot: QtBot) -> None:
    field(screen, "name").setFocus()
    with qtbot.waitSignal(screen.grid.view.row_changed):
        QTest.keyClick(field(screen, "name"), Qt.Key.Key_PageDown, ALT)
    assert field(screen, "name").text() == "李丽华"
    with qtbot.waitSignal(screen.grid.view.row_changed):
        QTest.keyClick(field(screen, "name"), Qt.Key.Key_PageUp, ALT)
    assert field(screen, "name").text() == "陈志强"


# Adding


def test_adding_and_the_next_one_by_keyboard_alone(screen: RecordScreen, desk: Desk, qtbot: QtBot) -> None:
    screen.start_new()
    name = field(screen, "name")
    assert name.hasFocus()
    name.insert("冼巧玲")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert field(screen, "phone").hasFocus()
    QTest.keyClicks(field(screen, "phone"), "13500000222")
    QTest.keyClick(field(screen, "phone"), Qt.Key.Key_Return, CTRL)
    assert desk.book.rows[-1].values[:4] == ("冼巧玲", None, None, "13500000222")
    assert name.hasFocus()
    assert name.text() == ""
    name.insert("单文杰")
    QTest.keyClicks(field(screen, "entered"), "11.3")
    QTest.keyClick(field(screen, "entered"), Qt.Key.Key_S, CTRL)
    assert desk.book.rows[-1].values[4] == date(2026, 11, 3)
    assert not screen.form.is_new()
    assert name.text() == "单文杰"
    assert screen.grid.view.currentIndex().row() == 6


def test_a_new_record_that_cannot_be_kept(screen: RecordScreen, desk: Desk) -> None:
    screen.start_new()
    screen.form.kept.emit(False)
    assert "姓名" in screen.form.wrong.text()
    assert field(screen, "name").property("wrong")
    field(screen, "name").setText("张三")
    field(screen, "phone").setText("13800002231")
    screen.form.kept.emit(False)
    assert screen.form.wrong.text() == "这个手机号已登记在陈志强名下。"
    assert len(desk.book.rows) == 5
    QTest.keyClick(field(screen, "name"), Qt.Key.Key_Escape)  # the text first, then the new record
    QTest.keyClick(field(screen, "name"), Qt.Key.Key_Escape)
    assert not screen.form.is_new()
    assert field(screen, "name").text() == "陈志强"


def test_a_new_record_is_found_behind_a_filter(screen: RecordScreen, desk: Desk) -> None:
    screen.grid.view.filters.box(AT["unit"]).setText("太平")
    screen.start_new()
    field(screen, "name").setText("张三")
    screen.form.kept.emit(False)
    assert field(screen, "name").text() == "张三"
    assert screen.grid.view.filters.texts() == [""] * len(COLUMNS)


def test_an_empty_screen_says_what_to_do(qtbot: QtBot, desk: Desk) -> None:
    desk.book.rows = []
    screen = shown(qtbot, desk)
    buttons = {button.text(): button for button in screen.findChildren(QPushButton) if button.isVisible()}
    assert list(buttons) == ["新增人员  Ctrl+N", "下载模板"]
    qtbot.mouseClick(buttons["下载模板"], Qt.MouseButton.LeftButton)
    assert desk.done == ["template"]
    qtbot.mouseClick(buttons["新增人员  Ctrl+N"], Qt.MouseButton.LeftButton)
    assert field(screen, "name").isVisible()
    screen.leave_new()
    assert not field(screen, "name").isVisible()


# Editors


@pytest.mark.parametrize(
    ("kind", "made"),
    [(TEXT, LineEditor), (MONEY, LineEditor), (DATE, DateEditor), (DUTY, ChoiceEditor), (YESNO, ChoiceEditor)],
)
def test_each_kind_has_its_editor(qtbot: QtBot, kind: Any, made: Callable[..., Any]) -> None:
    field = editor(kind)
    qtbot.addWidget(field)
    assert type(field) is made
    field.setText("x")
    assert field.text() == "x"
    field.setText("")
    assert field.text() == ""


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_a_date_from_the_calendar(qtbot: QtBot) -> None:
    field = editor(DATE)
    qtbot.addWidget(field)
    assert isinstance(field, DateEditor)
    with qtbot.waitExposed(field):
        field.show()
    field.setText("2021-03-01")
    QTest.keyClick(field, Qt.Key.Key_F7)
    assert field.calendar is not None
    assert field.calendar.selectedDate() == QDate(2021, 3, 1)
    with qtbot.waitSignal(field.left):
        field.calendar.clicked.emit(QDate(2021, 3, 15))
    assert field.text() == "2021-03-15"
    assert not field.calendar.isVisible()


def test_amounts_stand_right(qtbot: QtBot) -> None:
    field = editor(MONEY)
    qtbot.addWidget(field)
    assert isinstance(field, QLineEdit)
    assert field.alignment() & Qt.AlignmentFlag.AlignRight
