"""Facts of a book: one set-based read of everything a rule or a return may know, as of a date and for a period.

Sums over pay months are made in SQL: a month belongs to the reporting unit on the month's last day in service, so each
engagement is first cut into stretches of months (almost always one), and the sums are grouped by stretch.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, func, or_, select, text

from db import contract_facts, management_facts
from db.as_of import in_force, overlaps
from db.model import TABLES
from policy.estimate_facts import Scenario
from policy.facts import (
    UNIT_TYPES,
    Absence,
    Approved,
    Assignment,
    Caseload,
    Count,
    County,
    Engagement,
    Facts,
    PaySums,
    Person,
    Standard,
    Term,
    Unit,
)
from policy.frozen import record
from policy.parameters import AT_END, AVERAGE, LAST_YEAR_END, Overlay, Parameters
from policy.period import Period, month_end
from policy.placing import last_assignment, term_on

T = TABLES


def county(connection: Connection) -> County:
    """Whose book it is."""
    row = connection.execute(select(T["county"])).one()
    names = ("mode", "contact", "phone", "leader", "deputy", "section_head", "reviewer", "preparer")
    return County(
        row.code,
        row.name,
        row.city_code,
        row.city,
        row.region,
        row.region_basis,
        row.confirmed,
        **{name: getattr(row, name) or "" for name in names},
    )


def county_demo(connection: Connection) -> bool:
    """Whether the book is the made-up demo county."""
    return bool(connection.execute(select(T["county"].c.demo)).scalar())


def overlays(connection: Connection) -> list[Overlay]:
    """The book's own rule sets (city and county layers, settings), oldest first."""
    values: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in connection.execute(select(T["rule_value"])):
        values[row.rule_set][row.key] = json.loads(row.value)
    sets = connection.execute(select(T["rule_set"]).order_by(T["rule_set"].c.since, T["rule_set"].c.id))
    return [Overlay(row.name, row.level, row.document or "", row.since, row.until, values[row.id]) for row in sets]


def read(connection: Connection, parameters: Parameters, period: Period) -> Facts:
    """The book's facts as of `period.as_of`, for `period`."""
    day = period.as_of
    first = min(period.first, date(period.first.year, 1, 1))
    eve = first - timedelta(days=1)
    alive = units(connection, eve, day)
    bare = engagements_in(connection, first, day, paid=period)
    sums, paid_on, low = _pay(connection, bare, period), _paid_on(connection, period), _low_pay(connection, period)
    engagements = tuple(
        replace(one, pay=tuple(sums.get(one.id, ())), paid_on=tuple(paid_on.get(one.id, ())), low_pay=tuple(low.get(one.id, ()))) for one in bare
    )
    return Facts(
        county=county(connection),
        parameters=parameters,
        period=period,
        units=tuple(one for one in alive if one.closed != eve),
        caseload=caseload(connection, day, parameters.caseload_date),
        approved={
            row.unit: Approved(row.unit, row.since, row.heads, row.document or "")
            for row in connection.execute(in_force(T["approved_headcount"], "unit", day))
        },
        engagements=engagements,
        gone=tuple(_engagements(connection, T["engagement"].c.end == eve)),
        gone_units=tuple(one for one in alive if one.closed == eve),
        control_totals={
            row.category: Count(row.households, row.persons)
            for row in connection.execute(in_force(T["control_total"], "category", day, "as_of").where(T["control_total"].c.as_of >= period.first))
        },
        contracts=contract_facts.contracts(connection, day),
        paid_months=contract_facts.paid_months(connection, day),
        labour_contracts=contract_facts.labour_contracts(connection, [one.person.id for one in bare], day),
        attachments=_attachments(connection, day),
        management=management_facts.management(connection, day),
        scenario=_scenario(connection, day.year + 1),
        **contract_facts.money(connection, period.first.year, day),
    )


def units(connection: Connection, first: date, day: date) -> tuple[Unit, ...]:
    """Units alive on some day of [first, day], as their newest version not after `day` says, in return order."""
    unit = T["unit"]
    version = in_force(T["unit_version"], "unit", day).subquery()
    found = connection.execute(
        select(unit, version)
        .join(version, version.c.unit == unit.c.id)
        .where(or_(unit.c.opened.is_(None), unit.c.opened <= day), or_(unit.c.closed.is_(None), unit.c.closed >= first))
    ).mappings()
    made = [
        Unit(
            row[unit.c.id],
            row[unit.c.code] or "",
            row[version.c.name],
            row[version.c.type],
            row[version.c.parent],
            row[unit.c.sort_no],
            row[unit.c.opened],
            row[unit.c.closed],
            row[version.c.exempt],
            row[version.c.exempt_reason] or "",
            row[version.c.successor],
        )
        for row in found
    ]
    return tuple(sorted(made, key=lambda one: (UNIT_TYPES.index(one.type), one.sort_no, one.id)))


def caseload(connection: Connection, day: date, mode: str = AT_END) -> dict[int, Caseload]:
    """Units' households by `Parameters.caseload_date`; a unit that reported nothing by then is absent."""
    if mode == AVERAGE:
        return _averages(connection, day)
    if mode == LAST_YEAR_END:
        day = date(day.year - 1, 12, 31)
    counts: dict[int, dict[str, Count]] = defaultdict(dict)
    about: dict[int, tuple[date, str]] = {}
    for row in connection.execute(in_force(T["caseload"], "unit", day, "as_of")).mappings():
        counts[row["unit"]][row["category"]] = Count(row["households"], row["persons"])
        about[row["unit"]] = (row["as_of"], row["source"] or about.get(row["unit"], (day, ""))[1])
    return {unit: Caseload(unit, about[unit][0], counts[unit], about[unit][1]) for unit in counts}


def _averages(connection: Connection, day: date) -> dict[int, Caseload]:
    """Over the days a unit reported in the year, whole 户 and 人, half up; a category absent on one of the days counts 0 there."""
    of = T["caseload"]
    told: dict[int, dict[date, dict[str, Count]]] = defaultdict(lambda: defaultdict(dict))
    for row in connection.execute(select(of).where(of.c.as_of.between(date(day.year, 1, 1), day))):
        told[row.unit][row.as_of][row.category] = Count(row.households, row.persons)
    found = {}
    for unit, days in told.items():
        categories = {category for counts in days.values() for category in counts}
        means = {category: _mean([counts.get(category, Count(0, 0)) for counts in days.values()]) for category in categories}
        found[unit] = Caseload(unit, max(days), means, f"{day.year}年 {len(days)} 次填报的平均")
    return found


def _mean(counts: Sequence[Count]) -> Count:
    def whole(numbers: list[int]) -> int | None:
        return (2 * sum(numbers) + len(numbers)) // (2 * len(numbers)) if numbers else None

    return Count(
        whole([one.households for one in counts if one.households is not None]), whole([one.persons for one in counts if one.persons is not None])
    )


def _attachments(connection: Connection, day: date) -> dict[tuple[str, int], int]:
    of = T["attachment"]
    query = select(of.c.owner, of.c.record, func.count()).where(of.c.added_on <= day).group_by(of.c.owner, of.c.record)
    return {(owner, record): count for owner, record, count in connection.execute(query)}


def _scenario(connection: Connection, year: int) -> Scenario | None:
    of = T["scenario"]
    kept = connection.execute(select(of.c.inputs).where(of.c.year == year, of.c.reported)).scalar()
    return None if kept is None else record(json.loads(kept), Scenario)


def engagements_in(connection: Connection, first: date, day: date, *, paid: Period | None = None) -> list[Engagement]:
    """Engagements that hold on some day of [first, day], and those that have pay in the period `paid` though they ended
    before (补发): with everything dated that hangs on them; without their pay."""
    engagement, pay = T["engagement"], T["pay_month"]
    wanted = overlaps(engagement, first, day)
    if paid is not None:
        last = paid.flow_last.month if paid.flow_last >= paid.first else 0
        in_pay = select(pay.c.engagement).where(pay.c.year == paid.first.year, pay.c.month.between(paid.first.month, last))
        wanted = or_(wanted, engagement.c.id.in_(in_pay))
    return _engagements(connection, wanted)


def _engagements(connection: Connection, wanted: ColumnElement[bool]) -> list[Engagement]:
    engagement, person = T["engagement"], T["person"]
    people = {
        row.id: Person(
            row.id,
            row.name,
            row.id_no or "",
            row.sex or "",
            row.birth,
            row.phone or "",
            row.education or "",
            row.major or "",
            row.certificate or "",
        )
        for row in connection.execute(select(person).where(person.c.id.in_(select(engagement.c.person).where(wanted)))).all()
    }
    rows = connection.execute(select(engagement).where(wanted).order_by(engagement.c.id)).all()
    if not rows:
        return []

    def hanging(table: Table, by: str) -> dict[int, list[Row[Any]]]:
        found: dict[int, list[Row[Any]]] = defaultdict(list)
        query = (
            select(table)
            .where(table.c.engagement.in_(select(engagement.c.id).where(wanted)))
            .order_by(table.c.engagement, table.c[by], table.c.id)
        )
        for row in connection.execute(query).all():
            found[row.engagement].append(row)
        return found

    places = {unit.id: unit.sort_no for unit in connection.execute(select(T["unit"]))}
    terms, assignments = hanging(T["engagement_term"], "since"), hanging(T["assignment"], "start")
    absences, standards = hanging(T["absence"], "start"), hanging(T["pay_standard"], "since")
    return [
        Engagement(
            row.id,
            people[row.person],
            row.start,
            row.end,
            row.end_reason or "",
            row.full_time,
            row.probation_end,
            tuple(Term(t.id, t.since, t.type or "", t.duty, t.duty_share, t.employer or "", t.purchase_contract, t.retirement or "") for t in terms[row.id]),
            tuple(
                Assignment(a.id, a.unit, a.start, a.end, a.share, a.post or "", a.work_class, a.pooled)
                for a in sorted(assignments[row.id], key=lambda a: (a.start, places[a.unit], a.id))
            ),
            tuple(Absence(a.id, a.kind, a.start, a.end, a.paid) for a in absences[row.id]),
            tuple(Standard(s.id, s.since, s.monthly_fixed, s.performance, s.year_end, s.annual) for s in standards[row.id]),
            service_since=row.service_since,
            severance=row.severance,
            recruit_line=row.recruit_line,
        )
        for row in rows
    ]


def stretches(engagement: Engagement, period: Period) -> list[tuple[int | None, int, int, bool, str]]:
    """(reporting unit, first month, last month, outside, types) of the period's months, for the sums: each month stands with the
    unit of its last day in service; months without a day in service stand, as outside, with the nearest unit known. `types`
    names the 用工形式 of the month's first and last day in service, so that no sum mixes months before and after a change."""
    year = period.first.year
    found: list[tuple[int | None, int, int, bool, str]] = []
    for month in range(period.first.month, period.flow_last.month + 1):
        first, last = date(year, month, 1), month_end(year, month)
        last_served = min(last, engagement.end) if engagement.end else last
        outside = last_served < first or engagement.start > last
        unit = _unit_of(engagement, last_served)
        terms = () if outside else (term_on(engagement, max(first, engagement.start)), term_on(engagement, last_served))
        types = "/".join(term.type if term else "" for term in terms)
        if found and (found[-1][0], *found[-1][3:]) == (unit, outside, types):
            found[-1] = (unit, found[-1][1], month, outside, types)
        else:
            found.append((unit, month, month, outside, types))
    return found


def _unit_of(engagement: Engagement, day: date) -> int | None:
    if not engagement.assignments:
        return None
    held = last_assignment(engagement, day)
    return (held or engagement.assignments[0]).unit


def _paid_on(connection: Connection, period: Period) -> dict[int, list[tuple[int, date | None]]]:
    """Engagement → (month, 发放日期) of the months with an 应发 figure, for those whose labour contract names a pay day."""
    pay, labour = T["pay_month"], T["labour_contract"]
    found: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    if period.flow_last < period.first:
        return found
    query = select(pay.c.engagement, pay.c.month, pay.c.paid_on).where(
        pay.c.year == period.first.year,
        pay.c.month.between(period.first.month, period.flow_last.month),
        pay.c.gross.is_not(None),
        pay.c.engagement.in_(select(labour.c.engagement).where(labour.c.pay_day.is_not(None))),
    )
    for engagement, month, day in connection.execute(query.order_by(pay.c.engagement, pay.c.month)).all():
        found[engagement].append((month, day))
    return found


def _low_pay(connection: Connection, period: Period) -> dict[int, list[tuple[int, int]]]:
    """Engagement → (month, 应发 without 加班) of the months below the highest minimum wage in the book; none where it has none."""
    pay, wage = T["pay_month"], T["minimum_wage"]
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    most = connection.execute(select(func.max(wage.c.monthly)).where(wage.c.since <= period.flow_last)).scalar()
    if most is None or period.flow_last < period.first:
        return found
    regular = pay.c.gross - func.coalesce(pay.c.overtime, 0)
    query = select(pay.c.engagement, pay.c.month, regular).where(
        pay.c.year == period.first.year, pay.c.month.between(period.first.month, period.flow_last.month), regular < most
    )
    for engagement, month, amount in connection.execute(query.order_by(pay.c.engagement, pay.c.month)).all():
        found[engagement].append((month, amount))
    return found


_SUM = {
    "base": "base",
    "post": "post",
    "performance": "performance",
    "allowance": "allowance",
    "bonus": "bonus",
    "overtime": "overtime",
    "unsplit": "unsplit",
    "deduction": "deduction",
    "gross": "gross",
    "insurance": "coalesce(pension, 0) + coalesce(medical, 0) + coalesce(unemployment, 0) + coalesce(insurance_other, 0)",
    "fund": "fund",
    "tax": "tax",
    "other": "other",
    "net": "net",
    "employer_insurance": "employer_insurance",
    "employer_fund": "employer_fund",
    "fee": "fee",
    "vat": "vat",
    "cost": "cost",
}


def _pay(connection: Connection, engagements: Iterable[Engagement], period: Period) -> dict[int, list[PaySums]]:
    if period.flow_last < period.first:
        return {}
    year, span = period.first.year, (period.first.month, period.flow_last.month)
    cuts: list[tuple[int, int | None, int, int, bool, str]] = []
    for one in engagements:
        if len(one.assignments) == len(one.terms) == 1 and one.start <= date(year, span[0], 1) and (one.end is None or one.end >= period.flow_last):
            cuts.append((one.id, one.assignments[0].unit, *span, False, ""))
        else:
            cuts += [(one.id, *stretch) for stretch in stretches(one, period)]
    names = ", ".join(f"coalesce(sum({sql}), 0)" for sql in _SUM.values())
    rows = connection.execute(
        text(
            "SELECT cut.value ->> 0, cut.value ->> 1, sum(CASE WHEN gross IS NULL THEN 0 ELSE 1 << month END), cut.value ->> 4, "
            + names
            + " "
            "FROM json_each(:cuts) AS cut CROSS JOIN pay_month AS pay "
            "ON pay.year = :year AND pay.engagement = cut.value ->> 0 AND pay.month BETWEEN cut.value ->> 2 AND cut.value ->> 3 "
            "GROUP BY 1, 2, 4, cut.value ->> 5 ORDER BY min(cut.id)"
        ),
        {"cuts": json.dumps(cuts), "year": year},
    )
    found: dict[int, list[PaySums]] = defaultdict(list)
    for engagement, unit, months, outside, *values in rows.all():
        found[engagement].append(PaySums(engagement, unit, months, bool(outside), **dict(zip(_SUM, values, strict=True))))
    return found
