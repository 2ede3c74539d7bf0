"""What the lines above the headings say of the whole sheet: 2026年5月工资表, 截至2026年12月31日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from intake.cells import Sheet
from intake.headers import Header
from policy.kinds.date import DATE


def titles(sheet: Sheet, header: Header) -> list[str]:
    """The texts above the headings."""
    return [
        unicodedata.normalize("NFKC", cell)
        for number, row in sheet.rows.items()
        if number < header.first
        for cell in row
        if isinstance(cell, str)
    ]


_MONTH_SAID: Final = re.compile(r"(20[0-9]{2})\s*年\s*(1[0-2]|0?[1-9])\s*月(?!\s*[0-9]{1,2}\s*日)")
_DAY_SAID: Final = re.compile(r"20[0-9]{2}\s*[年./-]\s*[0-9]{1,2}\s*[月./-]\s*[0-9]{1,2}\s*日?")


def month_said(above: list[str], sheet: str) -> int | None:
    """The one month that the lines above the headings (or the sheet's name) say: 2026年5月工资表. None where they say none or several."""
    for texts in (above, [unicodedata.normalize("NFKC", sheet)]):
        said = {int(year) * 100 + int(month) for text in texts for year, month in _MONTH_SAID.findall(text)}
        if said:
            return said.pop() if len(said) == 1 else None
    return None


def day_said(above: list[str]) -> date | None:
    """The one date that the lines above the headings say: 截至2026年12月31日. None where they say none or several."""
    said = {DATE.parse(re.sub(r"\s", "", text), None) for title in above for text in _DAY_SAID.findall(title)}
    return said.pop() if len(said) == 1 else None
