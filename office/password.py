"""The book's password as the office handles it: each change is done on the closed book, goes into its log, and is followed by a backup
that carries the new face."""

from __future__ import annotations

from pathlib import Path

from db import password as passwords
from db.backup import FOLDER, backups
from db.book import find_face, open_book, read_face
from db.change import WrongPassword
from db.crypt import fit
from db.face import keys_of
from db.password import has_password, mark, typed_back
from policy.clock import Clock

__all__ = ["MEANS", "change", "fit", "fits", "has_password", "mark", "reaches", "recover", "renew_code", "set_password", "sheet", "take_off", "typed_back"]

MEANS = (
    "不设密码：任何能用这台电脑或拿到这个文件夹的人，都能看到其中的姓名、身份证号和工资。"
    "设密码：台账和附件加密保存，打开时要输入密码；忘记密码只能用恢复码，密码和恢复码都没有了，数据谁也打不开。"
)
"""What having no password means, in plain words, shown where it is asked."""
ON_DISK = "固态硬盘和 U 盘可能在程序管不到的地方留有旧数据块，报废或转交磁盘时请按保密规定处理。"
"""What overwriting cannot promise, in plain words."""


def reaches(path: Path) -> str:
    """What a password set now reaches and what not, in words: backups from before, copies elsewhere, old blocks of the disk."""
    open_ones = sum(not kept.manifest.locked for kept in backups(find_face(path).parent / FOLDER))
    there = f"此前的 {open_ones} 个备份没有加密，谁都能打开：请移到保险的地方，或核对新备份以后删除。" if open_ones else ""
    return f"设密码时，原来没有加密的台账文件和附件会被覆盖。{there}别处的副本、导出的 Excel 和系统临时文件不在内。{ON_DISK}"


def set_password(folder: Path, password: str, clock: Clock, who: str = "经办人") -> str:
    """Encrypt the book; returns the recovery code to be printed. Backups made before stay readable by anybody (`reaches`)."""
    code = passwords.set_password(folder, password)
    _log(folder, password, clock, who, "设置台账密码")
    return code


def change(folder: Path, old: str, new: str, clock: Clock, who: str = "经办人") -> None:
    """Another password from now on."""
    passwords.change_password(folder, old, new)
    _log(folder, new, clock, who, "修改台账密码")


def fits(folder: Path, password: str) -> bool:
    """Whether this is the book's password (also while the book is open)."""
    try:
        return keys_of(read_face(find_face(folder)), password) is not None
    except WrongPassword:
        return False


def recover(folder: Path, code: str, new: str, clock: Clock, who: str = "经办人") -> None:
    """A new password by the recovery code."""
    passwords.recover(folder, code, new)
    _log(folder, new, clock, who, "用恢复码重设台账密码")


def renew_code(folder: Path, password: str, clock: Clock, who: str = "经办人") -> str:
    """Another recovery code; returns it."""
    code = passwords.renew_code(folder, password)
    _log(folder, password, clock, who, "更换恢复码")
    return code


def take_off(folder: Path, password: str, clock: Clock, who: str = "经办人") -> None:
    """Lay the book open again."""
    passwords.take_off(folder, password)
    _log(folder, None, clock, who, "取消台账密码")


def sheet(county: str, code: str, mark: str, day: str) -> str:
    """The recovery sheet as plain text, to be printed and sealed in the office safe."""
    return (
        f"{county}　经办台账　恢复码\n\n　　{code}\n\n标记：{mark}　　打印日期：{day}\n\n"
        "忘记台账密码时，用恢复码重设。请装入信封密封，放进保险柜，不要存在电脑或手机里。\n"
        "恢复码不用数字 0、1 和字母 O、I、L；最后一位是校验位，输错会立即提示。密码和恢复码都遗失的，台账无法打开。\n"
    )


def _log(folder: Path, password: str | None, clock: Clock, who: str, name: str) -> None:
    with open_book(folder, clock, who, password=password) as book:
        book.act(name, [], barrier=False)
        book.back_up(name)
