"""The window program: `python -m desktop [BOOK | --demo | --self-test]`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from datetime import date
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, QStandardPaths, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox

import resources
from desktop import theme
from desktop.faults import FaultDialog, Faults
from policy.clock import Clock

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.window import Window

RECENT = 8


class Program:
    """The running program: the start page, or one open book in its window."""

    def __init__(self, app: QApplication, clock: Clock, folder: Path) -> None:
        self.app = app
        self.clock = clock
        self.folder = folder
        """Where this user's own files live: settings, the log, and the demo county."""
        self.settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
        self.desk: Desk | None = None
        self.window: Window | None = None
        self._start: QMainWindow | None = None

    def start(self, books: Sequence[Path], *, demo: bool) -> None:
        """What the program was started with: the demo county, a book, or nothing (the start page)."""
        if not (self.open_demo() if demo else bool(books) and self.open(books[0])):
            self.welcome()

    def recent(self) -> list[Path]:
        """Books opened last, newest first, as far as they are still there."""
        said = self.settings.value("recent", [])
        paths = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        return [Path(str(path)) for path in paths if Path(str(path)).exists()]

    def welcome(self) -> None:
        """The start page."""
        from desktop.screens.welcome import WelcomePage

        self.close_book()
        page = WelcomePage(self.recent(), self.clock, self.demo_folder())
        page.opened.connect(self.open)
        self._start = QMainWindow()
        self._start.setWindowTitle("经办台账")
        self._start.setCentralWidget(page)
        self._start.resize(960, 620)
        self._start.show()
        page.set_out()

    def demo_folder(self) -> Path:
        """Where the demo county is put."""
        return self.folder / "演示" / "东岭县.经办台账"

    def open_demo(self) -> bool:
        """Open the demo county, making it first where it is not there."""
        from office import demo

        return self.open(demo.keep_or_make(self.demo_folder(), self.clock))

    def open(self, path: Path, as_of: date | None = None) -> bool:
        """Open a book in the window; False (and a sentence shown) where that is refused."""
        from desktop.desk import Desk
        from desktop.window import Window
        from office import demo
        from office.open import made_up, open_book

        self.close_book()
        try:
            book = open_book(path, self.clock, program="经办台账窗口")
        except ValueError as refusal:
            QMessageBox(QMessageBox.Icon.Warning, "打不开台账", str(refusal), parent=self._start).exec()
            return False
        demonstration = made_up(book)
        self.desk = Desk(book, self.clock, as_of or (demo.AS_OF if demonstration else self.clock.today()))
        self.window = Window(self.desk, self.welcome, demonstration, self.settings)
        self.window.frame.show()
        if self._start:
            self._start.close()
            self._start = None
        kept = [str(path), *(str(one) for one in self.recent() if one != path)]
        self.settings.setValue("recent", kept[:RECENT])
        return True

    def close_book(self) -> None:
        """Let go of the open book."""
        if self.window is not None:
            self.window.frame.hide()
            self.window.frame.deleteLater()
            self.window = None
        if self.desk is not None:
            self.desk.close()
            self.desk = None


PORTABLE: Final = "便携数据"
"""A folder of this name beside the program keeps settings, log and demo county there (a U-disk carries all of it)."""


def user_folder(program: Path | None) -> Path:
    """Where this user's own files live: beside the program (`program`, None where it is not frozen) in portable mode, else the
    place the system gives."""
    if program is not None and (program / PORTABLE).is_dir():
        return program / PORTABLE
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation))


def main() -> int:
    """Start the program; the exit code."""
    arguments = sys.argv[1:]
    app = QApplication(sys.argv)
    app.setApplicationName("经办台账")
    app.setWindowIcon(QIcon(str(resources.path("app.ico"))))
    theme.apply(app)
    if "--self-test" in arguments:
        from desktop.self_test import run

        return run(app)
    folder = user_folder(Path(sys.executable).parent if getattr(sys, "frozen", False) else None)
    folder.mkdir(parents=True, exist_ok=True)
    log = RotatingFileHandler(folder / "jingban.log", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True)
    logging.getLogger("jingban").addHandler(log)
    faults = Faults(lambda details: FaultDialog(details, folder).exec())
    faults.install()
    program = Program(app, Clock(), folder)
    app.setQuitOnLastWindowClosed(True)
    books = [Path(argument) for argument in arguments if not argument.startswith("-")]
    QTimer.singleShot(0, lambda: program.start(books, demo="--demo" in arguments))
    code = app.exec()
    program.close_book()
    return code


if __name__ == "__main__":
    sys.exit(main())
