"""工作台 and 核查 over the demo county, driven with the mouse and the keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from db.book import Book
from db.change import Change
from db.rows import row
from desktop.desk import Desk
from desktop.output import grid_sheet
from desktop.screens.checks import ChecksPage
from desktop.screens.workbench import WorkbenchPage
from office.edit import add
from office.new_book import county_change, made, unit_changes
from office.open import open_book
from office.pay import confirm
from office.tasks import change_task, make_task
from policy.clock import Clock
from policy.finding import AUDIT, HINT, SOFT

AS_OF = date(2026, 12, 31)


@pytest.fixture
def workbench(desk: Desk, qtbot: QtBot) -> WorkbenchPage:
    page = WorkbenchPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 680)
    page.show()
    with qtbot.waitSignal(desk.checked, timeout=20000):
        desk.moved()
    return page


@pytest.fixture
def checks(desk: Desk, qtbot: QtBot) -> Iterator[ChecksPage]:
    page = ChecksPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 680)
    page.show()
    with qtbot.waitSignal(desk.checked, timeout=20000):
        desk.moved()
    yield page


def test_the_cards_say_how_the_county_stands(workbench: WorkbenchPage) -> None:
    said = {name: (card.figure.text(), card.line.text()) for name, card in workbench.cards.items()}
    assert said["实际配备"] == ("53 人", "应配 58　配备率 89.66%")
    assert said["缺口"] == ("6 人", "达标单位 9/14，高于最低 1 人")
    assert said["低于工资最低标准"] == ("1 人", "粤东西北 50,000.00 元/人·年")
    assert said["本月工资"] == ("未确认", "2026年12月，已录入")
    assert said["社会救助工作经费"] == ("已足额", "应安排 210.00 万，已安排 220.00 万")
    assert said["合同到期"] == ("5 份", "30 天内到期，其中已过期 1")
    assert said["限期办结"] == ("2 项", "30 天内应办结，其中逾期 1")
    check = workbench.desk.check
    assert check is not None and len([one for one in check.findings if one.kind == AUDIT]) == 11
    assert said["核查"][0] == f"{len(check.findings)} 条"


@pytest.mark.parametrize(
    ("name", "way"),
    [("实际配备", "人员"), ("缺口", "机构与应配"), ("低于工资最低标准", "核查"), ("社会救助工作经费", "经费"), ("合同到期", "到期提醒"), ("核查", "核查")],
)  # fmt: skip
def test_every_card_leads_to_the_list_behind_its_number(workbench: WorkbenchPage, name: str, way: str, qtbot: QtBot) -> None:
    with qtbot.waitSignal(workbench.visit, timeout=1000) as got:
        qtbot.mouseClick(workbench.cards[name], Qt.MouseButton.LeftButton)
    assert got.args == [way]


def test_the_pay_card_goes_to_the_month_and_turns_green_once_it_is_confirmed(workbench: WorkbenchPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(workbench.show_month, timeout=1000) as got:
        qtbot.mouseClick(workbench.cards["本月工资"], Qt.MouseButton.LeftButton)
    assert got.args == [202612]
    with qtbot.waitSignal(desk.checked, timeout=20000):
        desk.act(confirm, date(2026, 12, 1))
    assert workbench.cards["本月工资"].figure.text() == "已确认"


def test_the_card_of_what_is_due_shows_it_beside_the_picture(workbench: WorkbenchPage, qtbot: QtBot) -> None:
    workbench.activateWindow()
    workbench.cards["限期办结"].setFocus()
    qtbot.keyClick(workbench.cards["限期办结"], Qt.Key.Key_Space)
    rows = [workbench.todo.model.row_at(at).values for at in range(workbench.todo.model.rowCount())]
    assert rows[0][0] == "整改事项" and "（逾期 61 天）" in rows[0][1] and rows[1][0] == "来文"
    assert [values[0] for values in rows] == ["整改事项", "来文", "绩效评价", "工资确认"]
    assert rows[3][1] == "2026年1月至2026年11月里 11 个月的工资没有确认"
    with qtbot.waitSignal(workbench.open_record, timeout=1000) as got:
        workbench.todo.view.activated.emit(workbench.todo.view.currentIndex())
    assert got.args == ["problem", 1]


def test_a_task_due_soon_leads_to_the_returns_until_it_has_gone_up(workbench: WorkbenchPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.checked, timeout=20000):
        desk.act(make_task, "年度报送", "2026", due=date(2027, 1, 30))
    assert workbench.cards["限期办结"].figure.text() == "3 项"
    with qtbot.waitSignal(desk.checked, timeout=20000):
        desk.act(change_task, 1, due=date(2027, 1, 31))  # the thirty-first day
    assert workbench.cards["限期办结"].figure.text() == "2 项"
    qtbot.mouseClick(workbench.chips.button("办结"), Qt.MouseButton.LeftButton)
    at = next(at for at in range(workbench.todo.model.rowCount()) if workbench.todo.model.row_at(at).values[0] == "报送任务")
    workbench.todo.view.go(at, 0)
    with qtbot.waitSignal(workbench.visit, timeout=1000) as got:
        workbench.todo.view.activated.emit(workbench.todo.view.currentIndex())
    assert got.args == ["报表"]


def test_verdicts_are_strips_that_lead_to_what_they_count(workbench: WorkbenchPage, qtbot: QtBot) -> None:
    said = workbench.strips.accessibleDescription()
    assert said == "单位配备 达标 9 / 14；工资标准 达标 41 / 42；应发工资 达标 41 / 42；工作经费 支出 193.68 万 / 应安排 210.00 万"
    for at, way in enumerate(("机构与应配", "核查", "核查", "经费")):
        with qtbot.waitSignal(workbench.visit, timeout=1000) as got:
            qtbot.mouseClick(workbench.strips, Qt.MouseButton.LeftButton, pos=QPoint(30, workbench.strips.HEIGHT * at + 10))
        assert got.args == [way]


def test_the_arrows_walk_the_bars_and_enter_opens(workbench: WorkbenchPage, qtbot: QtBot) -> None:
    workbench.activateWindow()
    workbench.bars.setFocus()
    qtbot.keyClick(workbench.bars, Qt.Key.Key_Down)
    qtbot.keyClick(workbench.bars, Qt.Key.Key_Down)
    with qtbot.waitSignal(workbench.open_record, timeout=1000) as got:
        qtbot.keyClick(workbench.bars, Qt.Key.Key_Return)
    assert got.args == ["unit", 3]


def test_in_the_smallest_window_the_figures_and_the_list_stay_in_sight(workbench: WorkbenchPage) -> None:
    workbench.resize(843, 370)
    QTest.qWait(20)
    assert workbench.width() == 843 and workbench.height() == 370
    assert all(not card.line.isVisible() and card.toolTip() for card in workbench.cards.values())
    assert workbench.todo.view.viewport().height() > 40 and workbench.strips.isVisible()
    workbench.resize(1200, 680)
    QTest.qWait(20)
    assert workbench.cards["缺口"].line.isVisible()


def test_the_bars_lead_to_the_unit(workbench: WorkbenchPage, qtbot: QtBot) -> None:
    second = QPoint(30, workbench.bars.HEIGHT + 10)
    with qtbot.waitSignal(workbench.open_record, timeout=1000) as got:
        qtbot.mouseClick(workbench.bars, Qt.MouseButton.LeftButton, pos=second)
    assert got.args == ["unit", 2]
    assert "石桥镇 3 / 4　缺 1" in workbench.bars.accessibleDescription()


def test_the_to_do_list_leads_to_the_person(workbench: WorkbenchPage, qtbot: QtBot) -> None:
    rows = [workbench.todo.model.row_at(at).values for at in range(workbench.todo.model.rowCount())]
    low = next(at for at, values in enumerate(rows) if values[0] == "工资标准")
    assert "4,166.00 元 × 12 = 49,992.00 元" in rows[low][1]
    workbench.todo.view.go(low, 0)
    with qtbot.waitSignal(workbench.open_record, timeout=1000) as got:
        workbench.todo.view.doubleClicked.emit(workbench.todo.model.index(low, 0))
    assert got.args == ["person", 4]


def test_a_card_is_reached_by_keyboard(workbench: WorkbenchPage, qtbot: QtBot) -> None:
    card = workbench.cards["缺口"]
    card.setFocus()
    with qtbot.waitSignal(workbench.visit, timeout=1000) as got:
        qtbot.keyClick(card, Qt.Key.Key_Return)
    assert got.args == ["机构与应配"]


def test_another_date_shows_another_county(workbench: WorkbenchPage, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.checked, timeout=20000):
        desk.see(date(2025, 12, 31))
    assert workbench.cards["实际配备"].line.text().startswith("应配 38")


def test_an_empty_book_says_what_to_do(tmp_path: Path, clock: Clock, qtbot: QtBot) -> None:
    units = unit_changes([("449901", "石桥县民政局", "县级民政局"), ("", "石桥镇", "乡镇")])
    first = [county_change("449901", "石桥县", "449900", "岭东市", "粤东西北", "按所属地级市"), *units]
    with open_book(made(tmp_path / "石桥县.经办台账", "石桥县", clock, first, "李晓敏"), clock) as book:
        desk = Desk(book, clock, AS_OF)
        page = WorkbenchPage(desk)
        qtbot.addWidget(page)
        with qtbot.waitSignal(desk.checked, timeout=20000):
            desk.moved()
        words = [page.todo.model.row_at(at).values[1] for at in range(page.todo.model.rowCount())]
        assert words == ["还没有填报救助对象户数", "还没有登记人员，可导入花名册"]
        assert page.cards["缺口"].figure.text() == "数据不足"
        assert page.cards["本月工资"].figure.text() == "—"
        page.resize(1200, 680)
        page.show()
        assert page.steps.isVisible() and not page.bars.isVisible() and not page.strips.isVisible()
        assert [button.text() for button in page.steps.buttons][:3] == [
            "1. 登记县级民政局和各乡镇（街道）　√ 2 个单位", "2. 填报各单位的救助对象户数，测算应配备人数", "3. 导入花名册，或逐个登记人员",
        ]  # fmt: skip
        assert [bool(button.property("main")) for button in page.steps.buttons] == [False, True, *[False] * 5]
        with qtbot.waitSignal(page.visit, check_params_cb=lambda way: way == "机构与应配"):
            qtbot.mouseClick(page.steps.buttons[1], Qt.MouseButton.LeftButton)
        page.todo.view.go(1, 0)
        with qtbot.waitSignal(page.bring_in, check_params_cb=lambda kind: kind == "roster"):
            page.todo.view.doubleClicked.emit(page.todo.view.currentIndex())


def test_findings_are_counted_by_level_and_explained(checks: ChecksPage, qtbot: QtBot) -> None:
    chips = [button.text() for button in checks.findChildren(QPushButton) if button.property("chip")]
    assert checks.desk.check is not None
    count = Counter(one.severity for one in checks.desk.check.findings)
    assert chips == [f"全部 {count.total()}", "强制性 0", f"核实性 {count[SOFT]}", f"提示 {count[HINT]}"] and min(count[SOFT], count[HINT]) > 0
    assert checks.grid.model.rowCount() == count.total()
    hints = next(button for button in checks.findChildren(QPushButton) if button.text() == f"提示 {count[HINT]}")
    qtbot.mouseClick(hints, Qt.MouseButton.LeftButton)
    assert checks.grid.model.rowCount() == count[HINT]
    hard = next(button for button in checks.findChildren(QPushButton) if button.text() == "强制性 0")
    qtbot.mouseClick(hard, Qt.MouseButton.LeftButton)
    assert checks.grid.model.rowCount() == 0


def test_what_has_priority_stands_first_and_says_so(checks: ChecksPage) -> None:
    levels = [str(checks.grid.model.row_at(at).values[0]) for at in range(checks.grid.model.rowCount())]
    assert levels[0] == "核实性（优先）" and levels == sorted(levels, key=["强制性", "核实性（优先）", "核实性", "提示"].index)
    sheet = grid_sheet(checks.grid, "核查", ("", "", ""))
    assert "核实性（优先）" in [cell.value for line in sheet.rows for cell in line.cells], "an exported list says it too"


def test_a_finding_shows_its_sum_and_the_quoted_article_and_opens_the_record(checks: ChecksPage, qtbot: QtBot) -> None:
    place = next(at for at in range(checks.grid.model.rowCount()) if checks.grid.model.row_at(at).values[1] == "F1")
    checks.grid.view.go(place, 0)
    QTest.qWait(20)
    said = checks.detail.toPlainText()
    assert "差 8.00 元" in said and "粤东西北地区每人每年不低于 5 万元" in said
    with qtbot.waitSignal(checks.open_record, timeout=1000) as got:
        checks.grid.view.doubleClicked.emit(checks.grid.view.currentIndex())
    assert got.args == ["person", 4]


def test_f9_sees_what_has_changed(checks: ChecksPage, desk: Desk, demo_book: Book, qtbot: QtBot) -> None:
    add(demo_book, "absence", {"engagement": 7, "kind": "病假", "start": date(2026, 1, 1), "paid": True})
    with qtbot.waitSignal(desk.checked, timeout=20000):
        desk.moved()
    words = [checks.grid.model.row_at(at).values[5] for at in range(checks.grid.model.rowCount())]
    assert "120 户 → 应配 2，实配 1，缺 1" in words


def test_what_is_left_of_the_first_steps_stays_until_done_or_sent_away(workbench: WorkbenchPage, desk: Desk, qtbot: QtBot) -> None:
    assert workbench.steps.isHidden(), "the demo county has done them all"

    def name_preparer(name: str | None) -> None:
        before = desk.read(row, "county", (1,))
        assert before is not None
        with qtbot.waitSignal(desk.checked, timeout=20000):
            desk.act(lambda book: book.act("填报人", [Change("county", (1,), {"preparer": before["preparer"]}, {"preparer": name})]))

    name_preparer(None)
    assert workbench.steps.isVisible() and workbench.bars.isVisible()
    (left,) = workbench.steps.buttons
    assert "填写单位负责人" in left.text() and "还剩 1 步" in workbench.steps.head.text()
    with qtbot.waitSignal(workbench.visit, check_params_cb=lambda way: way == "设置"):
        qtbot.mouseClick(left, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(workbench.steps.sent_away):
        qtbot.mouseClick(workbench.steps.away, Qt.MouseButton.LeftButton)
    assert workbench.steps.isHidden()
    name_preparer("李晓敏")
    assert workbench.steps.isHidden()
