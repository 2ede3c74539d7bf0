"""SAFETY 10 and 11: foreign files, identity and account numbers. Their tests stand with intake and the imports and run there in every
normal run; here they are run once more and counted."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.safety.conftest import Say


@pytest.mark.parametrize(
    ("number", "what", "files"),
    [
        (10, "crafted and foreign files", ("tests/intake/test_hostile.py", "tests/office/test_import_hostile.py", "tests/intake/test_reader.py")),
        (11, "identity and account numbers, formulas in exports", ("tests/office/test_import_numbers.py", "tests/policy/test_identity.py", "tests/returns/test_workbook_writer.py")),
    ],
)  # fmt: skip
def test_of_the_imports(number: int, what: str, files: tuple[str, ...], full: bool, say: Say, not_run: Callable[[int, str], None]) -> None:
    if not full:
        not_run(number, f"{', '.join(files)} run in every normal run")
        return
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", *files]
    done = subprocess.run(command, capture_output=True, check=False, cwd=Path(__file__).parents[2])
    last = done.stdout.decode().strip().splitlines()[-1]
    counts = {word: int(count) for count, word in re.findall(r"(\d+) (passed|failed|error|skipped)", last)}
    say(number, f"{what} ({', '.join(files)}): {counts.get('passed', 0)} passed, {counts.get('failed', 0) + counts.get('error', 0)} failed", done.returncode == 0)
