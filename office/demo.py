"""The demo county: 东岭县, made up, as an act that fills an empty book; for a first look, for tests, screenshots and the self-test.

13 townships with 5,849 户 need 58 people and have 53: 6 short, 1 above the minimum, never netted. It holds on purpose one
standard 8.00 元 under the floor, one start on 16 June, one earlier caseload date with exactly 3,000 户, five people who do not
count, and the names that break programs; a dispatch agreement booked as 政府购买服务 and one worker outside it. No identity number is anybody's (region 449901 was never given).
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from db import attachments
from db.change import Change, Refused
from db.migrate import files
from db.rows import defaults
from office import __version__
from office.demo_contracts import agreement, service, settled
from office.demo_estimate import ahead
from office.demo_funds import funds, paid_by_month, settlements
from office.demo_labour import labour
from office.demo_management import Staff, management
from office.demo_scans import scans
from office.edit import person_values
from office.new_book import county_change, made, unit_changes
from policy.clock import Clock
from policy.contract_facts import DISPATCH, PURCHASE
from policy.example import GIVEN_NAMES, REGION_CODE, SURNAMES, TOWN_HEADS, TOWN_HOUSEHOLDS, TOWN_NAMES, id_no
from policy.facts import BUREAU, FULL, INSTITUTION, SUBDISTRICT, TOWN, VILLAGE
from policy.parameters import OTHER

YEAR: Final = 2026
"""The return year; pay months run through it and the year before."""
AS_OF: Final = date(YEAR, 12, 31)
EARLIER: Final = date(YEAR - 1, 12, 31)
EARLIER_HOUSEHOLDS: Final = (60, 105, 150, 155, 175, 215, 230, 250, 265, 305, 310, 360, 420)
"""户 at the earlier date: 3,000 in all, exactly on the county's first band edge."""
COUNTY: Final = "东岭县"
STAMP: Final = "演示.txt"
"""In the demo's folder: which edition of the program made it."""
PROVIDER: Final = "岭东人力资源有限公司"
CERTIFICATES: Final = ("无", "助理社会工作师", "无", "社会工作师")
EDGE_NAMES: Final = (
    "欧阳建华", "司徒嘉欣", "禤家豪", "佘㙍明", "赵一", "古丽·阿依夏木", "冼　静", "邝𬱖", "黎嘉铭", "买买提·吾守尔·阿不都热合曼",
)  # fmt: skip
_TRIES: Final = 20
LOW_STANDARD: Final = 416600
"""4,166.00 元 × 12 = 49,992.00 元: 8.00 元 under 5万."""


@dataclass(frozen=True)
class Worker:
    """One made-up worker as the demo places them."""

    name: str
    type: str
    unit: int
    start: date
    monthly: int | None
    work_class: str = "事务性"
    duty_share: int = FULL
    posted_until: date | None = None


def workers() -> list[Worker]:
    """53 who count and 5 who do not, unit by unit; unit 1 is the bureau, 2–14 the townships, 15 a village, 16 an institution."""
    places = [("行政编制", 1), ("行政编制", 1), ("事业编制", 1), ("劳务派遣", 1), ("劳务派遣", 1)]
    bought = {TOWN_HOUSEHOLDS.index(n) + 2 for n in sorted(TOWN_HOUSEHOLDS)[-2:]}
    for unit, heads in enumerate(TOWN_HEADS, 2):
        places += [("事业编制", unit), *[("政府购买服务" if unit in bought else "劳务派遣", unit)] * (heads - 1)]
    made = []
    for number, (kind, unit) in enumerate(places, 1):
        own = kind in ("行政编制", "事业编制")
        name = EDGE_NAMES[number // 5 - 1] if number % 5 == 0 else f"{SURNAMES[number % 30]}{GIVEN_NAMES[number % 11]}"
        monthly = None if own else LOW_STANDARD if number == 4 else 430000 + 10000 * (number % 6)
        start = date(YEAR, 6, 16) if number == 5 else date(2020 + number % 4, 1 + number % 12, 1 + number % 28)
        made.append(Worker(name, kind, unit, start, monthly))
    bought_start = date(2023, 3, 1)
    return [
        *made,
        Worker("廖伟文", "劳务派遣", 7, bought_start, 450000, work_class="服务性"),
        Worker("莫秀芳", "劳务派遣", 15, bought_start, 450000),
        Worker("麦国栋", "劳务派遣", 16, bought_start, 450000),
        Worker("区佩珊", "劳务派遣", 10, bought_start, 450000, duty_share=4000),
        Worker("邝志强", "劳务派遣", 9, bought_start, 450000, posted_until=date(YEAR, 9, 30)),
    ]


def changes() -> list[Change]:
    """The whole demo county as new rows of an empty book."""
    signatories = {
        "mode": "统一派遣", "contact": "李晓敏", "phone": "0999-1234567", "leader": "黄国栋", "deputy": "陈建华", "section_head": "林志强",
        "reviewer": "张佩珊", "preparer": "李晓敏", "demo": True,
    }  # fmt: skip
    named = [(REGION_CODE, f"{COUNTY}民政局", BUREAU)]
    for number, name in enumerate(TOWN_NAMES, 1):
        named.append((f"{REGION_CODE}{number:03d}", name, SUBDISTRICT if name.endswith("街道") else TOWN))
    named += [("", "城关街道东门社区", VILLAGE), ("", f"{COUNTY}社会福利院", INSTITUTION)]
    units = unit_changes(named)
    in_town = next(change for change in units if change.table == "unit_version" and change.key == (15,))
    units[units.index(in_town)] = Change("unit_version", (15,), None, {**(in_town.after or {}), "parent": 14})
    staff = [change for number, worker in enumerate(workers(), 1) for change in _worker(number, worker)]
    months = list(settlements(paid_by_month(staff, 1, YEAR), 1, YEAR))
    months += settled(settlements(paid_by_month(staff, 2, YEAR), 2, YEAR))
    records = [
        county_change(REGION_CODE, COUNTY, "449900", "岭东市", OTHER, "按所属地级市", **signatories),
        *units,
        *_caseload(),
        *agreement(PROVIDER, sum(worker.type == DISPATCH for worker in workers()), range(1, 15), YEAR),
        *service(sum(worker.type == PURCHASE for worker in workers()), (13, 14), YEAR),
        *staff,
        *labour([(number, worker.start, worker.monthly) for number, worker in enumerate(workers(), 1) if worker.monthly is not None], YEAR),
        *months,
        *(money := list(funds(YEAR, months))),
        *ahead(YEAR, sum(one.table == "dibao_spend" for one in money)),
        *management((Staff(number, worker.start, CERTIFICATES[number % 4]) for number, worker in enumerate(workers(), 1) if worker.monthly is not None), YEAR),
    ]
    return [*records, *(change for change, _ in scans(records))]


def _row(table: str, number: int, **values: Any) -> Change:
    return Change(table, (number,), None, defaults(table) | {"id": number} | values)


def _caseload() -> Iterator[Change]:
    number = 0
    for day, households in ((EARLIER, EARLIER_HOUSEHOLDS), (AS_OF, TOWN_HOUSEHOLDS)):
        for unit, total in enumerate(households, 2):
            city, destitute = total // 10, total // 8
            rural = total - city - destitute
            for category, homes, people in (
                ("低保城", city, 2 * city), ("低保农", rural, 2 * rural + rural // 5), ("特困农", destitute, destitute), ("特困集中", destitute // 4, destitute // 4),
                ("边缘", total // 12, total // 6), ("临时救助", total // 20, total // 20),
            ):  # fmt: skip
                number += 1
                yield _row(
                    "caseload", number, unit=unit, as_of=day, category=category, households=homes, persons=people, source="民政统计月报"
                )


def _worker(number: int, worker: Worker) -> Iterator[Change]:
    born = date(1975 + number % 25, 1 + number % 12, 1 + number % 28)
    identity = {"name": worker.name, "id_no": id_no(born, number), "phone": f"1380000{number:04d}", "education": ("大专", "本科", "高中")[number % 3],
                "certificate": CERTIFICATES[number % 4]}  # fmt: skip
    person = person_values(identity)
    yield Change("person", (number,), None, defaults("person") | {"id": number} | person)
    employer = f"{COUNTY}民政局" if worker.monthly is None else PROVIDER
    yield _row("engagement", number, person=number, start=worker.start, recruit_line=1 if worker.start.year == YEAR else None)
    yield _row(
        "engagement_term",
        number,
        engagement=number,
        since=worker.start,
        type=worker.type,
        duty_share=worker.duty_share,
        employer=employer,
        retirement="女干部" if person["sex"] == "女" else None,
        purchase_contract={DISPATCH: 1, PURCHASE: 2}.get(worker.type),
    )
    yield _row(
        "assignment",
        number,
        engagement=number,
        unit=worker.unit,
        start=worker.start,
        end=worker.posted_until,
        post="社会救助协理",
        work_class=worker.work_class,
    )
    if worker.monthly is not None:
        performance = 0 if worker.monthly == LOW_STANDARD else 60000
        yield _row(
            "pay_standard",
            number,
            engagement=number,
            since=worker.start,
            monthly_fixed=worker.monthly - performance,
            performance=performance,
        )
        yield from _pay(number, worker)


def _pay(number: int, worker: Worker) -> Iterator[Change]:
    monthly = worker.monthly or 0
    for year in (YEAR - 1, YEAR):
        for month in range(1, 13):
            if (year, month) < (worker.start.year, worker.start.month):
                continue
            gross = monthly
            if (year, month) == (worker.start.year, worker.start.month) and worker.start.day == 16:
                gross = monthly // 2
            performance, allowance = gross // 8, gross // 10
            insurance, fund = gross * 105 // 1000, gross // 20
            yield Change(
                "pay_month", (year, number, month), None,
                defaults("pay_month") | {
                    "year": year, "engagement": number, "month": month, "base": gross - performance - allowance, "performance": performance,
                    "allowance": allowance, "insurance_other": insurance, "fund": fund, "employer_insurance": gross // 4, "employer_fund": fund, "fee": 10000,
                    "paid_on": date(year + month // 12, month % 12 + 1, 10),
                },
            )  # fmt: skip


def make(folder: Path, clock: Clock) -> Path:
    """The demo county's book in `folder`; returns it."""
    everything = changes()
    made(folder, COUNTY, clock, everything, "演示")
    for _, scan in scans(everything):
        attachments.put(folder, scan)
    (folder / STAMP).write_text(_edition(), encoding="utf-8")
    return folder


def keep_or_make(folder: Path, clock: Clock) -> Path:
    """The demo county's book in `folder`, made where it is not there, and made anew where another edition of the program made it
    (only a folder that carries the demo's own stamp is ever removed)."""
    stamp = folder / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") != _edition():
        shutil.rmtree(folder)
    return folder if folder.exists() else make(folder, clock)


def removable(folder: Path) -> bool:
    """Whether a folder is a demo county made by the program, which may be taken away."""
    return (folder / STAMP).is_file()


def remove(folder: Path) -> None:
    """Take the demo county away. Refused where the folder does not carry the demo's own stamp: nobody's book is ever removed."""
    if not removable(folder):
        raise Refused(f"“{folder}”不是程序建立的演示台账，没有移除。")
    for _ in range(_TRIES):  # a backup being written beside the work may hold a file a moment longer
        with suppress(OSError):
            shutil.rmtree(folder)
            return
        time.sleep(0.1)
    shutil.rmtree(folder)


def _edition() -> str:
    """What a demo book was made with: the program and its schema."""
    return f"{__version__} {sha256(chr(10).join(sql for _, sql in files()).encode()).hexdigest()}"
