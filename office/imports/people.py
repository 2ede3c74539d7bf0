"""Whom a row is about: the person by identity number, else by a name that only one person bears; and which engagement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from db.lists.columns import field_of
from db.rows import rows
from office.imports.plan import Context, same_person
from policy.kinds import Field
from policy.names import fold
from policy.period import month_end

WHO: Final[Mapping[str, Field]] = {
    "name": field_of("person", "name"),
    "id_no": Field("身份证号", field_of("person", "id_no").kind, field_of("person", "id_no").synonyms),
}
"""The columns that say who it is; the number may be missing, then the clerk confirms the name."""

APART: Final[Mapping[str, Field]] = {"employer": field_of("engagement_term", "employer"), "entered": field_of("engagement", "start")}
"""The columns that tell two engagements of one person apart, where a sheet has them."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class People:
    """People by number, by identity number and by folded name; their engagements and, of each, the employers, ascending by date."""

    all: Mapping[int, Row]
    by_id: Mapping[str, int]
    by_name: Mapping[str, Sequence[int]]
    engagements: Mapping[int, Sequence[Row]]
    terms: Mapping[int, Sequence[Row]]


def people(connection: Any) -> People:
    """Read whom the book knows."""
    found = rows(connection, "person")
    by_name: dict[str, list[int]] = {}
    for one in found:
        by_name.setdefault(fold(one["name"]), []).append(one["id"])
    engagements: dict[int, list[Row]] = {}
    for one in sorted(rows(connection, "engagement"), key=lambda one: one["start"]):
        engagements.setdefault(one["person"], []).append(one)
    terms: dict[int, list[Row]] = {}
    for one in sorted(rows(connection, "engagement_term"), key=lambda one: one["since"]):
        terms.setdefault(one["engagement"], []).append(one)
    by_id = {one["id_no"]: one["id"] for one in found if one["id_no"]}
    return People({one["id"]: one for one in found}, by_id, by_name, engagements, terms)


def person_of(values: Mapping[str, Any], known: People, errors: dict[str, str]) -> int | None:
    """The person a row names; None with the reason in `errors`. Whether a mere name is enough is `asked`'s business."""
    name = values.get("name") or ""
    same = known.by_name.get(fold(name), ())
    if values.get("id_no"):
        person = known.by_id.get(values["id_no"])
        if person is None and len(same) == 1 and known.all[same[0]]["id_no"] is None:
            return same[0]
        if person is None:
            errors["id_no"] = f"台账里没有这个身份证号（{name}）。请先导入人员，或核对号码。"
        elif name and person not in same:
            errors["name"] = f"身份证号与姓名“{name}”不是同一个人。请核对。"
            return None
        return person
    if len(same) == 1:
        return same[0]
    errors["name"] = (
        f"台账里有 {len(same)} 个“{name}”，请加一列身份证号来区分。" if same else f"台账里没有“{name}”。请先导入人员，或核对姓名。"
    )
    return None


def asked(values: Mapping[str, Any], person: int, known: People, context: Context) -> str:
    """What the clerk is to confirm before a row counts for a person: "" where the identity number says it or it is confirmed."""
    whole = known.all[person]
    if fold(values.get("name") or "") in context.confirmed_names or (values.get("id_no") and values["id_no"] == whole["id_no"]):
        return ""
    return same_person(whole["name"], whole["id_no"])


def holding(known: People, person: int, first: date, last: date | None) -> list[Row]:
    """The person's engagements that hold on a day from `first` to `last` (None: for ever)."""
    return [
        one for one in known.engagements.get(person, ())
        if (last is None or one["start"] <= last) and (one["end"] is None or one["end"] >= first)
    ]  # fmt: skip


@dataclass(frozen=True)
class OfMonth:
    """The engagement that a month's figures belong to, with what the clerk should know; None with the reason."""

    engagement: Row | None
    note: str = ""
    error: str = ""
    after: bool = False
    """The month is not within the engagement, which ended before."""
    chosen: bool = False
    """Out of several: what the row says of them counts."""


def of_month(known: People, person: int, year: int, month: int, values: Mapping[str, Any]) -> OfMonth:
    """The engagement of a month: the only one that holds on a day of it; of several the one that the row's 用人单位 or 入职日期
    names, else the only one that holds at the month's end; else, with none in the month, the last one before."""
    first, last = date(year, month, 1), month_end(year, month)
    inside = holding(known, person, first, last)
    if len(inside) == 1:
        return OfMonth(inside[0])
    if not inside:
        before = [one for one in known.engagements.get(person, ()) if one["start"] <= last]
        error = f"{year}年{month}月这个人还没有用工关系。请核对月份，或先登记入职日期。"
        return OfMonth(before[-1], after=True) if before else OfMonth(None, error=error)
    named = told_apart(inside, values, known, last)
    if len(named) == 1:
        return OfMonth(named[0], chosen=True)
    at_end = [one for one in inside if one["end"] is None or one["end"] >= last]
    if named and len(at_end) == 1 and at_end[0] in named:
        return OfMonth(at_end[0], f"这个月有两段用工关系（{periods(inside)}），记在月末在职的一段；属于另一段的，请加一列“入职日期”或“用人单位”", chosen=True)
    way = "表里的“用人单位”“入职日期”与哪一段都不符，请核对。" if not named else "请加一列“入职日期”或“用人单位”写明属于哪一段。"
    return OfMonth(None, error=f"{year}年{month}月这个人有 {len(inside)} 段用工关系（{periods(inside)}）。{way}", chosen=True)


def told_apart(found: Sequence[Row], values: Mapping[str, Any], known: People, day: date) -> list[Row]:
    """Those of several engagements that fit what the row says of its 用人单位 and 入职日期."""
    employer, entered = values.get("employer"), values.get("entered")

    def fits(one: Row) -> bool:
        by = next((term["employer"] for term in reversed(known.terms.get(one["id"], ())) if term["since"] <= day), None)
        return (entered is None or one["start"] == entered) and (employer is None or (by is not None and fold(by) == fold(employer)))

    return [one for one in found if fits(one)]


def periods(found: Sequence[Row]) -> str:
    """Engagements in words: 2024-01-01 至 2026-05-15、2026-05-16 至今."""
    return "、".join(f"{one['start']} 至 {one['end'] or '今'}" for one in found)
