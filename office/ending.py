"""解除、终止劳动合同: the lawful ground, 经济补偿 with its arithmetic, the certificate, and 离职（退回） in one act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.facts import county
from db.lists.pay import gross_of_person
from db.rows import row, rows
from office.check import parameters_in
from office.people import leaving
from policy.ending import EXPIRED, RETRAINED, Settlement, Wages, cautions, near_retirement, outside, reason_of, settle, twelve_months
from policy.facts import Person
from policy.labour import EndReason
from policy.labour_facts import YEARS_PAID, RetirementAge
from policy.limits import Limits
from policy.retirement import retires, retiring_as
from policy.under_contract import birth_and_sex


@dataclass(frozen=True)
class Ending:
    """An ending as it would be: 经济补偿 with the arithmetic, and what should be known first."""

    settlement: Settlement
    warnings: tuple[str, ...]


def service_from(connection: Any, engagement: Mapping[str, Any], last_day: date) -> date:
    """The first day of the service that 经济补偿 counts: where the employer before was changed not by the worker's will the years go on,
    unless it paid for them then (劳动合同法实施条例第十条)."""
    paid = [
        one["since"] for one in rows(connection, "employer_change", engagement=engagement["id"])
        if one["service"] == YEARS_PAID and one["since"] <= last_day
    ]  # fmt: skip
    first: date = max(paid, default=engagement["service_since"] or engagement["start"])
    return first


def cost(connection: Any, engagement: Mapping[str, Any], last_day: date, reason: EndReason) -> tuple[Settlement, Wages, tuple[int, ...]]:
    """经济补偿 of an engagement that ends on a day for a reason, the wages it was taken from, and the months wanted."""
    since = service_from(connection, engagement, last_day)
    wanted = twelve_months(since, last_day)
    found = gross_of_person(connection, engagement["person"], wanted[0], wanted[-1])
    known = {month: gross for month in wanted if (gross := found.get(month)) is not None}
    wages = Wages(known, _minimum(connection, last_day))
    return settle(reason, since, last_day, wages, parameters_in(connection, last_day).limits), wages, wanted


def ending(connection: Any, contract: int, last_day: date, reason: str) -> Ending:
    """What ending a labour contract on a day for a reason costs, and what should be known first. Refused where it cannot be."""
    held, engagement = _held(connection, contract, last_day)
    why = reason_of(reason)
    if why.article == EXPIRED and (held["end"] is None or last_day < held["end"]):
        until = f"{held['end']} 才到期" if held["end"] else "是无固定期限，没有到期日"
        raise Refused(f"这份合同{until}，不能以期满不续终止。提前解除的，请另选理由；日期有误的，请改正。")
    settlement, wages, wanted = cost(connection, engagement, last_day, why)
    away = [
        one["kind"] for one in rows(connection, "absence", engagement=engagement["id"])
        if one["start"] <= last_day and (one["end"] is None or last_day <= one["end"])
    ]  # fmt: skip
    said = cautions(held["end"], held["probation_end"], why, last_day, away[0] if away else "", wages, wanted)
    terms = sorted((one for one in rows(connection, "engagement_term", engagement=engagement["id"]) if one["since"] <= last_day), key=lambda one: one["since"])
    term = terms[-1] if terms else {"type": "", "retirement": None}
    limits = parameters_in(connection, last_day).limits
    retiring = _retiring(connection, engagement["person"], term["retirement"] or "", last_day, limits)
    near = near_retirement(why, engagement["service_since"] or engagement["start"], last_day, retiring, limits)
    return Ending(settlement, (*outside(term["type"] or "", engagement["full_time"]), *near, *said))


def end_contract(
    book: Book,
    contract: int,
    last_day: date,
    reason: str,
    *,
    severance: int | None = None,
    certificate_on: date | None = None,
    decided_on: date | None = None,
    retrained_on: date | None = None,
) -> None:
    """期满不续、解除、终止: the contract ends on `last_day`, and with it engagement and postings (离职（退回）), in one act.

    `severance` is what was decided (分; None = not yet decided, 0 where the ground owes none). An ending by 第四十条第二项 needs
    the day of training or of another post. Who left already keeps their last day; only the contract's record is completed.
    """
    book.read(ending, contract, last_day, reason)
    held, engagement = book.read(_held, contract, last_day)
    why = reason_of(reason)
    if why.article == RETRAINED and (retrained_on is None or retrained_on > last_day):
        raise Refused("不能胜任工作的，须先经过培训或者调整工作岗位，仍不能胜任的才能解除（第四十条第二项）。请填写培训或调岗日期，且不晚于最后一天。")
    if certificate_on is not None and certificate_on < held["start"]:
        raise Refused(f"离职证明日期 {certificate_on} 早于合同起始日期 {held['start']}。请核对。")
    due = 0 if severance is None and why.due is False else severance
    after = {"ended_on": last_day, "end_reason": reason, "certificate_on": certificate_on, "retrained_on": retrained_on}
    if why.article == EXPIRED:
        after["not_renewed_on"] = decided_on or held["not_renewed_on"] or held["end"]
    changes = [Change("labour_contract", (contract,), {name: held[name] for name in after}, after)]
    number, paid = engagement["id"], {"severance": engagement["severance"]}
    if engagement["end"] is None:
        changes += leaving(book, number, last_day, reason)
        changes.append(Change("engagement", (number,), paid, {"severance": due}))
    else:
        told = {"severance": due, "end_reason": reason}
        changes.append(Change("engagement", (number,), {name: engagement[name] for name in told}, told))
    book.act(f"{'期满不续' if why.article == EXPIRED else '解除（终止）劳动合同'}", changes)


def _held(connection: Any, contract: int, last_day: date) -> tuple[dict[str, Any], dict[str, Any]]:
    held = row(connection, "labour_contract", (contract,))
    if held is None:
        raise Refused("这份劳动合同已经不在了。请刷新。")
    if held["ended_on"] is not None:
        raise Refused(f"这份合同已在 {held['ended_on']} 解除（终止）。日期有误的，请在劳动合同里改正。")
    if last_day < held["start"]:
        raise Refused(f"最后一天 {last_day} 早于合同起始日期 {held['start']}。请核对。")
    for one in rows(connection, "labour_contract", engagement=held["engagement"]):
        if one["start"] > last_day and one["start"] > held["start"]:
            raise Refused(f"已有 {one['start']} 起的第 {one['seq']} 份合同，晚于最后一天 {last_day}。请先处理那份合同。")
    engagement = row(connection, "engagement", (held["engagement"],))
    if engagement is None:
        raise Refused("这个人还没有用工关系。请先在“人员”里登记。")
    if engagement["end"] is not None and engagement["end"] != last_day:
        raise Refused(f"本人已登记在 {engagement['end']} 离职。补登合同终止的，最后一天请填同一天。")
    return held, engagement


def _retiring(connection: Any, person: int, registered: str, day: date, limits: Limits) -> dict[str, date]:
    """What somebody may retire as → the day they reach 法定退休年龄; empty where birth or sex is not known."""
    of = row(connection, "person", (person,)) or {}
    birth, sex = birth_and_sex(Person(person, "", of.get("id_no") or "", of.get("sex") or "", of.get("birth")), day)
    lines = sorted(rows(connection, "retirement_age"), key=lambda one: one["born_from"])
    ages = [RetirementAge(one["born_from"], one["category"], 12 * one["years"] + one["months"]) for one in lines]
    return {} if birth is None else {one: retires(birth, one, ages, limits) for one in retiring_as(sex, registered)}


def _minimum(connection: Any, day: date) -> int | None:
    """月最低工资 of the county in force on a day."""
    of = county(connection)
    known = [one for one in rows(connection, "minimum_wage") if one["since"] <= day and one["area"] in ("", of.name, of.city)]
    return max(known, key=lambda one: one["since"])["monthly"] if known else None
