"""Every additive cell and every rate of the roll-up against a reckoning of its own, straight from the counties' books."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from office.arrivals import look_at
from office.open import open_book
from office.rollup import City, city_of, take
from policy.clock import Clock
from returns.sheet import Measure, Row, Sheet
from tests.office import counties as made_up
from tests.office.reckoning import Figures, Reckoned, indicators, lines_together, reckon, sums_and_rates

WORDS = (Measure.TEXT, Measure.LONG, Measure.CODE)
NEITHER = {
    "表2": {"22"}, "表6": {"13", "19", "20", "21", "36"}, "表7": {"17"}, "表9": {"7", "8", "14"}, "表10": {"13", "21", "22", "23"},
    "表12": {"4", "5", "6", "7", "8", "9", "10", "22", "23", "24", "25"},
}  # fmt: skip
"""Numbers of one unit, contract or meeting (and what is typed): neither sums nor rates of a city."""


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory: pytest.TempPathFactory, clock: Clock, request: pytest.FixtureRequest) -> tuple[Path, dict[str, Reckoned]]:
    """A folder with the package of every county, and what each book says by the other reckoning."""
    folder, stick, found = tmp_path_factory.mktemp("counties"), tmp_path_factory.mktemp("U盘"), {}
    for number in range(1, request.config.getoption("--counties") + 1):
        with open_book(made_up.county_book(folder, clock, number, 2 + number % 3, whole=True), clock, "县局") as book:
            made_up.quick(book, stick, task=made_up.WHOLE)
            _, name, region = made_up.named(number)
            found[name] = book.read(reckon, region)
    return stick, found


@pytest.fixture(scope="module")
def city(reckoned: tuple[Path, dict[str, Reckoned]], tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> City:
    """What the program makes of the packages."""
    stick, found = reckoned
    with open_book(made_up.city_book(tmp_path_factory.mktemp("city"), clock, len(found), made_up.WHOLE), clock, "市局") as book:
        assert len(take(book, look_at(book, [stick]))) == len(found)
        return book.read(city_of, 1)


def figures(sheet: Sheet, row: Row) -> Figures:
    """The numbers of a line."""
    found = {column.mark: cell.value for column, cell in zip(sheet.columns, row.cells, strict=True)}
    return {mark: value for mark, value in found.items() if isinstance(value, int | Fraction)}


def line(sheet: Sheet, name: str) -> Row:
    return next(row for row in sheet.rows if row.name == name)


def test_every_sum_and_every_rate_is_what_the_books_say(city: City, reckoned: tuple[Path, dict[str, Reckoned]]) -> None:
    wanted = sums_and_rates(list(reckoned[1].values()))
    sheets = {sheet.key.removeprefix("汇"): sheet for sheet in city.forms()}
    assert [key for key in sheets if key != "表0"] == list(wanted) == [f"表{number}" for number in range(1, 14)]
    for form, figures_wanted in wanted.items():
        assert figures(sheets[form], line(sheets[form], "合计")) == figures_wanted, form


def test_no_number_of_a_form_is_left_out(city: City, reckoned: tuple[Path, dict[str, Reckoned]]) -> None:
    """Every 栏次 that is no word is reckoned, or is named as what a city has no figure of."""
    wanted = sums_and_rates(list(reckoned[1].values()))
    for sheet in city.forms():
        form = sheet.key.removeprefix("汇")
        if form != "表0":
            numeric = {column.mark for column in sheet.columns if column.measure not in WORDS} | ({"1"} if form == "表11" else set())
            floor = {"4"} if form == "表3" else set()
            assert numeric - floor == (set(wanted[form]) | NEITHER.get(form, set())) - floor, form


def test_the_lines_every_county_has(city: City, reckoned: tuple[Path, dict[str, Reckoned]]) -> None:
    sheets = {sheet.key.removeprefix("汇"): sheet for sheet in city.forms()}
    for (form, name), wanted in lines_together(list(reckoned[1].values())).items():
        assert figures(sheets[form], line(sheets[form], name)) == wanted, (form, name)


def test_every_countys_own_line(city: City, reckoned: tuple[Path, dict[str, Reckoned]]) -> None:
    sheets = {sheet.key.removeprefix("汇"): sheet for sheet in city.forms()}
    for name, one in reckoned[1].items():
        for form, wanted in sums_and_rates([one]).items():
            told = figures(sheets[form], line(sheets[form], name))
            assert {mark: told.get(mark) for mark in wanted} == wanted, (name, form)


def test_the_citys_page_of_indicators(city: City, reckoned: tuple[Path, dict[str, Reckoned]]) -> None:
    page = next(sheet for sheet in city.forms() if sheet.key == "汇表0")
    assert {row.name: page.cell(row, "本年").value for row in page.rows} == indicators(list(reckoned[1].values()))
    assert city.nodes() == ()
