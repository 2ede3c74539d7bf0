"""A province in one book: opened, listed, checked, its returns and a list exported; each against the same of a county, and how much
memory the whole process takes."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from db.lists import Listing
from db.lists.people import people
from office.check import check
from office.list_sheet import list_sheet, write_list
from office.make_returns import make_returns
from office.open import Book, open_book
from office.pay_month import pay_month_in
from policy.period import parse_period
from tests.bench.books import AS_OF, CLOCK, COUNTY, PROVINCE, YEAR, Scale, book_of
from tests.bench.checks import peak
from tests.bench.table import Line, took

TIMES = PROVINCE.staff / COUNTY.staff
"""As many times as the province has the county's people, the work may take the county's time."""
MEMORY = 400


def whole() -> list[Line]:
    """What a clerk of a province would do in a morning."""
    county, province = _done(COUNTY), _done(PROVINCE)
    lines = [Line("province", what, seconds, "s", TIMES, county[what], "a county") for what, seconds in province.items()]
    return [*lines, Line("province", "memory of the process at its most, opened to checked", _peaks["checked"], "MB", MEMORY)]


_peaks: dict[str, float] = {}


def _done(scale: Scale) -> dict[str, float]:
    found: dict[str, float] = {}
    held: list[Book] = []

    def timed(what: str, work: Callable[[], object]) -> None:
        found[what] = took(work)

    with tempfile.TemporaryDirectory() as folder:
        timed("opened", lambda: held.append(open_book(book_of(scale), CLOCK, "测速", "测速")))
        book = held[0]
        with book:
            timed("people listed", lambda: book.read(people, AS_OF))
            timed("a month's pay listed", lambda: book.read(pay_month_in, YEAR * 100 + 12))
            timed("checked", lambda: check(book, AS_OF))
            _peaks["checked"] = peak()
            timed("list of people exported", lambda: _export(book.read(people, AS_OF), Path(folder)))
            timed("returns exported", lambda: make_returns(book, parse_period(str(YEAR)), Path(folder), AS_OF))
    return found


def _export(listing: Listing, folder: Path) -> Path:
    sheet = list_sheet("人员", ("测速县民政局", "", f"截至 {AS_OF}"), listing.columns, listing.rows, revealed=False)
    return write_list(sheet, folder / "人员.xlsx", AS_OF)
