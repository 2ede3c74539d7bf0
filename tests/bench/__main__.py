"""The budgets B1–B13 measured side by side with their yardsticks: `python3 dev.py bench [B3 B7 …] [--json FILE]`.

Each budget is measured in a process of its own, so that none warms or burdens the next. Exit 1 where one misses its aim."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from tests.bench.table import MISSES, Line, table

ROOT: Final = Path(__file__).resolve().parents[2]
MEASURES: Final[Mapping[str, str]] = {
    "B1": "starts:b1", "B2": "starts:b2", "B3": "starts:b3", "B4": "checks:b4", "B5": "checks:b5", "B6": "checks:b6", "B7": "forms:b7", "B8": "imports:b8",
    "B9": "imports:b9", "B10": "lists:b10", "B11": "lists:b11", "B12": "beats:b12", "B13": "cities:b13", "province": "province:whole",
}  # fmt: skip
"""Budget → `module:function` below tests.bench that gives its lines."""


def measured(name: str) -> list[Line]:
    """A budget's lines, measured in a process of its own; one line that says so where that failed."""
    ran = subprocess.run([sys.executable, "-m", "tests.bench", "--here", name], cwd=ROOT, capture_output=True, text=True, check=False)
    if ran.returncode or not ran.stdout.strip():
        said = (ran.stderr.strip() or "it said nothing").splitlines()
        return [Line(name, "not measured", None, "s", 1, note="\n".join(said[-12:]))]
    return [Line(**one) for one in json.loads(ran.stdout.splitlines()[-1])]


def main(arguments: Sequence[str], measure: Callable[[str], list[Line]] = measured, names: Sequence[str] = tuple(MEASURES)) -> int:
    """Measure, print the table; 1 where an aim is missed or something asked for could not be measured."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="B1 … B13, province", help="which to measure (all)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="the lines as JSON too")
    parser.add_argument("--here", choices=sorted(MEASURES), help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.here:
        module, _, function = MEASURES[asked.here].partition(":")
        lines = getattr(import_module(f"tests.bench.{module}"), function)()
        sys.stdout.write(json.dumps([vars(line) for line in lines]) + "\n")
        return 0
    if unknown := [name for name in asked.names if name not in names]:
        parser.error(f"not a budget: {', '.join(unknown)} (there are {', '.join(names)})")
    lines = []
    for name in asked.names or names:
        sys.stderr.write(f"{name} …\n")
        lines += measure(name)
        sys.stderr.writelines(f"  {line.what}: {line.verdict}\n" for line in lines if line.number == name)
    sys.stdout.write(table(lines) + "\n")
    if asked.json:
        asked.json.write_text(json.dumps([line.told() for line in lines], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return int(any(line.verdict == MISSES or (line.ours is None and line.what == "not measured") for line in lines))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
