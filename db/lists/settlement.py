"""月度结算: what is registered for each contract and month, what the pay sheets add up to, and what was paid. Sums are made in SQL."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, or_, select, text

from db.lists import Column, Listing, Row
from db.lists.columns import computed, shown, unit_kind, written
from db.lists.people import posted_on
from db.lists.units import listing, names
from db.model import TABLES
from policy.kinds.money import MONEY
from policy.kinds.text import TEXT
from policy.period import month_end
from policy.settlement import MonthFigures, MonthPayment, Settlement, SheetSums

T = TABLES
PAPERS: Final = (
    "attendance_on", "sheet_on", "insured_on", "insured_no", "accepted_on", "acceptance", "accepted_by", "deduction", "deduction_reason",
    "requested_on", "request_no", "invoiced_on", "invoice_no", "invoice", "approved_on", "approved_by", "remarks",
)  # fmt: skip
"""What may be typed of a month, in the order of the steps."""

_SERVED: Final = """
    WITH month(at, first, last) AS (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(:months)),
    served AS (
        SELECT month.at, e.id AS engagement, e."end" IS NULL OR e."end" >= month.first AS here,
            (SELECT term.purchase_contract FROM engagement_term AS term
             WHERE term.engagement = e.id AND term.since <= min(month.last, coalesce(e."end", month.last))
             ORDER BY term.since DESC LIMIT 1) AS contract
        FROM month JOIN engagement AS e ON e.start <= month.last
    )
"""
"""Month by month whom each engagement worked under: the contract of its conditions on the month's last day in service."""

_PARTS: Final = (
    ("{0}.gross", "{0}.gross"),
    ("coalesce({0}.employer_insurance, 0) + coalesce({0}.employer_fund, 0)", "coalesce({0}.employer_insurance, {0}.employer_fund)"),
    ("{0}.fee", "{0}.fee"),
    ("{0}.vat", "{0}.vat"),
)
"""Parts of a sheet as `SheetSums` names them, wages first: how much, and what is not NULL where the sheet says it."""


def _ours(amount: str, stated: str) -> str:
    return f"sum(CASE WHEN {stated.format('ours')} IS NOT NULL THEN {amount.format('ours')} END)"


def _theirs(amount: str, stated: str) -> str:
    """The provider's sum of a part; where a row says nothing of it, or was kept as ours, our figure stands; NULL where no row says it."""
    said = stated.format("theirs")
    held = f"CASE WHEN theirs.kept OR {said} IS NULL THEN {amount.format('ours')} ELSE {amount.format('theirs')} END"
    unlisted = f"CASE WHEN theirs.engagement IS NULL THEN {amount.format('ours')} ELSE {held} END"
    return f"CASE WHEN count({said}) > 0 THEN sum(coalesce({unlisted}, 0)) END"


_FIGURES: Final = f"""{_SERVED}
    SELECT served.contract, served.at, sum(served.here), sum(ours.gross IS NOT NULL AND theirs.engagement IS NULL),
        sum(served.here AND ours.gross IS NOT NULL), {", ".join(_ours(*part) for part in _PARTS)},
        count(theirs.engagement), {", ".join(_theirs(*part) for part in _PARTS)},
        sum(served.here AND attendance.engagement IS NOT NULL)
    FROM served
    LEFT JOIN attendance ON attendance.engagement = served.engagement AND attendance.month = served.at
    LEFT JOIN pay_month AS ours ON ours.year = :year AND ours.engagement = served.engagement AND ours.month = served.at % 100
    LEFT JOIN provider_pay AS theirs ON theirs.year = :year AND theirs.engagement = served.engagement AND theirs.month = served.at % 100
    WHERE served.here OR ours.engagement IS NOT NULL OR theirs.engagement IS NOT NULL
    GROUP BY served.contract, served.at
"""


def _months(first: int, last: int) -> str:
    """Months of one year (yyyymm, both included) with their first and last days, as the query takes them."""
    spans = ((at, date(at // 100, at % 100, 1), month_end(at // 100, at % 100)) for at in range(first, last + 1))
    return json.dumps([(at, str(begin), str(end)) for at, begin, end in spans])


def figures(connection: Connection, year: int, month: int = 0) -> dict[tuple[int | None, int], MonthFigures]:
    """(contract, yyyymm) → what the pay sheets of a year (or of its one `month`, yyyymm) add up to; contract None: people under no
    purchase contract."""
    months = _months(month or year * 100 + 1, month or year * 100 + 12)
    found = connection.execute(text(_FIGURES), {"months": months, "year": year})
    return {
        (row[0], row[1]): MonthFigures(row[2], SheetSums(*row[4:9]), SheetSums(*row[9:14]), row[3] if row[9] else 0, row[14])
        for row in found
    }


def settlements(connection: Connection, year: int) -> dict[tuple[int, int], Settlement]:
    """(contract, yyyymm) → what is registered of the months of a year."""
    of = T["settlement"]
    rows = connection.execute(select(of).where(of.c.month.between(year * 100 + 1, year * 100 + 12))).mappings()
    words = {one.name for one in fields(Settlement) if one.default == ""}

    def made(row: Mapping[str, Any]) -> Settlement:
        said: dict[str, Any] = {name: "" if value is None and name in words else value for name, value in row.items()}
        return Settlement(**said)

    return {(row["contract"], row["month"]): made({**row}) for row in rows}


def payments(connection: Connection, year: int) -> dict[tuple[int, int], tuple[MonthPayment, ...]]:
    """(contract, yyyymm) → the payments of that month: those linked to its settlement, and those that say they cover it and are
    linked to none."""
    of, settlement = T["contract_payment"], T["settlement"]
    query = (
        select(of, settlement.c.month.label("settled"))
        .outerjoin(settlement, settlement.c.id == of.c.settlement)
        .where(or_(of.c.settlement.is_not(None), of.c.first_month.is_not(None)))
        .order_by(of.c.paid_on, of.c.id)
    )
    found: dict[tuple[int, int], list[MonthPayment]] = defaultdict(list)
    for row in connection.execute(query):
        if row.settled is not None:
            found[row.contract, row.settled].append(MonthPayment(row.paid_on, row.amount))
            continue
        for month in range(max(row.first_month, year * 100 + 1), min(row.last_month or row.first_month, year * 100 + 12) + 1):
            found[row.contract, month].append(MonthPayment(row.paid_on, row.amount, linked=False))
    return {key: tuple(made) for key, made in found.items()}


def paper_columns() -> tuple[Column, ...]:
    """What may be typed of a month."""
    return tuple(written("settlement", name) for name in PAPERS)


def payments_of(connection: Connection, contract: int, month: int) -> Listing:
    """The payments linked to a contract's month, editable."""
    of, settlement = T["contract_payment"], T["settlement"]
    settled = select(settlement.c.id).where(settlement.c.contract == contract, settlement.c.month == month)
    columns = ("paid_on", "source", "wages", "employer", "fee", "other", "amount", "voucher")
    listed = listing(connection, "contract_payment", columns, select(of).where(of.c.settlement.in_(settled)).order_by(of.c.paid_on, of.c.id))
    return Listing(tuple(shown("contract_payment", "amount", 8) if one.column == "amount" else one for one in listed.columns), listed.rows)


_PEOPLE: Final = f"""{_SERVED}
    SELECT served.engagement, person.id, person.name, served.here, attendance.half_days,
        ours.gross, {_PARTS[1][0].format("ours")}, ours.fee, ours.vat, theirs.gross, theirs.kept,
        {_PARTS[1][1].format("ours")} IS NOT NULL
    FROM served
    JOIN engagement ON engagement.id = served.engagement
    JOIN person ON person.id = engagement.person
    LEFT JOIN attendance ON attendance.engagement = served.engagement AND attendance.month = served.at
    LEFT JOIN pay_month AS ours ON ours.year = :year AND ours.engagement = served.engagement AND ours.month = served.at % 100
    LEFT JOIN provider_pay AS theirs ON theirs.year = :year AND theirs.engagement = served.engagement AND theirs.month = served.at % 100
    WHERE served.contract IS :contract AND (served.here OR ours.engagement IS NOT NULL OR theirs.engagement IS NOT NULL)
    ORDER BY served.engagement
"""


def people_of(connection: Connection, contract: int | None, month: int) -> Listing:
    """Who is behind a contract's figures of a month: everybody in service under it, and who is paid for it though gone."""
    last = month_end(month // 100, month % 100)
    places = {row.engagement: row.unit for row in connection.execute(select(posted_on(last))) if row.place == 1}
    columns = (
        computed("name", "姓名", TEXT, 8),
        computed("unit", "派驻单位", unit_kind(names(connection, last)), 9),
        shown("attendance", "half_days", 5),
        computed("gross", "应发工资", MONEY, 8),
        computed("employer", "单位缴费", MONEY, 8),
        computed("fee", "管理费", MONEY, 7),
        computed("vat", "税费", MONEY, 7),
        computed("theirs", "承接主体报来的应发", MONEY, 10),
        computed("differs", "应发差额", MONEY, 7, "承接主体报来的应发－本局应发（元）；已选“以本局为准”的不再列"),
        computed("said", "说明", TEXT, 14),
    )
    rows = []
    found = connection.execute(text(_PEOPLE), {"months": _months(month, month), "year": month // 100, "contract": contract})
    for engagement, person, name, here, days, gross, employer, fee, vat, theirs, kept, stated in found:
        differs = None if theirs is None or gross is None or kept else theirs - gross
        said = "缺应发工资" if gross is None and here else "本月已离职" if not here else "以本局为准" if kept else ""
        rows.append(
            Row(
                {"person": (person,), "engagement": (engagement,)},
                (name, places.get(engagement), days, gross, employer if stated else None, fee, vat, theirs, differs or None, said),
                {"gross": "这个人本月在这份合同下，本局工资表没有应发工资。"} if said == "缺应发工资" else {},
            )
        )
    return Listing(columns, tuple(rows))
