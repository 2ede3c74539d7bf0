"""B7: the whole annual set of a county as one workbook, read back cell by cell, against openpyxl alone writing the same cells."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Border, Font, Side

from office.check import facts_in
from office.make_returns import YEARLY, lay, write_laid
from office.open import open_book
from policy.period import parse_period
from returns.forms import FORMS
from tests.bench.books import AS_OF, CLOCK, COUNTY, YEAR, book_of
from tests.bench.table import Line, side_by_side

WHOLE = replace(YEARLY, forms=tuple(form.key for form in FORMS))
"""Every form there is."""


def b7() -> list[Line]:
    """Laid, written, read back."""
    with tempfile.TemporaryDirectory() as name, open_book(book_of(COUNTY), CLOCK, "测速", "测速") as book:
        folder = Path(name)
        facts = book.read(facts_in, parse_period(str(YEAR)))
        path = write_laid(lay(facts, WHOLE), folder, AS_OF, WHOLE)
        cells = {sheet.title: {(cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row if cell.has_style} for sheet in load_workbook(path)}
        ours, bare = side_by_side(lambda: write_laid(lay(facts, WHOLE), folder, AS_OF, WHOLE), lambda: _bare(cells, folder / "bare.xlsx"), 7)
    count = sum(len(places) for places in cells.values())
    return [Line("B7", f"annual set, {len(cells)} sheets, {count:,} cells, read back", ours, "s", 2, bare, "openpyxl writing them")]


def _bare(cells: dict[str, dict[tuple[int, int], object]], path: Path) -> None:
    """The same cells, ruled blanks too, with one font, one border and one alignment shared by all."""
    book = Workbook()
    book.remove(book.worksheets[0])
    font, line, place = Font(name="宋体", size=10), Side(style="thin"), Alignment(horizontal="center", vertical="center", wrap_text=True)
    border = Border(left=line, right=line, top=line, bottom=line)
    for title, places in cells.items():
        page = book.create_sheet(title)
        for (row, column), value in places.items():
            cell = page.cell(row, column, value)  # type: ignore[arg-type]
            cell.font, cell.border, cell.alignment = font, border, place
    book.save(path)
