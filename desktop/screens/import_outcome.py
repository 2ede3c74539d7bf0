"""An answer of the clerk, planned: the preview with all that is shown of it, made beside the window where the file is large."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from desktop.desk import Desk
from desktop.screens.import_lines import SKIPPED, Line, lines
from desktop.screens.import_next import names_waiting, next_step
from intake.cells import Workbook
from office.import_file import Asked, Preview, Progress, again, plan
from office.imports.plan import ImportKind

_OF_ROW: Final = re.compile(r"第 [0-9]+ 行")


@dataclass(frozen=True)
class Outcome:
    """A plan with all that is shown of it (made beside the window: a large file takes its time), or the sentence why there is none."""

    asked: Asked
    seen: Preview | None = None
    refusal: str = ""
    notes: tuple[str, ...] = ()
    """What is to be said about the whole file."""
    lines: list[Line] = field(default_factory=list)
    counts: Mapping[str, int] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    """Names that wait for the clerk's word."""
    step: tuple[str, str] = ("", "")
    """What to do next, and the tab where it is done."""
    writes: bool = False


def outcome(asked: Asked, make: Callable[[], Preview]) -> Outcome:
    """The plan that comes of an answer."""
    try:
        seen = make()
    except ValueError as refusal:
        return Outcome(asked, refusal=str(refusal))
    return Outcome(
        asked, seen, "", tuple(sentence for sentence in seen.sentences() if not _OF_ROW.match(sentence)), lines(seen.rows, seen.skipped),
        seen.counts() | {SKIPPED: len(seen.skipped)}, tuple(names_waiting(seen)), next_step(seen), bool(seen.changes),
    )  # fmt: skip


def planned(desk: Desk, workbook: Workbook, kind: ImportKind, asked: Asked, seen: Preview | None, progress: Progress | None = None) -> Preview:
    """The plan with these answers: from what `seen` compared with, else from the book."""
    if seen is not None:
        return again(seen, progress=progress, **vars(asked))
    said = {name: value for name, value in vars(asked).items() if name != "edits"}
    fresh = plan(desk.book, workbook, kind, progress=progress, **said)
    return again(fresh, progress=progress, edits=asked.edits) if asked.edits else fresh
