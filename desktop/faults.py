"""An error nobody foresaw ends in one plain dialog and a line in the log, never in silence or a trace on the screen."""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget


class Masking(logging.Formatter):
    """Lines of the log with long numbers masked."""

    def format(self, record: logging.LogRecord) -> str:
        from policy.identity import masked_in  # not before something went wrong: every start would wait for it

        return masked_in(super().format(record))


def keep_crashes(folder: Path) -> None:
    """What is left of a crash below Python (names of functions, no data) stands in crash.log of this user's folder, the one before in
    crash.1.log."""
    crash = folder / "crash.log"
    if crash.exists() and crash.stat().st_size:
        crash.replace(folder / "crash.1.log")
    faulthandler.enable(os.open(crash, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))  # open as long as the program runs


class FaultDialog(QDialog):
    """What happened, that the data is safe, and what to hand to whoever helps."""

    def __init__(self, details: str, log_folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出了问题")
        self.resize(560, 320)
        said = QLabel(
            "刚才的操作没有完成：程序遇到了没有预料到的情况。\n"
            "台账数据是安全的：已保存的内容都在，没做完的这一步没有写入。\n"
            "可以继续使用；如果反复出现，请复制下面的详情，连同日志发给维护人员。"
        )
        said.setWordWrap(True)
        self.details = QPlainTextEdit(details, readOnly=True)
        self.details.setAccessibleName("错误详情")
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        buttons = QDialogButtonBox()
        copy = buttons.addButton("复制详情", QDialogButtonBox.ButtonRole.ActionRole)
        folder = buttons.addButton("打开日志文件夹", QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("继续使用", QDialogButtonBox.ButtonRole.AcceptRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder))))
        buttons.accepted.connect(self.accept)
        close.setDefault(True)
        box = QVBoxLayout(self)
        box.addWidget(said)
        box.addWidget(self.details, 1)
        box.addWidget(buttons)


class Faults(QObject):
    """Takes every exception nobody caught, from any thread: into the log, and to the clerk, one dialog at a time."""

    _came = Signal(str)

    def __init__(self, show: Callable[[str], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show
        self._showing = False
        self._came.connect(self._say, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's own hooks."""
        sys.excepthook = self.take
        threading.excepthook = lambda args: self.take(args.exc_type, args.exc_value, args.exc_traceback)

    def take(self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        """One exception."""
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        from policy.identity import masked_in

        details = masked_in("".join(traceback.format_exception(kind, error, trace)))
        logging.getLogger("jingban").error("unforeseen error\n%s", details)
        self._came.emit(details)

    def _say(self, details: str) -> None:
        if self._showing:
            return
        self._showing = True
        try:
            self._show(details)
        finally:
            self._showing = False
