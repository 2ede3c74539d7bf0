"""个人明细 (附表1, 附表2) in a county's package, sent because the task asked for it: opened at the city with the county's password, and logged."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from db.book import Book
from db.change import Refused
from db.rows import row
from office.edit import exported_forms
from office.package import open_personal
from office.rollup import package_in
from returns.sheet import Sheet

_WHOLE: Final = re.compile(r"\d{17}[\dX]")


def open_forms(book: Book, package: int, password: str) -> tuple[Sheet, ...]:
    """The forms of a received package (its number) that name people; who had them shown goes into the log. Refused where there are none
    or the password does not fit. They are held in memory only, never in the city's book."""
    sheets = open_personal(book.read(package_in, package), password)
    if not book.read_only:
        said = "、".join(f"{sheet.key} {len(sheet.rows)} 行" for sheet in sheets)
        book.act(f"查看个人明细 {book.read(_of, package)}", [], reason=said)
    return sheets


def write_forms(book: Book, sheets: Sequence[Sheet], target: Path, purpose: str) -> Path:
    """Write opened forms as a workbook, and into the log what for. Refused without a purpose."""
    from returns.workbook import write  # brings openpyxl, which takes longer to load than the window

    if not purpose.strip():
        raise Refused("个人明细含个人信息，请填写导出用途。")
    write(sheets, target, book.clock.today())
    exported_forms(book, sheets, target, purpose, masked=not _whole_numbers(sheets))
    return target


def _of(connection: Any, package: int) -> str:
    held = row(connection, "city_package", (package,)) or {}
    county = row(connection, "city_county", (held["county"],)) or {}
    return f"{county.get('name', '')}（第{held['version']}版）"


def _whole_numbers(sheets: Sequence[Sheet]) -> bool:
    return any(_WHOLE.fullmatch(str(cell.value)) for sheet in sheets for line in sheet.rows for cell in line.cells)
