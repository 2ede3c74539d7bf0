"""Pictures of every screen over the demo county at 1366×768, and of the program without a book: `python -m desktop.pictures FOLDER`
(python3 dev.py pictures).

Each is named as the screen's help page; the manual and the README show them, so they are taken anew whenever screens change.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desktop import theme
from desktop.desk import Desk
from desktop.first_run import FirstRun
from desktop.help import HelpWindow
from desktop.screens.returns import ReturnsPage
from desktop.screens.welcome import WelcomePage
from desktop.window import Keeper, Window
from office import demo
from office.help_pages import RULES_TITLE, titles
from office.manual import BEGINNING
from office.open import open_book
from office.tasks import YEARLY, make_task
from policy.clock import Clock

SIZE: Final = QSize(1366, 768)
SHOWN: Final = "表2"
"""The form of the return that is shown."""
WITHOUT_BOOK: Final = QSize(960, 620)
"""The window of the time without a book, as `desktop.__main__` opens it."""
COUNTY: Final = ("梅州市", "大埔县")
"""A county set up in the pictures; nothing of it is made."""
_SETTLES: Final = 0.5
"""Seconds in which a screen has read what it reads beside the window."""


def take(app: QApplication, folder: Path) -> list[Path]:
    """The start page, the setting up of a book, every screen that has a help page, and the help window itself, as PNG files in a folder;
    what was there before is replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = Clock(lambda: datetime(demo.YEAR, demo.AS_OF.month, demo.AS_OF.day, 9))
    made = without_book(app, folder, clock)
    with tempfile.TemporaryDirectory() as scratch:
        book = open_book(demo.make(Path(scratch) / f"{demo.COUNTY}.经办台账", clock), clock, "李晓敏", program="截图")
        task = make_task(book, YEARLY, str(demo.YEAR))
        desk = Desk(book, clock, demo.AS_OF)
        try:
            window = Window(desk, Keeper(lambda: None), True)
            window.frame.resize(SIZE)
            window.frame.show()
            _wait(app, lambda: not desk.checking, 60)
            for words, page in titles().items():
                if words in window.places:
                    shown = window.go(words)
                    _wait(app, lambda: False, _SETTLES)
                    if isinstance(shown, ReturnsPage):
                        _desk_of(app, shown, task)
                    made.append(_save(window.frame, folder / f"{page}.png"))
            help_window = HelpWindow(lambda: desk.check.facts.parameters if desk.check else None, window.frame)
            help_window.show_page(RULES_TITLE)
            app.processEvents()
            made.append(_save(help_window, folder / "help.png"))
            help_window.close()
            window.frame.hide()
        finally:
            desk.close()
    return made


def without_book(app: QApplication, folder: Path, clock: Clock) -> list[Path]:
    """The start page (named as the manual's first chapter) and the first page of the setting up of a book."""
    wizard = FirstRun(clock, Path())
    wizard.whose.city.setCurrentText(COUNTY[0])
    wizard.whose.county.setCurrentText(COUNTY[1])
    made = []
    for page, content in zip(BEGINNING, (WelcomePage([], clock, folder / "演示"), wizard), strict=True):
        window = QMainWindow()
        window.setWindowTitle("经办台账")
        window.setCentralWidget(content)
        window.resize(WITHOUT_BOOK)
        window.show()
        app.processEvents()
        made.append(_save(window, folder / f"{page}.png"))
        window.close()
    return made


def _desk_of(app: QApplication, page: ReturnsPage, task: int) -> None:
    """A form of the task's return, filled in."""
    page.open_task(task)
    _wait(app, lambda: not page.at.busy, 60)
    tabs = page.at.tabs
    tabs.setCurrentIndex(next(at for at in range(tabs.count()) if tabs.tabText(at) == SHOWN))
    _wait(app, lambda: False, _SETTLES)


def _wait(app: QApplication, done: Callable[[], bool], seconds: float) -> None:
    limit = time.monotonic() + seconds
    while not done() and time.monotonic() < limit:
        app.processEvents()
        time.sleep(0.01)


def _save(widget: QWidget, path: Path) -> Path:
    """A third of the size with the 256 colours that occur most, and nobody sees it."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    colours = [colour for colour, _ in Counter(memoryview(image.constBits()).cast("I")).most_common(256)]
    small = image.convertToFormat(QImage.Format.Format_Indexed8, colours, Qt.ImageConversionFlag.ThresholdDither)
    if not small.save(str(path), "PNG", 0):  # type: ignore[call-overload]  # the stub says bytes, the binding takes text
        raise OSError(f"“{path}”没有写入。请检查磁盘空间和文件夹权限。")
    return path


def main() -> int:
    """Take them all into the folder given, and say how many."""
    app = QApplication(sys.argv)
    theme.apply(app)
    made = take(app, Path(sys.argv[1]))
    sys.stdout.write(f"{len(made)} 张：{sys.argv[1]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
