"""Writing the office's documents: the forms a document needs are laid from the book, the text is composed from their cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db.book import Book
from office.check import facts_in
from policy.period import Period
from returns.annual import lay_all
from returns.document import write
from returns.documents import DOCUMENTS, Kind
from returns.documents.figures import Figures
from returns.forms import FORMS
from returns.task import Task
from returns.workbook import file_name


def kind(name: str) -> Kind:
    """The document of this word; ValueError with a sentence for another."""
    for one in DOCUMENTS:
        if name in (one.id, one.title):
            return one
    raise ValueError(f"没有文档“{name}”。可用的有：{'、'.join(f'{one.id}（{one.title}）' for one in DOCUMENTS)}。")


def figures_in(connection: Any, period: Period, wanted: Kind) -> Figures:
    """The laid forms a document needs (for `book.read` and `book.read_later`)."""
    facts = facts_in(connection, period)
    known = {form.key for form in FORMS}
    sheets = lay_all(facts, Task(name=wanted.title, forms=tuple(form for form in wanted.forms if form in known)))
    return Figures(facts, {sheet.key: sheet for sheet in sheets})


def write_document(book: Book, name: str, period: Period, out: Path) -> Path:
    """Write a document of a period into folder `out`; returns its path. A document of the same name is replaced whole."""
    wanted = kind(name)
    figures = book.read(figures_in, period, wanted)
    out.mkdir(parents=True, exist_ok=True)
    county = figures.facts.county
    target = out / file_name(county.code, f"{county.name}民政局", wanted.title, period.title, version=1, day=book.clock.today())
    return write(wanted.compose(figures), target.with_suffix(".docx"))
