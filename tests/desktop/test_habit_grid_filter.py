"""Habits 6, 7, 8, 12, 13: the filter row, ▼ with ticks and counts, sums of the selection and the row of totals."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.lists import Row
from desktop.grid import Grid
from desktop.grid.model import GridModel
from desktop.grid.values import ValueList
from policy.kinds.money import MONEY
from tests.desktop.grids import ALT, CTRL, SHIFT, at, column, select, shown_grid
from tests.desktop.people import AT, COLUMNS, PEOPLE, TODAY, Book, person

pytestmark = pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing the keyboard", extend=True)


@pytest.fixture
def grid(qtbot: QtBot, book: Book) -> Grid:
    return shown_grid(qtbot, book)


@pytest.mark.habit(6)
@pytest.mark.parametrize(
    ("name", "text", "names"),
    [
        ("fixed", ">=2900", ["曾小敏", "黄国栋"]),
        ("fixed", "2700..3000", ["李丽华", "曾小敏"]),
        ("entered", "2020~2021-12-31", []),
        ("entered", "2020-1-1..2021-12-31", ["陈志强", "曾小敏"]),
        ("fixed", "空", ["覃美芳"]),
        ("duty", "非空", ["陈志强", "李丽华", "黄国栋", "覃美芳"]),
        ("unit", "不含 镇城", ["陈志强", "李丽华", "曾小敏", "黄国栋", "覃美芳"]),
        ("unit", "不含太平", ["陈志强", "李丽华", "覃美芳"]),
        ("name", "zxm", ["曾小敏"]),
        ("name", "cxm", ["曾小敏"]),
        ("unit", "tp", ["曾小敏", "黄国栋"]),
        ("duty", "dbsh", ["李丽华"]),
    ],
)
def test_the_filter_row_takes_comparisons_ranges_and_blank(grid: Grid, name: str, text: str, names: list[str]) -> None:
    box = grid.view.filters.box(AT[name])
    box.setFocus()
    box.insert(text)
    if names:
        assert column(grid, "name") == names
        assert not box.property("wrong")
    else:
        assert box.property("wrong")  # 2020 alone is no day


# ▼


def drop(grid: Grid, qtbot: QtBot, name: str) -> ValueList:
    """A click on the ▼ of a column, wherever it stands."""
    header = grid.view.filters
    spot = header.arrow(AT[name]).center()
    target = header.headings if AT[name] in header.still else header.viewport()
    qtbot.mouseClick(target, Qt.MouseButton.LeftButton, pos=spot)
    return listed(grid)


def listed(grid: Grid) -> ValueList:
    return next(one for one in grid.view.findChildren(ValueList) if one.isVisible())


def lines(asked: ValueList) -> list[str]:
    return [str(asked.values.data(asked.values.index(at))) for at in range(asked.values.rowCount())]


def tick(asked: ValueList, words: str) -> None:
    line = next(at for at, said in enumerate(lines(asked)) if said.startswith(words))
    asked.lines.setCurrentIndex(asked.values.index(line))
    asked.lines.setFocus()
    QTest.keyClick(asked.lines, Qt.Key.Key_Space)


@pytest.mark.habit(7)
def test_values_are_ticked_with_their_counts(grid: Grid, qtbot: QtBot) -> None:
    asked = drop(grid, qtbot, "unit")
    assert lines(asked) == ["全选（3 种，5 行）", "城关镇（2）", "太平镇（2）", "鱼湾镇（1）"]
    tick(asked, "太平镇")
    QTest.keyClick(asked.lines, Qt.Key.Key_Return)
    assert column(grid, "name") == ["陈志强", "李丽华", "覃美芳"]
    asked = drop(grid, qtbot, "duty")
    assert lines(asked)[1:] == ["低保审核（1）", "社会救助协理（2）"]  # of the rows the other columns leave
    asked.close()
    asked = drop(grid, qtbot, "unit")
    assert lines(asked)[1:] == ["城关镇（2）", "太平镇（2）", "鱼湾镇（1）"]
    tick(asked, "全选")
    qtbot.mouseClick(asked.take, Qt.MouseButton.LeftButton)
    assert grid.model.rowCount() == 5


@pytest.mark.habit(7)
def test_blanks_have_a_line_of_their_own(grid: Grid, qtbot: QtBot) -> None:
    asked = drop(grid, qtbot, "note")
    assert asked.isVisible()
    asked.close()
    asked = drop(grid, qtbot, "duty")
    assert lines(asked)[-1] == "（空白）（1）"
    tick(asked, "全选")
    assert not asked.take.isEnabled()
    tick(asked, "（空白）")
    qtbot.mouseClick(asked.take, Qt.MouseButton.LeftButton)
    assert column(grid, "name") == ["曾小敏"]


@pytest.mark.habit(7)
def test_searching_ticks_what_is_found(grid: Grid, qtbot: QtBot) -> None:
    asked = drop(grid, qtbot, "name")
    asked.search.insert("lilih")
    assert lines(asked)[1:] == ["李丽华（1）"]
    asked.search.clear()
    asked.search.insert("敏")
    assert lines(asked) == ["全选（1 种，1 行）", "曾小敏（1）"]
    QTest.keyClick(asked.search, Qt.Key.Key_Return)
    assert column(grid, "name") == ["曾小敏"]
    grid.view.filters.clear()
    assert grid.model.rowCount() == 5
    asked = drop(grid, qtbot, "name")
    asked.search.insert("没有这个人")
    QTest.keyClick(asked.search, Qt.Key.Key_Return)
    assert asked.isVisible()
    assert asked.said.text() == "没有这样的值。"
    asked.close()


@pytest.mark.habit(7)
def test_sorting_from_the_list_by_keyboard(grid: Grid, qtbot: QtBot) -> None:
    at(grid, 0, "fixed")
    QTest.keyClick(grid.view, Qt.Key.Key_Down, ALT)
    asked = listed(grid)
    assert lines(asked)[1:] == ["2,600.00（1）", "2,750.00（1）", "2,900.00（1）", "3,050.33（1）", "（空白）（1）"]
    asked.sorted_by.emit(AT["fixed"], Qt.SortOrder.DescendingOrder)
    assert column(grid, "name") == ["黄国栋", "曾小敏", "李丽华", "陈志强", "覃美芳"]
    QTest.keyClick(asked.search, Qt.Key.Key_Escape)
    assert not any(one.isVisible() for one in grid.view.findChildren(ValueList))


@pytest.mark.habit(7)
def test_a_filtering_column_is_marked_and_masked_numbers_stay_masked(grid: Grid, qtbot: QtBot) -> None:
    asked = drop(grid, qtbot, "phone")
    assert "138****2231（1）" in lines(asked)
    asked.close()
    plain = grid.view.grab().toImage()
    grid.model.tick(AT["unit"], ["城关镇"])
    arrow = grid.view.filters.mapTo(grid.view, grid.view.filters.arrow(AT["unit"]).center())
    assert grid.view.grab().toImage().pixelColor(arrow) != plain.pixelColor(arrow)
    grid.model.tick(AT["phone"], ["138****2231"])
    assert column(grid, "name") == ["陈志强"]
    grid.model.reveal(True)  # what was ticked by its mask is let go
    assert column(grid, "name") == ["陈志强", "李丽华"]


@pytest.mark.habit(8)
def test_ctrl_shift_l_turns_filtering_off_and_on(grid: Grid) -> None:
    grid.view.filters.box(AT["unit"]).setText("太平")
    grid.model.tick(AT["name"], ["曾小敏"])
    at(grid, 0, "name")
    QTest.keyClick(grid.view, Qt.Key.Key_L, CTRL | SHIFT)
    assert grid.model.rowCount() == 5
    assert not grid.view.filters.box(AT["unit"]).isVisible()
    QTest.keyClick(grid.view, Qt.Key.Key_L, CTRL | SHIFT)
    assert grid.view.filters.box(AT["unit"]).isVisible()
    assert grid.model.rowCount() == 5


# Sums


@pytest.mark.habit(12)
def test_sum_average_and_count_of_the_selection_are_exact(grid: Grid, qtbot: QtBot) -> None:
    with qtbot.waitSignal(grid.view.statistics_changed) as told:
        select(grid, (1, "fixed"), (4, "fixed"))
    assert told.args[0].words() == "平均值 2,900.11　计数 3　求和 8,700.33"


@pytest.mark.habit(13)
def test_the_row_of_totals_follows_the_filter(grid: Grid, book: Book) -> None:
    def total(name: str) -> str:
        return grid.totals.texts().get(AT[name], "")

    assert grid.totals.isVisible()
    assert (total("fixed"), total("households"), total("name")) == ("11,300.33", "72", "")
    grid.view.filters.box(AT["unit"]).setText("太平")
    assert (total("fixed"), total("extra")) == ("5,950.33", "800.00")
    grid.view.filters.clear()
    grid.model.setData(grid.model.index(0, AT["fixed"]), "0.01")
    assert total("fixed") == "8,700.34"
    grid.view.filters.box(AT["fixed"]).setText("空")
    assert total("fixed") == ""  # blank is not 0


@pytest.mark.habit(13)
def test_the_totals_stand_under_their_columns_when_scrolled(qtbot: QtBot, book: Book) -> None:
    grid = shown_grid(qtbot, book, 640, 400)
    grid.view.horizontalScrollBar().setValue(300)
    image = grid.totals.grab().toImage()
    left = grid.view.viewport().x() + grid.view.filters.left_of(AT["fixed"])
    inside = [
        image.pixelColor(x, y).lightness() for x in range(left + 4, left + grid.view.columnWidth(AT["fixed"]) - 2) for y in range(4, 22)
    ]
    assert min(inside) < 120  # ink
    assert grid.totals.geometry().top() == grid.view.geometry().bottom() + 1


@given(st.lists(st.one_of(st.none(), st.integers(-(10**12), 10**12)), max_size=30))
def test_totals_are_whole_cents(amounts: list[int | None]) -> None:
    model = GridModel(COLUMNS, lambda edits, name: None, lambda: TODAY)
    values = PEOPLE[0]
    model.set_rows([person(number, (*values[:5], amount, *values[6:])) for number, amount in enumerate(amounts)])
    assert MONEY.show(sum(model.filled(AT["fixed"]))) == MONEY.show(sum(amount or 0 for amount in amounts))


# Fifty thousand rows


@pytest.mark.habit(7)
def test_fifty_thousand_rows_sort_filter_and_list_their_values(qtbot: QtBot) -> None:
    dice = random.Random(453)
    names = [first + middle + last for first in "陈李曾黄覃张王" for middle in "志丽小国美建" for last in "强华敏栋芳文"]
    rows = [
        Row({"person": (number,)}, (dice.choice(names), dice.choice(("城关镇", "太平镇")), *PEOPLE[0][2:5], dice.randrange(10**6), *PEOPLE[0][6:]))
        for number in range(50_000)
    ]
    grid = shown_grid(qtbot, Book(rows))
    at(grid, 10, "name")
    started = time.perf_counter()
    grid.view.sortByColumn(AT["name"], Qt.SortOrder.AscendingOrder)
    grid.view.filters.box(AT["unit"]).setText("太平")
    texts = grid.model.texts(AT["name"])
    took = time.perf_counter() - started
    shown = column(grid, "name")
    assert shown == sorted(shown, key=lambda name: name.encode("gb18030"))
    assert sum(count for _, count in texts) == grid.model.rowCount() == sum(row.values[1] == "太平镇" for row in rows)
    assert grid.view.current_row() is None or grid.view.current_row() in rows
    first = time.perf_counter()
    grid.view.sortByColumn(AT["name"], Qt.SortOrder.DescendingOrder)
    sorted_in = time.perf_counter() - first
    plain = time.perf_counter()
    sorted(range(len(rows)), key=[row.values[AT["fixed"]] for row in rows].__getitem__)
    sorted([row.values[0].encode("gb18030") for row in rows])
    assert sorted_in < 25 * (time.perf_counter() - plain)
    assert took < 5  # only catches what grows faster than the rows; times are the benchmarks' business
