"""Contracts and money of a book as of a date: each table read once, its rows hung on their contract or person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, or_, select

from db.lists import settlement as settlements
from db.model import TABLES
from policy.contract_facts import Amendment, Payment, PurchaseContract, Supplier
from policy.fund_facts import DibaoSpend, EmployerRate, FundDoc, FundLine
from policy.labour_facts import DAY_OFF, Appraisal, LabourContract, MinimumWage, RetirementAge
from policy.settlement import MonthFigures, MonthState, Settlement, month_state

T = TABLES


def _by(connection: Connection, query: Select[Any], key: str) -> dict[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query).all():
        found[getattr(row, key)].append(row)
    return found


def suppliers(connection: Connection) -> dict[int, Supplier]:
    """Every 承接主体 by its id."""
    return {
        row.id: Supplier(
            row.id,
            row.name,
            row.credit_code or "",
            row.body or "",
            row.licence_no or "",
            row.licence_from,
            row.licence_to,
            row.user_founded,
        )
        for row in connection.execute(select(T["supplier"]))
    }


def paid_months(connection: Connection, day: date) -> tuple[MonthState, ...]:
    """The months of a day's year in which something was paid by that day, with their papers and sums; by contract, then month."""
    paid = {
        key: made
        for key, found in settlements.payments(connection, day.year).items()
        if key[1] // 100 == day.year and (made := tuple(one for one in found if one.paid_on <= day))
    }
    if not paid:
        return ()
    figures, settled = settlements.figures(connection, day.year), settlements.settlements(connection, day.year)
    known = {one.id: one for one in contracts(connection, day)}
    return tuple(
        month_state(known[key[0]], settled.get(key, Settlement(*key)), figures.get(key, MonthFigures()), paid[key])
        for key in sorted(paid)
        if key[0] in known
    )


def contracts(connection: Connection, day: date) -> tuple[PurchaseContract, ...]:
    """Purchase contracts signed or begun by `day`, with what was amended and paid by then; by start, then id."""
    contract, provider = T["purchase_contract"], suppliers(connection)

    def hanging(table: str, order: str, until: str = "") -> dict[int, list[Row[Any]]]:
        of = T[table]
        query = select(of).order_by(of.c[order], of.c.id)
        return _by(connection, query.where(of.c[until] <= day) if until else query, "contract")

    units, ticks = hanging("contract_unit", "id"), hanging("contract_tick", "id")
    scopes, sources = hanging("contract_scope", "id"), hanging("contract_source", "id")
    amendments, payments = hanging("contract_amendment", "signed", "signed"), hanging("contract_payment", "paid_on", "paid_on")
    query = select(contract).where(or_(contract.c.signed <= day, contract.c.start <= day)).order_by(contract.c.start, contract.c.id)
    return tuple(
        PurchaseContract(
            id=row.id,
            no=row.no,
            name=row.name,
            kind=row.kind,
            procured_as=row.procured_as,
            buyer=row.buyer,
            buyer_level=row.buyer_level,
            buyer_class=row.buyer_class,
            supplier=provider.get(row.supplier) if row.supplier else None,
            method=row.method or "",
            project_no=row.project_no or "",
            awarded=row.awarded,
            award_noticed=row.award_noticed,
            contract_noticed=row.contract_noticed,
            accepted=row.accepted,
            signed=row.signed,
            start=row.start,
            end=row.end,
            amount=row.amount,
            headcount=row.headcount,
            wage=row.wage,
            fee=row.fee,
            pay_clause=row.pay_clause or "",
            work_class=row.work_class,
            filed=row.filed,
            budget_doc=row.budget_doc or "",
            predecessor=row.predecessor,
            not_renewed_on=row.not_renewed_on if row.not_renewed_on is None or row.not_renewed_on <= day else None,
            scopes={one.scope: one.share for one in scopes[row.id]},
            sources={one.source: one.share for one in sources[row.id]},
            units=tuple(one.unit for one in units[row.id]),
            ticks=frozenset(one.tick for one in ticks[row.id]),
            amendments=tuple(Amendment(a.id, a.signed, a.amount or 0, a.end, a.subject or "") for a in amendments[row.id]),
            payments=tuple(
                Payment(
                    p.id,
                    p.paid_on,
                    p.wages or 0,
                    p.employer or 0,
                    p.fee or 0,
                    p.other or 0,
                    p.source,
                    p.first_month,
                    p.last_month,
                    p.voucher or "",
                )
                for p in payments[row.id]
            ),
        )
        for row in connection.execute(query)
    )


def _newest(rows: list[Row[Any]], column: str, day: date) -> Row[Any] | None:
    """The row that holds on `day` by its first day, else the first one."""
    return next((row for row in reversed(rows) if getattr(row, column) <= day), rows[0] if rows else None)


def labour_contracts(connection: Connection, people: Iterable[int], day: date) -> tuple[LabourContract, ...]:
    """Every labour contract begun or signed by `day` of these people, also of engagements long ended; by person, start, id."""
    contract, engagement = T["labour_contract"], T["engagement"]
    wanted, known = or_(contract.c.start <= day, contract.c.signed <= day), set(people)
    found = [
        row
        for row in connection.execute(
            select(contract, engagement.c.person).join(engagement, engagement.c.id == contract.c.engagement).where(wanted)
        ).all()
        if row.person in known
    ]
    if not found:
        return ()

    def of_engagement(table: str, by: str) -> dict[int, list[Row[Any]]]:
        narrowed = select(T[table]).where(T[table].c.engagement.in_(select(contract.c.engagement)))
        return _by(connection, narrowed.order_by(T[table].c[by], T[table].c.id), "engagement")

    terms, places = of_engagement("engagement_term", "since"), of_engagement("assignment", "start")
    made = []
    for row in found:
        term, place = _newest(terms[row.engagement], "since", row.start), _newest(places[row.engagement], "start", row.start)
        made.append(
            LabourContract(
                id=row.id,
                engagement=row.engagement,
                person=row.person,
                seq=row.seq,
                kind=row.kind,
                start=row.start,
                end=row.end,
                signed=row.signed,
                employer=(term.employer or "") if term else "",
                unit=place.unit if place else None,
                probation_end=row.probation_end,
                probation_wage=row.probation_wage,
                wage=row.wage,
                names_unit=row.names_unit,
                names_term=row.names_term,
                names_post=row.names_post,
                amended_on=row.amended_on,
                pay_day=row.pay_day,
                insured_on=row.insured_on,
                certificate_on=row.certificate_on,
                ended_on=row.ended_on if row.ended_on is None or row.ended_on <= day else None,
                not_renewed_on=row.not_renewed_on if row.not_renewed_on is None or row.not_renewed_on <= day else None,
            )
        )
    return tuple(sorted(made, key=lambda one: (one.person, one.start, one.id)))


def money(connection: Connection, year: int, day: date) -> dict[str, Any]:
    """The fields of `Facts` about funds, rates and dated tables: spending of `year` and the two before, documents by `day`."""

    def rows(table: str, *where: Any, order: str = "id") -> list[Row[Any]]:
        return list(connection.execute(select(T[table]).where(*where).order_by(T[table].c[order], T[table].c.id)).all())

    spend, document, line = T["dibao_spend"], T["fund_doc"], T["fund_line"]
    docs = {
        row.id: FundDoc(row.id, row.year, row.level, row.doc_no or "", row.title or "", row.dated)
        for row in rows("fund_doc", document.c.year.between(year - 1, year), or_(document.c.dated.is_(None), document.c.dated <= day))
    }
    lines = [row for row in rows("fund_line", line.c.document.in_(select(document.c.id))) if row.document in docs]
    return {
        "appraisals": tuple(
            Appraisal(row.person, row.year, row.grade, row.score, row.reason or "")
            for row in rows("appraisal", T["appraisal"].c.year <= year, order="year")
        ),
        "minimum_wages": tuple(MinimumWage(row.since, row.area, row.monthly) for row in rows("minimum_wage", order="since")),
        "retirement_ages": tuple(
            RetirementAge(row.born_from, row.category, 12 * row.years + row.months) for row in rows("retirement_age", order="born_from")
        ),
        "holidays": {row.day: row.kind == DAY_OFF for row in rows("holiday", order="day")},
        "dibao_spend": tuple(
            DibaoSpend(row.year, row.level, row.area, row.kind, row.caliber, row.amount)
            for row in rows("dibao_spend", spend.c.year.between(year - 2, year), order="year")
        ),
        "fund_docs": tuple(docs.values()),
        "fund_lines": tuple(
            FundLine(
                row.id,
                docs[row.document],
                row.source,
                row.purpose,
                row.budget or 0,
                (row.received or 0) if row.received_on is None or row.received_on <= day else 0,
                row.received_on,
                row.spent or 0,
                row.carried or 0,
                row.unit,
            )
            for row in lines
        ),
        "employer_rates": tuple(
            EmployerRate(row.since, row.item, row.rate, row.base_low, row.base_high)
            for row in rows("employer_rate", T["employer_rate"].c.since <= day, order="since")
        ),
    }
