"""The start: something is on screen before anything heavy is loaded, and a screen's module waits until the screen is shown."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import desktop.window
from desktop.__main__ import LOG_KEPT, keep_log

ROOT = Path(__file__).parents[2]
HEAVY = ("sqlalchemy", "sqlcipher3", "openpyxl", "lark", "python_calamine", "cryptography", "asyncio", "socket")
BEFORE = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.__main__ import Program
from policy.clock import Clock

def loaded():
    return [name for name in sys.modules if name in HEAVY or name.startswith("desktop.screens.") or name in ("desktop.window", "sqlalchemy.orm")]

HEAVY = %r
app = QApplication([])
program = Program(app, Clock(), Path(sys.argv[1]))
"""


def told(script: str, *arguments: str) -> Any:
    """What a fresh process printed last, as JSON."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("COV_", "COVERAGE"))}
    ran = subprocess.run([sys.executable, "-c", BEFORE % (HEAVY,) + script, *arguments], capture_output=True, text=True, cwd=ROOT, env=plain, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1])


def test_the_start_page_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    seen = told("program.welcome(); app.processEvents(); print(json.dumps([program._start.isVisible(), loaded()]))", str(tmp_path))
    assert seen == [True, ["desktop.screens.welcome"]]


def test_a_book_named_at_the_start_is_announced_before_anything_heavy_is_loaded(tmp_path: Path, demo_folder: Path) -> None:
    script = """
shown = []
program.open = lambda path: shown.append([program._start.isVisible(), program._start.centralWidget().text(), loaded()]) or True
program.start([Path(sys.argv[2])], demo=False)
print(json.dumps(shown))
"""
    assert told(script, str(tmp_path), str(demo_folder)) == [[True, f"正在打开{demo_folder.stem}……", []]]


def test_an_open_book_loads_the_screen_in_front_and_no_other(tmp_path: Path, demo_folder: Path) -> None:
    script = """
assert program.open(Path(sys.argv[2]))
print(json.dumps([sorted(set(LATE) & set(sys.modules)), [name for name in loaded() if name in ("openpyxl", "lark", "python_calamine", "sqlalchemy.orm")]]))
program.close_book()
"""
    assert told(f"LATE = {late_modules()!r}" + script, str(tmp_path), str(demo_folder)) == [[], []]


def late_places() -> list[str]:
    """`module:maker` of every screen that the window names."""
    return re.findall(r'late\("([\w:]+)"', Path(desktop.window.__file__).read_text(encoding="utf-8"))


def late_modules() -> list[str]:
    return [f"desktop.screens.{place.partition(':')[0]}" for place in late_places()]


@pytest.mark.parametrize("place", late_places())
def test_every_screen_the_window_names_is_there(place: str) -> None:
    module, _, maker = place.partition(":")
    assert callable(getattr(import_module(f"desktop.screens.{module}"), maker))


def test_the_window_names_its_screens_as_places() -> None:
    assert len(late_places()) > 30


def test_a_long_log_is_put_aside_at_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.__main__.keep_crashes", lambda _folder: None)  # pytest listens for crashes itself
    logger = logging.getLogger("jingban")
    (tmp_path / "jingban.log").write_text("x" * (LOG_KEPT + 1), encoding="utf-8")
    keep_log(tmp_path)
    handler = logger.handlers[-1]
    try:
        logger.warning("没有备份")
        assert (tmp_path / "jingban.log").read_text(encoding="utf-8").endswith("没有备份\n")
        assert (tmp_path / "jingban.log.1").stat().st_size == LOG_KEPT + 1
    finally:
        logger.removeHandler(handler)
        handler.close()
