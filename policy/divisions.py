"""Divisions: Guangdong's cities, counties, townships and villages, for first-run set-up and for suggestions while typing.

What a clerk picks here is copied into the book and lives on there under its own dates (towns merge and are renamed); this
list is never read again for a county that has a book, and imports are never matched by its town codes. Source and dates of
the list: resources/divisions/README.md.
"""

from __future__ import annotations

import csv
import lzma
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import resources
from policy.facts import SUBDISTRICT, TOWN, ZONE

_CITY, _COUNTY, _TOWN = "city", "county", "town"
_LEVEL_WORDS = {_CITY: "地级市", _COUNTY: "县级", _TOWN: "乡级"}
_UNIT_TYPES = {"街道": SUBDISTRICT, "镇": TOWN, "乡": TOWN, "民族乡": TOWN, "其他": ZONE}


@dataclass(frozen=True, slots=True)
class Division:
    """A city (4 digits), county (6) or township (9): `kind` as the list has it (县级市, 街道, 民族乡, 其他 …), `parent` its
    city's or county's code. `region` 珠三角 or 粤东西北 is only the default; `doubtful`: the clerk has to confirm it, and
    `note` (may be shown) says why."""

    code: str
    name: str
    parent: str
    kind: str
    region: str
    doubtful: bool
    note: str


@dataclass(frozen=True, slots=True)
class Village:
    """A 村（居）民委员会 (12 digits) of a township."""

    code: str
    name: str
    town: str


@cache
def _divisions() -> Mapping[str, Mapping[str, Division]]:
    """Level → code → division, in the order of the list."""
    pay_region = tomllib.loads(resources.text("divisions/pay-region.toml"))
    levels: dict[str, dict[str, Division]] = {_CITY: {}, _COUNTY: {}, _TOWN: {}}
    for row in csv.DictReader(resources.text("divisions/guangdong.csv").splitlines()):
        levels[row["level"]][row["code"]] = Division(
            row["code"], row["name"], row["parent_code"], row["kind"],
            pay_region["words"][row["region"]], row["code"] in pay_region["doubtful"]["codes"], row["note"],
        )
    return levels


@cache
def _villages() -> Mapping[str, tuple[Village, ...]]:
    """Town code → its villages. 26,842 rows, unpacked when first asked for."""
    lines = lzma.decompress(resources.path("divisions/guangdong-villages.csv.xz").read_bytes()).decode().splitlines()
    towns: dict[str, list[Village]] = {}
    for row in csv.DictReader(lines):
        towns.setdefault(row["town_code"], []).append(Village(row["code"], row["name"], row["town_code"]))
    return {town: tuple(villages) for town, villages in towns.items()}


def _find(level: str, code: str) -> Division:
    found = _divisions()[level].get(code)
    if found is None:
        raise ValueError(f"区划表里没有代码为“{code}”的{_LEVEL_WORDS[level]}单位。请从列表中选择；列表里没有的，可以直接填写名称。")
    return found


def cities() -> tuple[Division, ...]:
    """The 21 prefecture-level cities."""
    return tuple(_divisions()[_CITY].values())


def city(code: str) -> Division:
    """A city by its 4-digit code; ValueError with a sentence for an unknown one."""
    return _find(_CITY, code)


def counties(city_code: str) -> tuple[Division, ...]:
    """Counties of a city; of 东莞 and 中山, which have none, the city itself standing as one county (441900, 442000)."""
    _find(_CITY, city_code)
    return tuple(county for county in _divisions()[_COUNTY].values() if county.parent == city_code)


def county(code: str) -> Division:
    """A county by its 6-digit code; ValueError with a sentence for an unknown one."""
    return _find(_COUNTY, code)


def towns(county_code: str, others: bool = False) -> tuple[Division, ...]:
    """Townships and subdistricts of a county; with `others` its farms, prisons, parks and zones (kind 其他) too, which are
    not pre-filled in a new book."""
    _find(_COUNTY, county_code)
    return tuple(t for t in _divisions()[_TOWN].values() if t.parent == county_code and (others or t.kind != "其他"))


def villages(town_code: str) -> tuple[Village, ...]:
    """Villages and communities of a township, for suggestions; empty for townships newer than the list (2023)."""
    _find(_TOWN, town_code)
    return _villages().get(town_code, ())


def bureau_name(county: Division) -> str:
    """Name of the county's civil affairs bureau: 惠东县民政局."""
    return f"{county.name}民政局"


def unit_type(town: Division) -> str:
    """Unit type of a township in the book: 街道, 乡镇 or 功能区."""
    return _UNIT_TYPES[town.kind]
