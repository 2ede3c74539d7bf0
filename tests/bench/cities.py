"""B13: a city rolls up the packages of thirty counties, against the standard library reading the same JSON."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path

from office.arrivals import look_at
from office.open import open_book
from office.rollup import city_of, take
from returns.package import DATA
from tests.bench.books import CLOCK
from tests.bench.table import Line, side_by_side
from tests.office import counties

COUNTIES, TOWNS = 30, 12


def b13() -> list[Line]:
    """From the received packages to the rolled-up forms and the check of every node."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(1, COUNTIES + 1):
            with open_book(counties.county_book(folder, CLOCK, number, TOWNS), CLOCK, "县局", "测速") as book:
                counties.quick(book, folder / "来件", task=counties.WHOLE)
        packages = sorted((folder / "来件").iterdir())
        with open_book(counties.city_book(folder, CLOCK, COUNTIES, counties.WHOLE), CLOCK, "市局", "测速") as book:
            take(book, look_at(book, [folder / "来件"]))

            def rolled() -> None:
                city = book.read(city_of, 1)
                assert len(city.parts) == COUNTIES
                assert city.forms()
                city.nodes()

            def bare() -> None:
                for package in packages:
                    with zipfile.ZipFile(package) as opened:
                        json.loads(opened.read(DATA))

            ours, least = side_by_side(rolled, bare)
    return [Line("B13", f"roll-up of {COUNTIES} county packages", ours, "s", 10, least, "json.loads of them")]
