"""Habits 15 to 18: undo says what it undoes, on every screen; Delete removes nothing; what was removed is found again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from db.book import Book
from db.rows import row, rows
from desktop.hint import Hint
from desktop.record.editors import ChoiceEditor
from desktop.screens.recycle import RecyclePage
from desktop.window import PEOPLE, RECYCLE, UNITS, Keeper, Window
from office.people import set_term
from policy.clock import Clock
from tests.db.records import everything
from tests.desktop.opened import action, answer, field, opened, record_screen, stand

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot, demo_book: Book, clock: Clock) -> Iterator[Window]:
    shown = opened(qtbot, demo_book, clock)
    yield shown
    shown.frame.hide()
    shown.desk.close()


def put(window: Window, name: str, text: str) -> None:
    editor = field(record_screen(window, PEOPLE), name)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


@pytest.mark.habit(15)
def test_undo_names_its_act_and_works_from_another_screen_and_from_a_field(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 8)
    before = demo_book.read(row, "person", (8,))
    put(window, "person.phone", "13912345678")
    assert window.undo_action.text() == "撤销 修改联系电话"
    window.go(UNITS)
    QTest.keyClick(window.frame, Qt.Key.Key_Z, CTRL)
    assert demo_book.read(row, "person", (8,)) == before
    assert window.redo_action.text() == "恢复 修改联系电话"
    window.go(PEOPLE)
    field(people, "person.major").setFocus()
    QTest.keyClick(field(people, "person.major"), Qt.Key.Key_Y, CTRL)
    person = demo_book.read(row, "person", (8,))
    assert person is not None
    assert person["phone"] == "13912345678"
    QTest.keyClick(field(people, "person.major"), Qt.Key.Key_Z, CTRL)
    assert demo_book.read(row, "person", (8,)) == before
    education = field(people, "person.education")
    education.setFocus()
    QTest.keyClick(education, Qt.Key.Key_Y, CTRL)
    assert window.undo_action.text() == "撤销 修改联系电话"


@pytest.mark.habit(15)
def test_in_a_field_being_typed_into_undo_is_the_fields_own(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 8)
    put(window, "person.phone", "13912345678")
    major = field(people, "person.major")
    major.setFocus()
    QTest.keyClicks(major, "abc")
    QTest.keyClick(major, Qt.Key.Key_Z, CTRL)
    assert major.text() == ""
    assert window.undo_action.text() == "撤销 修改联系电话"


@pytest.mark.habit(15)
def test_a_look_at_numbers_is_not_undone(window: Window, qtbot: QtBot) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 8)
    put(window, "person.phone", "13912345678")
    action(people, "显示号码").trigger()
    assert window.undo_action.text() == "撤销 修改联系电话"


def test_a_barrier_says_which_command_undoes_it(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda _parent, _title, text: said.append(text))
    assert window.undo_action.text() == "撤销 新建台账"
    window.undo_action.trigger()
    assert "新建台账" in said[0]


@pytest.mark.habit(16)
def test_delete_clears_cells_and_never_removes_a_record(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 8)
    count = len(demo_book.read(rows, "person"))
    people.grid.view.do("whole row")
    QTest.keyClick(people.grid.view, Qt.Key.Key_Delete)
    assert len(demo_book.read(rows, "person")) == count
    people.tabs.setCurrentIndex(1)
    posted = people.tab_grids[0].view
    posted.setFocus()
    posted.go(0, 0)
    QTest.keyClick(posted, Qt.Key.Key_Delete)
    assert len(demo_book.read(rows, "assignment", engagement=8)) == 1


@pytest.mark.habit(17)
def test_a_record_goes_to_the_bin_and_comes_back(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 9)
    before = demo_book.read(everything)
    name = people.row.values[0] if people.row else ""
    with answer({"reason": "重复登记"}, confirm=False) as asked:
        QTest.keyClick(people.grid.view, Qt.Key.Key_Minus, CTRL)
    assert name in asked[0]
    assert "用工关系 1 条、用工条件 1 条、派驻 1 条" in asked[0]
    assert demo_book.read(everything) == before
    with answer({"reason": ""}) as asked:
        action(people, "移入回收站").trigger()
    assert "移走的原因" in asked[1]
    with answer({"reason": "重复登记"}):
        action(people, "移入回收站").trigger()
    assert demo_book.read(row, "person", (9,)) is None
    qtbot.waitUntil(lambda: people.row is not None and people.row.keys["person"] != (9,))
    page = window.go(RECYCLE)
    assert isinstance(page, RecyclePage)
    QApplication.processEvents()
    assert page.grid.model.rowCount() == 1
    assert page.grid.model.shown(0, 2).startswith(f"人员 {name}（")
    page.grid.view.go(0, 2)
    qtbot.waitUntil(page.put_back.isEnabled)
    page.put_back.trigger()
    assert demo_book.read(everything) == before
    assert page.grid.model.rowCount() == 0


@pytest.mark.habit(17)
def test_one_row_of_a_tab_goes_alone(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 9)
    people.tabs.setCurrentIndex(5)
    months = len(demo_book.read(rows, "pay_month", engagement=9))
    pay = people.tab_grids[4].view
    pay.setFocus()
    pay.go(0, 2)
    with answer({"reason": "录错"}):
        QTest.keyClick(pay, Qt.Key.Key_Minus, CTRL)
    assert demo_book.read(row, "person", (9,)) is not None
    assert len(demo_book.read(rows, "pay_month", engagement=9)) == months - 1


def test_a_unit_in_use_stays_and_the_question_says_why(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    units = record_screen(window, UNITS)
    stand(units, qtbot, "unit", 3)
    with answer({"reason": "录错"}) as asked:
        QTest.keyClick(units.grid.view, Qt.Key.Key_Minus, CTRL)
    assert "派驻记录在这个单位" in asked[1]
    assert demo_book.read(row, "unit", (3,)) is not None


@pytest.mark.habit(37)
def test_the_log_of_a_record_tells_what_was_changed(window: Window, qtbot: QtBot) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 8)
    put(window, "person.phone", "13912345678")
    people.tabs.setCurrentIndex(len(people.spec.tabs))
    log = people.tab_grids[-1].model
    first = [log.shown(0, at) for at in range(7)]
    assert first == ["2026-12-31 09:00", "李晓敏", "修改联系电话", "人员", "联系电话", "138****0008", "139****5678"]


# Dated changes


@pytest.mark.parametrize("both", [True, False])
def test_a_mistake_in_an_old_version_is_offered_for_later_ones(
    window: Window, qtbot: QtBot, demo_book: Book, monkeypatch: pytest.MonkeyPatch, both: bool
) -> None:
    window.desk.act(set_term, 9, date(2026, 5, 1), duty_share=8000)
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 9)
    people.tabs.setCurrentIndex(3)
    terms = people.tab_grids[2]
    at = next(at for at, column in enumerate(terms.model.columns) if column.column == "employer")
    asked: list[str] = []

    def choose(box: QMessageBox) -> int:
        asked.append(box.text())
        box.buttons()[0 if box.buttons()[0].text().startswith("一并") == both else 1].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", choose)
    before, acts = demo_book.read(everything), len(demo_book.acts())
    terms.model.setData(terms.model.index(0, at), "岭东人力公司")
    assert "后面还有 1 条记录的“用人单位”" in asked[0]
    said = [one["employer"] for one in demo_book.read(rows, "engagement_term", engagement=9)]
    assert said[0] == "岭东人力公司"
    assert (said[1] == "岭东人力公司") is both
    assert len(demo_book.acts()) == acts + 1
    QTest.keyClick(window.frame, Qt.Key.Key_Z, CTRL)
    assert demo_book.read(everything) == before


def test_moving_somebody_by_the_question(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 9)
    with answer({"unit": "青石镇", "since": "2026-09-01"}):
        action(people, "调整派驻单位").trigger()
    posts = demo_book.read(rows, "assignment", engagement=9)
    assert [one["end"] for one in posts] == [date(2026, 8, 31), None]
    assert posts[-1]["unit"] == 2


def test_changing_conditions_begins_with_those_in_force(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 9)
    before = demo_book.read(rows, "engagement_term", engagement=9)[0]
    with answer({"since": "2026-09-01", "duty_share": "60%"}):
        action(people, "变更用工条件").trigger()
    after = demo_book.read(rows, "engagement_term", engagement=9)[-1]
    assert (after["type"], after["employer"], after["duty_share"]) == (before["type"], before["employer"], 6000)
    with answer({"since": "2026-10-01", "retirement": "女工人"}):
        action(people, "变更用工条件").trigger()
    last = demo_book.read(rows, "engagement_term", engagement=9)[-1]
    assert (last["since"], last["retirement"], last["duty_share"]) == (date(2026, 10, 1), "女工人", 6000)


def test_the_party_and_a_certificate_are_typed_whole_and_stand_masked(window: Window, qtbot: QtBot, demo_book: Book) -> None:
    people = record_screen(window, PEOPLE)
    stand(people, qtbot, "person", 8)
    put(window, "person.certificate_no", "20190004400000123")
    party = field(people, "person.party_member")
    assert isinstance(party, ChoiceEditor)
    party.setFocus()
    party.setEditText("是")
    party.typed.emit("是")
    QTest.keyClick(party, Qt.Key.Key_Return)
    QApplication.processEvents()
    held = demo_book.read(row, "person", (8,))
    assert held is not None
    assert (held["certificate_no"], held["party_member"]) == ("20190004400000123", "是")
    stand(people, qtbot, "person", 9)
    stand(people, qtbot, "person", 8)
    acts = len(demo_book.acts())
    assert (field(people, "person.certificate_no").text(), party.text()) == ("****0123", "＊")
    party.setFocus()
    QTest.keyClick(party, Qt.Key.Key_Return)  # passing through what is masked writes nothing
    QApplication.processEvents()
    assert (len(demo_book.acts()), demo_book.read(row, "person", (8,))) == (acts, held)
    action(people, "显示号码").trigger()
    assert (field(people, "person.certificate_no").text(), party.text()) == ("20190004400000123", "是")


# The first time


def test_a_hint_is_shown_until_it_was_read_by_this_user(qtbot: QtBot, demo_book: Book, clock: Clock, tmp_path: Path) -> None:
    window = opened(qtbot, demo_book, clock, tmp_path / "settings.ini")
    people = record_screen(window, PEOPLE)
    hint = people.findChild(Hint)
    assert hint is not None
    assert hint.isVisible()
    hint.button.click()
    assert not hint.isVisible()
    again = Window(window.desk, Keeper(lambda: None), True, window.settings)
    qtbot.addWidget(again.frame)
    assert record_screen(again, PEOPLE).findChild(Hint) is None
    assert record_screen(again, UNITS).findChild(Hint) is not None


@pytest.mark.parametrize("size", [(1366, 768), (911, 480)])
def test_screens_are_whole(window: Window, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.frame.resize(*size)
    for words in (PEOPLE, UNITS, RECYCLE):
        page = window.go(words)
        QApplication.processEvents()
        assert (window.frame.width(), window.frame.height()) == size
        assert page.width() <= size[0]
