"""年度考核, 绩效工资, 工资层级, 晋升, 绩效评价, 监督, 采购公开, 检查, 整改, 摸查, 工作量 and 奖励 by a clerk's hands: typed, pasted, confirmed and undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db import book as books
from db.book import Book
from db.change import Change
from db.rows import defaults, row, rows
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.page import Page
from desktop.record.screen import RecordScreen
from desktop.screens.appraisals import AppraisalsPage, appraisals_screen
from desktop.screens.evaluations import evaluations_screen
from desktop.screens.inspections import inspections_screen, problems_screen
from desktop.screens.pay_scales import pay_scales_screen
from desktop.screens.performance import PerformancePage, performance_screen
from desktop.screens.promotions import PromotionsPage, promotions_screen
from desktop.screens.rewards import rewards_screen
from desktop.screens.supervisions import disclosures_screen, supervisions_screen
from desktop.screens.suppliers import supplier_history
from desktop.screens.unit_sheets import SurveyPage, WorkloadPage, survey_screen, workload_screen
from office import demo
from policy.clock import Clock
from tests.db.records import county, everything
from tests.desktop.opened import answer, stand

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NAMES: tuple[Callable[[Desk], Page], ...] = (
    appraisals_screen, performance_screen, pay_scales_screen, promotions_screen, evaluations_screen, supervisions_screen, disclosures_screen,
    inspections_screen, problems_screen, rewards_screen, survey_screen, workload_screen,
)  # fmt: skip
P = TypeVar("P", bound=Page)
Show = Callable[..., Any]


@pytest.fixture
def empty_book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    """A county that has nothing yet but its name and units."""
    with books.open_book(books.create(tmp_path, "东岭县", "0.1.0"), clock, "李晓敏") as opened:
        opened.act("新建", county())
        yield opened


@pytest.fixture
def show(qtbot: QtBot, clock: Clock) -> Iterator[Show]:
    """Shows a screen over a book as the frame does: read again whenever the book moves, as of a day."""
    desks: list[Desk] = []
    windows: list[QWidget] = []

    def shown(make: Callable[[Desk], P], book: Book, as_of: date = demo.AS_OF) -> P:
        desk = Desk(book, clock, as_of)
        desks.append(desk)
        page = make(desk)
        desk.changed.connect(page.refresh)
        window = QWidget()
        windows.append(window)
        box = QVBoxLayout(window)
        box.addWidget(page.toolbar)
        box.addWidget(page)
        qtbot.addWidget(window)
        window.resize(1180, 690)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        desk.moved()
        qtbot.waitUntil(lambda: desk.check is not None and not desk.checking, timeout=20000)
        page.refresh()
        page.set_out()
        QApplication.processEvents()
        return page

    yield shown
    for desk in desks:
        desk.close()


def settled(page: Any, qtbot: QtBot) -> None:
    """The check after an act has arrived."""
    qtbot.waitUntil(lambda: not page.desk.checking, timeout=20000)


def act(page: Page, words: str) -> QAction:
    """An action of the page by its words, in the toolbar or under 更多."""
    return next(one for one in [*page.toolbar.actions(), *page.actions()] if one.text() == words)


def cell(grid: Grid, name: str, column: str) -> tuple[int, int]:
    """Where a line by its first words stands, and a column."""
    place = next(place for place in range(grid.model.rowCount()) if grid.model.row_at(place).values[0] == name)
    return place, next(at for at, one in enumerate(grid.model.columns) if one.id == column)


def text(grid: Grid, name: str, column: str) -> str:
    return grid.model.shown(*cell(grid, name, column))


def stand_at(grid: Grid, name: str, column: str) -> None:
    come_back(grid)
    grid.view.go(*cell(grid, name, column))
    QApplication.processEvents()


def come_back(grid: Grid) -> None:
    """Back to the page after a question, which has taken the focus along."""
    grid.window().activateWindow()
    QTest.qWaitForWindowActive(grid.window())
    grid.view.setFocus()


def keys(grid: Grid, typed: str) -> None:
    """Type over the cell the clerk stands on, and Enter."""
    QTest.keyClick(grid.view, typed[0])
    QTest.keyClicks(QApplication.focusWidget(), typed[1:])
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    QApplication.processEvents()


def paste(grid: Grid, block: str) -> None:
    QGuiApplication.clipboard().setText(block)
    QTest.keyClick(grid.view, Qt.Key.Key_V, CTRL)
    QApplication.processEvents()


def value(screen: RecordScreen, name: str) -> Any:
    assert screen.row is not None
    return screen.row.values[next(at for at, column in enumerate(screen.grid.model.columns) if column.id == name)]


def begin(screen: RecordScreen, **texts: str) -> None:
    """Ctrl+N, the fields filled in, Ctrl+S; names with __ for the point."""
    QTest.keyClick(screen, Qt.Key.Key_N, CTRL)
    place = {column.id: at for at, column in enumerate(screen.grid.model.columns)}
    for name, said in texts.items():
        editor = screen.form.editors[place[name.replace("__", ".")]]
        editor.setFocus()
        editor.setText(said)
    QTest.keyClick(screen, Qt.Key.Key_S, CTRL)
    QApplication.processEvents()


def change(table: str, number: int, **values: Any) -> Change:
    return Change(table, (number,), None, defaults(table) | {"id": number} | values)


# 年度考核


def test_a_year_begun_in_the_sheet_is_typed_pasted_and_undone(show: Show, demo_book: Book, qtbot: QtBot) -> None:
    page: AppraisalsPage = show(appraisals_screen, demo_book)
    QTest.keyClick(page.grid.view, Qt.Key.Key_PageDown, ALT)
    assert page.year == 2026
    grid = page.grid
    assert "应考核 42 人（在岗满 6 个月），已有结果 0 人，没有结果 42 人" in page.share.text()
    first, second = (grid.model.row_at(place).values[0] for place in range(2))
    stand_at(grid, first, "appraisal.grade")
    paste(grid, "优秀\t95.5\r\n称职\t88")
    assert [(one["grade"], one["score"]) for one in demo_book.read(rows, "appraisal", year=2026)] == [("优秀", 9550), ("称职", 8800)]
    assert "已有结果 2 人，没有结果 40 人" in page.share.text() and "优秀 1 人 ÷ 有等次 2 人＝50%，超过20%" in page.share.text()
    stand_at(grid, second, "appraisal.score")
    keys(grid, "90.25")
    assert text(grid, second, "appraisal.score") == "90.25"
    page.desk.undo()
    page.desk.undo()
    assert demo_book.read(rows, "appraisal", year=2026) == []


def test_a_score_without_a_grade_is_refused_and_nothing_is_written(show: Show, demo_book: Book) -> None:
    page: AppraisalsPage = show(appraisals_screen, demo_book)
    page.go(1)
    name = page.grid.model.row_at(0).values[0]
    stand_at(page.grid, name, "appraisal.score")
    keys(page.grid, "90")
    assert "没有考核等次。请先填等次" in page.grid.slip.sentences()[0]
    assert demo_book.read(rows, "appraisal", year=2026) == []


def test_a_result_emptied_in_all_three_cells_goes(show: Show, demo_book: Book) -> None:
    page: AppraisalsPage = show(appraisals_screen, demo_book)
    name = page.grid.model.row_at(0).values[0]
    before = len(demo_book.read(rows, "appraisal", year=2025))
    place, at = cell(page.grid, name, "appraisal.grade")
    stand_at(page.grid, name, "appraisal.grade")
    block = QItemSelection(page.grid.model.index(place, at), page.grid.model.index(place, at + 2))
    page.grid.view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    QTest.keyClick(page.grid.view, Qt.Key.Key_Delete)
    assert len(demo_book.read(rows, "appraisal", year=2025)) == before - 1


def test_who_is_not_up_to_it_shows_what_not_renewing_costs(show: Show, demo_book: Book, qtbot: QtBot) -> None:
    page: AppraisalsPage = show(appraisals_screen, demo_book)
    qtbot.mouseClick(page.chips.button("不称职"), Qt.MouseButton.LeftButton)
    assert page.grid.model.rowCount() == 1
    name = page.grid.model.row_at(0).values[0]
    # 2020-09-21 to 2027-02-15: six years and under six months are 6.5 months of 4,500.00 元
    assert text(page.grid, name, "severance") == "29,250.00" and text(page.grid, name, "end") == "2027-02-15"
    assert "6.50 × 4,500.00 ＝ 29,250.00 元（第四十七条）" in page.note.text() and page.note.isVisible() and page.ending.isEnabled()
    qtbot.mouseClick(page.chips.button("优秀"), Qt.MouseButton.LeftButton)
    assert not page.note.isVisible() and not page.ending.isEnabled()


def test_lines_pasted_by_name_find_their_people_in_any_order(show: Show, demo_book: Book) -> None:
    page: AppraisalsPage = show(appraisals_screen, demo_book)
    page.go(1)
    first, second = (str(page.grid.model.row_at(place).values[0]) for place in range(2))
    QGuiApplication.clipboard().setText(f"姓名\t考核等次\t考核得分\t考核说明\r\n{second}\t称职\t81\t\r\n不在册的\t优秀\t99\r\n{first}\t未考核\t\t产假\r\n")
    page.pasting.trigger()
    people = {one["name"]: one["id"] for one in demo_book.read(rows, "person")}
    held = {one["person"]: (one["grade"], one["score"], one["reason"]) for one in demo_book.read(rows, "appraisal", year=2026)}
    assert held == {people[second]: ("称职", 8100, None), people[first]: ("未考核", None, "产假")}
    assert len(page.grid.slip.sentences()) == 1 and "不在册的" in page.grid.slip.sentences()[0]
    assert text(page.grid, first, "state") == ""


def test_a_person_without_six_months_needs_no_result(show: Show, demo_book: Book, qtbot: QtBot) -> None:
    page: AppraisalsPage = show(appraisals_screen, demo_book)
    qtbot.mouseClick(page.chips.button("不用考核"), Qt.MouseButton.LeftButton)
    assert [page.grid.model.row_at(place).values[-1] for place in range(page.grid.model.rowCount())] == ["在岗不满 6 个月"]


# 绩效工资


def test_the_proposal_changes_nobodys_pay_until_it_is_confirmed(show: Show, demo_book: Book, qtbot: QtBot) -> None:
    page: PerformancePage = show(performance_screen, demo_book)
    before = len(demo_book.read(rows, "pay_standard"))
    people = {one.engagement.person.name: one for one in page._listed}
    best = next(name for name, one in people.items() if one.appraisal and one.appraisal.grade == "优秀")
    assert (text(page.grid, best, "proposed"), text(page.grid, best, "more"), text(page.grid, best, "taken")) == ("660.00", "60.00", "是")
    other = next(name for name, one in people.items() if one.appraisal and one.appraisal.grade == "称职" and not one.changes)
    assert text(page.grid, other, "taken") == "否"
    stand_at(page.grid, other, "proposed")
    keys(page.grid, "650")
    assert (text(page.grid, other, "proposed"), text(page.grid, other, "more"), text(page.grid, other, "taken")) == ("650.00", "50.00", "是")
    assert len(demo_book.read(rows, "pay_standard")) == before
    wanted = {one.engagement.id: amount for one, amount in page._chosen()}
    with answer({"since": "2026-12-31"}) as said:
        page.confirming.trigger()
    assert "2025 年度考核" in said[0] and len(said) == 1
    made = demo_book.read(rows, "pay_standard", since=date(2026, 12, 31))
    assert {one["engagement"]: one["performance"] for one in made} == wanted and wanted[people[other].engagement.id] == 65_000
    assert {one["monthly_fixed"] for one in made if one["engagement"] == people[best].engagement.id} == {
        people[best].standard.monthly_fixed if people[best].standard else None
    }
    settled(page, qtbot)
    assert page._chosen() == [] and not page.confirming.isEnabled()
    assert text(page.grid, other, "why") == "2026-12-31 已调整过，请核对"
    page.desk.undo()
    assert len(demo_book.read(rows, "pay_standard")) == before


def test_a_line_that_would_fall_below_the_floor_is_red_and_said(show: Show, demo_book: Book) -> None:
    page: PerformancePage = show(performance_screen, demo_book)
    worst = next(one for one in page._listed if one.appraisal and one.appraisal.grade == "不称职")
    stand_at(page.grid, worst.engagement.person.name, "proposed")
    keys(page.grid, "0")
    place, _ = cell(page.grid, worst.engagement.person.name, "after")
    assert "比最低标准少" in page.grid.model.row_at(place).marks["after"]
    page.again.trigger()
    assert text(page.grid, worst.engagement.person.name, "proposed") == "420.00"


# 工资层级、晋升


def test_a_scale_is_drafted_edited_and_stands_empty_before(show: Show, empty_book: Book) -> None:
    screen: RecordScreen = show(pay_scales_screen, empty_book)
    with answer({"name": "购买服务人员工资层级方案", "since": "2026-1-1", "lowest": "3700", "step": "300"}):
        act(screen, "按四级建草案…").trigger()
    screen.tabs.setCurrentIndex(1)
    grid = screen.tab_grids[0]
    assert [grid.model.row_at(place).values[2] for place in range(4)] == [370_000, 400_000, 430_000, 460_000]
    come_back(grid)
    grid.view.go(0, next(at for at, column in enumerate(grid.model.columns) if column.id == "item.绩效工资"))
    keys(grid, "600")
    annual = next(at for at, column in enumerate(grid.model.columns) if column.id == "annual")
    assert grid.model.shown(0, annual) == "51,600.00"
    assert [one["monthly"] for one in empty_book.read(rows, "pay_grade_item", grade=1)] == [370_000, 60_000]
    with answer({"name": "五级", "基本工资": "5000", "certificate": "高级社会工作师"}):
        act(screen, "增加层级").trigger()
    assert [(one["level"], one["name"]) for one in empty_book.read(rows, "pay_grade")][-1] == (5, "五级")
    with answer({"grade": "优秀", "factor": "110"}):
        act(screen, "增加绩效系数").trigger()
    assert [(one["grade"], one["low"], one["factor"]) for one in empty_book.read(rows, "performance_rule")] == [("优秀", None, 110)]


def test_who_meets_every_condition_is_promoted_with_pay_in_one_act(show: Show, demo_book: Book, qtbot: QtBot) -> None:
    page: PromotionsPage = show(promotions_screen, demo_book)
    assert page.chips.button("符合条件").text() == "符合条件　0" and page.grid.model.rowCount() == 42
    worker = next(one for one in page._lines.values() if one.grade and one.grade.level == 1 and one.since == date(2024, 1, 1) and one.candidate)
    person = worker.engagement.person.id
    held = demo_book.read(row, "person", (person,))
    assert held is not None
    demo_book.act("取得证书", [Change("person", (person,), {"certificate": held["certificate"]}, {"certificate": "助理社会工作师"})])
    page = show(promotions_screen, demo_book, date(2027, 1, 1))
    demo_book.act("考核", [change("appraisal", 900, person=person, year=2026, grade="称职")])
    page.desk.moved()
    settled(page, qtbot)
    qtbot.mouseClick(page.chips.button("符合条件"), Qt.MouseButton.LeftButton)
    name = worker.engagement.person.name
    stand_at(page.grid, name, "name")
    QTest.qWait(30)
    assert "√ 在现层级满 3 年（2027-01-01 满）" in page.note.text() and page.promoting.isEnabled()
    with answer({"since": "2027-1-1", "document": "东民〔2027〕1号"}):
        page.promoting.trigger()
    (changed,) = demo_book.read(rows, "grade_change", person=person, since=date(2027, 1, 1))
    assert (changed["grade"], changed["reason"], changed["document"]) == (2, "晋升", "东民〔2027〕1号")
    (standard,) = demo_book.read(rows, "pay_standard", since=date(2027, 1, 1))
    assert (standard["monthly_fixed"], standard["performance"]) == (400_000, 60_000)
    page.desk.undo()
    assert demo_book.read(rows, "grade_change", since=date(2027, 1, 1)) == [] and demo_book.read(rows, "pay_standard", since=date(2027, 1, 1)) == []


def test_a_promotion_before_its_conditions_are_met_is_refused_by_name(show: Show, demo_book: Book) -> None:
    page: PromotionsPage = show(promotions_screen, demo_book)
    name = str(page.grid.model.row_at(0).values[0])
    stand_at(page.grid, name, "name")
    QTest.qWait(30)
    with answer({"since": "2026-12-31"}) as said:
        page.promoting.trigger()
    assert f"{name}还不符合晋升" in said[1] and "在现层级满 3 年" in said[1]


def test_several_are_placed_for_the_first_time_at_once(show: Show, demo_book: Book, qtbot: QtBot) -> None:
    removed = [Change("grade_change", (one["id"],), one, None) for one in demo_book.read(rows, "grade_change")]
    demo_book.act("清空", removed)
    page: PromotionsPage = show(promotions_screen, demo_book)
    qtbot.mouseClick(page.chips.button("没有定级"), Qt.MouseButton.LeftButton)
    assert page.grid.model.rowCount() == 42
    come_back(page.grid)
    page.grid.view.go(0, 0)
    QTest.keyClick(page.grid.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.qWait(30)
    with answer({"grade": "一级", "since": "2026-7-1"}):
        page.placing.trigger()
    made = demo_book.read(rows, "grade_change")
    assert [(one["grade"], one["since"], one["reason"]) for one in made] == [(1, date(2026, 7, 1), "首次定级")] * 2
    settled(page, qtbot)
    assert page.grid.model.rowCount() == 40


# 评价与监督


def test_scores_are_typed_and_the_total_follows_while_they_are(show: Show, demo_book: Book) -> None:
    screen: RecordScreen = show(evaluations_screen, demo_book)
    with answer({"year": "2025"}) as said:
        act(screen, "建立年度评价…").trigger()
    assert len(said) == 2 and "都已有评价，或者没有履行期满足要求的合同" in said[1]
    stand_on_first = {"evaluation": (1,)}
    assert screen.show_record(stand_on_first)
    assert value(screen, "total") == 8817 and value(screen, "band") == "良"
    with answer({"buyer_score": "95", "buyer_weight": "2", "client_score": "86.5", "third_score": "88"}):
        act(screen, "评分…").trigger()
    assert value(screen, "total") == 9113 and value(screen, "band") == "优"  # (2×95 + 86.5 + 88) / 4 = 91.125
    demo_book.undo()
    assert demo_book.read(rows, "evaluation", id=1)[0]["buyer_score"] == 9000


def test_an_evaluation_not_published_is_red_until_it_is(show: Show, demo_book: Book, qtbot: QtBot) -> None:
    screen: RecordScreen = show(evaluations_screen, demo_book)
    stand(screen, qtbot, "evaluation", 1)
    assert screen.row is not None and "Q8" in screen.row.marks.get("evaluation.published", "")
    with answer({"on": "2026-12-17"}) as said:
        act(screen, "公布结果").trigger()
    assert "早于评价日期 2026-12-18" in said[1]
    with answer({"on": "2026-12-31", "channel": "政府网站"}):
        act(screen, "公布结果").trigger()
    qtbot.waitUntil(lambda: screen.row is not None and not screen.row.marks, timeout=20000)
    assert value(screen, "evaluation.published") == date(2026, 12, 31)
    with answer({"use": "整改后续签", "rectification": "补全考勤记录"}):
        act(screen, "结果运用").trigger()
    assert demo_book.read(rows, "evaluation", id=1)[0]["rectification"] == "补全考勤记录"


def test_a_second_evaluation_of_the_year_is_refused_in_the_form(show: Show, demo_book: Book) -> None:
    screen: RecordScreen = show(evaluations_screen, demo_book)
    begin(screen, evaluation__contract="DL2026-001", evaluation__year="2026")
    assert "2026 年度的绩效评价已经登记" in screen.form.wrong.text()
    QTest.keyClick(screen, Qt.Key.Key_Escape)


def test_a_provider_that_failed_is_said_when_a_new_contract_is_entered(demo_book: Book, clock: Clock) -> None:
    desk = Desk(demo_book, clock, demo.AS_OF)
    assert supplier_history(desk, 1)[-1] == "2026 年度绩效评价 88.17 分，良。"
    demo_book.act("改分", [change("evaluation", 90, contract=2, year=2025, buyer_score=1000, client_score=1000, third_score=1000)])
    assert supplier_history(desk, 1)[-1] == "2026 年度绩效评价 88.17 分，良。"
    desk.as_of = date(2026, 12, 17)  # the day before the evaluation of 2026
    assert supplier_history(desk, 1)[-1] == "2025 年度绩效评价 10 分，不合格，再选它要说明理由（四（四））。"


def test_supervision_and_disclosure_are_registered_by_keys(show: Show, demo_book: Book) -> None:
    screen: RecordScreen = show(supervisions_screen, demo_book)
    begin(screen, supervision__contract="DL2026-002", supervision__phase="事后", supervision__held="2026-12-30", supervision__finding="档案未归档")
    assert value(screen, "state") == "办理中"
    with answer({"on": "2026-12-31"}):
        act(screen, "整改完成").trigger()
    assert value(screen, "supervision.mended") == date(2026, 12, 31) and value(screen, "state") == "已办结"
    public: RecordScreen = show(disclosures_screen, demo_book)
    held = demo_book.read(row, "purchase_contract", (1,))
    assert held is not None
    demo_book.act("清空", [Change("purchase_contract", (1,), {"accepted": held["accepted"]}, {"accepted": None})])
    begin(public, disclosure__contract="DL2026-001", disclosure__kind="验收结果", disclosure__published="2026-12-31")
    assert demo_book.read(rows, "purchase_contract", id=1)[0]["accepted"] == date(2026, 12, 31)


# 检查、整改、奖励


def test_a_problem_goes_from_the_inspection_to_mended(show: Show, demo_book: Book, qtbot: QtBot) -> None:
    screen: RecordScreen = show(inspections_screen, demo_book)
    begin(screen, inspection__organ="省民政厅", inspection__kind="省厅检查", inspection__held="2026-12-1", inspection__score="93")
    with answer({"what": "公示栏没有更新", "unit": "青石镇", "measure": "每月更新", "responsible": "李晓敏", "due": "2026-12-20"}):
        act(screen, "登记问题").trigger()
    assert (value(screen, "problems"), value(screen, "open")) == (1, 1)
    (made,) = demo_book.read(rows, "problem", what="公示栏没有更新")
    assert (made["found_on"], made["unit"]) == (date(2026, 12, 1), 2)
    todo: RecordScreen = show(problems_screen, demo_book)
    assert [todo.grid.model.row_at(place).values[0] for place in range(todo.grid.model.rowCount())] == ["逾期 61 天", "逾期 11 天"]
    stand(todo, qtbot, "problem", made["id"])
    assert "整改时限 2026-12-20 已过" in (todo.row.marks["state"] if todo.row else "")
    with answer({"on": "2026-11-30"}) as said:
        act(todo, "销号").trigger()
    assert "早于发现日期" in said[1]
    with answer({"on": "2026-12-31", "proof": "照片两张"}):
        act(todo, "销号").trigger()
    assert todo.grid.model.rowCount() == 1
    qtbot.mouseClick(todo.toolbar.widgetForAction(act(todo, "含已销号")), Qt.MouseButton.LeftButton)
    assert todo.grid.model.rowCount() == 3


def test_a_reward_says_whom_it_honours(show: Show, demo_book: Book) -> None:
    screen: RecordScreen = show(rewards_screen, demo_book)
    begin(screen, reward__given="2026-12-1", reward__kind="嘉奖", reward__title="先进个人")
    assert "个人填“姓名”，集体填“单位”" in screen.form.wrong.text()
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    begin(screen, reward__unit="青石镇", reward__given="2026-12-1", reward__kind="嘉奖", reward__title="先进集体")
    assert demo_book.read(rows, "reward", title="先进集体")[0]["unit"] == 2


# 摸查、工作量


def test_a_new_survey_starts_from_the_last_one_and_its_cells_become_rows(show: Show, demo_book: Book) -> None:
    page: SurveyPage = show(survey_screen, demo_book)
    assert page.day == date(2026, 3, 12) and "W1 大塘镇" in page.found.text()
    with answer({"on": "2026-12-20"}):
        page.beginning.trigger()
    assert page.days.currentText() == "2026-12-20（未填）" and page.copying.isEnabled()
    stand_at(page.grid, "大塘镇", "survey_window.has_window")
    paste(page.grid, "是\t救助窗口\t1\t2")
    (made,) = demo_book.read(rows, "survey_window", as_of=date(2026, 12, 20))
    assert (made["unit"], made["has_window"], made["name"], made["windows"], made["staff"], made["computers"]) == (9, True, "救助窗口", 1, 2, None)
    page.desk.undo()
    assert demo_book.read(rows, "survey_window", as_of=date(2026, 12, 20)) == []
    page.copying.trigger()
    assert len(demo_book.read(rows, "survey_window", as_of=date(2026, 12, 20))) == 14
    stand_at(page.grid, "青石镇", "survey_window.has_window")
    with answer({"what": "打印机损坏", "due": "2027-1-31"}):
        page.asking.trigger()
    (problem,) = demo_book.read(rows, "problem", what="打印机损坏")
    assert (problem["unit"], problem["found_on"]) == (2, date(2026, 12, 20)) and text(page.grid, "青石镇", "problems") == "1"


def test_the_years_workload_is_typed_with_the_year_before_beside_it(show: Show, demo_book: Book) -> None:
    page: WorkloadPage = show(workload_screen, demo_book)
    page.go(1)
    assert text(page.grid, "青石镇", "accepted_before") == "94" and text(page.grid, "青石镇", "workload.accepted") == ""
    stand_at(page.grid, "青石镇", "workload.accepted")
    keys(page.grid, "101")
    (made,) = demo_book.read(rows, "workload", year=2027)
    assert (made["unit"], made["accepted"], made["visited"]) == (2, 101, None)
    stand_at(page.grid, "青石镇", "workload.accepted")
    QTest.keyClick(page.grid.view, Qt.Key.Key_Delete)
    assert demo_book.read(rows, "workload", year=2027) == []


# All of them


@pytest.mark.parametrize("make", NAMES, ids=lambda make: make.__name__)
def test_an_empty_book_is_explained_and_looking_changes_nothing(make: Callable[[Desk], Page], show: Show, empty_book: Book) -> None:
    before = empty_book.read(everything)
    page = show(make, empty_book)
    QTest.mouseMove(page, QPoint(20, 20))
    if isinstance(page, RecordScreen):
        assert page._stack.currentIndex() == 1 and "这里" in page.spec.purpose
    else:
        grid = page.listed()
        assert grid is not None and (grid.model.rowCount() == 3 or grid.view.nothing.startswith("还没有") or "请先在“人员”里登记" in grid.view.nothing)
    assert empty_book.read(everything) == before
