"""比较: two returns, packages or periods, cell by cell; changes beyond the threshold ask for a reason, kept as a note of the return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import resources
from db.book import Book
from db.change import Refused
from office.check import parameters_in
from office.package import open_package
from office.returns_desk import Draft, draft_in, last_in, notes_in, write_note
from policy.facts import FULL
from policy.parameters import SHIPPED, Parameters, load
from policy.period import parse_period
from returns.compare import REASON, Difference, differences, explained
from returns.package import PERSONAL_FORMS, TRIAL, Package
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


def own_package(path: Path, code: str) -> Package:
    """A package of the county with this code, verified. Refused with a sentence where it cannot be taken, or is another county's."""
    found = open_package(path)
    if found.manifest.unit_code != code:
        raise Refused(f"“{path.name}”是{found.manifest.unit}的数据包，不是本县的。请选择本县的上报数据包。")
    return found


def with_package(connection: Any, earlier: Package, number: int) -> Compared:
    """A return against the package of another period or version (for `book.read`)."""
    draft = draft_in(connection, number)
    return _compared(connection, draft, earlier.sheets, _package_name(earlier))


def packages(earlier: Path, later: Path) -> Compared:
    """Two packages, by the shipped parameters. Refused with a sentence where one of them cannot be taken, or they are of two counties."""
    return _of_packages(open_package(earlier), open_package(later), lambda day: load(resources.text(SHIPPED), (), day))


def packages_by_book(book: Book, earlier: Path, later: Path) -> Compared:
    """Two packages, by the parameters of a book; as `packages`."""
    return _of_packages(open_package(earlier), open_package(later), lambda day: book.read_later(parameters_in, day).result())


def _of_packages(first: Package, second: Package, parameters: Callable[[date], Parameters]) -> Compared:
    if first.manifest.unit_code != second.manifest.unit_code:
        raise Refused(f"两个数据包不是同一个县的（{first.manifest.unit}、{second.manifest.unit}）。请选择同一个县的两期报表。")
    by = parameters(parse_period(second.manifest.period).last)
    return Compared(_package_name(first), _package_name(second), tuple(differences(first.sheets, second.sheets, threshold(by))), {})


def give_reason(book: Book, draft: Draft, changes: Iterable[Difference], text: str) -> int | None:
    """Say why figures changed; kept with the return. Refused as a note that says nothing."""
    return write_note(book, draft, [(REASON, one.subject) for one in changes], text)


def _compared(connection: Any, draft: Draft, sheets: tuple[Sheet, ...], said: str) -> Compared:
    notes = notes_in(connection, draft.number)
    reasons = {subject: text for (point, subject), (text, confirmed) in notes.items() if point == REASON and confirmed}
    return Compared(said, _name(draft), tuple(differences(sheets, draft.sheets, threshold(draft.facts.parameters))), reasons)


def write_compared(done: Compared, listed: Sequence[Difference], target: Path, day: date) -> Path:
    """The differences listed, with their reasons, as a workbook (变动情况说明表) without the forms that name people; read back before it counts.
    WriteError with a sentence."""
    from returns.workbook import write  # brings openpyxl, which takes longer to load than the window

    signed = "单位负责人：          审核人：          填报人：          填报日期：    年  月  日"
    figures = [one for one in listed if one.form not in PERSONAL_FORMS]
    return write((explained(done.before, done.after, figures, done.reasons, signed),), target, day)


def _package_name(one: Package) -> str:
    said = one.manifest
    return f"{said.unit} {parse_period(said.period).title}第{said.version}版{f'（{TRIAL}）' if said.trial else ''}"


def _name(draft: Draft) -> str:
    return f"{draft.facts.period.title}第{draft.version}版（{draft.state}）"
