"""The settlement screen by the clerk's hand: the matrix, papers typed into the form, what is next, payments with and without a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from db import book as books
from db.book import Book
from db.rows import rows
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.printing import pages
from desktop.record.editors import Editor
from desktop.screens.settlement import SettlementPage
from policy.clock import Clock
from returns.grid import lay_out
from tests.db.records import county

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return


def shown(book: Book, clock: Clock, qtbot: QtBot) -> SettlementPage:
    desk = Desk(book, clock, date(2026, 12, 31))
    page = SettlementPage(desk)
    qtbot.addWidget(page)
    qtbot.addWidget(page.toolbar)
    desk.changed.connect(page.refresh)
    page.resize(1200, 600)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    page.activateWindow()
    page.set_out()
    return page


@pytest.fixture
def empty_book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    """A county without contracts or money."""
    with books.open_book(books.create(tmp_path, "石桥县", "0.1.0"), clock, "李晓敏") as opened:
        opened.act("新建", county())
        yield opened


@pytest.fixture
def page(demo_book: Book, clock: Clock, qtbot: QtBot) -> Iterator[SettlementPage]:
    made = shown(demo_book, clock, qtbot)
    yield made
    made.hide()
    made.desk.close()


def field(page: SettlementPage, name: str) -> Editor:
    return page.form.editors[next(at for at, column in enumerate(page.columns) if column.column == name)]


def states(page: SettlementPage, place: int = 0) -> list[str]:
    return [page.grid.model.shown(place, at) for at, column in enumerate(page.grid.model.columns) if column.id.startswith("m2")]


def answer(question: Ask | None, **typed: str) -> None:
    assert question is not None
    for name, text in typed.items():
        question.editors[name].setText(text)
    QTest.mouseClick(question.buttons.buttons()[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def type_into(editor: Editor, text: str) -> None:
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, ENTER)
    QApplication.processEvents()


def test_the_year_at_a_glance(page: SettlementPage) -> None:
    assert states(page) == [*["已付款"] * 9, "付款不齐", "可付款", "缺 6 项"]
    assert page.month == 202612, "the clerk stands on the month of the day"
    assert "2026年12月" in page.panel.title.text() and "缺 6 项" in page.panel.title.text()
    assert page.panel.next.text() == "下一步：承接主体工资表"
    assert page.grid.model.row_at(0).marks == {"m202610": "社保缴费凭证：没有凭证日期"}


def test_arrow_keys_go_from_month_to_month(page: SettlementPage, qtbot: QtBot) -> None:
    QTest.keyClick(page.grid.view, Qt.Key.Key_Left)
    qtbot.waitUntil(lambda: page.month == 202611)
    assert "可付款" in page.panel.title.text() and page.panel.next.text() == "下一步：登记付款"
    QTest.keyClick(page.grid.view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.contract == 2)
    assert "DL2026-002" in page.panel.title.text()
    QTest.keyClick(page.grid.view, Qt.Key.Key_PageUp, Qt.KeyboardModifier.AltModifier)
    assert page.year == 2025 and page.grid.model.rowCount() == 0
    QTest.keyClick(page.grid.view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert page.grid.model.rowCount() == 2


def test_the_next_step_leads_to_its_field_and_typing_registers_it(page: SettlementPage) -> None:
    QTest.mouseClick(page.panel.next, Qt.MouseButton.LeftButton)
    assert field(page, "sheet_on").hasFocus()
    type_into(field(page, "sheet_on"), "20261231")
    assert states(page)[11] == "缺 5 项"
    assert page.desk.book.acts()[-1].name == "登记月度结算 DL2026-001 2026年12月承接主体工资表收到日期"
    assert page.panel.next.text() == "下一步：社保缴费凭证"
    assert page.desk.undo() and states(page)[11] == "缺 6 项"


def test_a_date_to_come_is_refused_beside_the_field(page: SettlementPage) -> None:
    type_into(field(page, "sheet_on"), "20270105")
    assert page.refused.isVisible() and "还没有到" in page.refused.text()
    assert field(page, "sheet_on").text() == "", "what was refused does not stay"
    assert states(page)[11] == "缺 6 项"


def test_a_whole_month_is_paid_without_a_reason(page: SettlementPage) -> None:
    page.show_month(1, 202611)
    QTest.keyClick(page.grid.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    question = QApplication.activeModalWidget()
    assert isinstance(question, Ask)
    assert question.editors["wages"].text() == "149,966.00" and question.editors["source"].text() == "本级预算其他安排"
    answer(question, voucher="记-111")
    assert states(page)[10] == "已付款"
    assert page.panel.next.isHidden()
    assert page.tabs.tabText(1) == "付款 (1)"
    page.desk.undo()
    assert states(page)[10] == "可付款"


def test_paying_what_is_not_complete_asks_for_a_reason(page: SettlementPage) -> None:
    question = page.ask_payment()
    assert question is not None and "付款审批：没有审批日期、审批人" in question.explanation
    answer(question)
    assert "不少于 5 个字" in question.wrong.text()
    answer(question, reason="无")
    assert question.isVisible()
    answer(question, reason="年末集中支付，材料元月补齐")
    assert states(page)[11] == "付款不齐"
    assert page.desk.book.acts()[-1].reason == "年末集中支付，材料元月补齐"


def test_people_and_payments_behind_the_month(page: SettlementPage, qtbot: QtBot) -> None:
    page.show_month(1, 202603)
    assert page.tabs.tabText(2) == "涉及人员 (32)"
    assert page.payments.model.shown(0, 6) == "191,415.80"
    with qtbot.waitSignal(page.open_record) as opened:
        page.tabs.setCurrentWidget(page.people)
        page.people.view.go(0, 0)
        page.people.view.activated.emit(page.people.view.currentIndex())
    assert opened.args == ["person", 4]
    page.payments.view.go(0, 0)
    page.unlinking.trigger()
    assert states(page)[2] == "付款不齐" and "没有挂到月度结算" in page.grid.model.row_at(0).marks["m202603"]
    page.linking.trigger()
    assert states(page)[2] == "已付款"
    page.linking.trigger()
    assert page.refused.isVisible() and "没有只属于2026年3月" in page.refused.text()


def test_the_month_is_printed_as_a_sheet(page: SettlementPage) -> None:
    page.show_month(1, 202603)
    sheet = page.printed()
    assert sheet is not None and sheet.heading[1] == "2026年3月"
    assert len(pages(sheet, lay_out(sheet), 780)) == 1


def test_an_empty_book_says_what_to_do_first(empty_book: Book, clock: Clock, qtbot: QtBot) -> None:
    page = shown(empty_book, clock, qtbot)
    assert not page.grid.isVisible()
    assert page.printed() is None and page.ask_payment() is None
    assert page.desk.read(rows, "settlement") == []
    page.hide()
    page.desk.close()
