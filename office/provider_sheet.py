"""工资核对: the provider's sheet beside ours for the people it pays, differences cell by cell, and whose figures are to hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from db.book import Book
from db.change import Change, Refused
from db.facts import engagements_in
from db.lists import Column, Listing, Row
from db.lists.columns import computed, field_of, unit_kind
from db.lists.pay import sheet_of
from db.lists.units import names
from db.rows import defaults
from office.pay import refuse_confirmed, said
from policy.facts import Engagement
from policy.figures import yuan
from policy.kinds.money import MONEY
from policy.kinds.text import TEXT
from policy.pay_check import PROVIDER_PAID, adopted, differences
from policy.pay_items import EMPLOYER, TOTALS, WRITTEN
from policy.period import month_end
from policy.placing import last_assignment, term_on

SAME: Final = "相符"
DIFFERS: Final = "不符"
OURS_HOLDS: Final = "以本局为准"
NOT_LISTED: Final = "承接主体表中没有"
NOT_OURS: Final = "本局未录"
NOT_SENT: Final = "承接主体尚未报表"

SHOWN: Final = ("gross", "net", *EMPLOYER, "cost")
"""Figures shown in two columns, ours and the provider's; other items are named in 不符项目."""


@dataclass(frozen=True)
class Compared:
    """One person in both sheets (either may lack them)."""

    engagement: Engagement
    employer: str
    ours: Mapping[str, Any] | None
    theirs: Mapping[str, Any] | None
    result: str
    cells: tuple[str, ...]
    """Names of items and totals that differ."""


def compare_in(connection: Any, first: date) -> tuple[Compared, ...]:
    """Everybody the providers pay that month who stands in either sheet."""
    last = month_end(first.year, first.month)
    ours, theirs = (sheet_of(connection, table, first.year, first.month) for table in ("pay_month", "provider_pay"))
    people: list[tuple[Engagement, str]] = []
    for one in engagements_in(connection, first, last):
        term = term_on(one, min(last, one.end or last))
        if term is not None and (one.id in theirs or (one.id in ours and term.type in PROVIDER_PAID)):
            people.append((one, term.employer))
    sent = {employer for one, employer in people if one.id in theirs}
    return tuple(_compared(one, employer, ours.get(one.id), theirs.get(one.id), employer in sent) for one, employer in people)


def _compared(one: Engagement, employer: str, ours: Mapping[str, Any] | None, theirs: Mapping[str, Any] | None, sent: bool) -> Compared:
    if theirs is None:
        return Compared(one, employer, ours, None, NOT_LISTED if sent else NOT_SENT, ())
    if ours is None:
        return Compared(one, employer, None, theirs, NOT_OURS, ())
    cells = differences(ours, theirs)
    return Compared(one, employer, ours, theirs, SAME if not cells else OURS_HOLDS if theirs["kept"] else DIFFERS, cells)


def compare_columns(connection: Any) -> tuple[Column, ...]:
    """The columns of the comparison."""
    return _columns(connection, date.max)


def _columns(connection: Any, day: date) -> tuple[Column, ...]:
    pairs = [
        computed(f"{side}.{name}", f"{field_of('pay_month', name).label}（{word}）", MONEY, 8)
        for name in SHOWN
        for side, word in (("ours", "本局"), ("theirs", "承接主体"))
    ]
    return (
        computed("name", "姓名", TEXT, 6),
        computed("unit", "派驻单位", unit_kind(names(connection, day)), 8),
        computed("result", "核对结果", TEXT, 8),
        computed("off", "应发差额", MONEY, 7, "承接主体报来的应发－本局应发（元）"),
        *pairs,
        computed("cells", "不符项目", TEXT, 24),
        computed("employer", "承接主体", TEXT, 12),
        computed("source", "来源文件", TEXT, 14),
    )


def comparison_in(connection: Any, first: date, compared: Iterable[Compared]) -> Listing:
    """The comparison of a month (as `compare_in` read it) as a list; cells in which the provider's sheet differs are marked."""
    last = month_end(first.year, first.month)
    rows = []
    for one in compared:
        ours, theirs = one.ours or {}, one.theirs or {}
        posted = last_assignment(one.engagement, last)
        both = ours.get("gross") is not None and theirs.get("gross") is not None
        values = (
            one.engagement.person.name, posted.unit if posted else None, one.result,
            theirs["gross"] - ours["gross"] if both else None,
            *(sheet.get(name) for name in SHOWN for sheet in (ours, theirs)), _words(one), one.employer, theirs.get("source"),
        )  # fmt: skip
        marks = {f"theirs.{name}": _said(name, ours, theirs) for name in one.cells if name in SHOWN} if one.result == DIFFERS else {}
        if one.result in (DIFFERS, NOT_LISTED, NOT_OURS):
            marks["result"] = _words(one) or one.result
        rows.append(
            Row({"person": (one.engagement.person.id,), "provider_pay": (first.year, one.engagement.id, first.month)}, values, marks)
        )
    return Listing(_columns(connection, last), tuple(rows))


def _words(one: Compared) -> str:
    ours, theirs = one.ours or {}, one.theirs or {}
    return "；".join(_said(name, ours, theirs) for name in one.cells)


def _said(name: str, ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> str:
    label = field_of("pay_month", name).label
    return f"{label} {MONEY.show(ours.get(name)) or '空白'} → {MONEY.show(theirs.get(name)) or '空白'}"


def totals_said(compared: Collection[Compared]) -> str:
    """The sums of both sheets in one sentence, for the line above the comparison; "" while no provider has sent a sheet."""
    sent = [one for one in compared if one.theirs is not None]
    if not sent:
        return ""
    parts = []
    for name in TOTALS:
        ours, theirs = (
            sum((sheet or {}).get(name) or 0 for sheet in sheets) for sheets in ((o.ours for o in sent), (o.theirs for o in sent))
        )
        parts.append(f"{field_of('pay_month', name).label}：本局 {yuan(ours)}，承接主体 {yuan(theirs)}，差 {yuan(theirs - ours)}")
    count = {result: sum(one.result == result for one in compared) for result in (DIFFERS, NOT_LISTED, NOT_OURS, OURS_HOLDS)}
    open_ones = "，".join(f"{result} {number} 人" for result, number in count.items() if number) or "全部相符"
    return f"{open_ones}。报来的 {len(sent)} 人合计（元）——{'；'.join(parts)}。"


def take_theirs(book: Book, first: date, engagements: Collection[int] | None = None) -> int:
    """以承接主体报来的为准: write the provider's figures into our sheet where they differ, for these people or for all, as one act;
    returns for how many. Somebody our sheet lacks gets a row; somebody the provider's sheet lacks keeps theirs."""
    refuse_confirmed(book, first)
    changes: list[Change] = []
    people = 0
    for one in book.read(compare_in, first):
        if one.theirs is None or one.result == SAME or (engagements is not None and one.engagement.id not in engagements):
            continue
        key = (first.year, one.engagement.id, first.month)
        if one.ours is None:
            known = {name: one.theirs[name] for name in (*WRITTEN, "paid_on")}
            whole = defaults("pay_month") | {"year": key[0], "engagement": key[1], "month": key[2]} | known
            changes.append(Change("pay_month", key, None, whole))
        else:
            taken = {name: value for name, value in adopted(one.ours, one.theirs).items() if one.ours[name] != value}
            changes.append(Change("pay_month", key, {name: one.ours[name] for name in taken}, taken))
        if one.theirs["kept"]:
            changes.append(Change("provider_pay", key, {"kept": True}, {"kept": False}))
        people += 1
    return _done(book, first, "以承接主体报来的为准", changes, people)


def keep_ours(book: Book, first: date, engagements: Collection[int] | None = None) -> int:
    """以本局为准: our figures hold for these people, or for all who differ, as one act; returns for how many. The provider's sheet stays
    as it came, with the decision beside it; a sheet brought in anew asks again."""
    refuse_confirmed(book, first)
    changes = [
        Change("provider_pay", (first.year, one.engagement.id, first.month), {"kept": False}, {"kept": True})
        for one in book.read(compare_in, first)
        if one.result == DIFFERS and (engagements is None or one.engagement.id in engagements)
    ]
    return _done(book, first, "以本局为准", changes, len(changes))


def _done(book: Book, first: date, name: str, changes: list[Change], people: int) -> int:
    if not people:
        raise Refused(f"{said(first)}所选人员与承接主体报来的没有可以这样处理的不符项。")
    book.act(f"{name} {said(first)} {people} 人", changes)
    return people
