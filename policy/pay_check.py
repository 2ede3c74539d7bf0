"""工资核对: who pays whom, what changed since last month, and where the provider's sheet says otherwise than ours.

The provider of 政府购买服务 and 劳务派遣 pays its own workers: the bureau checks its sheet. Pay slips and signing sheets are made for
people the bureau employs itself only; made for others they would be evidence against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from policy.pay_items import EMPLOYER, INSURANCE, ITEMS, WITHHELD, totals

PROVIDER_PAID: Final = ("政府购买服务", "劳务派遣")
DIRECT: Final = "直接聘用"

NOTABLE: Final = Fraction(1, 10)
"""A change to last month by more than this asks for a reason: an office habit, not of the notice."""

Items = Mapping[str, int | None]
"""Written items of one sheet, 分 by name; None = the sheet does not say."""


@dataclass(frozen=True, slots=True)
class Moved:
    """应发 against last month's: `amount` in 分, `share` exact (None where last month was 0), `notable` beyond the office's habit."""

    amount: int
    share: Fraction | None
    notable: bool


def moved(now: int | None, before: int | None) -> Moved | None:
    """The change of 应发 since last month; None where either month has none."""
    if now is None or before is None:
        return None
    amount = now - before
    if not before:
        return Moved(amount, None, amount != 0)
    share = Fraction(amount, abs(before))
    return Moved(amount, share, abs(share) > NOTABLE)


def differences(ours: Items, theirs: Items) -> tuple[str, ...]:
    """Names of items and totals in which the provider's sheet says otherwise than ours.

    A part of the sheet (items, withheld, employer's) the provider leaves out altogether is not compared; a blank beside other figures
    of the same part is 0. Where either side gives only a total of a part, totals are compared.
    """
    mine, said = totals(ours), totals(theirs)
    cells = [name for _, found in _groups(ours, theirs) for name in found]
    for name, part in (("gross", ITEMS), ("net", WITHHELD), ("cost", EMPLOYER)):
        if _says(theirs, ITEMS) and _says(theirs, part) and mine[name] != said[name]:
            cells.append(name)
    return tuple(cells)


def adopted(ours: Items, theirs: Items) -> dict[str, int | None]:
    """What is to be written into our sheet for the provider's to hold: each part that differs, whole; nothing where none does."""
    return {name: theirs.get(name) for names, found in _groups(ours, theirs) if found for name in names}


def _groups(ours: Items, theirs: Items) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """(names of a part, those of them that differ) for every part the provider's sheet has."""
    if _says(theirs, ITEMS):
        part = (*ITEMS, "deduction")
        blank = not _says(ours, ITEMS)
        yield part, tuple(name for name in part if theirs.get(name) is not None) if blank else _cells(ours, theirs, part, "unsplit")
    if _says(theirs, WITHHELD):
        if not _says(theirs, WITHHELD[:-1]):  # a sheet with nothing but 应发 and 实发
            yield WITHHELD, _cells(ours, theirs, WITHHELD, "other")
        else:
            yield INSURANCE, _cells(ours, theirs, INSURANCE, "insurance_other")
            yield from (((name,), _cells(ours, theirs, (name,), "")) for name in ("fund", "tax", "other"))
    if _says(theirs, EMPLOYER):
        yield EMPLOYER, _cells(ours, theirs, EMPLOYER, "")


def _says(sheet: Items, names: tuple[str, ...]) -> bool:
    return any(sheet.get(name) is not None for name in names)


def _cells(ours: Items, theirs: Items, names: tuple[str, ...], lump: str) -> tuple[str, ...]:
    if lump and (ours.get(lump) is not None or theirs.get(lump) is not None):
        return () if _sum(ours, names) == _sum(theirs, names) else (lump,)
    return tuple(name for name in names if (ours.get(name) or 0) != (theirs.get(name) or 0))


def _sum(sheet: Items, names: tuple[str, ...]) -> int:
    return sum((-1 if name == "deduction" else 1) * (sheet.get(name) or 0) for name in names)
