"""The running program around its windows: start page, demo and its removal, what arrives from outside, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop.__main__ import Program
from desktop.arriving import BACKUP, BOOK, BUNDLE, FOLDER, OTHER, PACKAGE, SLIP, TABLE, sort_of
from desktop.first_pages import IMPORT
from desktop.first_run import FirstRun
from desktop.screens.bring_in import BringInPage
from desktop.screens.welcome import WelcomePage
from office.backup import on_demand
from office.first_book import FirstBook, first_book
from office.open import open_book
from policy.clock import Clock

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)


@pytest.fixture
def program(qapp: QApplication, clock: Clock, tmp_path: Path) -> Iterator[Program]:
    (tmp_path / "own").mkdir()
    made = Program(qapp, clock, tmp_path / "own")
    yield made
    made.close_book()
    if made._start is not None:
        made._start.close()
        made._start.deleteLater()


def checked(program: Program, qtbot: QtBot) -> None:
    assert program.desk is not None
    desk = program.desk
    qtbot.waitUntil(lambda: not desk.checking, timeout=30000)


def page(program: Program) -> QWidget:
    assert program._start is not None
    shown = program._start.centralWidget()
    assert shown is not None
    return shown


def dropped(on: QWidget, *paths: Path) -> bool:
    """Files let go over a window; whether it took them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(200, 200), Qt.DropAction.CopyAction, mime, buttons, none)
    QApplication.sendEvent(on, enter)
    if not enter.isAccepted():
        return False
    QApplication.sendEvent(on, QDropEvent(QPointF(200, 200), Qt.DropAction.CopyAction, mime, buttons, none))
    return True


def said(act: Callable[[], Any]) -> str:
    """What a box says that comes up meanwhile; it is closed."""
    heard: list[str] = []
    timer = QTimer(interval=10)

    def look() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            timer.stop()
            heard.append(box.text())
            box.close()

    timer.timeout.connect(look)
    timer.start()
    act()
    timer.stop()
    return "".join(heard)


def test_the_demo_has_a_yellow_line_and_goes_with_one_click(program: Program, qtbot: QtBot) -> None:
    assert program.open_demo()
    checked(program, qtbot)
    assert program.window is not None
    frame = program.window.frame
    assert frame.banner.isVisible() and frame.banner.text().startswith("演示数据")
    assert frame.banner_button.text() == "移除演示数据"
    QTest.mouseClick(frame.banner_button, Qt.MouseButton.LeftButton)
    assert program.window is None
    assert not program.demo_folder().exists()
    welcome = page(program)
    assert isinstance(welcome, WelcomePage)
    assert welcome.recent.count() == 0 and welcome.drop.isHidden()


def test_a_new_book_from_the_start_page_ends_where_the_people_come_in(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    program.welcome()
    welcome = page(program)
    assert isinstance(welcome, WelcomePage)
    welcome.new.click()
    wizard = page(program)
    assert isinstance(wizard, FirstRun)
    wizard.whose.city.setCurrentText("梅州市")
    wizard.whose.county.setCurrentText("大埔县")
    wizard.place.folder.setText(str(tmp_path))
    wizard.secret.open.setChecked(True)
    for _ in range(4):
        wizard.go_on()
    wizard.people.choices[IMPORT].setChecked(True)
    wizard.go_on()
    qtbot.waitUntil(lambda: program.window is not None, timeout=20000)
    checked(program, qtbot)
    window = program.window
    assert window is not None
    assert window.frame.words() == "导入" and not window.frame.banner.isVisible()
    front = window.frame.page()
    assert isinstance(front, BringInPage) and front.start.kind().id == "roster"
    assert program.recent() == [tmp_path / "大埔县.经办台账"]


def test_escape_in_the_wizard_leads_back_to_the_start_page(program: Program) -> None:
    program.welcome()
    program.first_run()
    QTest.keyClick(page(program), Qt.Key.Key_Escape)
    assert isinstance(page(program), WelcomePage)


def test_where_the_window_stood_is_remembered(program: Program, qtbot: QtBot, demo_folder: Path) -> None:
    assert program.open(demo_folder)
    checked(program, qtbot)
    assert program.window is not None
    program.window.frame.showNormal()
    program.window.frame.setGeometry(30, 40, 911, 600)
    program.close_book()
    assert program.open(demo_folder)
    checked(program, qtbot)
    assert program.window is not None
    assert (program.window.frame.width(), program.window.frame.height()) == (911, 600)


def test_each_file_is_known_by_its_name_and_place(tmp_path: Path, demo_folder: Path) -> None:
    face = next(demo_folder.glob("*.jingban"))
    empty = tmp_path / "采集表"
    empty.mkdir()
    names = {
        "备份.经办备份": BACKUP, "包.zip": PACKAGE, "任务.任务包": BUNDLE, "退.退回单": SLIP, "花名册.XLSX": TABLE, "户数.et": TABLE, "表.csv": TABLE, "照片.jpg": OTHER,
    }  # fmt: skip
    assert [sort_of(one) for one in (demo_folder, face, empty)] == [BOOK, BOOK, FOLDER]
    assert {name: sort_of(tmp_path / name) for name in names} == names


def test_a_book_dropped_on_the_start_page_is_opened(program: Program, qtbot: QtBot, demo_folder: Path) -> None:
    program.welcome()
    assert program._start is not None
    assert dropped(program._start, next(demo_folder.glob("*.jingban")))
    checked(program, qtbot)
    assert program.desk is not None and program.desk.book.folder == demo_folder


def test_a_file_without_a_book_is_told_to_wait(program: Program, tmp_path: Path) -> None:
    program.welcome()
    assert program._start is not None
    start = program._start
    assert "请先打开或新建台账" in said(lambda: dropped(start, tmp_path / "花名册.xlsx"))


def test_a_sheet_dropped_on_the_window_is_read_for_import(program: Program, qtbot: QtBot, demo_folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "花名册.csv"
    sheet.write_text("姓名,身份证号\n张三,\n", encoding="utf-8-sig")
    assert program.open(demo_folder)
    checked(program, qtbot)
    window = program.window
    assert window is not None
    assert dropped(window.frame, sheet)
    assert window.frame.words() == "导入"
    front = window.frame.page()
    assert isinstance(front, BringInPage)
    qtbot.waitUntil(front.strip.isHidden, timeout=20000)
    assert front.preview.file_name() == sheet.name


@pytest.mark.parametrize(("names", "words"), [(["包.zip"], "市级汇总台账接收"), (["甲.xlsx", "乙.xlsx"], "不能一次导入"), (["照片.jpg"], "不是能打开的文件")])
def test_what_has_no_place_here_is_refused_in_words(
    names: list[str], words: str, program: Program, qtbot: QtBot, demo_folder: Path, tmp_path: Path
) -> None:
    assert program.open(demo_folder)
    checked(program, qtbot)
    window = program.window
    assert window is not None
    assert words in said(lambda: dropped(window.frame, *(tmp_path / name for name in names)))


def test_a_package_double_clicked_goes_to_the_citys_book_opened_last(program: Program, qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    city = first_book(FirstBook(tmp_path / "梅州市.经办台账", "4414"), clock)
    package = tmp_path / "包.zip"
    package.write_bytes(b"not a package")
    program.settings.setValue("recent", [str(city)])
    program.start([package], demo=False)
    window = program.window
    assert window is not None and program.desk is not None
    assert program.desk.book.folder == city
    assert window.frame.words() == "市级汇总"
    came: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if box is not None and box.windowTitle() == "接收数据包":
            came.append(box.words.text())  # type: ignore[attr-defined]  # the dialog Came
            box.close()

    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    qtbot.waitUntil(lambda: bool(came), timeout=20000)
    timer.stop()
    assert "共 1 个文件，可以接收 0 个" in came[0]
    checked(program, qtbot)


def test_a_second_start_with_a_backup_asks_before_it_replaces_the_book(program: Program, qtbot: QtBot, demo_folder: Path, tmp_path: Path, clock: Clock) -> None:
    with open_book(demo_folder, clock, program="试") as book:
        file = on_demand(book, tmp_path).path
    assert program.open(demo_folder)
    checked(program, qtbot)
    asked: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if box is not None and box.windowTitle() == "恢复备份":
            asked.append(box.windowTitle())
            box.close()

    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    program.asked([str(file)])
    timer.stop()
    assert asked == ["恢复备份"]
    checked(program, qtbot)
    assert program.desk is not None and program.desk.book.folder == demo_folder
