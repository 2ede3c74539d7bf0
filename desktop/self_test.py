"""`--self-test`: the program tries itself, also frozen, and says what it did in self-test.json and by its exit code."""

from __future__ import annotations

import json
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QApplication

from policy.clock import Clock


def run(app: QApplication) -> int:
    """Everything the windowless test does, then the main window over the demo county, every screen visited; 0 or 1."""
    started = time.monotonic()
    done: dict[str, Any] = {"passed": False}
    try:
        from office.self_test import self_test

        with tempfile.TemporaryDirectory() as folder:
            done = self_test(Path(folder), Clock())
            done["qt"] = qVersion()
            done["screens"] = _screens(app, Path(folder) / "window")
            done["passed"] = done["passed"] and bool(done["screens"])
    except Exception:
        done["passed"] = False
        done["error"] = traceback.format_exc()
    done["seconds"] = round(time.monotonic() - started, 1)
    _write(done)
    return 0 if done["passed"] else 1


def _screens(app: QApplication, folder: Path) -> list[str]:
    """Show the window over a demo county and go through every entry; their names."""
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
        return list(window.places)
    finally:
        desk.close()


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
