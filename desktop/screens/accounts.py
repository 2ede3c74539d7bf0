"""账号与角色: who uses the book, each with a role and a password of their own; somebody else sits down; one's own password."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout

from db.lists import Edit, Row
from db.lists.columns import computed
from desktop.ask import Ask
from desktop.desk import Desk
from desktop.grid import Grid
from desktop.opening import seat
from desktop.page import Action, Page, qaction
from office import accounts as acts
from office.accounts import ADMIN, FILLER, REVIEWER, ROLE, VIEWER
from policy.kinds import Field
from policy.kinds.number import ORDINAL
from policy.kinds.text import NAME, TEXT

COLUMNS: Final = (
    computed("name", "姓名", TEXT, 8),
    computed("role", "角色", TEXT, 6),
    computed("may", "能办什么", TEXT, 34),
    computed("failures", "连续输错", ORDINAL, 6, "连续输错几次密码就暂停登录，再错等待加倍"),
    computed("state", "情况", TEXT, 14),
)
MAY: Final = {
    FILLER: "登记台账、编制和上报报表；不能审核",
    REVIEWER: "审核、退回、解封报表，可以封存、上报；不改台账",
    VIEWER: "查看、打印和导出，不作改动",
    ADMIN: "全部，并管理账号、依法删除个人信息；不能审核自己填的报表",
}
"""Role → what it does."""
NOBODY: Final = (
    "这本台账没有分账号：谁打开，谁就可以改，日志记的是同一个名字。两个人以上使用的，先给管理员建账号，再建其他人的；"
    "有两个账号以后，填报报表的人不能审核自己填的报表。"
)
NOT_SEATED: Final = "这本台账分了账号，现在没有人登录，只能查看。请用“换人登录”输入姓名和密码。"
_NEW: Final = Field("新密码", TEXT, required=True, hint="至少 8 个字符")
_AGAIN: Final = Field("再输一次", TEXT, required=True)


class AccountsPage(Page):
    """The list of accounts; what changes it is the 管理员's, one's own password everybody's."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.said = QLabel(wordWrap=True)
        self.said.setObjectName("purpose")
        self.grid = Grid(COLUMNS, _computed, desk.today)
        self.grid.view.nothing = "还没有账号。按“新增账号”建第一个，第一个是管理员。"
        self.toolbar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toolbar.setIconSize(QSize(18, 18))
        self.actions_of = {
            action.words: qaction(action, self)
            for action in (
                Action("新增账号…", self._add, "people", tip="给一位同志建账号：姓名、角色和他自己的密码"),
                Action("换人登录…", self._seat, "people", tip="换一位同志来办，以后的操作记在他名下"),
                Action("改角色…", self._role, "edit", tip="改选中的人的角色；最后一个管理员不能改"),
                Action("重设密码…", self._reset, "lock", tip="本人忘记密码，或输错次数太多要等待时，由管理员重设"),
                Action("停用", self._close, "trash", tip="这位同志不再使用台账；日志里的姓名保留"),
                Action("启用", self._reopen, "undo", tip="让停用的账号重新可以登录"),
                Action("我的密码…", self._own, "lock", tip="改登录的人自己的密码"),
            )
        }
        self.toolbar.addActions(list(self.actions_of.values()))
        self.grid.view.row_changed.connect(self._stand_on)
        for words in ("改角色…", "重设密码…", "停用", "启用"):
            self.grid.view.addAction(self.actions_of[words])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.said)
        box.addWidget(self.grid, 1)
        self.setFocusProxy(self.grid)

    def listed(self) -> Grid:
        return self.grid

    def refresh(self) -> None:
        book, now = self.desk.book, self.desk.clock.now()
        found = acts.accounts(book)
        self.grid.set_rows([_row(one, now, book.who if book.role else "") for one in found])
        seated = f"登录的是{book.who}（{book.role}）。操作日志记下每一步是谁办的。"
        self.said.setText(seated if book.role else NOT_SEATED if acts.needs_log_in(book) else NOBODY)
        self.status.emit(f"{sum(not one.closed for one in found)} 个账号" if found else "没有分账号")
        self._stand_on(self.grid.view.current_row())

    def set_out(self) -> None:
        if self.grid.model.rowCount() and not self.grid.view.currentIndex().isValid():
            self.grid.view.go(0, 0)
        self.grid.view.setFocus()

    def _stand_on(self, row: Row | None) -> None:
        book = self.desk.book
        decides = not book.read_only and (book.role == ADMIN or not acts.needs_log_in(book))
        closed = row is not None and str(row.values[4]).startswith("已停用")
        for words, offered in (
            ("新增账号…", decides), ("改角色…", decides and row is not None), ("重设密码…", decides and row is not None),
            ("停用", decides and row is not None and not closed), ("启用", decides and closed),
            ("我的密码…", bool(book.role) and not book.read_only), ("换人登录…", acts.needs_log_in(book)),
        ):  # fmt: skip
            self.actions_of[words].setEnabled(offered)

    # Doing

    def _name(self) -> str:
        row = self.grid.view.current_row()
        return str(row.values[0]) if row else ""

    def _do(self, title: str, act: Callable[..., object], *given: Any) -> None:
        """An act that asks nothing; a refusal is shown over the list."""
        try:
            self.desk.act(act, *given)
        except ValueError as refusal:
            self.grid.model.refused.emit(str(refusal))
        else:
            self.status.emit(f"{title}：{given[0]}")

    def _ask(
        self, title: str, explanation: str, fields: Mapping[str, Field], act: Callable[[dict[str, Any]], object], start: Mapping[str, Any] | None = None
    ) -> None:
        """Questions before an act; what is a password is not shown, and a new one is typed twice."""

        def checked(said: dict[str, Any]) -> None:
            if said.get("new") != said.get("again"):
                raise ValueError("两次输入的密码不一致。请重新输入。")
            act(said)

        question = Ask(title, explanation, fields, checked, self.desk.today, self, start)
        for name in ("old", "new", "again"):
            if isinstance(line := question.editors.get(name), QLineEdit):
                line.setEchoMode(QLineEdit.EchoMode.Password)
        question.exec()

    def _add(self) -> None:
        first = not acts.needs_log_in(self.desk.book)
        fields = {"name": Field("姓名", NAME, required=True), "role": Field("角色", ROLE, required=True), "new": _NEW, "again": _AGAIN}
        told = "第一个账号是管理员，建好以后就登录了；以后打开台账要输入姓名和密码。" if first else "请本人输入密码，不要代设。"
        explanation = "\n".join([told, *(f"{role}：{may}。" for role, may in MAY.items())])
        self._ask("新增账号", explanation, fields, lambda said: self.desk.act(acts.add, said["name"], said["role"], said["new"]), {"role": ADMIN if first else None})

    def _role(self) -> None:
        row = self.grid.view.current_row()
        if row is None:
            return
        explanation = "\n".join([f"{row.values[0]}现在是{row.values[1]}。", *(f"{role}：{may}。" for role, may in MAY.items())])
        fields = {"role": Field("角色", ROLE, required=True)}
        self._ask("改角色", explanation, fields, lambda said: self.desk.act(acts.set_role, row.values[0], said["role"]), {"role": row.values[1]})

    def _reset(self) -> None:
        if name := self._name():
            fields = {"new": _NEW, "again": _AGAIN}
            explanation = f"给{name}设一个新密码，请本人输入；重设以后不必再等待。"
            self._ask("重设密码", explanation, fields, lambda said: self.desk.act(acts.reset_password, name, said["new"]))

    def _own(self) -> None:
        fields = {"old": Field("原密码", TEXT, required=True), "new": _NEW, "again": _AGAIN}
        explanation = f"{self.desk.book.who}的登录密码。忘记原密码的，请管理员重设。"
        self._ask("修改我的密码", explanation, fields, lambda said: self.desk.act(acts.change_own_password, said["old"], said["new"]))

    def _close(self) -> None:
        if name := self._name():
            self._do("已停用", acts.close_account, name)

    def _reopen(self) -> None:
        if name := self._name():
            self._do("已启用", acts.reopen_account, name)

    def _seat(self) -> None:
        if seat(self.desk.book, self):
            self.desk.moved()
            self.status.emit(f"登录的是{self.desk.book.who}（{self.desk.book.role}）")


def _row(one: acts.Account, now: Any, who: str) -> Row:
    waits = one.waiting_until is not None and now < one.waiting_until
    state = "已停用" if one.closed else f"暂停登录至 {one.waiting_until:%H:%M:%S}" if waits else "已登录" if one.name == who else "正常"
    return Row({"account": (one.id,)}, (one.name, one.role, MAY.get(one.role, ""), one.failures or None, state))


def _computed(_edits: list[Edit], _name: str) -> None:
    """The list takes no edits."""
