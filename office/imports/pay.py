"""Bringing in pay months: 工资表, one row a person and 工资所属月份."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from db.change import Change
from db.lists.columns import field_of
from db.rows import defaults, rows
from office.imports import people
from office.imports.people import APART, WHO, People
from office.imports.plan import (
    CHANGED,
    MONTHLY,
    NEW,
    SAME,
    Cell,
    Context,
    ImportKind,
    Planned,
    Source,
    again,
    differing,
    waiting,
    wrong,
)  # fmt: skip
from office.pay import confirmed_sentence
from policy.kinds import Field
from policy.kinds.money import MONEY
from policy.kinds.month import MONTH
from policy.pay_items import EMPLOYER, ITEMS, SPLIT, WITHHELD, WRITTEN
from policy.period import month_end

STORED = (*WRITTEN, "paid_on")

FIELDS: Final[Mapping[str, Field]] = {
    **WHO,
    "month": Field("工资所属月份", MONTH, ("月份", "工资月份", "所属月份", "所属期", "工资所属期", "发放月份", "年月")),
    **{name: field_of("pay_month", name) for name in STORED},
    "gross": field_of("pay_month", "gross"),
    "net": field_of("pay_month", "net"),
    "cost": field_of("pay_month", "cost"),
    **APART,
}
OFFERED = [name for name in FIELDS if name not in (*APART, "unsplit", "gross", "net", "cost")]
"""Fields of the template: not what the program works out or takes from sheets of another make."""


@dataclass(frozen=True)
class Existing:
    """People with their engagements, and the pay months there are."""

    people: People
    pay: Mapping[tuple[int, int, int], Mapping[str, Any]]
    confirmed: frozenset[tuple[int, int]] = frozenset()
    """(year, month) of months that are confirmed and take no change."""


def existing(connection: Any) -> Existing:
    """Read what the plan compares with."""
    pay = {(one["year"], one["engagement"], one["month"]): one for one in rows(connection, "pay_month")}
    confirmed = frozenset((one["year"], one["month"]) for one in rows(connection, "pay_confirmation"))
    return Existing(people.people(connection), pay, confirmed)


def plan(sources: Iterable[Source], book: Existing, context: Context) -> list[Planned]:
    """One Planned row a source row."""
    seen: dict[tuple[int, int, int], Source] = {}
    return [_row(source, book, context, seen) for source in sources]


def _row(source: Source, book: Existing, context: Context, seen: dict[tuple[int, int, int], Source]) -> Planned:
    values, errors = source.values, dict(source.errors)
    name = values.get("name") or ""
    notes: list[str] = []
    yyyymm = values.get("month") or context.month
    month: tuple[int, int] | None = divmod(yyyymm, 100) if yyyymm else None
    if month is None and "month" not in errors:
        errors["month"] = "没有工资所属月份。请加一列“工资所属月份”，或在标题里写明“××年×月工资表”，或指定月份。"
    if month in book.confirmed:
        errors["month"] = confirmed_sentence(*month)
    person = None if WHO.keys() & errors.keys() else people.person_of(values, book.people, errors)
    engagement = _engagement(person, month, values, book, errors, notes) if person is not None and month else None
    pay = {key: values.get(key) for key in STORED}
    _totals(values, pay, context, errors, notes)
    if not errors and all(pay[key] is None for key in ITEMS):
        errors["gross"] = "这一行没有任何工资数额。空白不会当作 0；确实为 0 的请填 0，不发的请删去这一行。"
    if errors or engagement is None or month is None:
        return wrong(source, name, FIELDS, errors)
    key = (month[0], engagement["id"], month[1])
    if key in seen:
        return again(source, name, seen[key], "同一人、同一月份")
    seen[key] = source
    if ask := people.asked(values, engagement["person"], book.people, context):
        return waiting(source, name, ask)
    first, last = date(month[0], month[1], 1), month_end(month[0], month[1])
    if engagement["start"] > last or (engagement["end"] is not None and engagement["end"] < first):
        notes.append(f"{month[0]}年{month[1]}月不在这个人的用工期间内，工资照记，不计入折算达标")
    old = book.pay.get(key)
    if old is None:
        new = defaults("pay_month") | {"year": key[0], "engagement": key[1], "month": key[2]} | pay
        cells = tuple(Cell(FIELDS[item].label, "", FIELDS[item].kind.show(value)) for item, value in pay.items() if value is not None)
        return Planned(source.row_number, NEW, name, cells, notes=tuple(notes), changes=(Change("pay_month", key, None, new),))
    emptied = _beside(values, pay, old, errors)
    if errors:
        return wrong(source, name, FIELDS, errors)
    found, change = differing("pay_month", old, pay, FIELDS, emptied)
    return Planned(
        source.row_number, CHANGED if change else SAME, name, tuple(found), notes=tuple(notes), changes=(change,) if change else ()
    )


def _engagement(
    person: int, month: tuple[int, int], values: Mapping[str, Any], book: Existing, errors: dict[str, str], notes: list[str]
) -> Mapping[str, Any] | None:
    """The engagement a month's pay belongs to; what the row says to tell two apart counts only where there are two."""
    unread = {name: errors.pop(name) for name in APART if name in errors}
    found = people.of_month(book.people, person, *month, values)
    if found.error:
        errors["month"] = found.error
    if found.chosen:
        errors |= unread
        notes += [found.note] if found.note else []
    return found.engagement


def _totals(values: Mapping[str, Any], pay: dict[str, Any], context: Context, errors: dict[str, str], notes: list[str]) -> None:
    """Hold the sheet's own 应发, 实发 and 用工成本 against its items; put a bare total where only a total is given."""
    gross, net, cost = values.get("gross"), values.get("net"), values.get("cost")
    if gross is not None and not context.columns & set(ITEMS):
        pay["unsplit"] = gross + (pay["deduction"] or 0)
        if context.waiting & set(ITEMS):
            notes.append("分项各列还没有确认，应发工资整笔记入“未分项工资”")
    elif gross is not None and all(pay[key] is None for key in ITEMS):
        pay["unsplit"] = gross + (pay["deduction"] or 0)
        notes.append("只有应发工资，没有分项，记入“未分项工资”")
    mine = sum(pay[key] or 0 for key in ITEMS) - (pay["deduction"] or 0)
    if gross is not None and gross != mine and not (errors.keys() & set(ITEMS)):
        errors["gross"] = f"应发工资 {MONEY.show(gross)} 与各项合计 {MONEY.show(mine)} 不符，差 {MONEY.show(gross - mine)}。请核对各项。"
    withheld = sum(pay[key] or 0 for key in WITHHELD)
    if net is not None and not errors:
        if not context.columns & set(WITHHELD) and net < mine:
            pay["other"] = mine - net
            why = "代扣各列还没有确认" if context.waiting & set(WITHHELD) else "表里没有代扣明细"
            notes.append(f"{why}，应发与实发之差 {MONEY.show(mine - net)} 记入“其他代扣”")
        elif net != mine - withheld:
            errors["net"] = (
                f"实发工资 {MONEY.show(net)} 与应发减代扣 {MONEY.show(mine - withheld)} 不符，差 {MONEY.show(net - mine + withheld)}。请核对代扣各项。"
            )
    employer = sum(pay[key] or 0 for key in EMPLOYER)
    if cost is not None and not errors and context.columns & set(EMPLOYER) and cost != mine + employer:
        errors["cost"] = f"用工成本 {MONEY.show(cost)} 与应发加单位缴费 {MONEY.show(mine + employer)} 不符。请核对。"


def _beside(values: Mapping[str, Any], pay: dict[str, Any], old: Mapping[str, Any], errors: dict[str, str]) -> Sequence[str]:
    """Fit a sheet to a month that has pay already, and hold its own 应发 and 实发 against what the month would then say; returns
    the items to empty. A bare total never stands beside the items it is the sum of: where the book has items it is only compared,
    where the sheet brings them it gives way."""
    if values.get("unsplit") is None and any(old[key] is not None for key in SPLIT):
        pay["unsplit"] = None
    if values.get("other") is None and any(old[key] is not None for key in WITHHELD[:-1]):
        pay["other"] = None
    emptied = ("unsplit",) if pay["unsplit"] is None and any(pay[key] is not None for key in SPLIT) else ()
    stands = {key: None if key in emptied else old[key] if pay[key] is None else pay[key] for key in STORED}
    gross = sum(stands[key] or 0 for key in ITEMS) - (stands["deduction"] or 0)
    net = gross - sum(stands[key] or 0 for key in WITHHELD)
    for total, would in (("gross", gross), ("net", net)):
        said = values.get(total)
        if said is not None and said != would:
            errors[total] = (
                f"表里的{FIELDS[total].label}是 {MONEY.show(said)}，与台账里已有的各项合起来是 {MONEY.show(would)}，差 {MONEY.show(said - would)}。"
                f"表里空白的项目保留台账原数。请把各项填全再导入，或先在“工资核对”里改正。"
            )
            break
    return emptied


KIND = ImportKind(
    "pay", "工资表", FIELDS, existing, plan, ("name",), amounts={"base": MONTHLY, "gross": MONTHLY, "net": MONTHLY, "cost": MONTHLY},
    musts=("name", "id_no", "month"), offered=OFFERED,
)  # fmt: skip
