"""Accounts: who may do what, passwords of one's own, waiting after five wrong ones."""

from __future__ import annotations

import ast
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from db import rights
from db.book import Book
from db.change import Change, Forbidden, Refused, WrongPassword
from db.rows import row
from office import accounts, seal
from policy.clock import Clock
from tests.db.records import county, new
from tests.office.returning import noted, opened

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
    for act in ("审核报表", "退回修改", "解封报表"):
        assert rights.refusal("审核人", f"{act} 年报", {"return_"}) == ""
        assert "审核人" in rights.refusal("填报人", f"{act} 年报", {"return_"})
    for act in ("填报", "审核说明 2-S1", "确认上期说明 2-S1", "恢复台账数 表2", "编制报表 年报", "撤销 填报"):
        assert rights.refusal("填报人", act, {"return_", "return_cell"}) == "", act
        assert rights.refusal("审核人", act, {"return_", "return_cell"}) != "", act
    for role in ("填报人", "审核人"):
        for act in ("封存报表 年报", "上报报表 年报", "接收报表 年报", "退回报表 年报"):
            assert rights.refusal(role, act, {"return_", "seal"}) == ""
        assert "管理员" in rights.refusal(role, "依法删除个人信息", {"person", "erasure"})


def named_acts() -> dict[str, set[str]]:
    """First word of every act the program does → the files that do it: the first text given to `act`, `erase` or a file's own step, or kept
    as `name` for it."""
    found: dict[str, set[str]] = {}
    for room in ("office", "db"):
        for path in (Path(__file__).parents[2] / room).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                said: list[ast.expr] = []
                if isinstance(call, ast.Assign) and [one.id for one in call.targets if isinstance(one, ast.Name)] == ["name"]:
                    said = [call.value]
                elif isinstance(call, ast.Call):
                    named = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
                    said = call.args if named in ("act", "erase", "_step", "_change", "_noted") else []
                for one in said:
                    part = one.values[0] if isinstance(one, ast.JoinedStr) and one.values else one
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                        found.setdefault(part.value.split(" ")[0], set()).add(path.name)
                        break
    return found


def test_the_table_of_rights_names_the_acts_there_are() -> None:
    """A renamed act would silently lose its right, and one whose first word another act has would silently get it."""
    acts = named_acts()
    assert len(acts) > 60
    on_returns = {word: files for word, files in acts.items() if files & {"seal.py", "returns_desk.py"}}
    assert set(rights.ON_RETURNS) <= set(on_returns)
    assert set(on_returns) - set(rights.ON_RETURNS) == {"编制报表", "填报", "恢复台账数", "审核说明", "确认上期说明"}
    for word in rights.ON_RETURNS:
        assert "seal.py" in acts[word], word
    assert set(rights.OWN) <= set(acts)
    assert {word for word, files in acts.items() if "accounts.py" in files} == {*rights.OWN, "新增账号", "重设密码", "改角色", "停用账号", "启用账号"}


def test_two_people_take_a_return_from_filling_in_to_approval(demo_book: Book) -> None:
    """The one who filled in does not approve: refused by the table of rights, and by the database where the role would allow it."""
    accounts.add(demo_book, "李晓敏", "管理员", WORD)
    assert accounts.alone(demo_book)
    for name, role in (("陈填", "填报人"), ("张佩珊", "审核人")):
        accounts.add(demo_book, name, role, OTHER)
    accounts.log_in(demo_book, "陈填", OTHER)
    number = opened(demo_book)
    noted(demo_book, number)
    with pytest.raises(Forbidden, match="审核人"):
        seal.approve(demo_book, number)
    with pytest.raises(Refused, match="不能代填"):
        seal.approve(demo_book, number, "张佩珊")
    accounts.log_in(demo_book, "李晓敏", WORD)
    noted_by = demo_book.read(row, "return_", (number,)) or {}
    assert noted_by["filled_by"] == "陈填"
    demo_book.act("填报 表2", [Change("return_", (number,), {"filled_by": "陈填"}, {"filled_by": "李晓敏"})])
    with pytest.raises(Refused, match="不能是同一人"):
        seal.approve(demo_book, number)
    with pytest.raises(Refused, match="不能是同一人"):  # whatever the program's own door says
        demo_book.act("审核报表", [Change("return_", (number,), {"approved_by": None}, {"approved_by": "李晓敏"})])
    accounts.log_in(demo_book, "张佩珊", OTHER)
    seal.approve(demo_book, number)
    assert (demo_book.read(row, "return_", (number,)) or {})["approved_by"] == "张佩珊"
    with pytest.raises(Forbidden, match="填报人"):
        demo_book.act("填报 表2", [new("return_cell", 1, return_=number, form="表2", line="合计", mark="1", value="1")])
    accounts.log_in(demo_book, "陈填", OTHER)
    seal.seal(demo_book, number)
    with pytest.raises(Forbidden, match="审核人"):
        seal.unseal(demo_book, number, "石桥镇人数有误，需要重新填报")
    assert demo_book.verify() == []


def test_in_a_one_clerk_office_the_approver_is_named_and_the_log_says_so(demo_book: Book) -> None:
    number = opened(demo_book)
    noted(demo_book, number)
    with pytest.raises(Refused, match="填报人"):
        seal.approve(demo_book, number, demo_book.who)
    seal.approve(demo_book, number, " 张佩珊 ")
    assert (demo_book.read(row, "return_", (number,)) or {})["approved_by"] == "张佩珊"
    said = demo_book.acts()[-1]
    assert said.who == demo_book.who and said.reason == f"审核人“张佩珊”由{demo_book.who}代录（只有一人使用台账）"


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
