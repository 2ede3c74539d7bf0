"""Accounts: who may do what, passwords of one's own, waiting after five wrong ones."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from db import rights
from db.book import Book
from db.change import Change, Forbidden, Refused, WrongPassword
from office import accounts
from policy.clock import Clock
from tests.db.records import county, new

WORD, OTHER = "春风十里 2026", "another-Password"

pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def staffed(book: Book) -> Book:
    """A 管理员 (logged in), a 填报人, a 审核人 and a 只读."""
    book.act("新建", county())
    accounts.add(book, "管", "管理员", WORD)
    for name, role in (("填", "填报人"), ("审", "审核人"), ("看", "只读")):
        accounts.add(book, name, role, OTHER)
    return book


def write(book: Book, number: int) -> int:
    return book.act("新增人员", [new("person", number, name="甲")])


def test_a_book_without_accounts_belongs_to_whoever_opens_it(book: Book) -> None:
    write(book, 1)
    assert not accounts.needs_log_in(book)


def test_the_first_account_is_an_administrators_and_is_logged_in(book: Book) -> None:
    with pytest.raises(Refused, match="第一个账号必须是管理员"):
        accounts.add(book, "填", "填报人", WORD)
    accounts.add(book, "管", "管理员", WORD)
    assert (book.who, book.role) == ("管", "管理员")
    assert write(book, 1)


def test_who_has_not_logged_in_only_looks(staffed: Book) -> None:
    accounts.log_out(staffed)
    with pytest.raises(Forbidden, match="请先登录"):
        write(staffed, 1)
    staffed.act("看完整证件号", [])
    accounts.log_in(staffed, "填", OTHER)
    assert write(staffed, 1)
    assert staffed.acts()[-1].who == "填"


@pytest.mark.parametrize(("name", "may"), [("填", True), ("审", False), ("看", False)])
def test_records_are_kept_by_the_filler(staffed: Book, name: str, may: bool) -> None:
    accounts.log_in(staffed, name, OTHER)
    if may:
        assert write(staffed, 1)
        assert staffed.undo()
    else:
        with pytest.raises(Forbidden, match="填报人"):
            write(staffed, 1)
    staffed.act("导出名单", [])


def test_returns_are_approved_by_the_reviewer() -> None:
    for act in ("审核", "取消审核", "退回", "解封"):
        assert rights.refusal("审核人", f"{act} 年报", {"return_"}) == ""
        assert "审核人" in rights.refusal("填报人", f"{act} 年报", {"return_"})
    assert rights.refusal("填报人", "填报", {"return_", "return_cell"}) == ""
    assert rights.refusal("审核人", "填报", {"return_", "return_cell"}) != ""
    for role in ("填报人", "审核人"):
        assert rights.refusal(role, "封存 年报", {"return_", "seal"}) == ""
        assert "管理员" in rights.refusal(role, "依法删除个人信息", {"person", "erasure"})


@pytest.mark.parametrize("name", ["填", "审", "看"])
def test_accounts_are_the_administrators(staffed: Book, name: str) -> None:
    accounts.log_in(staffed, name, OTHER)
    for act in (
        lambda: accounts.add(staffed, "新", "管理员", WORD), lambda: accounts.set_role(staffed, name, "管理员"), lambda: accounts.close_account(staffed, "审"),
        lambda: accounts.reset_password(staffed, "管", OTHER),
    ):  # fmt: skip
        with pytest.raises(Refused, match="管理员"):
            act()
    accounts.change_own_password(staffed, OTHER, WORD)
    accounts.log_in(staffed, name, WORD)


def test_after_five_wrong_passwords_there_is_a_wait_that_doubles(staffed: Book) -> None:
    moment = datetime(2026, 12, 31, 9)
    staffed.clock = Clock(lambda: moment)
    for left in (4, 3, 2, 1):
        with pytest.raises(WrongPassword, match=f"还可以试 {left} 次"):
            accounts.log_in(staffed, "填", WORD)
    with pytest.raises(WrongPassword, match="09:01:00 以后"):
        accounts.log_in(staffed, "填", WORD)
    with pytest.raises(Refused, match="09:01:00 以后"):
        accounts.log_in(staffed, "填", OTHER)
    moment += timedelta(minutes=1)
    with pytest.raises(WrongPassword, match="09:03:00 以后"):
        accounts.log_in(staffed, "填", WORD)
    moment += timedelta(minutes=2)
    accounts.log_in(staffed, "填", OTHER)
    assert (staffed.who, staffed.role) == ("填", "填报人")
    failed = [act for act in staffed.acts() if act.name == "登录失败 填"]
    assert len(failed) == 6 and {act.who for act in failed} == {"填"}
    accounts.log_in(staffed, "填", OTHER)
    assert staffed.verify() == []


def test_waiting_never_grows_past_an_hour(staffed: Book) -> None:
    moment = datetime(2026, 12, 31, 9)
    staffed.clock = Clock(lambda: moment)
    for _ in range(15):
        with pytest.raises(WrongPassword):
            accounts.log_in(staffed, "审", WORD)
        moment += accounts.LONGEST_WAIT
    accounts.log_in(staffed, "审", OTHER)


def test_another_waits_for_nobody(staffed: Book) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassword):
            accounts.log_in(staffed, "填", WORD)
    accounts.log_in(staffed, "审", OTHER)


def test_a_closed_account_stays_in_the_list_and_logs_in_no_more(staffed: Book) -> None:
    accounts.close_account(staffed, "填")
    with pytest.raises(WrongPassword, match="停用"):
        accounts.log_in(staffed, "填", OTHER)
    assert [one.name for one in accounts.accounts(staffed) if one.closed] == ["填"]
    accounts.reopen_account(staffed, "填")
    accounts.log_in(staffed, "填", OTHER)


def test_the_last_administrator_stays(staffed: Book) -> None:
    for act in (lambda: accounts.close_account(staffed, "管"), lambda: accounts.set_role(staffed, "管", "只读")):
        with pytest.raises(Refused, match="最后一个管理员"):
            act()
    accounts.set_role(staffed, "审", "管理员")
    accounts.close_account(staffed, "管")


@pytest.mark.parametrize(
    ("name", "role", "word", "said"),
    [("", "只读", WORD, "姓名"), ("填", "只读", WORD, "已有"), ("新", "经理", WORD, "没有“经理”"), ("新", "只读", "123", "至少 8 个字符")],
)
def test_wrong_input_gets_a_sentence(staffed: Book, name: str, role: str, word: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        accounts.add(staffed, name, role, word)


def test_no_password_stands_in_the_book(staffed: Book) -> None:
    staffed.close()
    content = (staffed.folder / "book.db").read_bytes()
    assert WORD.encode() not in content and OTHER.encode() not in content


def test_the_password_is_asked_again_before_personal_data_goes_out(staffed: Book) -> None:
    accounts.confirm(staffed, WORD)
    with pytest.raises(WrongPassword, match="没有导出"):
        accounts.confirm(staffed, OTHER)


def test_undoing_anothers_work_needs_the_right_too(staffed: Book) -> None:
    act = write(staffed, 1)
    accounts.log_in(staffed, "看", OTHER)
    with pytest.raises(Forbidden):
        staffed.take_back(act)
    with pytest.raises(Forbidden):
        staffed.act("改", [Change("person", (1,), {"name": "甲"}, {"name": "乙"})])
