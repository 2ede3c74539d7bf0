"""Habits 1, 2, 9, 14, 15, 16: blocks to and from Excel, filling, clearing, each one act with one undo."""

from __future__ import annotations

import time
from datetime import date

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.book import Book
from db.lists.pay import pay_of_month
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.grid.fill import FillMany
from policy.clock import Clock
from policy.period import month_end
from tests.desktop import people
from tests.desktop.grids import CTRL, SHIFT, at, column, put, select, shown_grid, taken
from tests.desktop.people import AT, PEOPLE

EDGE_NAMES = (
    "欧阳建华", "司徒嘉欣", "禤家豪", "佘㙍明", "赵一", "古丽·阿依夏木", "冼　静", "邝𬱖", "黎嘉铭 ", "买买提·吾守尔·阿不都热合曼",
)  # fmt: skip


pytestmark = pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing the keyboard", extend=True)


@pytest.fixture
def grid(qtbot: QtBot, book: people.Book) -> Grid:
    return shown_grid(qtbot, book)


@pytest.mark.habit(1)
def test_a_block_from_excel_goes_in_with_its_signs_and_says_what_it_could_not_take(grid: Grid, book: people.Book) -> None:
    at(grid, 0, "fixed")
    put("￥3,100\t９００\r\n3200元\t多\r\n")
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert [row.values[5:7] for row in book.rows[:2]] == [(310000, 90000), (320000, 80000)]
    assert book.names() == ["粘贴 3 个单元格"]
    assert len(grid.slip.sentences()) == 1
    assert grid.slip.sentences()[0].startswith("第 2 行“绩效（元）”：")


@pytest.mark.habit(1)
@pytest.mark.habit(15)
def test_two_hundred_rows_of_ten_columns_into_the_book_at_once_and_back_by_one_undo(demo_book: Book, clock: Clock, qtbot: QtBot) -> None:
    desk = Desk(demo_book, clock, date(2026, 5, 31))
    months = [(2026, month) for month in (1, 2, 3, 4, 5)]

    def read() -> list[object]:
        return [row for year, month in months for row in desk.read(pay_of_month, year, month, month_end(year, month)).rows][:200]

    columns = desk.read(pay_of_month, 2026, 5, date(2026, 5, 31)).columns
    grid = Grid(columns, desk.commit(columns), desk.today)
    qtbot.addWidget(grid)
    desk.changed.connect(lambda: grid.set_rows(read()))  # type: ignore[arg-type]
    grid.resize(1200, 600)
    grid.set_rows(read())  # type: ignore[arg-type]
    with qtbot.waitExposed(grid):
        grid.show()
    grid.view.setFocus()
    entered = [at for at, one in enumerate(columns) if one.editable and one.field.kind.name == "金额"][:10]
    for place in range(len(columns)):
        grid.view.setColumnHidden(place, place > 1 and place not in entered)
    before = [row.values for row in read()]  # type: ignore[attr-defined]
    block = [[f"{100 + row}.{column:02}" for column in range(10)] for row in range(200)]
    block[17][3] = "三百"
    put("\r\n".join("\t".join(line) for line in block))
    grid.view.go(0, entered[0])
    started = time.perf_counter()
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    took = time.perf_counter() - started
    after = [row.values for row in read()]  # type: ignore[attr-defined]
    assert after[199][entered[9]] == 29909
    assert after[17][entered[3]] == before[17][entered[3]]
    assert grid.model.shown(0, entered[1]) == "100.01"
    assert len(grid.slip.sentences()) == 1
    assert "第 18 行" in grid.slip.sentences()[0]
    assert took < 3  # the budget of 0.3 s is held by the benchmarks; this only catches a paste cell by cell
    assert desk.undo() == "粘贴 1999 个单元格"
    assert [row.values for row in read()] == before  # type: ignore[attr-defined]
    desk.close()


@pytest.mark.habit(2)
def test_copied_without_headings_and_with_them(grid: Grid) -> None:
    grid.model.reveal(True)
    select(grid, (0, "name"), (1, "phone"))
    QTest.keyClick(grid.view, Qt.Key.Key_C, CTRL)
    assert taken() == "陈志强\t城关镇\t社会救助协理\t13800002231\n李丽华\t城关镇\t低保审核\t13900000037"
    QTest.keyClick(grid.view, Qt.Key.Key_C, CTRL | SHIFT)
    assert taken().startswith("姓名\t派驻单位\t岗位\t手机\n陈志强")
    assert "mso-number-format:'\\@'\">13800002231<" in QGuiApplication.clipboard().mimeData().html()


@pytest.mark.habit(2)
def test_what_is_masked_on_screen_is_copied_masked(grid: Grid) -> None:
    select(grid, (0, "phone"), (0, "phone"))
    QTest.keyClick(grid.view, Qt.Key.Key_C, CTRL)
    assert taken() == "138****2231"


@pytest.mark.habit(9)
def test_pasting_and_filling_touch_only_the_rows_that_can_be_seen(grid: Grid, book: people.Book) -> None:
    grid.model.tick(AT["unit"], ["城关镇", "鱼湾镇"])
    at(grid, 0, "households")
    put("1\n2\n3\n4")
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert [row.values[AT["households"]] for row in book.rows] == [1, 2, None, 7, 3]
    assert "1 个单元格超出表格" in grid.slip.sentences()[0]
    select(grid, (0, "duty"), (2, "duty"))
    QTest.keyClick(grid.view, Qt.Key.Key_D, CTRL)
    assert [row.values[AT["duty"]] for row in book.rows] == ["社会救助协理", "社会救助协理", None, "档案管理", "社会救助协理"]


@pytest.mark.habit(9)
def test_names_of_every_sort_pass_through_grid_filter_and_clipboard(qtbot: QtBot) -> None:
    book = people.Book([people.person(number, (name, *PEOPLE[0][1:])) for number, name in enumerate(EDGE_NAMES, 1)])
    grid = shown_grid(qtbot, book)
    assert column(grid, "name") == list(EDGE_NAMES)
    select(grid, (0, "name"), (9, "name"))
    QTest.keyClick(grid.view, Qt.Key.Key_C, CTRL)
    assert taken().split("\n") == list(EDGE_NAMES)
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert book.acts == []
    for name in EDGE_NAMES:
        grid.view.filters.box(AT["name"]).setText(f"={name}")
        assert column(grid, "name") == [name]
        grid.view.filters.clear()
        grid.model.tick(AT["name"], [name])
        assert column(grid, "name") == [name]
        grid.view.filters.clear()
    assert {text for text, _ in grid.model.texts(AT["name"])} == set(EDGE_NAMES)
    grid.view.sortByColumn(AT["name"], Qt.SortOrder.AscendingOrder)
    assert set(column(grid, "name")) == set(EDGE_NAMES)


# 批量填充


def press(dialog: FillMany, words: str) -> None:
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.habit(14)
def test_filling_many_cells_says_first_what_would_change(grid: Grid, book: people.Book) -> None:
    select(grid, (0, "duty"), (3, "duty"))
    dialog = grid.view.fill_many()
    assert dialog.windowTitle() == "批量填充"
    assert dialog.column.currentText() == "岗位"
    dialog.value.insert("档案管理")
    assert dialog.said.text() == "将改动 3 个单元格；另有 1 个已是这个值，不变。"
    lines = [dialog.lines.item(at).text() for at in range(dialog.lines.count())]
    assert lines == ["陈志强：社会救助协理 → 档案管理", "李丽华：低保审核 → 档案管理", "曾小敏：（空白） → 档案管理"]
    assert book.acts == []
    press(dialog, "填充 3 个单元格")
    assert book.names() == ["批量填充 3 个单元格"]
    assert [row.values[AT["duty"]] for row in book.rows] == ["档案管理"] * 4 + ["社会救助协理"]


@pytest.mark.habit(14)
def test_filling_only_the_blanks_of_the_whole_list(grid: Grid, book: people.Book) -> None:
    at(grid, 0, "extra")
    dialog = grid.view.fill_many()
    dialog.only_blank.setChecked(True)
    dialog.value.setText("500")
    assert [dialog.lines.item(at).text() for at in range(dialog.lines.count())] == ["曾小敏：（空白） → 500.00", "覃美芳：（空白） → 500.00"]
    press(dialog, "填充 2 个单元格")
    assert [row.values[AT["extra"]] for row in book.rows] == [80000, 80000, 50000, 80000, 50000]


@pytest.mark.habit(14)
def test_what_cannot_be_filled_in_is_said_and_not_done(grid: Grid, book: people.Book) -> None:
    select(grid, (0, "fixed"), (4, "fixed"))
    dialog = grid.view.fill_many()
    dialog.value.setText("很多")
    assert "不是金额" in dialog.said.text()
    assert not dialog.take.isEnabled()
    dialog.column.setCurrentText("姓名")
    dialog.value.setText("")
    assert "必填" in dialog.said.text()
    assert not dialog.take.isEnabled()
    press(dialog, "取消")
    assert book.acts == []


@pytest.mark.habit(14)
def test_ctrl_d_fills_down(grid: Grid, book: people.Book) -> None:
    select(grid, (0, "fixed"), (2, "fixed"))
    QTest.keyClick(grid.view, Qt.Key.Key_D, CTRL)
    assert [row.values[5] for row in book.rows[:3]] == [260000] * 3
    assert book.names() == ["填充 2 个单元格"]


@pytest.mark.habit(16)
def test_delete_empties_cells_and_no_record_ever_goes(grid: Grid, book: people.Book) -> None:
    grid.view.selectAll()
    QTest.keyClick(grid.view, Qt.Key.Key_Delete)
    assert len(book.rows) == 5
    assert [row.values[0] for row in book.rows] == [values[0] for values in PEOPLE]
    assert {row.values[2] for row in book.rows} == {None}
    assert [row.values[7] for row in book.rows] == [values[7] for values in PEOPLE]  # computed


@pytest.mark.habit(2)
def test_cells_picked_here_and_there_keep_their_places_in_the_copy(grid: Grid) -> None:
    at(grid, 0, "name")
    flag = QItemSelectionModel.SelectionFlag.Select
    other = grid.model.index(1, AT["fixed"])
    grid.view.selectionModel().select(QItemSelection(other, other), flag)
    QTest.keyClick(grid.view, Qt.Key.Key_C, CTRL)
    assert taken() == "陈志强\t\n\t2,750.00"
