"""People who use the book, each with a role and a password of their own. A book without accounts belongs to whoever opens it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from db.account_tables import ROLE
from db.book import Book
from db.change import Change, Forbidden, Refused, WrongPassword
from db.crypt import fit, fits, hashed
from db.rights import ADMIN, FILLER, REVIEWER, ROLES, VIEWER
from db.rows import next_ids, rows

__all__ = [
    "ADMIN", "FILLER", "REVIEWER", "ROLE", "VIEWER", "Account", "accounts", "add", "alone", "change_own_password", "close_account", "confirm", "log_in",
    "log_out", "looks_after", "needs_log_in", "reopen_account", "reset_password", "set_role",
]  # fmt: skip

FAILURES: Final = 5
"""Wrong passwords in a row after which logging in waits, from the second time on twice as long."""
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Account:
    """A person who may use the book."""

    id: int
    name: str
    role: str
    closed: bool
    failures: int
    """Wrong passwords in a row."""
    waiting_until: datetime | None


def accounts(book: Book) -> list[Account]:
    """Everybody, also those whose account was closed."""
    return [
        Account(one["id"], one["name"], one["role"], one["closed"], one["failures"], datetime.fromisoformat(one["waiting_until"]) if one["waiting_until"] else None)
        for one in book.read(rows, "account")
    ]


def needs_log_in(book: Book) -> bool:
    """Whether somebody has to log in before the book can be changed."""
    return any(not one.closed for one in accounts(book))


def alone(book: Book) -> bool:
    """Whether one person has the book to themselves: whoever approves a return is then named, not logged in."""
    return sum(not one.closed for one in accounts(book)) < 2


def looks_after(book: Book, what: str) -> None:
    """Whether whoever sits there may do what concerns the whole book (its password, restoring it): in a book with accounts only the
    管理员. Forbidden with a sentence."""
    if needs_log_in(book) and book.role != ADMIN:
        raise Forbidden(f"{what}由管理员办理，您的角色是{book.role or '未登录'}。请联系管理员。")


def add(book: Book, name: str, role: str, password: str) -> int:
    """A new account; the first one is a 管理员's and is logged in at once. Returns the act."""
    name = name.strip()
    first = not needs_log_in(book)
    if not name:
        raise Refused("请填写姓名：日志里要写明是谁办的。")
    if role not in ROLES:
        raise Refused(f"没有“{role}”这个角色，应为{'、'.join(ROLES)}。")
    if first and role != ADMIN:
        raise Refused("第一个账号必须是管理员，由他再建其他账号。")
    if _found(book, name):
        raise Refused(f"已有“{name}”的账号。同名的请加上部门或岗位区别；停用过的，请重新启用。")
    fit(password)
    number = book.read(next_ids)["account"]
    values = {"id": number, "name": name, "role": role, "password": hashed(password), "failures": 0, "waiting_until": None, "closed": False}
    act = book.act(f"新增账号 {name}（{role}）", [Change("account", (number,), None, values)], barrier=True)
    if first:
        book.who, book.role = name, role
    return act


def log_in(book: Book, name: str, password: str) -> None:
    """Sit down at the book: its acts bear this name and role from now on. WrongPassword or Refused with a sentence; wrong passwords go
    into the log, and after five in a row there is a wait."""
    account = _found(book, name.strip())
    if account is None or account["closed"]:
        raise WrongPassword(f"没有“{name}”这个账号，或已停用。请检查姓名，或联系管理员。")
    now = book.clock.now()
    if account["waiting_until"] and now < (until := datetime.fromisoformat(account["waiting_until"])):
        raise Refused(f"“{name}”连续输错密码，请在 {until:%H:%M:%S} 以后再试，或请管理员重设密码。")
    if not fits(account["password"], password):
        _failed(book, account, now)
    if account["failures"] and not book.read_only:
        _change(book, f"登录 {name}", account, failures=0, waiting_until=None)
    book.who, book.role = account["name"], account["role"]


def log_out(book: Book) -> None:
    """Leave the desk: until somebody logs in, the book can only be looked at."""
    book.who, book.role = "", ""


def confirm(book: Book, password: str) -> None:
    """Whoever sits at the desk types the password again, before personal data goes out. WrongPassword with a sentence."""
    account = _found(book, book.who)
    if account is not None and not fits(account["password"], password):
        raise WrongPassword("密码不对，没有导出。请再试一次。")


def change_own_password(book: Book, old: str, new: str) -> None:
    """Another password for oneself."""
    account = _needed(book, book.who)
    if not fits(account["password"], old):
        raise WrongPassword("原密码不对，密码没有改。")
    fit(new)
    _change(book, "修改自己的密码", account, password=hashed(new))


def reset_password(book: Book, name: str, new: str) -> None:
    """A new password for somebody who forgot theirs, by the 管理员."""
    fit(new)
    _change(book, f"重设密码 {name}", _needed(book, name), password=hashed(new), failures=0, waiting_until=None)


def set_role(book: Book, name: str, role: str) -> None:
    """Another role; the last 管理员 keeps theirs."""
    if role not in ROLES:
        raise Refused(f"没有“{role}”这个角色，应为{'、'.join(ROLES)}。")
    account = _needed(book, name)
    if role != ADMIN:
        _not_last_admin(book, account)
    _change(book, f"改角色 {name}（{role}）", account, role=role)


def close_account(book: Book, name: str) -> None:
    """Somebody left: the account logs in no more, the log keeps its name."""
    account = _needed(book, name)
    _not_last_admin(book, account)
    _change(book, f"停用账号 {name}", account, closed=True)


def reopen_account(book: Book, name: str) -> None:
    """Somebody came back."""
    _change(book, f"启用账号 {name}", _needed(book, name), closed=False)


def _failed(book: Book, account: dict[str, Any], now: datetime) -> None:
    failures = account["failures"] + 1
    over = failures - FAILURES
    wait = min(FIRST_WAIT * 2**over, LONGEST_WAIT) if over >= 0 else None
    until = (now + wait).isoformat(timespec="seconds") if wait else None
    if not book.read_only:
        who, book.who = book.who, account["name"]
        try:
            _change(book, f"登录失败 {account['name']}", account, failures=failures, waiting_until=until)
        finally:
            book.who = who
    left = f"还可以试 {-over} 次。" if over < 0 else f"请在 {now + (wait or FIRST_WAIT):%H:%M:%S} 以后再试，或请管理员重设密码。"
    raise WrongPassword(f"密码不对。请检查大小写和输入法；{left}")


def _change(book: Book, name: str, account: dict[str, Any], **values: Any) -> None:
    before = {key: account[key] for key in values}
    book.act(name, [Change("account", (account["id"],), before, values)], barrier=True)


def _found(book: Book, name: str) -> dict[str, Any] | None:
    found = book.read(rows, "account", name=name)
    return found[0] if found else None


def _needed(book: Book, name: str) -> dict[str, Any]:
    account = _found(book, name)
    if account is None:
        raise Refused(f"没有“{name}”这个账号。请先查看账号名单。")
    return account


def _not_last_admin(book: Book, account: dict[str, Any]) -> None:
    if account["role"] == ADMIN and sum(one.role == ADMIN and not one.closed for one in accounts(book)) < 2:
        raise Refused("这是最后一个管理员，不能停用或改角色。请先让另一位同志当管理员。")
