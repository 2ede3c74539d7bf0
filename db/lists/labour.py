"""劳动合同 as of a date, what of them hangs on a person, 年度考核, and whom a contract can be concluded with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, case, select

from db.lists import Column, Listing, Row
from db.lists.columns import computed, shown, unit_kind, written
from db.lists.contracts import reference
from db.lists.people import people, posted_on
from db.lists.units import listing, names
from db.model import TABLES
from policy.kinds import Field
from policy.kinds.idno import IDENTITY
from policy.kinds.number import ORDINAL
from policy.kinds.text import TEXT
from policy.labour_facts import LABOUR_TYPES

T = TABLES

RUNNING, TRIED, COMING, LAPSED, WITHOUT, REFUSED, ENDED, RENEWED = "履行中", "试用期", "未开始", "已到期未续签", "未订新合同", "到期不续", "已终止", "已续签"
OVER: Final = (ENDED, RENEWED)
"""Statuses of contracts that are past: shown only where asked for."""

_FIELDS: Final = (
    "kind", "seq", "signed", "start", "end", "probation_end", "wage", "probation_wage", "insured_on", "names_unit", "names_term", "names_post",
    "pay_day", "amended_on", "not_renewed_on", "ended_on", "end_reason", "retrained_on", "certificate_on",
)  # fmt: skip
_IN_LIST: Final = _FIELDS[:7]
"""Shown in the list at once; the others stand in the form."""
_WIDTH: Final = {"kind": 7, "seq": 5, "signed": 8, "start": 8, "end": 8, "probation_end": 8, "wage": 7}


def contracts(connection: Connection, as_of: date, *, everybody: bool = False) -> Listing:
    """Labour contracts on a date, one line each: of everybody still engaged those that run, lapsed or are to come; every one, if asked."""
    workers = reference("人员", {one.engagement: one.words for one in employed(connection, as_of)}, "请从下拉列表里选；没有登记的，请先在“人员”里新增。")
    columns = (
        shown("person", "name", 7),
        computed("employer", "用人单位", TEXT, 13, "合同起始日的用人单位"),
        Column("unit", Field("派驻单位", unit_kind(names(connection, as_of))), width=9),
        computed("status", "状态", TEXT, 7),
        computed("left", "剩余天数", ORDINAL, 5, "到终止日期还有几天；负数为已过的天数"),
        Column("labour_contract.engagement", Field("签订人", workers, required=True), width=10, hidden=True),
        *(written("labour_contract", name, _WIDTH.get(name, 8), label=LABELS.get(name, ""), hidden=name not in _IN_LIST) for name in _FIELDS),
    )
    contract, engagement, person = T["labour_contract"], T["engagement"], T["person"]
    posted, now = posted_on(as_of), _employer_on_first_day()
    query = (
        select(contract, person.c.id.label("who"), person.c.name, engagement.c.end.label("left_on"), now.label("employer"), posted.c.unit)
        .join(engagement, engagement.c.id == contract.c.engagement)
        .join(person, person.c.id == engagement.c.person)
        .outerjoin(posted, (posted.c.engagement == engagement.c.id) & (posted.c.place == 1))
        .order_by(person.c.id, contract.c.start, contract.c.id)
    )
    found = list(connection.execute(query).mappings())
    newest: dict[int, int] = {}
    for row in found:
        newest[row["engagement"]] = max(row["seq"], newest.get(row["engagement"], 0))
    rows = []
    for row in found:
        status, last = _status(row, as_of, row["seq"] < newest[row["engagement"]]), row["ended_on"] or row["end"]
        if everybody or status not in OVER:
            keys = {"labour_contract": (row["id"],), "person": (row["who"],), "engagement": (row["engagement"],)}
            left = None if last is None or status in OVER else (last - as_of).days
            rows.append(Row(keys, (row["name"], row["employer"], row["unit"], status, left, row["engagement"], *(row[name] for name in _FIELDS))))
    return Listing(columns, tuple(rows))


LABELS: Final = {"kind": "合同类型", "seq": "第几次", "signed": "签订日期", "start": "起始日期", "end": "终止日期", "probation_end": "试用期止", "wage": "约定月工资"}
"""Shorter headings where the screen's name says what they are about."""


def _employer_on_first_day() -> Any:
    contract, term = T["labour_contract"], T["engagement_term"]
    begun = case((term.c.since <= contract.c.start, term.c.since))
    query = select(term.c.employer).where(term.c.engagement == contract.c.engagement)
    return query.order_by(begun.desc().nulls_last(), term.c.since).limit(1).scalar_subquery()


def _status(row: RowMapping, as_of: date, replaced: bool) -> str:
    last = row["ended_on"] or row["end"]
    if row["left_on"] is not None and row["left_on"] < as_of:
        return ENDED
    if row["start"] > as_of:
        return COMING
    if last is not None and last < as_of:
        return RENEWED if replaced else WITHOUT if row["ended_on"] else REFUSED if row["not_renewed_on"] else LAPSED
    if row["not_renewed_on"]:
        return REFUSED
    return TRIED if row["probation_end"] is not None and row["probation_end"] >= as_of else RUNNING


def contracts_of(connection: Connection, person: int) -> Listing:
    """A person's labour contracts, of every engagement."""
    of, engagement = T["labour_contract"], T["engagement"]
    query = select(of).join(engagement, engagement.c.id == of.c.engagement).where(engagement.c.person == person).order_by(of.c.start, of.c.id)
    return listing(connection, "labour_contract", ("seq", *(name for name in _FIELDS if name != "seq")), query)


def to_be_ended(connection: Connection, engagement: int) -> int | None:
    """The newest labour contract of an engagement; None where there is none, or it was ended."""
    of = T["labour_contract"]
    found = connection.execute(select(of.c.id, of.c.ended_on).where(of.c.engagement == engagement).order_by(of.c.seq.desc()).limit(1)).first()
    return None if found is None or found.ended_on is not None else int(found.id)


def employer_changes(connection: Connection, person: int) -> Listing:
    """Where the provider was changed over a person's head, and what became of the years before."""
    of, engagement = T["employer_change"], T["engagement"]
    query = select(of).join(engagement, engagement.c.id == of.c.engagement).where(engagement.c.person == person).order_by(of.c.since)
    return listing(connection, "employer_change", ("since", "before", "after", "service", "severance"), query)


def appraisals(connection: Connection, person: int) -> Listing:
    """年度考核 of a person, newest first."""
    of = T["appraisal"]
    return listing(connection, "appraisal", ("year", "grade", "score", "reason"), select(of).where(of.c.person == person).order_by(of.c.year.desc()))


@dataclass(frozen=True)
class Worker:
    """Somebody engaged under a type that has labour contracts: the engagement, who it is in words that tell namesakes apart, and the employer."""

    engagement: int
    words: str
    employer: str


def employed(connection: Connection, as_of: date) -> tuple[Worker, ...]:
    """Whom a labour contract can be concluded with on a date, or whose provider can change, in the order of the units."""
    listed = people(connection, as_of)
    at = {column.id: place for place, column in enumerate(listed.columns)}
    units = names(connection, as_of)
    found = [row for row in listed.rows if "engagement" in row.keys and row.values[at["engagement_term.type"]] in LABOUR_TYPES]

    def told(row: Row) -> str:
        return f"{row.values[at['person.name']]}（{units.get(row.values[at['unit']], '未安排派驻')}）"

    namesakes = Counter(told(row) for row in found)
    place = {number: order for order, number in enumerate(units)}
    made = []
    for row in sorted(found, key=lambda one: (place.get(one.values[at["unit"]], len(place)), one.keys["engagement"])):
        words, number = told(row), row.values[at["person.id_no"]]
        if namesakes[words] > 1:
            words += f"{IDENTITY.mask(number) if IDENTITY.mask and number else ''}　第 {row.keys['engagement'][0]} 号"
        made.append(Worker(row.keys["engagement"][0], words, row.values[at["engagement_term.employer"]] or ""))
    return tuple(made)
