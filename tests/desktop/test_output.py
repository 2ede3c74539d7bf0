"""Printing and exporting what a list shows: pages, headings, sums, masks, and the workbook read back."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from pytestqt.qtbot import QtBot

from db.book import Book
from db.lists import pay as pay_lists
from db.lists.people import people
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.output import grid_sheet, print_preview
from desktop.page import Page
from desktop.printing import Print, pages, subtotal
from office.list_sheet import write_list
from office.make_returns import lay_in
from policy.clock import Clock
from policy.period import parse_period
from returns.grid import lay_out
from returns.sheet import Scope, Sheet

HEADING = ("东岭县民政局", "2026年12月", "单位：元")


@pytest.fixture
def listed(demo_book: Book, clock: Clock, qtbot: QtBot) -> Grid:
    """The roster as the screen shows it."""
    desk = Desk(demo_book, clock, date(2026, 12, 31))
    listing = desk.read(people, desk.as_of)
    grid = Grid(listing.columns, desk.commit(listing.columns), desk.today)
    qtbot.addWidget(grid)
    grid.set_rows(listing.rows)
    return grid


@pytest.fixture
def pay_sheet(demo_book: Book, clock: Clock, qtbot: QtBot) -> Sheet:
    listing = demo_book.read(pay_lists.pay_of_month, 2026, 12, date(2026, 12, 31))
    grid = Grid(listing.columns, lambda _edits, _name: None, clock.today)
    qtbot.addWidget(grid)
    grid.set_rows(listing.rows)
    return grid_sheet(grid, "工资", HEADING)


def test_the_sheet_has_the_columns_and_rows_on_screen_in_their_order(listed: Grid) -> None:
    listed.model.set_filter(3, "龙岗镇")
    sheet = grid_sheet(listed, "人员", HEADING)
    assert [column.label for column in sheet.columns][:4] == ["序号", "姓名", "性别", "身份证号"]
    assert "专业" not in [column.label for column in sheet.columns], "hidden on screen, hidden on paper"
    body = [row for row in sheet.rows if row.scope is not Scope.TOTAL]
    assert len(body) == listed.model.rowCount() == 6
    assert [row.cells[0].value for row in body] == [1, 2, 3, 4, 5, 6]


def test_numbers_are_masked_unless_they_are_shown_on_screen(listed: Grid) -> None:
    sheet = grid_sheet(listed, "人员", HEADING)
    assert all("********" in str(row.cells[3].value) for row in sheet.rows if row.scope is not Scope.TOTAL)
    listed.model.reveal(True)
    assert "********" not in str(grid_sheet(listed, "人员", HEADING).rows[0].cells[3].value)


def test_the_total_is_exact_and_follows_the_filter(listed: Grid, pay_sheet: Sheet) -> None:
    gross = next(at for at, column in enumerate(pay_sheet.columns) if column.label == "应发工资")
    body = [row for row in pay_sheet.rows if row.scope is not Scope.TOTAL]
    assert pay_sheet.rows[-1].scope is Scope.TOTAL
    assert pay_sheet.rows[-1].cells[gross].value == sum(int(str(row.cells[gross].value)) for row in body)


def test_the_workbook_says_what_the_screen_says(listed: Grid, tmp_path: Path) -> None:
    path = write_list(grid_sheet(listed, "人员", HEADING), tmp_path / "人员.xlsx", date(2026, 12, 31))
    rows = [row for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True) if row[0] == 26]  # type: ignore[union-attr]
    assert rows[0][1] == listed.model.row_at(25).values[0]
    names = [row[1] for row in openpyxl.load_workbook(path)["人员"].iter_rows(values_only=True)]
    for name in ("欧阳建华", "佘㙍明", "古丽·阿依夏木", "冼　静", "邝𬱖", "买买提·吾守尔·阿不都热合曼"):
        assert name in names


def test_pages_repeat_the_headings_and_end_with_their_own_sum(pay_sheet: Sheet) -> None:
    grid = lay_out(pay_sheet)
    cut = pages(pay_sheet, grid, 300)
    assert len(cut) > 3
    heads = tuple(range(grid.head_first, grid.head_last + 1))
    assert all(page.rows[: len(heads)] == heads for page in cut[1:])
    shown = [row for page in cut for row in page.rows if row > grid.head_last]
    assert shown == list(range(grid.head_last + 1, len(grid.heights) + 1)), "every line once, none lost"
    gross = next(at for at, column in enumerate(pay_sheet.columns) if column.label == "应发工资")
    parts = [subtotal(pay_sheet, page.subtotal)[gross].replace(",", "") for page in cut if page.subtotal]
    assert sum(round(float(part) * 100) for part in parts) == pay_sheet.rows[-1].cells[gross].value


def test_one_page_needs_no_subtotal(pay_sheet: Sheet) -> None:
    (page,) = pages(pay_sheet, lay_out(pay_sheet), 100000)
    assert page.subtotal == ()


def test_the_form_of_the_work_fund_stands_on_one_page(demo_book: Book, tmp_path: Path) -> None:
    """31 行次 with their notes: smaller, but no smaller than 小六; a list that would be smaller still is cut into pages."""
    laid = demo_book.read(lay_in, parse_period("2026"))
    count = {}
    for form in laid.sheets:
        made = Print(form, str(tmp_path / f"{form.key}.pdf"))
        count[form.key] = made.paint(made.printer)
    assert count["表4"] == count["综合表"] == count["表2"] == 1 < count["附表1"]


def test_it_prints_to_a_file_where_there_is_no_printer(pay_sheet: Sheet, tmp_path: Path, qtbot: QtBot) -> None:
    made = Print(pay_sheet, str(tmp_path / "工资.pdf"))
    assert made.paint(made.printer) >= 1
    assert (tmp_path / "工资.pdf").read_bytes().startswith(b"%PDF")
    dialog = Print(pay_sheet, str(tmp_path / "预览.pdf")).preview(None)
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "打印预览 — 工资"


def test_the_preview_still_paints_while_its_window_is_open(
    listed: Grid, demo_book: Book, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[int] = []
    monkeypatch.setattr(Print, "paint", lambda job, printer: painted.append(printer.resolution()))

    def run(dialog: QPrintPreviewDialog) -> int:
        gc.collect()
        dialog.paintRequested.emit(QPrinter())
        return 0

    monkeypatch.setattr(QPrintPreviewDialog, "exec", run)
    page = Page()
    qtbot.addWidget(page)
    monkeypatch.setattr(page, "listed", lambda: listed)
    print_preview(page, "人员", Desk(demo_book, clock, date(2026, 12, 31)), page)
    assert painted
