"""更换承接主体: from a day on a new provider employs people whose work goes on, as one act for all of them.

The engagement goes on (postings, pay, absences and years of service with it): a new 用工条件 names the new employer and its purchase
contract, the old 劳动合同 ends the day before, and what became of the years before is recorded. See docs/decisions/change-of-provider.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults, next_ids, row, rows
from office.ending import cost
from office.labour import possible
from policy.facts import EMPLOYMENT_TYPES
from policy.labour import EndReason
from policy.labour_facts import MOVED, YEARS_KEPT, YEARS_PAID

_DAY = timedelta(days=1)
_PAYS_NOW = EndReason(MOVED, "第三十六条", True)
"""What the old provider pays where it settles the years at once: an agreed ending it proposes (第四十六条第二项)."""


@dataclass(frozen=True)
class NewContract:
    """The 劳动合同 with the new provider, alike for everybody: kind, last day (None = 无固定期限), day of signing, and whether it states
    用工单位, 派遣期限 and 岗位."""

    kind: str
    end: date | None
    signed: date | None = None
    states: bool | None = None


@dataclass(frozen=True)
class Moved:
    """One worker who would change: whose, from which employer, since when their service counts, and what the old provider would pay
    for it in 分 (None where the wage is not known), with the arithmetic."""

    engagement: int
    name: str
    before: str
    since: date
    severance: int | None
    words: str


def moving(connection: Any, engagements: Sequence[int], day: date) -> tuple[Moved, ...]:
    """Each of the workers as they would change on a day, with what the old provider would owe if it paid for the years now."""
    found = []
    for number in engagements:
        held, term, name = _worker(connection, number, day)
        settlement, _, _ = cost(connection, held, day - _DAY, _PAYS_NOW)
        found.append(Moved(number, name, term["employer"] or "", held["service_since"] or held["start"], settlement.amount, settlement.words))
    return tuple(found)


def change_provider(
    book: Book,
    engagements: Sequence[int],
    day: date,
    *,
    employer: str | None = None,
    purchase_contract: int | None = None,
    kind: str | None = None,
    service: str = YEARS_KEPT,
    severance: Mapping[int, int] | None = None,
    contract: NewContract | None = None,
    certificate_on: date | None = None,
) -> None:
    """更换承接主体 from `day` on. `employer` may be left out where the purchase contract names its supplier; `kind` (用工形式) where it stays.

    `service` says what becomes of the years: they go on, or the old provider has paid (`severance`: engagement → 分, for everybody).
    Refused by name, and nothing changed, where anybody cannot change that day.
    """
    if not engagements:
        raise Refused("请至少选择一个人。")
    employer, sort = book.read(_new_employer, purchase_contract, day, employer)
    if service == YEARS_PAID and (lacking := [number for number in engagements if (severance or {}).get(number) is None]):
        names = "、".join(book.read(_worker, number, day)[2] for number in lacking[:5])
        raise Refused(f"原单位支付经济补偿的，每个人都要有金额。还缺 {len(lacking)} 人：{names}。")
    ids = book.read(next_ids)
    changes: list[Change] = []
    for at, number in enumerate(dict.fromkeys(engagements)):
        held, term, name = book.read(_worker, number, day)
        if term["employer"] == employer and purchase_contract in (None, term["purchase_contract"]):
            raise Refused(f"“{name}”的用人单位已经是“{employer}”。请去掉这个人，或另选承接主体。")
        new_kind = kind or term["type"]
        if sort in EMPLOYMENT_TYPES and new_kind in EMPLOYMENT_TYPES and sort != new_kind:
            raise Refused(f"所选采购合同是{sort}，“{name}”的用工形式是{new_kind}，两者不一致。请同时选择新的用工形式，或另选合同。")
        made = {**term, "id": ids["engagement_term"] + at, "since": day, "employer": employer, "type": new_kind}
        made["purchase_contract"] = purchase_contract
        changes.append(Change("engagement_term", (made["id"],), None, made))
        changes += _old_contract(book, number, name, day, certificate_on)
        record = {
            "id": ids["employer_change"] + at, "engagement": number, "since": day, "before": term["employer"], "after": employer,
            "service": service, "severance": (severance or {}).get(number) if service == YEARS_PAID else None,
        }  # fmt: skip
        changes.append(Change("employer_change", (record["id"],), None, defaults("employer_change") | record))
        if contract is not None:
            own = book.read(rows, "labour_contract", engagement=number)
            values = defaults("labour_contract") | {
                "id": ids["labour_contract"] + at, "engagement": number, "seq": max((one["seq"] for one in own), default=0) + 1,
                "kind": contract.kind, "start": day, "end": contract.end, "signed": contract.signed, "wage": own[-1]["wage"] if own else None,
                "pay_day": own[-1]["pay_day"] if own else None, "names_unit": contract.states, "names_term": contract.states, "names_post": contract.states,
            }  # fmt: skip
            possible(values, held)
            changes.append(Change("labour_contract", (values["id"],), None, values))
    book.act(f"更换承接主体（{len(dict.fromkeys(engagements))} 人）", changes)


def _new_employer(connection: Any, purchase_contract: int | None, day: date, employer: str | None) -> tuple[str, str]:
    """The new employer by name, and the purchase contract's kind ("" without one)."""
    if purchase_contract is None:
        if not employer:
            raise Refused("请填写新的承接主体，或选择它的采购合同。")
        return employer, ""
    bought = row(connection, "purchase_contract", (purchase_contract,))
    if bought is None:
        raise Refused("所选的采购合同已经不在了。请刷新后另选。")
    ends = [one["end"] for one in rows(connection, "contract_amendment", contract=purchase_contract) if one["end"]]
    last = ends[-1] if ends else bought["end"]
    if not bought["start"] <= day <= last:
        raise Refused(f"采购合同 {bought['no']} 的期限是 {bought['start']} 至 {last}，不含 {day}。请核对更换日期，或另选合同。")
    supplier = row(connection, "supplier", (bought["supplier"],)) if bought["supplier"] else None
    name = employer or (supplier["name"] if supplier else "")
    if not name:
        raise Refused(f"采购合同 {bought['no']} 没有登记承接主体。请先登记，或直接填写新的承接主体。")
    return name, bought["kind"]


def _worker(connection: Any, engagement: int, day: date) -> tuple[dict[str, Any], dict[str, Any], str]:
    """Engagement, conditions before the day and name of a worker whose employer changes on a day. Refused by name where it cannot."""
    held = row(connection, "engagement", (engagement,))
    if held is None:
        raise Refused("有一个人的用工关系已经不在了。请刷新后再选。")
    person = row(connection, "person", (held["person"],))
    name = person["name"] if person else ""
    if held["start"] >= day:
        raise Refused(f"“{name}”{held['start']} 才入职，不能从 {day} 起更换承接主体。请去掉这个人，或核对日期。")
    if held["end"] is not None and held["end"] < day:
        raise Refused(f"“{name}”已在 {held['end']} 离职。请去掉这个人，或核对日期。")
    terms = rows(connection, "engagement_term", engagement=engagement)
    if coming := [one["since"] for one in terms if one["since"] >= day]:
        raise Refused(f"“{name}”已有从 {min(coming)} 起的用工条件。请先在“用工条件”里核对，再选更晚的日期。")
    if not terms:
        raise Refused(f"“{name}”还没有用工条件。请先在“人员”里登记。")
    return held, max(terms, key=lambda one: one["since"]), name


def _old_contract(book: Book, engagement: int, name: str, day: date, certificate_on: date | None) -> list[Change]:
    """The labour contract with the old provider ends the day before, where it still runs then."""
    changes = []
    for one in book.read(rows, "labour_contract", engagement=engagement):
        if one["start"] >= day:
            raise Refused(f"“{name}”已有从 {one['start']} 起的劳动合同。请先处理那份合同，再更换承接主体。")
        last = one["ended_on"] or one["end"]
        if last is None or last >= day:
            after = {"ended_on": day - _DAY, "end_reason": MOVED, "certificate_on": certificate_on or one["certificate_on"]}
            changes.append(Change("labour_contract", (one["id"],), {key: one[key] for key in after}, after))
    return changes
