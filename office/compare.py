"""比较: two returns, packages or periods, cell by cell; changes beyond the threshold ask for a reason, kept as a note of the return."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import resources
from db.book import Book
from db.change import Refused
from office.package import open_package
from office.returns_desk import Draft, draft_in, last_in, notes_in, write_note
from policy.facts import FULL
from policy.parameters import SHIPPED, Parameters, load
from policy.period import parse_period
from returns.compare import REASON, Difference, differences
from returns.sheet import Sheet


@dataclass(frozen=True)
class Compared:
    """Two sets of forms side by side: what each is, the cells that differ, and the reasons given."""

    before: str
    after: str
    differences: tuple[Difference, ...]
    reasons: Mapping[str, str]

    def without_reason(self) -> tuple[Difference, ...]:
        """Large changes that nobody has explained yet."""
        return tuple(one for one in self.differences if one.asks and one.subject not in self.reasons)


def threshold(parameters: Parameters) -> Fraction:
    """The share of the settings beyond which a change asks for a reason."""
    return Fraction(parameters.limits.compare_share, FULL)


def with_last_period(connection: Any, number: int) -> Compared:
    """A return against the last period of its series (for `book.read`); a change beyond the share of the settings asks for a reason."""
    draft = draft_in(connection, number)
    last = draft.last if draft.last.sheets else last_in(connection, draft.task, parse_period(draft.task.period, draft.task.as_of))
    return _compared(connection, draft, last.sheets, last.said)


def with_return(connection: Any, earlier: int, number: int) -> Compared:
    """A return against another one, of whatever period and version (for `book.read`)."""
    before = draft_in(connection, earlier)
    return _compared(connection, draft_in(connection, number), before.sheets, _name(before))


def packages(earlier: Path, later: Path, parameters: Parameters | None = None) -> Compared:
    """Two packages, by a book's parameters or the shipped ones. Refused with a sentence where one of them cannot be taken, or they are of two counties."""
    first, second = open_package(earlier), open_package(later)
    if first.manifest.unit_code != second.manifest.unit_code:
        raise Refused(f"两个数据包不是同一个县的（{first.manifest.unit}、{second.manifest.unit}）。请选择同一个县的两期报表。")
    by = parameters or load(resources.text(SHIPPED), (), parse_period(second.manifest.period).last)
    said = [f"{one.manifest.unit} {one.manifest.period} 第{one.manifest.version}版" for one in (first, second)]
    return Compared(said[0], said[1], tuple(differences(first.sheets, second.sheets, threshold(by))), {})


def give_reason(book: Book, draft: Draft, changes: Iterable[Difference], text: str) -> int | None:
    """Say why figures changed; kept with the return. Refused as a note that says nothing."""
    return write_note(book, draft, [(REASON, one.subject) for one in changes], text)


def _compared(connection: Any, draft: Draft, sheets: tuple[Sheet, ...], said: str) -> Compared:
    notes = notes_in(connection, draft.number)
    reasons = {subject: text for (point, subject), (text, confirmed) in notes.items() if point == REASON and confirmed}
    return Compared(said, _name(draft), tuple(differences(sheets, draft.sheets, threshold(draft.facts.parameters))), reasons)


def _name(draft: Draft) -> str:
    return f"{draft.facts.period.title}第{draft.version}版（{draft.state}）"
