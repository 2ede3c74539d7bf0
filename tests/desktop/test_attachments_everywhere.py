"""附件 on any record: the tab of every record's screen, and a window for the rows of every other list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from db.book import Book
from db.rows import rows
from desktop.grid import Grid
from desktop.page import Page
from desktop.record.dropping import DropBox
from desktop.record.screen import RecordScreen
from desktop.screens.attachments import AttachmentsWindow
from desktop.screens.settlement import SettlementPage
from desktop.window import SHOWN_ON, Window
from office.contracts import add_contract
from policy.clock import Clock
from tests.desktop.opened import opened


@pytest.fixture
def window(demo_book: Book, clock: Clock, qtbot: QtBot) -> Iterator[Window]:
    made = opened(qtbot, demo_book, clock)
    yield made
    made.frame.hide()
    made.desk.close()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    made = tmp_path / "扫描件.pdf"
    made.write_bytes(b"%PDF /Type /Page " * 9)
    return made


def drop(target: DropBox, path: Path) -> None:
    """What Explorer does: enters with the file, then lets go."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    place, copy, left, none = QPointF(60, 60), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(place.toPoint(), copy, mime, left, none))
    QApplication.sendEvent(target, QDropEvent(place, copy, mime, left, none))


def files(window: Window) -> list[tuple[str, int]]:
    """(table, record) of every 附件, the oldest first."""
    return [(one["owner"], one["record"]) for one in window.desk.read(rows, "attachment")]


def titles(screen: RecordScreen) -> list[str]:
    return [screen.tabs.tabText(at).partition(" ")[0] for at in range(screen.tabs.count())]


def test_every_record_screen_has_the_tab_and_keeps_what_is_dropped_on_it(window: Window, scan: Path, qtbot: QtBot) -> None:
    tables = {words: table for table, words in SHOWN_ON.items()}
    seen = 0
    for words in window.places:
        page = window.go(words)
        if not isinstance(page, RecordScreen):
            continue
        assert "附件" in titles(page), words
        page.tabs.setCurrentIndex(titles(page).index("附件"))
        if not page.grid.model.rowCount():
            continue
        page.grid.view.go(0, page.grid.view.shown_columns()[0])
        QTest.qWait(20)
        assert page.row is not None, words
        table = tables.get(words, "hiring_plan")
        box = page.tabs.currentWidget()
        assert isinstance(box, DropBox)
        before = len(files(window))
        drop(box, scan)
        assert files(window)[before:] == [(table, page.row.keys[table][0])], words
        assert scan.name in [box.grid.model.row_at(at).values[0] for at in range(box.grid.model.rowCount())]
        seen += 1
    assert seen >= 15


def attaching(grid: Grid) -> QAction:
    return next(one for one in grid.view.actions() if one.text() == "附件…")


def stand(grid: Grid, qtbot: QtBot) -> QAction:
    grid.view.go(0, grid.view.shown_columns()[0])
    QTest.qWait(20)
    assert grid.view.current_row() is not None
    return attaching(grid)


def in_its_window(action: QAction, do: object) -> None:
    """Chooses 附件…, does something in the window that comes up, and closes it."""
    seen: list[AttachmentsWindow] = []
    timer = QTimer(interval=5)

    def go() -> None:
        shown = QApplication.activeModalWidget()
        if isinstance(shown, AttachmentsWindow):
            timer.stop()
            seen.append(shown)
            do(shown)  # type: ignore[operator]
            shown.reject()

    timer.timeout.connect(go)
    timer.start()
    action.trigger()
    timer.stop()
    assert seen, "no window came up"


LISTS = [
    ("服务采购合同", "付款", "contract_payment"), ("经费文件", "经费明细", "fund_line"),
    ("机构与应配", "救助对象户数", "caseload"), ("人员", "派驻记录", "assignment"),
]  # fmt: skip


def test_rows_of_a_records_own_lists_have_files_too(
    window: Window, scan: Path, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_files: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened_files.append(Path(url.toLocalFile()).name))
    target = tmp_path / "导出"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))

    def use(shown: AttachmentsWindow) -> None:
        drop(shown.box, scan)
        assert shown.grid.model.rowCount() == 1
        shown.grid.view.go(0, 0)
        QTest.mouseClick(shown.box.buttons["打开"], Qt.MouseButton.LeftButton)
        QTest.mouseClick(shown.box.buttons["导出…"], Qt.MouseButton.LeftButton)

    for words, tab, table in LISTS:
        grid = standing_in(window, words, tab)
        action = stand(grid, qtbot)
        row = grid.view.current_row()
        assert row is not None and action.isEnabled(), tab
        before = len(files(window))
        in_its_window(action, use)
        assert files(window)[before:] == [(table, row.keys[table][0])]
    assert opened_files == [scan.name] * len(LISTS)
    assert not stand(standing_in(window, "服务采购合同", "用工单位"), qtbot).isEnabled(), "ticked anew as a whole: the scan belongs on the contract"
    assert [one.read_bytes() for one in target.iterdir()] == [scan.read_bytes()] * len(LISTS)


def standing_in(window: Window, words: str, tab: str) -> Grid:
    """A tab's list, on the first record that has something in it."""
    page = window.go(words)
    assert isinstance(page, RecordScreen)
    page.tabs.setCurrentIndex(titles(page).index(tab))
    grid = page.tab_grids[page.tabs.currentIndex() - 1]
    for place in range(page.grid.model.rowCount()):
        page.grid.view.go(place, page.grid.view.shown_columns()[0])
        QTest.qWait(20)
        if grid.model.rowCount():
            break
    return grid


def test_somebodys_pay_of_a_month_has_files_by_key(window: Window, scan: Path, qtbot: QtBot) -> None:
    page = window.go("工资核对")
    (grid,) = page.records()
    stand(grid, qtbot)
    row = grid.view.current_row()
    assert row is not None
    year, engagement, month = row.keys["pay_month"]
    grid.view.setFocus()
    before = len(files(window))
    in_its_window(attaching(grid), lambda shown: drop(shown.box, scan))
    assert files(window)[before:] == [("pay_month", engagement * 1_000_000 + year * 100 + month)]
    assert "附件…" in [one.text() for one in grid.view.actions()] and attaching(grid).shortcut().toString() == "Ctrl+Shift+A"


def test_a_figure_or_a_finding_is_no_record(window: Window, qtbot: QtBot) -> None:
    page = window.go("核查")
    qtbot.waitUntil(lambda: window.desk.check is not None and not window.desk.checking, timeout=20000)
    (grid,) = page.records()
    assert not stand(grid, qtbot).isEnabled()


def settlement(window: Window) -> SettlementPage:
    page: Page = window.go("月度结算")
    assert isinstance(page, SettlementPage)
    return page


def test_a_month_takes_files_before_any_paper_was_written_down_in_one_act(window: Window, scan: Path) -> None:
    page = settlement(window)
    said = {"no": "DL-9", "name": "新合同", "kind": "劳务派遣", "procured_as": "其他", "start": date(2026, 1, 1), "end": date(2026, 12, 31)}
    page.show_month(window.desk.act(add_contract, said)["purchase_contract"][0], 202603)
    page.tabs.setCurrentWidget(page.dropped)
    before = len(files(window))
    drop(page.dropped, scan)
    shown = page.shown()
    assert shown is not None and files(window)[before:] == [("settlement", shown[1].settlement.id)]
    assert page.tabs.tabText(page.tabs.indexOf(page.dropped)) == "附件 (1)"
    assert window.desk.undo().startswith("添加附件 扫描件.pdf")
    shown = page.shown()
    assert shown is not None and shown[1].settlement.id is None and len(files(window)) == before
