"""A made-up county by hand: 东岭县 with its 13 towns, and small builders for facts of a few lines.

Rules prove themselves on these, tests of forms lay them out, and the help shows them. Region code 449901 was never given to
any place, so no identity number here is anybody's.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import resources
from policy.facts import (
    BUREAU,
    FULL,
    INSTITUTION,
    SUBDISTRICT,
    TOWN,
    VILLAGE,
    Absence,
    Approved,
    Assignment,
    Caseload,
    Count,
    County,
    Engagement,
    Facts,
    PaySums,
    Person,
    Standard,
    Term,
    Unit,
)
from policy.identity import check_digit
from policy.management_facts import Management
from policy.parameters import OTHER, SHIPPED, Overlay, Parameters, load
from policy.period import Period, parse_period

REGION_CODE = "449901"
YEAR_START = date(2026, 1, 1)

TOWN_HOUSEHOLDS = (120, 210, 299, 300, 340, 420, 450, 480, 520, 590, 600, 700, 820)
"""户 of the 13 towns: 5,849 in all, with the edges 299, 300 and 600."""
TOWN_HEADS = (2, 2, 2, 3, 4, 5, 4, 3, 4, 4, 4, 5, 6)
"""Who counts in each town; with 5 in the bureau 53 people, against a need of 58."""
TOWN_NAMES = (
    "青石镇", "白沙镇", "梅坑镇", "石桥镇", "双溪镇", "龙岗镇", "和平镇", "大塘镇", "新圩镇", "长岭镇", "东安镇", "河口镇", "城关街道",
)  # fmt: skip
SURNAMES = "陈黄李林张梁吴刘罗杨何王周郑邓叶谢蔡曾钟朱赖邱许冯谭彭潘卢苏"
GIVEN_NAMES = ("家明", "晓敏", "志强", "嘉欣", "伟文", "丽华", "俊杰", "秀芳", "国栋", "佩珊", "建华")


def id_no(birth: date, sequence: int) -> str:
    """A made-up identity number with its right check digit; an odd `sequence` (1–999) is a man's."""
    first17 = f"{REGION_CODE}{birth:%Y%m%d}{sequence:03d}"
    return first17 + check_digit(first17)


def parameters(on: date = date(2026, 12, 31), settings: Mapping[str, Any] | None = None) -> Parameters:
    """The shipped parameters on a date, with the office's own `settings` (dotted keys) over them."""
    overlays = [Overlay("本单位设置", "县", "", YEAR_START, None, settings)] if settings else []
    return load(resources.text(SHIPPED), overlays, on)


def county(*, region: str = OTHER, confirmed: bool = True) -> County:
    """东岭县 of 岭东市 (both made up)."""
    return County(
        code=REGION_CODE, name="东岭县", city_code="449900", city="岭东市", region=region, region_basis="按地级市", confirmed=confirmed,
        mode="统一派遣", contact="李晓敏", phone="0999-1234567", leader="黄国栋", deputy="陈建华", section_head="林志强",
        reviewer="张佩珊", preparer="李晓敏",
    )  # fmt: skip


def unit(
    id: int = 2,
    name: str = "",
    type: str = TOWN,
    *,
    parent: int | None = 1,
    opened: date | None = None,
    closed: date | None = None,
    exempt_reason: str = "",
    successor: int | None = None,
) -> Unit:
    """One unit: 东岭县民政局 for a bureau, else a township under unit 1; an `exempt_reason` makes it exempt."""
    name = name or ("东岭县民政局" if type == BUREAU else f"{type}{id}")
    parent = None if type == BUREAU else parent
    return Unit(id, f"{REGION_CODE}{id:03d}", name, type, parent, id, opened, closed, bool(exempt_reason), exempt_reason, successor)


def person(id: int = 1, name: str = "陈家明", *, birth: date | None = None, sex: str = "男", number: str | None = None) -> Person:
    """A worker with a right identity number of their own, unless another `number` is given."""
    rounds, place = divmod(id, 499)
    birth = birth or date(1990, 5, 20) + timedelta(days=rounds)
    number = id_no(birth, 2 * place + (1 if sex == "男" else 2)) if number is None else number
    return Person(id, name, number, sex, birth, education="大专")


def standard(
    fixed: int | None = None,
    performance: int | None = None,
    year_end: int | None = None,
    annual: int | None = None,
    since: date = date(2024, 1, 1),
) -> Standard:
    """年工资标准 in 分."""
    return Standard(1, since, fixed, performance, year_end, annual)


def pay(engagement: int, gross: int, months: Iterable[int] = range(1, 13), *, unit: int | None = 2, outside: bool = False) -> PaySums:
    """Sums of the given calendar months in 分, split in the usual way: 社保 10.5 %, 公积金 5 %, employer's 25 % and 5 %, no fee."""
    bits = sum(1 << month for month in set(months))
    performance, allowance = gross // 8, gross // 10
    insurance, fund, tax = gross * 105 // 1000, gross // 20, 0
    own_insurance, own_fund = gross // 4, gross // 20
    return PaySums(
        engagement=engagement, unit=unit, months=bits, outside=outside,
        base=gross - performance - allowance, post=0, performance=performance, allowance=allowance, bonus=0, overtime=0, unsplit=0,
        deduction=0, gross=gross, insurance=insurance, fund=fund, tax=tax, other=0, net=gross - insurance - fund - tax,
        employer_insurance=own_insurance, employer_fund=own_fund, fee=0, vat=0, cost=gross + own_insurance + own_fund,
    )  # fmt: skip


def engagement(
    id: int = 1,
    type: str = "劳务派遣",
    unit: int | None = 2,
    *,
    who: Person | None = None,
    start: date = date(2024, 1, 1),
    end: date | None = None,
    full_time: bool | None = True,
    duty: str = "社会救助经办",
    duty_share: int = FULL,
    share: int = FULL,
    work_class: str = "事务性",
    pooled: bool = False,
    assignments: tuple[Assignment, ...] | None = None,
    absences: tuple[Absence, ...] = (),
    standards: tuple[Standard, ...] = (),
    gross: int | None = None,
    months: Iterable[int] = range(1, 13),
    purchase_contract: int | None = None,
) -> Engagement:
    """A dispatched full-time worker at unit 2 since 2024; `gross` is the 应发 of all `months` of the period together, in 分.

    `unit` None: 未安排派驻. `assignments` replace the one made from unit, share, work_class and pooled.
    """
    if assignments is None:
        here = Assignment(id, unit or 0, start, end, share, work_class=work_class, pooled=pooled)
        assignments = (here,) if unit is not None else ()
    return Engagement(
        id=id, person=who or person(id, f"{SURNAMES[id % 30]}{GIVEN_NAMES[id % 11]}"), start=start, end=end,
        full_time=full_time, terms=(Term(id, start, type, duty, duty_share, "岭东人力资源有限公司", purchase_contract),), assignments=assignments,
        absences=absences, standards=standards, pay=() if gross is None else (pay(id, gross, months, unit=unit),),
    )  # fmt: skip


def facts(
    units: Iterable[Unit] | None = None,
    engagements: Iterable[Engagement] = (),
    households: Mapping[int, int] | None = None,
    *,
    period: str = "2026",
    as_of: date | None = None,
    caseload_date: date | None = None,
    approved: Mapping[int, int] | None = None,
    control_totals: Mapping[str, Count] | None = None,
    region: str = OTHER,
    confirmed: bool = True,
    settings: Mapping[str, Any] | None = None,
    management: Management | None = None,
    **ledger: Any,
) -> Facts:
    """Facts of a few lines: by default the bureau (unit 1) and one township (unit 2); `households` by unit id, as 低保农. `ledger`:
    fields of contracts and money, as `Facts` names them."""
    span = parse_period(period, as_of)
    registers: dict[str, Any] = {name: rows if isinstance(rows, Mapping) else tuple(rows) for name, rows in ledger.items()}
    return Facts(
        county=county(region=region, confirmed=confirmed),
        parameters=parameters(span.as_of, settings),
        period=span,
        units=tuple(units) if units is not None else (unit(1, type=BUREAU), unit(2)),
        caseload={
            key: Caseload(key, caseload_date or span.as_of, {"低保农": Count(number, 2 * number)}, "民政统计月报")
            for key, number in (households or {}).items()
        },
        approved={key: Approved(key, YEAR_START, heads, "东府办〔2026〕1号") for key, heads in (approved or {}).items()},
        engagements=tuple(engagements),
        control_totals=control_totals or {},
        management=management or Management(),
        **registers,
    )


def _with_pay(worker: Engagement, period: Period) -> Engagement:
    """The worker, if bought or dispatched, with standard and pay months of the period; part months by days, half up."""
    if worker.terms[0].type not in ("劳务派遣", "政府购买服务"):
        return worker
    monthly = 416600 if worker.id == 4 else 450000
    first, last = max(worker.start, period.first), period.flow_last
    gross, months = 0, range(first.month, last.month + 1)
    for month in months:
        days = monthrange(first.year, month)[1]
        served = (last.day if month == last.month else days) - (first.day if month == first.month else 1) + 1
        gross += (2 * monthly * served + days) // (2 * days)
    sums = (pay(worker.id, gross, months, unit=worker.assignments[-1].unit),) if months else ()
    return replace(worker, standards=(standard(monthly),), pay=sums)


def worked_county(as_of: date = date(2026, 12, 31), period: str = "2026", parameters: Parameters | None = None) -> Facts:
    """东岭县 as the notice's worked example: 58 needed, 53 there, 6 short and 1 over, never netted to 5.

    Unit 1 is the bureau, 2–14 the towns, 15 a village of the largest, 16 an institution. Engagements 1–53 count: 2 行政编制,
    1 事业编制 and 2 劳务派遣 in the bureau; in each town 1 事业编制, the rest 劳务派遣, in the two largest 政府购买服务.
    54–58 do not: 服务性, village, institution, 40 % 社会救助 work, 未安排派驻. Engagement 4 has the standard 4,166.00 元 a month,
    8.00 元 short of the year's floor; engagement 5 began on 16 June 2026. Everybody else on pay has 4,500.00 元 a month.
    """
    span = parse_period(period, as_of)
    towns = [unit(i + 2, name, SUBDISTRICT if name.endswith("街道") else TOWN) for i, name in enumerate(TOWN_NAMES)]
    units = (
        unit(1, type=BUREAU), *towns,
        unit(15, "城关街道东门社区", VILLAGE, parent=14), unit(16, "东岭县社会福利院", INSTITUTION),
    )  # fmt: skip
    places = [("行政编制", 1), ("行政编制", 1), ("事业编制", 1), ("劳务派遣", 1), ("劳务派遣", 1)]
    largest = sorted(zip(TOWN_HOUSEHOLDS, towns, strict=True), key=lambda pair: pair[0])[-2:]
    bought = {town.id for _, town in largest}
    for town, heads in zip(towns, TOWN_HEADS, strict=True):
        places += [("事业编制", town.id), *[("政府购买服务" if town.id in bought else "劳务派遣", town.id)] * (heads - 1)]
    workers = [engagement(i, type, place) for i, (type, place) in enumerate(places, 1)]
    workers[4] = engagement(5, "劳务派遣", 1, start=date(2026, 6, 16))
    left = Assignment(58, 9, date(2024, 1, 1), date(2026, 3, 31))
    workers += [
        engagement(54, unit=7, work_class="服务性"),
        engagement(55, unit=15),
        engagement(56, unit=16),
        engagement(57, unit=10, duty_share=4000),
        engagement(58, unit=9, assignments=(left,)),
    ]
    engaged = [_with_pay(worker, span) for worker in workers if worker.start <= span.as_of]
    made = facts(units, engaged, {town.id: n for town, n in zip(towns, TOWN_HOUSEHOLDS, strict=True)}, period=period, as_of=as_of)
    return replace(made, parameters=parameters) if parameters else made
