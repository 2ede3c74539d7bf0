"""市级汇总 by the clerk's hand: a folder received, the board, tiles, rolled-up forms, a county's return judged, sent back and taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from db.book import Book
from db.change import Change
from db.rows import rows
from desktop.ask_secret import AskSecret
from desktop.desk import Desk
from desktop.screens.rollup import BOARD_TAB, COUNTIES_TAB, FORMS_TAB, RETURN_TAB, TILES_TAB, RollupPage
from desktop.screens.rollup_personal import PersonalForms
from desktop.screens.rollup_receive import Came
from desktop.screens.workbench import WorkbenchPage
from office import returns_desk as desk_of_returns
from office import rollup, seal, tasks
from office.arrivals import look_at
from office.open import open_book
from office.package import package
from policy.clock import Clock
from tests.desktop.opened import answer
from tests.office import counties as made_up

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def stick(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Path:
    """A folder with the packages of two counties and a file that is none."""
    folder = tmp_path_factory.mktemp("U盘")
    for number in (1, 2):
        with open_book(made_up.county_book(tmp_path_factory.mktemp("县"), clock, number, 2), clock, "县局") as book:
            made_up.quick(book, folder)
    (folder / "坏.zip").write_bytes(b"PK nothing")
    return folder


@pytest.fixture
def city(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    with open_book(made_up.city_book(tmp_path, clock, 3), clock, "市局") as book:
        yield book


@pytest.fixture
def page(city: Book, clock: Clock, qtbot: QtBot) -> Iterator[RollupPage]:
    desk = Desk(city, clock, date(2026, 12, 31))
    shown = RollupPage(desk)
    qtbot.addWidget(shown)
    qtbot.addWidget(shown.toolbar)
    desk.changed.connect(shown.refresh)
    shown.resize(1190, 640)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.refresh()
    settle(shown, qtbot)
    yield shown
    qtbot.waitUntil(lambda: not shown.busy and not desk.checking, timeout=20000)
    desk.close()


def settle(page: RollupPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not page.busy, timeout=20000)
    QApplication.processEvents()


def receive(page: RollupPage, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Takes the folder in by the button; returns the answers that were shown."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    seen: list[str] = []

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Came):
            timer.stop()
            seen.extend(dialog.grid.model.row_at(at).values[0] for at in range(dialog.grid.model.rowCount()))
            QTest.mouseClick(dialog.taking, LEFT)

    timer = QTimer(interval=5)
    timer.timeout.connect(agree)
    timer.start()
    next(one for one in page.toolbar.actions() if one.text() == "接收文件夹…").trigger()
    qtbot.waitUntil(lambda: bool(seen) and not page.busy and page.seen is not None and bool(page.seen.city.parts), timeout=20000)
    timer.stop()
    settle(page, qtbot)
    return seen


def states(page: RollupPage) -> list[str]:
    return [page.grid.model.row_at(at).values[2] for at in range(page.grid.model.rowCount())]


def press(page: RollupPage, words: str) -> QPushButton:
    button = page.of_county.buttons[words]
    QTest.mouseClick(button, LEFT)
    return button


def test_nothing_received_yet(page: RollupPage) -> None:
    assert states(page) == ["未报"] * 3
    assert not page.tabs.isTabEnabled(RETURN_TAB) and page.tiles.nothing.isVisibleTo(page.tiles)
    assert [page.forms.tabs.tabText(at) for at in range(page.forms.tabs.count())] == ["催报清单"]
    next(one for one in page.toolbar.actions() if one.text() == "催报清单").trigger()
    sheet = page.printed()
    assert page.tabs.currentIndex() == FORMS_TAB and sheet and [row.name for row in sheet.rows] == ["试01县", "试02县", "试03县"]
    assert page.written.path and load_workbook(page.written.path).sheetnames == ["催报清单"]
    page.acts.ask_entry()
    assert "还没有收到" in page.said.text()


def test_a_folder_is_received_and_rolled_up(page: RollupPage, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sorted(receive(page, stick, qtbot, monkeypatch)) == ["不能采用", "可以接收", "可以接收"]
    assert states(page)[2] == "未报" and "未报" not in states(page)[:2]
    page.tabs.setCurrentIndex(FORMS_TAB)
    keys = [page.forms.tabs.tabText(at) for at in range(page.forms.tabs.count())]
    assert keys == ["汇表0", "汇表1", "汇表2", "汇表3", "汇表4", "排名通报表", "未达标单位清单", "催报清单"]
    assert page.forms.tabs.height() > 10, "the tabs of the forms are to be seen"
    page.forms.tabs.setCurrentIndex(2)
    sheet = page.printed()
    assert sheet and [row.name for row in sheet.rows] == ["合计", "试01县", "试02县"]
    QTest.mouseClick(page.forms.towns, LEFT, pos=QPoint(8, page.forms.towns.height() // 2))
    settle(page, qtbot)
    page.forms.tabs.setCurrentIndex(2)
    deep = page.printed()
    assert deep and len(deep.rows) == 9 and "全部相符" in page.forms.nodes.text()


def test_receiving_can_be_broken_off_and_takes_nothing(page: RollupPage, city: Book, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on, audit = Event(), Event(), rollup._audited

    def slowly(*given: Any) -> Any:
        begun.set()
        assert go_on.wait(20)
        return audit(*given)

    monkeypatch.setattr(rollup, "_audited", slowly)
    arrivals = look_at(city, [stick])
    page.run("正在接收……", lambda report: rollup.take(city, arrivals, report), lambda _numbers: None)
    qtbot.waitUntil(begun.is_set, timeout=20000)
    assert page.strip.isVisible() and page.strip.stop.isEnabled()
    QTest.mouseClick(page.strip.stop, LEFT)
    go_on.set()
    settle(page, qtbot)
    assert "没有作任何改动" in page.said.text() and city.read(rows, "city_package") == [] and not page.strip.isVisible()


def test_a_tile_leads_to_the_countys_return(page: RollupPage, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(page, stick, qtbot, monkeypatch)
    page.tabs.setCurrentIndex(TILES_TAB)
    QApplication.processEvents()
    names = [button.text().split("\n")[0] for button in page.tiles.buttons]
    rates = [button.text().split("\n")[1] for button in page.tiles.buttons[:2]]
    assert names[2] == "试03县" and not page.tiles.buttons[2].isEnabled() and rates == sorted(rates, key=lambda one: float(one[4:-1]))
    page.tiles.order.setCurrentIndex(2)
    assert [button.text().split("\n")[0] for button in page.tiles.buttons] == ["试01县", "试02县", "试03县"]
    QApplication.processEvents()
    QTest.mouseClick(page.tiles.buttons[1], LEFT)
    assert page.tabs.currentIndex() == RETURN_TAB and page.of_county.title.text().startswith("试02县")
    seen = page.of_county.view.model()
    tips = [seen.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or "" for row in range(seen.rowCount()) for column in range(seen.columnCount())]
    assert any(tips) and not any("点击查看" in tip for tip in tips), "who stands behind a figure is in the county's book"
    grid = page.of_county.grid
    at = next(at for at in range(grid.model.rowCount()) if grid.model.row_at(at).values[3] == "表2")
    grid.view.go(at, 5)
    place = grid.view.visualRect(grid.view.currentIndex()).center()
    QTest.mouseClick(grid.view.viewport(), LEFT, pos=place)
    QTest.mouseDClick(grid.view.viewport(), LEFT, pos=place)
    qtbot.waitUntil(lambda: (page.of_county.shown() or page.of_county.sheets[0]).key == "表2")


def test_points_are_judged_and_the_return_is_taken_or_sent_back(
    page: RollupPage, city: Book, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(page, stick, qtbot, monkeypatch)
    assert page.show_county(1)
    press(page, "采信")
    assert "请先" in page.said.text() or page.of_county.chosen()
    with answer({"reason": "请核对户数后补正"}) as asked:
        page.of_county.grid.view.go(0, 0)
        press(page, "退回该条")
    assert "1 条" in asked[0]
    settle(page, qtbot)
    assert states(page)[0] == "审核有误"
    press(page, "接收报表")
    assert "意见为退回" in page.said.text() and page.said.isVisibleTo(page)
    with answer({"reason": "表2户数请核对后重报"}):
        press(page, "退回报表…")
    settle(page, qtbot)
    assert states(page)[0] == "退回" and page.written.path and page.written.path.suffix == ".退回单"
    page.show_county(2)
    page.of_county.grid.view.selectAll()
    with answer({"reason": "已与县局核实，情况属实"}):
        press(page, "采信")
    settle(page, qtbot)
    press(page, "接收报表")
    settle(page, qtbot)
    assert states(page)[:2] == ["退回", "已接收"]
    assert {one["verdict"] for one in city.read(rows, "package_point", package=2)} <= {"采信"}
    page.tabs.setCurrentIndex(BOARD_TAB)
    assert page.listed().model.rowCount() == 3


def test_the_citys_own_figures_are_typed(page: RollupPage, city: Book, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(page, stick, qtbot, monkeypatch)
    with answer({"form": "表2", "line": "市本级", "mark": "3", "value": "4"}) as refused:
        page.acts.ask_entry()
    assert "不能填写市本级" in refused[1]
    with answer({"form": "表2", "line": "市本级", "mark": "8", "value": "4"}):
        page.acts.ask_entry()
    settle(page, qtbot)
    assert page.seen and any(row.name == "市本级" for row in page.seen.sheets[2].rows)
    assert len(city.read(rows, "city_entry")) == 1


def names(page: RollupPage) -> list[str]:
    return [page.counties.grid.model.row_at(at).values[2] for at in range(page.counties.grid.model.rowCount())]


def click(page: RollupPage, words: str) -> None:
    QTest.mouseClick(page.counties.buttons[words], LEFT)


def test_the_counties_are_put_in_order_added_and_taken_off(page: RollupPage, city: Book, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page.tabs.setCurrentIndex(COUNTIES_TAB)
    assert names(page) == ["试01县", "试02县", "试03县"]
    page.counties.grid.view.go(2, 0)
    click(page, "上移")
    settle(page, qtbot)
    assert names(page) == ["试01县", "试03县", "试02县"] and page.counties.chosen() == 3
    click(page, "上移")
    click(page, "上移")
    settle(page, qtbot)
    assert names(page) == ["试03县", "试01县", "试02县"] == [page.grid.model.row_at(at).values[0] for at in range(3)]
    with answer({"code": "449988", "name": "试验区", "region": "粤东西北"}):
        click(page, "新增汇总单位…")
    settle(page, qtbot)
    assert names(page)[-1] == "试验区" and states(page) == ["未报"] * 4
    receive(page, stick, qtbot, monkeypatch)
    page.counties.grid.view.go(1, 0)
    with answer({"reason": "并入邻县"}) as refused:
        click(page, "移走…")
    assert "要保留" in refused[1] and len(names(page)) == 4
    page.counties.grid.view.go(0, 0)
    with answer({"reason": "并入邻县"}):
        click(page, "移走…")
    settle(page, qtbot)
    assert names(page) == ["试01县", "试02县", "试验区"]
    city.undo()
    page.refresh()
    settle(page, qtbot)
    assert names(page)[0] == "试03县"


def test_a_county_that_stopped_reporting_is_not_asked_any_more(page: RollupPage, city: Book, qtbot: QtBot) -> None:
    city.act("撤并", [Change("city_county", (3,), {"closed": None}, {"closed": date(2026, 6, 30)})])
    page.refresh()
    settle(page, qtbot)
    assert len(states(page)) == 2 and len(names(page)) == 3


def test_papers_go_out_by_the_buttons(page: RollupPage, city: Book, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(page, stick, qtbot, monkeypatch)
    for words, suffix in (("汇总工作簿", ".xlsx"), ("调研报告", ".docx")):
        next(one for one in page.toolbar.actions() if one.text() == words).trigger()
        settle(page, qtbot)
        assert page.written.path and page.written.path.suffix == suffix and page.written.path.is_file()
    with qtbot.waitSignal(page.open_record) as went:
        next(one for one in page.toolbar.actions() if one.text() == "审核上报").trigger()
    assert went.args == ["report_task", page.task], "straight into the task"
    assert [one.name.split("_")[-1] for one in (city.folder / "backups").iterdir()], "a backup is made before packages are taken"


def test_the_ranking_by_another_rate(page: RollupPage, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    receive(page, stick, qtbot, monkeypatch)
    page.tabs.setCurrentIndex(FORMS_TAB)
    page.forms.tabs.setCurrentIndex(2)
    assert not page.forms.by.isVisible(), "only over the ranking"
    page.forms.tabs.setCurrentIndex(5)
    assert page.forms.by.isVisible() and page.forms.by.currentText() == "配备率"
    for rate in ("到位率", "标准达标率"):
        page.forms.by.setCurrentText(rate)
        sheet = page.printed()
        assert sheet and sheet.key == "排名通报表" and any(f"按{rate}从高到低" in note for note in sheet.notes)
        at = [column.label for column in sheet.columns].index(rate)
        found = [row.cells[at].value for row in sheet.rows]
        assert [row.cells[0].value for row in sheet.rows] == [1, 2] and found == sorted(found, reverse=True)  # type: ignore[type-var]
        assert page.forms.view.model().key == "排名通报表"  # type: ignore[attr-defined]
    next(one for one in page.toolbar.actions() if one.text() == "汇总工作簿").trigger()
    settle(page, qtbot)
    assert page.written.path
    ranked = load_workbook(page.written.path)["排名通报表"]
    assert any("按标准达标率从高到低" in str(cell.value) for row in ranked.iter_rows() for cell in row)


def test_personal_forms_a_task_asked_for_are_opened_with_the_countys_password(
    page: RollupPage, city: Book, tmp_path: Path, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = replace(made_up.TASK, forms=(*made_up.TASK.forms, "附表1"), personal=True)
    folder = tmp_path / "U盘"
    with open_book(made_up.county_book(tmp_path, clock, 1, 2), clock, "县局") as book:
        held = tasks.add_task(book, asked)
        number = desk_of_returns.open_return(book, held)
        draft = book.read(desk_of_returns.draft_in, number)
        desk_of_returns.write_note(book, draft, [(one.id, one.subject) for one in draft.audited.points if one.level == "soft"], made_up.NOTE)
        seal.approve(book, number)
        seal.seal(book, number)
        package(book, number, folder, password="岭东2026!abc", to="市局")
    with open_book(made_up.county_book(tmp_path, clock, 2, 2), clock, "县局") as book:
        made_up.quick(book, folder)
    receive(page, folder, qtbot, monkeypatch)
    assert page.show_county(2) and not page.of_county.buttons["个人明细…"].isVisible(), "nothing personal was sent"
    assert page.show_county(1)
    button = page.of_county.buttons["个人明细…"]
    assert button.isVisible()
    seen: list[str] = []
    file = tmp_path / "个人明细.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))

    def go() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, AskSecret):
            if not seen:
                dialog.lines["password"].setText("不对的密码123")
                dialog.buttons.buttons()[0].click()
                seen.append(dialog.wrong.text())
            dialog.lines["password"].setText("岭东2026!abc")
            dialog.buttons.buttons()[0].click()
        elif isinstance(dialog, PersonalForms):
            timer.stop()
            seen.extend(dialog.tabs.tabText(at) for at in range(dialog.tabs.count()))
            seen.append(str(len(dialog.shown().rows)))
            with answer({"purpose": "核对人数"}):
                QTest.mouseClick(dialog.exporting, LEFT)
            seen.append(dialog.written.words.text())
            dialog.reject()

    timer = QTimer(interval=5)
    timer.timeout.connect(go)
    timer.start()
    QTest.mouseClick(button, LEFT)
    timer.stop()
    assert "密码不对" in seen[0] and seen[1] == "附表1" and int(seen[2]) > 0 and "逐格读回" in seen[3]
    assert load_workbook(file).sheetnames == ["附表1"]
    log = [(one.name, one.reason) for one in city.acts()]
    assert ("查看个人明细 试01县（第1版）", f"附表1 {seen[2]} 行") in log
    assert any(name == "导出 附表1" and "用途：核对人数" in (why or "") for name, why in log)
    settle(page, qtbot)


def test_the_workbench_of_a_city_asks_for_no_roster(city: Book, clock: Clock, qtbot: QtBot) -> None:
    desk = Desk(city, clock, date(2026, 12, 31))
    workbench = WorkbenchPage(desk)
    qtbot.addWidget(workbench)
    with qtbot.waitSignal(desk.checked, timeout=20000):
        desk.moved()
    said = [workbench.todo.model.row_at(at).values[0] for at in range(workbench.todo.model.rowCount())]
    assert said == ["报送任务"], "who is on post is the counties' matter"
    desk.close()
