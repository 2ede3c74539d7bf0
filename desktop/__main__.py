"""The window program: `python -m desktop [BOOK | FILE … | --demo | --self-test | --associate | --dissociate]`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QMessageBox, QWidget

import resources
from desktop import theme
from desktop.faults import FaultDialog, Faults, Masking, keep_crashes
from desktop.instance import Instance
from desktop.preferences import Preferences
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
        if (points := Preferences(self.settings).points()) != theme.POINTS:
            theme.resize(app, points)
        self.desk: Desk | None = None
        self.window: Window | None = None
        self.idle: LockWhenIdle | None = None
        self._start: QMainWindow | None = None

    def start(self, paths: Sequence[Path], *, demo: bool) -> None:
        """What the program was started with: the demo county, a book, a file for the book opened last, or nothing (the start page)."""
        from desktop.arriving import BOOK, sort_of

        books = [one for one in paths if sort_of(one) == BOOK]
        others = [one for one in paths if one not in books]
        wanted = (books or self.recent()[: len(others)])[:1]
        if demo or wanted:
            self.say_opening(self.demo_folder() if demo else wanted[0])
        if not (self.open_demo() if demo else any(self.open(one) for one in wanted)):
            self.welcome()
        self.arrive(others)

    def say_opening(self, book: Path) -> None:
        """A window at once, before the program has loaded what a book needs."""
        words = QLabel(f"正在打开{book.stem}……", alignment=Qt.AlignmentFlag.AlignCenter)
        words.setObjectName("emptyTitle")
        self._start = self._small_window(words)
        self.app.processEvents()

    def _small_window(self, content: QWidget) -> QMainWindow:
        """The window of the time without a book."""
        window = QMainWindow()
        window.setWindowTitle("经办台账")
        window.setMinimumSize(911, 480)
        window.setCentralWidget(content)
        window.resize(960, 620)
        window.show()
        return window

    def arrive(self, paths: Sequence[Path]) -> None:
        """Files dropped on a window or double-clicked: a book is opened, everything else goes to the open book."""
        from desktop.arriving import BOOK, sort_of

        book = next((one for one in paths if sort_of(one) == BOOK), None)
        if book is not None:
            if not self.open(book):
                self.welcome()
        elif paths and self.window is not None:
            self.window.take(paths)
        elif paths and self._start is not None:
            QMessageBox.information(self._start, "请先打开台账", f"“{paths[0].name}”要放进一本台账里。请先打开或新建台账，再把它拖进窗口。")

    def recent(self) -> list[Path]:
        """Books opened last, newest first, as far as they are still there."""
        said = self.settings.value("recent", [])
        paths = [said] if isinstance(said, str) else said if isinstance(said, list) else []
        return [Path(str(path)) for path in paths if Path(str(path)).exists()]

    def welcome(self) -> None:
        """The start page."""
        from desktop.arriving import DropTarget
        from desktop.screens.welcome import WelcomePage

        self.close_book()
        page = WelcomePage(self.recent(), self.clock, self.demo_folder())
        page.opened.connect(self.open)
        page.begun.connect(self.first_run)
        before, self._start = self._start, self._small_window(page)
        DropTarget(self._start, self.arrive)
        if before is not None:
            before.close()
        page.set_out()
        QTimer.singleShot(_WARMED_AFTER, lambda: Thread(target=_warm_up, name="warm-up", daemon=True).start())

    def first_run(self) -> None:
        """Set up a new book, page by page, in the place of the start page."""
        from desktop.first_run import FirstRun

        assert self._start is not None
        wizard = FirstRun(self.clock, Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)))
        wizard.left.connect(self.welcome)
        wizard.made.connect(self._begin)
        self._start.setWindowTitle("经办台账 — 新建台账")
        self._start.setCentralWidget(wizard)
        wizard.begin()

    def _begin(self, folder: Path, password: str, afterwards: str) -> None:
        """A book just set up comes to the front, at what the clerk wants to do next."""
        from desktop.first_pages import IMPORT, TEMPLATE

        if self.open(folder, password=password or None) and self.window is not None and afterwards in (IMPORT, TEMPLATE):
            self.window.bring_in_people(template=afterwards == TEMPLATE)

    def demo_folder(self) -> Path:
        """Where the demo county is put."""
        return self.folder / "演示" / "东岭县.经办台账"

    def open_demo(self) -> bool:
        """Open the demo county, making it first where it is not there."""
        from office import demo

        return self.open(demo.keep_or_make(self.demo_folder(), self.clock))

    def drop_demo(self) -> None:
        """Take the demo county away, and go back to the start page."""
        from office import demo

        folder = self.desk.book.folder if self.desk else self.demo_folder()
        self.close_book()
        try:
            demo.remove(folder)
        except (OSError, ValueError) as failed:
            QMessageBox(QMessageBox.Icon.Warning, "演示台账没有移除", str(failed)).exec()
        self.welcome()

    def open(self, path: Path, as_of: date | None = None, password: str | None = None) -> bool:
        """Open a book in the window; False (and a sentence shown) where that is refused or the clerk gave up."""
        from desktop.opening import open_from_window

        self.close_book()
        book = open_from_window(path, self.clock, self._start, password)
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
        keeper = Keeper(self.welcome, self.open, self.recent, self.with_closed, self.restore, self.drop_demo, self.arrive)
        self.window = Window(self.desk, keeper, demonstration, self.settings)
        place_window(self.window.frame, self.settings)
        self.idle = LockWhenIdle(self.app, self.desk, self.window.frame, self.settings)
        Thread(target=_back_up, args=(book,), name="backup", daemon=True).start()
        if self._start:
            self._start.close()
            self._start = None

    def with_closed(self, work: Callable[[Path, Clock, str, QWidget | None], object]) -> None:
        """Do something that needs the book closed (set a password), and open it again."""
        from office.accounts import looks_after

        assert self.desk is not None
        try:
            looks_after(self.desk.book, "台账密码和恢复备份")
        except ValueError as refusal:
            QMessageBox(QMessageBox.Icon.Warning, "没有完成", str(refusal)).exec()
            return
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
        paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
        self.arrive([one for one in paths if not (self.desk and self.desk.book.folder in (one, one.parent))])
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
            keep_place(self.window.frame, self.settings)
            self.window.frame.hide()
            self.window.frame.deleteLater()
            self.window = None
        if self.desk is not None:
            self.desk.close()
            self.desk = None


PORTABLE: Final = "便携数据"
"""A folder of this name beside the program keeps settings, log and demo county there (a U-disk carries all of it)."""


WINDOW_KEY: Final = "window"
_ROOMY: Final = 1500
"""Pixels of the screen's width below which a window opened for the first time takes all of it."""


def place_window(frame: QMainWindow, settings: QSettings) -> None:
    """Show the window where and as large as this user left it."""
    kept = settings.value(WINDOW_KEY)
    if isinstance(kept, QByteArray) and frame.restoreGeometry(kept):
        frame.show()
    elif frame.screen().availableGeometry().width() < _ROOMY:
        frame.showMaximized()
    else:
        frame.show()


def keep_place(frame: QMainWindow, settings: QSettings) -> None:
    """Remember where the window stands."""
    settings.setValue(WINDOW_KEY, frame.saveGeometry())


LOG_KEPT: Final = 500_000
"""Bytes of the log after which the next start begins a new one, keeping the last."""
_WARMED_AFTER: Final = 300
"""Milliseconds after the start page is up in which nothing is loaded: it is painted first."""


def _warm_up() -> None:
    """Load what a book needs while the clerk still looks at the start page."""
    import office.check
    import office.open  # noqa: F401


def keep_log(folder: Path) -> None:
    """The log of what went wrong, in the user's own folder, long numbers masked; sent nowhere."""
    path = folder / "jingban.log"
    if path.exists() and path.stat().st_size > LOG_KEPT:
        path.replace(folder / "jingban.log.1")
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(Masking("%(asctime)s %(levelname)s %(message)s"))
    logging.getLogger("jingban").addHandler(handler)
    keep_crashes(folder)


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


def _switch_double_click(*, on: bool) -> int:
    """For whoever sets the program up on many computers: double click on a book opens this program, or no longer; the exit code."""
    from desktop import association

    if not association.possible():
        if sys.stderr:
            sys.stderr.write("双击打开只在 Windows 版的程序文件夹里设置。\n")
        return 2
    if on:
        association.associate(association.registry(), Path(sys.executable))
    else:
        association.dissociate(association.registry())
    return 0


def main() -> int:
    """Start the program; the exit code."""
    arguments = sys.argv[1:]
    if {"--associate", "--dissociate"} & set(arguments):
        return _switch_double_click(on="--associate" in arguments)
    app = QApplication(sys.argv)
    app.setApplicationName("经办台账")
    app.setWindowIcon(QIcon(str(resources.path("app.ico"))))
    theme.apply(app)
    if "--self-test" in arguments:
        from desktop.self_test import run

        return run(app)
    folder = user_folder(Path(sys.executable).parent if getattr(sys, "frozen", False) else None)
    folder.mkdir(parents=True, exist_ok=True)
    faults = Faults(lambda details: FaultDialog(details, folder).exec())
    faults.install()
    instance = Instance(folder)
    if not instance.first:
        instance.hand_over([str(Path(one).resolve()) if not one.startswith("-") else one for one in arguments])
        return 0
    keep_log(folder)
    program = Program(app, Clock(), folder)
    instance.listen(program.asked)
    app.setQuitOnLastWindowClosed(True)
    paths = [Path(argument) for argument in arguments if not argument.startswith("-")]
    QTimer.singleShot(0, lambda: program.start(paths, demo="--demo" in arguments))
    code = app.exec()
    program.close_book()
    instance.leave()
    return code


if __name__ == "__main__":
    sys.exit(main())
