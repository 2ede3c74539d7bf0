from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip
from pytestqt.qtbot import QtBot

from desktop.grid import Grid
from desktop.grid.statistics import statistics
from desktop.grid.view import GridView
from tests.desktop.people import AT, COLUMNS, PEOPLE, TODAY, Book, person

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def grid(qtbot: QtBot, book: Book) -> Grid:
    made = Grid(COLUMNS, book.commit, lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(1200, 500)
    made.set_rows(book.rows)
    book.shows = made
    with qtbot.waitExposed(made):
        made.show()
    made.view.setFocus()
    return made


def at(grid: Grid, place: int, name: str) -> None:
    grid.view.go(place, AT[name])


def select(grid: Grid, first: tuple[int, str], last: tuple[int, str]) -> None:
    at(grid, *first)
    block = QItemSelection(grid.model.index(first[0], AT[first[1]]), grid.model.index(last[0], AT[last[1]]))
    grid.view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def here(grid: Grid) -> tuple[int, str]:
    current = grid.view.currentIndex()
    return current.row(), COLUMNS[current.column()].id


def put(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def taken() -> str:
    return QGuiApplication.clipboard().text()


def open_editor() -> QLineEdit:
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    return editor


# Copying and pasting


def test_a_block_is_copied_as_it_is_seen(grid: Grid) -> None:
    select(grid, (0, "name"), (1, "phone"))
    QTest.keyClick(grid.view, Qt.Key.Key_C, CTRL)
    assert taken().replace("\r\n", "\n") == "陈志强\t城关镇\t社会救助协理\t138****2231\n李丽华\t城关镇\t低保审核\t139****0037"


def test_copied_with_headings_and_long_numbers_safe(grid: Grid) -> None:
    grid.model.reveal(True)
    select(grid, (0, "phone"), (0, "fixed"))
    QTest.keyClick(grid.view, Qt.Key.Key_C, CTRL | SHIFT)
    assert taken().replace("\r\n", "\n") == "手机\t入职日期\t岗位工资（元）\n13800002231\t2021-03-01\t2,600.00"
    page = QGuiApplication.clipboard().mimeData().html()
    assert "mso-number-format:'\\@'\">13800002231<" in page
    assert "<td>2,600.00</td>" in page


def test_pasting_what_was_copied_changes_nothing(grid: Grid, book: Book) -> None:
    select(grid, (0, "name"), (4, "full"))
    QTest.keyClick(grid.view, Qt.Key.Key_C, CTRL)
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert book.acts == []
    assert not grid.slip.isVisible()


def test_a_block_with_a_bad_cell_goes_in_as_one_act_without_it(grid: Grid, book: Book) -> None:
    at(grid, 1, "fixed")
    put("2,800\t￥900\r\n很多\t90\r\n3100.5\t\r\n")
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert book.names() == ["粘贴 5 个单元格"]
    assert [row.values[5] for row in book.rows] == [260000, 280000, 290000, 310050, None]
    assert [row.values[6] for row in book.rows] == [80000, 90000, 9000, None, None]
    assert grid.slip.isVisible()
    assert len(grid.slip.sentences()) == 1
    assert grid.slip.sentences()[0].startswith("第 3 行“岗位工资（元）”：")
    assert "其余 5 个单元格已记入" in grid.slip.title.text()


def test_pasting_goes_into_the_rows_shown_only(grid: Grid, book: Book) -> None:
    grid.view.sortByColumn(AT["fixed"], Qt.SortOrder.DescendingOrder)
    grid.view.filters.box(AT["unit"]).setText("≠太平镇")
    at(grid, 0, "households")
    put("1\n2\n3")
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert [row.values[AT["households"]] for row in book.rows] == [2, 1, None, 7, 3]


def test_pasting_passes_hidden_columns_and_follows_moved_ones(grid: Grid, book: Book) -> None:
    grid.view.setColumnHidden(AT["extra"], True)
    grid.view.filters.moveSection(grid.view.filters.visualIndex(AT["households"]), AT["fixed"])
    at(grid, 0, "households")
    put("12\t7000")
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert book.rows[0].values[5:9] == (700000, 80000, 340000, 12)


def test_computed_cells_in_the_way_are_listed(grid: Grid, book: Book) -> None:
    at(grid, 0, "extra")
    put("900\t1\t41")
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert book.names() == ["粘贴 2 个单元格"]
    assert "自动计算" in grid.slip.sentences()[0]


def test_what_sticks_out_of_the_table_is_said(grid: Grid, book: Book) -> None:
    at(grid, 4, "households")
    put("5\n6\n7")
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert book.rows[4].values[AT["households"]] == 5
    assert "2 个单元格超出表格" in grid.slip.sentences()[0]


def test_one_cell_fills_the_selection(grid: Grid, book: Book) -> None:
    select(grid, (0, "fixed"), (2, "gross"))
    put("3000\r\n")
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert book.names() == ["粘贴 6 个单元格"]
    assert {row.values[5:7] for row in book.rows[:3]} == {(300000, 300000)}


def test_a_row_is_repeated_down_a_selection(grid: Grid, book: Book) -> None:
    select(grid, (0, "fixed"), (3, "extra"))
    put("3000\t1")
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert {row.values[5:7] for row in book.rows[:4]} == {(300000, 100)}


def test_a_refused_act_is_said_and_nothing_is_listed_as_taken(grid: Grid, book: Book) -> None:
    book.refusal = "11 月工资已确认，不能修改。请先取消确认。"
    at(grid, 0, "fixed")
    put("1\n很多")
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    assert grid.slip.sentences() == [book.refusal]


def test_a_click_on_a_refusal_goes_to_its_cell(grid: Grid, qtbot: QtBot) -> None:
    at(grid, 1, "fixed")
    put("1\n很多")
    grid.view.paste()
    line = grid.slip.lines.visualItemRect(grid.slip.lines.item(0)).center()
    qtbot.mouseClick(grid.slip.lines.viewport(), Qt.MouseButton.LeftButton, pos=line)
    assert here(grid) == (2, "fixed")


# Clearing and filling


@pytest.mark.habit(16)
def test_delete_clears_cells_and_never_records(grid: Grid, book: Book) -> None:
    select(grid, (0, "name"), (2, "fixed"))
    QTest.keyClick(grid.view, Qt.Key.Key_Delete)
    assert len(book.rows) == 5
    assert book.names() == ["清除 10 个单元格"]
    assert [row.values[0] for row in book.rows[:3]] == ["陈志强", "李丽华", "曾小敏"]
    assert {row.values[2:6] for row in book.rows[:3]} == {(None, None, None, None)}
    assert len(grid.slip.sentences()) == 3  # a name is required


@pytest.mark.habit(14)
def test_fill_down(grid: Grid, book: Book) -> None:
    select(grid, (0, "duty"), (2, "fixed"))
    QTest.keyClick(grid.view, Qt.Key.Key_D, CTRL)
    assert book.names() == ["填充 8 个单元格"]
    assert {row.values[2:6] for row in book.rows[:3]} == {PEOPLE[0][2:6]}
    at(grid, 4, "fixed")
    QTest.keyClick(grid.view, Qt.Key.Key_D, CTRL)
    assert book.rows[4].values[5] == 305033


def test_today(grid: Grid, book: Book) -> None:
    at(grid, 3, "entered")
    QTest.keyClick(grid.view, Qt.Key.Key_Semicolon, CTRL)
    assert book.rows[3].values[4] == TODAY


# Typing


@pytest.mark.habit(4)
def test_typing_overwrites_and_enter_goes_down(grid: Grid, book: Book) -> None:
    at(grid, 0, "fixed")
    QTest.keyClick(grid.view, Qt.Key.Key_3)
    QTest.keyClicks(open_editor(), "100")
    QTest.keyClick(open_editor(), Qt.Key.Key_Return)
    assert book.rows[0].values[5] == 310000
    assert here(grid) == (1, "fixed")
    assert grid.view.state() == GridView.State.NoState
    QTest.keyClick(grid.view, Qt.Key.Key_Return, SHIFT)
    assert here(grid) == (0, "fixed")


def test_f2_edits_what_stands_there(grid: Grid, book: Book) -> None:
    at(grid, 1, "note")
    grid.view.setColumnHidden(AT["note"], False)
    at(grid, 0, "name")
    QTest.keyClick(grid.view, Qt.Key.Key_F2)
    assert open_editor().text() == "陈志强"
    QTest.keyClick(open_editor(), Qt.Key.Key_End)
    QTest.keyClicks(open_editor(), "A")
    QTest.keyClick(open_editor(), Qt.Key.Key_Return)
    assert book.rows[0].values[0] == "陈志强A"


def test_escape_leaves_the_cell_as_it_was(grid: Grid, book: Book) -> None:
    at(grid, 0, "fixed")
    QTest.keyClick(grid.view, Qt.Key.Key_9)
    QTest.keyClick(open_editor(), Qt.Key.Key_Escape)
    assert book.acts == []
    assert here(grid) == (0, "fixed")


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_an_unreadable_text_keeps_its_editor_open(grid: Grid, book: Book) -> None:
    at(grid, 0, "entered")
    QTest.keyClick(grid.view, Qt.Key.Key_1)
    open_editor().insert("3月")
    QTest.keyClick(open_editor(), Qt.Key.Key_Return)
    assert open_editor().text() == "13月"
    assert here(grid) == (0, "entered")
    assert book.acts == []
    QTest.keyClicks(open_editor(), "11.3")
    QTest.keyClick(open_editor(), Qt.Key.Key_Return)
    assert grid.model.shown(0, AT["entered"]) == "2026-11-03"


@pytest.mark.habit(3)
def test_tab_skips_computed_cells_and_enter_returns_to_the_first_column(grid: Grid) -> None:
    at(grid, 0, "name")
    QTest.keyClick(grid.view, Qt.Key.Key_Tab)
    assert here(grid) == (0, "duty")
    QTest.keyClick(grid.view, Qt.Key.Key_Tab)
    QTest.keyClick(grid.view, Qt.Key.Key_Return)
    assert here(grid) == (1, "name")
    at(grid, 0, "extra")
    QTest.keyClick(grid.view, Qt.Key.Key_Right)
    QTest.keyClick(grid.view, Qt.Key.Key_Backtab)
    assert here(grid) == (0, "extra")


def test_tab_wraps_to_the_next_row(grid: Grid) -> None:
    at(grid, 0, "full")
    QTest.keyClick(grid.view, Qt.Key.Key_Tab)
    assert here(grid) == (1, "name")
    QTest.keyClick(grid.view, Qt.Key.Key_Backtab)
    assert here(grid) == (0, "full")


def test_tab_takes_what_was_typed(grid: Grid, book: Book) -> None:
    at(grid, 0, "fixed")
    QTest.keyClick(grid.view, Qt.Key.Key_5)
    QTest.keyClick(open_editor(), Qt.Key.Key_Tab)
    assert book.rows[0].values[5] == 500
    assert here(grid) == (0, "extra")


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_a_computed_cell_cannot_be_typed_into(grid: Grid) -> None:
    at(grid, 0, "gross")
    QTest.keyClick(grid.view, Qt.Key.Key_5)
    assert QApplication.focusWidget() is grid.view


# Filter row, sorting


def test_typing_in_a_filter_box_filters_and_down_goes_to_the_rows(grid: Grid, qtbot: QtBot) -> None:
    box = grid.view.filters.box(AT["unit"])
    QTest.keyClicks(box, "tai")
    assert grid.model.rowCount() == 2, "太平 by its 拼音"
    QTest.keyClicks(box, "x")
    assert grid.model.rowCount() == 0
    QTest.keyClick(box, Qt.Key.Key_Escape)
    box.setText("太平")
    assert grid.model.rowCount() == 2
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert here(grid) == (0, "unit")
    assert grid.model.row_at(0).values[0] == "曾小敏"


def test_an_unreadable_filter_turns_red(grid: Grid) -> None:
    box = grid.view.filters.box(AT["fixed"])
    box.setText(">=多")
    assert box.property("wrong")
    assert "多" in box.toolTip()
    box.setText(">=3000")
    assert not box.property("wrong")
    assert grid.model.rowCount() == 1


def test_filter_boxes_stand_under_their_headings(grid: Grid) -> None:
    header = grid.view.filters
    grid.view.setColumnWidth(0, 333)
    grid.resize(500, 400)
    grid.view.horizontalScrollBar().setValue(200)
    for column in (1, 5):
        assert header.box(column).x() == header.sectionViewportPosition(column) + 2
        assert header.box(column).width() == header.sectionSize(column) - 4
    assert not header.box(AT["note"]).isVisible()


def test_the_filter_row_can_be_put_away(grid: Grid) -> None:
    tall = grid.view.filters.height()
    grid.view.filters.box(AT["unit"]).setText("太平")
    QTest.keyClick(grid.view, Qt.Key.Key_L, CTRL | SHIFT)
    assert grid.model.rowCount() == 5
    assert not grid.view.filters.box(0).isVisible()
    assert grid.view.filters.height() < tall


def test_filter_by_the_cell(grid: Grid) -> None:
    at(grid, 2, "unit")
    grid.view.do("filter by cell")
    assert grid.model.rowCount() == 2
    grid.view.do("no filters")
    at(grid, 3, "entered")
    grid.view.do("filter by cell")
    assert [grid.model.row_at(0).values[0], grid.model.rowCount()] == ["黄国栋", 1]


def test_a_click_on_a_heading_sorts_up_down_and_not(grid: Grid, qtbot: QtBot) -> None:
    header = grid.view.filters
    heading = QPoint(header.sectionViewportPosition(AT["fixed"]) + 20, 8)
    seen = []
    for _ in range(3):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=heading)
        seen.append(grid.model.row_at(0).values[0])
    assert sorted(seen[:2]) == ["陈志强", "黄国栋"]
    assert [grid.model.row_at(place).values[0] for place in range(5)] == [values[0] for values in PEOPLE]


# Selection


def test_selection_and_place_stay_with_their_records(grid: Grid, book: Book) -> None:
    select(grid, (1, "fixed"), (2, "extra"))
    grid.view.sortByColumn(AT["fixed"], Qt.SortOrder.DescendingOrder)
    assert {grid.model.row_at(place).values[0] for place, _ in grid.view.chosen_cells()} == {"李丽华", "曾小敏"}
    assert grid.model.row_at(grid.view.currentIndex().row()).values[0] == "李丽华"
    grid.set_rows([person(9, ("新来的", *PEOPLE[0][1:])), *book.rows])
    assert len(grid.view.chosen_cells()) == 4
    assert grid.view.current_row() is book.rows[1]


def test_where_a_record_goes_away_its_place_is_kept(grid: Grid, book: Book) -> None:
    at(grid, 4, "fixed")
    grid.set_rows(book.rows[:4])
    assert here(grid) == (3, "fixed")


def test_going_to_a_record(grid: Grid) -> None:
    assert grid.view.stand_on({"person": (4,)})
    assert grid.model.row_at(grid.view.currentIndex().row()).values[0] == "黄国栋"
    grid.view.filters.box(AT["unit"]).setText("城关")
    assert not grid.view.stand_on({"person": (4,)})


def test_the_current_record_is_told(grid: Grid, book: Book, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.view.row_changed) as told:
        at(grid, 2, "fixed")
    assert told.args == [book.rows[2]]
    with qtbot.waitSignal(grid.view.row_changed) as told:
        grid.model.setData(grid.model.index(2, AT["fixed"]), "1")
    assert told.args[0].values[5] == 100


@pytest.mark.habit(12)
def test_sum_and_average_are_exact(grid: Grid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.view.statistics_changed) as told:
        select(grid, (1, "fixed"), (4, "fixed"))
    # (2750.00 + 2900.00 + 3050.33) / 3 = 2900.11
    assert told.args[0].words() == "平均值 2,900.11　计数 3　求和 8,700.33"


def test_heads_have_an_average_with_decimals(grid: Grid) -> None:
    select(grid, (0, "households"), (3, "households"))
    assert statistics(grid.model, grid.view.selectionModel().selection()).words() == "平均值 24　计数 3　求和 72"
    select(grid, (1, "households"), (4, "households"))
    assert statistics(grid.model, grid.view.selectionModel().selection()).words() == "平均值 10.67　计数 3　求和 32"


def test_amounts_of_two_kinds_are_only_counted(grid: Grid) -> None:
    select(grid, (0, "gross"), (0, "households"))
    assert statistics(grid.model, grid.view.selectionModel().selection()).words() == "计数 2"
    select(grid, (0, "gross"), (0, "gross"))
    assert statistics(grid.model, grid.view.selectionModel().selection()).words() == ""


def test_the_menu_offers_the_same_gestures(grid: Grid) -> None:
    select(grid, (0, "fixed"), (0, "fixed"))
    menu = grid.view.menu()
    entries = {action.text().partition("\t")[0]: action for action in menu.actions() if action.text()}
    entries["带表头复制"].trigger()
    assert taken().replace("\r\n", "\n") == "岗位工资（元）\n2,600.00"
    menu.deleteLater()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_typing_over_a_computed_cell_is_answered_and_stays_there(grid: Grid) -> None:
    at(grid, 0, "unit")
    QTest.keyClick(grid.view, Qt.Key.Key_A)
    assert QToolTip.text() == "“派驻单位”不能在这里填写。"
    assert here(grid) == (0, "unit")
    QToolTip.hideText()
