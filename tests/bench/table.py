"""What a measurement comes to, and the table of them."""

from __future__ import annotations

import gc
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

HOLDS, MISSES, NOT_MEASURED = "holds", "misses", "not measured"
ROUNDS: Final = 5
"""Turns each side gets; the best counts, as the machine has others to serve too."""


@dataclass(frozen=True)
class Line:
    """One line of the table: ours against a yardstick taken in the same run (`aim`: the most ours may be, in yardsticks), or against a
    bare figure (`yardstick` None; `aim` in the unit of `ours`). `ours` None: not measured, `note` says why."""

    number: str
    what: str
    ours: float | None
    unit: str
    aim: float
    yardstick: float | None = None
    against: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours in yardsticks; without a yardstick the bare figure."""
        if self.ours is None or self.yardstick is None:
            return self.ours
        return self.ours / self.yardstick

    @property
    def verdict(self) -> str:
        """Whether it keeps its aim."""
        if self.ratio is None:
            return NOT_MEASURED
        return HOLDS if self.ratio <= self.aim else MISSES

    def told(self) -> dict[str, object]:
        """As a program would read it."""
        return {
            "number": self.number, "what": self.what, "ours": self.ours, "unit": self.unit, "against": self.against, "yardstick": self.yardstick,
            "ratio": self.ratio, "aim": self.aim, "verdict": self.verdict, "note": self.note,
        }  # fmt: skip


def side_by_side(ours: Callable[[], object], yardstick: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Best seconds of each, turn about; each is done once before, so that both are warm."""
    ours()
    yardstick()
    times = [(took(ours), took(yardstick)) for _ in range(rounds)]
    return min(first for first, _ in times), min(second for _, second in times)


def took(work: Callable[[], object]) -> float:
    """Seconds of one turn."""
    gc.collect()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


HEAD: Final = ("", "what", "ours", "yardstick", "ratio", "aim", "")


def table(lines: Iterable[Line]) -> str:
    """The lines under each other, then how many hold."""
    listed = list(lines)
    cells = [HEAD, *(_cells(line) for line in listed)]
    widths = [max(_width(row[at]) for row in cells) for at in range(len(HEAD))]
    printed = ["  ".join(_padded(cell, width, right=at in (2, 4, 5)) for at, (cell, width) in enumerate(zip(row, widths, strict=True))).rstrip() for row in cells]
    counts = ", ".join(f"{sum(line.verdict == word for line in listed)} {word}" for word in (HOLDS, MISSES, NOT_MEASURED) if any(line.verdict == word for line in listed))
    return "\n".join([*printed, *(f"{line.number}: {line.note}" for line in listed if line.note), counts])


def _cells(line: Line) -> Sequence[str]:
    bare = line.yardstick is None and line.ours is not None
    ours = "–" if line.ours is None else said(line.ours, line.unit)
    yardstick = f"{said(line.yardstick, line.unit)} {line.against}" if line.yardstick is not None else line.against
    ratio = "" if bare or line.ratio is None else f"{line.ratio:.2f}×"
    aim = f"≤ {said(line.aim, line.unit)}" if bare else f"≤ {line.aim:g}×" if line.aim >= 1 else f"≤ 1/{1 / line.aim:.0f}"
    return line.number, line.what, ours, yardstick, ratio, aim, line.verdict


def said(value: float, unit: str) -> str:
    """A figure in its unit; seconds below one in ms."""
    if unit == "s":
        return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms" if value < 0.1 else f"{value * 1000:.0f} ms"
    return f"{value:.0f} {unit}" if unit else f"{value:.2f}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _padded(text: str, width: int, right: bool) -> str:
    blank = " " * (width - _width(text))
    return blank + text if right else text + blank
