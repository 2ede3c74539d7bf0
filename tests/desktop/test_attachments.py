"""The 附件 tab: files dropped on a person's record, opened, given out, taken back by undo."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.desk import Desk
from desktop.record.dropping import DropBox
from desktop.record.screen import RecordScreen
from desktop.screens.people import people_screen


@pytest.fixture
def screen(desk: Desk, qtbot: QtBot) -> RecordScreen:
    made = people_screen(desk, lambda: None)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.refresh()
    made.grid.view.go(0, 0)
    made.tabs.setCurrentIndex(titles(made).index("附件"))
    desk.changed.connect(made.refresh)
    return made


def titles(screen: RecordScreen) -> list[str]:
    return [screen.tabs.tabText(at).partition(" ")[0] for at in range(screen.tabs.count())]


def box(screen: RecordScreen) -> DropBox:
    page = screen.tabs.currentWidget()
    assert isinstance(page, DropBox)
    return page


def drop(target: DropBox, paths: list[Path]) -> bool:
    """What Explorer does: enters with the files, then lets go."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, action, buttons, keys = QPointF(60, 60), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place.toPoint(), action, mime, buttons, keys)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(place, action, mime, buttons, keys))
    return enter.isAccepted()


def listed(screen: RecordScreen) -> list[tuple[object, ...]]:
    model = box(screen).grid.model
    return [model.row_at(at).values for at in range(model.rowCount())]


@pytest.fixture
def scans(tmp_path: Path) -> list[Path]:
    made = []
    for name in ("劳动合同扫描件.pdf", "身份证正面.jpg"):
        path = tmp_path / name
        path.write_bytes(name.encode() * 100)
        made.append(path)
    return made


@pytest.mark.habit(39)
def test_files_dropped_on_a_person_are_kept_counted_and_undone(screen: RecordScreen, desk: Desk, scans: list[Path]) -> None:
    assert drop(box(screen), scans)
    assert [values[0] for values in listed(screen)] == ["劳动合同扫描件.pdf", "身份证正面.jpg"]
    assert screen.tabs.tabText(screen.tabs.currentIndex()) == "附件 (2)"
    assert desk.undo() == "添加附件 劳动合同扫描件.pdf 等 2 个"
    assert listed(screen) == []


def test_what_is_no_file_is_not_taken(screen: RecordScreen) -> None:
    mime = QMimeData()
    mime.setText("不是文件")
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(box(screen), enter)
    assert not enter.isAccepted()


def test_a_refused_file_is_said(screen: RecordScreen, scans: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    scans[0].write_bytes(b"")
    drop(box(screen), scans)
    assert said and "空文件" in said[0]
    assert listed(screen) == []


def test_double_click_opens_a_copy_that_goes_with_the_book(screen: RecordScreen, desk: Desk, scans: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())))
    drop(box(screen), scans[:1])
    view = box(screen).grid.view
    view.go(0, 0)
    view.doubleClicked.emit(view.currentIndex())
    assert [one.name for one in opened] == ["劳动合同扫描件.pdf"]
    assert opened[0].read_bytes() == scans[0].read_bytes()
    screen.close()
    desk.close()
    assert not opened[0].exists()


def test_buttons_add_and_give_out(screen: RecordScreen, scans: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path) for path in scans], ""))
    QTest.mouseClick(box(screen).buttons["添加…"], Qt.MouseButton.LeftButton)
    assert len(listed(screen)) == 2
    target = tmp_path / "导出"
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
    box(screen).grid.view.go(1, 0)
    QTest.mouseClick(box(screen).buttons["导出…"], Qt.MouseButton.LeftButton)
    assert [path.name for path in target.iterdir()] == ["身份证正面.jpg"]
