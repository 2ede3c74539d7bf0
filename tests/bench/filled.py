"""The program as `python -m desktop BOOK` starts it, with the password typed for the clerk; says when the workbench is filled and painted."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from desktop import __main__ as program
from tests.bench.books import PASSWORD

_open = program.Program.open


def opened(self: program.Program, path: Path, *given: Any) -> bool:
    """Opens with the password, then watches for the first check."""
    done = _open(self, path, password=PASSWORD)
    desk, window = self.desk, self.window
    assert desk is not None and window is not None

    def painted() -> None:
        window.frame.repaint()
        sys.stderr.write("the workbench is filled\n")
        sys.stderr.flush()

    desk.checked.connect(lambda: QTimer.singleShot(0, painted))
    return done


program.Program.open = opened  # type: ignore[method-assign]
sys.exit(program.main())
