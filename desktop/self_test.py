"""`--self-test`: the program tries itself, also frozen, and says what it did in self-test.json and by its exit code."""

from __future__ import annotations

import json
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import qVersion
from PySide6.QtGui import QImageReader
from PySide6.QtWidgets import QApplication

import resources
from desktop.icons import icon
from policy.clock import Clock

if TYPE_CHECKING:
    from desktop.desk import Desk


def run(app: QApplication) -> int:
    """Everything the windowless test does, then the main window over the demo county, every screen visited; 0 or 1."""
    started = time.monotonic()
    done: dict[str, Any] = {"passed": False, "steps": [], "counts": {}, "parts": {}}
    try:
        from office.self_test import self_test

        with tempfile.TemporaryDirectory() as folder:
            done = self_test(Path(folder), Clock())
            done["parts"]["Qt"] = qVersion()
            done["screens"] = _screens(app, Path(folder) / "window", done["counts"])
            done["counts"]["icons"] = _icons()
            done["steps"] += ["every screen shown", "every icon drawn", "a form printed to PDF", "Qt speaks Chinese, shows SVG and JPEG"]
            _qt(app)
            done["passed"] = done["passed"] and bool(done["screens"])
    except Exception:
        done["passed"] = False
        done["error"] = traceback.format_exc()
    done["seconds"] = round(time.monotonic() - started, 1)
    _write(done)
    return 0 if done["passed"] else 1


def _screens(app: QApplication, folder: Path, counts: dict[str, int]) -> list[str]:
    """Show the window over a demo county, go through every entry and print a form; the entries' names."""
    from desktop.desk import Desk
    from desktop.window import Keeper, Window
    from office import demo
    from office.open import open_book

    desk = Desk(open_book(demo.make(folder, Clock()), Clock(), program="自检"), Clock(), demo.AS_OF)
    try:
        window = Window(desk, Keeper(lambda: None), True)
        window.frame.show()
        limit = time.monotonic() + 30
        while desk.checking and time.monotonic() < limit:
            app.processEvents()
            time.sleep(0.01)
        for words in window.places:
            window.go(words)
            app.processEvents()
        if desk.check is None or window.frame.grab().isNull():
            raise AssertionError("the window did not come up")
        window.frame.hide()
        counts |= {"screens": len(window.places), "pages in PDF": _printed(desk, folder.with_suffix(".pdf"))}
        return list(window.places)
    finally:
        desk.close()


def _icons() -> int:
    """Every icon drawn, none of them blank; how many."""
    names = sorted(file.stem for file in resources.path("icons").glob("*.svg"))
    for name in names:
        drawn = icon(name).pixmap(32, 32).toImage()
        if all(drawn.pixelColor(x, y).alpha() == 0 for x in range(drawn.width()) for y in range(drawn.height())):
            raise AssertionError(f"icon {name} is blank")
    return len(names)


def _printed(desk: Desk, path: Path) -> int:
    """The first forms of the year printed to PDF files; how many pages."""
    from desktop.printing import Print
    from office import demo
    from office.make_returns import lay_in
    from policy.period import parse_period

    count = 0
    for sheet in desk.read(lay_in, parse_period(str(demo.YEAR))).sheets[:4]:
        printing = Print(sheet, pdf=str(path))
        count += printing.paint(printing.printer)
        if not path.read_bytes().startswith(b"%PDF"):
            raise AssertionError(f"{sheet.key}: what was printed is no PDF")
    return count


def _qt(app: QApplication) -> None:
    if app.translate("QPlatformTheme", "Cancel") != "取消":
        raise AssertionError("Qt's own words are not Chinese")
    formats = {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    if not {"svg", "jpeg", "png"} <= formats:
        raise AssertionError(f"image formats: {sorted(formats)}")


def _write(done: dict[str, Any]) -> None:
    """The result beside the program, or in the temporary folder where that is not allowed."""
    text = json.dumps(done, ensure_ascii=False, indent=1)
    for folder in (Path(sys.executable).parent if getattr(sys, "frozen", False) else Path.cwd() / "out", Path(tempfile.gettempdir())):
        try:
            folder.mkdir(exist_ok=True)
            (folder / "self-test.json").write_text(text, encoding="utf-8")
        except OSError:
            continue
        return
