"""Opening a book."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import Final

from db import book as books
from db.book import Book, find_face, read_face
from db.change import Damaged, Forbidden, Locked, Newer, PasswordNeeded, WrongPassword
from db.facts import county_demo
from db.worker import Interrupted
from office.accounts import log_in, looks_after, needs_log_in
from office.backup import on_open
from policy.clock import Clock

__all__ = [
    "COMMAND_LINE", "Book", "Damaged", "Interrupted", "Locked", "Newer", "PasswordNeeded", "WrongPassword", "asked", "find_face", "in_charge", "made_up", "open_book",
    "read_face",
]  # fmt: skip

COMMAND_LINE: Final = "命令行"


def open_book(
    path: Path, clock: Clock, who: str = "经办人", program: str = COMMAND_LINE, *, password: str | None = None, read_only: bool = False
) -> Book:
    """Open a book by its folder or face file. Raises Locked (who has it), Newer (untouched), PasswordNeeded, WrongPassword, Damaged or
    Refused, in words. The command line finds password and account in its environment or asks, and makes the backup that is due; a
    window does both itself (`office.backup.on_open` in the background)."""
    if program != COMMAND_LINE:
        return books.open_book(path, clock, who, program, password=password, read_only=read_only)
    if password is None and read_face(find_face(path)).locked:
        password = asked("JINGBAN_PASSWORD", "台账密码：")
        if not password:
            raise PasswordNeeded("这本台账设有密码。请在终端里按提示输入，或用环境变量 JINGBAN_PASSWORD 给出。")
    book = books.open_book(path, clock, who, program, password=password, read_only=read_only)
    try:
        for warning in book.warnings:
            sys.stderr.write(f"{warning}\n")
        if account := os.environ.get("JINGBAN_ACCOUNT"):
            log_in(book, account, asked("JINGBAN_ACCOUNT_PASSWORD", f"{account}的密码：") or "")
        try:
            on_open(book)
        except OSError as failed:
            sys.stderr.write(f"自动备份没有做成：{failed.strerror or failed}。台账没有问题；请检查磁盘空间。\n")
    except BaseException:
        book.close()
        raise
    return book


def in_charge(path: Path, clock: Clock, what: str, password: str | None = None) -> str:
    """The name under which the command line does `what` concerns the whole book (its password, restoring it): in a book with accounts a
    管理员 logs in first, by the environment or the terminal. Forbidden, WrongPassword or Refused with a sentence."""
    with books.open_book(path, clock, "经办人", COMMAND_LINE, password=password) as book:
        if needs_log_in(book):
            account = os.environ.get("JINGBAN_ACCOUNT")
            if not account:
                raise Forbidden(f"{what}由管理员办理。请用环境变量 JINGBAN_ACCOUNT 写明管理员的姓名，按提示输入密码或用 JINGBAN_ACCOUNT_PASSWORD 给出。")
            log_in(book, account, asked("JINGBAN_ACCOUNT_PASSWORD", f"{account}的密码：") or "")
            looks_after(book, what)
        return book.who


def asked(name: str, prompt: str) -> str | None:
    """A password from the environment, else from whoever sits at the terminal; None where nobody does."""
    if given := os.environ.get(name):
        return given
    return getpass(prompt) if sys.stdin and sys.stdin.isatty() else None


def made_up(book: Book) -> bool:
    """Whether it is the demo county's book, in which anything may be tried."""
    return book.read(county_demo)
