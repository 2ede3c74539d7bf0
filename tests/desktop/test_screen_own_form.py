"""按上级表样填报 on screen: a form is dropped, its map looked at and mended with clicks, tried, kept and saved."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from db.change import Change
from db.rows import row
from desktop.desk import Desk
from desktop.screens.own_form import OwnFormPage, own_form_screen
from desktop.screens.own_form_cell import CellQuestion
from desktop.screens.own_form_grid import FormModel
from office import own_forms
from returns.own_form_map import VALUE, Filling
from tests.returns import own_forms as made

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> OwnFormPage:
    shown = own_form_screen(desk)
    assert isinstance(shown, OwnFormPage)
    qtbot.addWidget(shown)
    qtbot.addWidget(shown.toolbar)
    shown.resize(1180, 640)
    shown.show()
    shown.toolbar.show()
    desk.changed.connect(shown.refresh)
    shown.refresh()
    return shown


def rest(page: OwnFormPage, qtbot: QtBot) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not page.busy, timeout=30000)
    QApplication.processEvents()


def drop(page: OwnFormPage, path: Path, qtbot: QtBot) -> None:
    """Drag a file over the page and let it go on the form in the middle, as the window system tells it."""
    data, over = QMimeData(), page.grid.viewport()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    at, action, none = QPoint(50, 50), Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, data, LEFT, none)
    QApplication.sendEvent(over, enter)
    if enter.isAccepted():
        QApplication.sendEvent(over, QDragMoveEvent(at, action, data, LEFT, none))
        QApplication.sendEvent(over, QDropEvent(QPointF(at), action, data, LEFT, none))
    rest(page, qtbot)


def press(page: OwnFormPage, words: str, qtbot: QtBot) -> None:
    action = next(one for one in page.toolbar.actions() if one.text() == words)
    button = page.toolbar.widgetForAction(action)
    assert isinstance(button, QToolButton) and button.isEnabled(), words
    QTest.mouseClick(button, LEFT)
    rest(page, qtbot)


def choose(box: QComboBox, words: str) -> None:
    """Choose with the keyboard."""
    at = box.findText(words)
    assert at >= 0, words
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(at):
        QTest.keyClick(box, Qt.Key.Key_Down)
    QApplication.processEvents()


def form(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "省厅配备表.xlsx"
    path.write_bytes(content)
    return path


def netted() -> bytes:
    """A form whose own formula nets surpluses against shortfalls."""
    book = load_workbook(BytesIO(made.two_row_header()))
    book["配备表"]["E3"], book["配备表"]["E5"] = "缺口", "=C5-D5"
    return made.saved(book)


def filled_texts(page: OwnFormPage, column: int, first: int, count: int) -> list[str]:
    model = page.grid.model()
    assert isinstance(model, FormModel)
    return [model.text((row, column)) for row in range(first, first + count)]


def test_a_form_is_dropped_looked_at_tried_and_saved(page: OwnFormPage, qtbot: QtBot, tmp_path: Path) -> None:
    drop(page, form(tmp_path, netted()), qtbot)
    assert page.columns.chooser(3).currentText() == "表2 第3栏 应配备人数"
    assert "认出 6 列；另填 1 个单元格" in page.words.text() and page.where.text() == "标题 第 3–4 行，明细 第 5–5 行，合计 第 6 行"
    press(page, "试填", qtbot)
    assert filled_texts(page, 2, 5, 2) == ["东岭县民政局", "青石镇"]
    assert page.words.text().startswith("填了 14 行，有 2 处表样公式与台账不一致（红色）")
    assert [page.points.item(at).text().split("　")[0] for at in range(2)] == ["不一致", "不一致"]
    QTest.mouseClick(page.points.viewport(), LEFT, pos=page.points.visualItemRect(page.points.item(0)).center())
    assert page.grid.currentIndex().row() == 10 and page.grid.currentIndex().column() == 4
    box = page.columns.tick(5)
    QTest.mouseClick(box, LEFT, pos=QPoint(8, box.height() // 2))
    assert page.told and page.told.map.columns[5].formula == VALUE
    press(page, "试填", qtbot)
    assert page.words.text().startswith("填了 14 行，与台账一致")
    page.save(tmp_path / "报")
    rest(page, qtbot)
    (written,) = (tmp_path / "报").iterdir()
    assert written.name == "东岭县_省厅配备表_2026年度_20261231.xlsx"
    assert page.written.isVisible() and written.name in page.written.words.text()
    assert load_workbook(written)["配备表"]["E19"].value == 6


def test_a_book_that_moved_since_the_trial_is_filled_anew(page: OwnFormPage, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    drop(page, form(tmp_path, made.two_row_header()), qtbot)
    press(page, "试填", qtbot)
    held = desk.read(row, "unit_version", (2,))
    assert held and held["name"] == "青石镇"
    desk.act(lambda book: book.act("改名", [Change("unit_version", (2,), {"name": "青石镇"}, {"name": "青山镇"})]))
    page.save(tmp_path / "报")
    rest(page, qtbot)
    assert "试填以后台账又有改动" in page.words.text() and not (tmp_path / "报").exists()
    press(page, "试填", qtbot)
    assert filled_texts(page, 2, 6, 1) == ["青山镇"]


def test_columns_units_and_rows_are_the_clerks_word(page: OwnFormPage, qtbot: QtBot, tmp_path: Path) -> None:
    drop(page, form(tmp_path, made.total_above()), qtbot)
    assert page.told
    assert page.columns.chooser(3, 3).currentText() == "万元" and page.columns.chooser(3, 4).currentText() == "4 位"
    choose(page.columns.chooser(3, 3), "元")
    choose(page.columns.chooser(3, 4), "2 位")
    choose(page.columns.chooser(2), "（不填）")
    assert (page.told.map.columns[3].unit, page.told.map.columns[3].decimals, 2 in page.told.map.columns) == ("元", 2, False)
    selection = page.grid.selectionModel()
    for at in (5, 6):
        selection.select(page.grid.model().index(at, 0), QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows)
    QTest.mouseClick(page.as_lines, LEFT)
    assert page.told.map.detail == (6, 7)
    QTest.mouseClick(page.no_total, LEFT)
    assert page.told.map.total == 0 and "没有合计行" in page.where.text()
    choose(page.which, "乡镇")
    assert page.told.map.which == "乡镇"


def stand_on(page: OwnFormPage, *rows: int) -> None:
    """Choose whole rows by their numbers, with the mouse."""
    numbers = page.grid.verticalHeader()
    for line in rows:
        at = QPoint(5, numbers.sectionViewportPosition(line - 1) + 8)
        QTest.mouseClick(numbers.viewport(), LEFT, Qt.KeyboardModifier.ShiftModifier if line != rows[0] else Qt.KeyboardModifier.NoModifier, at)


def test_heading_rows_are_the_clerks_word(page: OwnFormPage, qtbot: QtBot, tmp_path: Path) -> None:
    book = load_workbook(BytesIO(made.two_row_header()))
    for column, words in enumerate(("填表人", "审核人", "单位", "户数", "应配人数", "实配人数", "联系电话", "备注"), 1):
        book["配备表"].cell(10, column, words)  # under it a row that looks like more headings than the form has
    drop(page, form(tmp_path, made.saved(book)), qtbot)
    assert page.where.text().startswith("标题 第 10 行")
    stand_on(page, 3, 4)
    assert page.grid.chosen_rows() == (3, 4)
    QTest.mouseClick(page.as_head, LEFT)
    assert page.told and page.told.map.header == (3, 4) and page.where.text() == "标题 第 3–4 行，明细 第 5–5 行，合计 第 6 行"
    assert {"序号", "表2[甲]", "表2[3]", "表2[5]"} <= {one.field for one in page.told.map.columns.values()}
    stand_on(page, 4)
    QTest.mouseClick(page.as_lines, LEFT)
    assert "标题行不能同时是明细行" in page.words.text() and page.told.map.detail == (5, 5)
    stand_on(page, 9)
    QTest.mouseClick(page.as_head, LEFT)
    assert "没有文字" in page.words.text() and page.told.map.header == (3, 4)


def write(line: QLineEdit, words: str) -> None:
    """Type over what stands there, as an input method does."""
    line.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(line, event)


def answer(do: Callable[[CellQuestion], object], ask: Callable[[], object]) -> None:
    """Ask about a cell and answer the question that comes."""

    def reply() -> None:
        question = QApplication.activeModalWidget()
        asked.append(question)
        try:
            assert isinstance(question, CellQuestion)
            do(question)
        finally:
            if isinstance(question, QDialog) and question.isVisible():
                question.reject()

    asked: list[object] = []
    QTimer.singleShot(100, reply)
    ask()
    assert asked


def pick(page: OwnFormPage, cell: str) -> None:
    """Double click a cell of the form."""
    line, column = coordinate_to_tuple(cell)
    index = page.grid.model().index(line - 1, column - 1)
    page.grid.scrollTo(index)
    at = page.grid.visualRect(index).center()
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=at)
    QTest.mouseDClick(page.grid.viewport(), LEFT, pos=at)


def test_a_single_cell_is_filled_with_what_the_clerk_chooses(page: OwnFormPage, qtbot: QtBot, tmp_path: Path) -> None:
    drop(page, form(tmp_path, made.two_row_header()), qtbot)

    def choose_money(question: CellQuestion) -> None:
        assert question.windowTitle() == "填 D8 格" and "“见上”会被换掉" in question.findChildren(QLabel)[0].text()
        choose(question.form, "表4")
        write(question.sought, "没有这一项")
        assert not question.keep.isEnabled()
        write(question.sought, "本年预算安排 2026年")
        assert question.keep.isEnabled()
        choose(question.unit, "元")
        choose(question.places, "0 位")
        assert question.now.text() == "2,200,000"
        QTest.mouseClick(question.keep, LEFT)

    answer(choose_money, lambda: pick(page, "D8"))
    assert page.told and page.told.map.cells[8, 4] == Filling("表4[12,本年]", "元", 0)
    at = page.columns.rowCount() - 1
    assert [page.columns.item(at, column).text() for column in range(5)] == ["D8", "见上", "表4 本年预算安排工作经费/2026年", "元", "0 位"]
    press(page, "试填", qtbot)
    assert page.filled and page.filled.values["配备表"][21, 4] == 2_200_000  # 13 rows more above it
    QTest.mouseClick(page.as_cell, LEFT)
    assert "已回到没有填的表样" in page.words.text() and page.filled is None
    page.grid.setCurrentIndex(page.grid.model().index(7, 3))
    answer(lambda question: QTest.mouseClick(question.empty, LEFT), lambda: QTest.mouseClick(page.as_cell, LEFT))
    assert (8, 4) not in page.told.map.cells
    pick(page, "C4")
    assert "标题行不填" in page.words.text()


def test_a_form_is_kept_and_opened_again_with_its_map(page: OwnFormPage, desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    drop(page, form(tmp_path, made.with_text_box(made.total_below(), "填表须知")), qtbot)
    assert page.caution.isVisible() and "填表须知" in page.caution.text()
    choose(page.columns.chooser(4), "表2 第12栏 实际配备人数/其他计入/小计")
    press(page, "保存对应", qtbot)
    assert page.held.currentText() == "省厅配备表" and "已存进台账" in page.words.text()
    assert desk.read(own_forms.held_forms)[0].map.columns[4].field == "表2[12]"
    drop(page, form(tmp_path, made.two_row_header()), qtbot)
    choose(page.held, "省厅配备表")
    rest(page, qtbot)
    assert page.told and page.told.map.columns[4].field == "表2[12]"
    press(page, "移走表样", qtbot)
    assert page.held.count() == 1
    assert desk.undo() and page.held.count() == 2


def test_what_cannot_be_read_is_said_and_nothing_happens(page: OwnFormPage, qtbot: QtBot, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    drop(page, bad, qtbot)
    assert page.words.objectName() == "wrong" and "坏.xlsx" in page.words.text()
    assert page.told is None and not page.name.isEnabled()
