"""导入: blank templates, the townships' collection sheets out and back, and the batches."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from db.book import Book
from db.change import Change
from db.rows import rows
from desktop.desk import Desk
from desktop.frame import SMALLEST
from desktop.screens import bring_in
from desktop.screens.bring_in import BringInPage
from desktop.screens.import_batches import COLUMNS
from office.collection import collect
from office.import_file import commit
from office.imports import GROUPS, KINDS
from policy.clock import Clock
from tests.desktop.importing import ROSTER, bring, newcomer, rested, shown, workbook

DAY = date(2026, 12, 31)
MONTH = 202612


@pytest.fixture
def desk(demo_book: Book, clock: Clock) -> Iterator[Desk]:
    made = Desk(demo_book, clock, DAY)
    yield made
    made.close()


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> BringInPage:
    return shown(desk, qtbot)


@pytest.fixture
def answers(desk: Desk, tmp_path: Path) -> Path:
    """A folder with the sheets of two of the thirteen townships; one of them filled in whole."""
    folder = tmp_path / "收回"
    paths = collect(desk.book, MONTH, folder, DAY)
    for path in paths[2:]:
        path.unlink()
    fill(paths[0])
    return folder


def fill(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for number in range(7, book["户数"].max_row + 1):
        book["户数"].cell(number, 2).value = 7
    days = next(cell.column for cell in book["出勤"][3] if cell.value == "出勤天数")
    for number in range(4, book["出勤"].max_row + 1):
        if book["出勤"].cell(number, 1).value:
            book["出勤"].cell(number, days).value = 22
    book.save(path)


def told(page: BringInPage) -> list[str]:
    return [page.folder.towns.item(at).text() for at in range(page.folder.towns.count())]


def test_a_template_is_saved_for_the_chosen_kind(page: BringInPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "发下去.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.start.choose_kind("roster")
    page.start.template.click()
    rested(page, qtbot)
    assert "模板已存为" in page.start.words.text()
    assert openpyxl.load_workbook(target, read_only=True).sheetnames[:2] == ["人员花名册", "填表说明"]
    page.start.choose_kind("provider")
    page.start.template.click()
    rested(page, qtbot)
    assert openpyxl.load_workbook(target, read_only=True).sheetnames[0] == "承接主体工资表"


def test_collection_sheets_are_made_into_a_folder_of_their_own_and_never_over_others(
    page: BringInPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    page.start.month.setText("202611")
    page.start.collect.click()
    rested(page, qtbot)
    folder = tmp_path / "2026-11采集表"
    assert "13 个乡镇" in page.start.words.text()
    made = sorted(folder.iterdir())
    assert len(made) == 13
    made[0].write_bytes(b"filled in")
    page.start.collect.click()
    assert page.strip.isHidden()
    assert "为免盖掉" in page.start.words.text()
    assert made[0].read_bytes() == b"filled in"


@pytest.mark.parametrize("month", ["", "十三月"])
def test_without_a_month_no_sheet_is_made(page: BringInPage, month: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: pytest.fail("asked for a folder"))
    page.start.month.setText(month)
    page.start.collect.click()
    assert "月" in page.start.words.text()
    assert page.start.words.objectName() == "wrong"


def test_a_folder_comes_back_with_who_has_not_answered(page: BringInPage, qtbot: QtBot, answers: Path, desk: Desk) -> None:
    (answers / "照片.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    page.read_folder(answers)
    rested(page, qtbot)
    assert page.stack.currentIndex() == 2
    assert "收到 2 份，没有交 11 份" in page.folder.title.text()
    assert sum("没有交" in line for line in told(page)) == 11
    assert any("照片.xlsx" in line for line in told(page))
    assert "处问题" in page.folder.next.text()
    before = len(desk.book.acts())
    lines = page.folder.list.shown()
    assert {line.place[1] for line in lines} == {"户数", "出勤"}
    page.folder.keep.click()
    rested(page, qtbot)
    assert len(desk.book.acts()) == before + 1
    assert "已导入 2 份采集表" in page.start.words.text() and "还没有交的：" in page.start.words.text()
    assert page.batches.model.rowCount() == 2
    desk.undo()
    assert {page.batches.model.row_at(at).values[8] for at in range(2)} == {"已撤回"}


def test_a_mended_folder_is_read_again_or_left(page: BringInPage, qtbot: QtBot, answers: Path) -> None:
    page.read_folder(answers)
    rested(page, qtbot)
    first = len(told(page))
    for path in answers.iterdir():
        fill(path)
    page.folder.retry.click()
    rested(page, qtbot)
    assert len(told(page)) < first, "the second township's households are there now"
    assert "还有 11 个乡镇没有交" in page.folder.next.text()
    page.folder.drop.click()
    assert page.stack.currentIndex() == 0 and page.start.words.text() == ""


def test_a_folder_without_sheets_is_refused_in_words(page: BringInPage, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "空"
    folder.mkdir()
    page.read_folder(folder)
    rested(page, qtbot)
    assert page.stack.currentIndex() == 0
    assert "没有可用的采集表" in page.start.words.text()


def test_a_dropped_folder_is_one_of_collection_sheets(page: BringInPage, qtbot: QtBot, answers: Path) -> None:
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(answers))])
    page.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier))
    rested(page, qtbot)
    assert page.stack.currentIndex() == 2


def test_a_batch_shows_its_fingerprint_and_names_what_stands_in_its_way(page: BringInPage, qtbot: QtBot, tmp_path: Path, desk: Desk) -> None:
    bring(page, qtbot, workbook(tmp_path / "花名册.xlsx", ("花名册", [ROSTER, newcomer(1)])), "roster")
    assert page.preview.seen is not None
    sha256 = page.preview.seen.workbook.sha256
    page.preview.keep.click()
    rested(page, qtbot)
    at = [column.id for column in COLUMNS].index("sha256")
    assert page.batches.model.row_at(0).values[at] == sha256
    newest = desk.read(rows, "person")[-1]
    desk.act(lambda book: book.act("改电话", [Change("person", (newest["id"],), {"phone": None}, {"phone": "13800000000"})]))
    page.batches.view.setCurrentIndex(page.batches.model.index(0, 0))
    page.take_back()
    rested(page, qtbot)
    assert "没有撤回" in page.start.words.text()
    assert newest["name"] in page.start.words.text()


def test_writing_can_be_cancelled_and_leaves_nothing(
    page: BringInPage, qtbot: QtBot, tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Event()

    def late(*given: Any) -> int | None:
        assert stopped.wait(30)
        return commit(*given)

    monkeypatch.setattr(bring_in, "commit", late)
    bring(page, qtbot, workbook(tmp_path / "花名册.xlsx", ("花名册", [ROSTER, *(newcomer(at) for at in range(1, 60))])), "roster")
    before = len(desk.book.acts())
    people = len(desk.read(rows, "person"))
    page.write()
    assert not page.stack.isEnabled(), "the preview is at rest while it is written"
    page.strip.stop.click()
    stopped.set()
    rested(page, qtbot)
    assert "没有写入任何内容" in page.preview.wrong.text()
    assert (len(desk.book.acts()), len(desk.read(rows, "person"))) == (before, people)
    assert page.preview.isEnabled() and page.preview.keep.isEnabled()


def test_the_page_is_there_without_the_workbook_writer() -> None:
    """openpyxl takes its time to load; it is loaded when a workbook is written."""
    asked = "import sys, desktop.screens.bring_in; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], cwd=Path(__file__).parents[2], check=False).returncode == 0


def test_while_much_is_written_the_rest_of_the_window_rests(
    page: BringInPage, qtbot: QtBot, tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing asks the book while it answers nobody; only the strip with its 取消 is left, and afterwards all is as it was."""
    window = QWidget()
    qtbot.addWidget(window)
    other, closed = QPushButton("别的页面"), QPushButton("本来就不能按")
    closed.setEnabled(False)
    box = QVBoxLayout(window)
    for widget in (other, closed, page):
        box.addWidget(widget)
    window.show()
    stopped = Event()

    def late(*given: Any) -> int | None:
        assert stopped.wait(30)
        return commit(*given)

    monkeypatch.setattr(bring_in, "commit", late)
    monkeypatch.setattr(bring_in, "MUCH", 1)
    bring(page, qtbot, workbook(tmp_path / "花名册.xlsx", ("花名册", [ROSTER, newcomer(1), newcomer(2)])), "roster")
    page.write()
    assert not other.isEnabled() and not page.stack.isEnabled() and page.strip.stop.isEnabled() and page.strip.words.text().startswith("正在写入")
    stopped.set()
    rested(page, qtbot)
    assert other.isEnabled() and page.stack.isEnabled() and not closed.isEnabled()
    assert "新增 2 行" in page.start.words.text()
    page.setParent(None)


# The kinds


def test_every_kind_is_found_by_its_group_and_by_its_name(page: BringInPage, qtbot: QtBot) -> None:
    start = page.start
    seen = []
    for group, (_, kinds) in enumerate(GROUPS):
        start.groups.setCurrentIndex(group)
        assert shown_kinds(page) == [kind.title for kind in kinds]
        assert start.kind() in kinds, "what is out of sight is not chosen"
        seen += shown_kinds(page)
    assert seen == [kind.title for kind in KINDS]
    qtbot.keyClicks(start.sought, "cxmd")
    assert shown_kinds(page) == ["参训名单"] and start.kind().id == "attendees" and "培训名称" in start.columns.text()
    start.sought.setText("没有这种表")
    assert shown_kinds(page) == [] and start.none.isVisible() and not start.choose.isEnabled()
    start.sought.clear()
    assert shown_kinds(page) and start.choose.isEnabled()
    start.choose_kind("roster")
    assert start.kind().id == "roster" and "人员花名册" in shown_kinds(page)


def test_the_kinds_fit_the_smallest_window(page: BringInPage, qtbot: QtBot) -> None:
    page.resize(SMALLEST.width() - 52 - 16, 380)
    start = page.start
    for group in range(len(GROUPS)):
        start.groups.setCurrentIndex(group)
        qtbot.wait(1)
        for button in (*(one for one in start._kinds.buttons() if one.isVisible()), start.choose, start.template):
            assert button.width() >= button.minimumSizeHint().width() and button.height() >= button.minimumSizeHint().height(), button.text()
        lowest = max(one.geometry().bottom() for one in start._kinds.buttons() if one.isVisible())
        assert lowest < start.columns.y() and not start.groups.tabRect(len(GROUPS) - 1).right() > start.groups.width()


def shown_kinds(page: BringInPage) -> list[str]:
    return [one.text() for one in page.start._kinds.buttons() if one.isVisible()]
