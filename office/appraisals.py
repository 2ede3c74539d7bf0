"""年度考核 of a year for many people at once (四（三）), and what it costs not to renew the contract of somebody who is 不称职."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.rows import defaults, next_ids, row, rows
from office.check import parameters_in
from office.ending import cost, service_from
from policy.ending import EXPIRED, Settlement, settle
from policy.labour import END_REASONS

NOT_RENEWED: Final = next(one for one in END_REASONS.values() if one.article == EXPIRED and one.due)
FIELDS: Final = ("grade", "score", "reason")


def results_of(connection: Any, year: int) -> dict[int, dict[str, Any]]:
    """Person → the stored result of a year (等次, 得分, 说明), for the sheet of that year."""
    return {one["person"]: one for one in rows(connection, "appraisal", year=year)}


def set_results(book: Book, year: int, cells: Mapping[int, Mapping[str, Any]], name: str = "") -> int | None:
    """Write cells of a year's sheet (person → grade, score, reason): a result that was not there is added, one that is emptied goes. Returns the
    act, None where nothing changes. Refused by name for a score or a reason without a grade."""
    held, number, changes = book.read(results_of, year), book.read(next_ids)["appraisal"], []
    for person, said in cells.items():
        before = held.get(person)
        after = {field: said[field] if field in said else before[field] if before else None for field in FIELDS}
        if after["grade"] is None and any(after[field] is not None for field in FIELDS):
            who = (book.read(row, "person", (person,)) or {}).get("name", "")
            raise Refused(f"{who}有得分或说明，没有考核等次。请先填等次；要清除这个结果，请把三格一起清空。")
        if before is None and after["grade"] is not None:
            whole = defaults("appraisal") | {"id": number, "person": person, "year": year} | after
            changes.append(Change("appraisal", (number,), None, whole))
            number += 1
        elif before is not None and after["grade"] is None:
            changes.append(Change("appraisal", (before["id"],), before, None))
        elif before is not None and (moved := {field: value for field, value in after.items() if before[field] != value}):
            changes.append(Change("appraisal", (before["id"],), {field: before[field] for field in moved}, moved))
    return book.act(name or f"登记{year}年度考核 {len(changes)} 人", changes) if changes else None


@dataclass(frozen=True)
class NotRenewing:
    """What follows for somebody who is not to be renewed: the newest labour contract (None: none is registered), its last day (None: 无固定期限),
    and 经济补偿 with its arithmetic, as far as it can be known today."""

    contract: int | None
    end: date | None
    settlement: Settlement | None
    words: str


def not_renewing(connection: Any, engagement: int, as_of: date) -> NotRenewing:
    """不再续聘 of an engagement: when its contract ends, and what that costs by the wages known on the as-of date (第四十六条、第四十七条)."""
    own = [one for one in rows(connection, "labour_contract", engagement=engagement) if one["ended_on"] is None]
    newest = max(own, key=lambda one: (one["start"], one["id"]), default=None)
    held = row(connection, "engagement", (engagement,))
    if newest is None or held is None:
        return NotRenewing(None, None, None, "没有登记劳动合同，到期日和经济补偿算不出来。请先在“劳动合同”里登记。")
    if newest["end"] is None:
        return NotRenewing(newest["id"], None, None, "劳动合同没有终止日期，没有到期不续。确实不能胜任的，先培训或者调岗，再按第四十条第二项办理。")
    end: date = newest["end"]
    _, wages, _ = cost(connection, held, min(end, max(as_of, newest["start"])), NOT_RENEWED)
    settlement = settle(NOT_RENEWED, service_from(connection, held, end), end, wages, parameters_in(connection, as_of).limits)
    later = f"现在按截至 {as_of} 的工资估算，到期时再核定。" if end > as_of else ""
    return NotRenewing(newest["id"], end, settlement, f"劳动合同 {end} 到期。{settlement.words}{later}")
