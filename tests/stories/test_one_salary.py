"""One salary from a keystroke in the grid to the workbook that goes up, and back by undo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from db import diary
from db.book import Book
from desktop.desk import Desk
from desktop.frame import Entry, Frame
from desktop.screens.pay import PayPage
from office.make_returns import make_returns
from policy.clock import Clock
from policy.period import parse_period

pytestmark = pytest.mark.story

PERIOD = parse_period("2026")


def paid(path: Path, name: str) -> float:
    """A person's 应发 on 附表2, as the workbook says it."""
    for row in openpyxl.load_workbook(path)["附表2"].iter_rows(values_only=True):
        if name in row:
            return float(next(value for value in row[4:] if isinstance(value, int | float)))
    raise AssertionError(name)


def total(path: Path) -> float:
    """合计 of 应发工资总额 (栏次 9) on 表3."""
    rows = list(openpyxl.load_workbook(path)["表3"].iter_rows(values_only=True))
    marks = next(row for row in rows if row[0] == "甲")
    line = next(row for row in rows if row[0] == "合计")
    return float(line[[str(mark) for mark in marks].index("9")])


def test_a_keystroke_reaches_the_workbook_and_undo_takes_it_back(demo_book: Book, clock: Clock, tmp_path: Path, qtbot: QtBot) -> None:
    desk = Desk(demo_book, clock, date(2026, 5, 31))
    frame = Frame([Entry("工资", "money", lambda: PayPage(desk))], [], desk.as_of, desk.today)
    qtbot.addWidget(frame)
    desk.changed.connect(frame.refresh)
    frame.show()
    page = frame.go(0)
    assert isinstance(page, PayPage)
    with qtbot.waitSignal(desk.checked, timeout=10000):
        desk.moved()
    before = make_returns(demo_book, PERIOD, tmp_path / "before", clock.today())

    # Into the cell 基本工资 of the first person: full-width digits with a comma, as an input method gives them.
    base = next(at for at, column in enumerate(page.grid.model.columns) if column.column == "base")
    view = page.grid.view
    view.go(0, base)
    name = page.grid.model.row_at(0).values[0]
    assert name == "张伟文"
    assert page.grid.model.row_at(0).values[base] == 322865
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = view.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    editor.insert("６，０００")
    with qtbot.waitSignal(desk.changed, timeout=5000):
        qtbot.keyClick(editor, Qt.Key.Key_Return)

    # The book has it, the diary says who and what, 应发 is computed anew, the screen shows it.
    act = demo_book.acts()[-1]
    assert (act.name, act.who, act.lines) == ("修改基本工资", "李晓敏", 1)
    (line,) = demo_book.read(diary.lines, act.number)
    assert line.table == "pay_month" and line.before is not None and line.after is not None
    assert (line.before["base"], line.after["base"]) == (322865, 600000)
    gross = next(at for at, column in enumerate(page.grid.model.columns) if column.id == "pay_month.gross")
    shown = page.grid.model.row_at(0)
    assert shown.values[gross] == 416600 + 600000 - 322865
    assert demo_book.verify() == []

    # The return says 2,771.35 元 more, for the person and in the total; everything else stands.
    after = make_returns(demo_book, PERIOD, tmp_path / "after", clock.today())
    assert round(paid(after, name) - paid(before, name), 2) == 2771.35
    assert round(total(after) - total(before), 2) == 2771.35

    # Undo names what it takes back, and the workbook is as it was.
    assert desk.undo() == "修改基本工资"
    assert page.grid.model.row_at(0).values[base] == 322865
    again = make_returns(demo_book, PERIOD, tmp_path / "again", clock.today())
    assert contents(again) == contents(before)
    assert desk.redo() == "修改基本工资"
    assert page.grid.model.row_at(0).values[base] == 600000
    assert demo_book.verify() == []
    with qtbot.waitSignal(desk.checked, timeout=10000):
        desk.moved()


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every cell of every sheet."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in openpyxl.load_workbook(path).worksheets}
