"""SAFETY 10 and 11: foreign files, identity and account numbers. Their tests stand with intake and the imports and run there in every
normal run; here they are run once more and counted."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.safety.conftest import Say


@pytest.mark.parametrize(
    ("number", "what", "files"),
    [
        (10, "crafted and foreign files", ("tests/intake/test_hostile.py", "tests/office/test_import_hostile.py", "tests/intake/test_reader.py")),
        (11, "identity and account numbers, formulas in exports", ("tests/office/test_import_numbers.py", "tests/policy/test_identity.py", "tests/returns/test_workbook_writer.py")),
    ],
)  # fmt: skip
def test_of_the_imports(
    number: int, what: str, files: tuple[str, ...], full: bool, say: Say, not_run: Callable[[int, str], None], tmp_path: Path
) -> None:
    if not full:
        not_run(number, f"{', '.join(files)} run in every normal run")
        return
    told = tmp_path / "told.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--no-header", f"--junitxml={told}", "-o", "junit_family=xunit1", *files]
    done = subprocess.run(command, capture_output=True, check=False, cwd=Path(__file__).parents[2])
    last = done.stdout.decode().strip().splitlines()[-1]
    counts = {word: int(count) for count, word in re.findall(r"(\d+) (passed|failed|error|skipped)", last)}
    run = f"{counts.get('passed', 0)} passed, {counts.get('failed', 0) + counts.get('error', 0)} failed"
    say(number, f"{what} ({', '.join(files)}): {run}{''.join(f'; {line}' for line in figures(told))}", done.returncode == 0)


def figures(told: Path) -> list[str]:
    """What the tests of hostile files and of identity numbers have told of themselves, summed up."""
    said: dict[str, list[list[float]]] = {}
    for one in ElementTree.parse(told).iter("property"):
        said.setdefault(one.get("name", ""), []).append([float(part) for part in one.get("value", "").split()])
    lines = []
    if hostile := said.get("hostile"):
        lines.append(
            f"{len(hostile)} hostile files through `office import`, each a sentence with the next step, no trace, the book byte for byte as it was:"
            f" longest {max(seconds for seconds, _ in hostile):.1f} s (aim ≤ 20), most memory of the reading process"
            f" {max(peak for _, peak in hostile) / 2**20:.0f} MB (aim ≤ 512)"
        )
    if numbers := said.get("numbers"):
        sent, accepted, false, lost, taken = (int(sum(column)) for column in zip(*numbers, strict=True))
        lines.append(
            f"{sent} identity numbers in {len(numbers)} forms: {accepted} accepted, {sent - accepted} refused or asked about, {false} of the accepted not the"
            f" true number; {lost} that had lost digits, {taken} of them accepted"
        )
    return lines
