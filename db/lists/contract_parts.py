"""What hangs on a 采购合同: using units, scope, sources, clauses, amendments, payments, people, and the contracts before and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Connection, func, select

from db.lists import Listing, Row
from db.lists.columns import computed, shown, unit_kind
from db.lists.contracts import contracts
from db.lists.people import posted_on
from db.lists.units import listing, names
from db.model import TABLES
from db.rows import rows
from policy.contract_facts import DISPATCH, PURCHASE, TICK_SUBJECTS
from policy.funds import split
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import YESNO
from policy.kinds.text import TEXT

T = TABLES
BOUGHT: Final = (PURCHASE, DISPATCH)
"""用工形式 of people a provider sends under a purchase contract."""


def using_units(connection: Connection, contract: int, as_of: date) -> Listing:
    """用工单位 the contract names, with how many people work there under it on the day."""
    kind, of = unit_kind(names(connection, as_of)), T["contract_unit"]
    columns = (computed("unit", "用工单位", kind, 14), computed("heads", "在岗人数", _HEADS, 6, "截至日期挂在这份合同下、派驻在这里的人数"))
    heads: dict[int, int] = defaultdict(int)
    for one in people_under(connection, contract, as_of).rows:
        heads[one.values[1]] += one.values[-1]
    found = connection.execute(select(of).where(of.c.contract == contract).order_by(of.c.id)).mappings()
    return Listing(columns, tuple(Row({"contract_unit": (row["id"],)}, (row["unit"], heads[row["unit"]])) for row in found))


def parts(connection: Connection, table: str, contract: int, as_of: date) -> Listing:
    """服务内容 (contract_scope) or 资金来源 (contract_source) with shares, and what they are of the amount, to the 分."""
    word = table.removeprefix("contract_")
    columns = (
        shown(table, word, 14), shown(table, "share", 8), computed("part", "金额", MONEY, 10, "合同金额（含补充）按占比分开，尾差按最大余数法"),
    )  # fmt: skip
    found = rows(connection, table, contract=contract)
    total = _total(connection, contract, as_of)
    amounts = {} if total is None else split(total, {row[word]: row["share"] for row in found})
    return Listing(columns, tuple(Row({table: (row["id"],)}, (row[word], row["share"], amounts.get(row[word]))) for row in found))


def clauses(connection: Connection, contract: int) -> Listing:
    """合同条款与做法 that are ticked, by subject."""
    columns = (computed("subject", "类别", TEXT, 16), shown("contract_tick", "tick", 22))
    found = {row["tick"]: row["id"] for row in rows(connection, "contract_tick", contract=contract)}
    return Listing(
        columns,
        tuple(
            Row({"contract_tick": (found[tick],)}, (subject, tick))
            for subject, ticks in TICK_SUBJECTS.items()
            for tick in ticks
            if tick in found
        ),
    )


def amendments(connection: Connection, contract: int) -> Listing:
    """补充合同 in order of signing, each field editable."""
    of = T["contract_amendment"]
    query = select(of).where(of.c.contract == contract).order_by(of.c.signed, of.c.id)
    return listing(connection, "contract_amendment", ("signed", "amount", "end", "subject"), query)


PAID: Final = ("paid_on", "source", "wages", "employer", "fee", "other", "first_month", "last_month", "voucher")


def payments(connection: Connection, contract: int) -> Listing:
    """付款 in order of date; the amount is the sum of its parts."""
    of = T["contract_payment"]
    query = select(of).where(of.c.contract == contract).order_by(of.c.paid_on, of.c.id)
    listed = listing(connection, "contract_payment", PAID, query)
    amounts = [row.amount for row in connection.execute(query)]
    columns = (listed.columns[0], shown("contract_payment", "amount", 10), *listed.columns[1:])
    return Listing(
        columns, tuple(Row(row.keys, (row.values[0], amount, *row.values[1:])) for row, amount in zip(listed.rows, amounts, strict=True))
    )


_HEADS: Final = shown("purchase_contract", "headcount").field.kind


def people_under(connection: Connection, contract: int, as_of: date) -> Listing:
    """涉及人员: everybody who stands or stood under the contract by their 用工条件, from when to when."""
    columns = (
        computed("name", "姓名", TEXT, 8), computed("unit", "派驻单位", unit_kind(names(connection, as_of)), 10), shown("engagement_term", "type", 8),
        shown("engagement_term", "employer", 14), computed("since", "挂在合同下起", DATE, 8), computed("until", "止", DATE, 8),
        computed("now", "现在在岗", YESNO, 6, "截至日期在岗，并挂在这份合同下"),
    )  # fmt: skip
    term, engagement, person = T["engagement_term"], T["engagement"], T["person"]
    posted = posted_on(as_of)
    concerned = select(term.c.engagement).where(term.c.purchase_contract == contract)
    query = (
        select(term, engagement.c.end, engagement.c.person, person.c.name, posted.c.unit)
        .join(engagement, engagement.c.id == term.c.engagement)
        .join(person, person.c.id == engagement.c.person)
        .outerjoin(posted, (posted.c.engagement == engagement.c.id) & (posted.c.place == 1))
        .where(term.c.engagement.in_(concerned))
        .order_by(term.c.engagement, term.c.since)
    )
    found = []
    for row, since, until in _stretches(list(connection.execute(query)), contract):
        now = since <= as_of and (until is None or as_of <= until)
        keys = {"person": (row.person,), "engagement": (row.engagement,), "engagement_term": (row.id,)}
        found.append(Row(keys, (row.name, row.unit, row.type, row.employer, since, until, now)))
    return Listing(columns, tuple(sorted(found, key=lambda one: (not one.values[-1], one.keys["engagement"]))))


def eligible(connection: Connection, contract: int, as_of: date) -> dict[str, list[tuple[int, str]]]:
    """Who may stand under a contract, by where they stand now: (engagement, words). Those already under it first, also who left."""
    of, term, engagement, person = T["purchase_contract"], T["engagement_term"], T["engagement"], T["person"]
    others: dict[int, str] = dict(connection.execute(select(of.c.id, of.c.no)).all())
    start = connection.execute(select(of.c.start).where(of.c.id == contract)).scalar_one()
    units, posted = names(connection, as_of), posted_on(as_of)
    query = (
        select(term.c.engagement, term.c.type, term.c.purchase_contract, engagement.c.end, person.c.name, posted.c.unit)
        .join(engagement, engagement.c.id == term.c.engagement)
        .join(person, person.c.id == engagement.c.person)
        .outerjoin(posted, (posted.c.engagement == engagement.c.id) & (posted.c.place == 1))
        .order_by(term.c.engagement, term.c.since)
    )
    terms: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        terms[row.engagement].append(row)
    found: dict[str, list[tuple[int, str]]] = {"挂在这份合同下": [], "还没有挂合同": [], "挂在其他合同下": []}
    for number, own in terms.items():
        last = own[-1]
        words = "　".join(one for one in (last.name, units.get(last.unit, "未安排派驻"), last.type or "") if one)
        if any(row.purchase_contract == contract for row in own):
            found["挂在这份合同下"].append((number, words + (f"　{last.end} 离职" if last.end else "")))
        elif last.type in BOUGHT and (last.end is None or last.end >= start):
            other = others.get(last.purchase_contract)
            found["挂在其他合同下" if other else "还没有挂合同"].append((number, words + (f"　{other}" if other else "")))
    return found


def _stretches(terms: list[Any], contract: int) -> Iterator[tuple[Any, date, date | None]]:
    """(newest term, first day, last day) of each unbroken stretch under the contract; terms ascend by engagement and day."""
    began: date | None = None
    for at, row in enumerate(terms):
        if row.purchase_contract != contract:
            continue
        following = terms[at + 1] if at + 1 < len(terms) and terms[at + 1].engagement == row.engagement else None
        began = began or row.since
        if following is not None and following.purchase_contract == contract:
            continue
        until = row.end if following is None else following.since - timedelta(days=1)
        if until is None or began <= until:
            yield row, began, until
        began = None


def chain(connection: Connection, contract: int, as_of: date) -> Listing:
    """续签链: the contracts this one renews, itself and those that renew it, by start."""
    of = T["purchase_contract"]
    before: dict[int, int | None] = dict(connection.execute(select(of.c.id, of.c.predecessor)).all())
    known = reached = {contract}
    while reached:
        beside = {before.get(one) for one in reached} | {one for one, earlier in before.items() if earlier in reached}
        reached = {one for one in beside if one is not None} - known
        known = known | reached
    listed = contracts(connection, as_of, everything=True)
    kept = ("purchase_contract.no", "purchase_contract.name", "purchase_contract.supplier", "purchase_contract.start", "last", "total", "paid", "status")
    columns = tuple(column for column in listed.columns if column.id in kept)
    places = [listed.columns.index(column) for column in columns]
    place = computed("place", "先后", TEXT, 6)
    own = next((row for row in listed.rows if row.keys["purchase_contract"] == (contract,)), None)
    start = next(at for at, column in enumerate(listed.columns) if column.id == "purchase_contract.start")

    def said(row: Row) -> str:
        return "本合同" if own is None or row.keys == own.keys else "原合同" if row.values[start] < own.values[start] else "续签"

    return Listing(
        (place, *(computed(column.id, column.field.label, column.field.kind, column.width) for column in columns)),
        tuple(
            Row({"chain": row.keys["purchase_contract"]}, (said(row), *(row.values[at] for at in places)))
            for row in listed.rows
            if row.keys["purchase_contract"][0] in known and len(known) > 1
        ),
    )


def _total(connection: Connection, contract: int, as_of: date) -> int | None:
    of, more = T["purchase_contract"], T["contract_amendment"]
    amount = connection.execute(select(of.c.amount).where(of.c.id == contract)).scalar()
    added = connection.execute(select(func.sum(more.c.amount)).where(more.c.contract == contract, more.c.signed <= as_of)).scalar()
    return None if amount is None else int(amount) + int(added or 0)
