"""Finding anybody: people by name, 拼音, or the end of identity number or phone; units by name, former name or 拼音; purchase contracts by
number, or by their name or supplier's name in characters or 拼音; records of the registers by their title, number or whom they concern."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Final

from db.lists.people import people
from db.lists.units import names
from db.rows import rows
from office.find_registers import registered
from policy.kinds.idno import IDENTITY
from policy.kinds.text import PHONE
from policy.names import fold
from policy.spelling import spells, spells_within

LAST_DIGITS: Final = 4
"""Fewer digits than this find nobody by number: they fit too many."""


@dataclass(frozen=True)
class Found:
    """A record that was found: table (person, unit, purchase_contract or a register) and number, its name, and a line that tells it from others of that name."""

    table: str
    number: int
    name: str
    detail: str


def find(connection: Any, text: str, as_of: date, limit: int = 30) -> list[Found]:
    """Who and what a clerk may mean by a text, likeliest first: the same name, a name that begins so, one that contains it;
    in letters the first letters of any reading; in four or more digits (the last may be X) the end of a number."""
    wanted = fold(text)
    if not wanted:
        return []
    ranked = [
        *_people(connection, wanted, as_of), *_units(connection, wanted, as_of), *_contracts(connection, wanted), *_registered(connection, wanted, as_of),
    ]  # fmt: skip
    return [found for _, found in sorted(ranked, key=lambda one: one[0])[:limit]]


def _people(connection: Any, wanted: str, as_of: date) -> list[tuple[int, Found]]:
    listing = people(connection, as_of, everybody=True)
    place = {column.id: at for at, column in enumerate(listing.columns)}
    units = names(connection, as_of)
    ranked = []
    for row in listing.rows:
        said = {name: row.values[at] for name, at in place.items()}
        rank = _rank(wanted, said["person.name"])
        numbers = (said["person.id_no"], said["person.phone"])
        if rank is None and _is_number(wanted) and any(str(one or "").casefold().endswith(wanted) for one in numbers):
            rank = 1
        if rank is not None:
            ranked.append((rank, Found("person", row.keys["person"][0], said["person.name"], _told(said, units))))
    return ranked


def _told(said: Mapping[str, Any], units: Mapping[int, str]) -> str:
    """In a line: 青石镇　劳务派遣　在岗　4499**********1234　138****0001."""
    numbers = (
        IDENTITY.mask(said["person.id_no"]) if IDENTITY.mask and said["person.id_no"] else "",
        PHONE.mask(said["person.phone"]) if PHONE.mask and said["person.phone"] else "",
    )
    return "　".join(one for one in (units.get(said["unit"], ""), said["engagement_term.type"] or "", said["status"], *numbers) if one)


def _units(connection: Any, wanted: str, as_of: date) -> list[tuple[int, Found]]:
    now = names(connection, as_of)
    ranked: dict[int, tuple[int, Found]] = {}
    for one in rows(connection, "unit_version"):
        rank = _rank(wanted, one["name"])
        number = one["unit"]
        if rank is not None and (number not in ranked or rank < ranked[number][0]):
            other = "" if one["name"] == now[number] else f"　又名 {one['name']}"
            ranked[number] = (rank, Found("unit", number, now[number], f"{one['type']}{other}"))
    return list(ranked.values())


def _contracts(connection: Any, wanted: str) -> list[tuple[int, Found]]:
    suppliers = {one["id"]: one["name"] for one in rows(connection, "supplier")}
    ranked = []
    for one in rows(connection, "purchase_contract"):
        supplier = suppliers.get(one["supplier"], "")
        ranks = [rank for name in (one["name"], supplier) if name and (rank := _rank(wanted, name)) is not None]
        if wanted in fold(one["no"]):
            ranks.append(0 if wanted == fold(one["no"]) else 2)
        if ranks:
            term = f"{one['start']} 至 {one['end']}"
            told = "　".join(part for part in (one["no"], one["kind"], supplier, term) if part)
            ranked.append((min(ranks), Found("purchase_contract", one["id"], one["name"], told)))
    return ranked


def _registered(connection: Any, wanted: str, as_of: date) -> list[tuple[int, Found]]:
    """Records of the registers, after people, units and contracts of the same rank."""
    rewarded = [one["person"] for one in rows(connection, "reward") if one["person"] is not None]
    named = {
        "purchase_contract": {one["id"]: f"{one['no']} {one['name']}" for one in rows(connection, "purchase_contract")},
        "person": {one["id"]: one["name"] for one in rows(connection, "person", id=rewarded)},
        "unit": names(connection, as_of),
    }
    found = registered(connection, named, partial(_rank, wanted))
    return [(rank, Found(table, number, name, told)) for rank, table, number, name, told in found]


def _rank(wanted: str, name: str) -> int | None:
    folded = fold(name)
    if folded == wanted:
        return 0
    if folded.startswith(wanted) or spells(wanted, name):
        return 2
    return 3 if wanted in folded or (len(wanted) > 1 and spells_within(wanted, name)) else None


def _is_number(wanted: str) -> bool:
    return re.fullmatch(rf"[0-9]{{{LAST_DIGITS - 1},}}[0-9x]", wanted) is not None
