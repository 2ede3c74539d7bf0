"""Setting up a county's book: county, pay region, bureau and townships from the divisions (one act, one undo)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from db import book as books
from db.change import Change, Refused
from db.rows import defaults
from office import __version__
from office.open import open_book
from policy import divisions
from policy.clock import Clock
from policy.facts import BUREAU
from policy.parameters import REGIONS


def region_of(county: divisions.Division, region: str, basis: str) -> tuple[str, str]:
    """Pay region and its basis for a county: by its city unless given. A doubtful county, or a region other than the city's,
    must be confirmed with its basis (a document number); Refused says so."""
    if region and region not in REGIONS:
        raise Refused(f"地区类别“{region}”认不出，应为 {' 或 '.join(REGIONS)}。")
    if region and not basis:
        raise Refused("指定地区类别时必须同时写明依据（文件名称或文号，--basis）。")
    if county.doubtful and not region:
        raise Refused(
            f"{county.name}在省级部分资金文件中按粤东西北对待，所属地级市属{county.region}，不能自动确定工资最低标准。"
            f"请用 --region 珠三角|粤东西北 --basis 依据 确认。"
        )
    return region or county.region, basis or "按所属地级市"


def county_changes(county: divisions.Division, region: str, basis: str) -> list[Change]:
    """County, bureau and townships of a division as new rows. Townships' life starts unknown: they hold for any earlier date."""
    city = divisions.city(county.parent)
    region, basis = region_of(county, region, basis)
    named = [(county.code, divisions.bureau_name(county), BUREAU)]
    named += [(town.code, town.name, divisions.unit_type(town)) for town in divisions.towns(county.code)]
    return [county_change(county.code, county.name, city.code, city.name, region, basis), *unit_changes(named)]


def county_change(code: str, name: str, city_code: str, city: str, region: str, basis: str, **more: Any) -> Change:
    """The county's own row."""
    values = {
        "id": 1,
        "code": code,
        "name": name,
        "city_code": city_code,
        "city": city,
        "region": region,
        "region_basis": basis,
        "confirmed": True,
    }
    return Change("county", (1,), None, defaults("county") | values | more)


FIRST_DAY = date(1949, 10, 1)
"""Versions of units that were there before the book begin here."""


def unit_changes(named: list[tuple[str, str, str]]) -> list[Change]:
    """(code, name, type) of the first units of a new book, the first one the parent of the others, as new rows."""
    changes = []
    for number, (code, name, kind) in enumerate(named, 1):
        changes.append(Change("unit", (number,), None, defaults("unit") | {"id": number, "code": code, "sort_no": number}))
        version = {"id": number, "unit": number, "since": FIRST_DAY, "name": name, "type": kind, "parent": 1 if number > 1 else None}
        changes.append(Change("unit_version", (number,), None, defaults("unit_version") | version))
    return changes


def new_book(folder: Path, county_code: str, clock: Clock, *, region: str = "", basis: str = "", who: str = "经办人") -> Path:
    """Make the book of a county in `folder`; returns the folder. Refused (unknown county, doubtful region, folder in use) leaves nothing behind."""
    try:
        county = divisions.county(county_code)
    except ValueError as error:
        raise Refused(str(error)) from error
    changes = county_changes(county, region, basis)
    return made(folder, county.name, clock, changes, who)


def made(folder: Path, name: str, clock: Clock, changes: list[Change], who: str) -> Path:
    """A new book with its first act written."""
    books.create_at(folder, name, __version__)
    with open_book(folder, clock, who) as book:
        book.act("新建台账", changes, barrier=True)
    return folder
