"""First run: what the clerk has said about the new book (whose it is, its townships with their households), and the book made of it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from db.change import Change, Refused
from db.place import place_refusal, place_warning
from db.rows import defaults
from office.backup import on_demand
from office.city_book import new_city_book
from office.new_book import county_change, made, region_of, unit_changes
from office.open import open_book
from office.password import fit, set_password
from policy import divisions
from policy.clock import Clock
from policy.facts import BUREAU, SUBDISTRICT, TOWN
from policy.kinds import Unreadable
from policy.kinds.number import COUNT
from policy.names import fold_unit

UNSORTED: Final = "未分类"
"""The category of households of which only the number in all is known."""
_TOTALS: Final = frozenset(fold_unit(word) for word in ("合计", "总计", "小计", "全县", "全市", "全区", "合 计"))


@dataclass(frozen=True, slots=True)
class FirstUnit:
    """A township of the new book; `households` None: not known yet, which is never 0."""

    name: str
    kind: str
    code: str = ""
    households: int | None = None


@dataclass(frozen=True, slots=True)
class FirstBook:
    """What the pages of the wizard hold. `code`: 6 digits of a county, or 4 of a city whose book receives the counties' packages;
    `region`, `basis`: "" where the city's holds; `units`: the townships; `counted_on`: the day of their households."""

    folder: Path
    code: str
    region: str = ""
    basis: str = ""
    units: tuple[FirstUnit, ...] = ()
    counted_on: date | None = None

    @property
    def city(self) -> bool:
        """Whether it is a city's book."""
        return len(self.code) == 4


def townships(county_code: str) -> tuple[FirstUnit, ...]:
    """The townships the divisions know of a county, to begin with."""
    return tuple(FirstUnit(town.name, divisions.unit_type(town), town.code) for town in divisions.towns(county_code))


def pasted(units: Sequence[FirstUnit], block: Sequence[Sequence[str]]) -> tuple[tuple[FirstUnit, ...], str]:
    """The units with a block from Excel taken in: each line has a unit's name and, right of it, one whole number of households. Units that
    are not listed are added at the end; sums are passed over. Also a sentence of what was taken and what was not."""
    found = {fold_unit(one.name): one for one in units}
    filled, added, left = 0, [], []
    for line in block:
        cells = [cell.strip() for cell in line if cell.strip()]
        at = next((at for at, cell in enumerate(cells) if any(sign.isalpha() for sign in cell)), len(cells))
        numbers = [number for cell in cells[at + 1 :] if (number := _number(cell)) is not None]
        key = fold_unit(cells[at]) if at < len(cells) else ""
        if not key or key in _TOTALS or len(numbers) != 1 or len(cells) != at + 2:
            left += [" ".join(cells)] if cells else []
            continue
        if key not in found:
            added.append(cells[at])
        held = found.get(key) or FirstUnit(cells[at], SUBDISTRICT if key.endswith("街道") else TOWN)
        found[key] = replace(held, households=numbers[0])
        filled += 1
    said = f"已填 {filled} 个单位的户数"
    said += f"；名单里原来没有、已加在末尾的：{'、'.join(added)}" if added else ""
    said += f"；没有采用的 {len(left)} 行：{'；'.join(left[:3])}{'……' if len(left) > 3 else ''}（每行应为单位名称和一个户数）" if left else ""
    return tuple(found.values()), f"{said}。"


def _number(cell: str) -> int | None:
    try:
        found: int | None = COUNT.parse(cell.removesuffix("户"), None)
    except Unreadable:
        return None
    return found


def checked(units: Sequence[FirstUnit]) -> tuple[FirstUnit, ...]:
    """The units as they go into the book; Refused where one has no name or two bear the same."""
    seen: set[str] = set()
    for at, one in enumerate(units, 1):
        key = fold_unit(one.name)
        if not key:
            raise Refused(f"第 {at} 行没有单位名称。请填写，或删去这一行。")
        if key in seen:
            raise Refused(f"“{one.name}”出现了两次。请删去一行。")
        seen.add(key)
    return tuple(units)


def first_book(said: FirstBook, clock: Clock, who: str = "经办人") -> Path:
    """Make the book; returns its folder. Refused with a sentence (unknown county, doubtful region, names twice, folder in use) leaves
    nothing behind."""
    if said.city:
        return new_city_book(said.folder, said.code, clock, who=who)
    try:
        county = divisions.county(said.code)
    except ValueError as error:
        raise Refused(str(error)) from error
    region, basis = region_of(county, said.region, said.basis)
    city, units = divisions.city(county.parent), checked(said.units)
    named = [(county.code, divisions.bureau_name(county), BUREAU), *((one.code, one.name, one.kind) for one in units)]
    changes = [county_change(county.code, county.name, city.code, city.name, region, basis), *unit_changes(named), *_caseload(said)]
    return made(said.folder, county.name, clock, changes, who)


def _caseload(said: FirstBook) -> list[Change]:
    if said.counted_on is None:
        return []
    counted = [(unit, one.households) for unit, one in enumerate(said.units, 2) if one.households is not None]
    return [
        Change("caseload", (number,), None, defaults("caseload") | {
            "id": number, "unit": unit, "as_of": said.counted_on, "category": UNSORTED, "households": households, "source": "新建台账时填写",
        })
        for number, (unit, households) in enumerate(counted, 1)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SetUp:
    """A book ready for work: its folder, the recovery code ("" without a password), and what could not be done beside it ("" = all was)."""

    folder: Path
    code: str
    said: str


def set_up(said: FirstBook, clock: Clock, password: str = "", backup: Path | None = None) -> SetUp:
    """Make the book, lock it with a password where one was given, and put a first backup into another place where one was named. A book
    that could not be locked is not left behind; a backup that could not be written is only said."""
    if password:
        fit(password)
    folder = first_book(said, clock)
    try:
        code = set_password(folder, password, clock) if password else ""
    except BaseException:
        shutil.rmtree(folder)
        raise
    if backup is None:
        return SetUp(folder, code, "")
    try:
        with open_book(folder, clock, program="新建台账", password=password or None) as book:
            on_demand(book, backup)
    except (OSError, ValueError) as failed:
        why = failed.strerror if isinstance(failed, OSError) and failed.strerror else str(failed)
        return SetUp(folder, code, f"台账已建好，但没有备份到“{backup}”：{why}。以后可在“备份”里再备份。")
    return SetUp(folder, code, "")


def place_said(folder: Path) -> tuple[str, str]:
    """Why a book cannot be put here, and what to mind about the place ("" = nothing)."""
    return place_refusal(folder), place_warning(folder)
