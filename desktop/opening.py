"""Opening a book from the window: the password where it has one, who sits down at it, and what to do when it cannot be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from desktop.ask_secret import AskSecret
from desktop.rescue import Rescue
from policy.clock import Clock

if TYPE_CHECKING:
    from office.open import Book

WINDOW = "经办台账窗口"


def open_from_window(path: Path, clock: Clock, parent: QWidget | None = None, password: str | None = None) -> Book | None:
    """The open book, or None where the clerk gave up or it cannot be opened (which was said). `password`: one just set, not asked again."""
    from office.open import Damaged, PasswordNeeded, open_book

    try:
        return _seated(open_book(path, clock, program=WINDOW, password=password), parent)
    except PasswordNeeded:
        return unlocked(path, clock, parent)
    except Damaged as refusal:
        return Rescue(path, str(refusal), clock, parent).opened()
    except ValueError as refusal:
        QMessageBox(QMessageBox.Icon.Warning, "打不开台账", str(refusal), parent=parent).exec()
        return None


def unlocked(path: Path, clock: Clock, parent: QWidget | None = None) -> Book | None:
    """The book behind its password, or None where the clerk gave up."""
    from office.open import Damaged, open_book
    from office.password import recover

    got: list[Book] = []

    def enter(said: dict[str, str]) -> None:
        got.append(open_book(path, clock, program=WINDOW, password=said["password"]))

    def anew(said: dict[str, str]) -> None:
        recover(path, said["code"], _twice(said), clock)
        got.append(open_book(path, clock, program=WINDOW, password=said["new"]))

    forgot = AskSecret(
        "用恢复码重设密码", "恢复码在设密码时打印，应密封存放在保险柜里。重设以后用新密码打开，恢复码不变。",
        {"code": "恢复码", "new": "新密码", "again": "再输一次新密码"}, anew, parent, confirm="重设并打开", shown=("code",),
    )  # fmt: skip
    ask = AskSecret("打开台账", f"“{path.stem}”设有密码。", {"password": "台账密码"}, enter, parent, confirm="打开", otherwise=("忘记密码…", forgot))
    try:
        if ask.exec() != QDialog.DialogCode.Accepted or not got:
            return None
    except Damaged as refusal:
        return Rescue(path, str(refusal), clock, parent).opened()
    return _seated(got[0], parent)


def _twice(said: dict[str, str]) -> str:
    if said["new"] != said["again"]:
        raise ValueError("两次输入的新密码不一致。请重新输入。")
    return said["new"]


def _seated(book: Book, parent: QWidget | None) -> Book | None:
    """The book with somebody logged in, where it has accounts; closed again where nobody is."""
    from office.accounts import needs_log_in

    if not needs_log_in(book) or seat(book, parent):
        return book
    book.close()
    return None


def seat(book: Book, parent: QWidget | None = None) -> bool:
    """登录: whose name and role the acts bear from now on; False, and as before, where the clerk gave up."""
    from office.accounts import log_in

    asked = {"name": "姓名", "password": "密码"}
    said = "这本台账设有账号，日志会记下每一步是谁做的。"
    return _done(AskSecret("登录", said, asked, lambda typed: log_in(book, typed["name"], typed["password"]), parent, confirm="登录", shown=("name",)))


def set_password(path: Path, clock: Clock, who: str, parent: QWidget | None = None) -> bool:
    """设置密码 on a closed book: what it means, the password twice, then the recovery code, shown once and typed back. False: not done."""
    from office import password as acts

    code: list[str] = []

    def keep(said: dict[str, str]) -> None:
        code.append(acts.set_password(path, _twice(said), clock, who))

    asked = AskSecret("设置台账密码", f"{acts.MEANS}\n\n{acts.reaches(path)}", {"new": "新密码", "again": "再输一次"}, keep, parent, confirm="设置密码")
    if asked.exec() != QDialog.DialogCode.Accepted:
        return False
    show_code(path, code[0], parent, clock)
    return True


def show_code(path: Path, code: str, parent: QWidget | None = None, clock: Clock | None = None) -> None:
    """Show the recovery code until it was typed back: whoever loses it and the password has lost the book."""
    from office.password import mark, sheet, typed_back

    words = f"{path.stem}的恢复码：\n\n        {code}\n\n请抄写或打印两份，密封放进保险柜；不要存在电脑或手机里。忘记密码只能靠它，这里只显示一次。请照抄写的输入一遍，确认没有抄错。"

    def printed() -> None:
        from desktop.printing import preview_text

        preview_text("恢复码", sheet(path.stem, code, mark(path), f"{(clock or Clock()).today()}"), ask)

    ask = AskSecret(
        "恢复码", words, {"code": "照抄写的输入"}, lambda said: typed_back(path, said["code"]), parent, confirm="已妥善保存", shown=("code",),
        beside=("打印恢复码单…", printed), may_leave=False,
    )  # fmt: skip
    ask.exec()


def change_password(path: Path, clock: Clock, who: str, parent: QWidget | None = None) -> bool:
    """修改密码 of a closed book; False: not done."""
    from office import password as acts

    def change(said: dict[str, str]) -> None:
        acts.change(path, said["old"], _twice(said), clock, who)

    words = "修改以后用新密码打开；以前做的备份仍用当时的密码。"
    return _done(AskSecret("修改台账密码", words, {"old": "现密码", "new": "新密码", "again": "再输一次"}, change, parent, confirm="修改"))


def new_code(path: Path, clock: Clock, who: str, parent: QWidget | None = None) -> bool:
    """更换恢复码 of a closed book; False: not done."""
    from office import password as acts

    code: list[str] = []
    words = "打印的恢复码丢失或被人看过的，换一个新的。旧恢复码从此只能打开以前的备份。"
    renew = AskSecret("更换恢复码", words, {"old": "现密码"}, lambda said: code.append(acts.renew_code(path, said["old"], clock, who)), parent, confirm="更换")
    if not _done(renew):
        return False
    show_code(path, code[0], parent, clock)
    return True


def take_password_off(path: Path, clock: Clock, who: str, parent: QWidget | None = None) -> bool:
    """取消密码 of a closed book; False: not done."""
    from office import password as acts

    words = f"取消以后，台账和附件不再加密。{acts.MEANS.split('设密码：', maxsplit=1)[0].removeprefix('不设密码：')}"
    return _done(AskSecret("取消台账密码", words, {"old": "现密码"}, lambda said: acts.take_off(path, said["old"], clock, who), parent, confirm="取消密码"))


def confirmed(book: Book, what: str, parent: QWidget | None = None) -> bool:
    """Whether whoever sits there may let personal data out: their own or the book's password typed again; True at once without any."""
    from office.accounts import confirm, needs_log_in
    from office.password import fits

    check: Callable[[dict[str, str]], None]
    if book.role or needs_log_in(book):
        check = lambda said: confirm(book, said["password"])  # noqa: E731
    elif book.keys:
        def check(said: dict[str, str]) -> None:
            if not fits(book.folder, said["password"]):
                raise ValueError("密码不对。请重新输入。")
    else:
        return True
    return _done(AskSecret("再输一次密码", f"{what}含有个人信息，请再输一次密码。", {"password": "密码"}, check, parent, confirm="继续"))


def _done(asked: AskSecret) -> bool:
    return asked.exec() == QDialog.DialogCode.Accepted
