"""工作簿 of a return in the edition a clerk asks for: values or with formulas, for publication, on A4 paper only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from db.book import Book
from office.edit import exported_forms
from office.returns_desk import KEPT_STATES, Draft, Last, kept_in, worked_out
from office.seal import workbook
from resources import files
from returns.forms.summary import as_last
from returns.package import bare
from returns.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Edition:
    """What a workbook is to be like."""

    with_formulas: bool = False
    public: bool = False
    a4_only: bool = False
    charts: bool = False

    @property
    def words(self) -> str:
        """What the file's name says of it: （公开版、带公式）."""
        said = [word for word, on in (("公开版", self.public), ("带公式", self.with_formulas), ("A4", self.a4_only), ("带图表", self.charts)) if on]
        return f"（{'、'.join(said)}）" if said else ""


def write_edition(book: Book, draft: Draft, edition: Edition, out: Path, purpose: str = "") -> Path:
    """Write the workbook of a return into folder `out`; returns its path. A sealed return without any wish is the very file that was
    sealed; its other editions are laid from what the seal keeps. One that names people goes into the log with its `purpose`."""
    if edition == Edition() and draft.state in KEPT_STATES:
        kept = book.read(kept_in, draft.number)
        name, content = kept.file_name, kept.workbook
    else:
        name, content = workbook(draft, book, sheets_of(draft, edition), with_formulas=edition.with_formulas, charts=edition.charts)
        name = name.replace(".xlsx", f"{edition.words}.xlsx")
    out.mkdir(parents=True, exist_ok=True)
    files.write(out / name, content)
    if names_people(draft, edition):
        exported_forms(book, draft.sheets, out / name, purpose, masked=draft.task.masked)
    return out / name


def names_people(draft: Draft, edition: Edition) -> bool:
    """Whether an edition of a return has a form with everybody's names in it."""
    return not (edition.public or draft.task.public) and bare(draft.sheets) != tuple(draft.sheets)


def sheets_of(draft: Draft, edition: Edition) -> tuple[Sheet, ...]:
    """The forms of a return laid for an edition, with the same figures."""
    if not (edition.public or edition.a4_only):
        return draft.sheets
    if any(sheet.key.startswith("汇") for sheet in draft.filled.sheets):  # a city's: nobody is named in it
        return tuple(replace(sheet, paper="A4") if edition.a4_only else sheet for sheet in draft.sheets)
    task = replace(draft.task, public=edition.public or draft.task.public, a4_only=edition.a4_only or draft.task.a4_only)
    filled, _ = worked_out(draft.facts, task, tuple(draft.filled.entries.values()), Last(as_last(draft.filled.sheets), draft.last.said), ())
    if draft.state not in KEPT_STATES:
        return replace(draft, task=task, filled=filled).sheets
    about = {sheet.key: sheet for sheet in draft.filled.sheets if sheet.key in ("封面", "审核表")}
    laid = {sheet.key: sheet for sheet in filled.sheets} | ({} if task.public else about) | {key: one for key, one in about.items() if key == "封面"}
    return tuple(laid[sheet.key] for sheet in draft.filled.sheets if sheet.key in laid)
