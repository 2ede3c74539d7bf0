"""报表 over the demo county: tasks, the forms as printed, what is behind a figure, and what is written."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from db import book as books
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.record.editors import ChoiceEditor
from desktop.screens.returns import ReturnsPage
from desktop.screens.sheet_view import speaks
from desktop.screens.task_questions import FIRST, LOOKS, offered_periods
from office.settings import set_parameter
from office.tasks import EMPTY, MONTHLY, QUARTERLY, SORT_OF, STAGES_2019, YEARLY, make_task
from policy.clock import Clock
from policy.period import SORTS, parse_period, sort_of
from returns.grid import Role
from returns.sheet import Measure
from tests.db.records import county
from tests.desktop.opened import answer
from tests.desktop.returning import at_rest, begin, behind, click, figure, opened, sheet, shown_page

AS_OF = date(2026, 12, 31)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ReturnsPage:
    """The return of 2026 of four forms, open."""
    return opened(desk, qtbot)


# Tasks


def test_an_empty_list_says_what_a_task_is_and_offers_the_yearly_one(desk: Desk, qtbot: QtBot) -> None:
    made = shown_page(desk, qtbot)
    assert made.first.isVisible()
    assert not made.at_desk()
    with answer({"period": "2026", "document": "东民函〔2026〕9号", "due": "20270115"}) as asked:
        QTest.mouseClick(made.first, Qt.MouseButton.LeftButton)
    at_rest(made, qtbot)
    assert "报告期" in asked[0]
    assert len(asked) == 1, asked
    assert made.at_desk()
    assert made.at.seen
    task = made.at.seen.draft.task
    assert (task.period, task.document, task.due) == ("2026", "东民函〔2026〕9号", date(2027, 1, 15))
    made.show_tasks()
    row = made.grid.model.row_at(0)
    assert row.values[:6] == ("基层社会救助经办服务能力落实情况报表", "2026", "东民函〔2026〕9号", date(2027, 1, 15), "编制中", 1)


@pytest.mark.parametrize(
    ("values", "words"),
    [({"period": "六月"}, "六月"), ({"period": "2026", "as_of": "2025-12-31"}, "早于报告期的第一天"), ({"period": "2026", "forms": ""}, "报表"), ({"name": ""}, "任务名称")],
)
def test_a_task_that_cannot_be_is_refused_in_the_question(desk: Desk, qtbot: QtBot, values: dict[str, str], words: str) -> None:
    made = shown_page(desk, qtbot)
    with answer(values) as asked:
        made.ask_new(YEARLY)
    assert words in asked[1]
    assert made.grid.model.rowCount() == 0


@pytest.mark.parametrize(
    ("template", "begins", "offers"),
    [
        (YEARLY, "2026年度", ("2026年度", "2025年度", "2024年度", "2023年度")),
        (QUARTERLY, "2026年第四季度", ("2026年第四季度", "2026年第三季度")),
        (MONTHLY, "2026年12月", ("2026年12月", "2026年11月")),
        (STAGES_2019, "2019年度", ("2019年度",)),
        (EMPTY, "2026年度", ("2026年度", "2025年度")),
    ],
)
def test_the_periods_offered_follow_the_template(template: str, begins: str, offers: tuple[str, ...], desk: Desk, qtbot: QtBot) -> None:
    made, seen = shown_page(desk, qtbot), []

    def look() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, Ask)
        editor = question.editors["period"]
        assert isinstance(editor, ChoiceEditor)
        seen.append((editor.text(), editor.words()))
        question.reject()

    QTimer.singleShot(0, look)
    made.ask_new(template)
    assert seen[0][0] == begins and seen[0][1][: len(offers)] == offers
    sorts = {sort_of(parse_period(label)) for label in offered_periods(AS_OF, SORT_OF.get(template, ""))}
    assert sorts == ({SORT_OF[template]} if template in SORT_OF else set(SORTS))


def test_a_month_is_chosen_in_words_and_changed_later(desk: Desk, qtbot: QtBot) -> None:
    made = shown_page(desk, qtbot)
    with answer({"period": "2026年11月"}):
        made.ask_new(MONTHLY)
    at_rest(made, qtbot)
    assert made.at.seen and made.at.seen.draft.task.period == "2026-11"
    made.show_tasks()
    with answer({"period": "2026年10月"}):
        made.ask_change(FIRST, "修改任务")
    assert made.grid.model.row_at(0).values[1] == "2026-10"


def test_a_period_before_the_notice_is_said_and_no_return_opens(desk: Desk, qtbot: QtBot) -> None:
    made = shown_page(desk, qtbot)
    with answer({"period": "2018"}):
        made.ask_new(YEARLY)
    at_rest(made, qtbot)
    assert "还没有可用的政策参数" in made.at.said.text()
    assert made.at.seen is None


def test_a_quarter_is_laid_with_its_own_end(desk: Desk, qtbot: QtBot) -> None:
    made = shown_page(desk, qtbot)
    with answer({"period": "2026Q3", "forms": "封面、表2"}):
        made.ask_new(YEARLY)
    at_rest(made, qtbot)
    assert made.at.seen
    period = made.at.seen.draft.facts.period
    assert (period.label, period.as_of) == ("2026Q3", date(2026, 9, 30))
    assert [made.at.tabs.tabText(at) for at in range(made.at.tabs.count())] == ["封面", "表2"]


def test_a_late_task_is_marked_and_enter_opens_it(desk: Desk, qtbot: QtBot) -> None:
    make_task(desk.book, YEARLY, "2025", due=date(2026, 1, 20), forms=("表2",))
    make_task(desk.book, YEARLY, "2026", due=date(2027, 1, 20), forms=("表2",))
    made = shown_page(desk, qtbot)
    marks = [made.grid.model.row_at(at).marks for at in range(2)]
    assert not marks[0]
    assert "2026-01-20" in marks[1]["report_task.due"]
    made.grid.view.go(1, 0)
    QTest.keyClick(made.grid.view, Qt.Key.Key_Return)
    at_rest(made, qtbot)
    assert made.at.seen
    assert made.at.seen.draft.task.period == "2025"


def test_a_task_goes_out_as_a_file_and_comes_in_to_another_book(desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    make_task(desk.book, YEARLY, "2026", document="岭民函〔2026〕3号", forms=("封面", "表2"))
    made = shown_page(desk, qtbot)
    file = tmp_path / "任务.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    made.ask_export()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    with books.open_book(books.create(tmp_path, "石桥县", "0.1.0"), clock, "陈志强") as there:
        there.act("新建", county())
        other = shown_page(Desk(there, clock, AS_OF), qtbot)
        other.ask_import()
        assert other.grid.model.row_at(0).values[2] == "岭民函〔2026〕3号"
        other.ask_import()
        assert "已有 2026 的任务" in other.wrong.text()


def test_a_change_of_a_task_is_laid_at_once(page: ReturnsPage, qtbot: QtBot) -> None:
    page.show_tasks()
    with answer({"form_numbers": "表2=民救2表", "authority": "岭东市民政局"}):
        page.ask_change(("authority", "form_numbers"), "表头和要求")
    page.open_chosen()
    at_rest(page, qtbot)
    model = sheet(page, "表2")
    said = {model.data(model.index(row, column)) for row in range(4) for column in range(model.columnCount())}
    assert {"表号：民救2表", "制定机关：岭东市民政局"} <= said


def test_the_decimals_of_money_are_the_tasks(page: ReturnsPage, qtbot: QtBot) -> None:
    page.show_tasks()
    with answer({"wan_decimals": "0"}) as said:
        page.ask_change(LOOKS, "版式")
    assert "请填 2 或 1" in said[-1]
    with answer({"yuan_decimals": "0", "wan_decimals": "1"}) as said:
        page.ask_change(LOOKS, "版式")
    assert "最后修改：李晓敏　2026-12-31 09:00" in said[0]
    page.open_chosen()
    at_rest(page, qtbot)
    form = next(one for one in page.at.seen.draft.sheets if one.key == "表3")  # type: ignore[union-attr]
    assert {Measure.YUAN_WHOLE, Measure.WAN_TENTH} <= {column.measure for column in form.columns}
    model = sheet(page, "表3")
    money = {at for at, column in enumerate(form.columns) if column.measure is Measure.WAN_TENTH}
    shown = {str(model.data(model.index(row, column))) for row in range(model.rowCount()) for column in money}
    assert any(re.fullmatch(r"[\d,]+\.\d", text) for text in shown) and not any(re.fullmatch(r"[\d,]+\.\d\d", text) for text in shown)


# The forms


def test_the_forms_of_the_task_stand_in_tabs_and_look_as_printed(page: ReturnsPage) -> None:
    assert [page.at.tabs.tabText(at) for at in range(page.at.tabs.count())] == ["封面", "表1", "表2", "表3"]
    model = sheet(page, "表2")
    texts = {model.data(model.index(at, column)) for at in range(model.rowCount()) for column in range(model.columnCount())}
    assert {"社会救助经办服务人员配备情况表", "填报单位（盖章）：东岭县民政局", "实际配备人数", "应配备人数", "甲"} <= texts
    lines = [model.span_at(model.index(at, 0)) for at in range(model.rowCount())]
    body = [span.text for span in lines if span and span.role in (Role.TOTAL, Role.BODY)]
    assert body[:3] == ["合计", "东岭县民政局", "青石镇"]


def test_merged_headings_are_merged_on_screen(page: ReturnsPage) -> None:
    model = sheet(page, "表2")
    assert page.at.seen
    spans = [span for span in page.at.seen.grids[2].spans if span.role in (Role.HEAD, Role.TITLE)]
    wide = next(span for span in spans if span.text == "实际配备人数")
    assert page.at.sheet.columnSpan(wide.row - 1, wide.column - 1) == wide.columns > 5
    title = next(span for span in spans if span.role is Role.TITLE)
    assert page.at.sheet.columnSpan(title.row - 1, 0) == model.columnCount()


def test_clicking_a_figure_names_the_people_it_counts(page: ReturnsPage, qtbot: QtBot) -> None:
    index, span = figure(sheet(page, "表2"), "石桥镇", 6)
    assert span.text == "3"
    click(page, index)
    assert page.at.behind.isVisible()
    assert page.at.behind.title.text() == "表2　石桥镇　第5栏 实际配备人数／合计：3\n3 人"
    assert [line[1:] for line in behind(page)] == [("石桥镇", "事业编制"), ("石桥镇", "劳务派遣"), ("石桥镇", "劳务派遣")]
    item = page.at.behind.list.item(1, 0)
    assert item
    with qtbot.waitSignal(page.open_record) as signal:
        page.at.behind.list.itemDoubleClicked.emit(item)
    assert page.at.seen
    facts = page.at.seen.draft.facts
    assert signal.args[0] == "person"
    assert {one.person.id: one.person.name for one in facts.engagements}[signal.args[1]] == item.text()


def test_the_formula_and_the_figures_in_it_stand_beside_the_people(page: ReturnsPage) -> None:
    index, _ = figure(sheet(page, "表2"), "石桥镇", 6)
    click(page, index)
    said = page.at.behind.story.toPlainText().splitlines()
    assert said[0].startswith("算式：5=6+9+12（第6栏 1，第9栏 2，第12栏 0")
    assert any(line.startswith("审核 2-H3") and line.endswith("相符") for line in said)


def test_enter_on_a_figure_and_on_a_person_does_the_same(page: ReturnsPage, qtbot: QtBot) -> None:
    index, _ = figure(sheet(page, "表2"), "石桥镇", 6)
    page.at.sheet.setCurrentIndex(index)
    QTest.keyClick(page.at.sheet, Qt.Key.Key_Return)
    page.at.behind.list.setCurrentCell(0, 0)
    with qtbot.waitSignal(page.open_record):
        QTest.keyClick(page.at.behind.list, Qt.Key.Key_Return)


def test_a_figure_of_units_names_the_units_and_a_double_click_opens_the_only_one(page: ReturnsPage, qtbot: QtBot) -> None:
    model = sheet(page, "表2")
    assert page.at.seen
    span = next(one for one in page.at.seen.grids[2].spans if speaks(one) and len(one.cell.units) == 1 and not one.cell.people)
    index = model.index(span.row - 1, span.column - 1)
    with qtbot.waitSignal(page.open_record) as signal:
        page.at.sheet.doubleClicked.emit(index)
    assert signal.args == ["unit", span.cell.units[0]]


def test_a_figure_of_contracts_names_and_opens_them(desk: Desk, qtbot: QtBot) -> None:
    page = opened(desk, qtbot, forms=("表6",))
    sheet(page, "表6")
    assert page.at.seen
    span = next(one for one in page.at.seen.grids[0].spans if one.role is Role.BODY and len(one.cell.contracts) == 1 and not one.cell.people)
    number = span.cell.contracts[0]
    assert speaks(span)
    click(page, page.at.sheet.model().index(span.row - 1, span.column - 1))
    assert behind(page)[0][0].startswith(next(one.no for one in page.at.seen.draft.facts.contracts if one.id == number))
    with qtbot.waitSignal(page.open_record) as signal:
        page.at.behind.list.itemDoubleClicked.emit(page.at.behind.list.item(0, 0))
    assert signal.args == ["purchase_contract", number]


def test_a_heading_opens_nothing_and_another_form_closes_the_list(page: ReturnsPage) -> None:
    model = sheet(page, "表2")
    page.at.sheet.clicked.emit(model.index(0, 0))
    assert not page.at.behind.isVisible()
    index, _ = figure(model, "石桥镇", 6)
    page.at.sheet.clicked.emit(index)
    assert page.at.behind.isVisible()
    sheet(page, "表3")
    assert not page.at.behind.isVisible()


def test_the_tooltip_names_line_and_column(page: ReturnsPage) -> None:
    index, _ = figure(sheet(page, "表2"), "石桥镇", 4)
    assert str(index.data(Qt.ItemDataRole.ToolTipRole)).startswith("石桥镇　第3栏 应配备人数")


def test_numbers_stay_masked(desk: Desk, qtbot: QtBot) -> None:
    model = sheet(opened(desk, qtbot, forms=("附表1",)), "附表1")
    texts = [str(model.data(model.index(at, column)) or "") for at in range(model.rowCount()) for column in range(model.columnCount())]
    assert not any(text.startswith("449901") and len(text) == 18 and "*" not in text for text in texts)
    assert any("****" in text for text in texts)


def test_a_change_of_the_book_is_laid_again(page: ReturnsPage, desk: Desk, qtbot: QtBot) -> None:
    desk.act(set_parameter, "staffing.boundary_mode", "就低", date(2026, 1, 1))
    at_rest(page, qtbot)
    assert page.at.seen
    assert page.at.seen.draft.facts.parameters.boundary_mode == "就低"
    assert figure(sheet(page, "表2"), "石桥镇", 4)[1].text == "2"  # 300 户, exactly on the edge


# What is written


def test_the_workbook_is_written_and_named(page: ReturnsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "报表"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    with answer({"content": "带公式", "public": "是", "charts": "是"}):
        page.acts.workbook()
    at_rest(page, qtbot)
    (path,) = folder.iterdir()
    assert path.name.startswith("449901东岭县民政局_")
    assert path.name.endswith("（公开版、带公式、带图表）.xlsx")
    assert str(path) in page.at.written.words.text()
    assert page.at.written.isVisible()
    show = Mock()
    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    page.at.written.open()
    page.at.written.open_folder()
    assert [Path(call.args[0].toLocalFile()) for call in show.call_args_list] == [path, folder]


def test_every_form_goes_into_one_pdf(page: ReturnsPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.acts.write_pdf(tmp_path / "报表.pdf")
    at_rest(page, qtbot)
    content = (tmp_path / "报表.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") >= 4
    assert not list(tmp_path.glob("*.tmp*"))


def test_a_folder_that_cannot_be_written_is_said(page: ReturnsPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "报表").write_text("这里是个文件", encoding="utf-8")
    page.acts.write_workbook(tmp_path / "报表")
    at_rest(page, qtbot)
    assert "没有写出" in page.at.said.text()
    assert not page.at.written.isVisible()
    assert page.workbook.isEnabled()


def test_no_folder_chosen_writes_nothing(page: ReturnsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    with answer({}):
        page.acts.workbook()
    assert page.at.strip.isHidden()
    assert not list((page.desk.book.folder / "报表").iterdir())


def test_the_page_is_laid_out_in_the_smallest_window(page: ReturnsPage) -> None:
    assert page.minimumSizeHint().width() <= 843
    assert page.minimumSizeHint().height() <= 360


def test_closing_the_book_while_forms_are_laid_ends_quietly(page: ReturnsPage, desk: Desk, qtbot: QtBot) -> None:
    page.at.calculate()
    desk.close()
    at_rest(page, qtbot)
    page.at.calculate()
    at_rest(page, qtbot)
    assert "已停下" in page.at.said.text()


def test_leaving_and_coming_back_keeps_the_return_in_front(page: ReturnsPage, qtbot: QtBot) -> None:
    page.back.trigger()
    assert not page.at_desk()
    begin(page, qtbot)
    assert page.at_desk()
    assert page.printed()
    assert page.listed() is None


def test_heading_and_names_stay_in_sight_when_the_form_is_scrolled(page: ReturnsPage) -> None:
    page.at.below.hide()
    model = sheet(page, "表2")
    view = page.at.sheet
    index, _ = figure(model, "城关街道", 20)
    QApplication.processEvents()
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    QApplication.processEvents()
    names = view.still.names
    assert names.isVisible()
    name, _ = figure(model, "城关街道", 0)
    view.scrollTo(index)
    assert names.visualRect(name).top() + names.y() == view.visualRect(index).top() + view.viewport().y()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    assert view.still.heading.isVisible()
    view.verticalScrollBar().setValue(0)
    view.horizontalScrollBar().setValue(0)
    assert not view.still.heading.isVisible()
    assert not names.isVisible()
