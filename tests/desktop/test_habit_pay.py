"""The pay month screen by the clerk's hand: rows 19 and 31 to 34 of the habits table, on the demo county's book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from db.change import Change
from db.rows import defaults, row, rows
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid.delegate import CellEditor
from desktop.screens.pay import PayPage
from office import pay as acts
from office.imports import provider
from office.imports.plan import Context
from policy.names import fold
from tests.db.records import worker

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[PayPage]:
    made = PayPage(desk)
    qtbot.addWidget(made)
    qtbot.addWidget(made.toolbar)
    desk.changed.connect(made.refresh)
    made.resize(1216, 620)
    with qtbot.waitExposed(made):
        made.show()
    made.refresh()
    made.activateWindow()
    made.set_out()
    yield made
    made.hide()


def at(page: PayPage, column: str) -> int:
    return next(place for place, one in enumerate(page.grid.model.columns) if one.id == column)


def cell(page: PayPage, place: int, column: str) -> Any:
    return page.grid.model.row_at(place).values[at(page, column)]


def text(page: PayPage, place: int, column: str) -> str:
    return page.grid.model.shown(place, at(page, column))


def press(page: PayPage, words: str) -> None:
    next(action for action in page.toolbar.actions() if action.text().startswith(words)).trigger()


def visible(page: PayPage) -> list[str]:
    return [action.text().rstrip("…") for action in page.toolbar.actions() if action.isVisible()]


def answer(question: Ask, words: str, typed: str = "") -> None:
    for editor in question.editors.values():
        assert isinstance(editor, QLineEdit)
        editor.insert(typed)  # as an input method does; QTest types ASCII only
    button = next(one for one in question.findChildren(QPushButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def type_into(page: PayPage, place: int, column: str, typed: str) -> None:
    view = page.grid.view
    view.go(place, at(page, column))
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    editor.insert(typed)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def send(desk: Desk, *lines: dict[str, Any]) -> None:
    """What importing the provider's sheet of December does."""

    class Line:
        def __init__(self, number: int, values: dict[str, Any]) -> None:
            self.row_number, self.values, self.errors = number, values, dict[str, str]()

    names = frozenset(fold(one["name"]) for one in lines)
    context = Context(frozenset({"name", "base", "performance", "allowance"}), 202612, confirmed_names=names, file="十二月.xlsx")
    planned = provider.plan([Line(number, one) for number, one in enumerate(lines, 2)], desk.read(provider.existing), context)
    desk.act(lambda book: book.act("导入承接主体工资表", [change for one in planned for change in one.changes]))


@pytest.fixture
def employed(desk: Desk) -> Desk:
    """张三 is employed by the bureau itself and has pay in December."""
    made = worker(901, date(2026, 12, 1), kind="直接聘用")
    december = defaults("pay_month") | {"year": 2026, "engagement": 901, "month": 12, "base": 500000}
    desk.act(lambda book: book.act("新增", [*made, Change("pay_month", (2026, 901, 12), None, december)]))
    return desk


def editing(page: PayPage) -> bool:
    return any(editor.isVisible() for editor in page.grid.view.findChildren(CellEditor))


@pytest.mark.habit(19)
@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_white_cells_take_entry_and_grey_ones_are_worked_out(page: PayPage) -> None:
    assert cell(page, 0, "pay_month.gross") == 416600
    type_into(page, 0, "pay_month.bonus", "1,000")
    assert (cell(page, 0, "pay_month.gross"), cell(page, 0, "moved")) == (516600, 100000)
    assert cell(page, 0, "pay_month.cost") == 516600 + 104150 + 20830 + 10000
    view = page.grid.view
    view.go(0, at(page, "pay_month.gross"))
    QTest.keyClicks(view, "1")
    assert not editing(page), "a computed cell opens no editor"


@pytest.mark.habit(31)
def test_the_next_month_starts_from_the_last(page: PayPage, desk: Desk) -> None:
    QTest.keyClick(page.grid.view, Qt.Key.Key_PageDown, ALT)
    assert page.month == 202701
    assert not page.grid.isVisible(), "the empty month says what to do instead"
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "从上月复制" and one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.grid.model.rowCount() == len(desk.read(rows, "pay_month", year=2026, month=12))
    assert cell(page, 0, "pay_month.gross") == 416600
    assert desk.book.acts()[-1].name == "复制 2026年12月工资"
    assert desk.undo() == "复制 2026年12月工资"
    assert page.grid.model.rowCount() == 0


@pytest.mark.habit(31)
def test_or_from_the_people_in_post_and_a_block_pasted(page: PayPage) -> None:
    page.go(1)
    button = next(one for one in page.findChildren(QPushButton) if one.text() == "按在岗人员建立空行" and one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert cell(page, 0, "pay_month.gross") is None
    page.grid.view.go(0, at(page, "pay_month.base"))
    QGuiApplication.clipboard().setText("4,000.00\t200\t600\r\n4100\t\t600")
    QTest.keyClick(page.grid.view, Qt.Key.Key_V, CTRL)
    assert [cell(page, place, "pay_month.gross") for place in (0, 1)] == [480000, 470000]


@pytest.mark.habit(32)
def test_a_notable_change_is_red_until_it_has_a_reason(page: PayPage) -> None:
    type_into(page, 2, "pay_month.overtime", "1000")
    name = text(page, 2, "person.name")
    mark = page.grid.model.row_at(2).marks["moved"]
    assert "增加 1,000.00 元" in mark and "变动原因" in mark
    assert name in page.look.text() and "超过 10%" in page.look.text()
    type_into(page, 2, "pay_month.reason", "节日加班")
    assert "moved" not in page.grid.model.row_at(2).marks
    assert name not in page.look.text()
    assert text(page, 2, "moved") == "1,000.00"


@pytest.mark.habit(32)
def test_who_has_no_pay_this_month_is_named(page: PayPage) -> None:
    name = text(page, 3, "person.name")
    page.grid.view.go(3, 0)
    next(action for action in page.grid.view.actions() if action.text() == "移出本月").trigger()
    assert f"还没有工资记录的 1 人：{name}" in page.look.text()
    QTest.mouseClick(page.add, Qt.MouseButton.LeftButton)
    assert "还没有工资记录" not in page.look.text()


@pytest.mark.habit(33)
def test_a_confirmed_month_is_locked_and_opened_again_with_a_reason(page: PayPage, desk: Desk, qtbot: QtBot) -> None:
    press(page, "确认本月工资")
    question = page.findChild(Ask)
    assert question is not None
    answer(question, "确认本月工资")
    qtbot.waitUntil(lambda: page.findChild(Ask) is None)
    assert "已确认（李晓敏 2026-12-31）" in page.state.text()
    assert {"从上月复制", "导入工资表", "确认本月工资"}.isdisjoint(visible(page))
    before = cell(page, 0, "pay_month.base")
    view = page.grid.view
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    view.go(0, at(page, "pay_month.base"))
    QTest.keyClicks(view, "5")
    assert not editing(page)
    QGuiApplication.clipboard().setText("5")
    QTest.keyClick(view, Qt.Key.Key_V, CTRL)
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert cell(page, 0, "pay_month.base") == before
    assert any("取消确认" in said for said in page.grid.slip.sentences())
    with qtbot.waitSignal(page.status, check_params_cb=lambda said: "取消确认" in said):
        QTest.keyClick(view, Qt.Key.Key_5)
    with pytest.raises(ValueError, match="取消确认"):
        desk.undo()
    question = page.ask_unconfirm()
    answer(question, "取消确认")
    assert "请填写" in question.wrong.text()
    answer(question, "取消确认", "漏了一人")
    qtbot.waitUntil(lambda: page.findChild(Ask) is None)
    assert page.state.text() == "草稿"
    assert desk.book.acts()[-1].reason == "漏了一人"
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    type_into(page, 0, "pay_month.base", "5")
    assert cell(page, 0, "pay_month.base") == 500


@pytest.mark.habit(33)
def test_before_confirming_the_clerk_reads_what_needs_a_look(page: PayPage) -> None:
    type_into(page, 2, "pay_month.overtime", "1000")
    question = page.ask_confirm()
    assert text(page, 2, "person.name") in "".join(label.text() for label in question.findChildren(type(page.state)))
    answer(question, "取消")


@pytest.mark.habit(34)
def test_slips_and_signing_sheets_are_there_for_people_the_bureau_employs(
    page: PayPage, employed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert {"工资条", "签领表"} <= set(visible(page))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    said: list[str] = []
    page.status.connect(said.append)
    press(page, "签领表")
    assert "先“确认本月工资”" in said[-1]
    employed.act(acts.confirm, date(2026, 12, 1))
    press(page, "签领表")
    press(page, "工资条")
    assert len(list(tmp_path.glob("449901东岭县民政局_*2026年12月_V1_20261231.xlsx"))) == 2


@pytest.mark.habit(34)
def test_there_are_none_for_a_providers_people_and_the_screen_says_why(page: PayPage) -> None:
    assert {"工资条", "签领表"}.isdisjoint(visible(page))
    assert "由承接主体（派遣单位）发放工资" in page.payers.toolTip()


def test_the_lists_of_units_and_payers_narrow_the_sheet(page: PayPage, employed: Desk) -> None:
    everybody = page.grid.model.rowCount()
    page.payers.setCurrentText("直接聘用（本局发放）")
    assert [text(page, place, "person.name") for place in range(page.grid.model.rowCount())] == ["人员901"]
    page.payers.setCurrentText("承接主体发放")
    assert page.grid.model.rowCount() == everybody - 1
    page.units.setCurrentIndex(page.units.findData(2))
    assert {cell(page, place, "unit") for place in range(page.grid.model.rowCount())} == {2}
    page.go(-1)
    assert page.units.currentData() == 2, "the choice stays from month to month"


def test_months_by_key_and_by_typing(page: PayPage) -> None:
    QTest.keyClick(page.grid.view, Qt.Key.Key_PageUp, ALT)
    QTest.keyClick(page.grid.view, Qt.Key.Key_PageUp, ALT)
    assert (page.month, page.span()) == (202610, "工资所属月份：2026年10月")
    page._typed.setText("2026.5")
    page._typed.left.emit()
    assert page.month == 202605


def test_f9_works_everything_out_again(page: PayPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.checked, timeout=20000):
        press(page, "重算")
    assert desk.check is not None


def test_the_low_standard_is_red_beside_the_row_and_in_the_drawer(page: PayPage, qtbot: QtBot) -> None:
    """4,166.00 × 12 = 49,992.00, 8.00 short of 50,000."""
    page.grid.view.go(0, at(page, "person.name"))
    assert (text(page, 0, "f1"), text(page, 0, "f2")) == ("低于最低标准", "折算后低于最低标准")
    assert (text(page, 0, "standard"), text(page, 0, "annualised")) == ("49,992.00", "49,992.00")
    assert "差 8.00 元" in page.grid.model.row_at(0).marks["pay_month.gross"]
    qtbot.waitUntil(lambda: text(page, 0, "person.name") in page.drawer.name.text())
    assert "折合年工资 49,992.00 元：折算后低于最低标准" in page.drawer.words.text()
    line = page.drawer.line
    assert [one.gross for one in line.points] == [416600] * 12
    assert "2026年12月 4,166.00" in line.accessibleDescription()
    assert all(gross is not None and floor is not None and gross > floor for _, gross, floor in line.places()), "below the floor is lower down"
    page.grid.view.go(2, 0)
    qtbot.waitUntil(lambda: text(page, 2, "person.name") in page.drawer.name.text())


def test_the_providers_sheet_beside_ours(page: PayPage, desk: Desk) -> None:
    one, two = (text(page, place, "person.name") for place in (0, 2))
    base, performance, allowance = (cell(page, 2, f"pay_month.{name}") for name in ("base", "performance", "allowance"))
    send(desk, {"name": one, "base": 416600}, {"name": two, "base": base, "performance": performance + 100, "allowance": allowance})
    assert "pay_month.performance" in page.grid.model.row_at(2).marks
    assert "待处理" in page.tabs.tabText(1)
    page.tabs.setCurrentWidget(page.compare)
    grid = page.compare.grid
    columns = [column.id for column in grid.model.columns]
    place = next(at for at in range(grid.model.rowCount()) if grid.model.shown(at, 0) == two)
    assert grid.model.shown(place, columns.index("result")) == "不符"
    assert grid.model.shown(place, columns.index("off")) == "1.00"
    assert "theirs.gross" in grid.model.row_at(place).marks
    assert "本局" in page.compare.totals.text() and "不符" in page.compare.totals.text()
    question = page.ask_confirm()
    assert "待处理" in "".join(label.text() for label in question.findChildren(type(page.state)))
    answer(question, "取消")
    grid.view.go(place, 0)
    page.compare.theirs.menu().actions()[0].trigger()
    assert cell(page, 2, "pay_month.performance") == performance + 100
    assert grid.model.shown(place, columns.index("result")) == "相符"
    assert desk.undo().startswith("以承接主体报来的为准")
    grid.view.go(place, 0)
    page.compare.ours.menu().actions()[0].trigger()
    assert grid.model.shown(place, columns.index("result")) == "以本局为准"
    assert (desk.read(row, "pay_month", page.grid.model.row_at(2).keys["pay_month"]) or {})["performance"] == performance


def test_each_way_in_names_the_kind_of_sheet(page: PayPage, qtbot: QtBot) -> None:
    for button, kind in (("导入工资表", "pay"), ("导入承接主体工资表", "provider")):
        with qtbot.waitSignal(page.bring_in, check_params_cb=lambda said, kind=kind: said == kind):
            if kind == "pay":
                press(page, button)
            else:
                next(one for one in page.compare.findChildren(QPushButton) if one.text() == button).click()


@pytest.mark.parametrize(("wide", "high"), [(1216, 620), (855, 340)])
def test_the_screen_fits(page: PayPage, wide: int, high: int) -> None:
    page.resize(wide, high)
    assert page.minimumSizeHint().width() <= wide
    assert page.minimumSizeHint().height() <= high


def test_the_drawer_gives_way_in_a_small_window_unless_the_clerk_asked_for_it(page: PayPage) -> None:
    assert page.drawer.isVisible()
    page.resize(855, 340)
    assert not page.drawer.isVisible()
    press(page, "走势")
    assert page.drawer.isVisible()
    page.resize(900, 340)
    assert page.drawer.isVisible()


def test_who_types_does_not_wait_for_what_follows_from_the_year(page: PayPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []
    read = page.desk.book.read

    def spied(query: Any, *args: Any, **where: Any) -> Any:
        judged.append(query.__name__)
        return read(query, *args, **where)

    monkeypatch.setattr(page.desk.book, "read", spied)
    at = {column.id: place for place, column in enumerate(page.grid.model.columns)}
    before = page.grid.model.shown(0, at["annualised"])
    assert page.grid.model.setData(page.grid.model.index(0, at["pay_month.base"]), "9999.00")
    assert page.grid.model.shown(0, at["pay_month.base"]) == "9,999.00"
    assert "judged_in" not in judged and "pay_month_in" in judged
    qtbot.waitUntil(lambda: page.grid.model.shown(0, at["annualised"]) != before, timeout=20_000)
