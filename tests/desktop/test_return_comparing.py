"""比较 with packages in files: of another period with the return in front, and of two of them without their books."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from db import diary
from db.book import Book
from desktop.desk import Desk
from desktop.screens.compare_packages import ComparePackages
from desktop.screens.returns import ReturnsPage
from office.compare import own_package
from office.package import package, trial_package
from office.returns_desk import open_return
from office.tasks import YEARLY, make_task
from tests.desktop.returning import at_rest, begin, shown_page
from tests.office.returning import sealed

LEFT = Qt.MouseButton.LeftButton


def zipped(book: Book, folder: Path) -> Path:
    """The package of last year's return, as it went up."""
    return package(book, sealed(book, "2025", forms=("封面", "表2")), folder)


@pytest.fixture
def page(desk: Desk, qtbot: QtBot, tmp_path: Path) -> tuple[ReturnsPage, Path]:
    """The return of 2026 at the desk with its comparison in front, and last year's package."""
    file = zipped(desk.book, tmp_path)
    make_task(desk.book, YEARLY, "2026", forms=("封面", "表2"))
    shown = shown_page(desk, qtbot)
    begin(shown, qtbot)
    shown.at.show_below(shown.at.compare)
    at_rest(shown, qtbot)
    return shown, file


def choose_file(page: ReturnsPage, qtbot: QtBot) -> None:
    """The last of what may be compared with, by keyboard."""
    box = page.at.compare.other
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    at_rest(page, qtbot)


def test_a_return_is_compared_with_the_package_of_another_period(
    page: tuple[ReturnsPage, Path], desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, file = page
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    choose_file(at, qtbot)
    seen, pane = at.at.seen, at.at.compare
    assert seen and seen.compared and seen.compared.before == "东岭县民政局 2025年度第1版"
    assert pane.other.currentText() == "数据包：东岭县民政局 2025 第1版"
    asking = seen.compared.without_reason()
    assert asking and len(asking) < len(seen.compared.differences)
    pane.asking.setChecked(True)
    pane.list.view.go(0, 0)
    (one,) = pane.list.chosen()
    pane.reason.setText("本年新增低保对象较多")
    QTest.mouseClick(pane.keep, LEFT)
    at_rest(at, qtbot)
    assert at.at.seen and at.at.seen.compared and at.at.seen.compared.before.startswith("东岭县民政局 2025年度")
    assert at.at.seen.compared.reasons == {one.subject: "本年新增低保对象较多"}
    assert desk.undo()
    at_rest(at, qtbot)
    assert at.at.seen.compared.reasons == {}
    desk.redo()
    at_rest(at, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "说明"), ""))
    QTest.mouseClick(pane.table, LEFT)
    at_rest(at, qtbot)
    sheet = load_workbook(tmp_path / "说明.xlsx")["变动情况说明表"]
    texts = [[cell.value for cell in row] for row in sheet.iter_rows()]
    reasons = [row[8] for row in texts if isinstance(row[0], int)]
    assert reasons.count("本年新增低保对象较多") == 1 and reasons.count("（未说明）") == len(asking) - 1 == len(reasons) - 1


def test_a_package_that_cannot_be_taken_is_said_and_the_list_stays(page: tuple[ReturnsPage, Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    at, file = page
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    choose_file(at, qtbot)
    assert file.name in at.at.said.text()
    assert at.at.compare.other.currentIndex() == 0 and at.at.seen and at.at.seen.compared and "2025年度第1版" in at.at.seen.compared.before
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    choose_file(at, qtbot)
    assert at.at.compare.other.currentIndex() == 0


def test_another_countys_package_is_refused(demo_book: Book, tmp_path: Path) -> None:
    file = zipped(demo_book, tmp_path)
    assert own_package(file, "449901").manifest.period == "2025"
    with pytest.raises(ValueError, match="不是本县的"):
        own_package(file, "440785")


def test_two_packages_are_compared_without_their_books(desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = desk.book
    earlier = zipped(book, tmp_path / "前")
    later = trial_package(book, open_return(book, make_task(book, YEARLY, "2026", forms=("封面", "表2"))), tmp_path / "后")
    shown = shown_page(desk, qtbot)
    qtbot.addWidget(shown.toolbar)
    lines, seen = desk.read(diary.anchor).lines, []

    def use() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ComparePackages)
        try:
            for at, path in enumerate((earlier, later)):
                monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, path=path: (str(path), ""))
                QTest.mouseClick(dialog.buttons[at], LEFT)
            qtbot.waitUntil(lambda: not dialog.busy, timeout=20000)
            compared = dialog.compared
            assert compared and (compared.before, compared.after) == ("东岭县民政局 2025年度第1版", "东岭县民政局 2026年度第1版（试报（未通过审核））")
            asking = compared.without_reason()
            dialog.pane.asking.setChecked(True)
            assert dialog.pane.list.model.rowCount() == len(asking) > 1
            dialog.pane.list.view.go(0, 0)
            dialog.pane.reason.setText("本年新增低保对象较多")
            QTest.keyClick(dialog.pane.reason, Qt.Key.Key_Return)
            assert dialog.compared and len(dialog.compared.without_reason()) == len(asking) - 1
            dialog.write_table(tmp_path / "说明.xlsx")
            qtbot.waitUntil(lambda: not dialog.busy, timeout=20000)
            assert f"还有 {len(asking) - 1} 格没有说明原因" in dialog.written.words.text()
            seen.append(dialog.pane.said.text())
        finally:
            dialog.reject()

    QTimer.singleShot(0, use)
    button = shown.toolbar.widgetForAction(shown.packages)
    assert isinstance(button, QToolButton)
    button.click()
    assert seen and (tmp_path / "说明.xlsx").exists()
    assert desk.read(diary.anchor).lines == lines
