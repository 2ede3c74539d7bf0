"""劳动合同: signed, amended, renewed; what a clerk should know before a contract is concluded; 年度考核. Ending one: `office.ending`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import resources
from db.book import Book
from db.change import Change, Refused
from db.lists import Column, Edit
from db.rows import defaults, next_ids, row, rows
from office.check import check_period, facts_in
from office.edit import changes_of
from policy.facts import Facts
from policy.finding import Finding
from policy.labour import full_months
from policy.labour_facts import FIXED, INCOMPETENT, OPEN, LabourContract
from policy.parameters import SHIPPED, in_force_since
from policy.period import complete_on
from policy.placing import last_assignment, term_on
from policy.rules import RULES

_DAY: Final = timedelta(days=1)
_ASKED: Final = ("L02", "L03", "L04", "L05", "L06")
"""Rules about the text of a contract, asked before it is concluded."""
_COPIED: Final = ("kind", "wage", "names_unit", "names_term", "names_post", "pay_day")
"""What a renewal takes over."""
GROUNDS: Final = "劳动合同法"


@dataclass(frozen=True)
class Planned:
    """A contract about to be concluded: its whole row, and what should be known first, a sentence each."""

    values: Mapping[str, Any]
    warnings: tuple[str, ...]


# Concluding


def signing(connection: Any, engagement: int, values: Mapping[str, Any]) -> Planned:
    """A contract for an engagement from what was typed (fields of 劳动合同). Refused with a sentence where it cannot be."""
    held = _engagement(connection, engagement)
    own = rows(connection, "labour_contract", engagement=engagement)
    whole = defaults("labour_contract") | dict(values) | {"engagement": engagement, "seq": max((one["seq"] for one in own), default=0) + 1}
    possible(whole, held)
    _apart(whole, own)
    return Planned(whole, _warnings(connection, held, own, whole))


def sign(book: Book, engagement: int, **values: Any) -> int:
    """签订: register a contract of an engagement; returns its number."""
    return _conclude(book, book.read(signing, engagement, values), "签订劳动合同")


def suggestion(connection: Any, contract: int) -> dict[str, Any]:
    """What a renewal would usually be: from the day after, as long as the one before, on its terms; 无固定期限 where the law asks it."""
    before = _contract(connection, contract)
    last = _renewable(before)
    start = last + _DAY
    months = full_months(before["start"], last) or 1
    made = {name: before[name] for name in _COPIED} | {"start": start, "end": complete_on(start, months) - _DAY}
    if before["kind"] == FIXED and any(one.rule in ("L05", "L06") for one in _found(connection, {**before, **made, "id": 0, "ended_on": None})):
        made |= {"kind": OPEN, "end": None}
    return made


def renewing(connection: Any, contract: int, values: Mapping[str, Any]) -> Planned:
    """The contract that follows another one: its terms, with what was typed over them. Refused where it cannot be: the two may not
    share a day, and only the newest is renewed."""
    before = _contract(connection, contract)
    own = rows(connection, "labour_contract", engagement=before["engagement"])
    if later := [one for one in own if one["seq"] > before["seq"]]:
        raise Refused(f"这份合同之后已有 {later[0]['start']} 起的合同。请在最后一份合同上续签。")
    last = _renewable(before)
    planned = signing(connection, before["engagement"], {name: before[name] for name in _COPIED} | dict(values))
    start = planned.values["start"]
    gap = (start - last).days - 1
    said = [f"原合同 {last} 到期，新合同 {start} 起，中间 {gap} 天没有劳动合同（{GROUNDS}第十条）。"] if gap else []
    return Planned(planned.values, (*said, *planned.warnings))


def renew(book: Book, contract: int, **values: Any) -> int:
    """续签: the next contract of the same engagement (第几次签订 + 1); a decision not to renew is thereby dropped. Returns its number."""
    planned = book.read(renewing, contract, values)
    before = book.read(_contract, contract)
    dropped = []
    if before["not_renewed_on"] is not None:
        dropped = [Change("labour_contract", (contract,), {"not_renewed_on": before["not_renewed_on"]}, {"not_renewed_on": None})]
    return _conclude(book, planned, "续签劳动合同", dropped)


def _conclude(book: Book, planned: Planned, name: str, also: Sequence[Change] = ()) -> int:
    number = book.read(next_ids)["labour_contract"]
    book.act(name, [*also, Change("labour_contract", (number,), None, {**planned.values, "id": number})])
    return number


def amend(book: Book, contract: int, on: date, **values: Any) -> None:
    """变更: a written change agreed on a day (of post or unit, of term, of pay): what is given takes the place of what stood there."""
    before = book.read(_contract, contract)
    if before["ended_on"] is not None:
        raise Refused(f"这份合同已在 {before['ended_on']} 解除（终止），不能再变更。")
    if on < before["start"]:
        raise Refused(f"变更协议日期 {on} 早于合同起始日期 {before['start']}。请核对。")
    after = {name: value for name, value in values.items() if value is not None and before[name] != value} | {"amended_on": on}
    if "kind" in after and after["kind"] == OPEN:
        after["end"] = None
    whole = before | after
    possible(whole, book.read(_engagement, before["engagement"]))
    _apart(whole, book.read(rows, "labour_contract", engagement=before["engagement"]))
    changed = {name: value for name, value in after.items() if before[name] != value}
    if not changed:
        raise Refused(f"{on} 的变更已经登记，没有新的变化。请核对日期。")
    book.act("变更劳动合同", [Change("labour_contract", (contract,), {name: before[name] for name in changed}, changed)])


def change_contracts(book: Book, columns: Sequence[Column], edits: Iterable[Edit], name: str = "") -> int | None:
    """Write cell edits of a list of contracts as one act, unless a contract would then be impossible or share a day with another."""
    listed = list(edits)
    for edit in listed:
        if edit.value is None and edit.column.field.required:
            raise Refused(f"“{edit.column.field.label}”必须填写，不能清空。")
    changes = changes_of(columns, listed)
    if not changes:
        return None
    after = {change.key[0]: book.read(_contract, change.key[0]) | dict(change.after or {}) for change in changes if change.table == "labour_contract"}
    for whole in after.values():
        possible(whole, book.read(_engagement, whole["engagement"]))
        own = book.read(rows, "labour_contract", engagement=whole["engagement"])
        _apart(whole, [after.get(one["id"], one) for one in own])
    return book.act(name or f"修改{listed[0].column.field.label}", changes)


# What may not be


def possible(whole: Mapping[str, Any], held: Mapping[str, Any]) -> None:
    """Refuses a contract that cannot be, by its own dates and those of its engagement."""
    start, end = whole["start"], whole["end"]
    if end is not None and end < start:
        raise Refused(f"劳动合同终止日期 {end} 早于起始日期 {start}。请核对。")
    if whole["kind"] == FIXED and end is None:
        raise Refused("固定期限的劳动合同必须填写终止日期；没有终止日期的，类型请选“无固定期限”。")
    if whole["kind"] == OPEN and end is not None:
        raise Refused(f"无固定期限的劳动合同没有终止日期（填了 {end}）。请清空终止日期，或改选合同类型。")
    if start < held["start"] or (held["end"] is not None and start > held["end"]):
        until = f"至 {held['end']}" if held["end"] else "起"
        raise Refused(f"劳动合同起始日期 {start} 不在用工期间内（{held['start']} {until}）。请核对日期。")
    if whole["probation_end"] is not None and not start <= whole["probation_end"] <= (end or date.max):
        raise Refused(f"合同试用期止 {whole['probation_end']} 不在合同期限内（{start} 至 {end or '无固定期限'}）。请核对日期。")
    if whole["ended_on"] is not None and whole["ended_on"] < start:
        raise Refused(f"解除（终止）日期 {whole['ended_on']} 早于合同起始日期 {start}。请核对。")


def _apart(whole: Mapping[str, Any], others: Iterable[Mapping[str, Any]]) -> None:
    """Two contracts of one engagement do not share a day."""
    first, last = whole["start"], _last_day(whole) or date.max
    for one in others:
        if one["id"] != whole.get("id") and one["start"] <= last and first <= (_last_day(one) or date.max):
            raise Refused(
                f"与 {one['start']} 至 {_last_day(one) or '无固定期限'} 的劳动合同（第 {one['seq']} 份）有重叠的日期。"
                "同一段用工关系的两份合同不能有同一天，请核对起止日期。"
            )


def _renewable(whole: Mapping[str, Any]) -> date:
    """The last day of the term of a contract that may be renewed."""
    if whole["ended_on"] is not None:
        raise Refused(f"这份合同已在 {whole['ended_on']} 解除（终止）。新订立的，请用“签订劳动合同”。")
    if whole["end"] is None:
        raise Refused("这份合同没有终止日期，不需要续签。内容有变化的，请用“变更”。")
    end: date = whole["end"]
    return end


def _last_day(whole: Mapping[str, Any]) -> date | None:
    found: date | None = whole["ended_on"] or whole["end"]
    return found


def _contract(connection: Any, contract: int) -> dict[str, Any]:
    found = row(connection, "labour_contract", (contract,))
    if found is None:
        raise Refused("这份劳动合同已经不在了。请刷新。")
    return found


def _engagement(connection: Any, engagement: int) -> dict[str, Any]:
    found = row(connection, "engagement", (engagement,))
    if found is None:
        raise Refused("这个人还没有用工关系。请先在“人员”里登记。")
    return found


# What should be known


def _warnings(connection: Any, held: Mapping[str, Any], own: Sequence[Mapping[str, Any]], whole: Mapping[str, Any]) -> tuple[str, ...]:
    said = [f"{one.arithmetic}（{one.article}）。" for one in _found(connection, {**whole, "id": 0})]
    known = [one for one in rows(connection, "appraisal", person=held["person"]) if one["year"] <= whole["start"].year]
    if own and known and known[-1]["grade"] == INCOMPETENT:
        said.append(f"{known[-1]['year']} 年度考核不称职：不称职者，到期后不再续聘（四（三））。")
    return tuple(said)


def _found(connection: Any, whole: Mapping[str, Any]) -> list[Finding]:
    """What the rules would find about a contract if it were concluded, seen on its first day; nothing for one that began before the
    notice, on whose day no parameters were in force: the rules speak of it as of today."""
    if whole["start"] < in_force_since(resources.text(SHIPPED)):
        return []
    facts = _facts(connection, whole["engagement"], whole["start"])
    if not facts.engagements:
        return []
    e = facts.engagements[0]
    term, at = term_on(e, whole["start"]), last_assignment(e, whole["start"])
    names = LabourContract.__dataclass_fields__
    made = LabourContract(
        **{name: value for name, value in whole.items() if name in names}, person=e.person.id, employer=term.employer if term else "",
        unit=at.unit if at else None,
    )  # fmt: skip
    asked = replace(facts, labour_contracts=tuple(sorted((*facts.labour_contracts, made), key=lambda one: (one.start, one.id))))
    before = _findings(facts)
    return [one for one in _findings(asked) if one not in before]


def _findings(facts: Facts) -> list[Finding]:
    on = [rule for rule in RULES if rule.id in _ASKED and rule.id not in facts.parameters.switched_off]
    return [finding for rule in on for finding in rule.find(rule, facts)]


def _facts(connection: Any, engagement: int, day: date) -> Facts:
    """The facts of one engagement's worker on a day."""
    facts = facts_in(connection, check_period(day))
    mine = tuple(one for one in facts.engagements if one.id == engagement)
    people = {one.person.id for one in mine}
    return replace(
        facts, engagements=mine, contracts=(), labour_contracts=tuple(one for one in facts.labour_contracts if one.person in people)
    )


# 不续, 年度考核

DECIDED: Final = {"labour_contract": "劳动合同", "purchase_contract": "采购合同"}


def decide_not_to_renew(book: Book, table: str, numbers: Iterable[int], on: date) -> None:
    """登记不续决定: it was decided on a day that these contracts (劳动合同 or 采购合同) are not renewed; they leave the expiry board."""
    changes = []
    for number in numbers:
        before = book.read(row, table, (number,))
        if before is None:
            raise Refused(f"这份{DECIDED[table]}已经不在了。请刷新。")
        if before["not_renewed_on"] is not None:
            raise Refused(f"{before['not_renewed_on']} 已登记这份{DECIDED[table]}不再续签。日期有误的，请在合同里改正。")
        changes.append(Change(table, (number,), {"not_renewed_on": None}, {"not_renewed_on": on}))
    book.act("登记不续决定", changes)


def appraise(book: Book, person: int, year: int, grade: str, score: int | None = None, reason: str | None = None) -> int:
    """年度考核 of a person for a year; returns its number. A second result of one year is refused."""
    if book.read(rows, "appraisal", person=person, year=year):
        raise Refused(f"{year} 年度的考核结果已经登记。要改正它，请在“年度考核”页签里直接修改。")
    number = book.read(next_ids)["appraisal"]
    values = {"person": person, "year": year, "grade": grade, "score": score, "reason": reason}
    book.act(f"登记{year}年度考核", [Change("appraisal", (number,), None, defaults("appraisal") | {"id": number} | values)])
    return number
