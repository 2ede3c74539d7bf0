"""Password, lock, backups, rescue, log and the second start, with real dialogs driven by keys."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from db import book as books
from db.change import PasswordNeeded
from db.face import BOOK
from db.rows import rows
from desktop.ask_secret import AskSecret
from desktop.desk import Desk
from desktop.idle import LockWhenIdle
from desktop.instance import Instance
from desktop.opening import change_password, confirmed, open_from_window, set_password, take_password_off
from desktop.output import export
from desktop.rescue import Rescue
from desktop.restoring import SideBySide, restored
from desktop.screens.backups import BackupsPage
from desktop.screens.log import LogPage
from desktop.screens.people import people_screen
from office.backup import backups, on_demand
from office.demo import AS_OF
from office.password import mark, reaches
from policy.clock import Clock
from tests.db.records import county, worker

FIRST, SECOND = "Dongling-2026!", "Qingshi-2027#"


@pytest.fixture
def folder(tmp_path: Path, clock: Clock) -> Path:
    made = books.create(tmp_path, "石桥县", "0.1.0")
    with books.open_book(made, clock, "李晓敏") as book:
        book.act("新建", [*county(), *worker(1), *worker(2)])
    return made


@pytest.fixture
def answering(qapp: QApplication) -> Iterator[Callable[..., None]]:
    """Answer the modal dialogs that will come, one after another: each answer gets the dialog in front."""
    waiting: list[Callable[[QDialog], object]] = []
    seen: list[QDialog] = []
    timer = QTimer(interval=30)

    def look() -> None:
        front = QApplication.activeModalWidget()
        if isinstance(front, QDialog) and waiting and (not seen or seen[-1] is not front):
            seen.append(front)
            answer = waiting.pop(0)
            QTimer.singleShot(0, lambda: answer(front))  # a timer does not fire again inside its own slot, and dialogs may nest

    timer.timeout.connect(look)
    timer.start()
    yield lambda *answers: waiting.extend(answers)
    timer.stop()
    assert waiting == [], "a dialog did not come"


def typing(**said: str) -> Callable[[QDialog], object]:
    """Type into the lines of a dialog and press Enter."""

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, AskSecret)
        for name, text in said.items():
            dialog.lines[name].clear()
            QTest.keyClicks(dialog.lines[name], text)
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    return answer


def pressing(words: str) -> Callable[[QDialog], object]:
    def answer(dialog: QDialog) -> None:
        QTest.mouseClick(next(one for one in dialog.findChildren(QPushButton) if one.text() == words), Qt.MouseButton.LeftButton)

    return answer


def code_typed_back(dialog: QDialog) -> None:
    """Read the recovery code from the screen, as a clerk copies it, and type it."""
    assert isinstance(dialog, AskSecret)
    from PySide6.QtWidgets import QLabel

    words = next(label.text() for label in dialog.findChildren(QLabel) if "恢复码：" in label.text())
    code = next(line.strip() for line in words.splitlines() if line.count("-") >= 5)
    dialog.setProperty("code", code)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()  # no way out but to type it
    QTest.keyClicks(dialog.lines["code"], "AAAA" + code[4:])
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible() and dialog.wrong.text()
    dialog.lines["code"].clear()
    QTest.keyClicks(dialog.lines["code"], code)
    CODES.append(code)
    QTest.keyClick(dialog, Qt.Key.Key_Return)


CODES: list[str] = []


def test_a_password_is_set_asked_for_changed_recovered_and_taken_off(folder: Path, clock: Clock, answering: Callable[..., None]) -> None:
    answering(typing(new=FIRST, again=FIRST), code_typed_back)
    assert set_password(folder, clock, "李晓敏")
    with pytest.raises(PasswordNeeded):
        books.open_book(folder, clock)

    def wrong_then_right(dialog: QDialog) -> None:
        assert isinstance(dialog, AskSecret)
        typing(password="Wrong-2026!")(dialog)
        assert dialog.isVisible() and "密码" in dialog.wrong.text()
        typing(password=FIRST)(dialog)

    answering(wrong_then_right)
    book = open_from_window(folder, clock)
    assert book is not None and len(book.read(rows, "person")) == 2
    book.close()

    answering(typing(old=FIRST, new=SECOND, again=SECOND))
    assert change_password(folder, clock, "李晓敏")
    answering(pressing("忘记密码…"), typing(code=CODES[-1], new=FIRST, again=FIRST))
    book = open_from_window(folder, clock)
    assert book is not None
    book.close()

    answering(typing(old=FIRST))
    assert take_password_off(folder, clock, "李晓敏")
    books.open_book(folder, clock).close()


def test_two_different_passwords_and_giving_up_change_nothing(folder: Path, clock: Clock, answering: Callable[..., None]) -> None:
    def differ(dialog: QDialog) -> None:
        assert isinstance(dialog, AskSecret)
        typing(new=FIRST, again=SECOND)(dialog)
        assert "不一致" in dialog.wrong.text()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    answering(differ)
    assert not set_password(folder, clock, "李晓敏")
    books.open_book(folder, clock).close()


def test_personal_data_goes_out_only_with_the_password_typed_again(folder: Path, clock: Clock, answering: Callable[..., None]) -> None:
    with books.open_book(folder, clock) as book:
        assert confirmed(book, "花名册")  # no password, nothing to type
    answering(typing(new=FIRST, again=FIRST), code_typed_back)
    set_password(folder, clock, "李晓敏")
    with books.open_book(folder, clock, password=FIRST) as book:
        answering(typing(password=FIRST))
        assert confirmed(book, "花名册")
        answering(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
        assert not confirmed(book, "花名册")


def test_an_idle_window_locks_and_opens_by_password(
    folder: Path, clock: Clock, answering: Callable[..., None], qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    answering(typing(new=FIRST, again=FIRST), code_typed_back)
    set_password(folder, clock, "李晓敏")
    desk = Desk(books.open_book(folder, clock, password=FIRST), clock, AS_OF)
    frame = QPushButton("录入中")
    qtbot.addWidget(frame)
    frame.show()
    lock = LockWhenIdle(qapp, desk, frame, QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    assert lock.minutes() == 15

    def unlock(dialog: QDialog) -> None:
        assert not frame.isVisible()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert dialog.isVisible()
        typing(password=FIRST)(dialog)

    answering(unlock)
    lock.lock()
    assert frame.isVisible() and not lock.locked
    lock.leave()
    desk.close()


def test_backups_are_made_listed_checked_and_restored(
    folder: Path, clock: Clock, answering: Callable[..., None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    desk = Desk(books.open_book(folder, clock, "李晓敏"), clock, AS_OF)
    page = BackupsPage(desk)
    qtbot.addWidget(page)
    qtbot.addWidget(page.toolbar)
    page.show()
    page.refresh()
    assert page.grid.model.rowCount() == 0 and "还没有备份到 U 盘" in page.said.text()
    page.actions_of["立即备份"].trigger()
    qtbot.waitUntil(lambda: page.grid.model.rowCount() == 1, timeout=20000)
    assert page.grid.model.row_at(0).values[2:6] == ("手动备份", "2 人", "0 份", "0 人月")
    begun: list[str] = []
    stick = folder.parent / "U盘"
    stick.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda _parent, _title, start: begun.append(start) or str(stick))
    for told in ("", str(stick)):
        page.actions_of["备份到 U 盘…"].trigger()
        qtbot.waitUntil(page.actions_of["立即备份"].isEnabled, timeout=20000)
        assert begun[-1] == told, "it begins where the last one went"
    assert f"上次备份到别处是 2026-12-31 09:00（今天），放在“{stick}”" in page.said.text() and len(list(stick.iterdir())) == 2
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    page.grid.view.go(0, 0)
    qtbot.waitUntil(page.actions_of["核对备份"].isEnabled, timeout=5000)
    page.actions_of["核对备份"].trigger()
    qtbot.waitUntil(lambda: bool(said), timeout=20000)
    assert "完好" in said[-1]
    page.actions_of["核对台账"].trigger()
    qtbot.waitUntil(lambda: len(said) == 2, timeout=20000)
    assert "没有发现问题" in said[-1] and "日志" in said[-1]
    with qtbot.waitSignal(page.restore) as wanted:
        page.actions_of["恢复…"].trigger()
    desk.book.act("新增", worker(3))
    desk.close()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, SideBySide)
        table = dialog.findChild(QTableWidget)
        assert table is not None
        lines = [[table.item(row, column).text() for column in range(3)] for row in range(table.rowCount())]  # type: ignore[union-attr]
        assert ["人员", "3 人", "2 人"] in lines
        pressing("恢复成备份的内容")(dialog)

    answering(look)
    assert restored(folder, wanted.args[0], clock, "李晓敏")
    assert "恢复前的台账已另存为备份" in said[-1]
    with books.open_book(folder, clock) as book:
        assert len(book.read(rows, "person")) == 2


def test_a_list_with_numbers_is_exported_masked_and_logged(
    demo_book: books.Book, clock: Clock, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(demo_book, clock, AS_OF)
    page = people_screen(desk, lambda: None)
    qtbot.addWidget(page)
    page.refresh()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "人员.xlsx"), ""))
    written = export(page, "人员", desk, page)
    assert written is not None and written.exists()
    assert demo_book.acts()[-1].name == "导出 人员" and "人员.xlsx" in demo_book.acts()[-1].reason
    desk.close()


def test_a_damaged_book_leads_to_the_rescue_screen_and_back(
    folder: Path, clock: Clock, answering: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with books.open_book(folder, clock, "李晓敏") as book:
        on_demand(book)
    (folder / BOOK).write_bytes(b"nothing of a database" * 300)

    def rescue(dialog: QDialog) -> None:
        assert isinstance(dialog, Rescue)
        assert dialog.list.count() == len(backups(folder)) >= 1 and "人员 2 人" in dialog.list.item(0).text()
        pressing("恢复选中的备份")(dialog)

    answering(rescue)
    book = open_from_window(folder, clock)
    assert book is not None and len(book.read(rows, "person")) == 2
    book.close()


def test_the_log_tells_act_by_act_what_changed_with_numbers_masked(demo_book: books.Book, clock: Clock, qtbot: QtBot) -> None:
    desk = Desk(demo_book, clock, AS_OF)
    number = desk.read(rows, "person")[0]["id_no"]
    page = LogPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    page.set_out()
    qtbot.waitUntil(lambda: page.changes.model.rowCount() > 1000, timeout=5000)
    shown = [page.changes.model.row_at(at).values for at in range(page.changes.model.rowCount())]
    assert not any(number in str(value) for values in shown for value in values)
    desk.close()


def test_a_second_start_hands_over_and_raises_the_first(tmp_path: Path, qtbot: QtBot) -> None:
    asked: list[list[str]] = []
    first = Instance(tmp_path)
    assert first.first
    first.listen(asked.append)
    second = Instance(tmp_path)
    assert not second.first
    second.hand_over(["D:\\民政\\东岭县.经办台账"])
    qtbot.waitUntil(lambda: asked == [["D:\\民政\\东岭县.经办台账"]], timeout=5000)
    first.leave()
    third = Instance(tmp_path)
    assert third.first
    third.leave()


def test_no_socket_is_opened_and_no_network_module_loaded(tmp_path: Path) -> None:
    """The window's modules, and the demo county made, checked and written to a workbook, with every socket refused."""
    script = (
        "import socket, sys\n"
        "def refuse(*_, **__): raise AssertionError('a socket was opened')\n"
        "socket.socket.__init__ = refuse\n"
        "import desktop.__main__, desktop.window, desktop.opening, desktop.rescue\n"
        "from office.__main__ import main\n"
        "assert main(['demo', '--out', sys.argv[1]]) == 0\n"
        "print(sorted(n for n in sys.modules if n.split('.')[0] in ('http', 'ftplib', 'smtplib', 'xmlrpc') or 'QtNetwork' in n))\n"
    )
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE"))}  # what measures tests may load more
    ran = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2], env=plain)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_recovery_sheet_is_printed_before_the_code_is_typed_back(
    folder: Path, clock: Clock, answering: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []

    def look(dialog: QPrintPreviewDialog) -> int:
        monkeypatch.setattr(QTextDocument, "print_", lambda document, _printer: painted.append(document.toPlainText()))
        dialog.paintRequested.emit(QPrinter())
        return 0

    monkeypatch.setattr(QPrintPreviewDialog, "exec", look)

    def print_first(dialog: QDialog) -> None:
        pressing("打印恢复码单…")(dialog)
        code_typed_back(dialog)

    answering(typing(new=FIRST, again=FIRST), print_first)
    assert set_password(folder, clock, "李晓敏")
    (sheet,) = painted
    assert CODES[-1] in sheet and mark(folder) in sheet and "2026-12-31" in sheet and "石桥县" in sheet


def test_what_a_password_does_not_reach_is_said_before_it_is_set(folder: Path, clock: Clock) -> None:
    with books.open_book(folder, clock, "李晓敏") as book:
        on_demand(book)
    said = reaches(folder)
    assert "1 个备份没有加密" in said and "固态硬盘" in said
