"""资金需求测算 and 招录计划 by the clerk's hand: the answer, inputs typed, scenarios side by side, copies with their letter, a plan made a batch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from db import book as books
from db.book import Book
from db.change import Change
from db.rows import defaults, next_ids, rows
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid.delegate import CellEditor
from desktop.page import Page
from desktop.printing import Print
from desktop.screens.estimate import BY_UNIT, COPIES, DEPARTURES, EstimatePage
from desktop.screens.hiring_plan import hiring_screen
from office.check import check_period, facts_in
from office.estimate import keep, offered
from policy.clock import Clock
from policy.contract_facts import WORK_FUND
from policy.estimate_facts import Scenario
from tests.db.records import county
from tests.desktop.opened import action, answer

DAY = date(2026, 12, 31)


@pytest.fixture
def demo_book(demo_book: Book) -> Book:
    """The demo county before it looks ahead: no scenario of its own, nothing registered for the return year's 低保 spending."""
    gone = [("scenario", one) for one in demo_book.read(rows, "scenario")] + [("dibao_spend", one) for one in demo_book.read(rows, "dibao_spend", year=2026)]
    demo_book.act("清空测算", [Change(table, (one["id"],), one, None) for table, one in gone], barrier=True)
    return demo_book


@pytest.fixture
def desk(demo_book: Book, clock: Clock) -> Iterator[Desk]:
    made = Desk(demo_book, clock, DAY)
    yield made
    made.close()


def show(page: Page, desk: Desk, qtbot: QtBot) -> Any:
    qtbot.addWidget(page)
    qtbot.addWidget(page.toolbar)
    desk.changed.connect(page.refresh)
    page.resize(1190, 640)
    with qtbot.waitExposed(page):
        page.show()
    page.refresh()
    page.activateWindow()
    page.set_out()
    return page


def enter(editor: Any, text: str) -> None:
    """Type over a field and go on with Enter."""
    editor.setFocus()
    editor.selectAll()
    editor.insert(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def type_over(view: Any, text: str) -> None:
    view.window().activateWindow()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F2)
    (editor,) = [one for one in view.findChildren(CellEditor) if one.isVisible()]
    editor.selectAll()
    editor.insert(text)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def figures(page: EstimatePage) -> list[str]:
    return [card.figure.text() for card in page.answer.cards.values()]


def side(page: EstimatePage, words: str) -> list[str]:
    """A line of the comparison."""
    model = page.side.model
    place = next(place for place in range(model.rowCount()) if model.shown(place, 0) == words)
    return [model.shown(place, at) for at in range(1, 5)]


def names(page: EstimatePage) -> list[str]:
    return [page.scenarios.item(at).text() for at in range(page.scenarios.count())]


def confirm(question: Ask | None, **values: str) -> str:
    """Fill the open question in and confirm it; returns what it refused."""
    assert question is not None
    for name, text in values.items():
        question.editors[name].setText(text)
    QTest.mouseClick(question.buttons.buttons()[0], Qt.MouseButton.LeftButton)
    refused = question.wrong.text() if question.isVisible() else ""
    if refused:
        question.reject()
    return refused


def test_the_answer_in_one_look_and_what_is_not_known_is_said(desk: Desk, qtbot: QtBot) -> None:
    page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
    assert page.year == 2027 and page.name == "最低达标"
    assert figures(page) == ["210.00 万元", "未登记", "—", "—"]
    assert "58 岗" in page.answer.cards["资金需求"].line.text()
    assert "没有录入单位缴费比例" in page.answer.said.text() and "没有登记 2026 年低保资金支出" in page.answer.said.text()
    assert side(page, "岗位数") == ["58", "53", "62", "58"]
    assert "资金缺口（万元）" not in [page.side.model.shown(place, 0) for place in range(page.side.model.rowCount())]
    assert desk.read(rows, "scenario") == [], "looking keeps nothing"
    with qtbot.waitSignal(page.visit) as visited:
        page.answer.said.linkActivated.emit("参数表")
    assert visited.args == ["参数表"]
    page.hide()


def test_the_expected_fund_goes_into_every_scenario_and_back(desk: Desk, qtbot: QtBot) -> None:
    page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
    assert "工作经费按 2025 年支出预计（210.00 万元）" in page.answer.said.text()
    page.answer.said.linkActivated.emit("expect")
    assert figures(page) == ["210.00 万元", "210.00 万元", "无", "100.00%"]
    assert side(page, "资金缺口（万元）")[2] == "41.85"
    assert page.inputs.editors[WORK_FUND].text() == "2,100,000.00"
    assert page.inputs.bases[WORK_FUND].text() == "按2025年低保资金支出的 3% 预计"
    desk.undo()
    assert figures(page)[1] == "未登记" and desk.read(rows, "scenario") == []
    page.hide()


def test_inputs_are_typed_with_their_source_and_undone(desk: Desk, qtbot: QtBot) -> None:
    page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
    enter(page.inputs.editors["rate"], "25%")
    enter(page.inputs.editors["fee"], "100")
    assert figures(page)[0] == "267.54 万元", "42 people at 63,700 元"
    assert "没有录入单位缴费比例" not in page.answer.said.text()
    enter(page.inputs.bases["rate"], "市人社局2026年7月公布")
    assert page.scenario().sources["rate"] == "市人社局2026年7月公布"
    enter(page.inputs.editors["wage"], "4万9")
    assert "不是金额" in page.inputs.wrong.text() and page.inputs.editors["wage"].property("wrong")
    enter(page.inputs.editors["wage"], "49000")
    assert page.inputs.wrong.isHidden() and "低于最低标准" in page.answer.said.text()
    enter(page.inputs.editors["fill_month"], "14")
    assert "补齐月份" in page.inputs.wrong.text() and page.scenario().fill_month == 1
    enter(page.inputs.editors["fill_month"], "1")
    assert page.inputs.wrong.isHidden()
    enter(page.inputs.editors["growth"], "-10%")
    assert page.scenario().growth == -1000 and side(page, "预计户数")[0] == "5,264.10"
    enter(page.inputs.editors["growth"], "")
    assert page.scenario().growth == 0
    while desk.undo() != "新增测算方案 最低达标":
        pass
    assert page.scenario().fee == 0 and page.inputs.editors["rate"].text() == "" and figures(page)[0] == "210.00 万元"
    page.hide()


def test_at_most_four_side_by_side(desk: Desk, qtbot: QtBot) -> None:
    page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
    assert confirm(page.ask_new(), name="2027年预算测算A", like="最低达标") == ""
    assert page.name == "2027年预算测算A" and names(page)[-1] == "2027年预算测算A"
    assert "已有名为" in confirm(page.ask_new(), name="2027年预算测算A", like="现状延续")
    assert page.name == "2027年预算测算A"
    said: list[str] = []
    page.status.connect(said.append)

    def click(at: int) -> None:
        box = page.scenarios.visualItemRect(page.scenarios.item(at))
        QTest.mouseClick(page.scenarios.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + QPoint(10, box.height() // 2))

    click(4)
    assert "最多并排比较 4 个" in said[-1] and page.compared == ["最低达标", "现状延续", "户数增加 10%", "工资提高 10%"]
    click(1)
    click(4)
    assert page.compared == ["最低达标", "户数增加 10%", "工资提高 10%", "2027年预算测算A"]
    assert side(page, "岗位数") == ["58", "62", "58", "58"]
    click(0)
    assert page.side.view.isColumnHidden(4)
    page.hide()


def test_a_unit_of_its_own_and_departures(desk: Desk, qtbot: QtBot) -> None:
    page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
    page.tabs.setCurrentIndex(BY_UNIT)
    model = page.units.model
    town = next(place for place in range(model.rowCount()) if model.shown(place, 0) == "石桥镇")
    assert [model.shown(town, at) for at in (1, 3, 4, 5)] == ["300", "4", "1", "3"]
    page.units.view.go(town, 2)
    type_over(page.units.view, "-1%")
    assert [model.shown(town, at) for at in (1, 2, 3, 5)] == ["297", "-1%", "2", "1"]
    page.units.view.go(town, 4)
    type_over(page.units.view, "3")
    assert [model.shown(town, at) for at in (4, 5)] == ["3", "0"] and "多于岗位数" in page.answer.said.text()
    QTest.keyClick(page.units.view, Qt.Key.Key_Up)
    page.units.view.go(town, 4)
    QTest.keyClick(page.units.view, Qt.Key.Key_Delete)
    assert model.shown(town, 4) == "1"
    page.tabs.setCurrentIndex(DEPARTURES)
    before = page._results[page.name].total
    assert "工作年限" in confirm(page.departures.ask_new(), heads="2", years="3.3", monthly="4166.67")
    assert confirm(page.departures.ask_new(), heads="2", years="3.5", monthly="4166.67") == ""
    assert page.departures.model.shown(0, 3) == "29,166.69" and page._results[page.name].total == before + 2_916_669
    page.departures.view.go(0, 0)
    type_over(page.departures.view, "1")
    assert page.departures.model.shown(0, 3) == "14,583.35"
    page.departures.view.go(0, 0)
    page.departures.remove()
    assert page.departures.model.rowCount() == 0 and page._results[page.name].total == before
    page.hide()


def test_a_copy_is_kept_with_its_letter_and_reply_and_does_not_move(desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
    page.answer.said.linkActivated.emit("expect")
    page.freezing.trigger()
    assert page.tabs.currentIndex() == COPIES and page.tabs.tabText(COPIES) == "存档与复函 (1)"
    labels = [column.field.label for column in page.copies.model.columns]
    for label, text in (("致财政函文号", "东民函〔2026〕31号"), ("发函日期", "20261231"), ("财政同意安排", "200万")):
        page.copies.view.go(0, labels.index(label))
        type_over(page.copies.view, text)
    enter(page.inputs.editors["wage"], "60000")
    (kept,) = desk.read(rows, "estimate_copy")
    assert (kept["letter_no"], kept["letter_on"], kept["agreed"], kept["total"]) == ("东民函〔2026〕31号", DAY, 200_000_000, 210_000_000)
    seen: list[Any] = []
    monkeypatch.setattr("desktop.screens.estimate_copies.preview", lambda sheet, _parent: seen.append(sheet))
    page.copies.view.go(0, 0)
    page.copies.show_copy()
    assert "存档的测算" in seen[0].notes[0] and seen[0].rows[0].cells[-1].value == 210_000_000
    with answer({"reason": "发错了"}) as said:
        page.copies.discard()
    assert "最低达标" in said[0] and page.copies.model.rowCount() == 0
    page.hide()


def test_attached_form_3_follows_the_chosen_scenario(desk: Desk, qtbot: QtBot) -> None:
    page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
    assert desk.read(facts_in, check_period(DAY)).scenario is None
    page.reporting.trigger()
    assert names(page)[0] == "最低达标　（附表3）"
    chosen = desk.read(facts_in, check_period(DAY)).scenario
    assert chosen is not None and chosen.name == "最低达标"
    page.scenarios.setCurrentRow(1)
    page.reporting.trigger()
    assert [name for name in names(page) if "附表3" in name] == ["现状延续　（附表3）"]
    page.reporting.trigger()
    assert desk.read(facts_in, check_period(DAY)).scenario is None
    page.scenarios.setCurrentRow(0)
    with answer({"reason": "不用了"}):
        page.discarding.trigger()
    assert names(page)[0] == "最低达标　（自带）" and not page.discarding.isEnabled()
    page.hide()


def test_printed_on_one_page_with_its_chart_and_exported(desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
    page.answer.said.linkActivated.emit("expect")
    sheet, picture = page.printed(), page.picture()
    assert sheet is not None and picture is not None
    sizes = []
    for name, under in (("with.pdf", picture), ("without.pdf", None)):
        job = Print(sheet, str(tmp_path / name), under)
        assert job.paint(job.printer) == 1
        sizes.append((tmp_path / name).stat().st_size)
    assert sizes[0] > sizes[1], "the chart stands under the form"
    target = tmp_path / "测算.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    assert page.export()
    book = load_workbook(target)
    assert book.sheetnames == ["资金需求测算", "方案比较"]
    lines = {row[0]: row[1:] for row in book["方案比较"].iter_rows(min_row=4, values_only=True) if row[0]}
    assert lines["资金需求（万元）"][:2] == (210, 202.58) and lines["资金缺口（万元）"][:3] == (0, -7.42, 41.85)
    page.hide()


def test_another_year_and_a_day_before_the_notice(desk: Desk, qtbot: QtBot) -> None:
    page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
    enter(page.inputs.editors["fee"], "100")
    QTest.keyClick(page.scenarios, Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert page.year == 2028 and page.scenario().fee == 0
    desk.see(date(2010, 1, 1))
    assert "还没有可用的政策参数" in page.answer.said.text() and figures(page) == ["—"] * 4 and names(page) == []
    for act in (page.adding, page.reporting, page.freezing):
        assert not act.isEnabled()
    desk.see(DAY)
    assert figures(page)[0] == "210.00 万元"
    page.hide()


def test_an_empty_book(tmp_path: Path, clock: Clock, qtbot: QtBot) -> None:
    with books.open_book(books.create(tmp_path, "石桥县", "0.1.0"), clock, "李晓敏") as opened:
        opened.act("新建", county())
        desk = Desk(opened, clock, DAY)
        page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
        assert figures(page) == ["—", "未登记", "—", "—"] and "户数未报" in page.answer.said.text()
        assert {page.units.model.shown(place, 7) for place in range(page.units.model.rowCount())} == {""}
        plans = show(hiring_screen(desk), desk, qtbot)
        assert not plans.grid.isVisible()
        with answer({}) as said:
            action(plans, "按缺口拟定…").trigger()
        assert "没有单位缺人" in said[1]
        for one in (page, plans):
            one.hide()
        desk.close()


def test_a_plan_from_todays_shortfalls_becomes_a_batch(desk: Desk, qtbot: QtBot) -> None:
    screen = show(hiring_screen(desk), desk, qtbot)
    with answer({"first": "13", "each": "2"}) as said:
        action(screen, "按缺口拟定…").trigger()
    assert "缺 6 人" in said[0] and "1 至 12" in said[1]
    with answer({"first": "3", "each": "2"}):
        action(screen, "按缺口拟定…").trigger()
    labels = {column.field.label: at for at, column in enumerate(screen.grid.model.columns)}
    assert screen.row is not None
    value = {label: screen.row.values[at] for label, at in labels.items()}
    assert (value["计划人数"], value["工作经费够不够"], value["工作经费结余"]) == (6, "没有登记上年低保支出", None)
    assert value["当年费用"] * 12 == pytest.approx(value["下一年费用"] / 6 * (2 * 10 + 2 * 9 + 2 * 8), abs=12)
    screen.tabs.setCurrentIndex(1)
    lines = screen.tab_grids[0].model
    assert lines.shown(0, 0) == "东安镇", "the worst comes first"
    with answer({"unit": "青石镇", "heads": "1", "month": "9"}):
        action(screen, "增加单位…").trigger()
    assert screen.row.values[labels["计划人数"]] == 7
    screen.tab_grids[0].view.go(0, 2)
    type_over(screen.tab_grids[0].view, "13")
    assert lines.shown(0, 2) == "3", "a month there is"
    at = [tab.title for tab in screen.spec.tabs].index("今天的缺口")
    screen.tabs.setCurrentIndex(at + 1)
    short = screen.tab_grids[at].model
    assert sum(short.row_at(place).values[2] for place in range(short.rowCount())) == 6
    with qtbot.waitSignal(screen.visit) as visited:
        action(screen, "转为招录批次").trigger()
    assert visited.args == ["招录"]
    assert screen.row.values[labels["已转招录批次"]] == "2027年招录计划"
    (plan,) = desk.read(rows, "hiring_plan", name="2027年招录计划")
    assert sum(one["planned"] for one in desk.read(rows, "recruit_line", batch=plan["batch"])) == 7
    assert not action(screen, "转为招录批次").isEnabled()
    screen.hide()


def test_the_countys_own_scenario_is_in_front(desk: Desk, qtbot: QtBot) -> None:
    desk.act(keep, Scenario("预算A", 2027, rate=2500))
    page: EstimatePage = show(EstimatePage(desk), desk, qtbot)
    assert page.name == "预算A" and page.compared == ["最低达标", "现状延续", "户数增加 10%", "预算A"]
    page.hide()


def test_a_plan_says_that_the_employers_rates_are_missing(desk: Desk, qtbot: QtBot) -> None:
    for level in ("城", "农"):
        number = desk.read(next_ids)["dibao_spend"]
        spent = {"id": number, "year": 2026, "level": "县", "area": level, "caliber": "执行", "amount": 3_600_000_000}
        desk.book.act("登记", [Change("dibao_spend", (number,), None, defaults("dibao_spend") | spent)])
    screen = show(hiring_screen(desk), desk, qtbot)
    at = next(at for at, column in enumerate(screen.grid.model.columns) if column.field.label == "工作经费够不够")
    said = screen.grid.model.row_at(0).values[at]
    assert said.startswith("差 ") and said.endswith("（未计单位缴费）")
    kept = desk.read(offered, desk.read(facts_in, check_period(DAY)), 2027)["现状延续"][1]
    desk.act(keep, replace(kept, rate=2500))
    after = screen.grid.model.row_at(0).values[at]
    assert after.startswith("差 ") and "未计" not in after and after != said
    screen.hide()
