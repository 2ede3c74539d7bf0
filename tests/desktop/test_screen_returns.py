"""报表 over the demo county: the forms as printed, the people behind a figure, and the workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.screens.returns import ReturnsPage
from desktop.screens.sheet_view import SheetModel, speaks
from office.settings import set_parameter
from returns.grid import Role, Span

AS_OF = date(2026, 12, 31)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ReturnsPage:
    made = ReturnsPage(desk)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    made.refresh()
    laid(made, qtbot)
    return made


def laid(page: ReturnsPage, qtbot: QtBot) -> None:
    """Wait until the page has come to rest."""
    qtbot.waitUntil(page.strip.isHidden, timeout=30000)


def sheet(page: ReturnsPage, key: str) -> SheetModel:
    page.tabs.setCurrentIndex([page.tabs.tabText(at) for at in range(page.tabs.count())].index(key))
    model = page.sheet.model()
    assert isinstance(model, SheetModel)
    return model


def figure(model: SheetModel, line: str, column: int) -> tuple[QModelIndex, Span]:
    """The cell of a line (by the name in its first column) and a column from 0."""
    for at in range(model.rowCount()):
        first = model.span_at(model.index(at, 0))
        if first and first.role in (Role.BODY, Role.TOTAL) and first.text == line:
            found = model.index(at, column)
            span = model.span_at(found)
            assert span
            return found, span
    raise LookupError(line)


def behind(page: ReturnsPage) -> list[tuple[str, ...]]:
    table = page.behind.list
    texts = [[table.item(row, column) for column in range(3)] for row in range(table.rowCount())]
    return [tuple(item.text() if item else "" for item in row) for row in texts]


def test_the_forms_of_the_task_stand_in_tabs_and_look_as_printed(page: ReturnsPage) -> None:
    assert [page.tabs.tabText(at) for at in range(page.tabs.count())] == ["封面", "表1", "表2", "表3", "表4", "表6", "附表1", "附表2"]
    model = sheet(page, "表2")
    texts = {(at, column): model.data(model.index(at, column)) for at in range(model.rowCount()) for column in range(model.columnCount())}
    said = set(texts.values())
    assert {"社会救助经办服务人员配备情况表", "填报单位（盖章）：东岭县民政局", "实际配备人数", "应配备人数", "甲"} <= said
    lines = [model.span_at(model.index(at, 0)) for at in range(model.rowCount())]
    body = [span.text for span in lines if span and span.role in (Role.TOTAL, Role.BODY)]
    assert body[:3] == ["合计", "东岭县民政局", "青石镇"]


def test_merged_headings_are_merged_on_screen(page: ReturnsPage) -> None:
    model = sheet(page, "表2")
    spans = [span for span in page.shown.grids[2].spans if span.role in (Role.HEAD, Role.TITLE)] if page.shown else []
    wide = next(span for span in spans if span.text == "实际配备人数")
    assert page.sheet.columnSpan(wide.row - 1, wide.column - 1) == wide.columns > 5
    title = next(span for span in spans if span.role is Role.TITLE)
    assert page.sheet.columnSpan(title.row - 1, 0) == model.columnCount()


def test_the_findings_are_counted_above_and_lead_to_them(page: ReturnsPage, qtbot: QtBot) -> None:
    assert page.shown
    assert [button.text() for button in page.counts.values()] == ["强制性 0 条", "核实性 7 条", "提示 4 条"]
    assert not page.counts["hard"].isEnabled()
    with qtbot.waitSignal(page.see_findings) as signal:
        page.counts["soft"].click()
    assert signal.args == ["soft"]


def test_clicking_a_figure_names_the_people_it_counts(page: ReturnsPage, qtbot: QtBot) -> None:
    model = sheet(page, "表2")
    index, span = figure(model, "石桥镇", 6)
    assert span.text == "3"
    page.sheet.scrollTo(index)
    QTest.mouseClick(page.sheet.viewport(), Qt.MouseButton.LeftButton, pos=page.sheet.visualRect(index).center())
    assert page.behind.isVisible()
    assert page.behind.title.text() == "表2　石桥镇　第5栏 实际配备人数／合计：3\n3 人"
    assert [line[1:] for line in behind(page)] == [("石桥镇", "事业编制"), ("石桥镇", "劳务派遣"), ("石桥镇", "劳务派遣")]
    item = page.behind.list.item(1, 0)
    assert item
    with qtbot.waitSignal(page.open_record) as signal:
        page.behind.list.itemDoubleClicked.emit(item)
    facts = page.shown.laid.checked.facts if page.shown else None
    assert facts
    assert {one.person.id: one.person.name for one in facts.engagements}[signal.args[1]] == item.text()


def test_enter_on_a_figure_and_on_a_person_does_the_same(page: ReturnsPage, qtbot: QtBot) -> None:
    model = sheet(page, "表2")
    index, _ = figure(model, "石桥镇", 6)
    page.sheet.activated.emit(index)
    page.behind.list.setCurrentCell(0, 0)
    with qtbot.waitSignal(page.open_record):
        QTest.keyClick(page.behind.list, Qt.Key.Key_Return)


def test_a_figure_of_units_names_the_units(page: ReturnsPage) -> None:
    model = sheet(page, "表2")
    spans = [span for span in page.shown.grids[2].spans if speaks(span) and span.cell.units] if page.shown else []
    span = spans[0]
    page.sheet.clicked.emit(model.index(span.row - 1, span.column - 1))
    assert len(behind(page)) == len(span.cell.people) + len(span.cell.units)
    assert not page.behind.hint.isVisible() or span.cell.people


def test_a_heading_opens_nothing_and_another_form_closes_the_list(page: ReturnsPage) -> None:
    model = sheet(page, "表2")
    page.sheet.clicked.emit(model.index(0, 0))
    assert not page.behind.isVisible()
    index, _ = figure(model, "石桥镇", 6)
    page.sheet.clicked.emit(index)
    assert page.behind.isVisible()
    sheet(page, "表3")
    assert not page.behind.isVisible()


def test_the_tooltip_names_line_and_column(page: ReturnsPage) -> None:
    index, _ = figure(sheet(page, "表2"), "石桥镇", 4)
    assert str(index.data(Qt.ItemDataRole.ToolTipRole)).startswith("石桥镇　第3栏 应配备人数")


def test_numbers_stay_masked(page: ReturnsPage) -> None:
    model = sheet(page, "附表1")
    texts = [str(model.data(model.index(at, column)) or "") for at in range(model.rowCount()) for column in range(model.columnCount())]
    assert not any(text.startswith("449901") and len(text) == 18 and "*" not in text for text in texts)
    assert any("****" in text for text in texts)


def test_a_quarter_is_laid_with_its_own_end(page: ReturnsPage, qtbot: QtBot) -> None:
    page.kind.setCurrentText("季度")
    page.kind.activated.emit(page.kind.currentIndex())
    laid(page, qtbot)
    page.part.setCurrentIndex(2)
    page.part.activated.emit(2)
    laid(page, qtbot)
    assert page.shown
    period = page.shown.laid.checked.facts.period
    assert (period.label, period.as_of) == ("2026Q3", date(2026, 9, 30))


def test_an_as_of_date_is_typed_as_clerks_type_it(page: ReturnsPage, qtbot: QtBot) -> None:
    page.as_of.setText("20260630")
    page.as_of.left.emit()
    laid(page, qtbot)
    assert page.as_of.text() == "2026-06-30"
    assert page.shown
    assert page.shown.laid.checked.facts.period.as_of == date(2026, 6, 30)


@pytest.mark.parametrize(("text", "words"), [("六月", "六月"), ("2025-12-31", "早于报告期的第一天")])
def test_a_wrong_as_of_date_is_said(page: ReturnsPage, text: str, words: str) -> None:
    page.as_of.setText(text)
    page.as_of.left.emit()
    assert words in page.said.text()


def test_a_year_before_the_notice_is_said_and_makes_no_workbook(page: ReturnsPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.year.addItem("2018年")
    page.year.setCurrentText("2018年")
    page.year.activated.emit(0)
    laid(page, qtbot)
    assert "还没有可用的政策参数" in page.said.text()
    assert page.tabs.count() == 0
    page.make(tmp_path / "报表")
    assert not (tmp_path / "报表").exists()


def test_a_change_of_the_book_is_laid_again(page: ReturnsPage, desk: Desk, qtbot: QtBot) -> None:
    desk.changed.connect(page.refresh)
    desk.act(set_parameter, "staffing.boundary_mode", "就低", date(2026, 1, 1))
    desk.moved()
    laid(page, qtbot)
    assert page.shown
    assert page.shown.laid.checked.facts.parameters.boundary_mode == "就低"
    model = sheet(page, "表2")
    assert figure(model, "石桥镇", 4)[1].text == "2"  # 300 户, exactly on the edge


def test_the_workbook_is_written_and_named(page: ReturnsPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "报表"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    page.ask_where()
    laid(page, qtbot)
    (path,) = folder.iterdir()
    assert path.suffix == ".xlsx"
    assert path.name.startswith("449901东岭县民政局_")
    assert str(path) in page.result_words.text()
    assert page.result.isVisible()
    opened = Mock()
    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    page._open()
    page._open_folder()
    assert [Path(call.args[0].toLocalFile()) for call in opened.call_args_list] == [path, folder]


def test_a_folder_that_cannot_be_written_is_said(page: ReturnsPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "报表").write_text("这里是个文件", encoding="utf-8")
    page.make(tmp_path / "报表")
    laid(page, qtbot)
    assert "没有写出" in page.said.text()
    assert not page.result.isVisible()
    assert page._make.isEnabled()


def test_no_folder_chosen_writes_nothing(page: ReturnsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    page.ask_where()
    assert page.strip.isHidden()
    assert (page.desk.book.folder / "报表").is_dir()


def test_the_page_is_laid_out_in_the_smallest_window(page: ReturnsPage) -> None:
    assert page.minimumSizeHint().width() <= 843
    assert page.minimumSizeHint().height() <= 360


def test_closing_the_book_while_forms_are_laid_ends_quietly(page: ReturnsPage, desk: Desk, qtbot: QtBot) -> None:
    page.calculate()
    desk.close()
    laid(page, qtbot)
    page.calculate()
    laid(page, qtbot)
    assert "已停下" in page.said.text()
