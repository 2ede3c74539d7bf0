"""Habits 10, 11, 37: frozen columns, the column chooser, menus, and views saved under a name, remembered after a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from desktop.grid import Grid
from desktop.grid.chooser import ColumnChooser
from desktop.grid.menu import heading_menu
from desktop.grid.views import ask_name, views_button, views_menu
from desktop.preferences import Layout, Preferences, SavedView
from tests.desktop.grids import CTRL, SHIFT, at, column, here, open_editor, remembered, shown_grid
from tests.desktop.people import AT, COLUMNS, PEOPLE, Book, person

pytestmark = pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing the keyboard", extend=True)


@pytest.fixture
def grid(qtbot: QtBot, book: Book) -> Grid:
    """Too narrow for its columns, too low for its rows."""
    rows = [person(number, PEOPLE[number % 5]) for number in range(1, 41)]
    book.rows = rows
    return shown_grid(qtbot, book, 640, 300)


def entry(menu: QMenu, words: str) -> QAction:
    return next(one for one in menu.actions() if one.text().partition("\t")[0] == words)


def names(grid: Grid) -> list[str]:
    return [COLUMNS[column].id for column in grid.view.shown_columns()]


# Frozen columns


@pytest.mark.habit(10)
def test_the_first_column_stands_still(grid: Grid) -> None:
    view = grid.view
    before = view.grab().toImage()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    after = view.grab().toImage()
    left, right = view.viewport().x(), view.viewport().x() + view.columnWidth(0) - 2
    columns = range(left, right)
    rows = range(view.height() - 4)
    assert all(before.pixel(x, y) == after.pixel(x, y) for x in columns for y in rows)  # headings, filter boxes and cells, to the pixel


@pytest.mark.habit(10)
def test_frozen_up_to_a_column_from_the_menu_and_let_go(grid: Grid) -> None:
    menu = heading_menu(grid.view, AT["duty"])
    entry(menu, "冻结到此列").trigger()
    grid.view.horizontalScrollBar().setValue(200)
    assert list(grid.view.filters.still) == [AT["name"], AT["unit"], AT["duty"]]
    for place in (0, 3):
        box = grid.view.filters.box(AT["duty"])
        cell = grid.view.visualRect(grid.model.index(place, AT["duty"]))
        assert cell.left() == grid.view.columnWidth(0) + grid.view.columnWidth(1) == box.x() - 2
    assert grid.view.still.mapTo(grid.view, QPoint(0, 0)) == grid.view.viewport().pos()
    entry(grid.view.menu(), "取消冻结").trigger()
    assert not grid.view.filters.still
    assert not grid.view.still.isVisible()


@pytest.mark.habit(10)
def test_the_mouse_meets_what_it_points_at(grid: Grid, qtbot: QtBot) -> None:
    view = grid.view
    view.freeze(AT["unit"])
    view.horizontalScrollBar().setValue(230)
    cell = view.visualRect(grid.model.index(3, AT["name"]))
    qtbot.mouseClick(view.still, Qt.MouseButton.LeftButton, pos=cell.center())
    assert here(view) == (3, "name")
    assert view.hasFocus()
    assert view.horizontalScrollBar().value() == 230
    qtbot.mouseDClick(view.still, Qt.MouseButton.LeftButton, pos=cell.center())
    editor = open_editor()
    assert editor.text() == column(grid, "name")[3]
    assert editor.mapTo(view, QPoint(0, 0)) == view.viewport().mapTo(view, cell.topLeft())
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    header = view.filters
    qtbot.mouseClick(header.headings, Qt.MouseButton.LeftButton, pos=QPoint(header.left_of(AT["unit"]) + 20, 8))
    assert header.sortIndicatorSection() == AT["unit"]


@pytest.mark.habit(10)
def test_a_selection_is_dragged_out_of_the_frozen_part(grid: Grid, qtbot: QtBot) -> None:
    view = grid.view
    view.horizontalScrollBar().setValue(120)
    first, last = view.visualRect(grid.model.index(1, AT["name"])).center(), view.visualRect(grid.model.index(3, AT["phone"])).center()
    qtbot.mousePress(view.still, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(view.still, last)
    qtbot.mouseRelease(view.still, Qt.MouseButton.LeftButton, pos=last)
    chosen = view.chosen_cells()
    assert chosen[0] == (1, AT["name"])
    assert chosen[-1] == (3, AT["phone"])
    assert len(chosen) == 3 * 4


@pytest.mark.habit(10)
def test_keys_bring_a_covered_column_into_sight(grid: Grid) -> None:
    view = grid.view
    at(grid, 0, "full")
    assert view.horizontalScrollBar().value() > 0
    for name in ("households", "gross", "extra", "fixed", "entered", "phone", "duty", "unit"):
        QTest.keyClick(view, Qt.Key.Key_Left)
        assert here(view) == (0, name)
        assert view.visualRect(view.currentIndex()).left() >= view.still.width()


# Layout


@pytest.mark.habit(11)
def test_columns_are_hidden_shown_and_moved_in_the_chooser(grid: Grid, qtbot: QtBot) -> None:
    dialog = grid.view.choose_columns()
    phone, note = dialog.lines.item(AT["phone"]), dialog.lines.item(AT["note"])
    assert phone.text() == "手机"
    phone.setCheckState(Qt.CheckState.Unchecked)
    note.setCheckState(Qt.CheckState.Checked)
    dialog.lines.setCurrentItem(note)
    for _ in range(9):
        qtbot.mouseClick(next(one for one in dialog.findChildren(QPushButton) if one.text() == "上移"), Qt.MouseButton.LeftButton)
    assert names(grid)[:4] == ["name", "note", "unit", "duty"]
    assert "phone" not in names(grid)
    qtbot.mouseClick(next(one for one in dialog.findChildren(QPushButton) if one.text() == "恢复默认"), Qt.MouseButton.LeftButton)
    assert names(grid) == [one.id for one in COLUMNS if not one.hidden]


@pytest.mark.habit(11)
def test_the_last_column_cannot_be_hidden(grid: Grid) -> None:
    dialog = grid.view.choose_columns()
    for line in range(dialog.lines.count()):
        dialog.lines.item(line).setCheckState(Qt.CheckState.Unchecked)
    assert len(names(grid)) == 1
    dialog.close()


@pytest.mark.habit(11)
def test_width_order_hiding_and_freezing_survive_a_restart(grid: Grid, qtbot: QtBot, book: Book, tmp_path: Path) -> None:
    grid.remember(remembered(tmp_path / "a.ini"), "人员")
    grid.view.setColumnWidth(AT["name"], 177)
    grid.view.setColumnHidden(AT["phone"], True)
    grid.view.filters.moveSection(grid.view.filters.visualIndex(AT["gross"]), 1)
    grid.view.freeze(AT["gross"])
    again = shown_grid(qtbot, book, 640, 300)
    again.remember(remembered(tmp_path / "a.ini"), "人员")
    assert names(again)[:3] == ["name", "gross", "unit"]
    assert "phone" not in names(again)
    assert again.view.columnWidth(AT["name"]) == 177
    assert list(again.view.filters.still) == [AT["name"], AT["gross"]]
    other = shown_grid(qtbot, book, 640, 300)
    other.remember(remembered(tmp_path / "a.ini"), "工资")
    assert names(other) == [one.id for one in COLUMNS if not one.hidden]
    entry(heading_menu(again.view, 0), "列恢复默认").trigger()
    third = shown_grid(qtbot, book, 640, 300)
    third.remember(remembered(tmp_path / "a.ini"), "人员")
    assert names(third) == [one.id for one in COLUMNS if not one.hidden]


@pytest.mark.habit(11)
def test_a_layout_of_an_older_list_keeps_new_columns_where_the_list_has_them(grid: Grid) -> None:
    old = Layout(["gone", "duty", "name"], {"name": 99, "gone": 5}, ["gone"], "gone")
    grid.view.lay_out(old)
    assert names(grid)[:5] == ["duty", "phone", "entered", "fixed", "extra"]
    assert names(grid)[-2:] == ["name", "unit"]
    assert "note" not in names(grid)
    assert grid.view.columnWidth(AT["name"]) == 99
    assert not grid.view.filters.still


@pytest.mark.parametrize("rubbish", ["", "[]", "{", '{"order": 3}', '{"order": ["a"], "widths": [], "hidden": [], "still": ""}', "null"])
def test_preferences_that_cannot_be_read_count_as_none(tmp_path: Path, rubbish: str) -> None:
    settings = QSettings(str(tmp_path / "a.ini"), QSettings.Format.IniFormat)
    settings.setValue("columns/人员", rubbish)
    settings.setValue("views/人员", rubbish)
    assert Preferences(settings).layout("人员") is None
    assert Preferences(settings).views("人员") == []


def test_a_column_is_found_by_its_name(grid: Grid) -> None:
    at(grid, 2, "name")
    QTest.keyClick(grid.view, Qt.Key.Key_F, CTRL | SHIFT)
    dialog = next(one for one in grid.view.findChildren(ColumnChooser) if one.isVisible())
    dialog.search.insert("备")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert here(grid.view) == (2, "note")
    assert "note" in names(grid)
    assert grid.view.viewport().rect().contains(grid.view.visualRect(grid.view.currentIndex()).center())


# Menus


@pytest.mark.habit(37)
def test_the_right_mouse_button_offers_everything(grid: Grid, tmp_path: Path) -> None:
    grid.remember(remembered(tmp_path / "a.ini"), "人员")
    grid.view.addAction(QAction("变更记录", grid.view))
    at(grid, 2, "unit")
    menu = grid.view.menu()
    words = [one.text().partition("\t")[0] for one in menu.actions() if one.text()]
    assert words == [
        "复制", "带表头复制", "粘贴", "向下填充", "批量填充…", "清除内容", "按此值筛选", "排除此值", "勾选筛选…", "清除全部筛选",
        "冻结到此列", "取消冻结", "列设置…", "查找列…", "回车后向右移动", "视图", "变更记录",
    ]  # fmt: skip
    views = entry(menu, "视图").menu()
    assert isinstance(views, QMenu)
    assert [one.text() for one in views.actions() if one.text()] == ["全部（恢复默认）", "保存视图…", "删除视图"]
    entry(menu, "排除此值").trigger()
    assert "城关镇" in column(grid, "unit")
    kept = grid.model.rowCount()
    entry(menu, "清除全部筛选").trigger()
    at(grid, 2, "unit")
    entry(menu, "按此值筛选").trigger()
    assert (len(set(column(grid, "unit"))), grid.model.rowCount() + kept) == (1, 40)


@pytest.mark.habit(37)
def test_a_column_is_hidden_and_sorted_from_its_heading(grid: Grid) -> None:
    menu = heading_menu(grid.view, AT["fixed"])
    entry(menu, "降序").trigger()
    assert column(grid, "fixed")[0] == "3,050.33"
    entry(menu, "恢复原有顺序").trigger()
    assert column(grid, "name")[0] == PEOPLE[1][0]
    entry(menu, "隐藏此列").trigger()
    assert "fixed" not in names(grid)


@pytest.mark.habit(37)
@pytest.mark.parametrize("name", ["name", "unit"])
def test_the_right_button_is_heard_on_headings_and_cells_standing_or_not(grid: Grid, name: str) -> None:
    view, header = grid.view, grid.view.filters
    heading = QPoint(header.left_of(AT[name]) + 10, 8)
    cell = view.visualRect(grid.model.index(1, AT[name])).center()
    still = AT[name] in header.still
    for over, spot, hides in (
        (header.headings if still else header.viewport(), heading, True),
        (view.still if still else view.viewport(), cell, False),
    ):
        QApplication.sendEvent(over, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, over.mapToGlobal(spot)))
        opened = QApplication.activePopupWidget()
        assert isinstance(opened, QMenu)
        assert ("隐藏此列" in [one.text() for one in opened.actions()]) is hides
        opened.close()


# Saved views


def save_as(grid: Grid, name: str) -> None:
    ask_name(grid.view)
    dialog = next(one for one in grid.view.findChildren(QInputDialog) if one.isVisible())
    dialog.setTextValue(name)
    dialog.accept()


@pytest.mark.habit(11)
def test_a_view_is_saved_switched_to_after_a_restart_and_deleted(grid: Grid, qtbot: QtBot, book: Book, tmp_path: Path) -> None:
    grid.remember(remembered(tmp_path / "a.ini"), "人员")
    grid.view.filters.box(AT["fixed"]).setText(">=2700")
    grid.model.tick(AT["unit"], ["太平镇"])
    grid.view.sortByColumn(AT["fixed"], Qt.SortOrder.DescendingOrder)
    grid.view.setColumnHidden(AT["phone"], True)
    seen = column(grid, "name")
    save_as(grid, " 太平镇高薪 ")
    entry(views_menu(grid.view, grid.view), "全部（恢复默认）").trigger()
    assert grid.model.rowCount() == 40

    again = shown_grid(qtbot, book, 640, 300)
    again.remember(remembered(tmp_path / "a.ini"), "人员")
    assert again.model.rowCount() == 40
    button = views_button(again.view)
    qtbot.addWidget(button)
    menu = button.menu()
    menu.aboutToShow.emit()
    entry(menu, "太平镇高薪").trigger()
    assert column(again, "name") == seen
    assert "phone" not in names(again)
    assert again.view.filters.sortIndicatorSection() == AT["fixed"]
    save_as(again, "太平镇高薪")
    assert len(remembered(tmp_path / "a.ini").views("人员")) == 1
    views = views_menu(again.view, again.view)
    entry(views.findChildren(QMenu)[0], "太平镇高薪").trigger()
    assert remembered(tmp_path / "a.ini").views("人员") == []


@pytest.mark.habit(11)
def test_nobodys_name_or_number_goes_into_the_preferences(grid: Grid, tmp_path: Path) -> None:
    grid.remember(remembered(tmp_path / "a.ini"), "人员")
    grid.view.filters.box(AT["name"]).setText("曾小敏")
    grid.view.filters.box(AT["phone"]).setText("2231")
    grid.model.tick(AT["name"], ["曾小敏"])
    save_as(grid, "某人")
    view = remembered(tmp_path / "a.ini").views("人员")[0]
    assert (view.typed, view.ticked) == ({}, {})


def test_a_view_of_columns_that_are_gone_does_what_it_can(grid: Grid, tmp_path: Path) -> None:
    preferences = remembered(tmp_path / "a.ini")
    grid.remember(preferences, "人员")
    layout = Layout(["gone"], {}, [], "gone")
    preferences.keep_view("人员", SavedView("旧", layout, {"gone": "1", "unit": "太平"}, {"gone": ["2"]}, "gone", True))
    entry(views_menu(grid.view, grid.view), "旧").trigger()
    assert set(column(grid, "unit")) == {"太平镇"}
