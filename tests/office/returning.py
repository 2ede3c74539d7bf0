"""A return of the demo county, taken as far as a test needs it."""

from __future__ import annotations

from db.book import Book
from office import returns_desk as desk
from office import seal, tasks

NOTE = "大塘镇计划明年三月前招录补齐"


def opened(book: Book, period: str = "2026", **task: object) -> int:
    """A new return of a task without the forms that want attachments."""
    forms = ("封面", "表1", "表2", "表3")
    return desk.open_return(book, tasks.make_task(book, tasks.YEARLY, period, **{"forms": forms, **task}))


def noted(book: Book, number: int) -> None:
    """Every 核实性 point has its note."""
    draft = book.read(desk.draft_in, number)
    desk.write_note(book, draft, [(one.id, one.subject) for one in draft.audited.points if one.level == "soft"], NOTE)


def sealed(book: Book, period: str = "2026", **task: object) -> int:
    """A sealed return."""
    number = opened(book, period, **task)
    noted(book, number)
    seal.approve(book, number)
    seal.seal(book, number)
    return number
