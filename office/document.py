"""Writing the office's documents: the forms a document needs are laid from the book, the text is composed from their cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db.book import Book
from db.facts import county
from office.check import facts_in
from policy.period import Period
from returns.annual import lay_all
from returns.document import Document, write
from returns.documents import DOCUMENTS, PRIVACY, Kind
from returns.documents.figures import Figures
from returns.forms import FORMS
from returns.task import Task
from returns.workbook import file_name


def kind(name: str) -> Kind:
    """The document of this word; ValueError with a sentence for another."""
    for one in (*DOCUMENTS, *PRIVACY):
        if name in (one.id, one.title):
            return one
    raise ValueError(f"没有文档“{name}”。可用的有：{'、'.join(f'{one.id}（{one.title}）' for one in (*DOCUMENTS, *PRIVACY))}。")


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
    return put(book, wanted.compose(figures), wanted.title, period.title, out)


def put(book: Book, document: Document, title: str, period: str, out: Path) -> Path:
    """Write a composed document of this book into folder `out`, named as the returns are; `period` may be "" or a day's words."""
    out.mkdir(parents=True, exist_ok=True)
    office = book.read(county)
    target = out / file_name(office.code, f"{office.name}民政局", title, period, version=1, day=book.clock.today())
    return write(document, target.with_suffix(".docx"))
