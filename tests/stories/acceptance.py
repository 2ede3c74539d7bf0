"""What the acceptance stories share: running the command line, making spreadsheets as townships send them, reading a return back.

Nothing here looks inside the program: identity numbers, people and the worked county are made from the specification.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from office.__main__ import main
from policy.clock import Clock

CLOCK = Clock(lambda: datetime(2026, 12, 31, 9, 0, 0))

HOUSEHOLDS = (120, 210, 299, 300, 340, 420, 450, 480, 520, 590, 600, 700, 820)
"""户 of the worked county's 13 towns: 5,849 in all."""
NEEDS_HIGH = (2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 6, 6, 6)
HEADS = (2, 2, 2, 3, 4, 5, 4, 3, 4, 4, 4, 5, 6)
"""Who counts in each town; the bureau has 5."""


@dataclass(frozen=True)
class Ran:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


def office(*arguments: object, clock: Clock = CLOCK) -> Ran:
    """Run a command of the office as `python -m office …` would."""
    out, err = io.StringIO(), io.StringIO()
    code = main([str(one) for one in arguments], clock=clock, out=out, err=err)
    return Ran(code, out.getvalue(), err.getvalue())


def done(*arguments: object) -> str:
    """Run a command that has to succeed (exit 0); returns what it printed."""
    ran = office(*arguments)
    assert ran.code == 0, (arguments, ran)
    return ran.out.strip()


def returns(book: Path, out: Path, period: str = "2026", *more: object) -> Path:
    """Write the return of a period; the command prints the workbook's path."""
    path = Path(done("returns", book, "--period", period, "--out", out, *more))
    assert path.is_file()
    return path


def id_no(birth: date, sequence: int) -> str:
    """A made-up identity number of region 449901 with the check digit GB 11643 asks for; odd sequences are men's."""
    body = f"449901{birth:%Y%m%d}{sequence:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]


def sheet_file(path: Path, *rows: Sequence[Any], title: str = "Sheet1") -> Path:
    """An .xlsx with these rows on its one sheet; texts that begin with a digit stay texts."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = title
    for row in rows:
        page.append(list(row))
    book.save(path)
    book.close()
    return path


class Form:
    """One form of a written workbook: its lines by name and 栏次, and all its texts."""

    def __init__(self, page: Worksheet) -> None:
        self.page = page
        rows = list(page.iter_rows())
        self.texts = [str(cell.value) for row in rows for cell in row if cell.value is not None]
        at = next((index for index, row in enumerate(rows) if row[0].value in ("甲",)), None)
        self.marks: list[str] = []
        self.lines: list[dict[str, Any]] = []
        self.cells: list[dict[str, Any]] = []
        if at is None:
            return
        self.marks = [str(cell.value) for cell in rows[at] if cell.value is not None]
        for row in rows[at + 1 :]:
            if all(cell.value is None for cell in row[1:]):
                break
            self.cells.append(dict(zip(self.marks, row, strict=False)))
            self.lines.append({mark: cell.value for mark, cell in self.cells[-1].items()})

    def line(self, name: str) -> Mapping[str, Any]:
        """The line of a unit (or of a person, on the lists)."""
        (found,) = [one for one in self.lines if name in (one["甲"], one.get("乙"))]
        return found

    def says(self, part: str) -> bool:
        """Whether any cell of the form contains this text."""
        return any(part in text for text in self.texts)


def forms(path: Path) -> dict[str, Form]:
    """Sheet name → form, in binding order."""
    return {page.title: Form(page) for page in openpyxl.load_workbook(path).worksheets}


def every_cell(path: Path) -> dict[tuple[str, str], Any]:
    """(sheet, coordinate) → value of every cell that holds something."""
    book = openpyxl.load_workbook(path, read_only=True)
    found = {
        (page.title, cell.coordinate): cell.value
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    }
    book.close()
    return found


@dataclass(frozen=True)
class Hand:
    """One made-up worker of the worked county."""

    name: str
    number: str
    kind: str
    place: int
    start: date
    annual: str | None
    work_class: str = "事务性"
    share: str = "100%"


def hands() -> Iterator[Hand]:
    """53 people who count (place 0 = bureau, 1–13 = towns), as the worked county has them; then a 服务性 one at town 6 and one at
    town 9 whose work is 40 % social assistance, who do not."""
    places = [("行政编制", 0), ("行政编制", 0), ("事业编制", 0), ("劳务派遣", 0), ("劳务派遣", 0)]
    for town, heads in enumerate(HEADS, 1):
        bought = "政府购买服务" if town in (12, 13) else "劳务派遣"
        places += [("事业编制", town), *[(bought, town)] * (heads - 1)]
    for number, (kind, place) in enumerate(places, 1):
        own = kind in ("行政编制", "事业编制")
        annual = None if own else "49,992.00" if number == 4 else "5.4万"
        start = date(2026, 6, 16) if number == 5 else date(2022, 3, 1)
        yield Hand(f"人员{number:02d}", id_no(date(1980, 1, 1 + number % 28), number), kind, place, start, annual)
    yield Hand("服务员甲", id_no(date(1985, 2, 3), 401), "劳务派遣", 6, date(2023, 3, 1), "54000", work_class="服务性")
    yield Hand("兼职员乙", id_no(date(1985, 2, 3), 402), "劳务派遣", 9, date(2023, 3, 1), "54000", share="40%")
