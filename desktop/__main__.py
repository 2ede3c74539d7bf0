"""The window program: `python -m desktop [BOOK | --demo | --self-test]`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from datetime import date
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QWidget

import resources
from desktop import theme
from desktop.faults import FaultDialog, Faults
from desktop.instance import Instance
from policy.clock import Clock

if TYPE_CHECKING:
    from desktop.desk import Desk
    from desktop.idle import LockWhenIdle
    from desktop.window import Window
    from office.open import Book

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
        self.idle: LockWhenIdle | None = None
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
        """Open a book in the window; False (and a sentence shown) where that is refused or the clerk gave up."""
        from desktop.opening import open_from_window

        self.close_book()
        book = open_from_window(path, self.clock, self._start)
        if book is None:
            return False
        self.show(book, as_of)
        kept = [str(book.folder), *(str(one) for one in self.recent() if one not in (path, book.folder))]
        self.settings.setValue("recent", kept[:RECENT])
        return True

    def show(self, book: Book, as_of: date | None = None) -> None:
        """An open book in its window; the backup that is due is made beside."""
        from desktop.desk import Desk
        from desktop.idle import LockWhenIdle
        from desktop.window import Keeper, Window
        from office import demo
        from office.open import made_up

        demonstration = made_up(book)
        self.desk = Desk(book, self.clock, as_of or (demo.AS_OF if demonstration else self.clock.today()))
        keeper = Keeper(self.welcome, self.open, self.recent, self.with_closed, self.restore)
        self.window = Window(self.desk, keeper, demonstration, self.settings)
        self.window.frame.show()
        self.idle = LockWhenIdle(self.app, self.desk, self.window.frame, self.settings)
        Thread(target=_back_up, args=(book,), name="backup", daemon=True).start()
        if self._start:
            self._start.close()
            self._start = None

    def with_closed(self, work: Callable[[Path, Clock, str, QWidget | None], object]) -> None:
        """Do something that needs the book closed (set a password), and open it again."""
        assert self.desk is not None
        folder, who, as_of = self.desk.book.folder, self.desk.book.who, self.desk.as_of
        self.close_book()
        try:
            work(folder, self.clock, who, None)
        except ValueError as refusal:
            QMessageBox(QMessageBox.Icon.Warning, "没有完成", str(refusal)).exec()
        if not self.open(folder, as_of):
            self.welcome()

    def restore(self, file: Path) -> None:
        """Put a backup in the place of the open book, after showing both side by side, and open it."""
        from desktop.restoring import restored

        self.with_closed(lambda folder, clock, who, parent: restored(folder, file, clock, who, parent))

    def asked(self, arguments: Sequence[str]) -> None:
        """A second start: come to the front, and open what it was started with."""
        books = [Path(argument) for argument in arguments if not argument.startswith("-")]
        if books and not (self.desk and self.desk.book.folder in (books[0], books[0].parent)) and not self.open(books[0]):
            self.welcome()
        front = self.window.frame if self.window else self._start
        if front is not None:
            front.setWindowState(front.windowState() & ~Qt.WindowState.WindowMinimized)
            front.show()
            front.raise_()
            front.activateWindow()

    def close_book(self) -> None:
        """Let go of the open book."""
        if self.idle is not None:
            self.idle.leave()
            self.idle = None
        if self.window is not None:
            self.window.frame.hide()
            self.window.frame.deleteLater()
            self.window = None
        if self.desk is not None:
            self.desk.close()
            self.desk = None


PORTABLE: Final = "便携数据"
"""A folder of this name beside the program keeps settings, log and demo county there (a U-disk carries all of it)."""


def _back_up(book: Book) -> None:
    """The backup after opening, beside the work; a full disk or a book closed meanwhile is the log's business, not the clerk's."""
    from office.backup import on_open

    try:
        on_open(book)
    except Exception as failed:
        logging.getLogger("jingban").warning("no backup at opening: %s", failed)


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
    instance = Instance(folder)
    if not instance.first:
        instance.hand_over([str(Path(one).resolve()) if not one.startswith("-") else one for one in arguments])
        return 0
    program = Program(app, Clock(), folder)
    instance.listen(program.asked)
    app.setQuitOnLastWindowClosed(True)
    books = [Path(argument) for argument in arguments if not argument.startswith("-")]
    QTimer.singleShot(0, lambda: program.start(books, demo="--demo" in arguments))
    code = app.exec()
    program.close_book()
    instance.leave()
    return code


if __name__ == "__main__":
    sys.exit(main())
