"""A city's book: the same kind of book, with the list of counties that report to the city. 东莞 and 中山 report as one county and need none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults, next_ids, rows
from office.new_book import county_change, made, unit_changes
from policy import divisions
from policy.clock import Clock
from policy.facts import CITY
from policy.parameters import REGIONS


def is_city(connection: Any) -> bool:
    """Whether this is a city's book, which has a list of counties."""
    return bool(rows(connection, "city_county"))


def counties(connection: Any) -> list[dict[str, Any]]:
    """The counties that report to this city, in their order."""
    return sorted(rows(connection, "city_county"), key=lambda one: (one["sort_no"], one["id"]))


def reporting(connection: Any, as_of: date) -> list[dict[str, Any]]:
    """The counties that report for a day: those of the list that have not stopped before it."""
    return [one for one in counties(connection) if one["closed"] is None or one["closed"] >= as_of]


def move_county(book: Book, number: int, step: int) -> int | None:
    """A county one place up (−1) or down (1) in the list; None where it stands at the end already. Refused where it is gone."""
    held = {one["id"]: one for one in book.read(counties)}
    order = list(held)
    if number not in held:
        raise Refused("这个汇总单位已经不在了。请刷新。")
    at = order.index(number)
    if not 0 <= at + step < len(order):
        return None
    order.insert(at + step, order.pop(at))
    moved = {one: place for place, one in enumerate(order, 1) if held[one]["sort_no"] != place}
    changes = [Change("city_county", (one,), {"sort_no": held[one]["sort_no"]}, {"sort_no": place}) for one, place in moved.items()]
    return book.act(f"调整汇总单位次序 {held[number]['name']}", changes)


def work_of_city(connection: Any) -> tuple[int, int]:
    """How many tasks a city's book has, and how many packages came."""
    return len(rows(connection, "report_task")), len(rows(connection, "city_package"))


def city_changes(code: str, name: str, region: str, listed: Sequence[tuple[str, str, str]]) -> list[Change]:
    """The rows of a new city book: the city, its bureau and its counties as (code, name, pay region)."""
    found = [county_change(code, name, code, name, region, "按所属地级市"), *unit_changes([(code, f"{name}民政局", CITY)])]
    return found + [county_row(number, number, *one) for number, one in enumerate(listed, 1)]


def county_row(number: int, sort_no: int, code: str, name: str, region: str) -> Change:
    """One county of the list as a new row."""
    values = {"id": number, "code": code, "name": name, "region": region, "sort_no": sort_no}
    return Change("city_county", (number,), None, defaults("city_county") | values)


def new_city_book(folder: Path, city_code: str, clock: Clock, *, who: str = "经办人") -> Path:
    """Make the book of a city (4-digit code) in `folder` with its counties; returns the folder. Refused for a city without counties
    of its own (东莞, 中山) and for an unknown code."""
    try:
        city = divisions.city(city_code)
        listed = divisions.counties(city_code)
    except ValueError as error:
        raise Refused(str(error)) from error
    if len(listed) == 1:
        raise Refused(f"{city.name}不设县（市、区），只报一个数据包，不需要市级汇总。请按县级新建台账（代码 {listed[0].code}）。")
    named = [(one.code, one.name, one.region) for one in listed]
    return made(folder, city.name, clock, city_changes(f"{city_code}00", city.name, city.region, named), who)


def add_county(book: Book, code: str, name: str, region: str) -> int:
    """One more county on the list (a zone that reports on its own); returns its number. Refused where it is there already."""
    listed = book.read(counties)
    if any(code == one["code"] for one in listed):
        raise Refused(f"汇总单位里已有代码 {code}。请核对代码。")
    if not (code.isascii() and code.isdigit() and len(code) == 6) or not name.strip() or region not in REGIONS:
        raise Refused(f"请填写 6 位区划代码、单位名称和地区类别（{'或'.join(REGIONS)}）。")
    number = book.read(next_ids)["city_county"]
    book.act(f"新增汇总单位 {name.strip()}", [county_row(number, len(listed) + 1, code, name.strip(), region)])
    return number
