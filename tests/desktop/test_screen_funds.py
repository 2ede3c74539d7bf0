"""The funds screens by the clerk's hand: the answer with its figures opened, the spending matrix, documents with lines, dated tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db import book as books
from db.book import Book
from db.rows import rows
from desktop.desk import Desk
from desktop.grid.delegate import CellEditor
from desktop.page import Page
from desktop.screens.fund_docs import fund_docs_screen
from desktop.screens.fund_rates import RatesPage
from desktop.screens.fund_spend import SpendPage
from desktop.screens.funds import FundsPage
from policy.clock import Clock
from tests.db.records import county
from tests.desktop.opened import action, answer, field

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def empty_book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    """A county without contracts or money."""
    with books.open_book(books.create(tmp_path, "石桥县", "0.1.0"), clock, "李晓敏") as opened:
        opened.act("新建", county())
        yield opened


@pytest.fixture
def desk(demo_book: Book, clock: Clock) -> Iterator[Desk]:
    made = Desk(demo_book, clock, date(2026, 12, 31))
    yield made
    made.close()


def show(page: Page, desk: Desk, qtbot: QtBot) -> Any:
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


def type_over(view: Any, text: str) -> None:
    view.window().activateWindow()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F2)
    (editor,) = [one for one in view.findChildren(CellEditor) if one.isVisible()]
    editor.selectAll()
    editor.insert(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_the_question_is_answered_in_one_look(desk: Desk, qtbot: QtBot) -> None:
    page: FundsPage = show(FundsPage(desk), desk, qtbot)
    assert [card.figure.text() for card in page.cards.values()] == ["210.00 万元", "220.00 万元", "220.00 万元", "193.68 万元", "无"]
    assert "安排率 104.76%" in page.cards["预算安排"].line.text()
    assert "70,000,000.00 元 × 3% = 应安排 2,100,000.00 元" in page.said.text()
    assert "够付" in page.said.text()
    assert page.wrong.isHidden() and page.beneath.isHidden()
    page.hide()


def test_a_figure_opens_the_records_behind_it(desk: Desk, qtbot: QtBot) -> None:
    page: FundsPage = show(FundsPage(desk), desk, qtbot)
    for _ in range(3):
        QTest.keyClick(page.sources.view, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: page.about.text() == "社会救助工作经费　合同本年应付")
    assert [page.lines.model.shown(place, 1) for place in range(page.lines.model.rowCount())] == [
        "DL2026-001 社会救助经办服务人员派遣协议", "DL2026-002 城区社会救助经办服务项目合同",
    ]  # fmt: skip
    with qtbot.waitSignal(page.open_record) as opened:
        page.lines.view.go(1, 1)
        page.opening.trigger()
    assert opened.args == ["purchase_contract", 2]
    page.cards["应安排"].setFocus()
    QTest.keyClick(page.cards["应安排"], Qt.Key.Key_Return)
    assert page.lines.model.rowCount() == 8
    with qtbot.waitSignal(page.visit) as visited:
        page.lines.view.go(0, 0)
        page.opening.trigger()
    assert visited.args == ["低保资金支出"]
    page.hide()


def test_a_year_with_nothing_says_so_and_never_zero(desk: Desk, qtbot: QtBot) -> None:
    page: FundsPage = show(FundsPage(desk), desk, qtbot)
    for year in (2027, 2028):
        QTest.keyClick(page.sources.view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
        assert page.year == year
    assert [card.figure.text() for card in page.cards.values()] == ["未登记"] * 4 + ["—"]
    assert all(page.sources.model.shown(place, at) == "" for place in range(8) for at in range(1, 7))
    assert "登记经费文件 0 份" in page.wrong.text()
    page.year = 2010
    page.refresh()
    assert "还没有可用的政策参数" in page.said.text() and page.sources.model.rowCount() == 0
    page.hide()


def test_the_matrix_is_typed_and_pasted_as_one_act(desk: Desk, qtbot: QtBot) -> None:
    page: SpendPage = show(SpendPage(desk), desk, qtbot)
    assert page.year == 2025 and page.grid.model.shown(0, 5) == "35,000,000.00"
    page.go(2)
    assert "还没有登记低保资金支出" in page.used.text()
    page.grid.view.go(0, 1)
    QGuiApplication.clipboard().setText("100\t200\r\n0\t\r\n300\t400\r\n")
    QTest.keyClick(page.grid.view, Qt.Key.Key_V, CTRL)
    assert [page.grid.model.row_at(at).values[1:] for at in range(4)] == [
        (10_000, 20_000, None, None, 30_000), (0, None, None, None, 0), (30_000, 40_000, None, None, 70_000), (None,) * 5,
    ]  # fmt: skip
    assert len([one for one in desk.read(rows, "dibao_spend") if one["year"] == 2027]) == 5
    page.grid.view.go(3, 4)
    type_over(page.grid.view, "1.5万")
    assert page.grid.model.shown(3, 5) == "15,000.00"
    page.grid.view.go(0, 1)
    QTest.keyClick(page.grid.view, Qt.Key.Key_Delete)
    assert page.grid.model.row_at(0).values[1] is None
    for _ in range(3):
        desk.undo()
    assert not [one for one in desk.read(rows, "dibao_spend") if one["year"] == 2027]
    page.hide()


def test_calibers_stand_apart(desk: Desk, qtbot: QtBot) -> None:
    page: SpendPage = show(SpendPage(desk), desk, qtbot)
    page.caliber.setCurrentText("执行")
    assert page.grid.model.row_at(0).values[1] is None
    page.grid.view.go(0, 1)
    type_over(page.grid.view, "7")
    assert "用决算数。现在看的是执行数。" in page.used.text()
    page.hide()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_document_and_its_lines(desk: Desk, qtbot: QtBot) -> None:
    screen = show(fund_docs_screen(desk), desk, qtbot)
    assert screen.grid.model.rowCount() == 3
    screen.start_new()
    for name, text in (("year", "2027"), ("level", "县"), ("doc_no", "东财预〔2027〕1号")):
        field(screen, f"fund_doc.{name}").setText(text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, CTRL)
    assert screen.form.wrong.text() == ""
    assert screen.row is not None and screen.row.values[:3] == (2027, "县", "东财预〔2027〕1号")
    assert screen.row.values[6:] == (None, None, None), "no line says an amount: blank, not 0"
    with answer({"source": "社会救助工作经费", "purpose": "工作", "budget": "30万", "received": ""}):
        action(screen, "新增明细…").trigger()
    assert screen.row.values[5:] == (1, 30_000_000, None, None)
    with answer({"source": "社会救助工作经费", "purpose": "工作", "budget": "-1"}) as said:
        action(screen, "新增明细…").trigger()
    assert "不能是负数" in said[1]
    screen.tabs.setCurrentIndex(1)
    grid = screen.tab_grids[0]
    grid.view.go(0, 3)
    type_over(grid.view, "25万")
    assert screen.row.values[7] == 25_000_000
    with answer({"reason": "录错了"}) as said:
        screen.grid.view.setFocus()
        action(screen, "移入回收站").trigger()
    assert "经费明细 1 条" in said[0]
    assert screen.grid.model.rowCount() == 3
    screen.hide()


def test_dated_tables_ship_empty_and_take_rows(desk: Desk, qtbot: QtBot) -> None:
    page: RatesPage = show(RatesPage(desk), desk, qtbot)
    assert page.listed().model.rowCount() == 0 and page.tabs.tabText(0) == "单位缴费比例 (0)"
    question = page.ask_new()
    for name, text in (("since", "2026-07-01"), ("item", "养老"), ("rate", "16%"), ("base_low", "9000"), ("base_high", "8000")):
        question.editors[name].setText(text)
    QTest.mouseClick(question.buttons.buttons()[0], Qt.MouseButton.LeftButton)
    assert "高于上限" in question.wrong.text()
    question.editors["base_high"].setText("24000")
    QTest.mouseClick(question.buttons.buttons()[0], Qt.MouseButton.LeftButton)
    assert page.tabs.tabText(0) == "单位缴费比例 (1)"
    page.grids["employer_rate"].view.go(0, 2)
    type_over(page.grids["employer_rate"].view, "15%")
    (rate,) = desk.read(rows, "employer_rate")
    assert (rate["rate"], rate["base_high"]) == (1500, 2_400_000)
    page.tabs.setCurrentIndex(1)
    question = page.ask_new()
    for name, text in (("since", "2026-01-01"), ("area", "东岭县"), ("monthly", "1850")):
        question.editors[name].setText(text)
    QTest.mouseClick(question.buttons.buttons()[0], Qt.MouseButton.LeftButton)
    assert [one["monthly"] for one in desk.read(rows, "minimum_wage")][-1] == 185_000
    for at, table, told in ((3, "holiday", {"day": "2026-10-10", "kind": "调休上班", "name": "国庆节"}),
                            (4, "control_total", {"as_of": "2026-06-30", "category": "低保农", "households": "1204"})):  # fmt: skip
        page.tabs.setCurrentIndex(at)
        question = page.ask_new()
        for name, text in told.items():
            question.editors[name].setText(text)
        QTest.mouseClick(question.buttons.buttons()[0], Qt.MouseButton.LeftButton)
        made = desk.read(rows, table)[-1]
        assert {name: str(made[name]) for name in told} == told
    page.tabs.setCurrentIndex(0)
    page.grids["employer_rate"].view.go(0, 0)
    with answer({"reason": "录错了"}):
        page.discarding.trigger()
    assert desk.read(rows, "employer_rate") == []
    page.hide()


def test_an_empty_book(empty_book: Book, clock: Clock, qtbot: QtBot) -> None:
    desk = Desk(empty_book, clock, date(2026, 12, 31))
    funds: FundsPage = show(FundsPage(desk), desk, qtbot)
    assert funds.cards["应安排"].figure.text() == "未登记" and "没有登记采购合同" in funds.said.text() and funds.wrong.isHidden()
    docs = show(fund_docs_screen(desk), desk, qtbot)
    assert not docs.grid.isVisible()
    for page in (funds, docs):
        page.hide()
    desk.close()
