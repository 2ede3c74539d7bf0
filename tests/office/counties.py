"""Counties made up by a seeded generator, each a real book of its own, and the city they report to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from random import Random

from db import attachments
from db.book import Book
from db.change import Change
from db.rows import defaults, rows
from office import returns_desk as desk
from office import seal, tasks
from office.check import facts_in
from office.city_book import city_changes
from office.edit import person_values
from office.new_book import county_change, made, unit_changes
from office.open import open_book
from office.package import package
from policy import divisions
from policy.clock import Clock
from policy.contract_facts import WORK_FUND
from policy.example import id_no
from policy.facts import BUREAU, TOWN
from policy.parameters import OTHER, PEARL
from policy.period import parse_period
from returns.annual import lay_all
from returns.package import data_text, pack
from returns.points import Audited
from returns.task import Task
from tests.office.county_year import CountyYear

CITY_CODE, CITY = "449900", "岭东市"
NOTE = "已列入明年招录计划，三月前补齐"
YEAR = 2026
SCAN = b"%PDF-1.4 made up"
TASK = Task(
    "基层社会救助经办服务能力落实情况报表", "救助经办能力年报", period="2026", due=date(2026, 12, 31), forms=("封面", "综合表", "表1", "表2", "表3", "表4")
)
WHOLE = replace(TASK, name="市级汇总全套报表", forms=("封面", "综合表", *(f"表{number}" for number in range(1, 14))))
"""A task that asks for every form a city rolls up."""
CODES = tuple(county.code for city in divisions.cities() for county in divisions.counties(city.code))


def named(number: int) -> tuple[str, str, str]:
    """(code, name, pay region) of the county of this number (from 1): true codes, as audits want them, and made-up names."""
    return CODES[number * 3], f"试{number:02d}县", PEARL if number % 4 == 0 else OTHER


def city_book(folder: Path, clock: Clock, count: int, task: Task = TASK) -> Path:
    """A city of so many counties, with the task."""
    where = made(folder / f"{CITY}.经办台账", CITY, clock, city_changes(CITY_CODE, CITY, OTHER, [named(at) for at in range(1, count + 1)]), "市局")
    with open_book(where, clock, "市局") as book:
        tasks.add_task(book, task)
    return where


def county_book(folder: Path, clock: Clock, number: int, towns: int = 3, *, whole: bool = False) -> Path:
    """A county's book with a year of people, pay and money in it; `whole`: with everything else of the year as well."""
    name, changes = named(number)[1], list(_changes(number, towns))
    changes += CountyYear(number, towns, changes, SCAN).changes if whole else []
    where = made(folder / f"{name}.经办台账", name, clock, changes, "县局")
    attachments.put(where, SCAN)
    return where


def _row(table: str, number: int, **values: object) -> Change:
    return Change(table, (number,), None, defaults(table) | {"id": number} | values)


def _changes(number: int, towns: int) -> Iterator[Change]:
    chance = Random(number)
    code, name, region = named(number)
    signs = {"leader": "黄", "deputy": "陈", "section_head": "林", "reviewer": "张", "preparer": "李", "contact": "李", "phone": "0999-1"}
    yield county_change(code, name, CITY_CODE, CITY, region, "按所属地级市", **signs)
    yield from unit_changes([(code, f"{name}民政局", BUREAU), *((f"{code}{at:03d}", f"{name}第{at}镇", TOWN) for at in range(1, towns + 1))])
    at = 0
    for unit in range(2, towns + 2):
        for category in ("低保城", "低保农", "特困农", "特困集中", "边缘", "临时救助"):
            at += 1
            homes = chance.randrange(10, 30) if category == "特困集中" else chance.randrange(30, 400)
            people = homes if category.startswith("特困") else homes * 2
            yield _row("caseload", at, unit=unit, as_of=date(YEAR, 12, 31), category=category, households=homes, persons=people, source="民政统计月报")
    who = 0
    for unit in range(1, towns + 2):
        for _ in range(chance.randrange(1, 5)):
            who += 1
            yield from _worker(chance, who, unit)
    spend = 0
    for area in ("城", "农"):
        for level in ("中央", "省", "县"):
            spend += 1
            yield _row("dibao_spend", spend, year=YEAR - 1, level=level, area=area, amount=chance.randrange(10**7, 10**9))
    for document, level in enumerate(("县", "市", "省"), 1):
        yield _row("fund_doc", document, year=YEAR, level=level, doc_no=f"财〔2026〕{number}-{document}号", title="经费通知", dated=date(YEAR, 2, 1))
        budget = chance.randrange(10**6, 3 * 10**7)
        yield _row(
            "fund_line", document, document=document, source=WORK_FUND, purpose="工作", unit=1, budget=budget, received=budget - chance.randrange(10**5),
            spent=budget // 2, carried=chance.randrange(10**4),
        )  # fmt: skip
        digest = sha256(SCAN).hexdigest()
        yield _row("attachment", document, owner="fund_doc", record=document, name=f"文件{document}.pdf", sha256=digest, size=len(SCAN), added_on=date(YEAR, 2, 1))


def _worker(chance: Random, who: int, unit: int) -> Iterator[Change]:
    kind = chance.choice(("事业编制", "政府购买服务", "劳务派遣", "劳务派遣"))
    start = date(YEAR, 1, 1) if who % 3 else date(YEAR, 1 + who % 9, 1)
    yield Change("person", (who,), None, defaults("person") | {"id": who} | person_values({"name": f"员{who}", "id_no": id_no(date(1990, 1, 1), who)}))
    yield _row("engagement", who, person=who, start=start)
    yield _row("engagement_term", who, engagement=who, since=start, type=kind)
    yield _row("assignment", who, engagement=who, unit=unit, start=start, post="协理", work_class="事务性")
    if kind == "事业编制":
        return
    monthly = chance.randrange(400000, 700000)
    yield _row("pay_standard", who, engagement=who, since=start, monthly_fixed=monthly - 60000, performance=60000)
    for month in range(start.month, 13):
        yield Change(
            "pay_month", (YEAR, who, month), None,
            defaults("pay_month") | {
                "year": YEAR, "engagement": who, "month": month, "base": monthly - 60000, "performance": 60000, "insurance_other": monthly // 10,
                "fund": monthly // 20, "employer_insurance": monthly // 4, "employer_fund": monthly // 20, "fee": chance.randrange(5000, 20000),
            },
        )  # fmt: skip


def report(book: Book, out: Path, task: Task = TASK) -> Path:
    """The task's return audited, noted, approved, sealed and packed."""
    held = book.read(rows, "report_task", name=task.name, period=task.period)
    number = desk.open_return(book, held[0]["id"] if held else tasks.add_task(book, task))
    return again(book, number, out)


def again(book: Book, number: int, out: Path) -> Path:
    """A return being made, noted, approved, sealed and packed."""
    draft = book.read(desk.draft_in, number)
    desk.write_note(book, draft, [(one.id, one.subject) for one in draft.audited.points if one.level == "soft"], NOTE)
    seal.approve(book, number)
    seal.seal(book, number)
    return package(book, number, out, to=f"{CITY}民政局")


def quick(book: Book, out: Path, version: int = 1, task: Task = TASK, **said: object) -> Path:
    """A package of the book as it is now, made without audit and seal; `said`: what its manifest is to say otherwise."""
    period = parse_period(task.period, task.as_of)
    facts = book.read(facts_in, period)
    sheets = lay_all(facts, task)
    county = facts.county
    manifest = {
        "program": "0.1.0", "task": task.name, "unit_code": county.code, "unit": f"{county.name}民政局", "period": period.label, "as_of": period.as_of,
        "version": version, "sealed_on": date(YEAR, 12, 31), "trial": False, "hard": 0, "soft": 0, "hints": 0, "forms": tuple(one.key for one in sheets),
        "counts": {}, "log_head": "", "log_lines": 0,
    }  # fmt: skip
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"{county.code}_{version}{''.join(said)}.zip"
    target.write_bytes(pack(manifest | said, data_text(sheets, (), Audited((), ())), b"workbook", (), None, date(YEAR, 12, 31)))
    return target
