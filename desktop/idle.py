"""自动锁屏: after some idle minutes the window is hidden behind the password; what was typed stays where it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop.ask import Ask
from desktop.ask_secret import AskSecret
from desktop.desk import Desk
from desktop.preferences import Preferences
from policy.kinds import Field
from policy.kinds.number import ORDINAL

MINUTES: Final = 15
"""Idle minutes until a book with a password locks itself, where the user has set no other number (0 = never)."""
LONGEST: Final = 240
KEY: Final = "lock/minutes"
HABIT: Final = "自动锁定"
_SIGNS: Final = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove, QEvent.Type.InputMethod)


class LockWhenIdle(QObject):
    """Watches keys and mouse over the book; one that has neither a password nor somebody logged in is never locked."""

    def __init__(self, app: QApplication, desk: Desk, frame: QWidget, settings: QSettings) -> None:
        super().__init__(app)
        self._app, self._desk, self._frame, self._settings = app, desk, frame, settings
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.lock)
        self.locked = False
        app.installEventFilter(self)
        self._begin()

    def minutes(self) -> int:
        """Idle minutes until it locks; 0 = never."""
        return int(str(self._settings.value(KEY, MINUTES)))

    def leave(self) -> None:
        """The book is closed."""
        self._timer.stop()
        self._app.removeEventFilter(self)
        self.deleteLater()

    def lock(self) -> None:
        """Hide everything until the password is typed."""
        if self.locked or not (self._desk.book.keys or self._desk.book.role):
            return
        self.locked = True
        self._frame.hide()
        ask = AskSecret(
            "已锁定", f"“{self._desk.book.face.name}”的台账已锁定。输入密码继续，录入的内容都在。", {"password": "密码"}, self._check, None, confirm="解锁", may_leave=False,
        )  # fmt: skip
        while ask.exec() != QDialog.DialogCode.Accepted:
            pass
        self.locked = False
        self._frame.show()
        self._begin()

    def _check(self, said: dict[str, str]) -> None:
        from office.accounts import confirm
        from office.password import fits

        book = self._desk.book
        if book.role:
            confirm(book, said["password"])
        elif not fits(book.folder, said["password"]):
            raise ValueError("密码不对。请重新输入。")

    def _begin(self) -> None:
        if (minutes := self.minutes()) > 0:
            self._timer.start(minutes * 60_000)

    # Qt's side

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS and not self.locked:
            self._begin()
        return False


def ask_minutes(settings: QSettings, today: Callable[[], date], hand: str, parent: QWidget) -> None:
    """自动锁屏时间: how many idle minutes, from the menu; it holds from the next key or click on. `hand`: who says so, and when."""
    minutes = Field("空闲几分钟后锁屏", ORDINAL, required=True, hint="0 表示不自动锁屏")

    def keep(said: dict[str, Any]) -> None:
        if not 0 <= said["minutes"] <= LONGEST:
            raise ValueError(f"请填 0 到 {LONGEST} 之间的分钟数，0 表示不自动锁屏。")
        settings.setValue(KEY, said["minutes"])
        Preferences(settings).sign(HABIT, hand)

    explanation = "设了台账密码或账号的台账，空闲到时就锁住窗口，输入密码后继续，录入的内容都在。0 表示不自动锁屏。"
    Ask("自动锁屏时间", explanation, {"minutes": minutes}, keep, today, parent, {"minutes": int(str(settings.value(KEY, MINUTES)))}).exec()
