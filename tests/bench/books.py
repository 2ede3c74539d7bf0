"""Books of a county, a city and a province to measure on: made up by a seeded generator, written through the book's own acts (diary and
all), pay months as one statement a year. Made once and kept beside the other temporary files, named after what they are made by."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Final

from sqlalchemy import text

from db.book import Book
from db.change import Change
from db.migrate import model_sql
from db.rows import defaults
from office.demo_labour import labour
from office.edit import person_values
from office.new_book import county_change, made, unit_changes
from office.open import open_book
from policy.clock import Clock
from policy.example import GIVEN_NAMES, SURNAMES, id_no
from policy.facts import BUREAU, TOWN
from policy.parameters import OTHER

YEAR: Final = 2026
AS_OF: Final = date(YEAR, 12, 31)
YEARS: Final = range(YEAR - 4, YEAR + 1)
"""Years with pay: sixty months for everybody."""
CLOCK: Final = Clock(lambda: datetime(YEAR, 12, 31, 9, 0, 0))
PASSWORD: Final = "岭东-2026-测速"


@dataclass(frozen=True)
class Scale:
    """How big a book is."""

    name: str
    staff: int
    units: int

    @property
    def months(self) -> int:
        """Pay months in all."""
        return self.staff * len(YEARS) * 12


COUNTY, CITY, PROVINCE = Scale("county", 200, 20), Scale("city", 2_000, 180), Scale("province", 20_000, 1_800)
SCALES: Final = (COUNTY, CITY, PROVINCE)


def cache() -> Path:
    """Where books are kept from run to run: another generator or schema keeps its own."""
    made_by = sha256((Path(__file__).read_text(encoding="utf-8") + model_sql()).encode()).hexdigest()[:12]
    folder = Path(tempfile.gettempdir()) / f"jingban-bench-{made_by}"
    folder.mkdir(exist_ok=True)
    return folder


def book_of(scale: Scale) -> Path:
    """The closed book of a scale, made if it is not kept yet. To be looked at only: what writes takes a `copy`."""
    kept = cache() / f"{scale.name}.经办台账"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=cache()) as folder:
            make(Path(folder) / kept.name, scale).replace(kept)
    return kept


def copy(scale: Scale, folder: Path) -> Path:
    """A book of a scale that may be written to."""
    return Path(shutil.copytree(book_of(scale), folder / f"{scale.name}.经办台账"))


def make(folder: Path, scale: Scale) -> Path:
    """A book of a scale in `folder`; returns it."""
    made(folder, "测速县", CLOCK, list(staff(scale)), "测速")
    with open_book(folder, CLOCK, "测速") as book:
        for year in YEARS:
            pay(book, year)
    shutil.rmtree(folder / "backups")
    (folder / "backups").mkdir()
    return folder


def staff(scale: Scale) -> Iterator[Change]:
    """County, units with their caseload, and everybody with engagement, standard and labour contracts."""
    chance = Random(scale.staff)
    yield county_change("449901", "测速县", "449900", "岭东市", OTHER, "按所属地级市")
    yield from unit_changes([("449901", "测速县民政局", BUREAU), *(("", f"第{at}镇", TOWN) for at in range(1, scale.units))])
    at = 0
    for unit in range(2, scale.units + 1):
        for category in ("低保城", "低保农", "特困农", "特困集中", "边缘", "临时救助"):
            at += 1
            homes = chance.randrange(20, 400)
            yield _row("caseload", at, unit=unit, as_of=AS_OF, category=category, households=homes, persons=homes * 2, source="民政统计月报")
    people = []
    for who in range(1, scale.staff + 1):
        start, monthly = date(2020 + who % 2, 1 + who % 12, 1), chance.randrange(380_000, 560_000)
        name = f"{SURNAMES[who % len(SURNAMES)]}{GIVEN_NAMES[who // 30 % len(GIVEN_NAMES)]}{chr(0x4E00 + who % 7919)}"
        born = date(1970 + who // 990, 1 + who % 12, 1 + who % 28)
        yield _row("person", who, **person_values({"name": name, "id_no": id_no(born, who % 990 + 1), "phone": f"138{who:08d}", "education": "本科"}))
        yield _row("engagement", who, person=who, start=start)
        yield _row("engagement_term", who, engagement=who, since=start, type="劳务派遣", employer="岭东人力资源有限公司")
        yield _row("assignment", who, engagement=who, unit=1 + who % scale.units, start=start, post="协理员", work_class="事务性")
        yield _row("pay_standard", who, engagement=who, since=start, monthly_fixed=monthly - 60_000, performance=60_000)
        people.append((who, start, monthly))
    yield from labour(people, YEAR)


def pay(book: Book, year: int) -> None:
    """A year's pay of everybody, as an act."""
    written = text(
        "INSERT INTO pay_month (year, engagement, month, base, performance, allowance, insurance_other, fund, employer_insurance, employer_fund, fee, paid_on)"
        " SELECT :year, s.engagement, m.value, s.monthly_fixed - 40000, s.performance, 40000, s.monthly_fixed / 10, s.monthly_fixed / 20, s.monthly_fixed / 4,"
        " s.monthly_fixed / 20, 10000, date(:first, '+' || m.value || ' months', '+9 days') FROM pay_standard AS s, json_each('[1,2,3,4,5,6,7,8,9,10,11,12]') AS m"
        " ORDER BY s.engagement, m.value"
    )
    values = {"year": year, "first": f"{year}-01-01"}
    book._worker.run(0, lambda: book._write(f"导入 {year} 年工资", {"pay_month"}, lambda: book._connection.execute(written, values) and None))


def _row(table: str, number: int, **values: object) -> Change:
    return Change(table, (number,), None, defaults(table) | {"id": number} | values)
