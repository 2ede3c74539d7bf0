"""采购合同 as of a date: term and amount with amendments, paid and unpaid, people linked, days left. All money in 分."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, func, select

from db.as_of import holds
from db.contract_tables import SCOPE, SOURCE
from db.lists import Column, Listing, Row
from db.lists.columns import computed, unit_kind, written
from db.lists.units import names
from db.model import TABLES
from policy.kinds import Field, Kind, Unreadable
from policy.kinds.date import DATE
from policy.kinds.money import MONEY
from policy.kinds.number import COUNT
from policy.kinds.several import several, shares
from policy.kinds.text import TEXT
from policy.names import fold

T = TABLES
ORIGINAL: Final = (
    "amount", "end", "procured_as", "buyer_level", "buyer_class", "method", "project_no", "awarded", "award_noticed", "signed", "contract_noticed",
    "filed", "accepted", "wage", "fee", "pay_clause", "work_class", "budget_doc", "not_renewed_on",
)  # fmt: skip
"""Fields of the contract itself that stand in the form only, unless the clerk asks for their column."""
REQUIRED: Final = ("procured_as", "buyer_level", "buyer_class", "work_class")
"""May not be emptied."""


def reference(name: str, numbers: Mapping[int, str], missing: str) -> Kind:
    """The kind of a reference to a named record: typed or chosen by name, stored as its number; `missing` says what to do next."""
    by_name: dict[str, int] = {}
    for number, text in numbers.items():
        by_name.setdefault(fold(text), number)

    def parse(raw: object, _: object) -> int | None:
        if raw is None or not str(raw).strip():
            return None
        if isinstance(raw, int) and raw in numbers:
            return raw
        found = by_name.get(fold(str(raw)))
        if found is None:
            raise Unreadable(f"没有“{raw}”这个{name}。{missing}")
        return found

    def show(value: Any) -> str:
        return "" if value is None else numbers.get(value, f"（已移除的{name} {value}）")

    return Kind(name, parse, show, choices=tuple(numbers.values()))


def supplier_kind(connection: Connection) -> Kind:
    """承接主体 by name."""
    of = T["supplier"]
    known: dict[int, str] = dict(connection.execute(select(of.c.id, of.c.name).order_by(of.c.name)).all())
    return reference("承接主体", known, "请从下拉列表里选，或先在“承接主体”里新增。")


def contract_kind(connection: Connection) -> Kind:
    """采购合同 by number."""
    of = T["purchase_contract"]
    known: dict[int, str] = dict(connection.execute(select(of.c.id, of.c.no).order_by(of.c.start, of.c.id)).all())
    return reference("采购合同", known, "请填写已登记的合同编号，或从下拉列表里选。")


def contracts(connection: Connection, as_of: date, *, everything: bool = False, supplier: int | None = None) -> Listing:
    """Contracts that run in the year of `as_of` or later (all of them, if asked), also those not yet begun; by start.

    What was amended and paid after `as_of` is not in 总额（含补充）, 截止（含补充）, 已付 and 未付.
    """
    units = names(connection, as_of)
    columns = _columns(supplier_kind(connection), units, contract_kind(connection))
    of = T["purchase_contract"]
    query = select(of).order_by(of.c.start, of.c.id)
    amended, paid, payments = _amended(connection, as_of), _paid(connection, as_of), _payments(connection)
    heads = linked(connection, as_of)
    using, scopes, sources = (
        _parts(connection, table, *part)
        for table, *part in (("contract_unit", "unit"), ("contract_scope", "scope", "share"), ("contract_source", "source", "share"))
    )
    renewed = set(connection.execute(select(of.c.predecessor).where(of.c.predecessor.is_not(None))).scalars())
    rows = []
    for row in connection.execute(query if supplier is None else query.where(of.c.supplier == supplier)).mappings():
        number = row["id"]
        last = next((end for _, end in reversed(amended[number]) if end), row["end"])
        if not everything and last < date(as_of.year, 1, 1):
            continue
        total = None if row["amount"] is None else row["amount"] + sum(amount for amount, _ in amended[number])
        given: dict[str, Any] = {
            "status": status(row["start"], last, row["end"], as_of, number in renewed, row["not_renewed_on"]),
            "last": last,
            "days": (last - as_of).days,
            "total": total,
            "paid": paid.get(number, 0),
            "rest": None if total is None else total - paid.get(number, 0),
            "linked": heads.get(number, 0),
            "units": tuple(unit for (unit,) in using[number]) or None,
            "scopes": tuple(scopes[number]) or None,
            "sources": tuple(sources[number]) or None,
            "payments": payments.get(number, 0),
        }
        given["todo"] = "、".join(_missing(row, given)) or None
        rows.append(
            Row(
                {"purchase_contract": (number,)},
                tuple(given[column.id] if column.id in given else row[column.id.partition(".")[2]] for column in columns),
            )
        )
    return Listing(columns, tuple(rows))


def _columns(suppliers: Kind, units: Mapping[int, str], others: Kind) -> tuple[Column, ...]:
    days = replace(COUNT, sums=False)

    def own(name: str, width: int = 8, hidden: bool = False) -> Column:
        return written("purchase_contract", name, width, hidden=hidden)

    def original(name: str) -> Column:
        column = own(name, 9, hidden=True)
        return replace(column, field=replace(column.field, required=True)) if name in REQUIRED else column

    def to(name: str, label: str, kind: Kind, width: int, hidden: bool = False) -> Column:
        return Column(f"purchase_contract.{name}", Field(label, kind), "purchase_contract", name, width, hidden)

    return (
        own("no", 9), own("name", 14), computed("status", "状态", TEXT, 6, "按截至日期"), own("kind", 7), to("supplier", "承接主体", suppliers, 13),
        written("purchase_contract", "start", 8, label="起始日期"), computed("last", "截止（含补充）", DATE, 8, "按截至日期前签订的补充合同"),
        computed("days", "剩余天数", days, 6, "截至日期到截止日期；负数为已经过去的天数"),
        computed("total", "总额（含补充）", MONEY, 9, "合同金额加减截至日期前签订的补充合同（元）"),
        computed("paid", "已付", MONEY, 9, "截至日期前的付款合计（元）"), computed("rest", "未付", MONEY, 9), own("headcount", 5),
        computed("linked", "在岗人数", COUNT, 5, "截至日期在岗、用工条件挂在这份合同下的人数"),
        *(original(name) for name in ORIGINAL), to("buyer", "购买主体", unit_kind(units), 10, True), to("predecessor", "续签自（原合同）", others, 9, True),
        replace(computed("units", "用工单位", several(unit_kind(units)), 16, "几个单位之间用顿号隔开"), hidden=True),
        replace(computed("scopes", "服务内容", shares(SCOPE), 14, "如：低保 60%、特困 40%，合计 100%"), hidden=True),
        replace(computed("sources", "资金来源", shares(SOURCE), 16, "如：社会救助工作经费 60%、本级预算其他安排 40%，合计 100%"), hidden=True),
        replace(computed("payments", "付款笔数", COUNT, 5), hidden=True),
        replace(computed("todo", "还没有登记", TEXT, 16, "核查和报表要用、合同上还没有登记的内容"), hidden=True),
    )  # fmt: skip


COLUMN_IDS: Final = tuple(column.id for column in _columns(TEXT, {}, TEXT))
"""Ids of the list's columns, in the order of a row's values."""


def status(start: date, last: date, end: date, as_of: date, renewed: bool, not_renewed: date | None) -> str:
    """Where a contract stands on a day: `end` as signed, `last` with amendments."""
    if as_of < start:
        return "未开始"
    if as_of <= last:
        return "履行中"
    if renewed:
        return "已续签"
    return "提前终止" if last < end else "到期不续" if not_renewed and not_renewed <= as_of else "已到期"


def _missing(row: Mapping[Any, Any], given: Mapping[str, Any]) -> Iterable[str]:
    """What checks and forms need and the contract does not say yet."""
    for name, words in (("supplier", "承接主体"), ("signed", "签订日期"), ("amount", "合同金额"), ("headcount", "约定人数")):
        if row[name] is None:
            yield words
    for name, words in (("units", "用工单位"), ("scopes", "服务内容"), ("sources", "资金来源")):
        if not given[name]:
            yield words


def _amended(connection: Connection, as_of: date) -> Mapping[int, list[tuple[int, date | None]]]:
    """Contract → (amount, new last day) of its amendments signed by a day, in order."""
    of = T["contract_amendment"]
    found: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    for row in connection.execute(select(of).where(of.c.signed <= as_of).order_by(of.c.signed, of.c.id)):
        found[row.contract].append((row.amount or 0, row.end))
    return found


def _paid(connection: Connection, as_of: date) -> dict[int, int]:
    of = T["contract_payment"]
    query = select(of.c.contract, func.sum(of.c.amount)).where(of.c.paid_on <= as_of).group_by(of.c.contract)
    return {contract: int(total) for contract, total in connection.execute(query)}


def _payments(connection: Connection) -> dict[int, int]:
    of = T["contract_payment"]
    return dict(connection.execute(select(of.c.contract, func.count()).group_by(of.c.contract)).all())


def _parts(connection: Connection, table: str, *fields: str) -> Mapping[int, list[tuple[Any, ...]]]:
    of = T[table]
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for contract, *values in connection.execute(select(of.c.contract, *(of.c[name] for name in fields)).order_by(of.c.id)):
        found[contract].append(tuple(values))
    return found


def linked(connection: Connection, as_of: date) -> dict[int, int]:
    """Contract → how many people stand under it: engaged on the day, by the conditions in force that day."""
    term, engagement = T["engagement_term"], T["engagement"]
    place = func.row_number().over(partition_by=term.c.engagement, order_by=(term.c.since.desc(), term.c.id.desc())).label("place")
    newest = select(term.c.engagement, term.c.purchase_contract, place).where(term.c.since <= as_of).subquery()
    query = (
        select(newest.c.purchase_contract, func.count())
        .join(engagement, engagement.c.id == newest.c.engagement)
        .where(newest.c.place == 1, newest.c.purchase_contract.is_not(None), holds(engagement, as_of))
        .group_by(newest.c.purchase_contract)
    )
    return dict(connection.execute(query).all())
