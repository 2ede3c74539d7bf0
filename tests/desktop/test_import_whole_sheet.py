"""导入: a merged cell is asked about and filled in at the clerk's word; a file that is left is not kept."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFrame, QPushButton
from pytestqt.qtbot import QtBot

from desktop import worker
from desktop.desk import Desk
from desktop.screens.bring_in import BringInPage
from desktop.screens.import_next import ANSWERS
from office.imports.plan import NEW, WAITING
from tests.desktop.importing import ROSTER, bring, cell, newcomer, rested, shown, states


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Iterator[BringInPage]:
    yield shown(desk, qtbot)


def merged_roster(path: Path) -> Path:
    """Two newcomers whose schooling stands once, in a cell merged over both rows."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.worksheets[0]
    for line in (ROSTER, newcomer(1, 学历="大专"), newcomer(2, 学历=None)):
        sheet.append(line)
    sheet.merge_cells("G2:G3")
    book.save(path)
    return path


@pytest.mark.parametrize(("words", "second"), [("填入各行", "大专"), ("保持空白", "")])
def test_a_merged_cell_is_asked_about(page: BringInPage, qtbot: QtBot, tmp_path: Path, words: str, second: str) -> None:
    bring(page, qtbot, merged_roster(tmp_path / "花名册.xlsx"), "roster")
    preview = page.preview
    assert states(page) == [(2, NEW), (3, WAITING)] and "合并格" in preview.next.text()
    preview.there.click()
    assert preview.tabs.tabText(preview.tabs.currentIndex()) == f"{ANSWERS}（1）"
    card = preview.answers.questions.itemAt(0).widget()
    assert isinstance(card, QFrame)
    next(button for button in card.findChildren(QPushButton) if button.text() == words).click()
    assert states(page) == [(2, NEW), (3, NEW)] and preview.answers.questions.count() == 0
    assert cell(page, 1, "学历").data() == second, "what is filled in stands in the list"
    assert ("学历 大专" in preview.list.shown()[1].written) is bool(second)


@pytest.mark.parametrize("written", [True, False])
@pytest.mark.parametrize("much", [0, 1000])
def test_a_file_that_is_written_or_left_is_let_go(
    page: BringInPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bool, much: int
) -> None:
    monkeypatch.setattr(worker, "MUCH", much)
    bring(page, qtbot, merged_roster(tmp_path / "花名册.xlsx"), "roster")
    seen = page.preview.seen
    assert seen is not None
    plan, row = weakref.ref(seen), weakref.ref(seen.rows[0])
    del seen
    gone: list[bool] = []
    begin = threading.Thread.start

    def started(thread: threading.Thread) -> None:
        if thread.name == "free":
            gone.append(plan() is None and row() is not None)
        begin(thread)

    monkeypatch.setattr(threading.Thread, "start", started)
    (page.preview.keep if written else page.preview.drop).click()
    rested(page, qtbot)
    qtbot.waitUntil(lambda: row() is None)
    assert plan() is None, "neither the plan nor its rows are kept"
    assert gone == ([True] if much == 0 else []), "of many rows the last hold is the one that frees them bit by bit"
    assert page.preview.list.shown() == [] and page.stack.currentIndex() == 0
    bring(page, qtbot, merged_roster(tmp_path / "再.xlsx"), "roster")
    assert len(states(page)) == 2, "the next file is shown as ever"
