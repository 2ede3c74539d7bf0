"""账号与角色 through the window: the first account, roles, passwords, waiting, somebody else at the desk; and personal data that goes out or is erased."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from db import book as books
from db.change import Change, Forbidden
from db.rows import row, rows
from desktop.ask import Ask
from desktop.ask_secret import AskSecret
from desktop.desk import Desk
from desktop.opening import open_from_window
from desktop.screens.accounts import AccountsPage
from desktop.screens.own_form import OwnFormPage
from desktop.screens.stages import RETENTION, StagesPage
from desktop.window import ACCOUNTS
from office import accounts, own_forms
from office.demo import AS_OF
from policy.clock import Clock
from policy.names import ERASED
from returns.own_form_map import Filling, FormMap
from tests.db.records import county
from tests.desktop.opened import action, opened
from tests.desktop.returning import at_rest
from tests.desktop.returning import opened as opened_return

pytestmark = pytest.mark.usefixtures("quick_passwords")
WORD, OTHER = "Dongling-2026!", "Qingshi-2027#"


@pytest.fixture
def answering(qapp: QApplication) -> Iterator[Callable[..., None]]:
    """Answer the modal dialogs that will come, one after another: what to type into a dialog's lines by name, None to press Escape."""
    waiting: list[dict[str, str] | None] = []
    seen: list[QDialog] = []
    timer = QTimer(interval=20)

    def look() -> None:
        front = QApplication.activeModalWidget()
        if isinstance(front, Ask | AskSecret) and waiting and (not seen or seen[-1] is not front):
            seen.append(front)
            said = waiting.pop(0)
            QTimer.singleShot(0, lambda: typed(front, said))

    timer.start()
    timer.timeout.connect(look)
    yield lambda *answers: waiting.extend(answers)
    timer.stop()
    assert waiting == [], "a dialog did not come"


def typed(dialog: Ask | AskSecret, said: dict[str, str] | None) -> None:
    if said is None:
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        return
    for name, words in said.items():
        line = dialog.editors[name] if isinstance(dialog, Ask) else dialog.lines[name]
        line.setText(words)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    if dialog.isVisible():
        WRONG.append(dialog.wrong.text())
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


WRONG: list[str] = []


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[books.Book]:
    WRONG.clear()
    with books.open_book(books.create(tmp_path, "东岭县", "0.1.0"), clock, "李晓敏") as made:
        made.act("新建", county())
        yield made


@pytest.fixture
def page(book: books.Book, clock: Clock, qtbot: QtBot) -> AccountsPage:
    made = AccountsPage(Desk(book, clock, AS_OF))
    qtbot.addWidget(made)
    qtbot.addWidget(made.toolbar)
    made.desk.changed.connect(made.refresh)
    made.show()
    made.refresh()
    return made


def listed(page: AccountsPage) -> list[tuple[str, str, str]]:
    lines = (page.grid.model.row_at(at).values for at in range(page.grid.model.rowCount()))
    return [(str(values[0]), str(values[1]), str(values[4])) for values in lines]


def press(page: AccountsPage, words: str, at: int | None = None) -> None:
    if at is not None:
        page.grid.view.go(at, 0)
        QApplication.processEvents()
    assert page.actions_of[words].isEnabled(), words
    page.actions_of[words].trigger()


def added(page: AccountsPage, answering: Callable[..., None], *people: tuple[str, str]) -> None:
    for name, role in people:
        answering({"name": name, "role": role, "new": WORD, "again": WORD})
        press(page, "新增账号…")


def test_the_first_account_the_others_and_what_each_may(page: AccountsPage, answering: Callable[..., None]) -> None:
    assert "没有分账号" in page.said.text() and listed(page) == []
    added(page, answering, ("李晓敏", "填报人"))
    assert "第一个账号必须是管理员" in WRONG[-1]
    answering({"name": "李晓敏", "role": "管理员", "new": WORD, "again": OTHER})
    press(page, "新增账号…")
    assert "不一致" in WRONG[-1] and listed(page) == []
    added(page, answering, ("李晓敏", "管理员"), ("陈填", "填报人"), ("张佩珊", "审核人"))
    assert listed(page) == [("李晓敏", "管理员", "已登录"), ("陈填", "填报人", "正常"), ("张佩珊", "审核人", "正常")]
    assert "李晓敏（管理员）" in page.said.text()
    answering({"role": "只读"})
    press(page, "改角色…", 1)
    press(page, "停用", 2)
    assert listed(page)[1:] == [("陈填", "只读", "正常"), ("张佩珊", "审核人", "已停用")]
    assert not page.actions_of["停用"].isEnabled()
    press(page, "启用", 2)
    assert listed(page)[2] == ("张佩珊", "审核人", "正常")


def test_somebody_else_sits_down_and_cannot_look_after_accounts(page: AccountsPage, answering: Callable[..., None]) -> None:
    added(page, answering, ("李晓敏", "管理员"), ("陈填", "填报人"))
    answering({"name": "陈填", "password": WORD})
    press(page, "换人登录…")
    assert (page.desk.book.who, page.desk.book.role) == ("陈填", "填报人")
    assert not any(page.actions_of[words].isEnabled() for words in ("新增账号…", "改角色…", "重设密码…", "停用"))
    accounts.log_out(page.desk.book)
    page.refresh()
    assert "没有人登录" in page.said.text() and [state for _, _, state in listed(page)] == ["正常", "正常"]
    answering({"name": "陈填", "password": WORD})
    press(page, "换人登录…")
    answering({"old": OTHER, "new": OTHER, "again": OTHER})
    press(page, "我的密码…")
    assert "原密码不对" in WRONG[-1]
    answering({"old": WORD, "new": OTHER, "again": OTHER})
    press(page, "我的密码…")
    answering(None)
    press(page, "换人登录…")
    assert page.desk.book.who == "陈填", "giving up leaves whoever sat there"
    answering({"name": "陈填", "password": OTHER})
    press(page, "换人登录…")
    assert WRONG[1:] == []


def test_five_wrong_passwords_are_shown_as_a_wait_which_a_reset_ends(page: AccountsPage, answering: Callable[..., None]) -> None:
    moment = datetime(2026, 12, 31, 9)
    page.desk.clock = page.desk.book.clock = Clock(lambda: moment)
    added(page, answering, ("李晓敏", "管理员"), ("陈填", "填报人"))
    for _ in range(5):
        answering({"name": "陈填", "password": OTHER})
        press(page, "换人登录…")
    assert "09:01:00 以后再试" in WRONG[-1]
    page.refresh()
    assert listed(page)[1][2] == "暂停登录至 09:01:00" and page.grid.model.row_at(1).values[3] == 5
    answering({"new": OTHER, "again": OTHER})
    press(page, "重设密码…", 1)
    assert listed(page)[1][2] == "正常"
    answering({"name": "陈填", "password": OTHER})
    press(page, "换人登录…")
    assert page.desk.book.who == "陈填"
    moment += timedelta(hours=1)
    assert page.desk.book.verify() == []


def test_a_book_with_accounts_is_opened_by_name_and_password(page: AccountsPage, answering: Callable[..., None], clock: Clock) -> None:
    added(page, answering, ("李晓敏", "管理员"), ("陈填", "填报人"))
    folder = page.desk.book.folder
    page.desk.close()
    answering(None)
    assert open_from_window(folder, clock) is None
    answering({"name": "陈填", "password": WORD})
    again = open_from_window(folder, clock)
    assert again is not None and (again.who, again.role) == ("陈填", "填报人")
    with pytest.raises(Forbidden, match="管理员"):
        accounts.looks_after(again, "台账密码和恢复备份")
    again.close()


def test_the_page_hangs_in_the_window_and_the_status_bar_names_who_sits_there(
    demo_book: books.Book, clock: Clock, qtbot: QtBot, answering: Callable[..., None]
) -> None:
    window = opened(qtbot, demo_book, clock)
    hung = window.go(ACCOUNTS)
    assert isinstance(hung, AccountsPage)
    added(hung, answering, ("李晓敏", "管理员"), ("陈填", "填报人"))
    answering({"name": "陈填", "password": WORD})
    press(hung, "换人登录…")
    assert "陈填" in window.frame._place.text()
    qtbot.waitUntil(lambda: not window.desk.checking, timeout=20000)


def test_forms_that_name_people_go_out_with_password_and_purpose_and_are_logged(
    desk: Desk, qtbot: QtBot, answering: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    WRONG.clear()
    accounts.add(desk.book, "李晓敏", "管理员", WORD)
    page = opened_return(desk, qtbot, forms=("封面", "表2", "附表1"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "报表.pdf"), ""))
    answering({})
    page.acts.workbook()
    assert "请填写导出用途" in WRONG[-1] and not list(tmp_path.glob("*.xlsx"))
    answering({"purpose": "送市局审核"}, None)
    page.acts.workbook()
    assert not list(tmp_path.glob("*.xlsx")), "the password was not typed"
    answering({"purpose": "送市局审核"}, {"password": WORD})
    page.acts.workbook()
    at_rest(page, qtbot)
    (written,) = tmp_path.glob("*.xlsx")
    said = desk.book.acts()[-1]
    assert said.name == "导出 附表1" and all(word in said.reason for word in (written.name, "用途：送市局审核", "号码已遮掩", "文件指纹"))
    answering({"public": "是"})
    page.acts.workbook()
    at_rest(page, qtbot)
    assert desk.book.acts()[-1].number == said.number, "a public edition names nobody and asks nothing"
    answering({"purpose": "存档"}, {"password": WORD})
    page.acts.pdf()
    at_rest(page, qtbot)
    assert (tmp_path / "报表.pdf").exists() and "用途：存档" in desk.book.acts()[-1].reason


def test_a_form_sent_down_that_names_people_asks_as_the_workbook_does(
    desk: Desk, qtbot: QtBot, answering: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.add(desk.book, "李晓敏", "管理员", WORD)
    blank = Workbook()
    sheet = blank.worksheets[0]
    for at, words in enumerate(("姓名", "身份证号", "联系电话"), 1):
        sheet.cell(1, at, words)
    blank.save(tmp_path / "名册.xlsx")
    how = FormMap("名册", "Sheet", (1, 1), (2, 2), lines="附表1", columns={1: Filling("附表1[乙]"), 2: Filling("附表1[2]"), 3: Filling("附表1[18]")})
    own_forms.register(desk.book, own_forms.read_form(tmp_path / "名册.xlsx"), how)
    page = OwnFormPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.held.setCurrentIndex(1)
    page.held.activated.emit(1)
    qtbot.waitUntil(lambda: page.told is not None and not page.busy, timeout=20000)
    page.try_fill()
    qtbot.waitUntil(lambda: page.filled is not None and not page.busy, timeout=20000)
    out = tmp_path / "报"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    answering(None)
    page.ask_folder()
    answering({"purpose": "送省厅"}, None)
    page.ask_folder()
    assert not out.exists(), "neither purpose nor password"
    page.save(out)
    qtbot.waitUntil(lambda: not page.busy, timeout=20000)
    assert "请填写导出用途" in page.words.text() and not out.exists()
    answering({"purpose": "送省厅"}, {"password": WORD})
    page.ask_folder()
    qtbot.waitUntil(lambda: out.exists() and not page.busy, timeout=20000)
    (written,) = out.iterdir()
    said = desk.book.acts()[-1]
    people = load_workbook(written)["Sheet"].max_row - 1
    assert said.name == "按上级表样填报 名册" and all(word in said.reason for word in (written.name, f"{people} 行", "号码已遮掩", "用途：送省厅"))


def test_the_retention_list_names_people_and_asks_too(
    desk: Desk, qtbot: QtBot, answering: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    accounts.add(desk.book, "李晓敏", "管理员", WORD)
    page = StagesPage(desk)
    qtbot.addWidget(page)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    answering({"purpose": "档案移交"}, None)
    page.write(RETENTION)
    assert not list(tmp_path.glob("*.docx"))
    answering({"purpose": "档案移交"}, {"password": WORD})
    page.write(RETENTION)
    qtbot.waitUntil(lambda: page.strip.path is not None, timeout=20000)
    said = desk.book.acts()[-1]
    assert said.name == f"导出 {RETENTION}" and "用途：档案移交" in said.reason
    page.strip.path = None
    page.write("selfcheck")  # says figures only
    qtbot.waitUntil(lambda: page.strip.path is not None, timeout=20000)
    assert desk.book.acts()[-1].number == said.number


def test_a_person_who_left_is_erased_from_the_people_screen(
    demo_book: books.Book, clock: Clock, qtbot: QtBot, answering: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "information", lambda _parent, _title, words: told.append(words))
    accounts.add(demo_book, "李晓敏", "管理员", WORD)
    engagement = next(one for one in demo_book.read(rows, "engagement") if one["end"] is None)
    name = (demo_book.read(row, "person", (engagement["person"],)) or {})["name"]
    window = opened(qtbot, demo_book, clock)
    screen = window.go("人员")
    assert screen.show_record({"person": (engagement["person"],)})  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: screen.row is not None and screen.row.keys["person"] == (engagement["person"],))  # type: ignore[attr-defined]
    answering({}, {"password": WORD})
    action(screen, "依法删除个人信息…").trigger()  # type: ignore[arg-type]
    assert "还在职" in WRONG[-1]
    demo_book.act("离职", [Change("engagement", (engagement["id"],), {"end": None}, {"end": date(2026, 12, 30)})])
    window.desk.moved()
    answering({"reason": f"{name}本人申请"}, {"password": WORD})
    action(screen, "依法删除个人信息…").trigger()  # type: ignore[arg-type]
    assert (demo_book.read(row, "person", (engagement["person"],)) or {})["name"] == ERASED
    assert "固态硬盘" in told[-1]
    assert demo_book.acts()[-1].reason == f"{ERASED}本人申请"
    qtbot.waitUntil(lambda: not window.desk.checking, timeout=20000)
